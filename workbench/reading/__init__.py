"""A file into Documents; one format a file. Whatever a file holds, it gives text or one `CannotRead`.

Formats: .txt .md (text), .pdf (pdf), .docx (docx), .pptx (pptx), .hwpx (hwpx), .hwp (hwp), .eml (mail), .mbox (mbox),
.msg (msg), .html .htm (html), .csv .tsv (table), .xlsx (xlsx). The content is looked at before the name: a PDF called
.txt is a PDF that says so. What is attached to a mail is read in the same way, as documents of the mail's file; so is
what a .zip in it holds.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from unicodedata import normalize

from workbench.errors import CannotRead
from workbench.nouns import MAILS, Document, Remark
from workbench.reading import (
    archive,
    docx,
    html,
    hwp,
    hwpx,
    mail,
    mbox,
    msg,
    names,
    office,
    ole,
    pdf,
    pptx,
    quotes,
    table,
    text,
    xlsx,
)
from workbench.reading.ole import OLE
from workbench.reading.parts import CHARACTERS, Attachment, Part, Records, apart, own_name, stem

BYTES = 100_000_000

READERS: dict[str, Callable[[bytes, str], list[Part]]] = {
    ".txt": text.read,
    ".md": text.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".pptx": pptx.read,
    ".eml": mail.read,
    ".mbox": mbox.read,
    ".msg": msg.read,
    ".html": html.read,
    ".htm": html.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".xlsx": xlsx.read,
    ".hwpx": hwpx.read,
    ".hwp": hwp.read,
}
RECORDS: dict[str, Callable[[bytes, str], list[Records]]] = {
    ".csv": table.records, ".tsv": table.records, ".xlsx": xlsx.records}
KINDS = {".tsv": "csv", ".htm": "html"}  # the other endings are kinds of their own
# What may be attached to one file in all, and how deep inside each other.
LEVELS, FILES = 5, 1000
NAMED = 5  # files that a remark names
# Control characters, what has no width, and letters that are hidden from people (a flag of a region is made of them).
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060-\u2064\ufeff]|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+")
# Endings that are not read, and what their own programs can save instead.
SAVED_AS = {
    ".doc": ".docx", ".docm": ".docx", ".rtf": ".docx", ".odt": ".docx",
    ".xls": ".xlsx", ".xlsm": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx",
    ".ppt": ".pptx", ".pptm": ".pptx", ".ppsx": ".pptx", ".odp": ".pptx",
    ".pst": ".mbox", ".mht": ".html",
}

# What files that are not text begin with, to say what a wrongly named one really is: its right ending, where it is read.
ZIP = "ZIP"
SIGNATURES = {
    b"%PDF": ".pdf",
    b"HWP Document File": "HWP 3 (hwp)",
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,
    b"\xd0\xcf\x11\xe0": OLE,
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"GGUF": "GGUF",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}


@dataclass(slots=True)
class Reading:
    """What is being read of one file. Files still to be read wait with the id of the document they hang on and with
    their level; the last is the next, so that what is attached to a file follows it."""

    documents: dict[str, Document] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    waiting: list[tuple[Attachment, str, int]] = field(default_factory=list)
    repeated: int = 0
    outer: int = 0  # of those, parts of the file itself and not attached to it: messages of a mailbox
    characters: int = 0
    files: int = 0
    bytes: int = 0


def read(data: bytes, name: str, scope: str, *, by_row: bool = False) -> tuple[list[Document], tuple[Remark, ...]]:
    """The Documents of a file, each text once, and remarks on what was left out of them, none when all went in.

    What is attached follows the file that holds it; an attachment that cannot be read costs that attachment.
    `scope` (the corpus) goes into the ids: the same text in two corpora is two documents. A table is one document,
    with `by_row` one a row. Raises CannotRead with the reason.
    """
    reading = Reading()
    take(reading, documents(Attachment(name, data), scope, by_row), name, "", 0)
    while reading.waiting:
        file, parent, level = reading.waiting.pop()
        try:
            if file.name.lower().endswith(".zip"):
                unpack(reading, file, parent, level)
            else:
                take(reading, documents(file, scope, by_row), name, parent, level)
        except CannotRead as error:
            reading.remarks.append(unread(error, file.name))
    if reading.repeated:
        reading.remarks.append(Remark("repeated", {"count": reading.repeated, "outer": reading.outer}))
    return list(reading.documents.values()), tuple(summed(reading.remarks))


def documents(file: Attachment, scope: str, by_row: bool) -> list[tuple[Part, Document]]:
    """A file's parts and the Documents they make. Raises CannotRead."""
    suffix = refuse(file.name, len(file.data))
    if not file.data.strip(b"\0 \t\r\n"):
        raise CannotRead("read_empty", name=file.name)
    unmask(file.data, file.name, suffix)
    parts = READERS[suffix](file.data, file.name)
    if by_row:
        parts = [row for part in parts for row in apart(part, file.name)]
    found = [(part, document(part, file.name, suffix, scope)) for part in parts]
    if not any(re.search(r"\w", each.text) for _, each in found):
        raise CannotRead("read_no_text", name=file.name)
    characters = sum(len(each.text) for _, each in found)
    if characters > CHARACTERS:
        raise CannotRead("read_long", name=file.name, size=characters // 1_000_000, most=CHARACTERS // 1_000_000)
    return found


def records(data: bytes, name: str) -> list[Records]:
    """The tables of a file as records; one for every sheet. Raises CannotRead, also for a file that is no table."""
    suffix = refuse(name, len(data))
    if suffix not in RECORDS:
        raise CannotRead("read_no_table", name=name, suffix=suffix, known=" ".join(RECORDS))
    if not data.strip(b"\0 \t\r\n"):
        raise CannotRead("read_empty", name=name)
    unmask(data, name, suffix)
    return RECORDS[suffix](data, name)


def take(reading: Reading, found: list[tuple[Part, Document]], source: str, parent: str, level: int) -> None:
    """Keep the Documents that a file gave and let what is attached to them wait. Raises CannotRead for text beyond
    what one file may have with all that is attached to it."""
    characters = sum(len(each.text) for _, each in found)
    if reading.characters + characters > CHARACTERS:
        raise CannotRead("read_over", name=found[0][1].source)
    reading.characters += characters
    waiting: list[tuple[Attachment, str, int]] = []
    for part, each in found:
        reading.remarks += [part.remark] if part.remark else []
        filled = bool(re.search(r"\w", each.text))
        if filled and each.id in reading.documents:
            reading.repeated += 1
            reading.outer += level == 0
        elif filled:
            reading.documents[each.id] = replace(each, source=source, parent="" if each.id == parent else parent)
        waiting += [(file, each.id if filled else parent, level + 1) for file in part.attached if admit(reading, file, level + 1)]
    reading.waiting += reversed(waiting)


def unpack(reading: Reading, file: Attachment, parent: str, level: int) -> None:
    """Let the files of an attached archive wait. Raises CannotRead for one that is damaged or locked."""
    waiting = []
    for path, data in archive.members(file.data, file.name):
        inner = own_name(path)
        if isinstance(data, CannotRead):
            reading.remarks.append(unread(data, inner))
        elif admit(reading, Attachment(inner, data), level + 1):
            waiting.append((Attachment(inner, data), parent, level + 1))
    reading.waiting += reversed(waiting)


def admit(reading: Reading, file: Attachment, level: int) -> bool:
    """Whether there is room for another attached file. One that is not let in is remarked upon."""
    reading.files += 1
    reading.bytes += len(file.data)
    if level <= LEVELS and reading.files <= FILES and reading.bytes <= BYTES:
        return True
    reading.bytes -= len(file.data)
    reading.remarks.append(unread(CannotRead("read_over", name=file.name), file.name))
    return False


def unread(error: CannotRead, name: str) -> Remark:
    """A remark on an attached file that was not read: those of a type that is not read, and those beyond what is
    read, are told together."""
    groups = {"read_format": "attachments_unread", "read_over": "attachments_over"}
    code = groups.get(error.remark.code)
    return Remark(code, {"count": 1, "names": name}) if code else error.remark


def summed(remarks: list[Remark]) -> Iterator[Remark]:
    """Every remark once; those of one code that count and name are told as one. Of other errors the first are told, the
    rest named."""
    told: dict[str, list[Remark]] = {}
    for remark in remarks:
        told.setdefault(remark.code, []).append(remark)
    for code, alike in told.items():
        if set(alike[0].facts) == {"count", "names"}:
            names = list(dict.fromkeys(str(each.facts["names"]) for each in alike))
            count = sum(int(str(each.facts["count"])) for each in alike)
            yield Remark(code, {"count": count, "names": ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")})
        else:
            different = [remark for remark, _ in groupby(alike)]
            yield from different[:NAMED]
            if rest := different[NAMED:]:
                yield Remark("more_like_it", {"count": len(rest)})


def unmask(data: bytes, name: str, suffix: str) -> None:
    """Raises CannotRead for content that is something else than the name says, or an Office file under a password."""
    really = next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), suffix)
    if really == OLE:
        really = ole.package(data)
    if really == OLE and office.LOCKED in data:
        raise CannotRead("read_password", name=name)
    if really == ZIP:
        really = office.package(data)
    if (really == ZIP and suffix in (".docx", ".pptx", ".xlsx", ".hwpx")) or (really == OLE and suffix in (".msg", ".hwp")):
        return  # damaged: the reader says how
    if really != suffix:
        raise CannotRead("read_other", name=name, suffix=suffix, really=really)


def refuse(name: str, size: int) -> str:
    """The ending of a file that may be read. Raises CannotRead for one that its name or size in bytes rules out."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in SAVED_AS:
        raise CannotRead("read_saved_as", name=name, suffix=suffix, better=SAVED_AS[suffix])
    if suffix not in READERS:
        raise CannotRead("read_format", name=name, suffix=suffix or "–", known=" ".join(READERS))
    if size > BYTES:
        raise CannotRead("read_large", name=name, size=size // 1_000_000, most=BYTES // 1_000_000)
    return suffix


def document(part: Part, name: str, suffix: str, scope: str) -> Document:
    """A part as a Document: clean text, page starts moved along, and an id made of its content."""
    pages: list[int] = []
    pieces: list[str] = []
    length = 0
    for page in part.pages:
        cleaned = clean(page)
        pages.append(length)
        pieces.append(cleaned)
        length += len(cleaned) + 2
    body = "\n\n".join(pieces)
    title = names.line(part.title) or stem(name)
    kind = KINDS.get(suffix, suffix.removeprefix("."))
    asides = quotes.asides(body) if kind in MAILS else ()
    return Document(identity(scope, body), title, body, name, kind, tuple(pages) if part.paged else (), part.date, asides=asides)


def identity(scope: str, text: str) -> str:
    """The id of a document: the same text in the same corpus has the same."""
    return sha256(f"{scope}\0{text}".encode()).hexdigest()[:32]


def clean(raw: str) -> str:
    """Text without what breaks tools further on: surrogates, NUL and other control characters, what has no width or
    hides letters, stray carriage returns, ends of line white space; Hangul composed (NFC)."""
    raw = raw.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    raw = UNSEEN.sub("", normalize("NFC", raw))
    raw = "\n".join(line.rstrip(" \t\u00a0\u3000") for line in raw.split("\n")).replace("\u00a0", " ")
    return re.sub(r"\n{3,}", "\n\n", raw).strip()
