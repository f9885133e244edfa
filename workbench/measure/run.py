"""A measurement, column by column: prompts made as Ask makes them, decoded in fixed groups, every answer on disk at once.

Prompts that begin alike stand next to each other, so that what they share is read once. Groups depend on the prompts and on
nothing else; other people's questions run beside them, or between them where memory is short. A run that ends early, however
it ends, goes on at its last border with the same groups and comes out the same.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.bench import Bench
from workbench.errors import BadRequest, ModelStopped, WindowTooSmall
from workbench.measure import journal
from workbench.measure.journal import Journal
from workbench.measure.lanes import Impossible, Shelf, material, sent
from workbench.measure.setup import answerers, hashed, imported, refuse_changes
from workbench.models.worker import Completion, Scores
from workbench.nouns import Answer, Prompt, Question, Remark
from workbench.nouns.measure import Evidence, Outcome, Read
from workbench.nouns.runs import Advance, Column, Mark, Run, Setup
from workbench.prepare import Sent
from workbench.stages import found, kept, read

if TYPE_CHECKING:
    from workbench.models.remote import Model

TOGETHER = 48  # prompts that are decoded as one group, at most: three for each seat, so that few seats stay empty to its end
WINDOWS = 2  # that their tokens fill at most where they share cells: there are always as many
# What an answer of a lane takes, as a multiple of one of the model alone; for the time left until there is a better guess.
WEIGHT = {"closed": 1.0, "extract": 0.3}
HEAVY = 8.0


class Halted(Exception):
    """Somebody wants a run to end at once."""


@dataclass(frozen=True, slots=True)
class Call:
    """A prompt on its way, with the question and the answer as far as it is made."""

    question: Question
    answer: Answer
    prompt: Prompt
    tokens: int


def begin(bench: Bench, made: Setup) -> Path:
    """Write the head of a new journal; gives its path."""
    path = journal.folder(bench.settings.home) / made.id / journal.NAME
    with Journal(path) as book:
        book.write("setup", made)
    return path


def measure(
    bench: Bench, path: Path, stop: threading.Event | None = None, questions: Sequence[Question] | None = None,
    halt: threading.Event | None = None,
) -> Iterator[Advance]:
    """Run a journal to its end, from where it stands; tells every answer. `stop` ends it at the next border, `halt` at once: the
    group under way is made anew by whoever goes on. `questions` where they were read from their source already. Raises BadRequest
    where something changed since it began; ModelError."""
    stop, halt = stop or threading.Event(), halt or threading.Event()
    with Journal(path) as book:
        before = journal.read(path)
        refuse_changes(bench, before.setup, questions)
        book.cut()
        before = journal.read(path)
        with suppress(Halted):
            yield from Running(bench, book, before, stop, halt).steps()


class Running:
    """A run at work."""

    def __init__(self, bench: Bench, book: Journal, before: Run, stop: threading.Event, halt: threading.Event) -> None:
        self.bench = bench
        self.book = book
        self.setup = before.setup
        self.before = before
        self.stop = stop
        self.halt = halt
        self.shelf = Shelf(bench, self.setup.corpus, self.setup.questions)
        self.version = bench.store.version(self.setup.corpus)
        self.asked = [answerers(self.setup, column) for column in self.setup.columns]
        self.total = sum(map(len, self.asked))
        self.done = len(before.outcomes)
        self.ahead = sum(  # weight of the answers that are to come,
            weight(column) * (len(asked) - sum(each.recipe == number for each in before.outcomes))
            for number, (column, asked) in enumerate(zip(self.setup.columns, self.asked, strict=True)))
        self.work = 0.0  # of those of this sitting,
        self.spent = 0.0  # and the seconds they took

    def steps(self) -> Iterator[Advance]:
        """Everything that is not there yet."""
        if not self.before.rankings:
            yield self.advance(None)
            began = time.monotonic()
            self.book.write("ranking", *[self.shelf.ranking(each) for each in self.unless_halted(self.setup.questions) if each.kind != "unanswerable"])
            self.book.write("mark", Mark(-1, -1, time.monotonic() - began))
        for number, column in enumerate(self.setup.columns):
            if self.ending:
                return
            yield from self.column(number, column)

    @property
    def ending(self) -> bool:
        """Whether it was asked to end."""
        return self.stop.is_set() or self.halt.is_set()

    def unless_halted(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Questions one by one. Raises Halted."""
        for each in questions:
            if self.halt.is_set():
                raise Halted
            yield each

    def column(self, number: int, column: Column) -> Iterator[Advance]:
        """The rest of a column."""
        marks = [mark for mark in self.before.marks if mark.column == number]
        head = next((mark for mark in marks if mark.batch < 0), None)
        if head and len(marks) == head.batches + 1:
            return
        self.check_index()
        began = time.monotonic()
        worker = self.bench.lend(column.recipe.model) if column.recipe.model else None
        try:
            calls, ready = self.prepared(number, column, worker)
            groups = self.groups(column, calls)
            prompts = hashed([f"{call.question.id}\n{call.answer.prompt}" for call in calls])
            if head is None:
                self.book.write("outcome", *ready)
                self.book.write("mark", Mark(number, -1, time.monotonic() - began, prompts, len(groups)))
                self.count(column, len(ready), time.monotonic() - began)
                for outcome in ready:
                    yield self.advance(column, outcome)
            elif head.prompts != prompts or head.batches != len(groups):
                raise BadRequest("run_changed_prompts", run=self.setup.id)
            done = {mark.batch for mark in marks}
            for batch, group in enumerate(groups):
                if batch in done:
                    continue
                if self.ending:
                    return
                self.check_index()
                assert worker
                began = time.monotonic()
                for outcome in self.answers(worker, column, number, batch, group):
                    yield self.advance(column, outcome)
                if self.halt.is_set():
                    raise Halted
                seconds = time.monotonic() - began
                self.count(column, len(group), seconds)
                self.book.write("mark", Mark(number, batch, seconds, memory=worker.peak))
        finally:
            if worker:
                self.bench.give_back(worker)

    def check_index(self) -> None:
        """The documents must not change while they are asked."""
        if self.bench.store.version(self.setup.corpus) != self.version:
            raise BadRequest("run_changed_index", run=self.setup.id)

    def prepared(self, number: int, column: Column, worker: "Model | None") -> tuple[list[Call], list[Outcome]]:
        """The prompts of a column; and the outcomes that need no model: sentences of the documents, and what cannot be."""
        calls: list[Call] = []
        ready: list[Outcome] = []
        if column.name == "closed_large" and worker is None:
            texts = imported(Path(self.setup.reference), self.setup.questions)
            return [], [Outcome(each.id, number, -1, text=texts[each.id]) for each in self.asked[number] if each.id in texts]
        for question in self.unless_halted(self.asked[number]):
            try:
                answer = material(self.shelf, question, column.recipe)
                if worker is None or not (answer.hits or column.recipe.lane == "closed"):
                    ready.append(outcome(number, -1, question, answer))
                    continue
                made: Sent = sent(self.shelf, answer, worker)
                budget = made.answer.budget
                calls.append(Call(question, made.answer, made.prompt, budget.prompt if budget else 0))
            except Impossible as error:
                ready.append(Outcome(question.id, number, -1, error=Remark(f"lane_{error}", {})))
            except WindowTooSmall as error:
                ready.append(Outcome(question.id, number, -1, error=error.remark))
        return calls, ready

    def groups(self, column: Column, calls: list[Call]) -> list[list[Call]]:
        """The prompts in the groups that are decoded together: those of a language that begin alike side by side. `again`
        goes backwards, from another border on, so that the company is another one."""
        ordered = sorted(calls, key=lambda call: (call.question.lang, bool(call.question.choices), call.answer.prompt, call.question.id))
        apart = not calls or self.setup.facts(column.recipe.model).apart
        size = TOGETHER
        if column.name == "again":
            ordered.reverse()
            size = TOGETHER * 3 // 4
        groups: list[list[Call]] = []
        for call in ordered:
            last = groups[-1] if groups else []
            tokens = sum(each.tokens + column.recipe.reply for each in (*last, call))
            fits = apart or tokens <= WINDOWS * column.recipe.window
            if last and len(last) < size and fits and bool(last[0].question.choices) == bool(call.question.choices):
                last.append(call)
            else:
                groups.append([call])
        return groups

    def answers(self, worker: "Model", column: Column, number: int, batch: int, group: list[Call]) -> Iterator[Outcome]:
        """The outcomes of a group as they come, each on disk before it is told. A model that stopped is started again once,
        and the group with it."""
        apart = self.setup.facts(column.recipe.model).apart
        told: set[int] = set()
        for attempt in (1, 2):
            try:
                for place, result in replies(worker, column, group, apart, self.halt):
                    made = finished(outcome(number, batch, group[place].question, group[place].answer), result)
                    self.book.write("outcome", made)
                    if place not in told:
                        told.add(place)
                        yield made
                return
            except ModelStopped:
                if attempt == 2:
                    raise
                self.book.cut()

    def count(self, column: Column, answers: int, seconds: float) -> None:
        """What was done, for the time that is left."""
        self.work += answers * weight(column)
        self.spent += seconds

    def advance(self, column: Column | None, outcome: Outcome | None = None) -> Advance:
        """Where the run stands, one more answer being there."""
        if column and outcome:
            self.done += 1
            self.ahead -= weight(column)
        left = self.spent / self.work * max(0.0, self.ahead) if self.work else None  # a sum of weights ends near nothing
        return Advance(self.setup.id, self.done, self.total, column.name if column else "", left, outcome)


def weight(column: Column) -> float:
    """What an answer takes, as a multiple of one of the model alone."""
    return WEIGHT.get(column.recipe.lane, HEAVY)


def replies(worker: "Model", column: Column, group: list[Call], apart: bool, halt: threading.Event) -> Iterator[tuple[int, Completion | Scores]]:
    """What the model makes of a group, by place: a reply, or the log-probabilities of the choices. With `halt` it ends early."""
    recipe = column.recipe
    prompts = [call.prompt for call in group]
    if group[0].question.choices:
        leads = ["" if prompt.messages else " " for prompt in prompts]
        asked = [(call.prompt, [lead + choice for choice in call.question.choices]) for call, lead in zip(group, leads, strict=True)]
        with closing(worker.scores(asked, window=recipe.window, halt=halt, apart=apart)) as scored:
            yield from scored
        return
    with closing(worker.complete(
            prompts, window=recipe.window, limit=recipe.reply, temperature=recipe.temperature, seed=recipe.seed, halt=halt, apart=apart)) as some:
        yield from some


def outcome(number: int, batch: int, question: Question, answer: Answer) -> Outcome:
    """An answer before its reply: what was read, and how far the evidence came."""
    return Outcome(
        question.id, number, batch, text=answer.text, prompt=answer.prompt, flags=answer.flags, evidence=evidence(answer, question),
        passages=tuple(
            Read(each.hit.source, each.hit.chunk.start, each.hit.chunk.end, each.text, read(each, question)) for each in answer.passages))


def evidence(answer: Answer, question: Question) -> Evidence:
    """How far the gold passage came on its way to the model."""
    if answer.recipe.lane == "closed" or not question.answers:
        return "unknown"
    if not found(answer, question):
        return "missed"
    return "read" if kept(answer, question) else "cut"


def finished(made: Outcome, result: Completion | Scores) -> Outcome:
    """The outcome with the reply."""
    if isinstance(result, Scores):
        return replace(made, choices=tuple((each.logprob, each.tokens) for each in result.choices), timing=result.timing)
    return replace(
        made, text=result.text, why=result.why, timing=result.timing, logprobs=tuple(round(each, 6) for each in result.logprobs))
