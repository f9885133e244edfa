"""Measuring in a real browser with the bundled model: paused, gone on with, stopped, opened cell by cell."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.app_process import CHROMIUM
from tests.conftest import PATIENCE

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium (.ci/run installs it)")


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
    expect(page.locator("#measure-meter")).to_contain_text("Paused at")
    paused = page.locator("#measure-matrix button.wb-cell").count()
    assert page.locator("#measure-matrix tbody tr").count() == 2
    page.locator("#measure-resume").click()
    page.locator("#measure-matrix button.wb-cell").nth(paused).wait_for(timeout=PATIENCE)
    page.locator("#measure-halt").click()
    expect(page.locator("#measure-result .wb-notice").first).to_contain_text("Not finished")
    page.reload()
    page.get_by_role("tab", name="Measure", exact=True).click()
    expect(page.locator("#measure-result .wb-notice").first).to_contain_text("Not finished")
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
