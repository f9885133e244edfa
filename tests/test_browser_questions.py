"""The panel of questions in a real browser: made, edited, accepted, brought in from a file, checked."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PATIENCE
from tests.test_question_formats import PARAGRAPH, qa, squad_file


def opened(page, tab, corpus):
    """The panel, once the documents of the corpus are in."""
    expect(page.locator("#status")).to_be_empty(timeout=PATIENCE)
    page.get_by_role("tab", name=tab, exact=True).click()
    page.locator("#measure-corpus input").fill(corpus)
    page.locator("#measure-corpus input").press("Enter")
    page.locator("#questions button.label-wrap").first.click()
    expect(page.locator("#questions-table table")).to_be_visible(timeout=PATIENCE)


def test_questions_are_made_edited_and_accepted(page):
    opened(page, "Measure", "harbor-lane")
    counts = page.locator("#questions-counts")
    before = int(re.search(r"(\d+) accepted", counts.inner_text())[1])
    page.locator("#questions-wanted input").fill("3")
    page.locator("#questions-make").click()
    rows = page.locator("#questions-table tbody tr")
    expect(rows).to_have_count(3, timeout=PATIENCE)
    assert page.locator("#questions-table mark").count() >= 1
    rows.first.locator("[data-act=edit]").click()
    page.locator("#questions-words textarea").fill("What is written here?")
    page.locator("#questions-write").click()
    expect(rows).to_have_count(2, timeout=PATIENCE)
    rows.first.locator("[data-act=drop]").click()
    expect(rows).to_have_count(1, timeout=PATIENCE)
    page.locator("#questions-accept").click()
    expect(counts).to_contain_text(f"{before + 2} accepted and measured · 0 wait for you · 1 put aside", timeout=PATIENCE)
    page.locator("#questions-state label").nth(2).click()
    expect(rows).to_have_count(20, timeout=PATIENCE)
    page.locator("#questions-table [data-first]").last.click()
    expect(page.locator("#questions-table .wb-review-pager")).to_contain_text("21–40")


@pytest.mark.parametrize("page", ["ko-KR"], indirect=True)
def test_a_file_of_questions_comes_in_and_what_speaks_against_it_is_judged(page, tmp_path):
    opened(page, "측정", "saebyeok-foods")
    before = page.locator("#questions-counts").inner_text()
    page.locator("#questions-import button.label-wrap").click()
    path = squad_file(tmp_path / "시험.json", (PARAGRAPH, [qa("시험-1"), qa("시험-2")]))
    page.locator("#questions-file input[type=file]").set_input_files(path)
    expect(page.locator("#questions-file")).to_contain_text("시험", timeout=PATIENCE)
    page.locator("#questions-take").click()
    expect(page.locator("#questions-told")).to_contain_text("질문 2개와 문서 1개", timeout=PATIENCE)
    assert page.locator("#questions-counts").inner_text() != before
    page.locator("#questions-check").click()
    finding = page.locator("#questions-gate article").filter(has_text="보증 기간은?").first
    expect(finding).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#questions-gate")).to_contain_text("겹치는 것 1개")
    finding.locator("[data-verdict=drop]").click()
    expect(page.locator("#questions-counts")).to_contain_text("빼 둔 질문 1개", timeout=PATIENCE)
    expect(page.locator("#questions-gate")).not_to_contain_text("겹치는 것 1개", timeout=PATIENCE)
