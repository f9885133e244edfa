"""What a summary is made of and checked by: sentences with their places, what was found wrong, what was found by code."""

from dataclasses import dataclass, field
from typing import Literal

from workbench.nouns import WINDOW, Document, Form, Lang, Remark, Written

# What may be wrong with a sentence of a summary beside its source.
# number: a number, amount, day or time that stands nowhere · unit: the number stands there with another unit ·
# name: a name, address or code that stands nowhere · copy: too little of the wording stands there ·
# negation: the nearest sentence denies it and this one does not, or the reverse · bound: its numbers and names stand
# in no one sentence together · language: written in another language than the source · echo: repeats what the model was
# told · loop: says the same again and again · empty: says nothing.
Flaw = Literal["number", "unit", "name", "copy", "negation", "bound", "language", "echo", "loop", "empty"]
ParticularKind = Literal["sender", "date", "amount", "deadline", "attachment", "question", "request"]
Length = Literal["line", "bullets", "paragraph"]
# How a summary is made. whole: the text fits the window, one call · extract: its best sentences do, one call · question:
# those that speak of a question, one call · tree: parts of it, and then what was written of them · extractive: no model.
Mode = Literal["whole", "extract", "question", "tree", "extractive"]
By = Literal["model", "extractive"]


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


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be summarized: documents and the sentences they say themselves, in their order.

    `read` of `total` messages or documents were; the remarks say why not all of them. `mails`: whether they are
    messages. `attached` documents were not asked for. By the ids of the documents: `speakers`, who
    wrote them.
    """

    documents: tuple[Document, ...]
    lines: tuple[Line, ...]
    read: int
    total: int
    remarks: tuple[Remark, ...] = ()
    mails: bool = False
    attached: tuple[Document, ...] = ()
    speakers: dict[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many attached documents are not summarized."""
        return len(self.attached)

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the documents by their ids."""
        return {each.id: each.text for each in self.documents}


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked of a summary. `lang` None: that of the source. `sentences` 0: as many as the length has.
    `concise`: in as few words as can be."""

    length: Length = "paragraph"
    question: str = ""
    window: int = WINDOW
    lang: Lang | None = None
    model: str = ""
    form: Form = "auto"
    concise: bool = False
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a summary will take, before any of it is written.

    `calls` of the model on every level, the lowest first; at most `again` short ones more, for sentences that have to be
    written anew; `kept` of them are there from a run that was ended. `groups`: places of the source's lines that each call of the
    lowest level reads. `tokens` are those of all lines by the model's tokenizer, `largest` those of the largest prompt;
    the summary has at most `reply`, what is written of a part `part_reply`. `seconds` is what it will take on this computer,
    None where no model writes. `why`: the reason why none does. `skipped` lines are read by code alone. `beside`: the reply is
    written in room of its own and takes none of the window. `shared` of `prompt_tokens` are instructions that are read once for
    all calls. `estimated`: the model's tokenizer is on another computer, which is told nothing before the start; sizes and calls
    are counted then.
    """

    source: Source
    brief: Brief
    mode: Mode
    lang: Lang
    form: Written = "completion"
    calls: tuple[int, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    tokens: int = 0
    largest: int = 0
    prompt_tokens: int = 0
    reply: int = 0
    part_reply: int = 0
    kept: int = 0
    seconds: float | None = None
    why: Remark | None = None
    skipped: int = 0

    again: int = 0
    beside: bool = False
    shared: int = 0
    estimated: bool = False

    @property
    def largest_reply(self) -> int:
        """Tokens that the reply to the largest prompt has."""
        return self.part_reply if len(self.groups) > 1 else self.reply

    @property
    def total_calls(self) -> int:
        """Calls of all levels, each once."""
        return sum(self.calls)


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a summary as it is shown. `lines`: places of the source's lines it rests on, the nearest first.

    Where it is extractive because the model's sentence could not stay, that one is `instead`, and `why` says what was
    wrong: flaws, or `weaker` where the document's own sentence says more of it.
    """

    text: str
    by: By
    lines: tuple[int, ...] = ()
    copy: float = 1.0
    findings: tuple[Finding, ...] = ()
    instead: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sentence that was asked for a second time: what the model read, letter for letter, and wrote."""

    prompt: str
    text: str
    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the model. It read the lines, or what the steps `below` wrote (by their places among all steps), and
    wrote `text`; the points are what stayed of it. `again`: its sentences that were asked for a second time."""

    level: int
    read: tuple[int, ...]
    below: tuple[int, ...]
    text: str
    points: tuple[Point, ...]
    prompt_tokens: int
    reply_tokens: int
    prompt: str = ""
    again: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One way to write the same summary, measured: tokens written, seconds, and by code how good it is."""

    text: str
    reply_tokens: int
    seconds: float
    copy: float
    recall: float | None
    words: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished summary with all that explains it. `extractive` are places of the lines that make the summary without a
    model. `better`: which of both code finds better, None where they are the same. `versions`: the usual wording and the
    concise one, where both were asked for."""

    plan: Plan
    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    checks: Checks
    extractive: tuple[int, ...]
    extractive_checks: Checks
    particulars: tuple[Particular, ...] = ()
    better: By | None = None
    seconds: float = 0.0
    stopped: bool = False
    versions: tuple[Version, ...] = ()

    @property
    def text(self) -> str:
        """The summary as it is read: a line, bullets or a paragraph."""
        return joined([point.text for point in self.points], self.plan.brief.length)

    @property
    def extract(self) -> str:
        """The summary without a model."""
        return joined([self.plan.source.lines[place].text for place in self.extractive], self.plan.brief.length)

    @property
    def kept(self) -> float | None:
        """Share of the shown sentences that the model wrote, None where there are none."""
        return sum(point.by == "model" for point in self.points) / len(self.points) if self.points else None


@dataclass(frozen=True, slots=True)
class Headway:
    """How far a summary has come: calls done of all, sentences asked for again, seconds left where that is known; the
    summary itself with the last one."""

    done: int
    of: int
    again: int = 0
    seconds: float | None = None
    summary: Summary | None = None


def joined(sentences: list[str], length: Length) -> str:
    """Sentences as a text of that length."""
    flat = [" ".join(sentence.split()) for sentence in sentences]
    return "\n".join(f"- {sentence}" for sentence in flat) if length == "bullets" else " ".join(flat)
