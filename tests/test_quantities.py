"""One value, whatever way it is written."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.quantities import canonical, codes, matches, quantities, stands


def only(text: str):
    (quantity,) = quantities(text)
    return quantity


@pytest.mark.parametrize(("one", "other"), [
    ("1,000", "1000"), ("1000", "1000.0"), ("a thousand", "1,000"), ("three", "3"), ("thirty-eight days", "38 days"),
    ("two hundred and five", "205"), ("three million", "3,000,000"), ("3.5 million", "3,500,000"), ("a hundred", "100"),
    ("3만 5천 원", "35,000원"), ("9만 3,500원", "93,500원"), ("3,650만 원", "36,500,000원"), ("1억 2천만 원", "120,000,000원"),
    ("삼만 오천 원", "35,000원"), ("만 원", "10,000원"), ("5천 명", "5,000명"), ("십오 분", "15분"), ("스무 개", "20개"),
    ("스물네 시간", "24시간"), ("나흘", "4일"), ("엿새", "6 days"), ("한 달", "1 month"), ("2만 원", "20,000 won"),
    ("50%", "50 percent"), ("50%", "50퍼센트"), ("50 per cent", "50퍼센트"), ("$150", "150 dollars"), ("$1.5 million", "1,500,000 dollars"),
    ("18.5 g", "18.5 grams"), ("38-day", "38 days"), ("165도", "165℃"), ("500GB", "500기가바이트"), ("90ml", "90밀리리터"),
    ("3월 5일", "03-05"), ("3월 5일", "March 5"), ("5 March", "March 5th"), ("3월 5일", "2025-03-05"), ("2025년 3월 5일", "5th of March 2025"),
    ("2025.03.05", "Mar. 5, 2025"), ("12/25/2025", "25/12/2025"), ("2026년 11월", "November 2026"),
    ("오후 3시", "15:00"), ("오후 3시", "3 pm"), ("15:00", "3 p.m."), ("8시 20분", "오전 8시 20분"), ("3:15", "15:15"), ("noon", "정오"),
    ("저녁 여섯 시 반", "18:30"), ("낮 12시", "12 pm"), ("오전 12시", "0:00"), ("밤 11시", "23:00"), ("밤 1시", "01:00"), ("3 o'clock", "15시"),
])
def test_the_same_value(one, other):
    assert matches(only(one), only(other)) and matches(only(other), only(one))


@pytest.mark.parametrize(("one", "other"), [
    ("1,000", "100"), ("38 days", "38 hours"), ("$150", "150원"), ("50%", "$50"), ("3월 5일", "5월 3일"), ("March 5, 2024", "2025-03-05"),
    ("오후 3시", "오전 3시"), ("15:00", "3 am"), ("3:15", "3:50"), ("3만 원", "3천 원"), ("1990", "1,990.5"), ("March 5", "March 2025"),
])
def test_another_value(one, other):
    assert not matches(only(one), only(other))


def test_less_may_be_said_than_is_known():
    known = only("2025-03-05")
    assert all(matches(only(said), known) for said in ("2025", "5", "3월", "March 2025", "5일"))
    assert not matches(only("March 5"), only("March 2025")), "a day that nobody named"
    assert matches(only("3"), only("15:00")) and matches(only("15"), only("15:00"))
    assert stands(only("150"), quantities("a deposit of $150 for 4 days")) and not stands(only("15"), quantities("$150"))


@pytest.mark.parametrize(("text", "values"), [
    ("We may march in May.", []), ("세대 차이, 한시적 제도, 구조 도면", []), ("At 10. 27, then 1995-1999.", [10, 27, 1995, 1999]),
    ("제3조", [3]), ("rooms 3-4 on the 21st", [3, 4, 21]), ("the 1990s", [1990]), ("5분기", [5]), ("일일 점검", []), ("", []),
    ("one two three", [1, 2, 3]), ("twenty years and 2 months", [20, 2]),
])
def test_what_is_a_number(text, values):
    assert [int(quantity.value[0]) for quantity in quantities(text)] == values


def test_codes_are_names():
    text = "GD-1022, E07, 5.1.4, 010-1234-5678, NPD-26-04, COVID-19; mid-1990s on 2026-11-30"
    assert codes(text) == ["GD-1022", "E07", "5.1.4", "010-1234-5678", "NPD-26-04", "COVID-19"]
    assert [quantity.text for quantity in quantities(text)] == ["1990s", "2026-11-30"]


@given(st.integers(0, 10**12))
def test_any_number_with_and_without_commas(number):
    assert matches(only(f"{number:,}"), only(str(number))) and only(str(number)).value == (number,)


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_any_amount_in_korean_units(man, rest):
    won = only(f"{man}만 {rest}원" if rest else f"{man}만 원")
    assert won.value == (man * 10_000 + rest,) and won.unit == "KRW"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_day_in_every_spelling(day):
    spellings = [day.isoformat(), f"{day.year}년 {day.month}월 {day.day}일", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}",
                 f"{day:%Y.%m.%d}"]
    found = [only(spelling) for spelling in spellings]
    assert {each.value for each in found} == {(day.year, day.month, day.day)}
    assert all(matches(only(f"{day.month}월 {day.day}일"), each) for each in found)


@given(st.integers(0, 23), st.integers(0, 59))
def test_any_time_on_both_clocks(hour, minute):
    exact = only(f"{hour:02}:{minute:02}")
    half, twelve = ("오후" if hour >= 12 else "오전"), (hour - 1) % 12 + 1
    assert matches(only(f"{half} {twelve}시 {minute}분"), exact)
    assert matches(only(f"{twelve}:{minute:02} {'pm' if hour >= 12 else 'am'}"), exact)


@given(st.text(max_size=200))
def test_any_text_keeps_its_places(text):
    found = quantities(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert isinstance(canonical(text), str)


@given(st.lists(st.sampled_from(["3만 5천 원", "March 5", "오후 3시", "1,000", "GD-1022", "three", "and", "까지", ".", "-", "50%"]), max_size=12))
def test_any_mix_bears_itself_out(parts):
    text = " ".join(parts)
    assert all(stands(each, quantities(text)) for each in quantities(text))


def test_canonical_forms_compare_by_value():
    assert canonical("35,000원").split() == canonical("3만 5천 원").split() == ["n35000"]
    assert canonical("on March 5, 2025").split() == canonical("on 2025-03-05").split() == ["on", "n2025", "d03x05"]
    assert canonical("at 3 pm").split() == canonical("at 15:00").split()


@pytest.mark.parametrize("part", ["a", "1", "1,", "1.", "일", "one ", "A-", "a-1-", "3만 ", "1:", "03-", "two hundred and ", "--1"])
def test_no_text_takes_long(part):
    start = time.process_time()
    quantities(part * 5000)
    codes(part * 5000)
    assert time.process_time() - start < 5
