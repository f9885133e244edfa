"""BM25 over terms that serve English and Korean alike.  [scipy]

Hangul is cut into overlapping syllable pairs, because particles glue to nouns and whole words
rarely meet (KorQuAD recall@1 0.76 with words, 0.89 with pairs); other scripts are words.

The counts, texts by terms, are kept by column: a question reads the columns of its terms and nothing else. They come
in segments that never change; an index is a few of them with what has gone since left out, and scores as one would
that was made of what is left.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

WORDS = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+|[^\W_가-힣ㄱ-ㅎㅏ-ㅣ]+")
SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25
AT_ONCE = 2000  # texts counted before their counts are packed


def terms(text: str) -> list[str]:
    """The index terms of a text, in order, repeats kept."""
    return [term for word in WORDS.findall(normalize("NFC", text).lower()) for term in word_terms(word)]


def word_terms(word: str) -> list[str]:
    """The terms of one word, lower case: syllable pairs of Hangul, else the word itself."""
    if "가" <= word[0] <= "힣" and len(word) > 1:
        return [word[i : i + 2] for i in range(len(word) - 1)]
    return [word]


# Words of asking, which a small corpus holds so rarely that BM25 takes them for its most telling terms.
ASKING = frozenset(
    "a an the and or of to in on at for from by with as is are was were be been am do does did has have had i me my we "
    "our us you your he she it its they their them his her this that these those what which who whom whose when where "
    "why how many much can could may might must shall should will would not no if than then so any some there into "
    "about out up off over per one "
    "얼마 마나 마예 예요 에요 나요 가요 인가 까요 니까 습니 무엇 엇을 엇이 엇인 언제 어디 디서 디에 누구 구인 누가 어떤 어떻 떻게 "
    "무슨 하나 되나 있나 하는 하면 되는 해야 는가 은가 던가 왜 몇 있습 합니 입니 됩니 할까 될까 하려 려면 으면 에서 까지 부터 "
    "으로 나는 이나 건가 가지 지는 려고".split()
)


def question_terms(question: str) -> list[str]:
    """The terms of a question that say what it is about, each once; all of them where nothing else is left."""
    found = list(dict.fromkeys(terms(question)))
    return [term for term in found if term not in ASKING] or found


class Vocabulary:
    """Terms and their columns. It only grows, so that every version of a corpus can share one."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}

    def count(self, texts: Iterable[str]) -> "sparse.csr_matrix":
        """How often every text holds every term: uint16 of shape (texts, terms so far)."""
        from scipy import sparse

        packed = []
        waiting: list[list[int]] = []
        known = Words(self.columns)
        for text in texts:
            waiting.append([column for word in WORDS.findall(normalize("NFC", text).lower()) for column in known[word]])
            if len(waiting) == AT_ONCE:
                packed.append(self.pack(waiting))
                waiting = []
        packed.append(self.pack(waiting))
        for each in packed:
            each.resize(each.shape[0], len(self.columns))
        return sparse.vstack(packed, format="csr", dtype=np.uint16)

    def pack(self, rows: list[list[int]]) -> "sparse.csr_matrix":
        """Columns, repeats kept, as counts."""
        from scipy import sparse

        ends = np.cumsum([0, *map(len, rows)])
        columns = np.fromiter((column for row in rows for column in row), np.int32, ends[-1])
        shape = (len(rows), len(self.columns))
        matrix = sparse.csr_matrix((np.ones(len(columns), np.uint16), columns, ends.astype(np.int32)), shape=shape)
        matrix.sum_duplicates()
        return matrix


class Words(dict[str, tuple[int, ...]]):
    """The columns of every word met so far; one not met before is cut into its terms, and those get columns."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns

    def __missing__(self, word: str) -> tuple[int, ...]:
        self[word] = found = tuple(self.columns.setdefault(term, len(self.columns)) for term in word_terms(word))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Which rows hold a term, and how often: a matrix of rows by `columns`, ascending, those of the vocabulary that
    occur in it. So it costs what it holds, however large the vocabulary is."""

    columns: np.ndarray
    counts: "sparse.csc_matrix"

    @classmethod
    def of(cls, rows: np.ndarray, columns: np.ndarray, counts: np.ndarray, size: int) -> "Postings":
        """From entries, in any order, of a matrix with `size` rows; those of one place are added up."""
        from scipy import sparse

        own = np.unique(columns)
        numbers = np.empty(own[-1] + 1 if len(own) else 0, np.int32)
        numbers[own] = np.arange(len(own), dtype=np.int32)
        return cls(own, sparse.coo_matrix((counts, (rows, numbers[columns])), shape=(size, len(own))).tocsc())

    @classmethod
    def merged(cls, held: Sequence[tuple["Postings", np.ndarray]]) -> "Postings":
        """Of several the rows that are left (bool, one a row), one below the other."""
        rows, columns, counts = [], [], []
        size = 0
        for postings, left in held:
            entries = postings.counts.tocoo()
            kept = left[entries.row]
            rows.append((size - 1 + np.cumsum(left, dtype=np.int32))[entries.row[kept]])
            columns.append(postings.columns[entries.col[kept]])
            counts.append(entries.data[kept])
            size += int(np.count_nonzero(left))
        return cls.of(np.concatenate(rows), np.concatenate(columns), np.concatenate(counts), size)

    def entries(self, column: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows that hold a column of the vocabulary, and how often (float32)."""
        place = int(np.searchsorted(self.columns, self.columns.dtype.type(column)))  # of another type, all would be copied
        if place == len(self.columns) or self.columns[place] != column:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        some = slice(self.counts.indptr[place], self.counts.indptr[place + 1])
        return self.counts.indices[some], self.counts.data[some].astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the texts of a segment say, and the groups they make, each taken as one text.

    `owners` (texts,) names the group of every text, ascending; `repeats` (groups, terms) counts what the texts of a
    group say more often than the group does; `lengths` and `whole` are how many terms a text and a group have.
    """

    counts: Postings
    repeats: Postings
    owners: np.ndarray
    lengths: np.ndarray
    whole: np.ndarray

    @classmethod
    def of(
        cls, counts: "sparse.csr_matrix", owners: np.ndarray, overlaps: "sparse.csr_matrix", titles: "sparse.csr_matrix"
    ) -> "Terms":
        """From counts of shape (texts, terms), of which `overlaps` stand in the text before as well; every text of a group
        holds its title, `titles` being of shape (groups, terms), and the group says it once."""
        said, overlap, title = counts.tocoo(), overlaps.tocoo(), titles.tocoo()
        texts, groups = len(owners), titles.shape[0]
        titled = np.maximum(np.bincount(owners, minlength=groups) - 1, 0)
        rows = np.concatenate([owners[overlap.row], title.row])
        columns = np.concatenate([overlap.col, title.col])
        repeats = np.concatenate([overlap.data, title.data * titled[title.row]]).astype(np.float32)
        some = repeats > 0
        lengths = np.bincount(said.row, said.data, texts)
        return cls(
            Postings.of(said.row, said.col, said.data, texts),
            Postings.of(rows[some], columns[some], repeats[some], groups),
            owners, lengths, np.bincount(owners, lengths, groups) - np.bincount(rows, repeats, groups))

    @classmethod
    def merged(cls, parts: Sequence["Part"]) -> "Terms":
        """What is left of several segments as one, in their order."""
        owners, groups = [], 0
        for part in parts:
            owners.append((groups - 1 + np.cumsum(part.groups, dtype=np.int32))[part.terms.owners[part.texts]])
            groups += part.group_count
        return cls(
            Postings.merged([(part.terms.counts, part.texts) for part in parts]),
            Postings.merged([(part.terms.repeats, part.groups) for part in parts]),
            np.concatenate(owners),
            np.concatenate([part.terms.lengths[part.texts] for part in parts]),
            np.concatenate([part.terms.whole[part.groups] for part in parts]))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What is left of a segment: `texts` and `groups` (bool, one each) are those that have not gone, the rest says how
    many those are and how many terms they have, so that nothing has to be summed again."""

    terms: Terms
    texts: np.ndarray
    groups: np.ndarray
    text_count: int
    group_count: int
    length: float
    whole: float

    @classmethod
    def of(cls, terms: Terms) -> "Part":
        """All of a segment."""
        texts, groups = np.ones(len(terms.lengths), dtype=bool), np.ones(len(terms.whole), dtype=bool)
        return cls(terms, texts, groups, len(texts), len(groups), float(terms.lengths.sum()), float(terms.whole.sum()))

    def without(self, gone: Iterable[int]) -> "Part":
        """This part after some of its groups have gone."""
        numbers = np.array(sorted({number for number in gone if self.groups[number]}), self.terms.owners.dtype)
        if not len(numbers):
            return self
        texts, groups = self.texts.copy(), self.groups.copy()
        groups[numbers] = False
        firsts, ends = (np.searchsorted(self.terms.owners, numbers, side=side) for side in ("left", "right"))
        places = np.concatenate([np.arange(first, end) for first, end in zip(firsts, ends, strict=True)])
        texts[places] = False
        return Part(
            self.terms, texts, groups, self.text_count - len(places), self.group_count - len(numbers),
            self.length - float(self.terms.lengths[places].sum()), self.whole - float(self.terms.whole[numbers].sum()))

    def texts_with(self, column: int) -> tuple[np.ndarray, np.ndarray]:
        """Places of the texts left that hold a term, and how often."""
        return standing(self.texts, *self.terms.counts.entries(column))

    def group_counts(self, column: int, texts: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """How often every group says a term that its texts hold so often, float32 of shape (groups,)."""
        said = np.bincount(self.terms.owners[texts], counts, len(self.groups)).astype(np.float32)
        groups, repeated = standing(self.groups, *self.terms.repeats.entries(column))
        said[groups] -= repeated
        return said


class LexicalIndex:
    """BM25 scores (Lucene's variant) of every text for a query, and of every group of texts taken as one.

    Texts and groups are counted through the parts; what has gone keeps its place, scores nothing and counts for nothing.
    """

    def __init__(self, vocabulary: Vocabulary, parts: Sequence[Part]) -> None:
        self.vocabulary = vocabulary
        self.parts = parts
        self.size, self.groups = sum(part.text_count for part in parts), sum(part.group_count for part in parts)
        self.average = sum(part.length for part in parts) / (self.size or 1) or 1.0
        self.whole_average = sum(part.whole for part in parts) / (self.groups or 1) or 1.0

    @classmethod
    def of(cls, texts: Iterable[str]) -> "LexicalIndex":
        """An index of texts that stand each for itself."""
        from scipy import sparse

        vocabulary = Vocabulary()
        counts = vocabulary.count(texts)
        nothing = sparse.csr_matrix(counts.shape, dtype=np.uint16)
        return cls(vocabulary, [Part.of(Terms.of(counts, np.arange(counts.shape[0]), nothing, nothing))])

    def texts_with(self, term: str) -> np.ndarray:
        """Places of the texts that hold a term, in no order."""
        column = self.vocabulary.columns.get(term)
        if column is None:
            return np.zeros(0, np.int64)
        found, first = [np.zeros(0, np.int64)], 0
        for part in self.parts:
            found.append(first + part.texts_with(column)[0])
            first += len(part.texts)
        return np.concatenate(found)

    def scores(self, query: str) -> tuple[np.ndarray, np.ndarray]:
        """Float32 of shape (texts,) and (groups,); zeros where nothing matches."""
        own = [np.zeros(len(part.texts), np.float32) for part in self.parts]
        whole = [np.zeros(len(part.groups), np.float32) for part in self.parts]
        saturations = [saturation(part.terms.whole, self.whole_average) for part in self.parts]
        for term in question_terms(query):
            column = self.vocabulary.columns.get(term)
            if column is None:
                continue
            found = [part.texts_with(column) for part in self.parts]
            said = [part.group_counts(column, *each) for part, each in zip(self.parts, found, strict=True)]
            frequency = inverse_frequency(sum(len(texts) for texts, _ in found), self.size)
            whole_frequency = inverse_frequency(sum(int(np.count_nonzero(each)) for each in said), self.groups)
            for number, (part, (texts, counts)) in enumerate(zip(self.parts, found, strict=True)):
                own[number][texts] += frequency * counts / (counts + saturation(part.terms.lengths[texts], self.average))
                whole[number] += whole_frequency * said[number] / (said[number] + saturations[number])
        nothing = np.zeros(0, np.float32)
        return np.concatenate([nothing, *own]), np.concatenate([nothing, *whole])

    def weight(self, term: str) -> float:
        """Inverse document frequency; a term no text has weighs most."""
        return inverse_frequency(len(self.texts_with(term)), self.size)


def standing(kept: np.ndarray, rows: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of entries those whose rows are kept."""
    some = kept[rows]
    return (rows, counts) if some.all() else (rows[some], counts[some])


def inverse_frequency(holding: int, size: int) -> float:
    """The weight of a term that so many of `size` texts hold."""
    return float(np.log1p((size - holding + 0.5) / (holding + 0.5)))


def saturation(lengths: np.ndarray, average: float) -> np.ndarray:
    """What BM25 sets beside the count of a term in texts of these lengths, float32."""
    return (SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / average)).astype(np.float32)
