"""Memory of a model: what is told before it is loaded against how much its process grows until a prompt as long as the window is
read. Files requantized of the bundled one, and three windows.

    python -m benchmarks models
    python -m benchmarks models --file Q4_0 --file other.gguf --window 8192       some of it, or other files
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import run
from workbench.models import catalogue
from workbench.models.worker import Process, accepted, ask, look, quantize, rehearse, started

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


def main(data: Path | None = None, limit: int | None = None, files: Sequence[str] = KINDS, windows: Sequence[int] = WINDOWS) -> None:
    threads = catalogue.threads()
    run.table("file", "window", "sequences at once", "told before, MB", "measured, MB", "off by")
    off = []
    with TemporaryDirectory() as folder:
        for path in made(files, Path(folder), threads):
            trained = look(path).context_length
            for window in windows:
                if window > trained:  # the workbench refuses it
                    run.row(path.stem, window, f"reads at most {trained}", "", "", "")
            for told in rehearse(path, [window for window in windows if window <= trained]):
                measured = rise(path, told.window, threads)
                off.append(told.total / measured - 1)
                run.row(path.stem, told.window, f"{told.together}{' apart' if told.apart else ''}", f"{told.total / 1e6:.0f}",
                        f"{measured / 1e6:.0f}", f"{off[-1]:+.1%}")
    run.row("worst", "", "", "", "", f"{max(off, key=abs, default=0):+.1%}")


def made(files: Sequence[str], folder: Path, threads: int) -> Iterator[Path]:
    """The files one after another: a type of the bundled model, or a path."""
    for name in files:
        path = Path(name)
        if path.suffix != ".gguf":
            path = folder / f"{name}.gguf"
            quantize(catalogue.installed(), path, threads, name)
        yield path
