"""Measuring in a real browser with the bundled model: paused, gone on with, stopped, opened cell by cell."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.app_process import CHROMIUM
from tests.conftest import PATIENCE

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium (.ci/run installs it)")


PAUSING = re.compile(r"at most \d+ more answers|once all passages are looked up|Paused at")


def start(page, questions: int) -> None:
    page.locator("#measure-limit input").fill(str(questions))
    page.locator("#measure-start").click()


def test_a_run_pauses_goes_on_stops_and_is_gone_on_with_later(page):
    page.get_by_role("tab", name="Measure", exact=True).click()
    page.locator("#measure-limit input").fill("2")
    page.locator("#measure-plan").click()
    expect(page.locator("#measure-planned ul")).to_be_visible(timeout=PATIENCE)
    start(page, 2)
    page.locator("#measure-pause").click(timeout=PATIENCE)
    expect(page.locator("#measure-meter p, #measure-meter progress").first).to_be_visible()
    expect(page.locator("#measure-meter")).to_contain_text(PAUSING)
    expect(page.locator("#measure-meter")).to_contain_text("Paused at")
    expect(page.locator("#measure-meter progress")).to_be_visible()
    paused = page.locator("#measure-matrix button.wb-cell").count()
    assert page.locator("#measure-matrix tbody tr").count() == 2
    page.locator("#measure-resume").click()
    page.locator("#measure-matrix button.wb-cell").nth(paused).wait_for(timeout=PATIENCE)
    page.locator("#measure-halt").click()
    expect(page.locator("#measure-result .wb-notice").first).to_contain_text("Not finished")
    page.reload()
    page.get_by_role("tab", name="Measure", exact=True).click()
    expect(page.locator("#measure-result .wb-notice").first).to_contain_text("Not finished")
    expect(page.locator("#measure-limit input")).to_have_value("2")
    page.locator("#measure-resume").click()
    expect(page.locator("#measure-pause")).to_be_visible()
    expect(page.locator("#measure-result .wb-measured")).to_be_visible()
    expect(page.locator("#measure-result")).not_to_contain_text("Not finished")
    expect(page.locator("#measure-resume")).to_be_hidden()


def test_every_cell_of_the_matrix_opens_its_question_side_by_side(page):
    page.get_by_role("tab", name="Measure", exact=True).click()
    cells = page.locator("#measure-result button.wb-cell")
    expect(cells.first).to_be_visible()
    assert cells.count() > 6
    for place in range(cells.count()):
        cell = cells.nth(place)
        line = cell.locator("xpath=ancestor::tr")
        row, answers = line.locator("th").inner_text(), line.locator("button.wb-cell").count()
        lane = cell.get_attribute("title").partition(":")[0]
        cell.click()
        expect(page.locator("#measure-behind article.wb-chosen h4")).to_contain_text(lane)
        expect(page.locator("#measure-behind article")).to_have_count(answers)
        assert page.locator("#measure-behind ol button").inner_text().startswith(row.removesuffix(" …"))
        if lane in ("with documents", "gold passage"):
            expect(page.locator("#measure-behind article.wb-chosen .wb-passage").first).to_be_visible()
    figure = page.locator("#measure-result .wb-ledger button").last
    count = figure.inner_text()
    figure.click()
    expect(page.locator("#measure-behind h3 small")).to_have_text(count)


def test_the_form_says_what_the_run_that_is_shown_was_made_of(page):
    """Also after the page was opened anew, and with a run of another corpus chosen."""
    page.get_by_role("tab", name="Measure", exact=True).click()
    expect(page.locator("#measure-result .wb-measured")).to_be_visible()
    corpus = page.locator("#measure-corpus input")
    corpus.click()
    page.get_by_role("option", name="saebyeok-foods").click()
    page.locator("#measure-windows input").fill("1024")
    page.locator("#measure-windows input").press("Enter")
    start(page, 3)
    expect(page.locator("#measure-result .wb-headline").first).to_contain_text("cannot read Korean", timeout=PATIENCE)
    page.reload()
    page.get_by_role("tab", name="Measure", exact=True).click()
    expect(corpus).to_have_value("saebyeok-foods")
    expect(page.locator("#measure-questions")).to_contain_text("questions with known answers")
    expect(page.locator("#measure-limit input")).to_have_value("3")
    expect(page.locator("#measure-windows")).to_contain_text("1024")
    page.locator("#measure-runs input").click()
    page.get_by_role("option", name="harbor-lane").first.click()
    expect(corpus).to_have_value("harbor-lane")
    expect(page.locator("#measure-limit input")).to_have_value("2")
    expect(page.locator("#measure-windows")).not_to_contain_text("1024")
