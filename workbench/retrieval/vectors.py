"""Nearest chunks by cosine.  [chromadb]

Chroma is filled from the store by every process anew and thrown away with it: a process that was killed leaves torn
files, a torn file can end the next process that opens it, and what was deleted stays in Chroma's files until they go.
Filling takes little longer than the first question after opening what is there (5,000 chunks: 1.5 s against 0.9 s).
A corpus has a folder of its own, so that one can be filled again without the others. Vectors are always handed
over; Chroma never embeds (chromadb 1.5.9 would download a model for that).
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

BATCH = 1000  # Chroma takes at most 5,461 rows at once
# A killed process leaves a torn index where Chroma saves it; so it is kept from saving in between.
HNSW = {"space": "cosine", "sync_threshold": 1_000_000, "batch_size": 100}

Vectors = Callable[[list[str]], dict[str, np.ndarray]]


class IndexBroken(Exception):
    """Chroma failed. Whatever the reason, the store holds all that is needed to fill it again."""


@contextmanager
def broken() -> Iterator[None]:
    """Turn whatever Chroma raises into IndexBroken: a torn file shows itself in any class of error, and a panic in
    its Rust part is not even an Exception."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise IndexBroken(f"{type(error).__name__}: {error}") from error


class VectorIndex:
    """A Chroma collection a corpus, each in a folder of its own under one that nobody else opens."""

    def __init__(self, folder: Path) -> None:
        """Whatever an earlier process left in the folder is thrown away."""
        self.folder = folder
        self.clients: dict[str, ClientAPI] = {}
        self.held: dict[str, set[str]] = {}
        self.versions: dict[str, int] = {}
        self.lock = threading.RLock()
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.unlink(missing_ok=True)

    def version(self, corpus: str) -> int | None:
        """The version of the corpus that is held whole, None while it is not."""
        return self.versions.get(corpus)

    def follow(self, corpus: str, version: int, ids: Iterable[str], vectors: Vectors) -> None:
        """Make the collection hold exactly these ids, those of a version of the corpus. `vectors(ids)` gives float32 rows.
        Where some are to go, the files go with them and all others are filled in again. Raises IndexBroken."""
        with self.lock:
            self.versions.pop(corpus, None)
            wanted = dict.fromkeys(ids)
            if not self.held.get(corpus, set()) <= wanted.keys():
                self.drop(corpus)
            held = self.held.get(corpus, set())
            fresh = [each for each in wanted if each not in held]
            new = not held
            for first in range(0, len(fresh), BATCH):
                rows = vectors(fresh[first : first + BATCH])
                try:
                    with broken():
                        self.collection(corpus).upsert(ids=list(rows), embeddings=list(rows.values()))
                except IndexBroken:
                    self.drop(corpus)  # the next attempt would stumble over what this one left
                    raise
                self.held[corpus].update(rows)
            if new:
                self.blank(corpus)
            self.versions[corpus] = version

    def nearest(self, corpus: str, vector: np.ndarray, count: int) -> list[str]:
        """Ids of the nearest chunks, best first. Raises IndexBroken."""
        with broken():
            return self.collection(corpus).query(query_embeddings=[vector], n_results=count, include=[])["ids"][0]

    def collection(self, corpus: str):
        """The corpus' collection, made if it is missing."""
        if corpus not in self.clients:
            import chromadb

            path = self.place(corpus)
            path.mkdir(parents=True)
            self.clients[corpus] = chromadb.PersistentClient(str(path), settings=chromadb.Settings(anonymized_telemetry=False))
            self.held[corpus] = set()
        return self.clients[corpus].get_or_create_collection(
            "corpus",
            configuration={"hnsw": HNSW},  # type: ignore[arg-type]
            embedding_function=None,
        )

    def place(self, corpus: str) -> Path:
        """The folder of a corpus, whose own name may be anything."""
        return self.folder / sha256(corpus.encode()).hexdigest()[:32]

    def blank(self, corpus: str) -> None:
        """Clear the room of the index on disk: hnswlib saves an empty one as the heap left it, and a vector that had been
        deleted stood there once in eight times. Nobody reads it, and Chroma writes nothing more to it until it is thrown away."""
        for path in self.place(corpus).rglob("data_level0.bin"):
            path.write_bytes(bytes(path.stat().st_size))

    def drop(self, corpus: str) -> None:
        """Remove a corpus with its files."""
        with self.lock:
            self.versions.pop(corpus, None)
            self.held.pop(corpus, None)
            client = self.clients.pop(corpus, None)
            if client is not None:
                with suppress(IndexBroken), broken():  # its files go all the same
                    client.close()  # type: ignore[attr-defined]
            shutil.rmtree(self.place(corpus), ignore_errors=True)

    def close(self) -> None:
        """Remove all."""
        for corpus in list(self.clients):
            self.drop(corpus)
        shutil.rmtree(self.folder, ignore_errors=True)
