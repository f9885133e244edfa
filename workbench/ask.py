"""One question under several recipes at once: the model alone, the model with the documents, no model at all."""

import math
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, get_args

from workbench import prompting, questions
from workbench.bench import Bench
from workbench.conversation import standalone
from workbench.errors import BadRequest, ModelError, WorkbenchError
from workbench.grounding import claims, doubts
from workbench.languages import language
from workbench.models.worker import End, Piece, Reading, Reply, Waiting
from workbench.nouns import LANES, Answer, Confidence, Document, Filter, Form, Recipe, Survey, Turn, Wait
from workbench.prepare import CANDIDATES, FEW, Sent, prepare
from workbench.refusal import relevance
from workbench.retrieval.corpus_index import Found
from workbench.retrieval.survey import asks_for_all
from workbench.search import MOST_PASSAGES, asked, search, survey
from workbench.stages import stage

if TYPE_CHECKING:
    from workbench.models.remote import Model, RemoteReply

LEAST_WINDOW, MOST_WINDOW = 64, 1_000_000
LOW_PROBABILITY = 0.3

Where = tuple[str, int, Filter]  # corpus, number of passages, documents admitted
News = Waiting | Reading | Piece | End | Exception  # what a reader hears of a reply


def ask(
    bench: Bench, question: str, recipes: Sequence[Recipe], *, turns: Sequence[Turn] = ()
) -> tuple[Answer, ...]:
    """The finished answers, one a recipe."""
    *_, last = stream(bench, question, recipes, turns=turns)
    return last


def stream(
    bench: Bench,
    question: str,
    recipes: Sequence[Recipe],
    stop: threading.Event | None = None,
    *,
    turns: Sequence[Turn] = (),
    user: str = "",
) -> Iterator[tuple[Answer, ...]]:
    """Ever more complete answers, one a recipe, in the order of the recipes.

    First comes what retrieval found, before any model is loaded; then the lanes that write, together.
    `turns` are those of the conversation so far, their questions as they stand alone; `user` is whom a
    model's queue is fair to. `stop` ends the lanes at the next token; so does closing the iterator. A
    lane whose model fails carries the error and leaves the others alone. Raises BadRequest and
    NoSuchCorpus before anything runs, WindowTooSmall before any model writes.
    """
    question = asked(question)
    for recipe in recipes:
        check(recipe)
    whole = standalone(question, turns)
    found, surveys = looked_up(bench, whole, {where(each) for each in recipes if each.lane != "closed"})
    if whole != question:
        found = {key: focused(bench, got, question) for key, got in found.items()}
    answers = [retrieved(Answer(question, recipe, standalone=whole), found, surveys) for recipe in recipes]
    yield tuple(answers)
    stop = stop or threading.Event()
    sent: dict[int, Sent] = {}
    lent: list[Model] = []
    try:
        for place, answer in enumerate(answers):
            if answer.done:
                continue
            recipe = answer.recipe
            try:
                lent.append(bench.lend(recipe.model))
                index = found[where(recipe)].index if answer.hits else None
                sent[place] = prepare(answer, lent[-1], index, bench, turns)
                answers[place] = sent[place].answer
            except ModelError as error:
                answers[place] = replace(answer, error=error.remark, done=True)
        yield tuple(answers)
        yield from written(answers, sent, stop, user)
        yield staged(bench, tuple(answers))
    finally:
        for worker in lent:
            bench.give_back(worker)


def looked_up(bench: Bench, question: str, wanted: Iterable[Where]) -> tuple[dict[Where, Found], dict[Where, Survey]]:
    """What the documents hold on a question, each search once; and all of it, where it asks for all. Raises BadRequest,
    NoSuchCorpus."""
    found = {key: search(bench, question, *key) for key in wanted}
    surveys = {key: survey(bench, question, key[0], key[2]) for key in found} if asks_for_all(question) else {}
    return found, surveys


def focused(bench: Bench, found: Found, question: str) -> Found:
    """Of what a follow-up found together with the question before it, the sentence that fits its own words: by both, the
    sentence that answered the question before comes first (sample follow-ups answered by the best sentence: 2 of 12
    by both, 9 of 12 by their own words)."""
    ranked = found.index.ranked_sentences(question, found.hits[:FEW], bench.embedder)
    return replace(found, best=ranked[0] if ranked else found.best)


def staged(bench: Bench, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The finished answers; where the question is one whose answer is known, with the stage at which each was lost."""
    documents: dict[str, list[Document]] = {}

    def judged(answer: Answer) -> Answer:
        gold = questions.known(bench, answer.recipe.corpus, answer.question)
        if gold is None or gold.retrieval_only or answer.error or answer.survey:
            return answer
        if answer.recipe.corpus not in documents:
            documents[answer.recipe.corpus] = bench.store.documents(answer.recipe.corpus)
        return replace(answer, stage=stage(answer, gold, documents[answer.recipe.corpus]))

    return tuple(map(judged, answers))


def where(recipe: Recipe) -> Where:
    """What is searched for a recipe: recipes that agree in it share one search."""
    return recipe.corpus, recipe.top_k or CANDIDATES, recipe.filter


def check(recipe: Recipe) -> None:
    """Refuse a recipe that cannot work. Raises BadRequest."""
    if recipe.lane not in LANES:
        raise BadRequest("lane_unknown", name=recipe.lane, known=", ".join(LANES))
    if recipe.form not in get_args(Form):
        raise BadRequest("form_unknown", name=recipe.form, known=", ".join(get_args(Form)))
    for name, value, least, most in (
        ("window", recipe.window, LEAST_WINDOW, MOST_WINDOW),
        ("top-k", recipe.top_k, 0, MOST_PASSAGES),
        ("reply", recipe.reply, 1, recipe.window - 1),
        ("temperature", recipe.temperature, 0, 5),
        ("seed", recipe.seed, 0, 2**31),
    ):
        if not least <= value <= most:
            raise BadRequest("number", name=name, value=value, least=least, most=most)


def retrieved(answer: Answer, found: dict[Where, Found], surveys: dict[Where, Survey]) -> Answer:
    """The answer as far as retrieval alone can make it: all of `extract`, the passages of `rag`. Of a question about
    the whole set these are the places that a full pass found, not the best few."""
    recipe = answer.recipe
    if recipe.lane == "closed":
        return answer
    got, counted = found[where(recipe)], surveys.get(where(recipe))
    nearest = max((hit.dense for hit in got.hits), default=None)
    answer = replace(
        answer, hits=got.hits, best=got.best, confidence=Confidence(relevance=nearest, coverage=got.coverage), survey=counted)
    if counted and counted.matches:
        places = {match.hit.chunk.id: match.hit for match in counted.matches}
        answer = replace(answer, hits=tuple(places.values()), best=None)
    else:
        judged = relevance(replace(got, hits=got.hits[:FEW]), answer.standalone)  # as many as it was fitted on
        answer = replace(answer, relevance=judged, flags=("low_relevance",) if judged.refused else ())
    if recipe.lane == "extract" or not answer.hits:
        text = prompting.counted(counted, language(answer.question)) if counted else got.best.text if got.best else ""
        return replace(answer, text=text, done=True, flags=answer.flags if answer.hits else ("no_passages",))
    return answer


def written(
    answers: list[Answer], sent: dict[int, Sent], stop: threading.Event, user: str
) -> Iterator[tuple[Answer, ...]]:
    """Let all lanes write together, and tell every step."""
    news: SimpleQueue[tuple[int, News]] = SimpleQueue()
    replies: dict[int, Reply | RemoteReply] = {}
    began: dict[int, float] = {}
    logprobs: dict[int, list[float]] = {place: [] for place in sent}
    try:
        for place, each in sent.items():
            if stop.is_set():
                answers[place] = replace(answers[place], flags=(*answers[place].flags, "stopped"), done=True)
                continue
            recipe = each.answer.recipe
            try:
                replies[place] = each.worker.stream(
                    each.prompt, window=recipe.window, limit=recipe.reply, temperature=recipe.temperature, seed=recipe.seed,
                    user=user)
                began[place] = time.monotonic()
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
            if isinstance(item, Waiting):
                began[place] = time.monotonic()
            answers[place] = heard(answers[place], item, logprobs[place], time.monotonic() - began[place])
            if answers[place].done:
                writing.discard(place)
            yield tuple(answers)
        yield tuple(answers)
    finally:
        for reply in replies.values():
            reply.stop()


def heard(answer: Answer, item: News, logprobs: list[float], seconds: float) -> Answer:
    """The answer after one more item of its reply, `seconds` after its turn came; done at the last."""
    if isinstance(item, Waiting):
        return replace(answer, wait=Wait(ahead=item.ahead))
    if isinstance(item, Reading):
        return replace(answer, wait=Wait(0, item.read, item.of, seconds * (item.of - item.read) / item.read))
    answer = replace(answer, wait=None)
    if isinstance(item, Piece):
        if item.logprob is not None:
            logprobs.append(item.logprob)
        return replace(answer, text=answer.text + item.text)
    if isinstance(item, End):
        return finished(answer, item, logprobs)
    if isinstance(item, WorkbenchError):
        return replace(answer, error=item.remark, done=True)
    raise item


def pass_on(place: int, reply: "Reply | RemoteReply", news: SimpleQueue) -> None:
    """Hand on a reply's items from a thread of its own, so that several can be waited for at once."""
    try:
        for item in reply:
            news.put((place, item))
    except Exception as error:  # noqa: BLE001 - raised again where the answers are put together
        news.put((place, error))


def finished(answer: Answer, end: End, logprobs: list[float]) -> Answer:
    """The answer with everything that code can say about it."""
    text = answer.text.strip()
    checked = claims(text, [passage.text for passage in answer.passages]) if answer.passages else ()
    support = min((claim.copy for claim in checked), default=None)
    used = next((claim.passage for claim in checked if claim.passage is not None), None)
    probability = math.exp(sum(logprobs) / len(logprobs)) if logprobs else None
    flags = list(answer.flags)
    if end.why == "stopped":
        flags.append("stopped")
    elif not text:
        flags.append("empty")
    elif end.why == "length":
        flags.append("truncated")
    if text and probability is not None and probability < LOW_PROBABILITY:
        flags.append("low_probability")
    if any(map(doubts, checked)):
        flags.append("unsupported")
    confidence = replace(answer.confidence, probability=probability, support=support)
    return replace(
        answer, text=text, timing=end.timing, confidence=confidence, flags=tuple(flags), used=used, claims=checked,
        done=True)
