"""What a file says of itself, its title and its day, where that can be believed."""

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

EARLIEST = date(1985, 1, 1)  # programs fill an unknown day with 1601, 1904, 1970 or 1980
# 2024-03-05T09:00, 2024. 3. 5., 2024년 3월 5일, 20240305
NUMBERS = re.compile(r"\s*((?:19|20)\d\d)(?:\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})|(\d\d)(\d\d))(?!\d)")


def title(said: str | None) -> str:
    """The title unless it is empty or says nothing: programs put file names and their own there."""
    said = (said or "").strip()
    named = "/" in said or said.lower().endswith((".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".pdf", ".html", ".hwp", ".hwpx", ".txt"))
    return "" if named or said in ("PowerPoint Presentation", "PowerPoint 프레젠테이션") else said


def moment(core: Any, which: str) -> Any:
    """A time of an Office file's properties, None where it cannot be read."""
    try:
        return getattr(core, which)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def day(*moments: date | None) -> str:
    """The ISO day of the first moment that can be true: not before there were such files, not in the future."""
    for moment in moments:
        if moment is not None:
            on = moment.date() if isinstance(moment, datetime) else moment
            if EARLIEST <= on <= date.today() + timedelta(days=1):
                return on.isoformat()
    return ""


def written_day(text: str) -> str:
    """The ISO day of a date as people and pages write it, empty where it cannot be read or believed."""
    try:
        if found := NUMBERS.match(text):
            year, *rest = (int(number) for number in found.groups() if number)
            return day(date(year, *rest))
        return day(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
