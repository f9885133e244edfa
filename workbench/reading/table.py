"""A table of separated values: every row a line of `header: value | header: value`.  [the standard library's csv]"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from statistics import median

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading.parts import CHARACTERS, Part, Records, some, too_long
from workbench.reading.text import decode, mixed

csv.field_size_limit(2**31 - 1)  # files are bounded already; this holds for whoever reads tables with `csv`
COLUMNS = 1_000  # that a table may have
SAMPLE = 50  # rows that tell the separator and the width
TITLES = 20  # rows among which the names of the columns are looked for
EVEN = 0.7  # share of rows of one width from which a mark that the first row lacks is a separator
MARKS = ";\t|,"  # the surest sign of a separator first: texts and numbers have commas of their own
NONE = "\x1f"  # stands in no text: the separator of a single column

Row = tuple[int, list[str]]  # its number as a spreadsheet counts, and its cells


@dataclass(frozen=True, slots=True)
class Table:
    """The titles above a table, the names of its columns, and its rows."""

    titles: list[Row]
    head: list[str]
    names: list[str]
    body: list[Row]
    remarks: list[Remark]


def read(data: bytes, name: str) -> list[Part]:
    """The rows as records under the first row that is about as wide as the table; titles above it as they are. Empty
    cells are left out. Remarks tell names that stand on several columns, rows wider or narrower than the names, and
    quotation marks that are not closed.

    Raises CannotRead for what is no table.
    """
    table = parted(decode(data, name), name)
    lines = [(number, " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())) for number, cells in table.titles]
    size = 0
    for number, cells in table.body:
        lines.append((number, record(zip(table.names, cells, strict=False))))
        size += len(lines[-1][1])
        if size > CHARACTERS:
            raise too_long(name)
    return [
        *(Part(("",), remark=remark) for remark in table.remarks),
        Part(("\n".join(line for _, line in lines),), rows=tuple(number for number, _ in lines)),
    ]


def records(data: bytes, name: str) -> list[Records]:
    """The table as records. Raises CannotRead for what is no table."""
    content = decode(data, name)
    table = parted(content, name)
    width = len(table.names)
    rows = tuple((number, (*cells, *[""] * (width - len(cells)))) for number, cells in table.body)
    odd = [remark] if (remark := mixed(data, content)) else []
    return [Records("", tuple(table.names), rows, len(table.titles), (*odd, *table.remarks))]


def parted(content: str, name: str) -> Table:
    """A text as a table. Raises CannotRead."""
    if "\0" in content:
        raise CannotRead("read_damaged", name=name, why="NUL")
    mark = delimiter(content)
    content = re.sub(r"\A\ufeff?sep=.\r?\n", "", content)  # Excel's note to itself
    rows, odd = parsed(content, mark)
    if len(rows) < 2:
        raise CannotRead("read_no_rows", name=name)
    widest = max(len(cells) for _, cells in rows)
    if widest > COLUMNS:
        raise CannotRead("read_columns", name=name, count=widest, most=COLUMNS)
    place = header(rows)
    head, body = rows[place][1], rows[place + 1 :]
    names, repeated = distinct([" ".join(cell.split()) or str(number) for number, cell in enumerate(head, 1)])
    names += (str(number) for number in range(len(head) + 1, widest + 1))
    least = last_filled(head)
    ragged = [number for number, cells in body if len(cells) < least or last_filled(cells) > len(head)]
    remarks = [Remark("quote_open", {"rows": some(odd)})] if odd else []
    remarks += [Remark("columns_repeated", {"names": some(repeated)})] if repeated else []
    remarks += [Remark("rows_ragged", {"count": len(ragged), "rows": some(ragged), "columns": least})] if ragged else []
    return Table(rows[:place], head, names, body, remarks)


def record(cells: Iterable[tuple[str, str]]) -> str:
    """A row as a line: each filled cell behind the name of its column."""
    return " | ".join(f"{column}: {' '.join(cell.split())}" for column, cell in cells if cell.strip())


def distinct(names: list[str]) -> tuple[list[str], list[str]]:
    """Names of columns with a number behind those that came before, and which they were."""
    taken = set(names)
    seen: set[str] = set()
    told, repeated = [], []
    for name in names:
        if name in seen:
            repeated.append(name)
            name = next(each for number in count(2) if (each := f"{name} {number}") not in taken)
            taken.add(name)
        seen.add(name)
        told.append(name)
    return told, list(dict.fromkeys(repeated))


def last_filled(cells: list[str]) -> int:
    """How many cells there are up to the last that says something."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def header(rows: list[Row]) -> int:
    """The place of the row that names the columns: the first that fills more than half of the usual width."""
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:SAMPLE]]
    usual = median(widths)
    return next((place for place, width in enumerate(widths[:TITLES]) if 2 * width > usual and place < len(rows) - 1), 0)


def parsed(content: str, mark: str) -> tuple[list[Row], list[int]]:
    """The rows that say something, and the numbers of those with a quotation mark that is not closed where its cell
    ends: it would swallow what follows, so in their lines quotation marks are letters."""
    lines = list(io.StringIO(content, newline=""))
    rows: list[Row] = []
    odd: list[int] = []
    number = start = 0
    while start < len(lines):
        reader = csv.reader((lines[place] for place in range(start, len(lines))), delimiter=mark, strict=True)
        end = start
        try:
            for cells in reader:
                number += 1
                rows.append((number, cells))
                end = start + reader.line_num
        except csv.Error:
            number += 1
            odd.append(number)
            rows.append((number, next(csv.reader([lines[end]], delimiter=mark, quoting=csv.QUOTE_NONE))))
            end += 1
        start = end
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)], odd


def delimiter(content: str) -> str:
    """The separator that parts the first rows most evenly: semicolon, tab, bar or comma; NONE for a single column."""
    if said := re.match(r"\ufeff?sep=(.)\r?\n", content):
        return said[1]
    sample = content[:100_000].lstrip("\r\n")
    share, width, mark = max(((*evenness(sample, mark), mark) for mark in MARKS), key=lambda each: each[:2])
    return NONE if width < 2 or (mark not in sample.splitlines()[0] and share < EVEN) else mark


def evenness(sample: str, mark: str) -> tuple[float, int]:
    """The share of rows that a mark parts into the same number of cells, more than one, and that number."""
    rows = [row for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), SAMPLE) if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((often / len(rows), width) for width, often in widths.items()), default=(0.0, 1))
