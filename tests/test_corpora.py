"""The sample corpora are what they say."""

import json

import pytest

from workbench import corpora
from workbench.nouns import Question
from workbench.reading import read
from workbench.records import plain, restored


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


def test_a_line_says_all_of_a_question_and_keeps_what_it_does_not_know():
    line = {
        "id": "kb-1", "lang": "ko", "question": "보증 기간은?", "answers": ["27개월"], "kind": "mcq", "choices": ["12개월", "27개월"],
        "answer_index": 1, "gold_docs": ["보증.md"], "gold_spans": [{"doc": "보증.md", "start": 4, "end": 8, "text": "27개월"}],
        "judgments": {"보증.md": 2, "배송.md": 0}, "gold_text": "기간은 27개월이다.", "counter": {"answer": "31개월", "text": "기간은 31개월이다."},
        "nuggets": ["27개월이다."], "tags": ["규정"], "after": "kb-0", "popularity": 48599, "as_of": "2025-06-01", "split": "shared",
        "source": "korquad1", "licence": "CC BY-ND 2.0 KR", "difficulty": {"level": 3}}
    question = corpora.question(line)
    assert corpora.row(question) == line and corpora.question(corpora.row(question)) == question
    assert (question.grade("보증.md"), question.grade("배송.md"), question.grade("다른.md")) == (2, 0, 0)
    assert restored(Question, plain(question)) == question


@pytest.mark.parametrize("name", corpora.samples())
def test_the_questions_of_a_sample_are_lines_again(name):
    for line, question in zip(rows(name), corpora.questions(name), strict=True):
        assert {key: value for key, value in corpora.row(question).items() if value} == {key: value for key, value in line.items() if value}
