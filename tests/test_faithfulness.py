"""What a summary says and its source does not: numbers, days, names, denials, another language, instructions repeated."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.second_check import numbers, unsupported
from workbench import corpora
from workbench.faithfulness import Source, check, check_summary
from workbench.nouns.summary import Line, Particular
from workbench.reading import read
from workbench.salience import lines

ENGLISH = (
    "A first lot of 22 boilers leaves our yard on 16 May with Brackwater.",
    "The other 42 pieces follow no later than 3 June, as Henrik Solbrae wrote.",
    "For each full week of delay the price drops by 1.5%, which is $118 net for PO-7731.",
    "The workshop will not open before Wednesday, 9:30, and three of the two hundred machines stand still.",
    "Call 010-1234-5678 or write to marit@example.com by next Friday.",
    "The heating cost one thousand dollars in March 2025 and tomorrow nobody works.",
)
KOREAN = (
    "1차분 80병은 3월 11일(수) 오전 10시에 우리 차가 직접 가서 싣고 옵니다.",
    "나머지 160병은 3월 17일까지 기름방에서 가져다주기로 마상철 팀장님과 정했습니다.",
    "지체상금은 받지 않고 4월 발주분 단가 12,500원을 4% 깎기로 했습니다.",
    "두 회사가 사흘 동안 시험했고 불량은 천 개 가운데 세 개였습니다.",
    "문의는 gil@example.co.kr 또는 GD-1022로 다음 주 금요일까지 부탁드립니다.",
    "예산은 삼만오천 원이고 길영선 과장님이 확인합니다.",
)


def of(*texts: str) -> list[Line]:
    return [Line("1", place, place + len(text), text) for place, text in enumerate(texts)]


SOURCES = {"en": Source(of(*ENGLISH)), "ko": Source(of(*KOREAN))}


def fails(sentence: str, lang: str, *codes: str) -> bool:
    return any(each.fails and each.code in (codes or (each.code,)) for each in check(sentence, SOURCES[lang]))


@pytest.mark.parametrize(("lang", "text"), [("en", text) for text in ENGLISH] + [("ko", text) for text in KOREAN])
def test_what_was_copied_is_let_pass(lang, text):
    assert check(text, SOURCES[lang], lang) == ()


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "A first lot of twenty-two boilers leaves our yard on May 16 with Brackwater."),
    ("en", "The other forty-two pieces follow no later than 06-03."),
    ("en", "The price drops by 1.5 percent for each full week of delay."),
    ("en", "3 of the 200 machines stand still."),
    ("en", "The heating cost $1,000 in March 2025."),
    ("en", "The heating cost 1000 dollars in March."),
    ("ko", "1차분 80병은 3월 11일 수요일 오전 10시에 우리 차가 직접 가서 싣고 옵니다."),
    ("ko", "1차분 팔십 병은 03-11 10:00에 우리 차가 싣고 옵니다."),
    ("ko", "4월 발주분 단가 1만 2,500원을 4퍼센트 깎기로 했습니다."),
    ("ko", "불량은 1,000개 가운데 3개였습니다."),
    ("ko", "예산은 35,000원이고 길영선 과장이 확인합니다."),
    ("ko", "예산은 3만 5천 원입니다."),
])
def test_another_spelling_is_the_same(lang, text):
    assert [each for each in check(text, SOURCES[lang], lang) if each.fails] == []


@pytest.mark.parametrize(("lang", "text", "at", "code"), [
    ("en", "A first lot of 23 boilers leaves our yard on 16 May.", "23", "number"),
    ("en", "A first lot of 22 boilers leaves our yard on 17 May.", "17 May", "number"),
    ("en", "A first lot of 22 boilers leaves our yard on 16 June.", "16 June", "number"),
    ("en", "A first lot of thirty boilers leaves our yard with Brackwater.", "thirty", "number"),
    ("en", "The price drops by 1.6% for each full week of delay.", "1.6%", "number"),
    ("en", "The price drops by $1.5 for each full week of delay.", "$1.5", "unit"),
    ("en", "The workshop will not open before Thursday, 9:30.", "Thursday", "number"),
    ("en", "The workshop will not open before Wednesday, 9:30 pm.", "9:30 pm", "number"),
    ("en", "The heating cost one thousand dollars in March 2026.", "March 2026", "number"),
    ("en", "Half of the two hundred machines stand still.", "Half", "number"),
    ("en", "Hundreds of the machines stand still.", "Hundreds", "number"),
    ("en", "The heating cost one thousand dollars in July 2025.", "July 2025", "number"),
    ("en", "Today nobody works, and the heating cost a lot in March.", "Today", "number"),
    ("en", "The other 16 boilers leave our yard in 5 days.", "5 days", "number"),
    ("en", "Call 010-1234-5679 or write to marit@example.com.", "010-1234-5679", "name"),
    ("en", "Call 010-1234-5678 or write to marit@example.org.", "marit@example.org", "name"),
    ("en", "The price drops by 1.5% for PO-7713.", "PO-7713", "name"),
    ("en", "The other 42 pieces follow no later than 3 June, as Peter Solbrae wrote.", "Peter Solbrae", "name"),
    ("en", "Peter wrote that the other 42 pieces follow no later than 3 June.", "Peter", "name"),
    ("ko", "1차분 90병은 3월 11일 오전에 우리 차가 직접 가서 싣고 옵니다.", "90", "number"),
    ("ko", "1차분 80병은 3월 12일(수) 오전에 우리 차가 직접 가서 싣고 옵니다.", "3월 12일", "number"),
    ("ko", "1차분 80병은 목요일 오전에 우리 차가 직접 가서 싣고 옵니다.", "목요일", "number"),
    ("ko", "1차분 80병은 3월 11일 오후 10시에 우리 차가 싣고 옵니다.", "오후 10시", "number"),
    ("ko", "4월 발주분 단가 12,500원을 5% 깎기로 했습니다.", "5%", "number"),
    ("ko", "4월 발주분 단가 12,500달러를 4% 깎기로 했습니다.", "12,500달러", "unit"),
    ("ko", "두 회사가 닷새 동안 시험했습니다.", "닷새", "number"),
    ("ko", "다섯 회사가 사흘 동안 시험했습니다.", "다섯", "number"),
    ("ko", "불량은 천 개 가운데 절반이었습니다.", "절반", "number"),
    ("ko", "예산은 삼만육천 원입니다.", "삼만육천 원", "number"),
    ("ko", "나머지 160병은 3월 17일까지 홍길동 팀장님과 정했습니다.", "홍길동", "name"),
    ("ko", "나머지 160병은 김민수가 가져다주기로 했습니다.", "김민수", "name"),
    ("ko", "문의는 gim@example.co.kr로 부탁드립니다.", "gim@example.co.kr", "name"),
    ("ko", "문의는 GD-1023으로 부탁드립니다.", "GD-1023", "name"),
])
def test_what_stands_nowhere_is_found_at_its_place(lang, text, at, code):
    found = [each for each in check(text, SOURCES[lang], lang) if each.fails]
    assert (code, at) in [(each.code, each.text) for each in found] or (code, f"{at}.") in [(each.code, each.text) for each in found], found
    assert all(text[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize(("lang", "text", "at"), [
    ("en", "A first lot of 42 boilers leaves our yard on 16 May with Brackwater.", "42"),
    ("ko", "1차분 160병은 3월 11일(수) 오전 10시에 우리 차가 직접 가서 싣고 옵니다.", "160"),
])
def test_the_number_of_something_else(lang, text, at):
    assert ("bound", at, True) in [(each.code, each.text, each.fails) for each in check(text, SOURCES[lang])]


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "The workshop will open before Wednesday, 9:30."),
    ("en", "A first lot of 22 boilers never leaves our yard on 16 May with Brackwater."),
    ("en", "For each full week of delay the price rises by 1.5%, which is $118 net."),
    ("ko", "지체상금은 받고 4월 발주분 단가를 4% 깎기로 했습니다."),
    ("ko", "나머지 160병은 3월 17일까지 기름방에서 가져다주지 않기로 정했습니다."),
])
def test_a_denial_that_is_lost_or_made_up(lang, text):
    assert "negation" in [each.code for each in check(text, SOURCES[lang])]


@pytest.mark.parametrize(("lang", "text", "code"), [
    ("ko", "The first lot of eighty bottles comes on Wednesday.", "language"),
    ("en", "첫 번째 물량 22대가 나갑니다.", "language"),
    ("en", "第一批锅炉将于五月离开。", "language"),
    ("en", "Here is a summary of the mail: A first lot of 22 boilers leaves our yard.", "echo"),
    ("en", "Question: A first lot of 22 boilers leaves our yard on 16 May?", "echo"),
    ("ko", "다음은 메일 내용을 요약한 것입니다.", "echo"),
    ("ko", "요약: 1차분 80병은 3월 11일 오전에 싣고 옵니다.", "echo"),
    ("en", "the boilers are late and the boilers are late and the boilers are late and the boilers are late", "loop"),
    ("ko", "싣고 옵니다 싣고 옵니다 싣고 옵니다 싣고 옵니다 싣고 옵니다 싣고 옵니다", "loop"),
    ("en", "Everybody was extraordinarily happy about these wonderful developments overall.", "copy"),
    ("ko", "모든 직원들이 훌륭한 성과에 대하여 매우 기뻐하였다고 전해집니다.", "copy"),
    ("en", "...", "empty"),
])
def test_how_it_is_written(lang, text, code):
    assert code in [each.code for each in check(text, SOURCES[lang], lang) if each.fails]


def test_instructions_are_no_summary():
    told = "Summarize the mail below in three short bullets and keep every number and date. 메일을 세 줄로 줄이고 숫자와 날짜는 모두 남기세요."
    assert "echo" in [each.code for each in check("Keep every number and date in three short bullets.", SOURCES["en"], "en", told)]
    assert "echo" in [each.code for each in check("숫자와 날짜는 모두 남기세요.", SOURCES["ko"], "ko", told)]
    assert check(ENGLISH[0], SOURCES["en"], "en", told) == ()


def test_what_stands_in_the_headers_is_known():
    source = of("The castings will be late.")
    said = "Henrik Solbrae wrote on 14 April that the castings will be late."
    assert {each.code for each in check(said, source)} >= {"name", "number"}
    assert [each for each in check(said, Source(source, beside=["From: Henrik Solbrae <h@example.com>", "Date: Mon, 14 Apr 2025 16:22:00"])) if each.fails] == []


@pytest.mark.parametrize(("lang", "good", "bad", "wanted"), [
    ("en", "A first lot of 22 boilers leaves our yard on 16 May. The other 42 pieces follow no later than 3 June.",
     "A first lot of 99 boilers leaves our yard on 16 May. A first lot of 99 boilers leaves our yard on 16 May.", ["3 June", "$118 net"]),
    ("ko", "1차분 80병은 3월 11일(수) 오전 10시에 싣고 옵니다. 나머지 160병은 3월 17일까지 기름방에서 가져다줍니다.",
     "1차분 95병은 3월 11일 오전 10시에 싣고 옵니다. 1차분 95병은 3월 11일 오전 10시에 싣고 옵니다.", ["3월 17일", "12,500원"]),
])
def test_a_whole_summary(lang, good, bad, wanted):
    texts = ENGLISH if lang == "en" else KOREAN
    some = []
    for text in wanted:
        line = next(line for line in of(*texts) if text in line.text)
        some.append(Particular("amount" if "원" in text or "$" in text else "deadline", text, 0, len(text), line))
    checks = check_summary(good, SOURCES[lang], lang, particulars=some)
    assert not checks.fails and [each.line for each in checks.sentences] == [0, 1]
    assert all(good[each.start : each.end] == each.text and each.copy > 0.5 for each in checks.sentences)
    assert checks.dropped == (some[1],) and checks.recall == 0.5
    checks = check_summary(bad, SOURCES[lang], lang)
    assert checks.fails and [any(each.code == "loop" for each in sentence.findings) for sentence in checks.sentences] == [False, True]
    assert checks.repeated > 0.3 and [each.code for each in checks.findings] == ["loop"]
    assert check_summary("", SOURCES[lang]).fails and check_summary("", SOURCES[lang]).recall is None


# every changed number must be caught, and nothing of what is true

WORDS = {"two": "seven", "three": "nine", "four": "eleven", "five": "sixteen", "six": "forty", "두": "일곱", "세": "아홉", "네": "여섯"}
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:two|three|four|five|six)\b|(?<![가-힣])(?:두|세|네) (?=[가-힣])")


def changed(text: str, chance: random.Random) -> str:
    """The text with another number in the place of one of its numbers."""
    match = chance.choice(list(NUMERAL.finditer(text)))
    word = match[0].strip()
    if word in WORDS:
        other = match[0].replace(word, WORDS[word])
    else:
        place = chance.choice([place for place, character in enumerate(word) if character.isdigit()])
        other = word[:place] + chance.choice([digit for digit in "123456789" if digit != word[place]]) + word[place + 1 :]
    return text[: match.start()] + other + text[match.end() :]


@pytest.mark.parametrize("corpus", corpora.samples())
def test_every_invented_number_in_the_samples_is_found_and_no_true_one(corpus):
    chance = random.Random(11)
    invented = true = 0
    for file in sorted((corpora.SAMPLES / corpus / "documents").iterdir()):
        if file.suffix in (".pdf", ".xlsx", ".csv"):
            continue
        own = lines(read(file.read_bytes(), file.name, "")[0])
        source, text = Source(own), "\n".join(line.text for line in own)
        for line in own:
            assert [each for each in check(line.text, source) if each.fails] == [], line.text
            assert unsupported(line.text, text) == []
            true += 1
            other = changed(line.text, chance) if NUMERAL.search(line.text) else ""
            if unsupported(other, text):
                invented += 1
                assert any(each.fails for each in check(other, source)), other
    assert true > 150 and invented > 60


@settings(deadline=None, max_examples=80)
@given(st.sampled_from([*ENGLISH, *KOREAN]).filter(NUMERAL.search), st.integers(0, 10**6))
def test_of_any_changed_number(text, seed):
    other = changed(text, random.Random(seed))
    lang = "en" if text in ENGLISH else "ko"
    if unsupported(other, SOURCES[lang].everything):
        assert fails(other, lang)


PIECES = (
    "Dana Brooks", "3 March", "$340", "1,000", "two", "GD-1022", "a@harborlane.example", "do not", "said.", "is due at 15:00", "5 %",
    "3월 5일", "45만 원", "홍길동 과장님", "010-1234-5678", "않았습니다.", "네 개", "오후 3시", "그리고", "?", "\n")


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_the_words_at_fault_stand_where_it_is_said(text, source):
    for each in check(text, of(*source), "en", "told"):
        assert text[each.start : each.end] == each.text


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.lists(st.text(max_size=80), max_size=3))
def test_a_text_invents_nothing_beside_itself(text, source):
    checks = check_summary(text, of(*source, text), "ko")
    assert not any(each.code in ("number", "unit", "name") and each.fails for sentence in checks.sentences for each in sentence.findings)


def test_the_second_check_knows_numbers_by_itself():
    assert {value for _, values in numbers("twenty-two, 3만 5천 원, 1.5 million, two hundred and five, 삼만오천 원, 16 May, 사흘") for value in values} >= {
        22, 35000, 1_500_000, 205, 16, 3}
    assert unsupported("It costs 1,000 and two of them, 오후 3시", "It costs a thousand: one thousand, 2 pieces, 15:00") == []
    assert unsupported("It costs 1,001. 네 개입니다.", "It costs 1,000. 세 개입니다.") == ["1,001", "네"]


def test_many_lines_are_read_once():
    own = [Line("1", number, number + 1, f"Machine {number} of hall {number % 17} stands still since 3 June.") for number in range(3000)]
    source = Source(own)
    assert check("Machine 2999 of hall 7 stands still since 3 June.", source) == ()
    assert [each.text for each in check("Machine 3001 of hall 7 stands still since 3 June.", source)] == ["3001"]
    assert source.nearest("hall machine stands") is not None
