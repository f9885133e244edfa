"""How a summary will be made, and what it will take: decided and told before anything is written.

What fits the window is read in one call. What does not is read by its best sentences, or, where those would be too
small a part of it, as a tree: stretches that fit, then what was written of them, up to one text. All sizes are counted
with the tokenizer of the model that reads, on the prompts as they are sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import prompting
from workbench.bench import Bench
from workbench.captions import short
from workbench.errors import BadRequest, ModelError, WindowTooSmall
from workbench.languages import reads, spoken
from workbench.nouns import Card, Lang, Measured, Prompt, Written
from workbench.nouns.summary import Brief, Length, Line, Mode, Plan, Source
from workbench.salience import rank, select
from workbench.summarize import journal
from workbench.summarize.packing import cut, lead, merged, packed, written
from workbench.trial import speed

if TYPE_CHECKING:
    from workbench.models.remote import Model

LENGTHS: dict[Length, int] = {"line": 1, "bullets": 3, "paragraph": 4}
CONCISE: dict[Length, int] = {"line": 1, "bullets": 3, "paragraph": 2}
PART = 2  # sentences a stretch is summed up in
SENTENCE = 32  # tokens kept for one of the model's,
USUAL = 24  # and that it has
MOST_SENTENCES = 20
EXTRACT = 4  # times the room: up to there the best sentences are enough of a text, beyond it is read as a tree
LEVELS = 5  # of a tree at most; what stretches these do not hold is read by code alone
LEAST = 24  # tokens of a text for which a call is worth it
LEAST_WINDOW, MOST_WINDOW = 64, 1_000_000
# What the seconds rest on, measured on mail threads of 3 to 120 messages in a window of 512 tokens (SmolLM2-135M Q8_0): a
# step that writes for several takes for each beside the first so much of the first one's time (16 write 2.8 times as much as
# one), replies have so much of what is kept for them, and so many of the sentences are asked for again.
BESIDE = 0.314
SEATS = 16
WRITTEN = 0.5
AGAIN = 0.75
GROUP = 64  # calls that are asked for and kept as one, at most: seats stay empty only toward its end
QUESTION_LINES = 12  # sentences that are read for a question


@dataclass(frozen=True, slots=True)
class Frame:
    """What the prompts of one plan have in common."""

    brief: Brief
    lang: Lang
    form: Written
    control_tokens: tuple[str, ...]

    def part(self, text: str) -> Prompt:
        """The prompt for a stretch."""
        return prompting.summary(
            "part", self.lang, self.form, text, sentences=PART, question=self.brief.question, control_tokens=self.control_tokens)

    def final(self, text: str) -> Prompt:
        """The prompt for the summary itself."""
        return prompting.summary(
            self.brief.length, self.lang, self.form, text, sentences=sentences(self.brief), question=self.brief.question,
            concise=self.brief.concise, control_tokens=self.control_tokens)

    @property
    def told(self) -> str:
        """What the model is told, which it must not say again."""
        return "\n".join(prompt.text or " ".join(message.content for message in prompt.messages) for prompt in (
            self.part(""), self.final(""), self.shorter("")))

    def shorter(self, text: str) -> Prompt:
        """The prompt for a sentence anew, in the words of one of the source."""
        return prompting.shorten(self.lang, self.form, text, control_tokens=self.control_tokens)


def frame(plan: Plan, card: Card) -> Frame:
    """The prompts of a plan."""
    return Frame(plan.brief, plan.lang, plan.form, card.control_tokens)


def sentences(brief: Brief) -> int:
    """How many sentences a summary has."""
    return brief.sentences or (CONCISE if brief.concise else LENGTHS)[brief.length]


def plan(bench: Bench, source: Source, brief: Brief) -> Plan:
    """How a source will be summarized. Where no model can, the plan says why and is that of the extractive summary.
    Raises BadRequest, WindowTooSmall."""
    check(brief)
    text = " ".join(line.text for line in source.lines)
    said = spoken(text)
    mostly: Lang = "ko" if said == "ko" else "en"
    lang = brief.lang or mostly
    bare = Plan(source, brief, "extractive", lang)
    if said == "other":
        return replace(bare, lang=mostly, why=ModelError("summary_script").remark)
    try:
        card = bench.card(brief.model)
        for each in (mostly, lang):
            if not reads(card, each):
                named = short(bench.named(brief.model))
                return replace(bare, lang=mostly, why=ModelError("summary_language", model=named, language=each).remark)
        worker = bench.lend(brief.model)
    except ModelError as error:
        return replace(bare, lang=mostly, why=error.remark)
    try:
        unsent = bench.unsent(brief.model, worker)
        laid = replace(laid_out(unsent, bare), estimated=unsent is not worker)
        measured = speeds(bench, worker, brief.model)
    finally:
        bench.give_back(worker)
    kept = journal.kept(bench.settings.home, laid)
    return replace(laid, kept=kept, seconds=expected(laid, measured, kept))


def counted(worker: "Model", plan: Plan) -> Plan:
    """A plan with what was estimated counted: now that it is carried out, the texts may be sent. Raises WindowTooSmall,
    RemoteFailed."""
    return replace(laid_out(worker, plan), estimated=False) if plan.estimated else plan


def check(brief: Brief) -> None:
    """Refuse what cannot work. Raises BadRequest."""
    if brief.length not in LENGTHS:
        raise BadRequest("length_unknown", name=brief.length, known=", ".join(LENGTHS))
    for name, value, least, most in (
        ("window", brief.window, LEAST_WINDOW, MOST_WINDOW), ("sentences", brief.sentences, 0, MOST_SENTENCES)):
        if not least <= value <= most:
            raise BadRequest("number", name=name, value=value, least=least, most=most)
    if brief.question and not any(map(str.isalnum, brief.question)):
        raise BadRequest("question_empty")


def laid_out(worker: "Model", bare: Plan) -> Plan:
    """The plan with its calls. Raises WindowTooSmall before anything is read where not even a little text has room."""
    window = worker.card.window(bare.brief.window)
    brief = replace(bare.brief, window=window)
    bare = replace(bare, brief=brief)
    worker.fit(window)
    laid = replace(
        bare, form=prompting.form_for(worker.card, brief.form), reply=min(sentences(brief) * SENTENCE, window // 4),
        part_reply=min(PART * SENTENCE, window // 4), beside=worker.card.encoder)
    reserve, part_reserve = worker.card.reserve(laid.reply), worker.card.reserve(laid.part_reply)
    made = frame(laid, worker.card)
    part, final, shorter = worker.count([made.part(""), made.final(""), made.shorter("")])
    room, room_part = window - reserve - final, window - part_reserve - max(part, shorter)
    if min(room, room_part) < LEAST:
        needed = window + LEAST - min(room, room_part)
        raise WindowTooSmall("window_small", window=window, prompt=needed - reserve, reply=reserve, needed=needed)
    least = min(room, room_part) - LEAST // 2
    source = replace(bare.source, lines=tuple(cut(bare.source.lines, sizes(worker, bare.source.lines), least)))
    counted = sizes(worker, source.lines, source)
    laid = replace(laid, source=source, tokens=sum(counted))
    while min(room, room_part) >= LEAST // 2:  # a tokenizer may count a text higher than its parts: look at the prompts themselves
        single = laid.tokens <= EXTRACT * room or bool(brief.question)
        tried = one_call(worker, laid, counted, room) if single else tree(laid, counted, room_part)
        make, kept = (made.final, reserve) if len(tried.groups) == 1 else (made.part, part_reserve)
        found = worker.count([make(written(source, group)) for group in tried.groups])
        over = max(found) + kept - window
        if over <= 0:
            return replace(tried, largest=max(found), prompt_tokens=sum(found) + later(tried, max(part, final)),
                           shared=0 if laid.beside else part * max(0, tried.total_calls - 2),
                           again=PART * (tried.total_calls - 1) + sentences(brief))
        room, room_part = room - over, room_part - over
    raise WindowTooSmall("window_no_passage", window=window, room=max(0, room), needed=max(found) - max(part, final))


def sizes(worker: "Model", lines: Sequence[Line], source: Source | None = None) -> list[int]:
    """Tokens of every line; with `source`, the writer's name in front of a document's first line counts too."""
    start, = worker.count([Prompt()])
    texts = []
    for number, line in enumerate(lines):
        begins = source is not None and (not number or lines[number - 1].document != line.document)
        texts.append(f"\n{lead(source, line) if begins and source else ''}{line.text}")
    return [size - start for first in range(0, len(texts), 1000) for size in worker.count([
        Prompt(text=text) for text in texts[first : first + 1000]])]


def one_call(worker: "Model", laid: Plan, counted: Sequence[int], room: int) -> Plan:
    """All lines, or the best of them, in one call."""
    source, brief = laid.source, laid.brief
    every = tuple(range(len(source.lines)))
    mode: Mode = "whole"
    if brief.question or laid.tokens > room:
        mode = "question" if brief.question else "extract"
        start, = worker.count([Prompt()])
        every = tuple(select(
            source.lines, rank(source.lines, laid.lang, brief.question), tokens=room,
            most=QUESTION_LINES if brief.question else None,
            count=lambda texts: [size - start for size in worker.count([Prompt(text=text) for text in texts])]))
    if not every:
        every = (min(range(len(counted)), key=counted.__getitem__),)
    return replace(laid, mode=mode, groups=(every,), calls=(1,), skipped=len(source.lines) - len(every))


def tree(laid: Plan, counted: Sequence[int], room: int) -> Plan:
    """Stretches of the text on the lowest level, and so many calls above as it takes to come to one."""
    source = laid.source
    groups = packed(source, range(len(source.lines)), counted, room)
    fan = max(2, room // (PART * USUAL))
    most = fan ** (LEVELS - 1)
    if len(groups) > most:  # of longer stretches only the best sentences
        scores = rank(source.lines, laid.lang)
        longer = [sum((groups[place] for place in some), ()) for some in merged(len(groups), -(-len(groups) // most))]
        groups = []
        for places in longer:
            best = select([source.lines[place] for place in places], [scores[place] for place in places], tokens=room,
                          count=lambda texts: estimated(texts, laid))
            groups.append(tuple(places[each] for each in best) or places[:1])
    return replace(laid, mode="tree", groups=tuple(groups), calls=levels(len(groups), fan),
                   skipped=len(source.lines) - sum(map(len, groups)))


def estimated(texts: Sequence[str], laid: Plan) -> list[int]:
    """Tokens of texts by the mean of the whole source: exact counts follow on the prompts."""
    letters = sum(len(line.text) for line in laid.source.lines)
    return [-(-len(text) * laid.tokens // letters) + 1 for text in texts]


def levels(count: int, fan: int) -> tuple[int, ...]:
    """Calls on every level over `count` ones, each reading what at most `fan` below wrote."""
    found = [count]
    while found[-1] > 1:
        found.append(len(merged(found[-1], fan)))
    return tuple(found)


def later(laid: Plan, empty: int) -> int:
    """Tokens of the prompts above the lowest level, at most."""
    return sum(calls * empty + below * PART * USUAL for below, calls in zip(laid.calls, laid.calls[1:], strict=False))


def speeds(bench: Bench, worker: "Model", model: str) -> Measured:
    """How fast the model reads and writes here, from its trial, else from a quick look that is kept."""
    _, measured = bench.known(model)
    if measured is None:
        measured = speed(worker)
        bench.keep_measured(model, measured)
    return measured


def expected(laid: Plan, measured: Measured, kept: int = 0) -> float:
    """Seconds that it will take, without the calls that are kept: what is read, instructions once, at the speed of one; what is
    written on each level, and asked for again there, at that of so many together."""
    total = laid.total_calls
    left = 1 - kept / total if total else 0.0
    read = laid.prompt_tokens - laid.shared + AGAIN * laid.again * USUAL
    steps = 0.0  # for one token each
    for calls in laid.calls:
        top = calls == 1
        again = AGAIN * (sentences(laid.brief) if top else PART * calls)
        steps += WRITTEN * (laid.reply if top else laid.part_reply) * together(laid, calls) + USUAL * together(laid, again)
    return left * (read / measured.reading + steps / measured.writing)


def together(laid: Plan, count: float) -> float:
    """How long it takes to write a token for so many, where one alone takes 1. An encoder-decoder writes one after another."""
    if laid.beside or count <= 1:
        return count
    seats = min(SEATS, count)
    return count / seats * (1 + (seats - 1) * BESIDE)
