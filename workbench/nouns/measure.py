"""What a measurement passes on: figures with their intervals, scores, the ledger of what retrieval changed."""

from dataclasses import dataclass
from typing import Literal

Rule = Literal["contains", "exact", "f1"]  # what counts as right: the declared one, or one shown beside it
# Words for what retrieval did to a model; `pilot` and `none` claim nothing.
Verdict = Literal["helps", "mixed", "hurts", "no_evidence", "pilot"]
# Where an answer that should have been right was lost, in the order of the ways.
Loss = Literal["right", "not_retrieved", "cut", "distracted", "not_read"]

LOSSES: tuple[Loss, ...] = ("right", "not_retrieved", "cut", "distracted", "not_read")


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
class SampleCard:
    """What `n` questions can tell. `widths`: (share, full width of its interval); `pairs`: (share of questions that two
    recipes answer differently, questions needed to see a difference of ten points and of five)."""

    n: int
    widths: tuple[tuple[float, float], ...]
    pairs: tuple[tuple[float, int, int], ...]
