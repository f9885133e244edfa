"""Days and times as people write them in a mail, counted from the mail's own day where they are relative. Pure.

`tomorrow`, `by next Friday`, `the 22nd`, `다음 주 화요일`, `3/11(수)`, `월말` name a day only together with the day they were
written on. A weekday alone lies ahead where something is due (`by Friday`); else nobody knows whether it is past.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workbench.quantities import BELOW_HUNDRED, MONTHS, NATIVE_DAYS, Quantity, alternatives, english_value, quantities


@dataclass(frozen=True, slots=True)
class Day:
    """A day or time and its place: `text[start:end]`.

    `key` is the same for all ways to write it, in both languages. `value`: the ISO day (`2026-03-05`) or month (`2026-03`),
    a time behind it where one is given (`2026-03-05 17:00`, `17:00` alone); `03-05` where the year is not known; empty
    where no day can be told. `relative`: it depends on the day it was written on. `due`: something is due then.
    """

    text: str
    start: int
    end: int
    key: str
    value: str = ""
    relative: bool = False
    due: bool = False


Told = tuple[str, Callable[[date], date | None]]  # the key, and the day counted from another
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Told | None]]
DAY_END = "day end"
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)

WEEKDAYS = {name: number for number, names in enumerate((
    "monday mon 월", "tuesday tues tue 화", "wednesday wed 수", "thursday thurs thur thu 목", "friday fri 금",
    "saturday sat 토", "sunday sun 일")) for name in names.split()}
WORDS = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1, "the day before yesterday": -2,
         "오늘": 0, "금일": 0, "내일": 1, "명일": 1, "모레": 2, "글피": 3, "어제": -1, "그저께": -2, "그제": -2}
WEEKS = {"": 0, "this": 0, "this coming": 0, "the": 0, "next": 1, "last": -1,
         "이번": 0, "금": 0, "이": 0, "다음": 1, "차": 1, "담": 1, "내": 1, "지난": -1, "저번": -1, "다다음": 2}


def weeks(match: re.Match[str]) -> int:
    """How many weeks or months further a match lies."""
    return WEEKS[(match["week"] or "").strip().lower()]


def word(match: re.Match[str]) -> Told:
    """`tomorrow`, `모레`."""
    number = WORDS[match[0].lower()]
    return f"day {number:+}", lambda today: today + timedelta(number)


def that_day(_: re.Match[str]) -> Told:
    """`EOD`, `퇴근 전`: of the day beside it, else of the one it was written on."""
    return DAY_END, lambda today: today


def weekday(match: re.Match[str]) -> Told:
    """`Friday`, `next Friday`, `다음 주 금요일`: of a calendar week, Monday being its first day."""
    number = WEEKDAYS[match["day"].lower()]
    if match["week"] is None:
        return f"weekday {number}", lambda _: None
    further = weeks(match)
    return f"weekday {number} {further:+}", lambda today: today + timedelta(number - today.weekday() + 7 * further)


def week(match: re.Match[str]) -> Told:
    """`next week`: no one day."""
    return f"week {weeks(match):+}", lambda _: None


def week_end(match: re.Match[str]) -> Told:
    """`the end of next week`, `이번 주 중`: its Friday."""
    further = weeks(match)
    return f"week end {further:+}", lambda today: today + timedelta(4 - today.weekday() + 7 * further)


def month_end(match: re.Match[str]) -> Told:
    """`the end of the month`, `다음 달 말`."""
    further = weeks(match)
    return f"month end {further:+}", lambda today: last_of(*months_after(today, further))


def named_month_end(match: re.Match[str]) -> Told:
    """`4월 말`, `the end of March 2026`: of the next such month to come, unless the year is given."""
    month = MONTHS.get(match["month"]) or int(match["month"])
    year = int(match["year"]) if match["year"] else 0
    return f"end of month {month}", lambda today: last_of(year or today.year + (month < today.month), month)


def year_end(_: re.Match[str]) -> Told:
    """`the end of the year`, `연말`."""
    return "year end", lambda today: date(today.year, 12, 31)


def later(match: re.Match[str]) -> Told:
    """`in three days`, `two weeks from now`, `7일 이내`."""
    counted = match["count"]
    number = (int(counted) if counted.isdigit() else english_value(counted)) * (7 if re.search("week|주", match[0]) else 1)
    return f"day {number:+}", lambda today: today + timedelta(number)


def native_later(match: re.Match[str]) -> Told:
    """`사흘 뒤`, `일주일 안에`."""
    number = NATIVE_DAYS.get(match["native"], 7)
    return f"day {number:+}", lambda today: today + timedelta(number)


def in_month(match: re.Match[str]) -> Told | None:
    """`the 22nd`, `22일까지`: the next such day to come."""
    number = int(match["date"])

    def next_one(today: date) -> date | None:
        every = (months_after(today, further) for further in range(3))
        found = (date(year, month, number) for year, month in every if number <= monthrange(year, month)[1])
        return next((each for each in found if each >= today), None)

    return (f"date {number}", next_one) if 1 <= number <= 31 else None


def month_and_day(match: re.Match[str]) -> Told | None:
    """`3/11(수)`."""
    month, number = int(match["month"]), int(match["date"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    return f"{month:02}-{number:02}", lambda today: nearest(today, month, number)


def months_after(today: date, further: int) -> tuple[int, int]:
    """The year and the month so many months after a day's."""
    year, month = divmod(12 * today.year + today.month - 1 + further, 12)
    return year, month + 1


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def nearest(today: date, month: int, number: int) -> date | None:
    """The month and day in the year that brings it nearest to a day; None where no year near has it."""
    found = [date(year, month, number) for year in (today.year - 1, today.year, today.year + 1)
             if 1 <= year <= 9999 and number <= monthrange(year, month)[1]]
    return min(found, key=lambda each: abs(each - today), default=None)


ALONE = "(?<![가-힣])"
COUNT = rf"(?P<count>\d{{1,3}}|{BELOW_HUNDRED}|an?)"
FULL = "|".join(name for name in WEEKDAYS if name.endswith("day"))
SHORT = "|".join(name.title() for name in sorted(WEEKDAYS, key=len, reverse=True) if name.isascii() and not name.endswith("day"))
WEEK = r"(?P<week>이번|다음|다다음|지난|저번|금|차|담)\s?주"
WITHIN = "(?:뒤|후|이내|안에|안으로|내로|내에)"

# What stands before a span that is not counted from the day of the mail: `within 38 days of delivery`, `받은 날부터 7일 이내`.
NOT_OF = r"(?! (?:of|after|from (?!now|today)|following|before))"
NOT_SINCE = r"(?<!후 )(?<!뒤 )(?<!부터 )(?<!날 )(?<!이후 )"
# These come before the days that are written out, which they hold.
ENDS = tuple((re.compile(pattern), named_month_end) for pattern in (
    rf"\b(?:[Tt]he )?[Ee]nd of (?P<month>{alternatives(MONTHS)})\b(?:,? (?P<year>\d{{4}}))?",
    r"(?<!\d)(?:(?P<year>\d{4})년 )?(?<!\d)(?P<month>1[0-2]|[1-9])월\s?말"))
RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), tell) for pattern, tell in (
        (r"(?i)\b(?:the day (?:after tomorrow|before yesterday)|today|tonight|tomorrow|yesterday)\b", word),
        (rf"{ALONE}(?:오늘|금일|내일|명일|모레|글피|어제|그저께|그제)(?!날|로)", word),
        (r"\b(?:EOD|COB)\b|(?i:\b(?:the )?(?:end of (?:the |this )?(?:business |working )?day|end of business|close of (?:business|play))\b)", that_day),
        (rf"{ALONE}(?:퇴근|업무\s?(?:종료|마감))\s?전", that_day),
        (r"(?i)\b(?:the )?end of (?P<week>this|next|the) week\b|(?-i:\bEOW\b)", week_end),
        (rf"{ALONE}{WEEK}\s?(?:중|내|안)(?=[에으까로\s.]|$)", week_end),
        (r"(?i)\b(?:the )?end of (?P<week>this|next|the) month\b|(?-i:\bEOM\b)", month_end),
        (rf"{ALONE}(?P<week>이번|다음|이|내)\s?달\s?말|{ALONE}월말", month_end),
        (rf"(?i)\b(?:the )?end of (?:the|this) year\b|{ALONE}(?:올해\s?말|연말)", year_end),
        (rf"(?i)\b(?:(?P<week>this coming|this|next|last) )?(?P<day>{FULL})\b", weekday),
        (rf"\b(?:(?P<week>[Tt]his|[Nn]ext|[Ll]ast) )?(?P<day>{SHORT})\b", weekday),
        (rf"(?:{ALONE}{WEEK}\s?)?(?P<day>[월화수목금토일])요일", weekday),
        (r"\((?P<week>(?!))?(?P<day>[월화수목금토일])\)", weekday),
        (r"(?i)\b(?P<week>this|next|last) week\b", week),
        (rf"{ALONE}{WEEK}(?![가-힣]*요일|[년기식소택문말제])", week),
        (rf"(?i)\b(?:in|within) {COUNT} (?:working |business )?(?:day|week)s?\b{NOT_OF}", later),
        (rf"(?i)\b{COUNT} (?:day|week)s? from (?:now|today)\b", later),
        (rf"(?<![\d월]){NOT_SINCE}(?P<count>\d{{1,3}})\s?(?:일|주일?)\s?{WITHIN}", later),
        (rf"{ALONE}{NOT_SINCE}(?P<native>{alternatives(NATIVE_DAYS)}|일주일)\s?{WITHIN}", native_later),
        (r"(?<![\d/.])(?P<month>\d{1,2})\s?[/.]\s?(?P<date>\d{1,2})\.?\s?(?=\([월화수목금토일]\))", month_and_day),
        (r"(?i)\bthe (?P<date>\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|floor|century|edition|anniversary|time|percentile))", in_month),
        (r"(?<![\d월.])(?<!월 )(?P<date>\d{1,2})일(?=\s?(?:\([월화수목금토일]\)\s?)?(?:까지|오전|오후))", in_month),
    ))

BETWEEN = re.compile(r"[\s,(]*(?:at|on|of|의|에)?[\s,(]*")  # what stands between a day and its weekday or time
CLOSES = re.compile(r"[)\s]*")
BEFORE = re.compile(
    r"(?:\b(?:by|until|till|before|(?:no|not) later than|at the latest (?:by|on)?|due(?: date)?(?: on| by| is|:)?|deadline(?: is| of|:| for \w+ is)?)"
    r"|늦어도|기한(?:은|:)|마감(?:은|일은|일:|:))\s*(?:the |at )?(?:latest )?\(?$", re.IGNORECASE)
BEHIND = re.compile(
    r"[)\s]*(?:\(?[월화수목금토일]\)\s?)?(?:중|전|말|초|정오|오전|오후)?\s?(?:까지|이전|안으로|이내|마감|전에|내로|내에|안에)|[,\s)]*at the latest\b|\s(?:deadline|sharp)\b", re.IGNORECASE)
# A span of time ends then, and nothing is due: `from Friday until Monday`, `월요일부터 금요일까지`.
SPAN = re.compile(r"\bfrom\b[^.;]{0,40}$|부터[^.;]{0,30}$|~\s*$", re.IGNORECASE)


def days(text: str, today: date | None = None) -> tuple[Day, ...]:
    """Every day and time of the text in its order; what stands side by side (`Friday, 6 March, 5 pm`) is one.
    `today`: the day it was written on."""
    if today and not EARLIEST <= today <= LATEST:
        today = None  # of a broken header
    joined: list[Day] = []
    for each in expressions(text, today):
        if joined and BETWEEN.fullmatch(text, joined[-1].end, each.start) and (both := together(joined[-1], each, text)):
            joined[-1] = both
        else:
            joined.append(each)
    return tuple(due(each, text, today) for each in joined)


def expressions(text: str, today: date | None = None) -> list[Day]:
    """Every single expression in its order: `Friday, 6 March, 5 pm` are three."""
    found: list[Day] = []
    add(found, ENDS, text, today)
    found += [absolute(each, today) for each in quantities(text) if each.kind != "number" and free(found, each.start, each.end)]
    add(found, RULES, text, today)
    return sorted(found, key=lambda each: each.start)


def add(found: list[Day], rules: Sequence[Rule], text: str, today: date | None) -> None:
    """Put in what the rules find where nothing was found yet."""
    for pattern, tell in rules:
        for match in pattern.finditer(text):
            if free(found, match.start(), match.end()) and (told := tell(match)):
                counted = told[1](today) if today else None
                value, relative = counted.isoformat() if counted else "", not match.groupdict().get("year")
                found.append(Day(match[0], match.start(), match.end(), told[0], value, relative))


def free(found: Sequence[Day], start: int, end: int) -> bool:
    """Whether nothing that was found stands at a place."""
    return not any(each.start < end and start < each.end for each in found)


def absolute(each: Quantity, today: date | None) -> Day:
    """A day or time that is written out; the year that is left open is the one that brings it nearest to today."""
    bare = each.text.rstrip(".")  # “3 June.” ends its sentence
    each = replace(each, text=bare, end=each.start + len(bare))
    if each.kind == "time":
        clock = f"{int(each.value[0] or 0) // 60:02}:{int(each.value[0] or 0) % 60:02}"
        return Day(each.text, each.start, each.end, clock, clock)
    year, month, number = (int(part) if part is not None else None for part in each.value)
    written = "-".join(f"{part:02}" for part in (month, number) if part is not None)
    if year is None and today and month:
        if number is None:
            middle = nearest(today, month, 15)
            value = middle.isoformat()[:7] if middle else written
        else:
            counted = nearest(today, month, number)
            value = counted.isoformat() if counted else written
        return Day(each.text, each.start, each.end, written, value, relative=True)
    return Day(each.text, each.start, each.end, written, f"{year:04}-{written}" if year else written)


def together(one: Day, two: Day, text: str) -> Day | None:
    """Two neighbors as one: a day with its weekday or its time; None where they are two days."""
    order = ("day", "weekday", "end", "time")
    main, other = sorted((one, two), key=lambda each: order.index(kind(each)))
    if kind(main) == kind(other) or kind(main) == "end":
        return None
    value = f"{main.value} {other.value}" if kind(other) == "time" and main.value else main.value
    return Day(text[one.start : two.end], one.start, two.end, f"{main.key}, {other.key}", value, one.relative or two.relative)


def kind(each: Day) -> str:
    """Which sort of expression a day is."""
    if re.fullmatch(r"\d\d:\d\d", each.key):
        return "time"
    if re.fullmatch(r"weekday \d", each.key):
        return "weekday"
    return "end" if each.key == DAY_END else "day"


def due(each: Day, text: str, today: date | None) -> Day:
    """The day with whether something is due then; a weekday alone is then the next one to come."""
    before, behind = text[: each.start], CLOSES.match(text, each.end)
    end = behind.end() if behind else each.end
    so = bool(BEFORE.search(before) or BEHIND.match(text, each.end) or BEHIND.match(text, end)) or within(each)
    if not so or SPAN.search(before):
        return each
    value = each.value
    if not value and today and (found := re.match(r"weekday (\d)(?:, (\d\d:\d\d)|, day end)?$", each.key)):
        ahead = today + timedelta((int(found[1]) - today.weekday() - 1) % 7 + 1)
        value = " ".join([ahead.isoformat(), *([found[2]] if found[2] else [])])
    return replace(each, value=value, due=True)


def within(each: Day) -> bool:
    """Whether the expression says itself that something is due: `within two weeks`, `EOD`, `7일 이내`, `이번 주 중`."""
    return bool(re.match(r"within\b|EOD|COB|.*(?:이내|안에|안으로|내로|내에|전)$|.*주\s?(?:중|내)$", each.text, re.IGNORECASE))
