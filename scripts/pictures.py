"""Make the pictures of the README: the app with the samples in headless Chromium, in both languages.

    make pictures
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS, ROOT, app
from workbench.bench import Bench, Settings
from workbench.ingest import samples

PATIENCE = 120_000
THREAD = """The boiler of the roastery was inspected on 3 March 2026. The inspector found a worn pressure valve and a small leak \
near the pump. Harbor Lane has to replace the valve before 20 March, or the roastery must stop. The valve costs $340 and takes \
four working days to arrive. Dana Brooks asked Northway Parts for an offer and expects it by Friday. Could you approve the order \
by Thursday? Please send the signed form to maintenance@harborlane.example. The leak was sealed the same day and does not need \
another visit. Visitors liked the new tasting room, and the spring menu starts on 1 April."""
# stars, the end of a comment, its beginnings
OPINIONS = (
    (2, "and nobody told us why.", ("The parcel came a week late", "Delivery took nine days", "Shipping was slow", "The courier lost the box", "Our order arrived late again")),
    (5, "so we will order again.", ("The coffee tastes wonderful", "A rich and fresh roast", "The beans smell lovely", "Best espresso in town", "Such a smooth coffee")),
    (1, "and the refund is still open.", ("The grinder broke after a week", "The machine leaks water", "The grinder stopped working", "The pump of the machine is broken", "The machine arrived damaged")),
    (4, "which made my day.", ("The staff answered within minutes", "Friendly help on the phone", "Support was kind and quick", "The support team solved it at once", "Very polite staff")),
)


def main() -> None:
    with filled() as home, app(home) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = opened(browser, url, "en-US", 1280)
        page.locator("#samples button").nth(3).click()
        expect(page.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
        shoot(page, "ask-en.png")
        ask(page, "And what is the highest number it can grow to?")
        shoot(page, "follow-up-en.png")
        page.locator("#new").click()
        ask(page, "List all mails that mention the boiler.")
        shoot(page, "survey-en.png")
        page.get_by_role("tab", name="History").click()
        page.locator("#history-list button[data-open]").nth(1).click()
        expect(page.locator("#history-entry .wb-best")).to_be_visible(timeout=PATIENCE)
        shoot(page, "history-en.png", full=False)
        page.get_by_role("tab", name="Documents").click()
        expect(page.locator("#files tbody tr").first).to_be_visible(timeout=PATIENCE)
        shoot(page, "documents-en.png", full=False)
        summarize(page)
        feedback(page, home / "feedback.csv")
        measure(page)
        korean = opened(browser, url, "ko-KR", 390)
        korean.locator("#samples button").first.click()
        expect(korean.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
        shoot(korean, "ask-ko.png")
        browser.close()


@contextmanager
def filled() -> Iterator[Path]:
    """A data folder with the samples: what is measured must not change meanwhile."""
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder)), writing=True)
        for _ in samples(bench):
            pass
        bench.close()
        yield Path(folder)


def summarize(page: Page) -> None:
    """A thread made short."""
    page.get_by_role("tab", name="Summarize").click()
    page.locator("#summary-way label").last.click()
    page.locator("#summary-text textarea").fill(THREAD)
    page.locator("#summary-plan").click()
    page.locator("#summary-start:not([disabled])").click(timeout=PATIENCE)
    expect(page.locator("#summary-result .wb-said")).to_be_visible(timeout=PATIENCE)
    shoot(page, "summarize-en.png", full=False)


def feedback(page: Page, table: Path) -> None:
    """What customers wrote, sorted."""
    table.write_text("day,stars,comment\n" + "".join(
        f"2026-{1 + number % 9:02}-{1 + number % 28:02},{stars},{text}\n"
        for number, (stars, text) in enumerate((stars, f"{begin} {end}") for stars, end, begins in OPINIONS for begin in begins)), "utf-8")
    page.get_by_role("tab", name="Feedback").click()
    page.locator("#feedback-upload input[type=file]").set_input_files(table)
    page.locator("#feedback-run:not([disabled])").click(timeout=PATIENCE)
    expect(page.locator("#feedback-shown .wb-theme").first).to_be_visible(timeout=PATIENCE)
    page.locator("#feedback-shown").evaluate("element => element.scrollIntoView({block: 'start'})")
    shoot(page, "feedback-en.png", full=False)


def measure(page: Page) -> None:
    """A measurement with its headline."""
    page.get_by_role("tab", name="Measure").click()
    page.locator("#measure-limit input").fill("40")
    page.locator("#measure-start").click()
    expect(page.locator("#measure-result .wb-measured")).to_be_visible(timeout=5 * PATIENCE)
    page.locator("#measure-result").evaluate("element => element.scrollIntoView({block: 'start'})")
    shoot(page, "measure-en.png", full=False)


def opened(browser: Browser, url: str, locale: str, width: int) -> Page:
    """The page in a language, ready."""
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 800}).new_page()
    page.goto(url)
    expect(page.locator("#samples button").first).to_be_visible(timeout=PATIENCE)
    return page


def ask(page: Page, question: str) -> None:
    """Ask, and wait for this question's answers."""
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    page.wait_for_function(
        "question => document.querySelector('.wb-sent')?.textContent.includes(question)", arg=question, timeout=PATIENCE)


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """A picture into docs/."""
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / name, full_page=full)


if __name__ == "__main__":
    main()
