"""Files that somebody dropped on the page, in a folder of their own until they are read: a table, or several texts."""

import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from workbench.reading import RECORDS

DROPPED = "dropped-"  # how such a folder begins


def taken(paths: Sequence[Path]) -> Path:
    """Move files out of the place where Gradio put them, to which the same file comes again; gives the table, or the folder of
    several texts."""
    place = Path(mkdtemp(prefix=DROPPED, dir=paths[0].parent))
    for each in paths:
        shutil.move(each, place / free(place, each.name))
    return place / paths[0].name if len(paths) == 1 and paths[0].suffix.lower() in RECORDS else place


def drop(place: str) -> None:
    """Remove what was dropped: Gradio would keep it for a day."""
    folder = next((each for each in (Path(place), Path(place).parent) if each.name.startswith(DROPPED)), None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def free(folder: Path, name: str) -> str:
    """A file's name, numbered where the folder has one of that name."""
    stem, suffix = Path(name).stem, Path(name).suffix
    names = (f"{stem} ({number}){suffix}" if number > 1 else name for number in itertools.count(1))
    return next(each for each in names if not (folder / each).exists())


def called(place: Path) -> str:
    """What the user knows it by: a table by its name, texts by the name of the first and how many more there are."""
    if not place.is_dir():
        return place.name
    first, *more = sorted(each.name for each in place.iterdir())
    return f"{first} +{len(more)}" if more else first
