"""How often intervals hold the truth, in simulated measurements whose questions hang together by document and by question."""

from statistics import NormalDist

import numpy as np

from workbench.measure.statistics import difference, ratio, share


def coverage(n: int, documents: int, runs: int) -> dict[str, float]:
    """How often the interval of each figure holds the true one; the closed-book share is 0.1, with documents 0.4, of the
    reference 0.5."""
    draws, cluster = np.random.default_rng(5), np.arange(n) * documents // n
    held: dict[str, list[bool]] = {"share": [], "lift": [], "gap closed": []}
    for _ in range(runs):
        common = draws.normal(size=documents)[cluster] * 0.15**0.5 + draws.normal(size=n) * 0.35**0.5
        closed, rag, reference = (
            (common + draws.normal(size=n) * 0.5**0.5 < NormalDist().inv_cdf(level)).astype(float) for level in (0.1, 0.4, 0.5))
        for name, true, found in (
            ("share", 0.4, share(rag > 0, cluster)), ("lift", 0.3, difference(rag, closed, cluster)),
            ("gap closed", 0.75, ratio(rag - closed, reference - closed, cluster)),
        ):
            held[name].append(found.low <= true <= found.high)
    return {name: sum(each) / runs for name, each in held.items()}
