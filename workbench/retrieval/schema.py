"""The tables of the store, and the way there from those of earlier versions.  [the standard library's sqlite3]"""

import sqlite3

from workbench.errors import WorkbenchError

VERSION = 3
# A file of a name may stand in the corpus and, at the same time, its next version on its way in.
COMING = ("received", "parsed", "embedded", "failed")
UNFINISHED = ("received", "parsed", "embedded")

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS corpora (
    name TEXT PRIMARY KEY, created REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,     -- grows with every change of what can be found
    known INTEGER NOT NULL DEFAULT 0,       -- since which version `changes` tells all of them
    size INTEGER NOT NULL DEFAULT 0, overlap INTEGER NOT NULL DEFAULT -1, -- of chunks, in tokens; 0 and -1: as is best
    embedder TEXT NOT NULL DEFAULT ''       -- whose vectors the chunks have
) STRICT;
CREATE TABLE IF NOT EXISTS blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corpus TEXT NOT NULL REFERENCES corpora ON DELETE CASCADE, name TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL, remarks TEXT NOT NULL DEFAULT '[]', added REAL NOT NULL,
    by_row INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, id TEXT NOT NULL,
    title TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, lang TEXT NOT NULL, pages TEXT NOT NULL,
    date TEXT NOT NULL, parent TEXT NOT NULL, asides TEXT NOT NULL,
    duplicate_of TEXT NOT NULL DEFAULT ''   -- the id of the document that is found in its place; its own: that text is there
) STRICT;
CREATE TABLE IF NOT EXISTS chunks (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    id TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS changes (
    corpus TEXT NOT NULL REFERENCES corpora ON DELETE CASCADE, version INTEGER NOT NULL,
    document INTEGER NOT NULL, gone INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS lines (
    hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    aside INTEGER NOT NULL,                 -- which aside of the document says it, −1: the mail itself
    kept INTEGER NOT NULL                   -- whether that is cut into chunks
) STRICT;
CREATE TABLE IF NOT EXISTS models (
    file TEXT PRIMARY KEY, card TEXT, measured TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, asked REAL NOT NULL, corpus TEXT NOT NULL, question TEXT NOT NULL,
    lang TEXT NOT NULL, thumb INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL, record BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS questions (
    key INTEGER PRIMARY KEY AUTOINCREMENT, corpus TEXT NOT NULL REFERENCES corpora ON DELETE CASCADE, id TEXT NOT NULL,
    question TEXT NOT NULL, line TEXT NOT NULL,
    file TEXT NOT NULL DEFAULT '',          -- the one it was made from and goes with
    state TEXT NOT NULL, changed REAL NOT NULL, original TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS verdicts (
    corpus TEXT NOT NULL REFERENCES corpora ON DELETE CASCADE, question TEXT NOT NULL, other TEXT NOT NULL,
    verdict TEXT NOT NULL, reviewer TEXT NOT NULL, judged REAL NOT NULL, PRIMARY KEY (corpus, question, other)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS questions_by_id ON questions (corpus, id);
CREATE INDEX IF NOT EXISTS questions_by_text ON questions (corpus, question);
CREATE UNIQUE INDEX IF NOT EXISTS files_there ON files (corpus, name) WHERE state IN ('ready', 'duplicate');
CREATE UNIQUE INDEX IF NOT EXISTS files_coming ON files (corpus, name) WHERE state IN {COMING};
CREATE INDEX IF NOT EXISTS files_leaving ON files (id) WHERE state = 'deleting';
CREATE INDEX IF NOT EXISTS files_by_hash ON files (sha256);
CREATE INDEX IF NOT EXISTS documents_by_file ON documents (file);
CREATE INDEX IF NOT EXISTS documents_by_id ON documents (id);
CREATE INDEX IF NOT EXISTS documents_by_original ON documents (duplicate_of) WHERE duplicate_of <> '';
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks (document, start);
CREATE INDEX IF NOT EXISTS chunks_by_id ON chunks (id);
CREATE INDEX IF NOT EXISTS changes_by_version ON changes (corpus, version);
CREATE INDEX IF NOT EXISTS lines_by_hash ON lines (hash);
CREATE INDEX IF NOT EXISTS lines_by_document ON lines (document);
"""


def prepare(database: sqlite3.Connection) -> None:
    """Make what is missing, in one transaction: version 2 had no questions; a store of version 1 is carried over with its
    vectors. Raises WorkbenchError for one that a newer workbench made."""
    if version(database) == VERSION:
        return
    if version(database) > VERSION:
        raise WorkbenchError("home_newer", version=version(database), known=VERSION)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("BEGIN IMMEDIATE")
    try:
        if version(database) != VERSION:  # another process may have come first
            for statement in script(database).split(";\n"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute("COMMIT")
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")
        database.execute("PRAGMA foreign_keys = ON")


def version(database: sqlite3.Connection) -> int:
    """Of the tables that are there; 0 for version 1, which did not say so, and for none."""
    return database.execute("PRAGMA user_version").fetchone()[0]


def script(database: sqlite3.Connection) -> str:
    """The statements that make the tables, and carry those of version 1 over."""
    old = [row[1] for row in database.execute("PRAGMA table_info(documents)")]
    if not old or version(database):
        return SCHEMA
    dated = "" if "date" in old else "ALTER TABLE documents ADD COLUMN date TEXT NOT NULL DEFAULT '';\n"
    return f"{dated}{RENAME}{SCHEMA}{CARRY}"


# Version 1 had text for keys and kept no originals.
RENAME = """
DROP INDEX IF EXISTS files_by_hash;
DROP INDEX IF EXISTS documents_by_file;
DROP INDEX IF EXISTS chunks_by_document;
ALTER TABLE corpora RENAME TO old_corpora;
ALTER TABLE files RENAME TO old_files;
ALTER TABLE documents RENAME TO old_documents;
ALTER TABLE chunks RENAME TO old_chunks;
"""
CARRY = """
INSERT INTO corpora (name, created, version, known) SELECT name, created, version, version FROM old_corpora;
INSERT INTO files (corpus, name, sha256, size, state, remarks, added)
    SELECT corpus, name, sha256, size, state, remarks, added FROM old_files;
INSERT INTO documents (file, id, title, text, kind, lang, pages, date, parent, asides)
    SELECT files.id, old.id, old.title, old.text, old.kind, '', old.pages, old.date, '', '[]' FROM old_documents AS old
    JOIN old_files ON old_files.id = old.file
    JOIN files ON files.corpus = old_files.corpus AND files.name = old_files.name ORDER BY old.rowid;
INSERT INTO chunks (document, id, start, stop, vector)
    SELECT documents.key, old.id, old.start, old.stop, old.vector FROM old_chunks AS old
    JOIN documents ON documents.id = old.document;
DROP TABLE old_chunks;
DROP TABLE old_documents;
DROP TABLE old_files;
DROP TABLE old_corpora;
"""
