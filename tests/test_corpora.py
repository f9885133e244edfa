"""The sample corpora are what they say."""

import json

import pytest

from workbench import corpora
from workbench.reading import read


def rows(name):
    return [json.loads(line) for line in (corpora.SAMPLES / name / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", corpora.samples())
def test_a_sample_corpus(name):
    folder = corpora.SAMPLES / name
    files = {path.name: read(path.read_bytes(), path.name, name)[0] for path in (folder / "documents").iterdir()}
    assert len(files) >= 15 and {path.rpartition(".")[2] for path in files} >= {"md", "txt", "eml", "csv", "pdf"}
    assert (folder / "SOURCE.md").exists()
    questions = rows(name)
    assert len({row["id"] for row in questions}) == len(questions)
    for row in questions:
        for span in row["gold_spans"]:
            texts = [each.text for each in files[span["doc"]] if span.get("title") in (None, each.title)]
            stands = any(text[span["start"] : span["end"]] == span["text"] for text in texts)
            assert stands, f"{row['id']}: run python -m scripts.locate_spans"
        # A count of places stands in none of them.
        if row["kind"] in ("short", "number") and row["gold_spans"] and "whole-set" not in row["tags"]:
            assert any(answer in row["gold_spans"][0]["text"] for answer in row["answers"]), row["id"]
        assert ("follow-up" in row["tags"]) == ("after" in row), row["id"]
        assert row.get("after") in {None, *(each["id"] for each in questions)}, row["id"]
    with_gold = [row for row in questions if row["gold_spans"]]
    assert len(with_gold) >= 30
    assert sum("unanswerable" in row["tags"] for row in questions) >= 5
    assert sum("general" in row["tags"] for row in questions) == 10
    assert sum("tour" in row["tags"] for row in questions) >= 6
    assert len({row["gold_docs"][0] for row in with_gold}) == len(files), "every document is asked about"


def test_one_of_each_language():
    assert sorted({row["lang"] for name in corpora.samples() for row in rows(name)}) == ["en", "ko"]


def test_another_corpus_has_no_questions():
    assert corpora.questions("../tests") == [] and corpora.questions("notes") == []
