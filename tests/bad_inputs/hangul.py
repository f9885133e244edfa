"""Hangul files, sound ones in parts to put together and bad ones: .hwpx (113–121) and .hwp (122–129).

No library writes .hwp: the OLE file around its streams is made here.
"""

import io
import struct
import zipfile
import zlib
from itertools import pairwise

from tests.bad_inputs import Case

WORDS = "보증금은 15만 원입니다."
PARAGRAPH_FORMATS = ("NONE", "OUTLINE", "NUMBER")  # the formats a paragraph of `p` may have, by their number
SPACES = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"'
OPF = 'xmlns:opf="http://www.idpf.org/2007/opf/"'


# .hwpx


def p(content: str, form: int = 0) -> str:
    """A paragraph of runs, or of plain words."""
    content = content if content.startswith("<") else f"<hp:t>{content}</hp:t>"
    return f'<hp:p id="0" paraPrIDRef="{form}" styleIDRef="0"><hp:run charPrIDRef="0">{content}</hp:run></hp:p>'


def held(tag: str, *paragraphs: str) -> str:
    """An element with a list of paragraphs: a cell, a note, a header."""
    return f"<hp:{tag}><hp:subList>{''.join(paragraphs)}</hp:subList></hp:{tag}>"


def tc(row: int, column: int, *paragraphs: str, down: int = 1) -> str:
    """A cell of a table."""
    place = f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="1" rowSpan="{down}"/>'
    return f"<hp:tc><hp:subList>{''.join(paragraphs)}</hp:subList>{place}</hp:tc>"


def tbl(*rows: tuple[str, ...], after: str = "") -> str:
    """A table of rows of cells."""
    return "<hp:tbl>" + "".join(f"<hp:tr>{''.join(row)}</hp:tr>" for row in rows) + after + "</hp:tbl>"


def hwpx(*sections: str, title: str = "", saved: str = "", parts: dict[str, str | bytes] | None = None, before: str = "") -> bytes:
    """A package with sections; `before` stands in front of the root of each, `parts` are put in as they are."""
    formats = "".join(
        f'<hh:paraPr id="{number}"><hh:heading type="{kind}" idRef="0" level="0"/></hh:paraPr>'
        for number, kind in enumerate(PARAGRAPH_FORMATS))
    content = {
        "mimetype": "application/hwp+zip",
        "Contents/header.xml": f'<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head">{formats}</hh:head>',
        "Contents/content.hpf": (
            f'<opf:package {OPF}><opf:metadata><opf:title>{title}</opf:title><opf:meta name="ModifiedDate" content="text">{saved}'
            "</opf:meta></opf:metadata></opf:package>"),
        **{f"Contents/section{number}.xml": f"{before}<hs:sec {SPACES}>{section}</hs:sec>"
           for number, section in enumerate(sections)},
        **(parts or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, part in content.items():
            archive.writestr(place, part)
    return out.getvalue()


# .hwp


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file of streams, in one storage at most each. Short ones are filled up with NULs to what needs no mini stream."""
    streams = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    storages = list(dict.fromkeys(name.split("/")[0] for name in streams if "/" in name))
    entries = ["Root Entry", *storages, *streams]
    children: dict[str, list[int]] = {}
    for number, entry in enumerate(entries[1:], 1):
        children.setdefault(entry.split("/")[0] if "/" in entry else "Root Entry", []).append(number)
    after = {one: other for family in children.values() for one, other in pairwise(family)}
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        if not content:
            return 0xFFFFFFFE
        first = len(sectors)
        sectors.extend(content[place : place + 512].ljust(512, b"\0") for place in range(0, len(content), 512))
        table.extend([*range(first + 1, len(sectors)), 0xFFFFFFFE])
        return first

    directory = b""
    for number, entry in enumerate(entries):
        name = entry.rpartition("/")[2].encode("utf-16-le")
        content = streams.get(entry, b"")
        kind = 5 if number == 0 else 2 if entry in streams else 1
        family = children.get(entry, []) if kind != 2 else []
        directory += struct.pack(
            "<64sHBB3I16sIQQIQ", name, len(name) + 2, kind, 1, 0xFFFFFFFF, after.get(number, 0xFFFFFFFF),
            family[0] if family else 0xFFFFFFFF, b"", 0, 0, 0, put(content) if kind == 2 else 0xFFFFFFFE, len(content))
    start = put(directory)
    count = -(-len(table) // 127)  # every sector of the table says of itself, too, that it is one
    fat = [*range(len(sectors), len(sectors) + count)]
    table += [0xFFFFFFFD] * count
    sectors += [each.ljust(512, b"\xff") for each in (
        struct.pack(f"<{len(part)}I", *part) for part in (table[place : place + 128] for place in range(0, len(table), 128)))]
    head = struct.pack(
        "<8s16s5HHIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, len(fat), start, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    assert len(fat) <= 109
    return head + struct.pack("<109I", *fat, *[0xFFFFFFFF] * (109 - len(fat))) + b"".join(sectors)


def record(tag: int, level: int, content: bytes) -> bytes:
    """A record of a stream."""
    if len(content) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(content) << 20) + content
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(content)) + content


def control(kind: str) -> str:
    """The eight characters in a paragraph that a table, a note or a text box hangs on. What is in them looks like letters,
    and half of a surrogate pair."""
    name = kind.encode("latin-1")[::-1].decode("utf-16-le")
    return f"\x0b{name}\ud800나다라\x0b"


def paragraph(words: str, *hanging: bytes, level: int = 0, form: int = 0) -> bytes:
    """The records of a paragraph and what hangs on it, made for `level` + 1."""
    return (record(66, level, struct.pack("<IIHBBHHHI", len(words) + 1, 0, form, 0, 0, 0, 0, 0, 0))
            + record(67, level + 1, (words + "\r").encode("utf-16-le", "surrogatepass")) + b"".join(hanging))


def listed(kind: str, *paragraphs: bytes, level: int = 1) -> bytes:
    """A control with one list of paragraphs: a note, a header. They are made for `level` + 1."""
    return record(71, level, kind.encode("latin-1")[::-1] + bytes(8)) + record(72, level + 1, bytes(8)) + b"".join(paragraphs)


def grid(*cells: tuple[int, int, int, bytes], level: int = 1) -> bytes:
    """A table of (row, column, rows it is merged over, paragraphs made for `level` + 1)."""
    lists = (record(72, level + 1, bytes(8) + struct.pack("<4H", column, row, 1, down) + bytes(18)) + paragraphs
             for row, column, down, paragraphs in cells)
    return record(71, level, b" lbt" + bytes(40)) + record(77, level + 1, bytes(22)) + b"".join(lists)


def summary(title: str, ticks: int) -> bytes:
    """The properties of a document: its title and when it was saved, in tenths of microseconds since 1601."""
    text = (title + "\0").encode("utf-16-le")
    values = struct.pack("<II", 31, len(text) // 2) + text
    pairs = struct.pack("<4I", 2, 24, 13, 24 + len(values))
    return (b"\xfe\xff\0\0" + bytes(20) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
            + struct.pack("<II", 24 + len(values) + 12, 2) + pairs + values + struct.pack("<IQ", 64, ticks))


def hwp(*sections: bytes, flags: int = 1, own: bytes = b"", packed: bool = True) -> bytes:
    """A Hangul document of sections of records."""
    formats = b"".join(record(25, 1, struct.pack("<I", number << 23) + bytes(50)) for number in range(3))

    def pack(content: bytes) -> bytes:
        compressor = zlib.compressobj(wbits=-15)
        return compressor.compress(content) + compressor.flush() if flags & 1 and packed else content

    return ole({
        "FileHeader": b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags) + bytes(216),
        "DocInfo": pack(record(16, 0, bytes(26)) + formats),
        **({"\x05HwpSummaryInformation": own} if own else {}),
        **{f"BodyText/Section{number}": pack(section) for number, section in enumerate(sections)}})


ENTITY = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
LAUGHS = ENTITY + "".join(
    f'<!ENTITY {chr(letter + 1)} "{f"&{chr(letter)};" * 10}">' for letter in range(ord("d"), ord("n"))) + '<!ENTITY d "&b;&b;">]>'

CASES = (
    Case(113, "truncated.hwpx", lambda: hwpx(p(WORDS))[:600], ("refused",), ("read_damaged",)),
    Case(114, "no-section.hwpx", lambda: hwpx(), ("refused",), ("read_damaged",)),
    Case(115, "broken.hwpx", lambda: hwpx(p("<hp:t>open")), ("refused",), ("read_damaged",)),
    Case(116, "external-entity.hwpx", lambda: hwpx(p(WORDS), p("<hp:t>&c;</hp:t>"), before=ENTITY + "]>"),
         ("read", "refused"), ("read_damaged",), lacks=("root:",)),
    Case(117, "laughs.hwpx", lambda: hwpx(p("<hp:t>&n;</hp:t>"), before=LAUGHS), ("refused",), ("read_damaged", "read_no_text"),
         lacks=("lollol",)),
    Case(118, "bomb.hwpx", lambda: hwpx(p(WORDS), parts={"BinData/image1.bmp": bytes(210_000_000)}), ("refused",), ("read_expands",)),
    Case(119, "deep.hwpx", lambda: hwpx("<hp:p><hp:run>" * 5000 + "</hp:run></hp:p>" * 5000), ("refused",), ("read_damaged",)),
    Case(120, "password.hwpx", lambda: hwpx("x", parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}),
         ("refused",), ("read_password",)),
    Case(121, "spans.hwpx", lambda: hwpx(p(tbl((tc(0, 0, p(WORDS), down=10**9), tc(0, 1, p("끝")))))), ("read",), holds=(f"{WORDS} | 끝",)),
    Case(122, "truncated.hwp", lambda: hwp(paragraph(WORDS))[:1500], ("refused",), ("read_damaged",)),
    Case(123, "password.hwp", lambda: hwp(b"sealed", flags=0b11, packed=False), ("refused",), ("read_password",)),
    Case(124, "distribution.hwp", lambda: hwp(b"sealed", flags=0b101, packed=False), ("refused",), ("read_distributed",)),
    Case(125, "bomb.hwp", lambda: hwp(bytes(210_000_000)), ("refused",), ("read_expands",)),
    Case(126, "many-records.hwp", lambda: hwp(record(66, 0, b"") * 2_000_000), ("refused",), ("read_expands",)),
    Case(127, "garbage.hwp", lambda: hwp(bytes(range(256)) * 40, packed=False), ("refused",), ("read_damaged",)),
    Case(128, "deep.hwp", lambda: hwp(b"".join(record(66, level, bytes(22)) for level in range(1024))), ("refused",),
         ("read_damaged", "read_no_text")),
    Case(129, "version-3.hwp", lambda: b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + bytes(500), ("refused",), ("read_other",)),
    Case(130, "text.hwp", lambda: WORDS.encode(), ("refused",), ("read_damaged",)),
)
