"""The measurement at work in this process: one at a time, on a thread of its own, so that it goes on whoever looks away."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import journal, scoring
from workbench.measure.figures import marks
from workbench.measure.run import TOGETHER, measure
from workbench.measure.setup import answerers
from workbench.nouns import Remark
from workbench.nouns.measure import Outcome
from workbench.nouns.runs import Advance, Setup

Marks = dict[tuple[str, int], bool | None]  # whether an answer is right, by question and column


@dataclass(slots=True)
class Work:
    """A run at work: how far it is, what came out, and how it ended. `stop` ends it at its next border, `halt` at once."""

    setup: Setup
    stop: threading.Event = field(default_factory=threading.Event)
    halt: threading.Event = field(default_factory=threading.Event)
    step: Advance | None = None
    marks: Marks = field(default_factory=dict)
    problem: Remark | None = None
    running: bool = True

    @property
    def paused(self) -> bool:
        """Whether it waits for somebody to say that it goes on."""
        return self.stop.is_set() and not self.running and not self.halt.is_set() and self.problem is None and not self.done

    @property
    def under_way(self) -> int:
        """How many answers, at most, a pause waits for: those that the column at work lacks, and no more than a group has. 0
        before the first column, while passages are looked up."""
        if self.step is None or not self.step.column:
            return 0
        told = Counter(column for _, column in self.marks)
        lacking = (len(answerers(self.setup, column)) - told[number] for number, column in enumerate(self.setup.columns))
        return min(TOGETHER, next((each for each in lacking if each > 0), 0))

    @property
    def done(self) -> bool:
        """Whether every answer is there."""
        return self.step is not None and self.step.done == self.step.total


class Sitting:
    """Starts a run and lets it be watched and stopped."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.work: Work | None = None
        self.lock = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether a run is at work."""
        return self.work is not None and self.work.running

    def start(self, path: Path) -> None:
        """Go on with a journal, from its beginning or from where it stands. Raises BadRequest while another is at work."""
        with self.lock:
            if self.work is not None and self.work.running:
                raise BadRequest("run_running", name=self.work.setup.id)
            before = journal.read(path)
            questions = {each.id: each for each in before.setup.questions}
            self.work = Work(before.setup, marks=marks(before))
        threading.Thread(target=self.sit, args=(path, self.work, questions), name=f"measure {before.setup.id}", daemon=True).start()

    def sit(self, path: Path, work: Work, questions: dict) -> None:
        """Run to the end or to the stop."""
        try:
            for step in measure(self.bench, path, work.stop, halt=work.halt):
                work.step = step
                if step.outcome:
                    work.marks[step.outcome.question, step.outcome.recipe] = right(work.setup, step.outcome, questions)
        except WorkbenchError as error:
            work.problem = error.remark
        finally:
            work.running = False

    def pause(self) -> None:
        """End the run at its next border; it waits there."""
        if self.work is not None:
            self.work.stop.set()

    def halt(self) -> None:
        """End the run at once, or its pause. It can be gone on with all the same."""
        if self.work is not None:
            self.work.halt.set()


def right(setup: Setup, outcome: Outcome, questions: dict) -> bool | None:
    """Whether an answer is right, None where that cannot be said."""
    return scoring.scores(outcome, questions[outcome.question], setup.columns[outcome.recipe].recipe.lane).right
