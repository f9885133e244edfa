"""The questions of a corpus: those that a sample came with, those that were brought in, those that were made; and what a
person says of each.

A sample's questions stay where they are, in its folder. What a person does to one is kept in the store, where a question
of the same id stands for it.
"""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.nouns import Question
from workbench.nouns.questions import Review, Reviewed
from workbench.retrieval import questions as store
from workbench.retrieval.questions import Kept

MADE = "made"  # the source of questions that code made from the documents


def questions(bench: Bench, corpus: str) -> list[Question]:
    """Those that are asked: accepted ones."""
    return [each.question for each in reviewed(bench, corpus) if each.state == "accepted"]


def reviewed(bench: Bench, corpus: str) -> list[Reviewed]:
    """All of them with what a person said of each: a sample's own, then those that came, in their order."""
    kept = {each.id: restored(each) for each in store.kept(bench.store, corpus)}
    own = [kept.pop(each.id, Reviewed(each, "accepted", 0.0)) for each in corpora.questions(corpus)]
    return [*own, *kept.values()]


def known(bench: Bench, corpus: str, text: str) -> Question | None:
    """The question of a corpus with these words, whose answer is known."""
    for each in store.called(bench.store, corpus, text):
        if each.question == text and each.state == "accepted":
            return restored(each).question
    own = corpora.known(corpus, text)
    return None if own is None or store.called(bench.store, corpus, own.id) else own


def keep(bench: Bench, corpus: str, some: Iterable[Question], state: Review = "accepted") -> int:
    """Keep questions with a corpus; gives how many are new or changed. Accepted ones take the place of those with their ids;
    of proposed ones those are kept that nobody has seen. Raises NoSuchCorpus."""
    return store.keep(bench.store, corpus, [row(each, state) for each in some], anew=state != "proposed")


def judge(bench: Bench, corpus: str, ids: Sequence[str], state: Review) -> int:
    """Accept questions, put them aside, or back; gives how many that changed. Raises NoSuchCorpus."""
    own = [each for each in corpora.questions(corpus) if each.id in set(ids)]
    store.keep(bench.store, corpus, [row(each, "accepted") for each in own], anew=False)
    return store.judge(bench.store, corpus, ids, state)


def edit(bench: Bench, corpus: str, question: Question) -> None:
    """Accept a question as a person wrote it. How it was is kept with it. Raises BadRequest where there is none of its id,
    or its words are none that can be asked."""
    corpora.question(corpora.row(question))
    own = [each for each in corpora.questions(corpus) if each.id == question.id]
    store.keep(bench.store, corpus, [row(each, "accepted") for each in own], anew=False)
    if not store.edit(bench.store, corpus, row(question, "accepted")):
        raise BadRequest("question_unknown", id=question.id, corpus=corpus)


def remove(bench: Bench, corpus: str, ids: Sequence[str]) -> int:
    """Delete questions for good, a sample's own excepted; gives how many there were."""
    return store.remove(bench.store, corpus, ids)


def row(question: Question, state: Review) -> Kept:
    """A question as it is stored."""
    file = next(iter(question.gold_documents), str(question.unknown.get("about", ""))) if question.source == MADE else ""
    return Kept(question.id, question.text, json.dumps(corpora.row(question)), file, state, time.time())


def restored(kept: Kept) -> Reviewed:
    """A stored question."""
    original = corpora.question(json.loads(kept.original)) if kept.original else None
    return Reviewed(corpora.question(json.loads(kept.line)), cast(Review, kept.state), kept.changed, original)


def answered(question: Question, text: str, answers: Sequence[str]) -> Question:
    """A question with other words and other answers. Where the first answer is another, what was known of the old one, its
    place and a false one for it, is let go."""
    if tuple(answers)[:1] == question.answers[:1]:
        return replace(question, text=text, answers=tuple(answers))
    return replace(question, text=text, answers=tuple(answers), evidence=(), counter=None)
