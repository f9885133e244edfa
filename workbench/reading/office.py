"""What .docx, .pptx, .xlsx and .hwpx share: a ZIP package, looked through before a library opens it.  [the standard library's
zipfile]

The libraries expand whatever a package says it holds: 328 KB became 598 MB.
"""

import io
import posixpath
import re
import zipfile
import zlib
from functools import partial

from workbench.errors import CannotRead
from workbench.reading.parts import why

EXPANDED = 200_000_000  # bytes a package may have unpacked: several times what 20 million characters need
BLOCK = 1_000_000
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream of an OLE file that holds a package under a password
FOLDERS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx", "Contents/": ".hwpx", "META-INF/": "OpenDocument"}
RELATION = re.compile(rb"<Relationship\b[^>]*?(?:/>|>\s*</Relationship>)")
TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)""")


def package(data: bytes) -> str:
    """Which ending a ZIP package should have; what else it is for one that is not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "ZIP"
    return next((kind for folder, kind in FOLDERS.items() if any(name.startswith(folder) for name in names)), "ZIP")


def opened(data: bytes, name: str) -> io.BytesIO:
    """The package once it is known to be whole and of bearable size. Raises CannotRead for one that is damaged,
    locked or unpacks to more than EXPANDED."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise CannotRead("read_password", name=name)
            if sum(entry.file_size for entry in entries) > EXPANDED:
                raise CannotRead("read_expands", name=name, most=EXPANDED // 1_000_000)
            unpack(archive, entries, name)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    return io.BytesIO(data)


def unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> None:
    """Read every entry to its end, which checks its sum, and count what really comes out: the sizes in the
    directory may be a lie. Raises CannotRead at EXPANDED bytes."""
    room = EXPANDED
    for entry in entries:
        declared, entry.file_size = entry.file_size, EXPANDED + 1
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                room -= len(block)
                if room < 0:
                    raise CannotRead("read_expands", name=name, most=EXPANDED // 1_000_000)
        entry.file_size = declared


def mended(package: io.BytesIO) -> io.BytesIO:
    """The package without relations to parts that it lacks: python-docx gives up on a missing picture."""
    changed = {}
    with zipfile.ZipFile(package) as archive:
        names = {place.lower() for place in archive.namelist()}
        for place in archive.namelist():
            folder, _, file = place.rpartition("_rels/")
            if file.endswith(".rels"):
                relations = archive.read(place)
                kept = RELATION.sub(partial(unless_loose, folder, names), relations)
                if kept != relations:
                    changed[place] = kept
        return repacked(archive, changed) if changed else package


def unless_loose(folder: str, names: set[str], relation: re.Match[bytes]) -> bytes:
    """The relation as it is where it leads to a part of the package or out of it, else nothing."""
    target = TARGET.search(relation[0])
    if target is None or b"External" in relation[0]:
        return relation[0]
    path = posixpath.join("/", folder, target[1].decode("utf-8", "replace"))
    return relation[0] if posixpath.normpath(path).lstrip("/").lower() in names else b""


def repacked(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> io.BytesIO:
    """A package with other content at some places."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as copy:
        for place in dict.fromkeys(archive.namelist()):
            copy.writestr(place, changed[place] if place in changed else archive.read(place))
    package.seek(0)
    return package
