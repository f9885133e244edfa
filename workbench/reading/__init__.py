"""A file into Documents; one format a file. Whatever a file holds, it gives text or one `CannotRead`.

Formats: .txt .md (text), .pdf (pdf), .eml (mail), .csv .tsv (table). The content is looked at before
the name: a PDF called .txt is a PDF that says so.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from unicodedata import normalize

from workbench.errors import CannotRead
from workbench.nouns import Document, Remark
from workbench.reading import mail, pdf, table, text
from workbench.reading.parts import Part

BYTES = 100_000_000
CHARACTERS = 20_000_000

READERS: dict[str, Callable[[bytes, str], list[Part]]] = {
    ".txt": text.read,
    ".md": text.read,
    ".pdf": pdf.read,
    ".eml": mail.read,
    ".csv": table.read,
    ".tsv": table.read,
}

# What files that are not text begin with, to say what a wrongly named one really is.
SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP (docx, xlsx, hwpx …)",
    b"\xd0\xcf\x11\xe0": "Office (doc, xls, msg, hwp)",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"GGUF": "GGUF",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}


def read(data: bytes, name: str, scope: str) -> tuple[list[Document], tuple[Remark, ...]]:
    """The Documents of a file and remarks on what was left out of them, none when all went in.

    `scope` (the corpus) goes into the ids: the same text in two corpora is two documents. Raises
    CannotRead with the reason.
    """
    suffix = refuse(name, len(data))
    if not data.strip(b"\0 \t\r\n"):
        raise CannotRead("read_empty", name=name)
    for signature, really in SIGNATURES.items():
        if data.startswith(signature) and not (really == "PDF" and suffix == ".pdf"):
            raise CannotRead("read_other", name=name, suffix=suffix, really=really)
    parts = READERS[suffix](data, name)
    documents = [document(part, name, suffix, scope) for part in parts]
    documents = [each for each in documents if re.search(r"\w", each.text)]
    if not documents:
        raise CannotRead("read_no_text", name=name)
    characters = sum(len(each.text) for each in documents)
    if characters > CHARACTERS:
        raise CannotRead("read_long", name=name, size=characters // 1_000_000, most=CHARACTERS // 1_000_000)
    return documents, tuple(part.remark for part in parts if part.remark)


def refuse(name: str, size: int) -> str:
    """The ending of a file that may be read. Raises CannotRead for one that its name or size in bytes rules out."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
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
    title = clean(part.title).replace("\n", " ") or name.rpartition("/")[2].rpartition(".")[0]
    kind = {".tsv": "csv"}.get(suffix, suffix.removeprefix("."))
    return Document(identity, title, body, name, kind, tuple(pages) if part.paged else (), part.date)


def clean(raw: str) -> str:
    """Text without what breaks tools further on: surrogates, NUL and other control characters,
    stray carriage returns, ends of line white space; Hangul composed (NFC)."""
    raw = raw.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    raw = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]", "", normalize("NFC", raw))
    raw = "\n".join(line.rstrip(" \t\u00a0\u3000") for line in raw.split("\n")).replace("\u00a0", " ")
    return re.sub(r"\n{3,}", "\n\n", raw).strip()
