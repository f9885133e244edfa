"""What a run shows: every figure with its interval, by model, window and language."""

from dataclasses import dataclass

from workbench.nouns import Lang
from workbench.nouns.measure import Bin, Controls, Estimate, Replacement


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """One way of answering: shares and means over the questions that could be scored, `asked` of them in all.

    `words`: median length of the replies; `tokens`: mean of prompt and of reply; `seconds`: an answer's share of its group's
    time; `flags` and `failed`: how many replies are odd, and how many could not be made, by the reason. `sure_auroc`,
    `sure_error`, `sure_brier` and `bins`: how far a reply's mean token probability says whether it is right. `clean`: the share
    that is right of the questions that nothing speaks against, None where nobody looked.
    """

    name: str
    column: int
    asked: int
    right: Estimate
    exact: Estimate | None = None
    josa: Estimate | None = None
    f1: Estimate | None = None
    contains: Estimate | None = None
    content: Estimate | None = None
    nuggets: Estimate | None = None
    choice: Estimate | None = None
    choice_sum: Estimate | None = None
    refused: Estimate | None = None
    words: float = 0.0
    tokens: tuple[float, float] = (0.0, 0.0)
    seconds: float = 0.0
    flags: tuple[tuple[str, int], ...] = ()
    failed: tuple[tuple[str, int], ...] = ()
    sure_auroc: Estimate | None = None
    sure_error: Estimate | None = None
    sure_brier: Estimate | None = None
    bins: tuple[Bin, ...] = ()
    clean: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a model with documents says that it does not know. `precision`: of what it refuses, the share that nothing
    answers; `recall`: of what nothing answers, the share it refuses; `wrongly`: of what has an answer, the share it refuses
    with the gold passage before it, where that was tried. `code_…`: the same for the warning that code gives by itself."""

    precision: Estimate
    recall: Estimate
    code_precision: Estimate
    code_recall: Estimate
    wrongly: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Falsehood:
    """What a model says after a passage with a false answer: the false one, the right one, neither."""

    follows: Estimate
    remembers: Estimate
    neither: Estimate


@dataclass(frozen=True, slots=True)
class Band:
    """Questions about things that are about equally well known, by the geometric mean of their popularity: what is right of
    the model alone and with the documents."""

    known: float
    closed: Estimate
    rag: Estimate


@dataclass(frozen=True, slots=True)
class Popularity:
    """How right answers change with how well known a thing is. `closed` and `rag`: change of the log-odds of a right answer with
    every tenfold popularity; `crossing`: the popularity above which documents no longer help. `limit`: reading documents only
    up to this popularity answers most on one half of the documents (None: always reading them); on the other half `gain` is
    what that changes, `read` the share of questions that documents are read for."""

    bands: tuple[Band, ...]
    closed: Estimate
    rag: Estimate
    crossing: Estimate
    limit: float | None
    gain: Estimate
    read: Estimate


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of a tag: what is right alone and with the documents, the difference, and McNemar's p of it, corrected by
    Holm for the number of tags."""

    tag: str
    closed: Estimate
    rag: Estimate
    lift: Estimate
    p: float


@dataclass(frozen=True, slots=True)
class Group:
    """A model with a window, over the questions of one language. `unread`: the model does not read the language, so it was
    not asked. `lifts`: the lift by exact match and by F1, beside the one by the declared rule; `budget`: share of questions
    whose evidence stands in what fits the window; `clean`: the replacement over the questions that nothing speaks against;
    `size`: parameters of a model that alone answers as much as this one with documents, between the models that were measured;
    `popularity` is there where the questions say how well known it is what they ask; `topics` where enough of them share a tag,
    those of most questions first, `rare` tags have too few."""

    model: str
    window: int
    lang: Lang
    questions: int
    lanes: tuple[LaneFigures, ...]
    unread: bool = False
    replacement: Replacement | None = None
    lifts: tuple[tuple[str, Estimate], ...] = ()
    controls: Controls | None = None
    budget: Estimate | None = None
    refusal: Refusal | None = None
    falsehood: Falsehood | None = None
    slope: Estimate | None = None
    ends: Estimate | None = None
    size: Estimate | None = None
    popularity: Popularity | None = None
    topics: tuple[Topic, ...] = ()
    rare: int = 0
    memory: int = 0
    clean: Replacement | None = None

    def lane(self, name: str) -> LaneFigures | None:
        """The figures of a lane, where it was measured."""
        return next((each for each in self.lanes if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What is found, without any model: shares of questions with a relevant file, with the evidence, and with an answer
    among the first k; mean reciprocal rank and nDCG over the first ten files."""

    lang: Lang
    recall: tuple[tuple[int, Estimate], ...]
    evidence: tuple[tuple[int, Estimate], ...]
    answer: tuple[tuple[int, Estimate], ...]
    mrr: Estimate
    ndcg: Estimate


@dataclass(frozen=True, slots=True)
class Sweep:
    """A model with its documents at several windows: accuracy, seconds an answer, and the difference to the best window;
    `smallest`: the smallest window that is shown to be no worse, None where none is."""

    model: str
    lang: Lang
    windows: tuple[tuple[int, Estimate, float, Estimate], ...]
    smallest: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of a run. `extract`: the best sentence of the documents, without a model, by language. `fast`: answers a minute of
    the time that models worked. `answers`: those there are, of `total`. `against`: as in `Setup`."""

    run: str
    questions: int
    answers: int
    total: int
    seconds: float
    fast: float
    groups: tuple[Group, ...]
    extract: tuple[tuple[Lang, LaneFigures], ...]
    retrieval: tuple[Retrieval, ...]
    sweeps: tuple[Sweep, ...]
    against: tuple[tuple[str, tuple[str, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A lane of two runs over the questions that both answered, the second less the first. `before_model` and `before_window`:
    what the first run answered with, where that is what differs. `gained` and `lost`: questions that are right in one of them
    alone; `p` is McNemar's of these, corrected by Holm for the number of changes; `f1` is there where replies have one."""

    lane: str
    lang: Lang
    model: str
    window: int
    before_model: str
    before_window: int
    before: Estimate
    after: Estimate
    difference: Estimate
    gained: int
    lost: int
    p: float
    f1: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the questions they have in common. `differs`: what they were made of that is not the same, as keys of
    words/measure.py. `changed`: questions of one id that were asked or answered otherwise, and are not compared; `only_before` and
    `only_after`: questions of one run alone. `apart`: lanes that only one of the runs has."""

    before: str
    after: str
    questions: int
    differs: tuple[str, ...]
    changes: tuple[Change, ...]
    changed: int = 0
    only_before: int = 0
    only_after: int = 0
    apart: tuple[str, ...] = ()
