"""The questions that are kept with a corpus in the store, as lines of JSON, and what people said of likenesses.

A question that was made from a file goes with the file: it repeats what stands there.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.retrieval.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """A row: `line` is the question as it is asked, `original` as it was before a person edited it, empty where nobody did;
    `file` the one it goes with."""

    id: str
    question: str
    line: str
    file: str
    state: str
    changed: float
    original: str = ""


COLUMNS = "id, question, line, file, state, changed, original"


def kept(store: Store, corpus: str) -> list[Kept]:
    """The questions of a corpus in the order they came."""
    return [Kept(*row) for row in store.rows(f"SELECT {COLUMNS} FROM questions WHERE corpus = ? ORDER BY key", corpus)]


def called(store: Store, corpus: str, question: str) -> list[Kept]:
    """The questions of a corpus with these words, or this id."""
    return [Kept(*row) for row in store.rows(
        f"SELECT {COLUMNS} FROM questions WHERE corpus = ?1 AND (question = ?2 OR id = ?2) ORDER BY key", corpus, question)]


def keep(store: Store, corpus: str, rows: Iterable[Kept], *, anew: bool = True) -> int:
    """Keep questions; gives how many are new or changed. One with an id that is there takes its place where it is `anew`,
    else what is there stays, with what a person said of it. Raises NoSuchCorpus."""
    store.version(corpus)
    then = (
        "DO UPDATE SET question = excluded.question, line = excluded.line, file = excluded.file, state = excluded.state, "
        "changed = excluded.changed, original = excluded.original WHERE line <> excluded.line OR state <> excluded.state"
        if anew else "DO NOTHING")
    with store.transaction() as database:
        return sum(
            database.execute(
                f"INSERT INTO questions (corpus, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (corpus, id) {then}",
                (corpus, each.id, each.question, each.line, each.file, each.state, each.changed, each.original)).rowcount
            for each in rows)


def judge(store: Store, corpus: str, ids: Sequence[str], state: str) -> int:
    """Put questions into a state; gives how many were in another."""
    with store.transaction() as database:
        return sum(
            database.execute(
                "UPDATE questions SET state = ?1, changed = ?2 WHERE corpus = ?3 AND id = ?4 AND state <> ?1",
                (state, time.time(), corpus, each)).rowcount
            for each in ids)


def edit(store: Store, corpus: str, row: Kept) -> bool:
    """Put an edited question in the place of what it was, which is kept beside it; False where there is none of that id."""
    with store.transaction() as database:
        return bool(database.execute(
            "UPDATE questions SET original = CASE original WHEN '' THEN line ELSE original END, question = ?, line = ?, "
            "state = ?, changed = ? WHERE corpus = ? AND id = ?",
            (row.question, row.line, row.state, row.changed, corpus, row.id)).rowcount)


def remove(store: Store, corpus: str, ids: Sequence[str]) -> int:
    """Delete questions for good; gives how many there were."""
    with store.transaction() as database:
        count = sum(database.execute("DELETE FROM questions WHERE corpus = ? AND id = ?", (corpus, each)).rowcount for each in ids)
    return scrubbed(store, count)


def remove_with(store: Store, corpus: str, file: str) -> int:
    """Delete the questions that were made from a file; gives how many there were."""
    with store.transaction() as database:
        count = database.execute("DELETE FROM questions WHERE corpus = ? AND file = ?", (corpus, file)).rowcount
    return scrubbed(store, count)


def scrubbed(store: Store, count: int) -> int:
    """See to it that what was deleted is in no file any more."""
    if count:
        store.marred = True
        store.scrub()
    return count


def verdicts(store: Store, corpus: str) -> list[tuple[str, str, str, str, float]]:
    """(question, what it is like, verdict, reviewer, seconds since the epoch), the first judged first."""
    return store.rows(
        "SELECT question, other, verdict, reviewer, judged FROM verdicts WHERE corpus = ? ORDER BY judged, question, other", corpus)


def give_verdict(store: Store, corpus: str, question: str, other: str, verdict: str, reviewer: str, judged: float | None = None) -> None:
    """Keep what a person says to a likeness, in the place of what was said before it. Raises NoSuchCorpus."""
    store.version(corpus)
    with store.transaction() as database:
        database.execute(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "verdict = excluded.verdict, reviewer = excluded.reviewer, judged = excluded.judged WHERE excluded.judged >= judged",
            (corpus, question, other, verdict, reviewer, time.time() if judged is None else judged))

