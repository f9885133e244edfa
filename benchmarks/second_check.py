"""A second look for numbers that a summary has and its source has not, written apart from the workbench's own check.

It shares no code and no method with it: every run of digits, every word of number and every name of a month is cut out by
one plain pattern a language and brought into a form of its own. What it knows nothing of, it lets pass; what it finds is
an invented number. `one`, `a`, `first`, `한` and `하나` are words of many uses and no numbers here.

    python -m benchmarks.second_check SUMMARY.txt SOURCE.txt
"""

import re
import sys
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

UNITS_EN = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())}
TENS_EN = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
ORDINAL_EN = {word: number for number, word in enumerate(
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 3)}
POWERS_EN = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "k": 1000, "m": 10**6, "bn": 10**9}
MONTHS_EN = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DIGITS_KO = {syllable: number for number, syllable in enumerate("영일이삼사오육칠팔구")}
POWERS_KO = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
NATIVE_KO = {
    "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12,
    "열세": 13, "열네": 14, "열다섯": 15, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5,
    "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15}
COUNTED_KO = "원|명|분|개월|개|일|년|월|시간|시|주|번|회|건|병|대|장|통|권|층|살|달|배|가지|곳|차례|상자|봉|팩|인분|점|퍼센트|달러|만|천|사람|마리"

ENGLISH = re.compile(
    rf"\b(?:{'|'.join([*TENS_EN, *sorted(UNITS_EN, key=len, reverse=True), *ORDINAL_EN])})"
    rf"(?:(?:[ -]|[ -]and[ -])(?:{'|'.join([*TENS_EN, *sorted(UNITS_EN, key=len, reverse=True), 'hundred', 'thousand', 'million', 'billion'])})\b)*\b", re.IGNORECASE)
MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b")
NATIVE = re.compile(rf"(?<![가-힣])({'|'.join(sorted(NATIVE_KO, key=len, reverse=True))})(?=\s?(?:{COUNTED_KO})(?:[은는이가을를의에도만로씩]|입니다|였|[\s.,)]|$))|(?<![가-힣])(이틀|사흘|나흘|닷새|엿새|여드레|아흐레|열흘|보름)")
SINO = re.compile(r"(?<![가-힣])([영일이삼사오육칠팔구십백천만억조]{2,})(?=\s?(?:원|명|개|병|퍼센트|달러|대|건|인분|장))")
NUMERAL = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
SCALE = re.compile(r"\s?(?:(hundred|thousand|million|billion|trillion|bn|[km])\b|([십백천]?[만억조]|[백천]))", re.IGNORECASE)


def unsupported(summary: str, source: str) -> list[str]:
    """The numbers of the summary, as they are written there, that the source has in no spelling this check knows."""
    known = {value for _, values in numbers(source) for value in values}
    known |= {Fraction(NATIVE_KO[match]) for match in re.findall(rf"(?<![가-힣])({'|'.join(sorted(NATIVE_KO, key=len, reverse=True))})(?=\s)", source)}
    return [written for written, values in numbers(summary) if not known & values]


def numbers(text: str) -> list[tuple[str, set[Fraction]]]:
    """Every number as it is written, and what it may stand for: `3만 5천` for 35,000; `14:30` for 14 and for 30, one by one."""
    text = normalize("NFKC", text)
    found = []
    place = 0
    while match := NUMERAL.search(text, place):
        value, place = Fraction(match[0].replace(",", "")), match.end()
        meant = {value}
        total, written = Fraction(0), match[0]
        scaled = SCALE.match(text, place)
        while scaled:  # 3만 5천, 1.5 million
            place = scaled.end()
            factor = Fraction(1)
            for part in [scaled[1].lower()] if scaled[1] else list(scaled[2]):
                factor *= POWERS_EN.get(part) or POWERS_KO[part]
            total, written = total + value * factor, text[match.start() : place]
            more = re.compile(r"\s?(\d[\d,]*)").match(text, place) if scaled[2] else None
            if not more:
                break
            value, scaled = Fraction(more[1].replace(",", "")), SCALE.match(text, more.end())
            if not scaled:
                total, place, written = total + value, more.end(), text[match.start() : more.end()]
        if total:  # “5 m” and “5m” may be meters, “5 조각” is no number of its own
            meant = {total} if re.fullmatch(r"[\d,.]+(?:\s?(?:hundred|thousand|(?:m|b|tr)illion|bn)|[십백천만억조].*)", written, re.I) else {total, meant.pop()}
        found.append((written, meant | hours(text, match)))
    for match in ENGLISH.finditer(text):
        if (value := english(match[0])) is not None:
            found.append((match[0], {value}))
    found += [(match[0], {Fraction(MONTHS_EN[match[1].lower()])}) for match in MONTH.finditer(text) if match[0] not in ("May", "Mar", "March")]
    found += [(match[0], {Fraction(NATIVE_KO[match[1] or match[2]])}) for match in NATIVE.finditer(text)]
    found += [(match[0], {sino(match[0])}) for match in SINO.finditer(text)]
    return found


def hours(text: str, match: re.Match[str]) -> set[Fraction]:
    """The hour on the other clock too, where the number is one: 3 pm, 15:00, 오후 3시."""
    is_hour = re.compile(r":\d\d|\s?[ap]\.?m\b|\s?시(?!간)| o['’]clock", re.IGNORECASE).match(text, match.end())
    hour = Fraction(match[0].replace(",", ""))
    return {(hour + 12) % 24 if hour != 12 else Fraction(0)} if is_hour and hour <= 24 else set()


def english(words: str) -> Fraction | None:
    """`two hundred and five thousand`; None for `one` alone."""
    total = current = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word in ("thousand", "million", "billion"):
            total, current = total + max(1, current) * POWERS_EN[word], 0
        elif word == "hundred":
            current = max(1, current) * 100
        else:
            current += UNITS_EN.get(word, 0) + TENS_EN.get(word, 0) + ORDINAL_EN.get(word, 0)
    return None if words.lower() == "one" else Fraction(total + current)


def sino(syllables: str) -> Fraction:
    """`삼만오천`."""
    total = below = digit = 0
    for syllable in syllables:
        power = POWERS_KO.get(syllable, 0)
        if not power:
            digit = DIGITS_KO[syllable]
        elif power < 10**4:
            below, digit = below + max(1, digit) * power, 0
        else:
            total, below, digit = total + max(1, below + digit) * power, 0, 0
    return Fraction(total + below + digit)


if __name__ == "__main__":
    told, read = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:3])
    print("\n".join(unsupported(told, read)) or "every number stands in the source")
