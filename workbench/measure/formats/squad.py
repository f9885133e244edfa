"""SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018) and KorQuAD 1.0 (Lim et al. 2019), which has the same form.

A paragraph is a document of its own, a text file named by its article and number: it is what is asked about, what published
figures are for, and what an exact place is given in.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.errors import BadRequest
from workbench.languages import language
from workbench.measure.formats import parts
from workbench.measure.formats.parts import one_line, wrong
from workbench.nouns import Document, Kind, Question, Remark, Span
from workbench.nouns.questions import Bundle, Text
from workbench.reading import clean
from workbench.reading.names import shown

KNOWN = frozenset({"id", "question", "answers", "is_impossible", "aliases"})
ABOUT = "about"  # the paragraph of a question that it does not answer; kept beside what the format does not know
NUMBERED = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph where it stands in the file: `raw` as it is there, `text` as it will be read."""

    title: str
    raw: str
    text: str
    rows: list[dict[str, Any]]
    place: Remark


@dataclass(slots=True)
class Places:
    """Whose answers stand elsewhere than they are said to, and whose nowhere: ids, in their order."""

    repaired: dict[str, None] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)


def load(path: Path) -> Bundle:
    """The paragraphs and questions of a file. Raises BadRequest, CannotRead."""
    every = list(paragraphs(path))
    names = named(every)
    places = Places()
    questions: dict[str, Question] = {}
    for each in every:
        for row in each.rows:
            here = Remark("place_question", {"place": each.place, "id": one_line(str(row.get("id", "")))})
            try:
                made = question(row, each, names[each.text], path.name, places)
            except BadRequest as error:
                raise wrong(path.name, here, error) from error
            if made.id in questions:
                raise wrong(path.name, here, Remark("same_id", {}))
            questions[made.id] = made
    if not questions:
        raise parts.without_questions(path.name)
    texts = tuple(Text(name, text) for text, name in names.items())
    return Bundle(texts, tuple(questions.values()), tuple(places.repaired), tuple(places.lost))


def paragraphs(path: Path) -> Iterator[Paragraph]:
    """Every paragraph of a file. Raises BadRequest, CannotRead."""
    whole = Remark("place_file", {})
    top = parts.value(parts.content(path), path.name, whole)
    for number, article in enumerate(listed(top, "data", path.name, whole), 1):
        title = shown(str(article.get("title") or "").replace("_", " ")).strip("?") or parts.stem(path)
        for within, row in enumerate(listed(article, "paragraphs", path.name, Remark("place_article", {"article": number})), 1):
            place = Remark("place_paragraph", {"article": number, "paragraph": within})
            raw = row.get("context")
            if not isinstance(raw, str) or not clean(raw):
                raise wrong(path.name, place, BadRequest("line_text", field="context"))
            yield Paragraph(title, raw, clean(raw), listed(row, "qas", path.name, place), place)


def named(every: Iterable[Paragraph]) -> dict[str, str]:
    """The name of the file that each text becomes: its article's, with a number where that has several."""
    titles: dict[str, str] = {}
    for each in every:
        titles.setdefault(each.text, each.title)
    articles: dict[str, list[str]] = {}
    for text, title in titles.items():
        articles.setdefault(title, []).append(text)
    names = parts.Names()
    for title, texts in articles.items():
        for number, text in enumerate(texts, 1):
            several = len(texts) > 1 or NUMBERED.search(title)
            names.of(text, shown(f"{title} ({number:0{len(str(len(texts)))}}).txt") if several else parts.file_name(title))
    return names.named


def question(row: dict[str, Any], paragraph: Paragraph, name: str, source: str, places: Places) -> Question:
    """A question of a paragraph. Raises BadRequest."""
    identity, words = one_line(str(row.get("id", ""))), row.get("question")
    if not identity or not isinstance(words, str) or not one_line(words):
        raise BadRequest("line_text", field="question" if identity else "id")
    impossible = row.get("is_impossible") is True
    placed = [] if impossible else [place(each, paragraph, name, identity, places) for each in row.get("answers") or ()]
    aliases = [one_line(each) for each in row.get("aliases") or () if isinstance(each, str) and one_line(each)]
    answers = tuple(dict.fromkeys([answer for answer, _ in placed] + aliases))
    if not answers and not impossible:
        raise BadRequest("line_answers")
    kind: Kind = "unanswerable" if impossible else parts.kind_of(answers)
    return Question(
        identity, one_line(words), () if impossible else answers, "short" if kind == "long" else kind,
        tuple(dict.fromkeys(span for _, span in placed if span)), (), language(words),
        gold_documents=() if impossible else (name,), source=source,
        unknown={key: each for key, each in row.items() if key not in KNOWN} | ({ABOUT: name} if impossible else {}))


def place(row: Any, paragraph: Paragraph, name: str, identity: str, places: Places) -> tuple[str, Span | None]:
    """An answer and its place in the text, None where it stands nowhere. Raises BadRequest."""
    said, start = (row.get("text"), row.get("answer_start")) if isinstance(row, dict) else (None, None)
    if not isinstance(said, str) or not one_line(said) or type(start) is not int:
        raise BadRequest("line_squad_answer")
    start += len(said) - len(said.lstrip())
    said = said.strip()
    there = parts.standing(paragraph.raw, said, start)
    if there is not None and there != start:
        places.repaired[identity] = None
    answer = clean(said)
    found = None if there is None else parts.moved(paragraph.raw, paragraph.text, said, there)
    if found is None or not paragraph.text.startswith(answer, found):
        places.lost[identity] = None
        return one_line(answer), None
    return one_line(answer), Span(name, found, found + len(answer), answer)


def listed(value: Any, field: str, name: str, place: Remark) -> list[dict[str, Any]]:
    """The objects of a list. Raises BadRequest."""
    found = value.get(field) if isinstance(value, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise wrong(name, place, Remark("no_list", {"field": field}))
    return found


def save(path: Path, documents: Sequence[Document], questions: Iterable[Question]) -> tuple[str, ...]:
    """Write documents with their questions as SQuAD 2.0; gives the ids of those that it cannot say: no answer of theirs
    stands in a document."""
    rows: dict[str, list[dict[str, Any]]] = {document.id: [] for document in documents}
    by_file: dict[str, list[Document]] = {}
    for document in documents:
        by_file.setdefault(document.source, []).append(document)
    unsaid = []
    for each in questions:
        impossible = each.kind == "unanswerable"
        files = (str(each.unknown.get(ABOUT, "")), *each.gold_documents)
        there = [document for file in files for document in by_file.get(file, ())] or (list(documents[:1]) if impossible else [])
        found = next(((document, answers) for document in there if (answers := extracted(each, document)) or impossible), None)
        if found is None:
            unsaid.append(each.id)
            continue
        document, answers = found
        said = {one_line(answer["text"]) for answer in answers}
        aliases = [answer for answer in each.answers if answer not in said]
        rows[document.id].append(
            {key: value for key, value in each.unknown.items() if key != ABOUT}
            | {"id": each.id, "question": each.text, "answers": answers, "is_impossible": impossible}
            | ({"aliases": aliases} if aliases else {}))
    articles: dict[str, list[dict[str, Any]]] = {}
    for document in documents:
        title = NUMBERED.sub("", document.source.removesuffix(".txt"))
        articles.setdefault(title, []).append({"context": document.text, "qas": rows[document.id]})
    data = [{"title": title, "paragraphs": some} for title, some in articles.items()]
    path.write_text(json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False), encoding="utf-8")
    return tuple(unsaid)


def extracted(question: Question, document: Document) -> list[dict[str, Any]]:
    """The answers that stand in a document, with their places: the evidence itself, else an answer inside of it."""
    found = []
    for span in question.evidence:
        if span.document != document.source or document.text[span.start : span.end] != span.text:
            continue
        if one_line(span.text) in question.answers:
            found.append({"text": span.text, "answer_start": span.start})
        elif inside := next((answer for answer in question.answers if answer in span.text), ""):
            found.append({"text": inside, "answer_start": span.start + span.text.index(inside)})
    return found
