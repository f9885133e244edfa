"""Fill in where the gold spans of the sample questions stand in the text as it is read.

    python -m scripts.locate_spans

To be run after a change of the readers or of a sample document; tests/test_corpora.py fails until then.
A span is found by its text, line breaks of the document counting as spaces. A file may give several
documents (a mailbox its messages, a workbook its sheets): the places are counted in the one that holds
the span, and its title stands beside them.
"""

import json
import re
from pathlib import Path

from workbench.corpora import SAMPLES, samples
from workbench.reading import read


def main() -> None:
    for corpus in samples():
        path = SAMPLES / corpus / "questions.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            row["gold_spans"] = [located(SAMPLES / corpus / "documents" / span["doc"], span["text"]) for span in row["gold_spans"]]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def located(file: Path, wanted: str) -> dict:
    """The span of `wanted` in the one document of a file that holds it, once."""
    documents, _ = read(file.read_bytes(), file.name, "")
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    matches = [(document, match) for document in documents for match in pattern.finditer(document.text)]
    if len(matches) != 1:
        raise SystemExit(f"{file.name}: {len(matches)} places for {wanted!r}")
    ((document, match),) = matches
    span = {"doc": file.name, "start": match.start(), "end": match.end(), "text": match[0]}
    return span | {"title": document.title} if len(documents) > 1 else span


if __name__ == "__main__":
    main()
