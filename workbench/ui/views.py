"""Nouns as HTML. Pure, and where the tabs' HTML is made: every word from outside is escaped."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from html import escape

from workbench.captions import short
from workbench.grounding import doubts
from workbench.languages import known, language
from workbench.models import addresses
from workbench.nouns import (
    Answer,
    Budget,
    Card,
    Claim,
    Entry,
    Hit,
    Lang,
    Measured,
    Question,
    Remark,
    Sentence,
    Turn,
)
from workbench.startup import Stage
from workbench.words import say, tell

TOLD_ELSEWHERE = {"low_relevance", "unsupported"}  # beside the best sentence; sentence by sentence
OPEN_MATCHES = 30  # of a survey, shown unfolded


def comparison(lang: Lang, answers: Sequence[Answer]) -> str:
    """The whole result: how the question was read, the best sentence or all of them, the answers of every lane and
    model, the windows, what was left out, what was sent."""
    found = next((answer for answer in answers if answer.recipe.lane != "closed"), None)
    writing = [answer for answer in answers if answer.recipe.lane != "extract"]
    named = len({answer.recipe.model for answer in writing}) > 1
    parts = [read_as(lang, answers[0])] if answers else []
    if found:
        parts.append(survey(lang, found) if found.survey else best_sentence(lang, found))
    parts.append(f'<div class="wb-cards">{"".join(card(lang, answer, named) for answer in writing)}</div>')
    parts += [window(lang, answer, named) for answer in writing if answer.budget and answer.recipe.lane == "rag"]
    if all(answer.done for answer in answers):
        parts.append(sent(lang, writing))
    return "".join(parts)


def read_as(lang: Lang, answer: Answer) -> str:
    """How a follow-up was made to stand alone; nothing for a question that does."""
    if not answer.standalone or answer.standalone == answer.question:
        return ""
    return f'<p class="wb-hint wb-read-as">{escape(say(lang, "ask.read_as"))} <q>{escape(answer.standalone)}</q></p>'


def best_sentence(lang: Lang, answer: Answer) -> str:
    """The reference line: the sentence that answers best, with the way to its place."""
    if answer.best is None:
        return f'<section class="wb-best">{escape(say(lang, "best.none"))}</section>'
    weak = notice(weakness(lang, answer)) if "low_relevance" in answer.flags else ""
    number = next(place for place, hit in enumerate(answer.hits) if hit.chunk.id == answer.best.hit.chunk.id)
    return (
        f'<section class="wb-best" aria-label="{escape(say(lang, "best.title"))}">'
        f'<h3>{escape(say(lang, "best.title"))} <small>{escape(say(lang, "best.by"))}</small></h3>'
        f"<blockquote>{escape(answer.best.text)}</blockquote>"
        f"{chip(lang, number, answer.best.hit)}{weak}{outcome(lang, answer)}</section>"
    )


def weakness(lang: Lang, answer: Answer) -> str:
    """That the documents probably do not answer, and what speaks for it."""
    judged = answer.relevance
    if judged is None:
        return say(lang, "best.weak")
    facts = {"missing": {"missing": ", ".join(judged.missing)}}
    reasons = [say(lang, f"why.{why}", **facts.get(why, {})) for why in judged.why]
    return " ".join([say(lang, "best.weak"), *reasons])


def survey(lang: Lang, answer: Answer) -> str:
    """A full pass over the documents: how much was read, and every match, folded by document where there are many."""
    assert answer.survey
    done = answer.survey
    total = say(
        lang, "survey.total", records=done.records, matches=len(done.matches), matched=done.matched, read=done.read, documents=done.documents)
    groups: dict[str, list[Sentence]] = {}
    for match in done.matches:
        groups.setdefault(match.hit.chunk.document_id, []).append(match)
    rows = "".join(
        f"<details {'open' if len(done.matches) <= OPEN_MATCHES else ''}><summary>{escape(some[0].hit.title)} "
        f"<small>{escape(some[0].hit.source)} · {len(some)}</small></summary>"
        f"<ul>{''.join(f'<li>{escape(match.text)}</li>' for match in some)}</ul></details>"
        for some in groups.values())
    terms = escape(", ".join(done.terms))
    return (
        f'<section class="wb-best wb-survey" aria-label="{escape(say(lang, "survey.title"))}">'
        f'<h3>{escape(say(lang, "survey.title"))} <small>{escape(say(lang, "best.by"))}</small></h3>'
        f"<blockquote>{escape(total)}</blockquote><p class=\"wb-hint\">{escape(say(lang, 'survey.terms'))} {terms}</p>{rows}</section>"
    )


def card(lang: Lang, answer: Answer, named: bool = False) -> str:
    """One lane's answer with its figures, remarks and citations; under its model's name where there are several."""
    title = escape(say(lang, f"lane.{answer.recipe.lane}"))
    if named:
        title += f" <small>{escape(short(answer.recipe.model))}</small>"
    if answer.error:
        body = notice(tell(lang, answer.error))
    elif answer.text:
        body = f'<div class="wb-text">{said(lang, answer)}</div>'
    elif answer.done:
        body = '<div class="wb-text">–</div>'
    else:
        body = waiting(lang, answer)
    notes = outcome(lang, answer) + "".join(map(notice, remarks(lang, answer)))
    cited = ""
    if answer.passages:
        places = {hit.chunk.id: place for place, hit in enumerate(answer.hits)}
        chips = "".join(
            chip(lang, places[passage.hit.chunk.id], passage.hit, used=answer.used == place, excerpt=passage.excerpt)
            for place, passage in enumerate(answer.passages))
        cited = f'<div class="wb-cited"><b>{escape(say(lang, "lane.passages"))}</b> {chips}</div>'
    return (
        f'<article class="wb-card wb-{answer.recipe.lane}" aria-live="polite" aria-busy="{str(not answer.done).lower()}">'
        f'<h3>{title}</h3>{departure(lang, [answer.recipe.model])}{body}{notes}{cited}<p class="wb-facts">{escape(figures(lang, answer))}</p></article>'
    )


def departure(lang: Lang, names: Iterable[str], act: str = "lane") -> str:
    """A line to be noticed: to which other computers the texts of an act are sent. Nothing where they stay."""
    hosts = ", ".join(dict.fromkeys(filter(None, map(addresses.leaves, names))))
    return f'<p class="wb-leaves">{escape(say(lang, f"{act}.leaves", host=hosts))}</p>' if hosts else ""


def waiting(lang: Lang, answer: Answer) -> str:
    """What an answer without words waits for, with the time left where that is known."""
    wait = answer.wait
    if wait and wait.ahead:
        return f'<div class="wb-text wb-waiting">{escape(say(lang, "lane.ahead", count=wait.ahead))}</div>'
    if wait and wait.of:
        left = say(lang, "time.left", seconds=max(1, round(wait.seconds))) if wait.seconds is not None else ""
        return f'<div class="wb-text wb-waiting">{meter(say(lang, "lane.reading") + " " + left, wait.read, wait.of)}</div>'
    return f'<div class="wb-text wb-waiting">{escape(say(lang, "lane.reading"))}</div>'


def said(lang: Lang, answer: Answer) -> str:
    """The answer's text, its doubtful sentences underlined with the reason."""
    text, parts = answer.text, []
    for claim in answer.claims:
        before, found, after = text.partition(claim.text)
        reasons = doubted(lang, claim)
        if not found or not reasons:
            continue
        why = escape(" ".join(reasons))
        parts.append(f'{escape(before)}<u class="wb-doubt" tabindex="0" title="{why}">{escape(found)}</u>')
        text = after
    return "".join(parts) + escape(text)


def doubted(lang: Lang, claim: Claim) -> list[str]:
    """Why a sentence should be checked, in words."""
    facts = {"numbers": ", ".join(claim.numbers), "names": ", ".join(claim.names), "copy": f"{100 * claim.copy:.0f}"}
    return [say(lang, f"claim.{doubt}", what=facts[doubt]) for doubt in doubts(claim)]


def outcome(lang: Lang, answer: Answer) -> str:
    """Where an answer with a known gold went wrong, or that it did not."""
    if answer.stage is None:
        return ""
    right = "right" if answer.stage == "answered" else "wrong"
    word = answer.recipe.lane if answer.stage == "not_used" and answer.recipe.lane != "rag" else answer.stage
    return f'<p class="wb-stage wb-{right}">{escape(say(lang, f"stage.{word}"))}</p>'


def remarks(lang: Lang, answer: Answer) -> list[str]:
    """What to know before trusting an answer, in words; the best sentence tells itself that it is weak."""
    words = {"model": short(answer.recipe.model), "language": say(lang, f"language.{language(answer.question)}")}
    told = [say(lang, f"flag.{flag}", **words) for flag in answer.flags if flag not in TOLD_ELSEWHERE]
    return told + list(dict.fromkeys(reason for claim in answer.claims for reason in doubted(lang, claim)))


def figures(lang: Lang, answer: Answer) -> str:
    """How much was read and written, and how long it took; nothing where no model ran."""
    if answer.timing is None:
        return ""
    first = answer.timing.first_token_seconds
    return say(
        lang, "lane.facts", prompt=answer.timing.prompt_tokens or "–", reply=answer.timing.reply_tokens or "–",
        first="–" if first is None else f"{first:.1f}", seconds=f"{answer.timing.seconds:.1f}")


def chip(lang: Lang, number: int, hit: Hit, *, used: bool = False, excerpt: bool = False) -> str:
    """A button that opens a passage in its document."""
    page = " " + say(lang, "page", page=hit.page) if hit.page else ""
    mark = f' <em>{escape(say(lang, "lane.excerpt"))}</em>' if excerpt else ""
    tick = f' <span title="{escape(say(lang, "lane.used"))}">✓</span>' if used else ""
    return (
        f'<button type="button" class="wb-chip" data-hit="{number}" title="{escape(hit.title)}">'
        f"[{number + 1}] {escape(hit.source + page)}{mark}{tick}</button>"
    )


def window(lang: Lang, answer: Answer, named: bool = False) -> str:
    """The context window as a bar, and what found no room in it."""
    assert answer.budget
    budget = answer.budget
    name = f" {escape(short(answer.recipe.model))}" if named else ""
    total = spent(lang, budget)
    places = {hit.chunk.id: place for place, hit in enumerate(answer.hits)}
    left = "".join(
        f"<li>{chip(lang, places[each.hit.chunk.id], each.hit)} "
        f'{escape(say(lang, f"left.{each.reason}", tokens=each.tokens, free=budget.free))}</li>'
        for each in answer.left_out)
    outside = f"<ul>{left}</ul>" if left else f"<p>{escape(say(lang, 'left.none'))}</p>"
    return (
        f'<section class="wb-window"><h3>{escape(say(lang, "bar.title"))}{name} <small>{escape(total)}</small></h3>'
        f'{bar(lang, budget)}<div class="wb-left"><b>{escape(say(lang, "left.title"))}</b>{outside}</div></section>'
    )


def spent(lang: Lang, budget: Budget) -> str:
    """How much of the window is spent, and on what side of it the reply stands."""
    if budget.beside:
        return say(lang, "bar.of_source", prompt=budget.prompt, window=budget.window, beside=budget.beside)
    total = say(lang, "bar.of", prompt=budget.prompt, reserve=budget.reserve, window=budget.window)
    return f"{total} · {say(lang, 'bar.bound')}" if budget.bound else total


def bar(lang: Lang, budget: Budget) -> str:
    """The parts of the window as wide as their tokens, named below; a reply beside the window is only named."""
    names = ("instructions", "history", "question", "passages", "beside" if budget.beside else "reserve", "free")
    parts = [(name, getattr(budget, name)) for name in names if name != "history" or budget.history]
    segments = "".join(
        f'<span class="wb-part wb-{name}" style="flex-grow:{tokens}" title="{escape(say(lang, f"bar.{name}"))}: {tokens}"></span>'
        for name, tokens in parts if tokens and name != "beside")
    legend = "".join(
        f'<li><i class="wb-part wb-{name}"></i>{escape(say(lang, f"bar.{name}"))} <b>{tokens}</b></li>' for name, tokens in parts)
    label = ", ".join(f"{say(lang, f'bar.{name}')} {tokens}" for name, tokens in parts)
    return f'<div class="wb-bar" role="img" aria-label="{escape(label)}">{segments}</div><ul class="wb-legend">{legend}</ul>'


def sent(lang: Lang, answers: Sequence[Answer]) -> str:
    """The prompts letter for letter, folded away."""
    prompts = "".join(
        f'<h4>{escape(say(lang, f"lane.{answer.recipe.lane}"))} · {escape(short(answer.recipe.model))}</h4><pre tabindex="0">{escape(answer.prompt)}</pre>'
        for answer in answers if answer.prompt)
    return f'<details class="wb-sent"><summary>{escape(say(lang, "sent.title"))}</summary>{prompts}</details>' if prompts else ""


def samples(lang: Lang, questions: Sequence[Question]) -> str:
    """Sample questions as buttons."""
    if not questions:
        return f'<p class="wb-hint">{escape(say(lang, "ask.no_samples"))}</p>'
    buttons = "".join(
        f'<button type="button" class="wb-chip" data-sample="{escape(question.id)}">{escape(question.text)}</button>'
        for question in questions)
    return f'<div class="wb-samples"><b>{escape(say(lang, "ask.samples"))}</b> {buttons}</div>'


def expected(lang: Lang, question: Question | None) -> str:
    """The known answer of a sample question, folded away."""
    if question is None:
        return ""
    answer = question.answers[0] if question.answers else say(lang, "ask.expected_none")
    return f'<details class="wb-expected"><summary>{escape(say(lang, "ask.expected"))}</summary>{escape(answer)}</details>'


def remaining(lang: Lang, seconds: float, done: float, total: float) -> str:
    """How long the rest takes if it goes on as it did; nothing in the first second."""
    if not done or seconds < 1:
        return ""
    return " · " + say(lang, "time.left", seconds=max(1, round(seconds / done * (total - done))))


def history(lang: Lang, entries: Sequence[Entry], picked: Collection[int] = (), opened: int | None = None, text: str = "",
            older: bool = False) -> str:
    """What was asked before, a row a question, newest first, and a button where older ones are left; or what to do where
    there is nothing."""
    if not entries:
        return hint(say(lang, "history.nothing_found", text=text) if text.strip() else say(lang, "history.empty"))
    names = ("asked", "question", "corpus", "model", "thumb")
    head = "".join(f'<th scope="col">{escape(say(lang, f"history.{name}"))}</th>' for name in names) + "<td></td>"
    rows = "".join(history_row(lang, entry, entry.id in picked, entry.id == opened) for entry in entries)
    more = (
        f'<button type="button" class="wb-chip" id="history-older" data-older="true">{escape(say(lang, "history.older"))}</button>'
        if older else "")
    table = f'<table class="wb-history"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="wb-scroll">{table}</div>{more}'


def history_row(lang: Lang, entry: Entry, picked: bool, opened: bool) -> str:
    """One question with what can be done with it. A button's label says for whom it is, since all rows have the same."""
    def button(act: str, word: str, more: str = "") -> str:
        label = escape(say(lang, f"history.{act}_named", question=entry.question))
        return (
            f'<button type="button" class="wb-chip" data-{act}="{entry.id}" aria-label="{label}"{more}>'
            f'{escape(say(lang, f"history.{word}"))}</button>')

    chosen = button("pick", "picked" if picked else "pick", f' aria-pressed="{str(picked).lower()}"')
    sure = f' data-sure="{escape(say(lang, "history.sure"))}"'
    thumb = {1: say(lang, "thumbs.good"), 0: "", -1: say(lang, "thumbs.bad")}[entry.thumb]
    return (
        f'<tr class="{"wb-opened" if opened else ""}"><td>{asked(entry)}</td><td>{escape(entry.question)}</td>'
        f'<td>{escape(entry.corpus)}</td><td>{escape(models(entry.answers))}</td><td>{escape(thumb)}</td>'
        f'<td>{button("open", "open")}{button("again", "again")}{chosen}{button("delete", "delete", sure)}</td></tr>'
    )


def kept_entry(lang: Lang, kept: Entry) -> str:
    """A kept question with its whole comparison."""
    about = say(lang, "history.opened", asked=asked(kept), corpus=kept.corpus, model=models(kept.answers))
    return (
        f'<section class="wb-entry"><h2>{escape(kept.question)}</h2><p class="wb-hint">{escape(about)}</p>'
        f"{comparison(lang, kept.answers)}</section>"
    )


def kept_passage(lang: Lang, hit: Hit, best: Sentence | None) -> str:
    """A passage as it was found, from the record alone: the document may have changed or gone since."""
    page = " · " + say(lang, "page", page=hit.page) if hit.page else ""
    return (
        f'<section class="wb-source"><h3>{escape(say(lang, "history.passage"))}: {escape(hit.title)} '
        f"<small>{escape(hit.source + page)}</small></h3>"
        f'<div class="wb-page" tabindex="0">{with_sentence(hit.chunk.text, hit, best)}</div></section>'
    )


def with_sentence(text: str, hit: Hit, sentence: Sentence | None) -> str:
    """The text of a whole passage, the sentence marked in it where it stands there."""
    if sentence is None or sentence.hit.chunk.id != hit.chunk.id:
        return escape(text)
    start, end = sentence.start - hit.chunk.start, sentence.end - hit.chunk.start
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def asked(entry: Entry) -> str:
    """When a question was asked, in local time."""
    return f"{datetime.fromtimestamp(entry.asked):%Y-%m-%d %H:%M}"


def models(answers: Sequence[Answer]) -> str:
    """The models that wrote, by name."""
    return ", ".join(dict.fromkeys(short(answer.recipe.model) for answer in answers))


def status(lang: Lang, stage: Stage) -> str:
    """The start-up line, empty when all is loaded and well."""
    if stage.problem is not None:
        return notice(tell(lang, stage.problem))
    if not stage.documents:
        if stage.total and stage.done < stage.total:
            label = say(lang, "start.files", done=stage.done, total=stage.total, name=stage.name)
            return meter(label + remaining(lang, stage.seconds, stage.done, stage.total), stage.done, stage.total)
        return f'<p class="wb-hint" role="status">{escape(say(lang, "start.embedder"))}</p>'
    return "" if stage.model else f'<p class="wb-hint" role="status">{escape(say(lang, "start.model"))}</p>'


def conversation(lang: Lang, turns: Sequence[Turn]) -> str:
    """The turns so far, oldest first."""
    if not turns:
        return ""
    rows = "".join(f"<li><b>{escape(turn.question)}</b> {escape(turn.answer)}</li>" for turn in turns)
    return f'<section class="wb-turns" aria-label="{escape(say(lang, "ask.turns"))}"><ol>{rows}</ol></section>'


def model_label(lang: Lang, name: str, card: Card | None, measured: Measured | None) -> str:
    """A model in a list: its name, size, languages, and its speed on this computer where that was measured."""
    parts = [short(name)]
    if addresses.remote(name):
        parts.append(say(lang, "model.leaves" if addresses.leaves(name) else "model.server"))
    elif card:
        reads = [say(lang, f"language.{each}") for each, size in card.characters_per_token.items() if known(size)]
        parts += [f"{card.size / 1e6:,.0f} MB", ", ".join(reads) or "–"]
        if card.encoder:
            parts.append(say(lang, "model.encoder"))
    if measured:
        parts.append(say(lang, "model.speed", reading=round(measured.reading), writing=round(measured.writing)))
    return " · ".join(parts)


def trial(lang: Lang, name: str, measured: Measured) -> str:
    """What was found out about a model."""
    speed = say(lang, "model.measured", model=short(name), reading=round(measured.reading), writing=round(measured.writing))
    if measured.writing_short is not None:
        speed += " " + say(
            lang, "model.source", fast=round(measured.writing_short), short=measured.short, slow=round(measured.writing), long=measured.long)
    if measured.best_last is None or measured.best_first is None:
        return hint(speed)
    order = say(
        lang, "model.order", order=say(lang, f"order.{measured.order}"), last=f"{measured.best_last:.2f}",
        first=f"{measured.best_first:.2f}", questions=measured.questions)
    return hint(f"{speed} {order}")


def meter(label: str, done: int, total: int) -> str:
    """A labelled progress bar."""
    return f'<div class="wb-meter" role="status"><progress max="{total}" value="{done}"></progress> {escape(label)}</div>'


def header(lang: Lang) -> str:
    """Name and purpose."""
    return f'<div class="wb-header"><h1>{escape(say(lang, "app.title"))}</h1><p>{escape(say(lang, "app.tagline"))}</p></div>'


def hint(text: str) -> str:
    """A quiet line."""
    return f'<p class="wb-hint" role="status">{escape(text)}</p>'


def notice(text: str) -> str:
    """A line to be noticed."""
    return f'<p class="wb-notice" role="status">{escape(text)}</p>'


def problem(lang: Lang, remark: Remark) -> str:
    """An error in the place of a result."""
    return notice(tell(lang, remark))
