"""The sentences of documents that say most: an extractive summary without a model, English and Korean. Pure.  [scipy]

A sentence is scored by its cosine with the centroid of all (Radev et al. 2004; tf-idf over words, over syllable pairs
in Korean), with a little for its place and for what it asks or counts; sentences are then picked by maximal marginal
relevance (Carbonell & Goldstein 1998), so that none says again what another said. The weights were set on half of
`sci_news_sum_kr` and of `opinosis` and on the train parts of `fewsum`; all parts, named apart: `python -m benchmarks summaries --data DIR`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from workbench.cues import asks
from workbench.languages import language
from workbench.nouns import MAILS, Document, Lang
from workbench.nouns.summary import Line
from workbench.reading import quotes
from workbench.retrieval.duplicates import likeness, shingles
from workbench.retrieval.lexical import ASKING, LexicalIndex, Vocabulary
from workbench.retrieval.sentences import sentences

if TYPE_CHECKING:
    from scipy import sparse

Count = Callable[[Sequence[str]], list[int]]

LAMBDA = 0.7  # share of a sentence's own worth beside what it says again
COMMON = 0.6  # weight of function words; without any, long reviews lose, with all of it short notes and Korean do
PLACE = 0.03  # for the first sentence of a document; the second has half of it, the third a third
CUE = 0.03  # for a number, as much again for a question or request
BRIEF = 5  # terms below which a sentence counts less: headings, greetings
FOREIGN = 0.5  # of a sentence in another language than the summary's
ASKED = 0.8  # share of a question in the score, where there is one
SAME = 0.95  # cosine from which a sentence says nothing that a chosen one does not

REPEATED = 30  # letters from which a sentence that stands in two documents is there by copying
ALIKE = 0.9  # share of stretches from which it is the same but for a slip
SKETCH = 4  # smallest stretches of a sentence by which copies are looked for
STANDING = 3  # messages at whose end a sentence stands, so that it is small print in all of them
# A greeting has no number, and ends as one or has few words: “Hello, the boiler leaks in both kitchens.” is none.
GREETING = re.compile(
    r"""(?:dear|hi|hello|hey|good\ (?:morning|afternoon|evening))\b(?:(?:[^\W\d]|[\s.,&'’\-/]){0,60}[,:]|(?:[\s,]+[^\W\d][^\s\d]*){0,3})[,!:.]?$
    |.{0,30}(?:안녕하세요|안녕하십니까)[.!?,~]*$|[가-힣\s]{1,20}(?:님|귀하|께|여러분)[,.!]?$""", re.IGNORECASE | re.VERBOSE)

AT_ONCE = 256  # sentences counted in one call
PATIENCE = 64  # sentences on end that are too long for the rest of the room, before it is left empty


def lines(documents: Sequence[Document]) -> list[Line]:
    """The sentences that documents say themselves, in order: no headers, quoted history, signatures, small print,
    greetings. Of a sentence that is copied from message to message the first copy stays; what stands at the end of
    several messages is small print, of which none does."""
    found = [Line(document.id, start, end, document.text[start:end])
             for document in documents for start, end in own_sentences(document)]
    return without_copies(found) if len(documents) > 1 else found


def own_sentences(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence that is the document's own."""
    text = document.text
    mail = document.kind in MAILS or bool(quotes.HEAD.match(text))
    asides = document.asides or (quotes.asides(text) if mail else ())
    first = body_start(text) if mail else 0
    starts = [first, *(end for _, end in asides)]
    ends = [*(start for start, _ in asides), len(text)]
    for start, end in zip(starts, ends, strict=True):
        for one, two in sentences(text[start:end], document.kind):
            if not (mail and GREETING.match(text[start + one : start + two])):
                yield start + one, start + two


def body_start(text: str) -> int:
    """Where a mail's own text begins, behind its headers."""
    every = quotes.places(text)
    first = quotes.body(text, every)
    return every[first][0] if first < len(every) else len(text)


def without_copies(found: list[Line]) -> list[Line]:
    """The lines less those that say letter for letter, slips aside, what another document said before."""
    copies = copied(found)
    last: dict[str, int] = {}
    for place, line in enumerate(found):
        last[line.document] = place
    trailing = Counter[int]()
    for place in last.values():  # upwards from the end of every document, as long as sentences are copies
        document = found[place].document
        while place >= 0 and found[place].document == document and place in copies:
            trailing[copies[place]] += 1
            place -= 1
    return [line for place, line in enumerate(found)
            if copies.get(place, place) == place and trailing[copies.get(place, -1)] < STANDING]


def copied(found: list[Line]) -> dict[int, int]:
    """Places of the lines that stand in several documents, each with that of the first copy (its own place for the first).
    Copies may differ in slips, not in numbers."""
    exact: dict[str, int] = {}
    near: defaultdict[int, list[int]] = defaultdict(list)
    spoken: dict[int, tuple[list[str], np.ndarray]] = {}
    first: dict[int, int] = {}
    for place, line in enumerate(found):
        spelled = re.sub(r"[\W_]+", "", line.text).casefold()
        if len(spelled) < REPEATED:
            continue
        if (known := exact.setdefault(spelled, place)) == place:
            numbers, own = re.findall(r"\d+", line.text), shingles(line.text)
            keys = own[:SKETCH].tolist()
            candidates = dict.fromkeys(each for key in keys for each in near[key][:SKETCH] if spoken[each][0] == numbers)
            known = next((each for each in candidates if likeness(spoken[each][1], own) >= ALIKE), place)
            exact[spelled] = known
            if known == place:
                spoken[place] = numbers, own
                for key in keys:
                    near[key].append(place)
        if found[known].document != line.document:
            first[place] = first[known] = known
    return first


def rank(lines: Sequence[Line], lang: Lang, query: str = "") -> list[float]:
    """How much every line says of all of them, from 0 to 1; of a question, where one is given. `lang`: the language of
    the summary; what is in another one counts less."""
    if not lines:
        return []
    texts = [line.text for line in lines]
    spoken = [language(text) for text in texts]
    matrix, sizes = weighted(texts)
    scores = np.zeros(len(lines))
    for each in set(spoken):
        some = np.array([one == each for one in spoken])
        scores[some] = central(matrix[some])
    scores *= np.minimum(1.0, sizes / BRIEF)
    scores += PLACE / places(lines, sizes)
    scores += CUE * np.array([bool(re.search(r"\d", text)) + asks(text) for text in texts])
    scores *= np.array([1.0 if one == lang else FOREIGN for one in spoken])
    scores /= scores.max() or 1.0
    if query:
        scores = ASKED * relevance(texts, query) + (1 - ASKED) * scores
    return scores.tolist()


def weighted(texts: Sequence[str]) -> tuple["sparse.csr_matrix", np.ndarray]:
    """Tf-idf of every text at length one, float64 of shape (texts, terms), and how many terms each has."""
    from scipy import sparse

    vocabulary = Vocabulary()
    counts = vocabulary.count(texts).astype(np.float64)
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = np.log((1 + len(texts)) / (1 + holding)) + 1
    weights[[column for term, column in vocabulary.columns.items() if term in ASKING]] *= COMMON
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    matrix = counts @ sparse.diags(weights)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.where(lengths, lengths, 1.0)) @ matrix).tocsr(), sizes


def central(matrix: "sparse.csr_matrix") -> np.ndarray:
    """Cosine of every row with the sum of all, the largest being 1."""
    closeness = matrix @ np.asarray(matrix.sum(axis=0)).ravel()
    return closeness / (closeness.max() or 1.0)


def places(lines: Sequence[Line], sizes: np.ndarray) -> np.ndarray:
    """Which sentence of its document every line is, counted from 1; brief ones are none: infinity."""
    seen = Counter[str]()
    found = []
    for line, size in zip(lines, sizes.tolist(), strict=True):
        seen[line.document] += size >= BRIEF
        found.append(float(seen[line.document]) if size >= BRIEF else np.inf)
    return np.array(found)


def relevance(texts: Sequence[str], query: str) -> np.ndarray:
    """BM25 of every text for a question, the largest being 1."""
    scores, _ = LexicalIndex.of(texts).scores(query)
    return scores.astype(np.float64) / (float(scores.max(initial=0)) or 1.0)


def select(lines: Sequence[Line], scores: Sequence[float], *, most: int | None = None, tokens: int | None = None,
           count: Count | None = None) -> list[int]:
    """Places of the lines that are chosen, in their order, by maximal marginal relevance.

    At most `most` lines; joined by line breaks they have at most `tokens` by `count`, which is asked for many texts at
    once. Sentences too long for what room is left are passed over. Empty where not even one fits.
    """
    if tokens is not None and count is None:
        raise ValueError("a limit of tokens needs a counter")
    if not lines:
        return []
    texts = [line.text for line in lines]
    matrix, _ = weighted(texts)
    worth = LAMBDA * np.asarray(scores, float)
    said = np.zeros(len(lines))  # cosine with the nearest chosen line
    left = np.ones(len(lines), bool)
    room = Room(texts, tokens, count)
    chosen: list[int] = []
    passed = 0
    while left.any() and (most is None or len(chosen) < most) and passed < PATIENCE:
        value = np.where(left, worth - (1 - LAMBDA) * said, -np.inf)
        place = int(value.argmax())
        left[place] = False
        if not room.takes(place, value):
            passed += 1
            continue
        passed = 0
        chosen.append(place)
        said = np.maximum(said, matrix @ matrix[place].toarray().ravel())
        left &= said < SAME
    return sorted(room.within(chosen))


class Room:
    """What is left of a limit of tokens; texts are counted when they come near, many at once."""

    def __init__(self, texts: Sequence[str], tokens: int | None, count: Count | None) -> None:
        self.texts, self.tokens, self.count = texts, tokens, count
        self.left = tokens
        self.sizes = np.full(len(texts), -1)

    def takes(self, place: int, value: np.ndarray) -> bool:
        """Whether a text fits, and then it takes its room. `value`: what every text is worth now, to count the next ones too."""
        if self.left is None or self.count is None:
            return True
        if self.sizes[place] < 0:
            next_ones = np.argsort(-np.where(self.sizes < 0, value, -np.inf), kind="stable")[:AT_ONCE]
            some = [each for each in next_ones.tolist() if self.sizes[each] < 0 and np.isfinite(value[each])]
            self.sizes[some] = self.count([self.texts[each] + "\n" for each in some])
        if self.sizes[place] > self.left:
            return False
        self.left -= int(self.sizes[place])
        return True

    def within(self, chosen: list[int]) -> list[int]:
        """The chosen, in the order of choice, less the last ones if what they add up to is more when counted as one text."""
        while self.tokens is not None and self.count is not None and chosen:
            if self.count(["\n".join(self.texts[place] for place in sorted(chosen))])[0] <= self.tokens:
                break
            chosen = chosen[:-1]
        return chosen
