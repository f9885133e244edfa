"""The truth: corpora, files with their original bytes, documents, chunks and vectors in one SQLite file.

A file comes in by steps, `received → parsed → embedded → ready`, each a transaction, so that a killed ingest goes
on where it was. Only the documents of ready files are found, and a file becomes ready with all of its documents
in the one transaction that takes its old version away. Indexes are built from here.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from workbench.errors import NoSuchCorpus, WorkbenchError
from workbench.languages import language
from workbench.nouns import REPEATED, Chunk, Document, FileReport, Lang, Remark, State
from workbench.retrieval.schema import COMING, UNFINISHED, prepare

Kept = tuple[int, float, str, str, int, str, bytes]  # id, asked, corpus, question, thumb, reason, record
Line = tuple[int, int, bool]  # hash, which aside (−1: none), whether it is cut into chunks
Quote = tuple[int, int]  # key of a document, which of its asides
# Of `documents` joined with `files`: what a search may find.
FOUND = "files.state = 'ready' AND documents.duplicate_of = ''"
# What holds its text, found or collapsed into another; a document that is its own duplicate is but a link to one of those.
HOLDS = "files.state = 'ready' AND documents.duplicate_of <> documents.id"
UNFINISHED_FILES = f"SELECT id, corpus, name, state, by_row, remarks FROM files WHERE state IN {UNFINISHED}"
DOCUMENT = "documents.id, title, {text}, files.name, kind, pages, date, parent, asides"
CHANGES_KEPT = 10_000  # rows a corpus
SCRUBBED_AT_ONCE = 100_000_000  # bytes of a store that is rewritten right after a deletion


@dataclass(frozen=True, slots=True)
class Coming:
    """A file on its way in. `by_row`: every row of a table becomes a document of its own."""

    id: int
    corpus: str
    name: str
    state: State
    by_row: bool
    remarks: tuple[Remark, ...]


class Store:
    """One connection, one lock; every method is a transaction of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.marred = False  # whether something was deleted since the file was last rewritten
        with self.errors():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if is_empty(path):  # SQLite would take it for a new store, and throw its log away
                raise WorkbenchError("home_damaged", path=path, why="it is empty")
            self.database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
                self.database.execute(f"PRAGMA {pragma}")
            prepare(self.database)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """What a disk can do to a database, in words: full or locked is one thing, damaged another."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a bug of ours
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without what SQLite adds to it
            if code == sqlite3.SQLITE_FULL:
                raise WorkbenchError("disk_full", home=self.path.parent) from error
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise WorkbenchError("store_busy", path=self.path) from error
            raise WorkbenchError("home_unwritable", home=self.path.parent, why=error) from error
        except OSError as error:
            raise WorkbenchError("home_unwritable", home=self.path.parent, why=error) from error
        except sqlite3.DatabaseError as error:
            raise WorkbenchError("home_damaged", path=self.path, why=error) from error

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """All of it or nothing. What is not `durable` outlives the process, but perhaps not a power cut: the steps of a
        file on its way in, which are made again."""
        with self.lock, self.errors():
            try:
                self.database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self.database.execute("BEGIN IMMEDIATE")
                yield self.database
                self.database.execute("COMMIT")
            finally:
                if self.database.in_transaction:
                    self.database.execute("ROLLBACK")

    def rows(self, sql: str, *values: object) -> list[tuple]:
        """Every row of a query."""
        with self.lock, self.errors():
            return self.database.execute(sql, values).fetchall()

    @contextmanager
    def view(self) -> Iterator[Callable[..., Iterator[tuple]]]:
        """Queries that all see the store as it is at this moment, whatever is written meanwhile; their rows come one by one,
        and nobody waits for them."""
        with self.errors():
            database = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=10)

        def rows(sql: str, *values: object) -> Iterator[tuple]:
            with self.errors():
                yield from database.execute(sql, values)

        try:
            for sql in ("PRAGMA query_only = ON", "BEGIN", "SELECT 1 FROM corpora"):
                list(rows(sql))
            yield rows
        finally:
            database.close()

    # corpora

    def corpora(self) -> list[tuple[str, int, int]]:
        """(name, ready files, chunks) of every corpus, oldest first."""
        return self.rows(f"""
            SELECT corpora.name, (SELECT count(*) FROM files WHERE corpus = corpora.name AND state = 'ready'), (
                SELECT count(*) FROM files JOIN documents ON documents.file = files.id
                JOIN chunks ON chunks.document = documents.key WHERE corpus = corpora.name AND {FOUND})
            FROM corpora ORDER BY created, corpora.name""")

    def names(self) -> list[str]:
        """Names of the corpora, oldest first."""
        return [name for (name,) in self.rows("SELECT name FROM corpora ORDER BY created, name")]

    def make_corpus(self, name: str, created: float | None = None) -> None:
        """Make it unless it is there; `created` before now for one that comes from elsewhere. Its versions begin where those
        of an earlier corpus of this name cannot have come to."""
        now = time.time()
        with self.transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO corpora (name, created, version, known) VALUES (?1, ?2, ?3, ?3)",
                (name, now if created is None else created, int(1000 * now)))

    def delete_corpus(self, name: str) -> None:
        """The corpus with everything in it."""
        with self.transaction() as database:
            digests = [row[0] for row in database.execute("SELECT sha256 FROM files WHERE corpus = ?", (name,))]
            database.execute("DELETE FROM corpora WHERE name = ?", (name,))
            forget(database, digests)
        self.marred = True
        self.scrub()

    def version(self, corpus: str) -> int:
        """A number that grows with every change of the corpus. Raises NoSuchCorpus where there is none."""
        return self.corpus(corpus, "version")

    def cutting(self, corpus: str) -> tuple[int, int]:
        """Size and overlap of chunks that a person set for a corpus, in tokens; 0 and −1 where nobody did."""
        return self.corpus(corpus, "size"), self.corpus(corpus, "overlap")

    def embedder(self, corpus: str) -> str:
        """Whose vectors a corpus has, empty where it has none. Raises NoSuchCorpus."""
        return self.corpus(corpus, "embedder")

    def take_embedder(self, corpus: str, name: str) -> None:
        """From now on the vectors of a corpus are of this embedder, unless they are of another already."""
        if not self.embedder(corpus):
            with self.transaction() as database:
                database.execute("UPDATE corpora SET embedder = ? WHERE name = ? AND embedder = ''", (name, corpus))

    def unembed(self, corpus: str) -> None:
        """Let every file of a corpus be embedded anew, by whichever embedder comes."""
        with self.transaction() as database:
            version = next_version(database, corpus)
            for (file,) in database.execute("SELECT id FROM files WHERE corpus = ? AND state = 'ready'", (corpus,)).fetchall():
                note(database, corpus, version, file, gone=True)
            database.execute(f"""
                DELETE FROM files WHERE corpus = ?1 AND state IN {COMING} AND name IN (
                    SELECT name FROM files WHERE corpus = ?1 AND state IN ('ready', 'duplicate'))""", (corpus,))
            database.execute("UPDATE files SET state = 'parsed' WHERE corpus = ? AND state IN ('ready', 'duplicate')", (corpus,))
            database.execute("""
                UPDATE chunks SET vector = NULL WHERE document IN (
                    SELECT key FROM documents JOIN files ON files.id = documents.file WHERE corpus = ?)""", (corpus,))
            database.execute("UPDATE corpora SET embedder = '' WHERE name = ?", (corpus,))

    def corpus(self, name: str, column: str) -> Any:
        """A column of a corpus. Raises NoSuchCorpus."""
        rows = self.rows(f"SELECT {column} FROM corpora WHERE name = ?", name)
        if not rows:
            raise NoSuchCorpus("corpus_unknown", name=name, known=", ".join(self.names()) or "–")
        return rows[0][0]

    def set_cutting(self, corpus: str, size: int, overlap: int) -> None:
        """Cut what comes into the corpus from now on so."""
        with self.transaction() as database:
            database.execute("UPDATE corpora SET size = ?, overlap = ? WHERE name = ?", (size, overlap, corpus))

    # files coming in

    def receive(
        self, corpus: str, name: str, data: bytes | None, *, by_row: bool = False, added: float | None = None,
        bare: tuple[str, int] = ("", 0),
    ) -> int:
        """Keep the bytes of a file, which is then to be read; gives its id. One of that name that was on its way in, or
        failed, gives way, unless it is the same: then it goes on where it was. `added` before now for one that comes from
        elsewhere; `bare` is the SHA-256 and the size of one whose bytes are not there, only what was read of it. Raises
        NoSuchCorpus."""
        digest, size = bare if data is None else (sha256(data).hexdigest(), len(data))
        with self.transaction() as database:
            self.version(corpus)  # it may have been deleted meanwhile
            if same := database.execute(f"""
                    SELECT id FROM files WHERE corpus = ? AND name = ? AND sha256 = ? AND by_row = ? AND state IN {UNFINISHED}""",
                    (corpus, name, digest, by_row)).fetchone():
                return same[0]
            before = database.execute(
                f"DELETE FROM files WHERE corpus = ? AND name = ? AND state IN {COMING} RETURNING sha256", (corpus, name)).fetchall()
            if data is not None:
                database.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?)", (digest, data))
            identity = database.execute(
                "INSERT INTO files (corpus, name, sha256, size, state, added, by_row) VALUES (?, ?, ?, ?, 'received', ?, ?) "
                "RETURNING id", (corpus, name, digest, size, time.time() if added is None else added, by_row)).fetchone()[0]
            forget(database, [other for (other,) in before])
            return identity

    def refuse(self, corpus: str, name: str, remark: Remark, added: float | None = None) -> None:
        """A row for a file whose bytes were not even taken."""
        with self.transaction() as database:
            self.version(corpus)
            database.execute(f"DELETE FROM files WHERE corpus = ? AND name = ? AND state IN {COMING}", (corpus, name))
            database.execute(
                "INSERT INTO files (corpus, name, sha256, size, state, remarks, added) VALUES (?, ?, '', 0, 'failed', ?, ?)",
                (corpus, name, dumped([remark]), time.time() if added is None else added))

    def holds(self, corpus: str, name: str, digest: str = "", *, by_row: bool | None = None) -> bool:
        """Whether a file of this name is in; with exactly these bytes, read in this way, where that is asked."""
        return bool(self.rows("""
            SELECT 1 FROM files WHERE corpus = ? AND name = ? AND state IN ('ready', 'duplicate')
            AND (? = '' OR sha256 = ?3) AND (? IS NULL OR by_row = ?4)""", corpus, name, digest, by_row))

    def coming(self, corpus: str = "") -> list[Coming]:
        """The files of a corpus, or of all, that are not yet in, in the order they came; failed ones are none of them."""
        return [coming(row) for row in self.rows(f"{UNFINISHED_FILES} AND (? = '' OR corpus = ?) ORDER BY id", corpus, corpus)]

    def comes(self, file: int) -> Coming | None:
        """A file that is not yet in, None where it is, or is gone."""
        return next((coming(row) for row in self.rows(f"{UNFINISHED_FILES} AND id = ?", file)), None)

    def original(self, file: int) -> bytes | None:
        """The bytes of a file as they were received, None for one that an earlier version of the store took in."""
        rows = self.rows("SELECT data FROM blobs JOIN files ON files.sha256 = blobs.sha256 WHERE files.id = ?", file)
        return rows[0][0] if rows else None

    def remark(self, file: int, remarks: Sequence[Remark]) -> None:
        """Note something about a file."""
        with self.transaction() as database:
            database.execute("UPDATE files SET remarks = ? WHERE id = ?", (dumped(remarks), file))

    def fail(self, file: int, remark: Remark) -> None:
        """The file gave no text. Its bytes stay, so that it can be tried again."""
        with self.transaction() as database:
            database.execute("DELETE FROM documents WHERE file = ?", (file,))
            database.execute("UPDATE files SET state = 'failed', remarks = ? WHERE id = ?", (dumped([remark]), file))

    def again(self, file: int) -> None:
        """Back to the beginning, to be read anew."""
        with self.transaction() as database:
            database.execute("DELETE FROM documents WHERE file = ?", (file,))
            database.execute("UPDATE files SET state = 'received', remarks = '[]' WHERE id = ? AND state = 'failed'", (file,))

    def twin(self, file: int) -> int | None:
        """A file of another name in the same corpus with the same bytes."""
        rows = self.rows("""
            SELECT other.id FROM files JOIN files AS other
            ON other.corpus = files.corpus AND other.sha256 = files.sha256 AND other.by_row = files.by_row
            WHERE files.id = ? AND other.name <> files.name AND other.state IN ('ready', 'duplicate') ORDER BY other.state DESC""", file)
        return rows[0][0] if rows else None

    def holders(self, corpus: str, file: str, documents: Sequence[str]) -> dict[str, str]:
        """Which of the documents (ids) the corpus holds already, and in which file; one called `file` counts not: its next
        version is to take its place."""
        return dict(self.rows_of(f"""
            SELECT documents.id, files.name FROM documents JOIN files ON files.id = documents.file
            WHERE {HOLDS} AND corpus = ? AND files.name <> ? AND documents.id IN""", documents, corpus, file))

    def parsed(
        self, file: int, contents: Iterable[tuple[Document, Lang, Sequence[Chunk]]], held: Iterable[str] = (), *,
        remarks: Sequence[Remark] = (), tokens: int = 0, lines: Mapping[str, Iterable[Line]] = MappingProxyType({}),
    ) -> None:
        """What was read of a file: its documents and where their chunks stand. Of those in `held`, which are found in
        another file, only the link is kept. A chunk of a document that stood here before takes over its vector. `lines`: what
        its mails say, by the ids of their documents."""
        held = set(held)
        with self.transaction(durable=False) as database:
            database.execute("DELETE FROM documents WHERE file = ?", (file,))
            put(database, file, contents, held, lines)
            database.execute(
                "UPDATE files SET state = 'parsed', remarks = ?, tokens = ? WHERE id = ?", (dumped(remarks), tokens, file))

    def parsed_like(self, file: int, twin: int) -> None:
        """The documents of a file with the same bytes as another: links to the other's."""
        with self.transaction(durable=False) as database:
            database.execute("DELETE FROM documents WHERE file = ?", (file,))
            database.execute("""
                INSERT INTO documents (file, id, title, text, kind, lang, pages, date, parent, asides, duplicate_of)
                SELECT ?, id, title, '', kind, lang, pages, date, parent, asides, id FROM documents WHERE file = ?
                ORDER BY key""", (file, twin))
            database.execute("UPDATE files SET state = 'parsed' WHERE id = ?", (file,))

    def known_lines(self, corpus: str, file: str, numbers: Sequence[int]) -> set[int]:
        """Which of these lines stand in the chunks of a corpus; those of a file of this name count not."""
        return {number for (number,) in self.rows_of("""
            SELECT hash FROM lines JOIN documents ON documents.key = lines.document JOIN files ON files.id = documents.file
            WHERE kept AND state = 'ready' AND corpus = ? AND files.name <> ? AND hash IN""", numbers, corpus, file)}

    def unembedded(self, file: int) -> list[tuple[int, int, int, int]]:
        """(key, key of the document, start, end) of every chunk of a file that has no vector yet, in order."""
        return self.rows("""
            SELECT chunks.key, documents.key, start, stop FROM documents
            JOIN chunks ON chunks.document = documents.key WHERE file = ? AND vector IS NULL ORDER BY chunks.key""", file)

    def titled(self, document: int) -> tuple[str, str]:
        """Title and text of a document by its key; both empty where it is gone."""
        return next(iter(self.rows("SELECT title, text FROM documents WHERE key = ?", document)), ("", ""))

    def bare(self, file: int) -> list[tuple[int, str]]:
        """(key, id) of every chunk of a file that has no vector yet."""
        return self.rows("""
            SELECT chunks.key, chunks.id FROM documents JOIN chunks ON chunks.document = documents.key
            WHERE file = ? AND vector IS NULL ORDER BY chunks.key""", file)

    def keep_vectors(self, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Give chunks their vectors, float32, one row a chunk."""
        with self.transaction(durable=False) as database:
            database.executemany(
                "UPDATE chunks SET vector = ? WHERE key = ?",
                [(vector.tobytes(), key) for key, vector in zip(keys, np.asarray(vectors, np.float32), strict=True)])

    def embedded(self, file: int) -> None:
        """Every chunk of the file has its vector."""
        with self.transaction(durable=False) as database:
            database.execute("UPDATE files SET state = 'embedded' WHERE id = ?", (file,))

    def finish(self, file: int, seconds: float = 0.0) -> list[int]:
        """Let the file be found, in the place of its old version: from one moment to the next. `duplicate` where all of its
        documents are held by other files. Nothing happens to one that was deleted meanwhile.

        Gives the files that have to be read again, and were received anew for it: mails that quote what this one says,
        or that left out what its old version said.
        """
        with self.transaction() as database:
            rows = database.execute("SELECT corpus, name FROM files WHERE id = ? AND state = 'embedded'", (file,)).fetchall()
            if not rows:
                return []
            corpus, name = rows[0]
            quoting = quotes_of(database, corpus, file, kept=True)
            # One that was stopped and goes on now may have been overtaken by another with the same text.
            database.execute("""
                UPDATE documents SET duplicate_of = id, text = '' WHERE file = ?1 AND duplicate_of = '' AND EXISTS (
                    SELECT 1 FROM documents AS other JOIN files ON files.id = other.file WHERE other.id = documents.id
                    AND corpus = ?2 AND files.name <> ?3 AND files.state = 'ready' AND other.duplicate_of <> other.id)""",
                (file, corpus, name))
            database.execute(
                "DELETE FROM chunks WHERE document IN (SELECT key FROM documents WHERE file = ? AND duplicate_of = id)", (file,))
            version = next_version(database, corpus)
            for (old,) in database.execute(
                    "SELECT id FROM files WHERE corpus = ? AND name = ? AND state IN ('ready', 'duplicate')",
                    (corpus, name)).fetchall():
                quoting |= quotes_of(database, corpus, old, kept=False)
                leave(database, version, old, successor=file)
            state: State = "ready" if database.execute(
                "SELECT 1 FROM documents WHERE file = ? AND duplicate_of <> id", (file,)).fetchone() else "duplicate"
            database.execute("UPDATE files SET state = ?, seconds = ? WHERE id = ?", (state, seconds, file))
            note(database, corpus, version, file)
            return received_anew(database, corpus, quoting)

    def add(
        self, corpus: str, name: str, data: bytes, contents: Iterable[tuple[Document, Sequence[Chunk], np.ndarray]], *,
        remarks: Sequence[Remark] = (),
    ) -> None:
        """All steps at once for what was read and embedded elsewhere; vectors float32, one row a chunk."""
        contents = list(contents)
        file = self.receive(corpus, name, data)
        held = self.holders(corpus, name, [each.id for each, _, _ in contents])
        self.parsed(file, [(each, language(each.text), chunks) for each, chunks, _ in contents], held, remarks=remarks)
        vectors = {chunk.id: row for _, chunks, rows in contents for chunk, row in zip(chunks, rows, strict=True)}
        if bare := self.bare(file):
            self.keep_vectors([key for key, _ in bare], np.array([vectors[each] for _, each in bare]))
        self.embedded(file)
        self.finish(file)
        self.sweep()

    # repair

    def replace_vectors(self, file: int, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Give chunks of a file that is in other vectors, float32, one row a chunk."""
        with self.transaction() as database:
            (corpus,), = database.execute("SELECT corpus FROM files WHERE id = ?", (file,)).fetchall()
            version = next_version(database, corpus)
            database.executemany(
                "UPDATE chunks SET vector = ? WHERE key = ?",
                [(vector.tobytes(), key) for key, vector in zip(keys, np.asarray(vectors, np.float32), strict=True)])
            note(database, corpus, version, file, gone=True)
            note(database, corpus, version, file)

    def renew(
        self, file: int, contents: Iterable[tuple[Document, Lang, Sequence[Chunk]]], held: Iterable[str],
        vectors: dict[str, np.ndarray], *, remarks: Sequence[Remark], tokens: int, lines: Mapping[str, Iterable[Line]],
    ) -> None:
        """Put what a file holds in the place of what stands there of it, from one moment to the next; vectors by chunk. What
        was collapsed stays so."""
        with self.transaction() as database:
            (corpus,), = database.execute("SELECT corpus FROM files WHERE id = ?", (file,)).fetchall()
            version = next_version(database, corpus)
            note(database, corpus, version, file, gone=True)
            collapsed = database.execute(
                "DELETE FROM documents WHERE file = ? RETURNING id, duplicate_of", (file,)).fetchall()
            put(database, file, contents, set(held), lines)
            database.executemany(
                "UPDATE documents SET duplicate_of = ?2 WHERE file = ?3 AND id = ?1 AND duplicate_of = '' AND ?2 NOT IN ('', ?1)",
                [(*each, file) for each in collapsed])
            database.executemany(
                "UPDATE chunks SET vector = ? WHERE id = ? AND document IN (SELECT key FROM documents WHERE file = ?)",
                [(np.asarray(row, np.float32).tobytes(), chunk, file) for chunk, row in vectors.items()])
            state: State = "ready" if database.execute(
                "SELECT 1 FROM documents WHERE file = ? AND duplicate_of <> id", (file,)).fetchone() else "duplicate"
            database.execute(
                "UPDATE files SET state = ?, remarks = ?, tokens = ? WHERE id = ?", (state, dumped(remarks), tokens, file))
            note(database, corpus, version, file)

    def unlink(self, file: int) -> None:
        """Have the documents of a file found by themselves that were collapsed into one that is not there."""
        with self.transaction() as database:
            (corpus,), = database.execute("SELECT corpus FROM files WHERE id = ?", (file,)).fetchall()
            version = next_version(database, corpus)
            for (key,) in database.execute(f"""
                    SELECT key FROM documents WHERE file = ?1 AND duplicate_of NOT IN ('', id) AND duplicate_of NOT IN (
                        SELECT documents.id FROM documents JOIN files ON files.id = documents.file
                        WHERE corpus = ?2 AND {FOUND})""", (file, corpus)).fetchall():
                database.execute("UPDATE documents SET duplicate_of = '' WHERE key = ?", (key,))
                appear(database, corpus, version, key)

    def tidy(self) -> None:
        """Remove what belongs to nothing any more, and start the log of a corpus again that is ahead of it. A document without
        a file is left: it may be the last place of its text."""
        with self.transaction() as database:
            database.execute("INSERT OR IGNORE INTO corpora (name, created) SELECT DISTINCT corpus, added FROM files")
            database.execute("DELETE FROM chunks WHERE document NOT IN (SELECT key FROM documents)")
            database.execute("DELETE FROM lines WHERE document NOT IN (SELECT key FROM documents)")
            database.execute("DELETE FROM changes WHERE corpus NOT IN (SELECT name FROM corpora)")
            database.execute("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
            for name, version, logged in database.execute("""
                    SELECT name, max(version, known), (SELECT max(version) FROM changes WHERE corpus = name) AS logged FROM corpora
                    WHERE known > version OR logged > version""").fetchall():
                database.execute("DELETE FROM changes WHERE corpus = ?", (name,))
                database.execute(
                    "UPDATE corpora SET version = ?1, known = ?1 WHERE name = ?2", (max(version, logged or 0) + 1, name))
        self.sweep()
        self.marred = True

    # files that are in, and out again

    def files(self, corpus: str, file: int | None = None) -> list[FileReport]:
        """Every file of a corpus by name, or one: those that are in, on their way, and failed."""
        reports = []
        for (identity, name, state, remarks, size, tokens, seconds, documents, pages, chunks, kinds, langs, twin) in self.rows(f"""
                SELECT files.id, files.name, state, remarks, size, tokens, seconds, count(documents.key),
                    coalesce(sum(json_array_length(pages)), 0),
                    coalesce(sum((SELECT count(*) FROM chunks WHERE document = documents.key)), 0),
                    group_concat(DISTINCT kind), group_concat(DISTINCT lang),
                    CASE state WHEN 'duplicate' THEN (
                        SELECT min(other.name) FROM documents AS own
                        JOIN documents AS found ON found.id = own.duplicate_of AND found.duplicate_of = ''
                        JOIN files AS other ON other.id = found.file AND other.state = 'ready' AND other.corpus = files.corpus
                        WHERE own.file = files.id) END
                FROM files LEFT JOIN documents ON documents.file = files.id
                WHERE corpus = ? AND {"files.id = ?" if file is not None else "? IS NULL"} AND state <> 'deleting'
                GROUP BY files.id ORDER BY files.name, files.id""", corpus, file):
            told = (Remark("duplicate", {"of": twin}),) if twin else loaded(remarks)
            reports.append(FileReport(
                name, state, told, chunks, identity, documents, pages, size, tokens, seconds,
                tuple(sorted((kinds or "").split(","))) if kinds else (), tuple(sorted((langs or "").split(","))) if langs else ()))
        return reports

    def report(self, file: int) -> FileReport | None:
        """What there is to say of one file, None where it is gone."""
        return next((each for (corpus,) in self.rows("SELECT corpus FROM files WHERE id = ?", file)
                     for each in self.files(corpus, file)), None)

    def delete_files(self, corpus: str, name: str, file: int | None = None) -> list[int] | None:
        """Take out the files of a name, the one that is in and the one on its way, or only the one with an id: first so
        that nothing finds it any more, then with all that belongs to it. None where there is none; else as `finish` the
        files to be read again."""
        with self.transaction() as database:
            found = database.execute(
                "SELECT id FROM files WHERE corpus = ? AND name = ? AND (? IS NULL OR id = ?3) AND state <> 'deleting'",
                (corpus, name, file)).fetchall()
            version = next_version(database, corpus) if found else 0
            quoting: set[Quote] = set()
            for (each,) in found:
                quoting |= quotes_of(database, corpus, each, kept=False)
                leave(database, version, each)
            again = received_anew(database, corpus, quoting)
        self.sweep()
        self.scrub()
        return again if found else None

    def sweep(self) -> None:
        """Remove what belongs to files that were deleted or replaced."""
        for (file,) in self.rows("SELECT id FROM files WHERE state = 'deleting'"):
            with self.transaction() as database:
                digests = database.execute("DELETE FROM files WHERE id = ? RETURNING sha256", (file,)).fetchall()
                forget(database, [digest for (digest,) in digests])
            self.marred = True

    def scrub(self, *, whole: bool = False) -> None:
        """Rewrite the file without what was deleted: secure_delete overwrites a row where it stands, not where it stood before
        SQLite moved it to another page. A large store is only rewritten where the time is given (`whole`)."""
        with self.lock, self.errors():
            pages, size, free = (self.database.execute(f"PRAGMA {name}").fetchone()[0]
                                 for name in ("page_count", "page_size", "freelist_count"))
            if (free or self.marred) and (whole or pages * size <= SCRUBBED_AT_ONCE):
                self.database.execute("VACUUM")
                self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self.marred = False

    def kinds(self, corpus: str) -> list[str]:
        """The kinds of the documents of a corpus."""
        return [kind for (kind,) in self.rows(f"""
            SELECT DISTINCT kind FROM documents JOIN files ON files.id = documents.file
            WHERE corpus = ? AND {FOUND} ORDER BY kind""", corpus)]

    # documents and chunks

    def documents(self, corpus: str, name: str | None = None, *, text: bool = True) -> list[Document]:
        """What a corpus holds, or one of its files, collapsed documents too; without `text`, theirs is left empty."""
        return [document(row) for row in self.rows(f"""
            SELECT {DOCUMENT.format(text="text" if text else "''")} FROM documents JOIN files ON files.id = documents.file
            WHERE corpus = ? AND {HOLDS} AND (? IS NULL OR files.name = ?)
            ORDER BY files.name, documents.key""", corpus, name, name)]

    def texts(self, documents: Sequence[str]) -> dict[str, str]:
        """The texts of the documents that are still held, by id."""
        return dict(self.rows_of(f"""
            SELECT documents.id, text FROM documents JOIN files ON files.id = documents.file
            WHERE {HOLDS} AND documents.id IN""", documents))

    def collapse(self, corpus: str, kept: str, others: Sequence[str]) -> int:
        """Let one document stand for others of its corpus, and for all that those stand for: it is found, they are not.
        Gives how many they are. Raises NoSuchCorpus."""
        self.version(corpus)
        with self.transaction() as database:
            if not (there := rows_called(database, corpus, kept)):
                return 0
            version = next_version(database, corpus)
            count = 0
            for other in others:
                for key, original in rows_called(database, corpus, other) if other != kept else ():
                    if not original:
                        disappear(database, corpus, version, key)
                    count += database.execute("UPDATE documents SET duplicate_of = ? WHERE key = ?", (kept, key)).rowcount
                    count += database.execute("""
                        UPDATE documents SET duplicate_of = ?1 WHERE duplicate_of = ?2 AND id NOT IN (?1, ?2)
                        AND file IN (SELECT id FROM files WHERE corpus = ?3)""", (kept, other, corpus)).rowcount
            for key, original in there:
                if original:
                    database.execute("UPDATE documents SET duplicate_of = '' WHERE key = ?", (key,))
                    appear(database, corpus, version, key)
            return count

    def restore(self, corpus: str, documents: Sequence[str]) -> int:
        """Have documents found again by themselves; gives how many. Raises NoSuchCorpus."""
        self.version(corpus)
        with self.transaction() as database:
            version = next_version(database, corpus)
            back = [key for each in documents for key, original in rows_called(database, corpus, each) if original]
            for key in back:
                database.execute("UPDATE documents SET duplicate_of = '' WHERE key = ?", (key,))
                appear(database, corpus, version, key)
            return len(back)

    def collapsed(self, corpus: str) -> dict[str, list[Document]]:
        """The documents, without their text, that another stands for, by its id."""
        found: dict[str, list[Document]] = {}
        for original, *row in self.rows(f"""
                SELECT duplicate_of, {DOCUMENT.format(text="''")} FROM documents JOIN files ON files.id = documents.file
                WHERE corpus = ? AND {HOLDS} AND duplicate_of <> '' ORDER BY files.name, documents.key""", corpus):
            found.setdefault(original, []).append(document(row))
        return found

    def elsewhere(self, documents: Sequence[str]) -> dict[str, list[str]]:
        """The names of the other files that a document (id) stands for: with the same text, or collapsed into it."""
        found: dict[str, list[str]] = {}
        for original, name in self.rows_of("""
                SELECT duplicate_of, files.name FROM documents JOIN files ON files.id = documents.file
                WHERE state IN ('ready', 'duplicate') AND duplicate_of IN""", documents):
            found.setdefault(original, []).append(name)
        return found

    def searchable(self, corpus: str) -> list[int]:
        """The keys of all documents that are found in a corpus, ascending."""
        return [key for (key,) in self.rows(f"""
            SELECT documents.key FROM documents JOIN files ON files.id = documents.file
            WHERE corpus = ? AND {FOUND} ORDER BY documents.key""", corpus)]

    def changes(self, corpus: str, since: int) -> tuple[list[int], list[int]]:
        """The keys of the documents that came after a version and are found, and of those that went (and may have come
        again). Raises LookupError where that is not known any more."""
        with self.lock:
            if not self.rows("SELECT 1 FROM corpora WHERE name = ? AND ? BETWEEN known AND version", corpus, since):
                raise LookupError(f"{corpus!r} is not known as it was at version {since}")
            came = self.rows(f"""
                SELECT DISTINCT changes.document FROM changes JOIN documents ON documents.key = changes.document
                JOIN files ON files.id = documents.file
                WHERE changes.corpus = ? AND version > ? AND NOT gone AND {FOUND} ORDER BY changes.document""", corpus, since)
            went = self.rows(
                "SELECT DISTINCT document FROM changes WHERE corpus = ? AND version > ? AND gone ORDER BY document", corpus, since)
        return [key for (key,) in came], [key for (key,) in went]

    def documents_by_key(self, keys: Sequence[int], *, text: bool = False) -> dict[int, Document]:
        """Those of these documents that are still found; without `text`, theirs is left empty."""
        return {
            key: document(row) for key, *row in self.rows_of(f"""
                SELECT documents.key, {DOCUMENT.format(text="text" if text else "''")} FROM documents
                JOIN files ON files.id = documents.file WHERE {FOUND} AND documents.key IN""", keys)}

    def places_of(self, keys: Sequence[int]) -> list[tuple[int, str, int, int]]:
        """(key of the document, chunk, start, end) of every chunk of these documents, by key and start."""
        return sorted(self.rows_of(
            "SELECT document, id, start, stop FROM chunks WHERE document IN", keys), key=lambda row: (row[0], row[2]))

    def chunks(self, document: Document) -> list[Chunk]:
        """The chunks of a document in its order."""
        return [
            Chunk(identity, document.id, start, stop, document.text[start:stop])
            for identity, start, stop in self.rows(f"""
                SELECT chunks.id, start, stop FROM chunks JOIN documents ON documents.key = chunks.document
                JOIN files ON files.id = documents.file WHERE {HOLDS} AND documents.id = ? ORDER BY start""", document.id)
        ]

    def passages(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of the chunks that are still found, by id."""
        places = list(self.rows_of(f"""
            SELECT chunks.id, documents.id, start, stop FROM chunks
            JOIN documents ON documents.key = chunks.document JOIN files ON files.id = documents.file
            WHERE {FOUND} AND chunks.id IN""", ids))
        texts = self.texts(list({document for _, document, _, _ in places}))
        return {each: texts[document][start:stop] for each, document, start, stop in places if document in texts}

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors (float32) of the chunks that are still found, by id."""
        return {each: np.frombuffer(blob, np.float32) for each, blob in self.rows_of(f"""
            SELECT chunks.id, vector FROM chunks JOIN documents ON documents.key = chunks.document
            JOIN files ON files.id = documents.file WHERE {FOUND} AND chunks.id IN""", ids)}

    def rows_of(self, sql: str, ids: Sequence[str] | Sequence[int], *values: object) -> Iterator[tuple]:
        """Every row of a query that ends before the list of ids or keys; SQLite takes a limited number at once."""
        for first in range(0, len(ids), 500):
            some = ids[first : first + 500]
            yield from self.rows(f"{sql} ({','.join('?' * len(some))})", *values, *some)

    # models

    def model(self, file: str) -> tuple[str | None, str | None]:
        """What was kept of a model file: its card and what was measured of it, as JSON."""
        rows = self.rows("SELECT card, measured FROM models WHERE file = ?", file)
        return rows[0] if rows else (None, None)

    def keep_model(self, file: str, *, card: str | None = None, measured: str | None = None) -> None:
        """Keep what was learned of a model file beside what is known already."""
        with self.transaction() as database:
            database.execute(
                "INSERT INTO models VALUES (?, ?, ?) ON CONFLICT (file) DO UPDATE SET "
                "card = coalesce(excluded.card, card), measured = coalesce(excluded.measured, measured)",
                (file, card, measured))

    # history

    def keep(self, asked: float, corpus: str, question: str, lang: Lang, words: str, record: bytes) -> int:
        """Put a question with its answers into the history; `words` is what `kept` looks in."""
        with self.transaction() as database:
            row = database.execute(
                "INSERT INTO history (asked, corpus, question, lang, words, record) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (asked, corpus, question, lang, words, record)).fetchone()
            return row[0]

    def kept(self, terms: Sequence[str] = (), corpus: str = "", limit: int = -1, before: int | None = None) -> list[Kept]:
        """The kept questions that hold every term, newest first; only those of a corpus or older than an entry where asked."""
        holds = "".join(" AND instr(words, ?)" for _ in terms)
        return self.rows(f"""
            SELECT id, asked, corpus, question, thumb, reason, record FROM history
            WHERE (? = '' OR corpus = ?) AND (? IS NULL OR id < ?) {holds} ORDER BY id DESC LIMIT ?""",
            corpus, corpus, before, before, *terms, limit)

    def kept_one(self, identity: int) -> Kept | None:
        """One kept question."""
        rows = self.rows(
            "SELECT id, asked, corpus, question, thumb, reason, record FROM history WHERE id = ?", identity)
        return rows[0] if rows else None

    def judge(self, identity: int, thumb: int, reason: str) -> bool:
        """Note what a person thought of an entry; False where there is none."""
        with self.transaction() as database:
            changed = database.execute(
                "UPDATE history SET thumb = ?, reason = ? WHERE id = ?", (thumb, reason, identity)).rowcount
        return bool(changed)

    def forget(self, identity: int | None = None) -> int:
        """Delete an entry, or all of them, so that its words are in no file any more; gives how many there were.

        secure_delete overwrites a row where it stands, not where it stood before SQLite moved it to another page: so the
        table is emptied, which overwrites all its pages, and the other rows are put in again. Then the log is emptied.
        """
        with self.transaction() as database:
            others = database.execute(
                "SELECT * FROM history WHERE ? IS NOT NULL AND id <> ? ORDER BY id", (identity, identity)).fetchall()
            gone = database.execute("DELETE FROM history").rowcount - len(others)
            database.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", others)
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.database.close()


def quotes_of(database: sqlite3.Connection, corpus: str, file: int, *, kept: bool) -> set[Quote]:
    """The asides in other files that say something a file says: those cut into chunks (`kept`), or those left out."""
    return set(database.execute("""
        SELECT DISTINCT theirs.document, theirs.aside FROM documents AS said JOIN lines AS own ON own.document = said.key
        JOIN lines AS theirs ON theirs.hash = own.hash AND theirs.aside >= 0 AND theirs.kept = ?2
        JOIN documents ON documents.key = theirs.document JOIN files ON files.id = documents.file
        WHERE said.file = ?1 AND (own.aside = -1 OR NOT ?2) AND own.kept AND files.id <> ?1 AND corpus = ?3 AND state = 'ready'""",
        (file, kept, corpus)).fetchall())


def received_anew(database: sqlite3.Connection, corpus: str, quotes: Iterable[Quote]) -> list[int]:
    """Let the files of those asides be read again that are now wrongly kept or left out; one that is on its way comes
    as it is."""
    files = set()
    for key, aside in quotes:
        (file, kept, share), = database.execute("""
            SELECT file, max(kept), avg(EXISTS (
                SELECT 1 FROM lines AS other JOIN documents ON documents.key = other.document
                JOIN files ON files.id = documents.file
                WHERE other.hash = lines.hash AND other.kept AND state = 'ready' AND corpus = ?3
                AND (other.aside = -1 OR NOT lines.kept) AND (other.document, other.aside) <> (lines.document, lines.aside)))
            FROM lines JOIN documents ON documents.key = lines.document WHERE document = ?1 AND aside = ?2""",
            (key, aside, corpus)).fetchall()
        if bool(kept) == (share >= REPEATED):
            files.add(file)
    return [identity for file in sorted(files) for (identity,) in database.execute(f"""
        INSERT INTO files (corpus, name, sha256, size, state, added, by_row)
        SELECT corpus, name, sha256, size, 'received', ?2, by_row FROM files AS here
        WHERE id = ?1 AND state = 'ready' AND EXISTS (SELECT 1 FROM blobs WHERE sha256 = here.sha256) AND NOT EXISTS (
            SELECT 1 FROM files WHERE corpus = here.corpus AND name = here.name AND state IN {COMING})
        RETURNING id""", (file, time.time())).fetchall()]


def put(
    database: sqlite3.Connection, file: int, contents: Iterable[tuple[Document, Lang, Sequence[Chunk]]], held: set[str],
    lines: Mapping[str, Iterable[Line]],
) -> None:
    """Put documents with the places of their chunks into a file; of those in `held` only links. A chunk of a document that
    stands here already takes over its vector."""
    for document, lang, chunks in contents:
        here = document.id not in held
        key = database.execute(
            "INSERT INTO documents (file, id, title, text, kind, lang, pages, date, parent, asides, duplicate_of) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
            (file, document.id, document.title, document.text if here else "", document.kind, lang,
             json.dumps(document.pages), document.date, document.parent, json.dumps(document.asides),
             "" if here else document.id)).fetchone()[0]
        if here:
            database.executemany("""
                INSERT INTO chunks (document, id, start, stop, vector) VALUES (?1, ?2, ?3, ?4, (
                    SELECT vector FROM chunks JOIN documents ON documents.key = chunks.document
                    WHERE chunks.id = ?2 AND title = ?5 AND vector IS NOT NULL))""",
                [(key, each.id, each.start, each.end, document.title) for each in chunks])
            database.executemany(
                "INSERT INTO lines VALUES (?, ?, ?, ?)",
                [(number, key, aside, kept) for number, aside, kept in lines.get(document.id, ())])
def is_empty(path: Path) -> bool:
    """Whether the file is there without a byte in it, and not only for the moment in which another process makes it."""
    deadline = time.monotonic() + 0.5
    while path.is_file() and not path.stat().st_size:
        if time.monotonic() > deadline:
            return True
        time.sleep(0.05)
    return False


def next_version(database: sqlite3.Connection, corpus: str) -> int:
    """The number of the version that this transaction makes."""
    version = database.execute(
        "UPDATE corpora SET version = version + 1 WHERE name = ? RETURNING version", (corpus,)).fetchone()[0]
    if rows := database.execute(
            "SELECT version FROM changes WHERE corpus = ? ORDER BY version DESC LIMIT 1 OFFSET ?", (corpus, CHANGES_KEPT)).fetchone():
        database.execute("DELETE FROM changes WHERE corpus = ? AND version <= ?", (corpus, rows[0]))
        database.execute("UPDATE corpora SET known = ? WHERE name = ?", (rows[0], corpus))
    return version


def note(database: sqlite3.Connection, corpus: str, version: int, file: int, *, gone: bool = False) -> None:
    """Write down that the documents of a file are found from this version on, or no longer."""
    database.execute(f"""
        INSERT INTO changes SELECT ?, ?, documents.key, ? FROM documents JOIN files ON files.id = documents.file
        WHERE files.id = ? AND {FOUND} ORDER BY documents.key""", (corpus, version, gone, file))


def leave(database: sqlite3.Connection, version: int, file: int, successor: int = 0) -> None:
    """Take a file out of what is found. Where another holds the same text, or one that was taken for the same, that is
    found from now on: nothing is lost with it. `successor`: the next version of the file, which comes in its place."""
    (corpus, was), = database.execute("SELECT corpus, state FROM files WHERE id = ?", (file,)).fetchall()
    note(database, corpus, version, file, gone=True)
    database.execute("UPDATE files SET state = 'deleting' WHERE id = ?", (file,))
    if was != "ready":
        return
    gone = []
    for key, identity, original in database.execute(
            "SELECT key, id, duplicate_of FROM documents WHERE file = ? AND duplicate_of <> id", (file,)).fetchall():
        held = database.execute(f"""
            SELECT 1 FROM documents JOIN files ON files.id = documents.file
            WHERE documents.id = ? AND corpus = ? AND (files.id = ? AND duplicate_of <> documents.id OR {HOLDS})""",
            (identity, corpus, successor)).fetchone()
        if held:
            continue
        link = database.execute("""
            SELECT key FROM documents JOIN files ON files.id = documents.file
            WHERE documents.id = ?1 AND duplicate_of = ?1 AND corpus = ?2 AND state <> 'deleting'
            ORDER BY state NOT IN ('ready', 'duplicate'), key""", (identity, corpus)).fetchone()
        if link:  # the text was kept once: it goes over
            database.execute("UPDATE chunks SET document = ? WHERE document = ?", (*link, key))
            database.execute("""
                UPDATE documents SET duplicate_of = ?, text = (SELECT text FROM documents WHERE key = ?) WHERE key = ?""",
                (original, key, *link))
            appear(database, corpus, version, *link)
        elif not original:
            gone.append(identity)
    for identity in gone:  # at the end: what went over may be among those that it stood for
        stand_in(database, corpus, version, identity)


def rows_called(database: sqlite3.Connection, corpus: str, identity: str) -> list[tuple[int, str]]:
    """(key, what it is collapsed into) of the documents with an id that hold their text."""
    return database.execute(f"""
        SELECT key, duplicate_of FROM documents JOIN files ON files.id = documents.file
        WHERE documents.id = ? AND corpus = ? AND {HOLDS}""", (identity, corpus)).fetchall()


def disappear(database: sqlite3.Connection, corpus: str, version: int, document: int) -> None:
    """A document is found no longer by itself."""
    database.execute("INSERT INTO changes VALUES (?, ?, ?, 1)", (corpus, version, document))


def stand_in(database: sqlite3.Connection, corpus: str, version: int, identity: str) -> None:
    """Let the first of those that were collapsed into a document be found in its place, and the others be collapsed into
    that one."""
    first = database.execute("""
        SELECT key, documents.id FROM documents JOIN files ON files.id = documents.file
        WHERE duplicate_of = ? AND corpus = ? AND state <> 'deleting' ORDER BY key""", (identity, corpus)).fetchone()
    if first:
        database.execute("""
            UPDATE documents SET duplicate_of = CASE key WHEN ? THEN '' ELSE ? END
            WHERE duplicate_of = ? AND file IN (SELECT id FROM files WHERE corpus = ?)""", (*first, identity, corpus))
        appear(database, corpus, version, first[0])


def appear(database: sqlite3.Connection, corpus: str, version: int, document: int) -> None:
    """A document that was a link or collapsed holds its own text now: so its file is in, and it may be found."""
    database.execute("""
        UPDATE files SET state = 'ready' WHERE state = 'duplicate' AND id = (SELECT file FROM documents WHERE key = ?)""",
        (document,))
    database.execute(f"""
        INSERT INTO changes SELECT ?, ?, documents.key, 0 FROM documents JOIN files ON files.id = documents.file
        WHERE documents.key = ? AND {FOUND}""", (corpus, version, document))


def forget(database: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Remove the bytes that no file has any more."""
    database.executemany("""
        DELETE FROM blobs WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = ?1)""",
        [(digest,) for digest in digests])


def coming(row: tuple) -> Coming:
    """A row of UNFINISHED_FILES."""
    identity, corpus, name, state, by_row, remarks = row
    return Coming(identity, corpus, name, state, bool(by_row), loaded(remarks))


def document(row: Sequence) -> Document:
    """A row of DOCUMENT."""
    identity, title, text, source, kind, pages, date, parent, asides = row
    return Document(
        identity, title, text, source, kind, tuple(json.loads(pages)), date, parent,
        tuple((start, end) for start, end in json.loads(asides)))


def dumped(remarks: Sequence[Remark]) -> str:
    """Remarks as the text that is stored."""
    return json.dumps([[remark.code, remark.facts] for remark in remarks], ensure_ascii=False)


def loaded(text: str) -> tuple[Remark, ...]:
    """Stored remarks."""
    return tuple(Remark(code, facts) for code, facts in json.loads(text))
