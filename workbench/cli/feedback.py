"""The command `feedback`."""

import argparse
import sys
import time
from datetime import datetime
from pathlib import Path

from workbench.bench import Bench
from workbench.cli.flags import Command, location, words
from workbench.cli.output import show
from workbench.errors import ModelError, WorkbenchError
from workbench.nouns import Lang
from workbench.nouns.feedback import OTHER, Chosen, Feedback, Figures, Mood, Section, ThemeFigures
from workbench.records import plain
from workbench.words import say, tell


def add(command: Command) -> None:
    """Its flags."""
    feedback = command("feedback", run_feedback, "sort what many people wrote into themes, and count them")
    feedback.add_argument("path", type=location, metavar="FILE|FOLDER", help="a table (.csv, .tsv, .xlsx), or a folder of texts")
    for name, what in (
            ("column", "the texts"), ("rating", "ratings"), ("date", "days"), ("group", "groups, such as products or branches")):
        feedback.add_argument(f"--{name}", type=words, default="", metavar="NAME", help=f"column of {what} (default: found; “none” for none)")
    feedback.add_argument("--sheet", type=words, default="", metavar="NAME", help="sheet of a workbook (default: the one with most text)")
    feedback.add_argument("--mask", action="store_true", help="take personal data out before anything is read further")
    feedback.add_argument("--themes", type=int, metavar="K", help="themes a language (default: as many as suit it)")
    feedback.add_argument("--model", default="", metavar="NAME|PATH", help="the model that rephrases the names of themes")
    feedback.add_argument("--no-model", action="store_true", help="name themes by their terms alone")
    feedback.add_argument("--lang", choices=("en", "ko"), help="language of the summary and the report (default: that of most rows)")
    feedback.add_argument("--out", type=location, metavar="FILE", help="write the report as one HTML page")
    feedback.add_argument("--csv", type=location, metavar="FILE", help="write every row with its themes")


def run_feedback(bench: Bench, options: argparse.Namespace) -> None:
    """feedback FILE|FOLDER [--column NAME] [--rating NAME] [--date NAME] [--group NAME]"""
    from workbench.feedback import analyze
    from workbench.feedback.figures import figures
    from workbench.feedback.naming import rephrase
    from workbench.feedback.summary import summary

    began = time.perf_counter()
    wanted = Chosen(options.column, options.rating, options.date, options.group, options.sheet)
    steps = analyze(bench, options.path, wanted, mask=options.mask, number=options.themes)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        result = end.value
    feedback, sorting = result.feedback, result.sorting
    if not options.no_model:
        try:
            for step in rephrase(bench, feedback, result.sorting, options.model):
                sorting = step.sorting
        except ModelError as error:
            print(f"Themes are named by their terms: {error}", file=sys.stderr)
    counted = figures(feedback, sorting)
    lang: Lang = options.lang or ("ko" if max(counted.sections, key=lambda each: each.rows).language == "ko" else "en")
    paragraph = summary(lang, feedback, counted)
    if options.csv:
        from workbench.feedback.table import table

        written(options.csv, table(lang, feedback, sorting))
    if options.out:
        from workbench.ui import feedback_report

        written(options.out, feedback_report.page(lang, feedback, counted, datetime.now()))
    if options.json:
        seconds = round(time.perf_counter() - began, 3)
        show(feedback_json(feedback, counted) | {"summary": paragraph, "seconds": seconds})
    else:
        print_feedback(feedback, counted, paragraph)


def written(path: Path, text: str) -> None:
    """Write a file. Raises WorkbenchError."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise WorkbenchError("report_unwritable", path=path, why=error.strerror) from error


def feedback_json(feedback: Feedback, counted: Figures) -> dict:
    """All figures."""
    return {
        "file": feedback.name,
        "columns": {name: value for name, value in plain(feedback.chosen).items() if value},
        "rows": counted.rows,
        "read": counted.read,
        "empty": counted.empty,
        "duplicates": {"exact": counted.exact, "near": counted.near},
        "undated": counted.undated,
        "unrated": counted.unrated,
        "scale": feedback.scale and list(feedback.scale),
        "masked": dict(feedback.masked) if feedback.hidden else None,
        "missed": list(feedback.missed),
        "remarks": [tell("en", remark) for remark in feedback.remarks],
        "languages": [language_json(feedback, section) for section in counted.sections],
        "themes": [theme_json(section, each) for section in counted.sections for each in section.themes],
    }


def language_json(feedback: Feedback, section: Section) -> dict:
    """One language: how its themes were found, and what fits none."""
    from workbench.feedback.sentiment import ACCURACY

    found = next(each for each in feedback.found if each.language == section.language)
    accuracy = ACCURACY.get(section.language) if section.mood.by == "classifier" else None
    return {
        "language": section.language, "rows": section.rows, "opinions": section.units, "vectors": found.vectors, "method": found.method,
        "themes": len(section.themes), "silhouettes": [list(each) for each in found.silhouettes], "stability": plain(found.stability),
        "sentiment": mood_json(section.mood), "sentiment_accuracy": plain(accuracy) if accuracy else None,
        "periods": list(section.periods), "rows_by_period": list(section.period_rows),
        "groups": list(section.groups), "rows_by_group": list(section.group_rows),
        "other": theme_json(section, section.other),
    }


def theme_json(section: Section, each: ThemeFigures) -> dict:
    """A theme in figures."""
    return {
        "id": each.theme.id,
        "language": section.language,
        "label": "other" if each.theme.id == OTHER else each.theme.label,
        "named_by": each.theme.by,
        "terms": list(each.theme.terms),
        "count": each.count,
        "share": plain(each.share),
        "opinions": each.units,
        "stable": each.theme.stable,
        "sentiment": mood_json(each.mood),
        "trend": [{"period": period, "count": count, "of": of} for period, count, of in zip(
            section.periods, each.trend, section.period_rows, strict=True)],
        "groups": [{"group": name, "share": plain(share)} for name, share in zip(section.groups, each.groups, strict=True)],
        "shift": each.shift and plain(each.shift),
        "quotes": [{"row": quote.number, "text": quote.text} for quote in each.quotes],
    }


def mood_json(mood: Mood) -> dict:
    """What rows feel, and what tells it."""
    return {"positive": plain(mood.positive), "negative": plain(mood.negative), "rating": mood.rating and plain(mood.rating), "by": mood.by}


def print_feedback(feedback: Feedback, counted: Figures, paragraph: str) -> None:
    """The paragraph, then a theme a line with its quotes."""
    print(paragraph)
    for remark in feedback.remarks:
        print(f"    {tell('en', remark)}")
    for section in counted.sections:
        print(f"\n[{section.language}] {say('en', 'feedback.rows', rows=section.rows)}, {say('en', 'feedback.themes', count=len(section.themes))}")
        for each in (*section.themes, section.other):
            share = each.share
            if each.count and share.value is not None and share.low is not None and share.high is not None:
                print(f"{each.count:6}  {100 * share.value:4.1f} % [{100 * share.low:.1f}, {100 * share.high:.1f}]  {each.theme.label or 'other'}")
                for quote in each.quotes:
                    print(f"            {quote.number}: {' '.join(quote.text.split())[:140]}")


