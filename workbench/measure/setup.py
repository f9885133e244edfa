"""What a run is made of, and whether it still is when somebody goes on with it."""

import hashlib
import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from workbench import ask, corpora, prompting
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.ingest import unfinished, was_stopped
from workbench.languages import reads
from workbench.measure import formats, journal, leaks
from workbench.measure.coverage import covered
from workbench.measure.formats import parts
from workbench.measure.lanes import CONTROLS, GOLD, Shelf, recipes, states
from workbench.measure.making.swaps import counterfactual
from workbench.models import catalogue
from workbench.models.addresses import remote
from workbench.nouns import WINDOW, Form, Lang, Question, Recipe, Remark
from workbench.nouns.runs import Column, ModelFacts, Setup
from workbench.questions import questions as kept
from workbench.scoring import is_yes_or_no
from workbench.stages import stated

REPLY = 32  # tokens: an answer in a few words
DEFAULT = ("closed", "rag", "extract", "oracle")
SEED = 7
MOST = 1_000_000  # questions asked for
SHUFFLED = 100  # questions of the control with other questions' passages
LEAST_COVERED = 0.95  # share of the questions that answers from elsewhere must be of
ALONE = frozenset({"follow-up", "whole-set"})  # tags of questions that no passage answers by itself


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks to be measured, as it is typed: lanes with or without a dose, models by name, windows in tokens.
    `source`: a file of questions, empty for the corpus' own; `reference`: what the others are compared with, a model or a
    file of answers;
    `limit`: so many of the questions, drawn once for all, 0 for all."""

    corpus: str
    source: str = ""
    lanes: tuple[str, ...] = DEFAULT
    models: tuple[str, ...] = ("",)
    windows: tuple[int, ...] = (WINDOW,)
    reply: int = REPLY
    form: Form = "auto"
    reference: str = ""
    limit: int = 0


def setup(bench: Bench, order: Order, questions: Sequence[Question] | None = None) -> Setup:
    """A run, ready to begin; `questions` where they were read from their source already. Raises BadRequest, NoSuchCorpus,
    ModelError, WindowTooSmall."""
    if order.limit < 0:
        raise BadRequest("number", name="limit", value=order.limit, least=0, most=MOST)
    every = list(questions) if questions is not None else sourced(bench, order)
    asked, left_out = chosen(bench, order, every)
    brought = str(Path(order.reference).absolute()) if order.reference.endswith((".jsonl", ".json")) else ""
    known = prints(bench, order.corpus, asked, brought)  # before false passages are made, which are not what may change
    models = tuple(dict.fromkeys(bench.named(name) for name in order.models))
    if brought:
        imported(Path(brought), asked)
    columns = tuple(laid_out(order, models, bench.named(order.reference) if order.reference and not brought else ""))
    for column in columns:
        ask.check(replace(column.recipe, lane="rag"))
    kinds = {column.recipe.lane for column in columns}
    stood_in = 0
    if kinds & GOLD:
        shelf = Shelf(bench, order.corpus, asked)
        asked, stood_in = with_gold(shelf, asked)
        asked = falsified(shelf, asked, every) if "counter" in kinds else asked
    named = dict.fromkeys(column.recipe.model for column in columns if column.recipe.model)
    return Setup(
        id=journal.new_name(), made=time.time(), corpus=order.corpus, columns=columns, questions=asked,
        models=tuple(facts(bench, name, max(order.windows), order.form) for name in named), prints=known,
        source=order.source and str(Path(order.source).absolute()), reference=brought, left_out=left_out, limit=order.limit, embedder=bench.embedder_name,
        against=tuple(leaks.gate(bench, order.corpus, asked).reasons.items()), stood_in=stood_in)


def ordered(made: Setup) -> Order:
    """The order of a run, to be seen or made once more: lanes without their doses, models by the names they were found by."""
    kinds = [each.recipe.lane for each in made.columns if each.name not in (*CONTROLS, "closed_large")]
    models = [each.recipe.model for each in made.columns if each.recipe.model and each.name != "closed_large"]
    larger = next((each.recipe.model for each in made.columns if each.name == "closed_large"), "")
    first = made.columns[0].recipe
    return Order(
        made.corpus, made.source, tuple(dict.fromkeys(kinds)), tuple(dict.fromkeys(models)) or ("",), tuple(sorted({each.recipe.window for each in made.columns})),
        first.reply, first.form, made.reference or larger, made.limit)


def with_gold(shelf: Shelf, questions: Sequence[Question]) -> tuple[tuple[Question, ...], int]:
    """The questions, and for how many of them that came without any gold the best-ranked passage with the answer
    stands in (Karpukhin et al. 2020). It is no evidence: what is found would be judged by what was found."""
    found: list[Question] = []
    for each in questions:
        bare = bool(each.answers) and not (each.evidence or each.gold_documents or each.gold_text or each.choices or is_yes_or_no(each))
        hit = shelf.answering(each) if bare else None
        found.append(replace(each, gold_text=hit.chunk.text) if hit else each)
    return tuple(found), sum(one != other for one, other in zip(found, questions, strict=True))


def falsified(shelf: Shelf, questions: Sequence[Question], others: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with a false passage each, where they bring none: their gold passage with something else of the
    kind in the place of the answer, a name being the answer to one of the `others`. Without one where none can be made, and choices have none."""
    def passage(question: Question) -> str:
        return next((each.chunk.text for each in shelf.gold(question) if states(each, question)), "")

    return tuple(
        each if each.counter or each.choices else replace(each, counter=counterfactual(each, passage(each), others)) for each in questions)


def laid_out(order: Order, models: Sequence[str], reference: str) -> Iterator[Column]:
    """The columns of a run. A lane that no window changes is there once a model, `extract` once; where a model is measured
    with and without the documents, so are the two controls."""
    base = Recipe("closed", corpus=order.corpus, reply=order.reply, form=order.form, window=max(order.windows))
    wanted = [pair for lane in order.lanes for pair in recipes(lane, base)]
    kinds = {recipe.lane for _, recipe in wanted}
    compared = {"closed", "rag"} <= kinds
    if "extract" in kinds:
        yield Column("extract", replace(base, lane="extract"))
    for model in models:
        alone = replace(base, model=model)
        if "closed" in kinds:
            yield Column("closed", alone)
        for window in sorted(set(order.windows)):
            for name, recipe in dict(wanted).items():
                if recipe.lane not in ("closed", "extract"):
                    yield Column(name, replace(recipe, model=model, window=window))
        if compared:
            yield Column("again", alone)
            yield Column("shuffled", replace(alone, lane="shuffled"))
    if order.reference:
        yield Column("closed_large", replace(base, model=reference))


def imported(path: Path, questions: Sequence[Question]) -> dict[str, str]:
    """Answers from elsewhere by the ids of their questions: JSON lines with `id` and `answer`. Raises BadRequest where they
    are none, or fewer than LEAST_COVERED of these questions have one: figures over others would be another comparison."""
    texts: dict[str, str] = {}
    with told_as("reference_wrong"):
        for place, row in parts.lines(path):
            name, answer = row.get("id"), row.get("answer")
            if not isinstance(name, str | int) or not isinstance(answer, str):
                raise parts.wrong(path.name, place, Remark("reference_row", {}))
            if texts.setdefault(str(name), answer) != answer:
                raise parts.wrong(path.name, place, Remark("same_id", {}))
    wanted = [each.id for each in questions if each.answers]
    there = sum(each in texts for each in wanted)
    if there < LEAST_COVERED * len(wanted):
        raise BadRequest("reference_coverage", name=path.name, there=there, of=len(wanted), least=round(100 * LEAST_COVERED))
    return texts


def chosen(
    bench: Bench, order: Order, questions: Sequence[Question] | None = None
) -> tuple[tuple[Question, ...], tuple[tuple[str, int], ...]]:
    """The questions that are asked, as the corpus can answer them, and how many are not, by the reason. Raises BadRequest
    where none is left, and while documents are still being read in."""
    if coming := [each for each in unfinished(bench, order.corpus) if not was_stopped(each)]:
        raise BadRequest("corpus_coming", corpus=order.corpus, count=len(coming))
    every = list(questions) if questions is not None else sourced(bench, order)
    left_out = Counter(not_alone=sum(bool(each.after or ALONE & set(each.tags)) for each in every))
    there = covered(bench, order.corpus, [each for each in every if not each.after and not ALONE & set(each.tags)])
    placed = [each.gold_documents or each.gold_text or each.choices or not each.answers for each in there.questions]
    asked = list(there.questions)
    if not all(placed):
        documents, shelf = bench.store.documents(order.corpus), Shelf(bench, order.corpus, asked)
        asked = [each for each, known in zip(asked, placed, strict=True) if known or stated(each, documents) or shelf.answering(each)]
    left_out["not_covered"] = len(there.uncovered) + len(there.questions) - len(asked)
    if not asked or (left_out["not_covered"] and not any(each.answers for each in asked)):
        raise BadRequest("no_questions", corpus=order.corpus)
    if order.limit and order.limit < len(asked):
        left_out["limit"] = len(asked) - order.limit
        asked = sample(asked, order.limit)
    return tuple(asked), tuple((reason, count) for reason, count in left_out.items() if count)


def sample(questions: Sequence[Question], count: int) -> list[Question]:
    """So many of the questions in their order, the same ones each time; where any has an answer, so has one of these."""
    draw = random.Random(SEED)
    drawn = draw.sample(questions, count)
    answerable = [each for each in questions if each.answers]
    if answerable and not any(each.answers for each in drawn):
        drawn[-1] = draw.choice(answerable)
    ids = {each.id for each in drawn}
    return [each for each in questions if each.id in ids]


def answerers(made: Setup, column: Column) -> tuple[Question, ...]:
    """The questions of a column: in a language its model reads; with a known answer, except where not to answer is right
    (`rag`). The control with other questions' passages takes the first of a fixed order."""
    asked = [
        each for each in made.asked(column)
        if not each.retrieval_only and (each.answers or each.choices or column.recipe.lane == "rag")]
    if column.recipe.lane == "shuffled" and len(asked) > SHUFFLED:
        drawn = sorted(asked, key=lambda each: hashed([each.id]))[:SHUFFLED]
        asked = [each for each in asked if each in drawn]
    return tuple(asked)


def sourced(bench: Bench, order: Order) -> list[Question]:
    """The questions from where they are. Raises BadRequest."""
    if not order.source:
        return kept(bench, order.corpus)
    path = Path(order.source)
    with told_as("questions_wrong"):
        return list(formats.load(path, form_of(path)).questions)


@contextmanager
def told_as(code: str) -> Iterator[None]:
    """Tell what is wrong in a file that is measured with, and not brought in, by this error."""
    try:
        yield
    except BadRequest as error:
        if error.remark.code != "import_wrong":
            raise
        raise BadRequest(code, **error.remark.facts) from error


def form_of(path: Path) -> str:
    """The format of a file of questions by its name."""
    if os.path.isdir(path):  # which says no to a name that no file may have, where pathlib raises
        return "beir"
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix in (".csv", ".tsv"):
        return "csv"
    return "squad" if suffix == ".json" else "jsonl"


def facts(bench: Bench, name: str, window: int, form: Form) -> ModelFacts:
    """What a run says of a model; opens it. Raises ModelError, WindowTooSmall."""
    worker = bench.lend(name)
    try:
        card, apart = worker.card, worker.fit(window)
    finally:
        bench.give_back(worker)
    langs: tuple[Lang, ...] = ("en", "ko")
    return ModelFacts(
        name, card.size, card.parameters, fingerprint(bench, name), tuple(lang for lang in langs if reads(card, lang)),
        prompting.form_for(card, form), apart)


def fingerprint(bench: Bench, name: str) -> str:
    """What tells a model from another: SHA-256 of its file, empty for a server's, which may change unseen."""
    if remote(name):
        return ""
    path = catalogue.locate(name, bench.settings.home, bench.threads)
    return digest(catalogue.identity(path), path)


@cache
def digest(identity: str, path: Path) -> str:
    """SHA-256 of a model's file; taken once while `identity` says that it is the same."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prints(bench: Bench, corpus: str, questions: Sequence[Question], reference: str = "") -> dict[str, str]:
    """Digests of what a run must not change under. `reference`: a file of answers. Raises BadRequest where that is not there."""
    index = bench.corpus(corpus)
    lines = [json.dumps(corpora.row(each), ensure_ascii=False, sort_keys=True) for each in questions]
    files = sorted(prompting.FOLDER.glob("*.txt"))
    return {
        "questions": hashed(lines),
        "prompts": hashed([f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in files]),
        "index": hashed(sorted(index.held.ids())),
        "embedder": bench.embedder_name,
    } | ({"reference": hashed([parts.content(Path(reference))])} if reference else {})


def hashed(parts: Sequence[str]) -> str:
    """SHA-256 of texts in their order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def refuse_changes(bench: Bench, made: Setup, questions: Sequence[Question] | None = None) -> None:
    """Raises BadRequest that names what is not as it was when the run began."""
    order = Order(made.corpus, made.source, limit=made.limit)
    now = prints(bench, made.corpus, chosen(bench, order, questions)[0], made.reference)
    for name, was in made.prints.items():
        if name in now and now[name] != was:
            raise BadRequest(f"run_changed_{name}", run=made.id)
    for model in made.models:
        if fingerprint(bench, model.name) != model.digest:
            raise BadRequest("run_changed_model", run=made.id, model=model.name)
