"""What gives a measurement away is found: answers in names, questions in documents, questions that are there twice."""

from dataclasses import replace

import pytest

from workbench import questions as kept
from workbench.ingest import ingest, ingest_text
from workbench.measure import leaks, making
from workbench.nouns import Question
from workbench.nouns.questions import Gate, Likeness


def asked(identity, text, *answers, lang="en", **more):
    return Question(identity, text, answers, "short" if answers else "unanswerable", (), (), lang, **more)


@pytest.fixture
def office(bench, tmp_path):
    """A corpus that gives some answers away."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "Gannet_Duo.txt").write_text("The machine weighs 57 kg and is lifted by its frame by two people, never by the steam wands or the drip tray.")
    (folder / "capital.md").write_text("# 수도는 서울\n\n나라의 중앙 관청이 모두 모여 있는 큰 도시이며 인구가 가장 많고 지하철이 사방으로 뻗어 있다.")
    (folder / "price.txt").write_text("Deposit: $150")
    (folder / "faq.txt").write_text("Q: How long is a gift card valid?\nA: Four years from the day of purchase.\n\nQ: 배송은 며칠이나 걸리나요?\nA: 이틀 걸립니다.")
    (folder / "warranty.txt").write_text("보증 기간은 27개월이다. 구입한 날부터 세며 소모품에는 해당하지 않고 수리를 받아도 다시 늘어나지 않는다.")
    list(ingest(bench, [folder], "office"))
    return bench


def test_the_index_gives_answers_away_in_names_titles_and_bare_passages(office):
    some = [
        asked("name", "Which machine is lifted by two people?", "Gannet Duo", gold_documents=("Gannet_Duo.txt",)),
        asked("title", "중앙 관청이 모여 있는 도시는 어디인가?", "서울", lang="ko", gold_documents=("capital.md",)),
        asked("short", "How much is the deposit?", "$150"),
        asked("question", "How long is a gift card valid?", "Four years"),
        asked("fair", "How heavy is the machine?", "57 kg", gold_documents=("Gannet_Duo.txt",)),
        asked("chance", "How many people lift the machine?", "2", gold_documents=("Gannet_Duo.txt",)),
        asked("statement", "보증 기간은?", "27개월", lang="ko")]
    gate = leaks.gate(office, "office", some)
    assert {(each.question, each.where, each.file) for each in gate.leaks} == {
        ("name", "name", "Gannet_Duo.txt"), ("title", "title", "capital.md"), ("short", "short_passage", "price.txt"), ("question", "question", "faq.txt")}
    assert gate.flagged == {"name", "title", "short", "question"} and gate.clean == ("fair", "chance", "statement")
    assert [(each.question, each.kind, each.file) for each in gate.likenesses] == [("question", "duplicate", "faq.txt")]


PLANTED = {
    "en": (asked("known", "How many days do home customers have to return an unused item?", "38 days"), {
        "duplicate": asked("a", "How many days do home customers have to return the unused item?", "38 days"),
        "different": asked("b", "How many days do trade customers have to return an unused item?", "14"),
        "gray": asked("c", "Within what time can a home customer return an unused item?", "38 days")}),
    "ko": (asked("known", "가정 고객은 쓰지 않은 제품을 며칠 안에 반품할 수 있나요?", "38일", lang="ko"), {
        "duplicate": asked("a", "가정 고객은 쓰지 않은 제품을 며칠 안에 반품할 수 있는가?", "38일", lang="ko"),
        "different": asked("b", "기업 고객은 쓰지 않은 제품을 며칠 안에 반품할 수 있나요?", "14일", lang="ko"),
        "gray": asked("c", "쓰지 않은 제품의 반품은 가정 고객이면 며칠 안에 하나요?", "38일", lang="ko")})}


@pytest.mark.parametrize("lang", PLANTED)
def test_planted_pairs_fall_into_three_classes(office, lang):
    known, planted = PLANTED[lang]
    for kind, question in planted.items():
        gate = leaks.gate(office, "office", [known, asked("x", "누가 창문을 닦나요?" if lang == "ko" else "Who cleans the windows?", lang=lang), question])
        found, = gate.likenesses
        assert (found.question, found.other, found.kind) == (question.id, "known", kind)
        assert (gate.flagged, gate.gray) == ({question.id} if kind == "duplicate" else set(), {question.id} if kind == "gray" else set())
    everything = leaks.gate(office, "office", [known, *planted.values()])
    assert {(each.question, each.other) for each in everything.likenesses} >= {("a", "known"), ("b", "known"), ("c", "known"), ("b", "a")}, "all pairs"


@pytest.mark.parametrize("lang", PLANTED)
def test_questions_in_documents_fall_into_the_same_classes(office, lang):
    known, planted = PLANTED[lang]
    text = f"Q: {known.text}\nA: {known.answers[0]}."
    list(ingest_text(office, text, "questions", "office"))
    for kind, question in planted.items():
        found, = leaks.gate(office, "office", [question]).likenesses
        assert (found.kind, found.file, found.text) == (kind, "questions.txt", known.text)
        assert found.other == f"questions.txt#{text.index(found.text)}"


def test_the_same_words_with_another_answer_are_for_a_person(office):
    one, other = asked("1", "What year did it end?", "1943"), asked("2", "What year did it end?", "1976")
    assert [each.kind for each in leaks.gate(office, "office", [one, other]).likenesses] == ["gray"]
    choices = [replace(asked(str(number), "다음 중 옳은 것은?", answer, lang="ko"), kind="mcq", choices=(answer, *others), answer_index=0)
               for number, (answer, *others) in enumerate((("절도죄는 재물을 훔친 죄이다", "무죄"), ("배임은 신뢰를 저버린 죄이다", "면소")))]
    assert leaks.gate(office, "office", choices).likenesses == (), "what is offered belongs to the question"


def test_two_that_nothing_answers_are_told_apart_by_what_they_name(office):
    def pair(*texts):
        return leaks.gate(office, "office", [asked(str(number), text, lang="ko") for number, text in enumerate(texts)]).likenesses

    assert [each.kind for each in pair("품번이 PK-965인 행의 현재고는 얼마인가요?", "품번이 PK-586인 행의 현재고는 얼마인가요?")] == ["different"]
    assert [each.kind for each in pair("추석 선물 세트의 판매 가격은 얼마로 정했나요?", "설날 선물 세트의 판매 가격은 얼마로 정했나요?")] == ["gray"]
    assert [each.kind for each in pair("3월에 누가 창고를 열었나요?", "3월에 누가 창고를 열었나요?")] == ["duplicate"]


def test_verdicts_are_kept_and_change_what_is_clean(office):
    known, planted = PLANTED["ko"]
    some = [known, planted["duplicate"], planted["gray"]]
    kept.keep(office, "office", some)
    by_question = {(each.question, each.other): each for each in leaks.gate(office, "office", some).likenesses}
    leaks.judge(office, "office", by_question["c", "known"], "accept", "Kim")
    leaks.judge(office, "office", by_question["c", "a"], "keep", "Kim")
    leaks.judge(office, "office", by_question["a", "known"], "keep", "Lee")
    gate = leaks.gate(office, "office", some)
    said = {(each.question, each.other): (each.verdict, each.reviewer) for each in gate.likenesses}
    assert said == {("a", "known"): ("keep", "Lee"), ("c", "known"): ("accept", "Kim"), ("c", "a"): ("keep", "Kim")}
    assert gate.flagged == {"c"} and gate.clean == ("known", "a") and all(each.judged > 1e9 for each in gate.likenesses)
    leaks.judge(office, "office", by_question["c", "known"], "drop", "Kim")
    assert [each.id for each in kept.questions(office, "office")] == ["known", "a"]
    leak, = leaks.gate(office, "office", [asked("short", "How much is the deposit?", "$150")]).leaks
    leaks.judge(office, "office", leak, "keep")
    assert leaks.gate(office, "office", [asked("short", "How much is the deposit?", "$150")]).clean == ("short",)


def test_what_is_made_from_a_statement_is_no_leak(samples):
    for name in ("harbor-lane", "saebyeok-foods"):
        gate = leaks.gate(samples, name, making.make(samples, name, 40))
        assert not [each for each in gate.leaks if each.where == "question"]
        assert not [each for each in gate.likenesses if each.file and each.kind == "duplicate"]


def test_of_two_that_are_the_same_the_first_stays():
    pair = Likeness("b", "a", "Who?", 1.0, 1.0, "duplicate")
    gate = Gate(("a", "b", "c"), (), (pair, replace(pair, question="c", kind="gray")))
    assert (gate.flagged, gate.gray, gate.clean) == ({"b"}, {"c"}, ("a",))
    assert Gate(("a", "b"), (), (replace(pair, kind="different"),)).clean == ("a", "b")
