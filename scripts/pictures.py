"""Make the pictures of the README: the app with the samples in headless Chromium, in both languages.

    make pictures
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS, ROOT, app

PATIENCE = 120_000


def main() -> None:
    with TemporaryDirectory() as home, app(Path(home)) as url, sync_playwright() as playwright:
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
        korean = opened(browser, url, "ko-KR", 390)
        korean.locator("#samples button").first.click()
        expect(korean.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
        shoot(korean, "ask-ko.png")
        browser.close()


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
