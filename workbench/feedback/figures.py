"""Everything counted of a sorting: rows a theme, shares with intervals, feelings, quotes, periods, groups. Pure.

A row counts once for a theme, however many of its opinions are in it, and can count for several themes; it counts as other only
where it has none, as in the table of rows. A row that repeats another counts with the themes of that one, and with its own rating, day and group. Shares are of the rows of one language.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from workbench.feedback.cells import Scale
from workbench.intervals import LEVEL, around
from workbench.nouns import Language
from workbench.nouns.feedback import (
    OTHER,
    Estimate,
    Feedback,
    Figures,
    Mood,
    Quote,
    Row,
    Section,
    Shift,
    Sorting,
    Theme,
    ThemeFigures,
    Unit,
)
from workbench.retrieval.lexical import terms

DRAWS = 2_000  # of the bootstrap
FEW_RATINGS = 10  # below which a mean's interval is Wilson's, which any mean between two bounds is within
QUOTES = 3
CANDIDATES = 80  # opinions nearest to the middle of a theme that quotes are chosen from
LIKE = 0.4  # share of common terms from which two quotes say the same
BRIEF, LONG = 12, 260  # characters between which a quote reads well
WEEKS, MONTHS = 26, 60  # periods that are shown at most before longer ones are taken
DATED = 40  # rows with a day from which two halves are compared
MOST_GROUPS = 12
LOW, HIGH = 0.4, 0.6  # of the scale: a rating below complains, above praises


def wilson(hits: float, n: int) -> Estimate:
    """A share with Wilson's interval (1927); none of nothing."""
    return Estimate(hits / n, *around(hits / n, n), n, "wilson") if n else Estimate(None, None, None, 0, "wilson")


def difference(before: tuple[int, int], after: tuple[int, int], level: float) -> Estimate:
    """The difference of two shares, each (hits, n), with Newcombe's interval (1998)."""
    one, two = before[0] / before[1], after[0] / after[1]
    (one_low, one_high), (two_low, two_high) = around(one, before[1], level), around(two, after[1], level)
    low = two - one - math.hypot(two - two_low, one_high - one)
    high = two - one + math.hypot(two_high - two, one - one_low)
    return Estimate(two - one, low, high, before[1] + after[1], f"newcombe, {100 * level:.1f} %")


def mean(values: Sequence[float], scale: Scale) -> Estimate:
    """A mean rating: its interval by the bootstrap, of a few values by Wilson's, which is wider."""
    if not values:
        return Estimate(None, None, None, 0, "bootstrap")
    found = sum(values) / len(values)
    if len(values) < FEW_RATINGS:
        least, most = scale
        low, high = (least + end * (most - least) for end in around((found - least) / (most - least), len(values)))
        return Estimate(found, low, high, len(values), "wilson")
    kinds, counts = np.unique(np.asarray(values, float), return_counts=True)
    drawn = np.random.default_rng(7).multinomial(len(values), counts / len(values), DRAWS) @ kinds / len(values)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(found, float(low), float(high), len(values), "bootstrap")


@dataclass(frozen=True, slots=True)
class Counting:
    """What all themes of a feedback are counted with: of every row that repeats none the places that say the same."""

    feedback: Feedback
    alike: dict[int, list[int]]
    rated: bool

    def rows(self, firsts: Iterable[int]) -> list[int]:
        """The places of these rows and of those that repeat them."""
        return [place for first in firsts for place in self.alike[first]]


def figures(feedback: Feedback, sorting: Sorting) -> Figures:
    """The figures of a sorting."""
    rows = feedback.rows
    alike: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        alike[place if row.same < 0 else row.same].append(place)
    counting = Counting(feedback, alike, feedback.scale is not None)
    languages = [each.language for each in feedback.found]
    exact = sum(row.same >= 0 and plain(row) == plain(rows[row.same]) for row in rows)
    worded = [row for row in rows if row.language]
    return Figures(
        rows=feedback.total,
        read=len(rows),
        empty=len(rows) - len(worded),
        exact=exact,
        near=sum(row.same >= 0 for row in rows) - exact,
        undated=sum(not row.day for row in worded) if any(row.day for row in worded) else 0,
        unrated=sum(row.rating is None for row in worded) if counting.rated else 0,
        sections=tuple(sorted((section(counting, sorting, language) for language in languages), key=lambda each: -each.rows)),
    )


def plain(row: Row) -> str:
    """A text without case and white space that differ."""
    return " ".join(row.text.lower().split())


def section(counting: Counting, sorting: Sorting, language: Language) -> Section:
    """One language in figures, its largest themes first."""
    rows = counting.feedback.rows
    every = [place for place, row in enumerate(rows) if row.language == language]
    within = frozenset(every)
    of: dict[int, list[Unit]] = defaultdict(list)
    for unit, theme in zip(counting.feedback.units, sorting.of, strict=True):
        if unit.row in within:
            of[theme].append(unit)
    mine = [theme for theme in sorting.themes if theme.language == language]
    span = periods(sorted(rows[place].day for place in every if rows[place].day))
    names = groups(rows[place].group for place in every)
    halves = halved(rows, every)
    counted = [one(counting, theme, of[theme.id], every, span, names, halves, len(mine)) for theme in mine]
    counted.sort(key=lambda each: (-each.count, each.theme.id))
    themed = {unit.row for theme, units in of.items() if theme != OTHER for unit in units}
    nowhere = [unit for unit in of[OTHER] if unit.row not in themed]
    return Section(
        language=language,
        rows=len(every),
        units=sum(map(len, of.values())),
        mood=mood(counting, [unit for units in of.values() for unit in units], every),
        themes=tuple(counted),
        other=replace(one(counting, Theme(OTHER, language, "", ()), nowhere, every, span, names, None, len(mine)), units=len(of[OTHER])),
        periods=tuple(span),
        period_rows=tuple(per_period(rows, every, span)),
        groups=tuple(names),
        group_rows=tuple(len(each) for each in per_group(rows, every, names)),
    )


def one(
    counting: Counting, theme: Theme, units: Sequence[Unit], every: Sequence[int], span: Sequence[str], names: Sequence[str],
    halves: "Halves | None", themes: int,
) -> ThemeFigures:
    """One theme in figures."""
    rows = counting.feedback.rows
    places = sorted(counting.rows({unit.row for unit in units}))
    of_group = per_group(rows, every, names)
    mine = per_group(rows, places, names)
    return ThemeFigures(
        theme=theme,
        count=len(places),
        share=wilson(len(places), len(every)),
        units=len(units),
        mood=mood(counting, units, places),
        quotes=quotes(counting.feedback, units),
        trend=tuple(per_period(rows, places, span)),
        groups=tuple(wilson(len(some), len(all_)) for some, all_ in zip(mine, of_group, strict=True)),
        shift=halves.shift(places, themes) if halves else None,
    )


def mood(counting: Counting, units: Sequence[Unit], places: Sequence[int]) -> Mood:
    """What rows feel: by their ratings, where there are ratings, else by the feeling of their opinions among `units`, the
    sign of the sum."""
    feedback = counting.feedback
    if feedback.scale is not None:
        least, most = feedback.scale
        values = [value for place in places if (value := feedback.rows[place].rating) is not None]
        stands = [(value - least) / (most - least) for value in values]
        positive, negative = sum(each > HIGH for each in stands), sum(each < LOW for each in stands)
        return Mood(wilson(positive, len(values)), wilson(negative, len(values)), mean(values, feedback.scale), "ratings")
    sums: Counter[int] = Counter()
    for unit in units:
        sums[unit.row] += (unit.feeling == "positive") - (unit.feeling == "negative")
    felt = [sums[feedback.rows[place].same if feedback.rows[place].same >= 0 else place] for place in places]
    return Mood(wilson(sum(each > 0 for each in felt), len(felt)), wilson(sum(each < 0 for each in felt), len(felt)), None, "classifier")


def quotes(feedback: Feedback, units: Sequence[Unit], most: int = QUOTES) -> tuple[Quote, ...]:
    """The opinions nearest to the middle of a theme, of different rows and in different words; those of a readable length
    before others."""
    nearest = sorted(units, key=lambda unit: (-unit.fit, unit.row, unit.start))[:CANDIDATES]
    readable = [unit for unit in nearest if BRIEF <= unit.end - unit.start <= LONG]
    chosen: list[tuple[Unit, set[str]]] = []
    for unit in [*readable, *(each for each in nearest if each not in readable)]:
        words = set(terms(feedback.rows[unit.row].text[unit.start : unit.end]))
        new = all(unit.row != other.row and len(words & said) <= LIKE * len(words | said) for other, said in chosen)
        if new and len(chosen) < most:
            chosen.append((unit, words))
    return tuple(quote(feedback, unit) for unit, _ in chosen)


def quote(feedback: Feedback, unit: Unit) -> Quote:
    """An opinion letter for letter."""
    row = feedback.rows[unit.row]
    return Quote(unit.row, row.number, unit.start, unit.end, row.text[unit.start : unit.end])


def periods(days: Sequence[str]) -> list[str]:
    """The first days of the weeks, months or years from the first of the days to the last, as many as can be looked at."""
    if not days:
        return []
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    monday = first - timedelta(first.weekday())
    if (last - monday).days < 7 * WEEKS:
        return [(monday + timedelta(7 * week)).isoformat() for week in range((last - monday).days // 7 + 1)]
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if months <= MONTHS:
        return [f"{first.year + (first.month - 1 + month) // 12}-{(first.month - 1 + month) % 12 + 1:02}-01" for month in range(months)]
    return [f"{year}-01-01" for year in range(first.year, last.year + 1)]


def per_period(rows: Sequence[Row], places: Iterable[int], span: Sequence[str]) -> list[int]:
    """How many of the rows lie in every period."""
    counts = Counter(bisect_right(span, rows[place].day) - 1 for place in places if rows[place].day)
    return [counts[number] for number in range(len(span))]


def groups(names: Iterable[str]) -> list[str]:
    """The names of the largest groups; an empty one at the end stands for all others, where there are any."""
    counts = Counter(name for name in names)
    named = [name for name, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if name]
    rest = [""] if len(named) > MOST_GROUPS or (named and counts[""]) else []
    return named[:MOST_GROUPS] + rest


def per_group(rows: Sequence[Row], places: Iterable[int], names: Sequence[str]) -> list[list[int]]:
    """The rows of every group, those of groups without a place of their own in the last."""
    number = {name: place for place, name in enumerate(names)}
    found: list[list[int]] = [[] for _ in names]
    for place in places if names else ():
        found[number.get(rows[place].group, len(names) - 1)].append(place)
    return found


@dataclass(frozen=True, slots=True)
class Halves:
    """The rows before and after the day that parts them most evenly."""

    earlier: frozenset[int]
    later: frozenset[int]

    def shift(self, places: Iterable[int], themes: int) -> Shift:
        """How the share of a theme moved. The interval is as wide as so many comparisons at once ask for (Bonferroni)."""
        mine = frozenset(places)
        before, after = ((len(mine & half), len(half)) for half in (self.earlier, self.later))
        return Shift(wilson(*before), wilson(*after), difference(before, after, 1 - (1 - LEVEL) / max(1, themes)))


def halved(rows: Sequence[Row], places: Sequence[int]) -> Halves | None:
    """The earlier and the later half of the rows with a day; None where there are too few, or all on one day."""
    dated = sorted((rows[place].day, place) for place in places if rows[place].day)
    if len(dated) < DATED:
        return None
    middle = dated[len(dated) // 2][0]
    before: Callable[[str], bool] = (lambda day: day < middle) if dated[0][0] < middle else (lambda day: day <= middle)
    earlier = frozenset(place for day, place in dated if before(day))
    later = frozenset(place for _, place in dated) - earlier
    return Halves(earlier, later) if earlier and later else None
