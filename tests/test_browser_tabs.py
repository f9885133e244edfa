"""Summaries and feedback in a real browser, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PATIENCE

MAIL = (
    "The boiler of the roastery was inspected on 3 March 2026. The inspector found a worn pressure valve. "
    "The valve costs $340 and has to be replaced before 20 March. Could you approve the order by Thursday?")
KOREAN_MAIL = "보일러 점검은 3월 3일에 끝났습니다. 압력 밸브가 닳아 3월 20일까지 바꾸어야 합니다. 밸브 값은 45만 원입니다. 목요일까지 승인해 주시겠습니까?"
COMMENTS = "별점,의견\n" + "".join(
    f"{stars},{begin} {end}\n"
    for stars, end, begins in (
        (1, "많이 실망했습니다.", ("배송이 늦어서", "배송이 일주일 늦어", "택배 배송이 또 늦어", "배송이 너무 늦어서", "배송 날짜보다 늦어")),
        (5, "다시 사겠습니다.", ("김치 맛이 좋아서", "반찬 맛이 정말 좋아", "국물 맛이 깊어", "나물 맛이 신선해서", "맛이 담백해서")))
    for begin in begins)


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def summarize(page, text):
    page.locator("#summary-way label").last.click()
    page.locator("#summary-text textarea").fill(text)
    page.locator("#summary-plan").click()
    page.locator("#summary-start:not([disabled])").click(timeout=PATIENCE)
    expect(page.locator("#summary-result .wb-said")).to_be_visible(timeout=PATIENCE)


def test_a_mail_is_made_short_and_every_sentence_says_where_it_stands(page):
    open_tab(page, "Summarize")
    summarize(page, MAIL)
    page.locator("#summary-result button").first.click()
    expect(page.locator("#summary-source mark").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#summary-result")).to_contain_text("$340")


@pytest.mark.parametrize("page", ["ko-KR"], indirect=True)
def test_what_the_model_cannot_read_is_summarized_without_it(page):
    open_tab(page, "요약")
    page.locator("#summary-way label").last.click()
    page.locator("#summary-text textarea").fill(KOREAN_MAIL)
    page.locator("#summary-plan").click()
    expect(page.locator("#summary-planned")).to_contain_text("읽지 못", timeout=PATIENCE)
    page.locator("#summary-start:not([disabled])").click(timeout=PATIENCE)
    expect(page.locator("#summary-result")).to_contain_text("45만 원", timeout=PATIENCE)


@pytest.mark.parametrize("page", ["ko-KR"], indirect=True)
def test_comments_are_sorted_and_counted(page, tmp_path):
    (tmp_path / "의견.csv").write_bytes(COMMENTS.encode("cp949"))
    open_tab(page, "고객 의견")
    for _ in range(2):  # the same file may be given again
        page.locator("#feedback-upload input[type=file]").set_input_files(tmp_path / "의견.csv")
        expect(page.locator("#feedback-seen")).to_contain_text("별점", timeout=PATIENCE)
        expect(page.locator("#feedback-upload input[type=file]")).to_be_attached(timeout=PATIENCE)
    page.locator("#feedback-run:not([disabled])").click(timeout=PATIENCE)
    expect(page.locator("#feedback-shown .wb-theme").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#feedback-shown")).to_contain_text(re.compile("10.*10"))
    assert page.locator("#feedback-shown .wb-theme").count() >= 2
    expect(page.locator("#feedback-shown .wb-read")).to_contain_text("의견.csv")

    upload = page.locator("#feedback-upload input[type=file]")
    (tmp_path / "빈 의견.csv").write_text("번호,의견\n1,\n2,\n", encoding="utf-8")
    (tmp_path / "보고서.pdf").write_bytes(b"no such thing")
    for names, said in ((["빈 의견.csv"], "빈 의견.csv: “의견” 열이 2행 모두 비어 있습니다"), (["보고서.pdf"], "보고서.pdf: ")):
        upload.set_input_files([tmp_path / name for name in names])
        if names == ["보고서.pdf"]:
            page.locator("#feedback-run:not([disabled])").click(timeout=PATIENCE)
        expect(page.locator("#feedback-progress")).to_contain_text(said, timeout=PATIENCE)
        expect(page.locator("#feedback-progress")).not_to_contain_text("dropped-")
        expect(page.locator("#feedback-shown .wb-theme")).to_have_count(0)  # what is below would be taken for the new file's
    open_tab(page, "요약")
    open_tab(page, "고객 의견")
    expect(page.locator("#feedback-shown .wb-theme")).to_have_count(0)
    page.locator("#feedback-kept input").click()
    page.get_by_role("option", name=re.compile("의견.csv")).first.click()
    expect(page.locator("#feedback-shown .wb-read")).to_contain_text("의견.csv")
