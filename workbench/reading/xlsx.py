"""An Excel workbook: every sheet a document, every row a record as in table.py.  [openpyxl]

A sheet is parsed as the library's read-only mode does it, row by row, but by hand: that mode neither tells of
merged cells nor of formulas without a result, and it fills up a sheet that claims a million rows.
"""

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import office, properties
from workbench.reading.parts import CHARACTERS, RECORDS, Part, Records, stem, too_long, why
from workbench.reading.table import COLUMNS, distinct, record

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE_ROWS = 20  # rows among which the names of the columns are looked for
HEADER_ROWS = 3  # rows that the names of the columns may take
MEASURED_ROWS = 50  # rows that say how wide a table is
REPEATED = 1_000_000  # cells that are filled from merged ones
CORE = "docProps/core.xml"
# Quoted or escaped text and signs, digits like #,##0, decimals, a percent sign, text and signs.
FORM = re.compile(r"""((?:"[^"]*"|\\.|[^"\\#0?.,\w@/])*)([#0?,]*0)(?:\.([#0?]+))?(%?)((?:"[^"]*"|\\.|[^"\\#0?.,%\w@/])*)""")
Found = TypeVar("Found")


class Figure(str):
    """A number as people see it, which names no column; years do."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells as people see them, by row and column; for every row the areas of merged cells that start
    in it, as (first column, last column, last row); and how many formulas have no stored result."""

    title: str
    rows: dict[int, dict[int, str]]
    areas: dict[int, list[tuple[int, int, int]]]
    unknown: int

    def spread(self, number: int) -> dict[int, str]:
        """The cells of a row, those that are merged sideways in every column they cover."""
        own = self.rows[number]
        covered = {
            column: own[first] for first, last, _ in self.areas.get(number, []) if first in own
            for column in range(first, min(last, first + MEASURED_ROWS) + 1)}
        return covered | own


def read(data: bytes, name: str) -> list[Part]:
    """The sheets that hold something, hidden ones too, titled “file · sheet” where there are several. Formulas
    without a stored result are counted in the remark.

    Raises CannotRead for what is no sound workbook.
    """
    workbook = opened(data, name)
    sheets = [parsed(sheet, name) for sheet in workbook.worksheets]
    title, day = said(workbook)
    title = title or stem(name)
    unknown = sum(sheet.unknown for sheet in sheets)
    filled = [sheet for sheet in sheets if sheet.rows]
    if unknown and not filled:
        raise CannotRead("read_no_values", name=name)
    remark = Remark("formulas_unread", {"count": unknown}) if unknown else None
    parts = [Part(("",), remark=remark)]
    for sheet in filled:
        rows = list(bounded(lines(sheet), name))
        parts.append(Part(
            ("\n".join(line for _, line in rows),),
            title=title if len(sheets) == 1 else f"{title} · {sheet.title}",
            date=day,
            rows=tuple(number for number, _ in rows),
        ))
    return parts


def opened(data: bytes, name: str) -> "Workbook":
    """The workbook as the library opens it. Raises CannotRead."""
    import openpyxl

    package = office.opened(data, name)
    # openpyxl warns of all that it would not write back.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        return openpyxl.load_workbook(package, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl promises no class for it
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def said(workbook: "Workbook") -> tuple[str, str]:
    """Title and day of the workbook's own properties; without any the library would make some up."""
    core = workbook.properties
    if CORE not in workbook._archive.namelist():
        return "", ""
    return properties.title(core.title), properties.day(core.modified, core.created)


def parsed(sheet: Any, name: str, most: int = CHARACTERS) -> Sheet:
    """A sheet's cells with the merged ones filled downwards. Raises CannotRead for more than `most` characters of text."""
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        """Counts formulas without a result (an empty text is one), and keeps the pattern that a value is shown in."""

        unknown = 0

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            self.unknown += (
                cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None)
            return cell | {"pattern": ReadOnlyCell(sheet, **cell).number_format}

    workbook = sheet.parent
    rows: dict[int, dict[int, str]] = {}
    size = 0
    with sheet._get_source() as source:
        parser = Parser(source, sheet._shared_strings, data_only=True, epoch=workbook.epoch,
                        date_formats=workbook._date_formats, timedelta_formats=workbook._timedelta_formats)
        for row, found in sound(parser.parse(), name):
            cells = {cell["column"]: shown(cell["value"], cell["pattern"]) for cell in found if cell["value"] is not None}
            if cells := {column: text for column, text in cells.items() if text.strip()}:
                if len(cells) > COLUMNS:
                    raise CannotRead("read_columns", name=name, count=len(cells), most=COLUMNS)
                rows[row] = cells
                size += sum(map(len, cells.values()))
                if size > most:
                    raise too_long(name, most)
    areas: dict[int, list[tuple[int, int, int]]] = {}
    for first, row, last, bottom in (area.bounds for area in (parser.merged_cells and parser.merged_cells.mergeCell) or ()):
        areas.setdefault(row, []).append((first, last, bottom))
    merged = Sheet(sheet.title, dict(sorted(rows.items())), areas, parser.unknown)
    for row, column, text in islice(repeated(merged), REPEATED):
        merged.rows[row][column] = text
    return merged


def sound(found: Iterator[Found], name: str) -> Iterator[Found]:
    """What the library finds, its errors as CannotRead."""
    try:
        yield from found
    except Exception as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def repeated(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """(row, column, text) of every cell that says what is merged down onto it."""
    numbers = list(sheet.rows)
    for top, areas in sheet.areas.items():
        for first, _, bottom in areas:
            text = sheet.rows.get(top, {}).get(first)
            if text is not None:
                for number in numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]:
                    yield number, first, text


def bounded(lines: Iterator[tuple[int, str]], name: str) -> Iterator[tuple[int, str]]:
    """The numbered lines, as long as they stay within what a file may have: one long cell can stand in a million rows.
    Raises CannotRead."""
    size = 0
    for number, line in lines:
        size += len(line)
        if size > CHARACTERS:
            raise too_long(name)
        yield number, line


def lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """A record for every row under names of columns, with the row's number; titles, notes and what stands under no
    names as it is."""
    for number, names, cells in placed(sheet):
        if names is None:
            yield number, " | ".join(" ".join(text.split()) for text in cells.values())
        else:
            yield number, record((names.get(column) or letter(column), text) for column, text in cells.items())


def records(data: bytes, name: str) -> list[Records]:
    """The tables of a workbook as records: one for every sheet, and another where a sheet names its columns anew.

    Raises CannotRead for what is no sound workbook, or has no table in it.
    """
    sheets = [parsed(sheet, name, RECORDS) for sheet in opened(data, name).worksheets]
    unknown = sum(sheet.unknown for sheet in sheets)
    remarks = (Remark("formulas_unread", {"count": unknown}),) if unknown else ()
    if unknown and not any(sheet.rows for sheet in sheets):
        raise CannotRead("read_no_values", name=name)
    found = [table for sheet in sheets if sheet.rows for table in tables(sheet, remarks)]
    if not found:
        raise CannotRead("read_no_rows", name=name)
    return found


def tables(sheet: Sheet, remarks: tuple[Remark, ...]) -> Iterator[Records]:
    """The tables of a sheet; a note in the middle of one does not end it. Lines outside are told with the first."""
    found: list[tuple[dict[int, str], list[tuple[int, dict[int, str]]]]] = []
    outside = 0
    for number, names, cells in placed(sheet):
        if names is None:
            outside += 1
        elif found and found[-1][0] == names:
            found[-1][1].append((number, cells))
        else:
            found.append((names, [(number, cells)]))
    for place, (names, rows) in enumerate(found):
        columns = sorted(set(names).union(*(cells for _, cells in rows)))
        yield Records(
            sheet.title, tuple(names.get(column) or letter(column) for column in columns),
            tuple((number, tuple(cells.get(column, "") for column in columns)) for number, cells in rows),
            0 if place else outside, remarks)


def placed(sheet: Sheet) -> Iterator[tuple[int, dict[int, str] | None, dict[int, str]]]:
    """Every row but those that name columns: its number, what its columns are called, None for titles, notes and what
    stands under no names, and its cells by column."""
    stretches = list(blocks(list(sheet.rows)))
    names: dict[int, str] = {}
    for block in stretches:
        start, end = header(sheet, block, alone=len(stretches) == 1, named=bool(names))
        if end > start:
            names = column_names(sheet, block[start:end])
        note = start == end and max(len(sheet.rows[number]) for number in block) == 1 < len(names)
        for place, number in enumerate(block):
            if not start <= place < end:
                yield number, names if names and place >= end and not note else None, dict(sorted(sheet.rows[number].items()))


def blocks(numbers: list[int]) -> Iterator[list[int]]:
    """The row numbers in stretches without an empty row between."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] > numbers[place - 1] + 1:
            yield numbers[start:place]
            start = place


def header(sheet: Sheet, block: list[int], alone: bool, named: bool) -> tuple[int, int]:
    """Places (start, end) in a block of the rows that name its columns, equal where there are none.

    They are the first row that says different things over at least half the width, under titles and notes;
    no row of figures, and not the last. Where columns have names already, new ones must show: words over figures.
    """
    spreads = [sheet.spread(number) for number in block[:MEASURED_ROWS]]
    width = max(map(len, spreads))
    if width == 1:
        return (0, 1) if alone and len(block) > 1 else (0, 0)
    place, row = next(
        ((place, row) for place, row in enumerate(spreads[:TITLE_ROWS])
         if len(set(row.values())) > 1 and 2 * len(row) >= width), (len(block) - 1, {}))
    figures = {column for column, text in row.items() if isinstance(text, Figure)}
    below = {column for other in spreads[place + 1 :] for column, text in other.items() if isinstance(text, Figure)}
    if place == len(block) - 1 or 2 * len(figures) > len(row) or (named and not (not figures and below & row.keys())):
        return 0, 0
    return place, place + depth(sheet, block[place:])


def depth(sheet: Sheet, block: list[int]) -> int:
    """How many rows at the head of a block name its columns: those that cells are merged down over, and the row
    under cells merged sideways where it parts them."""
    areas = sheet.areas.get(block[0], [])
    under = sheet.rows[block[1]]
    last = max((bottom for *_, bottom in areas), default=block[0])
    if any(sum(first <= column <= end for column in under) > 1 and first != end for first, end, _ in areas):
        last = max(last, block[1])
    return min(max(1, bisect_right(block, last)), HEADER_ROWS, len(block) - 1)


def column_names(sheet: Sheet, head: list[int]) -> dict[int, str]:
    """What the columns are called, the words of several rows joined, those of one name numbered."""
    words: dict[int, dict[str, None]] = {}
    for number in head:
        for column, text in sheet.spread(number).items():
            words.setdefault(column, {})[" ".join(text.split())] = None
    columns = sorted(words)
    return dict(zip(columns, distinct([" ".join(words[column]) for column in columns])[0], strict=True))


def letter(column: int) -> str:
    """What Excel calls a column."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def shown(value: Any, pattern: str) -> str:
    """A cell's value as people see it in Excel, days in ISO."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        text = number(value, pattern)
        return text if isinstance(value, int) and 1900 <= value <= 2100 and text == str(value) else Figure(text)
    if isinstance(value, datetime):
        seconds = value.replace(microsecond=0)
        return seconds.date().isoformat() if seconds.time() == time() else seconds.isoformat(" ").removesuffix(":00")
    return str(value)


def number(value: float, pattern: str) -> str:
    """A number in the pattern of its cell; in plain digits where the pattern asks for more than is known here."""
    plain = str(value) if isinstance(value, int) else f"{value:.15g}"
    known = form(pattern)
    if known is None or not abs(value) < 1e15:
        return plain
    before, digits, decimals, percent, after = known
    amount = abs(Decimal(plain)) * (100 if percent else 1)
    amount = amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    zeros = f"0{len(digits) + bool(decimals) + len(decimals)}" if set(digits) == {"0"} else ""
    text = f"{amount:{zeros}{',' if ',' in digits else ''}.{len(decimals)}f}"
    if decimals.endswith(("#", "?")):
        text = text.rstrip("0").rstrip(".")
    sign = "-" if value < 0 and text.strip("0.,") else ""
    return f"{sign}{before.strip()}{text}{percent}{after}".strip()


@lru_cache(1000)
def form(pattern: str) -> tuple[str, str, str, str, str] | None:
    """A pattern's text before the number, its digits, decimals and percent sign, and the text behind; None for
    others: general, scientific, fractions."""
    positive = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', pattern.split(";")[0])  # [$€-407] stands for €
    positive = re.sub(r"\[[^\]]*\]|_.|\*.", "", positive)  # colours, conditions; a character's room or repetition
    found = FORM.fullmatch(positive)
    if found is None:
        return None
    before, digits, decimals, percent, after = (part or "" for part in found.groups())
    return re.sub(r'"|\\', "", before), digits, decimals, percent, re.sub(r'"|\\', "", after)
