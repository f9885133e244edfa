"""A corpus as a folder: documents/, questions.jsonl, SOURCE.md. The samples are such folders."""

import json
from pathlib import Path
from typing import Any, get_args

from workbench.errors import BadRequest
from workbench.nouns import Counterfactual, Kind, Lang, Question, Span

SAMPLES = Path(__file__).parents[1] / "corpora"
MOST = 1e15  # what a number may be: popularity counts pages' views
NAMES = frozenset(  # of a line of JSON lines, version 1
    "id lang question answers kind choices answer_index gold_docs gold_spans judgments gold_text counter nuggets tags after "
    "popularity as_of split source licence".split())


def samples() -> list[str]:
    """Names of the sample corpora."""
    return sorted(folder.parent.name for folder in SAMPLES.glob("*/documents"))


def questions(corpus: str) -> list[Question]:
    """The questions that come with a sample corpus, none for another."""
    path = SAMPLES / corpus / "questions.jsonl"
    if corpus not in samples() or not path.exists():
        return []
    return [question(json.loads(line)) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def answerable(corpus: str) -> list[Question]:
    """The questions that a passage answers by itself: no follow-ups, none about the whole set."""
    return [each for each in questions(corpus) if each.evidence and not {"follow-up", "whole-set"} & set(each.tags)]


def known(corpus: str, text: str) -> Question | None:
    """The question of a corpus with these words, whose answer is known."""
    return next((each for each in questions(corpus) if each.text == text), None)


def question(row: dict[str, Any]) -> Question:
    """A line of JSON lines, version 1. Raises BadRequest with what is wrong with it."""
    choices, judged, counter = texts(row, "choices"), row.get("judgments", {}), row.get("counter")
    if not isinstance(judged, dict) or not all(type(grade) is int for grade in judged.values()):
        raise BadRequest("line_judgments")
    if counter is not None and not isinstance(counter, dict):
        raise BadRequest("line_text", field="counter")
    spans = tuple(span(each) for each in listed(row, "gold_spans"))
    made = Question(
        id=text(row, "id", needed=True),
        text=text(row, "question", needed=True),
        answers=texts(row, "answers"),
        kind=one_of(row, "kind", get_args(Kind)),
        evidence=spans,
        tags=texts(row, "tags"),
        lang=one_of(row, "lang", get_args(Lang)),
        after=text(row, "after"),
        choices=choices,
        answer_index=number(row, "answer_index", int),
        gold_documents=texts(row, "gold_docs") if "gold_docs" in row else tuple(dict.fromkeys(each.document for each in spans)),
        judgments=tuple(judged.items()),
        gold_text=text(row, "gold_text"),
        counter=Counterfactual(text(counter, "answer", needed=True), text(counter, "text", needed=True)) if counter else None,
        nuggets=texts(row, "nuggets"),
        popularity=number(row, "popularity", int, float),
        as_of=text(row, "as_of"),
        split=text(row, "split"),
        source=text(row, "source"),
        license=text(row, "licence"),
        unknown={name: value for name, value in row.items() if name not in NAMES},
    )
    if not made.answers and made.kind != "unanswerable" and not judged:
        raise BadRequest("line_answers")
    if made.kind == "mcq" and (len(choices) < 2 or made.answer_index is None or not 0 <= made.answer_index < len(choices)):
        raise BadRequest("line_choices")
    return made


def span(row: Any) -> Span:
    """A gold span. Raises BadRequest."""
    if not isinstance(row, dict) or type(row.get("start")) is not int or type(row.get("end")) is not int or not 0 <= row["start"] < row["end"]:
        raise BadRequest("line_span")
    return Span(text(row, "doc", needed=True), row["start"], row["end"], text(row, "text"), text(row, "title"))


def text(row: dict[str, Any], field: str, *, needed: bool = False) -> str:
    """A text, empty where there is none and none is needed. Raises BadRequest."""
    found = row.get(field, "")
    if not isinstance(found, str) or (needed and not found.strip()):
        raise BadRequest("line_text", field=field)
    return found


def listed(row: dict[str, Any], field: str) -> list:
    """A list, empty where there is none. Raises BadRequest."""
    found = row.get(field, [])
    if not isinstance(found, list):
        raise BadRequest("line_texts", field=field)
    return found


def texts(row: dict[str, Any], field: str) -> tuple[str, ...]:
    """A list of texts. Raises BadRequest."""
    found = listed(row, field)
    if not all(isinstance(each, str) and each.strip() for each in found):
        raise BadRequest("line_texts", field=field)
    return tuple(found)


def number(row: dict[str, Any], field: str, *kinds: type) -> Any:
    """A number of these kinds, None where there is none. Raises BadRequest."""
    found = row.get(field)
    if found is not None and (type(found) not in kinds or abs(found) > MOST):
        raise BadRequest("line_number", field=field)
    return found


def one_of(row: dict[str, Any], field: str, names: tuple[str, ...]) -> Any:
    """One of some names. Raises BadRequest."""
    if row.get(field) not in names:
        raise BadRequest("line_one_of", field=field, names=", ".join(names))
    return row[field]


def row(question: Question) -> dict[str, Any]:
    """A question as a line of JSON lines, version 1: `question(row(each)) == each`. What is empty is left out."""
    counter = question.counter
    values: dict[str, Any] = {
        "id": question.id,
        "lang": question.lang,
        "question": question.text,
        "answers": list(question.answers),
        "kind": question.kind,
        "choices": list(question.choices),
        "answer_index": question.answer_index,
        "gold_docs": list(question.gold_documents),
        "gold_spans": [
            {"doc": span.document, "start": span.start, "end": span.end, "text": span.text}
            | ({"title": span.title} if span.title else {}) for span in question.evidence],
        "judgments": dict(question.judgments),
        "gold_text": question.gold_text,
        "counter": {"answer": counter.answer, "text": counter.text} if counter else None,
        "nuggets": list(question.nuggets),
        "tags": list(question.tags),
        "after": question.after,
        "popularity": question.popularity,
        "as_of": question.as_of,
        "split": question.split,
        "source": question.source,
        "licence": question.license,
    }
    always = ("id", "lang", "question", "answers", "kind", "gold_docs")
    return {name: value for name, value in values.items() if name in always or value not in ("", [], {}, None)} | question.unknown
