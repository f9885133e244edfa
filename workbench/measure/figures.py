"""From a journal to its figures. Pure: the same journal gives the same figures, and no model is asked for them.

Every figure is over questions of one language; a question counts in a comparison of lanes where all of them have a score.
The questions on one document hang together (`clusters`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, median

from workbench.measure import replacement as knowledge
from workbench.measure import scoring, statistics
from workbench.measure.curves import effective_size, popularity
from workbench.measure.replacement import Case, controls, no_worse
from workbench.measure.setup import answerers
from workbench.measure.sheet import Sheet
from workbench.nouns import Lang, Question
from workbench.nouns.figures import Falsehood, Figures, Group, LaneFigures, Popularity, Refusal, Retrieval, Sweep, Topic
from workbench.nouns.measure import Estimate, Outcome, Replacement, Scores
from workbench.nouns.runs import Column, Run

KS = (1, 3, 5, 10)
LEAST_SURE = 30  # answers from which confidence is worth a figure


def figures(run: Run) -> Figures:
    """All figures of a run, finished or not."""
    sheet = Sheet(run)
    groups = [group(sheet, model, window, lang) for lang in sheet.setup.langs for model, window in sheet.places]
    counted = [mark for mark in run.marks if mark.batch >= 0]
    called = sum(each.batch >= 0 for each in run.outcomes)
    working = sum(mark.seconds for mark in counted)
    extract = sheet.column("extract")
    return Figures(
        run=run.setup.id,
        questions=len(run.setup.questions),
        answers=len(run.outcomes),
        total=sum(len(answerers(run.setup, each)) for each in run.setup.columns),
        seconds=run.seconds,
        fast=60 * called / working if working else 0.0,
        groups=tuple(corrected(groups)),
        extract=tuple((lang, lane(sheet, extract, lang)) for lang in sheet.setup.langs if extract is not None),
        retrieval=tuple(retrieval(sheet, lang) for lang in sheet.setup.langs) if run.rankings else (),
        sweeps=tuple(sweeps(sheet, groups)),
        against=run.setup.against,
    )


def corrected(groups: Sequence[Group]) -> list[Group]:
    """The groups with their p-values corrected for the number of comparisons of a language (Holm)."""
    fixed = list(groups)
    for lang in ("en", "ko"):
        places = [number for number, each in enumerate(groups) if each.lang == lang and each.replacement]
        values = statistics.holm([found.p for number in places if (found := groups[number].replacement)])
        for number, value in zip(places, values, strict=True):
            found = groups[number].replacement
            assert found
            fixed[number] = replace(groups[number], replacement=replace(found, p=value))
    return fixed


def group(sheet: Sheet, model: str, window: int, lang: Lang) -> Group:
    """Everything of a model with a window in a language."""
    asked = sheet.ids(lang)
    if model and lang not in sheet.setup.facts(model).reads:
        return Group(model, window, lang, len(asked), (), unread=True)
    columns = columns_of(sheet, model, window)
    closed, rag = (sheet.right(columns.get(name)) for name in ("closed", "rag"))
    topics, rare = by_tag(sheet, columns, lang) if closed and rag else ((), 0)
    return Group(
        model, window, lang, len(asked),
        lanes=tuple(lane(sheet, number, lang) for number in columns.values()),
        replacement=replaced(sheet, columns, lang) if closed and rag else None,
        lifts=lifts(sheet, columns, lang) if closed and rag else (),
        controls=checks(sheet, columns, lang) if closed and rag else None,
        budget=budget(sheet, columns.get("rag"), lang),
        refusal=refusal(sheet, columns, lang),
        falsehood=falsehood(sheet, columns.get("counter"), lang),
        slope=slope(sheet, columns, lang),
        ends=ends(sheet, columns, lang),
        size=effective(sheet, columns, lang),
        popularity=by_popularity(sheet, columns, lang),
        topics=topics,
        rare=rare,
        memory=max((mark.memory for mark in sheet.run.marks if mark.column in columns.values()), default=0),
        clean=cleaned(sheet, columns, lang) if closed and rag else None,
    )


def columns_of(sheet: Sheet, model: str, window: int) -> dict[str, int]:
    """The columns of a model with a window by the names of their lanes."""
    return {
        each.name: number for number, each in enumerate(sheet.setup.columns)
        if sheet.column(each.name, model, window) == number and each.name != "extract"}


def lane(sheet: Sheet, number: int, lang: Lang) -> LaneFigures:
    """One column over the questions of a language."""
    column = sheet.setup.columns[number]
    every = {name: each for name, each in sheet.scores[number].items() if sheet.questions[name].lang == lang}
    known = {name: each for name, each in every.items() if sheet.questions[name].answers}
    outcomes = [sheet.outcomes[number][name] for name in every]
    said = [each for each in outcomes if not each.error]
    marks = [mark for mark in sheet.run.marks if mark.column == number and mark.batch >= 0]
    answers = sum(each.batch >= 0 for each in sheet.outcomes[number].values())
    timed = [each.timing for each in said if each.timing]
    return LaneFigures(
        name=column.name,
        column=number,
        asked=sum(each.lang == lang for each in answerers(sheet.setup, column)),
        right=share(sheet, known, lambda each: each.right) or statistics.wilson(0, 0),
        exact=share(sheet, known, lambda each: each.exact),
        josa=share(sheet, known, lambda each: each.josa) if lang == "ko" else None,
        f1=mean(sheet, known, lambda each: each.f1),
        contains=share(sheet, known, lambda each: each.contains),
        content=mean(sheet, known, lambda each: each.content),
        nuggets=mean(sheet, known, lambda each: each.nuggets),
        choice=share(sheet, known, lambda each: each.choice),
        choice_sum=share(sheet, known, lambda each: each.choice_sum),
        refused=share(sheet, known, lambda each: each.refused) if column.recipe.lane != "extract" else None,
        words=median(each.words for each in every.values()) if every else 0.0,
        tokens=(fmean(each.prompt_tokens for each in timed), fmean(each.reply_tokens for each in timed)) if timed else (0.0, 0.0),
        seconds=sum(mark.seconds for mark in marks) / answers if answers else 0.0,
        flags=tuple(Counter(flag for each in every.values() for flag in each.flags).most_common()),
        failed=tuple(Counter(each.error.code for each in outcomes if each.error).most_common()),
        **sureness(sheet, known),  # type: ignore[arg-type]
        clean=None if sheet.setup.clean is None else share(
            sheet, {name: each for name, each in known.items() if name in sheet.setup.clean}, lambda each: each.right) or statistics.wilson(0, 0),
    )


def sureness(sheet: Sheet, scores: Mapping[str, Scores]) -> dict[str, object]:
    """How far the probability of a reply tells whether it is right; nothing of few replies."""
    some = {name: each for name, each in scores.items() if each.sure is not None and each.right is not None}
    if len(some) < LEAST_SURE:
        return {}
    sure, right = [each.sure or 0.0 for each in some.values()], [bool(each.right) for each in some.values()]
    clusters = sheet.clusters(some)
    return {
        "sure_auroc": statistics.auroc(sure, right, clusters), "sure_error": statistics.calibration_error(sure, right, clusters),
        "sure_brier": statistics.brier(sure, right, clusters), "bins": statistics.reliability(sure, right)}


def share(sheet: Sheet, scores: Mapping[str, Scores], of: Callable[[Scores], bool | None]) -> Estimate | None:
    """The share of which something is so, of those that have the score; None where none has."""
    some = {name: value for name, each in scores.items() if (value := of(each)) is not None}
    return statistics.share(list(some.values()), sheet.clusters(some)) if some else None


def mean(sheet: Sheet, scores: Mapping[str, Scores], of: Callable[[Scores], float | None]) -> Estimate | None:
    """The mean of a score over those that have it; None where none has."""
    some = {name: value for name, each in scores.items() if (value := of(each)) is not None}
    return statistics.mean(list(some.values()), sheet.clusters(some)) if some else None


def replaced(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Replacement:
    """The knowledge replacement figures over the questions that have a score alone and with the documents."""
    return knowledge.replacement(list(comparable(sheet, columns, lang).values()))


def cleaned(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Replacement | None:
    """The same over the questions that nothing speaks against; None where nobody looked, or none is left."""
    clean = sheet.setup.clean or ()
    cases = [case for name, case in comparable(sheet, columns, lang).items() if name in clean]
    return knowledge.replacement(cases) if cases else None


def comparable(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> dict[str, Case]:
    """The questions that have a score alone and with the documents, with what each way makes of them."""
    closed, rag, oracle = (sheet.right(columns.get(name)) for name in ("closed", "rag", "oracle"))
    reference = sheet.right(sheet.column("closed_large"))
    return {
        name: Case(
            lang, sheet.clusters([name])[0], closed[name], rag[name], oracle.get(name), reference.get(name),
            sheet.outcomes[columns["rag"]][name].evidence, 1 / len(choices) if (choices := sheet.questions[name].choices) else 0.0)
        for name in paired(sheet, lang, closed, rag)}


def paired(sheet: Sheet, lang: Lang, *scores: Mapping[str, object]) -> list[str]:
    """The questions of a language that have a score in all of these columns."""
    return [name for name in sheet.ids(lang) if all(name in each for each in scores)]


def lifts(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> tuple[tuple[str, Estimate], ...]:
    """The lift by the other rules for what is right."""
    found = []
    for rule in ("exact", "f1", "contains"):
        closed, rag = (
            {name: value for name, each in sheet.scores[columns[lane]].items() if (value := getattr(each, rule)) is not None}
            for lane in ("closed", "rag"))
        if some := paired(sheet, lang, closed, rag):
            found.append((rule, statistics.difference([rag[name] for name in some], [closed[name] for name in some], sheet.clusters(some))))
    return tuple(found)


def checks(sheet: Sheet, columns: Mapping[str, int], lang: Lang):
    """The two controls; None before they have run."""
    closed, rag, again, shuffled = (sheet.right(columns.get(name)) for name in ("closed", "rag", "again", "shuffled"))
    some = paired(sheet, lang, closed, rag, again)
    others = paired(sheet, lang, closed, shuffled)
    if not some or not others:
        return None
    return controls(
        sheet.clusters(some), [closed[name] for name in some], [again[name] for name in some], [rag[name] for name in some],
        [(sheet.clusters([name])[0], shuffled[name], closed[name]) for name in others])


def effective(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Estimate | None:
    """The size of a model that alone answers as much as this one with documents; None unless models of two sizes were asked."""
    alone = {
        sheet.setup.facts(each.recipe.model).parameters: sheet.right(number) for number, each in enumerate(sheet.setup.columns)
        if each.name in ("closed", "closed_large") and each.recipe.model and lang in sheet.setup.facts(each.recipe.model).reads}
    rag = sheet.right(columns.get("rag"))
    some = paired(sheet, lang, rag, *alone.values()) if len(alone) > 1 else []
    if not some:
        return None
    return effective_size({size: [each[name] for name in some] for size, each in alone.items()}, [rag[name] for name in some], sheet.clusters(some))


def by_popularity(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Popularity | None:
    """How right answers change with how well known a thing is; None unless enough questions say so."""
    closed, rag = (sheet.right(columns.get(name)) for name in ("closed", "rag"))
    known = {name: each for name in paired(sheet, lang, closed, rag) if (each := sheet.questions[name].popularity) and each > 0}
    return popularity(list(known.values()), [closed[name] for name in known], [rag[name] for name in known], sheet.clusters(known))


def by_tag(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> tuple[tuple[Topic, ...], int]:
    """What retrieval is worth for the questions of every tag that FEW have; how many tags fewer have."""
    cases = comparable(sheet, columns, lang)
    tags = Counter(tag for name in cases for tag in dict.fromkeys(sheet.questions[name].tags))
    every = {tag: [case for name, case in cases.items() if tag in sheet.questions[name].tags] for tag, count in tags.most_common() if count >= knowledge.FEW}
    counts = [knowledge.ledger(some) for some in every.values()]
    values = statistics.holm([statistics.mcnemar(each.rescued, each.harmed) for each in counts])
    topics = tuple(
        Topic(tag, knowledge.accuracy(some, "closed"), knowledge.accuracy(some, "rag"), knowledge.difference(some, "rag", "closed"), p)
        for (tag, some), p in zip(every.items(), values, strict=True))
    return topics, len(tags) - len(every)


def budget(sheet: Sheet, rag: int | None, lang: Lang) -> Estimate | None:
    """Recall within the token budget: the share of questions whose evidence stands in what the model read."""
    if rag is None:
        return None
    some = {
        name: each.evidence == "read" for name, each in sheet.outcomes[rag].items()
        if each.evidence != "unknown" and sheet.questions[name].lang == lang}
    return statistics.share(list(some.values()), sheet.clusters(some)) if some else None


def refusal(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Refusal | None:
    """Whether it is refused where nothing answers; None without such questions."""
    number = columns.get("rag")
    if number is None:
        return None
    rows = [
        (name, not sheet.questions[name].answers, bool(each.refused), bool({"low_relevance", "no_passages"} & set(sheet.outcomes[number][name].flags)))
        for name, each in sheet.scores[number].items() if sheet.questions[name].lang == lang and each.refused is not None]
    if not any(nothing for _, nothing, _, _ in rows):
        return None

    def of(some: Sequence[tuple], place: int) -> Estimate:
        return statistics.share([row[place] for row in some], sheet.clusters(row[0] for row in some))

    oracle = sheet.scores[columns["oracle"]] if "oracle" in columns else {}
    gold = {name: each for name, each in oracle.items() if sheet.questions[name].lang == lang and sheet.questions[name].answers}
    return Refusal(
        precision=of([row for row in rows if row[2]], 1), recall=of([row for row in rows if row[1]], 2),
        code_precision=of([row for row in rows if row[3]], 1), code_recall=of([row for row in rows if row[1]], 3),
        wrongly=share(sheet, gold, lambda each: each.refused))


def falsehood(sheet: Sheet, number: int | None, lang: Lang) -> Falsehood | None:
    """What is said after a passage with a false answer."""
    if number is None:
        return None
    rows: dict[str, tuple[bool, bool]] = {}
    for name, each in sheet.outcomes[number].items():
        question = sheet.questions[name]
        if question.lang == lang and question.counter and not each.error:
            said = replace(question, answers=(question.counter.answer,))
            follows = bool(scoring.scores(each, said, "counter").right)
            rows[name] = follows, bool(sheet.scores[number][name].right) and not follows
    if not rows:
        return None
    clusters = sheet.clusters(rows)
    return Falsehood(
        statistics.share([follows for follows, _ in rows.values()], clusters),
        statistics.share([remembers for _, remembers in rows.values()], clusters),
        statistics.share([not follows and not remembers for follows, remembers in rows.values()], clusters))


def slope(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Estimate | None:
    """What the share of right answers loses from no noise to noise alone, by a straight line through the measured shares."""
    doses = {sheet.setup.columns[number].recipe.noise: sheet.right(number) for name, number in columns.items() if name.startswith("mixed")}
    some = paired(sheet, lang, *doses.values()) if len(doses) > 1 else []
    if not some:
        return None
    middle = fmean(doses)
    spread = sum((dose - middle) ** 2 for dose in doses)
    found = statistics.difference(
        [sum((dose - middle) * right[name] for dose, right in doses.items()) / spread for name in some], [0.0] * len(some), sheet.clusters(some))

    def possible(value: float | None) -> float | None:  # a line is steeper than what it goes through; nobody loses more than all
        return value if value is None else max(-1.0, min(1.0, value))

    return replace(found, value=possible(found.value), low=possible(found.low), high=possible(found.high))


def ends(sheet: Sheet, columns: Mapping[str, int], lang: Lang) -> Estimate | None:
    """How much better a passage is read at the ends of the window than in its middle (Liu et al. 2023)."""
    slots = {sheet.setup.columns[number].recipe.slot: sheet.right(number) for name, number in columns.items() if name.startswith("position")}
    inner = [slot for slot in slots if slot not in (min(slots), max(slots))]
    some = paired(sheet, lang, *slots.values()) if inner else []
    if not some:
        return None
    outer = (min(slots), max(slots))
    return statistics.difference(
        [fmean(slots[slot][name] for slot in outer) for name in some], [fmean(slots[slot][name] for slot in inner) for name in some],
        sheet.clusters(some))


def retrieval(sheet: Sheet, lang: Lang) -> Retrieval:
    """What is found, over the questions of a language whose files or answers are known."""
    some = [each for each in sheet.run.rankings if sheet.questions[each.question].lang == lang]

    def over(of: Callable[..., float | None], binary: bool = True) -> Estimate:
        values = {each.question: value for each in some if (value := of(each)) is not None}
        clusters = sheet.clusters(values)
        return statistics.share([bool(value) for value in values.values()], clusters) if binary else statistics.mean(list(values.values()), clusters)

    return Retrieval(
        lang,
        recall=tuple((k, over(lambda each, k=k: scoring.recall(each, k))) for k in KS),
        evidence=tuple((k, over(lambda each, k=k: scoring.found_by(each.evidence, k))) for k in KS),
        answer=tuple((k, over(lambda each, k=k: scoring.found_by(each.answer, k))) for k in KS),
        mrr=over(scoring.reciprocal_rank, binary=False),
        ndcg=over(scoring.ndcg, binary=False),
    )


def sweeps(sheet: Sheet, groups: Sequence[Group]) -> list[Sweep]:
    """The windows of a model side by side, over the questions that have a score in all of them."""
    found = []
    for lang, model in dict.fromkeys((each.lang, each.model) for each in groups if not each.unread):
        right = {
            window: sheet.right(number) for other, window in sheet.places
            if other == model and (number := sheet.column("rag", model, window)) is not None}
        some = paired(sheet, lang, *right.values()) if len(right) > 1 else []
        if not some:
            continue
        ways = {window: [float(each[name]) for name in some] for window, each in right.items()}
        smallest, off = no_worse(ways, sheet.clusters(some))
        seconds = {each.window: rag.seconds for each in groups if each.model == model and each.lang == lang and (rag := each.lane("rag"))}
        found.append(Sweep(model, lang, tuple(
            (window, statistics.share([bool(each) for each in ways[window]], sheet.clusters(some)), seconds.get(window, 0.0), off[window])
            for window in sorted(ways)), smallest))
    return found


def behind(run: Run, found: Figures, cell: str) -> list[Question]:
    """The questions that a figure counts: `group:square`, `group:loss:name`, or `group:lane:column`, those wrong there first."""
    sheet = Sheet(run)
    number, _, rest = cell.partition(":")
    place = found.groups[int(number)]
    if rest.startswith("lane:"):
        column = int(rest[5:])
        rows = [(sheet.scores[column][name].right is not False, name) for name in sheet.ids(place.lang) if name in sheet.scores[column]]
        return [sheet.questions[name] for _, name in sorted(rows, key=lambda row: row[0])]
    columns = columns_of(sheet, place.model, place.window)
    cases = comparable(sheet, columns, place.lang)
    if rest.startswith("loss:"):
        return [sheet.questions[name] for name, case in cases.items() if case.oracle is not None and knowledge.lost(case) == rest[5:]]
    squares = {(True, True): "kept", (False, True): "rescued", (True, False): "harmed", (False, False): "missed"}
    return [sheet.questions[name] for name, case in cases.items() if squares[case.closed, case.rag] == rest]


def question_rows(run: Run) -> list[tuple[Question, list[tuple[Column, Outcome, Scores]]]]:
    """Every question with all of its answers and what they are worth."""
    sheet = Sheet(run)
    return [
        (question, [
            (column, sheet.outcomes[number][question.id], sheet.scores[number][question.id])
            for number, column in enumerate(run.setup.columns) if question.id in sheet.outcomes[number]])
        for question in run.setup.questions]


def marks(run: Run) -> dict[tuple[str, int], bool | None]:
    """Whether each answer is right, by question and column; None where that cannot be said."""
    return {(name, number): each.right for number, scores in enumerate(Sheet(run).scores) for name, each in scores.items()}
