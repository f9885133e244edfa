"""The calls of a plan: in groups that go through the worker together, kept on disk as they come, never over the window."""

import threading
import time
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from workbench.models.worker import Completion
from workbench.nouns import Prompt
from workbench.nouns.summary import Headway, Plan
from workbench.summarize import journal
from workbench.summarize.journal import Journal
from workbench.summarize.packing import merged
from workbench.summarize.planning import GROUP

if TYPE_CHECKING:
    from workbench.models.remote import Model


class Stopped(Exception):
    """A person stopped it."""


class OverTheWindow(AssertionError):
    """A bug: a prompt that the plan lets through would not fit."""


class Writing:
    """One run over a plan. Its own progress is told as headway."""

    def __init__(self, plan: Plan, worker: "Model", kept: Journal, halt: threading.Event) -> None:
        self.plan, self.worker, self.journal, self.halt = plan, worker, kept, halt
        self.done = self.again = 0
        self.fresh = 0  # calls that were made in this run, and
        self.seconds = 0.0  # what they took
        self.began = time.monotonic()

    def headway(self) -> Headway:
        """How far it is. What is left takes as long a call as those of this run did; before the first, as planned."""
        total, left = self.plan.total_calls, self.plan.total_calls - self.done
        seconds = self.seconds / self.fresh * left if self.fresh else self.plan.seconds
        return Headway(self.done, total, self.again, seconds)

    def ask(self, prompts: Sequence[Prompt], limit: int, *, again: bool = False) -> Generator[Headway, None, list[Completion]]:
        """The replies to the prompts, in their order. Raises Stopped, ModelStopped."""
        found: list[Completion] = []
        for places in merged(len(prompts), GROUP) if prompts else ():  # even: a few left over would be written nearly alone
            group = [prompts[place] for place in places]
            name = journal.key(group, limit=limit, window=self.plan.brief.window, model=self.worker.card.name)
            replies = self.journal.get(name)
            if replies is None:
                began = time.monotonic()
                replies = self.group(group, limit)
                self.journal.keep(name, replies, again=again)
                self.seconds += time.monotonic() - began
                self.fresh += 0 if again else len(group)
            found += replies
            self.done += 0 if again else len(group)
            self.again += len(group) if again else 0
            yield self.headway()
        return found

    def group(self, prompts: Sequence[Prompt], limit: int) -> list[Completion]:
        """The replies of one group. Raises OverTheWindow rather than send what does not fit."""
        window = self.plan.brief.window
        most = max(self.worker.count(prompts)) + self.worker.card.reserve(limit)
        if most > window:
            raise OverTheWindow(f"{most} tokens into a window of {window}")
        replies: dict[int, Completion] = dict(
            self.worker.complete(prompts, window=window, limit=limit, halt=self.halt))
        if self.halt.is_set() or len(replies) < len(prompts):
            raise Stopped
        return [replies[place] for place in range(len(prompts))]
