"""One version of a corpus in memory: where every chunk stands, its vector, its terms. No text: that stays in the store.

The next version is made from the one before: what both hold is taken over, and only what is new is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from workbench.nouns import Document
from workbench.retrieval.lexical import LexicalIndex, Vocabulary, repeated, taken_over
from workbench.retrieval.store import Store

if TYPE_CHECKING:
    from scipy import sparse

DIMENSIONS = 384
TITLE = 80  # characters of a title that are indexed with every chunk
CHUNKS_AT_ONCE, DOCUMENTS_AT_ONCE = 1000, 50  # whose vectors, whose texts are held while they are read


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every chunk has a place, 0 to chunks − 1, in the order of the documents and of each document.

    `documents` come without their text. `owners`, `starts` and `ends` (int32, one a chunk) say which document
    a chunk is of and where; `place` finds the place of an id; `vectors` is float32 of shape (chunks, 384);
    `overlaps` (chunks, terms) counts what a chunk repeats of the one before.
    """

    documents: list[Document]
    ids: list[str]
    place: dict[str, int]
    owners: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    vectors: np.ndarray
    overlaps: "sparse.csr_matrix"
    lexical: LexicalIndex


def snapshot(store: Store, corpus: str, before: Snapshot | None = None) -> Snapshot:
    """The corpus as it is now; `before`, an earlier version of it, saves reading what has not changed."""
    documents = store.documents(corpus, text=False, searchable=True)
    number = {document.id: place for place, document in enumerate(documents)}
    # What a file brings between the two queries belongs to the next version.
    rows = sorted((row for row in store.places(corpus) if row[0] in number), key=lambda row: number[row[0]])
    ids = [row[1] for row in rows]
    owners, starts, ends = (np.array(some, dtype=np.int32) for some in (
        [number[row[0]] for row in rows], [row[2] for row in rows], [row[3] for row in rows]))
    held = held_places(before, ids, [documents[owner].title for owner in owners])
    fresh = np.flatnonzero(held < 0)
    vectors = np.zeros((len(ids), DIMENSIONS), dtype=np.float32)
    if before:
        vectors[held >= 0] = before.vectors[held[held >= 0]]
    for first in range(0, len(fresh), CHUNKS_AT_ONCE):
        some = fresh[first : first + CHUNKS_AT_ONCE]
        read = store.vectors([ids[place] for place in some])
        for place in some:
            vectors[place] = read.get(ids[place], 0.0)  # deleted meanwhile: then it is never shown either
    vocabulary = before.lexical.vocabulary if before else Vocabulary()
    read_on = np.array(starts)  # how far the chunk before reaches into each
    same = np.flatnonzero(owners[1:] == owners[:-1]) + 1
    read_on[same] = np.maximum(starts[same], ends[same - 1])
    counts = vocabulary.count(
        indexed(documents[owners[place]].title, text)
        for place, text in zip(fresh, stretches(store, documents, owners, starts, ends, fresh), strict=True))
    overlaps = vocabulary.count(stretches(store, documents, owners, starts, read_on, fresh))
    titles = vocabulary.count(document.title[:TITLE] for document in documents)
    for each in (counts, overlaps):
        each.resize(len(fresh), titles.shape[1])
    if before:
        order = held.copy()
        order[fresh] = before.lexical.size + np.arange(len(fresh))
        counts, overlaps = taken_over(before.lexical.counts, counts, order), taken_over(before.overlaps, overlaps, order)
    return Snapshot(
        documents, ids, {each: place for place, each in enumerate(ids)}, owners, starts, ends, vectors, overlaps,
        LexicalIndex(vocabulary, counts, owners, repeated(overlaps, titles, owners)))


def held_places(before: Snapshot | None, ids: list[str], titles: list[str]) -> np.ndarray:
    """The place every chunk had in the version before, −1 where it had none or stood under another title."""
    if before is None:
        return np.full(len(ids), -1, dtype=np.int64)
    places = (before.place.get(each, -1) for each in ids)
    return np.array([
        place if place >= 0 and before.documents[before.owners[place]].title == title else -1
        for place, title in zip(places, titles, strict=True)], dtype=np.int64)


def stretches(
    store: Store, documents: list[Document], owners: np.ndarray, starts: np.ndarray, ends: np.ndarray, places: np.ndarray
) -> Iterator[str]:
    """The text from start to end at each of these places, ascending; of a few documents it is held at a time."""
    groups = [(owner, list(own)) for owner, own in groupby(places, key=owners.__getitem__)]
    for first in range(0, len(groups), DOCUMENTS_AT_ONCE):
        some = groups[first : first + DOCUMENTS_AT_ONCE]
        read = store.texts([documents[owner].id for owner, _ in some])
        for owner, own in some:
            text = read.get(documents[owner].id, "")
            for place in own:
                yield text[starts[place] : ends[place]]


def indexed(title: str, text: str) -> str:
    """What is embedded and searched of a chunk: its document's title gives it context."""
    return f"{title[:TITLE]}\n{text}"
