"""Chunks a second into a corpus: the embedding step and the whole path (read, cut, embed, store) against
`SentenceTransformer(...).encode` as it comes (float32, its defaults) on the same chunks. In turns in one process."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.scale import real
from benchmarks.tables import run
from workbench.bench import Bench, Settings
from workbench.ingest import EMBEDDED_AT_ONCE, ingest
from workbench.retrieval.embedding import bundled, computes_in_bfloat16
from workbench.retrieval.snapshot import indexed

RUNS = 5
CHARACTERS = 120_000  # of English text, some 200 chunks


def main(data: Path | None, limit: int | None) -> None:
    from sentence_transformers import SentenceTransformer

    with TemporaryDirectory() as folder:
        file = Path(folder) / "text.md"
        file.write_text("\n\n".join(real(data)["en"])[:CHARACTERS], encoding="utf-8")
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        plain = SentenceTransformer(str(bundled()), device="cpu", local_files_only=True)
        whole(bench, file, "first")
        texts = [
            indexed(document.title, chunk.text)
            for document in bench.store.documents("first") for chunk in bench.store.chunks(document)]
        ways: dict[str, Callable[[int], object]] = {
            "SentenceTransformer, defaults": lambda turn: plain.encode(texts, show_progress_bar=False),
            "workbench, embedding": lambda turn: embed(bench, texts),
            "workbench, whole path": lambda turn: whole(bench, file, f"run {turn}"),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(RUNS + 1):
            for name, act in ways.items():
                start = time.perf_counter()
                act(turn)
                if turn:  # the first one warms up
                    taken[name].append(time.perf_counter() - start)
        bench.close()
    base = statistics.median(taken["SentenceTransformer, defaults"])
    print(f"{len(texts)} chunks, {'bfloat16' if computes_in_bfloat16() else 'float32'}\n")
    run.table("", "chunks a second", "ratio of medians")
    for name, seconds in taken.items():
        run.row(name, f"{len(texts) / statistics.median(seconds):.0f}", f"{base / statistics.median(seconds):.2f} ×")


def embed(bench: Bench, texts: list[str]) -> np.ndarray:
    """The embedding step of an ingest."""
    windows = range(0, len(texts), EMBEDDED_AT_ONCE)
    return np.concatenate([bench.embedder.embed(texts[first : first + EMBEDDED_AT_ONCE]) for first in windows])


def whole(bench: Bench, file: Path, corpus: str) -> None:
    """The file into a corpus of its own."""
    for _ in ingest(bench, [file], corpus):
        pass
