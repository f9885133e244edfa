"""A corpus that was carried is the same corpus: files, documents, chunks, vectors, what is found."""

import json
import zipfile
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest

from tests.stand_in import StandInEmbedder
from workbench import carry
from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, NoSuchCorpus, WorkbenchError
from workbench.ingest import delete, go_on, ingest
from workbench.nouns import Remark
from workbench.search import search

PARAGRAPH = "The {0} machine costs {1} dollars and is repaired within {2} days. " * 6
MAIL = """From a@example.com Mon Mar  2 10:00:00 2026
From: Ann <a@example.com>
Subject: Prices
Date: Mon, 2 Mar 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Please see the attached list of prices.
--x
Content-Type: text/plain
Content-Disposition: attachment; filename="list.txt"

A grinder costs 320 dollars.
--x--
"""


def opened(home: Path) -> Bench:
    bench = Bench(Settings(home), writing=True)
    bench.opened_embedder = StandInEmbedder()
    return bench


def take_in(bench, *paths, corpus="office", **options):
    return {step.report.name: step.report.state for step in ingest(bench, paths, corpus, **options) if step.report}


def brought(bench, path, corpus=""):
    return [step.report for step in carry.load(bench, path, corpus) if step.report]


@pytest.fixture
def filled(tmp_path):
    """A home with a file of every kind that makes a difference, and its archive."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("\n\n".join(PARAGRAPH.format(name, number * 7, number) for number, name in enumerate(("red", "blue", "green") * 9)))
    (folder / "b.md").write_text("# 규정\n\n왕복 배송비는 6,400원이며 고객이 낸다.\n\n보증금은 15만 원이다.")
    (folder / "box.mbox").write_text(MAIL)
    (folder / "copy.txt").write_bytes((folder / "b.md").read_bytes())
    (folder / "near.txt").write_text("The office closes at six. ")
    (folder / "nearly.txt").write_text("The office closes at six!")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    bench = opened(tmp_path / "one")
    assert set(take_in(bench, folder).values()) == {"ready", "failed", "duplicate"}
    (tmp_path / "rows.csv").write_text("name,price\nkettle,40\npot,15\n")
    take_in(bench, tmp_path / "rows.csv", by_row=True)
    ids = {each.source: each.id for each in bench.store.documents("office")}
    assert bench.store.collapse("office", ids["near.txt"], [ids["nearly.txt"]]) == 1
    bench.store.set_cutting("office", 120, 10)
    bench.store.receive("office", "later.txt", b"This one waits to be read.")
    carry.export(bench, "office", tmp_path / "office.zip")
    yield bench
    bench.close()


def rows(bench, corpus="office"):
    """All that is stored of a corpus but keys."""
    files = bench.store.rows("""
        SELECT name, sha256, size, state, remarks, by_row, tokens, seconds, added FROM files WHERE corpus = ? ORDER BY name""", corpus)
    documents = bench.store.rows("""
        SELECT files.name, documents.id, title, text, kind, lang, pages, date, parent, asides, duplicate_of
        FROM documents JOIN files ON files.id = file WHERE corpus = ? ORDER BY documents.key""", corpus)
    chunks = bench.store.rows("""
        SELECT chunks.id, start, stop, vector FROM chunks JOIN documents ON documents.key = document JOIN files ON files.id = file
        WHERE corpus = ? ORDER BY documents.key, start""", corpus)
    return files, documents, chunks


def found(bench, corpus="office"):
    return [(hit.source, hit.chunk.id, hit.chunk.text, hit.score) for question in ("What does the blue machine cost?", "배송비는 얼마인가요?", "When?")
            for hit in search(bench, question, corpus, 10).hits]


def test_there_and_back_is_the_same(filled, tmp_path):
    bench = opened(tmp_path / "two")
    reports = brought(bench, tmp_path / "office.zip")
    assert {report.name: report.state for report in reports}["later.txt"] == "ready"
    list(go_on(filled))
    mine, theirs = rows(bench), rows(filled)
    assert [[*row[:7], *row[8:]] for row in mine[0]] == [[*row[:7], *row[8:]] for row in theirs[0]]
    assert [row[7] for row in mine[0] if row[0] != "later.txt"] == [row[7] for row in theirs[0] if row[0] != "later.txt"]
    assert mine[1:] == theirs[1:] and len(mine[2]) > 10
    assert found(bench) == found(filled)
    assert bench.store.cutting("office") == (120, 10)
    assert bench.store.collapsed("office").keys() == filled.store.collapsed("office").keys()
    assert {each.name: each.state for each in bench.store.files("office")}["copy.txt"] == "duplicate"
    carry.export(filled, "office", tmp_path / "again.zip")
    carry.export(bench, "office", tmp_path / "more.zip")
    with zipfile.ZipFile(tmp_path / "again.zip") as one, zipfile.ZipFile(tmp_path / "more.zip") as two:
        assert one.namelist() == two.namelist()
        for name in set(one.namelist()) - {"files.jsonl"}:  # seconds of what was read only now
            assert one.read(name) == two.read(name), name
    assert [report.state for report in brought(bench, tmp_path / "more.zip") if report.state != "failed"] == []
    assert rows(bench)[1:] == mine[1:]
    bench.close()


def test_under_another_name_the_ids_are_those_of_reading_there(filled, tmp_path):
    brought(filled, tmp_path / "office.zip", "branch")
    bench = opened(tmp_path / "two")
    bench.store.make_corpus("branch")
    bench.store.set_cutting("branch", *filled.store.cutting("office"))
    take_in(bench, tmp_path / "files" / "a.txt", tmp_path / "files" / "box.mbox", tmp_path / "files" / "b.md", corpus="branch")
    carried, read = rows(filled, "branch"), rows(bench, "branch")
    assert {row[1] for row in read[1]} <= {row[1] for row in carried[1]}
    parents = {row[1]: row[8] for row in carried[1]}
    assert any(row[8] for row in read[1]) and all(parents[row[1]] == row[8] for row in read[1])
    assert {row[1] for row in carried[1]}.isdisjoint({row[1] for row in rows(filled)[1]})
    assert [row[2] for row in found(filled, "branch")][:3] == [row[2] for row in found(filled)][:3]
    assert [row[3] for row in carried[2] if row[3]] == [row[3] for row in rows(filled)[2]] + [
        row[3] for row in carried[2][len(rows(filled)[2]):]]
    bench.close()


def test_export_beside_a_running_app(filled, tmp_path):
    beside = Bench(Settings(tmp_path / "one"), searching=False)
    beside.opened_embedder = filled.embedder
    carry.export(beside, "office", tmp_path / "beside.zip")
    beside.close()
    assert (tmp_path / "beside.zip").read_bytes() == (tmp_path / "office.zip").read_bytes()
    with filled.store.view() as view:
        delete(filled, "office", "a.txt")
        assert list(view("SELECT count(*) FROM files WHERE name = 'a.txt'")) == [(1,)]
    assert filled.store.rows("SELECT count(*) FROM files WHERE name = 'a.txt'") == [(0,)]


def test_a_load_that_ended_in_the_middle_goes_on(filled, tmp_path):
    bench = opened(tmp_path / "two")
    steps = carry.load(bench, tmp_path / "office.zip")
    while not next(steps).report:
        pass
    steps.close()
    list(go_on(bench))
    assert all(row.state in ("ready", "duplicate") for row in bench.store.files("office"))
    brought(bench, tmp_path / "office.zip")
    list(go_on(filled))
    assert {row[1] for row in rows(bench)[1]} == {row[1] for row in rows(filled)[1]}
    assert bench.store.collapsed("office").keys() == filled.store.collapsed("office").keys()
    bench.close()


def test_vectors_of_another_embedder_are_made_anew(filled, tmp_path):
    class Other(StandInEmbedder):
        name = "other"

        def embed(self, texts):
            return -super().embed(texts)

    bench = opened(tmp_path / "two")
    bench.opened_embedder = Other()
    brought(bench, tmp_path / "office.zip")
    old = {row[0]: np.frombuffer(row[3], np.float32) for row in rows(filled)[2]}
    new = {row[0]: np.frombuffer(row[3], np.float32) for row in rows(bench)[2]}
    assert all(np.array_equal(new[each], -old[each]) for each in old)
    bench.close()


def test_a_file_without_its_bytes_is_carried_by_what_was_read(filled, tmp_path):
    filled.store.rows("DELETE FROM blobs WHERE sha256 = (SELECT sha256 FROM files WHERE name = 'a.txt')")
    carry.export(filled, "office", tmp_path / "bare.zip")
    bench = opened(tmp_path / "two")
    brought(bench, tmp_path / "bare.zip")
    file, = (each for each in bench.store.files("office") if each.name == "a.txt")
    assert file.state == "ready" and bench.store.original(file.id) is None
    list(go_on(filled))
    assert found(bench)[:3] == found(filled)[:3]
    bench.close()


def test_nothing_is_left_where_it_cannot_be_written(filled, tmp_path):
    with pytest.raises(WorkbenchError, match="cannot be written to"):
        carry.export(filled, "office", tmp_path / "nowhere" / "x.zip")
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(WorkbenchError, match="cannot be written to"):
        carry.export(filled, "office", tmp_path / "folder.zip")
    with pytest.raises(NoSuchCorpus):
        carry.export(filled, "nope", tmp_path / "x.zip")
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part")) and not (tmp_path / "x.zip").exists()


def test_a_corpus_with_other_files_is_left_alone(filled, tmp_path):
    bench = opened(tmp_path / "two")
    (tmp_path / "own.txt").write_text("My own words.")
    take_in(bench, tmp_path / "own.txt")
    with pytest.raises(BadRequest, match="under another name with --corpus"):
        brought(bench, tmp_path / "office.zip")
    assert [each.name for each in bench.store.files("office")] == ["own.txt"]
    with pytest.raises(BadRequest, match="cannot name a corpus"):
        brought(bench, tmp_path / "office.zip", "a/b")
    bench.close()


def changed(path: Path, member: str, change) -> Path:
    """A copy of an archive in which one member is another."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            for each in [content] if name != member else change(content):
                other.writestr(name, each)
    return copy


def edited(**values):
    """A change of the first line of a member of JSON lines."""
    def change(content: bytes) -> list[bytes]:
        first, rest = content.split(b"\n", 1)
        return [json.dumps(json.loads(first) | values).encode() + b"\n" + rest]
    return change


BAD = b64encode(np.full(384, np.nan, np.float32).tobytes()).decode()


@pytest.mark.parametrize(("member", "change", "says"), [
    ("corpus.json", lambda content: [], "is no archive of a corpus"),
    ("corpus.json", edited(format=2), "has format 2, and this version reads up to 1; update"),
    ("corpus.json", lambda content: [b"[" * 100_000], "damaged"),
    ("corpus.json", edited(format="1"), "damaged .no good “format”"),
    ("corpus.json", edited(name=7), "damaged"),
    ("files.jsonl", edited(size=10**12), "damaged"),
    ("files.jsonl", edited(sha256="../../etc/passwd"), "damaged .no good “sha256”"),
    ("files.jsonl", edited(state="deleting"), "damaged"),
    ("files.jsonl", edited(added=float("nan")), "damaged"),
    ("files.jsonl", edited(size=3), "is not what it was"),
    ("files.jsonl", lambda content: [content + content], "two files of one name"),
    ("files.jsonl", lambda content: [content[:-5]], "damaged"),
    ("documents.jsonl", edited(text="short"), "damaged"),
    ("documents.jsonl", edited(text="a\ud800"), "damaged"),
    ("documents.jsonl", edited(pages=[5, 3]), "damaged"),
    ("documents.jsonl", edited(asides=[[1]]), "damaged"),
    ("documents.jsonl", edited(file="other.txt"), "damaged"),
    ("documents.jsonl", lambda content: [content.split(b"\n", 1)[1]], "damaged .chunks.jsonl: no document"),
    ("chunks.jsonl", edited(start=-1), "damaged"),
    ("chunks.jsonl", edited(end=10**9), "damaged"),
    ("chunks.jsonl", edited(vector="AAAA"), "damaged .no good “vector”"),
    ("chunks.jsonl", edited(vector=BAD), "damaged .no good “vector”"),
    ("chunks.jsonl", edited(vector="no base 64"), "damaged"),
    ("chunks.jsonl", lambda content: [], "damaged"),
])
def test_a_bad_archive_is_one_sentence_and_changes_nothing(filled, tmp_path, member, change, says):
    bench = opened(tmp_path / "two")
    with pytest.raises(BadRequest, match=says) as error:
        brought(bench, changed(tmp_path / "office.zip", member, change))
    assert "\n" not in str(error.value) and bench.store.names() == []
    bench.close()


def test_no_archive_at_all(filled, tmp_path):
    whole = (tmp_path / "office.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-200])
    (tmp_path / "text.zip").write_text("no archive")
    (tmp_path / "flipped.zip").write_bytes(whole[:-3000] + bytes(len(whole[-3000:-2500])) + whole[-2500:])
    for name, says in (("cut.zip", "no archive of a corpus"), ("text.zip", "no archive of a corpus"), ("none.zip", "cannot be opened")):
        with pytest.raises(BadRequest, match=says):
            brought(filled, tmp_path / name, "new")
    with pytest.raises(BadRequest):
        brought(filled, tmp_path / "flipped.zip", "new")
    assert filled.store.names() == ["office"]


def test_a_bomb_is_refused_by_what_it_says_and_can_hold_no_more(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(carry.Archive, "size", lambda self: 10**15)
    with pytest.raises(BadRequest, match="the disk has"):
        brought(filled, tmp_path / "office.zip", "new")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("corpus.json", b" " * 300_000_000)
    with pytest.raises(BadRequest, match="damaged"):
        brought(filled, tmp_path / "bomb.zip", "new")


def test_a_remark_that_nobody_knows_is_left_out():
    assert carry.known_remark(["read_empty", {"name": "x"}]) == Remark("read_empty", {"name": "x"})
    for bad in (["from_the_future", {}], ["read_empty", {"file": "x"}], ["read_empty", {"name": [1]}], ["repeated", {"count": "many"}], "x", None, []):
        assert carry.known_remark(bad) is None
