"""What customers wrote, sorted into themes, and the figures that follow from it."""

from dataclasses import dataclass
from typing import Literal

from workbench.nouns import Language, Remark

Kind = Literal["text", "rating", "date", "group", "other"]
Feeling = Literal["positive", "neutral", "negative"]
# Who named a theme: its terms, the model with words of the theme, the user.
By = Literal["terms", "model", "user"]
Private = Literal["mail", "phone", "card", "resident", "account"]

OTHER = 0  # the theme of what fits nowhere


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval over `n` cases, made by `method`; None where there is none to be had."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what speaks for its kind: filled cells, different ones among them, mean number of words, the share
    that is a number and a day, and the first filled cell."""

    name: str
    kind: Kind
    filled: int
    distinct: int
    words: float
    numbers: float
    days: float
    example: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that are read, by name; empty where there is none. `sheet` is the one they stand on."""

    text: str = ""
    rating: str = ""
    date: str = ""
    group: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `number` is the row's as a spreadsheet counts, or that of a file in a folder, which `source` names.
    `same`: place of the earlier row whose words it repeats, -1 where there is none. Without words `language` is empty."""

    number: int
    text: str
    language: Language | Literal[""] = ""
    source: str = ""
    rating: float | None = None
    day: str = ""
    group: str = ""
    same: int = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """One opinion: a sentence or clause of a row, `row.text[start:end]`. `row` is the row's place. `fit` says how near it is
    to the middle of its theme, from 0 to 1; `feeling` is the classifier's."""

    row: int
    start: int
    end: int
    fit: float
    feeling: Feeling


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of one language. `terms` are the words that tell it from the others; `stable` is how well it was found again
    with other seeds (mean of the best Jaccard similarities), None where it was made by hand."""

    id: int
    language: Language
    label: str
    terms: tuple[str, ...]
    by: By = "terms"
    stable: float | None = None


@dataclass(frozen=True, slots=True)
class Sorting:
    """Which theme every unit is in (OTHER for none), and the themes."""

    themes: tuple[Theme, ...]
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How the themes of a language were found: by which vectors and method, how many, the number of themes that was tried
    with its silhouette, and how alike the results of different seeds are (adjusted Rand index)."""

    language: Language
    vectors: str
    method: str
    silhouettes: tuple[tuple[int, float], ...]
    stability: Estimate


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that was read. `scale` is the least and the most of the ratings. `missed` names files of a folder that could not
    be read; `masked` counts what was taken out of the texts."""

    name: str
    chosen: Chosen
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    found: tuple[Found, ...]
    scale: tuple[float, float] | None = None
    missed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    masked: tuple[tuple[Private, int], ...] = ()
    hidden: bool = False

    @property
    def total(self) -> int:
        """Rows there are, those that could not be read among them."""
        return len(self.rows) + len(self.missed)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim stretch of a row: `text` is `row.text[start:end]`. `place` is the row's in the feedback, `number` its own."""

    place: int
    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mood:
    """Shares of positive and of negative rows, and the mean rating where there are ratings. `by` says what tells them:
    ratings, or the classifier."""

    positive: Estimate
    negative: Estimate
    rating: Estimate | None
    by: Literal["ratings", "classifier"]


@dataclass(frozen=True, slots=True)
class Shift:
    """How the share of a theme moved from the earlier half of the days to the later: the difference with an interval that
    allows for the number of themes looked at."""

    before: Estimate
    after: Estimate
    change: Estimate


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """A theme in figures: rows that speak of it, their share of the language's rows, opinions, what they feel, quotes;
    rows a period and a group, in the order of the section's."""

    theme: Theme
    count: int
    share: Estimate
    units: int
    mood: Mood
    quotes: tuple[Quote, ...]
    trend: tuple[int, ...] = ()
    groups: tuple[Estimate, ...] = ()
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One language: its rows, its themes, the largest first, what fits nowhere, and the periods and groups that the rows
    are counted by."""

    language: Language
    rows: int
    units: int
    mood: Mood
    themes: tuple[ThemeFigures, ...]
    other: ThemeFigures
    periods: tuple[str, ...] = ()
    period_rows: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    group_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted. `empty` rows have no words; `exact` and `near` repeat an earlier one letter for letter or nearly;
    `undated` and `unrated` have no day or rating where the others do."""

    rows: int
    read: int
    empty: int
    exact: int
    near: int
    undated: int
    unrated: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How far an analysis is: `stage` is a key of words/feedback.py, `lang` the language it is at."""

    stage: str
    done: int = 0
    total: int = 0
    lang: Language | Literal[""] = ""
