"""The files in a .zip, and in those inside it.  [the standard library's zipfile]

Nothing is written to disk. What comes out is counted, not what the directory of the archive says.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import CannotRead
from workbench.reading.parts import own_name, why
from workbench.reading.text import korean, strictly

EXPANDED = 200_000_000  # bytes an archive may have unpacked
ENTRIES = 5000
DIRECTORY = 4_000_000  # bytes of the directory of so many; the library holds ten times that
LEVELS = 3  # of archives inside each other
BLOCK = 1_000_000
UTF_8, LOCKED = 0x800, 1  # flags of an entry
SYSTEM = ("__MACOSX", "Thumbs.db", "desktop.ini")
SLIPS = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, KeyError, struct.error)


@dataclass(slots=True)
class Room:
    """What is left of what an archive may hold, with those inside it."""

    bytes: int = EXPANDED
    entries: int = ENTRIES


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes | CannotRead]]:
    """The files that a person put in, by their paths from the archive, or why one cannot be read. Those of an archive
    in it stand under its path. Raises CannotRead for an archive that is damaged, locked or too large, the last
    possibly after files of it were given."""
    yield from inside(data, name, "", LEVELS, Room())


def inside(data: bytes, name: str, folder: str, levels: int, room: Room) -> Iterator[tuple[str, bytes | CannotRead]]:
    """The files of one archive and, `levels` deep, of those in it."""
    seen: set[str] = set()
    with opened(data, name) as archive:
        entries = [(path, entry) for entry in archive.infolist() if (path := safe(written(entry))) and not linked(entry)]
        if not entries:
            raise CannotRead("read_no_files", name=name)
        if all(entry.flag_bits & LOCKED for _, entry in entries):
            raise CannotRead("read_password", name=name)
        room.entries -= len(entries)
        if room.entries < 0:
            raise CannotRead("read_many", name=name, most=ENTRIES)
        for path, entry in entries:
            path = folder + unused(path, seen)
            content = unpacked(archive, entry, path, name, room)
            if path.lower().endswith(".zip") and levels > 1 and isinstance(content, bytes):
                yield from nested(content, path, levels - 1, room)
            else:
                yield path, content


def nested(data: bytes, path: str, levels: int, room: Room) -> Iterator[tuple[str, bytes | CannotRead]]:
    """The files of an archive in an archive; a bad one is a file that cannot be read."""
    try:
        yield from inside(data, path, f"{path}/", levels, room)
    except CannotRead as error:
        if room.bytes < 0 or room.entries < 0:
            raise
        yield path, error


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive. Raises CannotRead for one that is damaged or whose directory alone would fill the memory."""
    if not data:
        raise CannotRead("read_empty", name=name)
    try:
        if directory(data) > DIRECTORY:
            raise CannotRead("read_many", name=name, most=ENTRIES)
        return zipfile.ZipFile(io.BytesIO(data))
    except SLIPS as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def directory(data: bytes) -> int:
    """Bytes of an archive's directory, which the library reads whole: in the record at its end, or in the wider one
    before that."""
    end = data.rfind(b"PK\5\6")
    if end < 0:
        return 0  # the library says what is wrong
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    wide = data.rfind(b"PK\6\6", 0, end)
    return size if size < 0xFFFFFFFF or wide < 0 else int.from_bytes(data[wide + 40 : wide + 48], "little")


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, name: str, room: Room) -> bytes | CannotRead:
    """The bytes of an entry, or why there are none. Raises CannotRead when the archive has no more room."""
    if entry.flag_bits & LOCKED:
        return CannotRead("read_password", name=path)
    entry.file_size = EXPANDED + 2 * BLOCK  # the size in the directory may be a lie, and where it ends the sum is checked
    blocks = []
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                room.bytes -= len(block)
                if room.bytes < 0:
                    raise CannotRead("read_expands", name=name, most=EXPANDED // 1_000_000)
                blocks.append(block)
    except SLIPS as error:
        return CannotRead("read_damaged", name=path, why=why(error))
    return b"".join(blocks)


def written(entry: zipfile.ZipInfo) -> str:
    """An entry's name in its encoding: the flag says UTF-8, Korean Windows writes CP949 without one."""
    if entry.flag_bits & UTF_8:
        return entry.filename
    stored = entry.filename.encode("cp437", "replace")  # as the library took it
    return strictly(stored, "utf-8") or korean(stored) or entry.filename


def safe(path: str) -> str:
    """A path that stays below the archive, empty for folders and for what systems put in by themselves."""
    parts = [own_name(part) for part in re.split(r"[/\\]", path) if not re.fullmatch(r"\.*|[A-Za-z]:", part)]
    own = path[-1:] in ("/", "\\") or any(part.startswith(".") for part in re.split(r"[/\\]", path) if part.strip("."))
    return "" if own or any(part in SYSTEM for part in parts) else "/".join(filter(None, parts))


def linked(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry only points to another file."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def unused(path: str, seen: set[str]) -> str:
    """The path, numbered where another file of the archive has it."""
    stem, dot, ending = path.rpartition(".")
    number = 1
    while path in seen:
        number += 1
        path = f"{stem} ({number}){dot}{ending}" if stem else f"{ending} ({number})"
    seen.add(path)
    return path
