"""A draft reply: every open request restated, answered out of the documents with their source, or left as a visible blank."""

import pytest

from workbench.cues import asks_to_know
from workbench.errors import BadRequest
from workbench.nouns import Document
from workbench.reading import read
from workbench.reply import draft

ENGLISH = """Subject: Order 50418
From: Mirabel Ashgrove <mirabel@petrel.example.com>
To: support@harborlane.example.com
Date: Mon, 26 May 2025 11:47:05 +0100

Dear team,

How many days do home customers have to send an item back? Could you please send me a new invoice by Friday?
Does the Gannet Duo run on solar power in Norway?

Kind regards
Mirabel
"""
KOREAN = """Subject: 문의드립니다
From: 홍길동 <hong@example.com>
To: help@example.co.kr
Date: Tue, 26 May 2026 11:47:05 +0900

안녕하세요.

닭갈비 키트는 냉장고에서 며칠 보관할 수 있나요? 계약서에 서명해서 금요일까지 보내 주세요.
우주여행 상품도 판매하시나요?

홍길동 드림
"""


def test_an_answer_to_an_answer_is_called_one(samples):
    assert draft(samples, mail(ENGLISH.replace("Subject: ", "Subject: RE: Re: ")), "harbor-lane").subject.count("Re: ") == 1
    found = draft(samples, mail(KOREAN.replace("Subject: ", "Subject: 답장: ")), "saebyeok-foods").subject
    assert found.startswith("Re: ") and "답장" not in found


def mail(text: str) -> list[Document]:
    return read(text.encode(), "m.eml", "")[0]


@pytest.mark.parametrize(("text", "corpus", "lang", "to", "hello", "asked", "bye"), [
    (ENGLISH, "harbor-lane", "en", "mirabel@petrel.example.com", "Dear Mirabel Ashgrove,", "You asked: “How many days", "Kind regards,"),
    (KOREAN, "saebyeok-foods", "ko", "hong@example.com", "홍길동 님께", "문의하신 내용: “닭갈비 키트는", "감사합니다."),
])
def test_what_the_documents_answer_is_cited_and_the_rest_stays_blank(samples, text, corpus, lang, to, hello, asked, bye):
    found = draft(samples, mail(text), corpus)
    assert (found.to, found.lang, found.subject) == (to, lang, f"Re: {mail(text)[0].title}")
    assert [part.kind for part in found.parts] == ["greeting", "answer", "blank", "blank", "closing"]
    greeting, answered, action, unknown, closing = found.parts
    assert greeting.text.startswith(hello) and closing.text.startswith(bye)
    assert answered.text.startswith(asked) and answered.text.endswith("[1]") and answered.best.text in answered.text
    document = samples.store.texts([answered.best.hit.chunk.document_id])[answered.best.hit.chunk.document_id]
    assert " ".join(document[answered.best.start : answered.best.end].split()) == answered.best.text
    assert answered.best.hit.source in found.sources[1] and len(found.sources) == 2
    assert action.relevance is None and unknown.relevance.refused, "what is to be done is asked of nobody"
    for blank in (action, unknown):
        assert blank.request.text in blank.text and blank.text.endswith("[ … ]")
    assert found.blanks == 2 and all(part.text in found.text for part in found.parts)


def test_one_person_of_a_thread_is_answered(samples):
    later = ENGLISH.replace("Mirabel Ashgrove <mirabel@", "Bo <bo@").replace("26 May", "27 May").replace("How many days", "How many working days")
    thread = mail(ENGLISH) + mail(later)
    assert draft(samples, thread, "harbor-lane").to == "bo@petrel.example.com"
    found = draft(samples, thread, "harbor-lane", to="mirabel@petrel.example.com", lang="ko")
    assert found.to == "mirabel@petrel.example.com" and found.lang == "ko"
    assert [part.request.by for part in found.parts if part.request] == ["mirabel@petrel.example.com"] * 3


def test_the_mail_itself_is_no_answer_to_it(bench, tmp_path):
    from workbench.ingest import ingest

    (tmp_path / "m.eml").write_text(KOREAN.replace("우주여행 상품도 판매하시나요?", "우주여행 상품은 판매하지 않는다고 들었습니다. 정말 그런가요?"), encoding="utf-8")
    (tmp_path / "a.txt").write_text("점심시간은 열두 시부터입니다. 주차장은 건물 뒤에 있습니다.", encoding="utf-8")
    for _ in ingest(bench, [tmp_path], "office"):
        pass
    found = draft(bench, mail((tmp_path / "m.eml").read_text(encoding="utf-8")), "office")
    assert all(part.kind == "blank" for part in found.parts[1:-1]) and not found.sources


def test_nothing_is_asked(samples):
    for text, corpus, words in (("All is well. Thank you.", "harbor-lane", "no question"), ("잘 받았습니다. 좋은 하루 되세요.", "saebyeok-foods", "찾지 못했습니다")):
        found = draft(samples, [Document("1", "", text, "", "txt")], corpus)
        assert [part.kind for part in found.parts] == ["greeting", "blank", "closing"] and words in found.text and found.to == ""
    with pytest.raises(BadRequest):
        draft(samples, [], "harbor-lane")


@pytest.mark.parametrize(("text", "so"), [
    ("Could you let me know how much it costs?", True), ("When do you ship?", True), ("Please explain the fee.", True),
    ("Could you please send me a new invoice by Friday?", False), ("Please sign the note.", False),
    ("택배비가 얼마인지 알려 주세요.", True), ("보관 기간이 궁금합니다.", True), ("언제 보내나요?", True),
    ("계약서에 서명해서 금요일까지 보내 주세요.", False), ("상자를 내려 두세요.", False),
])
def test_words_alone_answer_some_requests(text, so):
    assert asks_to_know(text) is so
