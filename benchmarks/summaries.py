"""Summaries without a model: how near the chosen sentences come to what people wrote or chose.

Sets: Korean science news with the sentences people chose (sci_news_sum_kr, sentence F1); sentences of customers on one
topic (opinosis: Ganesan et al. 2010) and eight reviews of one product (fewsum: Brazinskas et al. 2020), both with summaries
people wrote: ROUGE-1 F1 over words, the mean over the references. Weights were set on the even news, the even topics and
the train parts of fewsum. Beside it the first sentences, and the plain way: centroid and MMR without anything else.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.tables import run
from workbench import salience
from workbench.nouns import Document, Lang
from workbench.nouns.summary import Line
from workbench.retrieval.lexical import Vocabulary

PLAIN_LAMBDA = 0.7
DRAWS = 2000  # of the bootstrap


@dataclass(frozen=True, slots=True)
class Case:
    """Texts to summarize, each with its sentences; either the summaries people wrote or the sentences they chose."""

    texts: tuple[tuple[str, ...], ...]
    written: tuple[str, ...] = ()
    chosen: frozenset[int] = frozenset()

    @property
    def documents(self) -> list[Document]:
        """The texts as documents, a sentence a line."""
        return [Document(str(place), "", "\n".join(sentences), "", "txt") for place, sentences in enumerate(self.texts)]

    @property
    def lines(self) -> list[Line]:
        """The sentences with their places."""
        found = []
        for place, sentences in enumerate(self.texts):
            start = 0
            for sentence in sentences:
                found.append(Line(str(place), start, start + len(sentence), sentence))
                start += len(sentence) + 1
        return found


@dataclass(frozen=True, slots=True)
class Set:
    """Cases of one kind: their language, how many sentences a summary has, and how it is scored."""

    name: str
    lang: Lang
    most: int
    cases: tuple[Case, ...]

    def score(self, case: Case, places: Sequence[int]) -> float:
        """Of a summary made of these sentences, from 0 to 1."""
        if case.chosen:
            return 2 * len(case.chosen & set(places)) / (len(case.chosen) + len(places))
        return rouge(" ".join(case.lines[place].text for place in places), case.written)


Way = Callable[[Set, Case], list[int]]


def main(data: Path | None = None, limit: int | None = None) -> None:
    if data is None:
        print("needs --data with sci_news_sum_kr/, opinosis/ and fewsum/")
        return
    run.table("extractive summaries", "cases", "first sentences", "centroid + MMR", "as in the code", "as in the code − centroid + MMR (95 %)")
    for each in sets(data):
        cases = each.cases[: limit or len(each.cases)]
        first, plain, ours = ([each.score(case, way(each, case)) for case in cases] for way in (lead, centroid, extracted))
        run.row(each.name, len(cases), *(f"{np.mean(scores):.3f}" for scores in (first, plain, ours)), difference(ours, plain))


def lead(kind: Set, case: Case) -> list[int]:
    """The first sentences."""
    return list(range(min(kind.most, len(case.lines))))


def extracted(kind: Set, case: Case) -> list[int]:
    """What the workbench chooses."""
    lines = case.lines
    return salience.select(lines, salience.rank(lines, kind.lang), most=kind.most)


def centroid(kind: Set, case: Case) -> list[int]:
    """The plain way: tf-idf, cosine with the centroid, MMR."""
    counts = Vocabulary().count([line.text for line in case.lines]).toarray().astype(float)
    weighted = counts * (np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1)
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = weighted / np.where(lengths, lengths, 1)
    worth = unit @ unit.sum(axis=0)
    worth /= worth.max()
    chosen: list[int] = []
    said = np.zeros(len(unit))
    while len(chosen) < min(kind.most, len(unit)):
        value = PLAIN_LAMBDA * worth - (1 - PLAIN_LAMBDA) * said
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))
        said = np.maximum(said, unit @ unit[chosen[-1]])
    return sorted(chosen)


def rouge(text: str, references: Sequence[str]) -> float:
    """ROUGE-1 F1 (Lin 2004), words in lower case and not stemmed, the mean over the references."""
    return float(np.mean([overlap(words(text), words(each)) for each in references]))


def overlap(said: Sequence[str], wanted: Sequence[str]) -> float:
    """F1 of two bags of words, 0 to 1."""
    common = (Counter(said) & Counter(wanted)).total()
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower())


def difference(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The mean difference over the same cases with its 95 % interval (paired bootstrap)."""
    each = np.subtract(ours, theirs)
    draws = np.random.default_rng(7).choice(each, (DRAWS, len(each))).mean(axis=1)
    return f"{each.mean():+.3f} [{np.quantile(draws, 0.025):+.3f}, {np.quantile(draws, 0.975):+.3f}]"


def sets(data: Path) -> list[Set]:
    """The sets at hand, the parts that the weights were set on apart from the others."""
    found = []
    if (data / "sci_news_sum_kr").exists():
        found += halves("sci_news_sum_kr, MMR-3, sentence F1", "ko", 3, news(data / "sci_news_sum_kr"))
    if (data / "opinosis").exists():
        found += halves("opinosis, MMR-2, ROUGE-1", "en", 2, topics(data / "opinosis"))
    for name in ("amazon", "yelp"):
        for part, note in (("train", " (weights set on it)"), ("val", "")):
            if (file := data / "fewsum" / f"{name}_{part}.csv").exists():
                found.append(Set(f"fewsum {name} {part}{note}, MMR-4, ROUGE-1", "en", 4, tuple(reviews(file))))
    return found


def halves(name: str, lang: Lang, most: int, cases: list[Case]) -> list[Set]:
    """The even cases, on which weights were set, the odd ones, and all."""
    return [
        Set(f"{name}, even (weights set on it)", lang, most, tuple(cases[::2])),
        Set(f"{name}, odd", lang, most, tuple(cases[1::2])),
        Set(f"{name}, all", lang, most, tuple(cases)),
    ]


def news(folder: Path) -> list[Case]:
    """Korean news, a sentence a line, with the sentences people chose."""
    rows = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return [Case((tuple(row["sentences"]),), chosen=frozenset(row["summaries"])) for row in rows]


def topics(folder: Path) -> list[Case]:
    """Sentences of customers on one topic; each is one customer's."""
    found = []
    for file in sorted((folder / "topics").iterdir()):
        said = [line.strip() for line in file.read_text(encoding="latin-1").split("\n") if line.strip()]
        stem = file.name.removesuffix(".data").removesuffix(".txt")
        gold = [each.read_text(encoding="latin-1").strip() for each in sorted((folder / "gold").glob(f"{stem}.*"))]
        found.append(Case(tuple((line,) for line in said), tuple(gold)))
    return found


def reviews(file: Path) -> list[Case]:
    """Eight reviews of a product or a place, and three summaries of them. The .csv is separated by tabs."""
    found = []
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter="\t"):
            texts = [row[f"rev{number}"] for number in range(1, 9)]
            parts = [tuple(line.text for line in salience.lines([Document("", "", text, "", "txt")])) for text in texts]
            found.append(Case(tuple(parts), tuple(row[f"summ{number}"] for number in (1, 2, 3))))
    return found
