"""Whether an opinion praises or complains, where there are no ratings: words of a lexicon with their negations. Pure.

Every word that is found adds its weight, turned round where it is denied; the sign of the sum is the feeling, neutral at 0.
The accuracy of the lexicon was measured on labelled sentences and is told wherever it is shown.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from workbench.feedback import lexicon
from workbench.nouns import Language
from workbench.nouns.feedback import Estimate, Feeling

SURE = 0.65  # probability from which an opinion that the lexicon leaves open is decided
LEAST_TOLD = 25  # opinions of each feeling that the lexicon has to tell before anything is learned from them
MOST_TOLD = 20_000  # that are learned from
# The share of labelled sentences that the lexicon alone tells rightly; one that it leaves open counts as not right. Over every second
# sentence of a set; what it missed of the others was looked at while it was written. English: products and restaurants (UCI Sentiment Labelled
# Sentences, Kotzias et al. 2015): 397 and 369 of 500. Korean: products (KoBEST SentiNeg, development set): 170 of 200. Of Korean
# film reviews (NSMC, ratings to 4 and from 7) it tells 0.54 of 898: irony, and what happens in the film.
ACCURACY: dict[Language, Estimate] = {
    "en": Estimate(0.766, 0.739, 0.791, 1000, "wilson"),
    "ko": Estimate(0.850, 0.794, 0.893, 200, "wilson"),
}
WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*|[:;]-?[()d/]|[^\w\s]")


def weight(text: str, language: Language) -> float:
    """The weight of a text's words, above 0 where they praise, 0 where nothing tells."""
    return korean(text) if language == "ko" else english(text) if language == "en" else 0.0


def english(text: str) -> float:
    """The weights of an English text, summed up."""
    text = text.lower().replace("’", "'")
    total = 0.0
    for pattern, weight in phrases("en"):
        text, times = pattern.subn(" ; ", text)
        total += weight * times
    exact, beginnings = words()
    tokens = WORD.findall(text)
    for place, token in enumerate(tokens):
        weight = exact.get(token, 0.0) or next((value for start, value in beginnings if token.startswith(start)), 0.0)
        if weight:
            denied = any(each in lexicon.NEGATORS or each.endswith("n't") for each in before(tokens, place))
            total += -0.8 * weight if denied else weight
    return total


def before(tokens: list[str], place: int) -> list[str]:
    """The words before one that may deny it: those of its own clause."""
    near = tokens[max(0, place - lexicon.REACH) : place]
    stops = [position for position, each in enumerate(near) if each in {",", ".", ";", "!", "?", "but"}]
    return near[stops[-1] + 1 :] if stops else near


def korean(text: str) -> float:
    """The weights of a Korean text, summed up."""
    total = 0.0
    for pattern, weight in phrases("ko"):
        text, times = pattern.subn(" ", text)
        total += weight * times
    for match in hangul().finditer(text):
        weight = float(WEIGHTS[str(match.lastgroup)])
        if abs(weight) >= 1 and (re.match(lexicon.TURNED, text[match.end() :]) or re.search(lexicon.TURNING, text[: match.start()])):
            weight *= -0.8
        total += weight
    return total


@cache
def phrases(language: Language) -> tuple[tuple[re.Pattern[str], float], ...]:
    """The stretches that mean another thing than their words."""
    every = lexicon.KOREAN_PHRASES if language == "ko" else lexicon.ENGLISH_PHRASES
    return tuple((re.compile(rf"(?:{pattern})" if language == "ko" else rf"\b(?:{pattern})"), weight) for pattern, weight in every)


@cache
def words() -> tuple[dict[str, float], tuple[tuple[str, float], ...]]:
    """English words with their weights, and beginnings of words with theirs, the longest first."""
    every = [(word, weight) for weight, some in lexicon.ENGLISH.items() for word in some.split()]
    exact = {word: weight for word, weight in every if not word.endswith("*")}
    beginnings = sorted(((word[:-1], weight) for word, weight in every if word.endswith("*")), key=lambda each: -len(each[0]))
    return exact, tuple(beginnings)


WEIGHTS = {f"w{place}": weight for place, weight in enumerate(lexicon.KOREAN)}


@cache
def hangul() -> re.Pattern[str]:
    """Every Korean entry, in the group of its weight; of several that begin at one place those with a full weight win."""
    return re.compile("|".join(f"(?P<{name}>{lexicon.KOREAN[weight]})" for name, weight in WEIGHTS.items()))


def feelings(texts: Sequence[str], language: Language, vectors: np.ndarray) -> list[Feeling]:
    """What every opinion feels. Those that the lexicon leaves open take what it says of their neighbors: a logistic model
    over the vectors learns from the ones it told, and decides where it is SURE.  [sklearn]"""
    weights = np.array([weight(text, language) for text in texts])
    told = np.flatnonzero(weights)
    signs = np.sign(weights)
    enough = min(np.count_nonzero(signs > 0), np.count_nonzero(signs < 0)) >= LEAST_TOLD
    open_ = np.flatnonzero(weights == 0) if enough else np.zeros(0, np.int64)
    if len(open_):
        from sklearn.linear_model import LogisticRegression

        shown = told if len(told) <= MOST_TOLD else np.random.default_rng(7).choice(told, MOST_TOLD, replace=False)
        model = LogisticRegression(class_weight="balanced", max_iter=300).fit(vectors[shown], signs[shown])
        likely = model.predict_proba(vectors[open_])[:, 1]
        signs[open_] = np.where(likely > SURE, 1, np.where(likely < 1 - SURE, -1, 0)) * vectors[open_].any(axis=1)
    names: dict[int, Feeling] = {1: "positive", 0: "neutral", -1: "negative"}
    return [names[int(sign)] for sign in signs]
