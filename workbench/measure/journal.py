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
from collections.abc import Iterable, Iterator
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
    if not name or Path(name).name != name or not os.path.isfile(path):  # which says no to a name that no file may have
        raise BadRequest("run_unknown", name=name, known=", ".join(names(home)) or "–")
    return path


def names(home: Path) -> list[str]:
    """The runs there are, the newest first."""
    return sorted((path.parent.name for path in folder(home).glob(f"*/{NAME}")), reverse=True)


def delete(home: Path, some: Iterable[str]) -> int:
    """Forget runs; gives how many there were. Raises BadRequest, before any is deleted, where one is unknown or running."""
    paths = {place(home, name) for name in some}
    for path in paths:
        Journal(path).close()
    for path in paths:
        shutil.rmtree(path.parent)
    return len(paths)


def read(path: Path) -> Run:
    """A journal up to its last whole line. Raises BadRequest where it is none."""
    found: dict[str, list] = {kind: [] for kind in KINDS}
    for kind, value, _ in lines(path):
        found[kind].append(noun(path, kind, value))
    setup = next(iter(found["setup"]), None)
    run = Run(setup, tuple(found["ranking"]), tuple(found["outcome"]), tuple(found["mark"])) if setup else None
    if run is None or not coherent(run):
        raise BadRequest("run_damaged", name=path.parent.name)
    return run


def coherent(run: Run) -> bool:
    """Whether the answers and borders are of the columns and questions of the run."""
    columns, questions = range(len(run.setup.columns)), {each.id for each in run.setup.questions}
    return all(each.recipe in columns and each.question in questions for each in run.outcomes) and all(
        each.column == -1 or each.column in columns for each in run.marks)


def head(path: Path) -> Setup:
    """What a run is made of, without reading its answers. Raises BadRequest."""
    for kind, value, _ in lines(path):
        if kind == "setup":
            return noun(path, kind, value)
    raise BadRequest("run_damaged", name=path.parent.name)


def noun(path: Path, kind: str, value: Any) -> Any:
    """What a line holds. Raises BadRequest where somebody else wrote it."""
    try:
        return restored(KINDS[kind], value)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise BadRequest("run_damaged", name=path.parent.name) from error


def lines(path: Path) -> Iterator[tuple[str, Any, int]]:
    """The lines of a journal as kind, value and the byte they end at. It ends where a line is not whole: the last one, of a
    process that died while it wrote, or one that is damaged; what stands behind that is made again."""
    end = 0
    with path.open("rb") as file:
        for line in file:
            end += len(line)
            try:
                ((kind, value),) = json.loads(line).items()
            except (ValueError, AttributeError, RecursionError):
                return
            if not line.endswith(b"\n"):
                return
            if kind in KINDS:
                yield kind, value, end


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
        """Take away what stands behind the last mark that is read."""
        self.file.truncate(max((end for kind, _, end in lines(self.path) if kind in ("mark", "setup")), default=0))
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

