"""Where an answer with a known gold went wrong: found → kept → used. Pure.

The stages are asked in the order of the ways, and a right answer is `answered` whatever the way was. `closed` reads
nothing, so only what it says is judged. `extract` reads no window: a sentence that does not hold the answer, though
a passage did, was not used; a sentence of the documents contradicts nobody.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from workbench.grounding import names
from workbench.nouns import Answer, Document, Hit, Passage, Question, Span, Stage
from workbench.quantities import Quantity, matches, quantities
from workbench.retrieval.lexical import question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.scoring import (
    first_answer,
    flags,
    holds,
    is_amount,
    is_yes_or_no,
    korean,
    normal,
    polarity,
    right,
    tells,
)

SHORT = 6  # words up to which a reply with another name is taken to name it as the answer
ASKS_FOR_NAME = re.compile(r"\b(?:who|whom|whose|where|which|what is the name)\b|누구|누가|어디|어느|이름", re.IGNORECASE)


def stage(answer: Answer, question: Question, documents: Sequence[Document]) -> Stage:
    """The stage at which the answer was lost, `answered` where it was not.

    `documents`: those of the corpus that was asked. A question without answers is answered by not knowing; to say
    something all the same is to say what is `not_in_documents`.
    """
    if used(answer, question):
        return "answered"
    if answer.recipe.lane != "closed":
        if not stated(question, documents):
            return "not_in_documents"
        if not found(answer, question):
            return "not_retrieved"
        if not kept(answer, question):
            return "cut"
    elif not question.answers:
        return "not_in_documents"
    return "contradicted" if answer.recipe.lane != "extract" and contradicts(answer.text, question) else "not_used"


def used(answer: Answer, question: Question) -> bool:
    """Whether the answer gives what is known; where nothing is, whether it says so or code did."""
    if not question.answers:
        return bool({"low_relevance", "no_passages"} & set(answer.flags)) or bool({"refusal", "empty"} & set(flags(answer.text)))
    return tells(answer.text, question) if answer.recipe.lane == "extract" else right(answer.text, question)


def stated(question: Question, documents: Sequence[Document]) -> bool:
    """Whether the documents hold the evidence, or an answer that cannot stand there by chance: an amount may, unless the
    sentence or the row around it has a word of the question."""
    for span in question.evidence:
        if any(document.source == span.document and spelled(span.text) in spelled(document.text) for document in documents):
            return True
    return any(
        holds(document.text, answer) and (not is_amount(answer) or in_company(answer, question, document))
        for document in documents for answer in question.answers)


def in_company(answer: str, question: Question, document: Document) -> bool:
    """Whether a sentence or row of a document holds an answer beside a word of the question."""
    asked = set(question_terms(question.text))
    around = (document.text[start:end] for start, end in sentences(document.text, document.kind))
    return any(holds(some, answer) and asked & set(terms(some)) for some in around)


def found(answer: Answer, question: Question) -> bool:
    """Whether a hit overlaps a gold span; without spans, whether one holds an answer."""
    return any(shows(hit, question) for hit in answer.hits)


def kept(answer: Answer, question: Question) -> bool:
    """Whether what was read holds the evidence. `extract` reads its hits, `closed` nothing."""
    if answer.recipe.lane == "extract":
        return found(answer, question)
    return any(read(passage, question) for passage in answer.passages)


def shows(hit: Hit, question: Question) -> bool:
    """Whether a hit overlaps a gold span, or holds an answer where no span stands in the documents."""
    if question.evidence:
        return any(overlaps(hit, span) for span in question.evidence)
    return tells(hit.chunk.text, question)


def overlaps(hit: Hit, span: Span) -> bool:
    """Whether they share a part of the document. A mailbox holds many documents, whose positions all begin at 0: so the
    part is compared, too."""
    start, end = max(hit.chunk.start, span.start), min(hit.chunk.end, span.end)
    if hit.source != span.document or start >= end:
        return False
    return hit.chunk.text[start - hit.chunk.start : end - hit.chunk.start] == span.text[start - span.start : end - span.start]


def read(passage: Passage, question: Question) -> bool:
    """Whether a passage that the model read is a whole one with the evidence, or an excerpt that has it or an answer."""
    if not shows(passage.hit, question):
        return False
    if not passage.excerpt:
        return True
    text = spelled(passage.text)
    return any(spelled(span.text) in text for span in question.evidence) or (
        not is_yes_or_no(question) and tells(passage.text, question))


def contradicts(text: str, question: Question) -> bool:
    """Whether a wrong reply claims something of the kind that is known: the other of yes and no, another number,
    day or time, another name in a few words."""
    said = first_answer(text)
    if not said or not question.answers or {"refusal", "echo"} & set(flags(text)):
        return False
    if is_yes_or_no(question):
        return polarity(said) is not None
    gold = question.answers[0]
    if is_amount(gold):
        return any(another(each, known) for known in quantities(gold) for each in quantities(said))
    return is_name(gold, question) and len(said.split()) <= SHORT and (korean(said) or bool(names(f"It is {said}")))


def another(said: Quantity, known: Quantity) -> bool:
    """Whether a quantity is of the same kind and unit and is not the same."""
    units = {said.unit, known.unit} - {""}
    return said.kind == known.kind and len(units) < 2 and not matches(said, known) and not matches(known, said)


def is_name(gold: str, question: Question) -> bool:
    """Whether the answer is a name: by its capitals, in Korean by what is asked and by being short."""
    if korean(gold):
        return bool(ASKS_FOR_NAME.search(question.text)) and len(gold.split()) <= 3
    return bool(names(f"It is {gold}"))


@lru_cache(maxsize=256)  # the documents of a corpus are the same for every question of a measurement
def spelled(text: str) -> str:
    """A text to look for another in: its normal form without spaces. Line breaks and hyphens move."""
    return normal(text).replace(" ", "") or "\0"
