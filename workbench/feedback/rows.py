"""A table or a folder into rows, every one of them, and which of them say the same."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from workbench.bench import Bench
from workbench.differences import lacking
from workbench.errors import BadRequest, CannotRead, WorkbenchError
from workbench.feedback import masking
from workbench.feedback.cells import Scale, days, ratings
from workbench.feedback.columns import choose
from workbench.ingest import bug, contents, named
from workbench.languages import spoken
from workbench.nouns import Document, Language, Remark
from workbench.nouns.feedback import Chosen, Column, Private, Row
from workbench.reading import READERS, RECORDS, clean
from workbench.reading.parts import Records, some
from workbench.reading.process import ReaderFailed
from workbench.reading.quotes import own
from workbench.retrieval.duplicates import alike

MOST_ROWS = 100_000
ALIKE = 0.8  # wording from which a row repeats another, if neither lacks a word of the other
WITHOUT = frozenset(RECORDS)  # tables inside a folder of texts


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: rows, the columns they are of, the scale of their ratings, files that could not be read, remarks, and
    how much personal data was taken out."""

    rows: tuple[Row, ...]
    chosen: Chosen = field(default_factory=Chosen)
    scale: Scale | None = None
    missed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    masked: tuple[tuple[Private, int], ...] = ()


def look(bench: Bench, path: Path, wanted: Chosen) -> tuple[list[Records], Records, Chosen, tuple[Column, ...]]:
    """The tables of a file, and of the one that is read its columns: those that are wanted, and what the others look like.
    Raises CannotRead and BadRequest."""
    tables = records(bench, path)
    return tables, *choose(tables, path.name, wanted)


def read(bench: Bench, path: Path, wanted: Chosen, mask: bool, name: str = "") -> Read:
    """Every row of a table, or every text of a folder; `name` is what the user calls it where the path does not. With `mask`
    personal data is taken out at once. Raises CannotRead and BadRequest."""
    name = name or path.name
    found = folder(bench, path, name) if path.is_dir() else table(bench, path, wanted)
    if len(found.rows) > MOST_ROWS:
        raise BadRequest("feedback_many", name=name, count=len(found.rows), most=MOST_ROWS)
    rows = [replace(row, text=clean(row.text)) for row in found.rows]
    taken: Counter[Private] = Counter()
    if mask:
        rows = [masked(row, taken) for row in rows]
    rows = repeated([replace(row, language=tongue(row.text)) for row in rows])
    if not any(row.language for row in rows):
        raise nothing_said(name, found.chosen.text, rows)
    return replace(found, rows=tuple(rows), masked=tuple(sorted(taken.items())))


def nothing_said(name: str, column: str, rows: Sequence[Row]) -> BadRequest:
    """What to tell where no row has words."""
    if not column:
        return BadRequest("feedback_texts_wordless", name=name, count=len(rows))
    filled = any(row.text.strip() for row in rows)
    return BadRequest("feedback_column_wordless" if filled else "feedback_column_empty", name=name, column=column, count=len(rows))


def records(bench: Bench, path: Path) -> list[Records]:
    """The tables of a file. Raises CannotRead."""
    try:
        return bench.reader.records(contents(path, path.name), path.name)
    except ReaderFailed as error:
        raise bug(path.name, error) from error


def table(bench: Bench, path: Path, wanted: Chosen) -> Read:
    """The rows of the table with the likeliest, or the named, columns."""
    tables, chosen_table, chosen, _ = look(bench, path, wanted)
    return of_table(tables, chosen_table, chosen)


def of_table(tables: Sequence[Records], held: Records, chosen: Chosen) -> Read:
    """The rows of a table. Other tables of the file are told."""
    def cells(name: str) -> list[str]:
        place = held.columns.index(name) if name else -1
        return [row[place] if name else "" for _, row in held.rows]

    rated, scale = ratings(cells(chosen.rating))
    dated, groups, texts = days(cells(chosen.date)), cells(chosen.group), cells(chosen.text)
    rows = tuple(
        Row(number, text, rating=value, day=day, group=" ".join(group.split()))
        for (number, _), text, value, day, group in zip(held.rows, texts, rated, dated, groups, strict=True))
    others = [f"{each.title} ({len(each.rows)})" for each in tables if each is not held]
    remarks = list(held.remarks)
    remarks += [Remark("feedback_outside", {"count": held.outside})] if held.outside else []
    remarks += [Remark("feedback_other_tables", {"names": some(others)})] if others else []
    return Read(rows, chosen, scale, remarks=tuple(remarks))


def folder(bench: Bench, path: Path, called: str) -> Read:
    """Every text of a folder as a row, a message of a mailbox as one of its own; a folder with nothing but one table gives its
    rows. What cannot be read is told by name. Raises CannotRead and BadRequest."""
    files = [(name, file) for name, file in named([path]) if isinstance(file, Path)]
    texts = [(name, file) for name, file in files if file.suffix.lower() not in WITHOUT]
    if not texts and len(files) == 1:
        return table(bench, files[0][1], Chosen())
    rows: list[Row] = []
    missed = [name for name, file in files if file.suffix.lower() in WITHOUT]
    remarks = [Remark("feedback_tables_left", {"names": some(missed)})] if missed else []
    for name, file in texts:
        try:
            documents, _ = bench.reader.read(contents(file, name), name, "")
        except CannotRead as error:
            missed.append(name)
            remarks.append(error.remark)
        except ReaderFailed as error:
            missed.append(name)
            remarks.append(bug(name, error).remark)
        else:
            rows += (row(len(rows) + place, name, each) for place, each in enumerate(
                (each for each in documents if not each.parent), 1))
    if not rows:
        raise nothing_read(called, missed, remarks)
    return Read(tuple(rows), missed=tuple(missed), remarks=tuple(remarks))


def nothing_read(called: str, missed: Sequence[str], remarks: Sequence[Remark]) -> WorkbenchError:
    """What to tell where no text was read: of one file just what is wrong with it."""
    if not remarks:
        return CannotRead("read_nothing", name=called, known=" ".join(READERS))
    if len(missed) == 1 and remarks[0].code != "feedback_tables_left":
        return CannotRead(remarks[0].code, **dict(remarks[0].facts))
    return BadRequest("feedback_no_texts", name=called, count=len(missed), missed=some(missed), why=remarks[0])


def row(number: int, name: str, document: Document) -> Row:
    """A document as a row: of a mail what it says itself."""
    return Row(number, own(document), source=name, day=document.date)


def masked(row: Row, taken: Counter[Private]) -> Row:
    """The row without personal data in its text and its group; what is taken out is counted."""
    text, kinds = masking.masked(row.text, "ko" if spoken(row.text) == "ko" else "en")
    group, more = masking.masked(row.group, "ko" if spoken(row.group) == "ko" else "en") if row.group else ("", [])
    taken.update([*kinds, *more])
    return replace(row, text=text, group=group)


def tongue(text: str) -> Language | Literal[""]:
    """The language of a text; empty where it has no words: ㅋㅋㅋ is none."""
    words = re.sub(r"[ㄱ-ㅣ]+", "", masking.MASK.sub("", text))
    return spoken(words) if re.search(r"[^\W\d_]", words) else ""


def repeated(rows: Sequence[Row]) -> list[Row]:
    """The rows, those that repeat an earlier one pointing at it: letter for letter but for case, spaces and marks, or so nearly
    that neither lacks a word of the other."""
    first: dict[tuple[str, str], int] = {}
    same = []
    for place, row in enumerate(rows):
        key = (row.language, re.sub(r"(.)\1{2,}", r"\1\1", re.sub(r"[\W_ㄱ-ㅣ]+", " ", row.text.lower()).strip()))
        same.append(first.setdefault(key, place) if row.language else place)
    single = [place for place, row in enumerate(rows) if row.language and same[place] == place]
    for one, two in near([rows[place].text for place in single]):
        earlier, later = single[one], single[two]
        if same[earlier] == earlier:
            same[later] = earlier
    return [replace(row, same=-1 if head(same, place) == place else head(same, place)) for place, row in enumerate(rows)]


def head(same: Sequence[int], place: int) -> int:
    """The first of those that say the same."""
    return same[same[place]]


def near(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of two texts that say the same in nearly the same words, the earlier first, in the order of the later."""
    found = sorted((two, one) for one, two, likeness in alike(texts.__getitem__, len(texts), sum(map(len, texts))) if likeness >= ALIKE)
    return ((one, two) for two, one in found if not lacking(texts[one], texts[two]) and not lacking(texts[two], texts[one]))


