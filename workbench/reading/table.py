"""A table of separated values: every row a line of `header: value | header: value`.  [the standard library's csv]"""

import csv
import io
import re
from collections.abc import Iterable

from workbench.errors import CannotRead
from workbench.reading.parts import Part
from workbench.reading.text import decode


def read(data: bytes, name: str) -> list[Part]:
    """The rows as records. The first row names the columns; empty cells are left out."""
    content = decode(data, name)
    if "\0" in content:
        raise CannotRead("read_damaged", name=name, why="NUL")
    csv.field_size_limit(2**31 - 1)
    mark = delimiter(content)
    content = re.sub(r"\A\ufeff?sep=.\r?\n", "", content)  # Excel's note to itself
    try:
        rows = [row for row in csv.reader(io.StringIO(content, newline=""), delimiter=mark, strict=False)
                if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise CannotRead("read_damaged", name=name, why=str(error)) from error
    if len(rows) < 2:
        raise CannotRead("read_no_rows", name=name)
    header = [cell.strip() or str(number) for number, cell in enumerate(rows[0], 1)]
    lines = []
    for row in rows[1:]:
        names = [*header, *(str(number) for number in range(len(header) + 1, len(row) + 1))]
        lines.append(record(zip(names, row, strict=False)))
    return [Part(("\n".join(lines),))]


def record(cells: Iterable[tuple[str, str]]) -> str:
    """A row as a line: each filled cell behind the name of its column."""
    return " | ".join(f"{column}: {' '.join(cell.split())}" for column, cell in cells if cell.strip())


def delimiter(content: str) -> str:
    """The separator that parts the first lines most evenly: comma, semicolon, tab or bar."""
    if said := re.match(r"\ufeff?sep=(.)\r?\n", content):
        return said[1]
    lines = [line for line in content.splitlines()[:20] if line.strip()]
    first = lines[0] if lines else ""
    return max(",;\t|", key=lambda mark: (first.count(mark), mark == ","))
