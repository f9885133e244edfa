"""The journal of a run: lines of JSON, the first one says what the run is made of, every answer is on disk before the next.

    {"setup": …}      once, at the head
    {"ranking": …}    what retrieval found for a question
    {"outcome": …}    an answer
    {"mark": …}       a border: what stands before it is complete

A process that dies leaves a part of a batch behind its last mark. Whoever goes on cuts it off: a batch comes out the same
only as a whole.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from workbench.errors import BadRequest, HomeInUse
from workbench.home import Lock
from workbench.nouns.measure import Outcome, Ranking
from workbench.nouns.runs import Mark, Run, Setup
from workbench.records import plain, restored

NAME = "journal.jsonl"
KINDS: dict[str, type] = {"setup": Setup, "ranking": Ranking, "outcome": Outcome, "mark": Mark}


def folder(home: Path) -> Path:
    """Where the runs of a data folder are."""
    return home / "runs"


def new_name() -> str:
    """A name for a run: when it began, and four digits by which two of one second differ."""
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"


def place(home: Path, name: str) -> Path:
    """The journal of a run. Raises BadRequest where there is none of this name."""
    path = folder(home) / name / NAME
    if not name or Path(name).name != name or not path.is_file():
        raise BadRequest("run_unknown", name=name, known=", ".join(names(home)) or "–")
    return path


def names(home: Path) -> list[str]:
    """The runs there are, the newest first."""
    return sorted((path.parent.name for path in folder(home).glob(f"*/{NAME}")), reverse=True)


def delete(home: Path, name: str) -> None:
    """Forget a run. Raises BadRequest where there is none, or while it is running."""
    path = place(home, name)
    Journal(path).close()
    shutil.rmtree(path.parent)


def read(path: Path) -> Run:
    """A journal up to its last whole line. Raises BadRequest where it is none."""
    setup, rankings, outcomes, marks = None, [], [], []
    for kind, value in values(path):
        if kind == "setup":
            setup = restored(Setup, value)
        elif kind == "ranking":
            rankings.append(restored(Ranking, value))
        elif kind == "outcome":
            outcomes.append(restored(Outcome, value))
        else:
            marks.append(restored(Mark, value))
    if setup is None:
        raise BadRequest("run_damaged", name=path.parent.name)
    return Run(setup, tuple(rankings), tuple(outcomes), tuple(marks))


def head(path: Path) -> Setup:
    """What a run is made of, without reading its answers. Raises BadRequest."""
    for kind, value in values(path):
        if kind == "setup":
            return restored(Setup, value)
    raise BadRequest("run_damaged", name=path.parent.name)


def values(path: Path) -> Iterator[tuple[str, Any]]:
    """The lines of a journal as kind and value; it ends where a line is not whole."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                ((kind, value),) = json.loads(line).items()
            except (ValueError, AttributeError):  # the last line, of a process that died while it wrote
                return
            if kind in KINDS:
                yield kind, value


class Journal:
    """A journal to write to: of one process at a time."""

    def __init__(self, path: Path) -> None:
        """Raises BadRequest where another process writes to it."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self.lock = Lock(path.parent)
        except HomeInUse as error:
            raise BadRequest("run_in_use", name=path.parent.name) from error
        self.path = path
        self.file = path.open("ab")

    def cut(self) -> None:
        """Take away what stands behind the last mark."""
        end = at = 0
        with self.path.open("rb") as file:
            for line in file:
                at += len(line)
                if line.endswith(b"\n") and line.startswith((b'{"mark"', b'{"setup"')):
                    end = at
        self.file.truncate(end)
        os.fsync(self.file.fileno())

    def write(self, kind: str, *nouns: Any) -> None:
        """Lines that are on disk when this returns."""
        self.file.write("".join(json.dumps({kind: plain(each)}, ensure_ascii=False) + "\n" for each in nouns).encode())
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self) -> None:
        """Let others write."""
        self.file.close()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

