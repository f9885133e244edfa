"""An Outlook message: put together as a mail message and read as mail.py reads one.  [olefile through ole, compressed_rtf,
striprtf]

A property of the message is a stream named by its number and type, or stands in a table of 16 bytes each.
"""

import struct
from binascii import b2a_base64
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from typing import TYPE_CHECKING

from workbench.errors import CannotRead
from workbench.reading import mail, ole
from workbench.reading.mail import MAILS
from workbench.reading.parts import Part, why

if TYPE_CHECKING:
    from olefile import OleFileIO

TABLE = "__properties_version1.0"
ATTACHED, RECIPIENT = "__attach_version1.0_#", "__recip_version1.0_#"
TEXT, TEXT_8BIT, BINARY, OBJECT = "001F", "001E", "0102", "000D"
SUBJECT, HEADERS, SENT, DELIVERED = "0037", "007D", "0039", "0E06"
SENDER, SENDER_ADDRESSES = ("0C1A", "0042"), ("5D01", "0C1F", "0065")
NAME, ADDRESSES, ROLE, ROLES = "3001", ("39FE", "3003"), "0C15", {"To": 1, "Cc": 2}
BODY, HTML, RTF = "1000", "1013", "1009"
FILE_NAMES, FILE_TYPE, FILE, CONTENT_ID = ("3707", "3704", "3001"), "370E", "3701", "3712"
TEXT_PAGE, BODY_PAGE = "3FFD", "3FDE"
PAGES = {65001: "utf-8", 1200: "utf-16-le", 20127: "ascii", 51949: "cp949", 50225: "iso2022_kr", 28605: "iso-8859-15"}
RTF_SIZE = 1_000_000  # bytes of a compressed body that are unpacked: the libraries take seconds for more


def read(data: bytes, name: str) -> list[Part]:
    """The message as one part with its files, and a part without text for every remark. Raises CannotRead."""
    with ole.opened(data, name) as package:
        try:
            message = mail_message(Folder(package, []))
        except (*ole.SLIPS, struct.error) as error:
            raise CannotRead("read_damaged", name=name, why=why(error)) from error
    part, flaws = mail.letter(message, name)
    return [part, *(Part(("",), remark=flaw) for flaw in flaws)]


class Folder:
    """The properties of a message, of a file attached to it or of a recipient."""

    def __init__(self, package: "OleFileIO", path: list[str]) -> None:
        self.package = package
        self.path = path
        table = self.stream(TABLE)
        # The table's head is as long as its owner needs; whole entries follow it to the end.
        head = 8 if path and path[-1].startswith((ATTACHED, RECIPIENT)) else 24 if path else 32
        entries = [table[place : place + 16] for place in range(head, len(table) - 15, 16)]
        self.fixed = {f"{struct.unpack_from('<H', entry, 2)[0]:04X}": entry[8:] for entry in entries}

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, none where it is missing."""
        path = [*self.path, name]
        return bytes(self.package.openstream(path).read()) if self.package.exists(path) else b""

    def inside(self, beginning: str) -> list["Folder"]:
        """The folders in this one whose names begin so."""
        depth = len(self.path)
        names = {path[depth] for path in self.package.listdir(streams=False, storages=True)
                 if len(path) == depth + 1 and path[:depth] == self.path and path[depth].startswith(beginning)}
        return [Folder(self.package, [*self.path, name]) for name in sorted(names)]

    def number(self, number: str) -> int:
        """A whole number of four bytes, 0 where it is missing."""
        return int.from_bytes(self.fixed.get(number, b"")[:4], "little")

    def text(self, *numbers: str) -> str:
        """The first of the properties that holds text."""
        return next((said for number in numbers if (said := self.said(number))), "")

    def said(self, number: str) -> str:
        """A property as text, whichever way it is stored."""
        if wide := self.stream(f"__substg1.0_{number}{TEXT}"):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return mail.decoded(self.stream(f"__substg1.0_{number}{TEXT_8BIT}").rstrip(b"\0"), encoding(self.number(TEXT_PAGE)))


def encoding(page: int) -> str:
    """The name of a code page, empty for none."""
    return PAGES.get(page, f"cp{page}") if page else ""


def mail_message(folder: Folder) -> Message:
    """An Outlook message as one of the standard library's, with its files and the messages in it."""
    message = holder("multipart/mixed", [holder("multipart/alternative", bodies(folder)), *map(attachment, folder.inside(ATTACHED))])
    for header, value in headers(folder).items():
        if value:
            message[header] = " ".join(value.split())
    return message


def headers(folder: Folder) -> dict[str, str]:
    """The headers as they came over the wire, else put together as they would be."""
    sent = mail.parsed(folder.text(HEADERS).encode(), "")
    made = {"Subject": folder.text(SUBJECT), "From": person(folder, SENDER, SENDER_ADDRESSES)}
    people = folder.inside(RECIPIENT)
    for header, role in ROLES.items():
        made[header] = ", ".join(person(each, (NAME,), ADDRESSES) for each in people if each.number(ROLE) == role)
    made["Date"] = moment(folder.fixed.get(SENT) or folder.fixed.get(DELIVERED) or b"")
    return {"Subject": made.pop("Subject") or mail.header_text(sent, "Subject")} | {
        header: mail.header_text(sent, header) or value for header, value in made.items()}


def person(folder: Folder, names: tuple[str, ...], addresses: tuple[str, ...]) -> str:
    """Name and address; inside an organization Outlook knows other addresses than those of the Internet."""
    name = folder.text(*names).strip("'\" ")
    address = next((said for each in addresses if "@" in (said := folder.text(each))), "")
    return f"{name} <{address}>" if name and address and name != address else name or address


def moment(filetime: bytes) -> str:
    """A moment as a Date header, from tenths of microseconds since 1601; empty for none."""
    ticks = int.from_bytes(filetime, "little")
    try:
        return format_datetime(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)) if ticks else ""
    except OverflowError:
        return ""


def bodies(folder: Folder) -> list[Message]:
    """The text in all the ways the message holds it, the plainest first."""
    page = encoding(folder.number(BODY_PAGE) or folder.number(TEXT_PAGE))
    found = []
    for number, kind in ((BODY, "text/plain"), (HTML, "text/html")):
        if wide := folder.stream(f"__substg1.0_{number}{TEXT}"):
            found.append(leaf(kind, wide.decode("utf-16-le", "replace").encode("utf-8", "replace"), charset="utf-8"))
        for stored in (TEXT_8BIT, BINARY):
            if data := folder.stream(f"__substg1.0_{number}{stored}"):
                found.append(leaf(kind, data.rstrip(b"\0"), charset=page))
    rtf = b"" if found else folder.stream(f"__substg1.0_{RTF}{BINARY}")
    if rtf:
        try:
            found.append(leaf("text/plain", rtf_text(rtf, page).encode("utf-8", "replace"), charset="utf-8"))
        except ValueError:
            found.append(leaf("application/rtf", rtf, name="message.rtf"))  # told as a file that is not read
    return found


def rtf_text(packed: bytes, page: str) -> str:
    """The text of a body that exists as compressed RTF alone. RTF made of HTML keeps the tags where readers of RTF
    do not look. Raises ValueError."""
    from compressed_rtf import decompress
    from striprtf.striprtf import rtf_to_text

    if len(packed) > RTF_SIZE:
        raise ValueError(f"{len(packed)} bytes of RTF")
    try:
        rtf = decompress(packed).decode("latin-1")
    except Exception as error:  # the library raises nothing more special
        raise ValueError(str(error)) from error
    written = str(rtf_to_text(rtf, encoding=page or "cp1252", errors="replace"))
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # RTF writes emoji as two halves


def attachment(file: Folder) -> Message:
    """An attached file or message as a part."""
    named = file.text(*FILE_NAMES)
    inner = Folder(file.package, [*file.path, f"__substg1.0_{FILE}{OBJECT}"])
    if inner.stream(TABLE):
        part = holder(MAILS[0], [mail_message(inner)])
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", f"{named or 'message'}.eml"))
        return part
    kind = file.text(FILE_TYPE)
    return leaf(kind if "/" in kind else "application/octet-stream", file.stream(f"__substg1.0_{FILE}{BINARY}"),
                name=named or "attachment", content_id=file.text(CONTENT_ID))


def holder(kind: str, parts: Iterable[Message]) -> Message:
    """A part that holds others."""
    part = Message(policy=mail.POLICY)
    part["Content-Type"] = kind
    for each in parts:
        part.attach(each)
    return part


def leaf(kind: str, data: bytes, *, charset: str = "", name: str = "", content_id: str = "") -> Message:
    """Bytes as a part of a message."""
    part = Message(policy=mail.POLICY)
    part.add_header("Content-Type", kind, **({"charset": charset} if charset else {}))
    part["Content-Transfer-Encoding"] = "base64"
    if name:
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    if content_id:
        part["Content-ID"] = " ".join(content_id.split())
    part.set_payload(b2a_base64(data).decode())
    return part
