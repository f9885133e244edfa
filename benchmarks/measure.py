"""Measuring a model: how fast beside the plain ways, whether it comes out the same, and what the bundled model does on XQuAD.

    python -m benchmarks measure --data DIR [--limit N] [--only STEP ...]     (default: 200 questions, every step)

    coverage   how often intervals hold the truth, simulated
    speed      answers a minute beside the same prompts one at a time
    tutorial   the rag lane beside the tutorial loop
    lanes      closed, rag and oracle with the length of their replies
    others     the same of the other lanes
    twice      the same run a second time
    kills      a run killed at random points and gone on with

Peers, on the file as installed: the same prompts one at a time through llama-cpp-python's `Llama`; and the usual tutorial
loop (four chunks of 1,000 characters, its prompt through the chat template, up to 64 tokens), retrieval included. Both take
a part of the questions, spread over all of them; rates are compared. `Llama` gets neighbors, so that what they share is there
for it to reuse, as it does by itself: in the order of the questions, as a plain loop has them; and in the order in which the
measurement decodes them, which puts alike prompts side by side.
"""

import json
import random
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
from workbench.measure.statistics import difference, share
from workbench.measure.telling import figure, percent, points
from workbench.models import catalogue
from workbench.nouns.measure import Outcome
from workbench.nouns.runs import Run
from workbench.scoring import holds

LANES = ("closed", "rag", "oracle")
OTHERS = ("extract", "noise", "mixed(0.4)", "counter", "position(1)", "position(5)", "stuffed")
STEPS = ("coverage", "speed", "tutorial", "lanes", "others", "twice", "kills")
PART = 8  # one of so many prompts goes through the peer as well,
NEIGHBORS = 5  # so many neighbors together
LEAST_KILLED = 24  # questions of the runs that are killed
KILLS = 5
XQUAD = "xquad_en/xquad.en.json"


def main(data: Path | None, limit: int | None, only: Sequence[str] | None = None) -> None:
    wanted = only or STEPS
    if "coverage" in wanted:
        simulated()
    if data is None or not (data / XQUAD).exists():
        print("\nThe rest needs --data DIR with xquad_en/.")
        return
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        filled(bench, data)
        measured(bench, limit or 200, wanted)
        bench.close()


def measured(bench: Bench, limit: int, wanted: Sequence[str]) -> None:
    """The steps that measure; those that look at the same run share it."""
    shared = [step for step in ("speed", "tutorial", "lanes", "twice") if step in wanted]
    lanes = LANES if set(shared) - {"tutorial"} else ("rag",)
    whole = ran(bench, Order("xquad_en", lanes=lanes, limit=limit)) if shared else None
    if whole and "speed" in wanted:
        speed(whole)
    if whole and "tutorial" in wanted:
        tutorial(bench, whole)
    if whole and "lanes" in wanted:
        print("\nBundled model, xquad_en (bar: oracle contains ≥ 0.25 at ≤ 8 words)\n")
        lanes_of(whole)
    if "others" in wanted:
        print("\nThe other lanes\n")
        lanes_of(ran(bench, Order("xquad_en", lanes=OTHERS, limit=limit)))
    if whole and "twice" in wanted:
        again(bench, whole)
    if "kills" in wanted:
        killed(bench, min(limit, LEAST_KILLED))


def simulated() -> None:
    """How often an interval of 95 % holds the truth."""
    print("\nShare of 2,000 simulated measurements of 200 questions whose 95 % interval holds the truth (bar: 0.93–0.97)\n")
    tables.table("documents", "share", "lift", "gap closed")
    for documents in (200, 40):
        tables.row(documents, *(f"{each:.3f}" for each in coverage(200, documents, 2000).values()))


def filled(bench: Bench, data: Path) -> None:
    """XQuAD with its documents as a corpus."""
    for _ in bring.bring(bench, "xquad_en", formats.load(data / XQUAD, "squad")):
        pass


def ran(bench: Bench, order: Order) -> Run:
    """A measurement from its beginning to its end."""
    path = begin(bench, setup(bench, order))
    for _ in measure(bench, path):
        pass
    return journal.read(path)


def speed(whole: Run) -> None:
    """Answers a minute beside the same prompts one at a time."""
    from llama_cpp import Llama

    plain = Llama(str(catalogue.installed()), n_ctx=2048, verbose=False)
    plain.create_completion("The first call warms up.", max_tokens=8, temperature=0)
    print(f"\n{len(whole.setup.questions)} questions of xquad_en × (closed, rag, oracle), answers a minute (bar: 2.5 ×)\n")
    tables.table("lane", "answers", "measured", "prompts one at a time", "`Llama`, in the questions' order", "faster", "`Llama`, in ours", "faster than that")
    place = {each.id: number for number, each in enumerate(whole.setup.questions)}
    taken, count, asked = 0.0, 0, 0
    others = [0.0, 0.0]

    def one_at_a_time(some: Sequence[Outcome], reply: int) -> float:
        """Seconds a prompt."""
        start = time.perf_counter()
        for each in some:
            plain.create_completion(each.prompt, max_tokens=reply, temperature=0, stop=["\n"])
        return (time.perf_counter() - start) / len(some)

    for number, column in enumerate(whole.setup.columns):
        if column.name not in LANES:
            continue
        own = [each for each in whole.outcomes if each.recipe == number and each.batch >= 0]
        seconds = sum(mark.seconds for mark in whole.marks if mark.column == number)
        parts = [neighbors(sorted(own, key=lambda each: place[each.question])), neighbors(own)]
        peers = [one_at_a_time(some, column.recipe.reply) for some in parts]
        taken, count, asked = taken + seconds, count + len(own), asked + len(parts[0])
        others = [total + peer * len(own) for total, peer in zip(others, peers, strict=True)]
        tables.row(column.name, len(own), f"{60 * len(own) / seconds:.0f}", len(parts[0]), *compared([peer * len(own) for peer in peers], len(own), seconds))
    tables.row("all", count, f"{60 * count / taken:.0f}", asked, *compared(others, count, taken))


def neighbors(some: Sequence[Outcome]) -> list[Outcome]:
    """A part of the answers, spread over all of them, a few that stand next to each other at a time."""
    return [each for place, each in enumerate(some) if place // NEIGHBORS % PART == 0]


def compared(others: Sequence[float], count: int, seconds: float) -> list[str]:
    """For each of the other ways its answers a minute, and how many times as long it takes for all."""
    return [cell for other in others for cell in (f"{60 * count / other:.0f}", f"{other / seconds:.2f} ×")]


def tutorial(bench: Bench, whole: Run) -> None:
    """The rag lane alone beside the tutorial loop, over the same questions."""
    number = next(place for place, each in enumerate(whole.setup.columns) if each.name == "rag")
    asked = {each.id: each for each in whole.setup.questions}
    own = [each for each in whole.outcomes if each.recipe == number and asked[each.question].answers]
    seconds = sum(mark.seconds for mark in whole.marks if mark.column == number) / len(own)
    some = own[:: PART // 2]
    reply = answers.tutorial(bench, "xquad_en", tokens=64)
    reply("The first call warms up.")
    start = time.perf_counter()
    said = [reply(asked[each.question].text)[0] for each in some]
    peer = (time.perf_counter() - start) / len(some)

    def held(texts: Sequence[str]) -> list[bool]:
        return [any(holds(text, answer) for answer in asked[each.question].answers) for text, each in zip(texts, some, strict=True)]

    ours, theirs = held([each.text for each in some]), held(said)
    documents = [asked[each.question].gold_documents[0] for each in some]
    print("\nThe rag lane beside the tutorial loop, the same questions (bar: 3 ×, contains not lower)\n")
    tables.table("pipeline", "questions", "answers a minute", "contains", "median words", "faster")
    tables.row("rag lane", len(some), f"{60 / seconds:.0f}", percent(share(ours, documents)), long([each.text for each in some]), f"{peer / seconds:.2f} ×")
    tables.row("tutorial", len(some), f"{60 / peer:.0f}", percent(share(theirs, documents)), long(said), "")
    print(f"\ncontains, rag lane less tutorial: {points(difference(ours, theirs, documents))} points")


def long(texts: Sequence[str]) -> str:
    """Median number of words."""
    return f"{statistics.median(len(text.split()) for text in texts):.0f}"


def lanes_of(run: Run) -> None:
    """Every lane with the length of its replies."""
    tables.table("lane", "n", "right", "exact", "F1", "contains", "median words", "seconds an answer", "not to be made")
    found = figures(run)
    for lane in (*(each for _, each in found.extract), *found.groups[0].lanes):
        failed = sum(count for _, count in lane.failed)
        if lane.exact and lane.f1 and lane.contains:
            tables.row(lane.name, lane.right.n, *(figure(each) for each in (lane.right, lane.exact, lane.f1, lane.contains)),
                       f"{lane.words:.0f}", f"{lane.seconds:.2f}", failed)
    for group in found.groups:
        if group.falsehood:
            print(f"\ncounter: the false answer {percent(group.falsehood.follows)}, the right one {percent(group.falsehood.remembers)}")


def again(bench: Bench, whole: Run) -> None:
    """The same run a second time."""
    second = ran(bench, Order("xquad_en", lanes=LANES, limit=len(whole.setup.questions)))
    first = texts(whole)
    same = sum(first[key] == value for key, value in texts(second).items())
    print("\nThe same run twice (bar: 100 %)\n")
    tables.table("run", "answers", "the same", "figures the same")
    tables.row("the second", len(second.outcomes), f"{100 * same / len(second.outcomes):.1f} %", untimed(whole) == untimed(second))


def killed(bench: Bench, limit: int) -> None:
    """A run killed at random points, each time gone on with; the killed ones run from the command line."""
    order = Order("xquad_en", lanes=LANES, limit=limit)
    reference = ran(bench, order)
    draw, equal, hit = random.Random(3), 0, []
    for _ in range(KILLS):
        path = begin(bench, setup(bench, order))
        target = draw.randrange(1, len(reference.outcomes))
        command = [sys.executable, "-m", "workbench", "measure", "--home", str(bench.settings.home), "--resume", path.parent.name, "--json"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and path.read_bytes().count(b'{"outcome"') < target:
            time.sleep(0.02)
        process.kill()
        process.wait()
        hit.append(path.read_bytes().count(b'{"outcome"'))
        assert not journal.read(path).finished, "it was faster than the kill"
        for _ in measure(bench, path):
            pass
        rest = journal.read(path)
        equal += texts(rest) == texts(reference) and untimed(rest) == untimed(reference)
    print(f"\n{limit} questions, killed at random points and gone on with (bar: {KILLS} of {KILLS})\n")
    tables.table("kills", "after answers", "of", "equal to the uninterrupted run")
    tables.row(KILLS, ", ".join(map(str, hit)), len(reference.outcomes), f"{equal} of {KILLS}")


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
