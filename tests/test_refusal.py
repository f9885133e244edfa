"""When code says that the passages hold no answer, and what it says they lack."""

import time

import pytest

from workbench import corpora
from workbench.ask import ask
from workbench.nouns import Recipe
from workbench.prepare import FEW
from workbench.refusal import RULES, Signs, chance, opposed, own_number, relevance, stem
from workbench.search import search


def judged(bench, question, corpus="harbor-lane"):
    return relevance(search(bench, question, corpus, FEW), question)


@pytest.mark.parametrize(("question", "corpus", "missing"), [
    ("What does the Model X-200 cost?", "harbor-lane", "X-200"),
    ("Who is Peter Zimmermann?", "harbor-lane", "Peter Zimmermann"),
    ("What happened in 1848?", "harbor-lane", "1848"),
    ("Which planet has the most moons?", "harbor-lane", "planet"),
    ("포장기 QX-777은 얼마인가요?", "saebyeok-foods", "QX-777"),
    ("태양계에서 가장 큰 행성은 무엇인가요?", "saebyeok-foods", "태양계에서"),
])
def test_what_is_missing_is_named(samples, question, corpus, missing):
    assert missing in judged(samples, question, corpus).missing


@pytest.mark.parametrize(("question", "corpus"), [
    ("How many days do home customers have to send back an unused item?", "harbor-lane"),
    ("What does spare part GD-1022 cost?", "harbor-lane"),
    ("왕복 배송비는 얼마인가요?", "saebyeok-foods"),
    ("진공 포장기 VX-380은 몇 분 동안 예열하나요?", "saebyeok-foods"),
])
def test_what_the_documents_answer_is_let_pass(samples, question, corpus):
    got = judged(samples, question, corpus)
    assert not got.refused and got.score < RULES["ko" if corpus == "saebyeok-foods" else "en"].refuses and "missing" not in got.why


@pytest.mark.parametrize("corpus", corpora.samples())
def test_error_rates_on_the_samples(samples, corpus):
    gold = [judged(samples, each.text, corpus).refused for each in corpora.answerable(corpus)]
    general = [judged(samples, each.text, corpus).refused for each in corpora.questions(corpus) if "general" in each.tags]
    assert sum(gold) <= 0.1 * len(gold) and sum(general) >= 0.9 * len(general)


def test_it_costs_little(samples):
    questions = corpora.questions("harbor-lane")[:20]
    found = [search(samples, each.text, "harbor-lane", FEW) for each in questions]
    start = time.process_time()
    for each, one in zip(questions, found, strict=True):
        relevance(one, each.text)
    assert (time.process_time() - start) / len(questions) < 0.05, "ten milliseconds, with room for a busy computer"


def test_nothing_found_is_refused(bench):
    bench.store.make_corpus("empty")
    got = judged(bench, "Who is there?", "empty")
    assert got.refused and got.score == 1


def test_an_answer_carries_it(samples):
    (beside,) = ask(samples, "Who painted the Mona Lisa?", [Recipe(lane="extract", corpus="harbor-lane")])
    assert beside.relevance.refused and "Mona Lisa" in beside.relevance.missing and "missing" in beside.relevance.why
    assert "low_relevance" in beside.flags
    assert ask(samples, "Who painted the Mona Lisa?", [Recipe(lane="extract", corpus="saebyeok-foods")])[0].relevance.refused


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_sign_speaks_in_its_direction(lang):
    plain = Signs(matched=1.0, near=0.5, missing=0.0, opposed=0.0, typeless=0.0)
    rule = RULES[lang]
    assert chance(rule, Signs(1.5, 0.5, 0, 0, 0)) < chance(rule, plain) < chance(rule, Signs(0.5, 0.5, 0, 0, 0))
    assert chance(rule, Signs(1.0, 0.6, 0, 0, 0)) <= chance(rule, plain)
    for against in (Signs(1, 0.5, 1, 0, 0), Signs(1, 0.5, 0, 1, 0), Signs(1, 0.5, 0, 0, 1)):
        assert chance(rule, against) >= chance(rule, plain)


@pytest.mark.parametrize(("question", "best", "so"), [
    ("Which is the smallest press?", "It is the largest press.", True), ("Which is the largest press?", "It is the largest press.", False),
    ("Who didn't sign?", "Ann signed.", True), ("Who didn't sign?", "Ben did not sign.", False),
    ("Why does it not start?", "The pump is off.", False),
    ("How long may I keep something that I have never used at all?", "Unused items within 38 days.", False),
])
def test_what_turns_a_sentence_round(question, best, so):
    assert opposed(question, best) is so


def test_numbers_of_their_own():
    assert own_number("How many in 1990?", "In 1990 there were 12.") and not own_number("How many in 1990?", "In 1990 there were some.")


def test_stems():
    assert stem("deliveries") == stem("delivery") == stem("delivered") and stem("배송") == "배송" and stem("used") == "used"
