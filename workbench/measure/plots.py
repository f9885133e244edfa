"""Plots as inline SVG: they work without a network, on paper and in either color scheme. Pure; every word is escaped.

Colors come from the style sheet by class (`wb-lane-…`); each plot says in words what it shows.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from workbench.nouns.measure import Estimate

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 16, 46
ROW, LABELS, VALUES = 30, 170, 120  # of a row of intervals: its height, room for its name and for its figures
LINE, LETTER, HANGUL = 15, 7.5, 14  # height of a line of words, width of a letter and of a syllable, at most


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a chart with its interval, and what it is called there."""

    x: float
    y: Estimate
    label: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together; `kind` gives them their color."""

    name: str
    kind: str
    points: tuple[Point, ...]


def intervals(label: str, rows: Sequence[tuple[str, str, Estimate]], shown: Sequence[str]) -> str:
    """Shares one below the other: (name, kind, share), a dot with its interval from 0 to 100 %, and at the right `shown`, the
    figures in words."""
    height = ROW * len(rows) + 26
    room = WIDTH - LABELS - VALUES
    parts = [grid(LABELS + room * share, 0, height - 22, f"{100 * share:.0f} %", height - 6) for share in (0, 0.25, 0.5, 0.75, 1)]
    for number, ((name, kind, share), words) in enumerate(zip(rows, shown, strict=True)):
        middle = ROW * number + ROW / 2
        parts.append(text(LABELS - 10, middle + 4, name, "end"))
        parts.append(text(WIDTH - VALUES + 14, middle + 4, words, "start", "wb-figure"))
        if share.value is not None:
            low, high = (share.value if each is None else each for each in (share.low, share.high))
            parts.append(
                f'<line class="wb-whisker wb-lane-{escape(kind)}" x1="{LABELS + room * low:.1f}" x2="{LABELS + room * high:.1f}" '
                f'y1="{middle}" y2="{middle}"/><circle class="wb-dot wb-lane-{escape(kind)}" cx="{LABELS + room * share.value:.1f}" cy="{middle}" r="5"/>')
    told = "; ".join(f"{name}: {words}" for (name, _, _), words in zip(rows, shown, strict=True))
    return picture(f"{label}. {told}", height, parts)


def chart(
    label: str, series: Sequence[Series], across: str, up: str, *, ticks: Sequence[tuple[float, str]], log: bool = False,
    most: float = 1.0, diagonal: bool = False, joined: bool = True,
) -> str:
    """Points with intervals over an axis whose `ticks` are (place, words); upwards from 0 to `most` as a share."""
    every = [point for each in series for point in each.points if point.y.value is not None]
    places = [place for place, _ in ticks] + [point.x for point in every]

    def scaled(value: float) -> float:
        return math.log(max(value, 1e-9)) if log else value

    first, last = scaled(min(places)), scaled(max(places))
    margin = (last - first) * 0.06 or 1.0

    def x(value: float) -> float:
        return LEFT + (scaled(value) - first + margin) / (last - first + 2 * margin) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - min(max(value / most, 0.0), 1.0) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<line class="wb-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(share * most):.1f}" y2="{y(share * most):.1f}"/>'
        + text(LEFT - 8, y(share * most) + 4, f"{100 * share * most:.0f} %", "end", "wb-quiet") for share in (0, 0.25, 0.5, 0.75, 1)]
    parts += [text(x(place), HEIGHT - BOTTOM + 18, words, "middle", "wb-quiet") for place, words in ticks]
    parts += [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across, "middle"), text(LEFT, TOP - 4, up, "start", "wb-quiet")]
    if diagonal:
        parts.append(f'<line class="wb-ideal" x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(1):.1f}" y2="{y(1):.1f}"/>')
    names = Names()
    for each in series:
        parts += drawn(each, x, y, joined, names)
    told = "; ".join(
        f"{each.name} {point.label or words(point.x)}: {100 * point.y.value:.0f} %"
        for each in series for point in each.points if point.y.value is not None)
    return picture(f"{label}. {told}", HEIGHT, parts) + (legend(series) if len(series) > 1 else "")


class Names:
    """What the dots of a chart are called: one that would stand on another one moves up, or down where the chart ends."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, float]] = []  # left, right, height

    def beside(self, x: float, y: float, words: str) -> str:
        """The name of a dot, on the side where there is more room."""
        wide = sum(LETTER if ord(letter) < 0x1100 else HANGUL for letter in words)
        right = x > WIDTH * 0.7
        left = x - 9 - wide if right else x + 9
        places = [y - 7 - LINE * step for step in range(HEIGHT // LINE)] + [y - 7 + LINE * step for step in range(HEIGHT // LINE)]
        height = next((place for place in places if place > TOP and self.free(left, left + wide, place)), places[0])
        self.taken.append((left, left + wide, height))
        return text(x + (-9 if right else 9), height, words, "end" if right else "start")

    def free(self, left: float, right: float, height: float) -> bool:
        """Whether nothing stands there yet."""
        return not any(left < end and start < right and abs(height - other) < LINE for start, end, other in self.taken)


def drawn(series: Series, x: Callable[[float], float], y: Callable[[float], float], joined: bool, names: Names) -> list[str]:
    """The line, the intervals, the dots and the names of a series."""
    there = [(point, point.y.value) for point in series.points if point.y.value is not None]
    kind = f"wb-lane-{escape(series.kind)}"
    parts = []
    if joined and len(there) > 1:
        path = " ".join(f"{x(point.x):.1f},{y(value):.1f}" for point, value in there)
        parts.append(f'<polyline class="wb-path {kind}" points="{path}"/>')
    for point, value in there:
        if point.y.low is not None and point.y.high is not None:
            parts.append(
                f'<line class="wb-whisker {kind}" x1="{x(point.x):.1f}" x2="{x(point.x):.1f}" y1="{y(point.y.low):.1f}" y2="{y(point.y.high):.1f}"/>')
        parts.append(f'<circle class="wb-dot {kind}" cx="{x(point.x):.1f}" cy="{y(value):.1f}" r="5"/>')
        if point.label:
            parts.append(names.beside(x(point.x), y(value), point.label))
    return parts


def bar(label: str, parts: Sequence[tuple[str, str, float, str]], names: Sequence[str]) -> str:
    """Shares that make up a whole as one bar: (name, kind, share, figures in words), named below by `names`, which are HTML."""
    segments = "".join(
        f'<span class="wb-part wb-loss-{escape(kind)}" style="flex-grow:{share:.4f}" title="{escape(name)}: {escape(words)}">'
        f'{f"{100 * share:.0f} %" if share >= 0.06 else ""}</span>' for name, kind, share, words in parts if share > 0)
    named = "".join(
        f'<li><i class="wb-part wb-loss-{escape(kind)}"></i>{name} <b>{escape(words)}</b></li>'
        for name, (_, kind, _, words) in zip(names, parts, strict=True))
    told = ", ".join(f"{name} {words}" for name, _, _, words in parts)
    return f'<div class="wb-bar wb-losses" role="img" aria-label="{escape(label)}: {escape(told)}">{segments}</div><ul class="wb-legend">{named}</ul>'


def picture(label: str, height: float, parts: Sequence[str]) -> str:
    """The SVG around what is drawn; where there is no room for its words, it is moved."""
    return (
        f'<div class="wb-scroll"><svg class="wb-plot" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(label)}" '
        f'preserveAspectRatio="xMinYMin meet">{"".join(parts)}</svg></div>')


def grid(x: float, top: float, bottom: float, words: str, below: float) -> str:
    """A line from top to bottom with its name under it."""
    return f'<line class="wb-grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>' + text(x, below, words, "middle", "wb-quiet")


def text(x: float, y: float, words: str, anchor: str, kind: str = "") -> str:
    """Words at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def legend(series: Sequence[Series]) -> str:
    """The names of the series with their colors."""
    rows = "".join(f'<li><i class="wb-key wb-lane-{escape(each.kind)}"></i>{escape(each.name)}</li>' for each in series)
    return f'<ul class="wb-legend">{rows}</ul>'


def words(value: float) -> str:
    """A number without zeros that say nothing."""
    return f"{value:g}"
