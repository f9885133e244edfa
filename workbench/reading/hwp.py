"""A Hangul document of 2000 and later, .hwp: version 5, records in compressed streams of an OLE file.  [olefile]

Written from the format's published description; the libraries that read it give up tables or have a licence that
reaches over to their users (AGPL).
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from workbench.errors import CannotRead
from workbench.reading import properties
from workbench.reading.hwpx import Cell, edge, marked, table
from workbench.reading.office import EXPANDED
from workbench.reading.parts import Part, why

if TYPE_CHECKING:
    from olefile import OleFileIO

FILE_HEADER, SUMMARY = "FileHeader", "\x05HwpSummaryInformation"
MARK = b"HWP Document File"
COMPRESSED, DISTRIBUTED = 1 << 0, 1 << 2
LOCKED = 1 << 1 | 1 << 4 | 1 << 8 | 1 << 10  # a password, rights management, certificates
FORMAT, PARAGRAPH, LETTERS, CONTROL, LIST, TABLE, EQUATION = 25, 66, 67, 71, 72, 77, 88  # tags of records
KEPT = frozenset((PARAGRAPH, LETTERS, CONTROL, LIST, TABLE, EQUATION))
RECORD = 200  # bytes of memory that a record takes besides its content
OUTLINE = 1  # the kind of paragraph that is a heading; 2 and 3 are lists
TITLE, CREATED, SAVED = 2, 12, 13  # properties of an OLE file
TEXT, MOMENT = 31, 64  # their kinds
PROPERTIES = 100  # of a document that are looked at
EDGES = {"head": "header", "foot": "footer"}
COMMENT = "tcmt"
# Controls stand in the text as eight characters, the first and last of which say their kind; a tab is one of them.
INLINE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x17].{7}", re.DOTALL)
TAB = re.compile(r"\t.{7}", re.DOTALL)
SIGNS = str.maketrans({"\r": "\n", "\x18": "-", "\x1e": " ", "\x1f": "\u3000"})


@dataclass(slots=True)
class Record:
    """A record with those that belong to it."""

    tag: int
    content: bytes
    parts: list["Record"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The heading levels of the paragraph formats (0 a list, None neither), and headers and footers found on the way."""

    levels: list[int | None]
    edges: dict[str, list[str]]


def read(data: bytes, name: str) -> list[Part]:
    """The document as one text: headers, body, footers; headings marked with #, a table row on a line, notes and
    text boxes behind the paragraph they hang on. Comments are left out.

    Raises CannotRead for what is no sound .hwp, has a password or is made for distribution.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            flags = int.from_bytes(package.openstream(FILE_HEADER).read(40)[36:], "little")
            if flags & LOCKED:
                raise CannotRead("read_password", name=name)
            if flags & DISTRIBUTED:
                raise CannotRead("read_distributed", name=name)
            streams = [place for place in package.listdir() if place[0] == "BodyText" and place[-1].startswith("Section")]
            streams.sort(key=lambda place: int(place[-1].removeprefix("Section")))
            contents = unpacked(package, [["DocInfo"], *streams], bool(flags & COMPRESSED), name)
            title, day = said(package)
        if not streams:
            raise ValueError("no BodyText")
        information, *sections = contents
        levels = [level(information[start:end]) for tag, _, start, end in records(information) if tag == FORMAT]
        around = Surroundings(levels, {"header": [], "footer": []})
        body = "\n".join("".join(blocks(tree(section), around)) for section in sections)
    except CannotRead:
        raise
    except Exception as error:  # olefile promises no class for a damaged file
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    first = re.search(r"^# (.+)", body, re.MULTILINE)
    text = "\n\n".join((edge(around.edges["header"]), body, edge(around.edges["footer"])))
    return [Part((text,), title=title or (first[1] if first else ""), date=day)]


def unpacked(package: "OleFileIO", places: list[list[str]], compressed: bool, name: str) -> list[bytes]:
    """The streams at some places. Raises CannotRead where together they take more than EXPANDED bytes of memory."""
    room = EXPANDED
    contents = []
    for place in places:
        content = package.openstream(place).read()
        if compressed:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, room + 1)
        room -= len(content)
        room -= RECORD * sum(1 for _ in islice(records(content), max(0, room // RECORD + 1)))
        if room < 0:
            raise CannotRead("read_expands", name=name, most=EXPANDED // 1_000_000)
        contents.append(content)
    return contents


def records(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(tag, level, start, end) of every record."""
    start = 0
    while start + 4 <= len(content):
        head, = struct.unpack_from("<I", content, start)
        start += 4
        size = head >> 20
        if size == 0xFFF:
            size, = struct.unpack_from("<I", content, start)
            start += 4
        if start + size > len(content):
            raise ValueError("a record is cut off")
        yield head & 0x3FF, head >> 10 & 0x3FF, start, start + size
        start += size


def tree(content: bytes) -> list[Record]:
    """The records that are of use here, each with those that stand a level under it."""
    above = [(-1, Record(0, b""))]
    for tag, depth, start, end in records(content):
        if tag in KEPT:
            while above[-1][0] >= depth:
                above.pop()
            record = Record(tag, content[start:end])
            above[-1][1].parts.append(record)
            above.append((depth, record))
    return above[0][1].parts


def said(package: "OleFileIO") -> tuple[str, str]:
    """Title and day of the document's own properties, empty where it has none. Taken apart here, because the library
    reads the first two letters of a text as its length."""
    if not package.exists(SUMMARY):
        return "", ""
    content = package.openstream(SUMMARY).read()
    title, moments = "", {}
    try:
        first, = struct.unpack_from("<I", content, 44)
        count, = struct.unpack_from("<I", content, first + 4)
        for number in range(min(count, PROPERTIES)):
            key, place = struct.unpack_from("<2I", content, first + 8 + 8 * number)
            kind, length, ticks = *struct.unpack_from("<2I", content, first + place), content[first + place + 4 :][:8]
            if (key, kind) == (TITLE, TEXT):
                title = content[first + place + 8 :][: 2 * length].decode("utf-16-le", "replace").rstrip("\0")
            elif kind == MOMENT:
                moments[key] = datetime(1601, 1, 1) + timedelta(microseconds=int.from_bytes(ticks, "little") // 10)
    except (struct.error, OverflowError):  # cut off, or a year beyond 9999
        pass
    return properties.title(title), properties.day(moments.get(SAVED), moments.get(CREATED))


def level(form: bytes) -> int | None:
    """The heading level of a paragraph format, 0 for a list, None for plain text."""
    said, = struct.unpack_from("<I", form)
    kind = said >> 23 & 3
    return None if not kind else (said >> 25 & 7) + 1 if kind == OUTLINE else 0


def blocks(parts: list[Record], around: Surroundings) -> Iterator[str]:
    """The paragraphs among some records and all that hangs on them, with the line breaks they need."""
    for part in parts:
        if part.tag == PARAGRAPH:
            form, = struct.unpack_from("<H", part.content, 8)
            text = "".join(written(each.content) for each in part.parts if each.tag == LETTERS)
            yield from marked(text, around.levels[form] if form < len(around.levels) else None)
        if part.tag == EQUATION:
            yield f"\n{written(part.content[6 : 6 + 2 * int.from_bytes(part.content[4:6], 'little')])}\n"
        if part.tag == CONTROL:
            yield from control(part, around)
        else:
            yield from blocks(part.parts, around)


def control(part: Record, around: Surroundings) -> Iterator[str]:
    """What a control holds: a table, a note, a text box; headers and footers are put aside."""
    kind = part.content[3::-1].decode("latin-1")
    if kind in EDGES:
        around.edges[EDGES[kind]].append("".join(blocks(part.parts, around)))
    elif any(each.tag == TABLE for each in part.parts):
        place = next(number for number, each in enumerate(part.parts) if each.tag == TABLE)
        yield from table(cells(part.parts[place + 1 :], around))
        yield from blocks(part.parts[:place], around)  # what stands above or under it
    elif kind != COMMENT:
        yield from blocks(part.parts, around)


def cells(parts: list[Record], around: Surroundings) -> Iterator[Cell]:
    """The cells of a table: each begins with the head of a list that says its place."""
    starts = [number for number, part in enumerate(parts) if part.tag == LIST]
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        column, row, _, down = struct.unpack_from("<4H", parts[start].content, 8)
        yield Cell(row, column, row + down - 1, "".join(blocks(parts[start:end], around)))


def written(content: bytes) -> str:
    """The letters of a paragraph without its controls. UTF-16, taken apart into units: a control is eight of them,
    and what is in it may be no letters at all."""
    units = "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content[: len(content) // 2 * 2])))
    plain = INLINE.sub("", TAB.sub("\t", units)).translate(SIGNS)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip("\n")
