"""Questions on their way in, under review, and what speaks against measuring with one."""

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.nouns import Question

# Whether a question is asked: made by code and not yet looked at, taken, put aside.
Review = Literal["proposed", "accepted", "dropped"]
# What a person says to a likeness: that it is one, that it is none, that the question is to be put aside.
Verdict = Literal["accept", "keep", "drop"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question that is kept with a corpus. `changed`: when a person, or an import, last said something of it, in seconds
    since the epoch; `original` is how it was before a person edited it."""

    question: Question
    state: Review
    changed: float
    original: Question | None = None


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
