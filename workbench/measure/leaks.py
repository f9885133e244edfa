"""What makes a measurement look better than it is: questions that the index gives away, and questions that are there twice.

A gold answer in a title, the name of a file or a passage with hardly anything else in it, a question's own words in a document:
retrieval then hands over the answer instead of evidence. (A public notebook on PopQA goes from 32.6 to 89.6 % so: its index holds
the answers.) Near duplicates among questions, and with questions that stand in documents, fall into the three classes of Lee et
al. 2023 (Platypus): duplicate, gray, similar but different. All pairs above the limit are told, not only the best of each, and
what a person says of one is kept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar, cast

import numpy as np

from workbench import questions as kept
from workbench.bench import Bench
from workbench.languages import language
from workbench.nouns import Document, Hit, Lang, Question
from workbench.nouns.questions import Class, Gate, Leak, Likeness, Verdict
from workbench.quantities import quantities, stands
from workbench.retrieval import questions as store
from workbench.retrieval.lexical import Vocabulary, question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.scoring import exact, holds, is_amount, normal, tells

CANDIDATES = 10  # passages, by BM25, in which a question's own words are looked for
TOP = 3  # of them whose documents are looked at where no gold document is known
SHORT = 12  # terms below which a passage has hardly anything in it but the answer
LETTERS: dict[Lang, int] = {"en": 12, "ko": 8}  # a question needs for its words to be its own
# Limits of likeness between questions. From the lower one a pair is told: at most 5 % of pairs lie above it that ask for
# different things, in the worst set: questions of one XQuAD or KorQuAD paragraph with different answers (other
# questions of ko_question_pair: 0.29). From the upper one it may be a duplicate.
COSINE: dict[tuple[str, Lang], tuple[float, float]] = {("all-MiniLM-L6-v2", "en"): (0.81, 0.95)}
WORDING = (0.34, 0.6)  # share of terms that both have, for languages that the embedder does not read, or was not calibrated for
OVERLAP = 0.8  # share of terms that duplicates have in common
DIFFERENT = 0.3  # F1 of the answers below which they differ
ASKS = re.compile(
    r"\?[\"'”’)*_]*$|(?:까|까요|나요|가요|는가|은가|인가|을까|ㄹ까)[.]?$"
    r"|^(?:what|who|when|where|why|how|which|whose|whom|is|are|was|were|does|do|did|can|may|must)\b[^.!]*$", re.IGNORECASE)
NUMBERED = re.compile(r" \(\d+\)$")  # a paragraph of an article, the part of a file
NUMBERS = re.compile(r"(?:[A-Za-z]+-?)?\d[\d.,-]*")  # and codes
AT_ONCE = 500  # questions compared with all others at a time

Finding = TypeVar("Finding", Leak, Likeness)


def gate(bench: Bench, corpus: str, questions: Sequence[Question]) -> Gate:
    """All that speaks against some questions in a corpus, with what people said of it. Raises NoSuchCorpus."""
    index = bench.corpus(corpus)
    files: dict[str, list[Document]] = {}
    for document in bench.store.documents(corpus, text=False):
        files.setdefault(document.source, []).append(document)
    found = {each.id: index.by_words(spoken(each), CANDIDATES) for each in questions}
    leaks = [leak for each in questions for leak in leaking(each, found[each.id], files)]
    alike = [*among(bench, questions), *in_documents(bench, questions, found)]
    said = {(question, other): (cast(Verdict, verdict), reviewer, judged)
            for question, other, verdict, reviewer, judged in store.verdicts(bench.store, corpus)}
    nobody: tuple[Verdict | None, str, float] = (None, "", 0.0)
    return Gate(
        tuple(each.id for each in questions),
        tuple(judged(each, *said.get((each.question, each.other), nobody)) for each in leaks),
        tuple(judged(each, *said.get((each.question, each.other), nobody)) for each in alike))


def judged(finding: Finding, verdict: Verdict | None, reviewer: str, when: float) -> Finding:
    """A finding with what a person said of it."""
    return replace(finding, verdict=verdict, reviewer=reviewer, judged=when)


def judge(bench: Bench, corpus: str, finding: Leak | Likeness, verdict: Verdict, reviewer: str = "") -> None:
    """Keep what a person says of a finding; a question that is dropped is put aside. Raises NoSuchCorpus."""
    store.give_verdict(bench.store, corpus, finding.question, finding.other, verdict, reviewer)
    if verdict == "drop":
        kept.judge(bench, corpus, [finding.question], "dropped")


def spoken(question: Question) -> str:
    """What of a question is compared: its words, and with multiple choice what is offered."""
    return " ".join([question.text, *question.choices])


# Given away by the index


def leaking(question: Question, hits: Sequence[Hit], files: dict[str, list[Document]]) -> Iterator[Leak]:
    """Where the index gives a question away."""
    telling = [answer for answer in question.answers if is_telling(answer)]
    names = [each for each in question.gold_documents if each in files] or list(dict.fromkeys(hit.source for hit in hits[:TOP]))
    for name in names if telling else ():
        spelled = NUMBERED.sub("", re.sub(r"\.\w+$", "", name)).replace("_", " ").replace("-", " ")
        if any(holds(spelled, answer) for answer in telling):
            yield Leak(question.id, "name", name, name)
        for title in dict.fromkeys(NUMBERED.sub("", each.title) for each in files[name]):
            if normal(title) not in normal(spelled) and any(holds(title, answer) for answer in telling):
                yield Leak(question.id, "title", name, title)
    words = squeezed(question.text)
    seen = set()
    for hit in hits:
        text = hit.chunk.text
        if telling and hit.source not in seen and len(terms(text)) < SHORT and any(holds(text, answer) for answer in telling):
            seen.add(hit.source)
            yield Leak(question.id, "short_passage", hit.source, text)
        if len(words) >= LETTERS[question.lang] and words.endswith("?") and words in squeezed(text):
            yield Leak(question.id, "question", hit.source, question.text)
            words = ""


def squeezed(text: str) -> str:
    """A text in small letters and single spaces. Its marks stay: a Korean statement may begin with all words of a question."""
    return " ".join(text.lower().split())


def is_telling(answer: str) -> bool:
    """Whether an answer cannot stand in a name by chance: a bare number of few digits, or two letters, can."""
    if is_amount(answer):
        return any(each.unit or each.kind != "number" or len(re.sub(r"\D", "", each.text)) > 3 for each in quantities(answer))
    return len(normal(answer)) > (1 if language(answer) == "ko" else 2)


# Alike


def among(bench: Bench, questions: Sequence[Question]) -> Iterator[Likeness]:
    """Every pair of questions that is alike, the later one first: of two that are the same the first one stays."""
    by_lang: dict[Lang, list[Question]] = {}
    for each in questions:
        by_lang.setdefault(each.lang, []).append(each)
    for lang, some in by_lang.items():
        texts = [spoken(each) for each in some]
        limits = COSINE.get((bench.embedder_name, lang))
        vectors = bench.embedder.embed(texts) if limits and len(some) > 1 else None
        for first, second, similarity, overlap in close(texts, vectors, (limits or WORDING)[0]):
            one, other = some[first], some[second]
            kind = sorted_out(
                similarity, overlap, limits or WORDING, equal=normal(texts[first]) == normal(texts[second]), same=agree(one, other), differ=differ(one, other))
            yield Likeness(other.id, one.id, one.text, similarity, overlap, kind)


def close(texts: Sequence[str], vectors: np.ndarray | None, least: float) -> Iterator[tuple[int, int, float, float]]:
    """(place, place, similarity, share of common terms) of every pair of texts from a similarity on: the cosine of their
    vectors where there are some, else that share."""
    held = (Vocabulary().count(" ".join(question_terms(each)) for each in texts) > 0).astype(np.int32)
    sizes = np.asarray(held.sum(axis=1)).ravel()
    for start in range(0, len(texts), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        shared = (held[some] @ held.T).toarray()
        overlaps = shared / np.maximum(1, sizes[some, None] + sizes[None, :] - shared)
        alike = vectors[some] @ vectors.T if vectors is not None else overlaps
        for row, column in np.argwhere(alike >= least).tolist():
            if start + row < column:
                yield start + row, column, min(1.0, float(alike[row, column])), float(overlaps[row, column])


def in_documents(bench: Bench, questions: Iterable[Question], found: dict[str, tuple[Hit, ...]]) -> Iterator[Likeness]:
    """Every question in a document that is like one of these; what only states the answer is evidence and no likeness."""
    asked: dict[str, list[tuple[int, str]]] = {}
    pairs: list[tuple[Question, Hit, int, str]] = []
    for question in questions:
        for hit in found[question.id]:
            if hit.chunk.id not in asked:
                text = hit.chunk.text
                asked[hit.chunk.id] = [
                    (start + len(label), line) for start, end in sentences(text)
                    for label, line in [labeled(text[start:end])] if ASKS.search(line)]
            pairs += [(question, hit, start, line) for start, line in asked[hit.chunk.id] if len(line) >= LETTERS[question.lang]]
    lines = list(dict.fromkeys(text for question, _, _, line in pairs for text in (spoken(question), line)))
    readable = {lang: COSINE.get((bench.embedder_name, lang)) for lang in ("en", "ko")}
    vectors = dict(zip(lines, bench.embedder.embed(lines), strict=True)) if lines and any(readable.values()) else {}
    for question, hit, start, line in pairs:
        limits = readable[question.lang]
        own, theirs = set(question_terms(spoken(question))), set(question_terms(line))
        overlap = len(own & theirs) / max(1, len(own | theirs))
        similarity = min(1.0, float(vectors[spoken(question)] @ vectors[line])) if limits else overlap
        if similarity < (limits or WORDING)[0]:
            continue
        answered = tells(hit.chunk.text[start:].removeprefix(line), question)
        kind = sorted_out(
            similarity, overlap, limits or WORDING, equal=normal(spoken(question)) == normal(line), same=answered,
            differ=bool(question.answers) and not answered)
        yield Likeness(question.id, f"{hit.source}#{hit.chunk.start + start}", line, similarity, overlap, kind, hit.source)


def labeled(sentence: str) -> tuple[str, str]:
    """The label before a question, as a list of questions has it, and the question in one line."""
    label = re.match(r"(?:[QqＱ]\d*|질문|문)\s?[.:)]\s*", sentence)
    return (label[0] if label else ""), " ".join(sentence[label.end() if label else 0 :].split())


def sorted_out(similarity: float, overlap: float, limits: tuple[float, float], *, equal: bool, same: bool, differ: bool) -> Class:
    """The class of a pair above the lower limit. Equal words with different answers are for a person to look at."""
    if (equal and not differ) or (similarity >= limits[1] and overlap >= OVERLAP and same):
        return "duplicate"
    return "different" if differ and not equal else "gray"


def agree(one: Question, other: Question) -> bool:
    """Whether two questions have an answer in common. Of two that have none only the same words are the same question."""
    return any(exact(answer, other.answers) for answer in one.answers)


def differ(one: Question, other: Question) -> bool:
    """Whether the answers of two questions have nothing to do with each other; of two that have none, whether the questions
    name different numbers or codes."""
    if not (one.answers or other.answers):
        return set(NUMBERS.findall(one.text)) != set(NUMBERS.findall(other.text))
    return not agree(one, other) and all(shared(*pair) < DIFFERENT for pair in product(one.answers, other.answers))


def shared(one: str, other: str) -> float:
    """F1 of two answers over their terms: of syllable pairs, where single syllables would make all mountains alike. Amounts
    are the same or they are not."""
    if is_amount(one) and is_amount(other):
        return float(all(stands(each, quantities(other)) for each in quantities(one)))
    first, second = Counter(terms(one)), Counter(terms(other))
    return 2 * (first & second).total() / max(1, first.total() + second.total())
