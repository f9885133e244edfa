"""What the command `corpora` does with questions: in with their documents, shown, out again."""

import argparse
from pathlib import Path

from workbench import corpora, questions
from workbench.bench import Bench
from workbench.cli.flags import Parser
from workbench.cli.output import file_json, line, show
from workbench.errors import BadRequest

FORMATS = ("squad", "jsonl", "beir", "csv", "mcq")


def add(command: Parser) -> None:
    """The flags of questions."""
    command.add_argument("--format", choices=FORMATS, help="import documents with questions from such a file; export questions so")
    command.add_argument("--documents", type=Path, action="append", default=[], metavar="PATH", help="import these files with the questions; repeatable")
    command.add_argument("--count-from", type=int, choices=(0, 1), help="how a file of multiple choice numbers the choices")
    command.add_argument("--export", type=Path, metavar="FILE", help="write the questions into this file, for beir into this folder")


def bring(bench: Bench, path: Path, options: argparse.Namespace) -> None:
    """Take documents and questions in from a file."""
    from workbench.measure import bring, formats

    if not options.corpus:
        raise BadRequest("import_no_corpus")
    bundle = formats.load(path, options.format, options.count_from)
    bench.claim()
    failed = []
    for step in bring.bring(bench, options.corpus, bundle, options.documents):
        if step.report and step.report.state == "failed":
            failed.append(step.report)
        if step.report and not options.json and (step.done % 100 == 0 or step.done == step.total or step.report.state == "failed"):
            print(f"{step.done}/{step.total}  {line(step.report)}", flush=True)
    found = bring.settle(bench, options.corpus, bundle.questions)
    repaired, lost = {*bundle.repaired, *found.repaired}, {*bundle.lost, *found.lost}
    told = {
        "corpus": options.corpus, "questions": len(bundle.questions), "documents": len(bundle.texts), "repaired": len(repaired),
        "lost": sorted(lost), "uncovered": [each.id for each in found.uncovered], "left_out": bundle.left_out,
        "files": [file_json(report) for report in failed]}
    if options.json:
        show(told)
        return
    print(f"{options.corpus}: {told['questions']} questions, {told['documents']} documents.")
    for count, what in (
            (len(repaired), "spans stood elsewhere than the file says, and were found there"),
            (len(lost), "answers stand nowhere in their document"), (len(found.uncovered), "questions are about documents that are not here"),
            *((count, reason.replace("_", " ")) for reason, count in bundle.left_out.items())):
        if count:
            print(f"{count} {what}")


def run(bench: Bench, corpus: str, options: argparse.Namespace) -> None:
    """Show the questions of a corpus, or write them into a file."""
    from workbench.measure import bring

    if options.export is not None:
        unsaid = bring.take_out(bench, corpus, options.export, options.format or "jsonl")
        if options.json:
            show({"corpus": corpus, "out": str(options.export), "left_out": list(unsaid)})
        else:
            print(options.export)
            if unsaid:
                print(f"{len(unsaid)} questions cannot be said in this format: {', '.join(unsaid[:5])}{' …' if len(unsaid) > 5 else ''}")
        return
    rows = questions.reviewed(bench, corpus)
    if options.json:
        show({"corpus": corpus, "questions": [
            corpora.row(each.question) | {"state": each.state, "changed": each.changed} for each in rows]})
    for each in [] if options.json else rows:
        print(f"{each.state:9} {each.question.id}  {each.question.text}  → {' | '.join(each.question.answers) or '–'}")
