"""Follow-ups: seen, made to stand alone, budgeted, and kept apart by lane."""

import pytest

from workbench import corpora
from workbench.ask import ask
from workbench.conversation import fitting, follows_up, standalone
from workbench.nouns import Recipe, Turn
from workbench.search import search

LEAVE = Turn("How many days of paid leave do full-time staff have?", "26 days", "12")
KOREAN = Turn("신입 사원의 연차는 며칠인가요?", "15일", "")


@pytest.mark.parametrize("question", [
    "And after five years?", "What about part-time staff?", "Who approves it?", "Why not?", "Does that include holidays?",
    "In winter?", "How are they counted?",
])
def test_a_follow_up_leans_on_the_question_before(question):
    assert follows_up(question, [LEAVE]) and not follows_up(question, [])
    assert standalone(question, [LEAVE]) == f"{LEAVE.question} {question}"


@pytest.mark.parametrize("question", ["그럼 5년 차는요?", "그건 누가 승인하나요?", "계약직은요?", "여름에는?", "왜요?"])
def test_a_korean_follow_up(question):
    assert follows_up(question, [KOREAN])
    assert standalone(question, [KOREAN]) == f"{KOREAN.question} {question}"


@pytest.mark.parametrize("corpus", corpora.samples())
def test_questions_that_stand_alone_are_left_alone(corpus):
    turn = KOREAN if corpus == "saebyeok-foods" else LEAVE
    alone = [each for each in corpora.questions(corpus) if "follow-up" not in each.tags]
    leaning = [each.text for each in alone if follows_up(each.text, [turn])]
    assert len(leaning) <= 0.03 * len(alone), leaning


@pytest.mark.parametrize("corpus", corpora.samples())
def test_sample_follow_ups_are_seen_and_find_their_passage(samples, corpus):
    """Alone they find little; with the question before in front, nearly all. One in six may pass unseen."""
    questions = {each.id: each for each in corpora.questions(corpus)}
    pairs = [(questions[each.after], each) for each in questions.values() if each.after]
    assert len(pairs) >= 6
    seen, found = 0, {"alone": 0, "together": 0}
    for before, after in pairs:
        whole = standalone(after.text, [Turn(before.text, "")])
        seen += whole != after.text
        for name, text in (("alone", after.text), ("together", whole)):
            hits = search(samples, text, corpus, 3).hits
            found[name] += after.evidence[0].document in [hit.source for hit in hits]
    assert seen >= 5 / 6 * len(pairs)
    assert found["together"] >= 5 / 6 * len(pairs) and found["together"] > found["alone"], found


def test_the_best_sentence_answers_the_follow_up_not_the_question_before(samples):
    leave = Turn("How many days of paid leave do full-time staff have?", "27 days")
    (answer,) = ask(samples, "And what is the highest number it can grow to?", [
        Recipe(lane="extract", corpus="harbor-lane")], turns=[leave])
    assert "until you reach 31" in answer.text and answer.stage == "answered"


def test_a_chain_keeps_its_subject_and_does_not_grow():
    whole = standalone("And after ten years?", [LEAVE, Turn(f"{LEAVE.question} And after five years?", "30 days")])
    assert whole == f"{LEAVE.question} And after ten years?"


def test_the_oldest_turns_go_first():
    turns = [Turn(f"question {number}", "answer") for number in range(5)]
    assert fitting(turns, 3, len) == tuple(turns[2:])
    assert fitting(turns, 0, len) == ()


def test_each_lane_reads_its_own_answers_within_a_quarter_of_the_window(samples, scripted):
    model = scripted()
    turns = [Turn(f"Question number {number} about returns?", f"with {number}", f"alone {number}") for number in range(60)]
    closed, rag = ask(samples, "And for business customers?", [
        Recipe(lane=lane, corpus="harbor-lane", window=800) for lane in ("closed", "rag")], turns=turns)
    assert closed.standalone.startswith("Question number 59")
    assert "alone 59" in closed.prompt and "with 59" not in closed.prompt
    assert "with 59" in rag.prompt and "alone 59" not in rag.prompt and "with 0" not in rag.prompt
    for answer, prompt in zip((closed, rag), model.seen, strict=True):
        assert 0 < answer.budget.history <= 200 and answer.turns[-1].question.startswith("Question number 59")
        assert answer.budget.prompt == model.count([prompt])[0]
        assert answer.prompt.index("Question number 59 about returns?\n") < answer.prompt.rindex("And for business customers?")
