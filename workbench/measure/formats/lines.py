"""JSON lines: version 1 of ours (`corpora.question`), and questions with their passages as Liu et al. 2023 (lost in the middle)
give them, `ctxs` with a title and a text each.

What a line leaves out is told from the rest where it can be: the kind from the answers, the language from the words, the id
from the number of the line.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench import corpora
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.measure.formats import parts
from workbench.measure.formats.parts import one_line, wrong
from workbench.nouns import Question, Remark, Span
from workbench.nouns.questions import Bundle, Text
from workbench.reading import clean
from workbench.reading.names import shown


def load(path: Path) -> Bundle:
    """The questions of a file, with the passages that come with them. Raises BadRequest, CannotRead."""
    names = parts.Names()
    questions: dict[str, Question] = {}
    lost: list[str] = []
    for place, row in parts.lines(path):
        own = {"source": path.name, **row, "id": identity(row) or f"{parts.stem(path)}-{place.facts['line']}"}
        try:
            made = with_passages(own, names) if isinstance(row.get("ctxs"), list) else corpora.question(filled(own))
        except BadRequest as error:
            raise wrong(path.name, place, error) from error
        if made.id in questions:
            raise wrong(path.name, place, Remark("same_id", {}))
        questions[made.id] = made
        if made.gold_documents and made.answers and not made.evidence and "ctxs" in row:
            lost.append(made.id)
    if not questions:
        raise parts.without_questions(path.name)
    return Bundle(tuple(Text(name, text) for name, text in names.texts.items()), tuple(questions.values()), lost=tuple(lost))


def identity(row: dict[str, Any]) -> Any:
    """The id of a line as it is kept: in one line, a number as it is written."""
    found = row.get("id")
    return one_line(str(found)) if type(found) in (str, int) else found


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """A line with what follows from the rest of it. Raises BadRequest."""
    row = dict(row)
    if isinstance(answer := row.get("answer"), str) and "answers" not in row:
        row["answers"] = [row.pop("answer")] if one_line(answer) else []
    words, answers, choices, index = (row.get(name) for name in ("question", "answers", "choices", "answer_index"))
    if isinstance(words, str):
        row["question"] = one_line(words)
        row.setdefault("lang", language(words))
    if isinstance(answers, list) and all(isinstance(each, str) for each in answers):
        row["answers"] = answers = [one_line(each) for each in answers]
    if isinstance(choices, list) and type(index) is int and 0 <= index < len(choices):
        row.setdefault("kind", "mcq")
        if not answers:
            row["answers"] = [choices[index]]
    if "kind" not in row:
        if not answers or not isinstance(answers, list):
            raise BadRequest("line_answers")
        row["kind"] = parts.kind_of(tuple(map(str, answers)))
    return row


def with_passages(row: dict[str, Any], names: parts.Names) -> Question:
    """A question with its passages, of which those marked are gold. Raises BadRequest."""
    gold: list[Text] = []
    for each in row["ctxs"]:
        text = clean(each["text"]) if isinstance(each, dict) and isinstance(each.get("text"), str) else ""
        if not text:
            raise BadRequest("line_text", field="text")
        name = names.of(text, parts.file_name(shown(str(each.get("title") or row["id"]))))
        if each.get("isgold", each.get("hasanswer")) is True:
            gold.append(Text(name, text))
    rest = {name: value for name, value in row.items() if name != "ctxs"}
    question = corpora.question(filled({**rest, "gold_docs": [each.name for each in gold]}))
    return replace(question, evidence=tuple(spans(gold, question.answers)))


def spans(texts: Iterable[Text], answers: Iterable[str]) -> list[Span]:
    """Where an answer first stands in each of the texts."""
    found = []
    for each in texts:
        answer = next((answer for answer in answers if answer in each.text), "")
        if answer:
            start = each.text.index(answer)
            found.append(Span(each.name, start, start + len(answer), answer))
    return found


def save(path: Path, questions: Iterable[Question]) -> tuple[str, ...]:
    """Write questions, each a line; gives no ids, as it can say all of them."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(corpora.row(each), ensure_ascii=False) + "\n" for each in questions)
    return ()
