"""Question sets to measure on, a bench filled with them, and the scores of SQuAD.

Set: SQuAD-format JSON (XQuAD: Artetxe et al. 2020; KorQuAD 1.0: Lim et al. 2019), every paragraph a file of
its own, named by number so that the name tells nothing. Without data at hand: the two sample corpora.
"""

import json
import random
import re
import string
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workbench import corpora
from workbench.bench import Bench
from workbench.ingest import ingest

KNOWN = {"xquad_en": "xquad_en/xquad.en.json", "korquad": "korquad/dev-v1.0.json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answers, and the file that holds them."""

    text: str
    answers: tuple[str, ...]
    file: str


def names(data: Path | None) -> list[str]:
    """Sets that can be measured here."""
    return [name for name, path in KNOWN.items() if data and (data / path).exists()] + corpora.samples()


def load(bench: Bench, name: str, data: Path | None, folder: Path) -> list[Asked]:
    """Ingest a set and give its questions that have an answer, shuffled with a fixed seed."""
    if name in corpora.samples():
        documents = corpora.SAMPLES / name / "documents"
        asked = [
            Asked(each.text, each.answers, each.evidence[0].document) for each in corpora.questions(name) if each.evidence]
    else:
        assert data
        documents, asked = folder / name, []
        documents.mkdir(parents=True)
        for number, paragraph in enumerate(squad(data / KNOWN[name])):
            file = f"p{number:04}.txt"
            (documents / file).write_text(paragraph["context"], encoding="utf-8")
            asked += [
                Asked(row["question"], tuple(answer["text"] for answer in row["answers"]), file) for row in paragraph["qas"]]
    for _ in ingest(bench, [documents], name):
        pass
    random.Random(7).shuffle(asked)
    return asked


def squad(path: Path) -> list[dict]:
    """The paragraphs of a file in SQuAD's format: `context` with its questions in `qas`."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [paragraph for article in articles for paragraph in article["paragraphs"]]


def normal(text: str) -> str:
    """SQuAD's normal form: lower case, no punctuation, no articles."""
    text = "".join(character for character in text.lower() if character not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact(reply: str, answers: tuple[str, ...]) -> bool:
    """Exact match after normalization."""
    return normal(reply) in {normal(answer) for answer in answers}


def contains(reply: str, answers: tuple[str, ...]) -> bool:
    """Whether an answer stands in the reply."""
    return any(normal(answer) in normal(reply) for answer in answers if normal(answer))


def f1(reply: str, answers: tuple[str, ...]) -> float:
    """Token F1, the best over the answers; of characters where the answer is Korean (KorQuAD)."""
    return max((overlap(reply, answer) for answer in answers), default=0.0)


def overlap(reply: str, answer: str) -> float:
    """Token F1 of two texts."""
    korean = re.search("[가-힣]", answer)
    said, wanted = (list(normal(text).replace(" ", "")) if korean else normal(text).split() for text in (reply, answer))
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common / (len(said) + len(wanted)) if common else 0.0
