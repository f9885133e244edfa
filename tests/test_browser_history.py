"""The history as a person meets it, in headless Chromium; nothing of it needs a model."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.app_process import CHROMIUM
from tests.conftest import PATIENCE
from tests.test_history import made
from workbench import history
from workbench.bench import Bench, Settings

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium (.ci/run installs it)")
HISTORY = re.compile("^(History|기록)$")  # wherever it stands among the tabs


@pytest.fixture(scope="module")
def browser_home(browser_home) -> Path:
    """A data folder in which 24 questions were asked."""
    bench = Bench(Settings(browser_home), searching=False)
    for number in range(1, 23):
        history.keep(bench, made(f"Old question {number}?", "harbor-lane"))
    history.keep(bench, made("왕복 배송비는 누가 내나요?", "harbor-lane", "고객이 낸다"))
    history.keep(bench, made("<b>What</b> is the deposit?", "harbor-lane"))
    bench.close()
    return browser_home


def open_history(page):
    page.get_by_role("tab", name=HISTORY).click()
    rows = page.locator("#history-list tbody tr")
    expect(rows.first).to_be_visible(timeout=PATIENCE)
    return rows


def test_found_opened_judged_and_asked_again(page):
    rows = open_history(page)
    expect(rows).to_have_count(20)
    page.locator("#history-older").click()
    expect(rows).to_have_count(24)
    expect(page.locator("#history-older")).to_have_count(0)
    page.locator("#history-search input, #history-search textarea").first.fill("배송비")
    expect(rows).to_have_count(1)
    page.locator("#history-search input, #history-search textarea").first.fill("nothing like it")
    expect(page.locator("#history-list")).to_contain_text("“nothing like it”")
    page.locator("#history-search input, #history-search textarea").first.fill("deposit? $150")
    expect(rows.first).to_contain_text("<b>What</b> is the deposit?")
    page.get_by_role("button", name="Open “<b>What</b>").click()
    entry = page.locator("#history-entry")
    expect(entry.locator("h2")).to_have_text("<b>What</b> is the deposit?")
    expect(entry.locator(".wb-card.wb-closed .wb-text")).to_have_text("about ten dollars")
    expect(entry.locator(".wb-card.wb-rag .wb-text")).to_have_text("$150")
    expect(entry.locator(".wb-legend")).to_contain_text("passages")
    entry.locator(".wb-best .wb-chip").click()
    expect(page.locator("#history-passage mark")).to_have_text("The deposit for a loan machine is $150.")
    page.locator("#history-thumbs-bad").click()
    expect(rows.first).to_contain_text("Bad")
    page.locator("#history-thumbs-reason textarea, #history-thumbs-reason input").first.fill("아니에요")
    page.locator("#history-thumbs-save").click()
    expect(page.locator("#history-thumbs-saved")).to_contain_text("Saved.")
    page.locator("label", has_text="한국어").click()
    expect(page.locator("#history-clear")).to_have_text("기록 모두 삭제")
    expect(entry.locator(".wb-card.wb-closed h3")).to_have_text("모델만")
    expect(page.locator("#history-thumbs-reason textarea, #history-thumbs-reason input").first).to_have_value("아니에요")
    for _ in range(2):  # the same one twice
        page.get_by_role("button", name="“<b>What</b> is the deposit?” 다시 묻기").click()
        expect(page.locator("#question textarea")).to_have_value("<b>What</b> is the deposit?")
        expect(page.locator("#question textarea")).to_be_visible()
        expect(page.locator("#window input")).to_have_value("512")
        expect(page.locator("#model input")).to_have_value("tiny")
        page.locator("#question textarea").fill("")
        page.get_by_role("tab", name=HISTORY).click()


def test_a_report_of_the_chosen_ones(page, browser_home):
    open_history(page)
    expect(page.locator("#history-export")).to_have_count(0)
    for number in (22, 20, 19):
        page.get_by_role("button", name=f"Add “Old question {number}?”").click()
    expect(page.locator("#history-export")).to_contain_text("(3)")
    page.get_by_role("button", name="Add “Old question 19?”").click()
    expect(page.locator("#history-export")).to_contain_text("(2)")
    with page.expect_download() as download:
        page.locator("#history-export").click()
    assert download.value.suggested_filename.endswith(".html")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "At a glance" in text and "Old question 22?" in text and "Old question 20?" in text and "question 19?" not in text
    assert not list(browser_home.parent.rglob("*.html")), "no copy stays behind"


@pytest.mark.parametrize("page", ["ko-KR"], indirect=True)
def test_on_a_phone_in_korean(page):
    page.set_viewport_size({"width": 390, "height": 844})
    rows = open_history(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    rows.first.get_by_role("button").first.click()
    expect(page.locator("#history-entry .wb-cards")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#history-local")).to_contain_text("이 컴퓨터의")


def test_deleted_is_deleted(page, browser_home):
    rows = open_history(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete “Old question 22?”").click()
    expect(rows.filter(has_text="Old question 22?")).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete “Old question 22?”").click()
    expect(rows.filter(has_text="Old question 22?")).to_have_count(0)
    page.locator("#history-clear").click()
    expect(page.locator("#history-list")).to_contain_text("Ask a question in the Ask tab")
    data = b"".join(path.read_bytes() for path in browser_home.glob("workbench.db*"))
    assert "왕복 배송비는 누가 내나요?".encode() not in data and b"Old question" not in data
