"""How often code says that the passages hold no answer: false alarms where one does, alarms where none does.

On the samples: questions with a gold passage, plausible ones without, general knowledge. With data: SQuAD 2.0, whose
unanswerable questions are written for the same paragraphs (its even articles fitted the rule, its odd ones did not);
XQuAD; KorQuAD as it is, asked of a corpus without the question's paragraph (where no answer stands in what is found)
and of one without its article. The plain way beside it: few of the question's terms in the passages.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sets
from benchmarks.tables import run
from workbench import corpora
from workbench.bench import Bench, Settings
from workbench.ingest import ingest, samples
from workbench.languages import language
from workbench.prepare import FEW
from workbench.refusal import relevance
from workbench.retrieval.corpus_index import Found
from workbench.search import search

SQUAD = "squad/dev-v2.0.json"
QUESTIONS = 400  # of each group; the more, the longer it takes
PLAIN = {"en": 0.5, "ko": 0.25}  # share of the question's terms below which the plain way says no


@dataclass(frozen=True, slots=True)
class Case:
    """A question for a corpus, and the answers that must not stand in what it finds (none: nothing to check)."""

    text: str
    corpus: str
    absent: tuple[str, ...] = ()


def main(data: Path | None = None, limit: int | None = None) -> None:
    run.table("questions", "should be", "flagged", "by terms alone", "milliseconds")
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        for _ in samples(bench):
            pass
        for name in corpora.samples():
            kinds: dict[str, list[Case]] = {"with a gold passage": [], "plausible, open": [], "general knowledge": []}
            for question in corpora.questions(name):
                if {"follow-up", "whole-set"} & set(question.tags):
                    continue  # answered in other ways than from a few passages
                kind = 0 if question.evidence else 2 if "general" in question.tags else 1
                list(kinds.values())[kind].append(Case(question.text, name))
            for kind, cases in kinds.items():
                report(bench, f"{name}, {kind}", kind != "with a gold passage", cases)
        for title, wanted, cases in from_data(bench, data, Path(folder)) if data else ():
            random.Random(7).shuffle(cases)
            report(bench, title, wanted, cases[: limit or QUESTIONS])
        bench.close()


def from_data(bench: Bench, data: Path, folder: Path) -> Iterable[tuple[str, bool, list[Case]]]:
    """The groups that the data at hand allow."""
    if (data / SQUAD).exists():
        every = sets.paragraphs(data / SQUAD)
        fill(bench, "squad", every, folder)
        for half, title in ((0, "even articles (fitted)"), (1, "odd articles")):
            rows = [row for each in every if each.article % 2 == half for row in each.questions]
            for wanted in (False, True):
                cases = [Case(row["question"], "squad") for row in rows if row["is_impossible"] is wanted]
                yield f"SQuAD 2.0, {title}, {'un' * wanted}answerable", wanted, cases
    if (data / sets.KNOWN["xquad_en"]).exists():
        every = sets.paragraphs(data / sets.KNOWN["xquad_en"])
        fill(bench, "xquad", every, folder)
        yield "XQuAD", False, [Case(row["question"], "xquad") for each in every for row in each.questions]
    if (data / sets.KNOWN["korquad"]).exists():
        every = sets.paragraphs(data / sets.KNOWN["korquad"])
        fill(bench, "korquad", every, folder)
        kept = {each.file for each in every[::2]}
        fill(bench, "other paragraphs", every[::2], folder)
        fill(bench, "other articles", [each for each in every if each.article % 2 == 0], folder)
        for half, title in ((0, "fitted half"), (1, "other half")):
            own = [(each, row) for each in every if each.article // 2 % 2 == half for row in each.questions]
            yield f"KorQuAD, {title}", False, [Case(row["question"], "korquad") for _, row in own]
            yield f"KorQuAD, {title}, without the paragraph", True, [
                Case(row["question"], "other paragraphs", tuple(answer["text"] for answer in row["answers"]))
                for each, row in own if each.file not in kept]
            yield f"KorQuAD, {title}, without the article", True, [
                Case(row["question"], "other articles") for each, row in own if each.article % 2]


def fill(bench: Bench, name: str, every: Iterable[sets.Paragraph], folder: Path) -> None:
    """A corpus with a file for every paragraph."""
    for _ in ingest(bench, [sets.written(every, folder / name)], name):
        pass


def report(bench: Bench, title: str, wanted: bool, cases: list[Case]) -> None:
    """Ask and print a row."""
    flagged, plain, seconds = [], [], 0.0
    for case in cases:
        found = search(bench, case.text, case.corpus, FEW)
        if any(answer in hit.chunk.text for answer in case.absent for hit in found.hits):
            continue
        start = time.perf_counter()
        flagged.append(relevance(found, case.text).refused)
        seconds += time.perf_counter() - start
        plain.append(by_terms(found, case.text))
    count = max(len(flagged), 1)
    run.row(
        title, "flagged" if wanted else "let pass", f"{sum(flagged)} of {len(flagged)} ({sum(flagged) / count:.3f})",
        f"{sum(plain)} ({sum(plain) / count:.3f})", f"{1000 * seconds / count:.1f}")


def by_terms(found: Found, question: str) -> bool:
    """The plain way: few of the question's terms, and in English no near passage."""
    lang = language(question)
    return found.coverage < PLAIN[lang] and (lang == "ko" or max((hit.dense for hit in found.hits), default=0.0) < 0.3)
