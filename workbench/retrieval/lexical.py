"""BM25 over terms that serve English and Korean alike.  [scipy]

Hangul is cut into overlapping syllable pairs, because particles glue to nouns and whole words
rarely meet (KorQuAD recall@1 0.76 with words, 0.89 with pairs); other scripts are words.

The index is a matrix of counts, texts by terms, kept by column: a question reads the columns of its
terms and nothing else, and the next version of a corpus takes over the rows it shares with this one.
"""

import re
from collections.abc import Iterable
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


class LexicalIndex:
    """BM25 scores (Lucene's variant) of every text for a query, and of every group of texts taken as one."""

    def __init__(self, vocabulary: Vocabulary, counts: "sparse.csr_matrix", owners: np.ndarray, repeats: "sparse.csr_matrix") -> None:
        """`counts` of shape (texts, terms); `owners` (texts,) names the group of every text, and `repeats` (groups, terms)
        counts what the texts of a group say more often than the group does."""
        self.vocabulary = vocabulary
        self.owners = owners
        self.size, self.groups = counts.shape[0], repeats.shape[0]
        self.counts, self.repeats = counts.tocsc(), repeats.tocsc()
        lengths = summed(counts)
        whole = np.bincount(owners, lengths, self.groups) - summed(repeats)
        self.saturation, self.whole_saturation = saturation(lengths), saturation(whole)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "LexicalIndex":
        """An index of texts that stand each for itself."""
        from scipy import sparse

        vocabulary = Vocabulary()
        counts = vocabulary.count(texts)
        return cls(vocabulary, counts, np.arange(counts.shape[0]), sparse.csr_matrix(counts.shape, dtype=np.uint16))

    def column(self, term: str) -> int | None:
        """The column of a term that some text holds."""
        column = self.vocabulary.columns.get(term)
        if column is None or column >= self.counts.shape[1] or self.counts.indptr[column] == self.counts.indptr[column + 1]:
            return None
        return column

    def texts_with(self, term: str) -> np.ndarray:
        """Places of the texts that hold a term, in no order."""
        column = self.column(term)
        return np.zeros(0, np.int32) if column is None else entries(self.counts, column)[0]

    def scores(self, query: str) -> tuple[np.ndarray, np.ndarray]:
        """Float32 of shape (texts,) and (groups,); zeros where nothing matches."""
        own, whole = np.zeros(self.size, np.float32), np.zeros(self.groups, np.float32)
        for term in question_terms(query):
            column = self.column(term)
            if column is None:
                continue
            texts, counts = entries(self.counts, column)
            own[texts] += inverse_frequency(len(texts), self.size) * counts / (counts + self.saturation[texts])
            counts = np.bincount(self.owners[texts], counts, self.groups).astype(np.float32)
            groups, repeated = entries(self.repeats, column)
            counts[groups] -= repeated
            frequency = inverse_frequency(int(np.count_nonzero(counts)), self.groups)
            whole += frequency * counts / (counts + self.whole_saturation)
        return own, whole

    def weight(self, term: str) -> float:
        """Inverse document frequency; a term no text has weighs most."""
        return inverse_frequency(len(self.texts_with(term)), self.size)


def taken_over(held: "sparse.spmatrix", fresh: "sparse.csr_matrix", order: np.ndarray) -> "sparse.csr_matrix":
    """Rows of `held` and of `fresh` in the order given: a number below the rows of `held` is one of those."""
    from scipy import sparse

    before = held.tocsr(copy=True)
    before.resize(held.shape[0], fresh.shape[1])
    return sparse.vstack([before, fresh], format="csr", dtype=np.uint16)[order]


def repeated(overlaps: "sparse.csr_matrix", titles: "sparse.csr_matrix", owners: np.ndarray) -> "sparse.csr_matrix":
    """What the texts of every group say too often, float32 of shape (groups, terms): each its overlap with the one
    before, and all but one the title of the group."""
    from scipy import sparse

    texts, groups = len(owners), titles.shape[0]
    members = sparse.csr_matrix((np.ones(texts, np.float32), (owners, np.arange(texts))), shape=(groups, texts))
    titled = np.maximum(np.bincount(owners, minlength=groups) - 1, 0).astype(np.float32)
    return (members @ overlaps + sparse.diags_array(titled) @ titles).tocsr()


def inverse_frequency(holding: int, size: int) -> float:
    """The weight of a term that so many of `size` texts hold."""
    return float(np.log1p((size - holding + 0.5) / (holding + 0.5)))


def saturation(lengths: np.ndarray) -> np.ndarray:
    """What BM25 sets beside the count of a term in texts of these lengths, float32."""
    average = lengths.mean() if lengths.any() else 1.0
    return (SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / average)).astype(np.float32)


def summed(counts: "sparse.csr_matrix") -> np.ndarray:
    """Terms of every row, repeats counted, float64."""
    return np.asarray(counts.sum(axis=1, dtype=np.float64)).ravel()


def entries(counts: "sparse.csc_matrix", column: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows that hold a column, and how often (float32)."""
    some = slice(counts.indptr[column], counts.indptr[column + 1])
    return counts.indices[some], counts.data[some].astype(np.float32)
