"""Reading in a process of its own, so that no file can hang or end the app.

The parent's side is `Reader`: it hands over bytes and waits only so long. `python -m workbench.reading.process` is the
child: it may take only so much memory, and is started anew after a file that it did not survive. Between them go
frames: eight bytes of length, then JSON or a file's bytes.
"""

import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

from workbench.errors import CannotRead
from workbench.nouns import Document, Remark
from workbench.reading.parts import Records
from workbench.records import plain, restored

SECONDS = 60  # a file may take
MEMORY = 1_500_000_000  # bytes of address space the child may have
OUT_OF_MEMORY = 70  # exit code


class ReaderFailed(Exception):
    """A bug in a reader; the text is its traceback."""


class ChildEnded(CannotRead):
    """The file ended the child that was to read it."""


class Reader:
    """Reads one file at a time; whoever comes second waits."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.process: subprocess.Popen | None = None
        self.frames: SimpleQueue[bytes | None] = SimpleQueue()

    def read(self, data: bytes, name: str, scope: str, *, by_row: bool = False) -> tuple[list[Document], tuple[Remark, ...]]:
        """As workbench.reading.read, and raises CannotRead also for a file that takes too long, too much memory, or ends
        its reader."""
        with self.lock:
            answer = self.ask({"do": "read", "name": name, "scope": scope, "by_row": by_row}, data, name)
            documents = [restored(Document, each) for each in answer["documents"]]
            remarks = tuple(restored(Remark, each) for each in answer["remarks"])
            return documents, remarks

    def records(self, data: bytes, name: str) -> list[Records]:
        """As workbench.reading.records. Raises CannotRead."""
        with self.lock:
            tables = self.ask({"do": "records", "name": name}, data, name)["tables"]
        return [
            Records(title, tuple(columns), tuple((number, tuple(cells)) for number, cells in rows), outside,
                    tuple(restored(Remark, each) for each in remarks))
            for title, columns, rows, outside, remarks in tables]

    def members(self, data: bytes, name: str) -> Iterator[tuple[str, bytes | CannotRead]]:
        """As workbench.reading.archive.members: every file in an archive, or why one cannot be had. Raises CannotRead."""
        with self.lock:
            answer = self.ask({"do": "members", "name": name}, data, name)
            while not answer.get("end"):
                lost = answer["lost"]
                yield answer["name"], CannotRead(lost["code"], **lost["facts"]) if lost else self.frame(name)
                answer = self.checked(self.frame(name))

    def ask(self, request: dict, data: bytes, name: str) -> dict:
        """Send a request with its bytes; gives the first object of the answer. Only a fresh child's end is put down to the
        file: an older one may still hold what earlier files took."""
        if fresh := self.process is None or self.process.poll() is not None:
            self.start()
        assert self.process and self.process.stdin
        with suppress(BrokenPipeError):  # the answer says why it is gone
            send(self.process.stdin, json.dumps(request).encode())
            send(self.process.stdin, data)
        try:
            frame = self.frame(name)
        except ChildEnded:
            if fresh:
                raise
            return self.ask(request, data, name)
        return self.checked(frame)

    def checked(self, frame: bytes) -> dict:
        """An answer, unless it is a refusal or a bug."""
        answer = json.loads(frame)
        if "cannot" in answer:
            raise CannotRead(answer["cannot"], **answer["facts"])
        if "bug" in answer:
            raise ReaderFailed(answer["bug"])
        return answer

    def frame(self, name: str) -> bytes:
        """The next frame. Raises CannotRead where none comes in time, or no more will come."""
        try:
            frame = self.frames.get(timeout=self.seconds)
        except Empty:
            self.close()
            raise CannotRead("read_slow", name=name, seconds=int(self.seconds)) from None
        if frame is not None:
            return frame
        assert self.process is not None
        code = self.process.wait()
        self.close()
        if code in (OUT_OF_MEMORY, -9):
            raise ChildEnded("read_memory", name=name, most=MEMORY // 1_000_000)
        raise ChildEnded("read_ended", name=name, exit=code)

    def start(self) -> None:
        """A fresh child with a thread that listens to it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbench.reading.process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.frames = SimpleQueue()
        threading.Thread(target=listen, args=(self.process.stdout, self.frames), daemon=True).start()

    def close(self) -> None:
        """End the child."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self.process = None


def listen(pipe: IO[bytes], frames: SimpleQueue) -> None:
    """Put every frame into the queue, None after the last."""
    with suppress(ValueError, OSError):  # closed under our hands
        while (frame := receive(pipe)) is not None:
            frames.put(frame)
    frames.put(None)


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Write one frame."""
    pipe.write(len(frame).to_bytes(8, "big"))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one frame, None at the end."""
    length = pipe.read(8)
    frame = pipe.read(int.from_bytes(length, "big")) if len(length) == 8 else b""
    return frame if len(length) == 8 and len(frame) == int.from_bytes(length, "big") else None


def main() -> None:
    """Serve until standard input closes. Standard output belongs to the frames alone."""
    limit_memory()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (request := receive(sys.stdin.buffer)) is not None:
        data = receive(sys.stdin.buffer)
        if data is None:
            return
        try:
            for frame in answer(json.loads(request), data):
                send(out, frame)
        except CannotRead as error:
            send(out, json.dumps({"cannot": error.remark.code, "facts": error.remark.facts}).encode())
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception:  # noqa: BLE001 - told to the parent, which logs it as the bug it is
            send(out, json.dumps({"bug": traceback.format_exc()}).encode())


def answer(request: dict, data: bytes) -> Iterator[bytes]:
    """The frames of an answer."""
    from workbench import reading

    if request["do"] == "members":
        for name, content in reading.archive.members(data, request["name"]):
            lost = plain(content.remark) if isinstance(content, CannotRead) else None
            yield json.dumps({"name": name, "lost": lost}).encode()
            if isinstance(content, bytes):
                yield content
        yield b'{"end": true}'
    elif request["do"] == "records":
        tables = reading.records(data, request["name"])
        rows = [(each.title, each.columns, each.rows, each.outside, plain(each.remarks)) for each in tables]
        yield json.dumps({"tables": rows}).encode()
    else:
        documents, remarks = reading.read(data, request["name"], request["scope"], by_row=request["by_row"])
        yield json.dumps({"documents": plain(documents), "remarks": plain(list(remarks))}).encode()


if sys.platform == "win32":

    def limit_memory() -> None:
        """Windows has no limit that a process can set itself without a job object; time is limited all the same."""

else:
    import resource

    def limit_memory() -> None:
        """Let allocations fail beyond MEMORY. (macOS takes the limit and does not hold it.)"""
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
