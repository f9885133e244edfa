"""A file into Documents; one format a file. Whatever a file holds, it gives text or one `CannotRead`.

Formats: .txt .md (text), .pdf (pdf), .docx (docx), .eml (mail), .mbox (mbox), .html .htm (html), .csv .tsv (table),
.xlsx (xlsx), .hwpx (hwpx), .hwp (hwp). The content is looked at before the name: a PDF called .txt is a PDF that says so.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from unicodedata import normalize

from workbench.errors import CannotRead
from workbench.nouns import Document, Remark
from workbench.reading import docx, html, hwp, hwpx, mail, mbox, names, office, pdf, table, text, xlsx
from workbench.reading.parts import CHARACTERS, Part

BYTES = 100_000_000

READERS: dict[str, Callable[[bytes, str], list[Part]]] = {
    ".txt": text.read,
    ".md": text.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".eml": mail.read,
    ".mbox": mbox.read,
    ".html": html.read,
    ".htm": html.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".xlsx": xlsx.read,
    ".hwpx": hwpx.read,
    ".hwp": hwp.read,
}
KINDS = {".tsv": "csv", ".htm": "html"}  # the other endings are kinds of their own
# Control characters, what has no width, and letters that are hidden from people (a flag of a region is made of them).
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060-\u2064\ufeff]|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+")
# Endings that are not read, and what their own programs can save instead.
SAVED_AS = {
    ".doc": ".docx", ".docm": ".docx", ".rtf": ".docx", ".odt": ".docx",
    ".xls": ".xlsx", ".xlsm": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx",
    ".ppt": ".pdf", ".pptx": ".pdf",
    ".msg": ".eml", ".pst": ".mbox", ".mht": ".html",
}

# What files that are not text begin with, to say what a wrongly named one really is: its right ending, where it is read.
ZIP, OLE = "ZIP", "Office 97–2003 (doc, xls, ppt, msg)"
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


def read(data: bytes, name: str, scope: str) -> tuple[list[Document], tuple[Remark, ...]]:
    """The Documents of a file, each text once, and remarks on what was left out of them, none when all went in.

    `scope` (the corpus) goes into the ids: the same text in two corpora is two documents. Raises
    CannotRead with the reason.
    """
    suffix = refuse(name, len(data))
    if not data.strip(b"\0 \t\r\n"):
        raise CannotRead("read_empty", name=name)
    unmask(data, name, suffix)
    parts = READERS[suffix](data, name)
    filled = [each for part in parts if re.search(r"\w", (each := document(part, name, suffix, scope)).text)]
    first: dict[str, Document] = {}
    for each in filled:
        first.setdefault(each.id, each)
    documents = list(first.values())
    if not documents:
        raise CannotRead("read_no_text", name=name)
    characters = sum(len(each.text) for each in documents)
    if characters > CHARACTERS:
        raise CannotRead("read_long", name=name, size=characters // 1_000_000, most=CHARACTERS // 1_000_000)
    remarks = [part.remark for part in parts if part.remark]
    if len(filled) > len(documents):
        remarks.append(Remark("repeated", {"count": len(filled) - len(documents)}))
    return documents, tuple(remarks)


def unmask(data: bytes, name: str, suffix: str) -> None:
    """Raises CannotRead for content that is something else than the name says, or an Office file under a password."""
    really = next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), suffix)
    if really == OLE and office.LOCKED in data:
        raise CannotRead("read_password", name=name)
    if really == OLE and hwp.recognized(data):
        really = ".hwp"
    if really == ZIP:
        really = office.package(data)
    if really == ZIP and suffix in (".docx", ".xlsx", ".hwpx"):
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
    identity = sha256(f"{scope}\0{body}".encode()).hexdigest()[:32]
    title = names.line(part.title) or name.rpartition("/")[2].rpartition(".")[0]
    kind = KINDS.get(suffix, suffix.removeprefix("."))
    return Document(identity, title, body, name, kind, tuple(pages) if part.paged else (), part.date)


def clean(raw: str) -> str:
    """Text without what breaks tools further on: surrogates, NUL and other control characters, what has no width or
    hides letters, stray carriage returns, ends of line white space; Hangul composed (NFC)."""
    raw = raw.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    raw = UNSEEN.sub("", normalize("NFC", raw))
    raw = "\n".join(line.rstrip(" \t\u00a0\u3000") for line in raw.split("\n")).replace("\u00a0", " ")
    return re.sub(r"\n{3,}", "\n\n", raw).strip()
