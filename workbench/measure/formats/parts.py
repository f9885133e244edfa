"""What the formats share: bytes to text to lines, where something is wrong, and where an answer stands."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.errors import BadRequest, WorkbenchError
from workbench.languages import language
from workbench.nouns import Kind, Remark
from workbench.reading import BYTES, clean, names
from workbench.reading.text import decode
from workbench.retrieval.sentences import sentences
from workbench.scoring import YES_OR_NO, is_amount, normal

LONG = 15  # words, and 60 letters of Korean, from which an answer is a long one
SENTENCE = re.compile(r"(?:\S+\s+){3}\S.*[.!?]$")  # four words and a stop: nobody repeats that letter for letter
SUFFIXES = (".txt", ".md")


def content(path: Path) -> str:
    """The text of a file, unpacked where it is .gz. Raises BadRequest, CannotRead."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(BYTES + 1)
    except FileNotFoundError as error:
        raise BadRequest("import_no_file", name=path) from error
    except (OSError, EOFError) as error:
        raise BadRequest("import_unreadable", name=path.name, why=getattr(error, "strerror", None) or error) from error
    if len(data) > BYTES:
        raise BadRequest("import_large", name=path.name, most=BYTES // 1_000_000)
    return decode(data, path.name)


def value(text: str, name: str, place: Remark) -> Any:
    """What JSON says, surrogates and other characters that are none replaced. Raises BadRequest."""
    try:
        found = json.loads(text, parse_constant=not_json)
        return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        raise wrong(name, place, Remark("no_json", {"why": f"{error.msg}, {error.lineno}:{error.colno}"})) from error
    except (ValueError, RecursionError) as error:
        raise wrong(name, place, Remark("no_json", {"why": str(error)})) from error


def not_json(word: str) -> Any:
    """Python reads NaN and Infinity, which are none of JSON."""
    raise ValueError(word)


def lines(path: Path) -> Iterator[tuple[Remark, dict[str, Any]]]:
    """Every object of JSON lines with its place. Raises BadRequest, CannotRead."""
    for number, text in enumerate(content(path).split("\n"), 1):
        if text.strip():
            found = value(text, path.name, line(number))
            if not isinstance(found, dict):
                raise wrong(path.name, line(number), Remark("no_object", {}))
            yield line(number), found


def line(number: int) -> Remark:
    """A place, to be told."""
    return Remark("place_line", {"line": number})


def wrong(name: str, place: Remark, why: Remark | WorkbenchError) -> BadRequest:
    """That a file cannot be brought in, with where and why."""
    return BadRequest("import_wrong", name=name, place=place, why=why.remark if isinstance(why, WorkbenchError) else why)


def without_questions(name: str) -> BadRequest:
    """That there is no question in a file."""
    return wrong(name, Remark("place_file", {}), Remark("file_without_questions", {}))


def stem(path: Path) -> str:
    """A file's name without its endings, to name what has no name by."""
    return re.sub(r"(\.jsonl?|\.csv|\.tsv|\.gz)+$", "", names.line(path.name), flags=re.IGNORECASE)


def one_line(text: str) -> str:
    """A question or an answer as it is kept: cleaned as documents are, in one line."""
    return " ".join(clean(text).split())


def kind_of(answers: tuple[str, ...]) -> Kind:
    """What kind of question these answers answer."""
    if not answers:
        return "unanswerable"
    first = answers[0]
    if {normal(each) for each in answers} <= YES_OR_NO:
        return "yesno"
    if is_amount(first):
        return "number"
    long = len(first) > 4 * LONG if language(first) == "ko" else len(first.split()) > LONG
    return "long" if long or SENTENCE.search(first) or len(sentences(first)) > 1 else "short"


def file_name(name: str) -> str:
    """The name of the text file that a document becomes: its own where that is one of a text."""
    return names.shown(name if name.lower().endswith(SUFFIXES) else f"{name}.txt")


class Names:
    """Names for documents, each once; the same text has the same name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def of(self, text: str, name: str) -> str:
        """The name of a text: what it is called already, else the one given, numbered where another has it."""
        if text not in self.named:
            free, number = name, 1
            while free in self.texts:
                number += 1
                free = re.sub(r"(\.\w+)$", rf" ({number})\1", name)
            self.texts[free], self.named[text] = text, free
        return self.named[text]


def standing(text: str, answer: str, near: int) -> int | None:
    """Where an answer stands in a text: at a place, else the nearest one; None where it stands nowhere."""
    if text.startswith(answer, near) and answer:
        return near
    places = [match.start() for match in re.finditer(f"(?={re.escape(answer)})", text)] if answer else []
    return min(places, key=lambda place: abs(place - near), default=None)


def moved(raw: str, text: str, answer: str, start: int) -> int | None:
    """The place in a cleaned text of an answer that stands at `start` of the raw one: the same one of several."""
    if raw == text:
        return start
    before, after = ([match.start() for match in re.finditer(f"(?={re.escape(some)})", whole)]
                     for whole, some in ((raw, answer), (text, clean(answer))))
    return after[before.index(start)] if len(before) == len(after) else standing(text, clean(answer), start)
