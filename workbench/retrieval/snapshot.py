"""One version of a corpus in memory: where every chunk stands, its vector, its terms. No text: that stays in the store.

A version is a few segments, each of which never changes, and a mark on what has gone from them since. The next version
has the segments of the one before and one more, of what is new: adding a file costs that file. Small segments are
merged into larger ones (a log-structured merge); what is found does not depend on how the segments are cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, groupby
from typing import NamedTuple

import numpy as np

from workbench.nouns import Document
from workbench.retrieval.lexical import LexicalIndex, Part, Terms, Vocabulary
from workbench.retrieval.store import Store

DIMENSIONS = 384
UNIT = 0.001  # by which the length of a vector may differ from one
TITLE = 80  # characters of a title that are indexed with every chunk
CHUNKS_AT_ONCE, DOCUMENTS_AT_ONCE = 1000, 50  # whose vectors, whose texts are held while they are read


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Some documents of a corpus with their chunks, those of a document one after the other.

    `keys` are the store's of the documents, which come without their text; `number` and `place` find a document by its
    key and a chunk by its id. `owners`, `starts` and `ends` (int32, one a chunk) say which document a chunk is of and
    where; `ranks` (int64) orders all chunks of a corpus, whatever segments they are in; `vectors` is float32 of shape
    (chunks, 384).
    """

    keys: np.ndarray
    documents: list[Document]
    number: dict[int, int]
    ids: list[str]
    place: dict[str, int]
    owners: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    ranks: np.ndarray
    vectors: np.ndarray
    terms: Terms


class Live(NamedTuple):
    """A segment and what is left of it in one version: its chunks are the texts, its documents the groups."""

    segment: Segment
    left: Part


class Chunks(NamedTuple):
    """A segment and chunks of one of its documents, by their places in the segment, ascending."""

    segment: Segment
    document: Document
    places: list[int]


class Snapshot:
    """Every chunk has a place: those of the first segment come first. What has gone keeps its place, and is in no
    answer of `places`."""

    def __init__(self, version: int, vocabulary: Vocabulary, parts: Sequence[Live]) -> None:
        self.version = version
        self.parts = tuple(parts)
        self.lexical = LexicalIndex(vocabulary, [part.left for part in self.parts])
        self.firsts = np.cumsum([0, *(len(part.segment.ids) for part in self.parts)])
        self.size = self.lexical.size

    def places(self) -> np.ndarray:
        """Of all chunks, ascending."""
        return np.flatnonzero(joined((part.left.texts for part in self.parts), bool))

    def places_in(self, documents: Iterable[bool]) -> np.ndarray:
        """Of the chunks of some documents, ascending; one value a document, in the order of `documents`."""
        admitted = np.fromiter(documents, dtype=bool)
        places = self.places()
        return places[admitted[self.owners()[places]]]

    def documents(self) -> list[Document]:
        """Of all segments, those that have gone too."""
        return [document for part in self.parts for document in part.segment.documents]

    def owners(self) -> np.ndarray:
        """Of every place the number of its document among `documents`."""
        firsts = np.cumsum([0, *(len(part.segment.documents) for part in self.parts)])
        return joined((part.segment.owners + first for part, first in zip(self.parts, firsts[:-1], strict=True)), np.int64)

    def ranks(self) -> np.ndarray:
        """Of every place a number that orders the chunks by document and start; equal scores go by it."""
        return joined((part.segment.ranks for part in self.parts), np.int64)

    def at(self, place: int) -> tuple[Segment, int]:
        """The segment of a place, and the place in it."""
        number = int(np.searchsorted(self.firsts, place, side="right")) - 1
        return self.parts[number].segment, int(place - self.firsts[number])

    def id(self, place: int) -> str:
        """The chunk's id."""
        segment, own = self.at(place)
        return segment.ids[own]

    def vectors(self, places: np.ndarray) -> np.ndarray:
        """Float32 of shape (places, 384)."""
        rows = np.empty((len(places), DIMENSIONS), dtype=np.float32)
        numbers = np.searchsorted(self.firsts, places, side="right") - 1
        for number in np.unique(numbers):
            some = numbers == number
            rows[some] = self.parts[number].segment.vectors[places[some] - self.firsts[number]]
        return rows

    def place(self, identity: str) -> int | None:
        """Where the chunk of this id is, if it is in this version."""
        for part, first in zip(self.parts, self.firsts.tolist(), strict=False):
            own = part.segment.place.get(identity)
            if own is not None and part.left.texts[own]:
                return first + own
        return None

    def document(self, identity: str) -> Document:
        """Whose chunk has this id. Raises KeyError."""
        place = self.place(identity)
        if place is None:
            raise KeyError(identity)
        segment, own = self.at(place)
        return segment.documents[segment.owners[own]]

    def by_document(self, places: np.ndarray) -> list[Chunks]:
        """The chunks at these places, ascending, in the order of their files' names and of the documents in each."""
        found = []
        bounds = np.searchsorted(places, self.firsts)
        for number, part in enumerate(self.parts):
            own = (places[bounds[number] : bounds[number + 1]] - self.firsts[number]).tolist()
            found += [
                (part.segment.documents[owner].source, part.segment.keys[owner], Chunks(part.segment, part.segment.documents[owner], list(some)))
                for owner, some in groupby(own, key=part.segment.owners.__getitem__)]
        return [chunks for *_, chunks in sorted(found, key=lambda each: each[:2])]

    def ids(self) -> list[str]:
        """Of all chunks."""
        return [each for part in self.parts for each in compress(part.segment.ids, part.left.texts)]


def snapshot(store: Store, corpus: str, version: int, before: Snapshot | None = None) -> Snapshot:
    """The corpus as it is now, `version` being read before it; an earlier one saves reading what has not changed.

    What a file brings in between belongs to the next version too, which then finds it done.
    """
    if before is not None:
        try:
            added, gone = store.changes(corpus, before.version)
        except LookupError:
            before = None
    if before is None:
        vocabulary, parts = Vocabulary(), []
        added = store.searchable(corpus)
    else:
        vocabulary = before.lexical.vocabulary
        parts = [without(part, gone) for part in before.parts]
        added = [key for key in added if not any(holds(part, key) for part in parts)]
    if added:
        segment = read(store, vocabulary, added)
        parts.append(Live(segment, Part.of(segment.terms)))
    return Snapshot(version, vocabulary, parts)


def without(part: Live, gone: Iterable[int]) -> Live:
    """What is left after the documents with these keys have gone."""
    numbers = (part.segment.number.get(key) for key in gone)
    left = part.left.without([number for number in numbers if number is not None])
    return part if left is part.left else Live(part.segment, left)


def holds(part: Live, key: int) -> bool:
    """Whether the document with this key is still there."""
    number = part.segment.number.get(key)
    return number is not None and bool(part.left.groups[number])


def read(store: Store, vocabulary: Vocabulary, keys: Sequence[int]) -> Segment:
    """The documents with these keys from the store, those that are still there."""
    found = store.documents_by_key(keys)
    documents = [found[key] for key in sorted(found)]
    number = {key: place for place, key in enumerate(sorted(found))}
    rows = [row for row in store.places_of(keys) if row[0] in number]
    owners, starts, ends = (np.array(some, dtype=np.int32) for some in (
        [number[row[0]] for row in rows], [row[2] for row in rows], [row[3] for row in rows]))
    ids = [row[1] for row in rows]
    vectors = np.zeros((len(ids), DIMENSIONS), dtype=np.float32)
    for first in range(0, len(ids), CHUNKS_AT_ONCE):
        some = ids[first : first + CHUNKS_AT_ONCE]
        by_id = store.vectors(some)
        for place, each in enumerate(some, first):
            vectors[place] = by_id.get(each, 0.0)  # deleted meanwhile: then it is never shown either
    both = vocabulary.count(stretches(store, documents, owners, starts, ends))
    counts, overlaps = both[0::2], both[1::2]
    titles = vocabulary.count(document.title[:TITLE] for document in documents)
    terms = Terms.of(counts, owners, overlaps, titles)
    return segment_of(np.array(sorted(found), dtype=np.int64), documents, ids, starts, ends, vectors, terms)


def stretches(
    store: Store, documents: list[Document], owners: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> Iterator[str]:
    """In turns what is indexed of every chunk and what it repeats of the one before; few texts are held at a time."""
    bounds = np.searchsorted(owners, np.arange(len(documents) + 1))
    for first in range(0, len(documents), DOCUMENTS_AT_ONCE):
        texts = store.texts([document.id for document in documents[first : first + DOCUMENTS_AT_ONCE]])
        for number, document in enumerate(documents[first : first + DOCUMENTS_AT_ONCE], first):
            text = texts.get(document.id, "")
            reached = 0
            for place in range(bounds[number], bounds[number + 1]):
                start, end = starts[place], ends[place]
                yield indexed(document.title, text[start:end])
                yield text[start : max(start, reached)]
                reached = end


def segment_of(
    keys: np.ndarray, documents: list[Document], ids: list[str], starts: np.ndarray, ends: np.ndarray, vectors: np.ndarray,
    terms: Terms,
) -> Segment:
    """A segment with what follows from the rest."""
    return Segment(
        keys, documents, {key: number for number, key in enumerate(keys.tolist())},
        ids, {each: place for place, each in enumerate(ids)},
        terms.owners, starts, ends, keys[terms.owners] << 32 | starts, vectors, terms)


# Merging


def due(parts: Sequence[Live]) -> list[Live]:
    """The parts to be merged into one now; none where all is well.

    From the smallest up, each that is no larger than all smaller ones together goes in with them. So every part that
    stays is more than half of what there is up to it: of n chunks there are at most log2(n) + 1 parts, and whenever a
    chunk is copied its segment at least doubles, so that it is copied at most log2(n) times. A part of which most has
    gone goes in too: what went pays for what is copied.
    """
    smaller, reach = 0, 0
    ordered = sorted(parts, key=lambda part: part.left.text_count)
    for number, part in enumerate(ordered):
        if number and part.left.text_count <= smaller:
            reach = number + 1
        smaller += part.left.text_count
    return ordered[:reach] + [part for part in ordered[reach:] if 2 * part.left.text_count < len(part.left.texts)]


def merged(parts: Sequence[Live]) -> Segment:
    """What is left of these segments as one."""
    counts = [part.left.text_count for part in parts]
    vectors = np.empty((sum(counts), DIMENSIONS), dtype=np.float32)
    for part, first, count in zip(parts, np.cumsum([0, *counts]).tolist(), counts, strict=False):
        np.compress(part.left.texts, part.segment.vectors, axis=0, out=vectors[first : first + count])
    return segment_of(
        np.concatenate([part.segment.keys[part.left.groups] for part in parts]),
        [document for part in parts for document in compress(part.segment.documents, part.left.groups)],
        [each for part in parts for each in compress(part.segment.ids, part.left.texts)],
        np.concatenate([part.segment.starts[part.left.texts] for part in parts]),
        np.concatenate([part.segment.ends[part.left.texts] for part in parts]),
        vectors, Terms.merged([part.left for part in parts]))


def adopted(held: Snapshot, segment: Segment, parts: Sequence[Live]) -> Snapshot | None:
    """The version with the segment that these parts were merged into instead of them, without what has gone meanwhile;
    None where the version does not have their segments any more."""
    now = {part.segment: part for part in held.parts}
    replaced = {part.segment for part in parts}
    if not replaced <= now.keys():
        return None
    kept = np.concatenate([now[part.segment].left.groups[part.left.groups] for part in parts])
    new = Live(segment, Part.of(segment.terms).without(np.flatnonzero(~kept).tolist()))
    others = [part for part in held.parts if part.segment not in replaced]
    return Snapshot(held.version, held.lexical.vocabulary, [*others, new] if new.left.group_count else others)


def joined(arrays: Iterable[np.ndarray], kind: type) -> np.ndarray:
    """One array of several, or of none."""
    return np.concatenate([np.zeros(0, kind), *arrays])


def indexed(title: str, text: str) -> str:
    """What is embedded and searched of a chunk: its document's title gives it context."""
    return f"{title[:TITLE]}\n{text}"


def is_vector(numbers: np.ndarray) -> bool:
    """Whether these are as many numbers as a vector of the embedder has, of length one; never of NaN."""
    return len(numbers) == DIMENSIONS and abs(float(np.linalg.norm(numbers)) - 1) <= UNIT
