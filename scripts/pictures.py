"""Make the pictures of the README: the app with the samples in headless Chromium, in both languages.

    make pictures
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS, ROOT, app

SHOTS = (("ask-en.png", "en-US", 1280, 3), ("ask-ko.png", "ko-KR", 390, 0))


def main() -> None:
    with TemporaryDirectory() as home, app(Path(home)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, locale, width, sample in SHOTS:
            page = browser.new_context(locale=locale, viewport={"width": width, "height": 800}).new_page()
            page.goto(url)
            page.locator("#samples button").nth(sample).click(timeout=120_000)
            expect(page.locator(".wb-sent")).to_be_visible(timeout=120_000)
            page.screenshot(path=ROOT / "docs" / name, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
