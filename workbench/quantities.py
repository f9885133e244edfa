"""Numbers, amounts, days and times of a text in one canonical form, English and Korean alike. Pure.

`1,000`, `1000.0` and `a thousand` are one number; `3만 5천 원` and `35,000원` one amount; `3월 5일`, `March 5`,
`5 March` and `2025-03-05` one day; `오후 3시`, `3 pm` and `15:00` one time. Codes (`GD-1022`, `5.1.4`,
`010-1234-5678`) are names and no numbers.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["number", "date", "time"]
Value = tuple[Decimal | int | None, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, day or time, and the place of the text it stands at.

    `value`: (number,) · (year, month, day), None where the text leaves one open · (minute of the day,).
    `unit`: `%`, a currency (`USD`), a measure (`day`), or empty. `half`: the time may lie in either half
    of the day (`8시`, `3:15`).
    """

    kind: Kind
    value: Value
    unit: str
    text: str
    start: int
    end: int
    half: bool = False


# What a rule makes of its match; None where it is no quantity after all.
Made = tuple[Kind, Value, str, bool] | None


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


# --- words of number ---

ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ENGLISH = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)} | {"a": 1, "an": 1}
ORDINALS = {word: n for n, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, "b": 10**9}
NATIVE = dict(zip("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split(), range(1, 10), strict=True)) | dict(
    zip("한 두 세 네".split(), range(1, 5), strict=True))
NATIVE_TENS = dict(zip("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(), range(10, 100, 10), strict=True)) | {"스무": 20}
NATIVE_DAYS = dict(zip("하루 이틀 사흘 나흘 닷새 엿새 여드레 아흐레 열흘 보름".split(), (1, 2, 3, 4, 5, 6, 8, 9, 10, 15), strict=True))
SINO = dict(zip("영일이삼사오육칠팔구", range(10), strict=True))
SMALL = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
MONTHS = {
    name: number
    for number, names in enumerate((
        "January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
        "September Sept Sep", "October Oct", "November Nov", "December Dec"), 1)
    for name in names.split()
}
# unit: (English, Korean); an English word has to end where it ends, a Korean one takes particles
UNITS = {
    "%": (r"percentage|percent|per cent|pct", "%p?|％|퍼센트|프로"),
    "USD": ("US dollars?|dollars?|USD", "달러|불(?![가-힣])"),
    "KRW": ("won|KRW", "원"),
    "EUR": ("euros?|EUR", "€|유로"),
    "GBP": ("GBP|pounds sterling", "파운드"),
    "JPY": ("yen|JPY", "엔"),
    "second": ("seconds?|secs?", "초"),
    "minute": ("minutes?|mins?", "분(?![기의])"),
    "hour": ("hours?|hrs?", "시간"),
    "day": ("days?", "일(?!본)"),
    "week": ("weeks?", "주(?![년기소식택])"),
    "month": ("months?", "개월|달(?!러)"),
    "year": ("years?|yrs?", "년"),
    "kg": ("kilogram(?:me)?s?|kilos?|kg", "킬로그램"),
    "g": ("gram(?:me)?s?|g", "그램"),
    "km": ("kilomet(?:er|re)s?|km", "킬로미터"),
    "m": ("met(?:er|re)s?|m", "미터"),
    "cm": ("centimet(?:er|re)s?|cm", "센티미터"),
    "mm": ("millimet(?:er|re)s?|mm", "밀리미터"),
    "l": ("lit(?:er|re)s?|l", "리터"),
    "ml": ("millilit(?:er|re)s?|ml|mL", "밀리리터"),
    "degree": ("degrees?", "°[CF]?|℃|도(?!시)"),
    "GB": ("gigabytes?|GB", "기가바이트"),
}
SIGNS = {"$": "USD", "₩": "KRW", "€": "EUR", "£": "GBP", "¥": "JPY"}
UNIT = re.compile("|".join(
    rf"(?P<u{place}>[ -]?(?:{english})(?![A-Za-z])|\s?(?:{korean}))" for place, (english, korean) in enumerate(UNITS.values())))
UNIT_NAMES = tuple(UNITS)

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
STARTS = r"(?<!\d)(?<!\d[.,])"  # so that no number begins inside another
COUNTERS = (
    "원|달러|명|개월|개|분|년|월|일|시간|퍼센트|점|번|회|층|미터|킬로|그램|리터|살|마리|권|대|장|병|잔|달|가지|사람|주|배|곳|군데|"
    "차례|건|켤레|그릇|통|상자|봉|팩|판|인분|초"
)
LONE_HANGUL = r"(?<![가-힣])"


def number(text: str) -> Decimal:
    """Digits with or without thousands' commas."""
    return Decimal(text.replace(",", ""))


def english_value(text: str) -> int:
    """`two hundred and five thousand` → 205,000."""
    total = current = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
        else:
            current += ENGLISH.get(word, 0)  # “and” is nothing
    return total + current


def sino_value(text: str) -> int | None:
    """`삼만오천` → 35,000; None where syllables of number stand in no order of a number (`일일`, `이사`)."""
    if not re.fullmatch(r"(?:[일이삼사오육칠팔구]?[십백천만억])*[일이삼사오육칠팔구]?", text):
        return None
    total = below = digit = 0
    for syllable in text:
        if syllable in SINO:
            digit = SINO[syllable]
        elif syllable in SMALL:
            below, digit = below + max(digit, 1) * SMALL[syllable], 0
        else:
            total, below, digit = total + max(below + digit, 1) * LARGE[syllable], 0, 0
    return total + below + digit


def native_value(text: str) -> int:
    """`스물네` → 24."""
    ten = next((word for word in sorted(NATIVE_TENS, key=len, reverse=True) if text.startswith(word)), "")
    return NATIVE_TENS.get(ten, 0) + NATIVE.get(text[len(ten):], 0)


def scaled_value(text: str) -> Decimal:
    """`3만 5천` → 35,000; `9만 3,500` → 93,500."""
    total = below = Decimal(0)
    for digits, small, large in re.findall(rf"({DIGITS})?\s?([십백천])?\s?([만억조])?", text):
        if digits or small or large:
            below += (number(digits) if digits else 1) * SMALL.get(small, 1) if digits or small else 0
            if large:
                total, below = total + (below or 1) * LARGE[large], Decimal(0)
    return total + below


# --- rules: a pattern and what its match means; the first that matches takes the place ---


def day(year: str | None, month: int | str, date: str | None) -> Made:
    """A day; None where no calendar has it."""
    values = (int(year) if year else None, int(month), int(date) if date else None)
    return ("date", values, "", False) if 1 <= values[1] <= 12 and 1 <= (values[2] or 1) <= 31 else None


def slashed(match: re.Match[str]) -> Made:
    """`25/12/2025` and `12/25/2025`; where both could be the month it is not known which."""
    one, two, year = match.groups()
    if int(one) > 12 or one == two:
        return day(year, two, one)
    return day(year, one, two) if int(two) > 12 else None


def short_day(match: re.Match[str]) -> Made:
    """`03-05`: a range has no leading zeros."""
    return day(None, *match.groups()) if "0" in (match[1][0], match[2][0]) else None


def clock(half: str, hour: int, minute: int, *, padded: bool = False) -> Made:
    """A time. `half` is a word for the half of the day; without one an hour up to 12 may lie in either."""
    if hour > 24 or minute > 59:
        return None
    if half in ("오후", "저녁", "낮", "점심", "p") or (half == "밤" and 6 <= hour < 12):
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif half:
        hour = hour % 12 if hour <= 12 else hour
    return "time", (hour % 24 * 60 + minute,), "", not half and 1 <= hour <= 12 and not padded


def korean_clock(match: re.Match[str]) -> Made:
    """`오후 3시 20분`, `저녁 여섯 시 반`."""
    half, digits, word, minute, thirty = match.groups()
    if word and not half and not match[0].startswith(f"{word} "):
        return None  # “한시적”, “세시풍속”
    hour = int(digits) if digits else native_value(word)
    return clock(half or "", hour, 30 if thirty else int(minute or 0))


def amount(value: Decimal | int, unit: str = "") -> Made:
    """A number, with its unit where the rule knows it."""
    return "number", (Decimal(value),), unit, False


def sino(match: re.Match[str]) -> Made:
    """`삼만 오천 원`."""
    value = sino_value(re.sub(r"\s", "", match[0]))
    return None if value is None else amount(value)


def signed(match: re.Match[str]) -> Made:
    """`$1.5 million`, `£3k`."""
    scale = (match[3] or "").lower()
    return amount(number(match[2]) * (SCALES | SHORT_SCALES).get(scale, 1), SIGNS[match[1]])


def written(match: re.Match[str]) -> Made:
    """`1,000`, `3.5 million`, `21st`, `1990s`."""
    return amount(number(match[1]) * SCALES.get((match[2] or "").lower(), 1))


MONTH = rf"({alternatives(MONTHS)})\b\.?"
DATE = r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d|[.,]\d|:\d)"
YEAR = r"([12]\d{3})(?!\d)"
HALVES = "오전|오후|새벽|아침|점심|저녁|밤|낮"
NATIVE_HOURS = "한|두|세|네|다섯|여섯|일곱|여덟|아홉|열한|열두|열"
NATIVE_NUMBER = rf"(?:{alternatives(NATIVE_TENS)})?(?:{alternatives(NATIVE)})|{alternatives(NATIVE_TENS)}"
BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES[1:10])}))?|{alternatives(ONES)})\b"
BELOW_THOUSAND = rf"(?:(?:{BELOW_HUNDRED}|an?)[ -]hundred(?: (?:and )?{BELOW_HUNDRED})?|{BELOW_HUNDRED})"
BIG = "thousand|million|billion|trillion"
CODE = (
    r"(?<![A-Za-z\d])(?![a-z]{3,}-\d)[A-Za-z][A-Za-z\d]*(?:[-_][A-Za-z\d]+)*(?![A-Za-z\d])"
    r"|(?<![\d.])\d+(?:\.\d+){2,}(?!\d)"
    r"|(?<![\d-])(?:0\d{1,2}|\+\d{1,3})-\d{2,4}-\d{4}(?!\d)|(?<![\d-])\d{2,4}(?:-\d{2,6}){2,}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d)"
)

RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Made]], ...] = tuple(
    (re.compile(pattern), make) for pattern, make in (
        # days
        (rf"(?<![\d.-]){YEAR}([-./]) ?(\d{{1,2}})\2 ?(\d{{1,2}})(?!\d)", lambda match: day(match[1], match[3], match[4])),
        (r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", slashed),
        (r"(?<!\d)(?:(\d{4})년\s*)?(\d{1,2})월\s*(\d{1,2})일(?!간)", lambda match: day(*match.groups())),
        (r"(?<!\d)(?:(\d{4})년\s*)?(\d{1,2})월", lambda match: day(match[1], match[2], None)),
        (rf"\b{MONTH} {DATE}(?:,? {YEAR})?", lambda match: day(match[3], MONTHS[match[1]], match[2])),
        (rf"(?<![\d.,:]){DATE} (?:of )?{MONTH}(?:,? {YEAR})?", lambda match: day(match[3], MONTHS[match[2]], match[1])),
        (rf"\b{MONTH},? {YEAR}", lambda match: day(match[2], MONTHS[match[1]], None)),
        (rf"\b(?!Mar|May){MONTH}", lambda match: day(None, MONTHS[match[1]], None)),
        (r"(?<![\d-])(\d{2})-(\d{2})(?![\d-])", short_day),
        # codes are names: they take their place and are no quantity (`codes`)
        # times
        (rf"(?:({HALVES})\s?)?(?:(?<!\d)(\d{{1,2}})|{LONE_HANGUL}({NATIVE_HOURS}))\s?시(?![간장스민도즌험작대])"
         r"(?:\s?(\d{1,2})분|\s?(반)(?![가-힣]))?", korean_clock),
        (r"(?<![\d:])(\d{1,2})(?::(\d{2}))? ?([aApP])\.?[mM]\b\.?",
         lambda match: clock(match[3].lower(), int(match[1]), int(match[2] or 0))),
        (rf"(?:({HALVES})\s?)?(?<![\d:])(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?!\d|:\d)",
         lambda match: clock(match[1] or "", int(match[2]), int(match[3]), padded=match[2].startswith("0"))),
        (r"(?<!\d)(\d{1,2}) o['’]clock", lambda match: clock("", int(match[1]), 0)),
        (r"\b(?i:noon)\b|정오", lambda _: clock("p", 12, 0)),
        (r"\b(?i:midnight)\b|자정", lambda _: clock("a", 12, 0)),
        # amounts and numbers
        (rf"([$₩€£¥])\s?({DIGITS})(?:\s?((?i:{BIG}|k|m|bn|b))\b)?", signed),
        (rf"(?<!제){STARTS}{DIGITS}\s?[십백천]?[만억조](?:\s?{DIGITS}\s?[십백천]?[만억조]|\s?{DIGITS}\s?[백천]|\s?{DIGITS}(?=\s?(?:{COUNTERS})))*"
         rf"|{STARTS}{DIGITS}[백천](?:\s?{DIGITS}(?:백|(?=\s?(?:{COUNTERS}))))*", lambda match: amount(scaled_value(match[0]))),
        (rf"{LONE_HANGUL}(?:[영일이삼사오육칠팔구십백천만억]{{2,}}(?:\s[일이삼사오육칠팔구십백천만억]{{2,}})*|[백천만억])(?=\s?(?:{COUNTERS}))", sino),
        (rf"{LONE_HANGUL}(?:{NATIVE_NUMBER})(?=\s(?:{COUNTERS})|시간|가지|개월|명|개(?![가-힣]))", lambda match: amount(native_value(match[0]))),
        (rf"{LONE_HANGUL}({alternatives(NATIVE_DAYS)})(?!달)", lambda match: amount(NATIVE_DAYS[match[1]], "day")),
        (rf"(?i:(?<![A-Za-z-])(?:(?:{BELOW_THOUSAND}|\ban?) (?:{BIG})\b(?:,? (?:and )?{BELOW_THOUSAND} (?:{BIG})\b)*"
         rf"(?:,? (?:and )?{BELOW_THOUSAND})?|{BELOW_THOUSAND}|an? hundred\b))", lambda match: amount(english_value(match[0]))),
        (rf"(?i:\b({'|'.join(ORDINALS)})\b)", lambda match: amount(ORDINALS[match[1].lower()])),
        (rf"{STARTS}({DIGITS})(?:(?:st|nd|rd|th|s)\b|[ -]((?i:hundred|{BIG}))\b)?", written),
    ))
CODES = re.compile(CODE)
DAY_RULES = 9  # the rules before the codes: a day may look like one (`2026-11-30`)


@lru_cache(maxsize=512)  # one passage is looked at for every sentence of an answer
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, day and time of the text, in its order."""
    found: list[Quantity] = []
    rest = text
    for place, (pattern, make) in enumerate(RULES):
        if place == DAY_RULES:
            rest = CODES.sub(lambda match: blank(match) if is_code(match[0]) else match[0], rest)
        for match in pattern.finditer(rest):
            made = make(match)
            if made is None:
                continue
            kind, value, unit, half = made
            end = match.end()
            measure = UNIT.match(rest, end) if kind == "number" else None
            if measure and not unit:
                unit, end = UNIT_NAMES[int(str(measure.lastgroup)[1:])], measure.end()
            found.append(Quantity(kind, value, unit, text[match.start() : end], match.start(), end, half))
        for each in found:
            rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    return tuple(sorted(found, key=lambda each: each.start))


def codes(text: str) -> list[str]:
    """Part numbers, versions, telephone numbers: `GD-1022`, `E07`, `5.1.4`, `010-1234-5678`."""
    for quantity in quantities(text):
        if quantity.kind == "date":
            text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
    return [match[0] for match in CODES.finditer(text) if is_code(match[0])]


def is_code(text: str) -> bool:
    """Whether what looks like a code has a digit in it: else it is a word."""
    return any(map(str.isdigit, text))


def blank(match: re.Match[str]) -> str:
    """As many spaces."""
    return " " * len(match[0])


def matches(said: Quantity, known: Quantity) -> bool:
    """Whether what is known bears out what is said.

    A unit counts where both have one; so does a year. A day that is said must be known; a bare number may be
    any part of a known day or time.
    """
    if said.kind == "number" == known.kind:
        return said.value == known.value and (not said.unit or not known.unit or said.unit == known.unit)
    if said.kind == "date" == known.kind:
        return said.value[1] == known.value[1] and said.value[2] in (None, known.value[2]) and (
            None in (said.value[0], known.value[0]) or said.value[0] == known.value[0])
    if said.kind == "time" == known.kind:
        (one,), (two,) = said.value, known.value
        assert one is not None and two is not None
        return one == two or ((said.half or known.half) and one % 720 == two % 720)
    if said.kind == "number" and said.unit in ("", "year", "month", "day", "hour", "minute"):
        parts = known.value if known.kind == "date" else hours(known)
        return said.value[0] in parts
    return False


def hours(time: Quantity) -> Value:
    """The hour, on both clocks, and the minute of a time."""
    minutes = int(time.value[0] or 0)
    return minutes // 60, (minutes // 60 - 1) % 12 + 1, minutes % 60


def stands(said: Quantity, text: Iterable[Quantity]) -> bool:
    """Whether any of the quantities bears out what is said."""
    return any(matches(said, each) for each in text)


def canonical(text: str) -> str:
    """The text with every quantity as words that differ only where its value does, to compare wordings by.

    Units are left out, and the year is a word of its own: what says less must not look like something else.
    """
    parts, last = [], 0
    for each in quantities(text):
        parts += [text[last : each.start], f" {token(each)} "]
        last = each.end
    return "".join([*parts, text[last:]])


def token(quantity: Quantity) -> str:
    """A quantity as words: `n35000`, `n2025 d03x05`, `t0320` (on a clock of twelve hours)."""
    if quantity.kind == "date":
        year, *rest = quantity.value
        return (f"n{year} " if year else "") + "d" + "x".join(f"{part:02}" for part in rest if part is not None)
    if quantity.kind == "time":
        minutes = int(quantity.value[0] or 0) % 720
        return f"t{minutes // 60:02}{minutes % 60:02}"
    return "n" + format(Decimal(quantity.value[0] or 0).normalize(), "f").replace(".", "x")
