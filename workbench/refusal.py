"""Whether the passages probably do not hold an answer. Pure: a question and what it found, no model.

A small logistic rule over signs that can be said in words (`Signs`). The English one was fitted on the even articles
of half of SQuAD 2.0's dev set (Rajpurkar et al. 2018; its unanswerable questions are written for the same
paragraphs), the Korean one on half of the articles of KorQuAD 1.0 (Lim et al. 2019), asked of a corpus with and
without the question's article or paragraph. Where a rule refuses is set by the samples, whose questions are asked in
other words than the documents': at most 0.10 of those that have an answer, in every set. Both error rates:
`python -m benchmarks relevance --data DIR`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

from workbench.grounding import named, names
from workbench.languages import language
from workbench.nouns import Hit, Lang, Relevance, Why
from workbench.quantities import quantities, stands
from workbench.retrieval.corpus_index import ASKS_FOR_NUMBER, Found
from workbench.retrieval.lexical import WORDS, question_terms, terms
from workbench.retrieval.sentences import sentences

BEST = 2  # pairs of sentences in which a number, a denial or an opposite is looked for
# Near its beginning a question asks for what is not so (“Who didn't …?”); further on it tells a story (“… that I never used”).
DENIES = re.compile(r"^\W*(?!why)(?:[\w’'-]+\W+){0,5}?(?:not|never|\w+n['’]t)\b[^.!?]*\?\s*$", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(?:not|cannot|never|no|none|nobody|nothing|neither|nor|without|un\w+able)\b|n['’]t\b", re.IGNORECASE)
FEW = 1.5  # weight below which few of the question's words are said to stand in a passage: about two telling ones
FAR = 0.4  # cosine below which no passage is said to be near
OPPOSITES = tuple(frozenset(each.split()) for each in (
    "first last", "most least", "largest smallest biggest", "highest lowest", "increase decrease", "left right", "north south", "east west", "northern southern", "eastern western", "oldest newest youngest",
    "best worst", "major minor", "maximum minimum", "won lost", "inside outside", "rich poor", "above below", "earliest latest",
    "longest shortest", "men women", "easy difficult",
))
SUFFIX = re.compile(
    r"(?<=\w{4})(?:ically|ational|ations?|ments?|ings?|ers?|ors?|ies|ied|ed|es|s|ly|e|y)$")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against an answer in the passages.

    `matched`: ln(1 + weight of the question's terms in the best passage), the weight of a term that no text has
    being 1; an absolute amount, because a question in other words than the document's has a small share of its terms
    in it and several of them all the same. `near`: best cosine, 0 where the embedder does not know the language.
    `missing`, `opposed`, `typeless`: 1 where a name or number of the question stands in no passage, where the
    question denies or turns round what the best sentences say, where it asks for a number and they have none of
    their own.
    """

    matched: float
    near: float
    missing: float
    opposed: float
    typeless: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Weights of the signs, in their order, and the score from which an answer is refused."""

    constant: float
    weights: tuple[float, ...]
    refuses: float


RULES: dict[Lang, Rule] = {
    "en": Rule(3.19, (-0.87, -3.82, 0.51, 3.32, 0.40), 0.73),
    "ko": Rule(6.86, (-4.67, 0.00, 2.92, 0.00, 1.00), 0.91),
}


def relevance(found: Found, question: str) -> Relevance:
    """What the passages lack for an answer, and whether that is enough to say so."""
    if not found.hits:
        return Relevance(True, 1.0)
    signs, absent = read(found, question)
    rule = RULES[language(question)]
    score = chance(rule, signs)
    return Relevance(score >= rule.refuses, score, absent, reasons(signs, language(question)))


def chance(rule: Rule, signs: Signs) -> float:
    """The rule's estimate that the passages hold no answer (0 to 1), for a half of questions that have none."""
    return 1 / (1 + math.exp(-rule.constant - sum(weight * sign for weight, sign in zip(rule.weights, astuple(signs), strict=True))))


def reasons(signs: Signs, lang: Lang) -> tuple[Why, ...]:
    """What speaks against an answer, for a person to read."""
    so: dict[Why, bool] = {
        "missing": bool(signs.missing),
        "opposed": bool(signs.opposed),
        "typeless": bool(signs.typeless),
        "few": math.expm1(signs.matched) < FEW,
        "far": lang == "en" and signs.near < FAR,
    }
    return tuple(why for why, against in so.items() if against)


def read(found: Found, question: str) -> tuple[Signs, tuple[str, ...]]:
    """The signs, and the names, numbers and words of the question that stand in no passage."""
    lexical = found.index.held.lexical
    weights = {stem(term): lexical.weight(term) for term in question_terms(question)}
    passages = [f"{hit.title}\n{hit.chunk.text}" for hit in found.hits]
    present = [stems(passage) for passage in passages]
    pairs = sorted((pair for hit in found.hits for pair in windows(hit)), key=lambda pair: -weight(weights, stems(pair)))
    best = " ".join([*pairs[:BEST], found.best.text if found.best else ""])
    absent = missing(question, passages)
    signs = Signs(
        matched=math.log1p(max(weight(weights, each) for each in present) / lexical.weight("")),
        near=max(hit.dense for hit in found.hits) if language(question) == "en" else 0.0,
        missing=float(bool(absent)),
        opposed=float(opposed(question, best)),
        typeless=float(bool(ASKS_FOR_NUMBER.search(question)) and not own_number(question, best)),
    )
    return signs, (*absent, *absent_words(question, set().union(*present), absent))


def windows(hit: Hit) -> list[str]:
    """Every two sentences on end of a passage; the one where there is no other."""
    text = hit.chunk.text
    own = sentences(text, "csv" if hit.source.endswith((".csv", ".tsv")) else "txt")
    return [text[one[0] : two[1]] for one, two in pairwise(own)] or [text]


def weight(weights: dict[str, float], present: set[str]) -> float:
    """Weight of the terms that are there."""
    return sum(each for term, each in weights.items() if term in present)


def missing(question: str, passages: Sequence[str]) -> tuple[str, ...]:
    """The names, codes and numbers of the question that stand in no passage."""
    known = [quantity for passage in passages for quantity in quantities(passage)]
    absent = [name for name in names(question) if not any(named(name, passage) for passage in passages)]
    absent += [quantity.text for quantity in quantities(question) if not stands(quantity, known)]
    return tuple(dict.fromkeys(absent))


def absent_words(question: str, present: set[str], known: Sequence[str]) -> list[str]:
    """The other words of the question of which no part stands in a passage."""
    telling = set(question_terms(question))
    said = " ".join(known).lower()
    return list(dict.fromkeys(
        word for word in WORDS.findall(question)
        if (own := set(terms(word)) & telling) and not {stem(term) for term in own} & present and word.lower() not in said))


def opposed(question: str, best: str) -> bool:
    """Whether the question denies what the sentences do not deny, or has the opposite of a word of theirs."""
    if DENIES.search(question) and not NEGATIVE.search(best):
        return True
    asked, said = set(terms(question)), set(terms(best))
    return any(asked & pair and not asked & pair & said and said & pair for pair in OPPOSITES)


def own_number(question: str, best: str) -> bool:
    """Whether the sentences have a number, a day or a time that the question has not."""
    asked = quantities(question)
    return any(not stands(each, asked) for each in quantities(best))


def stems(text: str) -> set[str]:
    """The index terms of a text without English endings."""
    return {stem(term) for term in terms(text)}


def stem(term: str) -> str:
    """A term without a common English ending; pairs of syllables stay."""
    return SUFFIX.sub("", term)
