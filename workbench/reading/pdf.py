"""PDF text by page.  [pypdf]"""

import io
from typing import TYPE_CHECKING, Any

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import properties
from workbench.reading.parts import Part, why

if TYPE_CHECKING:
    from pypdf import PdfReader


def read(data: bytes, name: str) -> list[Part]:
    """Every page's text. A page that cannot be read costs that page, and the remark names it."""
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
    pages, bad = [], []
    for number in range(count):
        try:
            # Some fonts map their space to U+0001.
            pages.append(reader.pages[number].extract_text().replace("\x01", " "))
        except Exception as error:  # noqa: BLE001 - pypdf promises no error class for a damaged page
            pages.append("")
            bad.append((number + 1, why(error)))
    if len(bad) == count:
        raise CannotRead("read_damaged", name=name, why=bad[0][1] if bad else "no pages")
    if not any(page.strip() for page in pages):
        raise CannotRead("read_scan", name=name, pages=count)
    unread = ", ".join(str(number) for number, _ in bad)
    remark = Remark("pages_unread", {"pages": unread, "why": bad[0][1]}) if bad else None
    title = "" if bad else properties.title(str(said(reader, "title") or ""))
    day = properties.day(said(reader, "creation_date"), said(reader, "modification_date"))
    return [Part(tuple(pages), title=title, paged=True, remark=remark, date=day)]


def said(reader: "PdfReader", field: str) -> Any:
    """What the PDF says of itself in a field of its metadata, None where that is missing or damaged."""
    from pypdf.errors import PyPdfError

    try:
        return getattr(reader.metadata, field, None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
