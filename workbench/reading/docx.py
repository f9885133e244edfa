"""A Word document: all that stands on its pages, in their order.  [python-docx]

The library opens the package; the walk over the elements is ours, because its `.paragraphs` leave out
tables, text boxes, notes, headers and footers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import office, properties
from workbench.reading.parts import Part, why

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PARAGRAPH, TABLE, ROW, CELL, BOX = (f"{W}{tag}" for tag in ("p", "tbl", "tr", "tc", "txbxContent"))
LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# What is not on the page: deleted and moved-away text, and what describes rather than says.
SKIPPED = frozenset(f"{W}{tag}" for tag in (
    "del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"))
REPEATED = 200  # characters of a merged cell up to which its rows repeat it

Element = Any  # an element of lxml, of the classes that python-docx gives it


@dataclass(frozen=True, slots=True)
class Opened:
    """What the library finds in a package: element trees, the style elements by name, notes by the tag that refers
    to them and their number, how many comments there are, and what the document says of itself."""

    body: Element
    headers: list[Element]
    footers: list[Element]
    styles: dict[str, Element]
    notes: dict[tuple[str, str], Element]
    comments: int
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a paragraph refers to: styles that are headings (with their level) or lists, and the notes not yet told."""

    levels: dict[str, int]
    lists: set[str]
    notes: dict[tuple[str, str], Element]


def read(data: bytes, name: str) -> list[Part]:
    """The document as one text: headers, body, footers; headings marked with #, a table row on a line, notes and
    text boxes behind the paragraph they hang on. Deleted text is left out, and so are comments, which the remark counts.

    Raises CannotRead for what is no sound Word document.
    """
    document = opened(data, name)
    around = Surroundings(*styles(document.styles), document.notes)
    try:
        body = "".join(blocks(document.body, around))
        text = "\n\n".join((edges(document.headers, around), body, edges(document.footers, around)))
    except RecursionError as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    first = re.search(r"^# (.+)", body, re.MULTILINE)
    remark = Remark("comments_unread", {"count": document.comments}) if document.comments else None
    return [Part((text,), title=document.title or (first[1] if first else ""), remark=remark, date=document.day)]


def opened(data: bytes, name: str) -> Opened:
    """The document as the library opens it. Raises CannotRead."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.oxml.parser import parse_xml

    package = office.opened(data, name)
    try:
        document = Document(office.mended(package))
        if document.element.body is None:
            raise ValueError("no body")
        parts = [(each.reltype, each.target_part) for each in document.part.rels.values() if not each.is_external]
        notes = {
            (f"{W}{tag}Reference", note.get(f"{W}id", "")): note
            for tag, kind in (("footnote", KIND.FOOTNOTES), ("endnote", KIND.ENDNOTES))
            for reltype, part in parts if reltype == kind
            for note in parse_xml(part.blob).iter(f"{W}{tag}")
            if note.get(f"{W}type", "normal") == "normal"  # the others are the lines between text and notes
        }
        # Without properties of its own the library would make some up.
        core = document.core_properties if any(
            each.reltype == KIND.CORE_PROPERTIES for each in document.part.package.rels.values()) else None
        return Opened(
            body=document.element.body,
            headers=[part.element for reltype, part in parts if reltype == KIND.HEADER],
            footers=[part.element for reltype, part in parts if reltype == KIND.FOOTER],
            styles={style.get(f"{W}styleId", ""): style for style in document.styles.element.iter(f"{W}style")},
            notes=notes,
            comments=sum(
                len(list(parse_xml(part.blob).iter(f"{W}comment"))) for reltype, part in parts if reltype == KIND.COMMENTS),
            title=properties.title(core.title) if core else "",
            day=properties.day(properties.moment(core, "modified"), properties.moment(core, "created")) if core else "",
        )
    except Exception as error:  # python-docx promises no class for a damaged file
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def styles(own: dict[str, Element]) -> tuple[dict[str, int], set[str]]:
    """The level of every heading style, and the styles that are lists, what they inherit included."""
    levels: dict[str, int] = {}
    lists: set[str] = set()
    for identity in own:
        line = [own[each] for each in ancestry(identity, own)]
        level = 1 if value(line[0], "name").lower() == "title" else next(filter(None, map(style_level, line)), 0)
        if level:
            levels[identity] = level
        elif any(style.find(f"{W}pPr/{W}numPr") is not None for style in line):
            lists.add(identity)
    return levels, lists


def style_level(style: Element) -> int:
    """The heading level a style gives by its name or its outline level, 0 where it is none."""
    named = re.fullmatch(r"heading (\d)", value(style, "name").lower())
    return int(named[1]) if named else outline_level(style)


def outline_level(element: Element) -> int:
    """The outline level that a style or paragraph is given, counted from 1; 0 is body text."""
    level = value(element, f"pPr/{W}outlineLvl")
    return int(level) + 1 if re.fullmatch("[0-8]", level) else 0


def ancestry(identity: str, own: dict[str, Element]) -> list[str]:
    """A style and what it is based on, nearest first."""
    line: list[str] = []
    while identity in own and identity not in line:
        line.append(identity)
        identity = value(own[identity], "basedOn")
    return line


def value(element: Element, path: str) -> str:
    """The w:val of what stands at a path under an element, empty where there is none."""
    found = element.find(f"{W}{path}")
    return "" if found is None else found.get(f"{W}val") or ""


def edges(elements: list[Element], around: Surroundings) -> str:
    """The headers or the footers, each once; page numbers alone are none."""
    texts = ("".join(blocks(element, around)).strip() for element in elements)
    return "\n".join(text for text in dict.fromkeys(texts) if re.search(r"[^\W\d_]", text))


def blocks(container: Element, around: Surroundings) -> Iterator[str]:
    """Paragraphs and tables in their order, with the line breaks they need: rows and list items stay together."""
    for child in present(container):
        if child.tag == PARAGRAPH:
            yield from paragraph(child, around)
        elif child.tag == TABLE:
            yield from table(child, around)
        else:
            yield from blocks(child, around)


def present(element: Element) -> Iterator[Element]:
    """The children that stand on the page; of alternatives for newer and older programs the first."""
    for child in element:
        if child.tag == ALTERNATE:
            yield from child[:1]
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield child


def paragraph(element: Element, around: Surroundings) -> Iterator[str]:
    """A paragraph as a heading, a list item or plain text, then the notes and text boxes that hang on it."""
    pieces: list[str] = []
    hanging: list[Element] = []
    inline(element, around, pieces, hanging)
    text = "".join(pieces).strip()
    if text:
        level, listed = format_of(element, around)
        if level:
            yield f"\n{'#' * min(level, 6)} {' '.join(text.split())}\n"
        else:
            yield f"- {text}\n" if listed else f"\n{text}\n"
    for each in hanging:
        yield from blocks(each, around)


def format_of(element: Element, around: Surroundings) -> tuple[int, bool]:
    """The heading level of a paragraph, 0 for text, and whether it is an item of a list."""
    if element.find(f"{W}pPr") is None:
        return 0, False
    style = value(element, f"pPr/{W}pStyle")
    number = value(element, f"pPr/{W}numPr/{W}numId")
    return outline_level(element) or around.levels.get(style, 0), number != "0" if number else style in around.lists


def inline(element: Element, around: Surroundings, pieces: list[str], hanging: list[Element]) -> None:
    """Collect the letters of a paragraph, and the text boxes and notes that hang on it."""
    for child in present(element):
        if child.tag in (f"{W}t", f"{MATH}t"):
            pieces += [child.text or "", *(entity.tail or "" for entity in child)]
        elif child.tag in LETTERS:
            pieces.append(LETTERS[child.tag])
        elif child.tag == BOX:
            hanging.append(child)
        elif (child.tag, child.get(f"{W}id")) in around.notes:
            hanging.append(around.notes.pop((child.tag, child.get(f"{W}id"))))
        elif child.tag != f"{W}r" or not concealed(child):
            inline(child, around, pieces, hanging)


def concealed(run: Element) -> bool:
    """Whether a run is formatted as hidden text."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def table(element: Element, around: Surroundings) -> Iterator[str]:
    """A row on a line, its cells parted by bars; a cell merged downwards says its words in every row. A row of one
    cell is a frame around paragraphs."""
    above: dict[int, str] = {}
    yield "\n"
    for row in within(element, ROW):
        cells = list(within(row, CELL))
        if len(cells) == 1:
            yield from blocks(cells[0], around)
            continue
        texts = []
        column = 0
        for cell in cells:
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is None or merged.get(f"{W}val") == "restart":
                plain = re.sub(r"^#+ ", "", "".join(blocks(cell, around)), flags=re.MULTILINE)
                texts.append(" ".join(plain.split()))
                above[column] = texts[-1] if len(texts[-1]) <= REPEATED else ""
            else:
                texts.append(above.get(column, ""))
            span = value(cell, f"tcPr/{W}gridSpan")
            column += int(span) if span.isdecimal() else 1
        if any(texts):
            yield " | ".join(texts).strip(" |") + "\n"


def within(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a tag under another, through whatever wraps them but not inside each other."""
    for child in present(element):
        if child.tag == tag:
            yield child
        else:
            yield from within(child, tag)
