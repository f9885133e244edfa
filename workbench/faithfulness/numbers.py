"""Numbers, amounts, days and times of a sentence that its source does not bear out."""

import re
from collections.abc import Iterator, Sequence

from workbench.days import expressions
from workbench.faithfulness.source import DIGITS, Source, content
from workbench.grounding import LINK, LOOSE
from workbench.nouns.summary import Finding, Flaw, finding
from workbench.quantities import (
    MONTHS,
    NATIVE,
    NATIVE_TENS,
    Quantity,
    alternatives,
    codes,
    matches,
    native_value,
    quantities,
)

SAME = 0.8  # share of a sentence's term weight in a line from which the line has its wording
REACH = 4  # words on either side of a number that say what it is the number of
PARTS = {"date": ("year", "month", "day"), "time": ("hour", "minute")}  # units of what a day and a time are made of
DATED = ["year", "day"]  # what `2025` and `5th` may be
OPEN = frozenset(sum(PARTS.values(), ()))  # units that a number beside may have without saying so

# Words of number that are no quantities for other purposes; they have to stand in the source as they are.
VAGUE = re.compile(
    r"\b(?:dozens?|hundreds|thousands|millions|billions|half|halves|halved|thirds?|quarters|twice|thrice|doubled?s?|tripled?s?|quadrupled?)\b"
    r"|절반|반값|갑절|곱절|[두세네]\s?배|(?<![가-힣])수[십백천만억]+", re.IGNORECASE)
NATIVE_WORD = re.compile(rf"(?<![가-힣])(?!한 |하나|네 )({alternatives([*NATIVE_TENS, *NATIVE])}) (?=[가-힣])")
BARE_MONTH = re.compile(r"(?<=\w )(?<!\w[.!?] )(March|May)\b(?! \d)")



def numbers_at_fault(sentence: str, source: Source) -> Iterator[Finding]:
    """Numbers, amounts, days and times that stand nowhere or with other units, and every run of digits that is left."""
    names = [match.span() for match in LINK.finditer(sentence)]  # addresses and codes are checked as names
    names += [match.span() for code in codes(sentence) for match in re.finditer(re.escape(code), sentence)]
    said = [each for each in quantities(sentence) if not inside(names, each.start, each.end)]
    for each in said:
        loose = bool(LOOSE.fullmatch(each.text))
        if (wrong := fault(each, sentence, source)) and not (loose and each.text.lower() in ("a", "an")):
            yield finding(wrong, sentence, each.start, each.end, fails=not loose)
    covered = names + [(each.start, each.end) for each in said]
    for match in DIGITS.finditer(sentence):
        if match[0] not in source.digits and not inside(covered, *match.span()):
            yield finding("number", sentence, *match.span())
    yield from words_at_fault(sentence, source)


def inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place lies in one of the spans."""
    return any(first <= start and end <= last for first, last in spans)


def words_at_fault(sentence: str, source: Source) -> Iterator[Finding]:
    """Words of number that are no quantities: `half`, `두 회사`, `in May`."""
    for match in VAGUE.finditer(sentence):
        if match[0].lower() not in source.everything.lower():
            yield finding("number", sentence, *match.span())
    for match in NATIVE_WORD.finditer(sentence):
        value = native_value(match[1])
        if not re.search(rf"(?<![가-힣]){match[1]}(?![가-힣])", source.everything) and not any(
                each.kind == "number" and each.value == (value,) for each in source.quantities):
            yield finding("number", sentence, *match.span(1))
    for match in BARE_MONTH.finditer(sentence):
        month = MONTHS[match[0]]
        if match[0] not in source.everything and not any(each.kind == "date" and each.value[1] == month for each in source.quantities):
            yield finding("number", sentence, *match.span())


def fault(said: Quantity, sentence: str, source: Source) -> Flaw | None:
    """What is wrong with a quantity: its value stands nowhere, or only with other units; None where nothing is."""
    known = [each for each in source.quantities if supports(said, each)]
    if known:
        if said.kind == "date" and said.value[0] is not None and all(each.value[0] is None for each in known):
            return None if said.value[0] in source.years else "number"
        if said.kind == "number" and said.unit and all(each.kind == "number" and not each.unit for each in known) and said.unit not in OPEN:
            return None if any(each.unit == said.unit for each in source.quantities) else "unit"
        return None
    if LOOSE.fullmatch(said.text) and re.search(rf"(?<!\w){said.text}", source.everything, re.IGNORECASE):
        return None
    own = around(list(re.finditer(r"\S+", sentence)), said.start, said.end)
    by_word = [place for each, places in source.loose.items() if supports(said, each) for place in places]
    if any(own & by_number(source.texts[place], said) for place in by_word):
        return None  # “1 month” for “one month”, and not for “one of them”
    if said.kind == "number" and said.unit and any(each.kind == "number" and each.value == said.value for each in source.quantities):
        return "unit"
    return "number"


def supports(said: Quantity, known: Quantity) -> bool:
    """Whether what is known bears out what is said. A bare number is no part of a day: `5` is not borne out by `March 5`,
    `5th`, `5일` and `2025` are."""
    if said.kind == "number" != known.kind:
        units = [said.unit] if said.unit else DATED if re.search(r"\d(?:st|nd|rd|th)$|^(?:19|20)\d\d$", said.text) else []
        parts = [part for unit, part in zip(PARTS[known.kind], known.value, strict=False) if unit in units]
        return said.value[0] in parts or (known.kind == "time" and bool(units) and units[0] in PARTS["time"] and matches(said, known))
    if said.kind == "time" and known.half and not said.half:
        return said.value == known.value  # nobody said that half past nine is in the evening
    return matches(said, known)


def days_at_fault(sentence: str, source: Source) -> Iterator[Finding]:
    """Days of the week and days counted from another (`tomorrow`, `다음 주`) that stand nowhere."""
    for each in expressions(sentence):
        sort = re.match(r"weekday \d$|weekday|week|month end|end of month|year end|day end|day [+-][012]$", each.key)
        if not each.relative or not sort or each.key in source.days:
            continue
        if sort[0] == each.key and any(key.startswith(f"{each.key} ") for key in source.days):
            continue  # “Friday” for “next Friday”
        yield finding("number", sentence, each.start, each.end)


def unbound(sentence: str, source: Source) -> Iterator[Finding]:
    """Numbers that stand in the source, but are the number of something else there: never by any of the words they stand by
    here, or not in the sentences that have the wording of this one."""
    words = list(re.finditer(r"\S+", sentence))
    said = [each for each in quantities(sentence) if not LOOSE.fullmatch(each.text)]
    same = {place for place, share in source.nearness(sentence).items() if share >= SAME} if said else set()
    for each in said:
        own = around(words, each.start, each.end)
        places = {place for known, places in source.quantities.items() if supports(each, known) for place in places}
        if not places or max(places) >= len(source.lines):
            continue  # nowhere, or in a header, which is about all of it
        elsewhere = bool(same) and not same & places
        if elsewhere or (len(own) >= 2 and not any(own & by_number(source.texts[place], each) for place in places)):
            instead = elsewhere and any(rivals(each, other) for place in same for other in quantities(source.texts[place]))
            far = instead or not any(own & content(source.texts[place]) for place in places)
            yield finding("bound", sentence, each.start, each.end, fails=far)


def rivals(said: Quantity, other: Quantity) -> bool:
    """Whether one may stand in the place of the other: of one kind, and of one unit as far as they have any."""
    return said.kind == other.kind and (said.unit == other.unit or not (said.unit and other.unit))


def by_number(text: str, said: Quantity) -> set[str]:
    """The content terms that stand by a quantity in a text, wherever it does."""
    words = list(re.finditer(r"\S+", text))
    return set().union(*(around(words, each.start, each.end) for each in quantities(text) if supports(said, each)))


def around(words: Sequence[re.Match[str]], start: int, end: int) -> set[str]:
    """The content terms of the REACH words before and behind a place."""
    before = [match[0] for match in words if match.end() <= start][-REACH:]
    behind = [match[0] for match in words if match.start() >= end or match.start() < end < match.end()][:REACH]
    glued = [match[0][max(0, end - match.start()):] for match in words if match.start() < end < match.end()]
    return content(" ".join([*before, *glued, *[word for word in behind if word not in glued]]))
