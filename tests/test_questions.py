"""Questions are kept with their corpus: asked, judged, edited, carried, and gone with it."""

import sqlite3
from dataclasses import replace

import pytest

from tests.stand_in import StandInEmbedder
from workbench import carry, corpora, questions
from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, NoSuchCorpus
from workbench.ingest import delete, delete_corpus, ingest_text
from workbench.nouns import Question, Span
from workbench.retrieval import questions as store
from workbench.retrieval.store import Store

TEXTS = {"en": "The warranty lasts 27 months.", "ko": "보증 기간은 27개월이다."}


@pytest.fixture
def filled(tmp_path):
    """A corpus with a file and a question in each language."""
    bench = Bench(Settings(tmp_path / "home"), writing=True)
    bench.opened_embedder = StandInEmbedder()
    for lang, text in TEXTS.items():
        list(ingest_text(bench, text, lang, "office"))
    questions.keep(bench, "office", [asked(lang) for lang in TEXTS])
    yield bench
    bench.close()


def asked(lang="en", **changes) -> Question:
    text, answer = {"en": ("How long does the warranty last?", "27 months"), "ko": ("보증 기간은 얼마인가요?", "27개월")}[lang]
    start = TEXTS[lang].index(answer)
    made = Question(
        lang, text, (answer,), "number", (Span(f"{lang}.txt", start, start + len(answer), answer),), ("warranty",), lang,
        gold_documents=(f"{lang}.txt",), unknown={"level": 3})
    return replace(made, **changes)


def test_what_is_kept_is_asked_in_its_order(filled):
    assert questions.questions(filled, "office") == [asked("en"), asked("ko")]
    assert questions.known(filled, "office", asked("ko").text) == asked("ko")
    assert questions.known(filled, "office", "en") is None  # an id is no question
    assert questions.questions(filled, "nothing") == []
    with pytest.raises(NoSuchCorpus):
        questions.keep(filled, "nothing", [asked()])


def test_keeping_the_same_again_changes_nothing_and_another_line_takes_its_place(filled):
    assert questions.keep(filled, "office", [asked("en"), asked("ko")]) == 0
    assert questions.keep(filled, "office", [asked("ko", tags=("new",))]) == 1
    assert [each.tags for each in questions.questions(filled, "office")] == [("warranty",), ("new",)]


def test_a_proposal_is_not_asked_until_it_is_accepted_and_what_was_dropped_is_not_proposed_again(filled):
    made = asked("ko", id="made-1", text="몇 개월인가요?", source=questions.MADE)
    assert questions.keep(filled, "office", [made], "proposed") == 1
    assert made not in questions.questions(filled, "office")
    assert questions.judge(filled, "office", ["made-1", "no such"], "accepted") == 1
    assert made in questions.questions(filled, "office")
    assert questions.judge(filled, "office", ["made-1"], "dropped") == 1
    assert questions.keep(filled, "office", [made], "proposed") == 0
    seen = {each.question.id: each for each in questions.reviewed(filled, "office")}
    assert seen["made-1"].state == "dropped" and seen["made-1"].changed > seen["en"].changed


def test_an_edited_question_keeps_what_it_was(filled):
    changed = questions.answered(asked("ko"), "보증은 몇 달인가요?", ["27개월", "스물일곱 달"])
    assert changed.evidence  # the first answer is the same
    questions.edit(filled, "office", changed)
    questions.edit(filled, "office", questions.answered(changed, changed.text, ["28개월"]))
    kept = questions.reviewed(filled, "office")[1]
    assert (kept.question.answers, kept.question.evidence, kept.original) == (("28개월",), (), asked("ko"))
    with pytest.raises(BadRequest, match="no question other"):
        questions.edit(filled, "office", asked(id="other"))
    with pytest.raises(BadRequest, match="no answer"):
        questions.edit(filled, "office", asked(answers=()))
    with pytest.raises(BadRequest, match="not empty"):
        questions.edit(filled, "office", asked(text=" "))


def test_a_sample_stays_as_it_is_and_what_a_person_says_of_it_is_kept(samples):
    own = corpora.questions("saebyeok-foods")
    first, second = own[0], own[1]
    try:
        questions.judge(samples, "saebyeok-foods", [first.id], "dropped")
        questions.edit(samples, "saebyeok-foods", replace(second, text="언제까지 알려야 하나요?"))
        now = questions.questions(samples, "saebyeok-foods")
        assert len(now) == len(own) - 1 and first not in now and now[0].text == "언제까지 알려야 하나요?"
        assert questions.known(samples, "saebyeok-foods", first.text) is None
        assert questions.known(samples, "saebyeok-foods", second.text) is None
        assert questions.known(samples, "saebyeok-foods", own[2].text) == own[2]
        assert corpora.questions("saebyeok-foods") == own
    finally:
        questions.remove(samples, "saebyeok-foods", [first.id, second.id])
    assert questions.questions(samples, "saebyeok-foods") == own


def test_a_made_question_goes_with_its_file_and_all_go_with_the_corpus(filled):
    made = asked("ko", id="made-1", text="몇 개월인가요?", source=questions.MADE)
    questions.keep(filled, "office", [made], "proposed")
    delete(filled, "office", "en.txt")
    assert len(questions.reviewed(filled, "office")) == 3
    delete(filled, "office", "ko.txt")
    assert [each.question.id for each in questions.reviewed(filled, "office")] == ["en", "ko"]
    store.give_verdict(filled.store, "office", "en", "ko", "keep", "Ann")
    delete_corpus(filled, "office")
    assert filled.store.rows("SELECT count(*) FROM questions") == filled.store.rows("SELECT count(*) FROM verdicts") == [(0,)]
    filled.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    held = b"".join(path.read_bytes() for path in filled.settings.home.rglob("*") if path.is_file())
    assert "몇 개월인가요".encode() not in held and b"How long does the warranty" not in held


def test_an_archive_carries_questions_with_what_was_said_of_them(filled, tmp_path):
    questions.judge(filled, "office", ["en"], "dropped")
    questions.edit(filled, "office", asked("ko", text="보증은?"))
    store.give_verdict(filled.store, "office", "en", "ko", "keep", "김")
    carry.export(filled, "office", tmp_path / "a.zip")
    carry.export(filled, "office", tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    for _ in carry.load(filled, tmp_path / "a.zip", "copy"):
        pass
    assert questions.reviewed(filled, "copy") == questions.reviewed(filled, "office")
    assert store.verdicts(filled.store, "copy") == store.verdicts(filled.store, "office")
    questions.judge(filled, "copy", ["en"], "accepted")
    for _ in carry.load(filled, tmp_path / "a.zip", "copy"):
        pass
    assert questions.reviewed(filled, "copy")[0].state == "accepted", "what was said here since stays"


def test_a_store_of_version_2_gets_its_tables(tmp_path):
    Store(tmp_path / "workbench.db").close()
    database = sqlite3.connect(tmp_path / "workbench.db")
    database.executescript("DROP TABLE questions; DROP TABLE verdicts; PRAGMA user_version = 2")
    database.close()
    carried = Store(tmp_path / "workbench.db")
    carried.make_corpus("office")
    assert store.keep(carried, "office", [questions.row(asked(), "accepted")]) == 1
    carried.close()


@pytest.mark.parametrize(("change", "told"), [
    ({"id": 3}, "“id” has to be a text"), ({"question": " "}, "“question”"), ({"answers": "27"}, "list of texts"),
    ({"answers": []}, "no answer"), ({"kind": "essay"}, "one of short"), ({"lang": "de"}, "one of en, ko"),
    ({"gold_spans": [{"doc": "a", "start": 3, "end": 3}]}, "gold span"), ({"kind": "mcq"}, "multiple choice"),
    ({"kind": "mcq", "choices": ["a", "b"], "answer_index": 2}, "multiple choice"), ({"popularity": "high"}, "a number"),
    ({"judgments": {"a.txt": "1"}}, "whole numbers"), ({"counter": {"answer": "3"}}, "“text”"), ({"answer_index": True}, "a number"),
])
def test_a_line_that_is_no_question_says_what_is_wrong(change, told):
    with pytest.raises(BadRequest, match=told) as raised:
        corpora.question(corpora.row(asked()) | change)
    assert raised.value.tell("ko") != raised.value.tell("en")
