"""From what retrieval found to what is sent: the window packed, the prompt made, the budget written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from workbench import prompting
from workbench.bench import Bench
from workbench.context import pack, pack_places
from workbench.conversation import fitting
from workbench.errors import WindowTooSmall
from workbench.languages import language, reads
from workbench.models.formats import FORMATS
from workbench.nouns import Answer, Budget, Card, LeftOut, Order, Passage, Prompt, Sentence, Survey, Turn
from workbench.retrieval.corpus_index import CorpusIndex

if TYPE_CHECKING:
    from workbench.models.remote import Model

# Passages looked at where their number is left to the window and the model; and how many a model makes good use of:
# SmolLM2-135M was best with 1 to 3 on 300 XQuAD questions (benchmarks/answers.py), worse and slower from 4.
CANDIDATES = 6
FEW = 3
FEW_PARAMETERS = 500_000_000
HISTORY_SHARE = 0.25  # of the window, at most, for earlier turns


@dataclass(slots=True)
class Sent:
    """An answer on its way: everything but the reply."""

    answer: Answer
    worker: "Model"
    prompt: Prompt


def prepare(answer: Answer, worker: "Model", index: CorpusIndex | None, bench: Bench, turns: Sequence[Turn] = ()) -> Sent:
    """Pack the window and make the prompt. `index` is the snapshot the hits come from, `turns` the conversation so
    far. Raises ModelError, WindowTooSmall."""
    recipe = answer.recipe
    window, reserve = worker.card.window(recipe.window), worker.card.reserve(recipe.reply)
    worker.fit(window)
    lang = language(answer.question)
    form = prompting.form_for(worker.card, recipe.form)
    lane: Literal["closed", "rag"] = "closed" if recipe.lane == "closed" else "rag"
    order = recipe.order if recipe.order != "auto" else best_order(bench, recipe.model)
    if lane == "closed":
        turns = [replace(turn, answer=turn.alone) for turn in turns]
    best = answer.best.text if answer.best else ""
    if answer.survey and answer.survey.matches:
        best = prompting.counted(answer.survey, lang)
    asked = answer.standalone

    def prompt(
        passages: Sequence[Passage] = (), sentence: str = "", question: str = asked, turns: Sequence[Turn] = ()
    ) -> Prompt:
        made = prompting.build(
            lane, lang, form, question, passages, sentence, turns, order=order, control_tokens=worker.card.control_tokens,
            chat_format=recipe.form if form == "chat" and recipe.form in FORMATS else "")
        return prompting.written_out(made) if worker.card.server else made

    instructions, bare = worker.count([prompt(question=""), prompt()])
    free = window - reserve - bare
    if free < 0:
        raise WindowTooSmall("window_small", window=window, prompt=bare, reply=reserve, needed=bare + reserve)
    turns = fitting(
        turns, min(free, int(HISTORY_SHARE * window)), lambda some: worker.count([prompt(turns=some)])[0] - bare)
    with_turns, fixed = worker.count([prompt(turns=turns), prompt(sentence=best, turns=turns)])

    def measure(some: Sequence[Passage]) -> int:
        return worker.count([prompt(some, best, turns=turns)])[0] - fixed

    room = window - reserve - fixed
    if answer.survey and answer.survey.matches:
        passages, left_out = pack_places(places(answer.survey), room, measure)
    elif recipe.lane == "stuffed":
        passages, left_out = pack_places([Passage(hit, hit.chunk.text) for hit in answer.hits], room, measure)
    else:
        passages, left_out = pack(
            answer.hits, room, measure, lambda hit: index.excerpts(asked, hit, bench.embedder) if index else [],
            recipe.top_k or useful(worker.card))
    final = prompt(passages, best, turns=turns)
    total = worker.count([final])[0]
    if answer.best and answer.best.hit not in [passage.hit for passage in passages]:
        # Its passage found no room. Said again next to the question, the sentence is read all the same; else it goes
        # in as an excerpt where it fits.
        with_it = with_sentence(answer.best, passages, left_out)
        alone = final if fixed > with_turns else prompt(with_it[0], best, turns=turns)
        tokens = worker.count([alone])[0]
        if tokens + reserve <= window or not passages:
            (passages, left_out), final, total = with_it, alone, tokens
    if total + reserve > window:
        raise WindowTooSmall("window_no_passage", window=window, room=free, needed=total + reserve)
    budget = Budget(
        window, instructions, bare - instructions, total - with_turns, reserve, with_turns - bare, recipe.reply - reserve,
        worker.card.bound)
    flags = answer.flags
    if not reads(worker.card, lang):
        flags += ("language",)
    answer = replace(
        answer, prompt=worker.render(final), budget=budget, passages=passages, left_out=left_out, flags=flags,
        turns=tuple(turns))
    return Sent(answer, worker, final)


def places(survey: Survey) -> list[Passage]:
    """What a full pass found, an excerpt a chunk."""
    found: dict[str, Passage] = {}
    for match in survey.matches:
        before = found.get(match.hit.chunk.id)
        found[match.hit.chunk.id] = Passage(
            match.hit, f"{before.text}\n{match.text}" if before else match.text, excerpt=True)
    return list(found.values())


def best_order(bench: Bench, model: str) -> Order:
    """The order of passages that served the model better; the best next to the question where nobody measured yet
    (SmolLM2-135M, three passages: exact match 0.19 against 0.09)."""
    _, measured = bench.known(model)
    return measured.order if measured else "best-last"


def useful(card: Card) -> int:
    """How many passages the model makes good use of. One with an encoder looks at all of them again for every token."""
    return FEW if card.encoder or 0 < card.parameters < FEW_PARAMETERS else CANDIDATES


def with_sentence(
    best: Sentence, passages: tuple[Passage, ...], left_out: tuple[LeftOut, ...]
) -> tuple[tuple[Passage, ...], tuple[LeftOut, ...]]:
    """The best sentence as an excerpt of its passage, among those that are read."""
    changed = tuple(replace(left, reason="excerpt") if left.hit is best.hit else left for left in left_out)
    return (*passages, Passage(best.hit, best.text, excerpt=True)), changed
