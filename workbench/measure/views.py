"""The figures of a run as HTML, for the tab and the report alike. Pure; every word from outside is escaped.

Figures that stand for questions are buttons with `data-cell` where `linked`: in the tab they open those questions.
"""

from collections.abc import Sequence
from html import escape

from workbench.captions import short
from workbench.measure import plots, telling
from workbench.measure.lanes import GOLD
from workbench.measure.plots import Point, Series
from workbench.measure.replacement import FEW
from workbench.measure.telling import figure, lane_name, percent, points
from workbench.nouns import Lang
from workbench.nouns.figures import Figures, Group, LaneFigures, Retrieval
from workbench.nouns.measure import Estimate
from workbench.nouns.runs import ModelFacts, Run
from workbench.words import say

SQUARES = ("kept", "rescued", "harmed", "missed")


def kind_of(name: str) -> str:
    """The color of a lane."""
    return name.partition("(")[0]


def group_title(lang: Lang, group: Group, figures: Figures) -> str:
    """Which model, window and language, as far as there are several."""
    model = (short(group.model), say(lang, "measured.window", window=group.window)) if group.model else ()
    return " · ".join((*model, say(lang, f"language.{group.lang}")))


def whole(lang: Lang, run: Run, figures: Figures, *, linked: bool = False) -> str:
    """Everything below the headline, a section a group."""
    parts = [group_view(lang, run, figures, each, linked) for each in figures.groups]
    return "".join([*parts, cost(lang, run, figures), *(sweep(lang, figures, number) for number in range(len(figures.sweeps)))])


def group_view(lang: Lang, run: Run, figures: Figures, group: Group, linked: bool) -> str:
    """A model with a window in a language."""
    number = figures.groups.index(group)
    found = next((each for each in figures.retrieval if each.lang == group.lang), None)
    parts = [lanes_view(lang, run, figures, group, number, linked)]
    if group.replacement:
        parts = [square(lang, group, number, linked), *parts, losses(lang, group, number, linked), checks(lang, figures, group)]
    parts += [retrieval(lang, found, group) if found else "", position(lang, group), noise(lang, group), falsehood(lang, group)]
    parts += [popularity(lang, group), topics(lang, group)]
    parts += [refusal(lang, group), reliability(lang, group)]
    return f'<section class="wb-group"><h2>{escape(group_title(lang, group, figures))}</h2>{"".join(parts)}</section>'


def front(lang: Lang, run: Run, figures: Figures) -> str:
    """The headline of every group with what may be said of it."""
    parts = []
    for group in figures.groups:
        title = f"<h3>{escape(group_title(lang, group, figures))}</h3>" if len(figures.groups) > 1 else ""
        some = [*telling.sentences(lang, group.replacement), *telling.clean(group, lang)] if group.replacement else []
        if group.size and (told := telling.effective_size(lang, group.size, facts(run, group).parameters)):
            some.append(told)
        some += telling.uncounted(lang, run.setup, group)
        listed = "".join(f"<li>{escape(each)}</li>" for each in some)
        parts.append(
            f'<section class="wb-front">{title}<p class="wb-headline">{escape(telling.headline(lang, figures, group))}</p>'
            f"{f'<ul>{listed}</ul>' if listed else ''}</section>")
    return "".join(parts)


def square(lang: Lang, group: Group, number: int, linked: bool) -> str:
    """The four squares of rescued, harmed, kept and missed."""
    assert group.replacement
    counts = group.replacement.ledger
    cells = "".join(
        f'<td class="wb-square wb-{name}">{button(f"{number}:{name}", str(getattr(counts, name)), linked)}'
        f'<span>{escape(say(lang, f"measured.{name}"))}</span></td>{"</tr><tr>" if name == "rescued" else ""}' for name in SQUARES)
    p = group.replacement.p
    note = say(lang, "measured.mcnemar", p=f"= {p:.3f}" if p >= 0.001 else "< 0.001")
    return part(lang, "square", f'<table class="wb-ledger"><tbody><tr>{cells}</tr></tbody></table><p class="wb-hint">{escape(note)}</p>')


def button(cell: str, words: str, linked: bool) -> str:
    """A figure that opens its questions, where it can."""
    if not linked:
        return f"<b>{escape(words)}</b>"
    return f'<button type="button" class="wb-figure-button" data-cell="{escape(cell)}">{escape(words)}</button>'


def part(lang: Lang, name: str, body: str) -> str:
    """A figure with its title and what it means."""
    return (
        f'<section class="wb-part-of"><h3>{escape(say(lang, f"measured.title.{name}"))}</h3>'
        f'<p class="wb-hint">{escape(say(lang, f"measured.about.{name}"))}</p>{body}</section>')


def lanes_view(lang: Lang, run: Run, figures: Figures, group: Group, number: int, linked: bool) -> str:
    """Every lane with its interval, then a table of all scores."""
    lanes = [*(each for other, each in figures.extract if other == group.lang), *group.lanes]
    shown = [each for each in lanes if each.name != "again" and each.right.n]
    if not shown:
        return ""
    picture = plots.intervals(
        say(lang, "measured.title.lanes"), [(lane_name(lang, each.name), kind_of(each.name), each.right) for each in shown],
        [percent(each.right) for each in shown])
    offered = any(each.name == "extract" and each.choice for each in lanes)
    notes = [*([say(lang, "measured.choice_near")] if offered else []), *(telling.stood_in(lang, run.setup.stood_in) if any(kind_of(each.name) in GOLD for each in shown) else [])]
    return part(lang, "lanes", picture + "".join(f'<p class="wb-hint">{escape(each)}</p>' for each in notes) + lane_table(lang, lanes, number, linked))


def lane_table(lang: Lang, lanes: Sequence[LaneFigures], number: int, linked: bool) -> str:
    """All scores of all lanes."""
    columns: list[tuple[str, list[str]]] = [
        ("right", [percent(each.right) for each in lanes]),
        ("clean", [percent(each.clean) if each.clean and each.clean.n < each.right.n else "–" for each in lanes]),
        ("contains", [percent(each.contains) for each in lanes]),
        ("exact", [percent(each.exact) for each in lanes]),
        ("josa", [percent(each.josa) for each in lanes]),
        ("f1", [figure(each.f1) for each in lanes]),
        ("content", [figure(each.content) for each in lanes]),
        ("nuggets", [figure(each.nuggets) for each in lanes]),
        ("choice", [percent(each.choice) for each in lanes]),
        ("refused", [percent(each.refused) for each in lanes]),
        ("auroc", [figure(each.sure_auroc) for each in lanes]),
        ("words", [f"{each.words:.0f}" if each.right.n else "–" for each in lanes]),
        ("tokens", [f"{each.tokens[0]:.0f} + {each.tokens[1]:.0f}" if each.tokens[0] else "–" for each in lanes]),
        ("seconds", [f"{each.seconds:.2f}" if each.seconds else "–" for each in lanes]),
        ("odd", [", ".join(f"{say(lang, f'measured.flag.{flag}')} {count}" for flag, count in each.flags) or "–" for each in lanes]),
    ]
    kept = [(name, cells) for name, cells in columns if set(cells) != {"–"}]
    head = "".join(f'<th scope="col">{escape(say(lang, f"measured.column.{name}"))}</th>' for name, _ in kept)
    rows = "".join(
        f'<tr><th scope="row">{button(f"{number}:lane:{each.column}", lane_name(lang, each.name), linked)} <small>n = {each.right.n}</small></th>'
        + "".join(f"<td>{escape(cells[place])}</td>" for _, cells in kept) + "</tr>" for place, each in enumerate(lanes))
    failed = "".join(
        f"<li>{escape(lane_name(lang, each.name))}: {count} – {escape(say(lang, reason_key(code)))}</li>"
        for each in lanes for code, count in each.failed)
    told = f'<p class="wb-hint">{escape(say(lang, "measured.failed"))}</p><ul class="wb-hint">{failed}</ul>' if failed else ""
    return f'<div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>{told}'


def reason_key(code: str) -> str:
    """Why answers could not be made, in words without facts."""
    return f"remark.{code}" if code.startswith("lane_") else "measured.no_window"


def losses(lang: Lang, group: Group, number: int, linked: bool) -> str:
    """The loss budget as one bar."""
    if not group.replacement or not group.replacement.losses:
        return ""
    rows = [(say(lang, f"measured.loss.{name}"), name, each.value or 0.0, percent(each)) for name, each in group.replacement.losses]
    names = [button(f"{number}:loss:{name}", called, linked) if linked else escape(called) for called, name, _, _ in rows]
    beyond = group.replacement.beyond_oracle
    note = say(lang, "measured.beyond", share=percent(beyond)) if beyond and beyond.value else ""
    return part(lang, "losses", plots.bar(say(lang, "measured.title.losses"), rows, names) + (f'<p class="wb-hint">{escape(note)}</p>' if note else ""))


def checks(lang: Lang, figures: Figures, group: Group) -> str:
    """The two controls."""
    found = group.controls
    if not found:
        return ""
    rows = telling.controls(lang, figures, group)
    body = "".join(f'<li class="{"" if found.passed or number < 2 else "wb-notice"}">{escape(each)}</li>' for number, each in enumerate(rows))
    return part(lang, "controls", f"<ul>{body}</ul>")


def retrieval(lang: Lang, found: Retrieval, group: Group) -> str:
    """What is found, without any model."""
    if not found.mrr.n and not any(each.n for _, each in found.answer):
        return ""
    ks = [k for k, _ in found.recall]
    head = "".join(f'<th scope="col">{k}</th>' for k in ks)
    rows = "".join(
        f'<tr><th scope="row">{escape(say(lang, f"measured.{name}"))}</th>{"".join(f"<td>{escape(percent(each))}</td>" for _, each in values)}</tr>'
        for name, values in (("recall", found.recall), ("evidence", found.evidence), ("answer", found.answer)) if any(each.n for _, each in values))
    more = " · ".join((
        *((f"MRR@10 {figure(found.mrr)}", f"nDCG@10 {figure(found.ndcg)}") if found.mrr.n else ()),
        *((say(lang, "measured.in_window", window=group.window, share=percent(group.budget)),) if group.budget else ())))
    return part(lang, "retrieval", (
        f'<div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        + (f'<p class="wb-hint">{escape(more)}</p>' if more else "")))


def position(lang: Lang, group: Group) -> str:
    """How the place of the gold passage changes the answers, beside the model alone and the passage alone."""
    slots = dosed(group, "position")
    if len(slots) < 2:
        return ""
    series = [Series(say(lang, "measured.lane.position"), "position", tuple(Point(slot, each.right) for slot, each in slots))]
    series += levels(lang, group, min(slot for slot, _ in slots), max(slot for slot, _ in slots))
    picture = plots.chart(
        say(lang, "measured.title.position"), series, say(lang, "measured.axis.slot"), say(lang, "measured.axis.right"),
        ticks=[(slot, f"{slot:g}") for slot, _ in slots])
    note = f'<p class="wb-hint">{escape(say(lang, "measured.ends", points=points(group.ends)))}</p>' if group.ends else ""
    return part(lang, "position", picture + note)


def dosed(group: Group, kind: str) -> list[tuple[float, LaneFigures]]:
    """The lanes of a kind by their doses, as far as there are answers."""
    return [(float(each.name[len(kind) + 1 : -1]), each) for each in group.lanes if each.name.startswith(f"{kind}(") and each.right.n]


def levels(lang: Lang, group: Group, first: float, last: float) -> list[Series]:
    """The model alone and with the gold passage as lines across a chart."""
    found = []
    for name in ("oracle", "closed"):
        if each := group.lane(name):
            flat = Estimate(each.right.value, None, None, each.right.n, each.right.method)
            found.append(Series(lane_name(lang, name), name, (Point(first, flat), Point(last, flat))))
    return found


def noise(lang: Lang, group: Group) -> str:
    """How passages without the answer change the answers."""
    doses = dosed(group, "mixed")
    if len(doses) < 2:
        return ""
    picture = plots.chart(
        say(lang, "measured.title.noise"), [Series(say(lang, "measured.lane.mixed"), "mixed", tuple(Point(dose, each.right) for dose, each in doses))],
        say(lang, "measured.axis.noise"), say(lang, "measured.axis.right"), ticks=[(dose, f"{100 * dose:.0f} %") for dose, _ in doses])
    note = f'<p class="wb-hint">{escape(say(lang, "measured.slope", points=points(group.slope)))}</p>' if group.slope else ""
    return part(lang, "noise", picture + note)


def falsehood(lang: Lang, group: Group) -> str:
    """What is said after a passage with a false answer."""
    if not group.falsehood:
        return ""
    rows = [(name, getattr(group.falsehood, name)) for name in ("follows", "remembers", "neither")]
    picture = plots.intervals(
        say(lang, "measured.title.counter"), [(say(lang, f"measured.{name}"), name, each) for name, each in rows], [percent(each) for _, each in rows])
    return part(lang, "counter", picture)


def popularity(lang: Lang, group: Group) -> str:
    """How right answers change with how well known a thing is, alone and with the documents."""
    found = group.popularity
    if not found:
        return ""
    series = [
        Series(lane_name(lang, name), name, tuple(Point(each.known, getattr(each, name)) for each in found.bands)) for name in ("closed", "rag")]
    picture = plots.chart(
        say(lang, "measured.title.popularity"), series, say(lang, "measured.axis.popularity"), say(lang, "measured.axis.right"),
        ticks=[(each.known, f"{each.known:,.0f}") for each in found.bands], log=True)
    told = "".join(f"<li>{escape(each)}</li>" for each in telling.popularity(lang, found))
    return part(lang, "popularity", f'{picture}<ul class="wb-hint">{told}</ul>')


def topics(lang: Lang, group: Group) -> str:
    """What retrieval is worth by tag."""
    if not group.topics:
        return ""
    names = (*(lane_name(lang, each) for each in ("closed", "rag")), *(say(lang, f"measured.topic.{each}") for each in ("lift", "p")))
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(each.tag)} <small>n = {each.lift.n}</small></th><td>{escape(percent(each.closed))}</td>'
        f"<td>{escape(percent(each.rag))}</td><td>{escape(points(each.lift))}</td><td>{each.p:.3f}</td></tr>" for each in group.topics)
    note = f'<p class="wb-hint">{escape(say(lang, "measured.topic.rare", count=group.rare, least=FEW))}</p>' if group.rare else ""
    return part(lang, "topics", (
        f'<div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}'))


def refusal(lang: Lang, group: Group) -> str:
    """Whether it is refused where nothing answers."""
    if not group.refusal:
        return ""
    found = group.refusal
    rows = [
        (say(lang, "measured.refused_model"), found.precision, found.recall), (say(lang, "measured.refused_code"), found.code_precision, found.code_recall)]
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(percent(precision))}</td><td>{escape(percent(recall))}</td></tr>' for name, precision, recall in rows)
    wrongly = f'<p class="wb-hint">{escape(say(lang, "measured.refused_wrongly", share=percent(found.wrongly)))}</p>' if found.wrongly else ""
    heads = "".join(f'<th scope="col">{escape(say(lang, f"measured.refused.{name}"))}</th>' for name in ("precision", "recall"))
    return part(lang, "refusal", f'<div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>{wrongly}')


def reliability(lang: Lang, group: Group) -> str:
    """Confidence against outcome, of the lane with the documents."""
    each = next((lane for name in ("rag", "oracle", "closed") if (lane := group.lane(name)) and lane.bins), None)
    if not each:
        return ""
    series = [Series(lane_name(lang, each.name), kind_of(each.name), tuple(Point(bin.confidence, bin.right) for bin in each.bins))]
    picture = plots.chart(
        say(lang, "measured.title.reliability"), series, say(lang, "measured.axis.sure"), say(lang, "measured.axis.right"),
        ticks=[(share, f"{100 * share:.0f} %") for share in (0, 0.25, 0.5, 0.75, 1)], diagonal=True)
    note = say(lang, "measured.sureness", auroc=figure(each.sure_auroc), error=figure(each.sure_error), brier=figure(each.sure_brier))
    return part(lang, "reliability", f'{picture}<p class="wb-hint">{escape(note)}</p>')


def cost(lang: Lang, run: Run, figures: Figures) -> str:
    """Accuracy with the documents against size, time and memory, a point a model and window."""
    parts = []
    for group_lang in run.setup.langs:
        some = [(each, rag) for each in figures.groups if each.lang == group_lang and (rag := each.lane("rag")) and rag.right.n]
        axes = (
            ("size", [facts(run, each).size / 1e6 for each, _ in some]), ("seconds", [rag.seconds for _, rag in some]),
            ("memory", [each.memory / 1e6 for each, _ in some]))
        for name, values in axes:
            if len(some) < 2 or not all(values) or (name == "size" and len(set(values)) < 2):
                continue
            series = [Series(lane_name(lang, "rag"), "rag", tuple(
                Point(value, rag.right, f"{short(each.model)} {each.window}") for (each, rag), value in zip(some, values, strict=True)))]
            ticks = [(value, f"{value:,.0f}" if value >= 10 else f"{value:.2f}") for value in sorted({min(values), max(values)})]
            parts.append(plots.chart(
                say(lang, f"measured.axis.{name}"), series, say(lang, f"measured.axis.{name}"), say(lang, "measured.axis.right"), ticks=ticks,
                log=max(values) > 8 * min(values), joined=False))
    return part(lang, "cost", "".join(parts)) if parts else ""


def facts(run: Run, group: Group) -> ModelFacts:
    """What is said of a group's model."""
    return run.setup.facts(group.model)


def sweep(lang: Lang, figures: Figures, number: int) -> str:
    """Accuracy and seconds at several windows."""
    found = figures.sweeps[number]
    points_there = tuple(Point(window, share, say(lang, "measured.seconds_each", seconds=f"{seconds:.2f}")) for window, share, seconds, _ in found.windows)
    picture = plots.chart(
        say(lang, "measured.title.sweep"), [Series(short(found.model), "rag", points_there)], say(lang, "measured.axis.window"),
        say(lang, "measured.axis.right"), ticks=[(window, str(window)) for window, *_ in found.windows], log=True)
    rows = "".join(
        f'<tr><th scope="row">{window}</th><td>{escape(percent(share))}</td><td>{seconds:.2f}</td><td>{escape(points(off))}</td></tr>'
        for window, share, seconds, off in found.windows)
    heads = "".join(f'<th scope="col">{escape(say(lang, f"measured.sweep.{name}"))}</th>' for name in ("right", "seconds", "off"))
    note = say(lang, "measured.smallest", window=found.smallest) if found.smallest else say(lang, "measured.smallest_none")
    title = f'<p class="wb-hint"><b>{escape(short(found.model))} · {escape(say(lang, f"language.{found.lang}"))}</b></p>'
    return part(lang, "sweep", (
        f'{title}{picture}<div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"<p>{escape(note)}</p>"))
