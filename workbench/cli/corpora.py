"""The command `corpora`."""

import argparse
from pathlib import Path

from workbench.bench import Bench
from workbench.cli import corpus_questions
from workbench.cli.flags import Command, location, words
from workbench.cli.output import file_json, line, show
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import WINDOW, FileReport
from workbench.records import plain
from workbench.words import COUNTING, tell


def add(command: Command) -> None:
    """Its flags."""
    corpora = command(
        "corpora", run_corpora, "list, show or delete corpora, report the quality of one, carry one elsewhere, or check the store")
    corpora.add_argument("act", choices=("list", "show", "delete", "quality", "export", "import", "check", "questions"))
    corpora.add_argument("name", nargs="?", type=words, metavar="NAME|FILE", help="a corpus; for import the file")
    corpora.add_argument("--out", type=location, metavar="FILE", help="export into this archive")
    corpora.add_argument("--corpus", type=words, default="", metavar="NAME", help="import into this corpus; an archive: instead of its own")
    corpus_questions.add(corpora)
    corpora.add_argument("--repair", action="store_true", help="check, and make again what is damaged")
    corpora.add_argument("--model", default="", metavar="NAME|PATH", help="count tokens as this model does")
    corpora.add_argument("--window", type=int, default=WINDOW, metavar="N", help="context window in tokens")
    corpora.add_argument("--threshold", type=float, metavar="X", help="similarity of near duplicates (default: calibrated by language)")
    corpora.add_argument("--collapse", action="store_true", help="let one document stand for its duplicates")
    corpora.add_argument("--restore", action="store_true", help="have all collapsed documents searched again")


def run_corpora(bench: Bench, options: argparse.Namespace) -> None:
    """corpora list | show NAME | delete NAME | quality NAME | export NAME --out FILE | import FILE [--format FORMAT] | check [NAME]
    | questions NAME [--make N] [--accept ID] …"""
    if options.act == "list":
        rows = [{"name": name, "files": files, "chunks": chunks} for name, files, chunks in bench.store.corpora()]
        if options.json:
            show({"corpora": rows})
        for row in [] if options.json else rows:
            print(COUNTING.format("{name}  {files} {files:file|files}, {chunks} {chunks:chunk|chunks}", **row))
        return
    name = options.name or ""
    if options.act == "import":
        corpus_questions.bring(bench, Path(name), options) if options.format else bring_corpus(bench, Path(name), options)
        return
    if options.act == "check":
        check_store(bench, name, options)
        return
    bench.store.version(name)
    if options.act in ("export", "questions"):
        take_corpus(bench, name, options) if options.act == "export" else corpus_questions.run(bench, name, options)
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
