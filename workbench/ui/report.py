"""Kept questions as one HTML page to hand on: no script, nothing fetched, for the screen, the phone and paper.

Pure, as `views`: every word from outside is escaped.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from workbench.captions import brief, short
from workbench.nouns import Answer, Entry, Hit, Lane, Lang, Passage
from workbench.ui import views
from workbench.words import say, tell

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
# A browser that opens the page runs nothing and asks nobody, whatever stands in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
BRIEF = 160  # characters of an answer in the table


def page(lang: Lang, entries: Sequence[Entry], made: datetime) -> str:
    """The whole page; a table on top where there are several questions."""
    title = escape(say(lang, "report.title"))
    questions = "".join(question(lang, number, each, len(entries)) for number, each in enumerate(entries, 1))
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f"<header><h1>{title}</h1>{head(lang, entries, made)}</header>"
        f"{summary(lang, entries) if len(entries) > 1 else ''}"
        f'<section class="wb-how"><h2>{escape(say(lang, "report.how"))}</h2><p>{escape(say(lang, "report.how_text"))}</p></section>'
        f"{questions}<footer>{footer(lang, entries)}</footer></main></body></html>\n"
    )


def footer(lang: Lang, entries: Sequence[Entry]) -> str:
    """Whether anything left the computer for these answers, and where it went."""
    left = views.departure(lang, (answer.recipe.model for entry in entries for answer in entry.answers if answer.recipe.lane != "extract"))
    return escape(say(lang, "report.by")) + (left or f" {escape(say(lang, 'report.stayed'))}")


def head(lang: Lang, entries: Sequence[Entry], made: datetime) -> str:
    """When, from which documents, by which model."""
    facts = {
        "made": moment(lang, made),
        "corpus": listed(each.corpus for each in entries),
        "model": listed(views.models(each.answers) for each in entries),
        "count": str(len(entries)),
    }
    rows = "".join(
        f"<div><dt>{escape(say(lang, f'report.{name}'))}</dt><dd>{escape(value) or '–'}</dd></div>" for name, value in facts.items())
    return f"<dl>{rows}</dl>"


def summary(lang: Lang, entries: Sequence[Entry]) -> str:
    """Every question with its two answers, a row each."""
    labels = {name: escape(say(lang, f"report.{name}")) for name in ("question", "alone", "with", "seconds")}
    rows = "".join(
        f'<tr><td class="wb-number">{number}</td>'
        f'<td data-label="{labels["question"]}"><a href="#question-{number}">{escape(entry.question)}</a></td>'
        f'<td data-label="{labels["alone"]}">{in_a_cell(lang, lane(entry, "closed"))}</td>'
        f'<td data-label="{labels["with"]}">{in_a_cell(lang, lane(entry, "rag"))}</td>'
        f'<td data-label="{labels["seconds"]}" class="wb-seconds">{seconds(entry)}</td></tr>'
        for number, entry in enumerate(entries, 1))
    heads = "".join(f'<th scope="col">{label}</th>' for label in labels.values())
    return (
        f'<section><h2>{escape(say(lang, "report.summary"))}</h2><table class="wb-summary"><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def question(lang: Lang, number: int, entry: Entry, count: int) -> str:
    """One question with everything that explains its answers."""
    over = f'<p class="wb-over">{escape(say(lang, "report.number", number=number))}</p>' if count > 1 else ""
    about = " · ".join(filter(None, (
        say(lang, "report.asked", moment=moment(lang, datetime.fromtimestamp(entry.asked))), entry.corpus, views.models(entry.answers))))
    found = next((answer for answer in entry.answers if answer.recipe.lane != "closed"), None)
    writing = [answer for answer in entry.answers if answer.recipe.lane != "extract"]
    named = len({answer.recipe.model for answer in writing}) > 1
    reading = [answer for answer in writing if answer.recipe.lane == "rag"]
    return (
        f'<article id="question-{number}">{over}<h2>{escape(entry.question)}</h2><p class="wb-about">{escape(about)}</p>'
        f"{views.read_as(lang, entry.answers[0])}"
        f"{views.survey(lang, found) if found and found.survey else best(lang, found)}"
        f'<div class="wb-cards">{"".join(card(lang, each, named) for each in writing)}</div>'
        f"{''.join(window(lang, each, named) for each in reading)}</article>"
    )


def best(lang: Lang, answer: Answer | None) -> str:
    """The sentence that answers best, with its place."""
    if answer is None or answer.best is None:
        return ""
    weak = views.notice(views.weakness(lang, answer)) if "low_relevance" in answer.flags else ""
    return (
        f'<section class="wb-best"><h3>{escape(say(lang, "best.title"))} <small>{escape(say(lang, "best.by"))}</small></h3>'
        f"<blockquote>{escape(answer.best.text)}</blockquote>"
        f'<p class="wb-source">{escape(place(lang, answer.best.hit))}</p>{weak}</section>'
    )


def card(lang: Lang, answer: Answer, named: bool) -> str:
    """One lane's answer with its remarks and figures; under its model's name where there are several."""
    text = views.notice(tell(lang, answer.error)) if answer.error else f'<p class="wb-text">{views.said(lang, answer) or "–"}</p>'
    remarks = views.outcome(lang, answer) + "".join(map(views.notice, views.remarks(lang, answer)))
    model = f" <small>{escape(short(answer.recipe.model))}</small>" if named else ""
    return (
        f'<section class="wb-card wb-{answer.recipe.lane}"><h3>{escape(say(lang, f"lane.{answer.recipe.lane}"))}{model}</h3>'
        f'{views.departure(lang, [answer.recipe.model])}{text}{remarks}<p class="wb-facts">{escape(views.figures(lang, answer))}</p></section>'
    )


def window(lang: Lang, answer: Answer, named: bool) -> str:
    """What filled the window, the passages that were read, and what found no room."""
    parts = []
    if answer.budget:
        budget = answer.budget
        total = views.spent(lang, budget)
        model = f" {escape(short(answer.recipe.model))}" if named else ""
        parts.append(f"<h3>{escape(say(lang, 'report.window'))}{model} <small>{escape(total)}</small></h3>{views.bar(lang, budget)}")
    if answer.passages:
        folded = "".join(passage(lang, answer, number, each) for number, each in enumerate(answer.passages))
        parts.append(f"<h3>{escape(say(lang, 'report.passages'))}</h3>{folded}")
    if answer.left_out and answer.budget:
        left = "".join(
            f"<li>{escape(place(lang, each.hit))}: "
            f"{escape(say(lang, f'left.{each.reason}', tokens=each.tokens, free=answer.budget.free))}</li>"
            for each in answer.left_out)
        parts.append(f'<h3>{escape(say(lang, "left.title"))}</h3><ul class="wb-left">{left}</ul>')
    return f'<section class="wb-window">{"".join(parts)}</section>' if parts else ""


def passage(lang: Lang, answer: Answer, number: int, read: Passage) -> str:
    """A passage folded under its place, the best sentence marked in it."""
    tick = f' <span class="wb-used">✓ {escape(say(lang, "lane.used"))}</span>' if answer.used == number else ""
    excerpt = f" <em>{escape(say(lang, 'lane.excerpt'))}</em>" if read.excerpt else ""
    text = escape(read.text) if read.excerpt else views.with_sentence(read.text, read.hit, answer.best)
    return (
        f"<details><summary>[{number + 1}] {escape(place(lang, read.hit))}{excerpt}{tick}</summary>"
        f'<p class="wb-passage">{text}</p></details>'
    )


def place(lang: Lang, hit: Hit) -> str:
    """Where a passage stands, in words."""
    return hit.source + (f", {say(lang, 'page', page=hit.page)}" if hit.page else "")


def lane(entry: Entry, name: Lane) -> Answer | None:
    """The answer of a lane, where it was asked for."""
    return next((answer for answer in entry.answers if answer.recipe.lane == name), None)


def in_a_cell(lang: Lang, answer: Answer | None) -> str:
    """An answer for a cell of the table, with a sign where its remarks should be read first."""
    if answer is None:
        return "–"
    text = brief(tell(lang, answer.error) if answer.error else answer.text, BRIEF) or "–"
    check = f' <span class="wb-check">{escape(say(lang, "report.check"))}</span>' if answer.flags and not answer.error else ""
    return escape(text) + check


def seconds(entry: Entry) -> str:
    """How long both answers took; they are written at the same time."""
    taken = [answer.timing.seconds for answer in entry.answers if answer.timing]
    return f"{max(taken):.1f}" if taken else "–"


def listed(names: Iterable[str]) -> str:
    """Every name once."""
    return ", ".join(dict.fromkeys(filter(None, names)))


def moment(lang: Lang, time: datetime) -> str:
    """A date as it is written in a language."""
    digits = 1 if lang == "ko" else 2
    return say(lang, "report.moment", year=time.year, month=f"{time.month:0{digits}}", day=f"{time.day:0{digits}}", time=f"{time:%H:%M}")


def file_name(lang: Lang, made: datetime) -> str:
    """What the file of a page is called."""
    return f"{say(lang, 'report.file')}-{made:%Y-%m-%d-%H%M}.html"
