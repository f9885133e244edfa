"""Near duplicates: how many unrelated pairs are called one, and how many edited texts are found, by language and method.

Sets: paragraphs of one article (SQuAD 1.1: Rajpurkar et al. 2016; KorQuAD 1.0: Lim et al. 2019), queries of one intent
(banking77: Casanueva et al. 2020), sentences on one topic (opinosis: Ganesan et al. 2010), reviews of one film (NSMC), pairs of
questions (ko_question_pair; its column is inverted, 0 is the same question), pairs of sentences (KLUE STS: Park et al. 2021).
Edits are made here. What changes a number, a day or a name must be found, and must not be collapsed by one click.
"""

import csv
import json
import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks import sets
from benchmarks.tables import run
from workbench.differences import lacking
from workbench.languages import language
from workbench.retrieval.duplicates import MEANING, WORDING, likeness, means, shingles
from workbench.retrieval.embedding import Embedder, bundled

Pairs = list[tuple[str, str]]

PAIRS = 300  # of every set, unless --limit says otherwise
PIECE = 900  # characters that the embedder reads at once, about
ALLOWED = 0.01  # share of unrelated pairs that may be called duplicates
USUAL = 0.8  # the cosine that tools begin with
DISCLAIMER = {
    "en": "\n\nThis message is confidential and meant for its addressee alone. If it reached you in error, please delete it.",
    "ko": "\n\n본 메일은 지정된 수신인만을 위한 것으로 기밀 정보를 포함할 수 있습니다. 잘못 받으신 경우 즉시 삭제해 주시기 바랍니다.",
}
QUOTED = {"en": "On Tuesday the office wrote:\n", "ko": "화요일에 사무실에서 보낸 글:\n"}
NAMES = {"en": ("Margaret Doyle", "Patrick Lindqvist"), "ko": ("김민수", "박지호")}
DAYS = {"en": ("14 March", "21 April"), "ko": ("3월 14일", "4월 21일")}
SIGNED = {"en": "{text}\n\nPlease answer {name} by {day}; the amount is {amount} dollars.",
          "ko": "{text}\n\n{day}까지 {name}에게 회신 바랍니다. 금액은 {amount}원입니다."}


def main(data: Path | None, limit: int | None) -> None:
    if data is None:
        print("Needs --data DIR.")
        return
    chance, number = random.Random(7), limit or PAIRS
    unrelated, same, changed = negatives(data, chance, number), edits(data, chance, number), changes(data, chance, number)
    embedder = Embedder(bundled())
    cosine = cosines(embedder, [*unrelated.values(), *same.values(), *changed.values()])
    wording = cache(lambda pair: likeness(shingles(pair[0]), shingles(pair[1])))
    both = cache(lambda pair: (wording(pair) + cosine(pair)) / 2)
    limits = {method: {lang: allowing(score, [pairs for name, pairs in unrelated.items() if name.startswith(lang)])
                       for lang in ("en", "ko")} for method, score in (("cosine", cosine), ("wording", wording), ("both", both))}
    run.table("limit for a false-positive rate of 1 % in every set", "English", "Korean", "in the code")
    for method, each in limits.items():
        code = {"wording": f"en {WORDING['en']}, ko {WORDING['ko']}", "cosine": f"en {MEANING[(embedder.name, 'en')]}"}.get(method, "–")
        run.row(method, f"{each['en']:.3f}", f"{each['ko']:.3f}", code)

    def limited(method: str, pairs: Pairs, score: Callable) -> str:
        spoken = language(" ".join(pairs[0]))
        return share(pairs, lambda pair: score(pair) >= limits[method][spoken])

    for title, some in (("unrelated pairs called duplicates", unrelated), ("edited pairs found", same), ("another number, day or name: found", changed)):
        run.table(title, "pairs", "cosine 0.8", "cosine at its limit", "wording at its limit", "mean of both at its limit",
                  "wording as in the code", "collapsed by one click")
        for name, pairs in some.items():
            spoken = "ko" if name.startswith("ko") else "en"
            found = [pair for pair in pairs if wording(pair) >= WORDING[spoken]]
            run.row(
                name, len(pairs), share(pairs, lambda pair: cosine(pair) >= USUAL), limited("cosine", pairs, cosine),
                limited("wording", pairs, wording), limited("both", pairs, both), f"{len(found) / len(pairs):.3f}",
                f"{sum(not all((lacking(*pair), lacking(*pair[::-1]))) for pair in found) / len(pairs):.3f}")


def share(pairs: Pairs, holds: Callable[[tuple[str, str]], bool]) -> str:
    """The share of the pairs for which it holds."""
    return f"{np.mean([holds(pair) for pair in pairs]):.3f}"


def allowing(score: Callable[[tuple[str, str]], float], some: Iterable[Pairs]) -> float:
    """The least limit that lets through at most ALLOWED of each of these sets."""
    return max(float(np.quantile([score(pair) for pair in pairs], 1 - ALLOWED, method="higher")) for pairs in some) + 1e-6


def cosines(embedder: Embedder, some: Iterable[Pairs]) -> Callable[[tuple[str, str]], float]:
    """The cosine of two texts' vectors, each the mean of its pieces'."""
    texts = list(dict.fromkeys(text for pairs in some for pair in pairs for text in pair))
    pieces = [(place, text[start : start + PIECE]) for place, text in enumerate(texts) for start in range(0, len(text), PIECE)]
    owners = np.array([place for place, _ in pieces])
    vectors = dict(zip(texts, means(embedder.embed([piece for _, piece in pieces]), owners, len(texts)), strict=True))
    return lambda pair: float(vectors[pair[0]] @ vectors[pair[1]])


def negatives(data: Path, chance: random.Random, number: int) -> dict[str, Pairs]:
    """Pairs of the same domain that say different things."""
    queries = by(csv.DictReader((data / "banking77/train.csv").open(encoding="utf-8")), "category", "text")
    topics = [[line.strip() for line in file.read_text(encoding="latin-1").split("\n") if len(line) > 30]
              for file in sorted((data / "opinosis/topics").glob("*.data"))]
    films = [[row["review"] for row in json.loads(file.read_text(encoding="utf-8"))]
             for file in sorted((data / "nsmc_reviews").glob("[0-9]*.json"))]
    korean = [pair for pair, rating in rated(data) if rating <= 1]
    return {
        "en, paragraphs of one article": within(articles(data, "en"), chance, number),
        "en, queries of one intent": within(queries, chance, number),
        "en, sentences on one topic": within(topics, chance, number),
        "ko, paragraphs of one article": within(articles(data, "ko"), chance, number),
        "ko, reviews of one film": within(films, chance, number),
        "ko, other questions": asked(data, "1")[:number],
        "ko, other sentences (STS ≤ 1)": korean[:number],
    }


def edits(data: Path, chance: random.Random, number: int) -> dict[str, Pairs]:
    """Texts that say the same, by what was done to one of them; last those that only mean the same."""
    made: dict[str, Pairs] = {}
    for lang in ("en", "ko"):
        texts = [text for article in articles(data, lang) for text in article]
        chance.shuffle(texts)
        some = texts[: number // 3]
        made |= {
            f"{lang}, typing errors (1 % of letters)": [(text, typed(text, chance, 0.01)) for text in some],
            f"{lang}, sentences in another order": [(text, shuffled(text, chance)) for text in some],
            f"{lang}, disclaimer added": [(text, text + DISCLAIMER[lang]) for text in some],
            f"{lang}, quoted": [(text, QUOTED[lang] + "".join(f"> {line}\n" for line in wrapped(text))) for text in some],
            f"{lang}, inside a longer text": [(text, "\n\n".join([*chance.sample(texts[number // 3 :], 4), text])) for text in some],
            f"{lang}, first half": [(text, " ".join(sentences(text)[: len(sentences(text)) // 2 + 1])) for text in some],
        }
    return made | {
        "ko, the same question in other words": asked(data, "0")[:number],
        "ko, the same sentence in other words (STS ≥ 4)": [pair for pair, rating in rated(data) if rating >= 4][:number],
    }


def changes(data: Path, chance: random.Random, number: int) -> dict[str, Pairs]:
    """Texts that differ in one number, day or name."""
    made: dict[str, Pairs] = {}
    for lang in ("en", "ko"):
        texts = [text for article in articles(data, lang) for text in article]
        chance.shuffle(texts)
        first = {"name": NAMES[lang][0], "day": DAYS[lang][0], "amount": "1,250"}
        for what, other in (("number", {"amount": "1,450"}), ("day", {"day": DAYS[lang][1]}), ("name", {"name": NAMES[lang][1]})):
            made[f"{lang}, another {what}"] = [
                (SIGNED[lang].format(text=text, **first), SIGNED[lang].format(text=text, **first | other)) for text in texts[: number // 10]]
    return made


def articles(data: Path, lang: str) -> list[list[str]]:
    """The paragraphs of every article."""
    found: dict[int, list[str]] = {}
    for each in sets.paragraphs(data / {"en": "squad/dev-v1.1.json", "ko": "korquad/dev-v1.0.json"}[lang]):
        found.setdefault(each.article, []).append(each.text)
    return list(found.values())


def asked(data: Path, label: str) -> Pairs:
    """The pairs of questions with a label."""
    with (data / "ko_question_pair/kor_pair_train.csv").open(encoding="utf-8-sig") as file:
        return [(row["question1"], row["question2"]) for row in csv.DictReader(file) if row["is_duplicate"] == label]


def rated(data: Path) -> list[tuple[tuple[str, str], float]]:
    """Pairs of sentences with how much they say the same, from 0 to 5."""
    rows = json.loads((data / "klue/klue-sts-v1.1_dev.json").read_text(encoding="utf-8"))
    return [((row["sentence1"], row["sentence2"]), row["labels"]["label"]) for row in rows]


def by(rows: Iterable[dict], key: str, value: str) -> list[list[str]]:
    """The values of rows with the same key."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row[value])
    return list(found.values())


def within(groups: list[list[str]], chance: random.Random, number: int) -> Pairs:
    """Pairs of different texts of one group."""
    every = [group for group in (list(dict.fromkeys(group)) for group in groups) if len(group) > 1]
    return [(one, two) for _ in range(number) for one, two in [chance.sample(chance.choice(every), 2)]]


def sentences(text: str) -> list[str]:
    """The sentences, roughly."""
    return re.split(r"(?<=[.!?])\s+", text)


def shuffled(text: str, chance: random.Random) -> str:
    """The sentences in another order."""
    return " ".join(chance.sample(sentences(text), len(sentences(text))))


def wrapped(text: str) -> list[str]:
    """Lines of about 70 characters."""
    return re.findall(r".{1,70}(?:\s|$)", text)


def typed(text: str, chance: random.Random, share: float) -> str:
    """The text with letters left out, or changed places with the next."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and chance.random() < share:
            letters[place : place + 2] = chance.choice(([letters[place + 1], letters[place]], ["", letters[place + 1]]))
    return "".join(letters)
