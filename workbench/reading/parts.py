"""What a reader gives back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading.names import LONGEST, line

CHARACTERS = 20_000_000  # of text that a file may have
RECORDS = 100_000_000  # of the cells of a table that is read as records: nothing of it is kept but what is asked for
NAMED = 10  # pages, rows or files that a remark names


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file, by its own name without folders."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One document's raw text, a string a page where the format has pages; the remark says what of the
    file is not in it. `date` is the ISO day the content bears itself, empty where it bears none. `attached`
    are read as documents of their own that name this one as their parent. `rows` are the numbers of the rows
    of a table that the lines of the only page are, as a spreadsheet counts them."""

    pages: tuple[str, ...]
    title: str = ""
    paged: bool = False
    remark: Remark | None = None
    date: str = ""
    attached: tuple[Attachment, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """A table as records: what its columns are called, and every row under those names with its number, as a spreadsheet
    counts, and a cell for every column. `title` is the sheet's, empty where a file is one table. `outside`: lines that
    stand above, between or below, as titles and notes do."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    outside: int = 0
    remarks: tuple[Remark, ...] = ()


def apart(part: Part, name: str) -> list[Part]:
    """A table as a part for every row, titled by the table and the row's number; any other part as it is."""
    if not part.rows:
        return [part]
    table = part.title or stem(name)
    lines = zip(part.rows, part.pages[0].split("\n"), strict=True)
    rows = [Part((line,), title=f"{table} #{number}", date=part.date) for number, line in lines]
    return [*rows, Part(("",), remark=part.remark)] if part.remark else rows


def stem(name: str) -> str:
    """A file's name without folders and ending."""
    return name.rpartition("/")[2].rpartition(".")[0]


def some(values: Sequence[object]) -> str:
    """The first few values in a row."""
    return ", ".join(map(str, values[:NAMED])) + (" …" if len(values) > NAMED else "")


def too_long(name: str, most: int = CHARACTERS) -> CannotRead:
    """The error for more text than a file may have."""
    return CannotRead("read_long", name=name, size=most // 1_000_000, most=most // 1_000_000)


def own_name(given: str) -> str:
    """What a file inside a file is called, without folders and characters that cannot be seen; its end, which says
    what it is, where it is very long. Empty where nothing is left."""
    return line(re.split(r"[/\\]", given)[-1]).strip(" .")[-LONGEST:]


def why(error: Exception) -> str:
    """An error's own words in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
