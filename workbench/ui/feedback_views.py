"""An analysis of feedback as HTML, for the tab and for the page to hand on. Pure: every word from outside is escaped."""

from collections.abc import Collection, Sequence
from html import escape

from workbench.captions import brief
from workbench.feedback.figures import wilson
from workbench.feedback.sentiment import ACCURACY
from workbench.feedback.summary import SHAKY, direction, mean, percent, share, summary, tongue
from workbench.feedback.table import of_rows
from workbench.nouns import Lang
from workbench.nouns.feedback import (
    OTHER,
    Chosen,
    Column,
    Estimate,
    Feedback,
    Figures,
    Mood,
    Quote,
    Section,
    Sorting,
    Step,
    ThemeFigures,
)
from workbench.ui import views
from workbench.words import say, tell

CHARTS = 8  # themes that are drawn over time
SEEN = 60  # characters of an example


def columns(lang: Lang, found: Sequence[Column], chosen: Chosen) -> str:
    """The columns of a table with what they are taken for, and what speaks for it."""
    taken = {chosen.text: "text", chosen.rating: "rating", chosen.date: "date", chosen.group: "group"}
    head = "".join(f'<th scope="col">{escape(say(lang, f"feedback.head_{name}"))}</th>' for name in ("column", "kind", "evidence", "example"))
    rows = "".join(
        f'<tr class="{"wb-taken" if each.name in taken else ""}"><th scope="row">{escape(each.name)}</th>'
        f'<td>{escape(kind_name(lang, taken.get(each.name, "other")))}</td>'
        f"<td>{escape(evidence(lang, each))}</td><td>{escape(brief(each.example, SEEN))}</td></tr>"
        for each in found)
    return f'<section class="wb-columns"><div class="wb-scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>'


def kind_name(lang: Lang, kind: str) -> str:
    """What a column is taken for, in words."""
    return say(lang, f"feedback.kind.{kind}")


def evidence(lang: Lang, column: Column) -> str:
    """What speaks for a column's kind."""
    parts = [say(lang, "feedback.evidence", filled=f"{column.filled:,}", distinct=f"{column.distinct:,}", words=f"{column.words:.1f}")]
    parts += [say(lang, f"feedback.evidence_{name}", share=percent(value)) for name, value in (
        ("numbers", column.numbers), ("days", column.days)) if value > 0.5]
    return "; ".join(parts)


def progress(lang: Lang, step: Step, seconds: float) -> str:
    """How far an analysis is, with the time left while it embeds."""
    spoken = tongue(lang, step.lang) if step.lang else ""
    label = say(lang, f"feedback.stage.{step.stage}", done=f"{step.done:,}", total=f"{step.total:,}", language=spoken)
    if step.stage != "embedding":
        return views.hint(label)
    return views.meter(label + views.remaining(lang, seconds, step.done, step.total), step.done, step.total)


def analysis(
    lang: Lang, feedback: Feedback, figures: Figures, picked: Collection[int] = (), *, buttons: bool = True
) -> str:
    """The whole analysis: the paragraph, what is to be known, and each language with its themes. With `buttons` themes can be
    chosen, and quotes open their rows."""
    remarks = "".join(views.notice(tell(lang, remark)) for remark in feedback.remarks)
    sections = "".join(section(lang, feedback, each, len(figures.sections) > 1, picked, buttons) for each in figures.sections)
    return (
        f'<section class="wb-feedback"><p class="wb-read">{escape(say(lang, "feedback.read", read=f"{figures.read:,}", rows=f"{figures.rows:,}"))} '
        f"<small>{escape(feedback.name)}</small></p>"
        f'<p class="wb-summary-text">{escape(summary(lang, feedback, figures))}</p>{remarks}{sections}</section>'
    )


def section(lang: Lang, feedback: Feedback, section: Section, several: bool, picked: Collection[int], buttons: bool) -> str:
    """One language: themes as rows, what fits none, then over time and by group."""
    title = f"<h2>{escape(tongue(lang, section.language))} <small>{escape(say(lang, 'feedback.rows', rows=section.rows))}</small></h2>" if several else ""
    widest = max((each.share.high or 0 for each in (*section.themes, section.other)), default=0) or 1.0
    rows = "".join(theme(lang, each, widest, each.theme.id in picked, buttons) for each in section.themes)
    rows += theme(lang, section.other, widest, False, buttons) if section.other.count else ""
    return (
        f'<div class="wb-language">{title}{how(lang, feedback, section)}<ol class="wb-themes">{rows}</ol>'
        f"{over_time(lang, section)}{by_group(lang, section)}</div>"
    )


def how(lang: Lang, feedback: Feedback, section: Section) -> str:
    """How the themes were found, how stable they are, and what tells the feelings."""
    found = next(each for each in feedback.found if each.language == section.language)
    parts = [say(lang, "feedback.how", units=f"{section.units:,}", vectors=found.vectors, method=say(lang, f"feedback.method.{found.method}"))]
    notes = ""
    if found.stability.value is not None and found.stability.low is not None and found.stability.high is not None:
        numbers = {name: f"{value:.2f}" for name, value in (
            ("value", found.stability.value), ("low", found.stability.low), ("high", found.stability.high))}
        parts.append(say(lang, "feedback.stability", seeds=found.stability.n, **numbers))
        if found.stability.value < SHAKY:
            notes += views.notice(say(lang, "feedback.shaky"))
    if section.mood.by == "ratings":
        parts.append(say(lang, "feedback.by_ratings"))
    elif section.language in ACCURACY:
        accuracy = ACCURACY[section.language]
        parts.append(say(lang, "feedback.by_classifier", right=share(lang, accuracy), n=f"{accuracy.n:,}"))
    return f'<p class="wb-hint">{escape(" ".join(parts))}</p>{notes}'


def theme(lang: Lang, each: ThemeFigures, widest: float, picked: bool, buttons: bool) -> str:
    """A theme as a row: its name, how many rows speak of it, what they feel, quotes, and what can be done."""
    name = each.theme.label if each.theme.id != OTHER else say(lang, "feedback.other")
    terms = f'<p class="wb-terms">{escape(", ".join(each.theme.terms))}</p>' if each.theme.terms and each.theme.by != "terms" else ""
    marks = mark(say(lang, f"feedback.{way}"), way) if (way := direction(each)) else ""
    if each.theme.stable is not None and each.theme.stable < SHAKY:
        marks += mark(say(lang, "feedback.unstable", value=f"{each.theme.stable:.2f}"), "unstable")
    return (
        f'<li class="wb-theme{" wb-picked" if picked else ""}{" wb-other" if each.theme.id == OTHER else ""}">'
        f'<div class="wb-theme-head"><h3>{escape(name)}</h3>{marks}</div>{terms}'
        f'<div class="wb-theme-figures">{interval_bar(lang, each.share, each.count, widest)}{feelings(lang, each.mood)}</div>'
        f'<ul class="wb-quotes">{"".join(f"<li>{quoted(lang, quote, buttons)}</li>" for quote in each.quotes)}</ul>'
        f"{acts(lang, each, picked) if buttons and each.theme.id != OTHER else ''}</li>"
    )


def mark(text: str, kind: str) -> str:
    """A remark beside a name."""
    return f' <span class="wb-mark wb-{kind}">{escape(text)}</span>'


def interval_bar(lang: Lang, estimate: Estimate, count: int, widest: float) -> str:
    """A share as a bar with its interval as a line over it, the widest as wide as there is room."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    ends = [100 * value / widest for value in (estimate.value, estimate.low, estimate.high)]
    text = say(lang, "feedback.count", count=f"{count:,}", of=f"{estimate.n:,}", share=share(lang, estimate))
    return (
        f'<div class="wb-share"><span class="wb-share-bar" aria-hidden="true"><i style="width:{ends[0]:.1f}%"></i>'
        f'<b style="left:{ends[1]:.1f}%;width:{max(0.3, ends[2] - ends[1]):.1f}%"></b></span><span>{escape(text)}</span></div>'
    )


def feelings(lang: Lang, mood: Mood) -> str:
    """What the rows of a theme feel, as a bar of three parts with figures."""
    positive, negative = mood.positive, mood.negative
    if positive.value is None or negative.value is None:
        return ""
    parts = (("negative", negative.value), ("neutral", max(0.0, 1 - positive.value - negative.value)), ("positive", positive.value))
    bar = "".join(f'<i class="wb-{name}" style="flex-grow:{value:.4f}"></i>' for name, value in parts if value)
    told = say(lang, "feedback.mood", negative=share(lang, negative), positive=share(lang, positive))
    if mood.rating is not None:
        told = say(lang, "feedback.mood_rating", mean=mean(lang, mood.rating)) + " " + told
    return f'<div class="wb-mood"><span class="wb-mood-bar" aria-hidden="true">{bar}</span><span>{escape(told)}</span></div>'


def quoted(lang: Lang, quote: Quote, buttons: bool) -> str:
    """A quote, letter for letter, with its row."""
    number = escape(say(lang, "feedback.row", number=quote.number))
    where = f'<button type="button" class="wb-chip" data-row="{quote.place}" data-start="{quote.start}">{number}</button>' if buttons else f"<small>{number}</small>"
    return f"<q>{escape(quote.text)}</q> {where}"


def acts(lang: Lang, each: ThemeFigures, picked: bool) -> str:
    """What can be done with a theme."""
    def button(act: str, word: str, more: str = "") -> str:
        label = escape(say(lang, f"feedback.{act}_named", label=each.theme.label))
        return (
            f'<button type="button" class="wb-chip" data-{act}="{each.theme.id}" aria-label="{label}"{more}>{escape(say(lang, f"feedback.{word}"))}</button>')

    chosen = button("pick", "picked" if picked else "pick", f' aria-pressed="{str(picked).lower()}"')
    return f'<p class="wb-acts">{chosen}{button("name", "name")}{button("split", "split")}{button("rows", "all_rows")}</p>'


def over_time(lang: Lang, section: Section) -> str:
    """The share of the largest themes in every period, a small chart each."""
    if len(section.periods) < 2:
        return ""
    charts = "".join(
        chart(lang, each.theme.label, section.periods, each.trend, section.period_rows) for each in section.themes[:CHARTS])
    step = say(lang, f"feedback.step_{step_of(section.periods)}")
    return (
        f'<section class="wb-trend"><h3>{escape(say(lang, "feedback.over_time"))} <small>{escape(step)}</small></h3>'
        f'<div class="wb-charts">{charts}</div></section>'
    )


def step_of(periods: Sequence[str]) -> str:
    """Whether periods are weeks, months or years."""
    if all(each.endswith("-01-01") for each in periods):
        return "year"
    return "month" if all(each.endswith("-01") for each in periods) else "week"


def chart(lang: Lang, label: str, periods: Sequence[str], counts: Sequence[int], of: Sequence[int]) -> str:
    """A drawing of shares with their intervals by period, in SVG: it needs no script and prints."""
    width, height, floor = 300.0, 90.0, 72.0
    shares = [wilson(count, n) for count, n in zip(counts, of, strict=True)]
    top = max((each.high or 0 for each in shares if each.n), default=0) or 1.0
    slot = width / len(periods)
    bars = []
    for number, (period, count, each) in enumerate(zip(periods, counts, shares, strict=True)):
        if each.value is None or each.low is None or each.high is None:
            continue
        x, middle = number * slot, number * slot + slot / 2
        y, low, high = (floor - floor * value / top for value in (each.value, each.low, each.high))
        bars.append(
            f'<g><title>{escape(say(lang, "feedback.point", period=name_of(period, periods), count=count, of=each.n, share=share(lang, each)))}</title>'
            f'<rect x="{x + slot * 0.12:.1f}" y="{y:.1f}" width="{slot * 0.76:.1f}" height="{floor - y:.1f}"/>'
            f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="{low:.1f}" y2="{high:.1f}"/></g>')
    ends = (
        f'<text x="0" y="{height - 3:.0f}">{escape(name_of(periods[0], periods))}</text>'
        f'<text x="{width:.0f}" y="{height - 3:.0f}" text-anchor="end">{escape(name_of(periods[-1], periods))}</text>')
    said = say(lang, "feedback.chart", label=label, first=name_of(periods[0], periods), last=name_of(periods[-1], periods))
    return (
        f'<figure><figcaption>{escape(label)} <small>{escape(say(lang, "feedback.up_to", top=percent(top)))}</small></figcaption>'
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(said)}">{"".join(bars)}{ends}</svg></figure>'
    )


def name_of(period: str, periods: Sequence[str]) -> str:
    """A period by its first day, as much of it as tells."""
    return {"year": period[:4], "month": period[:7], "week": period}[step_of(periods)]


def by_group(lang: Lang, section: Section) -> str:
    """Themes by groups: the share of every group's rows, the darker the larger."""
    if len(section.groups) < 2:
        return ""
    names = [name or say(lang, "feedback.other_groups") for name in section.groups]
    head = "".join(
        f'<th scope="col">{escape(name)} <small>{count:,}</small></th>' for name, count in zip(names, section.group_rows, strict=True))
    rows = "".join(
        f'<tr><th scope="row">{escape(each.theme.label)}</th>{"".join(cell(lang, estimate) for estimate in each.groups)}</tr>'
        for each in section.themes)
    return (
        f'<section class="wb-groups"><h3>{escape(say(lang, "feedback.by_group"))}</h3><div class="wb-scroll"><table><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def cell(lang: Lang, estimate: Estimate) -> str:
    """A share in a table of groups."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "<td>–</td>"
    ends = f"{percent(estimate.low)}–{percent(estimate.high)}"
    return (
        f'<td style="--part:{min(1.0, estimate.value):.2f}" title="{escape(share(lang, estimate))}">{percent(estimate.value)} % <small>{ends}</small></td>')


def row(lang: Lang, feedback: Feedback, sorting: Sorting, place: int, start: int = -1) -> str:
    """A row in full, the opinion that begins at `start` marked in it, with its rating, day and group, and its themes."""
    held = feedback.rows[place]
    first = held.same if held.same >= 0 else place
    unit = next((each for each in feedback.units if each.row == first and each.start == start), None)
    text = escape(held.text)
    if unit is not None:
        text = f"{escape(held.text[: unit.start])}<mark>{escape(held.text[unit.start : unit.end])}</mark>{escape(held.text[unit.end :])}"
    names = {each.id: each.label for each in sorting.themes} | {OTHER: say(lang, "feedback.other")}
    mine = ", ".join(names[each] for each in of_rows(feedback, sorting)[first])
    facts = " · ".join(filter(None, (
        held.source, "" if held.rating is None else f"{feedback.chosen.rating}: {held.rating:g}", held.day,
        held.group and f"{feedback.chosen.group}: {held.group}")))
    return (
        f'<section class="wb-source"><h3>{escape(say(lang, "feedback.row", number=held.number))} <small>{escape(facts)}</small></h3>'
        f'<div class="wb-page" tabindex="0">{text}</div><p class="wb-hint">{escape(say(lang, "feedback.row_themes", themes=mine or "–"))}</p></section>'
    )


def all_rows(lang: Lang, feedback: Feedback, sorting: Sorting, identity: int, most: int) -> str:
    """The opinions of a theme, the nearest to its middle first."""
    label = next((each.label for each in sorting.themes if each.id == identity), "")
    mine = sorted(
        (unit for unit, theme in zip(feedback.units, sorting.of, strict=True) if theme == identity),
        key=lambda unit: (-unit.fit, unit.row, unit.start))
    lines = "".join(
        f"<li>{quoted(lang, Quote(unit.row, feedback.rows[unit.row].number, unit.start, unit.end, feedback.rows[unit.row].text[unit.start : unit.end]), True)}</li>"
        for unit in mine[:most])
    more = views.hint(say(lang, "feedback.more", count=f"{len(mine) - most:,}")) if len(mine) > most else ""
    return (
        f'<section class="wb-source"><h3>{escape(label)} <small>{escape(say(lang, "feedback.opinions", count=f"{len(mine):,}"))}</small></h3>'
        f'<ul class="wb-quotes">{lines}</ul>{more}</section>'
    )
