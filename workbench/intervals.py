"""The interval of a share, for everything that counts."""

import math
from functools import lru_cache
from statistics import NormalDist

LEVEL = 0.95


def around(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval (1927) of a share of n; n need not be whole."""
    z = score(level)
    spread = z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return 0.0 if share == 0 else middle - half, 1.0 if share == 1 else middle + half


@lru_cache
def score(level: float) -> float:
    """The normal quantile of a two-sided interval."""
    return NormalDist().inv_cdf((1 + level) / 2)
