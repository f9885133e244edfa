"""What the commands' flags share."""

import argparse
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from workbench.nouns import Filter

# command(name, run, help, *, writes=False, searches=False) gives the parser of a new command.
Command = Callable[..., "Parser"]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other error."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"{self.prog}: {message}; see {self.prog} --help\n")


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


def location(argument: str) -> Path:
    """An argument as a path, unless its name is too long for any file: whatever looked for that would end the command."""
    try:
        os.lstat(argument)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise argparse.ArgumentTypeError(f"“{argument[:40]}…” is too long for the name of a file") from None
    return Path(argument)
