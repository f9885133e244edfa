"""Seconds until the page answers: the app with an empty data folder, while its models still load, against an empty
Gradio app. Each in a process of its own, in turns."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

EMPTY = "import gradio as gr\nwith gr.Blocks() as app:\n    gr.Markdown('empty')\napp.launch(server_port={port}, quiet=True)"
RUNS = 3


def main(data: Path | None = None, limit: int | None = None) -> None:
    ours, theirs = [], []
    for _ in range(RUNS):
        with TemporaryDirectory() as home:
            port = free_port()
            ours.append(seconds([sys.executable, "app.py", "--home", home, "--port", str(port), "--no-browser"], port))
        port = free_port()
        theirs.append(seconds([sys.executable, "-c", EMPTY.format(port=port)], port))
    print("| first start | median seconds until the page answers | until a second request is answered while models load |")
    print("|---|---|---|")
    for name, taken in (("workbench, empty data folder", ours), ("empty Gradio app", theirs)):
        print(f"| {name} | {statistics.median(first for first, _ in taken):.2f} | {statistics.median(s for _, s in taken):.3f} |")
    ratio = statistics.median(mine[0] / other[0] for mine, other in zip(ours, theirs, strict=True))
    print(f"| ratio | {ratio:.2f} × | |")


def seconds(command: list[str], port: int) -> tuple[float, float]:
    """Until the first page, and the slowest of five further ones in the seconds after it."""
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"{command} ended with {process.returncode}")
            time.sleep(0.02)
        first = time.perf_counter() - start
        later = []
        for _ in range(5):
            time.sleep(0.4)
            again = time.perf_counter()
            answers(port)
            later.append(time.perf_counter() - again)
        return first, max(later)
    finally:
        process.terminate()
        process.wait()


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
