"""The command line: ingest, search, ask, history, corpora, models. Never imports Gradio.

With --json, one JSON object (for `search --queries`, one a line) on standard output and nothing else
there. Errors are one line on standard error, exit code 1.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, ModelError, WorkbenchError
from workbench.home import default_home
from workbench.nouns import (
    LANES,
    REPLY,
    TOP_K,
    WINDOW,
    Answer,
    Entry,
    FileReport,
    Filter,
    Hit,
    Recipe,
    Sentence,
    Survey,
)
from workbench.records import plain
from workbench.words import tell


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        bench = Bench(Settings(options.home), writing=options.writes, searching=options.searches)
        try:
            options.run(bench, options)
        finally:
            bench.close()
    except WorkbenchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other error."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser() -> Parser:
    """Every command with its flags."""
    shared = Parser(add_help=False)
    shared.add_argument("--home", type=Path, default=default_home(), help="data folder (else WORKBENCH_HOME, else per user)")
    shared.add_argument("--json", action="store_true", help="print one JSON object")
    top = Parser(prog="python -m workbench", description="Small-model RAG on your own documents.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, help: str, *, writes: bool = False, searches: bool = False) -> Parser:
        added = commands.add_parser(name, parents=[shared], help=help, description=help)
        added.set_defaults(run=run, writes=writes, searches=searches)
        return added

    ingest = command("ingest", run_ingest, "put files and folders into a corpus", writes=True)
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.add_argument("--corpus", type=words, required=True, metavar="NAME")

    search = command("search", run_search, "find passages and the best sentence", searches=True)
    search.add_argument("query", nargs="?", type=words, metavar="QUERY")
    search.add_argument("--queries", type=Path, metavar="FILE", help='JSON lines with "query" or "question"; answers in JSON lines')
    search.add_argument("--corpus", type=words, required=True, metavar="NAME")
    search.add_argument("--top-k", type=int, default=5, metavar="N")
    add_filter(search)

    ask = command("ask", run_ask, "answer a question with and without the documents", searches=True)
    ask.add_argument("question", type=words, metavar="QUESTION")
    ask.add_argument("--corpus", type=words, required=True, metavar="NAME")
    ask.add_argument("--lanes", default="closed,rag", metavar="A,B", help=f"of {', '.join(LANES)}")
    ask.add_argument("--model", default="", metavar="NAME|PATH", help="a name of `models list` or the path of a GGUF")
    ask.add_argument("--window", type=int, default=WINDOW, metavar="N", help="context window in tokens")
    ask.add_argument("--reply", type=int, default=REPLY, metavar="N", help="tokens kept for the reply")
    ask.add_argument("--top-k", type=int, default=TOP_K, metavar="N", help="passages to look at")
    ask.add_argument("--form", choices=("auto", "completion", "chat"), default="auto", help="form of the prompt")
    ask.add_argument("--temperature", type=float, default=0.0)
    ask.add_argument("--seed", type=int, default=0)
    add_filter(ask)

    history = command("history", run_history, "what was asked before: list, show, ask again, delete, or export as a page")
    history.add_argument("act", choices=("list", "show", "again", "delete", "export"))
    history.add_argument("what", nargs="*", type=words, metavar="TEXT|ID", help="words to find for list, else numbers of entries")
    history.add_argument("--corpus", type=words, default="", metavar="NAME", help="list only what this corpus was asked")
    history.add_argument("--limit", type=int, default=20, metavar="N", help="list at most so many, newest first")
    history.add_argument("--before", type=int, metavar="ID", help="list what is older than this entry")
    history.add_argument("--all", action="store_true", help="delete everything that was kept")
    history.add_argument("--out", type=Path, metavar="FILE", help="the HTML page to write")
    history.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the page")

    corpora = command(
        "corpora", run_corpora, "list, show or delete corpora, report the quality of one, carry one elsewhere, or check the store")
    corpora.add_argument("act", choices=("list", "show", "delete", "quality", "export", "import", "check"))
    corpora.add_argument("name", nargs="?", type=words, metavar="NAME|FILE", help="a corpus; for import the archive")
    corpora.add_argument("--out", type=Path, metavar="FILE", help="export into this archive")
    corpora.add_argument("--corpus", type=words, default="", metavar="NAME", help="import under this name instead of its own")
    corpora.add_argument("--repair", action="store_true", help="check, and make again what is damaged")
    corpora.add_argument("--model", default="", metavar="NAME|PATH", help="count tokens as this model does")
    corpora.add_argument("--window", type=int, default=WINDOW, metavar="N", help="context window in tokens")
    corpora.add_argument("--threshold", type=float, metavar="X", help="similarity of near duplicates (default: calibrated by language)")
    corpora.add_argument("--collapse", action="store_true", help="let one document stand for its duplicates")
    corpora.add_argument("--restore", action="store_true", help="have all collapsed documents searched again")

    models = command("models", run_models, "list models, show what a GGUF says of itself, or measure one on this computer", searches=True)
    models.add_argument("act", choices=("list", "show", "speed"))
    models.add_argument("model", nargs="?", default="", metavar="NAME|PATH")
    return top


def add_filter(command: Parser) -> None:
    """The flags that say which documents may be read."""
    command.add_argument("--file", type=words, action="append", default=[], metavar="NAME", help="read this file only; repeatable")
    command.add_argument("--type", action="append", default=[], metavar="KIND", help="read files of this type only; repeatable")
    command.add_argument("--since", default="", metavar="DAY", help="leave out documents from before the day, or without one")
    command.add_argument("--until", default="", metavar="DAY", help="leave out documents from after the day, or without one")


def chosen(options: argparse.Namespace) -> Filter:
    """The filter of these flags. Raises BadRequest."""
    from workbench.search import admitting

    return admitting(options.file, options.type, options.since, options.until)


def words(argument: str) -> str:
    """An argument as text: bytes that are none in the system's encoding become question marks."""
    return argument.encode("utf-8", "replace").decode("utf-8")


def run_ingest(bench: Bench, options: argparse.Namespace) -> None:
    """ingest PATH... --corpus NAME"""
    import time

    from workbench.ingest import ingest

    start = time.perf_counter()
    reports: list[FileReport] = []
    for progress in ingest(bench, options.paths, options.corpus):
        if progress.report:
            reports.append(progress.report)
            if not options.json:
                print(f"{progress.done}/{progress.total}  {line(progress.report)}", flush=True)
    seconds = time.perf_counter() - start
    if options.json:
        show({"files": [file_json(report) for report in reports], "seconds": round(seconds, 3)})


def run_search(bench: Bench, options: argparse.Namespace) -> None:
    """search QUERY --corpus NAME"""
    from workbench.search import search

    filter = chosen(options)
    if options.queries is None:
        found = search(bench, options.query or "", options.corpus, options.top_k, filter)
        if options.json:
            show({"hits": [hit_json(hit) for hit in found.hits], "best": sentence_json(found.best)})
            return
        if found.best:
            print(f"» {found.best.text}\n")
        for hit in found.hits:
            print(f"{hit.score:6.2f}  {place(hit)}\n        {' '.join(hit.chunk.text.split())[:160]}")
        return
    for row in list(queries(options.queries)):  # a bad line is told before anything runs
        question = str(row.get("query") or row.get("question"))
        found = search(bench, question, options.corpus, options.top_k, filter)
        hits = [hit_json(hit) for hit in found.hits]
        known = {key: row[key] for key in ("id",) if key in row}
        show(known | {"query": question, "hits": hits, "best": sentence_json(found.best)})


def queries(path: Path) -> Iterator[dict]:
    """The lines of a file of questions. Raises BadRequest with the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest("read_denied", name=path, why=error) from error
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise BadRequest("queries_malformed", name=path, line=number) from error
        if not isinstance(row, dict) or not isinstance(row.get("query") or row.get("question"), str):
            raise BadRequest("queries_malformed", name=path, line=number)
        yield row


def run_ask(bench: Bench, options: argparse.Namespace) -> None:
    """ask QUESTION --corpus NAME"""
    from workbench.ask import ask

    filter = chosen(options)
    recipes = [
        Recipe(
            lane=lane.strip(),
            corpus=options.corpus,
            top_k=options.top_k,
            window=options.window,
            reply=options.reply,
            temperature=options.temperature,
            seed=options.seed,
            model=options.model,
            form=options.form,
            filter=filter,
        )
        for lane in options.lanes.split(",")
    ]
    bench.store.version(options.corpus)  # the closed lane alone would not look
    tell_answers(bench, ask(bench, options.question, recipes), options.json)


def tell_answers(bench: Bench, answers: tuple[Answer, ...], as_json: bool) -> None:
    """Keep a comparison and print it. Raises ModelError where a lane could not answer: what could be found is printed,
    a failure is still a failure."""
    kept = kept_as(bench, answers)
    errors = [answer.error for answer in answers if answer.error]
    printed = answers if len(errors) < len(answers) else ()
    if printed and as_json:
        show({"question": printed[0].question, "kept": kept, "answers": [answer_json(answer) for answer in printed]})
    elif printed:
        print_answers(printed)
    if errors:
        raise ModelError(errors[0].code, **errors[0].facts)


def kept_as(bench: Bench, answers: tuple[Answer, ...]) -> int | None:
    """The number the answers are kept under. They are given even where they cannot be kept, which is then told."""
    from workbench import history

    try:
        return history.keep(bench, answers)
    except WorkbenchError as error:
        print(f"Not kept in the history: {error}", file=sys.stderr)
        return None


def print_answers(answers: tuple[Answer, ...]) -> None:
    """A comparison as lines."""
    for answer in answers:
        print(f"[{answer.recipe.lane}] {answer.text or '–'}")
        if answer.timing:
            print(
                f"    {answer.timing.prompt_tokens} + {answer.timing.reply_tokens} tokens of {answer.recipe.window}, "
                f"{answer.timing.seconds:.1f} s{'; ' + ', '.join(answer.flags) if answer.flags else ''}")
        for number, passage in enumerate(answer.passages, 1):
            print(f"    [{number}] {place(passage.hit)}{' (excerpt)' if passage.excerpt else ''}")


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


def run_corpora(bench: Bench, options: argparse.Namespace) -> None:
    """corpora list | show NAME | delete NAME | quality NAME | export NAME --out FILE | import FILE | check [NAME]"""
    if options.act == "list":
        rows = [{"name": name, "files": files, "chunks": chunks} for name, files, chunks in bench.store.corpora()]
        if options.json:
            show({"corpora": rows})
        for row in [] if options.json else rows:
            print(f"{row['name']}  {row['files']} files, {row['chunks']} chunks")
        return
    name = options.name or ""
    if options.act in ("import", "check"):
        bring_corpus(bench, Path(name), options) if options.act == "import" else check_store(bench, name, options)
        return
    bench.store.version(name)
    if options.act == "export":
        take_corpus(bench, name, options)
        return
    if options.act == "delete":
        from workbench.ingest import delete_corpus

        bench.claim()
        delete_corpus(bench, name)
        show({"deleted": name}) if options.json else print(f"{name} is deleted.")
        return
    if options.act == "quality":
        tell_quality(bench, name, options)
        return
    reports = bench.store.files(name)
    if options.json:
        show({"name": name, "files": [file_json(report) for report in reports]})
    for report in [] if options.json else reports:
        print(line(report))


def take_corpus(bench: Bench, name: str, options: argparse.Namespace) -> None:
    """Write a corpus into an archive."""
    from workbench import carry

    if options.out is None:
        raise BadRequest("archive_no_file")
    carry.export(bench, name, options.out)
    show({"corpus": name, "out": str(options.out), "size": options.out.stat().st_size}) if options.json else print(options.out)


def bring_corpus(bench: Bench, path: Path, options: argparse.Namespace) -> None:
    """Take a corpus in from an archive."""
    from workbench import carry

    bench.claim()
    reports: list[FileReport] = []
    for progress in carry.load(bench, path, options.corpus):
        if progress.report:
            reports.append(progress.report)
            if not options.json:
                print(f"{progress.done}/{progress.total}  {line(progress.report)}", flush=True)
    if options.json:
        show({"files": [file_json(report) for report in reports]})


def check_store(bench: Bench, name: str, options: argparse.Namespace) -> None:
    """Say what stands in the store. Raises WorkbenchError where something is damaged and stays so."""
    from workbench.check import check, repair

    found = check(bench, name)
    health = repair(bench, name) if options.repair else found
    repaired = [fault for fault in found.faults if fault not in health.faults]
    told = [{"corpus": each.corpus, "file": each.file, "says": tell("en", each.remark), "harm": each.harm, "mend": each.mend,
             "repaired": each in repaired} for each in (*repaired, *health.faults)]
    if options.json:
        show({"corpora": list(health.corpora), "files": health.files, "documents": health.documents, "chunks": health.chunks,
              "size": health.size, "sound": health.sound, "faults": told})
    else:
        print(f"{len(health.corpora)} corpora, {health.files} files, {health.documents} documents, {health.chunks} chunks, {health.size} bytes")
        for row in told:
            print(f"{'repaired' if row['repaired'] else 'damaged' if row['harm'] else 'note':10}{row['corpus']}  {row['says']}")
    if not health.sound:
        raise WorkbenchError("check_damaged", count=sum(fault.harm for fault in health.faults))


def tell_quality(bench: Bench, name: str, options: argparse.Namespace) -> None:
    """The quality of a corpus, with the documents that are, or were, collapsed."""
    from workbench import hygiene

    if options.window < 1:
        raise BadRequest("number", name="window", value=options.window, least=1, most=10**6)
    if options.collapse or options.restore:
        bench.claim()
    restored = hygiene.restore(bench, name) if options.restore else 0
    found = hygiene.quality(bench, name, options.model, options.window)
    groups = hygiene.groups(bench, found, options.threshold)
    count = hygiene.collapse(bench, name, groups) if options.collapse else 0
    if options.json:
        show(plain(found) | {
            "windows": found.windows, "pairs": [plain(pair) | {"different": pair.different} for pair in found.pairs],
            "groups": plain(groups), "collapsed_now": count, "restored": restored})
        return
    print(f"{found.documents} documents, {found.chunks} chunks, {found.tokens} tokens of {found.tokenizer}, "
          f"{found.windows} windows of {found.window}; {found.collapsed} collapsed, {found.refused} not taken in again")
    for each in found.languages:
        print(f"{each.language:8}{each.documents} documents, {each.characters} characters, {each.characters_per_token:.2f} a token")
    for title, bins in (("documents", found.document_sizes), ("chunks", found.chunk_sizes)):
        print(f"{title} by tokens: " + ", ".join(f"{each.least}–{each.end - 1}: {each.count}" for each in bins))
    titles = {each.id: f"{each.source} “{each.title}”" for each in bench.store.documents(name, text=False)}
    for short in found.empty_pages:
        print(f"page {short.page} of {titles[short.document]}: {short.size} letters")
    for short in found.brief:
        print(f"{titles[short.document]}: {short.size} tokens")
    for pair in found.pairs:
        if pair.similarity >= (pair.limit if options.threshold is None else options.threshold):
            differing = f"; only there: {', '.join(pair.only_first)} / {', '.join(pair.only_second)}" if pair.different else ""
            print(f"{pair.similarity:.2f}  {pair.by:8}{titles[pair.first]} – {titles[pair.second]}{differing}")
    for group in groups:
        print(f"{titles[group.kept]} {'stands' if options.collapse else 'could stand'} for {', '.join(titles[each] for each in group.others)}")
    if options.collapse or options.restore:
        print(f"{count} collapsed, {restored} restored.")


def run_models(bench: Bench, options: argparse.Namespace) -> None:
    """models list | show NAME|PATH | speed NAME|PATH"""
    from workbench.models import catalogue

    if options.act == "list":
        names = catalogue.names(bench.settings.home)
        show({"models": names, "default": names[0]}) if options.json else print("\n".join(names))
        return
    if options.act == "speed":
        from workbench.trial import trial

        *_, (_, _, measured) = trial(bench, options.model)
        if options.json:
            show(asdict(measured) | {"order": measured.order})
        else:
            print(f"reads {measured.reading:.0f}, writes {measured.writing:.0f} tokens a second; {measured.order}")
        return
    card = asdict(bench.card(options.model))
    card.pop("control_tokens")
    if options.json:
        show(card)
    for key, value in {} if options.json else card.items():
        print(f"{key:22}{value}")


# nouns as JSON and as lines


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

def file_json(report: FileReport) -> dict:
    """A file's fate."""
    reason = " ".join(tell("en", remark) for remark in report.remarks)
    return {"name": report.name, "state": report.state, "reason": reason, "chunks": report.chunks}


def hit_json(hit: Hit) -> dict:
    """A passage that was found."""
    return {
        "document": hit.chunk.document_id,
        "title": hit.title,
        "source": hit.source,
        "page": hit.page,
        "start": hit.chunk.start,
        "end": hit.chunk.end,
        "score": round(hit.score, 4),
        "dense": round(hit.dense, 4),
        "lexical": round(hit.lexical, 4),
        "text": hit.chunk.text,
    }


def sentence_json(sentence: Sentence | None) -> dict | None:
    """The best sentence with its place."""
    if sentence is None:
        return None
    return {
        "text": sentence.text,
        "document": sentence.hit.chunk.document_id,
        "source": sentence.hit.source,
        "start": sentence.start,
        "end": sentence.end,
    }


def answer_json(answer: Answer) -> dict:
    """An answer with all that explains it."""
    timing = answer.timing
    return {
        "lane": answer.recipe.lane,
        "text": answer.text,
        "best": sentence_json(answer.best),
        "prompt_tokens": timing.prompt_tokens if timing else 0,
        "reply_tokens": timing.reply_tokens if timing else 0,
        "first_token_seconds": timing and timing.first_token_seconds,
        "seconds": timing.seconds if timing else 0.0,
        "budget": answer.budget and asdict(answer.budget) | {"prompt": answer.budget.prompt, "free": answer.budget.free},
        "hits": [hit_json(hit) for hit in answer.hits],
        "passages": [{"source": each.hit.source, "text": each.text, "excerpt": each.excerpt} for each in answer.passages],
        "left_out": [
            {"source": left.hit.source, "start": left.hit.chunk.start, "reason": left.reason, "tokens": left.tokens}
            for left in answer.left_out
        ],
        "confidence": asdict(answer.confidence),
        "flags": list(answer.flags),
        "error": answer.error and tell("en", answer.error),
        "used": answer.used,
        "standalone": answer.standalone,
        "claims": [asdict(claim) for claim in answer.claims],
        "relevance": answer.relevance and asdict(answer.relevance),
        "stage": answer.stage,
        "survey": answer.survey and survey_json(answer.survey),
        "prompt": answer.prompt,
    }


def survey_json(survey: Survey) -> dict:
    """A full pass with every match."""
    return {
        "records": survey.records, "read": survey.read, "documents": survey.documents, "matched": survey.matched, "terms": list(survey.terms),
        "matches": [sentence_json(match) for match in survey.matches]}


def line(report: FileReport) -> str:
    """A file's fate in one line."""
    reason = " ".join(tell("en", remark) for remark in report.remarks)
    return f"{report.state:10}{report.name}  {f'{report.chunks} chunks' if report.chunks else ''}{reason and '  ' + reason}"


def place(hit: Hit) -> str:
    """Where a passage stands."""
    return f"{hit.source}{f', page {hit.page}' if hit.page else ''}"


def show(value: dict) -> None:
    """Print an object as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False), flush=True)
