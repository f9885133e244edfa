"""BEIR (Thakur et al. 2021): a folder with corpus.jsonl, queries.jsonl and qrels/<split>.tsv, graded by whole numbers.

A document is a text file named by its id, its title as a heading. A query is a question without answers, unless one of ours
wrote the folder: then the rest of the question stands in its metadata.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from workbench import corpora
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.measure.formats import parts
from workbench.measure.formats.parts import one_line, wrong
from workbench.nouns import Document, Question, Remark
from workbench.nouns.questions import Bundle, Text
from workbench.reading import clean
from workbench.reading.names import LONGEST, line, shown

HEADER = ["query-id", "corpus-id", "score"]
Judgments = dict[str, dict[str, int]]  # grades of documents, by query


def load(path: Path) -> Bundle:
    """The documents, and the queries that somebody judged documents for. `path`: the folder, or its corpus.jsonl. Raises
    BadRequest, CannotRead."""
    folder = path if path.is_dir() else path.parent
    documents = {identity: text for identity, text in texts(folder / "corpus.jsonl")}
    left_out = {"empty_documents": sum(not text for text in documents.values())}
    files = {identity: name_of(identity, folder.name) for identity in documents}
    queries = {str(row.get("_id", "")): (place, row) for place, row in parts.lines(folder / "queries.jsonl")}
    questions: dict[str, Question] = {}
    unknown = 0
    for qrels in splits(folder):
        judged = judgments(qrels)
        for identity, grades in judged.items():
            if identity not in queries:
                unknown += len(grades)
                continue
            place, row = queries[identity]
            known = {files[each]: grade for each, grade in grades.items() if each in files}
            unknown += len(grades) - len(known)
            try:
                made = question(identity, row, known, "" if qrels.stem == "qrels" else qrels.stem, folder.name, files)
            except BadRequest as error:
                raise wrong("queries.jsonl", place, error) from error
            if known and identity not in questions:
                questions[identity] = made
    if not questions:
        raise parts.without_questions(folder.name)
    left_out |= {"unknown_judgments": unknown, "unjudged_queries": len(queries) - len(questions)}
    return Bundle(
        tuple(Text(files[identity], text) for identity, text in documents.items() if text), tuple(questions.values()),
        left_out={reason: count for reason, count in left_out.items() if count})


def texts(path: Path) -> Iterable[tuple[str, str]]:
    """(id, text with its title above it) of every document. Raises BadRequest, CannotRead."""
    seen = set()
    for place, row in parts.lines(path):
        identity, title, text = (row.get(name, "") for name in ("_id", "title", "text"))
        identity = str(identity) if isinstance(identity, int) else identity
        if not isinstance(identity, str) or not identity.strip():
            raise wrong(path.name, place, BadRequest("line_text", field="_id"))
        if not isinstance(title or "", str) or not isinstance(text or "", str):
            raise wrong(path.name, place, BadRequest("line_text", field="text"))
        if identity in seen:
            raise wrong(path.name, place, Remark("same_id", {}))
        seen.add(identity)
        heading = line(title or "")
        body = clean(text or "")
        yield identity, clean(f"# {heading}\n\n{body}") if heading and body else body or heading


def name_of(identity: str, folder: str) -> str:
    """The name of the file that a document becomes, from which its id can be told again. Raises BadRequest."""
    escaped = re.sub(r"[^\w .,()+=@~/-]|^ | $|(?<= ) ", escape, identity)
    if not escaped.lower().endswith(".md"):
        escaped += ".txt"
    name = escaped if shown(escaped) == escaped else f"{quote(identity, safe='')}.txt"
    if len(name) > LONGEST:
        raise wrong(folder, Remark("place_id", {"id": identity}), Remark("long_id", {"most": LONGEST}))
    return name


def escape(match: re.Match[str]) -> str:
    """A letter that no name of a file may have."""
    return quote(match[0], safe="")


def id_of(name: str) -> str:
    """The id of the document that a file was made of; the name itself where it was made of none."""
    return unquote(name.removesuffix(".txt"))


def splits(folder: Path) -> list[Path]:
    """The files of judgments, the test's first. Raises BadRequest."""
    found = sorted((folder / "qrels").glob("*.tsv"), key=lambda each: (each.stem != "test", each.stem)) or sorted(folder.glob("qrels*.tsv"))
    if not found:
        raise BadRequest("import_no_file", name=folder / "qrels" / "test.tsv")
    return found


def judgments(path: Path) -> Judgments:
    """What a file of judgments says. Raises BadRequest, CannotRead."""
    found: Judgments = {}
    for number, text in enumerate(parts.content(path).split("\n"), 1):
        cells = [cell.strip() for cell in text.split("\t")]
        if not text.strip() or (number == 1 and cells[-1].lower() == "score"):
            continue
        try:
            query, document, grade = cells
            found.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise wrong(path.name, parts.line(number), Remark("no_judgment", {})) from error
    return found


def question(
    identity: str, row: dict[str, Any], grades: dict[str, int], split: str, source: str, files: dict[str, str]
) -> Question:
    """A query with its judgments. `files`: names of the files that documents become, by their ids. Raises BadRequest."""
    words, rest = row.get("text"), row.get("metadata")
    if not isinstance(words, str) or not one_line(words):
        raise BadRequest("line_text", field="text")
    rest = rest if isinstance(rest, dict) else {}
    own = renamed({name: each for name, each in rest.items() if name in corpora.NAMES}, files) if "kind" in rest else {}
    return corpora.question({
        "kind": "short", "lang": language(words), "source": source, "split": split, "gold_docs": [each for each, grade in grades.items() if grade > 0],
        **own, "id": one_line(identity), "question": one_line(words), "judgments": grades,
        **{name: each for name, each in (rest if own else {**row, **rest}).items() if name not in corpora.NAMES | {"_id", "text", "metadata"}}})


def renamed(row: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    """A question of ours with its gold documents by the names that they have here."""
    def name(was: Any) -> Any:
        return files.get(id_of(was), was) if isinstance(was, str) else was

    changed: dict[str, Any] = {}
    if isinstance(documents := row.get("gold_docs"), list):
        changed["gold_docs"] = [name(each) for each in documents]
    if isinstance(spans := row.get("gold_spans"), list):
        changed["gold_spans"] = [each | {"doc": name(each.get("doc"))} if isinstance(each, dict) else each for each in spans]
    return row | changed


def save(folder: Path, documents: Sequence[Document], questions: Iterable[Question]) -> tuple[str, ...]:
    """Write documents, questions and judgments into a folder; gives the ids of the questions that it cannot say: no document
    is known to be of use for them."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    by_file: dict[str, list[Document]] = {}
    for document in documents:
        by_file.setdefault(document.source, []).append(document)
    write(folder / "corpus.jsonl", (written(name, some) for name, some in by_file.items()))
    queries: list[dict[str, Any]] = []
    lines: dict[str, list[str]] = {}
    unsaid = []
    for each in questions:
        grades = dict(each.judgments) or dict.fromkeys(each.gold_documents, 1)
        if not grades:
            unsaid.append(each.id)
            continue
        rest = {name: value for name, value in corpora.row(each).items() if name not in ("id", "question", "judgments")}
        queries.append({"_id": each.id, "text": each.text, "metadata": rest})
        split = each.split if re.fullmatch(r"[\w-]{1,40}", each.split) else "test"
        lines.setdefault(split, []).extend(f"{each.id}\t{id_of(name)}\t{grade}" for name, grade in grades.items())
    write(folder / "queries.jsonl", queries)
    for split, rows in lines.items():
        (folder / "qrels" / f"{split}.tsv").write_text("\n".join(["\t".join(HEADER), *rows]) + "\n", encoding="utf-8")
    return tuple(unsaid)


def written(name: str, documents: Sequence[Document]) -> dict[str, str]:
    """A file as a document of BEIR."""
    text = "\n\n".join(document.text for document in documents)
    title = documents[0].title
    heading = f"# {title}\n\n"
    return {"_id": id_of(name), "title": title if text.startswith(heading) else "", "text": text.removeprefix(heading)}


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Rows as JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
