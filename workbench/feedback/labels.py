"""What tells a theme from the others of its language: class-based TF-IDF (Grootendorst 2022). Pure.

The weight of a term in a theme is its share of the theme's terms times log(1 + A / f): f is how often it occurs in all themes
and A how many terms a theme has on average. Two terms side by side are a term too, if they often are.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from workbench.feedback.terms import Term, shown

SHOWN = 5  # terms of a theme
NAMING = 3  # of them in its label
JOINED = 1.4  # how much more two terms side by side say than one
LOOSE = 0.6  # how much less a verb says than a noun
Key = tuple[str, ...]


def labels(terms: Sequence[Sequence[Term | None]], of: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The SHOWN terms of every theme, the most telling first, as they are written most often; `terms` are those of every
    opinion, `of` is its theme. Opinions of a negative theme count in none."""
    counts: dict[int, Counter[Key]] = {}
    for each, theme in zip(terms, of, strict=True):
        if theme >= 0:
            counts.setdefault(theme, Counter()).update(keys(each))
    total: Counter[Key] = Counter()
    for count in counts.values():
        total.update(count)
    average = sum(total.values()) / max(1, len(counts))
    loose = {term.key for each in terms for term in each if term is not None and not term.firm}
    chosen = {theme: telling(count, total, average, loose) for theme, count in counts.items()}
    written = shown({key for some in chosen.values() for each in some for key in each}, terms)
    return {theme: tuple(" ".join(written[key] for key in each) for each in some) for theme, some in chosen.items()}


def keys(terms: Sequence[Term | None]) -> set[Key]:
    """The terms of an opinion and its pairs of neighbors, each once."""
    single = {(term.key,) for term in terms if term is not None}
    pairs = {(one.key, two.key) for one, two in pairwise(terms) if one is not None and two is not None and one.key != two.key}
    return single | pairs


def telling(count: Counter[Key], total: Counter[Key], average: float, loose: Collection[str]) -> list[Key]:
    """The most telling terms of a theme; none holds a word of another."""
    size = sum(count.values())
    least = 2 if max(count.values(), default=0) > 1 else 1

    def worth(key: Key) -> float:
        return count[key] / size * math.log(1 + average / total[key]) * (JOINED if len(key) > 1 else LOOSE if key[0] in loose else 1)

    found: list[Key] = []
    for key in sorted(count, key=lambda key: (-worth(key), key)):
        if count[key] >= least and (len(key) == 1 or count[key] >= 3) and not any(set(key) & set(other) for other in found):
            found.append(key)
            if len(found) == SHOWN:
                break
    return found


def label(terms: Sequence[str], quote: str) -> str:
    """What a theme is called: its first terms, or where it has none the beginning of a quote."""
    return ", ".join(terms[:NAMING]) or (quote if len(quote) <= 40 else f"{quote[:40].rstrip()} …")
