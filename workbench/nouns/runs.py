"""A measurement as it is set up, foretold, and runs."""

from collections import Counter
from dataclasses import dataclass

from workbench.nouns import Lang, Question, Recipe, Remark
from workbench.nouns.measure import Outcome, Ranking, SampleCard


@dataclass(frozen=True, slots=True)
class Column:
    """A recipe that every question is answered by. Its name is the lane's, with its dose where it has one (`mixed(0.4)`);
    `closed_large` is the model alone that others are compared with, `again` the model alone in other batches."""

    name: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a run says of a model: its size in bytes, parameters, SHA-256 of its file (empty for one that a server runs), the languages it reads, and whether
    its sequences have cells of their own, without which the same batches come out otherwise."""

    name: str
    size: int
    parameters: int
    digest: str
    reads: tuple[Lang, ...]
    form: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a run was made of: the first line of its journal.

    `source`: where the questions come from, a path or empty for the corpus' own; `reference`: where the answers of
    `closed_large` do, empty where a model gives them. `prints`: digests of the questions, the
    prompt files, the index and the embedder, by these names: a run goes on only while they are the same. `left_out`: how
    many questions are not measured, by the reason. `against`: what spoke against a question when the run began
    (`Gate.reasons`), None where nobody looked. `stood_in`: for how many questions that came without a gold passage the
    best-ranked one with the answer was taken. `made`: seconds since the epoch.
    """

    id: str
    made: float
    corpus: str
    columns: tuple[Column, ...]
    questions: tuple[Question, ...]
    models: tuple[ModelFacts, ...]
    prints: dict[str, str]
    source: str = ""
    reference: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    limit: int = 0
    embedder: str = ""
    version: int = 1
    against: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    stood_in: int = 0

    @property
    def clean(self) -> frozenset[str] | None:
        """The questions that nothing spoke against; None where nobody looked."""
        return None if self.against is None else frozenset(each.id for each in self.questions) - dict(self.against).keys()

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages of the questions, most questions first."""
        return tuple(lang for lang, _ in Counter(each.lang for each in self.questions).most_common())

    def facts(self, model: str) -> ModelFacts:
        """What is said of a model."""
        return next(each for each in self.models if each.name == model)

    def asked(self, column: Column) -> tuple[Question, ...]:
        """The questions a column answers: those in a language that its model reads."""
        if column.recipe.lane == "extract" or not column.recipe.model:
            return self.questions
        return tuple(each for each in self.questions if each.lang in self.facts(column.recipe.model).reads)


@dataclass(frozen=True, slots=True)
class Mark:
    """A border of a journal: a batch that is wholly there (`batch`; −1 where a column begins, with the digest of its prompts
    and how many batches it has), and the seconds it took. `memory`: the most that the model's process has held, in bytes, 0
    where the system does not say."""

    column: int
    batch: int
    seconds: float
    prompts: str = ""
    batches: int = 0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A journal as it is read: what every figure is made of."""

    setup: Setup
    rankings: tuple[Ranking, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        """Time spent on it, pauses left out."""
        return sum(mark.seconds for mark in self.marks)

    @property
    def finished(self) -> bool:
        """Whether every column has all of its batches."""
        done = {mark.column: mark.batches for mark in self.marks if mark.batch < 0 <= mark.column}
        batches = {(mark.column, mark.batch) for mark in self.marks if mark.batch >= 0}
        return len(done) == len(self.setup.columns) and sum(done.values()) == len(batches)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will take. `calls` of a model by column; `seconds` by what was measured of the models here; what the
    questions of each language can tell; `unread`: models and the languages they cannot read; `against` and `stood_in`: as in `Setup`."""

    calls: tuple[tuple[str, int], ...]
    seconds: float
    cards: tuple[tuple[Lang, SampleCard], ...]
    left_out: tuple[tuple[str, int], ...] = ()
    unread: tuple[tuple[str, Lang], ...] = ()
    against: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    questions: int = 0
    stood_in: int = 0

    @property
    def total(self) -> int:
        """All calls."""
        return sum(count for _, count in self.calls)


@dataclass(frozen=True, slots=True)
class Advance:
    """A step of a run: answers there are and will be, the column at work, the seconds left if it goes on as it did (None
    in the beginning), and the answer that just came. `problem`: why it ended early."""

    run: str
    done: int
    total: int
    column: str
    left: float | None = None
    outcome: Outcome | None = None
    problem: Remark | None = None
