"""The app's side of the model worker: start the process, ask it, survive it.

Knows no llama.cpp; speaks the lines of `workbench.models.engine`. A dead process is one `ModelStopped`
for whoever was waiting; the next request starts it again with the same model.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue

from workbench.errors import ModelMissing, ModelStopped, NoSuchModel, WindowTooSmall
from workbench.nouns import Card, Prompt, Timing
from workbench.nouns.models import Fit, Rendering
from workbench.records import restored

# Seconds without any word from a process that somebody waits for before it counts as hung. A working engine speaks
# after every step; one step of 512 prompt tokens, or loading a large file, may take a slow computer minutes.
LONGEST_SILENCE = 300.0
LEAST_WINDOW = 64  # tokens that a model is of any use with
STALE = 3600.0  # seconds after which nobody goes on writing a part of a file


@dataclass(frozen=True, slots=True)
class Piece:
    """A few characters of a reply and the log-probability of the token that brought them."""

    text: str
    logprob: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many other users come first."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Reading:
    """So many of the prompt's tokens are read; told where reading takes more than a step."""

    read: int
    of: int


@dataclass(frozen=True, slots=True)
class End:
    """How a reply ended: `end` by itself, `length` at the limit, `stopped` by its reader."""

    why: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole reply of a measurement with the log-probability of each of its tokens."""

    text: str
    logprobs: tuple[float, ...]
    why: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Score:
    """How likely a choice is after a prompt: the sum of the log-probabilities of its tokens, and how many they are."""

    logprob: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The choices of a prompt, and what they took."""

    choices: tuple[Score, ...]
    timing: Timing


class Process:
    """One life of the worker process. Dies once; a Worker then makes another."""

    def __init__(self) -> None:
        environment = os.environ | {
            "GGML_NO_BACKTRACE": "1",  # an abort would wait for gdb
            # Threads wait for each other some microseconds in a loop, then asleep: always asleep (OMP_WAIT_POLICY=PASSIVE)
            # costs a quarter of the speed, and left to itself the loop goes on while another process wants the core.
            "GOMP_SPINCOUNT": "5000",
            "PYTHONUTF8": "1",
        }
        self.ids = count(1)
        self.readers: dict[int, SimpleQueue[dict | None]] = {0: SimpleQueue()}
        self.lock = threading.Lock()
        self.dead = False
        self.window = 0  # of the context, which ends with the process
        self.apart = False  # whether each sequence has cells of its own
        self.last_heard = time.monotonic()
        self.complaints: deque[str] = deque(maxlen=20)
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "workbench.models.engine"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert self.popen.stdin and self.popen.stdout and self.popen.stderr
        self.input, self.output, self.error_output = self.popen.stdin, self.popen.stdout, self.popen.stderr
        for work in (self.listen, self.overhear):
            threading.Thread(target=work, daemon=True).start()

    def listen(self) -> None:
        """Hand every answer to the one who waits for it; at the end tell all that there is no more."""
        try:
            for line in self.output:
                self.last_heard = time.monotonic()
                answer = json.loads(line)
                with self.lock:
                    reader = self.readers.get(answer["id"])
                if reader is not None:
                    reader.put(answer)
        except ValueError:  # half a line, from a process that died while it spoke
            self.popen.kill()
        self.popen.wait()
        with self.lock:
            self.dead = True
            for reader in self.readers.values():
                reader.put(None)

    def overhear(self) -> None:
        """Keep the last lines of standard error: an abort leaves its reason there."""
        for line in self.error_output:
            self.complaints.append(line.rstrip())

    def send(self, request: dict) -> int:
        """Send a request and open its queue; the id names both."""
        number = next(self.ids)
        with self.lock:
            if self.dead:
                raise self.stopped()
            self.readers[number] = SimpleQueue()
            try:
                self.input.write(json.dumps({"id": number, **request}) + "\n")
                self.input.flush()
            except (OSError, ValueError) as error:  # the pipe is broken, or closed on our side
                raise self.stopped() from error
        return number

    def receive(self, number: int, halt: threading.Event | None = None) -> dict:
        """The next answer to a request; `{"done": True}` as soon as `halt` is set."""
        reader = self.readers[number]
        self.last_heard = max(self.last_heard, time.monotonic() - LONGEST_SILENCE / 2)  # an idle one had nothing to say
        while True:
            if halt is not None and halt.is_set():
                return {"done": True}
            try:
                answer = reader.get(timeout=1 if halt is None else 0.1)
            except Empty:
                if time.monotonic() - self.last_heard > LONGEST_SILENCE:
                    self.popen.kill()
                continue
            if answer is None:
                raise self.stopped()
            return answer

    def stop(self, number: int) -> None:
        """End a request now. Harmless when it has ended, by itself or with its process."""
        try:
            self.forget(self.send({"do": "stop", "of": number}))
        except ModelStopped:
            pass

    def forget(self, number: int) -> None:
        """No one waits for this request any more."""
        with self.lock:
            self.readers.pop(number, None)

    def stopped(self) -> ModelStopped:
        """What to tell the user about this process' end."""
        try:
            code = self.popen.wait(5)
        except subprocess.TimeoutExpired:
            code = 0
        if code < 0:
            how = f"signal {-code}, {signal.Signals(-code).name}"
        else:
            how = f"exit code {code}"
        return ModelStopped("model_stopped", how=how)

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        self.popen.kill()
        self.popen.wait()
        with self.lock:
            self.input.close()

    def close(self) -> None:
        """End the process: first by closing its input, then by force."""
        if self.popen.poll() is None:
            with self.lock:
                self.input.close()
            try:
                self.popen.wait(2)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()


class Worker:
    """One model in a process of its own, behind the interface every model has:
    `card`, `count`, `render`, `stream`."""

    def __init__(self, path: Path, threads: int) -> None:
        """Start the process and load the model. Raises NoSuchModel, ModelMissing, ModelStopped."""
        self.path = path
        self.threads = threads
        self.lock = threading.RLock()
        self.opening = threading.Lock()
        self.users = 0  # questions that hold it; a bench closes a worker only without any
        self.closed = False
        self.process: Process
        self.card = self.start()

    def start(self) -> Card:
        """A process with the model loaded and no context yet."""
        self.process, card = opened(self.path, self.threads)
        return card

    def alive(self) -> Process:
        """The process, started again if it died."""
        with self.lock:
            if self.closed:
                raise self.process.stopped()
            if self.process.dead:
                self.start()
            return self.process

    def fit(self, window: int, apart: bool | None = None) -> bool:
        """See to it that at least two sequences of `window` tokens have room, or the one source of an encoder; gives whether
        each has cells of its own, as memory allows unless `apart` says which it must be. Raises WindowTooSmall where the
        model was not made for so long a text, or memory does not hold it."""
        window = self.card.window(window)
        if window > self.card.context_length:
            raise WindowTooSmall("window_too_long", window=window, most=self.card.context_length, model=self.card.name)
        with self.opening:  # a lock of its own: while a context waits for live answers, others may count and ask
            process = self.alive()
            if process.window < window or apart not in (None, process.apart):
                answer = ask(process, {"do": "open", "window": max(window, process.window), "apart": apart})
                if "refused" in answer:
                    process.window = 0
                    most = min(answer.get("most", 0), window - 1)
                    if most < LEAST_WINDOW:
                        raise WindowTooSmall("window_none", model=self.card.name, why=answer["refused"])
                    raise WindowTooSmall("window_no_memory", window=window, why=answer["refused"], most=most)
                process.window, process.apart = max(window, process.window), answer["apart"]
            return process.apart

    def count(self, prompts: Sequence[Prompt]) -> list[int]:
        """Tokens of each prompt as it would be sent, start token and template included."""
        answer = ask(self.alive(), {"do": "count", "prompts": [asdict(prompt) for prompt in prompts]})
        return accepted(answer, self.path)["counts"]

    def render(self, prompt: Prompt) -> str:
        """The prompt letter for letter as the model reads it."""
        answer = ask(self.alive(), {"do": "render", "prompt": asdict(prompt)})
        return accepted(answer, self.path)["text"]

    def inspect(self, prompt: Prompt) -> Rendering:
        """The prompt letter for letter with what may mislead the model about it."""
        return restored(Rendering, accepted(ask(self.alive(), {"do": "inspect", "prompt": asdict(prompt)}), self.path))

    def stream(
        self, prompt: Prompt, *, window: int, limit: int, temperature: float = 0.0, seed: int = 0,
        endless: bool = False, user: str = "",
    ) -> "Reply":
        """The reply to a prompt, queued at once, read at leisure. `user` is whom the queue is fair to; an
        `endless` one goes on to its limit, for measuring speed."""
        self.fit(window)
        process = self.alive()
        number = process.send({
            "do": "stream",
            "prompt": asdict(prompt),
            "limit": limit,
            "temperature": temperature,
            "seed": seed,
            "endless": endless,
            "user": user,
        })
        return Reply(process, number, self.path)

    def complete(
        self, prompts: Sequence[Prompt], *, window: int, limit: int, temperature: float = 0.0, seed: int = 0,
        halt: threading.Event | None = None, apart: bool | None = None,
    ) -> Generator[tuple[int, Completion], None, None]:
        """The replies to many prompts as they come, each with its prompt's place: a measurement.

        Which prompts share a step depends on them and on `apart` alone, and nobody else's sequence does, so that the same
        call gives the same replies again. Questions of users are answered meanwhile where sequences stand apart, else
        between the groups. Closing the iterator stops it, and so does `halt` from another thread. Raises ModelStopped
        if the process dies meanwhile.
        """
        self.fit(window, apart)
        request = {"do": "complete", "limit": limit, "temperature": temperature, "seed": seed, "endless": False}
        with closing(self.answers({**request, "prompts": [asdict(prompt) for prompt in prompts]}, halt)) as some:
            for answer in some:
                yield answer["index"], Completion(answer["text"], tuple(answer["logprobs"]), answer["end"], timing(answer))

    def scores(
        self, asked: Sequence[tuple[Prompt, Sequence[str]]], *, window: int, halt: threading.Event | None = None, apart: bool | None = None,
    ) -> Generator[tuple[int, Scores], None, None]:
        """How likely each choice is as the continuation of its prompt, as they come, each with its prompt's place. What all
        prompts begin with is read once. Runs alone, a prompt at a time between the questions of users; ends and is stopped as
        `complete` is."""
        self.fit(window, apart)
        request = {"do": "score", "prompts": [asdict(prompt) for prompt, _ in asked], "choices": [list(choices) for _, choices in asked]}
        with closing(self.answers(request, halt)) as some:
            for answer in some:
                yield answer["index"], Scores(
                    tuple(Score(logprob, tokens) for logprob, tokens in answer["scores"]), Timing(answer["tokens"], 0, None, answer["seconds"]))

    def score(self, prompt: Prompt, choices: Sequence[str], *, window: int) -> tuple[Score, ...]:
        """How likely each choice is as the continuation of one prompt."""
        ((_, found),) = self.scores([(prompt, choices)], window=window)
        return found.choices

    def answers(self, request: dict, halt: threading.Event | None) -> Generator[dict, None, None]:
        """What a request that has many answers is answered. Closing stops it, and so does `halt`."""
        process = self.alive()
        number = process.send(request)
        ended = False
        try:
            while not (ended := "done" in (answer := accepted(process.receive(number, halt), self.path))):
                yield answer
        finally:
            process.forget(number)
            if not ended or (halt is not None and halt.is_set()):
                process.stop(number)

    @property
    def peak(self) -> int:
        """The most memory that the process has held, in bytes; 0 where the system does not say."""
        try:
            status = Path(f"/proc/{self.process.popen.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0
        return next((1024 * int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)

    def close(self) -> None:
        """End the process for good."""
        with self.lock:
            self.closed = True
            self.process.close()


class Reply:
    """A reply in the making: an iterator of Waiting, Reading and Pieces whose last item is an End."""

    def __init__(self, process: Process, number: int, path: Path) -> None:
        self.process = process
        self.number = number
        self.path = path

    def __iter__(self) -> Iterator[Waiting | Reading | Piece | End]:
        """Raises ModelStopped if the process dies meanwhile."""
        try:
            while True:
                answer = accepted(self.process.receive(self.number), self.path)
                if "ahead" in answer:
                    yield Waiting(answer["ahead"])
                elif "read" in answer:
                    yield Reading(answer["read"], answer["of"])
                elif answer["text"]:
                    yield Piece(answer["text"], answer.get("logprob"))
                if "end" in answer:
                    yield End(answer["end"], timing(answer))
                    return
        finally:
            self.process.forget(self.number)

    def stop(self) -> None:
        """End the sequence now; the iterator then comes to its End. Harmless afterwards."""
        self.process.stop(self.number)


def timing(answer: dict) -> Timing:
    """The timing in the last answer to a prompt."""
    return Timing(answer["prompt_tokens"], answer["reply_tokens"], answer["first_token_seconds"], answer["seconds"])


def ask(process: Process, request: dict) -> dict:
    """One request, one answer."""
    number = process.send(request)
    try:
        return process.receive(number)
    finally:
        process.forget(number)


def started() -> Process:
    """A worker process that has said it is ready. Raises ModelMissing where llama.cpp does not start."""
    process = Process()
    try:
        hello = process.receive(0)
    except ModelStopped as error:
        raise ModelMissing("model_missing", why=" ".join(process.complaints) or error.remark.facts["how"]) from error
    finally:
        process.forget(0)
    if "missing" in hello:
        raise ModelMissing("model_missing", why=hello["missing"])
    return process


def opened(path: Path, threads: int, *, look: bool = False) -> tuple[Process, Card]:
    """A process with the model in it, and the model's card. Raises NoSuchModel, ModelMissing, ModelStopped."""
    check_gguf(path)
    process = started()
    answer = ask(process, {"do": "load", "path": str(path), "threads": threads, "look": look})
    if "refused" in answer:
        process.close()
        raise NoSuchModel("model_refused", path=path, why=answer["refused"])
    return process, restored(Card, answer["card"])


def look(path: Path) -> Card:
    """A model's card without loading its weights. Raises as `opened`."""
    process, card = opened(path, 1, look=True)
    process.close()
    return card


def rehearse(path: Path, windows: Sequence[int], together: int = 0) -> tuple[Fit, ...]:
    """How much memory each window of a model would take, nothing of it taken; for so many sequences together, else for as
    many as the scheduler makes room for. Raises as `opened`."""
    check_gguf(path)
    process = started()
    try:
        request = {"do": "rehearse", "path": str(path), "windows": list(windows), "together": together}
        return tuple(restored(Fit, each) for each in accepted(ask(process, request), path)["fits"])
    finally:
        process.close()


def quantize(source: Path, target: Path, threads: int, kind: str = "Q8_0") -> None:
    """Write a copy of a GGUF with its weights as `kind`. Raises as `quantizing`."""
    for _ in quantizing(source, target, threads, kind):
        pass


def quantizing(source: Path, target: Path, threads: int, kind: str) -> Iterator[tuple[int, int]]:
    """Write a copy of a GGUF with its weights as `kind`, whole or not at all, in a worker of its own; tells which tensor of
    how many is next. Closing the iterator ends the worker and leaves nothing. Raises NoSuchModel, ModelMissing, ModelStopped.
    """
    check_gguf(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    process = started()
    partial = target.with_name(f"{target.name}.{process.popen.pid}.partial")
    try:
        number = process.send(
            {"do": "quantize", "source": str(source), "target": str(partial), "kind": kind, "threads": threads})
        while "target" not in (answer := accepted(process.receive(number), source)):
            yield answer["at"], answer["of"]
        os.replace(partial, target)
    finally:
        process.kill()
        partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the parts of files that a process left which lost its power: one that is killed takes its own along."""
    for path in folder.glob("*.gguf.*.partial"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()


def accepted(answer: dict, path: Path) -> dict:
    """The answer, unless the worker refused. Raises WindowTooSmall, NoSuchModel."""
    if "room" in answer:
        raise WindowTooSmall("window_over", **{name: answer[name] for name in ("needed", "room")})
    if "refused" in answer:
        raise NoSuchModel("model_refused", path=path, why=answer["refused"])
    return answer


def check_gguf(path: Path) -> None:
    """The plain reasons why a path is no model, said before a process is started for it."""
    if not path.is_file():
        raise NoSuchModel("model_no_file", path=path)
    with path.open("rb") as file:
        magic = file.read(4)
    if magic != b"GGUF":
        raise NoSuchModel("model_not_gguf", path=path)
