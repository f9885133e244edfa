"""Passages and the best sentence for a question."""

from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.reading import clean
from workbench.retrieval.corpus_index import Found

MOST_PASSAGES = 100


def search(bench: Bench, question: str, corpus: str, top_k: int = 4) -> Found:
    """What the corpus holds on the question. Raises BadRequest, NoSuchCorpus."""
    if not 1 <= top_k <= MOST_PASSAGES:
        raise BadRequest("number", name="top-k", value=top_k, least=1, most=MOST_PASSAGES)
    return bench.corpus(corpus).search(asked(question), bench.embedder, top_k)


def asked(question: str) -> str:
    """The question cleaned as documents are. Raises BadRequest where nothing is left."""
    question = " ".join(clean(question).split())
    if not any(character.isalnum() for character in question):
        raise BadRequest("question_empty")
    return question
