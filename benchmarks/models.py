"""Memory of a model: what is told before it is loaded against how much its process grows until a prompt as long as the window is
read. Three files, requantized of the bundled one, and three windows.

    python -m benchmarks models
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import run
from workbench.models import catalogue
from workbench.models.worker import Process, accepted, ask, quantize, rehearse, started

KINDS = ("Q8_0", "Q4_0", "F16")
WINDOWS = (512, 2048, 8192)
WORDS = "The quick brown fox jumps over the lazy dog near the river. "


def resident(process: Process) -> int:
    """Bytes of a process that stand in memory."""
    lines = Path(f"/proc/{process.popen.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:"))


def rise(path: Path, window: int, threads: int) -> int:
    """Bytes that a worker grows by from before it loads a model until a prompt as long as its window is read."""
    process = started()
    try:
        before = resident(process)
        accepted(ask(process, {"do": "load", "path": str(path), "threads": threads, "look": False}), path)
        accepted(ask(process, {"do": "open", "window": window}), path)
        prompt = {"messages": [], "text": WORDS * 10, "stop": []}
        tokens, = ask(process, {"do": "count", "prompts": [prompt]})["counts"]
        prompt |= {"text": WORDS * ((window - 2) * 10 // tokens)}
        number = process.send({"do": "stream", "prompt": prompt, "limit": 1, "temperature": 0, "seed": 0, "endless": True, "user": ""})
        while "end" not in accepted(process.receive(number), path):
            pass
        return resident(process) - before
    finally:
        process.close()


def main(data: Path | None = None, limit: int | None = None) -> None:
    threads = catalogue.threads()
    run.table("file", "window", "sequences at once", "told before, MB", "measured, MB", "off by")
    off = []
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}.gguf"
            quantize(catalogue.installed(), path, threads, kind)
            for told in rehearse(path, WINDOWS):
                measured = rise(path, told.window, threads)
                off.append(told.total / measured - 1)
                run.row(kind, told.window, f"{told.together}{' apart' if told.apart else ''}", f"{told.total / 1e6:.0f}",
                        f"{measured / 1e6:.0f}", f"{off[-1]:+.1%}")
    run.row("worst", "", "", "", "", f"{max(off, key=abs):+.1%}")
