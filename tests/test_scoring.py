"""Known verdicts, the guards, and what must hold of any two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import corpora
from workbench.nouns import Question
from workbench.scoring import (
    contains,
    exact,
    exact_josa,
    f1,
    first_answer,
    flags,
    holds,
    is_amount,
    normal,
    nuggets,
    overlap,
    polarity,
    right,
    tells,
)


def question(*answers: str, kind: str = "short") -> Question:
    return Question("q", "?", answers, kind, (), (), "en")


def test_normal_forms():
    assert normal("The  Cat, an “Owl”!") == "cat owl"
    assert normal("「서울」, 《부산》") == "서울 부산"
    assert exact("the Denver Broncos.", ("Denver Broncos",)) and not exact("Denver", ("Denver Broncos",))


def test_korean_scores():
    assert overlap("세종대왕", "세종") == pytest.approx(2 * 2 / 6), "characters, as in KorQuAD"
    assert overlap("Jane Austen", "Austen") == pytest.approx(2 / 3)
    assert exact_josa("세종대왕입니다.", ("세종대왕",)) and exact_josa("파리", ("파리에서",)) and not exact_josa("파리", ("서울",))
    assert exact_josa("나이", ("나이",)) and not exact("세종대왕입니다", ("세종대왕",))


@pytest.mark.parametrize(("reply", "answer", "so"), [
    ("It is 38 days.", "38 days", True), ("in 138 days", "38 days", False), ("thirty-eight days", "38 days", True),
    ("38 hours", "38 days", False), ("It costs $1,500.", "$150", False), ("35,000원입니다", "3만 5천 원", True),
    ("start", "art", False), ("the art of", "art", True), ("yes it is", "yes", False), ("예, 됩니다", "예", False), ("a b c", "b", False),
    ("22 boilers were sent", "22", True), ("서울에서 열린", "서울", True), ("6,400원을 낸다", "6,400원", True), ("release 5.1.4 it is", "5.1.4", True),
    ("5층", "나래울빌딩 5층", False), ("나래울빌딩 5층으로", "나래울빌딩 5층", True), ("18대까지", "18대", True), ("오전 8시 20분", "8시 20분", True),
    ("15 April", "April 15", True), ("250 mm", "250 millimetres", True), ("화·금요일", "화·금", True),
])
def test_what_holds_an_answer(reply, answer, so):
    assert holds(reply, answer) is so


def test_a_long_reply_holds_it_by_chance():
    assert not contains("word " * 40 + "38 days", ("38 days",)) and contains("word " * 30 + "38 days", ("38 days",))


@pytest.mark.parametrize(("answer", "so"), [
    ("38 days", True), ("11 working days", True), ("about 620 kg", True), ("$0.47", True), ("ten weeks' notice", True), ("4.2점", True),
    ("137건", True), ("48시간 이내", True), ("2026년 11월 30일", True), ("Skerry 64", False), ("나래울빌딩 5층", False), ("5.1.4", False),
    ("GD-1022", False), ("left front foot", False), ("Canberra", False), ("네 번", True), ("스무 살", True), ("한 번", False), ("세 자매", False),
])
def test_what_is_an_amount(answer, so):
    assert is_amount(answer) is so


def test_the_first_answer_and_what_is_odd():
    assert first_answer("\nAnswer: Paris\nQuestion: next?") == "Paris"
    assert first_answer("답: 파리") == "파리" and first_answer(" \n") == "" and first_answer("A big dog") == "A big dog"
    assert flags("") == flags(" … ") == ("empty",)
    assert flags("Question: What?") == flags("문서: 이것은") == ("echo",)
    for refusal in ("I don't know.", "The text does not mention it; it cannot be answered", "알 수 없습니다.", "문서에 나와 있지 않습니다", "모르겠어요"):
        assert "refusal" in flags(refusal), refusal
    assert flags("Paris, known for its tower") == flags("모르타르") == ()


@pytest.mark.parametrize(("reply", "so"), [
    ("Yes.", "yes"), ("No, it cannot", "no"), ("아니요, 안 됩니다", "no"), ("네, 가능합니다", "yes"), ("예", "yes"), ("It cannot be returned", "no"),
    ("You may treat it as approved", "yes"), ("쓸 수 없습니다", "no"), ("누구나 쓸 수 있다", "yes"), ("green", None), ("네덜란드", None), ("Nova", None),
])
def test_yes_and_no(reply, so):
    assert polarity(reply) == so


def test_right_answers():
    assert right("38 days", question("38 days")) and right("Answer: within 38 days of delivery", question("38 days"))
    assert not right("I don't know whether it is 38 days", question("38 days"))
    assert not right("", question("x")) and not right("something", question())
    assert right("No", question("no", kind="yesno")) and not right("Yes, certainly not", question("no", kind="yesno"))
    long = question("The lining cracked on 8 April. It had to cool for 35 minutes.", kind="long")
    assert right("On 8 April the lining of the furnace cracked.", long) and not right("On 9 April the lining cracked.", long)
    assert nuggets("the lining cracked on 8 April and had to cool 35 minutes", long.answers[0]) == 1


@pytest.mark.parametrize("corpus", corpora.samples())
def test_every_answer_of_the_samples_is_right_and_stands_in_its_evidence(corpus):
    asked = corpora.answerable(corpus)
    for each in asked:
        assert all(tells(answer, each) for answer in each.answers), each
        if each.kind in ("short", "number"):
            assert all(tells(span.text, each) for span in each.evidence), each
    others = [(one, two) for one in asked for two in asked if one.kind == two.kind == "short" and one.id != two.id]
    wrong = [(one.id, two.id) for one, two in others if right(two.answers[0], one)]
    assert len(wrong) <= 0.01 * len(others), wrong


@given(st.text(max_size=80), st.text(max_size=80))
def test_of_any_texts(one, two):
    assert 0 <= f1(one, (two,)) <= 1
    assert f1(one, (one,)) == (1 if normal(one) else 0)
    assert exact(one, (one,)) and exact(one, (two,)) == exact(two, (one,))
    assert set(flags(one)) <= {"empty", "echo", "refusal"} and isinstance(first_answer(one), str)
    if contains(one, (two,)) and not is_amount(two):
        assert f1(one, (two,)) > 0
