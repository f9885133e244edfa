"""What a summary is made of and checked by: sentences with their places, what was found wrong, what was found by code."""

from dataclasses import dataclass
from typing import Literal

# What may be wrong with a sentence of a summary beside its source.
# number: a number, amount, day or time that stands nowhere · unit: the number stands there with another unit ·
# name: a name, address or code that stands nowhere · copy: too little of the wording stands there ·
# negation: the nearest sentence denies it and this one does not, or the reverse · bound: its numbers and names stand
# in no one sentence together · language: written in another language than the source · echo: repeats what the model was
# told · loop: says the same again and again · empty: says nothing.
Flaw = Literal["number", "unit", "name", "copy", "negation", "bound", "language", "echo", "loop", "empty"]
ParticularKind = Literal["sender", "date", "amount", "deadline", "attachment", "question", "request"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a source document: `document.text[start:end] == text`, `document` being its id."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a sentence of a summary: `sentence[start:end] == text` are the words at fault, all of them
    where it is the whole. `fails`: the sentence must not be shown unmarked; else it is a warning."""

    code: Flaw
    text: str
    start: int
    end: int
    fails: bool


def finding(code: Flaw, text: str, start: int, end: int, *, fails: bool = True) -> Finding:
    """A finding at a place of a sentence."""
    return Finding(code, text[start:end], start, end, fails)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a summary beside its source: `summary[start:end] == text`.

    `copy`: share of its word trigrams (Korean: of its letters' 4-grams) that stand in the source, 0 to 1; `line`: place
    of the source sentence nearest to it, None where none is near. Places of the findings count from the sentence's start.
    """

    text: str
    start: int
    end: int
    copy: float
    line: int | None
    findings: tuple[Finding, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether it must be written again or replaced."""
        return any(finding.fails for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Particular:
    """What code found in a document, with its place: `document.text[start:end] == text` for the document of `line`.

    `value`: the canonical form (ISO day, `1500 KRW`, a mail address). `by`: who wrote the message. `counted_from`: the ISO
    day that a relative day was counted from, the message's own; empty where the day is absolute. `open` holds for
    questions and requests: no later message of another sender speaks of it as far as code can see; `answer`: the
    sentence that does.
    """

    kind: ParticularKind
    text: str
    start: int
    end: int
    line: Line
    value: str = ""
    by: str = ""
    counted_from: str = ""
    open: bool = False
    answer: Line | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """A summary beside its source. `repeated`: share of its word 4-grams that were there before (0 to 1); `dropped`: the
    particulars of the source that the summary does not have, of `particulars` in all."""

    sentences: tuple[Checked, ...]
    findings: tuple[Finding, ...] = ()
    repeated: float = 0.0
    dropped: tuple[Particular, ...] = ()
    particulars: int = 0

    @property
    def fails(self) -> bool:
        """Whether anything in it must not be shown unmarked."""
        return any(finding.fails for finding in self.findings) or any(sentence.fails for sentence in self.sentences)

    @property
    def recall(self) -> float | None:
        """Share of the source's particulars that the summary has, None where there are none."""
        return 1 - len(self.dropped) / self.particulars if self.particulars else None
