"""What .msg and the old Office files share: an OLE package, looked through before it is read.  [olefile]"""

import io
from typing import TYPE_CHECKING

from workbench.errors import CannotRead
from workbench.reading.parts import why

if TYPE_CHECKING:
    from olefile import OleFileIO

OLE = "Office 97–2003 (doc, xls, ppt, msg, hwp)"
# A stream that only files of one kind have.
STREAMS = {"__properties_version1.0": ".msg", "fileheader": ".hwp", "worddocument": ".doc", "workbook": ".xls", "book": ".xls",
           "powerpoint document": ".ppt"}
SLIPS = (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError)  # of olefile on damage


def package(data: bytes) -> str:
    """Which ending an OLE package should have, OLE where its streams do not tell."""
    try:
        with opened(data, "") as file:
            names = [path[0].lower() for path in file.listdir()]
    except CannotRead:
        return OLE
    return next((kind for stream, kind in STREAMS.items() if stream in names), OLE)


def opened(data: bytes, name: str) -> "OleFileIO":
    """The package once it is known to be whole. Raises CannotRead for one that is damaged, or whose streams share
    their bytes: small files could claim to hold any amount."""
    from olefile import OleFileIO

    try:
        file = OleFileIO(io.BytesIO(data))
        held = sum(file.get_size(path) for path in file.listdir())
    except SLIPS as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    if held > len(data):
        raise CannotRead("read_damaged", name=name, why=f"{held} bytes of content in {len(data)}")
    return file
