"""Days, deadlines, amounts, attachments, questions and requests, found by code and each at its place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cues import questions, requests
from workbench.days import days
from workbench.nouns import Document
from workbench.particulars import particulars, root
from workbench.reading import read

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(("text", "words", "value", "due"), [
    ("Please sign by Friday.", "Friday", "2026-03-06", True),
    ("Return it by Tuesday, 17:00.", "Tuesday, 17:00", "2026-03-10 17:00", True),
    ("Send it by EOD.", "EOD", "2026-03-05", True),
    ("Send it by end of day Friday.", "end of day Friday", "2026-03-06", True),
    ("until March 12, 2026 at noon", "March 12, 2026 at noon", "2026-03-12 12:00", True),
    ("The pieces follow no later than 3 June.", "3 June", "2026-06-03", True),
    ("We need it within two weeks.", "within two weeks", "2026-03-19", True),
    ("by the end of the month", "the end of the month", "2026-03-31", True),
    ("by the end of April", "the end of April", "2026-04-30", True),
    ("by next Friday 5 pm", "next Friday 5 pm", "2026-03-13 17:00", True),
    ("Give it to me by the 22nd.", "the 22nd", "2026-03-22", True),
    ("Next meeting: Thursday, 12 March, 9:30", "Thursday, 12 March, 9:30", "2026-03-12 09:30", False),
    ("I call you tomorrow at 3 pm.", "tomorrow at 3 pm", "2026-03-06 15:00", False),
    ("We spoke last Thursday.", "last Thursday", "2026-02-26", False),
    ("I come on Tuesday.", "Tuesday", "", False),
    ("It was in November.", "November", "2025-11", False),
    ("3월 17일(화)까지 부탁드립니다.", "3월 17일(화)", "2026-03-17", True),
    ("금요일까지 회신 바랍니다.", "금요일", "2026-03-06", True),
    ("다음 주 화요일 오전 10시까지 주세요.", "다음 주 화요일 오전 10시", "2026-03-10 10:00", True),
    ("4월 말까지 견본을 받겠습니다.", "4월 말", "2026-04-30", True),
    ("월말까지 제출해 주세요.", "월말", "2026-03-31", True),
    ("내일까지 보내 주세요.", "내일", "2026-03-06", True),
    ("사흘 안에 답해 주세요.", "사흘 안에", "2026-03-08", True),
    ("늦어도 수요일 퇴근 전에 알려 주세요.", "수요일 퇴근 전", "2026-03-11", True),
    ("22일까지 내 주세요.", "22일", "2026-03-22", True),
    ("이번 주 중으로 정하겠습니다.", "이번 주 중", "2026-03-06", True),
    ("3/11(수) 오후 3시 회의", "3/11(수) 오후 3시", "2026-03-11 15:00", False),
    ("모레 뵙겠습니다.", "모레", "2026-03-07", False),
    ("어제 통화했습니다.", "어제", "2026-03-04", False),
])
def test_days_are_counted_from_the_day_they_were_written_on(text, words, value, due):
    found = days(text, THURSDAY)
    assert [(each.text, each.value, each.due) for each in found] == [(words, value, due)]
    assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize("text", ["3월 5일부터 3월 8일까지 쉽니다.", "closed from Friday until Monday", "from noon until 5 pm"])
def test_the_end_of_a_span_is_no_deadline(text):
    assert len(days(text, THURSDAY)) == 2 and not any(each.due for each in days(text, THURSDAY))


def test_what_is_counted_from_something_else_is_no_day():
    for text in ("within 38 days of delivery", "받은 날부터 7일 이내", "한국어 수업"):
        assert days(text, THURSDAY) == ()


def test_without_a_day_nothing_is_counted():
    assert [each.value for each in days("by Friday and 3월 5일 and 2026-03-05 and tomorrow")] == ["", "03-05", "2026-03-05", ""]


@pytest.mark.parametrize("text", [
    "Could you sign the note?", "Please send the list.", "Let me know whether it fits.", "We would appreciate it if it came early.",
    "Make sure that the door is closed.", "견적을 받아 주세요.", "확인 부탁드립니다.", "금요일까지 회신 바랍니다.", "보내 주시면 감사하겠습니다.",
    "회신해 주시기 바랍니다.", "언제 가능한지 알려 주실 수 있을까요?", "검토를 요청드립니다.", "상자를 내려 두세요.",
])
def test_requests(text):
    assert requests(text)


@pytest.mark.parametrize("text", [
    "Please find attached the list.", "Please note that we are closed.", "Please do not hesitate to call.", "How are you?", "안녕하세요?",
    "안녕하십니까.", "수고하세요.", "좋은 하루 되세요.", "즐거운 주말 보내세요.", "양해 부탁드립니다.", "회의를 했습니다.", "The list is long.",
])
def test_what_is_said_out_of_politeness_asks_for_nothing(text):
    assert not requests(text) and not questions(text)


@pytest.mark.parametrize("text", ["When do you ship?", "Is that the pump?”", "언제 보내나요?", "비용이 얼마인가요", "가능할까요?", "재고가 있는지 궁금합니다."])
def test_questions(text):
    assert questions(text)


def mails(*bodies: tuple[str, str, int], subject: str = "Boilers") -> list[Document]:
    return [
        read(f"Subject: {'Re: ' * bool(number)}{subject}\nFrom: {sender}\nTo: all@example.com\nDate: {day} Mar 2026 09:0{number}:00 +0900\n\n{body}".encode(),
             f"{number}.eml", "")[0][0]
        for number, (sender, body, day) in enumerate(bodies)]


KIM, LEE = "Kim <kim@example.com>", "이영희 <lee@example.com>"


def kinds(found) -> list[tuple[str, str, str]]:
    return [(each.kind, each.text, each.value) for each in found]


def test_everything_stands_at_its_place():
    documents = mails((KIM, "The drum costs $86,500 and weighs 35 kg.\n\nCould you sign the enclosed note by Friday? The fair is on 8 April.", 5),
                      (LEE, "견적은 12,500원입니다. 3월 17일까지 회신 부탁드립니다. 납품은 언제인가요?", 6))
    by_id = {document.id: document for document in documents}
    found = particulars(documents)
    for each in found:
        text = by_id[each.line.document].text
        assert text[each.start : each.end] == each.text and text[each.line.start : each.line.end] == each.line.text
    assert kinds(found) == [
        ("sender", KIM, "kim@example.com"),
        ("amount", "$86,500", "86500 USD"),
        ("amount", "35 kg", "35 kg"),
        ("request", "Could you sign the enclosed note by Friday?", ""),
        ("attachment", "enclosed", ""),
        ("deadline", "Friday", "2026-03-06"),
        ("date", "8 April", "2026-04-08"),
        ("sender", LEE, "lee@example.com"),
        ("amount", "12,500원", "12500 KRW"),
        ("request", "3월 17일까지 회신 부탁드립니다.", ""),
        ("deadline", "3월 17일", "2026-03-17"),
        ("question", "납품은 언제인가요?", ""),
    ]
    assert {each.by for each in found} == {"kim@example.com", "lee@example.com"}
    assert [each.counted_from for each in found if each.kind == "deadline"] == ["2026-03-05", "2026-03-06"]


def test_what_is_attached_is_linked_to_the_words_that_speak_of_it():
    eml = (b"Subject: List\nFrom: Kim <kim@example.com>\nDate: Thu, 5 Mar 2026 09:00:00 +0900\nMIME-Version: 1.0\n"
           b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n"
           + "가격표를 첨부합니다.".encode() + b"\n--x\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=prices.txt\n\n"
           b"Drum 86,500\n--x--\n")
    documents, _ = read(eml, "a.eml", "")
    assert [(each.text, each.value) for each in particulars(documents) if each.kind == "attachment"] == [("첨부", "prices")]


@pytest.mark.parametrize(("question", "reply", "open"), [
    ("When do the castings leave the yard?", "The castings leave the yard on Monday.", False),
    ("When do the castings leave the yard?", "Thank you for the cake.", True),
    ("When do the castings leave the yard?", "When do the castings leave the yard, indeed?", True),
    ("When do the castings leave the yard?", "> When do the castings leave the yard?\n\nOn Monday.", False),
    ("참기름 1차분은 언제 창고에 들어오나요?", "참기름 1차분은 수요일에 창고로 들어옵니다.", False),
    ("참기름 1차분은 언제 창고에 들어오나요?", "점심은 맛있었습니다.", True),
    ("참기름 1차분은 언제 창고에 들어오나요?", "2026년 3월 5일 (목) 오전 9:12, Kim <kim@example.com>님이 작성:\n> 참기름 1차분은 언제 창고에 들어오나요?\n\n수요일입니다.", False),
    ("참기름 1차분 견적을 확인해 주세요.", "참기름 1차분 견적은 확인했습니다.", False),
])
def test_what_is_answered_later_by_somebody_else(question, reply, open):
    for other, later in ((LEE, 6), (KIM, 6), (LEE, 4)):
        documents = mails((KIM, question, 5), (other, reply, later))
        first = next(each for each in particulars(documents) if each.kind in ("question", "request"))
        answered = not open and other == LEE and later == 6
        assert first.open is not answered and bool(first.answer) is answered
        assert not first.answer or first.answer.document == documents[1].id


def test_another_thread_answers_nothing():
    documents = mails((KIM, "When do the castings leave the yard?", 5))
    documents += mails((LEE, "The castings leave the yard on Monday.", 6), subject="Other castings")
    assert [each.open for each in particulars(documents) if each.kind == "question"] == [True]
    assert root("Re: [ext] Fwd: RE: Boilers  late") == root("답장: boilers late") == "boilers late"


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=120), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_of_any_text(text, today):
    for each in days(text, today):
        assert text[each.start : each.end] == each.text
    for each in particulars([Document("1", "", text, "", "txt", date=today.isoformat())]):
        assert text[each.start : each.end] == each.text


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from("by until Friday EOD the end of month 31 2월 말 다음 주 금요일 까지 tomorrow 99 days within 3/11 (수) 12:30 사흘 뒤".split()), max_size=8), st.dates())
def test_of_any_words_of_time(words, today):
    text = " ".join(words)
    for each in days(text, today):
        assert text[each.start : each.end] == each.text
