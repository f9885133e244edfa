"""Themes in feedback, on banking77 (Casanueva et al. 2020; 10,003 customer queries, 77 intents): from file to themes against
embedding the rows as they come, and how well themes and intents agree (NMI) against KMeans on the same vectors, k given to both.
"""

import csv
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import run
from workbench.bench import Bench, Settings
from workbench.feedback import Result, analyze
from workbench.nouns.feedback import Chosen
from workbench.retrieval.embedding import bundled

ROWS, SORTED, INTENTS = 10_000, 3_000, 77


def main(data: Path | None, limit: int | None) -> None:
    if data is None or not (path := data / "banking77" / "train.csv").exists():
        print("feedback is measured on banking77/train.csv: name its folder with --data.\n")
        return
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))[1:]
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        bench.embedder.embed([text for text, _ in rows[:64]])  # it is loaded, and warm
        speed(bench, Path(folder), [text for text, _ in rows[: limit or ROWS]])
        agreement(bench, Path(folder), rows[:: len(rows) // SORTED][:SORTED])
        bench.close()


def speed(bench: Bench, folder: Path, texts: list[str]) -> None:
    """The whole way in, and embedding alone, in the same process."""
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(bundled()), device="cpu", local_files_only=True)
    plain.encode(texts[:64], show_progress_bar=False)
    began = time.perf_counter()
    plain.encode(texts, show_progress_bar=False)
    embedded = time.perf_counter() - began
    began = time.perf_counter()
    found = themes(bench, folder, texts, None)
    whole = time.perf_counter() - began
    run.table("", "rows", "seconds", "against embedding as it comes")
    run.row("SentenceTransformer.encode, defaults", len(texts), f"{embedded:.1f}", "1")
    run.row("workbench, from file to themes", len(found.feedback.rows), f"{whole:.1f}", f"{whole / embedded:.2f} ×")
    print()


def agreement(bench: Bench, folder: Path, rows: list[list[str]]) -> None:
    """NMI of themes and intents; the plain way clusters the very vectors that the analysis kept."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import normalized_mutual_info_score

    def agree(found: Result, of: list[int]) -> float:
        intents = [rows[found.feedback.units[place].row][1] for place in range(len(of))]
        return float(normalized_mutual_info_score(intents, of))

    texts = [text for text, _ in rows]
    given, chosen = themes(bench, folder, texts, INTENTS), themes(bench, folder, texts, None)
    plain = KMeans(INTENTS, n_init=10, random_state=0).fit_predict(given.vectors.astype("float32")).tolist()
    stability = {each.language: each.stability for each in chosen.feedback.found}
    run.table("", "themes", "NMI with the intents")
    run.row("KMeans, 10 starts, same vectors", INTENTS, f"{agree(given, plain):.3f}")
    run.row("workbench, as many given", INTENTS, f"{agree(given, list(given.sorting.of)):.3f}")
    run.row("workbench, number chosen", len(chosen.sorting.themes), f"{agree(chosen, list(chosen.sorting.of)):.3f}")
    print(f"\nstability over seeds: {stability}")


def themes(bench: Bench, folder: Path, texts: list[str], number: int | None) -> Result:
    """A table of the texts, sorted."""
    path = folder / "feedback.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["comment"], *([text] for text in texts)])
    steps = analyze(bench, path, Chosen(text="comment"), number=number)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
