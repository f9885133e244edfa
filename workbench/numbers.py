"""The numbers every developer of language models should know, measured: of this model, on this computer, on this corpus.

After “Numbers every LLM Developer should know” (Ray, 2023), which gives them for large models on rented graphics cards.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from workbench import prompting, quiz, scoring
from workbench.bench import Bench
from workbench.context import neutralize
from workbench.kept import keep
from workbench.languages import SAMPLES, language
from workbench.measure.statistics import difference, ranged, ratio
from workbench.models.worker import Completion, Worker, rehearse
from workbench.nouns import WINDOW, Lang, Message, Prompt
from workbench.nouns.measure import Estimate
from workbench.nouns.models import Figures
from workbench.search import search
from workbench.trial import speed

RUNS = 3
TOGETHER, WRITTEN = 8, 32  # sequences that write at once, and tokens each of them writes
QUESTIONS, REPLY = 12, 160
DOCUMENTS, LETTERS = 40, 2000  # of a corpus, whose words are counted
CHUNK = "The quick brown fox jumps over the lazy dog near the river. " * 12
CONCISE: dict[Lang, str] = {"en": "Be concise.", "ko": "간결하게 답하세요."}
STEPS = 5


def figures(bench: Bench, model: str, corpus: str, stop: threading.Event | None = None) -> Iterator[tuple[int, int, Figures]]:
    """Take them one after another; tells (done, in all, what is known). The last is kept. Raises NoSuchCorpus, ModelError."""
    bench.corpus(corpus)
    worker = bench.lend_own(model)
    try:
        found = known(bench, model, corpus, worker)
        asked = quiz.chosen(bench, corpus, QUESTIONS)
        yield 1, STEPS, found
        for done, take in enumerate((found_and_embedded, batched, concisely, attended), 2):
            if stop and stop.is_set():
                return
            found = replace(found, **take(bench, worker, asked))
            yield done, STEPS, found
        found = replace(found, made=time.time())
        keep(bench, model, "numbers", found)
        yield STEPS, STEPS, found
    finally:
        bench.give_back(worker)


def known(bench: Bench, model: str, corpus: str, worker: Worker) -> Figures:
    """What needs no clock."""
    card = worker.card
    fit, = rehearse(worker.path, [min(WINDOW, card.context_length)], together=1)
    return Figures(
        bench.named(model), card.parameters, fit.weights / card.parameters, fit.total / card.parameters, fit.cells // fit.window,
        {lang: tokens_a_word(bench, corpus, worker, lang) for lang in SAMPLES})


def tokens_a_word(bench: Bench, corpus: str, worker: Worker, lang: Lang) -> Estimate:
    """Over the documents of a corpus in a language; over a sample sentence where it has none. Words are what stands between
    blanks."""
    texts = [each.text[:LETTERS] for each in bench.store.documents(corpus) if language(each.text) == lang][:DOCUMENTS]
    texts = [text for text in texts if text.split()]
    sampled = texts or [SAMPLES[lang]]
    tokens = worker.count([Prompt(text=text) for text in sampled])
    found = ratio(tokens, [len(text.split()) for text in sampled], range(len(sampled)))
    return replace(found, n=sum(len(text.split()) for text in sampled), why="" if texts else "sample")


def found_and_embedded(bench: Bench, worker: Worker, asked: Sequence[quiz.Asked]) -> dict[str, Any]:
    """Finding against writing, question by question; embedding a token against writing one, in some runs."""
    if not asked:
        return {}
    corpus = asked[0].found.index.corpus
    finding, writing = [], []
    for each in asked:
        began = time.perf_counter()
        search(bench, f"{each.question.text} ", corpus, quiz.PASSAGES)
        finding.append(time.perf_counter() - began)
        *_, end = worker.stream(Prompt(text=f"{each.question.text}\n"), window=WINDOW, limit=WRITTEN, endless=True)
        writing.append(end.timing.seconds)  # type: ignore[union-attr]
    costs = []
    for run in range(RUNS):
        texts = [f"{run}.{place} {CHUNK}" for place in range(TOGETHER)]
        began = time.perf_counter()
        bench.embedder.embed(texts)
        a_token = (time.perf_counter() - began) / sum(map(bench.embedder.count, texts))
        costs.append(a_token / (median(writing) / WRITTEN))
    return {"finding": ratio(finding, writing, [each.cluster for each in asked]), "embedding": ranged(costs)}


def batched(bench: Bench, worker: Worker, asked: Sequence[quiz.Asked]) -> dict[str, Any]:
    """How many times as fast sequences write together as alone."""
    gains = []
    for run in range(RUNS):
        prompts = [Prompt(text=f"{run}{place} red blue green yellow white black brown gray pink") for place in range(TOGETHER)]
        alone = []
        for prompt in prompts[:2]:
            *_, end = worker.stream(prompt, window=WINDOW, limit=WRITTEN, endless=True)
            alone.append(end.timing.seconds)  # type: ignore[union-attr]
        together = [worker.stream(prompt, window=WINDOW, limit=WRITTEN, endless=True) for prompt in prompts]
        began = time.perf_counter()
        for reply in together:
            for _ in reply:
                pass
        gains.append(TOGETHER * median(alone) / (time.perf_counter() - began))
    return {"batching": ranged(gains), "together": TOGETHER}


def concisely(bench: Bench, worker: Worker, asked: Sequence[quiz.Asked]) -> dict[str, Any]:
    """Each question with and without being asked to be concise. Only a model with a chat template is told things."""
    if not worker.card.chat_template or not asked:
        return {}
    usual = completions(worker, [told(each, "", worker) for each in asked])
    brief = completions(worker, [told(each, CONCISE[each.question.lang], worker) for each in asked])
    clusters = [each.cluster for each in asked]
    lengths = [(was.timing.reply_tokens, now.timing.reply_tokens) for was, now in zip(usual, brief, strict=True)]
    right = [[scoring.right(said.text, each.question) for said, each in zip(some, asked, strict=True)] for some in (brief, usual)]
    return {
        "concise": ratio([was - now for was, now in lengths], [was for was, _ in lengths], clusters),
        "concise_gain": difference(right[0], right[1], clusters)}


def attended(bench: Bench, worker: Worker, asked: Sequence[quiz.Asked]) -> dict[str, Any]:
    """What an encoder-decoder pays for its source at every token that it writes; the card of the model tells it too."""
    if not worker.card.encoder:
        return {}
    runs = [speed(worker) for _ in range(RUNS)]
    middle = {name: median(getattr(run, name) for run in runs) for name in ("reading", "writing", "writing_short")}
    before = bench.known(str(worker.path))[1] or runs[0]
    bench.keep_measured(str(worker.path), replace(before, **middle, short=runs[0].short, long=runs[0].long))
    short, long = ([1 / getattr(run, name) for run in runs] for name in ("writing_short", "writing"))
    return {"token_short": ranged(short), "token_long": ranged(long), "short": runs[0].short, "long": runs[0].long}


def told(asked: quiz.Asked, more: str, worker: Worker) -> Prompt:
    """A question with its best passage as a chat, and something added at its end."""
    passages = [hit.chunk.text for hit in asked.found.hits[:1]]
    made = prompting.build("closed", asked.question.lang, "chat", asked.question.text, control_tokens=worker.card.control_tokens)
    *before, last = made.messages
    content = "\n\n".join([*(neutralize(text, worker.card.control_tokens) for text in passages), f"{last.content} {more}".strip()])
    return replace(made, messages=(*before, Message("user", content)))


def completions(worker: Worker, prompts: Sequence[Prompt]) -> list[Completion]:
    """The replies in the order of the prompts."""
    found = dict(worker.complete(prompts, window=min(WINDOW, worker.card.context_length), limit=REPLY))
    return [found[place] for place in range(len(prompts))]
