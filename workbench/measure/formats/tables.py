"""CSV: multiple choice as KMMLU (Son et al. 2024) and MMLU (Hendrycks et al. 2021) give it, and plain questions with answers.

The columns go by their names, in English or Korean; without names, by what stands in them. Whether a right choice is numbered
from 0 or from 1 is told from all rows together; where that stays open the file is refused, as a guess would make every
answer wrong.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from workbench import corpora
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.measure.formats import parts
from workbench.measure.formats.parts import one_line, wrong
from workbench.nouns import Question, Remark
from workbench.nouns.questions import Bundle

LETTERS = "ABCDEFGH"
NAMES = {
    "question": "question questions query prompt 질문 문제 물음",
    "answer": "answer answers gold label target 답 정답 답변",
    "document": "document documents doc file source_file gold_doc 문서 파일 출처",
    "passage": "passage context paragraph gold_text 지문 문단 본문",
    "id": "id qid question_id 번호",
    "tags": "tags tag category subject topic 태그 분류 과목",
    "kind": "kind type 유형",
}
COLUMNS = {name: field for field, some in NAMES.items() for name in some.split()}
CHOICE = re.compile(r"(?:choice|option|opt|선택지|보기|선지)?[ _-]?([a-h1-8])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, each with the number of the line it begins on. `columns`: what each column holds, a field or the
    number of a choice; `titles`: as they are written, empty where the file has none."""

    name: str
    rows: list[tuple[int, list[str]]]
    columns: dict[str | int, int]
    titles: list[str]

    def cell(self, row: Sequence[str], field: str | int) -> str:
        """What a row says in a field, empty where it says nothing."""
        place = self.columns.get(field, len(row))
        return one_line(row[place]) if place < len(row) else ""

    def rest(self, row: Sequence[str]) -> dict[str, str]:
        """What a row says in columns that nobody knows, by their titles."""
        known = set(self.columns.values())
        return {title: row[place] for place, title in enumerate(self.titles) if place not in known and place < len(row) and row[place].strip()}


def choices(path: Path, first: int | None = None) -> Bundle:
    """Multiple choice. `first`: 0 or 1, what the first choice is counted as, where the file leaves that open. Raises
    BadRequest, CannotRead."""
    table = named(path, read(path), several=True)
    count = len([field for field in table.columns if isinstance(field, int)])
    begin = base(table, count) if first is None else first
    questions = []
    for number, row in table.rows:
        offered = [table.cell(row, choice) for choice in range(count)]
        while offered and not offered[-1]:
            offered.pop()
        index = chosen(table.cell(row, "answer"), offered, begin)
        if index is None or not all(offered):
            raise wrong(path.name, parts.line(number), Remark("no_choice", {"answer": table.cell(row, "answer") or "–", "count": len(offered)}))
        questions.append(question(table, number, row, {
            "kind": "mcq", "choices": offered, "answer_index": index, "answers": [offered[index]]}))
    return Bundle((), tuple(unique(path.name, table, questions)))


def plain(path: Path) -> Bundle:
    """Questions with answers, several parted by ; or |; multiple choice where there are columns of choices. Raises BadRequest,
    CannotRead."""
    rows = read(path)
    table = named(path, rows, several=False)
    if sum(CHOICE.fullmatch(title) is not None for title in table.titles) > 1:
        return choices(path)
    questions = []
    for number, row in table.rows:
        answers = [answer for each in re.split(r"[;|]", table.cell(row, "answer")) if (answer := one_line(each))]
        kind = table.cell(row, "kind")
        if not answers and kind != "unanswerable":
            raise wrong(path.name, parts.line(number), Remark("no_answer", {}))
        questions.append(question(table, number, row, {
            "kind": kind or parts.kind_of(tuple(answers)), "answers": [] if kind == "unanswerable" else answers}))
    return Bundle((), tuple(unique(path.name, table, questions)))


def read(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that say something, each with the line it begins on. Raises BadRequest, CannotRead."""
    text = parts.content(path)
    found: list[tuple[int, list[str]]] = []
    wrongs: list[BadRequest] = []
    for separator in (",", "\t", ";"):
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        rows, last = [], 0
        try:
            for row in reader:
                if any(map(str.strip, row)):
                    rows.append((last + 1, row))
                last = reader.line_num
        except csv.Error as error:
            wrongs.append(wrong(path.name, parts.line(reader.line_num), Remark("no_row", {"why": str(error)})))
        else:
            # The first of equals; a row that is too short is told later, with its line.
            found = max(found, rows, key=lambda some: tuple(each((len(row) for _, row in some), default=0) > 1 for each in (min, max)))
    if not found:
        raise wrongs[0] if wrongs else parts.without_questions(path.name)
    return found


def named(path: Path, rows: list[tuple[int, list[str]]], *, several: bool) -> Table:
    """The rows with what their columns hold, told by their titles or, where there are none, by their place. Raises BadRequest."""
    titles = [one_line(cell) for cell in rows[0][1]]
    columns: dict[str | int, int] = {}
    for place, title in enumerate(titles):
        plain = title.lower().strip()
        lettered = CHOICE.fullmatch(plain) if several else None
        field = COLUMNS.get(plain.replace(" ", "_"))
        if lettered:
            columns.setdefault("abcdefgh".find(lettered[1]) if lettered[1].isalpha() else int(lettered[1]) - 1, place)
        elif field:
            columns.setdefault(field, place)
    if {"question", "answer"} <= columns.keys():
        if several and sum(isinstance(field, int) for field in columns) < 2:
            raise wrong(path.name, parts.line(rows[0][0]), Remark("no_choices", {}))
        return Table(path.name, rows[1:], columns, titles)
    if "question" in columns or "answer" in columns:
        raise wrong(path.name, parts.line(rows[0][0]), Remark("no_columns", {"found": ", ".join(titles)}))
    width = len(rows[0][1])
    for number, row in rows:
        if len(row) != width or width < (4 if several else 2):
            raise wrong(path.name, parts.line(number), Remark("odd_row", {"count": len(row), "expected": width}))
    if not several:
        return Table(path.name, rows, dict(zip(("question", "answer", "document"), range(width), strict=False)), [])
    ends = [place for place in (1, width - 1) if all(is_mark(row[place]) for _, row in rows)]
    if len(ends) != 1:
        raise wrong(path.name, Remark("place_file", {}), Remark("answers_unclear", {}))
    offered = [place for place in range(1, width) if place not in ends]
    return Table(path.name, rows, {"question": 0, "answer": ends[0], **dict(enumerate(offered))}, [])


def is_mark(cell: str) -> bool:
    """Whether it is the letter or the number of a choice."""
    return re.fullmatch(r"[A-Ha-h0-8]", cell.strip()) is not None


def base(table: Table, count: int) -> int:
    """What the first choice is counted as. Raises BadRequest where the numbers leave that open."""
    numbers = {int(cell) for _, row in table.rows if (cell := table.cell(row, "answer")).isdecimal()}
    if not numbers:
        return 1
    if 0 in numbers:
        return 0
    if max(numbers) >= count:
        return 1
    raise wrong(table.name, Remark("place_file", {}), Remark("base_unclear", {"numbers": ", ".join(map(str, sorted(numbers))), "count": count}))


def chosen(answer: str, offered: Sequence[str], first: int) -> int | None:
    """Which choice an answer means, by its letter, its number, or its words; None where it means none."""
    if answer.isdecimal():
        index = int(answer) - first
        return index if 0 <= index < len(offered) else None
    if len(answer) == 1 and answer.upper() in LETTERS[: len(offered)]:
        return LETTERS.index(answer.upper())
    return offered.index(answer) if offered.count(answer) == 1 else None


def question(table: Table, number: int, row: list[str], fields: dict) -> Question:
    """A row as a question. Raises BadRequest."""
    words = table.cell(row, "question")
    document, tags = table.cell(row, "document"), table.cell(row, "tags")
    try:
        return corpora.question({
            "id": table.cell(row, "id") or f"{parts.stem(Path(table.name))}-{number}", "question": words, "lang": language(words),
            "gold_docs": [document] if document else [], "gold_text": table.cell(row, "passage"),
            "tags": [tag for each in re.split(r"[;|]", tags) if (tag := each.strip())], "source": table.name,
            **{title: value for title, value in table.rest(row).items() if title not in corpora.NAMES}, **fields})
    except BadRequest as error:
        raise wrong(table.name, parts.line(number), error) from error


def unique(name: str, table: Table, questions: list[Question]) -> list[Question]:
    """The questions, unless two have one id. Raises BadRequest."""
    seen = set()
    for (number, _), each in zip(table.rows, questions, strict=True):
        if each.id in seen:
            raise wrong(name, parts.line(number), Remark("same_id", {}))
        seen.add(each.id)
    if not questions:
        raise parts.without_questions(name)
    return questions
