"""Intervals and tests for figures over questions. Pure; 95 % everywhere.

The questions on one document are a cluster: they are not independent of each other (Miller 2024). Shares: Wilson (1927),
for as many questions as the clusters are worth (Korn and Graubard 1998). Means, differences and ratios: the bootstrap over
clusters; numerator and denominator are drawn together, and percentiles expanded as Hesterberg (2015) does, since those of few
clusters are too narrow. Two recipes over the same questions: McNemar's test, exact; several of them: Holm (1979).
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import NormalDist, median

import numpy as np

from workbench.intervals import LEVEL, around, score
from workbench.nouns.measure import Bin, Estimate, SampleCard

DRAWS = 2000
SEED = 20_240_601
Z = score(LEVEL)
MOST_BINS = 10
LEAST_IN_BIN = 15
# Of the sample-size formula, rounded as it is tabulated: 5 % two-sided, 80 % power.
Z_ALPHA, Z_POWER = 1.96, 0.84

Numbers = Sequence[float] | np.ndarray


def ranged(values: Sequence[float]) -> Estimate:
    """The middle of some runs between the least and the most."""
    return Estimate(median(values), min(values), max(values), len(values), "range")


def wilson(hits: int, n: int) -> Estimate:
    """A share with Wilson's interval; none of nothing."""
    if not n:
        return Estimate(None, None, None, 0, "wilson", "no_questions")
    low, high = around(hits / n, n)
    return Estimate(hits / n, low, high, n, "wilson")


def share(right: Sequence[bool], clusters: Sequence[Hashable]) -> Estimate:
    """How many are right: Wilson's interval of as many independent questions as have the variance of these clusters."""
    so = np.asarray(right, np.float64)
    n = len(so)
    value = float(so.mean()) if n else 0.0
    if not n or value in (0.0, 1.0):
        return wilson(int(so.sum()), n)
    off, count = cluster_sums((so - value)[:, None], clusters)
    if count < 2:
        return replace(wilson(int(so.sum()), n), why="one_document")
    inflated = float((off**2).sum()) * count / (count - 1) / (n * value * (1 - value))
    low, high = around(value, n / max(1.0, inflated) * (Z / student(count - 1)) ** 2)
    return Estimate(value, low, high, n, "wilson")


def mcnemar(rescued: int, harmed: int) -> float:
    """Exact two-sided p-value of McNemar's test: how likely so uneven a change of the answers is by chance."""
    changed, fewer = rescued + harmed, min(rescued, harmed)
    tail = sum(math.comb(changed, count) for count in range(fewer + 1))
    return min(1.0, 2 * tail / 2**changed)


def holm(values: Sequence[float]) -> list[float]:
    """P-values corrected for their number, in their order."""
    corrected = [1.0] * len(values)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda place: values[place])):
        least = max(least, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = least
    return corrected


def owners(clusters: Sequence[Hashable]) -> tuple[np.ndarray, int]:
    """The cluster of each question as a number, int64 of shape (questions,), and how many clusters there are."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in clusters], np.int64), len(numbers)


@lru_cache(maxsize=8)
def drawn(count: int) -> np.ndarray:
    """How often each of so many clusters is in each draw, float64 of shape (draws, clusters); always the same."""
    return np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), DRAWS).astype(np.float64)


def cluster_sums(columns: np.ndarray, clusters: Sequence[Hashable]) -> tuple[np.ndarray, int]:
    """The sums of columns, float64 of shape (questions, columns), in every cluster: shape (clusters, columns)."""
    owner, count = owners(clusters)
    sums = np.zeros((count, columns.shape[1]))
    np.add.at(sums, owner, columns)
    return sums, count


def interval(values: np.ndarray, clusters: int) -> tuple[float, float]:
    """The middle of the draws. Percentiles as far out as the t distribution of so many clusters asks for."""
    if clusters < 2:
        return float(values.min()), float(values.max())
    outside = NormalDist().cdf(-math.sqrt(clusters / (clusters - 1)) * student(clusters - 1))
    low, high = np.quantile(values, (outside, 1 - outside))
    return float(low), float(high)


def student(freedom: int) -> float:
    """The 97.5 % quantile of the t distribution (Cornish-Fisher, Abramowitz and Stegun 26.7.5; within 0.2 % from 4 degrees
    of freedom on)."""
    g1 = (Z**3 + Z) / 4
    g2 = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    g3 = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    g4 = (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92160
    return Z + g1 / freedom + g2 / freedom**2 + g3 / freedom**3 + g4 / freedom**4


def mean(values: Numbers, clusters: Sequence[Hashable]) -> Estimate:
    """A mean of scores from 0 to 1 over questions. Raises ValueError for others: a difference reaches below, a length beyond."""
    if len(values) and not (np.min(values) >= 0 and np.max(values) <= 1):
        raise ValueError("scores lie from 0 to 1")
    return settled(ratio(values, np.ones(len(values)), clusters), values, clusters, 0.0)


def difference(one: Numbers, other: Numbers, clusters: Sequence[Hashable]) -> Estimate:
    """The difference of two means over the same questions, the first less the other, from −1 to 1."""
    values = np.asarray(one, np.float64) - np.asarray(other, np.float64)
    return settled(ratio(values, np.ones(len(values)), clusters), values, clusters, -1.0)


def settled(found: Estimate, values: Numbers, clusters: Sequence[Hashable], least: float) -> Estimate:
    """A mean whose draws are all the same, because its values are: that nothing else was seen in so many clusters leaves what
    is seen in less than 1 − 0.025^(1/n) of them (Clopper and Pearson 1934), which a bootstrap cannot know."""
    if found.value is None or np.ptp(values) > 0:
        return found
    unseen = 1 - ((1 - LEVEL) / 2) ** (1 / owners(clusters)[1])
    return replace(found, low=max(least, found.value - unseen), high=min(1.0, found.value + unseen), method="exact")


def ratio(over: Numbers, under: Numbers, clusters: Sequence[Hashable]) -> Estimate:
    """The sum of one column over the sum of another, resampled together. None where the denominator is nothing; draws in
    which it is are left out."""
    n = len(over)
    if not n or not np.sum(under):
        return Estimate(None, None, None, n, "bootstrap", "no_questions")
    sums, count = cluster_sums(np.column_stack((over, under)).astype(np.float64), clusters)
    some = drawn(count) @ sums
    some = some[some[:, 1] != 0]
    low, high = interval(some[:, 0] / some[:, 1], count)
    return Estimate(float(np.sum(over) / np.sum(under)), low, high, n, "bootstrap")


def auroc(confidences: Numbers, right: Sequence[bool], clusters: Sequence[Hashable]) -> Estimate:
    """How likely a right answer is surer of itself than a wrong one (area under the ROC curve; ties count half). None where
    all are right or none is."""
    sure, so = np.asarray(confidences, np.float64), np.asarray(right, bool)
    if so.all() or not so.any():
        return Estimate(None, None, None, len(so), "bootstrap", "one_class")
    above = (sure[so][:, None] > sure[~so]) + 0.5 * (sure[so][:, None] == sure[~so])
    owner, count = owners(clusters)
    times = drawn(count)
    good, bad = times[:, owner[so]], times[:, owner[~so]]
    pairs = good.sum(1) * bad.sum(1)
    some = pairs > 0
    low, high = interval(((good @ above) * bad).sum(1)[some] / pairs[some], count)
    return Estimate(float(above.mean()), low, high, len(so), "bootstrap")


def brier(confidences: Numbers, right: Sequence[bool], clusters: Sequence[Hashable]) -> Estimate:
    """Mean squared distance of confidence and outcome: 0 is perfect, 0.25 is a coin (Brier 1950)."""
    return mean((np.asarray(confidences, np.float64) - np.asarray(right, np.float64)) ** 2, clusters)


def reliability(confidences: Numbers, right: Sequence[bool]) -> tuple[Bin, ...]:
    """Bins of equal mass, the least sure first; none where there are too few answers for one."""
    order = np.argsort(np.asarray(confidences, np.float64), kind="stable")
    count = min(MOST_BINS, len(order) // LEAST_IN_BIN)
    return tuple(
        Bin(float(np.mean(np.asarray(confidences)[places])), wilson(int(np.asarray(right, bool)[places].sum()), len(places)))
        for places in (np.array_split(order, count) if count else ()))


def calibration_error(confidences: Numbers, right: Sequence[bool], clusters: Sequence[Hashable]) -> Estimate:
    """Expected calibration error over bins of equal mass (Guo et al. 2017). At few questions it lies above zero even for
    perfect confidence, and its interval with it."""
    sure, so = np.asarray(confidences, np.float64), np.asarray(right, np.float64)
    bins = min(MOST_BINS, len(sure) // LEAST_IN_BIN)
    if not bins:
        return Estimate(None, None, None, len(sure), "bootstrap", "few_questions")
    order = np.argsort(sure, kind="stable")
    owner, count = owners(clusters)
    weights = drawn(count)[:, owner[order]]
    gaps = (so - sure)[order]
    place = np.minimum((np.cumsum(weights, 1) - weights / 2) * bins / weights.sum(1, keepdims=True), bins - 1).astype(np.int64)
    off = np.zeros(DRAWS)
    for each in range(bins):
        off += np.abs(np.where(place == each, weights * gaps, 0.0).sum(1))
    low, high = interval(off / weights.sum(1), count)
    value = sum(abs(float(gaps[places].sum())) for places in np.array_split(np.arange(len(gaps)), bins)) / len(gaps)
    return Estimate(value, low, high, len(gaps), "bootstrap")


def pairs_needed(difference: float, discordance: float) -> int:
    """Questions to see a difference between two recipes with 80 % power, where they answer such a share of them
    differently (Connor 1987)."""
    root = Z_ALPHA * math.sqrt(discordance) + Z_POWER * math.sqrt(discordance - difference**2)
    return math.ceil((root / difference) ** 2)


def card(n: int) -> SampleCard:
    """What so many questions can tell."""
    return SampleCard(
        n, tuple((share, high - low) for share in (0.05, 0.3, 0.5) for low, high in [around(round(share * n) / n, n)]),
        tuple((share, pairs_needed(0.1, share), pairs_needed(0.05, share)) for share in (0.2, 0.3, 0.4)))
