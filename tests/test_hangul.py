"""Hangul's two formats: paragraphs, tables, notes, text boxes, headers, in their order, with title and day."""

import time
from datetime import datetime

import pytest

from tests.bad_inputs.hangul import control, grid, held, hwp, hwpx, listed, p, paragraph, record, summary, tbl, tc
from workbench.reading import read


def one(data: bytes, name: str):
    (document,), remarks = read(data, name, "corpus")
    assert not remarks
    return document


def test_an_hwpx_in_its_order():
    edges = f"<hp:ctrl>{held('header', p('주식회사 새벽'))}</hp:ctrl><hp:ctrl>{held('footer', p('- 1 -'))}</hp:ctrl>"
    table = tbl((tc(0, 0, p("구분")), tc(0, 1, p("금액"))), (tc(1, 0, p("국내"), p("출장"), down=2), tc(1, 1, p("5만"))),
                (tc(2, 1, p("7만")),), after=held("caption", p("표 1")))
    note = f"<hp:t>기준은</hp:t><hp:ctrl>{held('footNote', p('2024년 기준.'))}</hp:ctrl><hp:t> 같다.</hp:t>"
    box = f"<hp:rect>{held('drawText', p('글상자'))}<hp:shapeComment>사각형입니다.</hp:shapeComment></hp:rect>"
    document = one(hwpx(
        p(edges) + p("여비 규정", 1) + p(f"<hp:t>하루<hp:tab/>50,000원<hp:lineBreak/>이다.</hp:t>{box}") + p(table) + p(note),
        p("첫째", 2) + p("둘째", 2) + p("The end.")), "a.hwpx")
    assert document.text == (
        "주식회사 새벽\n\n# 여비 규정\n\n하루\t50,000원\n이다.\n\n글상자\n\n구분 | 금액\n국내 출장 | 5만\n국내 출장 | 7만\n\n표 1\n\n"
        "기준은 같다.\n\n2024년 기준.\n\n- 첫째\n- 둘째\n\nThe end.")
    assert (document.title, document.kind, document.date) == ("여비 규정", "hwpx", "")


def test_what_is_not_on_the_page_of_an_hwpx():
    comment = f"<hp:ctrl>{held('hiddenComment', p('숨은 설명'))}</hp:ctrl>"
    tracked = '<hp:t>보증금<hp:deleteBegin Id="1" TcId="7"/>은 없다<hp:deleteEnd Id="1" TcId="7"/>은 있다</hp:t>'
    field = f"<hp:ctrl><hp:fieldBegin type='MEMO'><hp:subList>{p('메모')}</hp:subList></hp:fieldBegin></hp:ctrl>"
    assert one(hwpx(p(comment + tracked + field)), "a.hwpx").text == "보증금은 있다"


def test_title_and_day_of_an_hwpx_are_its_own():
    document = one(hwpx(p("글"), title="여비 규정", saved="2025-09-17T04:33:13Z"), "a.hwpx")
    assert (document.title, document.date) == ("여비 규정", "2025-09-17")
    assert one(hwpx(p("글"), title="C:\\규정.hwp", saved="1601-01-01T00:00:00Z"), "규정집.hwpx").title == "규정집"


def test_sections_come_in_the_order_of_their_numbers():
    text = one(hwpx(*(p(f"섹션 {number}") for number in range(12))), "a.hwpx").text
    assert text.split("\n\n") == [f"섹션 {number}" for number in range(12)]


@pytest.mark.parametrize("flags", [0, 1])
def test_an_hwp_in_its_order(flags):
    edges = listed("head", paragraph("주식회사 새벽", level=2)), listed("foot", paragraph("- 1 -", level=2))
    table = grid((0, 0, 1, paragraph("구분", level=2)), (0, 1, 1, paragraph("금액", level=2)),
                 (1, 0, 2, paragraph("국내", level=2) + paragraph("출장", level=2)), (1, 1, 1, paragraph("5만", level=2)),
                 (2, 1, 1, paragraph("7만", level=2)))
    box = record(71, 1, b" osg" + bytes(20)) + record(76, 2, bytes(30)) + record(72, 3, bytes(8)) + paragraph("글상자", level=3)
    equation = record(71, 1, b"deqe" + bytes(20)) + record(88, 2, bytes(4) + b"\x01\0x\0")
    document = one(hwp(
        paragraph(control("head") + control("foot"), *edges) + paragraph("여비 규정", form=1)
        + paragraph(f"하루\t\0\0\0\0\0\0\t50,000원\n이다. 👍{control('gso ')}", box) + paragraph(control("tbl "), table)
        + paragraph(f"기준은{control('fn  ')} 같다.", listed("fn  ", paragraph("2024년 기준.", level=2)), equation)
        + paragraph("숨김" + control("tcmt"), listed("tcmt", paragraph("숨은 설명", level=2))),
        paragraph("첫째", form=2) + paragraph("둘째", form=2) + paragraph("가나" * 3000),
        own=summary("", 0), flags=flags), "a.hwp")
    assert document.text == (
        "주식회사 새벽\n\n# 여비 규정\n\n하루\t50,000원\n이다. 👍\n\n글상자\n\n구분 | 금액\n국내 출장 | 5만\n국내 출장 | 7만\n\n"
        "기준은 같다.\n\n2024년 기준.\n\nx\n\n숨김\n\n- 첫째\n- 둘째\n\n" + "가나" * 3000)
    assert (document.title, document.kind, document.date) == ("여비 규정", "hwp", "")


def test_title_and_day_of_an_hwp_are_its_own():
    ticks = int((datetime(2024, 3, 5) - datetime(1601, 1, 1)).total_seconds()) * 10**7
    document = one(hwp(paragraph("글"), own=summary("여비 규정", ticks)), "a.hwp")
    assert (document.title, document.date) == ("여비 규정", "2024-03-05")
    assert one(hwp(paragraph("글"), own=summary("여비 규정", ticks)[:70]), "규정집.hwp").title == "규정집"
    assert one(hwp(paragraph("글"), own=summary("여비", 2**64 - 1)), "a.hwp").date == ""


def test_a_hundred_thousand_paragraphs_take_seconds():
    began = time.process_time()
    text = one(hwp(b"".join(paragraph(f"문단 {number}") for number in range(100_000))), "a.hwp").text
    assert text.startswith("문단 0\n\n문단 1\n") and text.endswith("문단 99999")
    assert one(hwpx("".join(p(f"문단 {number}") for number in range(100_000))), "a.hwpx").text == text
    assert time.process_time() - began < 20
