"""A process that ingests an office's files and kills itself at a point: python -m tests.faults.driver HOME FOLDER [POINT N]

Without a point it ends by itself, or is killed from outside. With `recover` for a point it opens what another one left,
goes on, does all of it again and tells on its last line, as JSON, what is there. The product knows nothing of this.
"""

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.faults.files import CORPUS, DELETED, WORDS
from tests.stand_in import StandInEmbedder
from workbench.bench import Bench, Settings
from workbench.ingest import delete, go_on, ingest
from workbench.retrieval import vectors
from workbench.search import search

# Of an ingest, in the order they are come by; then those of a deletion.
POINTS = (
    "receive before its commit", "received", "reader answered", "parsed", "between two batches", "after the last batch", "embedded",
    "finish before its commit", "finished and not swept", "sweep before its commit", "between two batches of Chroma",
    "in the middle of VACUUM",
)
DELETING = ("delete before its commit", "deleted and not swept", "delete's sweep before its commit")
TICKS = 2000  # of SQLite's virtual machine into VACUUM


class Killer:
    """Ends the process without any goodbye when a point is reached for the n-th time."""

    def __init__(self, point: str, times: int) -> None:
        self.point, self.left = point, times
        self.inside: list[str] = []
        self.vacuum = False

    def reach(self, point: str) -> None:
        """The process is here."""
        if point == self.point:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, bench: Bench) -> None:
        """Wrap what the bench does, so that every point is told."""
        store = bench.store
        bench.reader.read = self.told(bench.reader.read, "", after="reader answered")  # type: ignore[method-assign]
        for name, before, after in (
            ("receive", "", "received"), ("parsed", "", "parsed"), ("embedded", "after the last batch", "embedded"),
            ("finish", "", "finished and not swept"), ("sweep", "", ""), ("delete_files", "", ""),
        ):
            setattr(store, name, self.told(getattr(store, name), before, after))
        keep, sweep, fetch = store.keep_vectors, store.sweep, vectors.VectorIndex.collection

        def keep_vectors(keys, rows) -> None:
            keep(keys, rows)
            if len(keys) == 128:  # a whole batch: the file has more
                self.reach("between two batches")

        def swept() -> None:
            if "delete_files" in self.inside:
                self.reach("deleted and not swept")
            sweep()

        def collection(index, corpus):
            if index.held.get(corpus) and index.version(corpus) is None:
                self.reach("between two batches of Chroma")
            return fetch(index, corpus)

        store.keep_vectors, store.sweep, vectors.VectorIndex.collection = keep_vectors, swept, collection  # type: ignore[method-assign]
        store.database.set_trace_callback(self.statement)
        store.database.set_progress_handler(self.tick, TICKS)

    def told(self, method: Callable, before: str, after: str) -> Callable:
        """A method that tells when it begins and ends."""

        def wrapped(*arguments, **options):
            self.reach(before)
            self.inside.append(method.__name__)
            result = method(*arguments, **options)
            self.inside.pop()
            self.reach(after)
            return result

        return wrapped

    def statement(self, sql: str) -> None:
        """SQLite begins a statement."""
        self.vacuum = sql == "VACUUM"
        if sql == "COMMIT" and self.inside:
            deleting = "delete_files" in self.inside
            if deleting and self.inside[-1] == "sweep":
                self.reach("delete's sweep before its commit")
            else:
                self.reach("delete before its commit" if deleting else f"{self.inside[-1]} before its commit")

    def tick(self) -> int:
        """SQLite is at work."""
        if self.vacuum:
            self.vacuum = False
            self.reach("in the middle of VACUUM")
        return 0


def work(bench: Bench, folder: Path) -> list[tuple[str, str]]:
    """What the office does: files in, asked for at once, and three of the old ones out. Says what is acknowledged."""
    told = []
    for step in ingest(bench, [folder], CORPUS):
        if step.report:
            told.append((step.report.name, step.report.state))
            print(json.dumps(told[-1]), flush=True)
            bench.corpus(CORPUS)
    bench.corpus(CORPUS)
    bench.fill(CORPUS)
    present = {report.name for report in bench.store.files(CORPUS)}
    for name in DELETED:
        if name in present:
            delete(bench, CORPUS, name)
            bench.fill(CORPUS)
            print(json.dumps((name, "deleted")), flush=True)
    return told


def state(bench: Bench) -> dict:
    """All that there is, but for times and row numbers, which tell how it came there."""
    rows = bench.store.rows
    chunks = rows("""
        SELECT files.name, documents.id, chunks.id, start, stop, vector FROM chunks JOIN documents ON documents.key = chunks.document
        JOIN files ON files.id = documents.file ORDER BY files.name, documents.id, start, chunks.id""")
    return {
        "files": rows("SELECT name, state, sha256, by_row FROM files ORDER BY name, state, sha256"),
        "documents": rows("""
            SELECT files.name, documents.id, title, duplicate_of, length(text) FROM documents JOIN files ON files.id = documents.file
            ORDER BY files.name, documents.id"""),
        "chunks": [(*place, sha256(vector or b"").hexdigest()[:16]) for *place, vector in chunks],
        "blobs": rows("SELECT sha256 FROM blobs ORDER BY sha256"),
        "found": {word: sorted({hit.source for hit in search(bench, word, CORPUS, 10).hits if word in hit.chunk.text.lower()})
                  for word in WORDS},
    }


def recover(bench: Bench, folder: Path, began: float) -> dict:
    """Open what is there, ask, go on, and do all of it again, twice."""
    there = [report.name for report in bench.store.files(CORPUS) if report.state in ("ready", "duplicate")]
    search(bench, "department", CORPUS)
    usable = time.monotonic() - began
    list(go_on(bench))
    left = bench.store.rows("SELECT name, state FROM files WHERE state NOT IN ('ready', 'duplicate')")
    work(bench, folder)
    version = bench.store.version(CORPUS)
    again = work(bench, folder)
    bench.fill(CORPUS)
    index = bench.index
    assert index is not None
    return {
        "usable": usable, "there": there, "left": left, "again": sorted({state for _, state in again}),
        "unchanged": bench.store.version(CORPUS) == version, "state": state(bench),
        "in_chroma": index.collection(CORPUS).count() if index.version(CORPUS) == version else None,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
    }


def main() -> None:
    home, folder, point, times = Path(sys.argv[1]), Path(sys.argv[2]), *(sys.argv[3:5] or ("", "0"))
    began = time.monotonic()
    bench = Bench(Settings(home), writing=True, chroma=True)
    bench.opened_embedder = StandInEmbedder()  # type: ignore[assignment]
    if point == "recover":
        found = recover(bench, folder, began)
        bench.close()
        print(json.dumps(found))
        return
    # Small, so that Chroma saves its index again and again: a kill may tear it.
    vectors.BATCH = 40
    vectors.HNSW |= {"sync_threshold": 20, "batch_size": 10}
    if point:
        Killer(point, int(times)).watch(bench)
    print(json.dumps("begun"), flush=True)
    work(bench, folder)
    bench.close()


if __name__ == "__main__":
    main()
