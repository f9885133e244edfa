"""The truth: corpora, files, documents, chunks and vectors in one SQLite file.

A file enters in one transaction with everything that belongs to it, so that it is there wholly or not
at all; Chroma is an index built from here and rebuilt whenever it disagrees.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np

from workbench.errors import NoSuchCorpus, WorkbenchError
from workbench.nouns import Chunk, Document, FileReport, Lang, Remark, State

Kept = tuple[int, float, str, str, int, str, bytes]  # id, asked, corpus, question, thumb, reason, record

SCHEMA = """
CREATE TABLE IF NOT EXISTS corpora (
    name TEXT PRIMARY KEY, created REAL NOT NULL, version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, corpus TEXT NOT NULL REFERENCES corpora ON DELETE CASCADE, name TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL, remarks TEXT NOT NULL, added REAL NOT NULL,
    UNIQUE (corpus, name)
) STRICT;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
    title TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, pages TEXT NOT NULL,
    date TEXT NOT NULL DEFAULT '', duplicate_of TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS models (
    file TEXT PRIMARY KEY, card TEXT, measured TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS files_by_hash ON files (corpus, sha256);
CREATE INDEX IF NOT EXISTS documents_by_file ON documents (file);
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks (document);
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, asked REAL NOT NULL, corpus TEXT NOT NULL, question TEXT NOT NULL,
    lang TEXT NOT NULL, thumb INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL, record BLOB NOT NULL
) STRICT;
"""
OF_CORPUS = "SELECT documents.id FROM documents JOIN files ON files.id = documents.file WHERE corpus = ?"


class Store:
    """One connection, one lock; every method is a transaction of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        with self.errors():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
                self.database.execute(f"PRAGMA {pragma}")
            self.database.executescript(SCHEMA)
            self.migrate()

    def migrate(self) -> None:
        """Give a data folder of an earlier version what it lacks."""
        held = [row[1] for row in self.database.execute("PRAGMA table_info(documents)")]
        if "date" not in held:
            self.database.execute("ALTER TABLE documents ADD COLUMN date TEXT NOT NULL DEFAULT ''")
        if "duplicate_of" not in held:
            self.database.execute("ALTER TABLE documents ADD COLUMN duplicate_of TEXT")

    @contextmanager
    def errors(self) -> Iterator[None]:
        """What a disk can do to a database, in words: full or locked is one thing, damaged another."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a bug of ours
        except (OSError, sqlite3.OperationalError) as error:
            raise WorkbenchError("home_unwritable", home=self.path.parent, why=error) from error
        except sqlite3.DatabaseError as error:
            raise WorkbenchError("home_damaged", path=self.path, why=error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing."""
        with self.lock, self.errors():
            try:
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

    # corpora

    def corpora(self) -> list[tuple[str, int, int]]:
        """(name, ready files, chunks) of every corpus, oldest first."""
        return self.rows("""
            SELECT corpora.name, count(DISTINCT files.id), count(chunks.id) FROM corpora
            LEFT JOIN files ON files.corpus = corpora.name AND files.state = 'ready'
            LEFT JOIN documents ON documents.file = files.id LEFT JOIN chunks ON chunks.document = documents.id
            GROUP BY corpora.name ORDER BY corpora.created, corpora.name""")

    def names(self) -> list[str]:
        """Names of the corpora, oldest first."""
        return [name for (name,) in self.rows("SELECT name FROM corpora ORDER BY created, name")]

    def make_corpus(self, name: str) -> None:
        """Make it unless it is there."""
        with self.transaction() as database:
            database.execute("INSERT OR IGNORE INTO corpora (name, created) VALUES (?, ?)", (name, time.time()))

    def delete_corpus(self, name: str) -> None:
        """The corpus with everything in it."""
        with self.transaction() as database:
            database.execute("DELETE FROM corpora WHERE name = ?", (name,))

    def version(self, corpus: str) -> int:
        """A number that grows with every change of the corpus. Raises NoSuchCorpus where there is none."""
        rows = self.rows("SELECT version FROM corpora WHERE name = ?", corpus)
        if not rows:
            raise NoSuchCorpus("corpus_unknown", name=corpus, known=", ".join(self.names()) or "–")
        return rows[0][0]

    # files

    def files(self, corpus: str) -> list[FileReport]:
        """Every file of a corpus by name, failed ones too."""
        return [FileReport(name, state, loaded(remarks), chunks) for name, state, remarks, chunks in self.rows("""
            SELECT files.name, state, remarks, count(chunks.id) FROM files
            LEFT JOIN documents ON documents.file = files.id LEFT JOIN chunks ON chunks.document = documents.id
            WHERE corpus = ? GROUP BY files.id ORDER BY files.name""", corpus)]

    def kinds(self, corpus: str) -> list[str]:
        """The kinds of the documents of a corpus."""
        return [kind for (kind,) in self.rows("""
            SELECT DISTINCT kind FROM documents JOIN files ON files.id = documents.file
            WHERE corpus = ? AND state = 'ready' ORDER BY kind""", corpus)]

    def same_content(self, corpus: str, digest: str) -> str | None:
        """The name of a ready file with these bytes."""
        rows = self.rows(
            "SELECT name FROM files WHERE corpus = ? AND sha256 = ? AND state = 'ready'", corpus, digest)
        return rows[0][0] if rows else None

    def same_text(self, document: str) -> str | None:
        """The name of the file that already brought this document."""
        rows = self.rows(
            "SELECT files.name FROM documents JOIN files ON files.id = documents.file WHERE documents.id = ?", document)
        return rows[0][0] if rows else None

    def add_file(
        self,
        corpus: str,
        name: str,
        data: bytes,
        contents: Iterable[tuple[Document, Sequence[Chunk], np.ndarray]] = (),
        *,
        state: State = "ready",
        remarks: Sequence[Remark] = (),
    ) -> None:
        """Put in a file with its documents, chunks and vectors (float32, one row a chunk).

        A file of the same name is replaced in the same transaction.
        """
        digest = sha256(data).hexdigest()
        identity = sha256(f"{corpus}\0{name}\0{digest}".encode()).hexdigest()[:32]
        with self.transaction() as database:
            self.version(corpus)  # it may have been deleted meanwhile
            database.execute("DELETE FROM files WHERE corpus = ? AND name = ?", (corpus, name))
            database.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (identity, corpus, name, digest, len(data), state, dumped(remarks), time.time()))
            for document, chunks, vectors in contents:
                database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", (
                    document.id, identity, document.title, document.text, document.source, document.kind,
                    json.dumps(document.pages), document.date))
                database.executemany("INSERT INTO chunks VALUES (?, ?, ?, ?, ?)", [
                    (chunk.id, document.id, chunk.start, chunk.end, vector.tobytes())
                    for chunk, vector in zip(chunks, np.asarray(vectors, np.float32), strict=True)])
            succeed(database)
            database.execute("UPDATE corpora SET version = version + 1 WHERE name = ?", (corpus,))

    def delete_file(self, corpus: str, name: str) -> None:
        """Take a file out with everything that belongs to it."""
        with self.transaction() as database:
            database.execute("DELETE FROM files WHERE corpus = ? AND name = ?", (corpus, name))
            succeed(database)
            database.execute("UPDATE corpora SET version = version + 1 WHERE name = ?", (corpus,))

    # documents and chunks

    def documents(
        self, corpus: str, name: str | None = None, *, text: bool = True, searchable: bool = False
    ) -> list[Document]:
        """The documents of the ready files of a corpus, or of one of its files; without `text`, theirs is left empty.
        `searchable`: only those that no other one stands for."""
        return [
            Document(identity, title, content, source, kind, tuple(json.loads(pages)), date)
            for identity, title, content, source, kind, pages, date in self.rows(f"""
                SELECT documents.id, title, {"text" if text else "''"}, source, kind, pages, date FROM documents
                JOIN files ON files.id = documents.file
                WHERE corpus = ? AND state = 'ready' AND (? IS NULL OR files.name = ?) AND NOT (? AND duplicate_of IS NOT NULL)
                ORDER BY files.name, documents.rowid""", corpus, name, name, searchable)
        ]

    def texts(self, documents: Sequence[str]) -> dict[str, str]:
        """The texts of the documents that are still there, by id."""
        return dict(self.rows_of("SELECT id, text FROM documents WHERE id IN", documents))

    def places(self, corpus: str) -> list[tuple[str, str, int, int]]:
        """(document, chunk, start, end) of every chunk of a corpus that is searched, in the order of each document."""
        return self.rows("""
            SELECT chunks.document, chunks.id, start, stop FROM files JOIN documents ON documents.file = files.id
            JOIN chunks ON chunks.document = documents.id
            WHERE corpus = ? AND state = 'ready' AND duplicate_of IS NULL ORDER BY chunks.document, start""", corpus)

    def collapse(self, corpus: str, kept: str, others: Sequence[str]) -> int:
        """Let one document stand for others of its corpus, and for all that those stand for: it is searched, they are not.
        Gives how many they are. Raises NoSuchCorpus."""
        self.version(corpus)
        with self.transaction() as database:
            count = 0
            if (kept,) in database.execute(f"{OF_CORPUS} AND documents.id = ?", (corpus, kept)).fetchall():
                database.execute("UPDATE documents SET duplicate_of = NULL WHERE id = ?", (kept,))
                for other in others:
                    count += database.execute(f"""
                        UPDATE documents SET duplicate_of = ?1
                        WHERE (id = ?2 OR duplicate_of = ?2) AND id <> ?1 AND id IN ({OF_CORPUS.replace("?", "?3")})""",
                        (kept, other, corpus)).rowcount
            database.execute("UPDATE corpora SET version = version + 1 WHERE name = ?", (corpus,))
        return count

    def restore(self, corpus: str, documents: Sequence[str]) -> int:
        """Have documents searched again by themselves; gives how many. Raises NoSuchCorpus."""
        self.version(corpus)
        with self.transaction() as database:
            count = sum(database.execute(f"""
                UPDATE documents SET duplicate_of = NULL
                WHERE id = ? AND duplicate_of IS NOT NULL AND id IN ({OF_CORPUS})""", (each, corpus)).rowcount for each in documents)
            database.execute("UPDATE corpora SET version = version + 1 WHERE name = ?", (corpus,))
        return count

    def collapsed(self, corpus: str) -> dict[str, list[Document]]:
        """The documents, without their text, that another stands for, by its id."""
        kept = dict(self.rows(
            f"SELECT id, duplicate_of FROM documents WHERE duplicate_of IS NOT NULL AND id IN ({OF_CORPUS})", corpus))
        found: dict[str, list[Document]] = {}
        for document in self.documents(corpus, text=False) if kept else []:
            if document.id in kept:
                found.setdefault(kept[document.id], []).append(document)
        return found

    def chunks(self, document: Document) -> list[Chunk]:
        """The chunks of a document in its order."""
        return [
            Chunk(identity, document.id, start, stop, document.text[start:stop])
            for identity, start, stop in self.rows(
                "SELECT id, start, stop FROM chunks WHERE document = ? ORDER BY start", document.id)
        ]

    def passages(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of the chunks that are still there, by id."""
        return dict(self.rows_of("""
            SELECT chunks.id, substr(text, start + 1, stop - start) FROM chunks
            JOIN documents ON documents.id = chunks.document WHERE chunks.id IN""", ids))

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors (float32) of the chunks that are still there, by id."""
        return {
            each: np.frombuffer(blob, np.float32) for each, blob in self.rows_of("SELECT id, vector FROM chunks WHERE id IN", ids)}

    def rows_of(self, sql: str, ids: Sequence[str]) -> Iterator[tuple]:
        """Every row of a query that ends before the list of ids; SQLite takes a limited number at once."""
        for first in range(0, len(ids), 500):
            some = ids[first : first + 500]
            yield from self.rows(f"{sql} ({','.join('?' * len(some))})", *some)

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


def succeed(database: sqlite3.Connection) -> None:
    """Where a document is gone that stood for others, the first of them stands for the rest: nothing is lost with it."""
    for kept, heir, _ in database.execute("""
            SELECT duplicate_of, id, min(rowid) FROM documents WHERE duplicate_of NOT IN (SELECT id FROM documents)
            GROUP BY duplicate_of""").fetchall():
        database.execute("UPDATE documents SET duplicate_of = ? WHERE duplicate_of = ?", (heir, kept))
        database.execute("UPDATE documents SET duplicate_of = NULL WHERE id = ?", (heir,))


def dumped(remarks: Sequence[Remark]) -> str:
    """Remarks as the text that is stored."""
    return json.dumps([[remark.code, remark.facts] for remark in remarks], ensure_ascii=False)


def loaded(text: str) -> tuple[Remark, ...]:
    """Stored remarks."""
    return tuple(Remark(code, facts) for code, facts in json.loads(text))
