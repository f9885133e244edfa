"""What a mail only says again: the messages it answers, the signature and the small print under it.

Such stretches are told apart from what the message itself says, so that a thread is indexed once.
"""

import re
from collections.abc import Callable, Sequence
from hashlib import blake2b

from workbench.nouns import REPEATED, Document

Span = tuple[int, int]

SHORTEST = 12  # characters without white space: shorter lines stand in every other message
WRAPPED = 50  # characters of a line that a program may have broken off; below it the writer did
SIGNATURE = 12  # lines that a signature has at most
SIGNATURE_WIDTH = 90
PARAGRAPH = 40  # lines of small print

HEAD = re.compile(r"(?:Subject|From|To|Cc|Date): ")
FORWARD = re.compile(r"Subject: *(?:\[[^\]\n]*\] *)?(?:fw|fwd|전달) *:", re.IGNORECASE)
QUOTED = re.compile(r"[ \t]*>")
# “On Wed, 5 Mar 2025 at 9:12, Kim <kim@example.com> wrote:” in the ways of Gmail, Apple Mail, Thunderbird and Outlook.
WROTE = re.compile(
    r"""(?:on\b.{6,200}\bwrote\ ?:|.{2,80}\bwrote\ on\b.{6,60}:|(?=.{0,60}\d{1,2}:\d\d).{2,80}\bwrote:
    |(?=.*\d{4}[년.\-/]).{8,200}(?:작성|쓴\ 글|썼습니다|보냄|쓰셨습니다|wrote)\ ?:)$""", re.IGNORECASE | re.VERBOSE)
BEGINS_WROTE = re.compile(r"on\b.*\d|.*\d{4}년|\d{4}[.\-/] ?\d", re.IGNORECASE)
# “-----Original Message-----”
ORIGINAL = re.compile(
    r"[-_=*<\s]{2,}(?:original (?:message|appointment|mail)|원본 ?메시지|원본 ?메일|원래 ?메시지|원문|reply message)[-_=*>\s]{2,}$", re.IGNORECASE)
FORWARDED = re.compile(
    r"(?:[-_=*\s]{2,}(?:forwarded (?:message|by)\b.*|전달된 ?(?:메시지|메일)|전달 ?메시지)[-_=*\s]*|begin forwarded message ?:|(?:다음은 )?전달된 ?(?:메시지|메일).{0,10}:)$",
    re.IGNORECASE)
# The block of headers that Outlook, Naver and Daum put above what is answered.
FIELD = re.compile(
    r"""[*\s]*(?:(?P<sender>from|보낸\ ?사람|보낸이|발신|발신자)
    |(?P<other>sent|date|to|cc|bcc|subject|importance|attachments|보낸\ ?날짜|날짜|일시|보낸\ ?시간|받는\ ?사람|받은\ ?사람|받는이|수신|수신자|참조|숨은\ ?참조|제목|첨부|중요도))
    [*\s]*[:：]""", re.IGNORECASE | re.VERBOSE)
SUBJECTS = {"subject", "제목"}
MOMENT = re.compile(r"\d:\d\d|\d ?시|@")  # what a program puts into “On …, … wrote:”, and people seldom
RULE = re.compile(r"[-_=*]{5,}$")
DASHES = re.compile(r"--|—$|-- $")
CLOSING = re.compile(
    r"""(?:(?:with\ |many\ |my\ )?(?:best|kind|kindest|warm|warmest)?[\ ]?(?:regards|wishes)|best|cheers|sincerely(?:\ yours)?
    |yours\ (?:truly|sincerely|faithfully)|(?:many\ )?thanks(?:\ (?:and\ regards|again|in\ advance|so\ much))?|thank\ you(?:\ (?:very|so)\ much)?
    |respectfully|감사합니다|고맙습니다|감사드립니다|수고하세요|수고하십시오|안녕히\ 계십시오|.{0,30}\ ?(?:드림|올림|배상|拜上))[\ ,.!~]*$""",
    re.IGNORECASE | re.VERBOSE)
CONTACT = re.compile(
    r"""\+?\d{1,4}[\-.)\ ]\ ?\d{2,4}[\-.\ ]\d{3,4}(?:[\-.\ ]\d{2,4})?\b|\b[\w.+\-]+@[\w\-]+\.\w|\bwww\.|https?://|\b(?:tel|fax|mobile|phone|cell|hp|direct)\b
    |전화|휴대폰|핸드폰|직통|팩스|내선|이메일|우\)|우편번호|대표번호|(?:[시도군구]\ .{1,20}(?:[로길동읍면]\ ?\d|\d+번지))|\b\d+\ \w+\ (?:street|st|road|rd|avenue|ave)\b
    |sent\ from\ my\ |에서\ 보냄$|나의\ (?:iPhone|갤럭시)""", re.IGNORECASE | re.VERBOSE)
DEVICE = re.compile(r"sent from (?:my|outlook|mail|samsung|yahoo|proton)\b.{0,60}|get outlook for .{0,60}|.{0,30}(?:iPhone|iPad|갤럭시|Galaxy|휴대폰|스마트폰).{0,20}에서 (?:보냄|전송|보냈습니다)\.?$", re.IGNORECASE)
SMALL_PRINT = re.compile(
    r"""(?:confidentiality\ (?:notice|note|statement)|disclaimer|important\ notice|(?:this|the\ information\ (?:contained\ )?in\ this)\ (?:e-?mail|message|communication|transmission)
    |notice\s?:|(?:please\ )?consider\ the\ environment|[※*\ \[]*(?:본|이|상기)\ (?:메일|이메일|전자\ ?우편|메시지|e-?mail))""", re.IGNORECASE | re.VERBOSE)
SECRET = re.compile(
    r"confidential|intended (?:only|solely|for|recipient)|privileged|unauthori[sz]ed|기밀|비밀|지정된 수신|수신인|수신자|법적|무단|발신 ?전용", re.IGNORECASE)


def asides(text: str) -> tuple[Span, ...]:
    """Where a mail's text (headers, empty line, body, as `mail` gives it) holds quoted history, a signature or small
    print: stretches of whole lines, in order. What was forwarded is none of these: it is often the only copy."""
    lines = places(text)
    first = body(text, lines)
    forwarded = bool(FORWARD.match(text))
    quotes: list[tuple[int, int]] = []  # lines, the second no longer inside
    number = own = first
    end = len(lines)
    while number < end:
        if FORWARDED.match(lines[number][2]):
            end = number  # below it stands the message that this one is about
        elif (after := quote(lines, number, forwarded)) > number:
            quotes += [*foot(lines, own, number), (number, after)]
            own = number = after
        else:
            number += 1
    quotes += foot(lines, own, end)
    return tuple(span for begin, after in quotes if (span := stretch(lines, begin, after)))


Line = tuple[int, int, str]


def places(text: str) -> list[Line]:
    """Start, end and content of every line."""
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line), line.strip()))
        start += len(line) + 1
    return found


def body(text: str, lines: list[Line]) -> int:
    """The first line behind the message's own headers."""
    if not HEAD.match(text):
        return 0
    return next((number for number, (_, _, line) in enumerate(lines) if not line), len(lines))


def stretch(lines: list[Line], begin: int, after: int) -> Span | None:
    """Lines as a stretch of the text, without the empty ones around them."""
    filled = [number for number in range(begin, after) if lines[number][2]]
    return (lines[filled[0]][0], lines[filled[-1]][1]) if filled else None


def quote(lines: list[Line], number: int, forwarded: bool) -> int:
    """The line behind a quote that begins at a line, the same line where none does."""
    line = lines[number][2]
    if QUOTED.match(line):
        return marked(lines, number)
    if behind := attribution(lines, number):
        below = next((place for place in range(behind, len(lines)) if lines[place][2]), len(lines))
        if below < len(lines) and QUOTED.match(lines[below][2]):
            return marked(lines, below)
        return len(lines) if MOMENT.search(" ".join(line for _, _, line in lines[number:behind])) else number
    if ORIGINAL.match(line) or (not forwarded and header_block(lines, number)):
        return len(lines)
    if RULE.match(line) and not forwarded and number + 1 < len(lines) and header_block(lines, number + 1):
        return len(lines)
    return number


def marked(lines: list[Line], number: int) -> int:
    """The line behind a run of lines marked as quoted; empty ones between them belong to it."""
    after = number
    while number < len(lines) and (not lines[number][2] or QUOTED.match(lines[number][2])):
        number += 1
        after = number if lines[number - 1][2] else after
    return after


def attribution(lines: list[Line], number: int) -> int:
    """The line behind “On …, … wrote:”, which programs break into up to three, 0 where there is none."""
    if not BEGINS_WROTE.match(lines[number][2]) and not WROTE.match(lines[number][2]):
        return 0
    together = ""
    for count in range(1, 4):
        if number + count > len(lines) or not lines[number + count - 1][2]:
            return 0
        together = f"{together} {lines[number + count - 1][2]}".strip()
        if WROTE.match(together):
            return number + count
    return 0


def header_block(lines: list[Line], number: int) -> bool:
    """Whether the headers of another message begin here, not indented: a sender, and two more in the lines below, the
    subject among them."""
    start, end, line = lines[number]
    found = FIELD.match(line)
    if not found or not found["sender"] or end - start > len(line):
        return False
    below = [FIELD.match(line) for _, _, line in lines[number + 1 : number + 6]]
    others = [each["other"].lower() for each in below if each and each["other"]]
    return len(others) >= 2 and not SUBJECTS.isdisjoint(others)


def foot(lines: list[Line], begin: int, after: int) -> list[tuple[int, int]]:
    """The lines of small print and of a signature at the end of what a message says itself."""
    found = []
    small = next((number for number in paragraphs(lines, begin, after) if SMALL_PRINT.match(lines[number][2])
                  and SECRET.search(paragraph(lines, number, after))), after)
    if small < after and all(alike(lines, number, small, after) for number in paragraphs(lines, small, after)):
        while small > begin and RULE.match(lines[small - 1][2]):
            small -= 1
        found.append((small, after))
        after = small
    signed = signature(lines, begin, after)
    return [(signed, after), *found] if signed < after else found


def paragraphs(lines: list[Line], begin: int, after: int) -> list[int]:
    """First lines of the paragraphs between two lines."""
    return [number for number in range(begin, after)
            if lines[number][2] and (number == begin or not lines[number - 1][2] or RULE.match(lines[number - 1][2]))]


def paragraph(lines: list[Line], number: int, after: int) -> str:
    """The paragraph that begins at a line, as far as small print goes."""
    after = min(after, number + PARAGRAPH)
    behind = next((place for place in range(number, after) if not lines[place][2]), after)
    return " ".join(line for _, _, line in lines[number:behind])


def alike(lines: list[Line], number: int, small: int, after: int) -> bool:
    """Whether a paragraph below the first of the small print is small print as well."""
    return number == small or bool(SECRET.search(paragraph(lines, number, after)) or SMALL_PRINT.match(lines[number][2]))


def signature(lines: list[Line], begin: int, after: int) -> int:
    """The line at which a signature begins, `after` where there is none: two dashes, or a closing formula or a name
    with a line below that says how to reach the writer."""
    filled = [number for number in range(begin, after) if lines[number][2]]
    if not filled:
        return after
    if filled[0] == begin and DEVICE.match(lines[filled[-1]][2]) and len(filled) == 1:
        return filled[-1]
    last = filled[-SIGNATURE:]
    dashed = next((number for number in last if DASHES.fullmatch(lines[number][2])), None)
    if dashed not in (None, last[-1]) and all(len(lines[each][2]) <= SIGNATURE_WIDTH for each in last if each > dashed):
        return dashed
    for place, number in enumerate(last):
        below = [lines[each][2] for each in last[place + 1 :]]
        if CLOSING.match(lines[number][2]) and all(map(short, below)) and any(map(CONTACT.search, below)):
            return number
    return filled[-1] if DEVICE.match(lines[filled[-1]][2]) else after


def short(line: str) -> bool:
    """Whether a line may belong to a signature: names, places and numbers, no sentence."""
    return len(line) <= SIGNATURE_WIDTH and not re.search(r":$|[가-힣]{2}(?:니다|세요|까|십시오)[.?!]|\w{3} \w+ \w+ \w+ \w+ \w+ \w+[.?!]$", line)


def said(text: str) -> list[int]:
    """What a text says, sentence by sentence, as signed numbers of 64 bits that are the same however the text is
    quoted, wrapped and spaced. Lines that only introduce a quote, and short ones, are left out."""
    pieces: list[str] = []
    going_on = False
    lines = [(0, 0, re.sub(r"^[>|\s]+", "", line).strip()) for line in text.split("\n")]
    number = 0
    while number < len(lines):
        line = lines[number][2]
        if behind := attribution(lines, number):
            number, going_on = behind, False
            continue
        number += 1
        if FIELD.match(line) or ORIGINAL.match(line) or not line:
            going_on = False
            continue
        if going_on:
            pieces[-1] += line
        else:
            pieces.append(line)
        going_on = len(line) >= WRAPPED
    sentences = (re.sub(r"\s", "", sentence).casefold() for piece in pieces for sentence in re.split(r"(?<=[.!?。])", piece))
    return [number_of(sentence) for sentence in sentences if len(sentence) >= SHORTEST]


def number_of(sentence: str) -> int:
    """64 bits of a hash, signed as SQLite stores them."""
    return int.from_bytes(blake2b(sentence.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def own(document: Document) -> str:
    """A document's text without its asides."""
    ends = [0, *(end for _, end in document.asides)]
    starts = [*(start for start, _ in document.asides), len(document.text)]
    return "\n\n".join(document.text[start:end] for start, end in zip(ends, starts, strict=True))


def repeated_asides(documents: Sequence[Document], known: Callable[[list[int]], set[int]]) -> dict[str, tuple[Span, ...]]:
    """By the ids of the documents, the asides that need not be indexed: what they say stands in what the documents
    of the same file say themselves, in an aside before, or is `known` (which of these are in the corpus?). Nothing is
    lost: of a quote whose source is not there, and of a signature, one copy stays."""
    held = {number for document in documents for number in said(own(document))}
    found = [(document.id, span, said(document.text[slice(*span)])) for document in documents for span in document.asides]
    held |= known(sorted({number for _, _, numbers in found for number in numbers} - held))
    without: dict[str, tuple[Span, ...]] = {}
    for identity, span, numbers in found:
        if numbers and sum(number in held for number in numbers) >= REPEATED * len(numbers):
            without[identity] = (*without.get(identity, ()), span)
        else:
            held.update(numbers)
    return without
