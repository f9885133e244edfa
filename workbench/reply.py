"""A draft reply to a mail, put together by code: every request that is open, the sentence of the documents that answers it,
and a blank where none does. No word of it is a model's.

Whether a sentence answers is judged as for any question (`refusal`), and it can be about something near what was asked: a
Korean question on one product was answered with the sentence on another. So every answer stands below its request, with its
source, for a person to read before sending.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.bench import Bench
from workbench.cues import POLITE, REQUEST, asks, asks_to_know
from workbench.days import days
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.nouns import Document, Filter, Hit, Lang, Relevance, Sentence
from workbench.nouns.reply import Draft, Part
from workbench.nouns.summary import Line, Particular
from workbench.particulars import Mail, mail, particulars
from workbench.refusal import relevance
from workbench.retrieval.corpus_index import ALL, Found
from workbench.salience import lines
from workbench.search import search
from workbench.words import say

PASSAGES = 4  # read for a request
BESIDE = 4  # read on top, in the place of those of the mail itself
# Of the term weight of the best passage: one that holds less is about something near. Where the embedder reads the language
# it knows better (right sentences over the samples, with and without: Korean 48 and 44 of 90, English 43 and 46 of 85).
NAMED = 0.8
ANSWERS = re.compile(r"\s*(?:re|aw|답장|회신)(?:\[\d+\])?\s*[:：]\s*", re.IGNORECASE)
NAME = re.compile(r"\s*\"?([^\"<]*?)\"?\s*(?:<|$)")


def draft(bench: Bench, documents: Sequence[Document], corpus: str, to: str = "", lang: Lang | None = None, filter: Filter = ALL) -> Draft:
    """The reply to the open questions and requests of one person (`to`: the address; else who wrote last) in a mail or a
    thread, out of the documents of a corpus that the filter admits. Raises BadRequest for no documents, NoSuchCorpus."""
    if not documents:
        raise BadRequest("reply_nothing")
    own = lines(documents)
    mails = [mail(document, [line for line in own if line.document == document.id]) for document in documents]
    last = newest([each for each in mails if not to or each.by == to.lower()] or mails)
    spoken = lang or language(" ".join(line.text for line in last.lines) or last.document.text)
    wanted = [each for each in particulars(documents, own) if each.open and each.by == last.by]
    parts: list[Part] = []
    sources: list[tuple[str, str, int | None]] = []
    for each in wanted:
        parts.append(paragraph(bench, each, documents, corpus, spoken, filter, sources))
    parts = parts or [Part("blank", say(spoken, "reply.nothing"))]
    return Draft(
        to=last.by if "@" in last.by else "",
        subject=f"Re: {answered(last.document.title)}",
        lang=spoken,
        parts=(Part("greeting", greeting(last.sender, spoken)), *parts, Part("closing", say(spoken, "reply.closing"))),
        sources=(say(spoken, "reply.sources"), *(cited(spoken, *each) for each in enumerate(sources, 1))) if sources else ())


def answered(subject: str) -> str:
    """A subject without what says that it is an answer."""
    while answers := ANSWERS.match(subject):
        subject = subject[answers.end() :]
    return subject


def newest(mails: Sequence[Mail]) -> Mail:
    """The mail that was sent last; of those without a time the last one."""
    timed = [each for each in mails if each.sent]
    return max(timed, key=lambda each: each.sent.timestamp() if each.sent else 0.0) if timed else mails[-1]


def greeting(sender: Line | None, lang: Lang) -> str:
    """To the person a From header names, without a name where it only has an address."""
    match = NAME.match(sender.text) if sender else None
    name = match[1].strip() if match else ""
    name = name.removesuffix("님").strip()
    hello = say(lang, "reply.greeting", name=name) if name and "@" not in name else say(lang, "reply.greeting_unknown")
    return f"{hello}\n\n{say(lang, 'reply.thanks')}"


def paragraph(bench: Bench, wanted: Particular, documents: Sequence[Document], corpus: str, lang: Lang, filter: Filter,
              sources: list[tuple[str, str, int | None]]) -> Part:
    """A request restated, and its answer with the number of its source, or a blank. New sources are put into `sources`."""
    restated = say(lang, f"reply.{wanted.kind}", text=" ".join(wanted.text.split()))
    best, why = answer(bench, wanted, documents, corpus, filter) if asks_to_know(wanted.text) else (None, None)
    if not best:
        return Part("blank", f"{restated}\n{say(lang, 'reply.blank')}", wanted, relevance=why)
    source = (best.hit.title, best.hit.source, best.hit.page)
    if source not in sources:
        sources.append(source)
    number = sources.index(source) + 1
    return Part("answer", f"{restated}\n{say(lang, 'reply.answer', text=best.text, number=number)}", wanted, best, number, why)


def answer(bench: Bench, wanted: Particular, documents: Sequence[Document], corpus: str, filter: Filter) -> tuple[Sentence | None, Relevance | None]:
    """The sentence that answers, None where code takes the documents not to hold one; and what it goes by."""
    question = bare(wanted)
    found = without(search(bench, question, corpus, PASSAGES + BESIDE, filter), question, wanted, documents, bench)
    judged = relevance(found, question)
    return (None if judged.refused else found.best), judged


def bare(wanted: Particular) -> str:
    """What is asked for: of a request without the asking and without the day it is wanted by; the whole where nothing is left."""
    if wanted.kind == "question":
        return wanted.text
    text = wanted.text
    for each in reversed(days(text)):
        if each.due:
            text = re.sub(r"\b(?:by|until|before|no later than)\s*(?:the )?$", "", text[: each.start]) + text[each.end :]
    text = REQUEST.sub(" ", POLITE.sub(" ", text))
    return text if re.search(r"\w{2}", text) else wanted.text


def without(found: Found, question: str, wanted: Particular, documents: Sequence[Document], bench: Bench) -> Found:
    """What was found less the mail itself, which may be among the documents, and less sentences that only ask. By
    words alone the answer is looked for in passages that hold what was asked for about as well as the best one."""
    own = {document.text for document in documents}
    hits = tuple(hit for hit in found.hits if not any(hit.chunk.text in text for text in own) and not same(hit, wanted))[:PASSAGES]
    named = hits
    if not bench.embedder.reads(language(question)):
        held = [found.index.coverage(question, (hit,)) for hit in hits]
        named = tuple(hit for hit, share in zip(hits, held, strict=True) if share >= NAMED * max(held))
    ranked = found.index.ranked_sentences(question, named, bench.embedder)
    best = next((each for each in ranked if not asks(each.text)), None)
    return replace(found, hits=hits if best else (), best=best, coverage=found.index.coverage(question, hits))


def same(hit: Hit, wanted: Particular) -> bool:
    """Whether a passage holds the request itself, as another copy of the mail does."""
    return "".join(wanted.text.split()) in "".join(hit.chunk.text.split())


def cited(lang: Lang, number: int, source: tuple[str, str, int | None]) -> str:
    """The line of a source."""
    title, name, page = source
    if page:
        return say(lang, "reply.source_page", number=number, title=title, source=name, page=page)
    return say(lang, "reply.source", number=number, title=title, source=name)
