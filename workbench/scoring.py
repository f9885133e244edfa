"""Whether a reply gives a known answer, without a judge.

English as in SQuAD (Rajpurkar et al. 2016: no case, punctuation, articles; token F1), Korean as in KorQuAD
(Lim et al. 2019: F1 over characters), “contains” as in Mallen et al. 2023 with guards: it must stand at word
borders, a number as a whole number, a reply may have 40 words at most, and a bare yes or no never counts.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Literal
from unicodedata import category, normalize

from workbench.nouns import Question
from workbench.quantities import quantities, stands
from workbench.retrieval.lexical import ASKING, question_terms, terms
from workbench.retrieval.sentences import sentences

MOST_WORDS = 40  # of a reply that may be searched for an answer: longer ones hold it by chance
NUGGET_WORDS = 0.6  # share of a gold sentence's words that must stand in two sentences of a reply
NUGGETS = 0.5  # share of the gold sentences that a long answer must give
JOSA = re.compile(
    r"(?<=[가-힣\d)%])(?:이었습니다|였습니다|입니다|이에요|예요|이다|에서는|에게서|으로는|에서|에게|까지|부터|으로|처럼|보다|마다|이며|이고|"
    r"은|는|이|가|을|를|의|에|로|와|과|도|만|요|다)$"
)
PREFIX = re.compile(r"^\W*(?:the answer is|answer|a|short answer|정답|답변|답)\s*[:：]\s*|^\s*the answer is\s+", re.IGNORECASE)
ECHO = re.compile(
    r"^\W*(?:(?:question|context|passages?|text|document|q|질문|문서|본문|지문|문단)\s*[:：]"
    r"|answer each question|위의 글에)", re.IGNORECASE)
REFUSAL = re.compile(
    r"\b(?:I|we) (?:do not|don['’]t) (?:know|have)|\b(?:can ?not|can['’]t|could not|unable to) (?:be )?(?:answer|find|tell|determine)"
    r"|\b(?:not|n['’]t) (?:mentioned|stated|given|specified|provided|say|contain|known)|\bno (?:information|answer|mention)\b|\bunknown\b"
    r"|모르겠|모릅|모른|알 수 없|알 수가 없|찾을 수 없|정보가 없|정보는 없|나와 있지 않|나오지 않|언급되지 않|언급이 없",
    re.IGNORECASE,
)
YES = re.compile(r"^\W*(?:yes|yeah|yep|예|네|그렇)(?![가-힣A-Za-z])|^\W*그렇", re.IGNORECASE)
NO = re.compile(r"^\W*(?:no|nope|not|never|아니|아뇨)(?![A-Za-z])", re.IGNORECASE)
DENIES = re.compile(r"\b(?:not|cannot|never|no|without)\b|n['’]t\b|없|않|안 [되됩돼]|못|불가|금지|아닙|아니", re.IGNORECASE)
ALLOWS = re.compile(r"\b(?:may|can|is|are|does|do|will|allowed|possible|free)\b|수 있|가능|됩니다|된다|돼요|괜찮", re.IGNORECASE)
YES_OR_NO = frozenset({"yes", "no", "예", "네", "아니요", "아니오"})
# Words beside a number that belong to no other answer.
BESIDE = frozenset("a an the about after at least most within up to over under only than more less 약 안 이내 이상 이하 동안 까지".split())


def normal(text: str) -> str:
    """SQuAD's normal form: lower case, no punctuation of any script, no articles, single spaces."""
    text = "".join(
        character for character in normalize("NFC", text).lower()
        if character.isalnum() or (character not in string.punctuation and not category(character).startswith("P")))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact(reply: str, answers: Sequence[str]) -> bool:
    """Exact match after normalization."""
    return normal(reply) in {normal(answer) for answer in answers}


def exact_josa(reply: str, answers: Sequence[str]) -> bool:
    """Exact match that does not see the particle or ending at the end of a Korean reply or answer."""
    return bare(reply) in {bare(answer) for answer in answers}


def bare(text: str) -> str:
    """The normal form without spaces and without a trailing particle; left alone where nothing would remain."""
    words = normal(text)
    return (JOSA.sub("", words) or words).replace(" ", "") if korean(words) else words


def f1(reply: str, answers: Sequence[str]) -> float:
    """Token F1, the best over the answers; of characters where the answer is Korean (KorQuAD)."""
    return max((overlap(reply, answer) for answer in answers), default=0.0)


def overlap(reply: str, answer: str) -> float:
    """F1 of two texts, 0 to 1."""
    said, wanted = (list(normal(text).replace(" ", "")) if korean(answer) else normal(text).split() for text in (reply, answer))
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def content_f1(reply: str, answers: Sequence[str]) -> float:
    """F1 over content words, the best over the answers: of the lexical scores the one nearest to people's judgment of
    long answers (RAGChecker's human labels: Pearson 0.54 overall, token F1 0.52). Hangul counts by pairs of syllables."""
    return max((content_overlap(reply, answer) for answer in answers), default=0.0)


def content_overlap(reply: str, answer: str) -> float:
    """F1 of the content words of two texts, 0 to 1."""
    said, wanted = (Counter(term for term in terms(text) if term not in ASKING) for text in (reply, answer))
    common = (said & wanted).total()
    return 2 * common / (said.total() + wanted.total()) if common else 0.0


def contains(reply: str, answers: Sequence[str]) -> bool:
    """Whether an answer stands in the reply, with all guards."""
    return len(reply.split()) <= MOST_WORDS and any(holds(reply, answer) for answer in answers)


def holds(text: str, answer: str) -> bool:
    """Whether an answer stands in a text of any length: at word borders, a number as the number it is.
    Never for yes, no, or a single letter, which stand anywhere."""
    wanted = normal(answer)
    if not telling(answer):
        return False
    if is_amount(answer):
        known = quantities(text)
        return all(stands(each, known) for each in quantities(answer))
    said = normal(text)
    if not korean(wanted):
        return re.search(rf"(?<![^\W_가-힣]){re.escape(wanted)}(?![^\W_가-힣])", said) is not None
    return wanted in said or bare(answer) in said.replace(" ", "")


def telling(answer: str) -> bool:
    """Whether finding an answer in a text says anything."""
    wanted = normal(answer)
    return wanted not in YES_OR_NO and (len(wanted) > 1 or wanted.isdigit())


def is_amount(answer: str) -> bool:
    """Whether an answer is a number, a day or a time with at most a unit or two words of its own beside it."""
    found = quantities(answer)
    if not found:
        return False
    rest = answer
    for each in reversed(found):
        rest = rest[: each.start] + " " + rest[each.end :]
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word.lower() not in BESIDE]
    if korean(rest):
        spelled = any(korean(answer[each.start : each.end]) and each.value[0] != 1 for each in found)  # 네 번; 한 번 is as good as a word
        counters = spelled or re.findall(r"(?<=\d)\s?[가-힣]{1,2}", answer)  # 22병, 4.2 점
        return len(words) <= len(found) and all(len(word) <= 2 for word in words) and bool(counters or not words)
    return len(words) <= 2 and all(word.islower() for word in words)


def nuggets(reply: str, answer: str) -> float:
    """Share of the gold answer's sentences that stand in the reply: most of their words and all of their numbers
    in two sentences on end (0 to 1)."""
    said = [reply[start:end] for start, end in sentences(reply)] or [reply]
    windows = [" ".join(said[place : place + 2]) for place in range(len(said))]
    wanted = [answer[start:end] for start, end in sentences(answer)]
    given = [any(gives(window, sentence) for window in windows) for sentence in wanted]
    return sum(given) / len(given) if given else 0.0


def gives(window: str, sentence: str) -> bool:
    """Whether a window of a reply gives what a gold sentence says."""
    words = set(question_terms(sentence))
    known = quantities(window)
    share = len(words & set(terms(window))) / len(words) if words else 0.0
    return share >= NUGGET_WORDS and all(stands(each, known) for each in quantities(sentence))


def first_answer(reply: str) -> str:
    """The first line that says something, without a label in front: what follows is the model going on."""
    for line in reply.split("\n"):
        said = PREFIX.sub("", line).strip()
        if re.search(r"\w", said):
            return said
    return ""


def polarity(reply: str) -> Literal["yes", "no"] | None:
    """Yes or no, by the first word, else by whether the first sentence denies or allows; None where it does neither."""
    said = first_answer(reply)
    if YES.search(said):
        return "yes"
    if NO.search(said):
        return "no"
    first = said[slice(*next(iter(sentences(said)), (0, 0)))]
    if DENIES.search(first):
        return "no"
    return "yes" if ALLOWS.search(first) else None


def flags(reply: str) -> tuple[str, ...]:
    """What is odd about a reply: `empty`, `echo` (it repeats the prompt), `refusal` (it says it does not know)."""
    said = {
        "empty": not re.search(r"\w", reply),
        "echo": bool(ECHO.search(reply)),
        "refusal": bool(REFUSAL.search(first_answer(reply))),
    }
    return tuple(flag for flag, so in said.items() if so)


def right(reply: str, question: Question) -> bool:
    """Whether a reply gives one of the question's answers; one that says it does not know never does."""
    said = first_answer(reply)
    return len(said.split()) <= MOST_WORDS and "refusal" not in flags(reply) and tells(said, question)


def tells(text: str, question: Question) -> bool:
    """Whether one of the question's answers stands in a text of any length."""
    if not text or not question.answers:
        return False
    if is_yes_or_no(question):
        return polarity(text) == polarity(question.answers[0])
    if exact(text, question.answers) or exact_josa(text, question.answers):
        return True
    if question.kind == "long":
        return any(nuggets(text, answer) >= NUGGETS for answer in question.answers)
    return any(holds(text, answer) for answer in question.answers)


def is_yes_or_no(question: Question) -> bool:
    """Whether yes or no is asked."""
    return question.kind == "yesno" or (bool(question.answers) and {normal(answer) for answer in question.answers} <= YES_OR_NO)


def korean(text: str) -> bool:
    """Whether Hangul stands in it."""
    return bool(re.search("[가-힣]", text))
