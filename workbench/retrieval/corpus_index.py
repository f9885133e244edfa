"""A corpus ready to be searched: its chunks in memory for BM25, their vectors in Chroma.

A snapshot: it holds one version of the corpus and is made anew when the corpus changed.
"""

import logging
import re
from dataclasses import dataclass

import numpy as np

from workbench.languages import language
from workbench.nouns import Chunk, Document, Hit, Sentence
from workbench.retrieval.embedding import Embedder
from workbench.retrieval.fusion import fuse
from workbench.retrieval.lexical import LexicalIndex, question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.retrieval.store import Store
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
TITLE = 80  # characters of a title that are indexed with every chunk


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

    def __init__(self, store: Store, index: VectorIndex | None, corpus: str, version: int) -> None:
        """`index` None: no Chroma at hand, and the vectors are compared one by one."""
        self.corpus = corpus
        self.version = version
        self.store = store
        self.index = index
        self.documents = store.documents(corpus)
        self.chunks: list[Chunk] = []
        self.owner: list[int] = []
        for number, document in enumerate(self.documents):
            own = store.chunks(document)
            self.chunks += own
            self.owner += [number] * len(own)
        self.place = {chunk.id: number for number, chunk in enumerate(self.chunks)}
        self.owners = np.array(self.owner, dtype=np.int64)
        self.lexical = LexicalIndex([
            indexed(self.documents[number], chunk) for number, chunk in zip(self.owner, self.chunks, strict=True)])
        self.whole = LexicalIndex([f"{document.title}\n{document.text}" for document in self.documents])
        if index is not None:
            index.follow(corpus, [chunk.id for chunk in self.chunks], store.vectors)

    def search(self, question: str, embedder: Embedder, top_k: int) -> Found:
        """The best `top_k` passages and the best sentence in them."""
        if not self.chunks:
            return Found((), None, 0.0, self)
        reads = embedder.reads(language(question))
        vector = embedder.embed([question])[0]
        lexical = self.lexical.scores(question) + DOCUMENT_SHARE * self.whole.scores(question)[self.owners]
        places = np.union1d(np.argsort(-lexical, kind="stable")[:DEPTH], self.nearest(vector))
        vectors = self.store.vectors([self.chunks[place].id for place in places])
        # What was deleted after this snapshot has no vector any more.
        candidates = np.array([place for place in places if self.chunks[place].id in vectors], dtype=np.int64)
        if not len(candidates):
            return Found((), None, 0.0, self)
        dense = np.array([vectors[self.chunks[place].id] @ vector for place in candidates])
        fused = fuse(lexical[candidates], dense, 0.5 if reads else 0.0)
        order = np.lexsort((candidates, -dense, -fused))[:top_k]
        hits = tuple(
            self.hit(int(candidates[place]), float(fused[place]), float(dense[place]), float(lexical[candidates[place]]))
            for place in order)
        ranked = self.ranked_sentences(question, hits, embedder)
        return Found(hits, ranked[0] if ranked else None, self.coverage(question, hits), self)

    def nearest(self, vector: np.ndarray) -> list[int]:
        """Places of the chunks with the nearest vectors; where Chroma cannot say, by comparing all of them."""
        if self.index is not None:
            try:
                ids = self.index.nearest(self.corpus, vector, min(DEPTH, len(self.chunks)))
                return [self.place[each] for each in ids if each in self.place]
            except IndexBroken:
                journal.warning("the vector index failed; comparing the stored vectors", exc_info=True)
        cosines = {each: float(own @ vector) for each, own in self.store.vectors(list(self.place)).items()}
        return [self.place[each] for each in sorted(cosines, key=lambda each: -cosines[each])[:DEPTH]]

    def hit(self, place: int, score: float, dense: float, lexical: float) -> Hit:
        """A chunk as a hit."""
        chunk, document = self.chunks[place], self.documents[self.owner[place]]
        return Hit(chunk, document.title, document.source, document.page_at(chunk.start), score, dense, lexical)

    def coverage(self, question: str, hits: tuple[Hit, ...]) -> float:
        """Share of the question's term weight (inverse document frequency) that the hits contain."""
        wanted = {term: self.lexical.weight(term) for term in question_terms(question)}
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
            own = sentences(text, self.documents[self.owner[self.place[hit.chunk.id]]].kind)
            for number, (start, end) in enumerate(own):
                if not is_heading(text[start:end], hit.title):
                    places.append((hit, start, end))
                    before.append(text[slice(*own[number - 1])] if number else "")
        if not places:
            return []
        texts = [hit.chunk.text[start:end] for hit, start, end in places]
        wanted = {term: self.lexical.weight(term) for term in question_terms(question)}
        own_weight, near_weight = (
            np.array([sum(wanted.get(term, 0.0) for term in set(terms(text))) for text in some]) for some in (texts, before))
        dense = np.zeros(len(texts))
        if reads:
            asked, *said = embedder.embed([question, *texts])
            dense = np.array(said) @ asked
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


def is_heading(sentence: str, title: str) -> bool:
    """Whether it only announces what follows: the title, a Markdown heading, a line of a mail's head, a few
    words without an end, numbered or not."""
    if re.match(r"#|>?\s*(Subject|From|To|Cc|Date):", sentence) or sentence.split() == title.split():
        return True
    words = re.sub(r"^\d+(\.\d+)*[.)]?\s", "", sentence)
    return len(terms(words)) < 8 and not re.search(r"^[-*•]|\d|[.!?。:;|]\W*$", words)


def indexed(document: Document, chunk: Chunk) -> str:
    """What is embedded and searched of a chunk: its document's title gives it context."""
    return f"{document.title[:TITLE]}\n{chunk.text}"
