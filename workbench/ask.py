"""One question under several recipes at once: the model alone, the model with the documents, no model at all."""

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Literal

from workbench import prompting
from workbench.bench import Bench
from workbench.context import pack
from workbench.errors import BadRequest, ModelError, WindowTooSmall, WorkbenchError
from workbench.languages import known, language
from workbench.models.worker import End, Piece, Reply, Worker
from workbench.nouns import LANES, Answer, Budget, Confidence, LeftOut, Passage, Prompt, Recipe, Sentence
from workbench.refusal import relevance
from workbench.retrieval.corpus_index import CorpusIndex, Found
from workbench.retrieval.lexical import terms
from workbench.search import asked, search

LEAST_WINDOW, MOST_WINDOW = 64, 1_000_000
LOW_PROBABILITY = 0.3
SUPPORTED = 0.6


def ask(bench: Bench, question: str, recipes: Sequence[Recipe]) -> tuple[Answer, ...]:
    """The finished answers, one a recipe."""
    *_, last = stream(bench, question, recipes)
    return last


def stream(
    bench: Bench, question: str, recipes: Sequence[Recipe], stop: threading.Event | None = None
) -> Iterator[tuple[Answer, ...]]:
    """Ever more complete answers, one a recipe, in the order of the recipes.

    First comes what retrieval found, before any model is loaded; then the lanes that write, together.
    `stop` ends them at the next token; so does closing the iterator. A lane whose model fails carries
    the error and leaves the others alone. Raises BadRequest and NoSuchCorpus before anything runs,
    WindowTooSmall before any model writes.
    """
    question = asked(question)
    for recipe in recipes:
        check(recipe)
    wanted = {(each.corpus, each.top_k) for each in recipes if each.lane != "closed"}
    found = {key: search(bench, question, *key) for key in wanted}
    answers = [retrieved(question, recipe, found) for recipe in recipes]
    yield tuple(answers)
    stop = stop or threading.Event()
    sent: dict[int, Sent] = {}
    lent: list[Worker] = []
    try:
        for place, answer in enumerate(answers):
            if answer.done:
                continue
            recipe = answer.recipe
            try:
                lent.append(bench.lend(recipe.model))
                index = found[recipe.corpus, recipe.top_k].index if answer.hits else None
                sent[place] = prepare(answer, lent[-1], index, bench)
                answers[place] = sent[place].answer
            except ModelError as error:
                answers[place] = replace(answer, error=error.remark, done=True)
        yield tuple(answers)
        yield from written(answers, sent, stop)
    finally:
        for worker in lent:
            bench.give_back(worker)


def check(recipe: Recipe) -> None:
    """Refuse a recipe that cannot work. Raises BadRequest."""
    if recipe.lane not in LANES:
        raise BadRequest("lane_unknown", name=recipe.lane, known=", ".join(LANES))
    for name, value, least, most in (
        ("window", recipe.window, LEAST_WINDOW, MOST_WINDOW),
        ("reply", recipe.reply, 1, recipe.window - 1),
        ("temperature", recipe.temperature, 0, 5),
        ("seed", recipe.seed, 0, 2**31),
    ):
        if not least <= value <= most:
            raise BadRequest("number", name=name, value=value, least=least, most=most)


def retrieved(question: str, recipe: Recipe, found: dict[tuple[str, int], Found]) -> Answer:
    """The answer as far as retrieval alone can make it: all of `extract`, the passages of `rag`."""
    answer = Answer(question, recipe)
    if recipe.lane == "closed":
        return answer
    got = found[recipe.corpus, recipe.top_k]
    nearest = max((hit.dense for hit in got.hits), default=None)
    judged = relevance(got, question)
    flags = ("low_relevance",) if judged.refused else ()
    answer = replace(
        answer, hits=got.hits, best=got.best, relevance=judged, flags=flags,
        confidence=Confidence(relevance=nearest, coverage=got.coverage))
    if recipe.lane == "extract" or not got.hits:
        text = got.best.text if got.best else ""
        return replace(answer, text=text, done=True, flags=flags if got.hits else ("no_passages",))
    return answer


@dataclass(slots=True)
class Sent:
    """An answer on its way: everything but the reply."""

    answer: Answer
    worker: Worker
    prompt: Prompt


def prepare(answer: Answer, worker: Worker, index: CorpusIndex | None, bench: Bench) -> Sent:
    """Pack the window and make the prompt. `index` is the snapshot the hits come from. Raises ModelError,
    WindowTooSmall."""
    recipe = answer.recipe
    worker.fit(recipe.window)
    lang = language(answer.question)
    form = prompting.form_for(worker.card, recipe.form)
    lane: Literal["closed", "rag"] = "closed" if recipe.lane == "closed" else "rag"

    best = answer.best.text if answer.best else ""

    def prompt(passages: Sequence[Passage] = (), sentence: str = best, question: str = answer.question) -> Prompt:
        return prompting.build(
            lane, lang, form, question, passages, sentence,
            order=recipe.order, control_tokens=worker.card.control_tokens)

    instructions, bare, fixed = worker.count([prompt((), "", ""), prompt((), ""), prompt()])
    if bare + recipe.reply > recipe.window:
        raise WindowTooSmall(
            "window_small", window=recipe.window, prompt=bare, reply=recipe.reply, needed=bare + recipe.reply)
    passages, left_out = pack(
        answer.hits,
        recipe.window - recipe.reply - fixed,
        lambda some: worker.count([prompt(some)])[0] - fixed,
        lambda hit: index.excerpts(answer.question, hit, bench.embedder) if index else [],
    )
    final = prompt(passages)
    total = worker.count([final])[0]
    if answer.best and answer.best.hit not in [passage.hit for passage in passages]:
        # Its passage found no room. Said again next to the question, the sentence is read all the same; else it goes
        # in as an excerpt where it fits.
        with_it = with_sentence(answer.best, passages, left_out)
        alone = final if fixed > bare else prompt(with_it[0])
        tokens = worker.count([alone])[0]
        if tokens + recipe.reply <= recipe.window or not passages:
            (passages, left_out), final, total = with_it, alone, tokens
    if total + recipe.reply > recipe.window:
        raise WindowTooSmall(
            "window_no_passage", window=recipe.window, room=recipe.window - recipe.reply - bare, needed=total + recipe.reply)
    budget = Budget(recipe.window, instructions, bare - instructions, total - bare, recipe.reply)
    flags = answer.flags
    if not known(worker.card.characters_per_token[lang]):
        flags += ("language",)
    answer = replace(
        answer, prompt=worker.render(final), budget=budget, passages=passages, left_out=left_out, flags=flags)
    return Sent(answer, worker, final)


def with_sentence(
    best: Sentence, passages: tuple[Passage, ...], left_out: tuple[LeftOut, ...]
) -> tuple[tuple[Passage, ...], tuple[LeftOut, ...]]:
    """The best sentence as an excerpt of its passage, among those that are read."""
    changed = tuple(replace(left, reason="excerpt") if left.hit is best.hit else left for left in left_out)
    return (*passages, Passage(best.hit, best.text, excerpt=True)), changed


def written(answers: list[Answer], sent: dict[int, Sent], stop: threading.Event) -> Iterator[tuple[Answer, ...]]:
    """Let all lanes write together, and tell every step."""
    news: SimpleQueue[tuple[int, Piece | End | Exception]] = SimpleQueue()
    replies: dict[int, Reply] = {}
    probabilities: dict[int, list[float]] = {place: [] for place in sent}
    try:
        for place, each in sent.items():
            if stop.is_set():
                answers[place] = replace(answers[place], flags=(*answers[place].flags, "stopped"), done=True)
                continue
            recipe = each.answer.recipe
            try:
                replies[place] = each.worker.stream(
                    each.prompt, window=recipe.window, limit=recipe.reply, temperature=recipe.temperature, seed=recipe.seed)
            except ModelError as error:
                answers[place] = replace(answers[place], error=error.remark, done=True)
        for place, reply in replies.items():
            threading.Thread(target=pass_on, args=(place, reply, news), daemon=True).start()
        writing = set(replies)
        stopping = False
        while writing:
            if stop.is_set() and not stopping:
                stopping = True
                for reply in replies.values():
                    reply.stop()
            try:
                place, item = news.get(timeout=0.1)  # so that a stop is heard while the model reads
            except Empty:
                continue
            answers[place] = heard(answers[place], item, probabilities[place])
            if answers[place].done:
                writing.discard(place)
            yield tuple(answers)
        yield tuple(answers)
    finally:
        for reply in replies.values():
            reply.stop()


def heard(answer: Answer, item: Piece | End | Exception, probabilities: list[float]) -> Answer:
    """The answer after one more item of its reply; done at the last."""
    if isinstance(item, Piece):
        if item.probability is not None:
            probabilities.append(item.probability)
        return replace(answer, text=answer.text + item.text)
    if isinstance(item, End):
        return finished(answer, item, probabilities)
    if isinstance(item, WorkbenchError):
        return replace(answer, error=item.remark, done=True)
    raise item


def pass_on(place: int, reply: Reply, news: SimpleQueue) -> None:
    """Hand on a reply's items from a thread of its own, so that several can be waited for at once."""
    try:
        for item in reply:
            news.put((place, item))
    except Exception as error:  # noqa: BLE001 - raised again where the answers are put together
        news.put((place, error))


def finished(answer: Answer, end: End, probabilities: list[float]) -> Answer:
    """The answer with everything that code can say about it."""
    text = answer.text.strip()
    support, used = supported(text, answer.passages)
    probability = math.exp(sum(map(math.log, probabilities)) / len(probabilities)) if probabilities else None
    flags = list(answer.flags)
    if end.why == "stopped":
        flags.append("stopped")
    elif not text:
        flags.append("empty")
    elif end.why == "length":
        flags.append("truncated")
    if text and probability is not None and probability < LOW_PROBABILITY:
        flags.append("low_probability")
    if text and support is not None and support < SUPPORTED:
        flags.append("unsupported")
    confidence = replace(answer.confidence, probability=probability, support=support)
    return replace(
        answer, text=text, timing=end.timing, confidence=confidence, flags=tuple(flags), used=used, done=True)


def supported(text: str, passages: Sequence[Passage]) -> tuple[float | None, int | None]:
    """The share of the reply's terms that stand in one passage, and which passage has most; None without passages.
    Where several have as much, the better hit counts."""
    said = set(terms(text))
    if not said or not passages:
        return None, None
    shares = [len(said & set(terms(passage.text))) / len(said) for passage in passages]
    best = max(shares)
    return best, shares.index(best) if best >= SUPPORTED else None
