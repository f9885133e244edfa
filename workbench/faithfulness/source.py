"""What a summary is checked against, read once."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from workbench.days import expressions
from workbench.grounding import LOOSE, SHORT, SHORT_KOREAN, WORD, grams, letters, spelled, stem
from workbench.nouns.summary import Line
from workbench.quantities import Quantity, matches, quantities
from workbench.retrieval.lexical import ASKING, terms
from workbench.scoring import is_amount, korean

NEAR = 0.3  # share of a sentence's term weight in a line from which the line is near
ORDINAL = re.compile("first|second", re.IGNORECASE)  # of many uses, and no number of anything
DIGITS = re.compile(r"\d+")


class Source:
    """What a summary is checked against, read once: sentences, and texts known beside them (headers, titles, file names),
    in which numbers, days and names may stand as well. Thousands of lines take a second or two."""

    def __init__(self, lines: Sequence[Line], beside: Sequence[str] = ()) -> None:
        self.lines = tuple(lines)
        self.texts = (*(line.text for line in lines), *beside)
        self.everything = "\n".join(self.texts)

    @cached_property
    def quantities(self) -> dict[Quantity, list[int]]:
        """Every quantity, its place aside, with the texts it stands in; no words of many uses like `one`, `first`, `한`."""
        return self.standing(loose=False)

    @cached_property
    def loose(self) -> dict[Quantity, list[int]]:
        """Words of many uses that may be numbers, as quantities."""
        return self.standing(loose=True)

    def standing(self, *, loose: bool) -> dict[Quantity, list[int]]:
        """Quantities, their place aside, with the texts they stand in."""
        found: defaultdict[Quantity, list[int]] = defaultdict(list)
        for place, text in enumerate(self.texts):
            for each in quantities(text):
                if bool(LOOSE.fullmatch(each.text)) == loose and not ORDINAL.fullmatch(each.text):
                    found[anywhere(each)].append(place)
        return dict(found)

    @cached_property
    def years(self) -> set[int]:
        """Every year that is named."""
        return {int(each.value[0]) for each in self.quantities if each.value[0] is not None and each.kind != "time" and each.value[0] == int(each.value[0])}

    @cached_property
    def digits(self) -> frozenset[str]:
        """Every run of digits."""
        return frozenset(DIGITS.findall(self.everything))

    @cached_property
    def days(self) -> frozenset[str]:
        """The keys of every day that is named, relative ones too."""
        return frozenset(each.key for text in self.texts for each in expressions(text))

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of every word, lower case."""
        return frozenset(stem(word) for word in WORD.findall(self.everything))

    @cached_property
    def trigrams(self) -> frozenset[str]:
        """Word trigrams, pairs and words of the sentences, quantities as one word each."""
        return frozenset(gram for words in self.by_document(spelled) for size in (1, 2, 3) for gram in word_grams(words, size))

    @cached_property
    def stretches(self) -> frozenset[str]:
        """Stretches of four letters and of two."""
        return frozenset(gram for some in self.by_document(lambda text: list(letters(text))) for size in (1, 2, 4) for gram in grams("".join(some), size))

    def by_document(self, pieces: Callable[[str], list[str]]) -> Iterator[list[str]]:
        """The words or letters of every document, one after the other."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for line in self.lines:
            found[line.document] += pieces(line.text)
        yield from found.values()

    @cached_property
    def holding(self) -> dict[str, list[int]]:
        """Every content term with the lines that have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            for term in content(line.text):
                found[term].append(place)
        return dict(found)

    def nearness(self, sentence: str) -> dict[int, float]:
        """The lines that share content terms with a sentence, each with the share it has of their weight (0 to 1)."""
        shares: defaultdict[int, float] = defaultdict(float)
        total = 0.0
        for term in content(sentence):
            places = self.holding.get(term, ())
            weight = 1 / (1 + len(places)) ** 0.5
            total += weight
            for place in places:
                shares[place] += weight
        return {place: share / total for place, share in shares.items()}

    def nearest(self, sentence: str) -> int | None:
        """The line that has most of a sentence's terms; None where none has NEAR."""
        shares = self.nearness(sentence)
        place = min(shares, key=lambda each: (-shares[each], each), default=None)
        return place if place is not None and shares[place] >= NEAR else None

    def copied(self, sentence: str) -> float:
        """Share of the sentence's word trigrams that stand in a document, of its Korean letters' 4-grams (0 to 1); of
        short sentences smaller pieces; of one that is only an amount the amounts."""
        if is_amount(sentence):
            said = quantities(sentence)
            return sum(any(matches(each, known) for known in self.quantities) for each in said) / len(said)
        if korean(sentence):
            joined = letters(sentence, bare=True)
            return share(grams(joined, 4 if len(joined) >= SHORT_KOREAN else min(2, len(joined))), self.stretches)
        words = spelled(sentence)
        return share(word_grams(words, 3 if len(words) >= SHORT else min(2, len(words))), self.trigrams)


def anywhere(each: Quantity) -> Quantity:
    """A quantity without its place and spelling."""
    return Quantity(each.kind, each.value, each.unit, "", 0, 0, each.half)


def content(text: str) -> set[str]:
    """The index terms of a text that say something, without an s at their end: no function words, no digits."""
    return {stem(term) for term in terms(text) if term not in ASKING and not term[0].isdigit()}


def word_grams(words: Sequence[str], size: int) -> list[str]:
    """All stretches of `size` words."""
    return [" ".join(words[place : place + size]) for place in range(len(words) - size + 1)] if size else []


def share(pieces: Sequence[str], known: frozenset[str]) -> float:
    """Share of the pieces that are known; 0 without pieces."""
    return sum(piece in known for piece in pieces) / len(pieces) if pieces else 0.0
