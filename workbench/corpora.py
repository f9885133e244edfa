"""A corpus as a folder: documents/, questions.jsonl, SOURCE.md. The samples are such folders."""

import json
from pathlib import Path

from workbench.nouns import Question, Span

SAMPLES = Path(__file__).parents[1] / "corpora"


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


def question(row: dict) -> Question:
    """A line of questions.jsonl."""
    return Question(
        id=row["id"],
        text=row["question"],
        answers=tuple(row["answers"]),
        kind=row["kind"],
        evidence=tuple(Span(span["doc"], span["start"], span["end"], span["text"]) for span in row["gold_spans"]),
        tags=tuple(row["tags"]),
        lang=row["lang"],
        after=row.get("after", ""),
    )
