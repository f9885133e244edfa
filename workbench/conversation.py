"""Follow-up questions: seen as such and made to stand alone, by code. Pure.

A search sees one question at a time, so “And after five years?” has to bring along what it is about. A
small model rewrites questions badly (it answers them instead); what is missing nearly always stands in
the question before, and putting that in front is something a reader can check at a glance.
"""

import re
from collections.abc import Callable, Sequence

from workbench.languages import language
from workbench.nouns import Turn
from workbench.retrieval.lexical import question_terms

FEW_TERMS = 2  # a question with so few terms of its own is about something said before
LEANS = {
    # Begins by leaning on what came before, or names it by a pronoun.
    "en": re.compile(
        r"^(and|but|or|so|then|also|what about|how about|what if|why not|what else|who else|anything else|any other)\b"
        r"|\b(it|its|they|them|their|theirs|he|him|she|hers?|those|these|the same|that one|this one)\b"
        r"|\b(that|this|there)\W*$|^(is|was|does|did|can|could|should|would|will) (that|this|there)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"^(그럼|그러면|그렇다면|그리고|그런데|그래도|근데|또|그\s|이\s|그건|그것|그거|그게|그걸|이건|이것|이거|거기|여기|그때|그곳|그분|그중|이때)"
        r"|(은|는|도)\s*요?\s*\?*$"
    ),
}


def follows_up(question: str, turns: Sequence[Turn]) -> bool:
    """Whether the question needs the one before it."""
    if not turns:
        return False
    return bool(LEANS[language(question)].search(question.strip())) or len(own_terms(question)) <= FEW_TERMS


def own_terms(question: str) -> list[str]:
    """What the question itself is about: English words, Korean words by their first two syllables."""
    if language(question) == "en":
        return question_terms(question)
    return [word for word in re.findall(r"\w{2,}", question) if question_terms(word)]


def standalone(question: str, turns: Sequence[Turn]) -> str:
    """The question with the one it leans on in front, itself where it stands alone. `turns` hold questions that
    already stand alone, so that a chain of follow-ups keeps its subject."""
    if not follows_up(question, turns):
        return question
    before = turns[-1].question
    # Of a chain, the first and the last link: what came between them is answered.
    subject = before.split("? ")[0] + "?" if "? " in before else before
    return f"{subject} {question}"


def fitting(turns: Sequence[Turn], room: int, measure: Callable[[Sequence[Turn]], int]) -> tuple[Turn, ...]:
    """The latest turns that take at most `room` tokens together; `measure` counts what they add to the prompt."""
    kept = tuple(turns)
    while kept and measure(kept) > room:
        kept = kept[1:]
    return kept
