"""A mailbox file: every message a document of its own, read as mail.py reads one.

The standard library's mailbox wants a file on disk and takes every line that begins with “From ” for
the start of a message.
"""

import re
from collections.abc import Iterator

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import mail
from workbench.reading.parts import Part

# “From address date” at the start of the file or behind an empty line; any other line with “From ” is text.
SEPARATOR = re.compile(
    rb"""(?:(?<=\n\n)|(?<=\n\r\n)|\A)From\ +(?:"[^"\n]{0,200}"|[^\s"]{1,300})\ +
    (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\ +(?:[A-Z][a-z]{2}\ +\d{1,2}|\d{1,2}\ +[A-Z][a-z]{2})\b
    (?=[^\n]{0,60}\b(?:19|20)\d\d\b)[^\n]{0,20}?\ \d{1,2}:\d\d[^\n]{0,200}(?:\n|\Z)""", re.VERBOSE)
ESCAPED = re.compile(rb"(?m)^>(>*From )")


def read(data: bytes, name: str) -> list[Part]:
    """The messages in the order of the file. One that cannot be read costs that message, and the remark counts
    them. Raises CannotRead where there is none."""
    parts: list[Part] = []
    unread = count = 0
    for message in messages(data.lstrip(b"\xef\xbb\xbf\r\n"), name):
        count += 1
        try:
            parts += mail.read(message, name)
        except CannotRead:
            unread += 1
    if not parts:
        raise CannotRead("read_not_mailbox", name=name)
    remarks = [Remark("messages_unread", {"count": unread, "of": count})] if unread else []
    return [*(Part(("",), remark=remark) for remark in remarks), *parts]


def messages(data: bytes, name: str) -> Iterator[bytes]:
    """The bytes of every message, the mark taken off that guards a “From ” at the start of a line. What stands
    before the first separator counts as one. Raises CannotRead for a file without separators."""
    places = [(found.start(), found.end()) for found in SEPARATOR.finditer(data)]
    if not places:
        raise CannotRead("read_not_mailbox", name=name)
    if data[: places[0][0]].strip():
        places.insert(0, (0, 0))
    for (_, start), (end, _) in zip(places, [*places[1:], (len(data), 0)], strict=True):
        yield ESCAPED.sub(rb"\1", data[start:end])
