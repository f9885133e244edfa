"""A Hangul document of today, .hwpx: OWPML, which is XML in a ZIP package.  [lxml]

The format is simple to read and the libraries for it are made for writing; the walk is that of docx.py.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import CannotRead
from workbench.reading import office, properties
from workbench.reading.parts import Part, why

if TYPE_CHECKING:
    from lxml.etree import _Element

SECTION = re.compile(r"Contents/section(\d+)\.xml")
HEAD, PROPERTIES, MANIFEST = "Contents/header.xml", "Contents/content.hpf", "META-INF/manifest.xml"
LETTERS = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": "\u3000", "hyphen": "-"}
SAYING = {"textart": "text", "compose": "composeText"}  # elements that say their words in an attribute
# What is not on the page: remarks, and what describes rather than says.
SKIPPED = frozenset(("hiddenComment", "fieldBegin", "parameters", "shapeComment", "secPr", "linesegarray", "metaTag"))
HANGING = frozenset(("tbl", "drawText", "footNote", "endNote", "caption"))
EDGES = frozenset(("header", "footer"))
REPEATED = 200  # characters of a merged cell up to which its rows repeat it


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its place, the last row it is merged down to, and its paragraphs."""

    row: int
    column: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a paragraph refers to, the level of every format that is a heading (lists are 0), and the headers and
    footers found on the way."""

    levels: dict[str, int]
    edges: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in sorted(EDGES)})
    # What is between two marks of a number in a paragraph was deleted while changes were tracked.
    deleted: set[str] = field(default_factory=set)


def read(data: bytes, name: str) -> list[Part]:
    """The document as one text: headers, body, footers; headings marked with #, a table row on a line, notes and
    text boxes behind the paragraph they hang on. Comments and deleted text are left out.

    Raises CannotRead for what is no sound .hwpx.
    """
    package = office.opened(data, name)
    try:
        with zipfile.ZipFile(package) as archive:
            places = set(archive.namelist())
            if MANIFEST in places and b"encryption-data" in archive.read(MANIFEST):
                raise CannotRead("read_password", name=name)
            numbered = sorted((int(found[1]), place) for place in places if (found := SECTION.fullmatch(place)))
            if not numbered:
                raise ValueError("no Contents/section0.xml")
            around = Surroundings(levels(parsed(archive.read(HEAD))) if HEAD in places else {})
            body = "\n".join("".join(blocks(parsed(archive.read(place)), around)) for _, place in numbered)
            title, day = said(parsed(archive.read(PROPERTIES))) if PROPERTIES in places else ("", "")
    except (SyntaxError, ValueError, RecursionError) as error:  # lxml's own are SyntaxErrors
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    first = re.search(r"^# (.+)", body, re.MULTILINE)
    text = "\n\n".join((edge(around.edges["header"]), body, edge(around.edges["footer"])))
    return [Part((text,), title=title or (first[1] if first else ""), date=day)]


def parsed(content: bytes) -> "_Element":
    """A part's tree; entities are not resolved and nothing is fetched. Raises XMLSyntaxError."""
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def tag(element: "_Element") -> str:
    """An element's name without its namespace, which changes with the year of the program."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def said(package: "_Element") -> tuple[str, str]:
    """Title and day of the document's own properties, empty where it has none."""
    texts = {element.get("name") or tag(element): element.text or "" for element in package.iter() if tag(element) in ("title", "meta")}
    days = (properties.written_day(texts.get(name, "")) for name in ("ModifiedDate", "CreatedDate"))
    return properties.title(texts.get("title")), next(filter(None, days), "")


def levels(head: "_Element") -> dict[str, int]:
    """The heading level of every paragraph format that has one, 0 for those that are lists."""
    found = {}
    for form in head.iter():
        if tag(form) == "paraPr":
            for element in form.iter():
                kind = element.get("type") if tag(element) == "heading" else "NONE"
                if kind in ("OUTLINE", "NUMBER", "BULLET"):
                    level = element.get("level", "0")
                    found[form.get("id", "")] = int(level) + 1 if kind == "OUTLINE" and level.isdecimal() else 0
    return found


def edge(texts: list[str]) -> str:
    """The headers or the footers, each once; page numbers alone are none."""
    return "\n".join(text for text in dict.fromkeys(map(str.strip, texts)) if re.search(r"[^\W\d_]", text))


def blocks(container: "_Element", around: Surroundings) -> Iterator[str]:
    """The paragraphs of a section, a cell, a note, with the line breaks they need."""
    for child in present(container):
        if tag(child) == "p":
            yield from paragraph(child, around)
        elif tag(child) == "tbl":
            yield from table(cells(child, around))
        else:
            yield from blocks(child, around)


def present(element: "_Element") -> Iterator["_Element"]:
    """The children that stand on the page; of alternatives for newer and older programs the first."""
    for child in element:
        if tag(child) == "switch":
            yield from child[:1]
        elif tag(child) not in SKIPPED:
            yield child


def paragraph(element: "_Element", around: Surroundings) -> Iterator[str]:
    """A paragraph as a heading, a list item or plain text, then what hangs on it: tables, text boxes, notes."""
    pieces: list[str] = []
    hanging: list[_Element] = []
    around.deleted.clear()
    inline(element, around, pieces, hanging)
    yield from marked("".join(pieces), around.levels.get(element.get("paraPrIDRef", "")))
    for each in hanging:
        if tag(each) == "tbl":
            yield from table(cells(each, around))
            yield from captions(each, around)
        else:
            yield from blocks(each, around)


def marked(text: str, level: int | None) -> Iterator[str]:
    """The words of a paragraph with the marks of its level: a heading's from 1, 0 for a list, None for neither."""
    if text := text.strip():
        if level:
            yield f"\n{'#' * min(level, 6)} {' '.join(text.split())}\n"
        else:
            yield f"- {text}\n" if level == 0 else f"\n{text}\n"


def captions(element: "_Element", around: Surroundings) -> Iterator[str]:
    """What stands above or under a table."""
    for child in element:
        if tag(child) == "caption":
            yield from blocks(child, around)


def inline(element: "_Element", around: Surroundings, pieces: list[str], hanging: list["_Element"]) -> None:
    """Collect the letters of a paragraph, and what hangs on it."""
    for child in present(element):
        kind = tag(child)
        if kind in HANGING:
            hanging.append(child)
        elif kind in EDGES:
            around.edges[kind].append("".join(blocks(child, around)))
        elif kind in LETTERS:
            pieces.append(LETTERS[kind])
        elif kind in ("deleteBegin", "deleteEnd"):
            (around.deleted.add if kind == "deleteBegin" else around.deleted.discard)(child.get("TcId", ""))
        elif kind in ("t", "script", "mainText", "subText", "text") and child.text and not around.deleted:
            pieces.append(child.text)
        elif kind in SAYING and not around.deleted:
            pieces.append(re.sub(r"[␍␊]+", "\n", child.get(SAYING[kind], "")))
        if kind not in HANGING and kind not in EDGES:
            inline(child, around, pieces, hanging)
        if tag(element) == "t" and child.tail and not around.deleted:
            pieces.append(child.tail)


def cells(element: "_Element", around: Surroundings) -> Iterator[Cell]:
    """The cells of a table; those that another one covers are not in the file."""
    for number, row in enumerate(child for child in element if tag(child) == "tr"):
        for place, cell in enumerate(child for child in row if tag(child) == "tc"):
            own = {tag(child): child for child in cell}
            column, down = (
                int(value) if (value := own[kind].get(key, "") if kind in own else "").isdecimal() else other
                for kind, key, other in (("cellAddr", "colAddr", place), ("cellSpan", "rowSpan", 1)))
            yield Cell(number, column, number + down - 1, "".join(blocks(cell, around)))


def table(cells: Iterable[Cell]) -> Iterator[str]:
    """A row on a line, its cells parted by bars; a cell merged downwards says its words in every row. A row of one
    cell is a frame around paragraphs."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    above: dict[int, Cell] = {}
    yield "\n"
    for number, row in sorted(rows.items()):
        above = {column: cell for column, cell in above.items() if cell.last >= number and len(cell.text) <= REPEATED}
        if len(row) == 1 and not above:
            yield row[0].text
        else:
            shown = above | {cell.column: cell for cell in row}
            plain = (re.sub(r"^#+ ", "", cell.text, flags=re.MULTILINE) for _, cell in sorted(shown.items()))
            texts = [" ".join(text.split()) for text in plain]
            if any(texts):
                yield " | ".join(texts).strip(" |") + "\n"
        above |= {cell.column: cell for cell in row if cell.last > number}
