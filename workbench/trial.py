"""A trial of a model on this computer: how fast it reads and writes, and which order of passages serves it better."""

from collections.abc import Iterator
from dataclasses import replace
from math import sqrt
from statistics import mean, stdev
from typing import TYPE_CHECKING

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import RemoteFailed
from workbench.languages import reads
from workbench.models.worker import End
from workbench.nouns import Answer, Lang, Measured, Order, Prompt, Question, Recipe
from workbench.prepare import prepare
from workbench.retrieval.corpus_index import Found
from workbench.search import search

if TYPE_CHECKING:
    from workbench.models.remote import Model

READ, WRITE = 512, 48  # tokens of the speed trial
SHORT = 32  # of a short source for an encoder
TEXT = "The quick brown fox jumps over the lazy dog near the river. "
QUESTIONS = 12
PASSAGES = 3
WINDOW = 1024


def speed(worker: "Model") -> Measured:
    """Tokens a second in reading a prompt of READ tokens and in writing WRITE ones, nobody else asking; with an encoder
    also in writing after a short prompt, for it looks at all of it again at every token."""
    read, reading, writing = pace(worker, worker.card.window(READ))
    if not worker.card.encoder:
        return Measured(reading, writing)
    short, _, faster = pace(worker, SHORT)
    return Measured(reading, writing, writing_short=faster, short=short, long=read)


def pace(worker: "Model", most: int, lead: str = "") -> tuple[int, float, float]:
    """Tokens of a prompt of at most about so many, and tokens a second in reading it and in writing after it. A prompt that
    begins as one before does is not read anew: another `lead` makes it another."""
    few, = worker.count([Prompt(text=TEXT * 10)])
    prompt = Prompt(text=lead + TEXT * max(1, most * 10 // few))
    *_, end = worker.stream(prompt, window=WINDOW, limit=WRITE, endless=True)
    assert isinstance(end, End)
    if not end.timing.prompt_tokens or not end.timing.reply_tokens:
        raise RemoteFailed("remote_uncounted", host=worker.card.server)
    first = end.timing.first_token_seconds or end.timing.seconds
    writing = (end.timing.reply_tokens - 1) / max(1e-6, end.timing.seconds - first)
    return end.timing.prompt_tokens, round(end.timing.prompt_tokens / first, 1), round(writing, 1)


def trial(bench: Bench, model: str = "") -> Iterator[tuple[int, int, Measured]]:
    """Measure a model; tells (steps done, steps in all, what is known so far) after each and keeps the result.

    The order of passages is judged by the log-probability of the known answers to sample questions, read
    with their passages in both orders: a figure that moves long before an answer does. Raises ModelError.
    """
    worker = bench.lend(model)
    try:
        asked = [] if worker.card.server else answerable(bench, worker)  # a server rarely scores given words
        measured = speed(worker)
        bench.keep_measured(model, measured)
        yield 1, 1 + len(asked), measured
        likelihood: dict[Order, list[float]] = {"best-last": [], "best-first": []}
        for done, (corpus, question) in enumerate(asked, 2):
            found = search(bench, question.text, corpus, PASSAGES)
            for order, values in likelihood.items():
                values.append(answer_likelihood(bench, worker, model, question, found, order))
            yield done, 1 + len(asked), measured
        if len(asked) > 1:
            last, first = likelihood["best-last"], likelihood["best-first"]
            error = stdev(there - here for here, there in zip(last, first, strict=True)) / sqrt(len(asked))
            measured = replace(
                measured, best_last=mean(last), best_first=mean(first), error=error, questions=len(asked))
            bench.keep_measured(model, measured)
            yield 1 + len(asked), 1 + len(asked), measured
    finally:
        bench.give_back(worker)


def answerable(bench: Bench, worker: "Model") -> list[tuple[str, Question]]:
    """Sample questions in a language the model reads, with the corpus that answers them in a few words."""
    found: list[tuple[str, Question]] = []
    names = set(bench.store.names())
    for corpus in corpora.samples():
        questions = [each for each in corpora.answerable(corpus) if each.kind in ("short", "number")]
        lang: Lang | None = questions[0].lang if questions else None
        if corpus in names and lang and reads(worker.card, lang):
            found += [(corpus, question) for question in questions[:: max(1, len(questions) // QUESTIONS)]]
    return found[:QUESTIONS]


def answer_likelihood(
    bench: Bench, worker: "Model", model: str, question: Question, found: Found, order: Order
) -> float:
    """Mean log-probability of the known answer's tokens after the prompt of the question with what it found."""
    recipe = Recipe("rag", found.index.corpus, top_k=PASSAGES, window=min(WINDOW, worker.card.context_length), reply=32, order=order, model=model)
    answer = Answer(question.text, recipe, standalone=question.text, hits=found.hits)
    sent = prepare(answer, worker, found.index, bench)
    lead = "" if sent.prompt.messages else " "
    score, = worker.score(sent.prompt, [lead + question.answers[0]], window=recipe.window)
    return score.logprob / score.tokens
