"""The draft of a reply, in parts: what each answers, and where its words stand."""

from dataclasses import dataclass
from typing import Literal

from workbench.nouns import Lang, Relevance, Sentence
from workbench.nouns.summary import Particular

PartKind = Literal["greeting", "answer", "blank", "closing"]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the draft. An answer and a blank restate a `request`; an answer quotes the sentence `best`, number
    `number` of the sources; `relevance`: why a blank was left, None where documents were not asked (something is to be done)."""

    kind: PartKind
    text: str
    request: Particular | None = None
    best: Sentence | None = None
    number: int = 0
    relevance: Relevance | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply to be finished by a person. `to`: the address it answers, empty where none is known; `sources`: a line for
    every quoted document, in the order of their numbers."""

    to: str
    subject: str
    lang: Lang
    parts: tuple[Part, ...]
    sources: tuple[str, ...] = ()

    @property
    def blanks(self) -> int:
        """How many requests the documents do not answer."""
        return sum(part.kind == "blank" for part in self.parts)

    @property
    def text(self) -> str:
        """The whole draft."""
        return "\n\n".join([*(part.text for part in self.parts), *(["\n".join(self.sources)] if self.sources else [])])
