"""What the app takes of a processor while nobody asks: all its processes over some seconds, models loaded, a page open.

    python -m benchmarks idle
"""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS, app
from benchmarks.tables import run

SECONDS = 20
SETTLED = 30  # seconds after the first answer, in which libraries end what they began


def main(data: Path | None = None, limit: int | None = None) -> None:
    run.table("idle", "processor, % of a core")
    with TemporaryDirectory() as home, app(Path(home), stdout=-3, stderr=-3) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(locale="en-US")
        page.goto(url)
        page.locator("#samples button").first.click(timeout=120_000)
        expect(page.locator(".wb-sent")).to_be_visible(timeout=120_000)
        for name in ("with a page open", "nobody there"):
            time.sleep(SETTLED)
            mine = family(home)
            before = used(mine)
            time.sleep(SECONDS)
            run.row(f"{len(mine)} processes, {name}", f"{100 * (used(mine) - before) / SECONDS:.2f}")
            page.context.close()
        browser.close()


def family(home: str) -> list[int]:
    """The process of the app over a data folder with its children."""
    everyone = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    found = [pid for pid in everyone if home.encode() in read(pid, "cmdline")]
    while more := [pid for pid in everyone if pid not in found and parent(pid) in found]:
        found += more
    return found


def parent(pid: int) -> int:
    """The parent of a process."""
    fields = read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def used(pids: list[int]) -> float:
    """Seconds of processor time of the processes so far."""
    fields = [read(pid, "stat").rpartition(b")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields if each) / os.sysconf("SC_CLK_TCK")


def read(pid: int, name: str) -> bytes:
    """A file of /proc, empty where the process is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
