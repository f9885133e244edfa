"""What the command `corpora` does with questions: in with their documents, made, looked through, out again."""

import argparse
import sys
from pathlib import Path
from typing import Any

from workbench import corpora, questions
from workbench.bench import Bench
from workbench.cli.flags import Parser, location, words
from workbench.cli.output import file_json, line, show
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns.questions import STATES, Reviewed, Row
from workbench.words import COUNTING

FORMATS = ("squad", "jsonl", "beir", "csv", "mcq")


def add(command: Parser) -> None:
    """The flags of questions."""
    command.add_argument("--format", choices=FORMATS, help="import documents with questions from such a file; export questions so")
    command.add_argument("--documents", type=location, action="append", default=[], metavar="PATH", help="import these files with the questions; repeatable")
    command.add_argument("--count-from", type=int, choices=(0, 1), help="how a file of multiple choice numbers the choices")
    command.add_argument("--export", type=location, metavar="FILE", help="write the questions into this file, for beir into this folder")
    command.add_argument("--state", choices=STATES, help="only questions in this state")
    command.add_argument("--make", type=int, metavar="N", help="make so many questions from the documents, for you to accept")
    command.add_argument("--lang", choices=("en", "ko"), help="make questions in this language only")
    command.add_argument("--seed", type=int, default=7, metavar="N", help="another seed makes other questions")
    command.add_argument("--alone", action="store_true", help="put aside what the model (--model) answers without any passage, of --state (default: proposed)")
    command.add_argument("--accept", type=words, action="append", default=[], metavar="ID", help="accept a question, “all”: every proposed one; repeatable")
    command.add_argument("--drop", type=words, action="append", default=[], metavar="ID", help="put a question aside; repeatable")
    command.add_argument("--edit", type=words, default="", metavar="ID", help="accept a question with the words of --text, the answers of --answer")
    command.add_argument("--text", type=words, metavar="WORDS", help="what is asked")
    command.add_argument("--answer", type=words, action="append", default=[], metavar="WORDS", help="an answer; repeatable")
    command.add_argument("--gate", action="store_true", help="say what speaks against measuring with the accepted questions")
    command.add_argument("--keep", type=words, action="append", default=[], metavar="ID", help="measure a question all the same; repeatable")


def bring(bench: Bench, path: Path, options: argparse.Namespace) -> None:
    """Take documents and questions in from a file."""
    from workbench.measure import bring, formats

    if not options.corpus:
        raise BadRequest("import_no_corpus")
    bundle = formats.load(path, options.format, options.count_from)
    bench.claim()
    failed, read = [], 0
    for step in bring.bring(bench, options.corpus, bundle, options.documents):
        if step.report and step.report.state == "failed":
            failed.append(step.report)
        read += bool(step.report)
        if step.report and not options.json and (step.done % 100 == 0 or step.done == step.total or step.report.state == "failed"):
            print(f"{step.done}/{step.total}  {line(step.report)}", flush=True)
    found = bring.settle(bench, options.corpus, bundle.questions)
    repaired, lost = {*bundle.repaired, *found.repaired}, {*bundle.lost, *found.lost}
    stayed = bring.stayed(bench, options.corpus, bundle.questions)
    told = {
        "corpus": options.corpus, "questions": len(bundle.questions), "documents": len(bundle.texts), "repaired": len(repaired),
        "lost": sorted(lost), "uncovered": [each.id for each in found.uncovered], "left_out": bundle.left_out, "stayed": stayed,
        "files": [file_json(report) for report in failed]}
    show(told) if options.json else tell_brought(told)
    if failed and len(failed) == read:
        raise WorkbenchError("nothing_read", count=read)


def tell_brought(told: dict[str, Any]) -> None:
    """What came in, and what did not."""
    print(COUNTING.format("{corpus}: {questions} {questions:question|questions}, {documents} {documents:document|documents}.", **told))
    for count, what in (
            (told["repaired"], "spans stood elsewhere than the file says, and were found there"),
            (len(told["lost"]), "answers stand nowhere in their document"), (len(told["uncovered"]), "questions are about documents that are not here"),
            (told["stayed"], "questions stay as they were left here, dropped or edited"),
            *((count, reason.replace("_", " ")) for reason, count in told["left_out"].items())):
        if count:
            print(f"{count} {what}")


def run(bench: Bench, corpus: str, options: argparse.Namespace) -> None:
    """Make, judge, check or show the questions of a corpus, or write them into a file."""
    if options.export is not None:
        take_out(bench, corpus, options)
        return
    if not options.edit and (options.text is not None or options.answer):
        raise BadRequest("edit_which")
    changes = bool(options.make is not None or options.alone or options.accept or options.drop or options.edit or options.keep)
    if changes:
        bench.claim()
    done = changed(bench, corpus, options)
    if options.gate or options.keep:
        tell_gate(bench, corpus, options, done)
        return
    tell_rows(bench, corpus, options, done)


def take_out(bench: Bench, corpus: str, options: argparse.Namespace) -> None:
    """Write the accepted questions into a file."""
    from workbench.measure import bring

    unsaid = bring.take_out(bench, corpus, options.export, options.format or "jsonl")
    if options.json:
        show({"corpus": corpus, "out": str(options.export), "left_out": list(unsaid)})
        return
    print(options.export)
    if unsaid:
        print(f"{len(unsaid)} questions cannot be said in this format: {', '.join(unsaid[:5])}{' …' if len(unsaid) > 5 else ''}")


def changed(bench: Bench, corpus: str, options: argparse.Namespace) -> dict[str, int]:
    """Do what is asked, in the order in which it makes sense; gives how many questions each of it is about."""
    from workbench.measure import making, review

    done: dict[str, int] = {}
    if options.make is not None:
        made = making.make(bench, corpus, options.make, options.seed, options.lang)
        done["made"] = making.propose(bench, corpus, made)
    if options.alone:
        done |= put_aside(bench, corpus, options)
    accepted = [each for each in options.accept if each != "all"]
    review.check(bench, corpus, [*options.drop, *accepted])  # before anything is changed
    if options.edit:
        review.edit(bench, corpus, options.edit, options.text, options.answer)
        done["edited"] = 1
    if options.drop:
        done["dropped"] = review.put(bench, corpus, options.drop, "dropped")
    if options.accept:
        everything = review.accept_all(bench, corpus) if "all" in options.accept else 0
        done["accepted"] = everything + review.put(bench, corpus, accepted, "accepted")
    if options.keep:
        done["kept"] = review.keep(bench, corpus, review.gate(bench, corpus), options.keep)
    return done


def put_aside(bench: Bench, corpus: str, options: argparse.Namespace) -> dict[str, int]:
    """Put aside what a model answers without any passage."""
    from workbench.measure import review

    some = [each.question for each in questions.reviewed(bench, corpus) if each.state == (options.state or "proposed")]
    step = None
    for step in review.ask_alone(bench, corpus, some, options.model):
        if not options.json and step.done:
            print(f"{step.done} of {step.total} replies without a passage", file=sys.stderr, flush=True)
    if step is None:
        return {}
    review.put_aside(bench, corpus, step.guessed, options.model)
    return {"asked_alone": len(some) - step.unread, "answered_alone": len(step.guessed), "not_asked": step.unread}


def tell_rows(bench: Bench, corpus: str, options: argparse.Namespace, done: dict[str, int]) -> None:
    """The questions with the sentences they are about, and how many there are of each state."""
    from workbench.measure import review

    every = questions.reviewed(bench, corpus)
    counts = review.counts(every)
    some = review.rows(bench, corpus, [each for each in every if options.state in (None, each.state)])
    if options.json:
        show({"corpus": corpus, "counts": counts, **done, "questions": [row_json(each) for each in some]})
        return
    for each in some:
        print(row_line(each.reviewed))
        if each.sentence:
            print(f"          {marked(each)}{f'  ({each.file})' if each.file else ''}")
    for name, count in done.items():
        print(f"{name.replace('_', ' ')}: {count}")
    print(f"{', '.join(f'{count} {state}' for state, count in counts.items())}; accepted ones are measured.")


def row_json(row: Row) -> dict:
    """A question under review."""
    each = row.reviewed
    return corpora.row(each.question) | {
        "state": each.state, "changed": each.changed, "edited": each.original is not None, "said": row.sentence,
        "said_at": [row.start, row.end], "said_in": row.file, "answered_alone": row.guessed}


def row_line(each: Reviewed) -> str:
    """A question in one line."""
    return f"{each.state:9} {each.question.id}  {each.question.text}  → {' | '.join(each.question.answers) or '–'}"


def marked(row: Row) -> str:
    """The sentence with the answer in brackets, in one line."""
    start, end = row.start, row.end
    text = f"{row.sentence[:start]}[{row.sentence[start:end]}]{row.sentence[end:]}" if end > start else row.sentence
    return " ".join(text.split())


def tell_gate(bench: Bench, corpus: str, options: argparse.Namespace, done: dict[str, int]) -> None:
    """What speaks against measuring with the accepted questions."""
    from workbench.measure import review, telling
    from workbench.records import plain

    found = review.gate(bench, corpus)
    if options.json:
        show({"corpus": corpus, **done, "questions": len(found.questions), "clean": len(found.clean), "flagged": sorted(found.flagged),
              "gray": sorted(found.gray), "leaks": plain(found.leaks), "likenesses": plain(found.likenesses)})
        return
    for leak in found.leaks:
        print(f"{leak.verdict or leak.where:14}{leak.question}  {leak.file}: {' '.join(leak.text.split())}")
    for each in found.likenesses:
        print(f"{each.verdict or each.kind:14}{each.question}  {each.similarity:.2f} like {each.other}: {' '.join(each.text.split())}")
    for name, count in done.items():
        print(f"{name.replace('_', ' ')}: {count}")
    for told in telling.gate("en", found.reasons, len(found.questions)):
        print(told)
