"""Seconds until the page answers: the app with an empty data folder, while its models still load, against an empty
Gradio app. Each in a process of its own, in turns."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.app_process import answers, app_command, free_port, wait
from benchmarks.tables import run

EMPTY = "import gradio as gr\nwith gr.Blocks() as app:\n    gr.Markdown('empty')\napp.launch(server_port={port}, quiet=True)"
RUNS = 3


def main(data: Path | None = None, limit: int | None = None) -> None:
    ours, theirs = [], []
    for _ in range(RUNS):
        with TemporaryDirectory() as home:
            port = free_port()
            ours.append(seconds(app_command(Path(home), port), port))
        port = free_port()
        theirs.append(seconds([sys.executable, "-c", EMPTY.format(port=port)], port))
    run.table("first start", "median seconds until the page answers", "until a second request is answered while models load")
    for name, taken in (("workbench, empty data folder", ours), ("empty Gradio app", theirs)):
        run.row(name, f"{statistics.median(first for first, _ in taken):.2f}", f"{statistics.median(s for _, s in taken):.3f}")
    ratio = statistics.median(mine[0] / other[0] for mine, other in zip(ours, theirs, strict=True))
    run.row("ratio", f"{ratio:.2f} ×", "")


def seconds(command: list[str], port: int) -> tuple[float, float]:
    """Until the first page, and the slowest of five further ones in the seconds after it."""
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(process.poll, port)
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
