"""Question sets to measure on, and a bench filled with them.

Set: SQuAD-format JSON (XQuAD: Artetxe et al. 2020; KorQuAD 1.0: Lim et al. 2019), every paragraph a file of
its own, named by number so that the name tells nothing. Without data at hand: the two sample corpora.
"""

import json
import random
from collections.abc import Iterable
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
        asked = [Asked(each.text, each.answers, each.evidence[0].document) for each in corpora.answerable(name)]
    else:
        assert data
        every = paragraphs(data / KNOWN[name])
        documents = written(every, folder / name)
        asked = [Asked(row["question"], tuple(answer["text"] for answer in row["answers"]), each.file)
                 for each in every for row in each.questions]
    for _ in ingest(bench, [documents], name):
        pass
    random.Random(7).shuffle(asked)
    return asked


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of SQuAD's format: number of its article, name of its file, text, and its questions as they stand there."""

    article: int
    file: str
    text: str
    questions: tuple[dict, ...]


def paragraphs(path: Path) -> list[Paragraph]:
    """The paragraphs of a file in SQuAD's format."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    every = [(number, each) for number, article in enumerate(articles) for each in article["paragraphs"]]
    return [
        Paragraph(article, f"p{number:04}.txt", each["context"], tuple(row for row in each["qas"] if row["question"].strip()))
        for number, (article, each) in enumerate(every)]


def written(every: Iterable[Paragraph], folder: Path) -> Path:
    """A folder with a file for every paragraph."""
    folder.mkdir(parents=True)
    for each in every:
        (folder / each.file).write_text(each.text, encoding="utf-8")
    return folder
