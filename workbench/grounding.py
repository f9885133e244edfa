"""How much of an answer stands in the passages the model read, sentence by sentence, without a judge. Pure.

Three components, never blended (evaluation notes on QAGS, Wang et al. 2020: word trigrams that stand in the
source agree with people at Pearson 0.71 on near-extractive summaries, at 0.13 on free ones): what is copied, the
numbers that stand nowhere, the names that stand nowhere. It says “stands in the passages”, not “is true”.
"""

import re
from collections.abc import Sequence
from typing import Literal

from workbench.nouns import Claim
from workbench.quantities import MONTHS, Quantity, canonical, codes, quantities, stands
from workbench.retrieval.sentences import sentences
from workbench.scoring import JOSA, YES_OR_NO, flags, is_amount, korean, normal

Doubt = Literal["numbers", "names", "copy"]

LOW_COPY = 0.3  # below, a sentence is not the passages' own wording …
LOW_COSINE = 0.5  # … and below this cosine with its nearest sentence it does not say the same in other words either
SHORT = 6  # words from which trigrams are counted; below it pairs, one word by itself
SHORT_KOREAN = 8  # letters from which 4-grams are counted; below it pairs
# Words that are spelled like quantities and seldom are: “one of them”, “first”, “한 번”.
LOOSE = re.compile(r"(?:one|an?|first|second|한|하나|하루)\b", re.IGNORECASE)
# Hangul behind an address is a particle.
LINK = re.compile(r"(?<![A-Za-z\d_.+-])[A-Za-z\d_.+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+|(?:https?://|www\.)[^\s<>\"'”’)]*[^\s<>\"'”’).,;:!?]")
# Capitals of any alphabet; Hangul glued to a name is a particle or another word.
CAPITALIZED = r"(?![a-zß-öø-ÿ])[^\W\d_가-힣](?:[^\W가-힣]|['’&-](?=\w))*"
NAME = re.compile(rf"(?<![^\W가-힣]){CAPITALIZED}(?: (?:of |de |van |von |da |& )?{CAPITALIZED})*")
WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")
FUNCTION = frozenset(
    "a an the this that these those it its he she they we i you his her their our my your in on at by for from to of with and or "
    "but if when while after before as so then there here what which who where why how no yes not all any each some most".split()
)


def claims(text: str, passages: Sequence[str]) -> tuple[Claim, ...]:
    """Every sentence of an answer that says something, beside the passages. Empty where the answer does not know,
    or only says yes or no: that can be copied from nowhere."""
    if "refusal" in flags(text) or normal(text) in YES_OR_NO:
        return ()
    known = [quantities(passage) for passage in passages]
    return tuple(claim(text[start:end], passages, known) for start, end in sentences(text))


def claim(sentence: str, passages: Sequence[str], known: Sequence[Sequence[Quantity]]) -> Claim:
    """One sentence; `known` are the quantities of every passage."""
    shares = [copied(sentence, passage) for passage in passages]
    best = max(shares, default=0.0)
    everything = [quantity for each in known for quantity in each]
    numbers = tuple(
        quantity.text for quantity in quantities(sentence)
        if not LOOSE.fullmatch(quantity.text) and not stands(quantity, everything))
    return Claim(
        text=sentence,
        copy=best,
        numbers=numbers,
        names=tuple(name for name in names(sentence) if not any(named(name, passage) for passage in passages)),
        passage=shares.index(best) if best >= LOW_COPY else None,
    )


def doubts(claim: Claim, cosine: float | None = None) -> tuple[Doubt, ...]:
    """Why a claim should be checked, nothing where it stands in the passages. `cosine`: with the nearest sentence
    of the passages, where an embedder knows the language; a claim in other words that is near one is let pass."""
    said = {
        "numbers": bool(claim.numbers),
        "names": bool(claim.names),
        "copy": claim.copy < LOW_COPY and (cosine is None or cosine < LOW_COSINE),
    }
    order: tuple[Doubt, ...] = ("numbers", "names", "copy")
    return tuple(doubt for doubt in order if said[doubt])


def copied(sentence: str, passage: str) -> float:
    """Share of the sentence's word trigrams that stand in the passage, of its Korean letters' 4-grams (0 to 1).
    Quantities are compared by value, and nothing else of an answer that is one. Short answers are compared by smaller pieces, down to one word."""
    if is_amount(sentence):
        amounts, known = quantities(sentence), quantities(passage)
        return sum(stands(each, known) for each in amounts) / len(amounts)
    if korean(sentence):
        said, there = letters(sentence, bare=True), letters(passage)
        size = 4 if len(said) >= SHORT_KOREAN else min(2, len(said))
        return share(grams(said, size), there)
    words = spelled(sentence)
    size = 3 if len(words) >= SHORT else min(2, len(words))
    return share([f" {' '.join(words[place : place + size])} " for place in range(len(words) - size + 1)] if size else [],
                 f" {' '.join(spelled(passage))} ")


def share(pieces: Sequence[str], text: str) -> float:
    """Share of the pieces that stand in the text; 0 without pieces."""
    return sum(piece in text for piece in pieces) / len(pieces) if pieces else 0.0


def grams(text: str, size: int) -> list[str]:
    """All stretches of `size` characters."""
    return [text[place : place + size] for place in range(len(text) - size + 1)] if size else []


def spelled(text: str) -> list[str]:
    """The words of a text in lower case, quantities as one word each, a possessive as its owner."""
    return WORD.findall(re.sub(r"['’]s\b", "", canonical(text)).lower())


def letters(text: str, *, bare: bool = False) -> str:
    """The letters and digits of a text without spaces; `bare`: without the particle or ending of its last word."""
    joined = canonical(text).lower()
    if bare:
        joined = re.sub(r"[\W_]+$", "", joined)
        joined = JOSA.sub("", joined) or joined
    return re.sub(r"[\W_]+", "", joined)


def names(sentence: str) -> list[str]:
    """Names that can be told by their looks: addresses, codes, and capitalized words where a capital is no accident.

    A single capitalized word at the start is left out in English; so are days and months, which are quantities.
    """
    found = [match[0] for match in LINK.finditer(sentence)]
    rest = LINK.sub(" ", sentence)
    found += codes(rest)
    for each in reversed(quantities(rest)):
        rest = rest[: each.start] + "." + rest[each.end :]
    for code in found:
        rest = rest.replace(code, ".")
    for match in NAME.finditer(rest):
        words = [word for word in match[0].split() if word not in MONTHS and len(word) > 1]
        begins = not korean(sentence) and re.search(r"(?:^|[.!?:]\s)\W*$", rest[: match.start()])
        if words and words[0].lower() in FUNCTION:
            words, begins = words[1:], None
        if words and not (begins and len(words) == 1):
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


def named(name: str, passage: str) -> bool:
    """Whether all words of a name stand in the passage, in any form with an s and in any order."""
    if LINK.fullmatch(name) or re.search(r"\d", name):
        return re.search(rf"(?<![A-Za-z\d]){re.escape(name)}(?![A-Za-z\d])", passage, re.IGNORECASE) is not None
    return {stem(word) for word in WORD.findall(name)} <= {stem(word) for word in WORD.findall(passage)}


def stem(word: str) -> str:
    """A word without case and without an s at its end."""
    word = word.lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
