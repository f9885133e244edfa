"""A corpus ready to be searched: one version of it, taken over by the next when the corpus changed.

Both sides score every passage that may be read, so that a filter never costs a hit. Vectors: Chroma finds the
nearest in an ordinary corpus; in a large one, under a filter and where Chroma cannot be opened they are compared
one by one, in memory. That is exact, and at 100,000 chunks it takes 10 ms and 154 MB, where Chroma takes 6 ms but
540 MB, 88 s to fill and 52 s at every start.
"""

import logging
import re
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from workbench.languages import language
from workbench.nouns import Chunk, Filter, Hit, Sentence, Survey
from workbench.retrieval.embedding import Embedder
from workbench.retrieval.fusion import fuse
from workbench.retrieval.lexical import question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.retrieval.snapshot import Snapshot, joined, snapshot
from workbench.retrieval.store import Store
from workbench.retrieval.survey import survey
from workbench.retrieval.vectors import IndexBroken, VectorIndex

journal = logging.getLogger("workbench")

DEPTH = 100  # candidates taken from each side before fusion
DOCUMENT_SHARE = 0.5  # how much of its document's BM25 score a chunk gets on top of its own
NEAR_SHARE = 0.3  # how much of the sentence before counts for a sentence
NUMBER_BONUS = 0.5
ASKS_FOR_NUMBER = re.compile(
    r"\b(how (many|much|long|far|old|often|soon|late)|when|(what|which) (year|time|date|day|percent|price|number|fee|amount))\b"
    r"|몇|얼마|언제|며칠",
    re.IGNORECASE,
)
PASSAGE_SHARE = 0.5  # how much of its passage's score a sentence gets on top of its own
ALL = Filter()
COPIED = 0.25  # share of the vectors up to which copying the admitted ones is faster than comparing all
IN_CHROMA = 5000  # chunks up to which a corpus is kept in Chroma


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: hits best first, the sentence that answers best, and how much of the
    question's term weight stands in the hits (0 to 1). `index` is the snapshot they come from."""

    hits: tuple[Hit, ...]
    best: Sentence | None
    coverage: float
    index: "CorpusIndex"


class CorpusIndex:
    """Search over one version of one corpus."""

    def __init__(
        self, store: Store, index: VectorIndex | None, corpus: str, version: int, before: "CorpusIndex | None" = None
    ) -> None:
        """`index` None: no Chroma at hand. `before`: an earlier version of the corpus, to make this one from."""
        self.version = version
        self.corpus = corpus
        self.store = store
        self.held: Snapshot = snapshot(store, corpus, version, before.held if before else None)
        self.size = self.held.size
        self.index = index if self.size <= IN_CHROMA else None  # asked once it is filled to this version

    def vectors(self, ids: list[str]) -> dict[str, np.ndarray]:
        """The vectors of those of these chunks that are in this version."""
        places = {each: place for each in ids if (place := self.held.place(each)) is not None}
        return dict(zip(places, self.held.vectors(np.array(list(places.values()), np.int64)), strict=True))

    def holding(self, held: Snapshot) -> "CorpusIndex":
        """The same with its segments cut in another way."""
        other = copy(self)
        other.held = held
        return other

    def search(self, question: str, embedder: Embedder, top_k: int, filter: Filter = ALL) -> Found:
        """The best `top_k` passages that the filter admits and the best sentence in them."""
        hits = self.passages(question, embedder, top_k, filter)
        ranked = self.ranked_sentences(question, hits, embedder)
        return Found(hits, ranked[0] if ranked else None, self.coverage(question, hits), self)

    def passages(self, question: str, embedder: Embedder, top_k: int, filter: Filter = ALL) -> tuple[Hit, ...]:
        """The best `top_k` passages that the filter admits, best first."""
        admitted = self.admitted(filter)
        if not len(admitted):
            return ()
        reads = embedder.reads(language(question))
        vector = embedded(embedder, (question,))[0]
        lexical = self.lexical_scores(question)
        nearest = self.nearest(vector, None if filter == ALL else admitted)
        ranks = self.held.ranks()
        candidates = np.union1d(admitted[largest(lexical[admitted], DEPTH, ranks[admitted])], nearest).astype(np.int64)
        candidates = candidates[np.argsort(ranks[candidates])]
        dense = cosines(self.held.vectors(candidates), vector)
        fused = fuse(lexical[candidates], dense, 0.5 if reads else 0.0)
        order = np.lexsort((ranks[candidates], -dense, -fused))
        scored = list(zip(candidates[order], fused[order], dense[order], lexical[candidates[order]], strict=True))
        return self.hits(scored, top_k)

    def by_words(self, text: str, top_k: int) -> tuple[Hit, ...]:
        """The passages that share most of a text's words, by BM25 alone: no embedder is needed. Those that share none are
        left out; `dense` is 0."""
        lexical = self.lexical_scores(text)
        places = self.held.places()
        best = places[largest(lexical[places], top_k, self.held.ranks()[places])]
        return self.hits([(place, lexical[place], 0.0, lexical[place]) for place in best if lexical[place] > 0], top_k)

    def survey(self, question: str, filter: Filter = ALL) -> Survey:
        """Every sentence of the admitted documents that speaks of what the question asks for."""
        return survey(self.held, self.store, question, self.admitted(filter))

    def admitted(self, filter: Filter) -> np.ndarray:
        """Places of the chunks that a filter admits, ascending."""
        if filter == ALL:
            return self.held.places()
        return self.held.places_in(filter.admits(document) for document in self.held.documents())

    def lexical_scores(self, question: str) -> np.ndarray:
        """BM25 of every chunk with a share of its document's, float32."""
        own, whole = self.held.lexical.scores(question)
        return own + DOCUMENT_SHARE * whole[self.held.owners()]

    def nearest(self, vector: np.ndarray, admitted: np.ndarray | None = None) -> list[int]:
        """Places of the chunks with the nearest vectors, best first: of all, or of those admitted."""
        if self.index is not None and self.index.version(self.corpus) == self.version and admitted is None:
            try:
                ids = self.index.nearest(self.corpus, vector, min(DEPTH, self.size))
                return [place for each in ids if (place := self.held.place(each)) is not None]
            except IndexBroken:
                journal.warning("the vector index failed; comparing the vectors one by one", exc_info=True)
        if admitted is None:
            admitted = self.held.places()
        if len(admitted) > self.size * COPIED:
            compared = joined((cosines(part.segment.vectors, vector) for part in self.held.parts), np.float32)[admitted]
        else:
            compared = cosines(self.held.vectors(admitted), vector)
        return admitted[largest(compared, DEPTH, self.held.ranks()[admitted])].tolist()

    def hits(self, scored: list[tuple[int, float, float, float]], top_k: int) -> tuple[Hit, ...]:
        """The first `top_k` of (place, score, dense, lexical) as hits; what was deleted since this version was made
        has no text any more and is passed over."""
        found: list[Hit] = []
        for first in range(0, len(scored), top_k):
            some = scored[first : first + top_k]
            ids = [self.held.id(place) for place, *_ in some]
            texts = self.store.passages(ids)
            found += [
                self.hit(place, texts[each], float(score), float(dense), float(lexical))
                for each, (place, score, dense, lexical) in zip(ids, some, strict=True) if each in texts]
            if len(found) >= top_k:
                break
        return tuple(found[:top_k])

    def hit(self, place: int, text: str, score: float, dense: float, lexical: float) -> Hit:
        """A chunk as a hit."""
        segment, own = self.held.at(place)
        document = segment.documents[segment.owners[own]]
        chunk = Chunk(segment.ids[own], document.id, int(segment.starts[own]), int(segment.ends[own]), text)
        return Hit(chunk, document.title, document.source, document.page_at(chunk.start), score, dense, lexical)

    def kind(self, hit: Hit) -> str:
        """The kind of the document of a hit; by the name of its file where the passage is none of this index."""
        known = self.held.place(hit.chunk.id) is not None
        return self.held.document(hit.chunk.id).kind if known else hit.source.rpartition(".")[2].lower()

    def coverage(self, question: str, hits: tuple[Hit, ...]) -> float:
        """Share of the question's term weight (inverse document frequency) that the hits contain."""
        wanted = {term: self.held.lexical.weight(term) for term in question_terms(question)}
        present = {term for hit in hits for term in terms(f"{hit.title}\n{hit.chunk.text}")}
        total = sum(wanted.values())
        return sum(weight for term, weight in wanted.items() if term in present) / total if total else 0.0

    def ranked_sentences(self, question: str, hits: tuple[Hit, ...], embedder: Embedder) -> list[Sentence]:
        """Every sentence of the hits, the one that fits the question best first, by the same two kinds of scores."""
        reads = embedder.reads(language(question))
        places: list[tuple[Hit, int, int]] = []
        before: list[str] = []  # the sentence in front of each, where a topic is often named
        for hit in hits:
            text = hit.chunk.text
            own = sentences(text, self.kind(hit))
            for number, (start, end) in enumerate(own):
                if not is_heading(text[start:end], hit.title):
                    places.append((hit, start, end))
                    before.append(text[slice(*own[number - 1])] if number else "")
        if not places:
            return []
        texts = [hit.chunk.text[start:end] for hit, start, end in places]
        wanted = {term: self.held.lexical.weight(term) for term in question_terms(question)}
        own_weight, near_weight = (
            np.array([sum(wanted.get(term, 0.0) for term in set(terms(text))) for text in some]) for some in (texts, before))
        dense = np.zeros(len(texts))
        if reads:
            passages = [tuple(text for text, (each, _, _) in zip(texts, places, strict=True) if each is hit) for hit in hits]
            dense = np.concatenate([embedded(embedder, each) for each in passages if each]) @ embedded(embedder, (question,))[0]
        scores = fuse(own_weight + NEAR_SHARE * near_weight, dense, 0.5 if reads else 0.0)
        scores += PASSAGE_SHARE * np.array([hit.score for hit, _, _ in places])
        if ASKS_FOR_NUMBER.search(question):
            scores += NUMBER_BONUS * np.array([any(map(str.isdigit, text)) for text in texts])
        return [
            Sentence(" ".join(texts[place].split()), hit.chunk.start + start, hit.chunk.start + end, hit, float(scores[place]))
            for place in np.argsort(-scores, kind="stable")
            for hit, start, end in [places[place]]
        ]

    def excerpts(self, question: str, hit: Hit, embedder: Embedder) -> list[list[str]]:
        """Ever longer selections of a hit's sentences, the best ones first to come in, each in the order of the text."""
        ranked = self.ranked_sentences(question, (hit,), embedder)
        return [
            [sentence.text for sentence in sorted(ranked[:count], key=lambda sentence: sentence.start)]
            for count in range(1, len(ranked) + 1)
        ]


@lru_cache(maxsize=4096)  # of some 12 kB each
def embedded(embedder: Embedder, texts: tuple[str, ...]) -> np.ndarray:
    """The vectors of a question, or of the sentences of a passage: passages come again with other questions, lanes and
    windows, and their sentences take nine tenths of a search. Each passage by itself, so that its vectors never depend
    on what it is embedded with."""
    return embedder.embed(texts)


def is_heading(sentence: str, title: str) -> bool:
    """Whether it only announces what follows: the title, a Markdown heading, a line of a mail's head, a few
    words without an end, numbered or not."""
    if re.match(r"#|>?\s*(Subject|From|To|Cc|Date):", sentence) or sentence.split() == title.split():
        return True
    words = re.sub(r"^\d+(\.\d+)*[.)]?\s", "", sentence)
    return len(terms(words)) < 8 and not re.search(r"^[-*•]|\d|[.!?。:;|]\W*$", words)


def cosines(vectors: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Of every row with the vector, all at length one. On one thread: the matrix product takes no less processor time
    and, where the cores are busy, five times as long, waiting for its own threads."""
    return np.einsum("cd,d->c", vectors, vector)


def largest(scores: np.ndarray, count: int, ranks: np.ndarray) -> np.ndarray:
    """Places of the largest scores, best first; of equal ones those of the lowest ranks, lowest first."""
    places = np.arange(len(scores))
    if len(scores) > count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
        wanted = count - len(above)
        places = np.concatenate([above, equal[np.argpartition(ranks[equal], wanted - 1)[:wanted]]])
    return places[np.lexsort((ranks[places], -scores[places]))]
