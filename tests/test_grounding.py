"""What stands in the passages, and what is said to stand nowhere."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import corpora
from workbench.grounding import claims, doubts, names
from workbench.nouns import Claim
from workbench.reading import read

PASSAGES = (
    "The shop is open from 9 am. Jane Austen lived in Bath.",
    "Home customers may send back any unused item within 38 days of delivery for a full refund of $1,500. "
    "Call about GD-1022 or write to help@example.com before March 5, 2025.",
)
KOREAN = (
    "이 경우 왕복 배송비 6,400원은 고객이 낸다. 수도 서울은 크다. BBC는 방송사이다.",
    "VX-380은 오후 3시에 12분 동안 예열합니다. 문의는 help@example.co.kr로 한다.",
)


def only(text: str, passages=PASSAGES) -> Claim:
    (claim,) = claims(text, passages)
    return claim


@pytest.mark.parametrize("text", [
    "38 days", "38", "within 38 days of delivery", "thirty-eight days", "Any unused item may be sent back within 38 days of delivery.",
    "Jane Austen", "Bath", "5 March", "03-05", "09:00", "$1500", "1,500 dollars", "GD-1022", "help@example.com", "2025",
])
def test_what_stands_there(text):
    claim = only(text)
    assert doubts(claim) == () and claim.numbers == claim.names == (), claim


@pytest.mark.parametrize("text", ["6400원", "6,400원입니다.", "6천4백 원", "서울입니다.", "서울", "BBC", "15:00", "12분", "VX-380", "왕복 배송비 6,400원은 고객이 낸다."])
def test_what_stands_there_in_korean(text):
    claim = only(text, KOREAN)
    assert doubts(claim) == () and claim.numbers == claim.names == (), claim


@pytest.mark.parametrize(("text", "passages", "numbers", "found", "why"), [
    ("Jupiter has 95 moons.", PASSAGES, ("95",), (), ("numbers", "copy")),
    ("Home customers may send back any unused item within 48 days of delivery.", PASSAGES, ("48 days",), (), ("numbers",)),
    ("Home customers may send back any unused item, says Peter Smith.", PASSAGES, (), ("Peter Smith",), ("names",)),
    ("Call about GD-1023.", PASSAGES, (), ("GD-1023",), ("names",)),
    ("me@example.com", PASSAGES, (), ("me@example.com",), ("names",)),
    ("green", PASSAGES, (), (), ("copy",)),
    ("6,500원", KOREAN, ("6,500원",), (), ("numbers", "copy")),
    ("VX-390", KOREAN, (), ("VX-390",), ("names", "copy")),
    ("부산", KOREAN, (), (), ("copy",)),
    ("LG전자", KOREAN, (), ("LG",), ("names", "copy")),
    ("오전 3시", KOREAN, ("오전 3시",), (), ("numbers", "copy")),
])
def test_what_stands_nowhere(text, passages, numbers, found, why):
    claim = only(text, passages)
    assert (claim.numbers, claim.names, doubts(claim)) == (numbers, found, why)


def test_each_sentence_has_its_passage():
    first, second, third = claims("Jane Austen lived in Bath. Any unused item within 38 days of delivery. The moon is far away.", PASSAGES)
    assert (first.passage, second.passage, third.passage) == (0, 1, None)
    assert first.copy == second.copy == 1 and third.copy == 0


def test_other_words_are_let_pass_where_an_embedder_finds_them_near():
    claim = only("Articles that nobody opened go home free.")
    assert doubts(claim) == ("copy",) and doubts(claim, 0.4) == ("copy",) and doubts(claim, 0.8) == ()
    assert doubts(only("It takes 77 days."), 0.99) == ("numbers",), "a number is an alarm whatever the rest is like"


@pytest.mark.parametrize("text", ["", "Yes.", "아니요", "I don't know.", "문서에 나와 있지 않습니다."])
def test_what_claims_nothing(text):
    assert claims(text, PASSAGES) == ()


def test_names_by_their_looks():
    assert names("The Anvil and Pip went to Bath on Tuesday, said Ann.") == ["Anvil", "Pip", "Bath", "Tuesday", "Ann"]
    assert names("Delivery takes long. Returns too. In March I paid.") == []
    assert names("문의는 SmartStore 또는 https://example.com/a?b=1. 으로") == ["https://example.com/a?b=1", "SmartStore"]
    assert names("Pedro Menéndez de Avilés came") == ["Pedro Menéndez de Avilés"]


@pytest.mark.parametrize("corpus", corpora.samples())
def test_the_gold_answers_of_the_samples_stand_in_their_evidence(corpus):
    folder = corpora.SAMPLES / corpus / "documents"
    asked = [each for each in corpora.answerable(corpus) if each.kind in ("short", "number")]
    texts = {
        file.name: "\n\n".join(document.text for document in read(file.read_bytes(), file.name, "")[0])
        for file in folder.iterdir()}
    doubted = [
        (each.answers[0], claim) for each in asked
        for claim in claims(each.answers[0], [texts[each.evidence[0].document]]) if doubts(claim)]
    assert not doubted
    wrong = [claims(one.answers[0], [two.evidence[0].text]) for one, two in zip(asked, asked[7:] + asked[:7], strict=True)]
    assert sum(bool(doubts(claim)) for each in wrong for claim in each) >= 0.9 * len(wrong)


@settings(deadline=None)
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=3))
def test_of_any_texts(text, passages):
    for claim in claims(text, passages):
        assert 0 <= claim.copy <= 1 and claim.text in text
        assert claim.passage is None or 0 <= claim.passage < len(passages)
        own = next(iter(claims(claim.text, [*passages, claim.text])), None)
        assert own is None or not own.numbers


@given(st.lists(st.sampled_from("the shop opened on March 5 with 38 people and Jane Austen paid 1,500 dollars".split()), min_size=1, max_size=12))
def test_a_copy_is_fully_supported(words):
    sentence = " ".join(words)
    for claim in claims(sentence, ["Something else.", f"Before. {sentence} after"]):
        assert claim.copy == 1 and not claim.numbers


@pytest.mark.parametrize("part", ["a", "A ", "a@", "A-", "가", "one ", "http://", "1,"])
def test_no_answer_takes_long(part):
    start = time.process_time()
    claims(part * 3000, [part * 3000])
    assert time.process_time() - start < 5
