"""An analysis of feedback as one HTML page to hand on: no script, nothing fetched, for the screen, the phone and paper.

Pure, and drawn by the views of the tab.
"""

from datetime import datetime
from html import escape
from pathlib import Path

from workbench.nouns import Lang
from workbench.nouns.feedback import Feedback, Figures
from workbench.ui import feedback_views, report
from workbench.words import say

STYLE = (Path(__file__).parent / "feedback.css").read_text(encoding="utf-8")


def page(lang: Lang, feedback: Feedback, figures: Figures, made: datetime) -> str:
    """The whole page."""
    title = escape(say(lang, "feedback.report_title", name=feedback.name))
    facts = {
        "file": feedback.name,
        "made": report.moment(lang, made),
        "rows": f"{figures.read:,} / {figures.rows:,}",
        "column": feedback.chosen.text or "–",
    }
    head = "".join(f"<div><dt>{escape(say(lang, f'feedback.fact_{name}'))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{report.POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{report.STYLE}{STYLE}</style></head><body><main>"
        f"<header><h1>{title}</h1><dl>{head}</dl></header>"
        f'{feedback_views.analysis(lang, feedback, figures, buttons=False)}'
        f'<section class="wb-how"><h2>{escape(say(lang, "report.how"))}</h2><p>{escape(say(lang, "feedback.how_text"))}</p></section>'
        f"<footer>{escape(say(lang, 'feedback.report_footer'))}</footer></main></body></html>\n"
    )


def file_name(lang: Lang, made: datetime, ending: str) -> str:
    """What a file to hand on is called."""
    return f"{say(lang, 'feedback.file')}-{made:%Y-%m-%d-%H%M}.{ending}"
