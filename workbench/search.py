"""Passages and the best sentence for a question."""

from collections.abc import Iterable
from datetime import datetime

from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.nouns import Filter, Survey
from workbench.reading import clean
from workbench.retrieval.corpus_index import ALL, Found

MOST_PASSAGES = 100


def search(bench: Bench, question: str, corpus: str, top_k: int = 4, filter: Filter = ALL) -> Found:
    """What the documents of the corpus that the filter admits hold on the question; no hits where it admits
    none. Raises BadRequest, NoSuchCorpus."""
    if not 1 <= top_k <= MOST_PASSAGES:
        raise BadRequest("number", name="top-k", value=top_k, least=1, most=MOST_PASSAGES)
    bench.check_embedder(corpus)
    return bench.corpus(corpus).search(asked(question), bench.embedder, top_k, filter)


def survey(bench: Bench, question: str, corpus: str, filter: Filter = ALL) -> Survey:
    """Everything the admitted documents of the corpus say on a question about all of them. Raises BadRequest, NoSuchCorpus."""
    return bench.corpus(corpus).survey(asked(question), filter)


def asked(question: str) -> str:
    """The question cleaned as documents are. Raises BadRequest where nothing is left."""
    question = " ".join(clean(question).split())
    if not any(character.isalnum() for character in question):
        raise BadRequest("question_empty")
    return question


def admitting(files: Iterable[str] = (), kinds: Iterable[str] = (), since: str = "", until: str = "") -> Filter:
    """The filter of what a person chose and typed: kinds with or without their dot, days as 2026-03-31.
    Raises BadRequest."""
    named = {kind.lower().removeprefix(".") for kind in kinds}
    since, until = day(since), day(until)
    if until and since > until:
        raise BadRequest("days_order", since=since, until=until)
    return Filter(tuple(files), tuple(sorted(named - {"tsv"} | ({"csv"} if "tsv" in named else set()))), since, until)


def day(typed: str) -> str:
    """An ISO day, empty for nothing typed. Raises BadRequest."""
    if not typed.strip():
        return ""
    try:
        return datetime.strptime(typed.strip(), "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise BadRequest("day", value=typed) from error
