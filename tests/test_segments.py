"""A corpus in segments finds what one freshly made index finds, and a new version costs what is new."""

import threading
from hashlib import sha256
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import bench as opening
from workbench.bench import Bench, Settings
from workbench.nouns import Document, Filter
from workbench.retrieval import corpus_index, snapshot, store
from workbench.retrieval.chunking import cut
from workbench.retrieval.corpus_index import CorpusIndex
from workbench.retrieval.snapshot import adopted, due, merged
from workbench.retrieval.store import Store
from workbench.retrieval.vectors import IndexBroken

WORDS = "deposit office noon lid late delivery x7 보증금은 배송 지연 사무실".split()
QUESTIONS = ("Where is the deposit of the office?", "deposit deposit late", "보증금은 얼마인가요?", "What is it?")
WHOLE = ("In which documents is the deposit mentioned?", "배송 지연을 언급한 문서는 몇 건인가요?", "List all mails")


class StandIn:
    """Vectors that are the same for the same words: equal texts tie."""

    def reads(self, lang: str) -> bool:
        return lang == "en"

    def embed(self, texts: list[str]) -> np.ndarray:
        rows = np.array([
            sum((np.random.default_rng(crc32(word.encode())).normal(size=384) for word in text.split()), np.full(384, 0.1))
            for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def put(store: Store, name: str, texts: list[str], size: int = 40, overlap: int = 12) -> None:
    """A file with a document a text, in chunks that overlap."""
    contents = []
    for text in texts:
        identity = sha256(f"{name}\0{text}".encode()).hexdigest()[:32]
        document = Document(identity, f"The {text[:9]}", text, name, name.rpartition(".")[2])
        chunks = [cut(document, max(0, start - overlap), min(start + size, len(text))) for start in range(0, len(text), size)]
        contents.append((document, chunks, StandIn().embed([chunk.text for chunk in chunks])))
    store.add_file("notes", name, "\n".join(texts).encode(), contents)


@pytest.fixture
def notes(tmp_path) -> Store:
    held = Store(tmp_path / "workbench.db")
    held.make_corpus("notes")
    yield held
    held.close()


def opened(held: Store, before: CorpusIndex | None = None) -> CorpusIndex:
    return CorpusIndex(held, None, "notes", held.version("notes"), before)


def answers(index: CorpusIndex, filter: Filter = corpus_index.ALL):
    """All that a question shows of a corpus: hits with their scores, and full passes."""
    found = [index.search(question, StandIn(), 20, filter) for question in QUESTIONS]
    hits = [[(hit.chunk, hit.source) for hit in each.hits] for each in found]
    scores = [(hit.score, hit.dense, hit.lexical) for each in found for hit in each.hits]
    rest = [(each.best and each.best.text, each.coverage) for each in found]
    return hits, rest, [index.survey(question, filter) for question in WHOLE], np.array(scores)


texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(lambda some: " ".join(some) + "."), min_size=1, max_size=3, unique=True)
names = st.sampled_from(["b.txt", "a.eml", "c.eml", "table.csv"])
acts = st.one_of(
    st.tuples(st.just("put"), names, texts), st.tuples(st.just("delete"), names), st.tuples(st.just("reopen")),
    st.tuples(st.just("follow")), st.tuples(st.just("merge")), st.tuples(st.just("merge beside"), names, texts))


@settings(deadline=None, max_examples=60)
@given(st.lists(acts, min_size=1, max_size=12))
def test_any_history_finds_what_a_fresh_index_finds(history):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_index, "DEPTH", 4)  # so that a few chunks are more than are looked at
        held = Store(Path(folder) / "workbench.db")
        held.database.execute("PRAGMA synchronous = OFF")
        held.make_corpus("notes")
        index = opened(held)
        for act, *values in history:
            if act == "put":
                put(held, *values)
            elif act == "delete":
                held.delete_file("notes", *values)
            elif act == "reopen":
                index = opened(held)
            elif act == "follow":
                index = opened(held, index)
            elif parts := due(index.held.parts) or index.held.parts:  # what is due, or all of it
                segment = merged(parts)
                if act == "merge beside":
                    put(held, *values)
                    index = opened(held, index)
                index = index.holding(adopted(index.held, segment, parts))
        index, fresh = opened(held, index), opened(held)
        for filter in (corpus_index.ALL, Filter(kinds=("eml",))):
            *found, scores = answers(index, filter)
            *anew, expected = answers(fresh, filter)
            assert found == anew
            assert np.allclose(scores, expected, rtol=1e-6, atol=1e-6)
        assert sorted(index.held.ids()) == sorted(fresh.held.ids())
        held.close()


def test_a_new_version_takes_over_its_segments_and_reads_what_is_new(notes, monkeypatch):
    for number in range(20):
        put(notes, f"{number}.txt", [f"deposit {number} " * 10])
    before = opened(notes)
    put(notes, "new.txt", ["The office closes at noon."])
    put(notes, "3.txt", ["deposit of three " * 10, "late delivery"])
    notes.delete_file("notes", "4.txt")
    read = []
    for name in ("texts", "vectors", "documents_by_key", "places_of"):
        plain = getattr(notes, name)
        monkeypatch.setattr(notes, name, lambda keys, plain=plain: read.extend(keys) or plain(keys))
    after = opened(notes, before)
    old, new = after.held.parts
    assert old.segment is before.held.parts[0].segment, "not a copy"
    assert {document.source for document in new.segment.documents} == {"new.txt", "3.txt"}
    assert set(read) <= {*new.segment.keys.tolist(), *new.segment.ids, *(document.id for document in new.segment.documents)}
    assert {document.source for document in old.segment.documents} - {
        document.source for document, left in zip(old.segment.documents, old.left.groups, strict=True) if left} == {"3.txt", "4.txt"}
    assert before.held.parts[0].left.groups.all(), "the version before is as it was"


@given(st.lists(st.integers(1, 50), min_size=1, max_size=300))
def test_few_segments_and_few_copies(sizes):
    """What the rule of merging promises."""
    parts, copies = [], 0
    for size in sizes:
        parts.append(part(size))
        while some := due(parts):
            total = sum(each.left.text_count for each in some)
            copies += total
            parts = [each for each in parts if each not in some] + [part(total)]
    total = sum(sizes)
    assert len(parts) <= log2(total) + 1
    assert copies <= total * log2(total)


def part(count: int, gone: int = 0) -> SimpleNamespace:
    return SimpleNamespace(left=SimpleNamespace(text_count=count, texts=[True] * (count + gone)))


def test_a_segment_most_of_which_has_gone_is_written_again():
    whole, mostly_gone = part(100), part(40, gone=60)
    assert due([whole, mostly_gone]) == [mostly_gone] and due([whole, part(60, gone=40)]) == []
    assert due([]) == [] and due([whole]) == []


def test_the_store_tells_what_changed_as_long_as_it_knows(notes, monkeypatch):
    first = notes.version("notes")
    put(notes, "a.txt", ["deposit", "office"])
    second = notes.version("notes")
    put(notes, "b.txt", ["noon"])
    keys = notes.searchable("notes")
    assert notes.changes("notes", first) == (keys, []) and notes.changes("notes", second) == (keys[2:], [])
    put(notes, "a.txt", ["deposit", "late"])
    after = notes.searchable("notes")
    came, went = notes.changes("notes", second)
    assert sorted(came) == sorted(after) and went == keys[:2]
    notes.add_file("notes", "bad.pdf", b"bad", state="failed")
    assert notes.changes("notes", notes.version("notes") - 1) == ([], [])
    assert [row[1:] for row in notes.places_of(after)] == [
        (chunk.id, chunk.start, chunk.end) for key in after
        for chunk in notes.chunks(notes.documents_by_key([key], text=True)[key])]
    monkeypatch.setattr(store, "CHANGES", 2)
    put(notes, "c.txt", ["x7"])
    with pytest.raises(LookupError):
        notes.changes("notes", first)
    assert notes.changes("notes", notes.version("notes") - 1)[0] == notes.searchable("notes")[-1:]


def test_a_corpus_made_again_under_its_name_is_another(notes):
    put(notes, "a.txt", ["deposit"])
    before = opened(notes)
    notes.delete_corpus("notes")
    notes.make_corpus("notes")
    put(notes, "a.txt", ["office"])
    after = opened(notes, before)
    assert after.version > before.version and [hit.chunk.text for hit in after.search("office", StandIn(), 9).hits] == ["office"]


@pytest.fixture
def searching(tmp_path) -> Bench:
    held = Bench(Settings(tmp_path / "home"), writing=True)
    held.opened_embedder = StandIn()
    for name in ("notes", "other"):
        held.store.make_corpus(name)
    yield held
    held.close()


def test_while_a_version_is_made_others_search_the_one_before(searching, monkeypatch):
    monkeypatch.setattr(opening, "LINGER", 0.01)
    put(searching.store, "a.txt", ["deposit"])
    before = searching.corpus("notes")
    put(searching.store, "b.txt", ["office"])
    reading, go_on = threading.Event(), threading.Event()
    plain = snapshot.read

    def slow(*values):
        reading.set()
        assert go_on.wait(60)
        return plain(*values)

    monkeypatch.setattr(snapshot, "read", slow)
    maker = threading.Thread(target=searching.corpus, args=("notes",))
    maker.start()
    assert reading.wait(60)
    assert searching.corpus("notes") is before
    assert searching.corpus("other").size == 0, "another corpus waits for nothing"
    go_on.set()
    maker.join()
    assert searching.corpus("notes").size == 2


def test_segments_are_merged_beside_the_questions(searching):
    for number in range(30):
        put(searching.store, f"{number}.txt", [f"deposit {number}"])
        searching.corpus("notes")
    with searching.merging["notes"]:  # no merge is under way
        pass
    searching.merge("notes")
    index = None
    for _ in range(1000):
        index = searching.corpus("notes")
        if not due(index.held.parts):
            break
        threading.Event().wait(0.01)
    assert len(index.held.parts) <= log2(30) + 1 and index.size == 30
    fresh = CorpusIndex(searching.store, None, "notes", index.version)
    assert answers(index.holding(index.held))[0] == answers(fresh)[0]


def test_chroma_is_given_the_difference(searching, monkeypatch):
    for name in "abc":
        put(searching.store, f"{name}.txt", [f"deposit {name}"])
    searching.corpus("notes")
    put(searching.store, "d.txt", ["office"])
    searching.store.delete_file("notes", "a.txt")
    monkeypatch.setattr(searching.index, "follow", None)
    index = searching.corpus("notes")
    assert index.index is not None
    assert sorted(searching.index.collection("notes").get(include=[])["ids"]) == sorted(index.held.ids()) and index.size == 3


def test_where_chroma_breaks_the_corpus_is_put_in_again_and_the_others_go_on_in_memory(searching, monkeypatch):
    put(searching.store, "a.txt", ["deposit"])
    other, before = searching.corpus("other"), searching.corpus("notes")
    put(searching.store, "b.txt", ["office"])

    def torn(*values):
        monkeypatch.undo()
        raise IndexBroken

    monkeypatch.setattr(searching.index, "change", torn)
    index = searching.corpus("notes")
    assert index.held.parts[0].segment is before.held.parts[0].segment, "nothing was read again"
    assert sorted(searching.index.collection("notes").get(include=[])["ids"]) == sorted(index.held.ids())
    assert searching.corpus("other") is other and other.index is None
