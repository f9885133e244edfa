"""Feedback: what many people wrote, read row by row, sorted into themes and counted by code.

A table with a column of texts, or a folder of texts. Every row is read; what repeats another is counted with it; each language
is sorted for itself. The steps: rows (`rows`) → opinions (`units`) → vectors → themes (`themes`) → labels (`labels`, `naming`) →
figures (`figures`), which follow when the user merges, renames or splits themes (`editing`).
"""

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.feedback import labels, rows, sentiment, themes
from workbench.feedback.terms import Term, terms
from workbench.feedback.units import MOST, units
from workbench.nouns import Language, Remark
from workbench.nouns.feedback import OTHER, Chosen, Feedback, Feeling, Found, Row, Sorting, Step, Theme, Unit
from workbench.reading.parts import some
from workbench.retrieval.lexical import word_terms

MOST_THEMES = 300  # that may be wished for
COUNTED = "TF-IDF"  # what vectors of counted words are called
DETECTED = Chosen()  # all columns by their looks
AT_ONCE = 2_000  # opinions embedded between two steps
LANGUAGES: tuple[Language, ...] = ("en", "ko", "other")
# The mean cosine up to which fewer than `themes.FEW` opinions are joined: of an embedder's vectors, and of counted words.
CLOSE_MEANING, CLOSE_WORDING = 0.33, 0.1


@dataclass(frozen=True, slots=True)
class Result:
    """An analysis: what was read, how it is sorted, and the vector of every opinion (float16, one a row; those of a language
    that the embedder does not read fill the first columns)."""

    feedback: Feedback
    sorting: Sorting
    vectors: np.ndarray


@dataclass(frozen=True, slots=True)
class Part:
    """The opinions of one language, by their places: vectors, cluster (-1 for none), fit and feeling of each, and of every
    cluster its terms and how stable it is."""

    places: list[int]
    vectors: np.ndarray
    of: list[int]
    fits: list[float]
    feelings: list[Feeling]
    terms: list[tuple[str, ...]]
    stable: tuple[float | None, ...]
    found: Found


class Halted(Exception):
    """The user stopped it."""


def analyze(
    bench: Bench, path: Path, wanted: Chosen = DETECTED, *, mask: bool = False, number: int | None = None,
    halt: threading.Event | None = None, name: str = "",
) -> Generator[Step, None, Result | None]:
    """Yields every step; returns the result, None where `halt` was set meanwhile. `number` is how many themes a language
    gets, else as many as suit it; `mask` takes personal data out before anything else; `name` is what the user calls it where
    the path does not. Raises CannotRead and BadRequest."""
    if number is not None and not 1 <= number <= MOST_THEMES:
        raise BadRequest("number", name="themes", value=number, least=1, most=MOST_THEMES)
    try:
        yield Step("reading")
        read = rows.read(bench, path, wanted, mask, name)
        yield Step("cutting")
        places, remarks = opinions(read.rows)
        parts = []
        for lang in LANGUAGES:
            mine = [place for place, (row, _, _) in enumerate(places) if read.rows[row].language == lang]
            if mine:
                texts = [read.rows[row].text[start:end] for row, start, end in (places[place] for place in mine)]
                parts.append((yield from part(bench, lang, mine, texts, number, halt)))
    except Halted:
        return None
    feedback = Feedback(
        name or path.name, read.chosen, read.rows, sorted_units(places, parts), tuple(each.found for each in parts), read.scale, read.missed,
        (*read.remarks, *remarks), read.masked, mask)
    return Result(feedback, sorting(feedback, parts), spread(parts, len(places)))


def opinions(every: Sequence[Row]) -> tuple[list[tuple[int, int, int]], list[Remark]]:
    """(place of its row, start, end) of every opinion, those of rows that repeat another left out; and what was too long."""
    places = []
    long = []
    for place, row in enumerate(every):
        if row.language and row.same < 0:
            found, more = units(row.text)
            places += [(place, start, end) for start, end in found]
            if more:
                long.append(row.number)
    return places, [Remark("feedback_long", {"rows": some(long), "most": MOST})] if long else []


def part(
    bench: Bench, lang: Language, places: list[int], texts: list[str], number: int | None, halt: threading.Event | None
) -> Generator[Step, None, Part]:
    """The opinions of a language in their clusters; of those with the same words one is looked at. Raises Halted."""
    different = list(dict.fromkeys(texts))
    worded = terms(different, lang)
    if lang != "other" and bench.embedder.reads(lang):
        vectors, name, close = (yield from embedded(bench, different, halt)), bench.embedder.name, CLOSE_MEANING
    else:
        vectors, name, close = themes.counted([features(each) for each in worded]), COUNTED, CLOSE_WORDING

    def tell(*_: int) -> None:
        if halt is not None and halt.is_set():
            raise Halted

    yield Step("sorting", lang=lang)
    clusters = themes.cluster(vectors, linkage(name), close, number, tell)
    yield Step("labels", lang=lang)
    of = clusters.of.tolist()
    told = labels.labels(worded, of)
    feelings = sentiment.feelings(different, lang, vectors)
    inverse = {text: place for place, text in enumerate(different)}
    back = [inverse[text] for text in texts]
    return Part(
        places, vectors[back].astype(np.float16), [of[each] for each in back], [round(float(clusters.fits[each]), 4) for each in back],
        [feelings[each] for each in back], [told.get(each, ()) for each in range(len(clusters.stable))], clusters.stable,
        Found(lang, name, clusters.method, clusters.silhouettes, clusters.stability))


def linkage(vectors: str) -> themes.Linkage:
    """The tree that suits vectors of this name."""
    return "average" if vectors == COUNTED else "ward"


def embedded(bench: Bench, texts: list[str], halt: threading.Event | None) -> Generator[Step, None, np.ndarray]:
    """The embedder's vectors, some texts between two steps. Raises Halted."""
    found = []
    for first in range(0, len(texts), AT_ONCE):
        yield Step("embedding", first, len(texts))
        if halt is not None and halt.is_set():
            raise Halted
        found.append(bench.embedder.embed(texts[first : first + AT_ONCE]))
    return np.concatenate(found)


def features(words: Sequence[Term | None]) -> list[str]:
    """What an opinion's words are compared by without an embedder: pairs of their letters, of Latin ones the words (KorQuAD,
    1,500 questions on 67 subjects: NMI 0.687, with the pairs of all that is written 0.658, with whole words 0.619)."""
    return [feature for term in words if term for feature in (
        word_terms(term.key) if term.key.isascii() or "가" <= term.key[0] <= "힣" else pairs(term.key))]


def pairs(word: str) -> list[str]:
    """The pairs of letters of a word that is written without spaces around it."""
    return [word[place : place + 2] for place in range(len(word) - 1)] or [word]


def sorted_units(places: Sequence[tuple[int, int, int]], parts: Sequence[Part]) -> tuple[Unit, ...]:
    """The opinions with their fit and feeling."""
    known = {place: (fit, feeling) for each in parts for place, fit, feeling in zip(each.places, each.fits, each.feelings, strict=True)}
    return tuple(Unit(row, start, end, *known[place]) for place, (row, start, end) in enumerate(places))


def sorting(feedback: Feedback, parts: Sequence[Part]) -> Sorting:
    """The clusters of every language as themes, numbered through."""
    of = [OTHER] * len(feedback.units)
    found: list[Theme] = []
    for each in parts:
        first = len(found) + 1
        for place, cluster in zip(each.places, each.of, strict=True):
            of[place] = first + cluster if cluster >= 0 else OTHER
        nearest = closest(each)
        for number, (words, stable) in enumerate(zip(each.terms, each.stable, strict=True)):
            unit = feedback.units[nearest[number]]
            name = labels.label(words, feedback.rows[unit.row].text[unit.start : unit.end])
            found.append(Theme(first + number, each.found.language, name, words, stable=stable))
    return Sorting(tuple(found), tuple(of))


def closest(part: Part) -> dict[int, int]:
    """The place of the opinion nearest to the middle of every cluster."""
    best: dict[int, tuple[float, int]] = {}
    for place, cluster, fit in zip(part.places, part.of, part.fits, strict=True):
        if cluster >= 0 and fit > best.get(cluster, (-1.0, 0))[0]:
            best[cluster] = (fit, place)
    return {cluster: place for cluster, (_, place) in best.items()}


def spread(parts: Sequence[Part], count: int) -> np.ndarray:
    """The vectors of all languages in one array, by the places of the opinions."""
    vectors = np.zeros((count, max((each.vectors.shape[1] for each in parts), default=1)), np.float16)
    for each in parts:
        vectors[each.places, : each.vectors.shape[1]] = each.vectors
    return vectors
