"""A mail message: its headers as lines, then its text.  [the standard library's email]"""

from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from functools import lru_cache

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading.html import html_text
from workbench.reading.parts import Part
from workbench.reading.text import decode

HEADERS = ("Subject", "From", "To", "Cc", "Date")
LONGEST_HEADER = 4000  # characters of a header that are read
# The library parses a header at every look at it, and the messages of a mailbox share most of theirs.
REMEMBERING = policy.default.clone(header_factory=lru_cache(500)(policy.default.header_factory))


def read(data: bytes, name: str) -> list[Part]:
    """The message as one text; attachments are named in the remark, not read."""
    try:
        message = BytesParser(policy=REMEMBERING).parsebytes(data)
        headers = [(header, header_text(message, header)) for header in HEADERS]
        body, attached = contents(message, name)
    except (RecursionError, LookupError, ValueError, AttributeError) as error:
        raise CannotRead("read_damaged", name=name, why=str(error) or type(error).__name__) from error
    if not any(value for _, value in headers):
        raise CannotRead("read_not_mail", name=name)
    lines = [f"{header}: {value}" for header, value in headers if value]
    subject = dict(headers)["Subject"]
    remark = Remark("attachments_unread", {"names": ", ".join(attached)}) if attached else None
    return [Part(("\n".join(lines) + "\n\n" + body,), title=subject, remark=remark, date=day(dict(headers)["Date"]))]


def day(date: str) -> str:
    """The ISO day of a Date header as the sender's clock had it, empty where it cannot be read."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def header_text(message: EmailMessage, header: str) -> str:
    """A header decoded, in one line, even where it is broken."""
    folded = str(next((value for key, value in message.raw_items() if key.lower() == header.lower()), ""))
    raw = "".join(folded.splitlines())  # unfolded: a line break between encoded words is no part of them
    cut = "" if len(raw) <= LONGEST_HEADER else " …"  # thousands of recipients take the parser minutes
    try:
        return " ".join(str(REMEMBERING.header_factory(header, raw[:LONGEST_HEADER])).split()) + cut
    except (ValueError, IndexError, AttributeError, TypeError):  # the parser's own slips on malformed headers
        return " ".join(raw[:LONGEST_HEADER].split()) + cut


def contents(message: EmailMessage, name: str) -> tuple[str, list[str]]:
    """The text of a message and the names of what is attached to it."""
    attached = [file_name(part) for part in message.iter_attachments()] if message.is_multipart() else []
    for kind in ("plain", "html"):  # the plain one may be there and empty
        part = message.get_body((kind,))
        text = payload(part, name) if part is not None else ""
        text = html_text(text) if kind == "html" else text
        if text.strip():
            return text, attached
    if not message.is_multipart() and message.get_content_maintype() != "multipart" and message.get_payload():
        attached.append(file_name(message))  # an invitation, a picture: a message without text
    return "", attached


def file_name(part: MIMEPart) -> str:
    """What an attachment is called, without folders; its type where it has no name."""
    given = part.get_filename()
    return str(given).replace("\\", "/").rpartition("/")[2] if given else part.get_content_type()


def payload(part: MIMEPart, name: str) -> str:
    """A text part by its declared encoding; by the evidence where that is missing or wrong."""
    return decode(bytes(part.get_payload(decode=True) or b""), name, part.get_content_charset() or "")
