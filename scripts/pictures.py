"""Make the pictures of the README: the app with the samples in headless Chromium, in both languages.

    make pictures
"""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SHOTS = (("ask-en.png", "en-US", 1280, 3), ("ask-ko.png", "ko-KR", 390, 0))


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with TemporaryDirectory() as home:
        command = [sys.executable, "app.py", "--home", home, "--port", str(port), "--no-browser"]
        process = subprocess.Popen(command, cwd=ROOT)
        try:
            wait(f"http://127.0.0.1:{port}/", process)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
                for name, locale, width, sample in SHOTS:
                    page = browser.new_context(locale=locale, viewport={"width": width, "height": 800}).new_page()
                    page.goto(f"http://127.0.0.1:{port}/")
                    page.locator("#samples button").nth(sample).click(timeout=120_000)
                    expect(page.locator(".wb-sent")).to_be_visible(timeout=120_000)
                    page.screenshot(path=ROOT / "docs" / name, full_page=True)
                browser.close()
        finally:
            process.terminate()
            process.wait()


def wait(url: str, process: subprocess.Popen) -> None:
    """Until the page answers."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit("the app did not start")


if __name__ == "__main__":
    main()
