"""A run as files to hand on: one HTML page that fetches nothing and prints, a table, and lines of JSON."""

import json
import shutil
from datetime import datetime
from html import escape
from pathlib import Path

from workbench.captions import short
from workbench.errors import BadRequest
from workbench.measure import export, journal, question_views, telling, views
from workbench.measure.figures import question_rows
from workbench.measure.telling import lane_name
from workbench.nouns import Lang
from workbench.nouns.figures import Figures
from workbench.nouns.runs import Run
from workbench.words import say

STYLE = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("report.css", "figures.css"))
# A browser that opens the page runs nothing and asks nobody, whatever stands in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(lang: Lang, run: Run, figures: Figures) -> str:
    """The whole page: plain words first, then the figures, then every question."""
    title = escape(say(lang, "measured.report"))
    how = "how_text" if any(each.model and not each.unread for each in figures.groups) else "how_text_without"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title} · {escape(run.setup.corpus)}</title><style>{STYLE}</style></head><body><main>"
        f"<header><h1>{title}</h1>{head(lang, run, figures)}</header>{unfinished(lang, figures)}{views.front(lang, run, figures)}"
        f'<section class="wb-how"><h2>{escape(say(lang, "measured.report.how"))}</h2><p>{escape(say(lang, f"measured.report.{how}"))}</p>'
        f"{left_out(lang, run)}{gate(lang, run)}</section>{views.whole(lang, run, figures)}"
        f'<section class="wb-every"><h2>{escape(say(lang, "measured.report.every"))}</h2>{order(lang, run)}{questions(lang, run)}</section>'
        f"<footer><p>{escape(say(lang, 'measured.report.footer'))}</p>{reproduce(lang, run)}</footer></main></body></html>\n"
    )


def head(lang: Lang, run: Run, figures: Figures) -> str:
    """When, over which documents, by which models."""
    made = datetime.fromtimestamp(run.setup.made)
    facts = {
        "made": f"{made:%Y-%m-%d %H:%M}", "corpus": run.setup.corpus, "models": ", ".join(short(each.name) for each in run.setup.models),
        "questions": str(figures.questions), "answers": str(figures.answers), "run": figures.run}
    rows = "".join(
        f"<div><dt>{escape(say(lang, f'measured.report.{name}'))}</dt><dd>{escape(value) or '–'}</dd></div>" for name, value in facts.items())
    return f"<dl>{rows}</dl>"


def unfinished(lang: Lang, figures: Figures) -> str:
    """That answers are missing, where they are."""
    if figures.answers >= figures.total:
        return ""
    return f'<p class="wb-notice">{escape(say(lang, "measured.report.unfinished", done=figures.answers, total=figures.total))}</p>'


def left_out(lang: Lang, run: Run) -> str:
    """The questions that were not measured, by the reason."""
    return "".join(f"<p>{escape(each)}</p>" for each in telling.left_out(lang, run.setup.left_out))


def gate(lang: Lang, run: Run) -> str:
    """What spoke against the questions when the run began."""
    if run.setup.against is None:
        return ""
    return "".join(f"<p>{escape(each)}</p>" for each in telling.gate(lang, dict(run.setup.against), len(run.setup.questions)))


def order(lang: Lang, run: Run) -> str:
    """Which mark stands for which lane, and what the colors mean: on paper nothing tells it."""
    lanes = ", ".join(dict.fromkeys(lane_name(lang, each.name) for each in run.setup.columns if run.setup.asked(each)))
    return f'<p class="wb-hint">{escape(say(lang, "measured.report.marks", lanes=lanes))}</p>{question_views.legend(lang)}'


def questions(lang: Lang, run: Run) -> str:
    """Every question, folded, with a mark a lane and what speaks against it."""
    parts = []
    against = dict(run.setup.against or ())
    for number, (question, answers) in enumerate(question_rows(run), 1):
        marks = "".join(
            f'<i class="wb-cell wb-cell-{question_views.MARKS[scores.right]}" title="{escape(lane_name(lang, column.name))}"></i>'
            for column, _, scores in answers)
        doubts = ", ".join(say(lang, f"gate.one.{reason}") for reason in against.get(question.id, ()))
        parts.append(
            f'<details id="question-{number}"><summary><span class="wb-number">{number}</span> {escape(question.text)} '
            f'{f"<small>({escape(doubts)})</small> " if doubts else ""}<span class="wb-cells">{marks}</span></summary><div class="wb-opened">{question_views.question_view(lang, question, answers)}</div></details>')
    return "".join(parts)


def reproduce(lang: Lang, run: Run) -> str:
    """What the run was made of, by the first digits of the digests."""
    prints = {name: value[:12] for name, value in run.setup.prints.items() if name != "embedder"}
    return "".join(
        f"<p>{escape(short(model.name))}: {escape(say(lang, 'measured.report.reproduce', digest=model.digest[:12], **prints))}</p>"
        for model in run.setup.models)


def write(folder: Path, run: Run, figures: Figures, lang: Lang, source: Path | None = None) -> list[Path]:
    """Write the page, the table, the lines and the figures into a folder, with the journal where it is given; gives the paths."""
    files = {
        "report.html": page(lang, run, figures), "answers.csv": export.table(run), "answers.jsonl": export.lines(run),
        "figures.json": json.dumps(export.figures_json(figures), ensure_ascii=False, indent=1) + "\n"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
        if source is not None:
            shutil.copyfile(source, folder / journal.NAME)
    except OSError as error:
        raise BadRequest("figures_unwritable", path=folder, run=run.setup.id, why=error.strerror or error) from error
    return [folder / name for name in files]


def file_name(lang: Lang, run: Run, suffix: str) -> str:
    """What a file of a run is called."""
    return f"{say(lang, 'measured.report.file')}-{run.setup.id}.{suffix}"
