"""Recall@1 at file level against BM25 alone, same files, same run."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import sets
from benchmarks.tables import run
from workbench.bench import Bench, Settings
from workbench.retrieval.lexical import terms
from workbench.scoring import holds
from workbench.search import search


def main(data: Path | None, limit: int | None) -> None:
    run.table(
        "set", "questions", "BM25 words", "BM25 syllable pairs", "workbench recall@1", "recall@4", "best sentence contains")
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        for name in sets.names(data):
            asked = sets.load(bench, name, data, Path(folder))[:limit]
            files = {document.source: document.text for document in bench.store.documents(name)}
            words = bm25(files, asked, lambda text: re.findall(r"\w+", text.lower()))
            pairs = bm25(files, asked, terms)
            found = [search(bench, each.text, name, 4) for each in asked]
            first = np.mean([hits.hits[0].source == each.file for hits, each in zip(found, asked, strict=True)])
            fourth = np.mean(
                [each.file in {hit.source for hit in hits.hits} for hits, each in zip(found, asked, strict=True)])
            sentence = np.mean([
                bool(hits.best) and any(holds(hits.best.text, answer) for answer in each.answers) for hits, each in zip(found, asked, strict=True)])
            run.row(
                name, len(asked), f"{words:.3f}", f"{pairs:.3f}", f"{first:.3f}", f"{fourth:.3f}", f"{sentence:.3f}")
        bench.close()


def bm25(files: dict[str, str], asked: list[sets.Asked], cut) -> float:
    """Recall@1 of BM25 (k1 1.2, b 0.75) over whole files."""
    import bm25s

    index = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    index.index([cut(text) for text in files.values()], show_progress=False)
    names = list(files)
    right = 0
    for each in asked:
        tokens = [token for token in cut(each.text) if token in index.vocab_dict]
        right += bool(tokens) and names[int(index.get_scores(tokens).argmax())] == each.file
    return right / len(asked)
