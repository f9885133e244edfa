"""The command `runs`: what was measured before."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.bench import Bench
from workbench.cli.flags import Command, location, words
from workbench.cli.measure import tell_figures
from workbench.cli.output import show
from workbench.errors import BadRequest
from workbench.words import COUNTING


def add(command: Command) -> None:
    """Its flags."""
    runs = command("runs", run_runs, "what was measured before: list, show, compare two question by question, or delete")
    runs.add_argument("act", choices=("list", "show", "compare", "delete"))
    runs.add_argument("what", nargs="*", type=words, metavar="RUN", help="one for show, the earlier and the later for compare, any number for delete")
    runs.add_argument("--corpus", type=words, default="", metavar="NAME", help="list only what was measured on this corpus")
    runs.add_argument("--out", type=location, metavar="DIR", help="show: write the report, the answers and the figures there")
    runs.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the report")


def run_runs(bench: Bench, options: argparse.Namespace) -> None:
    """runs list | show RUN | compare BEFORE AFTER | delete RUN..."""
    {"list": list_runs, "show": show_run, "compare": compare_runs, "delete": delete_runs}[options.act](bench, options)


def list_runs(bench: Bench, options: argparse.Namespace) -> None:
    """The runs there are, the newest first; one whose beginning cannot be read is named all the same."""
    found = [each for each in listed(bench) if options.corpus in ("", each["corpus"])]
    if options.json:
        show({"runs": found})
    for each in () if options.json else found:
        state = "damaged" if each["damaged"] else "finished" if each["finished"] else f"{each['answers']} of {each['total']} answers"
        models = ", ".join(Path(name).name for name in each["models"])
        asked = COUNTING.format("{questions} {questions:question|questions}", **each)
        print(f"{each['run']}  {each['corpus']}  {asked}  {', '.join(each['lanes'])}  {models}  {state}")


def listed(bench: Bench) -> Iterator[dict[str, Any]]:
    """Every run in a few facts."""
    from workbench.measure import journal
    from workbench.measure.lanes import CONTROLS
    from workbench.measure.setup import answerers

    for name in journal.names(bench.settings.home):
        try:
            run = journal.read(journal.place(bench.settings.home, name))
        except BadRequest:
            yield {"run": name, "made": None, "corpus": "", "questions": 0, "lanes": [], "models": [], "answers": 0, "total": 0,
                   "finished": False, "damaged": True}
            continue
        made = run.setup
        yield {
            "run": name, "made": datetime.fromtimestamp(made.made).astimezone().isoformat(" ", "seconds"), "corpus": made.corpus,
            "questions": len(made.questions), "lanes": list(dict.fromkeys(each.name for each in made.columns if each.name not in CONTROLS)),
            "models": [each.name for each in made.models], "answers": len(run.outcomes),
            "total": sum(len(answerers(made, each)) for each in made.columns), "finished": run.finished, "damaged": False}


def show_run(bench: Bench, options: argparse.Namespace) -> None:
    """The figures of a run, finished or not; with --out its report, too."""
    from workbench.measure import journal

    if len(options.what) != 1:
        raise BadRequest("runs_one", act="show")
    tell_figures(journal.place(bench.settings.home, options.what[0]), options)


def compare_runs(bench: Bench, options: argparse.Namespace) -> None:
    """Two runs, question by question."""
    from workbench.measure import journal
    from workbench.measure.comparing import compared
    from workbench.measure.telling import comparison, percent, points
    from workbench.records import plain

    if len(options.what) != 2:
        raise BadRequest("runs_two")
    before, after = (journal.read(journal.place(bench.settings.home, name)) for name in options.what)
    found = compared(before, after)
    if options.json:
        show(plain(found))
        return
    for line in comparison("en", found):
        print(line)
    for each in found.changes:
        print(f"    {each.lane:14}{each.lang:4}{each.difference.n:5}  before {percent(each.before):18} after {percent(each.after):18} "
              f"points {points(each.difference):20} now right {each.gained}, now wrong {each.lost}, p {each.p:.3f}")


def delete_runs(bench: Bench, options: argparse.Namespace) -> None:
    """Forget runs with all of their answers; none of them where one is unknown or at work."""
    from workbench.measure import journal

    if not options.what:
        raise BadRequest("runs_one", act="delete")
    count = journal.delete(bench.settings.home, options.what)
    show({"deleted": count}) if options.json else print(f"{count} deleted.")
