"""A plan carried out: from the lowest level up, every level asked, checked, asked again where need be, and replaced by the
documents' own sentences where that does not help."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench import faithfulness
from workbench.bench import Bench
from workbench.models.worker import Completion
from workbench.nouns import Prompt
from workbench.nouns.summary import (
    Attempt,
    By,
    Checks,
    Headway,
    Length,
    Line,
    Particular,
    Plan,
    Point,
    Source,
    Step,
    Summary,
)
from workbench.particulars import particulars
from workbench.salience import rank, select
from workbench.summarize import journal
from workbench.summarize.choosing import (
    WORTH_SHORTER,
    Draft,
    Place,
    against,
    best,
    drafted,
    only_shorter,
    placed,
    worth_shortening,
    worths,
)
from workbench.summarize.packing import flat, merged, written
from workbench.summarize.planning import PART, Frame, counted, frame, sentences
from workbench.summarize.writing import Stopped, Writing

if TYPE_CHECKING:
    from workbench.models.remote import Model


@dataclass(slots=True)
class Call:
    """One call on its way: what it reads, what code would say of it, what came back."""

    prompt: Prompt
    read: tuple[int, ...]
    below: tuple[int, ...]
    seen: list[Point]  # what it reads, sentence by sentence
    pool: list[Point]  # what its sentences are chosen from
    reply: Completion | None = None
    drafts: list[Draft] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    again: list[Attempt] = field(default_factory=list)


def summarize(bench: Bench, plan: Plan, halt: threading.Event | None = None) -> Iterator[Headway]:
    """Write the summary of a plan and tell every step; the last headway carries it. With `halt` set it ends with the
    extractive summary, and what is finished waits for the same plan. Raises ModelError."""
    began = time.monotonic()
    halt = halt or threading.Event()
    journal.sweep(bench.settings.home)
    found = tuple(particulars(plan.source.documents, plan.source.lines, plan.source.attached))
    if plan.mode == "extractive":
        yield Headway(0, 0, summary=finished(plan, found, (), extract(plan), time.monotonic() - began))
        return
    worker = bench.lend(plan.brief.model)
    try:
        plan = counted(worker, plan)
        kept = journal.opened(bench.settings.home, plan)
        run = Run(plan, worker, Writing(plan, worker, kept, halt), found)
        yield run.writing.headway()
        points = yield from run.climb()
    except Stopped:
        stopped = finished(plan, found, tuple(run.steps), extract(plan), time.monotonic() - began)
        yield replace(run.writing.headway(), summary=replace(stopped, stopped=True))
        return
    finally:
        bench.give_back(worker)
    kept.remove()
    yield replace(run.writing.headway(), seconds=0.0, summary=finished(
        plan, found, tuple(run.steps), points, time.monotonic() - began))


def extract(plan: Plan) -> list[Point]:
    """The summary without a model."""
    source = plan.source
    scores = rank(source.lines, plan.lang, plan.brief.question)
    return [Point(flat(source.lines[place].text), "extractive", (place,))
            for place in select(source.lines, scores, most=sentences(plan.brief))]


def finished(plan: Plan, found: tuple[Particular, ...], steps: tuple[Step, ...], points: Sequence[Point], seconds: float) -> Summary:
    """A summary with what code says of it, and of the one without a model beside it."""
    own = extract(plan)
    made = Summary(
        plan, tuple(points), steps, Checks(()), tuple(point.lines[0] for point in own), Checks(()), found, seconds=seconds)
    source = beside(plan.source)
    made = replace(
        made, checks=faithfulness.check_summary(made.text, source, plan.lang, particulars=found),
        extractive_checks=faithfulness.check_summary(made.extract, source, particulars=found))
    return replace(made, better=better(made))


def beside(source: Source) -> faithfulness.Source:
    """What a summary is checked against: all lines, and what the headers say."""
    heads = [document.text.partition("\n\n")[0] for document in source.documents if document.id in source.speakers]
    return faithfulness.Source(source.lines, [*heads, *(document.title for document in source.documents)])


def better(made: Summary) -> By | None:
    """Which of the two summaries has more of what code found in the source, then which says more of the source."""
    if made.text == made.extract:
        return None
    ours, theirs = made.checks.recall or 0.0, made.extractive_checks.recall or 0.0
    if ours == theirs:
        _, (ours, theirs) = worths(made.plan.source.lines, [made.text, made.extract], made.plan.lang, made.plan.brief.question)
    return "model" if ours > theirs else "extractive" if theirs > ours else None


class Run:
    """The tree of one summary as it grows."""

    def __init__(self, plan: Plan, worker: "Model", writing: Writing, found: tuple[Particular, ...]) -> None:
        self.plan, self.worker, self.writing, self.found = plan, worker, writing, found
        self.frame: Frame = frame(plan, worker.card)
        self.lines = plan.source.lines
        self.scores = rank(self.lines, plan.lang, plan.brief.question)
        self.steps: list[Step] = []
        self.source = beside(plan.source)
        self.shorter: dict[str, Draft | None] = {}  # what came of asking for a sentence anew

    def climb(self) -> Generator[Headway, None, list[Point]]:
        """Level by level up to the summary."""
        calls = [self.lowest(group) for group in self.plan.groups]
        level = 1
        while True:
            last = len(calls) == 1
            yield from self.level(calls, last)
            first = len(self.steps)
            self.steps += [self.step(level, call, last) for call in calls]
            if last:
                return list(self.steps[-1].points)
            below = [first + number for number in range(len(calls))]
            calls = [self.higher([below[number] for number in group], top=len(groups) == 1)
                     for groups in [merged(len(below), self.fan(level, len(below)))] for group in groups]
            level += 1

    def fan(self, level: int, count: int) -> int:
        """How many of the level below a call reads, so that there are as many calls as the plan says."""
        return -(-count // self.plan.calls[level])

    def lowest(self, group: tuple[int, ...]) -> Call:
        """A call that reads lines of the source."""
        text = written(self.plan.source, group)
        one = len(self.plan.groups) == 1
        pool = [Point(flat(self.lines[place].text), "extractive", (place,)) for place in group]
        return Call(self.frame.final(text) if one else self.frame.part(text), group, (), pool, pool)

    def higher(self, below: Sequence[int], *, top: bool) -> Call:
        """A call that reads what others wrote; where that is too much, the best of it."""
        points = [point for number in below for point in self.steps[number].points]
        make = self.frame.final if top else self.frame.part
        room = self.plan.brief.window - self.worker.card.reserve(self.plan.reply if top else self.plan.part_reply)
        chosen = sorted(range(len(points)), key=lambda place: -self.worth_of(points[place]))
        while True:
            prompt = make("\n".join(points[place].text for place in sorted(chosen)))
            size, = self.worker.count([prompt])
            if size <= room or len(chosen) <= 1:
                break
            chosen = chosen[: max(1, min(len(chosen) - 1, len(chosen) * room // size))]
        read = tuple(dict.fromkeys(line for number in below for line in self.steps[number].read))
        return Call(prompt, read, tuple(below), points, self.everything(points) if top else points)

    def everything(self, points: list[Point]) -> list[Point]:
        """What the summary at the top is chosen from: whatever stayed on any level, and the summary without a model, so
        that nothing is lost on the way up."""
        found: dict[int, Point] = {}
        for point in [*points, *(each for step in self.steps if step.level == 1 for each in step.points), *extract(self.plan)]:
            found.setdefault(point.lines[0] if point.lines else -1, point)
        return list(found.values())

    def worth_of(self, point: Point) -> float:
        """How much a point says of the whole source, by the line it rests on."""
        return self.scores[point.lines[0]] if point.lines else 0.0

    def level(self, calls: list[Call], last: bool) -> Generator[Headway, None, None]:
        """Ask all calls of a level, check what they wrote, ask for what cannot stay again."""
        limit = self.plan.reply if last else self.plan.part_reply
        length: Length = self.plan.brief.length if last else "paragraph"
        replies = yield from self.writing.ask([call.prompt for call in calls], limit)
        for call, reply in zip(calls, replies, strict=True):
            call.reply = reply
            read = self.read(call)
            call.drafts = [self.draft(text, call, read) for text in drafted(reply.text, length, cut=reply.why == "length")]
        self.place(calls, last)
        yield from self.anew(calls)

    def draft(self, text: str, call: Call, read: faithfulness.Source) -> Draft:
        """A sentence of the model beside what it read; where that was written by others, beside the whole source too."""
        found = list(faithfulness.check(text, read, self.plan.lang, self.frame.told))
        if call.below:
            found += faithfulness.check(text, self.source, self.plan.lang)
        nearest = read.nearest(text)
        rests = call.seen[nearest].lines if nearest is not None else ()
        return Draft(text, rests, read.copied(text), tuple(dict.fromkeys(found)))

    def read(self, call: Call) -> faithfulness.Source:
        """What a call read, to check against: sentences, and who said them."""
        lines = [Line(str(number), 0, len(point.text), point.text) for number, point in enumerate(call.seen)]
        names = {self.plan.source.speakers.get(self.lines[place].document, "") for place in call.read}
        return faithfulness.Source(lines, sorted(names - {""}))

    def place(self, calls: list[Call], last: bool) -> None:
        """Choose the documents' own sentences for every call and put the drafts in their places."""
        texts = [point.text for call in calls for point in call.pool] + [draft.text for call in calls for draft in call.drafts]
        _, worth = worths(self.lines, texts, self.plan.lang, self.plan.brief.question)
        there = iter(worth)
        pools = [[next(there) for _ in call.pool] for call in calls]
        count = sentences(self.plan.brief) if last else PART
        for call, pool in zip(calls, pools, strict=True):
            own = best(call.pool, pool, count)
            call.places = placed(
                [call.pool[number] for number in own], [pool[number] for number in own], call.drafts,
                [next(there) for _ in call.drafts], self.plan.lang)

    def anew(self, calls: list[Call]) -> Generator[Headway, None, None]:
        """Ask once more for every place whose sentence cannot stay: for the documents' own one in fewer words."""
        wanted: dict[str, Point] = {}
        for call in calls:
            for each in call.places:
                if (each.draft is None or each.why) and worth_shortening(each.own, self.plan.lang):
                    wanted.setdefault(each.own.text, each.own)
        texts = [text for text in wanted if text not in self.shorter]
        limit = self.plan.part_reply
        reserve = self.worker.card.reserve(limit)
        sizes = self.worker.count([self.frame.shorter(text) for text in texts])
        texts = [text for text, size in zip(texts, sizes, strict=True) if size + reserve <= self.plan.brief.window]
        replies = yield from self.writing.ask([self.frame.shorter(text) for text in texts], limit, again=True)
        asked = dict(zip(texts, replies, strict=True))
        self.shorten(wanted, asked)
        for call in calls:
            for number, each in enumerate(call.places):
                if each.own.text not in wanted:
                    continue
                if reply := asked.pop(each.own.text, None):  # of two calls that want it the first has asked
                    call.again.append(Attempt(
                        self.worker.render(self.frame.shorter(each.own.text)), reply.text.strip(), reply.timing.prompt_tokens,
                        reply.timing.reply_tokens))
                if (shorter := self.shorter.get(each.own.text)) and (each.draft is None or each.why):
                    call.places[number] = Place(each.own, shorter)

    def shorten(self, wanted: dict[str, Point], asked: dict[str, Completion]) -> None:
        """Check the shorter sentences beside those that they are of."""
        texts = [*asked, *(" ".join(reply.text.split()) for reply in asked.values())]
        _, worth = worths(self.lines, texts, self.plan.lang, self.plan.brief.question)
        for (text, reply), before, after in zip(asked.items(), worth[: len(asked)], worth[len(asked) :], strict=True):
            said = " ".join(reply.text.split())
            call = Call(Prompt(), wanted[text].lines, (), [wanted[text]], [])
            draft = self.draft(said, call, self.read(call))
            stays = reply.why == "end" and only_shorter(said, text, self.plan.lang) and not against(
                draft, after, WORTH_SHORTER * before)
            self.shorter[text] = replace(draft, lines=wanted[text].lines) if stays else None

    def step(self, level: int, call: Call, last: bool) -> Step:
        """A finished call."""
        assert call.reply
        points = [each.kept() if each.draft and not each.why else each.fallback() for each in call.places]
        timing = call.reply.timing
        return Step(
            level, call.read, call.below, call.reply.text.strip(), tuple(points), timing.prompt_tokens, timing.reply_tokens,
            self.worker.render(call.prompt), tuple(call.again))
