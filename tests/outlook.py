"""Outlook messages and other OLE packages, made byte by byte: no library writes them."""

import struct
from datetime import UTC, datetime

SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def package(streams: dict[str, bytes]) -> bytes:
    """An OLE package with streams at paths like `folder/name`."""
    paths = {(): b""}
    for path, content in streams.items():
        parts = tuple(path.split("/"))
        for depth in range(1, len(parts)):
            paths.setdefault(parts[:depth], b"")
        paths[parts] = content
    files = {tuple(path.split("/")) for path in streams}
    order = list(paths)
    small, small_fat, fat, sectors, starts = b"", [], [], [], {}

    def store(content: bytes) -> int:
        """Sectors for a content; the first of them."""
        first, count = len(fat), -(-len(content) // SECTOR)
        fat.extend([*range(first + 1, first + count), END])
        sectors.append(content.ljust(count * SECTOR, b"\0"))
        return first

    for path in files:
        content = paths[path]
        if len(content) >= SMALL:
            starts[path] = store(content)
        elif content:
            starts[path], count = len(small_fat), -(-len(content) // SMALL_SECTOR)
            small_fat.extend([*range(starts[path] + 1, starts[path] + count), END])
            small += content.ljust(count * SMALL_SECTOR, b"\0")
    starts[()] = store(small) if small else END
    small_fat_start = store(struct.pack(f"<{len(small_fat)}I", *small_fat) + b"\xff" * (-4 * len(small_fat) % SECTOR)) if small_fat else END
    directory = b""
    for path in order:
        kids = [other for other in order if other and other[:-1] == path]
        after = [other for other in order[order.index(path) + 1 :] if path and other[:-1] == path[:-1]]
        name = (path[-1] if path else "Root Entry").encode("utf-16-le") + b"\0\0"
        size = len(small) if not path else len(paths[path])
        directory += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(name), 5 if not path else 2 if path in files else 1, 1, FREE, order.index(after[0]) if after else FREE,
            order.index(kids[0]) if kids else FREE, b"", 0, 0, 0, starts.get(path, END), size)
    directory_start = store(directory + b"\0" * (-len(directory) % SECTOR))
    tables = 1
    while tables * SECTOR // 4 < len(fat) + tables:
        tables += 1
    places = list(range(len(fat), len(fat) + tables))
    fat.extend([FAT] * tables)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory_start, 0, SMALL, small_fat_start,
        -(-4 * len(small_fat) // SECTOR), END, 0)
    return head + struct.pack("<109I", *(places + [FREE] * (109 - tables))) + b"".join(sectors) + table


def table(head: int, **fixed: int) -> bytes:
    """The stream of the properties of fixed size, `pXXXX` or the number of a code page in `p3FFD`."""
    return bytes(head) + b"".join(
        struct.pack("<HHIQ", 0x40 if number > 2**32 else 3, int(name[1:], 16), 6, number) for name, number in fixed.items())


def filetime(moment: datetime) -> int:
    """A moment as Windows counts: tenths of microseconds since 1601."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def text(number: str, said: str, encoding: str = "") -> dict[str, bytes]:
    """A text property; of 8 bits where an encoding is given."""
    return {f"__substg1.0_{number}{'001E' if encoding else '001F'}": said.encode(encoding or "utf-16-le")}


def inside(folder: str, streams: dict[str, bytes]) -> dict[str, bytes]:
    """The streams in a folder."""
    return {f"{folder}/{name}": content for name, content in streams.items()}


def attached(number: int, streams: dict[str, bytes]) -> dict[str, bytes]:
    """What is attached, as the streams of a message."""
    return inside(f"__attach_version1.0_#{number:08X}", {"__properties_version1.0": table(8), **streams})


def file(name: str, data: bytes) -> dict[str, bytes]:
    """The streams of an attached file."""
    return {**text("3707", name), "__substg1.0_37010102": data}


def message(head: int = 32, *, subject: str = "납품 지연", sender: str = "김민수", encoding: str = "", sent: datetime | None = None,
            page: int = 949, **streams: bytes) -> dict[str, bytes]:
    """The streams of a message; further ones by their numbers and types, `s10001E=…`."""
    return {
        "__properties_version1.0": table(head, p3FFD=page, p3FDE=page, **({"p0039": filetime(sent)} if sent else {})),
        **text("0037", subject, encoding), **text("0C1A", sender, encoding), **text("0C1F", "kim@example.com", encoding),
        **{f"__substg1.0_{name[1:]}": content for name, content in streams.items()}}


def recipient(number: int, name: str, address: str, role: int) -> dict[str, bytes]:
    """A person a message is for: 1 To, 2 Cc."""
    return inside(f"__recip_version1.0_#{number:08X}", {
        "__properties_version1.0": table(8, p0C15=role), **text("3001", name), **text("3003", address)})
