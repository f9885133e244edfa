"""The command `history`."""

import argparse
from datetime import datetime

from workbench.bench import Bench
from workbench.cli.ask import print_answers, tell_answers
from workbench.cli.flags import Command, location, words
from workbench.cli.output import answer_json, show
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import Entry


def add(command: Command) -> None:
    """Its flags."""
    history = command("history", run_history, "what was asked before: list, show, ask again, delete, or export as a page")
    history.add_argument("act", choices=("list", "show", "again", "delete", "export"))
    history.add_argument("what", nargs="*", type=words, metavar="TEXT|ID", help="words to find for list, else numbers of entries")
    history.add_argument("--corpus", type=words, default="", metavar="NAME", help="list only what this corpus was asked")
    history.add_argument("--limit", type=int, default=20, metavar="N", help="list at most so many, newest first")
    history.add_argument("--before", type=int, metavar="ID", help="list what is older than this entry")
    history.add_argument("--all", action="store_true", help="delete everything that was kept")
    history.add_argument("--out", type=location, metavar="FILE", help="the HTML page to write")
    history.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the page")


def run_history(bench: Bench, options: argparse.Namespace) -> None:
    """history list [TEXT] | show ID | again ID | delete ID...|--all | export ID... --out FILE"""
    acts = {
        "list": list_history, "show": show_history, "again": ask_again, "delete": delete_history, "export": export_history}
    acts[options.act](bench, options)


def list_history(bench: Bench, options: argparse.Namespace) -> None:
    """The kept questions, newest first."""
    from workbench import history

    entries = history.find(bench, " ".join(options.what), options.corpus, max(0, options.limit), options.before)
    if options.json:
        show({"history": [entry_json(entry) for entry in entries]})
    for entry in () if options.json else entries:
        print(entry_line(entry))


def show_history(bench: Bench, options: argparse.Namespace) -> None:
    """One kept question with its answers."""
    from workbench import history

    (number,) = numbers(options, most=1)
    entry = history.get(bench, number)
    if options.json:
        show(entry_json(entry) | {"answers": [answer_json(answer) for answer in entry.answers]})
        return
    print(entry_line(entry))
    print_answers(entry.answers)


def ask_again(bench: Bench, options: argparse.Namespace) -> None:
    """The same question with the same settings, over the documents as they are now."""
    from workbench import history

    (number,) = numbers(options, most=1)
    *_, answers = history.again(bench, number)
    tell_answers(bench, answers, options.json)


def delete_history(bench: Bench, options: argparse.Namespace) -> None:
    """Forget some entries, or all."""
    from workbench import history

    if options.all:
        count = history.clear(bench)
    else:
        count = 0
        for number in numbers(options):
            history.delete(bench, number)
            count += 1
    show({"deleted": count}) if options.json else print(f"{count} deleted.")


def export_history(bench: Bench, options: argparse.Namespace) -> None:
    """Entries as one HTML page, in the order they are named."""
    from workbench import history
    from workbench.ui import report

    entries = [history.get(bench, number) for number in numbers(options)]
    if options.out is None:
        raise BadRequest("history_no_file")
    try:
        options.out.write_text(report.page(options.lang, entries, datetime.now()), encoding="utf-8")
    except OSError as error:
        raise WorkbenchError("report_unwritable", path=options.out, why=error.strerror) from error
    show({"out": str(options.out), "entries": len(entries)}) if options.json else print(options.out)


def numbers(options: argparse.Namespace, most: int | None = None) -> list[int]:
    """The entries that are named. Raises BadRequest where there are none, too many, or something else."""
    if not options.what or (most and len(options.what) > most):
        raise BadRequest("history_no_number", act=options.act)
    for each in options.what:
        if not each.isascii() or not each.isdigit() or len(each) > 15:
            raise BadRequest("history_unknown", id=each)
    return [int(each) for each in options.what]


def entry_json(entry: Entry) -> dict:
    """A kept question without its answers."""
    return {
        "id": entry.id, "asked": moment(entry), "question": entry.question, "corpus": entry.corpus,
        "model": next((answer.recipe.model for answer in entry.answers), ""), "thumb": entry.thumb, "reason": entry.reason,
    }


def entry_line(entry: Entry) -> str:
    """A kept question in one line."""
    mark = {1: "  👍", 0: "", -1: "  👎"}[entry.thumb]
    return f"{entry.id:5}  {moment(entry)}  {entry.corpus}  {entry.question}{mark}{entry.reason and '  ' + entry.reason}"


def moment(entry: Entry) -> str:
    """When it was asked, in local time."""
    return datetime.fromtimestamp(entry.asked).astimezone().isoformat(" ", "seconds")
