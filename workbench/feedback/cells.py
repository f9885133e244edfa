"""Ratings and days of a whole column: what one cell leaves open, the others decide. Pure."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

Scale = tuple[float, float]

# Words for a rating, on a scale from 1 to 5.
WORDS = {
    1: "very dissatisfied|very bad|terrible|awful|strongly disagree|very unlikely|매우 불만족|매우 불만|매우불만족|매우불만|아주 나쁨|매우 나쁨|최악|전혀 아니다|전혀 그렇지 않다",
    2: "dissatisfied|bad|poor|disagree|unlikely|negative|불만족|불만|나쁨|아니다|그렇지 않다|부정",
    3: "neutral|neither|average|fair|mixed|so so|ok|okay|보통|보통이다|중립|그저 그럼|그저그럼",
    4: "satisfied|good|agree|likely|positive|만족|좋음|그렇다|긍정|대체로 만족",
    5: "very satisfied|very good|excellent|great|strongly agree|very likely|매우 만족|매우만족|아주 좋음|매우 좋음|최고|매우 그렇다",
}
WORTH = {word: float(worth) for worth, words in WORDS.items() for word in words.split("|")}
NUMBER = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:(?:/|out of|점\s*/)\s*(\d+)\s*점?|(%)|점|stars?|별점?)?\s*", re.IGNORECASE)
STARS = re.compile(r"\s*([★⭐🌟]+)️?([☆✩]*)\s*(?:\(?\s*\d(?:\.\d)?\s*\)?)?\s*")
LIKELY = 0.8  # share of a column's filled cells that has to be readable as a kind


def rating(cell: str) -> tuple[float, float] | None:
    """A cell as a rating and the most it may be, 0 where the cell does not say; None where it is none."""
    if found := NUMBER.fullmatch(cell):
        return float(found[1].replace(",", ".")), 100.0 if found[3] else float(found[2] or 0)
    if found := STARS.fullmatch(cell):
        return float(len(found[1])), float(len(found[1] + found[2]) if found[2] else 5)
    worth = WORTH.get(" ".join(cell.lower().split()))
    return None if worth is None else (worth, 5.0)


def ratings(cells: Sequence[str]) -> tuple[list[float | None], Scale | None]:
    """Every cell as a rating, None where it is empty or none, and the scale they are on: the one the cells name, else the
    smallest usual one that holds them all."""
    read = [rating(cell) if cell.strip() else None for cell in cells]
    values = [each[0] for each in read if each]
    if not values:
        return [None] * len(cells), None
    most = max((each[1] for each in read if each), default=0) or next(
        (top for top in (5.0, 7.0, 10.0, 100.0) if max(values) <= top), max(values))
    least = min(0.0 if min(values) < 1 or most == 100 else 1.0, min(values))
    return [each[0] if each else None for each in read], (least, max(most, max(values)))


MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
TIME = r"(?:[T\s].*)?"
# What a form's groups are: a year, month and day, or two numbers whose order the column decides.
FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(rf"\s*{pattern}{TIME}\s*", re.IGNORECASE), order) for pattern, order in (
    (r"(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})\.?", "ymd"),
    (r"(\d{4})(\d{2})(\d{2})", "ymd"),
    (r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일", "ymd"),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", "??y"),
    (r"(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})\.?", "???"),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})", "???"),
    (r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s]+([A-Za-z]{3})[A-Za-z]*\.?,?[-\s]+(\d{4})", "dmy"),
    (r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", "mdy"),
))
ORDERS = {"??y": ("mdy", "dmy"), "???": ("ymd", "mdy", "dmy")}


def days(cells: Sequence[str]) -> list[str]:
    """Every cell as an ISO day, empty where it is none. Where a form leaves open which number is the month (3/4/2026) or
    the year (15.07.11), the order is the one that reads most cells of the column; of equal ones that in which the year
    has the fewest different values, then the month."""
    parted = [parts(cell) for cell in cells]
    chosen = {form: best(form, [each[1] for each in parted if each and each[0] == form]) for form in ORDERS}
    return [day(chosen.get(each[0], each[0]), each[1]) if each else "" for each in parted]


@lru_cache(100_000)
def parts(cell: str) -> tuple[str, tuple[str, ...]] | None:
    """The form of a day and its three numbers; None for what is none."""
    for pattern, order in FORMS if cell.strip() else ():
        if found := pattern.fullmatch(cell):
            return order, found.groups()
    return None


def best(form: str, cells: Sequence[tuple[str, ...]]) -> str:
    """The order in which a form is read over a column."""
    def merit(order: str) -> tuple[float, ...]:
        read = sum(bool(day(order, each)) for each in cells)
        distinct = [len({each[order.index(part)] for each in cells}) for part in "ym"]
        return (read, *(-count for count in distinct))

    return max(ORDERS[form], key=merit)


def day(order: str, numbers: tuple[str, ...]) -> str:
    """Three numbers in an order as an ISO day; empty where no calendar has it."""
    year, month, date_ = (numbers[order.index(part)] for part in "ymd")
    try:
        number = MONTHS[month[:3].lower()] if month[0].isalpha() else int(month)
        return date(int(year) + (2000 if len(year) <= 2 else 0), number, int(date_)).isoformat()
    except (ValueError, KeyError):
        return ""


def share(cells: Sequence[str], read: Callable[[Sequence[str]], Sequence[object]]) -> float:
    """How many of the filled cells can be read as something."""
    filled = [cell for cell in cells if cell.strip()]
    return sum(map(bool, read(filled))) / len(filled) if filled else 0.0
