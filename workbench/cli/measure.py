"""The command `measure`: questions × recipes, on this computer."""

import argparse
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.bench import Bench
from workbench.cli.flags import Command, location, words
from workbench.cli.output import show
from workbench.errors import BadRequest
from workbench.models.addresses import leaves
from workbench.nouns import WINDOW
from workbench.words import say

if TYPE_CHECKING:
    from workbench.nouns.figures import Figures
    from workbench.nouns.runs import Plan


def add(command: Command) -> None:
    """Its flags."""
    measure = command("measure", run_measure, "measure how much knowledge retrieval replaces", searches=True)
    measure.add_argument("--corpus", type=words, default="", metavar="NAME")
    measure.add_argument("--questions", type=words, default="", metavar="FILE", help="a file of questions; else those of the corpus")
    measure.add_argument(
        "--lanes", default="closed,rag,extract,oracle", metavar="A,B",
        help="of closed, rag, extract, oracle, noise, mixed or mixed(0.4), counter, position or position(2), stuffed")
    measure.add_argument("--models", default="", metavar="A,B", help="names of `models list` or paths of GGUFs")
    measure.add_argument("--windows", default=str(WINDOW), metavar="N,M", help="context windows in tokens")
    measure.add_argument("--reply", type=int, default=32, metavar="N", help="tokens kept for the reply")
    measure.add_argument("--form", choices=("auto", "completion", "chat"), default="auto", help="form of the prompt")
    measure.add_argument("--reference", type=words, default="", metavar="MODEL|FILE", help="what to compare with: a model, or answers as JSON lines (id, answer)")
    measure.add_argument("--limit", type=int, default=0, metavar="N", help="only so many questions, the same ones each time")
    measure.add_argument("--out", type=location, metavar="DIR", help="write the report, the answers and the figures there")
    measure.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the report")
    measure.add_argument("--resume", default="", metavar="RUN", help="go on with a run that ended early")
    measure.add_argument("--plan", action="store_true", help="only say what it will take")


def run_measure(bench: Bench, options: argparse.Namespace) -> None:
    """measure --corpus NAME"""
    from workbench.measure import journal
    from workbench.measure.plan import plan
    from workbench.measure.run import begin
    from workbench.measure.setup import Order, setup

    if options.resume:
        if options.plan:
            raise BadRequest("resume_plan")
        path = journal.place(bench.settings.home, options.resume)
    else:
        if not options.corpus:
            raise BadRequest("measure_no_corpus")
        made = setup(bench, Order(
            corpus=options.corpus, source=options.questions, lanes=tuple(options.lanes.split(",")),
            models=tuple(each.strip() for each in options.models.split(",")), windows=numbers(options.windows), reply=options.reply,
            form=options.form, reference=options.reference, limit=options.limit))
        for host in dict.fromkeys(filter(None, (leaves(each) for each in (*options.models.split(","), options.reference)))):
            print(say("en", "measure.leaves", host=host), file=sys.stderr)
        if options.plan or not options.json:
            foretold = plan(bench, made)
            tell_plan(foretold, options.json and options.plan)
            if options.plan:
                return
        path = begin(bench, made)
    run(bench, path, quiet=options.json)
    tell_figures(path, options)


def numbers(typed: str) -> tuple[int, ...]:
    """Whole numbers between commas. Raises BadRequest."""
    try:
        return tuple(int(each) for each in typed.split(","))
    except ValueError as error:
        raise BadRequest("numbers", typed=typed) from error


def run(bench: Bench, path: Path, *, quiet: bool) -> None:
    """Run a journal to its end; an interrupt ends it at the next border."""
    from workbench.measure.run import measure

    stop = threading.Event()
    told = 0.0
    try:
        for step in measure(bench, path, stop):
            if not quiet and (time.monotonic() - told > 2 or step.done == step.total):
                told = time.monotonic()
                left = f", {step.left / 60:.1f} minutes left" if step.left is not None else ""
                print(f"{step.done} of {step.total} answers, {step.column or 'retrieval'}{left}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print(f"Stopped. Go on with: measure --resume {path.parent.name}", file=sys.stderr)
        raise


def tell_plan(plan: "Plan", as_json: bool) -> None:
    """What a run will take."""
    from workbench.records import plain

    if as_json:
        show({"calls": dict(plan.calls), "total": plan.total, "seconds": round(plan.seconds, 1), "left_out": dict(plan.left_out),
              "unread": plain(plan.unread), "stood_in": plan.stood_in, "against": None if plan.against is None else dict(plain(plan.against)), "cards": dict(plain(plan.cards))})
        return
    from workbench.measure import telling

    print(*telling.plan("en", plan), sep="\n")


def tell_figures(path: Path, options: argparse.Namespace) -> None:
    """Print the figures, and write the report where it is asked for."""
    from workbench.measure import export, journal
    from workbench.measure.figures import figures

    run = journal.read(path)
    found = figures(run)
    show(export.figures_json(found)) if options.json else print_figures(found)
    if options.out:
        from workbench.measure.report import write

        write(options.out, run, found, options.lang, path)


def print_figures(found: "Figures") -> None:
    """The figures as lines."""
    from workbench.measure.telling import headline, lines

    pace = f", {found.fast:.0f} a minute" if found.fast else ""  # where a model was asked
    print(f"run {found.run}: {found.answers} answers in {found.seconds:.0f} s{pace}")
    for group in found.groups:
        if len(found.groups) > 1:
            print(f"{Path(group.model).name}, window {group.window}, {group.lang}:" if group.model else f"{group.lang}:")
        print(headline("en", found, group))
        for line in lines(found, group):
            print(f"    {line}")
