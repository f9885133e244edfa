"""The app as a process of its own: for the start-up benchmark, the browser tests and the README's pictures."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@contextmanager
def app(home: Path, **options) -> Iterator[str]:
    """The app over a data folder, from its first page to its end; gives its address. `options` are Popen's."""
    port = free_port()
    process = subprocess.Popen(app_command(home, port), cwd=ROOT, **options)
    try:
        wait(process.poll, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def app_command(home: Path, port: int) -> list[str]:
    """How the app is started without a browser."""
    return [sys.executable, "app.py", "--home", str(home), "--port", str(port), "--no-browser"]


def wait(ended: Callable[[], int | None], port: int) -> None:
    """Until the page answers; `ended` tells the exit code of its process. Raises RuntimeError where that ends before."""
    while not answers(port):
        if (code := ended()) is not None:
            raise RuntimeError(f"the app ended with {code}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Whether the page is there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as reply:
            return reply.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
