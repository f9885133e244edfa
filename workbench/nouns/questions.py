"""Questions on their way in, under review, and what speaks against measuring with one."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from workbench.nouns import Question

# Whether a question is asked: made by code and not yet looked at, taken, put aside.
Review = Literal["proposed", "accepted", "dropped"]
STATES: tuple[Review, ...] = get_args(Review)
# What a person says to a finding: that it is so, that the question may stay all the same, that it is to be put aside.
Verdict = Literal["accept", "keep", "drop"]
# Where in the index a question gives itself away: its answer in the title, in the name of a file, or in a passage with hardly
# anything else; its own words in a passage.
Where = Literal["title", "name", "short_passage", "question"]
# How two questions are alike: the same, not to be told by code, the same words for something else.
Class = Literal["duplicate", "gray", "different"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question that is kept with a corpus. `changed`: when a person, or an import, last said something of it, in seconds
    since the epoch; `original` is how it was before a person edited it."""

    question: Question
    state: Review
    changed: float
    original: Question | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A question under review with the sentence that it is about. `start` and `end`: where its answer stands in that sentence,
    both 0 where it does not; `file`: where the sentence stands; `guessed`: the model that answered without any passage, empty
    where none is known to have."""

    reviewed: Reviewed
    sentence: str = ""
    start: int = 0
    end: int = 0
    file: str = ""
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class Alone:
    """A step of asking a model that reads nothing: replies there are and will be. `guessed`: ids of the questions it answered;
    `unread`: how many it was not asked, because it does not read their language or there is nothing to guess."""

    done: int
    total: int
    guessed: tuple[str, ...] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A document that comes with questions: the name of the file it becomes, and its text as it will be read."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file of questions holds. `repaired`: ids of questions of which a span was found elsewhere than it was said to be;
    `lost`: of those of which one stands nowhere; `left_out`: how many things could not be taken, by the reason."""

    texts: tuple[Text, ...]
    questions: tuple[Question, ...]
    repaired: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """What there is to tell of it."""
        return {
            "questions": len(self.questions), "documents": len(self.texts), "repaired": len(self.repaired),
            "lost": list(self.lost), "left_out": self.left_out}


@dataclass(frozen=True, slots=True)
class Leak:
    """A question (id) that the index gives away: where, in which file, and what stands there. `verdict` with who gave it and
    when, empty where nobody did."""

    question: str
    where: Where
    file: str
    text: str
    verdict: Verdict | None = None
    reviewer: str = ""
    judged: float = 0.0

    @property
    def other(self) -> str:
        """What a verdict is kept under, beside the question."""
        return f"{self.where}:{self.file}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question (id) and what is like it: another question (its id), or a question that stands in a document (`file`).

    `similarity` is a cosine, or where the embedder does not read the language the share of syllable pairs that both have;
    `overlap` the share of terms that both have.
    """

    question: str
    other: str
    text: str
    similarity: float
    overlap: float
    kind: Class
    file: str = ""
    verdict: Verdict | None = None
    reviewer: str = ""
    judged: float = 0.0


@dataclass(frozen=True, slots=True)
class Gate:
    """What speaks against measuring with some questions (ids), everything that was found."""

    questions: tuple[str, ...]
    leaks: tuple[Leak, ...] = ()
    likenesses: tuple[Likeness, ...] = ()

    @property
    def reasons(self) -> dict[str, tuple[str, ...]]:
        """What speaks against each question that something speaks against, in their order: where the index gives it away,
        `duplicate`, or `gray` where nobody has said whether it is one."""
        found: dict[str, dict[str, None]] = {each: {} for each in self.questions}
        for leak in self.leaks:
            if leak.verdict != "keep":
                found[leak.question][leak.where] = None
        for each in self.likenesses:
            if each.verdict in ("accept", "drop") or (each.kind == "duplicate" and each.verdict is None):
                found[each.question]["duplicate"] = None
            elif each.kind == "gray" and each.verdict is None:
                found[each.question]["gray"] = None
        return {question: tuple(some) for question, some in found.items() if some}

    @property
    def flagged(self) -> frozenset[str]:
        """Questions that give nothing to measure: leaked, or there twice. Of two that are the same the first stays."""
        return frozenset(question for question, some in self.reasons.items() if set(some) != {"gray"})

    @property
    def gray(self) -> frozenset[str]:
        """Questions that a person has to look at, and nobody did."""
        return frozenset(self.reasons) - self.flagged

    @property
    def clean(self) -> tuple[str, ...]:
        """The rest, in their order."""
        against = self.reasons
        return tuple(each for each in self.questions if each not in against)
