"""Runs as HTML beside their figures: what one will take, what speaks against its questions, what changed from one to another. Pure;
every word from outside is escaped.
"""

from collections.abc import Sequence
from html import escape

from workbench.captions import short
from workbench.measure import telling
from workbench.measure.telling import lane_name, percent, points
from workbench.measure.views import part
from workbench.nouns import Lang
from workbench.nouns.figures import Change, Comparison
from workbench.nouns.runs import Plan, Setup
from workbench.words import say


def changes(lang: Lang, found: Comparison) -> str:
    """Two runs side by side, lane by lane, with what was not the same and what was left out."""
    heads = "".join(f'<th scope="col">{escape(say(lang, f"measured.change.{name}"))}</th>' for name in ("before", "after", "difference", "gained", "lost", "p", "f1"))
    rows = "".join(f'<tr><th scope="row">{change_name(lang, each)}</th>{change_cells(each)}</tr>' for each in found.changes)
    told = "".join(f"<li>{escape(each)}</li>" for each in telling.comparison(lang, found))
    return part(lang, "changes", (
        f'<ul>{told}</ul><div class="wb-scroll"><table class="wb-lanes"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'))


def change_name(lang: Lang, each: Change) -> str:
    """The lane of a change, with the models and windows that stand against each other."""
    ways = dict.fromkeys(f"{short(model)} {window}" for model, window in (
        (each.before_model, each.before_window), (each.model, each.window)) if model)
    more = " · ".join((*filter(None, [" → ".join(ways)]), say(lang, f"language.{each.lang}"), f"n = {each.difference.n}"))
    return f"{escape(lane_name(lang, each.lane))} <small>{escape(more)}</small>"


def change_cells(each: Change) -> str:
    """The figures of a change."""
    f1 = "–" if each.f1 is None or each.f1.value is None else f"{each.f1.value:+.2f} ({each.f1.low:+.2f} … {each.f1.high:+.2f})"
    cells = (percent(each.before), percent(each.after), points(each.difference), str(each.gained), str(each.lost), f"{each.p:.3f}", f1.replace("-", "−"))
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def plan(lang: Lang, foretold: Plan) -> str:
    """What a run will take, before it starts."""
    return listed(telling.plan(lang, foretold))


def gate(lang: Lang, setup: Setup) -> str:
    """What speaks against the questions of a run, said as it begins; nothing where nobody looked."""
    return listed([] if setup.against is None else telling.gate(lang, dict(setup.against), len(setup.questions)))


def listed(told: Sequence[str]) -> str:
    """What is to be known of a run."""
    return f'<ul class="wb-plan">{"".join(f"<li>{escape(each)}</li>" for each in told)}</ul>' if told else ""
