"""What a mail only says again: where it stands, in the shapes that programs give it, and what of it is indexed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.nouns import Document
from workbench.reading import read
from workbench.reading.quotes import asides, repeated_asides, said
from workbench.reading.unfolding import unfolded
from workbench.retrieval.chunking import chunk

EN = "Subject: Re: Delivery\nFrom: Kim <kim@example.com>\nTo: lee@example.com\nDate: Wed, 5 Mar 2025 09:12:00 +0900\n\n"
KO = "Subject: RE: 납품 지연\nFrom: 홍길동 <hong@example.com>\nTo: 이영희 <lee@example.com>\nDate: Wed, 5 Mar 2025 09:12:00 +0900\n\n"

# Mails as programs write them; what is no word of the message's own stands between « and ».
SHAPES = {
    "gmail en": EN + "We ship on Monday.\n\n«On Wed, Mar 5, 2025 at 9:12 AM Lee Young <lee@example.com> wrote:\n\n> When do you ship?\n>\n> Lee»",
    "gmail en, the line broken": EN + "We ship on Monday.\n\n«On Wed, Mar 5, 2025 at 9:12 AM Lee Younghee of Purchasing\n<lee.younghee@example.com> wrote:\n\n> When do you ship?»",
    "gmail en, html": EN + "We ship on Monday.\n\n«On Wed, Mar 5, 2025 at 9:12 AM Lee <lee@example.com> wrote:\n\nWhen do you ship?\n\nThe customer is waiting.»",
    "gmail ko": KO + "월요일에 보냅니다.\n\n«2025년 3월 5일 (수) 오전 9:12, 이영희 <lee@example.com>님이 작성:\n\n> 언제 보내나요?\n> 고객이 기다립니다.»",
    "gmail ko, html": KO + "월요일에 보냅니다.\n\n«2025년 3월 5일 (수) 오전 9:12, 이영희 <lee@example.com>님이 작성:\n\n언제 보내나요?»",
    "gmail ko, the line broken": KO + "월요일에 보냅니다.\n\n«2025년 3월 5일 (수) 오전 9:12, 이영희(구매팀 과장)\n<lee.younghee@example.com>님이 작성:\n\n> 언제 보내나요?»",
    "outlook en": EN + "We ship on Monday.\n\n«From: Lee <lee@example.com>\nSent: Wednesday, March 5, 2025 9:12 AM\nTo: Kim <kim@example.com>\nSubject: Delivery\n\nWhen do you ship?»",
    "outlook en, a rule": EN + "We ship on Monday.\n\n«________________________________\nFrom: Lee <lee@example.com>\nSent: Wednesday, March 5, 2025 9:12 AM\nTo: Kim\nCc: Park\nSubject: Delivery\n\nWhen do you ship?»",
    "outlook en, bold": EN + "We ship on Monday.\n\n«*From:* Lee <lee@example.com>\n*Sent:* Wednesday, March 5, 2025\n*To:* Kim\n*Subject:* Delivery\n\nWhen?»",
    "outlook en, old": EN + "We ship on Monday.\n\n«-----Original Message-----\nFrom: Lee\nSent: Wednesday, March 5, 2025 9:12 AM\nTo: Kim\nSubject: Delivery\n\nWhen do you ship?»",
    "outlook ko": KO + "월요일에 보냅니다.\n\n«보낸 사람: 이영희 <lee@example.com>\n보낸 날짜: 2025년 3월 5일 수요일 오전 9:12\n받는 사람: 홍길동\n참조: 박철수\n제목: 납품 지연\n\n언제 보내나요?»",
    "outlook ko, old": KO + "월요일에 보냅니다.\n\n«-----원본 메시지-----\n보낸 사람: 이영희\n보낸 날짜: 2025년 3월 5일 수요일 오전 9:12\n받는 사람: 홍길동\n제목: 납품 지연\n\n언제 보내나요?»",
    "apple mail en": EN + "We ship on Monday.\n\n«On 5 Mar 2025, at 09:12, Lee <lee@example.com> wrote:\n\n> When do you ship?»",
    "apple mail en, us": EN + "We ship on Monday.\n\n«On Mar 5, 2025, at 9:12 AM, Lee <lee@example.com> wrote:\n\nWhen do you ship?»",
    "apple mail ko": KO + "월요일에 보냅니다.\n\n«2025. 3. 5. 오전 9:12, 이영희 <lee@example.com> 작성:\n\n> 언제 보내나요?»",
    "naver": KO + "월요일에 보냅니다.\n\n«-----Original Message-----\nFrom: \"이영희\"<lee@example.com>\nTo: \"홍길동\"<hong@example.com>\nCc:\nSent: 2025-03-05 (수) 09:12:33 (GMT+09:00)\nSubject: 납품 지연\n\n언제 보내나요?»",
    "daum": KO + "월요일에 보냅니다.\n\n«--------- 원본 메일 ---------\n보낸사람: 이영희 <lee@example.com>\n받는사람: 홍길동\n날짜: 2025년 3월 5일 수요일, 09시 12분\n제목: 납품\n\n언제 보내나요?»",
    "thunderbird en": EN + "«On 05/03/2025 09:12, Lee wrote:\n> When do you ship?\n> The customer is waiting.»\n\nWe ship on Monday.",
    "thunderbird ko": KO + "«2025-03-05 오전 9:12에 이영희 이(가) 쓴 글:\n> 언제 보내나요?»\n\n월요일에 보냅니다.",
    "interleaved": EN + "«On Wed, 5 Mar 2025, Lee wrote:\n> When do you ship?»\n\nOn Monday.\n\n«> And what does it cost?\n> With tax?»\n\n410 dollars with tax.",
    "interleaved ko": KO + "«2025년 3월 5일 (수) 오전 9:12, 이영희 <lee@example.com>님이 작성:\n> 언제 보내나요?»\n월요일입니다.\n«> 값은요?»\n410만 원입니다.",
    "bottom posting": EN + "«> When do you ship?\n>> We do not know.\n> Please ask.»\n\nI asked: on Monday.",
    "a thread of three": EN + "Fine.\n\n«On Wed, Mar 5, 2025 at 9:12 AM Lee <lee@example.com> wrote:\n> We ship on Monday.\n>\n> On Tue, Mar 4, 2025 at 8:00 AM Kim <kim@example.com> wrote:\n>> When?»",
    "no quote": EN + "The boiler arrives on Monday.\n\nFrom: the harbor\nwe drive it to the yard.\n\nOn Friday Lee wrote: it is late.\n\n- 5 > 3\n- a -- b\n\nBest regards\nKim",
    "no quote ko": KO + "납품은 월요일입니다.\n\n2025년 3월 5일 회의에서 작성: 예산안\n\n제목: 미정\n\n감사합니다.",
    "thanks in the middle": KO + "자료를 보내 주셔서 감사합니다.\n\n감사합니다.\n\n추가로 월요일 오후 2시에 회의실로 와 주시면 준비한 자료를 함께 검토하겠습니다.",
    "thanks with a number below": KO + "감사합니다.\n\n그리고 납품은 월요일에 합니다. 문의는 02-123-4567로 해 주시기 바랍니다.",
    "signature": EN + "We ship on Monday.\n\n«--\nKim Minsu\nHarbor Lane Supply\n+82 2-123-4567»",
    "signature behind dashes, then a quote": EN + "We ship on Monday.\n\n«--\nKim Minsu, Harbor Lane»\n\n«On Wed, 5 Mar 2025 at 09:12, Lee <lee@example.com> wrote:\n> When?»",
    "closing formula": EN + "We ship on Monday.\n\n«Best regards,\nKim Minsu\nHarbor Lane Supply | Tel. +82-2-123-4567\n12 Harbor Lane Street»",
    "closing formula, no address": EN + "We ship on Monday.\n\nBest regards,\nKim",
    "closing formula ko": KO + "월요일에 보냅니다.\n\n«감사합니다.\n\n홍길동 드림\n\n주식회사 새벽 구매팀 과장\n전화 02-123-4567 | 휴대폰 010-1234-5678\n서울시 강남구 테헤란로 12»",
    "signature ko": KO + "월요일에 보냅니다.\n\n«홍길동 올림\n(주)새벽 | 내선 230 | hong@example.com»\n\n«2025년 3월 5일 (수) 오전 9:12, 이영희 <lee@example.com>님이 작성:\n> 언제?»",
    "telephone": EN + "We ship on Monday.\n\n«Sent from my iPhone»",
    "telephone ko": KO + "월요일에 보냅니다.\n\n«나의 iPhone에서 보냄»",
    "small print": EN + "We ship on Monday.\n\n«This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, delete it.»",
    "small print ko": KO + "월요일에 보냅니다.\n\n«본 메일은 지정된 수신인만을 위한 것이며, 기밀 정보를 담고 있을 수 있습니다. 잘못 받으셨으면 삭제해 주십시오.»",
    "signature and small print": EN + "Monday.\n\n«Kind regards\nKim\nTel: 02-123-4567»\n\n«CONFIDENTIALITY NOTICE: This message is intended only for the addressee.»",
    "confidential plans": EN + "This message is about the plan for March.\n\nThe plan is confidential until Monday, then we tell the press.",
    "forward, gmail": "Subject: Fwd: Delivery\nFrom: kim@example.com\n\nPlease see below.\n\n---------- Forwarded message ---------\nFrom: Lee <lee@example.com>\nDate: Wed, Mar 5, 2025\nSubject: Delivery\nTo: Kim\n\nWe ship on Monday.",
    "forward, apple": EN + "See below.\n\nBegin forwarded message:\n\nFrom: Lee <lee@example.com>\nSubject: Delivery\nDate: 5 March 2025\nTo: Kim\n\nWe ship on Monday.",
    "forward, outlook": "Subject: FW: Delivery\nFrom: kim@example.com\n\nPlease see.\n\nFrom: Lee <lee@example.com>\nSent: Wednesday, March 5, 2025\nTo: Kim\nSubject: Delivery\n\nWe ship on Monday.",
    "forward, naver": "Subject: FW: 납품\nFrom: hong@example.com\n\n참고하세요.\n\n---------- 전달된 메시지 ----------\n보낸 사람: 이영희\n날짜: 2025년 3월 5일\n제목: 납품\n받는 사람: 홍길동\n\n월요일에 보냅니다.",
    "forward of a signed message": "Subject: Fwd: x\nFrom: a@example.com\n\nFYI\n\n«Best regards\nKim, Tel. 02-123-4567»\n\n---------- Forwarded message ---------\nFrom: Lee\nDate: 5 March\nTo: Kim\n\nWe ship.",
    "yahoo": EN + "Fine.\n\n«  On Wednesday, March 5, 2025 at 09:12:00 AM GMT+9, Lee <lee@example.com> wrote:\n\n When do you ship?»",
    "outlook on a telephone": EN + "Fine.\n\n«Get Outlook for iOS»\n\n«________________________________\nFrom: Lee\nSent: Wednesday\nTo: Kim\nSubject: x\n\nWhen?»",
    "samsung": EN + "OK\n\n«Sent from my Galaxy»\n\n«-------- Original message --------\nFrom: Lee\nDate: 3/5/25 9:12 AM (GMT+09:00)\nTo: Kim\nSubject: x\n\nWhen?»",
    "hiworks": KO + "네.\n\n«---------- 원본 메일 ----------\n보낸사람 : 이영희\n받는사람 : 홍길동\n보낸날짜 : 2025-03-05 09:12:00\n제목 : 납품\n\n언제요?»",
    "apple mail ko, html": KO + "네.\n\n«2025년 3월 5일 오전 9:12, 이영희 <lee@example.com> 작성:\n\n언제요?»",
    "thanks above a list": EN + "Thanks\n\nThe suppliers are:\nKim Castings, Tel. 02-123-4567\nLee Steel, Tel. 02-123-4568",
    "a list of numbers": KO + "연락처입니다.\n\n구매팀 02-123-4567\n물류팀 02-123-4568\n\n감사합니다.",
    "a form": EN + "Shipment:\nFrom: Busan\nTo: Rotterdam\nDate: 5 March\nWeight: 3 t",
    "a report that is cited": EN + "On page 12 of the 2024 report Kim wrote:\nwe will close the site.\nI do not agree.",
    "dashes between paragraphs": EN + "Part one\n\n--\n\nPart two is a long paragraph that says very much about the boiler and about the harbor, and it goes on.",
    "signature and small print in two paragraphs": EN + "Monday.\n\n«Regards,\n\nKim Minsu | Operations\nm: +44 7700 900123 | kim@example.com»\n\n"
        "«This email is confidential and intended solely for the use of the individual.\n\nPlease consider the environment before printing.»",
    "nothing but a quote": EN + "«> When do you ship?»",
    "no body": EN.strip(),
}


def marked(shape: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without its marks, and the places they stood around."""
    spans, clean, start = [], "", 0
    for piece in re.split("([«»])", shape):
        if piece == "«":
            start = len(clean)
        elif piece == "»":
            spans.append((start, len(clean)))
        else:
            clean += piece
    return clean, tuple(spans)


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_mails(name):
    text, spans = marked(SHAPES[name])
    assert [text[start:end] for start, end in asides(text)] == [text[start:end] for start, end in spans]


LINES = st.sampled_from(["> quoted", ">> twice", "On Wed, 5 Mar 2025, Lee wrote:", "--", "Best regards", "From: a", "Sent: b", "To: c", "", "",
                         "words of the message", "감사합니다.", "전화 02-123-4567", "-----Original Message-----", "2025년 3월 5일, 이영희님이 작성:"])


@given(st.lists(LINES, max_size=30).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_asides_are_whole_lines_in_order(text):
    places = [0, *(place for span in asides(text) for place in span), len(text)]
    assert places == sorted(places)
    for start, end in asides(text):
        assert start < end and text[start:end].strip() and (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in ("", "\n")


def test_long_mails_take_no_time():
    for line in ("> quoted line of a mail\n", "On Wed, 5 Mar 2025 in many words\n", "-" * 200 + "\n", "From: a\n", "감사합니다.\n", "a" * 300 + "\n"):
        text = EN + line * (500_000 // len(line))
        asides(text), said(text)


def test_what_is_said_is_the_same_however_it_is_quoted():
    paragraph = "The boiler that was promised for the twelfth of May arrives a week later than we had agreed. We are sorry about that."
    wrapped = "> The boiler that was promised for the twelfth of May arrives a week\n> later than we had agreed. We are sorry about that.\n"
    assert said(paragraph) == said(wrapped) == said(wrapped.replace("> ", ">> "))
    assert said("On Wed, 5 Mar 2025 at 9:12, Lee <lee@example.com> wrote:\nFrom: Lee\nok\n-----Original Message-----") == []
    assert all(-(2**63) <= number < 2**63 for number in said(paragraph))


# A thread is indexed once


def message(subject: str, body: str, hour: int) -> str:
    return (f"From a@example.com Wed Mar  5 {hour:02}:00:00 2025\nFrom: Kim <kim@example.com>\nSubject: {subject}\n"
            f"Date: Wed, 5 Mar 2025 {hour:02}:00:00 +0900\n\n{body}\n\n")


def quoted(body: str, hour: int) -> str:
    return f"On Wed, 5 Mar 2025 at {hour:02}:00, Kim <kim@example.com> wrote:\n" + "\n".join(f"> {line}".rstrip() for line in body.split("\n"))


SIGNATURE = "--\nKim Minsu, Harbor Lane Supply\nTannery Yard, Unit 7, Port Aldermouth"
SAID = ["The boiler was promised for the twelfth of May.", "It arrives a week later than we agreed upon.", "Please send the demo machine until then.",
        "The demo machine leaves on Thursday morning.", "Thank you, it stands in the kitchen now."]


def thread() -> list[Document]:
    """Five mails, each with all before it quoted below, all signed."""
    bodies = [f"{SAID[0]}\n\n{SIGNATURE}"]
    for number, text in enumerate(SAID[1:]):
        bodies.append(f"{text}\n\n{SIGNATURE}\n\n{quoted(bodies[-1], 9 + number)}")
    box = "".join(message("Re: Boiler" if number else "Boiler", body, 9 + number) for number, body in enumerate(bodies))
    return read(box.encode(), "thread.mbox", "corpus")[0]


def nothing_known(numbers: list[int]) -> set[int]:
    return set()


def test_a_thread_is_indexed_once():
    documents = thread()
    assert [len(each.asides) for each in documents] == [1, 2, 2, 2, 2]
    without = repeated_asides(documents, nothing_known)
    assert [len(without.get(each.id, ())) for each in documents] == [0, 2, 2, 2, 2]
    words = [each.text for document in documents for each in chunk(document, len, 200, 20, without.get(document.id, ()))]
    for text in [*SAID, "Tannery Yard"]:
        assert sum(text in each for each in words) == 1


def test_a_quote_of_what_is_nowhere_else_stays_once():
    documents = thread()[2:]  # the first two mails are lost
    without = repeated_asides(documents, nothing_known)
    words = [each.text for document in documents for each in chunk(document, len, 1000, 0, without.get(document.id, ()))]
    assert [sum(text in each for each in words) for text in SAID] == [1] * 5


def test_what_the_corpus_knows_is_left_out():
    documents = thread()
    known = set(said("\n".join(SAID) + "\n" + SIGNATURE))
    without = repeated_asides(documents[4:], lambda numbers: known & set(numbers))
    assert without == {documents[4].id: documents[4].asides}
    asked: list[int] = []
    repeated_asides(documents, lambda numbers: set(asked.extend(numbers) or ()))
    assert not set(asked) & {number for document in documents for number in said(document.text[: document.text.index("\n--")])}


def test_a_quote_that_was_changed_stays():
    first, second = message("Boiler", SAID[0], 9), message("Re: Boiler", f"{SAID[1]}\n\n{quoted(SAID[0], 9)}\n> And a line that nobody sent.", 10)
    documents, _ = read((first + second).encode(), "a.mbox", "corpus")
    assert repeated_asides(documents, nothing_known) == {}


@given(st.lists(st.integers(0, 200), max_size=8), st.integers(0, 8), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_chunks_never_cross_an_aside(places, kept, overlap):
    text = " ".join(f"word{number}" for number in range(30)) + "."
    places = sorted({min(place, len(text)) for place in places})[: len(places) // 2 * 2]
    spans = tuple(zip(places[::2], places[1::2], strict=False))
    document = Document("d", "t", text, "s", "eml", asides=spans)
    without = spans[:kept]
    covered = set()
    for each in chunk(document, lambda piece: len(piece.split()), 10, overlap, without):
        assert document.text[each.start : each.end] == each.text
        inside = [each.start >= start and each.end <= end for start, end in spans]
        outside = [each.end <= start or each.start >= end for start, end in spans]
        assert all(a or b for a, b in zip(inside, outside, strict=True))
        covered.update(range(each.start, each.end))
    left_out = {place for start, end in without for place in range(start, end)}
    assert not covered & left_out
    assert covered | left_out >= {place for place, letter in enumerate(text) if not letter.isspace()}


GMAIL = (
    "Subject: Re: Boiler\nFrom: Ana <ana@example.com>\nDate: Wed, 5 Mar 2025 09:12:00 +0900\n\nI agree with both of you.\n\n"
    "On Tue, Mar 4, 2025 at 9:12 AM Ben Reed <ben@example.com> wrote:\n\n> The valve costs 340 euros.\n>\n"
    "> 2025년 3월 3일 (월) 오전 8:05, 이영희 <lee@example.com>님이 작성:\n>> 보일러가 새고 있습니다.\n>>\n>> 밸브를 바꿔야 합니다.\n> It comes on Monday.\n")
OUTLOOK = (
    "Subject: Re: Boiler\nFrom: Ana <ana@example.com>\n\nI agree with both of you.\n\n-----Original Message-----\n\nFrom: Ben Reed\n"
    "Sent: Tuesday, March 4, 2025 9:12 AM\nTo: Ana\nSubject: RE: Boiler\n\nThe valve costs 340 euros.\nIt comes on Monday.\n\n"
    "보낸 사람: 이영희 <lee@example.com>\n보낸 날짜: 2025년 3월 3일 월요일 오전 8:05\n받는 사람: Ben\n제목: 보일러\n\n보일러가 새고 있습니다.\n\n밸브를 바꿔야 합니다.\n")


def letter(text: str, name: str = "a") -> Document:
    return Document(name, "Boiler", text, f"{name}.eml", "eml", asides=asides(text))


def body(document: Document) -> str:
    return document.text.partition("\n\n")[2]


@pytest.mark.parametrize("text", [GMAIL, OUTLOOK])
def test_a_thread_that_only_its_last_mail_holds_is_taken_apart_the_oldest_first(text):
    first, second, last = unfolded([letter(text)])
    assert body(first) == "보일러가 새고 있습니다.\n\n밸브를 바꿔야 합니다."
    assert "From: 이영희 <lee@example.com>" in first.text
    assert first.date == "2025-03-03"
    assert body(second).split() == "The valve costs 340 euros. It comes on Monday.".split()
    assert "From: Ben Reed" in second.text
    assert second.date == "2025-03-04"
    assert last == letter(text)
    assert first.parent == second.parent == last.parent


def test_what_a_mail_quotes_of_another_that_is_there_is_not_read_again():
    first, second, _ = unfolded([letter(GMAIL)])
    there = [letter(second.text, "b"), letter(first.text, "c"), letter(GMAIL)]
    assert unfolded(there) == there
    assert len(unfolded([letter(GMAIL), letter(OUTLOOK, "b")])) == 4  # of two that quote the same, each message once


def test_a_signature_is_no_message():
    text = EN + "We ship on Monday.\n\n-- \nKim Young\nPurchasing, phone 02-555-0142\n"
    assert asides(text)
    assert unfolded([letter(text)]) == [letter(text)]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40))
def test_a_mail_that_quotes_any_number_of_messages_gives_each_once(count):
    text = ""
    for number in range(count):
        quoted = "".join(f"> {line}\n" for line in text.rstrip("\n").split("\n")) if text else ""
        introduced = f"On Mon, 3 Mar 2025 at 8:{number:02}, Person {number - 1} <p@example.com> wrote:\n{quoted}" if text else ""
        text = f"This is what message {number} says.\n\n{introduced}"
    found = unfolded([letter(f"Subject: Re: all\nFrom: Kim\n\n{text}")])
    assert [re.search(r"message \d+", each.text)[0] for each in found] == [f"message {number}" for number in range(count)]


def test_a_quoted_message_is_known_again_however_it_is_wrapped_and_by_its_numbers():
    long = "한빛운송이 나을 것 같습니다. 다만 서버실 장비는 별도로 포장해야 하므로 추가 비용 30만 원이 들 수 있습니다."
    wrapped = long.replace("하므로 ", "하므로\n> ")
    quoting = letter(f"Subject: Re: 이사\nFrom: Ana\n\n좋습니다.\n\nOn Tue, Mar 4, 2025 at 9:12 AM Ben <b@example.com> wrote:\n> {wrapped}\n")
    there = letter(f"Subject: 이사\nFrom: Ben\n\n{long}\n", "b")
    assert unfolded([there, quoting]) == [there, quoting]
    other = letter(f"Subject: 이사\nFrom: Ben\n\n{long.replace('30', '40')}\n", "b")
    assert len(unfolded([other, quoting])) == 3
