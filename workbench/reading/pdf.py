"""PDF text by page.  [pypdf]"""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import properties
from workbench.reading.parts import CHARACTERS, Part, some, too_long, why

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

journal = logging.getLogger("workbench")

PAGES = 2_000  # that are read of a file
# Where a PDF says that it runs a script.
SCRIPTS = (("/Names", "/JavaScript"), ("/OpenAction", "/JS"))
# Ligatures (ﬁ, ﬂ) as the letters that people search for; some fonts map their space to U+0001.
LETTERS = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)} | {1: " "}


def read(data: bytes, name: str) -> list[Part]:
    """The text of the first PAGES pages. A page that cannot be read costs that page, and the remark names it; so do
    others for pages left out, and for files and scripts inside. The library's own limits hold for what streams expand to.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotRead("read_password", name=name)
        count = len(reader.pages)
    except CannotRead:
        raise
    except NotImplementedError as error:  # a security handler of somebody's own
        raise CannotRead("read_password", name=name) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    pages: list[str] = []
    bad: list[tuple[int, str]] = []
    size = 0
    for number in range(min(count, PAGES)):
        try:
            pages.append(written(reader.pages[number]))
        except Exception as error:  # noqa: BLE001 - pypdf promises no error class for a damaged page
            pages.append("")
            bad.append((number + 1, why(error)))
        size += len(pages[-1])
        if size > CHARACTERS:
            raise too_long(name)
    if len(bad) == len(pages):
        raise CannotRead("read_damaged", name=name, why=bad[0][1] if bad else "no pages")
    if not any(page.strip() for page in pages):
        raise CannotRead("read_scan", name=name, pages=count)
    remarks = list(ignored(reader))
    if count > PAGES:
        remarks.append(Remark("pages_cut", {"read": PAGES, "of": count}))
    if bad:
        remarks.append(Remark("pages_unread", {"pages": some([number for number, _ in bad]), "why": bad[0][1]}))
    title = "" if bad else properties.title(str(said(reader, "title") or ""))
    day = properties.day(said(reader, "creation_date"), said(reader, "modification_date"))
    return [*(Part(("",), remark=each) for each in remarks), Part(tuple(pages), title=title, paged=True, date=day)]


def written(page: "PageObject") -> str:
    """What is printed on a page, and behind it what people typed onto it: fields of forms and free text."""
    return "\n".join([page.extract_text(), *typed(page)]).translate(LETTERS)


def typed(page: "PageObject") -> Iterator[str]:
    """The filled fields of a form on a page, with their names, and the texts laid over it."""
    for reference in page.annotations or ():
        note = reference.get_object()
        if not isinstance(note, dict):
            continue
        if note.get("/Subtype") == "/FreeText":
            yield str(note.get("/Contents", ""))
        elif note.get("/Subtype") == "/Widget":
            field = note if "/FT" in note or "/Parent" not in note else note["/Parent"]
            if field.get("/FT") in ("/Tx", "/Ch") and isinstance(field.get("/V"), str):
                yield f"{field.get('/T', '')}: {field['/V']}"


def ignored(reader: "PdfReader") -> Iterator[Remark]:
    """What stands in the file beside its pages and is not read."""
    names: list[str] = []
    scripts = False
    try:
        root: dict[str, Any] = reader.root_object
        scripts = any(place in root and mark in root[place] for place, mark in SCRIPTS)
        names = [str(each.name) for each in reader.attachment_list]
    except Exception as error:  # noqa: BLE001 - the pages are there all the same
        journal.info("The list of embedded files is damaged: %s", why(error))
    if names:
        yield Remark("files_inside", {"names": some(names)})
    if scripts:
        yield Remark("scripts_inside", {})


def said(reader: "PdfReader", field: str) -> Any:
    """What the PDF says of itself in a field of its metadata, None where that is missing or damaged."""
    from pypdf.errors import PyPdfError

    try:
        return getattr(reader.metadata, field, None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
