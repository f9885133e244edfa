"""What was asked before: kept on this computer with all that explains the answers, found, asked again, judged, forgotten.

An entry is one row of the store. Its record holds the passages themselves, so that it can be shown after the corpus is
gone. It is packed, since a passage stands in it several times: see README, "History", for its size.
"""

import json
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.ask import stream
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.models import catalogue
from workbench.nouns import Answer, Entry, Thumb
from workbench.reading import clean
from workbench.records import plain, restored
from workbench.retrieval.store import Kept

PAGE = 20  # entries shown at once
THUMBS: tuple[Thumb, ...] = (-1, 0, 1)
MOST_REASON = 2000  # characters


def keep(bench: Bench, answers: Sequence[Answer]) -> int:
    """Keep a comparison; gives the number of its entry. Raises WorkbenchError where nothing can be written."""
    default = bench.settings.model or catalogue.BUNDLED
    named = [replace(each, recipe=replace(each.recipe, model=each.recipe.model or default)) for each in answers]
    question = named[0].question
    corpus = next((each.recipe.corpus for each in named if each.recipe.corpus), "")
    return bench.store.keep(time.time(), corpus, question, language(question), said(named), packed(named))


def find(
    bench: Bench, text: str = "", corpus: str = "", limit: int = PAGE, before: int | None = None
) -> tuple[Entry, ...]:
    """The entries whose question or answers hold every word of `text`, or parts of words, newest first.
    `before` gives those older than an entry: the last one of a page leads to the next."""
    return tuple(map(entry, bench.store.kept(folded(text).split(), corpus, limit, before)))


def get(bench: Bench, identity: int) -> Entry:
    """One entry. Raises BadRequest where there is none."""
    row = bench.store.kept_one(identity)
    if row is None:
        raise BadRequest("history_unknown", id=identity)
    return entry(row)


def again(bench: Bench, identity: int, stop: threading.Event | None = None) -> Iterator[tuple[Answer, ...]]:
    """The same question with the kept recipes, over the documents and models as they are now."""
    kept = get(bench, identity)
    return stream(bench, kept.question, [each.recipe for each in kept.answers], stop)


def thumb(bench: Bench, identity: int, value: Thumb, reason: str = "") -> None:
    """Note whether an answer was good (1), bad (-1) or neither (0), and why. Raises BadRequest."""
    if value not in THUMBS:
        raise BadRequest("number", name="thumb", value=value, least=-1, most=1)
    if not bench.store.judge(identity, value, clean(reason).strip()[:MOST_REASON]):
        raise BadRequest("history_unknown", id=identity)


def delete(bench: Bench, identity: int) -> None:
    """Forget an entry: no file of the data folder holds its words afterwards. Raises BadRequest where there is none."""
    if not bench.store.forget(identity):
        raise BadRequest("history_unknown", id=identity)


def clear(bench: Bench) -> int:
    """Forget everything that was asked; gives how many entries there were."""
    return bench.store.forget()


def said(answers: Sequence[Answer]) -> str:
    """The words an entry can be found by: the question, the answers, the best sentences."""
    best = [each.best.text for each in answers if each.best]
    return folded("\n".join(dict.fromkeys([answers[0].question, *(each.text for each in answers), *best])))


def folded(text: str) -> str:
    """Text without the differences that nobody means: case, and Hangul written as letters or as syllables."""
    return clean(text).casefold()


def packed(answers: Sequence[Answer]) -> bytes:
    """Answers as they are stored."""
    return zlib.compress(json.dumps(plain(answers), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def entry(row: Kept) -> Entry:
    """A stored row."""
    identity, asked, corpus, question, judged, reason, record = row
    answers = restored(tuple[Answer, ...], json.loads(zlib.decompress(record)))
    return Entry(identity, asked, question, corpus, answers, next(each for each in THUMBS if each == judged), reason)
