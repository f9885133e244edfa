"""A run for other programs: its figures as one object, its answers as a table or as lines of JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from workbench.measure.figures import question_rows
from workbench.nouns.figures import Figures, Group, LaneFigures, Retrieval
from workbench.nouns.measure import Estimate, Outcome, Scores
from workbench.nouns.runs import Column, Run
from workbench.records import plain

# What a spreadsheet would take for a formula, and what it throws away before it looks.
FORMULA = re.compile(r"^[\s\0]*[=+\-@\t\r|%]")
SCORES = ("right", "exact", "josa", "f1", "contains", "content", "nuggets", "choice", "refused", "sure", "least", "words")
HEAD = (
    "question", "lang", "kind", "text", "answers", "lane", "model", "window", "reply", *SCORES, "flags", "evidence", "prompt_tokens",
    "reply_tokens", "seconds", "error", "against", "passages", "prompt")


def figures_json(figures: Figures) -> dict[str, Any]:
    """Everything, with the first group's figures on top: that of the language of most questions, the first model, the smallest
    window."""
    first = figures.groups[0] if figures.groups else None
    return {
        "run": figures.run,
        "questions": figures.questions,
        "gate": gate_json(figures),
        **(group_json(figures, first) if first else {}),
        "groups": [group_json(figures, each) for each in figures.groups],
        "sweeps": plain(figures.sweeps),
        "answers": figures.answers,
        "finished": figures.answers >= figures.total,
        "seconds": round(figures.seconds, 3),
        "answers_per_minute": round(figures.fast, 1),
    }


def group_json(figures: Figures, group: Group) -> dict[str, Any]:
    """A model with a window in a language."""
    lanes = [*(each for lang, each in figures.extract if lang == group.lang), *group.lanes]
    found = next((each for each in figures.retrieval if each.lang == group.lang), None)
    replaced = plain(group.replacement) or {}
    return {
        "model": group.model,
        "window": group.window,
        "lang": group.lang,
        "unread": group.unread,
        "lanes": {each.name: lane_json(each) for each in lanes},
        "ledger": replaced.pop("ledger", None),
        "replacement": replaced | {"losses": {name: value for name, value in replaced["losses"]}} if replaced else None,
        "clean": plain(group.clean),
        "lifts": dict(plain(group.lifts)),
        "controls": plain(group.controls),
        "retrieval": retrieval_json(found, group) if found else None,
        "refusal": plain(group.refusal),
        "falsehood": plain(group.falsehood),
        "noise_slope": plain(group.slope),
        "ends_over_middle": plain(group.ends),
        "effective_size": plain(group.size),
        "popularity": plain(group.popularity),
        "tags": {each["tag"]: each for each in plain(group.topics)},
        "memory": group.memory,
    }


def gate_json(figures: Figures) -> dict[str, Any] | None:
    """What spoke against the questions, None where nobody looked."""
    if figures.against is None:
        return None
    return {"clean": figures.questions - len(figures.against), "against": {question: list(reasons) for question, reasons in figures.against}}


def lane_json(lane: LaneFigures) -> dict[str, Any]:
    """A lane: estimates and plain figures."""
    values = plain(lane)
    return values | {"flags": dict(values["flags"]), "failed": dict(values["failed"])}


def retrieval_json(found: Retrieval, group: Group) -> dict[str, Any]:
    """What is found, and what of it fits the window."""
    figures: dict[str, Estimate | None] = {}
    for name, rows in (("recall", found.recall), ("evidence", found.evidence), ("answer", found.answer)):
        figures |= {f"{name}@{k}": each for k, each in rows}
    return plain(figures | {"mrr": found.mrr, "ndcg@10": found.ndcg, "recall@window": group.budget})


def rows(run: Run) -> Iterator[dict[str, Any]]:
    """Every answer with all that explains and scores it."""
    against = None if run.setup.against is None else dict(run.setup.against)
    for question, answers in question_rows(run):
        for column, outcome, scores in answers:
            yield {
                "question": question.id, "lang": question.lang, "kind": question.kind, "text": question.text,
                "answers": list(question.answers), "against": None if against is None else list(against.get(question.id, ())),
                **answer(column, outcome, scores)}


def answer(column: Column, outcome: Outcome, scores: Scores) -> dict[str, Any]:
    """One answer."""
    timing = outcome.timing
    return {
        "lane": column.name, "model": column.recipe.model, "window": column.recipe.window, "reply": outcome.text,
        **{name: getattr(scores, name) for name in SCORES}, "flags": list(scores.flags), "evidence": outcome.evidence,
        "prompt_tokens": timing.prompt_tokens if timing else None, "reply_tokens": timing.reply_tokens if timing else None,
        "seconds": timing.seconds if timing else None, "error": outcome.error.code if outcome.error else None,
        "passages": plain(outcome.passages), "prompt": outcome.prompt}


def lines(run: Run) -> str:
    """Answers as lines of JSON."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(run))


def table(run: Run) -> str:
    """Answers as a table for a spreadsheet: with a byte order mark, without which it takes Hangul for something else, and no
    cell of it a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows(run):
        row |= {"answers": " ; ".join(row["answers"]), "flags": " ".join(row["flags"]), "against": " ".join(row["against"] or ()),
                "passages": "\n\n".join(each["text"] for each in row["passages"])}
        writer.writerow([cell(row[name]) for name in HEAD])
    return "\ufeff" + out.getvalue()


def cell(value: Any) -> Any:
    """A value for a cell; a text that would be run there has an apostrophe before it, which is not shown."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value
