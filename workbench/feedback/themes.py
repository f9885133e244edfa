"""Vectors into themes.  [sklearn, scipy]

Fewer than FEW opinions are joined as long as their mean cosine is close. More: KMeans that begins at the groups that a tree over
a sample gives, Ward's for an embedder's vectors, average linkage for counted words: it comes out better than drawn beginnings
(3,000 queries of banking77, one vector each, 77 themes: NMI 0.793 against 0.774 to 0.780 of three times ten drawn beginnings;
KorQuAD, 300 questions on 12 subjects, counted words: 0.701 against 0.598) and takes seconds for 100,000. Cut into opinions, as rows
come here, the same queries agree less with their intents whoever sorts them, for half a query often says nothing of its intent:
0.643 against 0.640 (benchmarks/feedback.py). The number of themes is the smallest whose silhouette lies within one standard error,
over samples, of the best.

Clusters that are not found again and have little in common are no themes: what is in them stays out. Of words counted without
knowing the language that may be much of it, and rightly. 1,215 questions of KorQuAD on 67 subjects: 26 % stay out, and of the others
NMI rises from 0.685 to 0.764 and the share that lies with its subject from 0.46 to 0.57. 2,200 Korean reviews of films: 33 % of the
opinions stay out (“대박이네”, “가치없다”), a quarter of the rows altogether; the next nearest theme is as near as its own are
to less than 1 % of them, so that giving them to it would only hide them.

How stable themes are is measured by doing it again with other seeds, each on a share of the opinions: the adjusted Rand index
between seeds (Hubert and Arabie 1985), and for each theme how well it is found again (mean Jaccard similarity, Hennig 2007).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from workbench.nouns.feedback import Estimate

FEW = 30  # opinions below which they are joined one by one
SEEDS = 5  # that stability is measured over
TRIES = 3  # samples by which the number of themes is chosen
KEPT = 0.8  # share of the opinions in each
MOST_THEMES = 40  # that are looked for where nobody says how many; more than anybody reads
SAMPLE = 2_000  # opinions of a sample
TREE = 4_000  # opinions that the tree of the result is made of
STABLE = 5_000  # opinions over which seeds are compared
DIMENSIONS = 100  # of vectors made of counts
FAR = 3.0  # robust standard deviations below the median from which an opinion is in no theme
LEAST = 2  # opinions of a theme
LITTLE = 0.75  # of the usual mean cosine with the middle, below which opinions have little in common
LOST = 0.5  # Jaccard similarity below which a theme is not found again
UNKNOWN = Estimate(None, None, None, 0, "adjusted Rand index, lowest and highest of all pairs of seeds")

Linkage = Literal["ward", "average"]
Tell = Callable[[int, int], None]  # hears how far it is, (done, of); may raise to stop it


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The mean silhouette of a number of clusters over seeds, and its standard error."""

    number: int
    mean: float
    error: float


@dataclass(frozen=True, slots=True)
class Clustering:
    """The cluster of every vector, the largest first and -1 for none (int32), and its cosine with the middle of its cluster
    (float32); silhouettes by number of clusters, agreement of seeds, and how well each cluster is found again."""

    of: np.ndarray
    fits: np.ndarray
    method: str
    silhouettes: tuple[tuple[int, float], ...]
    stability: Estimate
    stable: tuple[float | None, ...]


def counted(features: Sequence[Sequence[str]]) -> np.ndarray:
    """Texts as unit vectors of their features' TF-IDF: float32 of shape (texts, up to DIMENSIONS), zero for a text that shares
    no feature with another."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        counts = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=2, dtype=np.float32).fit_transform(features)
    except ValueError:  # nothing occurs in two texts
        return np.zeros((len(features), 1), np.float32)
    size = min(DIMENSIONS, *(side - 1 for side in counts.shape))
    if len(features) < FEW or size < 2:
        return normalized(counts.toarray())
    return normalized(TruncatedSVD(size, random_state=0).fit_transform(counts))


def cluster(
    vectors: np.ndarray, linkage: Linkage, close: float, themes: int | None = None, tell: Tell = lambda *_: None
) -> Clustering:
    """Clusters of unit vectors (float32, one a row): `themes` many, else as many as suit them. A vector of zeros is in none.
    `close` is the mean cosine up to which a few are joined."""
    some = np.flatnonzero(vectors.any(axis=1))
    held = vectors[some]
    different = len(np.unique(held, axis=0))
    silhouettes: list[Silhouette] = []
    stability = UNKNOWN
    found: dict[int, float] = {}
    if len(held) < FEW or different <= (themes or 0):
        labels, method = joined(held, close, min(themes or 0, different)), "agglomerative"
    else:
        method = f"kmeans from {linkage} linkage"
        silhouettes = [] if themes else tried(held, linkage, different, tell)
        wanted = themes or smallest(silhouettes)
        labels = refined(held, beginnings(held, linkage, wanted, 0, TREE))
        stability, found = agreement(held, labels, linkage, wanted, tell)
    fits = np.zeros(len(held), np.float32)
    if len(held):
        fits = np.einsum("rd,rd->r", held, normalized(middles(held, labels))[labels]).clip(0, 1)
        labels = without_strays(labels, fits)
        labels = np.where(np.isin(labels, vague(labels, fits, found)), -1, labels) if not themes else labels
    order = [int(each) for each in np.argsort(-np.bincount(labels + 1)[1:], kind="stable")]
    order = [each for each in order if (labels == each).any()]
    of, every = np.full(len(vectors), -1, np.int32), np.zeros(len(vectors), np.float32)
    rank = {each: place for place, each in enumerate(order)} | {-1: -1}
    of[some], every[some] = [rank[each] for each in labels.tolist()], fits
    return Clustering(
        of, every, method, tuple((each.number, each.mean) for each in silhouettes), stability, tuple(found.get(each) for each in order))


def joined(vectors: np.ndarray, close: float, themes: int) -> np.ndarray:
    """A few vectors joined by average linkage, into `themes` clusters, or with 0 as long as their mean cosine is `close`."""
    from scipy.cluster.hierarchy import fcluster

    if len(vectors) < 2:
        return np.zeros(len(vectors), np.int64)
    grown = tree(vectors @ vectors.T, "average")
    return (fcluster(grown, themes, "maxclust") if themes else fcluster(grown, 1 - close, "distance")).astype(np.int64) - 1


def tree(cosines: np.ndarray, linkage: Linkage) -> np.ndarray:
    """The tree of all joins of unit vectors, from their cosines."""
    from scipy.cluster import hierarchy

    pairs = cosines[np.triu(np.ones(cosines.shape, bool), 1)].astype(np.float64)
    return hierarchy.linkage(np.sqrt(np.maximum(0, 2 - 2 * pairs)) if linkage == "ward" else np.maximum(0, 1 - pairs), linkage)


def cut(grown: np.ndarray, number: int) -> np.ndarray:
    """A tree in so many groups (fewer where joins are tied)."""
    from scipy.cluster.hierarchy import fcluster

    return fcluster(grown, number, "maxclust").astype(np.int64) - 1


def parted(vectors: np.ndarray, linkage: Linkage, number: int | None, most: int) -> list[int]:
    """The part of every vector, none left out: `number` parts, else up to `most`, as many as suit them. One part where there are
    not two different vectors."""
    vectors = normalized(vectors)
    different = len(np.unique(vectors, axis=0))
    if different < 2:
        return [0] * len(vectors)
    wanted = number or 2
    if number is None and len(vectors) >= FEW:
        wanted = smallest([each for each in tried(vectors, linkage, different, lambda *_: None) if each.number <= most])
    return [int(each) for each in refined(vectors, beginnings(vectors, linkage, min(wanted, different), 0, TREE))]


def tried(vectors: np.ndarray, linkage: Linkage, different: int, tell: Tell) -> list[Silhouette]:
    """How well every number of clusters suits, over TRIES samples."""
    from sklearn.metrics import silhouette_score

    most = max(2, min(MOST_THEMES, int(len(vectors) ** 0.5), different // 2))
    least = min(most, max(2, len(vectors).bit_length() - 3))
    numbers = sorted({min(most, round(least * 1.15**step)) for step in range(30)} | set(range(least, min(most, least + 6) + 1)))
    scores: list[list[float]] = [[] for _ in numbers]
    for seed in range(TRIES):
        tell(seed, TRIES + SEEDS)
        some = vectors[drawn(len(vectors), SAMPLE, seed)]
        cosines = some @ some.T
        grown = tree(cosines, linkage)
        far = np.maximum(0, 1 - cosines)
        np.fill_diagonal(far, 0)
        for place, number in enumerate(numbers):
            labels = cut(grown, number)
            groups = labels.max() + 1
            scores[place].append(float(silhouette_score(far, labels, metric="precomputed")) if 1 < groups < len(some) else -1.0)
    return [
        Silhouette(number, float(np.mean(each)), float(np.std(each, ddof=1) / TRIES**0.5)) for number, each in zip(numbers, scores, strict=True)]


def smallest(silhouettes: Sequence[Silhouette]) -> int:
    """The smallest number of clusters that is as good as the best, within one standard error of it."""
    best = max(silhouettes, key=lambda each: each.mean)
    return min(each.number for each in silhouettes if each.mean >= best.mean - best.error)


def beginnings(vectors: np.ndarray, linkage: Linkage, number: int, seed: int, most: int) -> np.ndarray:
    """The middles of the groups of a tree over a sample."""
    some = vectors if len(vectors) <= most else vectors[drawn(len(vectors), most, seed)]
    return middles(some, cut(tree(some @ some.T, linkage), number))


def refined(vectors: np.ndarray, start: np.ndarray) -> np.ndarray:
    """KMeans from given middles."""
    from sklearn.cluster import KMeans

    return KMeans(len(start), init=start, n_init=1, max_iter=100).fit_predict(vectors).astype(np.int64)


def agreement(vectors: np.ndarray, labels: np.ndarray, linkage: Linkage, number: int, tell: Tell) -> tuple[Estimate, dict[int, float]]:
    """How alike the clusters of different seeds are where both have an opinion, the mean with the lowest and highest of all pairs,
    and for every cluster how well it is found again."""
    from sklearn.metrics import adjusted_rand_score

    runs: list[np.ndarray] = []
    for seed in range(SEEDS):
        tell(TRIES + seed, TRIES + SEEDS)
        places = drawn(len(vectors), STABLE, seed)
        run = np.full(len(vectors), -1, np.int64)
        run[places] = refined(vectors[places], beginnings(vectors[places], linkage, min(number, len(places)), seed, SAMPLE))
        runs.append(run)
    pairs = []
    for one, two in combinations(runs, 2):
        both = (one >= 0) & (two >= 0)
        pairs.append(float(adjusted_rand_score(one[both], two[both])))
    again = {
        int(each): float(np.mean([jaccard(labels[run >= 0] == each, run[run >= 0]) for run in runs])) for each in np.unique(labels)}
    return Estimate(float(np.mean(pairs)), min(pairs), max(pairs), SEEDS, UNKNOWN.method), again


def jaccard(members: np.ndarray, labels: np.ndarray) -> float:
    """The likeness of a cluster to the likest of another clustering."""
    shared = np.bincount(labels[members], minlength=labels.max() + 1)
    return float((shared / (np.bincount(labels) + members.sum() - shared)).max())


def without_strays(labels: np.ndarray, fits: np.ndarray) -> np.ndarray:
    """The labels, -1 for what lies far from the middle of its cluster, and for all of a cluster of fewer than LEAST."""
    median = np.median(fits)
    spread = 1.4826 * np.median(np.abs(fits - median))
    kept = np.where(fits < median - FAR * spread, -1, labels) if len(fits) >= FEW else labels
    few = np.flatnonzero(np.bincount(kept + 1, minlength=labels.max() + 2)[1:] < LEAST)
    return np.where(np.isin(kept, few), -1, kept)


def vague(labels: np.ndarray, fits: np.ndarray, found: dict[int, float]) -> list[int]:
    """Clusters that are not found again and whose opinions have little in common, for these vectors: what is left over when the
    others are made."""
    means = {each: float(fits[labels == each].mean()) for each in np.unique(labels).tolist() if each >= 0}
    usual = float(np.median(list(means.values()))) if means else 0.0
    return [each for each, mean in means.items() if mean < LITTLE * usual and found.get(each, 1.0) < LOST]


def middles(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean of every cluster's vectors."""
    sums = np.zeros((labels.max() + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    return sums / np.maximum(1, np.bincount(labels))[:, None]


def normalized(vectors: np.ndarray) -> np.ndarray:
    """The vectors at length one, zeros as they are: float32."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros(vectors.shape, np.float32), where=lengths > 1e-6)


def drawn(count: int, most: int, seed: int) -> np.ndarray:
    """Places of a share of so many, `most` at most."""
    return np.sort(np.random.default_rng(seed).choice(count, min(most, max(2, round(KEPT * count))), replace=False))
