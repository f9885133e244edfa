"""The scores of one answer of a measurement, and of one ranking. Pure: made anew from the journal, whenever it is read.

The declared rule for what is right: a short answer or a number stands in the first line of the reply, with the guards of
`workbench.scoring`; yes or no is the same; a long answer gives half of what has to be said; of choices the likeliest is the
right one; where nothing answers, the reply says so. Exact match, F1 and the length are always shown beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from workbench import scoring
from workbench.nouns import Question
from workbench.nouns.measure import Outcome, Ranking, Scores

# Lanes that read no gold passage: an answer that stands in what they read makes them easier than they should be.
WITHOUT_GOLD = frozenset({"closed", "noise", "shuffled"})


def scores(outcome: Outcome, question: Question, lane: str) -> Scores:
    """All that can be said of an answer; nothing of one that could not be made."""
    if outcome.error:
        return Scores()
    if question.choices:
        return chosen(outcome, question, lane)
    said = outcome.text if lane == "extract" else scoring.first_answer(outcome.text)
    flags = odd(outcome, question, lane)
    sure, least = confidence(outcome.logprobs)
    common = Scores(
        refused=bool({"refusal", "empty"} & set(flags)), sure=sure, least=least, words=len(outcome.text.split()), flags=flags)
    if not question.answers:
        return replace(common, right=common.refused)  # not to know is right where nothing answers
    return answered(common, said, outcome, question, lane)


def answered(common: Scores, said: str, outcome: Outcome, question: Question, lane: str) -> Scores:
    """Of a question with known answers. A sentence of the documents (`extract`) may be long."""
    whole = outcome.text.strip()
    long = question.kind == "long"
    found = scoring.contains(said, question.answers) if lane != "extract" else any(
        scoring.holds(said, answer) for answer in question.answers)
    right = scoring.tells(said, question) if lane == "extract" else scoring.right(outcome.text, question)
    given = nuggets(whole, question) if long else None
    return replace(
        common,
        right=given >= scoring.NUGGETS if given is not None else right,
        exact=scoring.exact(said, question.answers),
        josa=scoring.exact_josa(said, question.answers),
        f1=scoring.f1(whole if long else said, question.answers),
        contains=found if any(map(scoring.telling, question.answers)) and not scoring.is_yes_or_no(question) else None,
        content=scoring.content_f1(whole if long else said, question.answers),
        nuggets=given,
    )


def nuggets(reply: str, question: Question) -> float:
    """Share of what a long answer has to say: the question's own nuggets, else the sentences of the answer that is met best."""
    if question.nuggets:
        return sum(scoring.nuggets(reply, nugget) == 1 for nugget in question.nuggets) / len(question.nuggets)
    return max(scoring.nuggets(reply, answer) for answer in question.answers)


def chosen(outcome: Outcome, question: Question, lane: str) -> Scores:
    """Of a multiple-choice question: its likeliest choice by the mean log-probability of a token, since longer choices are
    less likely as wholes. A sentence of the documents (`extract`) that is as near to several of them answers nothing."""
    if question.answer_index is None:
        return Scores()
    if lane == "extract":
        right = picked(outcome, question, lane) == question.answer_index
        return Scores(right=right, choice=right, words=len(outcome.text.split()))
    if len(outcome.choices) != len(question.choices):
        return Scores()
    means = likelihoods(outcome)
    weights = [math.exp(each - max(means)) for each in means]
    sums = [total for total, _ in outcome.choices]
    right = best(means) == question.answer_index
    return Scores(
        right=right, choice=right, choice_sum=best(sums) == question.answer_index, sure=max(weights) / sum(weights),
        flags=tuple(flag for flag in odd(outcome, question, lane) if flag == "leak"))


def picked(outcome: Outcome, question: Question, lane: str) -> int | None:
    """The place of the choice that an answer comes to, from 0: the model's likeliest; for `extract` the one that shares most of
    its content words with the sentence, None where no one does (after the solver by retrieval of Clark et al. 2018)."""
    if lane == "extract":
        near = [scoring.content_overlap(outcome.text, choice) for choice in question.choices]
        return best(near) if near.count(max(near)) == 1 else None
    return best(likelihoods(outcome)) if outcome.choices else None


def likelihoods(outcome: Outcome) -> list[float]:
    """The mean log-probability of a token of every choice."""
    return [total / max(1, tokens) for total, tokens in outcome.choices]


def best(values: Sequence[float]) -> int:
    """The place of the largest value, the first of equal ones."""
    return max(range(len(values)), key=lambda place: values[place])


def confidence(logprobs: Sequence[float]) -> tuple[float | None, float | None]:
    """Geometric mean of the tokens' probabilities, and the least of them; None of no tokens."""
    if not logprobs:
        return None, None
    return math.exp(sum(logprobs) / len(logprobs)), math.exp(min(logprobs))


def odd(outcome: Outcome, question: Question, lane: str) -> tuple[str, ...]:
    """What is odd about an answer: `empty`, `echo`, `refusal`, `truncated` (cut at the limit), `leak` (an answer stands where
    it should not: in the question, or in passages that should not hold it)."""
    found = [*scoring.flags(outcome.text)]
    if outcome.why == "length":
        found.append("truncated")
    if lane in WITHOUT_GOLD and leaks(outcome, question):
        found.append("leak")
    return tuple(found)


def leaks(outcome: Outcome, question: Question) -> bool:
    """Whether the question or a passage holds an answer. Numbers alone are left out: they stand anywhere."""
    read = [question.text, *(passage.text for passage in outcome.passages)]
    return any(
        scoring.holds(text, answer) for answer in question.answers if not scoring.is_amount(answer) for text in read)


def recall(ranking: Ranking, k: int) -> float | None:
    """Whether a relevant file is among the first k (0 or 1); None without a known one."""
    return float(any(grade > 0 for grade in ranking.grades[:k])) if ranking.judged else None


def reciprocal_rank(ranking: Ranking, k: int = 10) -> float | None:
    """1 over the place of the first relevant file among the first k, else 0."""
    if not ranking.judged:
        return None
    return next((1 / place for place, grade in enumerate(ranking.grades[:k], 1) if grade > 0), 0.0)


def ndcg(ranking: Ranking, k: int = 10) -> float | None:
    """Normalized discounted cumulative gain, the gain of a grade being 2^grade − 1 (Burges et al. 2005)."""
    def gained(grades: Sequence[int]) -> float:
        return sum((2**max(0, grade) - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:k], 1))

    return gained(ranking.grades) / gained(ranking.judged) if ranking.judged else None


def found_by(place: int | None, k: int) -> float | None:
    """Whether a place is among the first k (0 or 1); None where it is not known."""
    return None if place is None else float(0 < place <= k)
