"""Questions made from documents: each is answered where it says, by one thing only, and those that nothing answers are not."""

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stand_in import StandInEmbedder
from workbench import questions as kept
from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, NoSuchCorpus
from workbench.ingest import delete, ingest_text
from workbench.measure import making
from workbench.measure.making import english, korean
from workbench.measure.making.facts import facts, stands_alone
from workbench.measure.making.korean import josa
from workbench.measure.making.swaps import altered, counterfactual, swapped
from workbench.nouns import Document, Question
from workbench.quantities import matches, quantities
from workbench.scoring import holds

SAMPLES = ("harbor-lane", "saebyeok-foods")


@pytest.fixture(scope="module")
def made(samples):
    return {name: making.make(samples, name, 80) for name in SAMPLES}


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setattr(Bench, "embedder_name", StandInEmbedder.name)
    bench = Bench(Settings(tmp_path / "home"), writing=True)
    bench.opened_embedder = StandInEmbedder()
    bench.store.make_corpus("office")
    yield bench
    bench.close()


def asked(text, lang="en", kind="txt"):
    """The questions that a text gives, with their answers, in its order."""
    write = korean.question if lang == "ko" else english.question
    words = frozenset(re.findall(r"(?<!^)\b[a-z]+\b", text))
    return [(write(fact, words) if lang == "en" else write(fact), fact.answer) for fact in facts(Document("1", "Prices", text, "a.txt", kind))]


@pytest.mark.parametrize(("sentence", "question", "answer"), [
    ("The home customers may send back any unused item within 38 days of delivery.", "Within how many days of delivery may the home customers send back any unused item?", "38 days"),
    ("A refurbishing share of 12% is taken off the refund.", "A refurbishing share of what percentage is taken off the refund?", "12%"),
    ("The pass mark of the closing quiz is 85%, with as many attempts as it takes.", "What percentage is the pass mark of the closing quiz, with as many attempts as it takes?", "85%"),
    ("The Buyer pays $7,400 once for the casting pattern.", "The Buyer pays how much once for the casting pattern?", "$7,400"),
    ("Parcels without a number wait up to ten working days on the shelf.", "Parcels without a number wait up to how many working days on the shelf?", "ten"),
    ("186 parcels that should have left that day stayed in the warehouse.", "How many parcels that should have left that day stayed in the warehouse?", "186"),
    ("Orders that are paid before 13:40 on a working day are packed the same day.", "Orders that are paid before what time on a working day are packed the same day?", "13:40"),
    ("The lease of the old office ends on 31 October; the keys go to the landlord.", "The lease of the old office ends on what date?", "31 October"),
    ("The zero point is set with the 2.5 mm key under the drip mat.", "Fill in the blank: “The zero point is set with the ____ key under the drip mat.”", "2.5 mm"),
    ("Goods above that sum need a second signature from Rufus Dellacourt in Finance.",
     "Fill in the blank: “Goods above that sum need a second signature from ____ in Finance.”", "Rufus Dellacourt"),
    ("Tampers are sold under article HL-KT09 in the shop.", "Fill in the blank: “Tampers are sold under article ____ in the shop.”", "HL-KT09"),
])
def test_english_questions(sentence, question, answer):
    assert (question, answer) in asked(sentence)


@pytest.mark.parametrize(("sentence", "question", "answer"), [
    ("유리병 제품은 수령 후 7일 안에 뜯지 않은 상태일 때만 돌려받는다.", "유리병 제품은 수령 후 며칠 안에 뜯지 않은 상태일 때만 돌려받는가?", "7일"),
    ("적게 주문하면 고객이 운반비 7,000원을 따로 낸다.", "적게 주문하면 고객이 운반비 얼마를 따로 내는가?", "7,000원"),
    ("새벽배송 첫 주문의 보냉가방 보증금은 모두 2,000원입니다.", "새벽배송 첫 주문의 보냉가방 보증금은 모두 얼마인가요?", "2,000원"),
    ("택배 주문은 출고일 오전 11시까지 고객이 취소할 수 있다.", "택배 주문은 출고일 오전 몇 시까지 고객이 취소할 수 있는가?", "오전 11시"),
    ("작업실 점검은 해마다 10월에 바깥 기관이 맡아 합니다.", "작업실 점검은 해마다 몇 월에 바깥 기관이 맡아 합니까?", "10월"),
    ("설문에 답한 직원 가운데 31명이 전보다 낫다고 답했습니다.", "설문에 답한 직원 가운데 몇 명이 전보다 낫다고 답했습니까?", "31명"),
    ("무상 보증은 2027년 8월 18일까지 출장비만 받고 해 드려요.", "무상 보증은 몇 년 몇 월 며칠까지 출장비만 받고 해 드려요?", "2027년 8월 18일"),
    ("성에 두께를 재고 6mm를 넘으면 그날 안에 녹인다.", "성에 두께를 재고 몇 mm를 넘으면 그날 안에 녹이는가?", "6mm"),
    ("예산을 살펴본 뒤에 5월 계약 갱신 때 다시 검토하겠습니다.", "빈칸에 들어갈 말은 무엇인가요? “예산을 살펴본 뒤에 ____ 계약 갱신 때 다시 검토하겠습니다.”", "5월"),
    ("여름휴가비 25만 원은 급여와 함께 통장에 넣어 드립니다.", "빈칸에 들어갈 말은 무엇인가요? “여름휴가비 ____은 급여와 함께 통장에 넣어 드립니다.”", "25만 원"),
    ("산행 모임 '새벽오름'은 토요일마다 생산동 앞에서 모입니다.", "빈칸에 들어갈 말은 무엇인가요? “산행 모임 '____'은 토요일마다 생산동 앞에서 모입니다.”", "새벽오름"),
])
def test_korean_questions(sentence, question, answer):
    assert (question, answer) in asked(sentence, "ko")


@pytest.mark.parametrize(("sentence", "lang"), [
    ("In that case a refurbishing share of 12% is taken off the refund.", "en"), ("They expire on 15 April unless somebody extends the period.", "en"),
    ("If it leaks, the pump is replaced within 3 days.", "en"), ("I will be back at the office desk on 3 May.", "en"), ("## Prices of 2025 and 2026", "en"),
    ("Is the loan machine free for the first 30 days of the repair?", "en"), ("| Motor | 380 W, direct drive |", "en"), ("Costs $12 each.", "en"),
    ("이 경우 왕복 배송비 6,400원은 고객이 낸다.", "ko"), ("그는 1998년에 회사에 들어와 팀장이 되었다.", "ko"), ("배송은 언제 오나요?", "ko"), ("값은 3,000원이다.", "ko"),
])
def test_what_leans_on_other_sentences_is_not_asked_about(sentence, lang):
    assert not stands_alone(sentence, lang)


def test_two_of_a_kind_a_range_and_what_can_be_guessed_are_not_asked_for():
    assert [answer for _, answer in asked("The pump takes 3 days and the boiler takes 9 days to repair.")] == []
    assert [answer for _, answer in asked("Zone C is served in four to seven working days by ferry.")] == []
    assert [answer for _, answer in asked("The house blend is called Breakwater No. 4 on every bag of beans.")] == []
    assert [answer for _, answer in asked("Two people lift the machine by its frame and carry the drip tray.")] == []


def test_rows_of_a_table_are_asked_about_by_their_name():
    table = "\n".join(
        f"part: {part} | fits: {fits} | price: ${price}" for part, fits, price in (
            ("GD-1", "Gannet", "4.10"), ("GD-2", "Skerry", "5.20"), ("GD-3", "Lantern", "6.30"), ("GD-4", "Gannet", "7.40"), ("GD-5", "Gannet", "8.50")))
    rows = asked(table, kind="csv")
    assert ("In “Prices”, what is “price” where “part” is “GD-3”?", "$6.30") in rows
    assert not [row for row in rows if row[1] == "Gannet"], "three of five rows have it"
    assert asked("name: a | price: 3\nname: a | price: 4\nname: b | price: 5", kind="csv") == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_question_is_answered_where_it_says_and_tells_nothing(samples, made, name):
    documents = samples.store.documents(name)
    for question in made[name]:
        if question.kind == "unanswerable":
            continue
        span, = question.evidence
        texts = [each.text for each in documents if each.source == span.document and span.title in ("", each.title)]
        assert span.text == question.answers[0] and span.text in {text[span.start : span.end] for text in texts}
        assert question.unknown["sentence"].count(question.answers[0]) == 1
        assert not holds(question.text, question.answers[0])
        assert question.gold_documents == (span.document,) and question.source == kept.MADE
        assert question.counter is None or (
            holds(question.counter.text, question.counter.answer) and not any(holds(question.counter.text, each) for each in question.answers))
    assert sum(each.counter is not None for each in made[name]) > 0.6 * len(made[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_the_documents_take_turns_and_the_same_seed_makes_the_same(samples, made, name):
    files = Counter((each.gold_documents or (each.unknown["about"],))[0] for each in made[name])
    held = Counter(document.source for document in samples.store.documents(name))
    assert len(made[name]) == 80 and len(files) >= 29 and all(count <= 3 * held[file] for file, count in files.items())
    assert len({each.tags[1] for each in made[name]}) >= 9
    assert len({each.id for each in made[name]}) == 80 and 12 <= sum(each.kind == "unanswerable" for each in made[name]) <= 16
    assert making.make(samples, name, 80) == made[name] and making.make(samples, name, 40, seed=8) != made[name][:40]
    assert [each.lang for each in making.make(samples, name, 10, lang="ko")] == ["ko"] * (10 if name == "saebyeok-foods" else 0)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_made_can_be_found(samples, made, name):
    index = samples.corpus(name)
    answerable = [each for each in made[name] if each.answers]
    found = sum(any(hit.source == each.gold_documents[0] for hit in index.by_words(each.text, 3)) for each in answerable)
    assert found > 0.93 * len(answerable)


def test_what_another_document_says_of_something_else_is_not_asked(office):
    for month, sum in (("March", 310), ("April", 470)):
        list(ingest_text(office, f"The invoice for the cleaning of the office comes to {sum} dollars in all.", month, "office"))
    list(ingest_text(office, "The invoice number 7741 for the painted fence comes to 990 dollars in all.", "fence", "office"))
    list(ingest_text(office, "The invoice number 7742 for the painted fence comes to 850 dollars in all.", "fence 2", "office"))
    assert {each.answers[0] for each in making.make(office, "office", 10) if each.answers} == {"990 dollars", "850 dollars"}


def test_made_questions_are_proposed_once_and_go_with_their_file(office):
    list(ingest_text(office, "The loan machine for cafes costs a deposit of 150 dollars.", "loan", "office"))
    list(ingest_text(office, "유리병 제품은 수령 후 7일 안에 뜯지 않은 상태일 때만 돌려받는다.", "반품", "office"))
    some = making.make(office, "office", 10)
    assert making.propose(office, "office", some) == len(some) == 2
    assert kept.questions(office, "office") == [] and making.make(office, "office", 10) == []
    kept.judge(office, "office", [some[0].id], "dropped")
    assert making.make(office, "office", 10) == [], "what was put aside is not made again"
    delete(office, "office", "loan.txt")
    assert [each.question.lang for each in kept.reviewed(office, "office")] == ["ko"]
    with pytest.raises(BadRequest, match="make"):
        making.make(office, "office", 0)
    with pytest.raises(NoSuchCorpus):
        making.make(office, "nothing", 5)


def question(text="보증 기간은?", answers=("27개월",), kind="number", lang="ko", identity="1"):
    return Question(identity, text, answers, kind, (), (), lang)


def test_questions_that_are_answered_without_their_passage_are_told():
    asked = [question(identity="a"), question(identity="b"), question("수도는?", ("서울",), "short", identity="c")]
    assert making.guessed(asked, {"a": ["6개월", "보증 기간은 27개월입니다."], "b": ["모르겠습니다."], "c": []}) == asked[:1]


@pytest.mark.parametrize(("passage", "answers", "others", "fake"), [
    ("보증 기간은 27개월이다. 스물일곱 개월이 지나면 끝난다.", ("27개월",), (), None),
    ("The winner was Ann Reed. Ann Reed's prize is money.", ("Ann Reed",), ("the cup", "Bob Lund", "Ann Reed", "34"), "Bob Lund"),
    ("담당은 김철수이다. 김철수는 팀장이다.", ("김철수",), ("서울특별시 강남구", "이영미", "Ann"), "이영미"),
])
def test_a_counterfactual_passage_says_something_else_everywhere(passage, answers, others, fake):
    asked = [question("뭐라고 하나?", (each,)) for each in others]
    made = counterfactual(question("누구?", answers, "number" if fake is None else "short"), passage, asked)
    assert made and (fake is None or made.answer == fake) and answers[0] not in made.text
    assert "스물일곱" not in made.text and not any(holds(made.text, each) for each in answers)


def test_particles_follow_the_new_word():
    assert swapped("김철수는 갔고 김철수가 왔다.", "김철수", "이영민") == "이영민은 갔고 이영민이 왔다."
    assert swapped("'들샘'은 크다. 들샘을 본다.", "들샘", "나루터") == "'나루터'는 크다. 나루터를 본다."
    assert swapped("Ann met Annie.", "Ann", "Bob") == "Bob met Annie."
    assert [josa(word, "으로") for word in ("서울", "부산", "제주", "몇 mm")] == ["로", "으로", "로", "로"]


def test_nothing_is_swapped_where_nothing_fits():
    assert counterfactual(question(answers=("12개월",)), "보증 기간은 27개월이다.") is None
    assert counterfactual(question("Open?", ("no",), "yesno", "en"), "no") is None
    assert counterfactual(question("Who?", ("Ann Reed",), "short", "en"), "Ann Reed won.", [question(answers=("34",)), question(answers=("서울",))]) is None


@pytest.mark.parametrize(("asked", "answer", "fake"), [
    ("Who won?", "Ann Reed", "Bob Lund"), ("What color is it?", "Dark Blue", "Light Green"), ("In which city is it?", "New York", "San Jose"),
    ("누가 이겼나?", "김철수", "이영미"), ("어디서 열리나?", "부산역", "대전역")])
def test_a_false_answer_is_one_to_the_same_sort_of_question(asked, answer, fake):
    pairs = [("Who lost?", "Bob Lund"), ("What color was it?", "Light Green"), ("Which city won?", "San Jose"), ("누가 졌나?", "이영미"), ("어디에서 끝나나?", "대전역")]
    others = [question(text, (each,), "short", identity=each) for text, each in pairs]
    for salt in range(12):
        made = counterfactual(question(asked, (answer,), "short", identity=str(salt)), f"{answer}.", others)
        assert made and made.answer == fake


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.integers(2, 99_999).map(lambda n: f"{n:,} days"), st.integers(2, 9_999).map(lambda n: f"${n}"), st.decimals("0.1", 99, places=1).map(lambda n: f"{n} kg"),
        st.integers(2, 900).map(lambda n: f"{n}만 원"), st.integers(1, 12).map(lambda n: f"오후 {n}시"), st.dates().map(lambda day: f"{day.month}월 {day.day}일"),
        st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y-%m-%d}"), st.integers(3, 90).map(lambda n: f"{n}%")),
    st.text(max_size=3))
def test_another_amount_is_written_alike_and_is_another(text, salt):
    made = altered(text, salt)
    one, = quantities(text)
    other, = quantities(made)
    assert (one.kind, one.unit) == (other.kind, other.unit) and not matches(one, other) and not matches(other, one)
    assert re.sub(r"[\d,.]+", "0", text) == re.sub(r"[\d,.]+", "0", made)
    assert altered(text, salt) == made
