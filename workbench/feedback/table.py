"""Every row with its themes, as a table to open in a spreadsheet. Pure."""

import csv
import io
import re
from collections import defaultdict

from workbench.feedback.summary import tongue
from workbench.nouns import Lang
from workbench.nouns.feedback import OTHER, Feedback, Sorting
from workbench.words import say

# A cell that begins so is a formula to a spreadsheet.
FORMULA = re.compile(r"\s*[=+\-@\t\r]|\s*[＝＋－＠]")
COLUMNS = ("row", "source", "text", "rating", "day", "group", "language", "repeats", "themes")


def table(lang: Lang, feedback: Feedback, sorting: Sorting) -> str:
    """Comma-separated values with a mark at the head, by which spreadsheets know UTF-8. A text that a spreadsheet would take
    for a formula gets an apostrophe in front."""
    themes = of_rows(feedback, sorting)
    names = {each.id: each.label for each in sorting.themes} | {OTHER: say(lang, "feedback.other")}
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write([say(lang, f"feedback.column.{name}") for name in COLUMNS])
    for place, row in enumerate(feedback.rows):
        mine = themes[row.same if row.same >= 0 else place]
        write([
            row.number, safe(row.source), safe(row.text), "" if row.rating is None else f"{row.rating:g}", row.day, safe(row.group),
            tongue(lang, row.language) if row.language else "", feedback.rows[row.same].number if row.same >= 0 else "",
            safe("; ".join(names[each] for each in mine)),
        ])
    return "\ufeff" + out.getvalue()


def of_rows(feedback: Feedback, sorting: Sorting) -> dict[int, list[int]]:
    """The themes of every row by its place, in the order of its opinions, each once; OTHER only where it has no theme."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit, theme in zip(feedback.units, sorting.of, strict=True):
        if theme not in found[unit.row]:
            found[unit.row].append(theme)
    return defaultdict(list, {row: [each for each in some if each != OTHER] or some for row, some in found.items()})


def safe(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if FORMULA.match(text) else text
