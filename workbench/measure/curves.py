"""Where a curve through what was measured meets a level. Pure.

Effective size: the size of a model that alone answers as many questions as a small one does with documents, on a line through the
measured models over the logarithm of their sizes (the published cousins: RETRO's 25 times, Borgeaud et al. 2022; Atlas' 50 times,
Izacard et al. 2023). Nothing is said beyond the models that were measured.
"""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from workbench.measure import statistics
from workbench.nouns.measure import Estimate


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
