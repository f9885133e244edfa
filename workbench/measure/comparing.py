"""Two runs compared question by question: before and after a change of the documents, the prompts, the window or the model. Pure.

Only questions that both asked in the same words and with the same known answers are compared, each with itself.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from workbench.errors import BadRequest
from workbench.measure import statistics
from workbench.measure.lanes import CONTROLS
from workbench.measure.sheet import Sheet
from workbench.nouns import Lang, Question
from workbench.nouns.figures import Change, Comparison
from workbench.nouns.measure import Estimate, Scores
from workbench.nouns.runs import Column, Run, Setup

WINDOWLESS = ("closed", "extract", "closed_large")  # lanes that no window changes


def compared(before: Run, after: Run) -> Comparison:
    """Two runs, lane by lane. Raises BadRequest where they are one, or have no question or no lane in common."""
    one, other = before.setup, after.setup
    if one.id == other.id:
        raise BadRequest("runs_same", name=one.id)
    first, second = ({each.id: each for each in setup.questions} for setup in (one, other))
    both = [name for name in second if name in first]
    common = [name for name in both if asked_alike(first[name], second[name])]
    if not common:
        raise BadRequest("runs_no_questions", before=one.id, after=other.id)
    pairs = list(partners(one, other))
    if not pairs:
        raise BadRequest("runs_no_lanes", before=one.id, after=other.id, first=lanes(one), second=lanes(other))
    sheets = Sheet(before), Sheet(after)
    changes = [found for pair in pairs for lang in other.langs if (found := change(sheets, pair, lang, set(common)))]
    if not changes:
        raise BadRequest("runs_no_answers", before=one.id, after=other.id)
    met = [{setup.columns[pair[side]].name for pair in pairs} for side, setup in enumerate((one, other))]
    alone = [each.name for side, setup in enumerate((one, other)) for each in setup.columns if each.name not in {*met[side], *CONTROLS}]
    return Comparison(
        one.id, other.id, len(common), differences(one, other), tuple(corrected(changes)),
        changed=len(both) - len(common), only_before=len(first) - len(both), only_after=len(second) - len(both),
        apart=tuple(dict.fromkeys(alone)))


def asked_alike(one: Question, other: Question) -> bool:
    """Whether two questions of one id are the same, and what is right for them is."""
    return (one.text, one.answers, one.choices, one.answer_index) == (other.text, other.answers, other.choices, other.answer_index)


def lanes(setup: Setup) -> str:
    """The names of a run's lanes, for a sentence."""
    return ", ".join(dict.fromkeys(each.name for each in setup.columns if each.name not in CONTROLS))


def partners(before: Setup, after: Setup) -> Iterator[tuple[int, int]]:
    """The columns that are compared: of the same lane, model and window; of the same lane where each run has one model, or one
    window, so that it is clear what stands against what."""
    models = one_each(before, after, lambda each: each.recipe.model)
    windows = one_each(before, after, lambda each: each.recipe.window if each.name not in WINDOWLESS else 0)
    for number, column in enumerate(after.columns):
        if column.name in CONTROLS:
            continue
        for loose_model, loose_window in ((False, False), (models, False), (False, windows), (models, windows)):
            match = next((place for place, each in enumerate(before.columns) if alike(each, column, loose_model, loose_window)), None)
            if match is not None:
                yield match, number
                break


def one_each(before: Setup, after: Setup, of: Callable[[Column], object]) -> bool:
    """Whether the columns of either run have just one of something."""
    return all(len({value for each in setup.columns if (value := of(each)) and each.name != "closed_large"}) == 1 for setup in (before, after))


def alike(one: Column, other: Column, loose_model: bool, loose_window: bool) -> bool:
    """Whether two columns are the same way of answering, the model and the window left aside where they may be. Of a reference
    the model is what it is about."""
    same_model = one.recipe.model == other.recipe.model or (loose_model and one.name != "closed_large")
    same_window = one.recipe.window == other.recipe.window or loose_window or one.name in WINDOWLESS
    return one.name == other.name and same_model and same_window


def change(sheets: tuple[Sheet, Sheet], pair: tuple[int, int], lang: Lang, common: set[str]) -> Change | None:
    """A lane over the questions of a language that have a score in both runs; None where none has."""
    one, other = (sheet.right(number) for sheet, number in zip(sheets, pair, strict=True))
    some = [name for name in sheets[1].ids(lang) if name in common and name in one and name in other]
    if not some:
        return None
    first, second = (sheet.setup.columns[number] for sheet, number in zip(sheets, pair, strict=True))
    clusters = sheets[1].clusters(some)
    before, after = [one[name] for name in some], [other[name] for name in some]
    gained, lost = sum(other[name] and not one[name] for name in some), sum(one[name] and not other[name] for name in some)
    scores = [[sheet.scores[number][name] for name in some] for sheet, number in zip(sheets, pair, strict=True)]
    return Change(
        second.name, lang, second.recipe.model, second.recipe.window, first.recipe.model, first.recipe.window,
        statistics.share(before, clusters), statistics.share(after, clusters), statistics.difference(after, before, clusters),
        gained, lost, statistics.mcnemar(gained, lost), f1_change(scores, clusters))


def f1_change(scores: Sequence[Sequence[Scores]], clusters: Sequence[Hashable]) -> Estimate | None:
    """The difference in F1, finer than right and wrong, of the replies that have one in both runs; None where none has."""
    pairs = [(was.f1, now.f1, cluster) for was, now, cluster in zip(*scores, clusters, strict=True) if was.f1 is not None and now.f1 is not None]
    return statistics.difference([now for _, now, _ in pairs], [was for was, _, _ in pairs], [cluster for *_, cluster in pairs]) if pairs else None


def corrected(changes: Sequence[Change]) -> list[Change]:
    """The changes with their p-values corrected for their number."""
    return [replace(each, p=p) for each, p in zip(changes, statistics.holm([each.p for each in changes]), strict=True)]


def differences(one: Setup, other: Setup) -> tuple[str, ...]:
    """What two runs were made of that is not the same."""
    facts: dict[str, list[object]] = {
        "corpus": [setup.corpus for setup in (one, other)],
        "index": [setup.prints.get("index") for setup in (one, other)],
        "prompts": [setup.prints.get("prompts") for setup in (one, other)],
        "embedder": [setup.embedder for setup in (one, other)],
        "model": [sorted((each.name, each.digest) for each in setup.models) for setup in (one, other)],
        "window": [sorted({each.recipe.window for each in setup.columns if each.name not in WINDOWLESS}) for setup in (one, other)],
        "reply": [sorted({(each.recipe.reply, each.recipe.form) for each in setup.columns}) for setup in (one, other)],
    }
    return tuple(name for name, both in facts.items() if both[0] != both[1])
