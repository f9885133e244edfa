"""Figures in plain words, for a screen, a report and the command line alike. Every number with its interval."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.captions import short
from workbench.measure.replacement import PILOT
from workbench.nouns import Lang
from workbench.nouns.figures import Change, Comparison, Figures, Group, LaneFigures, Popularity, Retrieval
from workbench.nouns.measure import Estimate, Replacement
from workbench.nouns.runs import Plan, Setup
from workbench.words import say


def headline(lang: Lang, figures: Figures, group: Group) -> str:
    """Of so many questions, how many are answered alone, with the documents, and by the best sentence."""
    best = next((found for lang_of, found in figures.extract if lang_of == group.lang), None)
    if group.unread or not group.model:
        parts = [say(lang, "measured.unread", language=say(lang, f"language.{group.lang}"))] if group.model else []
        if best and best.right.n:
            parts.append(say(lang, "measured.unread_best", n=best.right.n, best=counted(best.right)))
        return " ".join(parts) or say(lang, "measured.not_compared")
    found = group.replacement
    if found is None:
        return say(lang, "measured.not_yet" if figures.answers < figures.total else "measured.not_compared")
    key = "measured.headline_best" if best and best.right.n else "measured.headline"
    return say(lang, key, n=found.ledger.n, alone=counted(found.closed), together=counted(found.rag), best=counted(best.right) if best else "")


def counted(share: Estimate) -> str:
    """A share as a count with its interval."""
    if share.value is None or share.low is None or share.high is None:
        return "–"
    return f"{share.value * share.n:.0f} ({share.low * share.n:.0f}–{share.high * share.n:.0f})"


def percent(share: Estimate | None, digits: int = 0) -> str:
    """A share in percent with its interval; a dash where there is none."""
    if share is None or share.value is None:
        return "–"
    if share.low is None or share.high is None:
        return f"{100 * share.value:.{digits}f} %"
    return f"{100 * share.value:.{digits}f} % ({100 * share.low:.{digits}f}–{100 * share.high:.{digits}f})"


def points(difference: Estimate | None) -> str:
    """A difference in percentage points with its interval and its sign."""
    if difference is None or difference.value is None or difference.low is None or difference.high is None:
        return "–"
    return f"{signed(difference.value)} ({signed(difference.low)} … {signed(difference.high)})"


def signed(share: float) -> str:
    """Percentage points with a sign."""
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def figure(value: Estimate | None) -> str:
    """A figure that is no share, with its interval."""
    if value is None or value.value is None:
        return "–"
    return f"{value.value:.2f}" + (f" ({value.low:.2f}–{value.high:.2f})" if value.low is not None and value.high is not None else "")


def verdict(lang: Lang, found: Replacement) -> str:
    """What may be said of retrieval, and the difference it comes from."""
    return say(lang, f"verdict.{found.verdict}", lift=points(found.lift), n=found.ledger.n)


def sentences(lang: Lang, found: Replacement) -> list[str]:
    """The knowledge replacement figures as sentences, those that cannot be made with the reason."""
    counts = found.ledger
    told = [verdict(lang, found)]
    if found.supplied.value is None:
        told.append(say(lang, "measured.none_right"))
    elif "closed_zero" in found.notes:
        told.append(say(lang, "measured.closed_zero", right=counts.together))
    else:
        told.append(say(lang, "measured.supplied", right=counts.together, rescued=counts.rescued, share=percent(found.supplied)))
    if found.harm.value is not None:
        told.append(say(lang, "measured.harm", alone=counts.alone, harmed=counts.harmed, share=percent(found.harm)))
    elif counts.alone:
        told.append(say(lang, "measured.harm_unknown", alone=counts.alone, harmed=counts.harmed))
    if found.efficiency:
        told.append(told_part(lang, "efficiency", found.efficiency))
    if found.gap_closed:
        told.append(told_part(lang, "gap", found.gap_closed))
    if found.ceiling and found.ceiling.value is not None:
        told.append(say(lang, "measured.ceiling", share=percent(found.ceiling)))
    if "at_chance" in found.notes:
        told.append(say(lang, "measured.at_chance"))
    return told


def effective_size(lang: Lang, size: Estimate | None, own: int) -> str:
    """As large a model would answer as much alone; empty where that was not to be found out."""
    if size is None or size.value is None:
        return ""
    key = f"measured.size.{size.why}" if size.why else "measured.size"
    interval = f"{millions(size.low)}–{millions(size.high)}" if size.low or size.high else "–"
    return say(lang, key, size=millions(size.value), interval=interval, times=f"{size.value / own:.1f}" if own else "–", n=size.n)


def popularity(lang: Lang, found: Popularity) -> list[str]:
    """What popularity does to the answers: the slopes, where documents stop helping, and whether to stop reading them there."""
    told = [say(lang, "measured.popularity.slopes", closed=times(found.closed), rag=times(found.rag), n=found.closed.n)]
    met = found.crossing
    low = f"{met.low:,.0f}" if met.low is not None else say(lang, "measured.popularity.below")
    high = f"{met.high:,.0f}" if met.high is not None else say(lang, "measured.popularity.above")
    told.append(say(lang, f"measured.popularity.{met.why or 'crossing'}", known=f"{met.value or 0:,.0f}", low=low, high=high))
    if met.why and (met.low is not None or met.high is not None):
        told.append(say(lang, "measured.popularity.may", low=low, high=high))
    if found.limit is None:
        return [*told, say(lang, "measured.popularity.no_limit")]
    return [*told, say(lang, "measured.popularity.limit", limit=f"{found.limit:,.0f}", points=points(found.gain), n=found.gain.n, read=percent(found.read))]


def times(slope: Estimate) -> str:
    """A change of log-odds as the factor of the odds, with its interval."""
    value, low, high = (f"{math.exp(each):.2f}" for each in (slope.value or 0.0, slope.low or 0.0, slope.high or 0.0))
    return f"{value} ({low}–{high})"


def millions(parameters: float | None) -> str:
    """A number of parameters; empty where it is beyond what was measured."""
    return "" if parameters is None else f"{parameters / 1e6:,.0f} M"


def told_part(lang: Lang, name: str, part: Estimate) -> str:
    """A ratio as a sentence; where it cannot be made or is out of the ordinary, that one."""
    if part.why:
        return say(lang, f"measured.{name}.{part.why}", share=percent(part))
    return say(lang, f"measured.{name}", share=percent(part))


def lines(figures: Figures, group: Group) -> list[str]:
    """A group as lines for the command line."""
    found = [*(sentences("en", group.replacement) if group.replacement else []), *clean(group, "en"), *controls("en", figures, group)]
    lanes: list[LaneFigures] = [*(each for lang, each in figures.extract if lang == group.lang), *group.lanes]
    found += [
        f"{each.name:14}{each.right.n:5}  right {percent(each.right):18} exact {percent(each.exact):18} F1 {figure(each.f1):20} "
        f"contains {percent(each.contains):18} {each.words:.0f} words, {each.seconds:.2f} s{beside(each)}" for each in lanes]
    found += [retrieved(each, group) for each in figures.retrieval if each.lang == group.lang and (each.mrr.n or group.budget or any(one.n for _, one in each.answer))]
    if group.falsehood:
        said = group.falsehood
        found.append(f"after a false passage: the false answer {percent(said.follows)}, the right one {percent(said.remembers)}, neither {percent(said.neither)}")
    return found


def retrieved(found: Retrieval, group: Group) -> str:
    """What retrieval finds, as a line for the command line."""
    parts = [f"{name}@{k} {percent(each)}" for name, rows in (("recall", found.recall), ("evidence", found.evidence), ("answer", found.answer)) for k, each in rows if each.n and k in (1, 5)]
    parts += [f"MRR@10 {figure(found.mrr)}", f"nDCG@10 {figure(found.ndcg)}"] if found.mrr.n else []
    parts += [f"in the window of {group.window} {percent(group.budget)}"] if group.budget else []
    asked = max(each.n for each in (found.mrr, *(each for _, each in (*found.evidence, *found.answer))))
    return f"retrieval     {asked:5}  {', '.join(parts)}"


def beside(lane: LaneFigures) -> str:
    """The share that is right without the questions that something speaks against, where there are any."""
    return f"  clean {percent(lane.clean)} of {lane.clean.n}" if lane.clean and lane.clean.n < lane.right.n else ""


def clean(group: Group, lang: Lang) -> list[str]:
    """The headline without the questions that something speaks against, where there are any."""
    full, found = group.replacement, group.clean
    if not full or not found or found.ledger.n == full.ledger.n:
        return []
    return [say(
        lang, "measured.clean", out=full.ledger.n - found.ledger.n, n=found.ledger.n, alone=counted(found.closed), together=counted(found.rag),
        lift=points(found.lift))]


def controls(lang: Lang, figures: Figures, group: Group) -> list[str]:
    """What the two controls say, if they have run; where there are several windows, at which one."""
    found = group.controls
    if not found:
        return []
    verdict = "failed" if not found.passed else "few" if found.shuffled.n < PILOT else "passed"
    shuffled = say(lang, f"measured.control.{verdict}", excess=points(found.shuffled), n=found.shuffled.n)
    windows = {each.window for each in figures.groups if each.model == group.model}
    if len(windows) > 1:
        shuffled += " " + say(lang, "measured.control.window", window=max(windows))
    return [
        say(lang, "measured.control.flips", share=percent(found.flips)),
        say(lang, "measured.control.beyond", rescued=points(found.rescued_beyond), harmed=points(found.harmed_beyond)),
        shuffled]


def uncounted(lang: Lang, setup: Setup, group: Group) -> list[str]:
    """How many questions of the group's language no headline counts, where there are any: nobody knows their answer."""
    count = sum(each.lang == group.lang and not each.answers for each in setup.questions)
    return [say(lang, "measured.uncounted", count=count)] if count and group.replacement else []


def plan(lang: Lang, foretold: Plan) -> list[str]:
    """What a run will take and can tell, what speaks against its questions, and what it leaves out."""
    told = [say(lang, "measured.plan_without")]
    if foretold.total:
        calls = ", ".join(f"{lane_name(lang, name)}: {count}" for name, count in foretold.calls)
        told = [say(lang, "measured.plan", calls=foretold.total, listed=calls, minutes=max(1, round(foretold.seconds / 60)))]
    for each, card in foretold.cards:
        widths = ", ".join(f"{100 * share:.0f} % ± {50 * width:.0f}" for share, width in card.widths)
        told.append(say(lang, "measured.card", n=card.n, language=say(lang, f"language.{each}"), widths=widths))
        told.append(say(lang, "measured.card_pairs", ten=card.pairs[1][1], five=card.pairs[1][2]))
    told += gate(lang, dict(foretold.against), foretold.questions) if foretold.against is not None else []
    told += stood_in(lang, foretold.stood_in)
    told += left_out(lang, foretold.left_out)
    return told + [say(lang, "measured.plan_unread", model=short(model), language=say(lang, f"language.{each}")) for model, each in foretold.unread]


def stood_in(lang: Lang, count: int) -> list[str]:
    """For how many questions the gold passage is one that was looked for; nothing where for none."""
    return [say(lang, "measured.stood_in", count=count)] if count else []


def left_out(lang: Lang, counts: Sequence[tuple[str, int]]) -> list[str]:
    """The questions that are not measured, by the reason; nothing where all are."""
    told = "; ".join(say(lang, f"measured.left.{reason}", count=count) for reason, count in counts)
    return [f"{say(lang, 'measured.report.left_out')} {told}."] if told else []


def gate(lang: Lang, against: Mapping[str, tuple[str, ...]], questions: int) -> list[str]:
    """How many questions something speaks against, by what it is; a question may be in several."""
    if not against:
        return [say(lang, "gate.nothing", count=questions)]
    found = Counter(reason for some in against.values() for reason in some)
    listed = "; ".join(say(lang, f"gate.{reason}", count=count) for reason, count in found.most_common())
    return [say(lang, "gate.found", count=len(against), of=questions, clean=questions - len(against), listed=listed)]


def lane_name(lang: Lang, name: str) -> str:
    """What a lane is called, with its dose."""
    kind, _, dose = name.rstrip(")").partition("(")
    called = say(lang, f"measured.lane.{kind}")
    if kind == "mixed" and dose:
        dose = f"{100 * float(dose):.0f} %"
    return f"{called} {dose}" if dose else called


def comparison(lang: Lang, found: Comparison) -> list[str]:
    """Two runs in sentences: what is compared, what was not the same, what came of it."""
    told = [say(lang, "runs.common", n=found.questions)]
    differs = ", ".join(say(lang, f"runs.differs.{each}") for each in found.differs)
    told.append(say(lang, "runs.differ", differs=differs) if differs else say(lang, "runs.alike"))
    told += [changed(lang, each) for each in found.changes]
    for name in ("changed", "only_before", "only_after"):
        if count := getattr(found, name):
            told.append(say(lang, f"runs.{name}", count=count))
    if found.apart:
        told.append(say(lang, "runs.apart", lanes=", ".join(lane_name(lang, each) for each in found.apart)))
    return told


def changed(lang: Lang, each: Change) -> str:
    """What may be said of a lane in two runs."""
    low, high = each.difference.low, each.difference.high
    if each.difference.n < PILOT or low is None or high is None:
        word = "pilot"
    else:
        word = "better" if low > 0 else "worse" if high < 0 else "no_evidence"
    return say(lang, f"runs.{word}", lane=lane_name(lang, each.lane), points=points(each.difference), n=each.difference.n)
