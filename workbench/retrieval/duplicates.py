"""Which texts are nearly the same, by their wording and by their vectors. Pure.  [scipy]

Wording: the share of the shorter text's stretches of four letters that stand in the other. One number serves small
edits, sentences in another order, quoted and extended texts, and one document inside another, in any language.

Measured (`python -m benchmarks duplicates --data DIR`): cosine 0.8 of all-MiniLM calls 17 % of English queries of one
intent and 56 % of Korean paragraphs of one article duplicates. Held to 1 % of the unrelated pairs of every set, it finds
none of the texts inside a longer one and 22 to 70 % of other edits in English; wording finds all of them, in both
languages, and the mean of both is no better. Wording does not find what only means the same: of Korean questions in
other words 12 %, the cosine at its limit 3 %.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from workbench.nouns import Group, Language, Pair

if TYPE_CHECKING:
    from scipy import sparse

Likeness = tuple[int, int, float]  # places of two texts, similarity

STRETCH = 4  # letters
LEAST = 50  # stretches a text needs for being inside another to mean anything; shorter ones are compared as wholes
POSTINGS = 6_000_000  # stretches held at once while candidates are looked for; of larger corpora a sample
SAMPLE = 24  # stretches of a text that every sample keeps
FAMILY = 64  # of the texts that share a stretch, so many are compared with all others
NEIGHBORS = 10  # pairs kept of a text, the most alike
PROMISING = 0.3  # share of a sample from which a pair is looked at in full
FLOOR = 0.4  # similarity from which a pair is kept at all, to be shown where a threshold is moved
CELLS = 10_000_000  # cosines held at once
HELD = 2048  # texts whose stretches are held while pairs are compared

# The limits from which two texts of a language count as near duplicates. At most one of 100 unrelated pairs lies above
# them in any set of the benchmark: paragraphs of one SQuAD 1.1 or KorQuAD 1.0 article, queries of one intent
# (banking77), sentences on one topic (opinosis), reviews of one film (NSMC), other questions (ko_question_pair), other
# sentences (KLUE STS up to 1). The worst set asked for 0.54 (500 pairs) to 0.68 (150) in English, 0.33 in Korean.
WORDING: dict[Language, float] = {"en": 0.7, "ko": 0.5, "other": 0.7}
# Cosines of mean chunk vectors, by the embedder's name; the worst set, queries of one intent, asked for 0.965. An embedder
# without a row gets a limit from the corpus itself (`own_limit`); a language it does not read gets none.
MEANING: dict[tuple[str, Language], float] = {("all-MiniLM-L6-v2", "en"): 0.97}
STRANGE = 0.9  # least cosine taken for likeness with an embedder that was not calibrated
CHANCE = 0.999  # share of random pairs of a corpus that lie below its own limit


def shingles(text: str) -> np.ndarray:
    """Hashes of every stretch of STRETCH letters and digits, case aside: uint64, ascending, each once."""
    letters = re.sub(r"[\W_]+", "", text.lower())
    codes = np.frombuffer(letters.encode("utf-32-le"), np.uint32).astype(np.uint64)
    size = min(STRETCH, len(codes))
    hashes = np.zeros(len(codes) - size + 1 if size else 0, np.uint64)
    for place in range(size):
        hashes = hashes * np.uint64(1_000_003) + codes[place : place + len(hashes)]
    for shift in (30, 27):  # spread evenly, so that the smallest are a fair sample
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.unique(hashes ^ (hashes >> np.uint64(31)))


def likeness(first: np.ndarray, second: np.ndarray) -> float:
    """The share of the shorter text's stretches that stand in the other, from 0 to 1. A very short text is not inside a
    long one by accident: its size counts as LEAST, or as the other's where that is shorter still."""
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / base(len(first), len(second)) if shared else 0.0


def base(first: int, second: int) -> int:
    """What shared stretches are a share of."""
    return max(min(first, second), min(LEAST, max(first, second)))


def sampled(stretches: np.ndarray, share: float) -> np.ndarray:
    """The smallest hashes: of equal stretches in two texts the same ones, which makes shares of samples shares of texts."""
    if share >= 1:
        return stretches
    return stretches[: max(SAMPLE, int(np.searchsorted(stretches, np.uint64(share * 2.0**64))))]


def alike(text: Callable[[int], str], count: int, characters: int) -> list[Likeness]:
    """Those of the texts 0 to count − 1 whose wording is alike; `characters` are those of all of them.

    10,000 texts of 2,000 characters take seconds: pairs are looked for in samples, and then compared in full. Of a
    family of more than FAMILY texts each is compared with the first ones, and keeps its NEIGHBORS best.
    """
    full = lru_cache(HELD)(lambda place: shingles(text(place)))
    share = POSTINGS / max(1, characters)
    promising = candidates([sampled(full(place), share) for place in range(count)])
    found = [(first, second, likeness(full(first), full(second))) for first, second in promising.tolist()]
    return nearest([each for each in found if each[2] >= FLOOR])


def candidates(samples: Sequence[np.ndarray]) -> np.ndarray:
    """Pairs of places, int64 of shape (pairs, 2), whose samples share enough to be looked at."""
    from scipy import sparse

    sizes = np.array([len(sample) for sample in samples], np.int64)
    if not sizes.sum():
        return np.zeros((0, 2), np.int64)
    kinds, columns = np.unique(np.concatenate(samples), return_inverse=True)
    order = np.argsort(columns, kind="stable")
    owners, columns = np.repeat(np.arange(len(samples)), sizes)[order], columns[order]
    starts = np.searchsorted(columns, np.arange(len(kinds) + 1))
    common = np.diff(starts)[columns] > 1
    leading = common & (np.arange(len(order)) - starts[columns] < FAMILY)

    def counts(chosen: np.ndarray) -> "sparse.csr_matrix":
        shape = (len(samples), len(kinds))
        return sparse.csr_matrix((np.ones(chosen.sum(), np.int32), (owners[chosen], columns[chosen])), shape=shape)

    held, leaders = counts(common), counts(leading).T.tocsr()
    found = []
    for start in range(0, len(samples), 500):
        shared = (held[start : start + 500] @ leaders).tocoo()
        one, two = shared.row + start, shared.col
        likely = shared.data / np.minimum(sizes[one], sizes[two])
        good = np.flatnonzero((one != two) & (likely >= PROMISING))
        good = good[np.lexsort((two[good], -likely[good], one[good]))]
        rank = np.arange(len(good)) - np.searchsorted(one[good], one[good])
        good = good[rank < 2 * NEIGHBORS]
        found.append(np.sort(np.stack([one[good], two[good]], axis=1), axis=1))
    return np.unique(np.concatenate(found), axis=0).astype(np.int64)


def close(vectors: np.ndarray, least: float) -> list[Likeness]:
    """Those of the unit vectors (float32, one a row) with a cosine of at least `least`, compared a block at a time."""
    found: list[Likeness] = []
    rows = max(1, CELLS // max(1, len(vectors)))
    for start in range(0, len(vectors), rows):
        cosines = vectors[start : start + rows] @ vectors[start:].T
        best = np.partition(cosines, -min(NEIGHBORS + 1, cosines.shape[1]), axis=1)[:, -min(NEIGHBORS + 1, cosines.shape[1])]
        for one, two in np.argwhere(cosines >= np.maximum(best, least)[:, None]).tolist():
            if one < two:
                found.append((start + one, start + two, min(1.0, float(cosines[one, two]))))
    return nearest(found)


def nearest(pairs: Iterable[Likeness]) -> list[Likeness]:
    """The pairs that are among the NEIGHBORS best of one of the two, the most alike first."""
    kept, degree = [], Counter[int]()
    for pair in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if min(degree[pair[0]], degree[pair[1]]) < NEIGHBORS:
            kept.append(pair)
            degree.update(pair[:2])
    return kept


def own_limit(vectors: np.ndarray) -> float:
    """The cosine from which two vectors of a corpus are near, for an embedder that nobody calibrated: CHANCE of its random
    pairs lie below. They hold the duplicates too, which are few among all pairs."""
    if len(vectors) < 2:
        return STRANGE
    rows = np.random.default_rng(7).integers(len(vectors), size=(2, 20_000))
    rows = rows[:, rows[0] != rows[1]]
    return max(STRANGE, float(np.quantile(np.einsum("pd,pd->p", vectors[rows[0]], vectors[rows[1]]), CHANCE)))


def means(vectors: np.ndarray, owners: np.ndarray, count: int) -> np.ndarray:
    """Unit vectors, float32 of shape (count, dimensions): the mean of every owner's rows, zero where it has none."""
    summed = np.zeros((count, vectors.shape[1]), np.float32)
    np.add.at(summed, owners, vectors)
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.divide(summed, lengths, out=np.zeros_like(summed), where=lengths > 0)


def groups(pairs: Sequence[Pair], threshold: float | None = None, newest: Mapping[str, str] | None = None) -> list[Group]:
    """Documents that one of them can stand for: it is as alike to each of them as `threshold` (else the pair's own limit)
    asks, and lacks no number, day, name or word that they say.

    Every other is beside the one that is kept, so that a chain of small changes does not end in one group; none is in two.
    Kept is what holds most of the others, of equals the newest by `newest` (days by id).
    """
    days = newest or {}
    covered: dict[str, dict[str, float]] = {}
    for pair in pairs:
        if pair.similarity >= (pair.limit if threshold is None else threshold) and pair.by != "meaning":
            for kept, other in ((pair.first, pair.second), (pair.second, pair.first)):
                if not pair.lacking(kept):
                    covered.setdefault(kept, {})[other] = pair.similarity
    twins: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.by == "exact":
            twins.setdefault(pair.first, []).append(pair.second)
    for kept, held in covered.items():  # what holds a text holds its twins, which nobody compared
        for other, similarity in list(held.items()):
            held |= {twin: similarity for twin in twins.get(other, ()) if twin != kept and twin not in held}
    made, taken = [], set[str]()
    order = sorted(covered)
    order.sort(key=lambda each: (len(covered[each]), sum(covered[each].values()), days.get(each, "")), reverse=True)
    for kept in order:
        others = [other for other in sorted(covered[kept]) if other not in taken]
        if kept not in taken and others:
            taken.update([kept, *others])
            made.append(Group(kept, tuple(others)))
    return made
