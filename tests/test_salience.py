"""Which sentences are taken for the summary: the documents' own, the telling ones, no more than there is room for."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.summaries import Case, Set, centroid, extracted
from workbench.nouns import Document
from workbench.nouns.summary import Line
from workbench.reading import read
from workbench.salience import lines, rank, select

PRINT = "This message is confidential and meant only for the person it is addressed to."
PRINT_KO = "본 메일은 지정된 수신인만을 위한 것이며 기밀 정보가 포함되어 있을 수 있으니 무단 전재를 금합니다."


def mail(number: int, body: str, sender: str = "Kim <kim@example.com>") -> Document:
    day = date(2025, 3, 1) + timedelta(days=number)
    text = f"Subject: Delivery\nFrom: {sender}\nTo: Lee <lee@example.com>\nDate: {day:%a, %d %b %Y} 09:00:00 +0900\n\n{body}"
    (document,), _ = read(text.encode(), f"{number}.eml", str(number))
    return document


def texts(documents) -> list[str]:
    return [line.text for line in lines(documents)]


def words(some) -> list[int]:
    return [len(text.split()) for text in some]


def test_every_line_stands_where_it_says():
    documents = [mail(1, "We ship on Monday. The lot has 22 boilers.\n\nPlease sign the note."), mail(2, "월요일에 보냅니다. 80병입니다.")]
    by_id = {document.id: document for document in documents}
    for line in lines(documents):
        assert by_id[line.document].text[line.start : line.end] == line.text


def test_only_what_a_mail_says_itself():
    body = ("Dear Ms Lee,\n\nWe ship on Monday.\n\nKind regards\nKim\n\n--\nKim\nHarbor Lane\n\n"
            "On Mon, 3 Mar 2025 at 9:12, Lee <lee@example.com> wrote:\n> When do you ship?\n")
    assert texts([mail(1, body)]) == ["We ship on Monday.", "Kind regards", "Kim"]
    korean = "이영희 과장님,\n\n월요일에 보냅니다.\n\n2025년 3월 5일 (수) 오전 9:12, 이영희 <lee@example.com>님이 작성:\n> 언제 보내나요?\n"
    assert texts([mail(2, korean)]) == ["월요일에 보냅니다."]


def test_the_headers_of_a_pasted_mail_are_no_sentences():
    pasted = Document("1", "", "From: Kim <kim@example.com>\nSubject: Delivery\n\nWe ship on Monday.\n\nOn Mon, 3 Mar 2025 at 9:12, Lee wrote:\n> When?", "", "txt")
    assert texts([pasted]) == ["We ship on Monday."]


@pytest.mark.parametrize("small", [PRINT, PRINT_KO])
def test_what_stands_under_every_mail_is_small_print(small):
    # not told from the rest by its words alone: it stands above what looks like a signature
    documents = [mail(number, f"Lot {number} leaves the yard on day {number}.\n\n{small.replace('confidential', 'private').replace('기밀', '사내')}\n\nOffice {number}")
                 for number in range(4)]
    documents = [Document(each.id, "", each.text.replace(f"\n\nOffice {number}", ""), "", "eml") for number, each in enumerate(documents)]
    assert texts(documents) == [f"Lot {number} leaves the yard on day {number}." for number in range(4)]


def test_what_was_copied_is_read_once_and_a_number_makes_it_another():
    same = "The first lot of boilers leaves our yard on Friday with Brackwater"
    found = texts([mail(1, f"{same}. I call you."), mail(2, f"{same}! All is well."), mail(3, f"{same.replace('Friday', 'Fridday')}. Good."),
                   mail(4, "The first lot of 22 boilers leaves our yard on Friday with Brackwater."),
                   mail(5, "The first lot of 42 boilers leaves our yard on Friday with Brackwater.")])
    assert found == [f"{same}.", "I call you.", "All is well.", "Good.", "The first lot of 22 boilers leaves our yard on Friday with Brackwater.",
                     "The first lot of 42 boilers leaves our yard on Friday with Brackwater."]


def of(*some: str, apart: bool = True) -> list[Line]:
    return [Line(str(place) if apart else "", place, place + len(text), text) for place, text in enumerate(some)]


THREAD = of(
    "The boiler castings for the Gannet Duo will be late.",
    "My daughter likes horses.",
    "The castings of the boilers are late because the mould of the castings cracked.",
    "Lunch was good.",
    "The boiler castings for the Gannet Duo will be late!",
    "Could you sign the change note for the late boiler castings?",
)
KOREAN = of(
    "참기름 납품이 착유기 고장으로 늦어집니다.",
    "점심은 맛있었습니다.",
    "참기름 납품 지연으로 1차분 80병만 먼저 받습니다.",
    "날씨가 좋네요.",
    "참기름 납품이 착유기 고장으로 늦어집니다!",
    "참기름 납품 지연 공문을 확인해 주시기 바랍니다.",
)


@pytest.mark.parametrize(("some", "lang", "aside"), [(THREAD, "en", {1, 3}), (KOREAN, "ko", {1, 3})])
def test_what_the_others_are_about_counts_and_nothing_is_said_twice(some, lang, aside):
    scores = rank(some, lang)
    assert all(0 <= score <= 1 for score in scores) and max(scores) == 1
    assert max(scores[place] for place in aside) < min(score for place, score in enumerate(scores) if place not in aside)
    chosen = select(some, scores, most=3)
    assert not aside & set(chosen) and len({0, 4} & set(chosen)) == 1
    assert 5 in chosen, "what asks for something is worth more"


def test_a_question_decides():
    assert select(THREAD, rank(THREAD, "en", "What did you eat for lunch?"), most=1) == [3]
    assert select(KOREAN, rank(KOREAN, "ko", "오늘 날씨는 어떤가요?"), most=1) == [3]


def test_the_language_of_the_summary_counts():
    both = [*THREAD, *KOREAN]
    for lang, own in (("en", range(6)), ("ko", range(6, 12))):
        assert set(select(both, rank(both, lang), most=2)) <= set(own)


def test_the_limit_of_tokens_holds_and_what_is_too_long_is_passed_over():
    asked = []

    def count(some):
        asked.append(len(some))
        return words(some)

    some = of("castings " * 50, *(line.text for line in THREAD))
    chosen = select(some, rank(some, "en"), tokens=25, count=count)
    assert 0 not in chosen and len(chosen) >= 2
    assert sum(words(some[place].text for place in chosen)) <= 25
    assert len(asked) <= 2, "many are counted at once"
    assert select(some, rank(some, "en"), tokens=1, count=count) == []
    assert select([], [], most=3) == [] == rank([], "ko")
    with pytest.raises(ValueError, match="counter"):
        select(some, [1.0] * len(some), tokens=9)


def test_tokens_are_those_of_the_joined_lines():
    """A tokenizer may need more for the whole than for its parts."""
    def count(some):
        return [len(text.split()) + 5 * text.strip().count("\n") for text in some]

    chosen = select(THREAD, rank(THREAD, "en"), tokens=30, count=count)
    assert chosen and count(["\n".join(THREAD[place].text for place in chosen)])[0] <= 30


WORDS = "boiler casting late ship Monday 22 sign 참기름 납품 지연 80병 확인 부탁드립니다 . ? \n".split(" ")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=12),
       st.integers(0, 6), st.integers(0, 40), st.sampled_from(["en", "ko"]), st.sampled_from(["", "When does it ship?"]))
def test_of_any_lines(some, most, tokens, lang, query):
    found = of(*some)
    scores = rank(found, lang, query)
    assert len(scores) == len(found) and all(0 <= score <= 1 for score in scores)
    chosen = select(found, scores, most=most, tokens=tokens, count=words)
    assert chosen == sorted(set(chosen)) and len(chosen) <= most and sum(words(some[place] for place in chosen)) <= tokens
    assert chosen == select(found, scores, most=most, tokens=tokens, count=words)


def test_not_below_the_plain_way_on_news():
    """Two notes in the shape of a news item: what people would choose is what most sentences speak of."""
    kind = Set("", "ko", 2, ())
    item = Case((tuple(line.text for line in KOREAN),), chosen=frozenset({2, 5}))
    assert kind.score(item, extracted(kind, item)) >= kind.score(item, centroid(kind, item))
    assert kind.score(item, [2, 5]) == 1 and kind.score(item, [1, 3]) == 0


def test_an_archive_of_a_hundred_thousand_sentences():
    subjects = ("boiler", "casting", "invoice", "pallet", "drum", "grinder", "kettle")
    archive = [Line(str(number // 10), number, number + 1, f"The {subjects[number % 7]} number {number} of lot {number * 7919 % 1009} is late again.")
               for number in range(100_000)]
    chosen = select(archive, rank(archive, "en"), tokens=300, count=words)
    assert 10 < len(chosen) <= 30
