"""What one text says and another, nearly the same, does not: numbers, days, codes, names, words. Pure.

An invoice of March and one of April are alike in nearly every letter, and neither may stand for the other. So every
word of its own counts, typing errors aside: a word of five letters and more that one edit makes a word of the other
text, unless it is a name, and short words that are no negation. In Korean, where names do not look like names, only
the particle may differ.
"""

import re
from collections.abc import Iterator
from itertools import islice

from workbench.grounding import FUNCTION, stem
from workbench.quantities import Quantity, codes, quantities
from workbench.scoring import JOSA

TOLD = 8  # differences that are named
WORD = re.compile(r"[^\W_]+(?:[.,:/'’-]\d[^\W_]*)*")
NEGATIONS = frozenset("no not nor non isn don won".split())
LONG = 5  # letters from which one edit may be a typing error


def lacking(text: str, other: str) -> tuple[str, ...]:
    """What the text says and the other does not, the first few."""
    return tuple(islice(dict.fromkeys(differences(text, other)), TOLD))


def differences(text: str, other: str) -> Iterator[str]:
    """Every number, code, name and word of the text alone, as it is written there."""
    own, theirs = words(text), words(other)
    left = {word: shown for word, shown in own.items() if word not in theirs}
    spare = theirs.keys() - own.keys()
    told = list(amounts(lines_with(text, left), lines_with(other, spare))) if any(map(has_digit, left)) else []
    yield from told
    slips = {variant for word in spare if len(word) >= LONG - 1 for variant in variants(word)}
    stems = set(map(root, theirs))
    for word, shown in left.items():
        if has_digit(word) or minor(word, shown) or root(word) in stems or any(shown in amount for amount in told):
            continue
        if not named(word, shown) and len(word) >= LONG and variants(word) & slips and not quantities(shown):
            continue
        yield shown


def words(text: str) -> dict[str, str]:
    """The words of a text in lower case with how they are first written."""
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        found.setdefault(match[0].lower(), match[0])
    return found


def has_digit(word: str) -> bool:
    """Whether a word has a digit in it."""
    return any(map(str.isdigit, word))


def minor(word: str, shown: str) -> bool:
    """Whether the lack of a word says nothing: `the`, a slip of a few letters."""
    if word in NEGATIONS or hangul(word):
        return False
    return word in FUNCTION or (len(word) <= 3 and shown == word and not quantities(shown))


def named(word: str, shown: str) -> bool:
    """Whether a word may be a name, in which every letter counts."""
    return hangul(word) or shown != word


def hangul(word: str) -> bool:
    """Whether it is a Korean word."""
    return "가" <= word[0] <= "힣"


def root(word: str) -> str:
    """A word without the particle or the s at its end."""
    return JOSA.sub("", word) if hangul(word) else stem(word)


def variants(word: str) -> set[str]:
    """The word, and what is left of it without any one letter: two that share a variant are an edit apart."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def lines_with(text: str, some: "dict[str, str] | set[str]") -> str:
    """The lines in which one of the words stands."""
    return "\n".join(
        line for line in text.split("\n") if any(match[0].lower() in some for match in WORD.finditer(line)))


def amounts(text: str, other: str) -> Iterator[str]:
    """Quantities and codes of the text that the other has in no spelling."""
    def value(quantity: Quantity) -> tuple:
        return quantity.kind, quantity.value, quantity.unit

    known = {value(each) for each in quantities(other)}
    yield from (each.text for each in quantities(text) if value(each) not in known)
    coded = set(codes(other))
    yield from (each for each in codes(text) if each not in coded)
