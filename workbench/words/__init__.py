"""Every word the workbench says to a person, in English and Korean, by key; one file a tab. `say` fills in the values.

What a model reads is not here but in prompts/.
"""

from string import Formatter

from workbench.nouns import Lang, Remark
from workbench.words import (
    ask,
    documents,
    errors,
    feedback,
    history,
    measure,
    models,
    page,
    questions,
    remarks,
    reply,
    runs,
    summarize,
)

PARTS = (errors, remarks, page, ask, documents, summarize, reply, feedback, questions, measure, runs, history, models)
WORDS: dict[str, tuple[str, str]] = {key: both for part in PARTS for key, both in part.WORDS.items()}


class Counting(Formatter):
    """Fields as `str.format` has them, and words that follow a count: of {calls:call|calls} the first stands for one."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" not in format_spec:
            return super().format_field(value, format_spec)
        one, several = format_spec.split("|")
        return one if str(value) == "1" else several


COUNTING = Counting()


def say(lang: Lang, key: str, **values: object) -> str:
    """The words for a key in a language, with the values filled in."""
    text = WORDS[key][1 if lang == "ko" else 0]
    return COUNTING.vformat(text, (), values) if values else text


def tell(lang: Lang, remark: Remark) -> str:
    """A remark as a sentence; one among its facts becomes a part of it."""
    kind = "error" if f"error.{remark.code}" in WORDS else "remark"
    facts = {name: tell(lang, fact) if isinstance(fact, Remark) else fact for name, fact in remark.facts.items()}
    return say(lang, f"{kind}.{remark.code}", **facts)
