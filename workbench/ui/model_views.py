"""Models as HTML: the list, the card, memory, the lab, chat formats, the numbers. Pure, as `views`: every word from outside is
escaped."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from workbench.captions import short
from workbench.lab import RUNS
from workbench.languages import known
from workbench.measure.telling import signed
from workbench.models import addresses
from workbench.models.formats import FORMATS
from workbench.nouns import Card, Lang, Measured
from workbench.nouns.measure import Estimate
from workbench.nouns.models import Chat, Figures, Fit, Lab, Variant
from workbench.numbers import WRITTEN
from workbench.ui.views import departure, hint, notice
from workbench.words import say

Row = tuple[str, Card | None, Measured | None, Fit | None, str]  # name, card, speed, memory, why it is no model
PARTS = ("weights", "copies", "cells", "work", "rest")


def megabytes(size: float) -> str:
    """Bytes as megabytes."""
    return f"{size / 1e6:,.0f}"


def listing(lang: Lang, rows: Sequence[Row], window: int, chosen: str) -> str:
    """Every model with its size, languages, speed and whether it fits."""
    head = [say(lang, "models.name"), say(lang, "models.size"), say(lang, "models.reads"), say(lang, "models.speed"),
            say(lang, "models.fits", window=window), ""]
    return table(head, [row(lang, each, each[0] == chosen) for each in rows])


def table(head: Sequence[str], rows: Sequence[Sequence[str]], marked: Sequence[bool] = ()) -> str:
    """A table whose first cells name the rows; on a narrow page every cell says the name of its column itself. Cells are HTML."""
    marks = [*marked, *[False] * (len(rows) - len(marked))]
    body = "".join(
        f"<tr{' class=wb-opened' if mark else ''}><th>{cells[0]}</th>"
        + "".join(f'<td data-label="{escape(name)}">{cell}</td>' for name, cell in zip(head[1:], cells[1:], strict=True)) + "</tr>"
        for mark, cells in zip(marks, rows, strict=True))
    named = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f'<div class="wb-scroll"><table class="wb-models"><thead><tr>{named}</tr></thead><tbody>{body}</tbody></table></div>'


def row(lang: Lang, each: Row, chosen: bool) -> list[str]:
    """One model."""
    name, card, measured, fit, why = each
    size = f"{megabytes(card.size)} MB" if card else ""
    reads = ", ".join(say(lang, f"language.{spoken}") for spoken, count in card.characters_per_token.items() if known(count)) if card else ""
    speed = pace(lang, measured) if measured else "–"
    if why:
        room = notice(why)
    elif addresses.remote(name):
        size = ""
        room = escape(say(lang, "model.leaves" if addresses.leaves(name) else "model.server"))
    elif fit:
        word = say(lang, "models.fit_yes" if fit.fits else "models.fit_no", total=megabytes(fit.total))
        room = f'<span class="wb-state wb-{"ready" if fit.fits else "failed"}">{escape(word)}</span>'
    else:
        room = escape(say(lang, "models.looking"))
    button = (f'<button class="wb-chip" data-model="{escape(name)}" aria-label="{escape(say(lang, "models.open_named", name=name))}"'
              f' aria-pressed="{str(chosen).lower()}">{escape(say(lang, "models.open"))}</button>')
    return [escape(short(name)), size, escape(reads) or "–", escape(speed), room, button]


def card(lang: Lang, found: Card, measured: Measured | None = None) -> str:
    """All that the file says of itself; with an encoder also what its decoder costs here, where that was measured."""
    heads = f"{found.heads} ({found.kv_heads}) × {found.head_size}" if found.heads else "–"
    tensors = "<br>".join(
        escape(say(lang, "card.tensors_of", count=each.count, type=each.type, size=f"{each.size / 1e6:,.1f}")) for each in found.tensors)
    facts = [
        ("card.architecture", escape(found.architecture)),
        ("card.parameters", f"{found.parameters / 1e6:,.1f} M"),
        ("card.file", f"{escape(found.path)}<br>{found.size / 1e6:,.1f} MB"),
        ("card.context", f"{found.context_length:,}"),
        ("card.layers", f"{found.layers}"),
        ("card.heads", heads),
        ("card.width", f"{found.width:,}"),
        ("card.vocabulary", f"{found.vocabulary:,}"),
        ("card.tokenizer", escape(found.tokenizer) or "–"),
        ("card.template", escape(say(lang, "card.template_yes" if found.chat_template else "card.template_no"))),
        ("card.characters", escape(spelled(lang, found))),
        ("card.tensors", tensors + (f"<br>{escape(say(lang, 'card.fast', types=', '.join(found.fast)))}" if found.fast else "")),
        ("card.license", escape(found.license) or escape(say(lang, "card.no_license"))),
        ("card.sum", f"<code>{escape(found.sha256)}</code>" if found.sha256 else "–"),
    ]
    note = hint(" ".join(decoding(lang, measured))) if found.encoder else ""
    return sheet(found.name, say(lang, "card.title"), [(say(lang, key), value) for key, value in facts], note)


def sheet(name: str, title: str, facts: Sequence[tuple[str, str]], note: str = "") -> str:
    """Facts under a name. The values are HTML."""
    rows = "".join(f"<div><dt>{escape(key)}</dt><dd>{value}</dd></div>" for key, value in facts)
    return f'<section class="wb-source wb-model-card"><h3>{escape(name)} <small>{escape(title)}</small></h3>{note}<dl>{rows}</dl></section>'


def decoding(lang: Lang, measured: Measured | None) -> list[str]:
    """What there is to say of a model that reads with an encoder: that its decoder looks at the whole source again for every
    token, and what that costs."""
    lines = [say(lang, "card.encoder"), say(lang, "card.cross")]
    if measured and measured.writing_short:
        values = {"fast": 1000 / measured.writing_short, "short": measured.short, "slow": 1000 / measured.writing, "long": measured.long}
        return [*lines, say(lang, "card.cross_here", **values)]
    return [*lines, say(lang, "card.cross_usual")]


def served(lang: Lang, name: str, found: Card | None, measured: Measured | None) -> str:
    """A model that a server runs: nothing is asked of it only to be shown."""
    facts = [(say(lang, "card.server"), escape(name.removeprefix(addresses.PREFIX)))]
    if found:
        facts += [(say(lang, f"card.{key}"), value) for key, value in (
            ("context", f"{found.context_length:,}" if found.context_length else "–"),
            ("parameters", f"{found.parameters / 1e6:,.1f} M" if found.parameters else "–"),
            ("characters", escape(spelled(lang, found)) or "–"))]
    if measured:
        facts.append((say(lang, "models.speed"), escape(pace(lang, measured))))
    note = departure(lang, [name], "card") + hint(say(lang, "card.served" if found else "card.served_unasked"))
    return sheet(short(name), say(lang, "model.leaves" if addresses.leaves(name) else "model.server"), facts, note)


def pace(lang: Lang, measured: Measured) -> str:
    """How fast a model is here."""
    return say(lang, "models.tokens", reading=f"{measured.reading:.0f}", writing=f"{measured.writing:.0f}")


def spelled(lang: Lang, found: Card) -> str:
    """Characters a token stands for, by language."""
    return ", ".join(f"{say(lang, 'language.' + spoken)} {count:.2f}" for spoken, count in found.characters_per_token.items())


def fit(lang: Lang, found: Fit) -> str:
    """The memory of a window as a bar of all that is free."""
    values = {"total": megabytes(found.total), "together": found.together, "window": f"{found.window:,}",
              "free": megabytes(found.free), "most": f"{found.most:,}"}
    key = "fit.total" if found.fits else "fit.over" if found.most else "fit.none"
    word = say(lang, key, **values)
    whole = max(found.free, found.total)
    sizes = [(part, getattr(found, part)) for part in PARTS if getattr(found, part)]
    spare = max(0, found.free - found.total)
    bar = "".join(f'<span class="wb-part wb-fit-{part}" style="flex-grow:{size / whole:.5f}"></span>' for part, size in (*sizes, ("free", spare)))
    named = [(part, say(lang, f"fit.{part}"), size) for part, size in (*sizes, ("free", spare))]
    legend = "".join(f'<li><i class="wb-fit-{part}"></i>{escape(name)} {megabytes(size)} MB</li>' for part, name, size in named)
    how = say(lang, "fit.apart" if found.apart else "fit.shared")
    said = f"<p>{escape(word)} {escape(how)}</p>" if found.fits else notice(word)
    return (f'<section class="wb-window"><h3>{escape(say(lang, "fit.title"))}</h3>{said}<div class="wb-bar" role="img" '
            f'aria-label="{escape(word)}">{bar}</div><ul class="wb-legend">{legend}</ul></section>')


def estimate(each: Estimate | None, form: str = ".2f", *, percent: bool = False) -> str:
    """A figure over its interval and n; a dash where there is none."""
    if each is None or each.value is None:
        return "–"
    shown = [figure(number, form, percent) for number in (each.value, each.low, each.high) if number is not None]
    interval = f"<small>{shown[1]} – {shown[2]}</small>" if len(shown) == 3 else ""
    return f"<b>{shown[0]}</b>{interval}<small>n = {each.n}</small>"


def figure(number: float, form: str, percent: bool) -> str:
    """A number as it is shown, in percent with a sign where its form has one."""
    if not percent:
        return f"{number:{form}}"
    return f"{signed(number) if form.startswith('+') else f'{number * 100:.0f}'} %"


def lab(lang: Lang, found: Lab) -> str:
    """The quantizations beside each other, and which one to use."""
    columns = ("kind", "size", "memory", "reading", "writing", "seconds", "perplexity", "loss", "accuracy", "gain", "agreement")
    measured = any(each.perplexity or each.accuracy for each in found.variants)
    shown = columns if measured else columns[:6]
    rows = [variant(lang, each, place == 0, measured) for place, each in enumerate(found.variants)]
    compared = table([say(lang, f"lab.{each}") for each in shown], rows, [each.kind == found.best for each in found.variants])
    best = next(each for each in found.variants if each.kind == found.best)
    why = say(lang, f"lab.{found.why}", seconds=f"{best.seconds:.1f}", texts=found.texts, tokens=f"{found.tokens:,}", questions=found.questions, corpus=found.corpus)
    layout = f" {say(lang, 'lab.layout', types=', '.join(best.fast))}" if best.fast else ""
    return (
        f'<section class="wb-source wb-lab"><p class="wb-total">{escape(say(lang, "lab.best", kind=found.best))}</p>'
        f'<p>{escape(why + layout)}</p>{compared}{hint(say(lang, "lab.how", runs=RUNS))}</section>')


def variant(lang: Lang, each: Variant, original: bool, measured: bool) -> list[str]:
    """One quantization."""
    name = escape(each.kind) + (f" <small>{escape(say(lang, 'lab.original'))}</small>" if original else "")
    cells = [f"{megabytes(each.size)} MB", f"{megabytes(each.memory)} MB", estimate(each.reading, ".0f"), estimate(each.writing, ".0f"),
             f"{each.seconds:.1f} s"]
    if measured:
        gain = estimate(each.gain, "+.2f", percent=True) + (f"<small>p = {each.p:.2f}</small>" if each.p is not None else "")
        cells += [estimate(each.perplexity), estimate(each.loss, "+.3f"), estimate(each.accuracy, percent=True), gain,
                  estimate(each.agreement, percent=True)]
    return [name, *cells]


def title(lang: Lang, name: str) -> str:
    """What a format is called."""
    return FORMATS[name].title if name in FORMATS else say(lang, f"form.{name}")


def formats(lang: Lang, found: Sequence[Chat]) -> str:
    """The formats beside each other, each with its prompt letter for letter."""
    measured = any(each.accuracy for each in found)
    columns = ["format", "tokens", *(("right", "words", "ended") if measured else ()), "warnings"]
    compared = table([say(lang, f"formats.{each}") for each in columns], [chat(lang, each, measured) for each in found])
    how = hint(say(lang, "formats.how")) if measured else ""
    return f'<section class="wb-source wb-formats">{compared}{how}</section>'


def chat(lang: Lang, each: Chat, measured: bool) -> list[str]:
    """One format."""
    same = f" <small>{escape(title(lang, each.written))}</small>" if each.written != each.name and each.written else ""
    warned = "".join(notice(say(lang, f"warning.{code}", **({"marks": ", ".join(each.seen.spelled)} if code == "spelled" else {})))
                     for code in each.warnings)
    text = f'<details class="wb-sent"><summary>{escape(say(lang, "formats.prompt"))}</summary><pre>{escape(each.seen.text)}</pre></details>'
    done = [estimate(each.accuracy, percent=True), estimate(each.words, ".1f"), estimate(each.ended, percent=True)] if measured else []
    return [escape(title(lang, each.name)) + same, str(each.seen.tokens), *done, warned + text]


def figures(lang: Lang, found: Figures) -> str:
    """The numbers every developer should know, each beside the rule of thumb."""
    rows = [
        ("numbers.file", f"<b>{found.file_bytes:.2f}</b>", "2 (float16)"),
        ("numbers.memory", f"<b>{found.memory_bytes:.2f}</b>", "2 (float16)"),
        ("numbers.token", f"<b>{found.token_bytes / 1024:,.1f} KB</b>", "1 MB (13B)"),
        *((f"numbers.words_{spoken}", estimate(each) + (f"<small>{escape(say(lang, 'numbers.sample'))}</small>" if each.why else ""),
           "1.3" if spoken == "en" else "") for spoken, each in found.words.items()),
        ("numbers.finding", estimate(found.finding, ".3f", percent=True), "1/20 – 1/5"),
        ("numbers.embedding", estimate(found.embedding, ".4f"), ""),
        ("numbers.batching", estimate(found.batching), "> 10 ×"),
        ("numbers.concise", estimate(found.concise, percent=True) if found.concise else escape(say(lang, "numbers.no_template")), "40 – 90 %"),
        ("numbers.concise_gain", estimate(found.concise_gain, "+.2f", percent=True), ""),
        *((f"numbers.token_{source}", estimate(each, ".1f"), "") for source, each in (
            ("short", milliseconds(found.token_short)), ("long", milliseconds(found.token_long))) if each),
    ]
    body = "".join(
        f"<tr><th>{escape(say(lang, key, **values(key, found)))}</th><td>{value}</td>"
        f"<td>{escape(say(lang, 'numbers.rule', rule=rule)) if rule else ''}</td></tr>" for key, value, rule in rows)
    return f'<section class="wb-source wb-numbers"><div class="wb-scroll"><table class="wb-models"><tbody>{body}</tbody></table></div></section>'


def values(key: str, found: Figures) -> dict:
    """What the name of a number is filled with."""
    return {
        "numbers.batching": {"together": found.together}, "numbers.finding": {"tokens": WRITTEN},
        "numbers.token_short": {"tokens": found.short}, "numbers.token_long": {"tokens": found.long}}.get(key, {})


def milliseconds(seconds: Estimate | None) -> Estimate | None:
    """A time that is told in thousandths."""
    if seconds is None or seconds.value is None or seconds.low is None or seconds.high is None:
        return None
    return replace(seconds, value=1000 * seconds.value, low=1000 * seconds.low, high=1000 * seconds.high)
