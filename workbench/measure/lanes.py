"""What each lane lets a model read. All but `closed`, `rag` and `extract` need to know where the answer stands.

    closed       the question alone
    rag          what retrieval finds, as a question in the Ask tab is answered
    extract      no model: the best sentence of what retrieval finds
    oracle       the gold passages alone: what the model makes of perfect retrieval
    noise        the best passages that hold no answer
    mixed(r)     of five passages a share r without an answer, in any order (Chen et al. 2023)
    counter      the gold passage with a false answer in the place of the right one (Longpre et al. 2021)
    position(j)  the gold passage in place j of five, the first one read first (Liu et al. 2023)
    stuffed      the gold document from its beginning, as much as fits
    shuffled     what retrieval finds for another question: a control

Where a model reads passages, the sentence that fits the question best is said again next to it, as Ask does, except where
that would undo what the lane is for: `position` and `stuffed`.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from workbench.ask import Where, looked_up, retrieved, where
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.measure.coverage import Files
from workbench.nouns import Answer, Chunk, Document, Hit, Lane, Question, Recipe, Sentence, Survey
from workbench.nouns.measure import Ranking
from workbench.prepare import CANDIDATES, Sent, prepare
from workbench.retrieval.corpus_index import CorpusIndex, Found
from workbench.retrieval.sentences import sentences
from workbench.scoring import is_yes_or_no, tells
from workbench.search import asked
from workbench.stages import shows, stated

if TYPE_CHECKING:
    from workbench.models.remote import Model

PIECE = 400  # characters from which a paragraph of a stuffed document is taken sentence by sentence
SLOTS = 5  # passages of `mixed` and `position`
DEPTH = 30  # passages looked at for ranking files and for those without an answer
LOOKED = 10  # of those, searched for an answer
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8)  # of noise, where `mixed` is asked for without saying how much
MEASURED: tuple[Lane, ...] = ("closed", "rag", "extract", "oracle", "noise", "mixed", "counter", "position", "stuffed")
GOLD = frozenset({"oracle", "mixed", "counter", "position"})  # those that read the gold passage
CONTROLS = ("again", "shuffled")  # not ways of answering that anyone wants to make better
DOSED = re.compile(r"(\w+)(?:\((\d{1,9}(?:\.\d+)?|\.\d+)\))?")


def recipes(lane: str, recipe: Recipe) -> list[tuple[str, Recipe]]:
    """The recipes that a lane as it is typed stands for, with their names: `mixed` and `position` without a dose are one a
    dose. Raises BadRequest."""
    match = DOSED.fullmatch(lane.strip())
    kind = next((each for each in MEASURED if match and each == match[1]), None)
    dose = match[2] if match else None
    if kind is None or (dose and kind not in ("mixed", "position")):
        raise BadRequest("lane_unknown", name=lane.strip(), known=", ".join(MEASURED))
    recipe = replace(recipe, lane=kind)
    if kind == "mixed":
        shares = [float(dose)] if dose else SHARES
        if not all(0 <= each <= 1 for each in shares):
            raise BadRequest("number", name="mixed", value=dose, least=0, most=1)
        return [(f"mixed({each:g})", replace(recipe, noise=each, top_k=SLOTS)) for each in shares]
    if kind == "position":
        slots = [int(float(dose))] if dose else range(1, SLOTS + 1)
        if not all(1 <= each <= SLOTS for each in slots):
            raise BadRequest("number", name="position", value=dose, least=1, most=SLOTS)
        return [(f"position({each})", replace(recipe, slot=each, top_k=SLOTS, order="best-first")) for each in slots]
    return [(kind, replace(recipe, order="best-first") if kind == "stuffed" else recipe)]


class Shelf:
    """What a run reads of a corpus, as it was when the run began: each search once, each document once."""

    def __init__(self, bench: Bench, corpus: str, questions: Sequence[Question]) -> None:
        """Raises NoSuchCorpus, EmbedderChanged."""
        bench.check_embedder(corpus)
        self.bench = bench
        self.corpus = corpus
        self.questions = questions
        self.index: CorpusIndex = bench.corpus(corpus)
        self.files = Files(bench, corpus)
        self.looked_up = lru_cache(maxsize=4000)(self.look_up)
        self.deep = lru_cache(maxsize=1000)(self.look_deep)
        self.gold = lru_cache(maxsize=4000)(self.look_for_gold)

    def look_up(self, text: str, place: Where) -> tuple[dict[Where, Found], dict[Where, Survey]]:
        """What Ask finds on a question."""
        return looked_up(self.bench, text, [place])

    def found(self, text: str, recipe: Recipe) -> Answer:
        """The answer as far as retrieval makes it, as in Ask."""
        text = asked(text)
        return retrieved(Answer(text, recipe, standalone=text), *self.looked_up(text, where(recipe)))

    def look_deep(self, text: str) -> tuple[Hit, ...]:
        """The best DEPTH passages."""
        return self.index.passages(asked(text), self.bench.embedder, DEPTH)

    def look_for_gold(self, question: Question) -> tuple[Hit, ...]:
        """The passages that hold the evidence; else the passage that came with the question; else those of its gold files
        that hold an answer. Empty where nobody knows."""
        hits = [each for span in question.evidence if (each := self.passage(span.document, span.title, span.start, span.end))]
        if not hits and question.gold_text:
            file = question.gold_documents[0] if question.gold_documents else ""
            chunk = Chunk(f"gold {question.id}", "", 0, len(question.gold_text), question.gold_text)
            return (Hit(chunk, "", file, None, 0.0, 0.0, 0.0),)
        for file in question.gold_documents if not hits else ():
            for document in self.files.documents(file):
                hits += [each for chunk in self.files.chunks(document) if states(each := hit(document, chunk), question)]
        return tuple({each.chunk.id: each for each in hits}.values())

    def answering(self, question: Question) -> Hit | None:
        """The best-ranked passage that says the answer of a question, None where none does (the positive passage of Karpukhin
        et al. 2020): an amount beside a word of the question, else anywhere in the first ones."""
        hits = self.deep(question.text)
        strict = (each for each in hits if stated(question, [Document(each.chunk.id, each.title, each.chunk.text, each.source, "text")]))
        return next(strict, None) or next((each for each in hits[:LOOKED] if states(each, question)), None)

    def passage(self, file: str, title: str, start: int, end: int) -> Hit | None:
        """The passage in which a stretch of a file stands; of several that hold as much, the one it is in the middle of."""
        def held(chunk: Chunk) -> tuple[int, int]:
            return min(chunk.end, end) - max(chunk.start, start), -abs(chunk.start + chunk.end - start - end)

        for document in self.files.documents(file, title):
            best = max(self.files.chunks(document), key=held, default=None)
            if best and held(best)[0] > 0:
                return hit(document, best)
        return None

    def best(self, question: str, hits: Sequence[Hit]) -> Sentence | None:
        """The sentence of the passages that fits a question best."""
        ranked = self.index.ranked_sentences(question, tuple(hits), self.bench.embedder)
        return ranked[0] if ranked else None

    def ranking(self, question: Question) -> Ranking:
        """The files in the order in which they are found, and the places of the evidence and of an answer."""
        hits = self.deep(question.text)
        files = list(dict.fromkeys(each.source for each in hits))
        grades = dict(question.judgments) or dict.fromkeys(question.gold_documents, 1)
        evidence = place(hits, lambda each: shows(each, question)) if question.evidence else None
        told = question.answers and not is_yes_or_no(question)
        answer = place(hits[:LOOKED], lambda each: states(each, question)) if told else None
        judged = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
        return Ranking(question.id, tuple(max(0, grades.get(file, 0)) for file in files), tuple(judged), evidence, answer)


def hit(document: Document, chunk: Chunk) -> Hit:
    """A passage that nobody searched for."""
    return Hit(chunk, document.title, document.source, document.page_at(chunk.start), 0.0, 0.0, 0.0)


def states(hit: Hit, question: Question) -> bool:
    """Whether a passage says what answers a question; of yes and no that cannot be told by words."""
    return not is_yes_or_no(question) and tells(hit.chunk.text, question)


def place(hits: Sequence[Hit], so: Callable[[Hit], bool]) -> int:
    """Place of the first hit of which something is so, from 1; 0 where it is of none."""
    return next((number for number, each in enumerate(hits, 1) if so(each)), 0)


class Impossible(Exception):
    """A lane cannot be had for a question; the code says why, a key of words/measure.py."""


def material(shelf: Shelf, question: Question, recipe: Recipe) -> Answer:
    """What a lane lets the model read for a question, before the window is packed; done where no model is needed. Raises
    Impossible."""
    text = asked(question.text)
    if recipe.lane in ("closed", "rag", "extract"):
        if recipe.lane == "closed":
            return Answer(text, recipe, standalone=text)
        return shelf.found(question.text, recipe)
    hits = LANES[recipe.lane](shelf, question, recipe)
    if not hits:
        raise Impossible("no_passage")
    best = None if recipe.lane in ("position", "stuffed") else shelf.best(text, hits)
    return Answer(text, recipe, standalone=text, hits=tuple(hits), best=best)


def oracle(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """The gold passages."""
    gold = shelf.gold(question)
    if not gold:
        raise Impossible("no_gold")
    return gold


def without_answer(shelf: Shelf, question: Question) -> list[Hit]:
    """The best passages that hold neither the evidence nor an answer. Raises Impossible where there is none."""
    gold = {each.chunk.id for each in shelf.gold(question)}
    some = [
        each for each in shelf.deep(question.text)
        if each.chunk.id not in gold and not shows(each, question) and not states(each, question)]
    if not some:
        raise Impossible("no_noise")
    return some


def noise(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """As many passages without an answer as would be looked at with one."""
    return without_answer(shelf, question)[: recipe.top_k or CANDIDATES]


def mixed(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """A share of passages without an answer; the others hold one, fewer of them where the corpus has no more. In an order
    that the question decides and nobody chose."""
    count = round(recipe.noise * recipe.top_k)
    gold = list(oracle(shelf, question, recipe))
    also = [each for each in shelf.deep(question.text) if shows(each, question) and each.chunk.id not in {one.chunk.id for one in gold}]
    others = without_answer(shelf, question)[:count] if count else []
    if len(others) < count:
        raise Impossible("no_noise")
    some = [*[*gold, *also][: recipe.top_k - count], *others]
    order = np.random.default_rng(zlib.crc32(question.id.encode())).permutation(len(some))
    return [some[number] for number in order]


def position(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """One gold passage in a given place among those without an answer, in the order of reading."""
    gold, *_ = oracle(shelf, question, recipe)
    others = without_answer(shelf, question)[: recipe.top_k - 1]
    if len(others) < recipe.top_k - 1:
        raise Impossible("no_noise")
    return [*others[: recipe.slot - 1], gold, *others[recipe.slot - 1 :]]


def counter(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """A passage that says something false."""
    if question.counter is None or question.choices:
        raise Impossible("no_counter")
    gold = shelf.gold(question)
    source = next((each for each in gold if states(each, question)), gold[0] if gold else None)
    chunk = Chunk(
        f"counter {question.id}", source.chunk.document_id if source else "", 0, len(question.counter.text), question.counter.text)
    return [Hit(chunk, source.title if source else "", source.source if source else "", None, 0.0, 0.0, 0.0)]


def stuffed(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """The document in which the answer stands, in pieces from its beginning."""
    names = [(span.document, span.title) for span in question.evidence] or [(name, "") for name in question.gold_documents]
    documents = shelf.files.documents(*names[0]) if names else []
    if not documents:
        raise Impossible("no_gold")
    document = documents[0]
    return [
        hit(document, Chunk(f"{document.id} {start}", document.id, start, end, document.text[start:end]))
        for start, end in pieces(document.text)]


def pieces(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph; of the sentences of a long one."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        start, end = match.span()
        found += [(start, end)] if end - start < PIECE else [(start + one, start + other) for one, other in sentences(match[0])]
    return found


def shuffled(shelf: Shelf, question: Question, recipe: Recipe) -> Sequence[Hit]:
    """The passages of the next question about another document that hold no answer to this one."""
    number = next(number for number, each in enumerate(shelf.questions) if each.id == question.id)
    count = len(shelf.questions)
    for step in range(1, count):
        other = shelf.questions[(number + step * (count // 2 + 1)) % count]
        if other.lang == question.lang and not set(other.gold_documents) & set(question.gold_documents):
            hits = shelf.found(other.text, replace(recipe, lane="rag")).hits
            if hits and not any(shows(each, question) or states(each, question) for each in hits):
                return hits
    raise Impossible("no_noise")


LANES: dict[Lane, Callable[[Shelf, Question, Recipe], Sequence[Hit]]] = {
    "oracle": oracle, "noise": noise, "mixed": mixed, "counter": counter, "position": position, "stuffed": stuffed, "shuffled": shuffled}


def sent(shelf: Shelf, answer: Answer, worker: "Model") -> Sent:
    """The prompt of a lane, made by the same code as Ask's. Raises ModelError, WindowTooSmall, Impossible."""
    made = prepare(answer, worker, shelf.index, shelf.bench)
    if answer.recipe.lane in ("mixed", "position") and len({each.hit.chunk.id for each in made.answer.passages}) < len(answer.hits):
        raise Impossible("no_room")
    return made
