"""Word, PowerPoint and Excel files that hurt: packages made by the libraries, then changed part by part."""

import io
import struct
import zipfile
from functools import cache

from tests.bad_inputs import Case

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT, SLIDE, SHEET = "word/document.xml", "ppt/slides/slide1.xml", "xl/worksheets/sheet1.xml"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{("&" + chr(97 + level) + ";") * 10}">' for level in range(9)) + "]>"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600  # how Office 97–2003 files begin


def saved(made) -> bytes:
    """The bytes of what a library made."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def word() -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("Hello words")
    return saved(document)


@cache
def slides() -> bytes:
    from pptx import Presentation

    presentation = Presentation()
    for number in (1, 2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = f"Slide {number}", "Hello words"
    return saved(presentation)


@cache
def book() -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(["a", "b"])
    workbook.active.append(["x", 1])
    return saved(workbook)


def replaced(data: bytes, part: str, content: bytes | None) -> bytes:
    """A package with a part put in, changed, or taken out (None)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for place in old.namelist():
            if place != part:
                new.writestr(place, old.read(place))
        if content is not None:
            new.writestr(part, content)
    return out.getvalue()


def part(data: bytes, place: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(place)


def body(xml: str, head: str = "") -> bytes:
    """A Word file with a body of our own."""
    return replaced(word(), DOCUMENT, f"{head}<w:document {WORD}><w:body>{xml}</w:body></w:document>".encode())


def text(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def lying() -> bytes:
    """A package whose directory says 1,000 bytes where 300 million come out."""
    data = bytearray(replaced(word(), "word/media/a.png", b"\0" * 300_000_000))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


def tables_only() -> bytes:
    from docx import Document

    document = Document()
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    return saved(document)


def wide(columns: int) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    for row in range(2):
        workbook.active.append([f"{row} {column}" for column in range(columns)])
    return saved(workbook)


def deep_groups(depth: int) -> bytes:
    shape = '<p:grpSp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    return replaced(slides(), SLIDE, part(slides(), SLIDE).replace(
        b"</p:spTree>", (shape * depth + "</p:grpSp>" * depth + "</p:spTree>").encode()))


CASES = (
    Case(37, "empty.docx", lambda: b"", ("refused",), ("read_empty",)),
    Case(38, "truncated.docx", lambda: word()[: len(word()) // 2], ("refused",), ("read_damaged",)),
    Case(39, "old.docx", lambda: OLD, ("refused",), ("read_other",)),
    Case(40, "table.docx", book, ("refused",), ("read_other",)),
    Case(41, "no document.docx", lambda: replaced(word(), DOCUMENT, None), ("refused",), ("read_damaged",)),
    Case(42, "bad XML.docx", lambda: replaced(word(), DOCUMENT, b"<w:document><w:body>"), ("refused",), ("read_damaged",)),
    Case(43, "billion laughs.docx", lambda: body(text("&j;"), LAUGHS), ("refused",), ("read_damaged",)),
    Case(44, "entity of a file.docx", lambda: body(
        text("Hello &a; words"), '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), ("read",), holds=("Hello", "words"), lacks=("root:",)),
    Case(45, "entity of a page.docx", lambda: body(
        text("Hello &a; words"), '<!DOCTYPE l [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>'), ("read",), holds=("Hello", "words")),
    Case(46, "bomb.docx", lambda: replaced(word(), "word/media/a.png", b"\0" * 300_000_000), ("refused",), ("read_expands",)),
    Case(46, "bomb with a lying directory.docx", lying, ("refused",), ("read_expands",)),
    Case(47, "deep.docx", lambda: body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), ("refused",), ("read_damaged",)),
    Case(48, "climbing entry.docx", lambda: replaced(word(), "../../climbed.txt", b"out"), ("read",), holds=("Hello words",)),
    Case(49, "many paragraphs.docx", lambda: body("".join(map(text, (f"p{number}" for number in range(300_000))))), ("read",),
         holds=("p0\n", "p299999")),
    Case(50, "tables only.docx", tables_only, ("read",), holds=("cell 0 | cell 1\ncell 2 | cell 3",)),
    # beyond the list: what slides and sheets add
    Case(0, "truncated.pptx", lambda: slides()[: len(slides()) // 2], ("refused",), ("read_damaged",)),
    Case(0, "old.pptx", lambda: OLD, ("refused",), ("read_other",)),
    Case(0, "word.pptx", word, ("refused",), ("read_other",)),
    Case(0, "bad XML.pptx", lambda: replaced(slides(), SLIDE, b"<p:sld>"), ("refused",), ("read_damaged",)),
    Case(0, "lost slide.pptx", lambda: replaced(slides(), SLIDE, None), ("warned",), ("pages_unread",), holds=("Slide 2",), lacks=("Slide 1",)),
    Case(0, "billion laughs.pptx", lambda: replaced(slides(), SLIDE, LAUGHS.encode() + part(slides(), SLIDE).partition(b"?>")[2].replace(
        b"Hello words", b"&j;")), ("refused",), ("read_damaged",)),
    Case(0, "bomb.pptx", lambda: replaced(slides(), "ppt/media/a.png", b"\0" * 300_000_000), ("refused",), ("read_expands",)),
    Case(0, "deep groups.pptx", lambda: deep_groups(5000), ("refused",), ("read_damaged",)),
    Case(0, "fairly deep groups.pptx", lambda: deep_groups(200), ("read",), holds=("Slide 1", "Slide 2")),
    Case(0, "truncated.xlsx", lambda: book()[: len(book()) // 2], ("refused",), ("read_damaged",)),
    Case(0, "billion laughs.xlsx", lambda: replaced(book(), SHEET, LAUGHS.encode() + part(book(), SHEET).replace(
        b"<v>1</v>", b"<v>&j;</v>")), ("refused",), ("read_damaged",)),
    Case(0, "wide.xlsx", lambda: wide(5_000), ("refused",), ("read_columns",)),
)
