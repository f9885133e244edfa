"""What a run will take, said before it starts."""

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

from workbench.bench import Bench
from workbench.errors import WindowTooSmall
from workbench.measure import statistics
from workbench.measure.lanes import GOLD, Impossible, Shelf, material, sent
from workbench.measure.run import TOGETHER
from workbench.measure.setup import answerers
from workbench.nouns import Measured
from workbench.nouns.runs import Column, Plan, Setup
from workbench.trial import speed

if TYPE_CHECKING:
    from workbench.models.remote import Model

SAMPLE = 4  # questions of a column whose prompts are made, to count their tokens
REPLIES = {"completion": 8, "text": 8, "chat": 20}  # tokens of a reply, in the middle
GAIN = 2.5  # times as many tokens are written a second by a group as by one alone
LOOK_UP = 0.1  # seconds of retrieval a question


def plan(bench: Bench, made: Setup) -> Plan:
    """Calls, seconds and what can be told. Reads a few prompts; measures the speed of a model nobody has measured here.
    Raises ModelError."""
    shelf = Shelf(bench, made.corpus, made.questions)
    calls: dict[str, int] = defaultdict(int)
    speeds: dict[str, Measured] = {}
    seconds = LOOK_UP * len(made.questions)
    for column in made.columns:
        asked = answerers(made, column)
        if not column.recipe.model or not asked:
            continue
        worker = bench.lend(column.recipe.model)
        try:
            if column.recipe.model not in speeds:
                speeds[column.recipe.model] = bench.known(column.recipe.model)[1] or speed(worker)
            calls[column.name] += len(asked)
            seconds += len(asked) * seconds_each(
                shelf, made, column, bench.unsent(column.recipe.model, worker), speeds[column.recipe.model])
        finally:
            bench.give_back(worker)
    answered = {lang: sum(each.lang == lang and bool(each.answers) for each in made.questions) for lang in made.langs}
    cards = tuple((lang, statistics.card(count)) for lang, count in answered.items() if count)
    unread = tuple((model.name, lang) for model in made.models for lang in made.langs if lang not in model.reads)
    reads_gold = any(column.name in calls and column.recipe.lane in GOLD for column in made.columns)
    return Plan(
        tuple(calls.items()), seconds, cards, made.left_out, unread, made.against, len(made.questions), made.stood_in if reads_gold else 0)


def seconds_each(shelf: Shelf, made: Setup, column: Column, worker: "Model", speed: Measured) -> float:
    """Seconds an answer of a column: its prompt less what a group shares, and its reply written beside the others'."""
    asked = answerers(made, column)
    budgets = []
    for question in asked[:: max(1, len(asked) // SAMPLE)][:SAMPLE]:
        try:
            answer = sent(shelf, material(shelf, question, column.recipe), worker).answer
        except (Impossible, WindowTooSmall):
            continue
        if answer.budget:
            budgets.append(answer.budget)
    if not budgets:
        return 0.0
    shared = (TOGETHER - 1) / TOGETHER
    tokens = fmean(each.prompt - shared * each.instructions for each in budgets)
    looked = LOOK_UP if column.recipe.lane != "closed" else 0.0
    reply = min(column.recipe.reply, REPLIES[made.facts(column.recipe.model).form])
    return looked + tokens / speed.reading + reply / (GAIN * speed.writing)
