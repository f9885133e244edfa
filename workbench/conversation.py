"""Follow-up questions: seen as such and made to stand alone, by code. Pure.

A search sees one question at a time, so “And after five years?” has to bring along what it is about. A
small model rewrites questions badly (it answers them instead); what is missing nearly always stands in
the question before, and putting that in front is something a reader can check at a glance. Taken for a
follow-up though they stand alone: 23 of 1,190 XQuAD and 16 of 2,799 KorQuAD questions, none of the samples.
"""

import re
from collections.abc import Callable, Sequence

from workbench.languages import language
from workbench.nouns import Turn
from workbench.retrieval.lexical import ASKING, terms

LEADS = re.compile(  # begins by leaning on what came before
    r"(and|but|or|so|then|also|what about|how about|what if|why not|what else|who else|anything else|any other)\b"
    r"|그럼|그러면|그렇다면|그리고|그런데|그래도|근데|또\s|그\s|그건|그것|그거|그게|그걸|이건|이것|이거|거기|여기|그때|그곳|그분|그중|이때",
    re.IGNORECASE,
)
POINTS = re.compile(r"\b(that (time|case|period|date|day|year|amount|one)|those|these|the same|this one)\b"
                    r"|(?<!are )(?<!is )\b(that|this|there)\W*$|^(is|was|does|did|can|could|should|would|will) (that|this)\b", re.IGNORECASE)
# A pronoun, in lower case: IT is a department. It points back to an earlier question where this one has named nothing
# yet that it could stand for.
PRONOUN = re.compile(r"\b([Ii]t|[Ii]ts|[Tt]hey|them|[Tt]heir|theirs|[Hh]e|him|[Hh]is|[Ss]he|[Hh]ers?)\b")
ARTICLE = re.compile(r"\b(an?|the|my|our|your|every|each) \w", re.IGNORECASE)
NAME = re.compile(r"\W[A-Z]\w")
FEW_TERMS = 3
ASKS = re.compile(
    r"(who|whom|whose|what|when|where|which|how|why|is|are|was|were|do|does|did|can|could|may|might|will|would|shall|should|"
    r"has|have|had|must|list|name|tell|show|give|find|explain|count|summarize|i|we|my|our)\b",
    re.IGNORECASE,
)
SHORT_ENGLISH, SHORT_KOREAN = 4, 2  # words of a question that is no whole sentence: “After five years?”, “5년 차는요?”


def follows_up(question: str, turns: Sequence[Turn]) -> bool:
    """Whether the question needs the one before it."""
    if not turns:
        return False
    question = question.strip()
    words = re.findall(r"\w+", question)
    if LEADS.match(question) or len(words) < 2:
        return True
    if language(question) == "ko":
        return len(words) <= SHORT_KOREAN and re.search(r"(은|는|도|에|에서)\s*요?\s*\?*$", question) is not None
    pronoun = PRONOUN.search(question)
    if pronoun and not names_something(question[: pronoun.start()], ends=question[pronoun.end() :].strip(" ?.!") == ""):
        return True
    return POINTS.search(question) is not None or (len(words) <= SHORT_ENGLISH and not ASKS.match(question))


def names_something(before: str, *, ends: bool) -> bool:
    """Whether the words before a pronoun hold what it could stand for. One that `ends` the question rarely means a name
    beside it: “Can I pay Keel fees with it?”"""
    if ARTICLE.search(before) or (not ends and NAME.search(before)):
        return True
    return len([term for term in terms(before) if term not in ASKING]) > FEW_TERMS


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
