"""Summaries that the bundled model writes, each beside the one without a model in the same run; and a long thread through a
small window beside the same calls made one after another with llama-cpp-python's `Llama`.

Reported of every set: ROUGE-1 of both, the paired difference, the share of sentences that are the model's, numbers that
stand nowhere in the source (counted by `second_check`, written apart from the workbench's own check), calls over the
window. Thread: `threads.py`, 300 messages, 512 tokens; the peer is `Llama` with its defaults on the file as installed.

    python -m benchmarks written --data DIR
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import second_check, summaries, threads
from benchmarks.summaries import Case, Set, difference, rouge
from benchmarks.tables import run
from workbench import summarize
from workbench.bench import Bench, Settings
from workbench.models import catalogue
from workbench.nouns.summary import Brief, Plan, Source, Summary

WINDOW = 2048
THREAD, THREAD_WINDOW = 300, 512
BOXES = 12  # threads of which every number is looked at


def main(data: Path | None = None, limit: int | None = None) -> None:
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), searching=False)
        run.table(
            "summaries by the bundled model", "cases", "without a model", "shown", "shown − without (95 %)", "sentences that are the model's",
            "numbers that stand nowhere", "calls", "calls over the window", "seconds")
        for each in wanted(data):
            tell(each.name, [(summarized(bench, case, each), case.written) for case in each.cases[: limit or len(each.cases)]])
        boxes(bench, Path(folder), limit or BOXES)
        speed(bench, Path(folder), min(THREAD, 10 * limit) if limit else THREAD)
        bench.close()


def wanted(data: Path | None) -> Iterator[Set]:
    """The sets that nothing was set on, in English, which the bundled model reads."""
    if data is None:
        print("needs --data with opinosis/ and fewsum/ for ROUGE")
        return
    for each in summaries.sets(data):
        if each.lang == "en" and "set on it" not in each.name and ", odd" not in each.name:
            yield each


def summarized(bench: Bench, case: Case, kind: Set) -> Summary:
    """A case as any text is summarized, its sentences as they are in the set."""
    source = Source(tuple(case.documents), tuple(case.lines), len(case.documents), len(case.documents))
    return finished(bench, summarize.plan(bench, source, Brief(window=WINDOW, sentences=kind.most)))


def finished(bench: Bench, plan: Plan) -> Summary:
    """The summary of a plan."""
    *_, last = summarize.summarize(bench, plan)
    assert last.summary
    return last.summary


def tell(name: str, made: Sequence[tuple[Summary, tuple[str, ...]]]) -> None:
    """A row."""
    shown = [rouge(summary.text, written) for summary, written in made if written]
    plain = [rouge(summary.extract, written) for summary, written in made if written]
    kept = [point.by == "model" for summary, _ in made for point in summary.points]
    calls = [(read + reply, summary.plan.brief.window) for summary, _ in made for read, reply in sizes(summary)]
    scores = (f"{np.mean(plain):.3f}", f"{np.mean(shown):.3f}", difference(shown, plain)) if shown else ("–", "–", "–")
    run.row(
        name, len(made), *scores, f"{sum(kept)} of {len(kept)} ({100 * np.mean(kept):.0f} %)", sum(map(invented, (summary for summary, _ in made))),
        len(calls), sum(tokens > window for tokens, window in calls), f"{sum(summary.seconds for summary, _ in made):.0f}")


def sizes(summary: Summary) -> Iterator[tuple[int, int]]:
    """Tokens read and written by every call."""
    for step in summary.steps:
        yield step.prompt_tokens, step.reply_tokens
        yield from ((each.prompt_tokens, each.reply_tokens) for each in step.again)


def invented(summary: Summary) -> int:
    """Numbers of the shown sentences that stand nowhere in the source and are not marked."""
    source = "\n".join(document.text for document in summary.plan.source.documents)
    return sum(
        len(second_check.unsupported(point.text, source)) for point in summary.points if not any(each.fails for each in point.findings))


def boxes(bench: Bench, folder: Path, count: int) -> None:
    """Threads of other lengths, in both languages, and all that is shown of them."""
    for lang in ("en", "ko"):
        made = []
        for seed in range(count):
            path = threads.written(folder / f"{lang}{seed}.mbox", 4 + 3 * seed, lang, seed)
            made.append((finished(bench, summarize.plan(bench, summarize.from_paths(bench, [path]), Brief(window=THREAD_WINDOW))), ()))
        tell(f"made threads, {lang}, {THREAD_WINDOW} tokens", made)


def speed(bench: Bench, folder: Path, messages: int) -> None:
    """A long thread, and the very same calls one after another."""
    plan = summarize.plan(bench, summarize.from_paths(bench, [threads.written(folder / "long.mbox", messages)]), Brief(window=THREAD_WINDOW))
    made = finished(bench, plan)
    read = sum(tokens for tokens, _ in sizes(made))
    peer = one_after_another(plan, made)
    run.table("thread", "messages read", "calls", "tokens read", "planned, s", "`Llama`, one after another, s", "workbench, s", "`Llama` ÷ workbench",
              "calls over the window")
    run.row(
        f"{messages} messages, {THREAD_WINDOW} tokens", f"{plan.source.read} of {plan.source.total}", sum(1 for _ in sizes(made)), read,
        f"{plan.seconds or 0:.0f}", f"{peer:.0f}", f"{made.seconds:.0f}", f"{peer / made.seconds:.2f} ×",
        sum(tokens + reply > THREAD_WINDOW for tokens, reply in sizes(made)))


def one_after_another(plan: Plan, made: Summary) -> float:
    """Seconds that the same prompts take through `Llama`, each with the same limit. Of a sentence that two calls wanted
    anew the second asked nothing."""
    from llama_cpp import Llama

    model = Llama(str(catalogue.installed()), n_ctx=THREAD_WINDOW, verbose=False)
    asked = [(step.prompt, plan.part_reply) for step in made.steps[:-1]] + [(made.steps[-1].prompt, plan.reply)]
    asked += [(each.prompt, plan.part_reply) for step in made.steps for each in step.again]
    start = time.perf_counter()
    for prompt, most in asked:
        model(prompt, max_tokens=most, temperature=0.0, stop=["\n"])
    return time.perf_counter() - start
