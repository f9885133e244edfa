"""Curves through what was measured, and where they meet. Pure.

Effective size: the size of a model that alone answers as many questions as a small one does with documents, on a line through the
measured models over the logarithm of their sizes (the published cousins: RETRO's 25 times, Borgeaud et al. 2022; Atlas' 50 times,
Izacard et al. 2023). Nothing is said beyond the models that were measured.

Popularity: how the share of right answers changes with how well known a thing is, alone and with documents, as lines of log-odds
over the logarithm of popularity (Mallen et al. 2023: what is known to few is what retrieval has to supply, and what is known
to many it may spoil).
"""

import zlib
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from workbench.measure import statistics
from workbench.nouns.figures import Band, Popularity
from workbench.nouns.measure import Estimate

BANDS, LEAST_IN_BAND = 5, 10
LEAST_KNOWN = 30  # questions of known popularity from which a curve is drawn
STEPS = 12  # of Newton's method, which is there after six
SCALE = 2.5  # standard deviation of what is believed of a slope beforehand, a standard deviation of popularity being one step


def effective_size(alone: Mapping[int, Sequence[bool]], together: Sequence[bool], clusters: Sequence[Hashable]) -> Estimate:
    """Parameters of a model that alone answers as many questions as `together`, from what models of some numbers of parameters
    answer alone, over the same questions. Where that is outside of them: the largest or the smallest with `beyond_largest` or
    `below_smallest`. An end of the interval that is outside is None. A larger model that answers fewer is taken for as good as
    the smaller one. Raises ValueError for fewer than two sizes."""
    sizes = sorted(alone)
    if len(sizes) < 2:
        raise ValueError("a line takes two sizes")
    columns = np.column_stack([np.asarray(each, np.float64) for each in (*(alone[size] for size in sizes), together)])
    sums, count = statistics.cluster_sums(columns, clusters)
    logs = np.log(np.asarray(sizes, np.float64))
    value = meeting(columns.sum(0)[None, :], logs)[0]
    low, high = statistics.interval(meeting(statistics.drawn(count) @ sums, logs), count)
    why = "beyond_largest" if value > logs[-1] else "below_smallest" if value < logs[0] else ""
    return Estimate(
        float(np.exp(np.clip(value, logs[0], logs[-1]))), float(np.exp(low)) if logs[0] <= low <= logs[-1] else None,
        float(np.exp(high)) if logs[0] <= high <= logs[-1] else None, len(together), "bootstrap", why)


def meeting(sums: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """Where the last column meets the line through the others over `logs`, a row at a time: float64 of shape (rows, columns) gives
    (rows,), one below the first place or one above the last where it does not."""
    found = np.empty(len(sums))
    for row, values in enumerate(sums):
        line, level = np.maximum.accumulate(values[:-1]), values[-1]
        found[row] = logs[0] - 1 if level < line[0] else logs[-1] + 1 if level > line[-1] else np.interp(level, *rising(line, logs))
    return found


def rising(line: np.ndarray, logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A line without its level stretches, of which the smallest model stands for all."""
    firsts = np.concatenate(([True], np.diff(line) > 0))
    return line[firsts], logs[firsts]


def popularity(
    known: Sequence[float], closed: Sequence[bool], rag: Sequence[bool], clusters: Sequence[Hashable]
) -> Popularity | None:
    """How the right answers of the model alone and with the documents change with the popularity of what is asked, a question
    a place; popularities are positive. None for fewer than LEAST_KNOWN questions, or where all are equally popular."""
    logs = np.log10(np.asarray(known, np.float64))
    if len(logs) < LEAST_KNOWN or np.ptp(logs) == 0:
        return None
    owner, count = statistics.owners(clusters)
    weights = np.vstack((np.ones(len(logs)), statistics.drawn(count)[:, owner]))  # the questions as they are, then the draws
    steps = (logs - logs.mean()) / logs.std()
    lines = [log_odds(steps, np.asarray(each, np.float64), weights) for each in (closed, rag)]

    def slope(line: np.ndarray) -> Estimate:
        values = line[:, 1] / logs.std()
        return Estimate(float(values[0]), *statistics.interval(values[1:], count), len(logs), "bootstrap")

    return Popularity(
        bands(logs, closed, rag, clusters), slope(lines[0]), slope(lines[1]), crossing(lines[1] - lines[0], steps, logs, count),
        *gated(logs, np.asarray(closed, bool), np.asarray(rag, bool), clusters))


def log_odds(steps: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Logistic regression of outcomes on `steps`, both float64 of shape (questions,), once a row of `weights`, (rows, questions):
    level and slope, (rows, 2). What is believed beforehand (normal, SCALE) keeps a slope finite where outcomes part without a
    remainder, and a level where there is but one outcome (Gelman et al. 2008)."""
    found = np.zeros((len(weights), 2))
    prior = np.array([1 / (4 * SCALE) ** 2, 1 / SCALE**2])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-np.clip(found[:, :1] + found[:, 1:] * steps, -30, 30)))
        off, spread = weights * (right - share), weights * share * (1 - share)
        gradient = np.column_stack((off.sum(1), off @ steps)) - found * prior
        level, both, slope = spread.sum(1) + prior[0], spread @ steps, spread @ steps**2 + prior[1]
        size = level * slope - both**2
        found += np.column_stack((
            (slope * gradient[:, 0] - both * gradient[:, 1]) / size, (level * gradient[:, 1] - both * gradient[:, 0]) / size))
    return found


def crossing(apart: np.ndarray, steps: np.ndarray, logs: np.ndarray, clusters: int) -> Estimate:
    """The popularity above which documents no longer help: where the line of the lift, (rows, 2) of level and slope over
    `steps`, falls through nothing. Where it does not within what was asked: `always` or `never` as the reason; an end of
    the interval that is outside is None."""
    first, last = float(steps.min()), float(steps.max())
    with np.errstate(divide="ignore", invalid="ignore"):
        place = np.where(apart[:, 1] < 0, -apart[:, 0] / apart[:, 1], np.where(apart[:, 0] > 0, np.inf, -np.inf))
    low, high = statistics.interval(np.clip(place[1:], first - 1, last + 1), clusters)

    def told(step: float) -> float | None:
        return float(10 ** (logs.mean() + step * logs.std())) if first <= step <= last else None

    why = "always" if place[0] > last else "never" if place[0] < first else ""
    return Estimate(None if why else told(float(place[0])), told(low), told(high), len(steps), "bootstrap", why)


def bands(logs: np.ndarray, closed: Sequence[bool], rag: Sequence[bool], clusters: Sequence[Hashable]) -> tuple[Band, ...]:
    """Bands of equally many questions, the least popular first."""
    order = np.argsort(logs, kind="stable")
    return tuple(
        Band(float(10 ** logs[places].mean()), *(
            statistics.share([bool(each[place]) for place in places], [clusters[place] for place in places]) for each in (closed, rag)))
        for places in np.array_split(order, min(BANDS, len(logs) // LEAST_IN_BAND)))


def gated(logs: np.ndarray, closed: np.ndarray, rag: np.ndarray, clusters: Sequence[Hashable]) -> tuple[float | None, Estimate, Estimate]:
    """Reading documents only up to some popularity: the popularity that answers most on one half of the documents, None where to
    read them always does; on the other half what that gains over reading them always, and the share of questions read for."""
    half = np.array([zlib.crc32(str(each).encode()) % 2 == 0 for each in clusters])
    limits = [*sorted(set(logs[half])), np.inf]
    scores = [np.where(logs[half] <= limit, rag[half], closed[half]).sum() for limit in limits]
    limit = max(zip(scores, limits, strict=True), default=(0, np.inf))[1]  # of equal ones the highest
    held = [each for each, here in zip(clusters, half, strict=True) if not here]
    reads = logs[~half] <= limit
    gain = statistics.difference(np.where(reads, rag[~half], closed[~half]), rag[~half], held)
    return None if limit == np.inf else float(10**limit), gain, statistics.share(list(reads), held)
