"""Every damage is told, and what can be is made again as it was."""

import json

import numpy as np
import pytest

from tests.stand_in import StandInEmbedder
from tests.test_carry import opened, rows, take_in
from workbench.bench import Bench, Settings
from workbench.check import check, repair
from workbench.cli import main
from workbench.errors import HomeInUse, NoSuchCorpus
from workbench.ingest import delete
from workbench.search import search
from workbench.words import tell


@pytest.fixture
def filled(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The price of item {number} is {number * 3} dollars. " * 40)
    (folder / "copy.txt").write_bytes((folder / "0.txt").read_bytes())
    (folder / "bad.pdf").write_bytes(b"no pdf")
    bench = opened(tmp_path / "home")
    take_in(bench, folder)
    ids = {each.source: each.id for each in bench.store.documents("office")}
    bench.store.collapse("office", ids["1.txt"], [ids["2.txt"]])
    yield bench
    bench.close()


def test_a_sound_store(filled):
    health = check(filled)
    assert health.sound and health.faults == () and health.corpora == ("office",)
    assert (health.files, health.documents) == (5, 4) and health.chunks > 3 and health.size > 5000
    assert repair(filled, "office") == health
    with pytest.raises(NoSuchCorpus):
        check(filled, "nope")


FILE = "(SELECT key FROM documents JOIN files ON files.id = file WHERE name = '0.txt')"
NAN = f"x'{np.full(384, np.nan, np.float32).tobytes().hex()}'"


@pytest.mark.parametrize(("code", "damage"), [
    ("check_vectors", f"UPDATE chunks SET vector = NULL WHERE document = {FILE}"),
    ("check_vectors", f"UPDATE chunks SET vector = x'00000000' WHERE document = {FILE}"),
    ("check_vectors", f"UPDATE chunks SET vector = zeroblob(1536) WHERE document = {FILE}"),
    ("check_vectors", f"UPDATE chunks SET vector = {NAN} WHERE document = {FILE}"),
    ("check_text", f"UPDATE documents SET text = 'other' WHERE key = {FILE}"),
    ("check_text", f"UPDATE documents SET id = 'abc' WHERE key = {FILE}"),
    ("check_text", f"UPDATE documents SET asides = '[[5,' WHERE key = {FILE}"),
    ("check_text", f"UPDATE documents SET pages = '[999999]' WHERE key = {FILE}"),
    ("check_text", f"UPDATE chunks SET stop = 999999 WHERE document = {FILE}"),
    ("check_text", f"UPDATE chunks SET id = 'x' || id WHERE document = {FILE}"),
    ("check_text", f"DELETE FROM chunks WHERE document = {FILE}"),
    ("check_nothing", f"DELETE FROM documents WHERE key = {FILE}"),
    ("check_link", "UPDATE documents SET duplicate_of = 'gone', id = id WHERE duplicate_of NOT IN ('', id)"),
    ("check_changes", "UPDATE corpora SET known = version + 5"),
    ("check_unused_originals", "INSERT INTO blobs VALUES ('abc', x'00')"),
    ("check_orphans", "INSERT INTO chunks (document, id, start, stop) VALUES (99999, 'x', 0, 1)"),
])
def test_damage_is_told_and_repaired(filled, code, damage):
    before, hits = rows(filled), search(filled, "price of item 0", "office").hits
    filled.store.rows("PRAGMA foreign_keys = OFF" if code == "check_orphans" else "SELECT 1")
    filled.store.rows(damage)
    found = check(filled)
    assert not found.sound and code in {fault.remark.code for fault in found.faults}
    for fault in found.faults:
        assert tell("ko", fault.remark) != tell("en", fault.remark)
    assert not check(Bench(Settings(filled.settings.home), searching=False)).sound
    health = repair(filled)
    assert health.sound and health.faults == (), health.faults
    after = rows(filled)
    if code != "check_link":
        assert sorted(row[1:] for row in after[1]) == sorted(row[1:] for row in before[1])
        assert sorted(after[2]) == sorted(before[2])
        assert search(filled, "price of item 0", "office").hits[0].chunk.text == hits[0].chunk.text
    else:
        assert filled.store.collapsed("office") == {} and len(after[1]) == len(before[1])


def test_a_link_whose_text_is_nowhere_is_read_from_the_original(filled):
    filled.store.rows("DELETE FROM files WHERE name = '0.txt'")
    assert {(fault.remark.code, fault.file) for fault in check(filled).faults} == {("check_link", "copy.txt")}
    assert repair(filled).sound
    assert "copy.txt" in {hit.source for hit in search(filled, "price of item 0", "office").hits}


def test_what_cannot_be_repaired_stays_and_is_told(filled):
    filled.store.rows("UPDATE blobs SET data = x'00' WHERE sha256 = (SELECT sha256 FROM files WHERE name = '1.txt')")
    filled.store.rows("UPDATE documents SET text = text || '!' WHERE file = (SELECT id FROM files WHERE name = '1.txt')")
    before = rows(filled)
    health = repair(filled)
    assert {fault.remark.code for fault in health.faults} == {"check_original", "check_text"} and rows(filled) == before
    delete(filled, "office", "1.txt")
    assert check(filled).sound


def test_notes_are_no_damage(filled):
    filled.store.rows("DELETE FROM blobs WHERE sha256 = (SELECT sha256 FROM files WHERE name = '1.txt')")
    filled.store.receive("office", "later.txt", b"This waits.")
    filled.store.rows("UPDATE files SET state = 'deleting' WHERE name = 'bad.pdf'")
    health = check(filled)
    assert health.sound and {fault.remark.code for fault in health.faults} == {"check_no_original", "check_unfinished", "check_deleting"}
    assert [fault.remark.code for fault in repair(filled).faults] == ["check_no_original"]
    assert {row[0] for row in rows(filled)[0]} == {"0.txt", "1.txt", "2.txt", "copy.txt", "later.txt"}


def test_a_torn_database_is_one_sentence(filled, tmp_path):
    home = tmp_path / "home"
    filled.store.scrub(whole=True)
    filled.close()
    data = bytearray((home / "workbench.db").read_bytes())
    for page in range(24, len(data) // 4096, 2):  # behind the schema, without which nothing opens
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    (home / "workbench.db").write_bytes(data)
    torn = Bench(Settings(home), searching=False)
    found = check(torn)
    assert not found.sound and {fault.remark.code for fault in found.faults} <= {"check_database", "home_damaged"}
    torn.close()


def test_on_the_command_line(filled, tmp_path, capsys, monkeypatch):
    home = ["--home", str(tmp_path / "home")]
    assert main(["corpora", "check", "--json", *home]) == 0  # beside the one that writes
    assert json.loads(capsys.readouterr().out)["sound"] is True
    with pytest.raises(HomeInUse):
        repair(Bench(Settings(tmp_path / "home")))
    assert main(["corpora", "export", "office", "--out", str(tmp_path / "x.zip"), *home]) == 0
    filled.store.rows(f"UPDATE chunks SET vector = NULL WHERE document = {FILE}")
    filled.close()
    monkeypatch.setattr(Bench, "embedder", StandInEmbedder())
    capsys.readouterr()
    assert main(["corpora", "check", "office", *home]) == 1
    told = capsys.readouterr()
    assert "damaged" in told.out and told.err.count("\n") == 1 and "--repair" in told.err
    assert main(["corpora", "check", "--repair", "--json", *home]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["sound"] and answer["faults"][0]["repaired"] and answer["faults"][0]["file"] == "0.txt"
    assert main(["corpora", "import", str(tmp_path / "x.zip"), "--corpus", "branch", "--json", *home]) == 0
    assert {row["state"] for row in json.loads(capsys.readouterr().out)["files"]} == {"ready", "duplicate", "failed"}
    assert main(["corpora", "export", "office", *home]) == 1
    assert main(["corpora", "import", str(tmp_path / "none.zip"), *home]) == 1
    assert capsys.readouterr().err.count("\n") == 2
