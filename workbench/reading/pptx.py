"""A PowerPoint presentation: every slide a page, with its notes.  [python-pptx]

The library opens the package; the walk over the elements is ours, because its `.shapes` leave out what newer
programs write beside a picture of it (equations), charts' words and diagrams.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import office, properties
from workbench.reading.parts import Part, some, why
from workbench.reading.table import record

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
SHAPES = frozenset(f"{P}{tag}" for tag in ("sp", "cxnSp", "graphicFrame", "contentPart"))
TITLES, LISTS, COUNTERS = ("title", "ctrTitle"), ("obj", "body"), ("sldNum", "dt")  # kinds of placeholders

Element = Any  # an element of lxml, of the classes that python-pptx gives it


def read(data: bytes, name: str) -> list[Part]:
    """A page a slide, hidden ones too: its title marked with #, its other shapes in the order in which they are read
    out, a table row or a chart's series on a line, the notes behind. A footer that stands on many slides is told
    once; slide numbers and dates of printing are left out, and comments, which a remark counts. A slide that cannot be
    read costs that slide, and a remark names it.

    Raises CannotRead for what is no sound presentation.
    """
    presentation, title, day = opened(data, name)
    footers: set[str] = set()
    pages: list[str] = []
    bad: list[tuple[int, str]] = []
    unsaid = 0
    # The library's own list of slides is there for all of them or for none.
    for number, each in enumerate(presentation._element.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        try:
            slide = presentation.part.related_slide(each.rId)
            unsaid += comments(slide)
            pages.append(page(slide, footers))
        except Exception as error:  # noqa: BLE001 - python-pptx promises no class for a damaged slide
            pages.append("")
            bad.append((number, why(error)))
    if bad and len(bad) == len(pages):
        raise CannotRead("read_damaged", name=name, why=bad[0][1])
    remarks = [Remark("pages_unread", {"pages": some([number for number, _ in bad]), "why": bad[0][1]})] if bad else []
    remarks += [Remark("comments_unread", {"count": unsaid})] if unsaid else []
    first = re.search(r"^# (.+)", "\n".join(pages), re.MULTILINE)
    text = Part(tuple(pages), title=title or (first[1] if first else ""), paged=True, date=day)
    return [*(Part(("",), remark=remark) for remark in remarks), text]


def opened(data: bytes, name: str) -> tuple["Presentation", str, str]:
    """The presentation as the library opens it, and its own title and day. Raises CannotRead."""
    from pptx import Presentation
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    package = office.opened(data, name)
    try:
        presentation = Presentation(office.mended(package))
        # Without properties of its own the library would make some up.
        if all(each.reltype != KIND.CORE_PROPERTIES for each in presentation.part.package._rels.values()):
            return presentation, "", ""
        core = presentation.core_properties
        day = properties.day(properties.moment(core, "modified"), properties.moment(core, "created"))
        return presentation, properties.title(core.title), day
    except Exception as error:  # python-pptx promises no class for a damaged file
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def page(slide: "Slide", footers: set[str]) -> str:
    """The text of a slide, its title first and its notes last, without the footers that were told before."""
    titles, bodies = [], []
    for shape in shapes(slide.shapes._spTree):
        kind = placeholder(shape)
        text = words(shape, slide)
        if not text or kind in COUNTERS or (kind == "ftr" and text in footers):
            continue
        if kind == "ftr":
            footers.add(text)
        if kind in TITLES:
            titles.append(f"# {' '.join(text.split())}")
        else:
            bodies.append(text)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    said = [] if notes is None else ["\n\n".join(paragraphs(notes._txBody))]
    return "\n\n".join(filter(None, [*titles, *bodies, *said]))


def comments(slide: "Slide") -> int:
    """How many comments hang on a slide, those of older and newer programs."""
    from pptx.oxml import parse_xml

    parts = [each.target_part for each in slide.part.rels.values() if each.reltype.endswith("/comments") and not each.is_external]
    return sum(len(list(parse_xml(part.blob).iter("{*}cm"))) for part in parts)


def shapes(tree: Element) -> Iterator[Element]:
    """The shapes of a slide, those of groups among them; of alternatives for newer and older programs the first."""
    for child in tree:
        if child.tag == ALTERNATE:
            for first in child[:1]:
                yield from shapes(first)
        elif child.tag == f"{P}grpSp":
            yield from shapes(child)
        elif child.tag in SHAPES:
            yield child


def placeholder(shape: Element) -> str:
    """What of its layout a shape takes the place of, empty for a shape of its own."""
    found = shape.find(f".//{P}nvPr/{P}ph")
    return "" if found is None else found.get("type", "obj")


def words(shape: Element, slide: "Slide") -> str:
    """What a shape says: a table, a chart, a diagram, the items of a list, or paragraphs."""
    table = shape.find(f".//{A}tbl")
    if table is not None:
        return "\n".join(filter(None, rows(table)))
    for tag, key, told in ((f"{C}chart", "id", chart), (f"{DIAGRAM}relIds", "dm", items)):
        reference = shape.find(f".//{tag}")
        if reference is not None:
            return told(related(slide, reference.get(f"{RELATED}{key}", "")))
    return items(shape) if placeholder(shape) in LISTS else "\n\n".join(paragraphs(shape))


def related(slide: "Slide", reference: str) -> Element:
    """The root of the part that a slide refers to, an empty element where it is missing."""
    from pptx.oxml import parse_xml

    relation = slide.part.rels.get(reference)
    return parse_xml(b"<missing/>" if relation is None or relation.is_external else relation.target_part.blob)


def items(element: Element) -> str:
    """The paragraphs under an element as the items of a list, a single one as it is."""
    found = paragraphs(element)
    return "\n".join(f"- {each}" for each in found) if len(found) > 1 else "".join(found)


def paragraphs(element: Element) -> list[str]:
    """The paragraphs under an element that say something."""
    return list(filter(None, map(paragraph, element.iter(f"{A}p"))))


def paragraph(element: Element) -> str:
    """The letters of a paragraph, its line breaks kept."""
    pieces = element.iter(f"{A}t", f"{A}br", f"{MATH}t")
    return "".join("\n" if piece.tag == f"{A}br" else piece.text or "" for piece in pieces).strip()


def rows(table: Element) -> Iterator[str]:
    """The rows of a table, cells parted by bars; a cell merged downwards says its words in every row."""
    above: dict[int, str] = {}
    for row in table.iter(f"{A}tr"):
        texts = []
        for column, cell in enumerate(row.iter(f"{A}tc")):
            if cell.get("hMerge") in ("1", "true"):
                continue
            if cell.get("vMerge") not in ("1", "true"):
                above[column] = " ".join(" ".join(paragraphs(cell)).split())
            texts.append(above.get(column, ""))
        yield " | ".join(texts).strip(" |")


def chart(space: Element) -> str:
    """A chart's own words, then a line for every series: its name, and each category with its value."""
    series = []
    for each in space.iter(f"{C}ser"):
        named, values = points(each, "tx"), points(each, "val") or points(each, "yVal")
        categories = points(each, "cat") or points(each, "xVal")
        cells = record((categories.get(place) or str(place + 1), value) for place, value in values.items())
        series.append(" | ".join(filter(None, [*named.values(), cells])))
    return "\n".join([*paragraphs(space), *filter(None, series)])


def points(series: Element, tag: str) -> dict[int, str]:
    """The stored values of a series' name, categories or values, by their place; numbers as short as they are meant."""
    found = series.find(f"{C}{tag}")
    if found is None:
        return {}
    return {
        int(point.get("idx", "0")): short(value.text or "")
        for point in found.iter(f"{C}pt") if (value := point.find(f"{C}v")) is not None
    }


def short(value: str) -> str:
    """A stored number without the dust of binary fractions."""
    return f"{float(value):.15g}" if re.fullmatch(r"-?\d+\.\d{15,}", value) else value
