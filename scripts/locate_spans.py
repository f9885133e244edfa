"""Fill in where the gold spans of the sample questions stand in the text as it is read.

    python -m scripts.locate_spans

To be run after a change of the readers or of a sample document; tests/test_corpora.py fails until then.
A span is found by its text, line breaks of the document counting as spaces.
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
    """The span of `wanted` in the one document of a file."""
    (document,), _ = read(file.read_bytes(), file.name, "")
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    matches = list(re.finditer(pattern, document.text))
    if len(matches) != 1:
        raise SystemExit(f"{file.name}: {len(matches)} places for {wanted!r}")
    start, end = matches[0].span()
    return {"doc": file.name, "start": start, "end": end, "text": document.text[start:end]}


if __name__ == "__main__":
    main()
