"""A mail message: its headers as lines, then its text; what is attached, as files.  [the standard library's email]"""

import binascii
import codecs
import re
from dataclasses import dataclass, field
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from mimetypes import MimeTypes

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading.html import html_text
from workbench.reading.parts import Attachment, Part, own_name, why
from workbench.reading.properties import written_day
from workbench.reading.text import KOREAN_NAMES, decode

HEADERS = ("Subject", "From", "To", "Cc", "Date")
LONGEST_HEADER = 4000  # characters of a header that are read
TEXTS = ("text/plain", "text/html")
MAILS = ("message/rfc822", "message/global")
# What programs add and no person attached.
SILENT = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys",
          "message/delivery-status", "message/disposition-notification", "text/rfc822-headers")
ENDINGS = MimeTypes()  # without those of the system, which differ
ENDINGS.add_type("message/rfc822", ".eml")
SPLIT_WORD = re.compile(r"(\?=)\s+(=\?)")
SLIPS = (RecursionError, LookupError, ValueError, AttributeError, TypeError, AssertionError)  # of the library on malformed mail


class ByEvidence(Compat32):
    """Headers as they stand, those that are not ASCII decoded like any text. The parsers of the newer policies take
    minutes for a header with thousands of recipients and give up on malformed ones."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        raw = "".join(value.splitlines())  # unfolded: a line break between encoded words is no part of them
        return raw if raw.isascii() else decoded(raw.encode("utf-8" if clean_of_bytes(raw) else "ascii", "surrogateescape"))


POLICY = ByEvidence(max_line_length=0)


@dataclass(slots=True)
class Contents:
    """What a message holds: its text, its files, and what is wrong with it."""

    text: str = ""
    attached: list[Attachment] = field(default_factory=list)
    flaws: list[Remark] = field(default_factory=list)


def read(data: bytes, name: str) -> list[Part]:
    """The message as one part with its files, and a part without text for every remark."""
    part, flaws = letter(parsed(data, name), name)
    return [part, *(Part(("",), remark=flaw) for flaw in flaws)]


def parsed(data: bytes, name: str) -> Message:
    """The tree of a message. Raises CannotRead where the library gives up: thousands of parts inside each other."""
    try:
        return BytesParser(policy=POLICY).parsebytes(data)
    except SLIPS as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error


def letter(message: Message, name: str) -> tuple[Part, list[Remark]]:
    """A message as a part, and what is wrong with it. Raises CannotRead for one without headers."""
    try:
        headers = {header: header_text(message, header) for header in HEADERS}
        held = contents(message, name, outermost=True)
    except SLIPS as error:
        raise CannotRead("read_damaged", name=name, why=why(error)) from error
    if not any(headers.values()):
        raise CannotRead("read_not_mail", name=name)
    day = written_day(headers["Date"])
    if headers["Date"] and not day:
        held.flaws.append(Remark("dates_unread", {"count": 1, "names": headers["Date"][:60]}))
    lines = [f"{header}: {value}" for header, value in headers.items() if value]
    text = "\n".join(lines) + "\n\n" + held.text
    return Part((text,), title=headers["Subject"], date=day, attached=tuple(held.attached)), held.flaws


def header_text(message: Message, header: str) -> str:
    """A header decoded, in one line, even where it is broken."""
    raw = message.get(header, "")
    cut = "" if len(raw) <= LONGEST_HEADER else " …"
    return " ".join(words(raw[:LONGEST_HEADER]).split()) + cut


def words(raw: str) -> str:
    """Encoded words (=?utf-8?B?…?=) as text. Programs break them in the middle of a character: neighbors of one
    encoding are decoded together."""
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(SPLIT_WORD.sub(r"\1 \2", raw))
    except (HeaderParseError, binascii.Error, ValueError):
        return raw
    return "".join(
        piece if isinstance(piece, str) else decoded(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")
        for piece, charset in pieces)


def decoded(data: bytes, charset: str = "") -> str:
    """A line's bytes as text, with signs for what cannot be decoded."""
    try:
        return decode(data, "", charset)
    except CannotRead:
        return data.decode("utf-8", "replace")


def clean_of_bytes(raw: str) -> bool:
    """Whether a header is text already; the parser leaves bytes that are not ASCII as lone surrogates."""
    return not any("\udc80" <= character <= "\udcff" for character in raw)


def contents(part: Message, name: str, *, outermost: bool = False) -> Contents:
    """What a part of a message holds, and all parts in it."""
    kind = part.get_content_type()
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        return together(part, kind, [contents(each, name) for each in children(part)])
    attached = part.get_content_disposition() == "attachment" or bool(given_name(part))
    if (kind in TEXTS and (outermost or not attached)) or kind.startswith("multipart/"):
        return text(part, kind, name)
    pictured = kind.startswith("image/") and (part["Content-ID"] or part.get_content_disposition() == "inline")
    if kind in SILENT or pictured:
        return Contents()
    if kind in MAILS and part.is_multipart():
        return mail_inside(part, file_name(part, kind))
    if part.is_multipart():  # some other kind of message
        return Contents(attached=[Attachment(kind, b"")])
    file = Attachment(file_name(part, kind), payload(part))
    return Contents(attached=[file], flaws=[flaw("contents_garbled", file.name)] if part.defects else [])


def children(part: Message) -> list[Message]:
    """The parts right inside a part."""
    return [each for each in part.get_payload() if isinstance(each, Message)]


def together(part: Message, kind: str, inner: list[Contents]) -> Contents:
    """The parts of a part as one: one text of alternatives, else all of them, in their order."""
    texts = [each.text for each in inner if each.text.strip()]
    flaws = [flaw for each in inner for flaw in each.flaws]
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects):
        flaws.append(Remark("messages_cut", {"count": 1, "names": header_text(part, "Subject") or kind}))
    return Contents(
        "\n\n".join(texts[:1] if kind == "multipart/alternative" else texts), [file for each in inner for file in each.attached], flaws)


def text(part: Message, kind: str, name: str) -> Contents:
    """A text by its declared encoding; by the evidence where that is missing or wrong."""
    charset = part.get_content_charset("")
    data = payload(part)
    flaws = []
    if part.defects and not kind.startswith("multipart/"):
        flaws.append(flaw("contents_garbled", kind))
        raw = str(part.get_payload())
        data = raw.encode("utf-8", "replace") if " " in raw.strip() else data  # no base64 at all
    if not data.isascii() and charset and not known(charset):
        flaws.append(flaw("encodings_unknown", charset))
    try:
        written = decode(whole(data), name, charset)
    except CannotRead:
        return Contents(flaws=flaws or [flaw("contents_garbled", kind)])
    return Contents(html_text(written) if kind == "text/html" else written, flaws=flaws)


def flaw(code: str, named: str) -> Remark:
    """A remark on one message; those of many with one code are told as one."""
    return Remark(code, {"count": 1, "names": named})


def known(charset: str) -> bool:
    """Whether there is an encoding of that name."""
    try:
        return charset in KOREAN_NAMES or bool(codecs.lookup(charset))
    except (LookupError, ValueError):
        return False


def whole(data: bytes) -> bytes:
    """The bytes without half a character at their end, where a message was cut."""
    try:
        decoder = codecs.getincrementaldecoder("utf-8")()
        return decoder.decode(data).encode()
    except UnicodeDecodeError:
        return data


def payload(part: Message) -> bytes:
    """The bytes of a part. The library looks at the charset as well, and gives up on some."""
    if part.get_param("charset") is not None:
        part.del_param("charset")
    return bytes(part.get_payload(decode=True) or b"")


def mail_inside(part: Message, name: str) -> Contents:
    """A message in a message as an attached file. Some programs encode it, which the standard forbids."""
    inner, *_ = children(part)
    if str(part["Content-Transfer-Encoding"] or "").strip().lower() == "base64" and not inner.keys():
        inner["Content-Transfer-Encoding"] = "base64"
        return Contents(attached=[Attachment(name, payload(inner))])
    try:
        return Contents(attached=[Attachment(name, inner.as_bytes())])
    except SLIPS:
        return Contents(flaws=[flaw("contents_garbled", name)])


def given_name(part: Message) -> str:
    """The name that a part says its file has."""
    given = part.get_param("filename", None, "content-disposition") or part.get_param("name", None) or ""
    if isinstance(given, tuple):  # encoding, language, bytes
        return decoded(given[2].encode("raw-unicode-escape", "replace"), given[0] or "")
    return words(given)


def file_name(part: Message, kind: str) -> str:
    """What an attached file is called, with an ending for its type where it has none; its type where it has no name."""
    given = own_name(given_name(part))
    if re.search(r"\.\w{1,5}$", given):
        return given
    ending = ENDINGS.guess_extension(kind) or ""
    return given + ending if given else kind.partition("/")[0] + ending if ending else kind
