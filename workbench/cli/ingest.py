"""The commands `ingest` and `search`: files into a corpus, passages out of it."""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

from workbench.bench import Bench
from workbench.cli.flags import Command, add_filter, chosen, location, words
from workbench.cli.output import file_json, hit_json, line, place, sentence_json, show
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import FileReport


def add(command: Command) -> None:
    """Its flags."""
    ingest = command("ingest", run_ingest, "put files and folders into a corpus", writes=True)
    ingest.add_argument("paths", nargs="+", type=location, metavar="PATH")
    ingest.add_argument("--corpus", type=words, required=True, metavar="NAME")
    ingest.add_argument("--by-row", action="store_true", help="every row of a table becomes a document of its own")

    search = command("search", run_search, "find passages and the best sentence", searches=True)
    search.add_argument("query", nargs="?", type=words, metavar="QUERY")
    search.add_argument("--queries", type=location, metavar="FILE", help='JSON lines with "query" or "question"; answers in JSON lines')
    search.add_argument("--corpus", type=words, required=True, metavar="NAME")
    search.add_argument("--top-k", type=int, default=5, metavar="N")
    add_filter(search)


def run_ingest(bench: Bench, options: argparse.Namespace) -> None:
    """ingest PATH... --corpus NAME"""
    from workbench.ingest import ingest

    start = time.perf_counter()
    reports: list[FileReport] = []
    for progress in ingest(bench, options.paths, options.corpus, by_row=options.by_row):
        if progress.report:
            reports.append(progress.report)
            if not options.json:
                print(f"{progress.done}/{progress.total}  {line(progress.report)}", flush=True)
    seconds = time.perf_counter() - start
    if options.json:
        show({"files": [file_json(report) for report in reports], "seconds": round(seconds, 3)})
    if reports and all(report.state == "failed" for report in reports):
        raise WorkbenchError("nothing_read", count=len(reports))


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
