"""Analyses kept in the data folder, so that a reload finds them: a folder each, with what was read, the vectors, and a file for
every change to the themes, the newest of which counts."""

import gzip
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.feedback import Result
from workbench.nouns.feedback import Feedback, Sorting
from workbench.records import plain, restored

FOLDER = "feedback"
MOST = 50  # analyses kept; the oldest makes room
IDENTITY = re.compile(r"\d{13,20}")
FEEDBACK, VECTORS, SORTING = "feedback.json.gz", "vectors.npy", "sorting-{:04}.json.gz"


@dataclass(frozen=True, slots=True)
class Kept:
    """An analysis in the list: its name for code, that of its file, when it was made, and how many rows it has."""

    id: str
    name: str
    made: float
    rows: int


def keep(bench: Bench, result: Result) -> str:
    """Keep an analysis; gives the name it is found by. It is there wholly or not at all. Raises WorkbenchError."""
    root = bench.settings.home / FOLDER
    identity = str(time.time_ns())
    making = root / f".{identity}"
    try:
        making.mkdir(mode=0o700, parents=True)
        head = {"name": result.feedback.name, "made": time.time(), "rows": result.feedback.total}
        (making / "head.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        write(making / FEEDBACK, plain(result.feedback))
        write(making / SORTING.format(0), plain(result.sorting))
        np.save(making / VECTORS, result.vectors)
        making.rename(root / identity)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        raise WorkbenchError("home_unwritable", home=bench.settings.home, why=error.strerror) from error
    for old in list_kept(bench)[MOST:]:
        forget(bench, old.id)
    return identity


def list_kept(bench: Bench) -> list[Kept]:
    """The analyses, newest first."""
    root = bench.settings.home / FOLDER
    found = []
    for folder in sorted(root.iterdir(), reverse=True) if root.is_dir() else ():
        if IDENTITY.fullmatch(folder.name) and (folder / "head.json").is_file():
            head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
            found.append(Kept(folder.name, head["name"], head["made"], head["rows"]))
    return found


def load(bench: Bench, identity: str) -> tuple[Feedback, Sorting]:
    """An analysis as it was last changed. Raises BadRequest where it is gone."""
    folder = folder_of(bench, identity)
    return restored(Feedback, read(folder / FEEDBACK)), restored(Sorting, read(sortings(folder)[-1]))


def vectors(bench: Bench, identity: str) -> np.ndarray:
    """The vectors of its opinions, read from the disk where they are needed. Raises BadRequest."""
    return np.load(folder_of(bench, identity) / VECTORS, mmap_mode="r")


def change(bench: Bench, identity: str, sorting: Sorting) -> None:
    """Keep a change to the themes. Raises BadRequest and WorkbenchError."""
    folder = folder_of(bench, identity)
    number = int(sortings(folder)[-1].name[8:12]) + 1
    try:
        write(folder / SORTING.format(number), plain(sorting))
    except OSError as error:
        raise WorkbenchError("home_unwritable", home=bench.settings.home, why=error.strerror) from error


def undo(bench: Bench, identity: str) -> Sorting:
    """Take the last change back, and give what is then; the themes as they were found stay. Raises BadRequest."""
    every = sortings(folder_of(bench, identity))
    if len(every) > 1:
        every.pop().unlink()
    return restored(Sorting, read(every[-1]))


def changes(bench: Bench, identity: str) -> int:
    """How many changes can be taken back. Raises BadRequest."""
    return len(sortings(folder_of(bench, identity))) - 1


def forget(bench: Bench, identity: str) -> None:
    """Delete an analysis with all that was read for it. Raises BadRequest."""
    folder = folder_of(bench, identity)
    for file in folder.iterdir():
        with file.open("r+b") as held:  # its bytes are overwritten where the disk does that in place
            held.write(bytes(file.stat().st_size))
            held.flush()
            os.fsync(held.fileno())
    shutil.rmtree(folder)


def folder_of(bench: Bench, identity: str) -> Path:
    """Where an analysis is. Raises BadRequest where there is none."""
    folder = bench.settings.home / FOLDER / identity
    if not IDENTITY.fullmatch(identity or "") or not (folder / FEEDBACK).is_file():
        raise BadRequest("feedback_unknown")
    return folder


def sortings(folder: Path) -> list[Path]:
    """The files of the themes, the newest last."""
    return sorted(folder.glob("sorting-*.json.gz"))


def write(path: Path, value: object) -> None:
    """Write an object so that it is there wholly or not at all."""
    making = path.with_suffix(".part")
    with making.open("wb") as file:
        file.write(gzip.compress(json.dumps(value, ensure_ascii=False).encode("utf-8"), 3))
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)


def read(path: Path) -> dict:
    """An object as it was written."""
    return json.loads(gzip.decompress(path.read_bytes()))
