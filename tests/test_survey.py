"""Questions about a whole set: recognized, and counted as a person counts."""

import pytest

from workbench import corpora
from workbench.ingest import ingest
from workbench.nouns import Filter
from workbench.retrieval.survey import asks_for_all, content_words, stem
from workbench.search import survey

ENGLISH = """
How many customers complained about late delivery?
Which mails mention delays?
List all complaints about the kettle.
List every product that was recalled.
How many reviews mention the lid?
Which reviews mention noise?
How many emails are about the office move?
Show me all mails from March about the supplier.
Give me every review that mentions the battery.
Which documents mention the Gannet Duo?
In which documents is the deposit mentioned?
How many documents talk about data protection?
Which customers were unhappy with the grinder?
How many customers praised the coffee?
How many of our customers mention the packaging?
What complaints did we receive about the frother?
What do customers say about the support?
What are customers complaining about?
How often is the drain hose mentioned?
How many times was the hotline complained about?
Find all messages that mention the boiler.
How many tickets were received about E5 errors?
Which files contain the word warranty?
How many rows are about the Skerry 64?
Count all reviews about Breakwater No. 4.
How many comments are there about the price?
Which meetings discussed the budget?
Name all suppliers mentioned in the mails.
How many people mentioned the beeping?
Which cafes complained about leaks?
List the customers who complained about shipping.
Which products received bad reviews?
How many products have complaints about the manual?
Tell me all customers that mention a refund.
All mails that mention the furnace, please.
Every complaint about broken handles
What do our clients think of the new roaster?
Collect all feedback on the delivery.
Which reports mention an accident?
How many messages came from Oriel Castings?
What is the number of complaints about cracked lids?
Across all reviews, what comes up most?
How many users reported problems with the display?
Which invoices mention a discount?
How many reviews give one star?
Are there any reviews that mention the smell?
Who complained about the delivery?
List the mails from Oriel Castings.
Summarize all complaints about the hotline.
""".strip().splitlines()

KOREAN = """
배송 지연 불만은 몇 건인가요?
어떤 메일들이 지연을 언급하나요?
포장에 대한 후기를 모두 나열해 주세요.
납품 지연에 관한 메일을 전부 알려줘
포장을 칭찬한 후기는 몇 개인가요?
몇 명이 배송을 불평했나요?
몇 명의 고객이 맛에 만족했나요?
고객 몇 명이 포장을 칭찬했나요?
참기름이 나오는 문서는 어떤 것이 있나요?
어떤 후기에서 뚜껑을 언급하나요?
어떤 문서에 보증금이 나오나요?
환불을 언급한 메일을 모두 찾아 주세요.
장애를 다룬 메일은 몇 통인가요?
모든 불만 사항을 정리해 줘
매운맛에 대한 의견을 전부 보여 주세요.
닭갈비 후기는 모두 몇 건인가요?
배송에 관한 문의가 몇 건 들어왔나요?
몇 건의 후기가 양이 적다고 하나요?
몇 통의 메일이 이사를 다루나요?
고객들은 인절미에 대해 뭐라고 하나요?
고객들이 어떤 점을 아쉬워하나요?
손님들은 포장의 어떤 점을 칭찬했나요?
어떤 고객이 배송에 불만을 말했나요?
어느 제품이 불만을 가장 많이 받았나요?
배송을 불평한 고객은 몇 명인가요?
뚜껑을 지적한 고객은 누구인가요?
휴가를 다루는 문서 목록을 만들어 줘
맛이 짜다는 후기를 빠짐없이 찾아줘
배송 지연을 언급한 모든 메일을 보여 줘
회의록에서 예산이 언급된 곳을 모두 찾아줘
예산 이야기가 얼마나 자주 언급되나요?
유통기한이 몇 번 언급되나요?
재구매하겠다는 리뷰는 얼마나 되나요?
아이가 먹었다는 후기가 몇 개 있나요?
포장 불량에 대한 클레임을 나열해 주세요.
온도 스티커를 언급하는 후기를 다 찾아줘
새벽배송 관련 문의를 모두 모아 줘
설명서에 대한 의견은 어떤 것이 있나요?
양이 적다고 불평한 손님이 몇 명 있나요?
제품별 불만을 하나하나 적어 줘
전화 상담을 칭찬한 후기의 건수는?
누수에 관한 민원이 몇 건 접수됐나요?
배송이 늦었다고 한 고객은 몇 명이야?
어느 고객들이 환불을 요구했나요?
누가 배송에 대해 불평했나요?
후기 중에 양이 적다는 내용이 몇 건이나 있어?
가장 많이 나온 불만은 무엇인가요?
""".strip().splitlines()

SINGLE = """
How many days of leave do I get?
How many watts does the kettle draw?
How many documents do I need to bring?
Which documents must I hand in for a refund?
How many files can I attach to a mail?
How many customers does Harbor Lane have?
How many people died of plague in Paris in 1466?
How many products fit into the large box?
Which product has a recall?
What is the price of every part?
How many employees work in Port Aldermouth?
How long does a customer have to complain?
Who answers complaints?
휴가는 며칠인가요?
고객은 며칠 안에 문의해야 하나요?
문의는 몇 시까지 받나요?
메일은 몇 년 동안 보관하나요?
환불하려면 어떤 문서를 제출해야 하나요?
직원은 모두 몇 명인가요?
제품을 몇 개까지 살 수 있나요?
돈이 두 번 빠져나간 주문은 모두 몇 건인가요?
매장은 몇 곳인가요?
후기를 쓰면 적립금을 얼마나 주나요?
파일 하나의 한도는 몇 MB인가요?
""".strip().splitlines()


@pytest.mark.parametrize("question", ENGLISH + KOREAN)
def test_a_question_about_the_whole_set_is_recognized(question):
    assert asks_for_all(question)


@pytest.mark.parametrize("question", SINGLE)
def test_a_question_about_one_fact_is_not(question):
    assert not asks_for_all(question)


def test_no_question_of_the_samples_about_one_fact_is_taken_for_one_about_all():
    asked = [question for name in corpora.samples() for question in corpora.questions(name) if len(question.evidence) < 2]
    assert len(asked) > 100 and not [question.text for question in asked if asks_for_all(question.text)]


@pytest.mark.parametrize(("question", "words"), [
    ("How many customers complained about late delivery?", ["late", "delivery"]),
    ("Which mails mention delays?", ["delays"]),
    ("How many reviews are there?", []),
    ("배송 지연을 언급한 후기는 몇 건인가요?", ["배송", "지연"]),
    ("어떤 메일들이 참기름을 언급하나요?", ["참기름"]),
])
def test_the_words_that_are_looked_for(question, words):
    assert content_words(question) == words


@pytest.mark.parametrize("forms", [
    "delay delays delayed delaying", "delivery deliveries delivered deliver", "leak leaks leaked leaking", "price prices pricing",
    "noise noises noisy", "stop stopped stopping", "process processes", "refund refunds refunded", "policy policies"])
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


def test_words_of_their_own_do_not():
    assert len({stem(term) for term in "delay dell late later lid lied box boss gas e5 vx-380 rate rat".split()}) == 12


FEEDBACK = """customer,rating,comment
Ann,2,"The parcel was delivered late, and the lid was cracked."
Ben,5,Lovely coffee.
Cem,1,Late deliveries every single time!
Dia,4,"Delivery on the day, but the manual is late Gothic."
Eun,3,상자는 튼튼한데 배송이 이틀이나 지연됐어요.
Fay,2,"배송 지연 안내가 없었어요. 뚜껑도 깨졌고요."
Gus,5,The lid shuts well.
"""
MAIL = """From: a@example.com
To: b@example.com
Subject: {subject}
Date: {date}
Content-Type: text/plain; charset="utf-8"

{body}
"""


@pytest.fixture
def office(bench, tmp_path):
    """A table of feedback, two mails, and a handbook that speaks of the same things but is no record of them."""
    (tmp_path / "feedback.csv").write_text(FEEDBACK, encoding="utf-8")
    for name, subject, date, body in (
        ("one", "Boilers", "Mon, 3 Mar 2025 10:00:00 +0000", "There is a delay of three weeks. We are sorry for delaying you. Best, A"),
        ("two", "Lunch", "Tue, 1 Apr 2025 10:00:00 +0000", "Lunch is at noon. Nothing was delayed. Bring a lid."),
        ("three", "Party", "Wed, 2 Apr 2025 10:00:00 +0000", "The party is on Friday.")):
        (tmp_path / f"{name}.eml").write_text(MAIL.format(subject=subject, date=date, body=body))
    (tmp_path / "handbook.md").write_text("# Handbook\n\nA late delivery is a delay. The lid goes on top. " + "Filler goes here. " * 900 + "A delay ends.")
    for _ in ingest(bench, [tmp_path / name for name in ("feedback.csv", "one.eml", "two.eml", "three.eml", "handbook.md")], "office"):
        pass
    return bench


def test_what_is_counted_is_what_a_person_counts(office):
    def said(question, filter=Filter()):  # noqa: B008 - frozen
        return [sentence.text for sentence in survey(office, question, "office", filter).matches]

    late = said("How many customers complained about late delivery?")
    assert [text.split("|")[0] for text in late] == ["customer: Ann ", "customer: Cem ", "customer: Dia "]
    assert [text[:13] for text in said("배송 지연을 언급한 후기는 몇 건인가요?")] == ["customer: Eun", "customer: Fay"]
    assert len(said("How many reviews mention the lid?")) == 2
    assert len(said("How many reviews are there?")) == 7
    found = survey(office, "Which mails mention delays?", "office")
    assert {sentence.hit.source for sentence in found.matches} == {"one.eml", "two.eml"}
    assert (len(found.matches), found.terms, found.documents, found.matched) == (3, ("delays",), 3, 2)
    assert found.records == 2, "two mails, however often each says it"
    assert survey(office, "How many customers complained about late delivery?", "office").records == 3
    assert len(said("Which mails mention delays?", Filter(until="2025-03-31"))) == 2
    assert said("Which mails mention delays?", Filter(files=("three.eml",))) == []
    assert len(said("List all mails")) == 3


def test_a_sentence_is_counted_once_and_stands_where_it_says(office):
    found = survey(office, "In which documents is filler mentioned?", "office")
    document, = office.store.documents("office", "handbook.md")
    assert len(found.matches) == 900 and found.matched == 1 and found.read > 10
    assert all(document.text[sentence.start : sentence.end] == sentence.text for sentence in found.matches)
    starts = [sentence.start for sentence in found.matches]
    assert starts == sorted(set(starts))
    for sentence in found.matches:
        chunk = sentence.hit.chunk
        assert document.text[chunk.start : chunk.end] == chunk.text and chunk.start <= sentence.start < chunk.end


def test_nothing_admitted_and_nothing_there(office):
    found = survey(office, "Which mails mention delays?", "office", Filter(since="2999-01-01"))
    assert (found.matches, found.read, found.documents, found.matched) == ((), 0, 0, 0)
    office.store.make_corpus("empty")
    assert survey(office, "Which mails mention delays?", "empty").matches == ()
