"""Nearest chunks by cosine.  [chromadb]

Chroma is an index built from the store, never the truth: it can lose its files when the process is
killed, so `follow` brings it back in step and any error means building it anew. Vectors are always
handed over; Chroma never embeds (chromadb 1.5.9 would download a model for that).
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np

BATCH = 1000  # Chroma takes at most 5,461 rows at once


class IndexBroken(Exception):
    """Chroma failed. Whatever the reason, the store holds all that is needed to build the index anew."""


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
    """A Chroma collection a corpus, in a folder that nobody else opens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.open()
        except IndexBroken:
            self.rebuild()

    def open(self) -> None:
        """Open the folder, made if it is missing."""
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        with broken():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.client = chromadb.PersistentClient(str(self.folder), settings=settings)

    def collection(self, corpus: str):
        """The corpus' collection, made if it is missing. Chroma's names allow no Hangul: a hash stands in."""
        name = f"corpus-{sha256(corpus.encode()).hexdigest()[:32]}"
        # A killed process leaves a torn index where Chroma saves it; so it is kept from saving in between.
        hnsw = {"space": "cosine", "sync_threshold": 1_000_000, "batch_size": 100}
        return self.client.get_or_create_collection(
            name,
            configuration={"hnsw": hnsw},  # type: ignore[arg-type]
            embedding_function=None,
        )

    def follow(self, corpus: str, ids: list[str], vectors: Callable[[list[str]], dict[str, np.ndarray]]) -> None:
        """Make the collection hold exactly these ids. `vectors(ids)` gives float32 rows of those that still exist."""
        with broken():
            collection = self.collection(corpus)
            held = set(collection.get(include=[])["ids"])
        self.change(corpus, [each for each in ids if each not in held], sorted(held - set(ids)), vectors)

    def change(
        self, corpus: str, added: list[str], gone: list[str], vectors: Callable[[list[str]], dict[str, np.ndarray]]
    ) -> None:
        """Bring a collection from one version of its corpus to the next; what was added wins over what has gone."""
        self.delete(corpus, gone)
        for some in batches(added):
            rows = vectors(some)
            if rows:
                with broken():
                    self.collection(corpus).upsert(ids=list(rows), embeddings=list(rows.values()))

    def delete(self, corpus: str, ids: list[str]) -> None:
        """Take chunks out."""
        for some in batches(ids):
            with broken():
                self.collection(corpus).delete(ids=some)

    def nearest(self, corpus: str, vector: np.ndarray, count: int) -> list[str]:
        """Ids of the nearest chunks, best first."""
        with broken():
            return self.collection(corpus).query(query_embeddings=[vector], n_results=count, include=[])["ids"][0]

    def drop(self, corpus: str) -> None:
        """Remove a corpus' collection."""
        with broken():
            self.client.delete_collection(self.collection(corpus).name)

    def rebuild(self) -> None:
        """Throw the folder away and start empty."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
        if self.folder.is_dir():
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            self.folder.unlink(missing_ok=True)
        self.open()


def batches(ids: list[str]) -> list[list[str]]:
    """The ids in stretches that Chroma takes."""
    return [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]
