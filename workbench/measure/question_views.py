"""The questions of a run as HTML: the matrix that fills in, the questions behind a figure, one with its answers side by side. Pure;
every word from outside is escaped.

A question is a button with `data-question` where it can be opened.
"""

from collections.abc import Mapping, Sequence
from html import escape

from workbench.captions import brief, short
from workbench.measure.scoring import picked
from workbench.measure.telling import lane_name
from workbench.nouns import Lang, Question
from workbench.nouns.measure import Outcome, Scores
from workbench.nouns.runs import Column, Setup
from workbench.words import say, tell

MARKS = {True: "yes", False: "no", None: "none"}
BRIEF = 110  # characters of a question in a row
MATRIX = 400  # questions whose answers are shown filling in


def question_view(lang: Lang, question: Question, answers: Sequence[tuple[Column, Outcome, Scores]], chosen: int | None = None) -> str:
    """A question with all its answers side by side, each with the passages it was made of; that of the chosen column opened."""
    gold = " · ".join(question.answers) or say(lang, "measured.no_answer")
    cards = "".join(answer_card(lang, question, *each, chosen=each[1].recipe == chosen) for each in answers)
    return (
        f'{choices(question)}<p class="wb-gold"><b>{escape(say(lang, "measured.gold"))}</b> {escape(gold)}</p>{false_answer(lang, question)}'
        f'<div class="wb-answers">{cards}</div>')


def choices(question: Question) -> str:
    """What a multiple-choice question offers, the right one marked."""
    rows = "".join(
        f"<li>{f'<b>{escape(each)}</b>' if place == question.answer_index else escape(each)}</li>" for place, each in enumerate(question.choices))
    return f'<ol class="wb-choices">{rows}</ol>' if rows else ""


def choice_made(lang: Lang, question: Question, outcome: Outcome, column: Column) -> str:
    """The choice that an answer comes to; empty where the question offers none."""
    if not question.choices:
        return ""
    place = picked(outcome, question, column.recipe.lane)
    return say(lang, "measured.choice_none") if place is None else say(lang, "measured.choice_made", number=place + 1)


def false_answer(lang: Lang, question: Question) -> str:
    """What the false passage says."""
    if not question.counter:
        return ""
    return f'<p class="wb-gold"><b>{escape(say(lang, "measured.false_answer"))}</b> {escape(question.counter.answer)}</p>'


def answer_card(lang: Lang, question: Question, column: Column, outcome: Outcome, scores: Scores, *, chosen: bool = False) -> str:
    """One answer with its scores and passages."""
    model = f" <small>{escape(short(column.recipe.model))} · {column.recipe.window}</small>" if column.recipe.model else ""
    mark = MARKS[scores.right]
    if outcome.error:
        body = f'<p class="wb-notice">{escape(tell(lang, outcome.error))}</p>'
    else:
        said = outcome.text.strip() or ("" if question.choices else "–")
        body = "".join(f'<p class="wb-text">{escape(each)}</p>' for each in (said, choice_made(lang, question, outcome, column)) if each)
    flags = ", ".join(say(lang, f"measured.flag.{flag}") for flag in scores.flags)
    shown = " · ".join(filter(None, (
        f"F1 {scores.f1:.2f}" if scores.f1 is not None else "", say(lang, "measured.exactly") if scores.exact else "",
        say(lang, "measured.sure", share=f"{100 * scores.sure:.0f}") if scores.sure is not None else "", flags)))
    passages = "".join(
        f'<details class="{"wb-gold-passage" if each.gold else ""}"{" open" if chosen else ""}><summary>{"★ " if each.gold else ""}{escape(each.source or "–")}</summary>'
        f'<p class="wb-passage">{escape(each.text)}</p></details>' for each in outcome.passages)
    return (
        f'<article class="wb-card wb-answer-{mark}{" wb-chosen" if chosen else ""}"><h4>{escape(lane_name(lang, column.name))}{model} <span class="wb-mark-{mark}">'
        f'{escape(say(lang, f"measured.mark.{mark}"))}</span></h4>{body}<p class="wb-facts">{escape(shown)}</p>{passages}</article>')


def matrix(lang: Lang, setup: Setup, marks: Mapping[tuple[str, int], bool | None], *, linked: bool = False) -> str:
    """Questions × lanes that answer any of them, filling in: a row a question, a cell an answer. Where `linked`, a cell opens its
    question at its lane."""
    names = {number: column_name(lang, setup, each) for number, each in enumerate(setup.columns) if setup.asked(each)}
    heads = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in names.values())
    rows = []
    for question in setup.questions[:MATRIX]:
        cells = "".join(
            f"<td>{cell(lang, question, number, name, marks[question.id, number], linked)}</td>" if (question.id, number) in marks else "<td></td>"
            for number, name in names.items())
        text = escape(brief(question.text, BRIEF))
        name = f'<button type="button" class="wb-figure-button" data-question="{escape(question.id)}">{text}</button>' if linked else text
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    more = len(setup.questions) - MATRIX
    note = f'<p class="wb-hint">{escape(say(lang, "measured.more", count=more))}</p>' if more > 0 else ""
    return (
        f'<div class="wb-scroll wb-matrix-frame" tabindex="0"><table class="wb-matrix"><thead><tr><td></td>{heads}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table></div>{legend(lang)}{note}')


def cell(lang: Lang, question: Question, number: int, name: str, mark: bool | None, linked: bool) -> str:
    """One answer of the matrix. Its question's name is reached by keyboard; hundreds of cells would be in the way there."""
    told = escape(f"{name}: {say(lang, f'measured.mark.{MARKS[mark]}')}")
    if not linked:
        return f'<i class="wb-cell wb-cell-{MARKS[mark]}" title="{told}"></i>'
    return (
        f'<button type="button" tabindex="-1" class="wb-cell wb-cell-{MARKS[mark]}" data-question="{escape(question.id)}" data-column="{number}" '
        f'title="{told}" aria-label="{told}"></button>')


def legend(lang: Lang) -> str:
    """What the cells mean."""
    rows = "".join(f'<li><i class="wb-cell wb-cell-{mark}"></i>{escape(say(lang, f"measured.mark.{mark}"))}</li>' for mark in (*MARKS.values(), "absent"))
    return f'<ul class="wb-legend wb-marks">{rows}</ul>'


def every(lang: Lang, setup: Setup, marks: Mapping[tuple[str, int], bool | None]) -> str:
    """The matrix of a run that is over, below its figures."""
    return (
        f'<section class="wb-part-of"><h3>{escape(say(lang, "measured.report.every"))}</h3><p class="wb-hint">{escape(say(lang, "measured.about.every"))}</p>'
        f"{matrix(lang, setup, marks, linked=True)}</section>")


def column_name(lang: Lang, setup: Setup, column: Column) -> str:
    """A lane with its model and its window, each where the run has several."""
    recipe, asked = column.recipe, [each.recipe for each in setup.columns if each.recipe.model]
    parts = [lane_name(lang, column.name)]
    if recipe.model and len({each.model for each in asked}) > 1:
        parts.append(short(recipe.model))
    if recipe.model and len({each.window for each in asked}) > 1:
        parts.append(str(recipe.window))
    return " · ".join(parts)


def question_list(lang: Lang, title: str, questions: Sequence[Question], opened: str = "", view: str = "") -> str:
    """The questions behind a figure, one of them opened."""
    rows = "".join(
        f'<li><button type="button" class="wb-figure-button" data-question="{escape(each.id)}" aria-expanded="{str(each.id == opened).lower()}">'
        f"{escape(each.text)}</button>{view if each.id == opened else ''}</li>" for each in questions)
    body = f"<ol>{rows}</ol>" if questions else f'<p class="wb-hint">{escape(say(lang, "measured.none_here"))}</p>'
    return f'<section class="wb-behind"><h3>{escape(title)} <small>{len(questions)}</small></h3>{body}</section>'
