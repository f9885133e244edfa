"""Which sentences a summary shows: the model's where code finds nothing wrong with them and they say as much as the
documents' own sentence in their place; else that one. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.faithfulness.source import content
from workbench.grounding import letters, spelled
from workbench.nouns import Lang
from workbench.nouns.summary import Finding, Length, Line, Point
from workbench.quantities import quantities, stands
from workbench.retrieval.sentences import sentences
from workbench.salience import rank, select

# A model's sentence stays where it is worth at least this share of the one in its place (train parts of `fewsum`).
WORTH = 1.0
WORTH_SHORTER = 0.6  # of one that it only shortens,
TELLING = 4  # words with a meaning of their own that a sentence has at least: “I love it.” says nothing of a product
IN_ORDER = 0.85  # and that has so many of its words in their order
NEGATORS = frozenset("not no never none nobody nothing neither nor cannot without hardly barely".split())
NOT_ONLY = re.compile(r"\bnot only\b|뿐(?:만)? ?아니라", re.IGNORECASE)
DENIES = re.compile(r"n['’]t\b|(?<![가-힣])(?:안|못) |[가-힣]지 ?(?:않|못|말)|없|아니")
SHORT = 8  # words from which a sentence is worth shortening; of Korean letters three times as many
MARK = re.compile(r"^\s*(?:[-–—*•·]|\(?\d{1,2}[.)])\s+")
SAME = 0.7  # share of words from which two sentences say the same


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that the model wrote, with what code found wrong."""

    text: str
    lines: tuple[int, ...]
    copy: float
    findings: tuple[Finding, ...]

    @property
    def fails(self) -> bool:
        """Whether it must not be shown unmarked."""
        return any(finding.fails for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of a summary in the making: the documents' own, and the model's in its place."""

    own: Point
    draft: Draft | None = None
    why: tuple[str, ...] = ()

    def kept(self) -> Point:
        """The draft, as a point."""
        assert self.draft
        return Point(self.draft.text, "model", self.draft.lines or self.own.lines, self.draft.copy, self.draft.findings)

    def fallback(self) -> Point:
        """The documents' own sentence, marked with what it stands for."""
        if self.draft is None:
            return self.own
        return Point(self.own.text, self.own.by, self.own.lines, self.own.copy, self.own.findings, self.draft.text, self.why)


def drafted(reply: str, length: Length, *, cut: bool) -> list[str]:
    """The sentences of a reply; the last one left out where the reply was `cut` in the middle of it."""
    if length == "bullets":
        found = [MARK.sub("", line).strip() for line in f"- {reply.strip()}".split("\n")]
        found = [re.sub(r"^[-–—*•]\s*", "", each) for each in found]
    elif length == "line":
        found = [" ".join(reply.split())]
    else:
        found = [" ".join(reply[start:end].split()) for start, end in sentences(reply)]
    found = [each for each in found if any(map(str.isalnum, each))]
    return found[:-1] if cut and len(found) > 1 else found


def worths(lines: Sequence[Line], texts: Sequence[str], lang: Lang, question: str = "") -> tuple[list[float], list[float]]:
    """How much every line says of all of them, and how much each of other texts does, by the same measure."""
    extra = [Line(f"\0{number}", 0, len(text), text) for number, text in enumerate(texts)]
    scores = rank([*lines, *extra], lang, question)
    return scores[: len(lines)], scores[len(lines) :]


def best(pool: Sequence[Point], scores: Sequence[float], count: int) -> list[int]:
    """Places of the points of a pool that make the summary, in their order: each says what the others do not."""
    lines = [Line(str(number), 0, len(point.text), point.text) for number, point in enumerate(pool)]
    return select(lines, scores, most=count)


def placed(own: Sequence[Point], scores: Sequence[float], drafts: Sequence[Draft], worth: Sequence[float], lang: Lang) -> list[Place]:
    """For each of the documents' own sentences the draft that is nearest to it, every draft once, and why it cannot stay
    where it cannot. A draft that says what an earlier one said is none."""
    free = [number for number, draft in enumerate(drafts)
            if not any(overlap(draft.text, other.text, lang) > SAME for other in drafts[:number])]
    near = sorted(
        ((overlap(point.text, drafts[number].text, lang), place, number) for place, point in enumerate(own) for number in free),
        key=lambda each: (-each[0], each[1], each[2]))
    taken: dict[int, int] = {}
    for likeness, place, number in near:
        if likeness > 0 and place not in taken and number not in taken.values():
            taken[place] = number
    for number in free:  # what is like none of them may still say more than one of them
        if number not in taken.values() and (left := [place for place in range(len(own)) if place not in taken]):
            taken[min(left, key=lambda place: scores[place])] = number
    taken = {place: number for place, number in taken.items() if plainly(drafts[number].text) != plainly(own[place].text)}
    return [
        Place(point, drafts[taken[place]], against(drafts[taken[place]], worth[taken[place]], WORTH * scores[place]))
        if place in taken else Place(point)
        for place, point in enumerate(own)]


def plainly(text: str) -> str:
    """A sentence by its letters alone: what the model only copied is the documents' own."""
    return re.sub(r"[\W_]+", "", text).casefold()


def against(draft: Draft, worth: float, least: float) -> tuple[str, ...]:
    """Why a draft cannot stay; nothing where it can."""
    flaws = tuple(dict.fromkeys(finding.code for finding in draft.findings if finding.fails))
    return flaws or (("weaker",) if worth < least or len(content(draft.text)) < TELLING else ())


def only_shorter(short: str, whole: str, lang: Lang) -> bool:
    """Whether one sentence leaves something out of another and does nothing else: its words stand there in their order,
    nearly all of them, all numbers and days are there, and what is denied stays so. A tiny model turns “worn in but not worn out” into “worn out”."""
    few, many = (list(letters(text)) if lang == "ko" else spelled(text) for text in (short, whole))
    if not few or len(few) >= len(many):
        return False
    kept = quantities(short)
    return (
        common(few, many) >= IN_ORDER * len(few) and denials(short) == denials(whole)
        and all(stands(each, kept) for each in quantities(whole)))


def denials(text: str) -> int:
    """How often something is denied in a sentence."""
    plain = NOT_ONLY.sub(" ", text)
    return sum(word in NEGATORS for word in re.findall(r"[a-z]+", plain.lower())) + len(DENIES.findall(plain))


def common(few: Sequence[str], many: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(many) + 1)
    for one in few:
        before = 0
        for place, other in enumerate(many, 1):
            before, row[place] = row[place], before + 1 if one == other else max(row[place], row[place - 1])
    return row[-1]


def worth_shortening(point: Point, lang: Lang) -> bool:
    """Whether a sentence of the documents is long enough to be said shorter."""
    return point.by == "extractive" and (len(letters(point.text)) >= 3 * SHORT if lang == "ko" else len(point.text.split()) >= SHORT)


def overlap(one: str, other: str, lang: Lang) -> float:
    """Share of words that two sentences have in common, of pairs of letters in Korean: Jaccard's, 0 to 1."""
    first, second = pieces(one, lang), pieces(other, lang)
    return len(first & second) / len(first | second) if first and second else 0.0


def pieces(text: str, lang: Lang) -> set[str]:
    """What two sentences are compared by."""
    if lang == "ko":
        spelling = letters(text)
        return {spelling[place : place + 2] for place in range(len(spelling) - 1)}
    return set(spelled(text))

