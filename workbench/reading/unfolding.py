"""The messages that a mail quotes and that stand nowhere else: a thread that somebody has only as its last mail.

A quotation is taken apart by its marks (`>`), by the lines that introduce it (“On …, … wrote:”) and by the blocks of headers
that Outlook, Naver and Daum put above it. Every message becomes a document with the headers that are known of it. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from workbench.nouns import MAILS, REPEATED, Document
from workbench.reading import quotes
from workbench.reading.properties import written_day

MARKS = re.compile(r"(?:[ \t]*>)*")
TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?: ?\(?(?:[+-]\d{4}|(?:GMT|UTC|KST|CES?T|[ECMP][SD]T)\b)\)?)?", re.IGNORECASE)
WROTE_ON = re.compile(r"(.{2,80}?) wrote on (.{6,60}):$", re.IGNORECASE)
VERB = re.compile(r"(?:님이|님께서|이|가)?\s*(?:wrote|작성|쓴 글|썼습니다|보냄|쓰셨습니다)\s*:$", re.IGNORECASE)
DAY = {"sent", "date", "보낸날짜", "날짜", "일시", "보낸시간"}
SENDER = {"from", "보낸사람", "보낸이", "발신", "발신자"}


@dataclass(slots=True)
class Quoted:
    """A message while it is put together: how deep it stands, who wrote it and when as far as it is said, and its lines."""

    depth: int
    sender: str = ""
    sent: str = ""
    subject: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """What it says."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def unfolded(documents: Sequence[Document]) -> list[Document]:
    """The documents with the messages that their mails quote and that none of them is, each once, in front of the first
    mail that quotes it, the oldest first; they stand beside that mail, and are not attached to it. One is there already where nearly all of its words are,
    and all of its numbers."""
    cut = [apart(each) for each in documents]
    held = {each for document in cut for each in threes(document)}
    found: list[Document] = []
    for document, parted in zip(documents, cut, strict=True):
        new = []
        for message in (as_document(each, document) for each in messages(parted)):
            said = threes(message)
            lacking = said - held
            if len(said) - len(lacking) < REPEATED * len(said) or any(re.search(r"\d", each) for each in lacking):
                held |= said
                new.append(message)
        found += [*reversed(new), document]
    return found


def apart(document: Document) -> Document:
    """A document with its asides, a pasted mail too."""
    pasted = document.kind not in MAILS and quotes.HEAD.match(document.text)
    return replace(document, asides=quotes.asides(document.text)) if pasted else document


def threes(document: Document) -> set[str]:
    """Every three words on end of what a document says itself: the same however it is quoted, wrapped and spaced."""
    text = quotes.own(document)
    words = re.findall(r"\w+", (text.partition("\n\n")[2] if quotes.HEAD.match(text) else text).casefold())
    return {" ".join(words[place : place + 3]) for place in range(max(1, len(words) - 2))} if words else set()


def messages(document: Document) -> Iterator[Quoted]:
    """What a mail quotes, the newest message first. A line without a mark between quotations is the mail's own."""
    text = "\n".join(document.text[start:end] for start, end in document.asides)
    lines = [split(line) for line in text.split("\n")]
    stack: list[Quoted] = []
    found: list[Quoted] = []

    def begin(message: Quoted) -> None:
        while stack and stack[-1].depth >= message.depth:
            stack.pop()
        stack.append(message)
        found.append(message)

    number = 0
    while number < len(lines):
        depth, line = lines[number]
        if introduced := introduction(lines, number):
            message, number = introduced
            begin(message)
            continue
        number += 1
        if not line:
            if stack:
                stack[-1].lines.append("")
            continue
        while stack and stack[-1].depth > depth:
            stack.pop()
        if depth and (not stack or stack[-1].depth < depth):
            begin(Quoted(depth))
        if stack:
            stack[-1].lines.append(line)
    return (each for each in found if any(map(str.isalnum, each.body)))


def split(line: str) -> tuple[int, str]:
    """How many marks stand before a line, and the line without them."""
    marks = MARKS.match(line)
    assert marks
    return marks[0].count(">"), line[marks.end() :].strip()


def introduction(lines: Sequence[tuple[int, str]], number: int) -> tuple[Quoted, int] | None:
    """The message that is introduced at a line, and the first line of what it says; None where none is."""
    depth = lines[number][0]
    same = [(0, len(line), line) for other, line in lines[number : number + 16] if other == depth]
    if behind := quotes.attribution(same, 0):
        sender, sent = writer(" ".join(line for _, _, line in same[:behind]))
        after = number + behind
        below = next((other for other, line in lines[after:] if line), depth)
        return Quoted(max(depth, below), sender, sent), after
    after = number + bool(quotes.ORIGINAL.match(lines[number][1]) or quotes.RULE.match(lines[number][1]))
    while after > number and after < len(lines) and not lines[after][1]:
        after += 1
    if after >= len(lines) or not quotes.header_block([(0, len(line), line) for _, line in lines[after : after + 8]], 0):
        return (Quoted(depth), number + 1) if quotes.ORIGINAL.match(lines[number][1]) else None
    message = Quoted(depth)
    while after < len(lines) and (head := quotes.FIELD.match(lines[after][1])):
        name, value = re.sub(r"\s", "", (head["sender"] or head["other"]).lower()), lines[after][1][head.end() :].strip(" *")
        if name in SENDER:
            message.sender = value
        elif name in DAY:
            message.sent = value
        elif name in quotes.SUBJECTS:
            message.subject = value
        after += 1
    return message, after


def writer(line: str) -> tuple[str, str]:
    """Who wrote and when, by a line such as “On Wed, 5 Mar 2025 at 9:12, Kim <kim@example.com> wrote:”; empty where it is not said."""
    if found := WROTE_ON.match(line):
        return found[1].strip(), found[2].strip()
    line = VERB.sub("", re.sub(r"^on\s+", "", line, flags=re.IGNORECASE)).strip()
    times = list(TIME.finditer(line))
    end = times[-1].end() if times else line.rfind(",")
    day = re.sub(r"\s+at\s+", " ", line[: max(0, end)]).strip(" ,")
    return line[max(0, end) :].strip(" ,"), day


def as_document(message: Quoted, of: Document) -> Document:
    """A message as a mail with the headers that are known of it."""
    heads = {"Subject": message.subject, "From": message.sender, "Date": message.sent}
    text = "\n".join([*(f"{name}: {value}" for name, value in heads.items() if value), "", message.body])
    if not message.subject and not message.sender and not message.sent:
        text = message.body
    return Document(
        sha256(f"{of.id}\0{text}".encode()).hexdigest()[:32], message.subject or of.title, text, of.source, of.kind,
        date=written_day(message.sent), parent=of.parent, asides=quotes.asides(text))
