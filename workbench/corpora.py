"""A corpus as a folder: documents/, questions.jsonl, SOURCE.md. The samples are such folders."""

import json
from pathlib import Path
from typing import Any

from workbench.nouns import Counterfactual, Question, Span

SAMPLES = Path(__file__).parents[1] / "corpora"
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
    """A line of JSON lines, version 1. Raises KeyError, TypeError or ValueError for what is none (`measure.formats` says why)."""
    counter = row.get("counter")
    spans = tuple(
        Span(span["doc"], span["start"], span["end"], span.get("text", ""), span.get("title", ""))
        for span in row.get("gold_spans", ()))
    return Question(
        id=row["id"],
        text=row["question"],
        answers=tuple(row.get("answers", ())),
        kind=row["kind"],
        evidence=spans,
        tags=tuple(row.get("tags", ())),
        lang=row["lang"],
        after=row.get("after", ""),
        choices=tuple(row.get("choices", ())),
        answer_index=row.get("answer_index"),
        gold_documents=tuple(row.get("gold_docs", dict.fromkeys(span.document for span in spans))),
        judgments=tuple(row.get("judgments", {}).items()),
        gold_text=row.get("gold_text", ""),
        counter=Counterfactual(counter["answer"], counter["text"]) if counter else None,
        nuggets=tuple(row.get("nuggets", ())),
        popularity=row.get("popularity"),
        as_of=row.get("as_of", ""),
        split=row.get("split", ""),
        source=row.get("source", ""),
        license=row.get("licence", ""),
        unknown={name: value for name, value in row.items() if name not in NAMES},
    )


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
