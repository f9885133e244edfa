"""Clauses of a sentence that deny what its source says, or say what it denies."""

import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.faithfulness.source import Source, content
from workbench.nouns.summary import Finding, finding

LEAST = 3  # content terms of a clause that can be compared
DENIED = 0.6  # share of a clause's terms in another from which the two speak of one thing …
SURELY = 0.8  # … and from which a denial that is missing is a fault and no warning
DENIAL = re.compile(
    r"\b(?:not|cannot|never|no|none|nobody|nothing|neither|nor|without|unable|refus\w+|declin\w+|fail(?:s|ed)?)\b|n['’]t\b"
    r"|(?<![가-힣])(?:안|못) |없|않|아니|아닙|아닌|못하|못한|못했|못합|불가|금지|말아|마세요|마십시오", re.IGNORECASE)
OPPOSITES = tuple(tuple(frozenset(side.split("/")) for side in pair.split()) for pair in (
    "increase/increased/increases/increasing/rise/rose/rises decrease/decreased/decreases/decreasing/fall/fell/falls/drop/dropped/drops",
    "accept/accepted/accepts/approve/approved/approves reject/rejected/rejects/refuse/refused/refuses/decline/declined",
    "before after", "more fewer/less", "most least", "first last", "maximum minimum", "include/included/includes exclude/excluded/excludes",
    "open/opens/opened close/closes/closed", "allowed forbidden/prohibited", "early late", "won lost", "best worst", "highest lowest", "cheaper dearer",
    "이상 이하/미만", "이하 이상/초과", "이전 이후", "이내 이후/초과", "증가 감소", "인상 인하", "상승 하락", "승인 반려/거절/거부", "찬성 반대", "포함 제외", "허용 금지",
    "가능 불가/불가능", "성공 실패", "최대 최소", "최고 최저", "늘어 줄어", "앞당 늦", "합격 불합격",
))
CLAUSE = re.compile(
    r"[,;:–—]\s|\s(?:but|and|while|although|though|because|since|so|whereas)\s|(?<=지만)\s|(?<=으나)\s|(?<=는데)\s|(?<=니까)\s|(?<=므로)\s|(?<=[가-힣][고며])\s", re.IGNORECASE)


def flipped(sentence: str, source: Source) -> Iterator[Finding]:
    """Clauses that deny what the nearest sentence says, say what it denies, or turn a word of it round."""
    place = source.nearest(sentence)
    if place is None:
        return
    line = source.lines[place].text
    theirs = [(text, content(text)) for _, _, text in clauses(line)]
    for start, end, text in clauses(sentence):
        own = content(text)
        if len(own) < LEAST:
            continue
        about = [other for other, known in theirs if len(own & known) >= DENIED * len(own)]
        denies = bool(DENIAL.search(text))
        other = bool(about) and all(bool(DENIAL.search(each)) != denies for each in [*about, line])
        if other or (about and turned(text, line)):
            sure = any(len(own & known) >= SURELY * len(own) for _, known in theirs)
            yield finding("negation", sentence, start, end, fails=sure)


def clauses(text: str) -> list[tuple[int, int, str]]:
    """Start, end and words of every clause, roughly."""
    edges = [0, *(match.end() for match in CLAUSE.finditer(text)), len(text)]
    return [(start, end, text[start:end]) for start, end in pairwise(edges) if text[start:end].strip()]


def turned(text: str, line: str) -> bool:
    """Whether a text has the opposite of a word of a line, and not the word."""
    def has(words: frozenset[str], where: str) -> bool:
        return any(re.search(rf"\b{word}\b" if word.isascii() else word, where, re.IGNORECASE) for word in words)

    return any(
        has(one, text) and not has(two, text) and has(two, line) and not has(one, line)
        for first, second in OPPOSITES for one, two in ((first, second), (second, first)))
