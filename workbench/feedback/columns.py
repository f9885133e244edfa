"""Which column holds the texts, the ratings, the days and the groups: looked for, with the evidence, or named. Pure."""

import re
from collections.abc import Sequence
from typing import NoReturn

from workbench.errors import BadRequest
from workbench.feedback.cells import LIKELY, days, rating, share
from workbench.nouns.feedback import Chosen, Column, Kind
from workbench.reading.parts import Records

LOOKED_AT = 2000  # rows that tell what a column is
TEXT_LETTERS = 12  # mean letters from which a column may hold opinions without being called so
LISTED_LETTERS = 48  # mean letters below which a column of few values is one of groups: products, branches
MOST_GROUPS = 50  # different values of a column of groups
NONE = "none"  # what is given for a column that is not wanted

HINTS: dict[str, re.Pattern[str]] = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in (
    ("text", r"comment|review|feedback|opinion|remark|text|message|verbatim|suggestion|complaint|reason|note|body|answer|response|description|quer(?:y|ies)|question"
             r"|의견|후기|리뷰|내용|댓글|평가글|건의|불만|소감|메모|문의|텍스트|본문|서술|개선|한줄평|피드백|사유"),
    ("rating", r"rating|score|stars?\b|satisf|nps|grade|point|평점|별점|점수|만족|평가|추천"),
    ("date", r"date|time|day|when|created|received|submitted|posted|날짜|일자|일시|작성일|접수|등록일|시각|응답일"),
    ("group", r"product|store|branch|shop|team|department|channel|category|region|country|city|segment|group|type|model|plan|site|location|item|brand|version"
              r"|제품|상품|매장|지점|지역|부서|팀|채널|분류|구분|유형|종류|품목|브랜드|센터|카테고리|성별|연령|옵션"),
)}


def columns(table: Records) -> tuple[Column, ...]:
    """Every column with the kind it looks like, by its first rows."""
    rows = table.rows[:LOOKED_AT]
    return tuple(column(name, [cells[place] for _, cells in rows]) for place, name in enumerate(table.columns))


def column(name: str, cells: Sequence[str]) -> Column:
    """A column with what speaks for its kind."""
    filled = [cell for cell in cells if cell.strip()]
    words = sum(len(cell.split()) for cell in filled) / max(1, len(filled))
    numbers = share(cells, lambda every: [rating(cell) for cell in every])
    dated = share(cells, days)
    found = Column(name, "other", len(filled), len(set(filled)), words, numbers, dated, filled[0] if filled else "")
    kind: Kind = "other"
    if filled and dated >= LIKELY:
        kind = "date"
    elif filled and numbers >= LIKELY:
        kind = "rating" if rated(found, filled) else "other"
    elif filled and grouped(found) and (letters(filled) < LISTED_LETTERS or found.distinct <= 2):
        kind = "group"
    elif filled and text_merit(found, filled) > 0:
        kind = "text"
    return Column(name, kind, found.filled, found.distinct, words, numbers, dated, found.example)


def rated(found: Column, filled: Sequence[str]) -> bool:
    """Whether a column of numbers may be one of ratings: few different ones between 0 and 10, or called so and up to 100."""
    values = [each[0] for cell in filled if (each := rating(cell))]
    called = bool(HINTS["rating"].search(found.name))
    within = min(values) >= 0 and max(values) <= (100 if called else 10)
    return within and (called or (found.distinct <= 11 and found.filled > 2 * found.distinct))


def grouped(found: Column) -> bool:
    """Whether a column may hold groups: few different values, each used several times."""
    return 2 <= found.distinct <= MOST_GROUPS and (found.filled >= 3 * found.distinct or bool(HINTS["group"].search(found.name)))


def text_merit(found: Column, filled: Sequence[str]) -> float:
    """How much a column looks like one of opinions: long cells, different from each other, letters in them; a name that
    says so. 0 where it cannot be one."""
    size = letters(filled)
    called = bool(HINTS["text"].search(found.name))
    linked = sum(bool(re.match(r"\s*(?:https?://\S+|\S+@\S+)\s*$", cell)) for cell in filled) > len(filled) / 2
    if linked or size < 2 or (not called and (size < TEXT_LETTERS or found.words < 2)):
        return 0.0
    return size**0.5 * (0.25 + found.distinct / found.filled) * (2 if called else 1)


def letters(filled: Sequence[str]) -> float:
    """Letters of a filled cell on average."""
    return sum(len(re.findall(r"[^\W\d_]", cell)) for cell in filled) / len(filled)


def choose(tables: Sequence[Records], name: str, wanted: Chosen) -> tuple[Records, Chosen, tuple[Column, ...]]:
    """The table and its columns that are read: those that are named, and for the others those that look like it. `none`
    takes none. Raises BadRequest for a sheet or a column that is not there, or where nothing looks like opinions."""
    if wanted.sheet:
        tables = [table for table in tables if table.title == wanted.sheet] or unknown(
            "feedback_sheet_unknown", name, wanted.sheet, [table.title for table in tables])
    if wanted.text:
        every = [column for table in tables for column in table.columns]
        tables = [table for table in tables if wanted.text in table.columns] or unknown(
            "feedback_column_unknown", name, wanted.text, every)
    looked = [(table, columns(table)) for table in tables]
    table, found = max(looked, key=lambda each: best_text(*each)[0])
    text = wanted.text or best_text(table, found)[1]
    if not text:
        refuse(name, looked)
    taken = {text}

    def one(kind: Kind, given: str) -> str:
        if given and given not in table.columns and given.lower() != NONE:
            unknown("feedback_column_unknown", name, given, table.columns)
        if given:
            return given if given in table.columns else ""
        likely = [each for each in found if each.kind == kind and each.name not in taken]
        called = [each for each in likely if HINTS[kind].search(each.name)]
        # Without a name that says so, one column of ratings or days is believed; groups would be a guess.
        return called[0].name if called else likely[0].name if len(likely) == 1 and kind != "group" else ""

    chosen = Chosen(text, one("rating", wanted.rating), one("date", wanted.date), one("group", wanted.group), table.title)
    return table, chosen, found


def best_text(table: Records, found: Sequence[Column]) -> tuple[float, str]:
    """How much text the likeliest column of a table holds, and its name; empty where none is likely. A column of few values is
    one only by its name, and where there is no other."""
    likely = [each for each in found if each.kind == "text"] or [
        each for each in found if each.kind == "group" and HINTS["text"].search(each.name)]
    merits = {}
    for each in likely:
        place = table.columns.index(each.name)
        merits[each.name] = text_merit(each, [cells[place] for _, cells in table.rows[:LOOKED_AT] if cells[place].strip()])
    name = max(merits, key=lambda each: merits[each], default="")
    return merits.get(name, 0.0) * len(table.rows) ** 0.5, name


def refuse(name: str, looked: Sequence[tuple[Records, Sequence[Column]]]) -> NoReturn:
    """Say why no column can be read: the one that is called after opinions is empty, or there is none. Raises BadRequest."""
    for table, found in looked:
        for each in found:
            if HINTS["text"].search(each.name) and empty(table, each.name):
                raise BadRequest("feedback_column_empty", name=name, column=each.name, count=len(table.rows))
    raise BadRequest("feedback_no_text", name=name, known=", ".join(dict.fromkeys(column for each, _ in looked for column in each.columns)))


def empty(table: Records, name: str) -> bool:
    """Whether a column is empty in every row."""
    place = table.columns.index(name)
    return not any(cells[place].strip() for _, cells in table.rows)


def unknown(code: str, name: str, given: str, known: Sequence[str]) -> list:
    """Refuse what is not there. Raises BadRequest."""
    raise BadRequest(code, name=name, given=given, known=", ".join(dict.fromkeys(known)) or "–")
