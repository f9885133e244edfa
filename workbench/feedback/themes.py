"""Vectors into themes.  [sklearn]

Fewer than FEW opinions: agglomerative with average linkage, cut at a cosine. More: KMeans that begins at the groups of Ward's
method over a sample, which comes out better than drawn beginnings (banking77, 3,000 queries, 77 themes: NMI 0.798 against
0.777 to 0.785) and takes seconds for 100,000. The number of themes is the smallest whose silhouette lies within one standard
error, over seeds, of the best. How stable they are is measured by KMeans from drawn beginnings: the adjusted Rand index
between seeds (Hubert and Arabie 1985), and for each theme how well it is found again (mean Jaccard similarity, Hennig 2007).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workbench.nouns.feedback import Estimate

FEW = 30  # opinions below which they are joined one by one
SEEDS = 5  # that stability is measured over
TRIES = 3  # seeds by which the number of themes is chosen
MOST_THEMES = 40  # that are looked for where nobody says how many; more than anybody reads
SAMPLE = 2_000  # opinions by which the number of themes is chosen
WARD = 4_000  # opinions that Ward's method joins
STABLE = 5_000  # opinions over which seeds are compared
DIMENSIONS = 100  # of vectors made of counts
FAR = 3.0  # robust standard deviations below the median from which an opinion is in no theme
LEAST = 2  # opinions of a theme

UNKNOWN = Estimate(None, None, None, 0, "adjusted Rand index, lowest and highest of all pairs")

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


def cluster(vectors: np.ndarray, close: float, themes: int | None = None, tell: Tell = lambda *_: None) -> Clustering:
    """Clusters of unit vectors (float32, one a row): `themes` many, else as many as suit them. A vector of zeros is in none.
    `close` is the cosine up to which a few are joined."""
    some = np.flatnonzero(vectors.any(axis=1))
    held = vectors[some]
    different = len(np.unique(held, axis=0))
    silhouettes: list[Silhouette] = []
    stability = UNKNOWN
    found: dict[int, float] = {}
    if len(held) < FEW or different <= (themes or 0):
        labels, method = joined(held, close, min(themes or 0, different)), "agglomerative"
    else:
        method = "kmeans"
        silhouettes = [] if themes else tried(held, different, tell)
        wanted = themes or smallest(silhouettes)
        labels = refined(held, beginnings(held, wanted))
        stability, found = agreement(held, labels, wanted, tell)
    fits = np.zeros(len(held), np.float32)
    if len(held):
        fits = np.einsum("rd,rd->r", held, normalized(middles(held, labels))[labels]).clip(0, 1)
        labels = without_strays(labels, fits)
    order = [int(each) for each in np.argsort(-np.bincount(labels + 1)[1:], kind="stable")]
    order = [each for each in order if (labels == each).any()]
    of, every = np.full(len(vectors), -1, np.int32), np.zeros(len(vectors), np.float32)
    rank = {each: place for place, each in enumerate(order)} | {-1: -1}
    of[some], every[some] = [rank[each] for each in labels.tolist()], fits
    return Clustering(
        of, every, method, tuple((each.number, each.mean) for each in silhouettes), stability, tuple(found.get(each) for each in order))


def joined(vectors: np.ndarray, close: float, themes: int) -> np.ndarray:
    """A few vectors joined one by one, down to `themes` clusters, or with 0 as long as their mean cosine is `close`."""
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return np.zeros(len(vectors), np.int64)
    cut = {"n_clusters": themes} if themes else {"n_clusters": None, "distance_threshold": 1 - close}
    return AgglomerativeClustering(metric="cosine", linkage="average", **cut).fit_predict(vectors)


def parted(vectors: np.ndarray, number: int | None, most: int) -> list[int]:
    """The part of every vector, none left out: `number` parts, else up to `most`, as many as suit them. One part where there are
    not two different vectors."""
    vectors = normalized(vectors)
    different = len(np.unique(vectors, axis=0))
    wanted = min(number or min(most, different - 1 if different > 2 else 2), different)
    if wanted < 2:
        return [0] * len(vectors)
    if number is None and len(vectors) >= FEW:
        wanted = smallest(tried(vectors, min(different, most + 1), lambda *_: None))
    elif number is None:
        wanted = 2
    return [int(each) for each in refined(vectors, beginnings(vectors, wanted))]


def tried(vectors: np.ndarray, different: int, tell: Tell) -> list[Silhouette]:
    """How well every number of clusters suits, over TRIES seeds."""
    from sklearn.metrics import silhouette_score

    most = max(2, min(MOST_THEMES, int(len(vectors) ** 0.5), different - 1))
    numbers = sorted({min(most, round(2 * 1.17**step)) for step in range(40)})
    some = sample(vectors, SAMPLE)
    found = []
    for place, number in enumerate(numbers):
        tell(place, len(numbers) + SEEDS)
        scores = []
        for seed in range(TRIES):
            labels = drawn(some, min(number, len(some) - 1), seed)
            scores.append(float(silhouette_score(some, labels, metric="cosine")) if 1 < len(set(labels.tolist())) < len(some) else -1.0)
        found.append(Silhouette(number, float(np.mean(scores)), float(np.std(scores, ddof=1) / TRIES**0.5)))
    return found


def smallest(silhouettes: Sequence[Silhouette]) -> int:
    """The smallest number of clusters that is as good as the best, within one standard error of it."""
    best = max(silhouettes, key=lambda each: each.mean)
    return min(each.number for each in silhouettes if each.mean >= best.mean - best.error)


def beginnings(vectors: np.ndarray, number: int) -> np.ndarray:
    """The middles of the groups that Ward's method makes of a sample."""
    from sklearn.cluster import AgglomerativeClustering

    some = sample(vectors, WARD)
    return middles(some, AgglomerativeClustering(number).fit_predict(some))


def refined(vectors: np.ndarray, start: np.ndarray) -> np.ndarray:
    """KMeans from given middles."""
    from sklearn.cluster import KMeans

    return KMeans(len(start), init=start, n_init=1, max_iter=100).fit_predict(vectors)


def drawn(vectors: np.ndarray, number: int, seed: int) -> np.ndarray:
    """KMeans from middles that are drawn."""
    from sklearn.cluster import KMeans

    return KMeans(number, n_init=1, max_iter=100, random_state=seed).fit_predict(vectors)


def agreement(vectors: np.ndarray, labels: np.ndarray, number: int, tell: Tell) -> tuple[Estimate, dict[int, float]]:
    """How alike the clusters of different seeds are, the mean with the lowest and highest of all pairs, and for every cluster
    how well it is found again."""
    from sklearn.metrics import adjusted_rand_score

    places = sampled(len(vectors), STABLE)
    some, mine = vectors[places], labels[places]
    runs = []
    for seed in range(SEEDS):
        tell(seed, SEEDS)
        runs.append(drawn(some, min(number, len(some)), seed))
    pairs = [float(adjusted_rand_score(one, two)) for one, two in combinations(runs, 2)]
    stability = Estimate(float(np.mean(pairs)), min(pairs), max(pairs), SEEDS, UNKNOWN.method)
    again = {
        int(each): float(np.mean([jaccard(mine == each, run) for run in runs])) for each in np.unique(mine)}
    return stability, again


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


def middles(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean of every cluster's vectors."""
    sums = np.zeros((labels.max() + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    return sums / np.maximum(1, np.bincount(labels))[:, None]


def normalized(vectors: np.ndarray) -> np.ndarray:
    """The vectors at length one, zeros as they are: float32."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros(vectors.shape, np.float32), where=lengths > 1e-6)


def sampled(count: int, most: int) -> np.ndarray:
    """Places of `most` of so many, always the same."""
    return np.arange(count) if count <= most else np.sort(np.random.default_rng(7).choice(count, most, replace=False))


def sample(vectors: np.ndarray, most: int) -> np.ndarray:
    """`most` of the vectors, always the same."""
    return vectors[sampled(len(vectors), most)]
