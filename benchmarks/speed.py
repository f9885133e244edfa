"""Seconds to the first token of a 1,000-token prompt: the worker against llama-cpp-python's `Llama`, defaults, the file
as installed. Taken in turns, medians of the pairs."""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

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
        for run in range(RUNS + 1):
            text = f"Report {run}. " + "The quick brown fox jumps over the lazy dog near the river. " * 80
            tokens = plain.tokenize(text.encode())[:1000]
            text = plain.detokenize(tokens).decode()
            start = time.perf_counter()
            next(iter(worker.stream(Prompt(text=text), window=2048, limit=1)))
            mine = time.perf_counter() - start
            plain.reset()
            start = time.perf_counter()
            next(iter(plain(text, max_tokens=1, temperature=0, stream=True)))
            if run:  # the first one warms up
                ours.append(mine)
                theirs.append(time.perf_counter() - start)
        worker.close()
    ratio = statistics.median(there / here for here, there in zip(ours, theirs, strict=True))
    print("| 1,000-token prompt | median seconds to first token |\n|---|---|")
    print(f"| workbench worker | {statistics.median(ours):.2f} |")
    print(f"| Llama, defaults, file as installed | {statistics.median(theirs):.2f} |")
    print(f"| ratio, median of {RUNS} pairs | {ratio:.2f} × |")
