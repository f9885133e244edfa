"""How much of a model's knowledge retrieval can replace: the knowledge replacement family. Pure.

A question is right or wrong under each way of answering: alone (`closed`), with what was found (`rag`), with the gold passage
(`oracle`), by a reference model alone. n01: wrong alone and right with the documents (rescued), n10 the other way round
(harmed), n11 right both times (kept), n00 wrong both times (missed).

    lift               A(rag) − A(closed) = (n01 − n10) / n
    rescue, harm       n01 / (n01 + n00) and n10 / (n10 + n11)
    supplied           n01 / (n01 + n11): of the right answers, those the model could not give alone
    gap closed         (A(rag) − A(closed)) / (A(reference) − A(closed))
    ceiling            the same with the oracle in the place of rag: what perfect retrieval would close
    efficiency         (A(rag) − A(closed)) / (A(oracle) − A(closed))

Nothing is cut to fit: more than all of a gap is said to be that. Words of praise or blame come from intervals alone.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.measure import statistics
from workbench.nouns import Lang
from workbench.nouns.measure import LOSSES, Controls, Estimate, Evidence, Ledger, Loss, Replacement, Verdict

PILOT = 30  # questions below which nothing is claimed
FEW = 10  # questions below which a rate of them is not a rate
LEAST_GAP = 0.05  # below, a reference is not better by enough to divide by
MOST_HARM = 0.2  # upper end of the harm rate up to which retrieval helps without an if
MARGIN = 0.03  # by how much a smaller window may be worse and still be called no worse


@dataclass(frozen=True, slots=True)
class Case:
    """One question: whether each way answers it, None where a way was not tried. `cluster`: its document. `chance`: how
    often a guess is right. `evidence`: how far the gold passage came on its way to the model."""

    lang: Lang
    cluster: Hashable
    closed: bool
    rag: bool
    oracle: bool | None = None
    reference: bool | None = None
    evidence: Evidence = "read"
    chance: float = 0.0

    def above(self, right: bool | None) -> float:
        """The outcome so that a guess is worth nothing on average and knowing is worth one."""
        return (float(bool(right)) - self.chance) / (1 - self.chance)


def ledger(cases: Sequence[Case]) -> Ledger:
    """The four squares."""
    return Ledger(
        kept=sum(each.closed and each.rag for each in cases),
        rescued=sum(not each.closed and each.rag for each in cases),
        harmed=sum(each.closed and not each.rag for each in cases),
        missed=sum(not each.closed and not each.rag for each in cases),
    )


def replacement(cases: Sequence[Case]) -> Replacement:
    """All figures over questions of one language: the two are never averaged (ValueError)."""
    if len({each.lang for each in cases}) > 1:
        raise ValueError("questions in two languages have no figure together")
    counts = ledger(cases)
    lift = difference(cases, "rag", "closed")
    harm = rate([each for each in cases if each.closed], lambda each: not each.rag)
    read = [each for each in cases if each.oracle is not None]
    told = [each for each in cases if each.reference is not None]
    return Replacement(
        ledger=counts,
        closed=accuracy(cases, "closed"),
        rag=accuracy(cases, "rag"),
        lift=lift,
        rescue=rate([each for each in cases if not each.closed], lambda each: each.rag),
        harm=harm,
        supplied=supplied(cases),
        p=statistics.mcnemar(counts.rescued, counts.harmed),
        verdict=verdict(counts, lift),
        oracle=accuracy(read, "oracle") if read else None,
        reference=accuracy(told, "reference") if told else None,
        gap_closed=against_reference(told, "rag") if told else None,
        ceiling=against_reference([each for each in told if each.oracle is not None], "oracle") if told and read else None,
        efficiency=efficiency(read) if read else None,
        losses=losses(read) if read else (),
        beyond_oracle=statistics.share([each.rag and not each.oracle for each in read], clusters(read)) if read else None,
        notes=notes(cases, counts, harm),
    )


def clusters(cases: Sequence[Case]) -> list[Hashable]:
    """The documents of the questions."""
    return [each.cluster for each in cases]


def accuracy(cases: Sequence[Case], way: str) -> Estimate:
    """Share of questions that a way answers."""
    return statistics.share([bool(getattr(each, way)) for each in cases], clusters(cases))


def difference(cases: Sequence[Case], way: str, other: str) -> Estimate:
    """How much larger the share is that a way answers, question by question."""
    return statistics.difference(
        [bool(getattr(each, way)) for each in cases], [bool(getattr(each, other)) for each in cases], clusters(cases))


def rate(cases: Sequence[Case], so: Callable[[Case], bool]) -> Estimate:
    """Share of some of the questions; none of fewer than FEW."""
    counted = [so(each) for each in cases]
    if len(counted) < FEW:
        return Estimate(None, None, None, len(counted), "wilson", "few_questions")
    return statistics.share(counted, clusters(cases))


def supplied(cases: Sequence[Case]) -> Estimate:
    """Of the answers that are right with the documents, those that are wrong without."""
    right = [each for each in cases if each.rag]
    if not right:
        return Estimate(None, None, None, 0, "wilson", "none_right")
    return statistics.share([not each.closed for each in right], clusters(right))


def part(cases: Sequence[Case], way: str, whole: str) -> Estimate:
    """How much of the way from the model alone to `whole` a way goes, chance taken out; numerator and denominator are drawn
    together. None where `whole` is not better by LEAST_GAP and beyond chance."""
    gained, most = ([each.above(getattr(each, name)) - each.above(each.closed) for each in cases] for name in (way, whole))
    gap = statistics.difference(most, np.zeros(len(most)), clusters(cases))
    if not gap.n or gap.value is None or gap.low is None or gap.value < LEAST_GAP or gap.low <= 0:
        return Estimate(None, None, None, gap.n, "bootstrap", f"{whole}_not_better")
    found = statistics.ratio(gained, most, clusters(cases))
    assert found.value is not None
    if found.value < 0:
        return replace(found, why="hurt")
    return replace(found, why=f"beyond_{whole}") if found.value > 1 else found


def against_reference(cases: Sequence[Case], way: str) -> Estimate:
    """The share of the gap to a reference model that is closed; never cut at nothing or all."""
    return part(cases, way, "reference")


def efficiency(cases: Sequence[Case]) -> Estimate:
    """How much of what perfect retrieval would gain is gained. More than all of it, beyond chance, speaks against the gold
    passages."""
    found = part(cases, "rag", "oracle")
    return replace(found, why="oracle_suspect") if found.low is not None and found.low > 1 else found


def lost(case: Case) -> Loss:
    """The first reason why a question was not answered."""
    if case.rag:
        return "right"
    if not case.oracle:
        return "not_read"
    if case.evidence == "cut":
        return "cut"
    return "distracted" if case.evidence == "read" else "not_retrieved"


def losses(cases: Sequence[Case]) -> tuple[tuple[Loss, Estimate], ...]:
    """Every question in one place, as shares: right with what was found; else wrong with the gold passage too (`not_read`);
    else by how far that passage came. So A(oracle) − A(rag) is the three retrieval losses less what is right only by
    luck (`beyond_oracle`)."""
    places = [lost(each) for each in cases]
    return tuple((name, statistics.share([place == name for place in places], clusters(cases))) for name in LOSSES)


def verdict(counts: Ledger, lift: Estimate) -> Verdict:
    """What may be said. Where hardly anything was right alone, harm counts against retrieval only if it is shown."""
    if counts.n < PILOT or lift.low is None or lift.high is None:
        return "pilot"
    if lift.high < 0:
        return "hurts"
    if lift.low <= 0:
        return "no_evidence"
    harm = statistics.wilson(counts.harmed, counts.alone)
    if harm.low is None or harm.high is None:
        return "helps"
    harmed = harm.low >= MOST_HARM if counts.alone < FEW else harm.high >= MOST_HARM
    return "mixed" if harmed else "helps"


def notes(cases: Sequence[Case], counts: Ledger, harm: Estimate) -> tuple[str, ...]:
    """What has to be known with the figures."""
    guess = sum(each.chance for each in cases) / max(1, len(cases))
    alone = accuracy(cases, "closed")
    so = {
        "pilot": counts.n < PILOT,
        "closed_zero": bool(counts.n) and not counts.alone and bool(counts.together),
        "harm_unknown": counts.alone > 0 and harm.value is None,
        "at_chance": bool(guess) and alone.low is not None and alone.low <= guess,
    }
    return tuple(name for name, holds in so.items() if holds)


def controls(
    clusters: Sequence[Hashable], closed: Sequence[bool], again: Sequence[bool], rag: Sequence[bool],
    shuffled: Sequence[tuple[Hashable, bool, bool]],
) -> Controls:
    """What must come out of every measurement. `again`: the model alone, in other batches. `shuffled`: (document, right
    with another question's passages, right alone), of the questions that were tried."""
    up = [not first and second for first, second in zip(closed, again, strict=True)]
    down = [first and not second for first, second in zip(closed, again, strict=True)]
    rescued = [not alone and found for alone, found in zip(closed, rag, strict=True)]
    harmed = [alone and not found for alone, found in zip(closed, rag, strict=True)]
    excess = statistics.difference(
        [with_others for _, with_others, _ in shuffled], [alone for *_, alone in shuffled], [cluster for cluster, *_ in shuffled])
    return Controls(
        flips=statistics.share([gained or gone for gained, gone in zip(up, down, strict=True)], clusters),
        rescued_beyond=statistics.difference(rescued, up, clusters),
        harmed_beyond=statistics.difference(harmed, down, clusters),
        shuffled=excess,
        passed=excess.low is None or excess.low <= 0,
    )


def no_worse(ways: Mapping[int, Sequence[float]], clusters: Sequence[Hashable]) -> tuple[int | None, dict[int, Estimate]]:
    """The smallest of some windows that is shown to be worse than the best one by less than MARGIN, None where none smaller
    is; and every window's difference to the best."""
    best = max(ways, key=lambda window: (np.mean(ways[window]), -window))
    off = {window: statistics.difference(values, ways[best], clusters) for window, values in sorted(ways.items())}
    off[best] = Estimate(0.0, 0.0, 0.0, len(clusters), "itself")
    shown = [window for window, each in off.items() if each.low is not None and each.low > -MARGIN]
    return min(shown, default=None), off
