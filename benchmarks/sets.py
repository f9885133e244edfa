"""Question sets to measure on, and a bench filled with them.

Set: SQuAD-format JSON (XQuAD: Artetxe et al. 2020; KorQuAD 1.0: Lim et al. 2019), every paragraph a file of
its own, named by number so that the name tells nothing. Without data at hand: the two sample corpora.
"""

import json
import random
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
        # One question, one place: no follow-ups, which need the question before, and none about the whole set.
        asked = [
            Asked(each.text, each.answers, each.evidence[0].document) for each in corpora.questions(name)
            if each.evidence and not {"follow-up", "whole-set"} & set(each.tags)]
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
