"""Scores of outcomes and rankings: every kind of question, both languages, the identities of ranking measures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.measure.scoring import found_by, ndcg, recall, reciprocal_rank, scores
from workbench.nouns import Question, Remark
from workbench.nouns.measure import Outcome, Ranking, Read, Scores
from workbench.scoring import content_f1


def question(*answers: str, kind="short", text="?", lang="en", **more) -> Question:
    return Question("q", text, answers, kind, (), (), lang, **more)


def outcome(text: str, **more) -> Outcome:
    return Outcome("q", 0, 0, text, **more)


@pytest.mark.parametrize(("reply", "wanted", "expected"), [
    ("Helen Marsh", question("Helen Marsh"), (True, True, True, 1.0, True)),
    ("It was built by Helen Marsh.", question("Helen Marsh"), (True, False, False, 0.5, True)),
    ("Answer: Marsh\nQuestion: and?", question("Helen Marsh"), (False, False, False, 2 / 3, False)),
    ("한미라가", question("한미라", lang="ko"), (True, False, True, 6 / 7, True)),
    ("한미라입니다.", question("한미라", lang="ko"), (True, False, True, 2 * 3 / 9, True)),
    ("아니요, 안 됩니다", question("아니요", kind="yesno", lang="ko"), (True, False, False, 0.6, None)),
    ("Yes, it may", question("no", kind="yesno"), (False, False, False, 0.0, None)),
    ("138 days", question("38 days", kind="number"), (False, False, False, 0.5, False)),
    ("b", question("B"), (True, True, True, 1.0, None)),
    ("I don't know, Helen Marsh?", question("Helen Marsh"), (False, False, False, pytest.approx(0.5714, abs=1e-3), True)),
])
def test_a_short_answer(reply, wanted, expected):
    found = scores(outcome(reply), wanted, "rag")
    assert (found.right, found.exact, found.josa, found.f1, found.contains) == pytest.approx(expected)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_long_answer_and_its_nuggets(lang):
    answer, reply = {
        "en": ("The lining cracked on 8 April. It had to cool for 35 minutes.", "On 8 April the lining of the furnace cracked."),
        "ko": ("4월 8일에 내벽이 갈라졌다. 35분 동안 식혀야 했다.", "4월 8일에 가마의 내벽이 갈라졌다."),
    }[lang]
    long = question(answer, kind="long", lang=lang)
    half = scores(outcome(reply), long, "rag")
    assert half.nuggets == 0.5 and half.right and 0.3 < half.content < 1
    assert not scores(outcome(reply.replace("8", "9")), long, "rag").right, "another day is not what happened"
    listed = question(answer, kind="long", lang=lang, nuggets=tuple(part + "." for part in answer.rstrip(".").split(". ")))
    assert scores(outcome(answer), listed, "rag").nuggets == 1


def test_what_cannot_be_scored_is_none():
    assert scores(outcome("", error=Remark("window_small", {})), question("x"), "rag") == Scores()
    empty = scores(outcome(""), question("Marsh"), "rag")
    assert empty.flags == ("empty",) and empty.right is False and empty.refused and empty.nuggets is None and empty.sure is None


@pytest.mark.parametrize(("reply", "lang"), [("I cannot answer that.", "en"), ("문서에 나와 있지 않습니다.", "ko")])
def test_what_nothing_answers(reply, lang):
    nothing = question(kind="unanswerable", lang=lang)
    assert scores(outcome(reply), nothing, "rag").right and scores(outcome("42 kg"), nothing, "rag").right is False
    assert scores(outcome(reply), nothing, "rag").exact is None


def test_flags():
    wanted = question("Helen Marsh", text="What did Helen Marsh build?")
    assert "leak" in scores(outcome("Marsh"), wanted, "closed").flags and "leak" not in scores(outcome("Marsh"), wanted, "rag").flags
    passage = (Read("a.txt", 0, 20, "It was Helen Marsh."),)
    assert "leak" in scores(outcome("?", passages=passage), question("Helen Marsh"), "noise").flags
    cut = scores(outcome("Question: what is", why="length"), question("Helen Marsh"), "rag")
    assert set(cut.flags) == {"echo", "truncated"}


def test_choices_by_log_probability():
    wanted = question("둘", kind="mcq", lang="ko", choices=("하나", "둘", "셋"), answer_index=1)
    found = scores(outcome("", choices=((-2.0, 1), (-3.0, 3), (-9.0, 3))), wanted, "closed")
    assert found.choice and found.right and not found.choice_sum and found.exact is None
    assert found.sure == pytest.approx(math.exp(-1) / (math.exp(-2) + math.exp(-1) + math.exp(-3)))
    assert scores(outcome(""), wanted, "closed").right is None


@pytest.mark.parametrize(("sentence", "right"), [
    ("현행범인은 누구든지 영장 없이 체포할 수 있다.", True), ("현행범인을 체포하려면 언제나 영장이 있어야 한다.", False), ("가마의 문은 닫혀 있었다.", False)])
def test_the_best_sentence_comes_to_the_choice_that_it_is_nearest_to(sentence, right):
    """Near to none of them it answers nothing, which is not right."""
    choices = ("현행범인도 언제나 영장이 있어야 체포할 수 있다.", "현행범인은 누구든지 영장 없이 체포할 수 있다.", "자수는 형을 더 무겁게 한다.")
    wanted = question(choices[1], kind="mcq", lang="ko", choices=choices, answer_index=1)
    found = scores(outcome(sentence), wanted, "extract")
    assert found.right is found.choice is right and found.choice_sum is None and found.words == len(sentence.split())


def test_confidence_of_a_reply():
    found = scores(outcome("Marsh", logprobs=(math.log(0.9), math.log(0.4))), question("Marsh"), "rag")
    assert found.sure == pytest.approx(0.6) and found.least == pytest.approx(0.4)


def test_a_sentence_of_the_documents_may_be_long():
    sentence = "word " * 50 + "by Helen Marsh."
    assert scores(outcome(sentence), question("Helen Marsh"), "extract").right
    assert scores(outcome(sentence), question("Helen Marsh"), "rag").right is False


def test_content_words():
    assert content_f1("the lining of the furnace", ("lining furnace",)) == 1.0
    assert content_f1("내벽이 갈라졌다", ("가마의 내벽이 갈라졌다",)) == pytest.approx(2 * 5 / (5 + 7))


@given(st.lists(st.integers(0, 3), max_size=12), st.integers(1, 12))
def test_identities_of_rankings(grades, k):
    ranking = Ranking("q", tuple(grades), tuple(sorted(filter(None, grades), reverse=True)))
    if not any(grades):
        assert recall(ranking, k) is reciprocal_rank(ranking, k) is ndcg(ranking, k) is None
        return
    assert reciprocal_rank(ranking, 1) == recall(ranking, 1)
    assert recall(ranking, k) >= (reciprocal_rank(ranking, k) or 0) and reciprocal_rank(ranking, k + 1) >= reciprocal_rank(ranking, k)
    assert 0 <= ndcg(ranking, k) <= 1 and ndcg(Ranking("q", ranking.judged, ranking.judged), k) == 1


@given(st.integers(1, 12), st.integers(1, 11))
def test_with_one_gold_nothing_falls_with_k(place, k):
    ranking = Ranking("q", (*[0] * (place - 1), 1), (1,), place, 0)
    for measure in (recall, reciprocal_rank, ndcg):
        assert measure(ranking, k) <= measure(ranking, k + 1)
    assert ndcg(ranking, 12) == pytest.approx(1 / math.log2(place + 1))
    assert found_by(ranking.evidence, k) == float(place <= k) and found_by(ranking.answer, k) == 0 and found_by(None, k) is None
