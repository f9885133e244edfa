"""Seconds to the first token of a 1,000-token prompt: the worker against llama-cpp-python's `Llama`, defaults, the file
as installed. Taken in turns, medians of the pairs."""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import run
from workbench.models import catalogue
from workbench.models.worker import Worker
from workbench.nouns import Prompt

RUNS = 7


def main(data: Path | None = None, limit: int | None = None) -> None:
    from llama_cpp import Llama

    with TemporaryDirectory() as folder:
        threads = catalogue.threads()
        worker = Worker(catalogue.locate("", Path(folder), threads), threads)
        plain = Llama(str(catalogue.installed()), n_ctx=2048, verbose=False)
        ours, theirs = [], []
        for turn in range(RUNS + 1):
            text = f"Report {turn}. " + "The quick brown fox jumps over the lazy dog near the river. " * 80
            tokens = plain.tokenize(text.encode())[:1000]
            text = plain.detokenize(tokens).decode()
            start = time.perf_counter()
            next(iter(worker.stream(Prompt(text=text), window=2048, limit=1)))
            mine = time.perf_counter() - start
            plain.reset()
            start = time.perf_counter()
            next(iter(plain(text, max_tokens=1, temperature=0, stream=True)))
            if turn:  # the first one warms up
                ours.append(mine)
                theirs.append(time.perf_counter() - start)
        worker.close()
    ratio = statistics.median(there / here for here, there in zip(ours, theirs, strict=True))
    run.table("1,000-token prompt", "median seconds to first token")
    run.row("workbench worker", f"{statistics.median(ours):.2f}")
    run.row("Llama, defaults, file as installed", f"{statistics.median(theirs):.2f}")
    run.row(f"ratio, median of {RUNS} pairs", f"{ratio:.2f} ×")
