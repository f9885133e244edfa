"""A fact as an English question. Pure.

Where the verb that can stand in front is known (is, may, must, …) the question is asked in the usual order, with the answer's
phrase first; else the asking word stands where the answer stood, as in a quiz; a name is a blank to fill in.
"""

import re

from workbench.grounding import FUNCTION
from workbench.measure.making.facts import DETERMINER, Fact

AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|can|could|may|might|must|should)\b(?!n['’]t)")
SUBORDINATE = re.compile(
    r"^(?:if|when|whenever|after|before|once|since|while|because|although|though|unless|until|as|for|at|in|on|by|with|from|during|under"
    r"|within|between|without|to|every time|there)\b", re.IGNORECASE)
CLAUSE = re.compile(r"\b(?:that|which|who|whom|whose|where|when|if|because|and|or|but)\b|[,;:()–—\"“]")
BREAK = re.compile(r"; |: | [–—-] |, (?:but|and|so|which|who|because|while|whereas|as|not|where|since)\b"
    r"| and (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b")  # another thing that is said of the same
PREPOSITION = re.compile(
    r"(?:^|\s)((?:(?:up to|at least|at most|no more than|more than|less than|fewer than|only|about|around|over|above|below|within|exactly"
    r"|for|of|at|by|on|in|from|after|before|until|to|with|since|under|per|every|than) )+)$", re.IGNORECASE)
FREE = re.compile(  # what follows a day or a time that nothing else hangs on
    r"\W*$|[,;:.)]| (?:and|or|to|until|till|for|at|in|on|of|by|with|from|as|when|while|because|but|so|if|unless|is|are|was|were|has|had|have"
    r"|will|can|may|must|should|at|after|before|under|over|during|through|which|who|that|where|he|she|it|they|we|you)\b")
OF = re.compile(r" of [\w’' -]+?(?= (?:for|in|on|at|by|with|from|to|after|before|if|when|unless|and|or|without|is|are)\b|[^\w’' -]|$)")
ASKING = {
    "money": "how much", "share": "what percentage", "date": "what date", "month": "what month", "time": "what time", "year": "what year"}
UNITS = {
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "month": "months", "year": "years",
    "kg": "kilograms", "g": "grams", "km": "kilometers", "m": "meters", "cm": "centimeters", "mm": "millimeters", "l": "liters",
    "ml": "milliliters", "degree": "degrees", "GB": "gigabytes"}


def question(fact: Fact, lowered: frozenset[str] = frozenset()) -> str:
    """The question. `lowered`: words that the corpus writes with a small letter, so that they may be written so when they no
    longer begin the sentence."""
    if fact.sort == "cell":
        key, row = fact.key
        return f"In “{fact.document.title}”, what is “{fact.column}” where “{key}” is “{row}”?"
    before, after = fact.before, fact.after
    asked = asking(fact)
    if not asked or (after[:1].isalpha() or after.startswith("-")):
        return f"Fill in the blank: “{before}____{after}”"
    if stop := BREAK.search(after):
        after = after[: stop.start()]
    after = re.sub(r"[.!]?[\"”’')]*$", "", after) if after.count("(") == after.count(")") else re.sub(r"[.!]$", "", after)
    if not before.strip():
        return f"{asked[0].upper()}{asked[1:]}{after}?"
    return fronted(before, asked, after, lowered) or f"{before}{asked}{after}?"


def asking(fact: Fact) -> str:
    """The words that stand for the answer in a question, empty where none can stand there."""
    if DETERMINER.search(fact.before) or (fact.sort == "measure" and "-" in fact.answer):
        return ""
    if fact.sort in ("date", "month", "year", "time"):
        return ASKING[fact.sort] if PREPOSITION.search(fact.before) and FREE.match(fact.after) else ""
    if fact.sort == "measure":
        return f"how many {UNITS.get(fact.noun, fact.noun)}"
    return "how many" if fact.sort == "count" else ASKING.get(fact.sort, "")


def fronted(before: str, asked: str, after: str, lowered: frozenset[str]) -> str:
    """The question with what is asked first and the verb before its subject, empty where that order is not sure."""
    verb = AUXILIARY.search(before)
    if verb is None or SUBORDINATE.match(before):
        return ""
    subject, rest = before[: verb.start()].strip(), before[verb.end() :]
    if not 1 <= len(subject.split()) <= 8 or CLAUSE.search(subject) or CLAUSE.search(rest.replace(" or ", " ").replace(" and ", " ")):
        return ""
    lead = PREPOSITION.search(rest)
    phrase = lead[1] if lead else ""
    noun, tail = "", after
    if asked == "how many" and (counted := re.match(r"((?: [a-z-]+){1,3}?s\b| people\b)", after)):
        noun, tail = counted[1], after[counted.end() :]
    if belonging := OF.match(tail):
        noun, tail = f"{noun}{belonging[0]}", tail[belonging.end() :]
    rest = (rest[: lead.start()] if lead else rest).rstrip()
    first = subject.split()[0]
    if first.lower() in FUNCTION or (first.lower() in lowered and not first.isupper()):
        subject = f"{first.lower()}{subject[len(first):]}"
    elif first.isalpha() and not first.isupper() and len(subject.split()) == 1:
        return ""  # a name, or a word that only ever begins a sentence
    opened = f"{phrase}{asked}{noun}"
    return f"{opened[0].upper()}{opened[1:]} {verb[1]} {subject}{rest}{tail}?"
