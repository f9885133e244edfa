"""The Documents tab as a person meets it, in headless Chromium with the bundled embedder."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.app_process import CHROMIUM
from tests.conftest import PATIENCE
from workbench.bench import Bench, Settings
from workbench.corpora import samples
from workbench.ingest import ingest

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium (.ci/run installs it)")

NOTICE = (
    "The parking garage on Mill Street opens at seven in the morning and closes at ten in the evening. Visitors take a ticket "
    "at the gate and pay at the machine beside the lift before they leave the building.")
MAIL = """From: anna@boilers.example
To: ben@office.example
Subject: Offer for the boiler
Date: Mon, 3 Mar 2025 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain; charset=utf-8

The boiler costs 4,200 euros and comes in May.

--B
Content-Type: text/plain; charset=utf-8; name=terms.txt
Content-Disposition: attachment; filename=terms.txt

Payment is due within thirty days.
--B--
"""


@pytest.fixture(scope="module")
def browser_home(tmp_path_factory) -> Path:
    """A data folder with two notices that say nearly the same, and without the samples."""
    home = tmp_path_factory.mktemp("browser-documents") / "home"
    bench = Bench(Settings(home), writing=True)
    for number, more in enumerate(("", " Please note the new number."), 1):
        (home.parent / f"notice{number}.txt").write_text(NOTICE + more)
    list(ingest(bench, [home.parent / "notice1.txt", home.parent / "notice2.txt"], "notices"))
    bench.close()
    (home / "samples").write_text("\n".join(samples()), encoding="utf-8")
    return home


@pytest.fixture
def page(chromium, url):
    """The tab, with every question answered by yes and every error kept."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator("#files")).to_contain_text("passages", timeout=PATIENCE)
    yield page
    context.close()
    assert not errors


def choose_corpus(page, name: str) -> None:
    corpus = page.locator("#documents-corpus input")
    corpus.fill(name)
    corpus.press("Enter")


def row(page, name: str):
    return page.locator("#files tbody tr", has_text=name)


def test_files_in_looked_at_retried_and_out(page, tmp_path):
    choose_corpus(page, "office")
    expect(page.locator("#files")).to_contain_text("Nothing in here yet")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nope")
    (tmp_path / "offer.eml").write_text(MAIL)
    with zipfile.ZipFile(tmp_path / "묶음.zip", "w") as archive:
        archive.writestr("회의록.txt", "새벽식품 회의록. 다음 회의는 금요일 오후 두 시이다.")
    page.locator("#upload input[type=file]").set_input_files([str(tmp_path / name) for name in ("bad.pdf", "offer.eml", "묶음.zip")])
    expect(page.locator("#progress")).to_contain_text("Finished: ready 2 · not read 1", timeout=PATIENCE)
    expect(row(page, "bad.pdf")).to_contain_text("the file is damaged")
    expect(row(page, "묶음.zip/회의록.txt").locator(".wb-ready")).to_be_visible()
    row(page, "bad.pdf").get_by_role("button", name="Read bad.pdf again").click()
    expect(page.locator("#progress")).to_contain_text("Finished: not read 1", timeout=PATIENCE)

    row(page, "offer.eml").get_by_role("button", name="Look").click()
    shown = page.locator("#passages")
    expect(shown).to_contain_text("4,200 euros", timeout=PATIENCE)
    expect(shown.locator("h3").first).to_contain_text("2025-03-03")
    expect(shown.locator("a").first).to_have_text("terms")
    expect(shown.locator(".wb-chunk").last).to_contain_text("thirty days")

    page.locator("#file-state input").click()
    page.get_by_role("option", name="not read").click()
    expect(page.locator("#files tbody tr")).to_have_count(1)
    row(page, "bad.pdf").get_by_role("button", name="Delete").click()
    expect(page.locator("#progress")).to_contain_text("bad.pdf is deleted", timeout=PATIENCE)

    page.get_by_role("button", name="Paste a text").click()
    expect(page.locator("#add-text")).to_be_visible(timeout=PATIENCE)
    page.locator("#file-state input").click()
    page.get_by_role("option", name="all").click()
    expect(row(page, "offer.eml")).to_be_visible(timeout=PATIENCE)
    page.locator("#pasted textarea").fill("The kettle belongs to the third floor.")  # the fields of an opened part appear twice
    expect(page.locator("#pasted textarea")).to_have_value("The kettle belongs to the third floor.")
    page.locator("#add-text").click()
    expect(row(page, "The kettle belongs to the third.txt")).to_contain_text("ready", timeout=PATIENCE)
    expect(page.locator("#pasted textarea")).to_have_value("")


def test_a_long_ingest_is_stopped_and_goes_on(page, tmp_path):
    choose_corpus(page, "long")
    expect(page.locator("#files")).to_contain_text("Nothing in here yet")
    (tmp_path / "long.txt").write_text("\n\n".join(
        f"Section {number}. " + f"The delivery of lot {number} was {7 * number} boxes for depot {number % 9}. " * 8 for number in range(250)))
    page.locator("#upload input[type=file]").set_input_files(str(tmp_path / "long.txt"))
    expect(page.locator("#progress")).to_contain_text("long.txt", timeout=PATIENCE)
    page.locator("#stop-ingest").dispatch_event("click")  # at once: on a slow computer a click waits until it has ended
    expect(page.locator("#waiting")).to_contain_text("Received and waiting to be read: 1", timeout=PATIENCE)
    expect(row(page, "long.txt")).to_contain_text("Stopped")
    page.reload()  # what was received waits, whatever becomes of the page
    page.get_by_role("tab", name="Documents").click()
    choose_corpus(page, "long")
    page.locator("#waiting").get_by_role("button", name="Continue").click()
    expect(row(page, "long.txt").locator(".wb-ready")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#waiting p")).to_have_count(0)


def test_a_file_is_cut_before_it_is_put_in(page, tmp_path):
    choose_corpus(page, "notices")
    expect(row(page, "notice1.txt")).to_be_visible()
    (tmp_path / "three.txt").write_text("\n\n".join([NOTICE] * 12))
    page.get_by_role("button", name="Try how files are cut").click()
    page.locator("#cutting-file input[type=file]").set_input_files(str(tmp_path / "three.txt"))
    total = page.locator("#cutting-shown .wb-total")
    expect(total).to_contain_text("passages of 1 document,", timeout=PATIENCE)
    expect(page.locator("#cutting-shown")).to_contain_text("English 200 tokens, Korean 800 tokens")
    few = int(total.inner_text().split()[0])
    size = page.locator("#cutting-size input[type=number]")
    size.fill("60")
    size.press("Tab")
    expect(total).not_to_contain_text(f"{few} passages", timeout=PATIENCE)
    assert int(total.inner_text().split()[0]) > few
    page.locator("#cutting-adopt").click()
    expect(page.locator("#cutting-told")).to_contain_text("size 60")
    page.locator("#cutting-best").click()
    expect(page.locator("#cutting-told")).to_contain_text("as is best for their language")


def test_a_corpus_is_checked_collapsed_and_restored_in_both_languages_on_a_narrow_screen(page):
    choose_corpus(page, "notices")
    expect(row(page, "notice1.txt")).to_be_visible()
    page.get_by_role("button", name="Quality of this corpus").click()
    page.locator("#check-corpus").click()
    pairs = page.locator("#quality-pairs")
    expect(pairs.locator("mark").first).to_contain_text("Please note", timeout=PATIENCE)
    pairs.get_by_role("button", name="Collapse 1 duplicate").click()
    expect(page.locator("#quality-told")).to_contain_text("Collapsed: 1", timeout=PATIENCE)
    expect(pairs).to_contain_text("Near duplicates: 0")
    page.locator("label", has_text="한국어").click()
    expect(page.locator("#quality-collapsed h3")).to_have_text("합쳐 둔 문서")
    expect(page.locator("#check-corpus")).to_have_text("이 모음 점검")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#quality-collapsed").get_by_role("button", name="모두 되돌리기").click()
    expect(page.locator("#quality-told")).to_contain_text("다시 검색되는 문서: 1", timeout=PATIENCE)
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input:not([type=file]), textarea')]
        .filter(each => each.offsetParent && !(each.ariaLabel || each.title || each.textContent.trim() || each.placeholder
            || each.labels?.length || each.getAttribute('aria-labelledby'))).map(each => each.outerHTML.slice(0, 200))""")
    assert not nameless, nameless
