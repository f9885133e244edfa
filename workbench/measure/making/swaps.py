"""Something else of the same kind: another number written in the same way, another name. Pure.

A false answer in the place of the right one makes a passage that says something false (Longpre et al. 2021, entity substitution);
a swapped name or number in a question makes one that nothing answers (as in SQuAD 2.0, Rajpurkar et al. 2018).
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from workbench.measure.making.korean import PARTICLE, josa
from workbench.nouns import Counterfactual, Question
from workbench.quantities import (
    ENGLISH,
    MONTHS,
    NATIVE,
    NATIVE_DAYS,
    NATIVE_TENS,
    ORDINALS,
    Quantity,
    matches,
    quantities,
)
from workbench.scoring import holds, is_amount, korean, normal

FACTORS = (0.5, 0.6, 0.7, 1.3, 1.4, 1.6, 1.8)  # far enough to be another number, near enough to be one of the kind
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MONTH_NAMES = tuple(max((name for name in MONTHS if MONTHS[name] == number), key=len) for number in range(1, 13))
SHORT_MONTHS = tuple(min((name for name in MONTHS if MONTHS[name] == number), key=len) for number in range(1, 13))
ORDINAL = re.compile(r"(\d+)(st|nd|rd|th)\b")
# Words of number by which another of the same family can stand.
FAMILIES = (
    tuple(word for word in ENGLISH if 2 < ENGLISH[word] < 20), tuple(word for word in ENGLISH if ENGLISH[word] >= 20),
    tuple(word for word in ORDINALS if ORDINALS[word] > 2), ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"),
    tuple(NATIVE)[2:9], tuple(NATIVE_TENS)[:9], tuple(NATIVE_DAYS)[1:9], MONTH_NAMES, SHORT_MONTHS)
ASKED_FOR = re.compile(
    r"\b(?:who|whom|whose|where|when|why|how(?: \w+)?|(?:which|what)(?: (?!is\b|was\b|are\b|were\b|did\b|does\b|do\b)\w+)?)\b"
    r"|누구|누가|어디|언제|왜|(?:어느|어떤|무슨|몇) \S{1,4}|무엇|뭐", re.IGNORECASE)
SPAN_OF_YEARS = range(1000, 2100)


def pick(choices: Iterable[str], salt: str) -> str:
    """One of some, always the same for a salt; empty where there are none."""
    return min(choices, key=lambda each: sha256(f"{salt}\0{each}".encode()).digest(), default="")


def altered(text: str, salt: str) -> str:
    """A number, day or time that is written as this one and is another; empty where none can be made."""
    known = quantities(text)
    for attempt in range(8):
        made = rewritten(text, f"{salt}{attempt}", known[0] if known else None)
        if made != text and not same_amount(made, text):
            return made
    return ""


def rewritten(text: str, salt: str, quantity: Quantity | None) -> str:
    """The text with another number in it: of a day the day or, where it has none, the month; else its first number."""
    if quantity and quantity.kind == "date":
        numbers = list(DIGITS.finditer(text))
        if quantity.value[2] is not None:
            wanted = next((match for match in reversed(numbers) if int(match[0]) == quantity.value[2]), None)
            return replaced(text, wanted, pick(map(str, range(1, 29)), salt)) if wanted else text
        wanted = next((match for match in reversed(numbers) if int(match[0]) == quantity.value[1]), None)
        return replaced(text, wanted, pick(map(str, range(1, 13)), salt)) if wanted else in_words(text, salt)
    match = DIGITS.search(text)
    if match is None:
        return in_words(text, salt)
    if (ordinal := ORDINAL.match(text, match.start())) and int(ordinal[1]) < 32:
        number = pick(map(str, range(4, 21)), salt)
        return f"{text[: ordinal.start()]}{number}th{text[ordinal.end():]}"
    if quantity and quantity.kind == "time":
        hour = int(match[0])
        return replaced(text, match, pick((str(each) for each in (range(1, 13) if hour <= 12 else range(13, 24))), salt))
    return replaced(text, match, another(match[0], salt))


def replaced(text: str, match: re.Match[str], number: str) -> str:
    """The text with a number in the place of another, as wide as that where it has leading zeros."""
    return f"{text[: match.start()]}{number.zfill(len(match[0])) if match[0].startswith('0') else number}{text[match.end():]}"


def another(number: str, salt: str) -> str:
    """Another number with as many decimals, and commas where this one has some."""
    whole, point, decimals = number.replace(",", "").partition(".")
    value = float(f"{whole}.{decimals or 0}")
    if not point and len(number) == 4 and int(value) in SPAN_OF_YEARS:
        return str(int(value) + int(pick((str(each) for each in (-7, -4, -3, -2, 2, 3, 4, 6)), salt)))
    if not point and value < 10:
        return pick((str(each) for each in range(2, 10) if each != value), salt)
    round_to = 10 ** max(0, len(whole) - 2) if not point and whole.endswith("0") else 1
    scaled = value * float(pick(map(str, FACTORS), salt))
    made = f"{scaled:.{len(decimals)}f}" if point else str(round(scaled / round_to) * round_to)
    return f"{int(made):,}" if "," in number and not point else made


def in_words(text: str, salt: str) -> str:
    """The text with another word of number, or month, in the place of the first one."""
    for match in re.finditer(r"[A-Za-z]+|[가-힣]+", text):
        for family in FAMILIES:
            word = next((each for each in family if match[0].lower() == each.lower() or (korean(each) and match[0].startswith(each))), "")
            if word:
                other = pick((each for each in family if each != word), salt)
                other = other.capitalize() if match[0][0].isupper() else other
                return f"{text[: match.start()]}{other}{text[match.start() + len(word):]}"
    return text


def same_amount(one: str, other: str) -> bool:
    """Whether two texts give the same quantities, or none."""
    first, second = quantities(one), quantities(other)
    return len(first) != len(second) or not first or all(matches(a, b) for a, b in zip(first, second, strict=True))


def counterfactual(question: Question, passage: str, others: Iterable[Question] = ()) -> Counterfactual | None:
    """The passage with something else of the kind wherever the answer stands; None where the answer does not stand there, or
    there is nothing else. `others`: questions whose answers may stand in the place of this one's."""
    if not question.answers or question.kind in ("yesno", "long", "unanswerable"):
        return None
    answer = next((each for each in question.answers if each in passage), "")
    if not answer:
        return None
    fake = altered(answer, question.id) if is_amount(answer) else pick(alike(answer, question, passage, others), question.id)
    if not fake:
        return None
    text = swapped(passage, answer, fake)
    if is_amount(answer):
        text = without_equals(text, answer, fake)
    if any(holds(text, each) for each in question.answers) or not holds(text, fake):
        return None
    return Counterfactual(fake, text)


def alike(answer: str, question: Question, passage: str, others: Iterable[Question]) -> list[str]:
    """Answers to the others that could stand in the place of one: in the same script, about as long, a name for a name, and
    neither in the passage nor in the question; those to questions that ask for the same, where there are any."""
    def shape(text: str) -> tuple[bool, bool, int]:
        return korean(text), text[:1].isupper(), min(len(text.split()), 4)

    known = {normal(each) for each in question.answers}
    found = {
        each: asked_for(other.text) for other in others for each in other.answers[:1]
        if shape(each) == shape(answer) and not is_amount(each) and normal(each) not in known
        and not holds(passage, each) and not holds(question.text, each) and not any(normal(each) in own or own in normal(each) for own in known)}
    wanted = asked_for(question.text)
    return [each for each, kind in found.items() if kind == wanted] or list(found)


def asked_for(question: str) -> str:
    """What a question asks for, by its first such words: “who”, “where”, “what color”; empty where it has none."""
    match = ASKED_FOR.search(question)
    return match[0].lower() if match else ""


def swapped(text: str, old: str, new: str) -> str:
    """The text with new words wherever the old ones stand, Korean particles in keeping with their sound."""
    edge = r"(?<![^\W_가-힣])" if re.match(r"\w", old) and not korean(old[0]) else ""
    end = r"(?![^\W_가-힣])" if re.search(r"\w$", old) and not korean(old[-1]) else ""

    def put(match: re.Match[str]) -> str:
        return f"{new}{match[1] or ''}{josa(new, match[2])}" if match[2] else f"{new}{match[1] or ''}"

    return re.sub(rf"{edge}{re.escape(old)}{end}(['’”》>])?(?:{PARTICLE.pattern})?", put, text)


def without_equals(text: str, answer: str, fake: str) -> str:
    """The text with the false amount also where the right one is written in another way."""
    wanted = quantities(answer)
    for each in reversed(quantities(text)):
        if len(wanted) == 1 and each.unit == wanted[0].unit and matches(each, wanted[0]):
            text = f"{text[: each.start]}{fake}{text[each.end:]}"
    return text
