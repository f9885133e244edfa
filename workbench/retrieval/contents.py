"""All that the store holds of a corpus, row by row as one moment has it, to be carried elsewhere.

A row is an object of plain values. Files that are in come first, in the order of their documents; of one that is still on
its way there is only what was received.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator

Rows = Callable[..., Iterator[tuple]]  # Store.view

IN = "state IN ('ready', 'duplicate')"


def corpus(rows: Rows, name: str) -> dict | None:
    """What there is to say of a corpus as such, None where there is none."""
    return next(({"name": name, "created": created, "size": size, "overlap": overlap}
                 for created, size, overlap in rows("SELECT created, size, overlap FROM corpora WHERE name = ?", name)), None)


def files(rows: Rows, name: str) -> Iterator[dict]:
    """Every file."""
    for source, digest, size, state, remarks, by_row, tokens, seconds, added in rows(f"""
            SELECT name, sha256, size, state, remarks, by_row, tokens, seconds, added FROM files
            WHERE corpus = ? AND state <> 'deleting'
            ORDER BY NOT {IN}, (SELECT min(key) FROM documents WHERE file = files.id AND {IN}), id""", name):
        yield {
            "name": source, "sha256": digest, "size": size,
            "state": state if state in ("ready", "duplicate", "failed") else "received",
            "remarks": json.loads(remarks), "by_row": bool(by_row), "tokens": tokens, "seconds": seconds, "added": added}


def originals(rows: Rows, name: str) -> Iterator[tuple[str, bytes]]:
    """(SHA-256, bytes) of every original, each once."""
    yield from rows("""
        SELECT sha256, data FROM blobs WHERE sha256 IN (SELECT sha256 FROM files WHERE corpus = ? AND state <> 'deleting')
        ORDER BY sha256""", name)


def documents(rows: Rows, name: str) -> Iterator[dict]:
    """Every document of the files that are in; one whose text stands in another file has none of its own."""
    for source, identity, title, text, kind, lang, pages, date, parent, asides, original in rows(f"""
            SELECT files.name, documents.id, title, text, kind, lang, pages, date, parent, asides, duplicate_of
            FROM documents CROSS JOIN files ON files.id = documents.file WHERE corpus = ? AND {IN}
            ORDER BY documents.key""", name):
        yield {
            "file": source, "id": identity, "title": title, "text": text, "kind": kind, "lang": lang,
            "pages": json.loads(pages), "date": date, "parent": parent, "asides": json.loads(asides), "duplicate_of": original}


def chunks(rows: Rows, name: str) -> Iterator[dict]:
    """Every chunk in the order of the documents; vectors as base64 of float32, least significant byte first."""
    for document, identity, start, stop, vector in rows(f"""
            SELECT documents.id, chunks.id, start, stop, vector FROM documents
            CROSS JOIN files ON files.id = documents.file CROSS JOIN chunks ON chunks.document = documents.key
            WHERE corpus = ? AND {IN} ORDER BY documents.key, start""", name):
        yield {
            "document": document, "id": identity, "start": start, "end": stop,
            "vector": b64encode(vector).decode() if vector is not None else None}


def questions(rows: Rows, name: str) -> Iterator[dict]:
    """Every question in the order they came, with its state."""
    for line, file, state, changed, original in rows(
            "SELECT line, file, state, changed, original FROM questions WHERE corpus = ? ORDER BY key", name):
        yield {
            "line": json.loads(line), "file": file, "state": state, "changed": changed,
            "original": json.loads(original) if original else None}


def verdicts(rows: Rows, name: str) -> Iterator[dict]:
    """Everything a person said of a likeness."""
    for question, other, verdict, reviewer, judged in rows(
            "SELECT question, other, verdict, reviewer, judged FROM verdicts WHERE corpus = ? ORDER BY question, other", name):
        yield {"question": question, "other": other, "verdict": verdict, "reviewer": reviewer, "judged": judged}
