"""What code finds in mails and documents, each with its sentence: senders, days, amounts, deadlines, attachments, questions
and requests, and whether a later message answers them. Pure.

“Open” errs to one side: a question counts as answered only where a later message of somebody else in its thread quotes it
and goes on below, or says a good part of its words in a sentence that asks nothing. Who answers in quite other words
leaves it open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from workbench.cues import POLITE, REQUEST, asks, questions, requests
from workbench.days import Day, days
from workbench.grounding import stem
from workbench.nouns import MAILS, Document
from workbench.nouns.summary import Line, Particular
from workbench.quantities import Quantity, quantities
from workbench.reading import quotes
from workbench.retrieval.lexical import question_terms, terms
from workbench.salience import lines

ANSWERED = 0.4  # share of a question's words that a later sentence has to say …
WORDS = 2  # … and how many at least; pairs of syllables in Korean
TIME = frozenset("second minute hour day week month year degree".split())  # units that are no amounts of anything
FIELD = re.compile(r"(Subject|From|Date): *(.+)")
ADDRESS = re.compile(r"[A-Za-z\d_.+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+")
REPLY = re.compile(r"\s*(?:(?:re|fw|fwd|aw|답장|회신|전달)(?:\[\d+\])?\s*[:：]|\[[^\]]{1,20}\])\s*", re.IGNORECASE)
ATTACHED = re.compile(r"\b(?:attach(?:ed|ing|ments?)|enclos(?:ed|ing|ures?))\b|첨부|붙임|별첨|동봉", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """A document as a message. `sender`: the line of its headers that names who wrote it, None without one; `by`: that
    person's address, or name; `subject` is the same for all of a thread; `day` is what relative days are counted from."""

    document: Document
    lines: tuple[Line, ...]
    sender: Line | None
    by: str
    subject: str
    sent: datetime | None
    day: date | None


def particulars(
    documents: Sequence[Document], own: Sequence[Line] | None = None, unread: Sequence[Document] = (),
) -> tuple[Particular, ...]:
    """Everything that is found, document by document. `own`: their lines where they are known already (`salience.lines`);
    `unread`: documents that are attached to them, of which only that is told."""
    said: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines(documents) if own is None else own:
        said[line.document].append(line)
    mails = [mail(document, said[document.id]) for document in documents]
    attached: defaultdict[str, list[Document]] = defaultdict(list)
    for document in (*documents, *unread):
        if document.parent:
            attached[document.parent].append(document)
    threads: defaultdict[str, list[Mail]] = defaultdict(list)
    for each in mails:
        threads[each.subject].append(each)
    return tuple(
        settled(each, one, threads[one.subject])
        for one in mails
        for each in sorted(of_mail(one, attached[one.document.id]), key=lambda each: (each.line.document != one.document.id, each.start)))


def mail(document: Document, own: Sequence[Line]) -> Mail:
    """A document with what its headers say."""
    headers: dict[str, re.Match[str]] = {}
    if document.kind in MAILS or quotes.HEAD.match(document.text):
        for match in FIELD.finditer(document.text, 0, document.text.find("\n\n") % (len(document.text) + 1)):
            headers.setdefault(match[1], match)
    sender = headers.get("From")
    sent = moment(headers["Date"][2]) if "Date" in headers else None
    return Mail(
        document, tuple(own),
        Line(document.id, *sender.span(2), sender[2]) if sender else None,
        address(sender[2]) if sender else "",
        root(headers["Subject"][2]) if "Subject" in headers else "",
        sent,
        date.fromisoformat(document.date) if document.date else sent.date() if sent else None)


def moment(written: str) -> datetime | None:
    """The time of a Date header; None where it cannot be read."""
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def address(sender: str) -> str:
    """The address of a From header in lower case, the name where there is none."""
    found = ADDRESS.search(sender)
    return found[0].lower() if found else sender.strip()


def root(subject: str) -> str:
    """A subject without `Re:`, `Fwd:`, `답장:`, in lower case."""
    while (shorter := REPLY.sub("", subject, count=1) if REPLY.match(subject) else subject) != subject:
        subject = shorter
    return " ".join(subject.lower().split())


def of_mail(one: Mail, attached: Sequence[Document]) -> Iterator[Particular]:
    """The particulars of one document."""
    if one.sender:
        yield Particular("sender", one.sender.text, one.sender.start, one.sender.end, one.sender, one.by, one.by)
    for line in one.lines:
        yield from of_line(line, one)
    yield from attachments(one, attached)


def of_line(line: Line, one: Mail) -> Iterator[Particular]:
    """The particulars of one sentence."""
    if wanted := requests(line.text) or questions(line.text):
        yield Particular("request" if requests(line.text) else "question", line.text, line.start, line.end, line, by=one.by, open=wanted)
    for each in days(line.text, one.day):
        if each.due or each.value:
            yield dated(each, line, one)
    for quantity in quantities(line.text):
        if quantity.kind == "number" and quantity.unit and quantity.unit not in TIME:
            start = line.start + quantity.start
            yield Particular("amount", quantity.text, start, start + len(quantity.text), line, amount(quantity), one.by)


def dated(each: Day, line: Line, one: Mail) -> Particular:
    """A day of a sentence; one by which something is due is a deadline."""
    counted = one.day.isoformat() if one.day and each.relative and each.value else ""
    return Particular("deadline" if each.due else "date", each.text, line.start + each.start, line.start + each.end, line,
                      each.value, one.by, counted)


def amount(quantity: Quantity) -> str:
    """`1500 KRW`, `4 %`."""
    return f"{quantity.value[0]} {quantity.unit}"


def attachments(one: Mail, attached: Sequence[Document]) -> Iterator[Particular]:
    """Every attached document, at the words that speak of it, else at its own beginning; and words that speak of one where
    nothing is attached (their value is empty)."""
    spoken = [(line, match) for line in one.lines for match in [ATTACHED.search(line.text)] if match]
    for document in attached:
        line, match = spoken[0] if spoken else (None, None)
        if line and match:
            yield Particular("attachment", match[0], line.start + match.start(), line.start + match.end(), line, document.title, one.by)
        else:
            start = re.search(r"\S.*|$", document.text)
            assert start
            first = Line(document.id, *start.span(), start[0])
            yield Particular("attachment", first.text, first.start, first.end, first, document.title, one.by)
    if not attached and one.document.kind in MAILS:
        for line, match in spoken:
            yield Particular("attachment", match[0], line.start + match.start(), line.start + match.end(), line, by=one.by)


def settled(each: Particular, one: Mail, thread: Sequence[Mail]) -> Particular:
    """A question or request with its answer, where a later message of somebody else has one."""
    if not each.open:
        return each
    found = answer(each.text, (other for other in thread if later(other, one) and other.by and one.by and other.by != one.by))
    return replace(each, open=False, answer=found) if found else each


def later(other: Mail, one: Mail) -> bool:
    """Whether a message was sent after another, as far as the headers say."""
    return bool(other.sent and one.sent and other.sent > one.sent)


def answer(question: str, mails: Iterable[Mail]) -> Line | None:
    """The sentence that answers: right below a quote that ends with the question, or with most of its words."""
    wanted = telling(question)
    spoken = quotes.said(question)
    for one in mails:
        for start, end in one.document.asides:
            below = next((line for line in one.lines if line.start >= end), None)
            if below and spoken and quotes.said(one.document.text[start:end])[-1:] == spoken[-1:]:
                return below
        shares = [(len(wanted & telling(line.text)), line) for line in one.lines if not asks(line.text)]
        most, line = max(shares, key=lambda each: each[0], default=(0, None))
        if line and most >= max(WORDS, ANSWERED * len(wanted)):
            return line
    return None


def telling(text: str) -> set[str]:
    """The terms of a sentence that say what it is about, without words of asking and endings."""
    bare = REQUEST.sub(" ", POLITE.sub(" ", text))
    return {stem(term) for term in question_terms(bare)} if terms(bare) else set()
