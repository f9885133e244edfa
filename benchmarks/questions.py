"""Question sets: the ranking measures against documented values, and every set through the real command line.

    python -m benchmarks questions --data DIR [--limit N]     (default: 12 questions measured of each set)

Plain BM25 (k1 1.2, b 0.75) over whole paragraphs was measured once on all of XQuAD and of KorQuAD's dev set; here on what of
them is in DIR. Sets: xquad_en (Artetxe et al. 2020), korquad (Lim et al. 2019), kmmlu_criminal_law (Son et al. 2024, with the
statutes as documents), nq_oracle (Liu et al. 2023).
"""

import json
import math
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sets
from benchmarks.tables import run as tables
from workbench.measure.scoring import ndcg, recall, reciprocal_rank
from workbench.nouns.measure import Ranking
from workbench.retrieval.lexical import terms

ROOT = Path(__file__).parents[1]
KS = (1, 3, 5, 10)
# R@1, R@3, R@5, R@10 and MRR@10 on the whole sets, with their paragraphs and questions.
DOCUMENTED = {
    ("xquad_en", "words"): (240, 1190, (0.919, 0.976, 0.985, 0.992, 0.949)),
    ("korquad", "split"): (964, 5774, (0.761, 0.860, 0.887, 0.911, 0.816)),
    ("korquad", "terms"): (964, 5774, (0.887, 0.970, 0.982, 0.991, 0.929))}
# Set: its file, its format, documents beside it, the lanes that are measured.
SETS = {
    "xquad_en": ("xquad_en/xquad.en.json", "squad", "", "closed,rag,extract,oracle"),
    "korquad": ("korquad/dev-v1.0.json", "squad", "", "rag,extract"),
    "kmmlu_criminal_law": ("kmmlu_criminal_law/criminal_kmmlu.csv", "mcq", "kmmlu_criminal_law/laws_txt", "closed,rag,extract"),
    "nq_oracle": ("nq_oracle/nq-open-oracle.jsonl", "jsonl", "", "closed,extract")}


def main(data: Path | None, limit: int | None) -> None:
    if data is None:
        print("\nNeeds --data DIR with xquad_en/, korquad/, kmmlu_criminal_law/ and nq_oracle/.")
        return
    anchors(data)
    with TemporaryDirectory() as folder:
        through(data, Path(folder), limit or 12)


def anchors(data: Path) -> None:
    """The ranking measures on rankings that can be made anew, a row measured and a row documented."""
    print("\nRanking measures on plain BM25 over whole paragraphs\n")
    tables.table("set, terms", "paragraphs", "questions", "R@1", "R@3", "R@5", "R@10", "MRR@10", "all within 0.001")
    for (name, cutting), (paragraphs, questions, values) in DOCUMENTED.items():
        path = data / sets.KNOWN[name]
        if not path.exists():
            continue
        texts, rankings = ranked(path, {"words": words, "split": str.split, "terms": terms}[cutting])
        found = [statistics.mean(recall(each, k) or 0.0 for each in rankings) for k in KS]
        found.append(statistics.mean(reciprocal_rank(each) or 0.0 for each in rankings))
        check(rankings)
        whole = (texts, len(rankings)) == (paragraphs, questions)
        same = all(abs(one - other) <= 0.001 for one, other in zip(found, values, strict=True))
        tables.row(f"{name}, {cutting}", texts, len(rankings), *(f"{each:.3f}" for each in found), ("yes" if same else "no") if whole else "part of the set")
        tables.row(f"{name}, {cutting}, documented", paragraphs, questions, *(f"{each:.3f}" for each in values), "")


def check(rankings: Sequence[Ranking]) -> None:
    """With one gold paragraph a question no measure falls as k grows, and at 1 the reciprocal rank is the recall."""
    for each in rankings:
        for measure in (recall, reciprocal_rank, ndcg):
            grown = [measure(each, k) or 0.0 for k in KS]
            assert grown == sorted(grown), (measure, each)
        assert reciprocal_rank(each, 1) == recall(each, 1)


def ranked(path: Path, cut) -> tuple[int, list[Ranking]]:
    """How many paragraphs there are, and what BM25 finds for every question."""
    paragraphs = sets.paragraphs(path)
    texts = list(dict.fromkeys(each.text for each in paragraphs))
    place = {text: number for number, text in enumerate(texts)}
    scorer = Bm25([cut(text) for text in texts])
    return len(texts), [
        Ranking(row["id"], tuple(int(found == place[each.text]) for found in scorer.best(cut(row["question"]))), (1,))
        for each in paragraphs for row in each.questions]


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"\w+", text.lower())


class Bm25:
    """BM25 as in a textbook; a term that a question has twice counts twice."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.lengths = [len(text) for text in texts]
        self.mean = statistics.mean(self.lengths)
        self.counts: dict[str, dict[int, int]] = {}
        for number, text in enumerate(texts):
            for term, count in Counter(text).items():
                self.counts.setdefault(term, {})[number] = count

    def best(self, question: Sequence[str], count: int = 10) -> list[int]:
        """Places of the best texts."""
        total = len(self.lengths)
        scores: dict[int, float] = {}
        for term in question:
            held = self.counts.get(term, {})
            weight = math.log(1 + (total - len(held) + 0.5) / (len(held) + 0.5))
            for number, often in held.items():
                long = 1.2 * (0.25 + 0.75 * self.lengths[number] / self.mean)
                scores[number] = scores.get(number, 0.0) + weight * often * 2.2 / (often + long)
        return sorted(scores, key=lambda number: (-scores[number], number))[:count]


def through(data: Path, folder: Path, limit: int) -> None:
    """Every set imported, planned, measured and reported, each step a process of its own."""
    print(f"\nThrough the command line: import, {limit} questions measured, report\n")
    tables.table("set", "format", "questions", "documents", "spans repaired, lost, uncovered", "measured", "clean", "right by lane")
    for name, (path, form, documents, lanes) in SETS.items():
        if not (data / path).exists():
            continue
        beside = ["--documents", str(data / documents)] if documents else []
        came = command(folder, "corpora", "import", str(data / path), "--corpus", name, "--format", form, *beside)
        assert not came["files"], came["files"]
        asked = ["measure", "--corpus", name, "--lanes", lanes, "--limit", str(limit)]
        planned = command(folder, *asked, "--plan")
        found = command(folder, *asked, "--out", str(folder / name))
        assert found["finished"] and (folder / name / "report.html").stat().st_size > 10_000
        assert found["questions"] == min(limit, came["questions"]) and set(planned["against"]) == set(found["gate"]["against"])
        told = "; ".join(f"{lane} {shares['right']['value']:.2f} of {shares['right']['n']}" for lane, shares in found["lanes"].items()
                         if shares["right"]["value"] is not None)
        tables.row(name, form, came["questions"], came["documents"], f"{came['repaired']}, {len(came['lost'])}, {len(came['uncovered'])}",
                   found["questions"], found["gate"]["clean"], told or "the model does not read the language")


def command(folder: Path, *arguments: str) -> dict:
    """What a command says. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", *arguments, "--home", str(folder / "home"), "--json"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)
