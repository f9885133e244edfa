"""What a measurement passes on: figures with their intervals, scores, the ledger of what retrieval changed."""

from dataclasses import dataclass
from typing import Literal

from workbench.nouns import Remark, Timing

Rule = Literal["contains", "exact", "f1"]  # what counts as right: the declared one, or one shown beside it
# Words for what retrieval did to a model; `pilot` and `none` claim nothing.
Verdict = Literal["helps", "mixed", "hurts", "no_evidence", "pilot"]
# Where an answer that should have been right was lost, in the order of the ways.
Loss = Literal["right", "not_retrieved", "cut", "distracted", "not_read"]

# How far the gold passage came: not found, found and not in the window, read; `unknown` where nothing was looked up.
Evidence = Literal["unknown", "missed", "cut", "read"]

LOSSES: tuple[Loss, ...] = ("right", "not_retrieved", "cut", "distracted", "not_read")


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as a model read it, and where it stands: file, start and end. `gold`: whether it holds the evidence."""

    source: str
    start: int
    end: int
    text: str
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer of a measurement: a line of its journal, with all that explains it and scores it again.

    `recipe` counts the recipes of the run, `batch` the groups that were decoded together. `why`: how the reply ended.
    `choices`: for every choice of a multiple-choice question the sum of its tokens' log-probabilities and their number.
    An outcome with an `error` has no answer and no score.
    """

    question: str
    recipe: int
    batch: int
    text: str = ""
    prompt: str = ""
    passages: tuple[Read, ...] = ()
    why: str = ""
    timing: Timing | None = None
    logprobs: tuple[float, ...] = ()
    choices: tuple[tuple[float, int], ...] = ()
    evidence: Evidence = "unknown"
    flags: tuple[str, ...] = ()
    error: Remark | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What a reply is worth, without a judge; None for a score that could not be made.

    `right`: by the declared rule (`measure.scoring`). `josa`: exact but for a Korean particle. `f1`: of tokens, in Korean of
    characters; `content`: of content words. `nuggets`: share of what a long answer has to say. `choice`: whether the likeliest
    choice by its mean token is the right one, `choice_sum` by the sum. `refused`: it says that it does not know. `sure`: mean
    probability of its tokens, or of the choice among the choices; `least`: that of the unlikeliest token. `words` of the reply.
    """

    right: bool | None = None
    exact: bool | None = None
    josa: bool | None = None
    f1: float | None = None
    contains: bool | None = None
    content: float | None = None
    nuggets: float | None = None
    choice: bool | None = None
    choice_sum: bool | None = None
    refused: bool | None = None
    sure: float | None = None
    least: float | None = None
    words: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """What retrieval found for a question, without any model. `grades`: how relevant the files are, best first, each file
    once (0: of no use); `judged`: the grades of all relevant files, the highest first. `evidence` and `answer`: places,
    from 1, of the first passage that holds the evidence and of the first that holds an answer; 0 where none does, None where
    that is not known."""

    question: str
    grades: tuple[int, ...]
    judged: tuple[int, ...]
    evidence: int | None = None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval over `n` questions, made by `method`.

    `value` is None where it cannot be made; `why` then says why, and else what has to be known with it: a key of
    words/measure.py. An interval is None where there is none to be had.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: their mean confidence, and the share of them that is right (Wilson)."""

    confidence: float
    right: Estimate


@dataclass(frozen=True, slots=True)
class Ledger:
    """What retrieval changed, question by question: right both times, wrong alone and right with the documents, right
    alone and wrong with the documents, wrong both times."""

    kept: int
    rescued: int
    harmed: int
    missed: int

    @property
    def n(self) -> int:
        """All questions."""
        return self.kept + self.rescued + self.harmed + self.missed

    @property
    def alone(self) -> int:
        """Right without the documents."""
        return self.kept + self.harmed

    @property
    def together(self) -> int:
        """Right with the documents."""
        return self.kept + self.rescued


@dataclass(frozen=True, slots=True)
class Replacement:
    """How much knowledge retrieval replaces (`measure.replacement` says how each is made).

    `gap_closed` and `ceiling` are against a reference model; None without one. `losses`: where each question was lost, as
    shares that add up to one; empty without an oracle. `beyond_oracle`: share that is right with what was found and wrong
    with the gold passage. `chance`: share of answers that change when the model alone is asked again in other batches.
    `p`: exact McNemar, corrected by Holm where several models were compared. `notes` are keys of words/measure.py.
    """

    ledger: Ledger
    closed: Estimate
    rag: Estimate
    lift: Estimate
    rescue: Estimate
    harm: Estimate
    supplied: Estimate
    p: float
    verdict: Verdict
    oracle: Estimate | None = None
    reference: Estimate | None = None
    gap_closed: Estimate | None = None
    ceiling: Estimate | None = None
    efficiency: Estimate | None = None
    losses: tuple[tuple[Loss, Estimate], ...] = ()
    beyond_oracle: Estimate | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Controls:
    """What says whether a measurement can be trusted. `flips`: share of questions that the model alone answers otherwise in
    other batches; `rescued_beyond` and `harmed_beyond`: what is left of the rescued and the harmed, as shares of all
    questions, without such flips. `shuffled`: what passages of other questions add to the model alone; not `passed` where
    that is more than nothing beyond its interval."""

    flips: Estimate
    rescued_beyond: Estimate
    harmed_beyond: Estimate
    shuffled: Estimate
    passed: bool


@dataclass(frozen=True, slots=True)
class SampleCard:
    """What `n` questions can tell. `widths`: (share, full width of its interval); `pairs`: (share of questions that two
    recipes answer differently, questions needed to see a difference of ten points and of five)."""

    n: int
    widths: tuple[tuple[float, float], ...]
    pairs: tuple[tuple[float, int, int], ...]
