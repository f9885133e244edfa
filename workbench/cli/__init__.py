"""The command line: one file a command. Never imports Gradio.

With --json, one JSON object (for `search --queries`, one a line) on standard output and nothing else
there. Errors are one line on standard error, exit code 1.
"""

import io
import os
import sys

from workbench.bench import Bench, Settings
from workbench.cli import ask, corpora, feedback, history, ingest, measure, models, runs, summarize
from workbench.cli.flags import Parser, location
from workbench.errors import WorkbenchError
from workbench.home import default_home


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


def parser() -> Parser:
    """Every command with its flags."""
    shared = Parser(add_help=False)
    shared.add_argument("--home", type=location, default=default_home(), help="data folder (else WORKBENCH_HOME, else per user)")
    shared.add_argument("--json", action="store_true", help="print one JSON object")
    top = Parser(prog="python -m workbench", description="Small-model RAG on your own documents.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, help: str, *, writes: bool = False, searches: bool = False) -> Parser:
        added = commands.add_parser(name, parents=[shared], help=help, description=help)
        added.set_defaults(run=run, writes=writes, searches=searches)
        return added

    for part in (ingest, ask, summarize, feedback, measure, runs, history, corpora, models):
        part.add(command)
    return top
