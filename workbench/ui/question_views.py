"""Questions under review as HTML. Pure, as `views`: every word from outside is escaped."""

from collections.abc import Mapping, Sequence
from html import escape

from workbench.captions import short
from workbench.measure import telling
from workbench.nouns import Lang, Question
from workbench.nouns.questions import Gate, Leak, Likeness, Review, Row
from workbench.ui import views
from workbench.words import say

SHOWN = 20  # questions, or findings, at a time


def counts(lang: Lang, found: Mapping[Review, int]) -> str:
    """How many questions wait, are measured, were put aside."""
    return views.hint(say(lang, "review.counts", **{str(state): count for state, count in found.items()}))


def table(lang: Lang, rows: Sequence[Row], first: int, total: int) -> str:
    """Some of the questions from place `first` (from 0) on, each with what can be done with it."""
    if not rows:
        return views.hint(say(lang, "review.none"))
    heads = "".join(f'<th scope="col">{escape(say(lang, f"review.column.{name}"))}</th>' for name in ("question", "answer", "sentence", "state"))
    body = "".join(row(lang, each) for each in rows)
    return (
        f'<section class="wb-review-frame">{pager(lang, first, total)}<table class="wb-review"><thead><tr>{heads}<td></td></tr></thead><tbody>{body}</tbody></table>'
        f"</section>")


def row(lang: Lang, each: Row) -> str:
    """A question."""
    question, state = each.reviewed.question, each.reviewed.state
    answers = "<br>".join(map(escape, question.answers)) or f"<em>{escape(say(lang, 'measured.no_answer'))}</em>"
    facts = [say(lang, f"review.kind.{question.kind}"), *([say(lang, "review.cloze")] if "cloze" in question.tags else [])]
    if each.reviewed.original is not None:
        facts.append(say(lang, "review.edited"))
    notes = f'<p class="wb-facts">{escape(say(lang, "review.guessed", model=short(each.guessed)))}</p>' if each.guessed else ""
    acts = "".join(
        button(lang, name, question) for name, fits in (("accept", state != "accepted"), ("edit", True), ("drop", state != "dropped")) if fits)
    return (
        f'<tr class="wb-review-{state}"><th scope="row">{escape(question.text)}<small>{escape(" · ".join(facts))}</small></th>'
        f'<td data-label="{escape(say(lang, "review.column.answer"))}">{answers}</td>'
        f'<td data-label="{escape(say(lang, "review.column.sentence"))}">{sentence(each)}{notes}</td>'
        f'<td><span class="wb-state">{escape(say(lang, f"review.state.{state}"))}</span></td><td class="wb-review-acts">{acts}</td></tr>')


def sentence(each: Row) -> str:
    """The sentence a question is about, its answer marked, and the file."""
    if not each.sentence:
        return f"<small>{escape(each.file or '–')}</small>"
    start, end = each.start, each.end
    marked = f"<mark>{escape(each.sentence[start:end])}</mark>" if end > start else ""
    return f"{escape(each.sentence[:start])}{marked}{escape(each.sentence[end:])}<small>{escape(each.file)}</small>"


def button(lang: Lang, act: str, question: Question) -> str:
    """What can be done with a question; read aloud with its words."""
    label = say(lang, f"review.{act}")
    return (
        f'<button type="button" class="wb-chip" data-act="{act}" data-question="{escape(question.id)}"'
        f' aria-label="{escape(f"{label}: {question.text}")}">{escape(label)}</button>')


def pager(lang: Lang, first: int, total: int) -> str:
    """Which of all are shown, and the way to the others; nothing where all are."""
    if total <= SHOWN:
        return ""
    last = min(first + SHOWN, total)
    ways = "".join(
        f'<button type="button" class="wb-chip" data-first="{place}"{"" if there else " disabled"} aria-label="{escape(say(lang, f"review.{name}"))}">{arrow}</button>'
        for name, arrow, place, there in (("earlier", "←", max(0, first - SHOWN), first > 0), ("later", "→", first + SHOWN, last < total)))
    return f'<p class="wb-review-pager">{ways} {escape(say(lang, "review.pages", first=first + 1, last=last, total=total))}</p>'


def gate(lang: Lang, found: Gate, questions: Mapping[str, Question]) -> str:
    """What speaks against some questions: in few words, then what waits for a person, then the rest folded away."""
    told = "".join(f"<p>{escape(each)}</p>" for each in telling.gate(lang, found.reasons, len(found.questions)))
    findings: list[Leak | Likeness] = [*found.leaks, *found.likenesses]
    waiting = [each for each in findings if each.verdict is None and not is_different(each)]
    waiting.sort(key=lambda each: isinstance(each, Likeness) and each.kind == "duplicate")
    judged = [each for each in findings if each.verdict is not None]
    different = [each for each in findings if each.verdict is None and is_different(each)]
    parts = [articles(lang, waiting, questions)]
    for name, some in (("judged", judged), ("different", different)):
        if some:
            parts.append(
                f"<details><summary>{escape(say(lang, f'review.{name}', count=len(some)))}</summary>{articles(lang, some, questions)}</details>")
    return f'<section class="wb-gate">{told}{"".join(parts)}</section>'


def is_different(finding: Leak | Likeness) -> bool:
    """Whether two questions are alike in their words alone, which speaks against neither."""
    return isinstance(finding, Likeness) and finding.kind == "different"


def articles(lang: Lang, some: Sequence[Leak | Likeness], questions: Mapping[str, Question]) -> str:
    """Findings one below the other, the first of them."""
    more = views.hint(say(lang, "review.more", count=len(some) - SHOWN)) if len(some) > SHOWN else ""
    return "".join(finding(lang, each, questions) for each in some[:SHOWN]) + more


def finding(lang: Lang, each: Leak | Likeness, questions: Mapping[str, Question]) -> str:
    """What speaks against a question, and what a person may say to it."""
    question = questions.get(each.question)
    if question is None:
        return ""
    if isinstance(each, Leak):
        kind, where, beside = say(lang, f"gate.one.{each.where}"), each.file, each.text
    else:
        kind = f"{say(lang, f'review.class.{each.kind}')} · {100 * each.similarity:.0f} %"
        where = each.file or say(lang, "review.other")
        other = questions.get(each.other)
        beside = f"{each.text} → {', '.join(other.answers)}" if other else each.text
    said = say(lang, f"review.said.{each.verdict}") if each.verdict else ""
    acts = "".join(
        f'<button type="button" class="wb-chip" data-verdict="{verdict}" data-question="{escape(each.question)}" data-other="{escape(each.other)}"'
        f' aria-pressed="{str(each.verdict == verdict).lower()}">{escape(say(lang, f"review.verdict.{verdict}"))}</button>'
        for verdict in ("keep", "accept", "drop") if not (verdict == "accept" and isinstance(each, Leak)))
    return (
        f'<article class="wb-finding"><p class="wb-facts"><b>{escape(kind)}</b>{f" · {escape(said)}" if said else ""}</p>'
        f'<dl><div><dt>{escape(say(lang, "review.column.question"))}</dt><dd>{escape(question.text)} → {escape(", ".join(question.answers) or "–")}</dd></div>'
        f"<div><dt>{escape(where)}</dt><dd>{escape(beside)}</dd></div></dl><p>{acts}</p></article>")
