"""PDF text by page.  [pypdf]"""

import io

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading.parts import Part


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
    try:
        title = str(reader.metadata.title or "") if reader.metadata and not bad else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        title = ""
    unread = ", ".join(str(number) for number, _ in bad)
    remark = Remark("pages_unread", {"pages": unread, "why": bad[0][1]}) if bad else None
    return [Part(tuple(pages), title=title if useful(title) else "", paged=True, remark=remark)]


def useful(title: str) -> bool:
    """Whether a PDF's title says something: programs put file names there."""
    return bool(title.strip()) and "/" not in title and not title.lower().endswith((".doc", ".docx", ".html", ".hwp"))


def why(error: Exception) -> str:
    """An error's own words in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
