"""Looking questions through before anything is measured with them: each beside the sentence it is about, to be taken, edited
or put aside; and those that a model answers without any passage, which tell nothing of retrieval.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from workbench import questions as kept
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.languages import reads
from workbench.measure import leaks, making
from workbench.measure.coverage import Files, place
from workbench.measure.formats import parts
from workbench.measure.lanes import Shelf, material, sent
from workbench.measure.setup import REPLY
from workbench.nouns import WINDOW, Document, Question, Recipe, Span
from workbench.nouns.questions import STATES, Alone, Gate, Leak, Likeness, Review, Reviewed, Row
from workbench.retrieval import questions as store
from workbench.retrieval.sentences import sentences
from workbench.scoring import is_yes_or_no

TRIES = 3  # replies of a model that reads nothing: its likeliest one, and two that are drawn
DRAWN = 0.8  # temperature of the drawn ones
TOGETHER = 16  # prompts decoded as one group
ALONE = "alone:"  # what stands before a model's name where it is kept that the model answered without any passage


def counts(some: Iterable[Reviewed]) -> dict[Review, int]:
    """How many questions are in each state."""
    found = Counter(each.state for each in some)
    return {state: found[state] for state in STATES}


def rows(bench: Bench, corpus: str, some: Sequence[Reviewed]) -> list[Row]:
    """Questions with the sentences they are about, as these stand in the corpus. Raises NoSuchCorpus."""
    files = Files(bench, corpus)
    models = {
        question: other.removeprefix(ALONE) for question, other, *_ in store.verdicts(bench.store, corpus) if other.startswith(ALONE)}
    return [replace(row(files, each), guessed=models.get(each.question.id, "")) for each in some]


def row(files: Files, reviewed: Reviewed) -> Row:
    """A question with its sentence: the one its answer stands in; of one that nothing answers, the one it was made from."""
    question = reviewed.question
    for span in question.evidence:
        there = place(files, span, files.name(span.document))
        document = there and holding(files, there)
        if there and document:
            start, end = around(document, there)
            return Row(reviewed, document.text[start:end], there.start - start, there.end - start, there.document)
    said = question.unknown.get("sentence")
    about = next(iter(question.gold_documents), str(question.unknown.get("about", "")))
    return Row(reviewed, said if isinstance(said, str) else "", file=about)


def holding(files: Files, span: Span) -> Document | None:
    """The document in which a span stands."""
    return next((
        each for each in files.documents(span.document, span.title) if each.text[span.start : span.end] == span.text), None)


def around(document: Document, span: Span) -> tuple[int, int]:
    """The sentences that a span reaches into, from the first letter to the last."""
    held = [(start, end) for start, end in sentences(document.text, document.kind) if start < span.end and span.start < end]
    return (min(held[0][0], span.start), max(held[-1][1], span.end)) if held else (span.start, span.end)


def accept_all(bench: Bench, corpus: str) -> int:
    """Accept every question that is proposed; gives how many. Raises NoSuchCorpus."""
    waiting = [each.question.id for each in kept.reviewed(bench, corpus) if each.state == "proposed"]
    return kept.judge(bench, corpus, waiting, "accepted")


def put(bench: Bench, corpus: str, ids: Sequence[str], state: Review) -> int:
    """Put questions into a state; gives how many were in another. Raises BadRequest for an id that is none of the corpus'."""
    check(bench, corpus, ids)
    return kept.judge(bench, corpus, ids, state)


def check(bench: Bench, corpus: str, ids: Sequence[str]) -> None:
    """Raises BadRequest for an id that is none of the corpus'."""
    known = {each.question.id for each in kept.reviewed(bench, corpus)} if ids else set()
    for each in ids:
        if each not in known:
            raise BadRequest("question_unknown", id=each, corpus=corpus)


def edit(bench: Bench, corpus: str, identity: str, text: str | None = None, answers: Sequence[str] = ()) -> Question:
    """Accept a question with other words or answers, nothing where they stay. Another first answer stands where it is nearest to
    the old one; an answer makes an unanswerable question answerable. Raises BadRequest."""
    question = next((each.question for each in kept.reviewed(bench, corpus) if each.question.id == identity), None)
    if question is None:
        raise BadRequest("question_unknown", id=identity, corpus=corpus)
    given = tuple(parts.one_line(each) for each in answers if parts.one_line(each)) or question.answers
    edited = kept.answered(question, parts.one_line(text) if text is not None else question.text, given)
    if question.choices and given != question.answers:
        if given[0] not in question.choices:
            raise BadRequest("question_choice", id=identity, answer=given[0])
        edited = replace(edited, answer_index=question.choices.index(given[0]))
    elif given != question.answers:
        edited = replace(edited, kind=parts.kind_of(given), evidence=edited.evidence or spans(bench, corpus, question, given[0]))
        if edited.evidence:
            edited = replace(edited, gold_documents=tuple(dict.fromkeys(each.document for each in edited.evidence)))
    kept.edit(bench, corpus, edited)
    return edited


def spans(bench: Bench, corpus: str, question: Question, answer: str) -> tuple[Span, ...]:
    """Where another answer stands: next to the old one, or in the file that an unanswerable question was made from. Nothing where
    it stands nowhere there."""
    files = Files(bench, corpus)
    about = str(question.unknown.get("about", ""))
    for old in question.evidence or (Span(about, 0, 0, ""),) if question.evidence or about else ():
        for document in files.documents(files.name(old.document), old.title):
            start = parts.standing(document.text, answer, old.start)
            if start is not None:
                return (Span(old.document, start, start + len(answer), answer, old.title),)
    return ()


def gate(bench: Bench, corpus: str) -> Gate:
    """What speaks against measuring with the questions of a corpus that are accepted. Raises NoSuchCorpus."""
    return leaks.gate(bench, corpus, kept.questions(bench, corpus))


def keep(bench: Bench, corpus: str, found: Gate, ids: Sequence[str]) -> int:
    """Say of everything that speaks against some questions that they may be measured all the same; gives how many findings.
    Raises BadRequest where nothing speaks against one."""
    for each in ids:
        if each not in found.reasons:
            raise BadRequest("question_fine", id=each)
    findings: list[Leak | Likeness] = [*found.leaks, *found.likenesses]
    some = [each for each in findings if each.question in set(ids) and each.verdict != "keep"]
    for finding in some:
        leaks.judge(bench, corpus, finding, "keep")
    return len(some)


def ask_alone(bench: Bench, corpus: str, some: Sequence[Question], model: str = "") -> Iterator[Alone]:
    """Ask a model that reads no passage, TRIES times each; the last step tells whom it answered by knowledge or by chance. Yes or
    no, choices, and what has no answer are left to the figures, which know of chance. Raises NoSuchCorpus, ModelError."""
    name = bench.named(model)
    shelf = Shelf(bench, corpus, some)
    worker = bench.lend(name)
    try:
        asked = [each for each in some if each.answers and not each.choices and not is_yes_or_no(each) and reads(worker.card, each.lang)]
        recipe = Recipe("closed", corpus=corpus, model=name, window=WINDOW, reply=REPLY)
        apart = worker.fit(WINDOW)
        prompts = [sent(shelf, material(shelf, each, recipe), worker).prompt for each in asked]
        replies: dict[str, list[str]] = {each.id: [] for each in asked}
        done, total = 0, TRIES * len(asked)
        yield Alone(0, total, unread=len(some) - len(asked))
        for attempt in range(TRIES):
            for first in range(0, len(asked), TOGETHER):
                group = asked[first : first + TOGETHER]
                with closing(worker.complete(
                        prompts[first : first + TOGETHER], window=WINDOW, limit=REPLY, temperature=DRAWN if attempt else 0.0,
                        seed=attempt, apart=apart)) as said:
                    for number, completion in said:
                        replies[group[number].id].append(completion.text)
                done += len(group)
                yield Alone(done, total, tuple(each.id for each in making.guessed(asked, replies)), len(some) - len(asked))
    finally:
        bench.give_back(worker)


def put_aside(bench: Bench, corpus: str, ids: Sequence[str], model: str = "") -> int:
    """Put questions aside that a model answered without any passage, and keep that it did; gives how many. Raises NoSuchCorpus."""
    name = bench.named(model)
    for each in ids:
        store.give_verdict(bench.store, corpus, each, f"{ALONE}{name}", "drop", name)
    return kept.judge(bench, corpus, ids, "dropped")
