"""The store against a model of it: any history of files and collapses; and a store of version 1 carried over."""

import sqlite3
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.stand_in import StandInEmbedder
from workbench.errors import WorkbenchError
from workbench.nouns import Chunk, Document, Remark
from workbench.retrieval.chunking import cut
from workbench.retrieval.schema import VERSION
from workbench.retrieval.store import Store

NAMES = ("a.txt", "b.txt", "c.eml")
TEXTS = tuple(f"{word} of the office is due at noon" for word in ("deposit", "lid", "delivery", "보증금", "rent"))
SIZE = 20  # characters a chunk


def written(corpus: str, name: str, text: str) -> tuple[Document, list[Chunk], np.ndarray]:
    """A document whose id depends on corpus and text alone, with its chunks and made-up vectors."""
    identity = sha256(f"{corpus}\0{text}".encode()).hexdigest()[:32]
    document = Document(identity, f"The {text[:9]}", text, name, "txt")
    chunks = [cut(document, start, min(start + SIZE, len(text))) for start in range(0, len(text), SIZE)]
    return document, chunks, StandInEmbedder().embed([chunk.text for chunk in chunks])


IDS = {text: written("notes", "", text)[0].id for text in TEXTS}
TEXT_OF = {identity: text for text, identity in IDS.items()}
CHUNKS = {
    text: {chunk.id: (chunk.start, chunk.end, row.tobytes()) for chunk, row in zip(*written("notes", "", text)[1:], strict=True)}
    for text in TEXTS}


def data(texts: tuple[str, ...]) -> bytes:
    return "\n".join(texts).encode()


def digest(texts: tuple[str, ...]) -> str:
    return sha256(data(texts)).hexdigest()


def put(store: Store, corpus: str, name: str, texts: tuple[str, ...]) -> None:
    """A file with a document a text, by all of its steps."""
    store.add(corpus, name, data(texts), [written(corpus, name, text) for text in texts])


class Model:
    """What a store has to hold after any acts: its files with their texts, and which text stands for which."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.files: dict[str, tuple[str, ...]] = {}
        self.stands: dict[str, str] = {}  # by a collapsed text, the one that is found in its place
        self.seen: list[tuple[int, set[int]]] = []  # each version with the keys that were found in it

    def present(self) -> set[str]:
        return {text for texts in self.files.values() for text in texts}

    def act(self, act: str, *values) -> None:
        """Do it to the store, check what it does to what is found, and take that over."""
        before, were = self.stands, self.present()
        if act == "put":
            name, texts = values
            put(self.store, "notes", name, texts)
            self.files[name] = texts
            self.moved(before, were, set(texts))
        elif act == "delete":
            name, = values
            there = self.files.pop(name, None) is not None
            assert (self.store.delete_files("notes", name) is not None) == there
            self.moved(before, were, set())
        elif act == "collapse":
            kept, others = values
            self.store.collapse("notes", IDS[kept], [IDS[other] for other in others])
            if kept in were:
                self.stands = {
                    text: kept if text in others or stood in others else stood for text, stood in before.items()}
                self.stands |= {text: kept for text in others if text in were}
                self.stands.pop(kept, None)
            assert collapsed(self.store) == self.stands
        elif act == "restore":
            texts, = values
            assert self.store.restore("notes", [IDS[text] for text in texts]) == len(set(texts) & set(before))
            self.stands = {text: stood for text, stood in before.items() if text not in texts}
            assert collapsed(self.store) == self.stands

    def moved(self, before: dict[str, str], were: set[str], came: set[str]) -> None:
        """Files that come and go hide nothing. A collapsed text stays so (unless its file came anew) where the one that
        stands for it stays; else one of the group stands for the others."""
        after, present = collapsed(self.store), self.present()
        assert set(after) <= set(before) & were, "what was found, or is new, is found"
        for text, stood in before.items():
            if text in present and stood in present:
                assert after.get(text) == stood or (text in came and text not in after)
        for stood in set(before.values()) - present:
            group = {text for text, other in before.items() if other == stood} & present
            heads = group - set(after)
            assert bool(heads) == bool(group), "some text of the group is found"
            assert len(heads - came) <= 1
            assert {after[text] for text in group & set(after)} <= heads
        self.stands = after

    def check(self) -> None:
        """The whole store is as the files are."""
        present = self.present()
        self.check_documents(present)
        self.check_found(present)
        self.check_files()
        now = set(self.store.searchable("notes"))
        self.seen.append((self.store.version("notes"), now))
        for version, old in self.seen:
            came, went = self.store.changes("notes", version)
            assert (old - set(went)) | set(came) == now
        assert self.store.rows("PRAGMA foreign_key_check") == []

    def check_documents(self, present: set[str]) -> None:
        """Every text is held once, with its chunks and their vectors, and nothing else is there at all."""
        rows = self.store.rows("""
            SELECT files.name, documents.key, documents.id, text, duplicate_of FROM documents JOIN files ON files.id = file
            WHERE corpus = 'notes'""")
        assert sorted((name, TEXT_OF[identity]) for name, _, identity, _, _ in rows) == sorted(
            (name, text) for name, texts in self.files.items() for text in texts)
        held = {key: identity for _, key, identity, _, original in rows if original != identity}
        assert sorted(held.values()) == sorted(IDS[text] for text in present)
        assert all(text == (TEXT_OF[identity] if key in held else "") for _, key, identity, text, _ in rows)
        documents = self.store.documents("notes")
        assert sorted(each.text for each in documents) == sorted(present)
        assert all(each.text in self.files[each.source] for each in documents)
        chunks: dict[int, list[tuple]] = {key: [] for key in held}
        for key, *chunk in self.store.rows("""
                SELECT document, chunks.id, start, stop, vector FROM chunks JOIN documents ON documents.key = document
                JOIN files ON files.id = file WHERE corpus = 'notes' ORDER BY document, start"""):
            chunks[key].append(tuple(chunk))
        for key, identity in held.items():
            assert chunks[key] == [(each, *place) for each, place in CHUNKS[TEXT_OF[identity]].items()]

    def check_found(self, present: set[str]) -> None:
        """A text is found unless another stands for it, which is found."""
        found = self.store.documents_by_key(self.store.searchable("notes"), text=True)
        assert sorted(each.text for each in found.values()) == sorted(present - set(self.stands))
        assert set(self.stands.values()) <= present - set(self.stands)
        assert self.store.passages([each for text in TEXTS for each in CHUNKS[text]]) == {
            each: text[start:stop] for text in present - set(self.stands) for each, (start, stop, _) in CHUNKS[text].items()}

    def check_files(self) -> None:
        """Files and bytes; a duplicate says of which other."""
        holding = {each.source for each in self.store.documents("notes", text=False)}
        reports = self.store.files("notes")
        assert [(each.name, each.state) for each in reports] == [
            (name, "ready" if name in holding else "duplicate") for name in sorted(self.files)]
        for report in reports:
            texts = self.files[report.name]
            assert self.store.original(report.id) == data(texts)
            other = next((remark.facts["of"] for remark in report.remarks if remark.code == "duplicate"), None)
            assert (other is not None) == (report.state == "duplicate" and not set(texts) <= set(self.stands))
            assert other is None or {each.text for each in self.store.documents("notes", other)} & set(texts)
        blobs = [each for each, in self.store.rows("SELECT sha256 FROM blobs ORDER BY sha256")]
        assert blobs == sorted({digest(texts) for texts in (*self.files.values(), OTHERS)})


def collapsed(store: Store) -> dict[str, str]:
    """By the text of a collapsed document, the text of the one that stands for it."""
    return {TEXT_OF[each.id]: TEXT_OF[kept] for kept, others in store.collapsed("notes").items() for each in others}


OTHERS = TEXTS[:2]  # what a file of another corpus holds
names, text = st.sampled_from(NAMES), st.sampled_from(TEXTS)
some = st.lists(text, min_size=1, max_size=3, unique=True).map(tuple)
acts = st.one_of(
    st.tuples(st.just("put"), names, some), st.tuples(st.just("put"), names, some), st.tuples(st.just("delete"), names),
    st.tuples(st.just("collapse"), text, some), st.tuples(st.just("restore"), some))


@settings(deadline=None, max_examples=80)
@given(st.lists(acts, min_size=1, max_size=14))
@example([  # a file goes with a document and with one that was collapsed into it, which is in another file too
    ("put", "a.txt", TEXTS[:2]), ("put", "b.txt", TEXTS[1:2]), ("collapse", TEXTS[0], TEXTS[1:2]), ("delete", "a.txt")])
@example([  # and a third was collapsed into it
    ("put", "a.txt", TEXTS[:2]), ("put", "b.txt", TEXTS[1:2]), ("put", "c.eml", TEXTS[2:3]),
    ("collapse", TEXTS[0], TEXTS[1:3]), ("put", "a.txt", TEXTS[3:])])
def test_any_history_leaves_what_its_files_hold(history):
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "workbench.db")
        for corpus in ("notes", "others"):
            store.make_corpus(corpus)
        put(store, "others", "a.txt", OTHERS)
        model = Model(store)
        model.check()
        for act in history:
            model.act(*act)
            model.check()
        assert sorted(each.text for each in store.documents("others")) == sorted(OTHERS)
        store.delete_corpus("notes")
        assert store.rows("SELECT count(*), (SELECT count(*) FROM blobs), (SELECT count(*) FROM files) FROM documents") == [(2, 1, 1)]
        store.close()


# What the store made at version 1.
SCHEMA_1 = """
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
    date TEXT NOT NULL DEFAULT ''
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
DATE_1 = """,
    date TEXT NOT NULL DEFAULT ''"""
# (corpus, name, texts) of its files; the first two have the same bytes under one name, in two corpora
FILES_1 = (("notes", "a.txt", TEXTS[:2]), ("mails", "a.txt", TEXTS[:2]), ("mails", "b.eml", TEXTS[2:4]))
HISTORY_1 = (7, 5.0, "mails", "When is it due?", "en", 1, "good", "due noon", b"\x00record")
MODELS_1 = ("model.gguf", '{"name": "m"}', None)


def make_version_1(path: Path, *, dated: bool) -> dict[str, list[tuple]]:
    """A store as version 1 left it; gives the documents and chunks in it, by the names of their tables."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(SCHEMA_1 if dated else SCHEMA_1.replace(DATE_1, ""))
    database.executemany("INSERT INTO corpora VALUES (?, ?, ?)", [("mails", 2.0, 3), ("notes", 1.0, 1)])
    held: dict[str, list[tuple]] = {"documents": [], "chunks": []}
    for corpus, name, texts in FILES_1:
        file = sha256(f"{corpus}\0{name}".encode()).hexdigest()[:32]
        database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, 'ready', '[]', 4.0)", (
            file, corpus, name, digest(texts), len(data(texts))))
        for text in texts:
            document, chunks, vectors = written(corpus, name, text)
            date = "2024-05-01" if dated else ""
            row = (document.id, file, document.title, text, name, "txt", "[1, 2]", date)
            database.execute(f"INSERT INTO documents VALUES ({', '.join('?' * (7 + dated))})", row[: 7 + dated])
            held["documents"].append((corpus, name, document.id, document.title, text, "txt", "[1, 2]", date))
            rows = [(chunk.id, document.id, chunk.start, chunk.end, vector.tobytes())
                    for chunk, vector in zip(chunks, vectors, strict=True)]
            database.executemany("INSERT INTO chunks VALUES (?, ?, ?, ?, ?)", rows)
            held["chunks"] += rows
    database.execute(
        "INSERT INTO files VALUES ('broken', 'mails', 'broken.pdf', '', 0, 'failed', '[[\"unreadable\", {\"why\": \"x\"}]]', 4.0)")
    database.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", HISTORY_1)
    database.execute("INSERT INTO models VALUES (?, ?, ?)", MODELS_1)
    database.close()
    return held


def tables(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table."""
    return {name: store.rows(f"SELECT * FROM {name}") for (name,) in store.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")}


def layout(store: Store) -> list[tuple]:
    """The tables and indexes, as they were made."""
    return store.rows("SELECT type, name, replace(sql, '\"', '') FROM sqlite_schema ORDER BY type, name")


@pytest.fixture(params=[True, False], ids=["dated", "undated"])
def carried(request, tmp_path):
    """A store of version 1 opened by this one, with what was in it."""
    held = make_version_1(tmp_path / "workbench.db", dated=request.param)
    store = Store(tmp_path / "workbench.db")
    yield store, held
    store.close()


def sound(store: Store) -> bool:
    return store.rows("PRAGMA foreign_key_check") == [] and store.rows("PRAGMA quick_check") == [("ok",)]


def test_a_store_of_version_1_is_carried_over_whole(carried, tmp_path):
    store, held = carried
    assert sorted(store.rows("""
        SELECT corpus, files.name, documents.id, title, text, kind, pages, date FROM documents
        JOIN files ON files.id = file""")) == sorted(held["documents"])
    assert sorted(store.rows("""
        SELECT chunks.id, documents.id, start, stop, vector FROM chunks
        JOIN documents ON documents.key = document""")) == sorted(held["chunks"])
    assert store.rows("SELECT * FROM history") == [HISTORY_1]
    assert store.rows("SELECT * FROM models") == [MODELS_1]
    assert store.names() == ["notes", "mails"]
    assert [store.version(name) for name in ("notes", "mails")] == [1, 3]
    assert store.changes("mails", 3) == ([], [])
    assert [(each.name, each.state, each.remarks) for each in store.files("mails")] == [
        ("a.txt", "ready", ()), ("b.eml", "ready", ()), ("broken.pdf", "failed", (Remark("unreadable", {"why": "x"}),))]
    assert all(store.original(each.id) is None for name in store.names() for each in store.files(name))
    assert len(store.searchable("mails")) == 4
    assert sound(store)
    assert store.rows("PRAGMA user_version") == [(VERSION,)]
    assert store.rows("PRAGMA foreign_keys") == [(1,)]
    fresh = Store(tmp_path / "fresh.db")
    assert layout(store) == layout(fresh)  # no old table is left, no index is missing
    fresh.close()


def test_a_carried_store_opens_again_as_it_is_and_goes_on(carried):
    store, held = carried
    before = tables(store)
    again = Store(store.path)
    assert tables(again) == before
    again.close()
    since, keys = store.version("mails"), set(store.searchable("mails"))
    assert store.delete_files("mails", "a.txt") == []
    assert [each.text for each in store.documents("mails")] == list(TEXTS[2:4])
    assert [each.text for each in store.documents("notes")] == list(TEXTS[:2])
    put(store, "mails", "b.eml", TEXTS[3:])  # its next version, with its bytes
    assert [each.text for each in store.documents("mails")] == list(TEXTS[3:])
    came, went = store.changes("mails", since)
    assert (keys - set(went)) | set(came) == set(store.searchable("mails"))
    assert store.delete_files("mails", "broken.pdf") == []
    assert [each.name for each in store.files("mails")] == ["b.eml"]
    assert store.original(store.files("mails")[0].id) == data(TEXTS[3:])
    assert [row for row in held["chunks"] if row[0] in dict(store.rows("SELECT id, key FROM chunks"))][:2] == held["chunks"][:2]
    assert sound(store)


def test_two_processes_that_carry_at_once_carry_once(tmp_path, monkeypatch):
    """A question from the command line opens the store without the lock of the data folder, also while the app starts."""
    path = tmp_path / "workbench.db"
    held = make_version_1(path, dated=True)
    connect = sqlite3.connect
    others = []

    class Slow(sqlite3.Connection):
        """Another process is first with every transaction."""

        def execute(self, sql, *values):
            self.wait(sql)
            return super().execute(sql, *values)

        def executescript(self, sql):
            self.wait(sql)
            return super().executescript(sql)

        def wait(self, sql):
            if "BEGIN IMMEDIATE" in sql and not others:
                others.append(None)
                monkeypatch.setattr(sqlite3, "connect", connect)
                other = Store(path)
                others[0] = tables(other)
                other.close()

    monkeypatch.setattr(sqlite3, "connect", lambda *values, **named: connect(*values, **named, factory=Slow))
    store = Store(path)
    assert store.rows("SELECT count(*) FROM chunks") == [(len(held["chunks"]),)]
    assert tables(store) == others[0]
    assert sound(store)
    fresh = Store(tmp_path / "fresh.db")
    assert layout(store) == layout(fresh)
    fresh.close()
    store.close()


def test_a_store_of_a_newer_workbench_is_left_alone(tmp_path):
    Store(tmp_path / "workbench.db").close()
    database = sqlite3.connect(tmp_path / "workbench.db")
    database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    with pytest.raises(WorkbenchError, match="newer workbench"):
        Store(tmp_path / "workbench.db")
    assert sqlite3.connect(tmp_path / "workbench.db").execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
