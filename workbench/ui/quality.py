"""The quality of a corpus as HTML. Pure, as `views`: every word from outside is escaped."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from html import escape

from workbench import captions
from workbench.languages import known
from workbench.nouns import Bin, Document, Lang, Pair, Quality, Short
from workbench.ui import views
from workbench.words import say

SHOWN = 30  # pairs, pages and documents named
SIDE = 1200  # characters of a document shown beside another
AROUND = 60  # characters in front of the first difference that are shown
PIECE = re.compile(r"\w+|\s+|[^\w\s]")

Documents = Mapping[str, Document]


def report(lang: Lang, quality: Quality, documents: Documents) -> str:
    """Everything but the pairs: size, languages, lengths, what is nearly empty. `documents` need no text."""
    facts = {
        "documents": quality.documents, "collapsed": quality.collapsed, "refused": quality.refused, "chunks": quality.chunks,
        "tokens": quality.tokens, "windows": quality.windows}
    counted = "".join(
        f"<div><dt>{escape(say(lang, f'quality.{name}'))}</dt><dd>{count:,}</dd></div>" for name, count in facts.items())
    window = say(lang, "quality.window", window=f"{quality.window:,}")
    return (
        f'<section class="wb-quality" aria-label="{escape(say(lang, "quality.title"))}"><h3>{escape(say(lang, "quality.title"))} '
        f"<small>{escape(window)} · {escape(tokenizer(lang, quality))}</small></h3><dl>{counted}</dl>"
        f"{languages(lang, quality)}"
        f"{histogram(lang, say(lang, 'quality.document_sizes'), quality.document_sizes)}"
        f"{histogram(lang, say(lang, 'quality.chunk_sizes'), quality.chunk_sizes)}"
        f"{short(lang, 'empty_pages', quality.empty_pages, documents)}{short(lang, 'brief', quality.brief, documents)}</section>"
    )


def tokenizer(lang: Lang, quality: Quality) -> str:
    """Whose tokens are counted."""
    key = "quality.by_model" if quality.model else "quality.by_embedder"
    return say(lang, key, name=captions.short(quality.tokenizer))


def languages(lang: Lang, quality: Quality) -> str:
    """The languages with their share of the characters and what the tokenizer makes of them."""
    if not quality.languages:
        return ""
    names = ("language", "documents", "characters", "tokens", "per_token")
    head = "".join(f'<th scope="col">{escape(say(lang, f"quality.{name}"))}</th>' for name in names)
    rows, notes = "", ""
    for each in quality.languages:
        name = say(lang, f"quality.{each.language}")
        share = 100 * each.characters / quality.characters if quality.characters else 0
        cells = (f"{each.documents:,}", f"{each.characters:,} ({share:.0f} %)", f"{each.tokens:,}", f"{each.characters_per_token:.2f}")
        rows += f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        if each.tokens and not known(each.characters_per_token):
            cost = f"{1 / each.characters_per_token:.1f}" if each.characters else "–"
            notes += views.notice(say(lang, "quality.spelled", language=name, model=captions.short(quality.tokenizer), cost=cost))
    return f'<div class="wb-scroll"><table class="wb-quality-languages"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{notes}'


def histogram(lang: Lang, title: str, bins: Sequence[Bin]) -> str:
    """Bars as long as their counts, each with its range and count as text."""
    if not bins:
        return ""
    most = max(each.count for each in bins) or 1
    rows = "".join(
        f'<li><span>{each.least:,}–{each.end - 1:,}</span><i style="width:{100 * each.count / most:.1f}%" aria-hidden="true"></i>'
        f"<b>{each.count:,}</b></li>" for each in bins)
    return (
        f'<figure class="wb-histogram"><figcaption>{escape(title)} <small>{escape(say(lang, "quality.tokens"))}</small></figcaption>'
        f"<ul>{rows}</ul></figure>")


def short(lang: Lang, kind: str, some: Sequence[Short], documents: Documents) -> str:
    """Pages or documents with hardly anything in them, folded away; nothing where there are none."""
    if not some:
        return ""
    rows = "".join(
        f"<li>{escape(named(documents, each.document) + (' · ' + say(lang, 'page', page=each.page) if each.page else ''))} "
        f"<small>{escape(say(lang, f'quality.{kind}_size', size=each.size))}</small></li>" for each in some[:SHOWN])
    more = f"<li>{escape(say(lang, 'quality.more', count=len(some) - SHOWN))}</li>" if len(some) > SHOWN else ""
    title = escape(say(lang, f"quality.{kind}", count=len(some)))
    return f"<details><summary>{title}</summary><ul>{rows}{more}</ul></details>"


def pairs(
    lang: Lang, quality: Quality, documents: Documents, threshold: float | None = None, collapsible: int = 0
) -> str:
    """The pairs from `threshold` on, else from their own limits, side by side, with a button that collapses the
    `collapsible` documents that another can stand for. `documents` hold the texts of those that are shown."""
    found = chosen(quality, threshold)
    head = f'<h3>{escape(say(lang, "quality.pairs", count=len(found)))}</h3>'
    if not found:
        return f'<section class="wb-pairs">{head}{views.hint(say(lang, "quality.no_pairs"))}</section>'
    sure = escape(say(lang, "quality.sure", count=collapsible))
    button = (
        f'<button type="button" class="wb-chip" data-collapse="all" data-sure="{sure}">'
        f"{escape(say(lang, 'quality.collapse_all', count=collapsible))}</button>") if collapsible else ""
    rows = "".join(pair(lang, each, documents) for each in found[:SHOWN])
    more = views.hint(say(lang, "quality.more", count=len(found) - SHOWN)) if len(found) > SHOWN else ""
    return f'<section class="wb-pairs">{head}{views.hint(say(lang, "quality.kept"))}{button}{rows}{more}</section>'


def chosen(quality: Quality, threshold: float | None = None) -> list[Pair]:
    """The pairs that count as near duplicates at a threshold, else at their own limits."""
    return [pair for pair in quality.pairs if pair.similarity >= (pair.limit if threshold is None else threshold)]


def pair(lang: Lang, pair: Pair, documents: Documents) -> str:
    """Two documents side by side, the words marked that only one of them has, and what can be done with them."""
    one, two = documents.get(pair.first), documents.get(pair.second)
    if one is None or two is None:
        return ""
    by = say(lang, f"quality.by_{pair.by}", percent=f"{100 * pair.similarity:.0f}")
    notes = ""
    if pair.different:
        notes = views.notice(say(
            lang, "quality.different", first=", ".join(pair.only_first), second=", ".join(pair.only_second)))
    sides = "".join(
        f'<article><h4>{escape(each.title)} <small>{escape(each.source)}{escape(each.date and " · " + each.date)}</small></h4>'
        f'<div class="wb-page" tabindex="0">{text}</div>'
        f'<button type="button" class="wb-chip" data-keep="{escape(each.id)}" data-drop="{escape(other.id)}"'
        f' aria-label="{escape(say(lang, "quality.keep_named", title=each.title, other=other.title))}">'
        f"{escape(say(lang, 'quality.keep'))}</button></article>"
        for each, other, text in zip((one, two), (two, one), marked(one.text, two.text), strict=True))
    return f'<div class="wb-pair"><p class="wb-facts">{escape(by)}</p>{notes}<div class="wb-cards">{sides}</div></div>'


def marked(first: str, second: str) -> tuple[str, str]:
    """The beginnings of two texts, from a little before they part, with the words that differ marked."""
    start = max(0, next((place for place, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
                        min(len(first), len(second))) - AROUND)
    start = first.rfind(" ", 0, start) + 1 if start else 0
    one, two = (PIECE.findall(text[start : start + SIDE]) for text in (first, second))
    sides: tuple[list[str], list[str]] = ([], [])
    for act, *places in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for side, pieces, (begin, end) in zip(sides, (one, two), (places[:2], places[2:]), strict=True):
            words = escape("".join(pieces[begin:end]))
            side.append(words if act == "equal" or not words.strip() else f"<mark>{words}</mark>")
    before = "… " if start else ""
    return tuple(  # type: ignore[return-value]
        before + "".join(side) + (" …" if len(text) > start + SIDE else "")
        for side, text in zip(sides, (first, second), strict=True))


def collapsed(lang: Lang, others: Mapping[str, Sequence[Document]], documents: Documents) -> str:
    """What stands for what, with the way back; nothing where every document stands for itself."""
    if not others:
        return ""
    rows = "".join(
        f"<li><b>{escape(named(documents, kept))}</b> {escape(say(lang, 'quality.stands_for', count=len(some) + 1))}<ul>"
        + "".join(
            f"<li>{escape(each.title)} <small>{escape(each.source)}{escape(each.date and ' · ' + each.date)}</small> "
            f"{restore(lang, each.id, each.title)}</li>" for each in some)
        + "</ul></li>" for kept, some in others.items())
    everything = (
        f'<button type="button" class="wb-chip" data-restore="all">{escape(say(lang, "quality.restore_all"))}</button>')
    return f'<section class="wb-collapsed"><h3>{escape(say(lang, "quality.collapsed_title"))}</h3>{everything}<ul>{rows}</ul></section>'


def restore(lang: Lang, document: str, title: str) -> str:
    """A button that brings a document back into search."""
    label = escape(say(lang, "quality.restore_named", title=title))
    return (
        f'<button type="button" class="wb-chip" data-restore="{escape(document)}" aria-label="{label}">'
        f"{escape(say(lang, 'quality.restore'))}</button>")


def named(documents: Documents, document: str) -> str:
    """A document's title and file."""
    known = documents.get(document)
    return f"{known.title} ({known.source})" if known else document
