"""What being concise saves, and what it costs: the same source summarized in the usual words and in few, in one run."""

import threading
from collections.abc import Iterator
from dataclasses import replace

from workbench.bench import Bench
from workbench.nouns.summary import Brief, Headway, Source, Summary, Version
from workbench.summarize.planning import plan
from workbench.summarize.running import summarize


def both(bench: Bench, source: Source, brief: Brief, halt: threading.Event | None = None) -> Iterator[Headway]:
    """Write both and tell every step; the last headway carries the one that the brief asks for, with both versions measured.
    Raises as `plan` and `summarize`."""
    made: list[Summary] = []
    plans = [plan(bench, source, replace(brief, concise=concise)) for concise in (False, True)]
    before, total = 0, sum(each.total_calls for each in plans)
    for each in plans:
        for step in summarize(bench, each, halt):
            if step.summary:
                made.append(step.summary)
            yield replace(step, done=before + step.done, of=total, seconds=None, summary=None)
        if made[-1].stopped:
            yield Headway(before, total, summary=made[-1])
            return
        before += each.total_calls
    chosen = made[brief.concise]
    yield Headway(total, total, summary=replace(chosen, versions=tuple(map(version, made))))


def version(made: Summary) -> Version:
    """A summary as figures. Tokens are those the model wrote, in all calls."""
    words = len(made.text.split())
    sentences = made.checks.sentences
    return Version(
        made.text, sum(step.reply_tokens + sum(each.reply_tokens for each in step.again) for step in made.steps), made.seconds,
        sum(each.copy for each in sentences) / len(sentences) if sentences else 0.0, made.checks.recall, words)
