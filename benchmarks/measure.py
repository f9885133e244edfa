"""Measuring a model: how fast beside the plain ways, whether it comes out the same, and what the bundled model does on XQuAD.

    python -m benchmarks measure --data DIR [--limit N]     (default: 200 questions)

Peers, on the file as installed: the same prompts one at a time through llama-cpp-python's `Llama`; and the usual tutorial
loop (four chunks of 1,000 characters, its prompt through the chat template, up to 64 tokens), retrieval included. Both take
a part of the questions, spread over all of them; rates are compared.
"""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import answers
from benchmarks.simulation import coverage
from benchmarks.tables import run as tables
from workbench.bench import Bench, Settings
from workbench.measure import bring, formats, journal
from workbench.measure.figures import figures
from workbench.measure.run import begin, measure
from workbench.measure.setup import Order, setup
from workbench.models import catalogue
from workbench.nouns.runs import Run
from workbench.scoring import holds

LANES = ("closed", "rag", "oracle")
PART = 8  # one of so many prompts goes through the peer as well
KILLS = 5
SETS = {"xquad_en": ("xquad_en/xquad.en.json", "squad"), "korquad": ("korquad/dev-v1.0.json", "squad"),
        "kmmlu": ("kmmlu_criminal_law/criminal_kmmlu.csv", "mcq")}


def main(data: Path | None, limit: int | None) -> None:
    simulated()
    if data is None or not (data / SETS["xquad_en"][0]).exists():
        print("\nThe rest needs --data DIR with xquad_en/ and korquad/.")
        return
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        filled(bench, data, "xquad_en")
        whole = speed(bench, limit or 200)
        lanes(whole)
        again(bench, whole)
        killed(bench, whole, min(limit or 200, 24))
        bench.close()


def simulated() -> None:
    """How often an interval of 95 % holds the truth."""
    print("\nShare of 2,000 simulated measurements of 200 questions whose 95 % interval holds the truth (bar: 0.93–0.97)\n")
    tables.table("documents", "share", "lift", "gap closed")
    for documents in (200, 40):
        tables.row(documents, *(f"{each:.3f}" for each in coverage(200, documents, 2000).values()))


def filled(bench: Bench, data: Path, name: str) -> None:
    """A set with its documents as a corpus."""
    path, form = SETS[name]
    for _ in bring.bring(bench, name, formats.load(data / path, form)):
        pass


def ran(bench: Bench, order: Order) -> Run:
    """A measurement from its beginning to its end."""
    path = begin(bench, setup(bench, order))
    for _ in measure(bench, path):
        pass
    return journal.read(path)


def speed(bench: Bench, limit: int) -> Run:
    """Answers a minute beside the same prompts one at a time, and beside the tutorial loop."""
    from llama_cpp import Llama

    whole = ran(bench, Order("xquad_en", lanes=LANES, limit=limit))
    plain = Llama(str(catalogue.installed()), n_ctx=2048, verbose=False)
    print(f"\n{len(whole.setup.questions)} questions of xquad_en × (closed, rag, oracle), answers a minute (bar: 2.5 ×)\n")
    tables.table("lane", "measured", "`Llama`, one at a time", "faster")
    taken, other = 0.0, 0.0
    for number, column in enumerate(whole.setup.columns):
        if column.name not in LANES:
            continue
        own = [each for each in whole.outcomes if each.recipe == number and each.batch >= 0]
        seconds = sum(mark.seconds for mark in whole.marks if mark.column == number)
        some = own[::PART]
        start = time.perf_counter()
        for each in some:
            plain.create_completion(each.prompt, max_tokens=column.recipe.reply, temperature=0, stop=["\n"])
        peer = (time.perf_counter() - start) / len(some)
        taken, other = taken + seconds, other + peer * len(own)
        tables.row(column.name, f"{60 * len(own) / seconds:.0f}", f"{60 / peer:.0f}", f"{peer * len(own) / seconds:.2f} ×")
    tables.row("all", "", "", f"{other / taken:.2f} ×")
    tutorial(bench, whole)
    return whole


def tutorial(bench: Bench, whole: Run) -> None:
    """The rag lane alone beside the tutorial loop, over the same questions."""
    number = next(place for place, each in enumerate(whole.setup.columns) if each.name == "rag")
    asked = {each.id: each for each in whole.setup.questions}
    own = [each for each in whole.outcomes if each.recipe == number and asked[each.question].answers]
    seconds = sum(mark.seconds for mark in whole.marks if mark.column == number) / len(own)
    some = own[:: PART // 2]
    reply = answers.tutorial(bench, "xquad_en", tokens=64)
    start = time.perf_counter()
    said = [reply(asked[each.question].text)[0] for each in some]
    peer = (time.perf_counter() - start) / len(some)

    def held(texts: Sequence[str]) -> float:
        return statistics.mean(any(holds(text, answer) for answer in asked[each.question].answers) for text, each in zip(texts, some, strict=True))

    print("\nThe rag lane beside the tutorial loop, the same questions (bar: 3 ×, contains not lower)\n")
    tables.table("pipeline", "questions", "answers a minute", "contains", "faster")
    tables.row("rag lane", len(some), f"{60 / seconds:.0f}", f"{held([each.text for each in some]):.3f}", f"{peer / seconds:.2f} ×")
    tables.row("tutorial", len(some), f"{60 / peer:.0f}", f"{held(said):.3f}", "")


def lanes(whole: Run) -> None:
    """Every lane with the length of its replies."""
    print("\nBundled model, xquad_en (bar: oracle contains ≥ 0.25 at ≤ 8 words)\n")
    tables.table("lane", "n", "right", "exact", "F1", "contains", "median words", "seconds an answer")
    found = figures(whole)
    for lane in found.groups[0].lanes:
        assert lane.exact and lane.f1 and lane.contains
        tables.row(lane.name, lane.right.n, *(
            f"{each.value:.3f} ({each.low:.3f}–{each.high:.3f})" for each in (lane.right, lane.exact, lane.f1, lane.contains)),
            f"{lane.words:.0f}", f"{lane.seconds:.2f}")


def again(bench: Bench, whole: Run) -> None:
    """The same run a second time."""
    limit = len(whole.setup.questions)
    second = ran(bench, Order("xquad_en", lanes=LANES, limit=limit))
    same = sum(texts(whole)[key] == value for key, value in texts(second).items())
    print("\nThe same run twice (bar: 100 %)\n")
    tables.table("answers", "the same", "figures the same")
    tables.row(len(second.outcomes), f"{100 * same / len(second.outcomes):.1f} %", untimed(whole) == untimed(second))


def killed(bench: Bench, whole: Run, limit: int) -> None:
    """A run killed at random points, each time gone on with from the command line."""
    order = Order("xquad_en", lanes=LANES, limit=limit)
    reference = ran(bench, order)
    draw, equal = random.Random(3), 0
    for _ in range(KILLS):
        path = begin(bench, setup(bench, order))
        target = draw.randrange(1, len(reference.outcomes))
        command = [sys.executable, "-m", "workbench", "measure", "--home", str(bench.settings.home), "--resume", path.parent.name, "--json"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and path.read_bytes().count(b'{"outcome"') < target:
            time.sleep(0.02)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for _ in measure(bench, path):
            pass
        rest = journal.read(path)
        equal += texts(rest) == texts(reference) and untimed(rest) == untimed(reference)
    print(f"\n{limit} questions, killed at {KILLS} random points and gone on with: {equal} of {KILLS} equal the uninterrupted run\n")
    tables.table("kills", "equal")
    tables.row(KILLS, equal)


def texts(run: Run) -> dict[tuple[int, str], tuple]:
    """Answers with their probabilities by column and question."""
    return {(each.recipe, each.question): (each.text, each.logprobs, each.prompt) for each in run.outcomes}


def untimed(run: Run) -> str:
    """The figures of a run as text, without times."""
    from workbench.measure.export import figures_json

    def bare(value):
        if isinstance(value, dict):
            return {name: bare(each) for name, each in value.items() if name not in ("run", "seconds", "memory", "answers_per_minute")}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return json.dumps(bare(figures_json(figures(run))))
