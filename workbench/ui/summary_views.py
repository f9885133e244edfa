"""Summaries as HTML: the plan, the sentences with where they come from, what was replaced, the tree. Pure; all escaped."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from workbench.models.addresses import leaves
from workbench.nouns import Chunk, Document, Hit, Lang
from workbench.nouns.reply import Draft
from workbench.nouns.summary import (
    Checks,
    Finding,
    Headway,
    Line,
    Particular,
    ParticularKind,
    Plan,
    Point,
    Source,
    Step,
    Summary,
    Version,
)
from workbench.ui import document_views
from workbench.ui.views import departure, hint, meter, notice
from workbench.words import say, tell

KINDS: tuple[ParticularKind, ...] = ("request", "question", "deadline", "date", "amount", "attachment", "sender")
OPEN_ROWS = 8  # particulars of a kind that are shown unfolded
LONG = 220  # characters of a sentence in a table or the tree


def plan(lang: Lang, made: Plan) -> str:
    """What a summary will take."""
    parts = [size(lang, made), escape(say(lang, f"summary.mode_{made.mode}"))]
    if made.why:
        parts[1] = notice(tell(lang, made.why))
    notes = [tell(lang, remark) for remark in made.source.remarks]
    if made.source.left_out:
        notes.append(say(lang, "summary.left_out", count=made.source.left_out))
    if made.skipped and made.mode == "tree":
        notes.append(say(lang, "summary.skipped", count=made.skipped))
    calls = ""
    if made.mode != "extractive":
        each = " → ".join(map(str, made.calls))
        levels = f" {say(lang, 'summary.levels', levels=len(made.calls), each=each)}" if len(made.calls) > 1 else ""
        again = say(lang, "summary.again_at_most", count=made.again)
        calls = (
            f'<p class="wb-total">{escape(say(lang, "summary.calls", calls=made.total_calls) + levels)} · '
            f"{escape(lasting(lang, made.seconds or 0))}</p><p>{escape(again[:1].upper() + again[1:])}. "
            f"{escape(largest(lang, made))}</p>{departure(lang, [made.brief.model], 'summary')}")
        if made.estimated:
            notes.append(say(lang, "summary.estimated"))
        if made.kept:
            notes.append(say(lang, "summary.kept", kept=made.kept))
    return (
        f'<section class="wb-window wb-plan" aria-label="{escape(say(lang, "summary.planned"))}">'
        f"<h3>{escape(say(lang, 'summary.planned'))} <small>{parts[0]}</small></h3><p>{parts[1]}</p>{calls}"
        f"{''.join(hint(note) for note in notes)}</section>")


def largest(lang: Lang, made: Plan) -> str:
    """The fullest window."""
    key = "summary.largest_beside" if made.beside else "summary.largest"
    return say(lang, key, prompt=made.largest, reply=made.largest_reply, window=made.brief.window)


def size(lang: Lang, made: Plan) -> str:
    """How much there is to read, and that all of it was."""
    source = made.source
    unit = "messages" if source.mails else "documents"
    read = say(lang, f"summary.read_{unit}", read=source.read, total=source.total)
    if made.mode == "extractive" and not made.tokens:
        return escape(f"{read} · {say(lang, 'summary.sentences', sentences=len(source.lines))}")
    return escape(f"{read} · {say(lang, 'summary.size', sentences=len(source.lines), tokens=f'{made.tokens:,}')}")


def lasting(lang: Lang, seconds: float) -> str:
    """A time for people."""
    if seconds < 90:
        return say(lang, "summary.seconds", seconds=max(1, round(seconds)))
    return say(lang, "summary.minutes", minutes=f"{seconds / 60:.1f}".removesuffix(".0"))


def progress(lang: Lang, step: Headway) -> str:
    """How far a summary is."""
    left = f" · {lasting(lang, step.seconds)}" if step.seconds else ""
    return meter(say(lang, "summary.progress", done=step.done, of=step.of, again=step.again) + left, step.done, max(1, step.of))


def result(lang: Lang, made: Summary) -> str:
    """A summary with all that explains it."""
    parts = [head(lang, made), without(lang, made), checks(lang, made)]
    if made.versions:
        parts.append(versions(lang, made.versions))
    parts += [particulars(lang, made), tree(lang, made)]
    return "".join(parts)


def head(lang: Lang, made: Summary) -> str:
    """The summary itself: every sentence with its mark and the way to where it comes from."""
    notes = []
    if made.stopped:
        notes.append(notice(say(lang, "summary.stopped")))
    if made.plan.why:
        notes.append(notice(tell(lang, made.plan.why)))
    if made.steps and (host := leaves(made.plan.brief.model)):
        notes.append(notice(say(lang, "summary.left", host=host)))
    if made.better == "extractive":
        notes.append(notice(say(lang, "summary.extractive_better")))
    tag = "p" if made.plan.brief.length == "paragraph" else "ul"
    said = [sentence(lang, point, number, tag) for number, point in enumerate(made.points, 1)]
    model = sum(point.by == "model" for point in made.points)
    legend = (
        f'<p class="wb-hint wb-marks"><span class="wb-by-model">{escape(say(lang, "summary.by_model"))}</span> · '
        f'<span class="wb-by-extractive">{escape(say(lang, "summary.by_extractive"))}</span>. '
        f"{escape(say(lang, 'summary.share', kept=model, all=len(made.points)))}</p>")
    return (
        f'<section class="wb-best wb-summary" aria-label="{escape(say(lang, "summary.result"))}">'
        f"<h3>{escape(say(lang, 'summary.result'))} <small>{size(lang, made.plan)}</small></h3>{''.join(notes)}"
        f'<{tag} class="wb-said">{" ".join(said)}</{tag}>{legend}{replaced(lang, made.points)}</section>')


def sentence(lang: Lang, point: Point, number: int, tag: str) -> str:
    """One sentence: who wrote it, what to check in it, where it comes from."""
    doubts = " ".join(reasons(lang, point.findings))
    title = " ".join([say(lang, f"summary.by_{point.by}"), doubts]).strip()
    source = "".join(
        f'<button type="button" class="wb-chip wb-ref" data-line="{line}" '
        f'aria-label="{escape(say(lang, "summary.open_source", number=number))}">{number}</button>' for line in point.lines[:1])
    doubt = " wb-doubt" if doubts else ""
    text = f'<span class="wb-by-{point.by}{doubt}" title="{escape(title)}" tabindex="0">{escape(point.text)}</span>{source}'
    return f"<li>{text}</li>" if tag == "ul" else text


def replaced(lang: Lang, points: Sequence[Point]) -> str:
    """What the model wrote and why it is not shown, folded away."""
    rows = [
        f"<li><b>{escape(say(lang, 'summary.wrote'))}</b> <q>{escape(point.instead)}</q><br>"
        f"<b>{escape(say(lang, 'summary.because'))}</b> {escape('; '.join(why(lang, point)))}<br>"
        f"<b>{escape(say(lang, 'summary.shown'))}</b> <q>{escape(point.text)}</q></li>"
        for point in points if point.instead]
    if not rows:
        return ""
    return (
        f"<details class=\"wb-replaced\"><summary>{escape(say(lang, 'summary.replaced', count=len(rows)))}</summary>"
        f"<ul>{''.join(rows)}</ul></details>")


def why(lang: Lang, point: Point) -> list[str]:
    """Why a sentence was replaced."""
    return list(dict.fromkeys(say(lang, f"flaw.{code}", **({"what": "…"} if code in WHAT else {})) for code in point.why))


WHAT = ("number", "unit", "name", "bound")


def reasons(lang: Lang, findings: Sequence[Finding]) -> list[str]:
    """Findings in words."""
    return list(dict.fromkeys(
        say(lang, f"flaw.{each.code}", **({"what": each.text} if each.code in WHAT else {})) for each in findings))


def without(lang: Lang, made: Summary) -> str:
    """The summary without a model, one click away; unfolded where it is the better one."""
    if made.plan.mode == "extractive":
        return ""
    rows = "".join(f"<li>{opener(lang, made.plan.source.lines[place], place)}</li>" for place in made.extractive)
    opened = " open" if made.better == "extractive" else ""
    better = hint(say(lang, "summary.model_better")) if made.better == "model" else ""
    return (
        f'<section class="wb-window"><details class="wb-extract"{opened}><summary><b>{escape(say(lang, "summary.without"))}</b></summary>'
        f"<ul>{rows}</ul></details>{better}</section>")


def opener(lang: Lang, line: Line, place: int, text: str = "") -> str:
    """A sentence of the text as a button that opens it in its document."""
    shown = text or " ".join(line.text.split())
    short = shown if len(shown) <= LONG else f"{shown[:LONG]}…"
    return (
        f'<button type="button" class="wb-chip wb-line" data-line="{place}" '
        f'aria-label="{escape(say(lang, "summary.open_line", text=short))}">{escape(short)}</button>')


def checks(lang: Lang, made: Summary) -> str:
    """What code found in the whole of it, and what it took."""
    rows = []
    findings = [finding for each in made.checks.sentences for finding in each.findings] + list(made.checks.findings)
    failing = [finding for finding in findings if finding.fails]
    rows += reasons(lang, failing) if failing else [say(lang, "summary.checks_sound")]
    copies = [each.copy for each in made.checks.sentences]
    if copies:
        rows.append(say(lang, "summary.checks_copy", percent=round(100 * sum(copies) / len(copies))))
    if made.checks.particulars:
        other = "" if made.plan.mode == "extractive" else " " + say(lang, "summary.checks_other", other=has(made.extractive_checks))
        rows.append(say(lang, "summary.checks_recall", has=has(made.checks), all=made.checks.particulars) + other)
    if made.steps:
        rows.append(say(
            lang, "summary.figures", read=f"{sum(step.prompt_tokens for step in made.steps):,}",
            written=f"{sum(step.reply_tokens for step in made.steps):,}", calls=len(made.steps),
            again=sum(len(step.again) for step in made.steps), seconds=f"{made.seconds:.1f}"))
    return (
        f'<section class="wb-window"><h3>{escape(say(lang, "summary.checks"))}</h3>'
        f'<ul class="wb-plain">{"".join(f"<li>{escape(row)}</li>" for row in rows)}</ul></section>')


def has(checks: Checks) -> int:
    """How many of the particulars are there."""
    return checks.particulars - len(checks.dropped)


def versions(lang: Lang, both: Sequence[Version]) -> str:
    """The usual wording beside the concise one."""
    usual, concise = both
    saved = [round(100 * (1 - after / before)) if before else 0 for before, after in (
        (usual.reply_tokens, concise.reply_tokens), (usual.seconds, concise.seconds))]
    key = "summary.versions_saved" if saved[0] > 0 else "summary.versions_more"
    rows = [("tokens", [str(each.reply_tokens) for each in both]), ("seconds", [f"{each.seconds:.1f}" for each in both]),
            ("words", [str(each.words) for each in both]), ("copy", [f"{100 * each.copy:.0f} %" for each in both]),
            ("recall", ["–" if each.recall is None else f"{100 * each.recall:.0f} %" for each in both])]
    body = "".join(
        f'<tr><th scope="row">{escape(say(lang, f"summary.version_{name}"))}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows)
    names = "".join(f'<th scope="col">{escape(say(lang, f"summary.style_{name}"))}</th>' for name in ("usual", "concise"))
    texts = "".join(f"<td>{escape(each.text)}</td>" for each in both)
    return (
        f'<section class="wb-window"><h3>{escape(say(lang, "summary.versions"))}</h3>'
        f"<p>{escape(say(lang, key, tokens=saved[0], seconds=saved[1]))}</p>"
        f'<div class="wb-scroll"><table class="wb-table"><thead><tr><td></td>{names}</tr></thead><tbody>{body}'
        f'<tr><th scope="row">{escape(say(lang, "summary.result"))}</th>{texts}</tr></tbody></table></div></section>')


def particulars(lang: Lang, made: Summary) -> str:
    """What code found: requests, questions, days, amounts and the rest, folded by kind, each linked to its sentence."""
    if not made.particulars:
        return f'<section class="wb-window"><h3>{escape(say(lang, "particulars.title"))}</h3>{hint(say(lang, "particulars.none"))}</section>'
    groups = [(kind, [each for each in made.particulars if each.kind == kind]) for kind in KINDS]
    filled = [(kind, some) for kind, some in groups if some]
    bodies = "".join(group(lang, kind, some, made.plan.source, opened=not number and len(some) <= OPEN_ROWS)
                     for number, (kind, some) in enumerate(filled))
    return f'<section class="wb-window wb-particulars"><h3>{escape(say(lang, "particulars.title"))}</h3>{bodies}</section>'


def group(lang: Lang, kind: ParticularKind, some: Sequence[Particular], source: Source, *, opened: bool) -> str:
    """The particulars of one kind as a table; senders as names with how often they wrote."""
    title = escape(say(lang, f"particular.{kind}"))
    if kind == "sender":
        counts = Counter(each.text for each in some)
        names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts.most_common())
        return f"<details><summary><b>{title}</b> {len(counts)}</summary><p>{escape(names)}</p></details>"
    waiting = sum(each.open for each in some)
    told = f" · {escape(say(lang, 'particulars.waiting', count=waiting))}" if kind in ("question", "request") else ""
    places = {(line.document, line.start): place for place, line in enumerate(source.lines)}
    rows = "".join(particular(lang, each, source, places) for each in some)
    return (
        f"<details{' open' if opened else ''}><summary><b>{title}</b> {len(some)}{told}</summary>{rows_table(lang, rows)}</details>")


def rows_table(lang: Lang, rows: str) -> str:
    """Rows of particulars under their heads."""
    heads = "".join(f'<th scope="col">{escape(say(lang, f"particulars.{name}"))}</th>' for name in ("value", "line", "by"))
    return f'<div class="wb-scroll"><table class="wb-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def particular(lang: Lang, each: Particular, source: Source, places: dict[tuple[str, int], int]) -> str:
    """One of them."""
    shown = each.text if len(each.text) <= 60 else ""
    value = each.value if each.value and each.value != shown else ""
    cell = " ".join(filter(None, [escape(shown), f"<small>{escape(value)}</small>" if value else ""]))
    if each.kind in ("question", "request"):
        state = "open" if each.open else "answered"
        cell = f'<span class="wb-state wb-{"received" if each.open else "ready"}">{escape(say(lang, f"particulars.{state}"))}</span>'
    place = places.get((each.line.document, each.line.start))
    line = opener(lang, each.line, place) if place is not None else escape(" ".join(each.line.text.split())[:LONG])
    if each.answer is not None and (answer := places.get((each.answer.document, each.answer.start))) is not None:
        line += f"<br>↳ {opener(lang, each.answer, answer)}"
    by = source.speakers.get(each.line.document) or each.by
    return f"<tr><td>{cell}</td><td>{line}</td><td>{escape(by)}</td></tr>"


def tree(lang: Lang, made: Summary) -> str:
    """Every call, level by level: which sentences it read, what it wrote and what stayed of it."""
    if not made.steps:
        return ""
    levels = []
    for level in range(max(step.level for step in made.steps), 0, -1):
        some = [(number, step) for number, step in enumerate(made.steps, 1) if step.level == level]
        opened = " open" if len(some) == 1 else ""
        levels.append(
            f"<details class=\"wb-level\"{opened}><summary>{escape(say(lang, 'summary.level', level=level, calls=len(some)))}</summary>"
            f"{''.join(call(lang, number, step, made.plan.source.lines) for number, step in some)}</details>")
    return (
        f'<section class="wb-window wb-tree"><details><summary><b>{escape(say(lang, "summary.tree"))}</b></summary>'
        f"{''.join(levels)}</details></section>")


def call(lang: Lang, number: int, step: Step, lines: Sequence[Line]) -> str:
    """One call, folded."""
    title = say(lang, "summary.step", number=number, prompt=step.prompt_tokens, reply=step.reply_tokens)
    if step.again:
        title += " · " + say(lang, "summary.step_again", count=len(step.again))
    if step.below:
        read = f"<p>{escape(say(lang, 'summary.step_below', numbers=', '.join(str(below + 1) for below in step.below)))}</p>"
    else:
        read = f"<h4>{escape(say(lang, 'summary.step_read'))}</h4><ul>{''.join(f'<li>{opener(lang, lines[place], place)}</li>' for place in step.read)}</ul>"
    stayed = "".join(f"<li>{sentence(lang, point, place, 'p')}</li>" for place, point in enumerate(step.points, 1))
    return (
        f'<details class="wb-step"><summary>{escape(title)}</summary>{read}'
        f"<h4>{escape(say(lang, 'summary.step_wrote'))}</h4><pre tabindex=\"0\">{escape(step.text)}</pre>"
        f"<h4>{escape(say(lang, 'summary.step_kept'))}</h4><ul>{stayed}</ul>{replaced(lang, step.points)}"
        f'<details class="wb-sent-prompt"><summary>{escape(say(lang, "summary.step_prompt"))}</summary>'
        f'<pre tabindex="0">{escape(step.prompt)}</pre></details></details>')


def draft(lang: Lang, made: Draft) -> str:
    """A reply to be finished: what each part answers, where its words stand, and blanks to be seen."""
    parts = "".join(f'<div class="wb-part-{part.kind}">{"<br>".join(escape(row) for row in part.text.split(chr(10)))}</div>' for part in made.parts)
    sources = f"<p class=\"wb-hint\">{'<br>'.join(map(escape, made.sources))}</p>" if made.sources else ""
    blanks = notice(say(lang, "summary.reply_blanks", count=made.blanks)) if made.blanks else ""
    return (
        f'<section class="wb-window wb-draft" aria-label="{escape(say(lang, "summary.reply"))}">'
        f"<h3>{escape(made.subject)} <small>{escape(made.to)}</small></h3>{blanks}{parts}{sources}</section>")


def opened(lang: Lang, document: Document, line: Line) -> str:
    """A sentence marked in its document."""
    hit = Hit(Chunk("", document.id, line.start, line.end, line.text), document.title, document.source,
              document.page_at(line.start), 0.0, 0.0, 0.0)
    return document_views.source(lang, document, hit, None)
