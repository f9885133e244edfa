"""Files in and out: once, wholly or not at all, and one bad file never costs another."""

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile

import numpy as np
import pytest

from tests.stand_in import StandInEmbedder
from workbench import ingest as verb
from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, EmbedderChanged, HomeInUse, NoSuchCorpus
from workbench.reading.process import ReaderFailed
from workbench.search import search
from workbench.startup import Startup


def take_in(bench, *paths, corpus="notes"):
    return [step.report for step in verb.ingest(bench, paths, corpus) if step.report]


def test_good_and_bad_files_together(bench, tmp_path):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("The deposit is 150 dollars.")
    (folder / "sub" / "b.md").write_text("# Hours\n\nThe office closes at six.")
    (folder / "empty.txt").write_text("")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / ".DS_Store").write_bytes(b"x")
    reports = {report.name: report for report in take_in(bench, folder)}

    assert {name: report.state for name, report in reports.items()} == {
        "a.txt": "ready", "sub/b.md": "ready", "empty.txt": "failed", "photo.jpg": "failed"}
    rows = {row.name: row for row in bench.store.files("notes")}
    assert rows["empty.txt"].state == "failed" and rows["empty.txt"].remarks[0].code == "read_empty"
    assert rows["a.txt"].chunks == 1
    assert search(bench, "When does the office close?", "notes").hits[0].source == "sub/b.md"


def test_chunks_keep_their_place_and_have_their_vector(bench, tmp_path, embedder):
    text = "\n\n".join(f"Paragraph {number} says that item {number} costs {number * 7} dollars. " * 6 for number in range(20))
    (tmp_path / "long.txt").write_text(text)
    take_in(bench, tmp_path / "long.txt")
    document, = bench.store.documents("notes")
    chunks = bench.store.chunks(document)
    assert len(chunks) > 5
    for chunk in chunks:
        assert document.text[chunk.start : chunk.end] == chunk.text
        assert embedder.count(chunk.text) <= embedder.limit
    stored = bench.store.vectors([chunk.id for chunk in chunks])
    vectors = np.array([stored[chunk.id] for chunk in chunks])
    fresh = embedder.embed([f"{document.title}\n{chunk.text}" for chunk in chunks])
    assert (np.sum(vectors * fresh, axis=1) > 0.999).all()


def test_the_same_again_adds_nothing(bench, tmp_path):
    first, twin, other = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    first.write_text("Same words.")
    twin.write_text("Same words.")
    other.write_bytes("Same words.".encode("utf-16"))
    states = [report.state for report in take_in(bench, first, twin, other)]
    assert states == ["ready", "duplicate", "duplicate"]
    version = bench.store.version("notes")
    assert [report.state for report in take_in(bench, first)] == ["duplicate"]
    assert bench.store.version("notes") == version and bench.store.corpora()[0][1:] == (1, 1)


def test_a_changed_file_takes_the_place_of_the_old_one(bench, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("The code is red.")
    take_in(bench, file)
    file.write_text("The code is blue.")
    take_in(bench, file)
    assert [document.text for document in bench.store.documents("notes")] == ["The code is blue."]
    assert [hit.chunk.text for hit in search(bench, "code", "notes").hits] == ["The code is blue."]
    file.write_text("")
    report, = take_in(bench, file)
    assert report.state == "failed" and report.remarks[-1].code == "kept_old"
    assert search(bench, "code", "notes").hits


def test_two_files_of_one_name_in_one_call_are_both_kept(bench, tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "readme.txt").write_text(f"This is {folder}.")
    (tmp_path / "z" / "y").mkdir(parents=True)
    (tmp_path / "z" / "y" / "readme.txt").write_text("This is z.")
    files = [tmp_path / "x" / "readme.txt", tmp_path / "y" / "readme.txt", tmp_path / "z" / "y" / "readme.txt"]
    names = [report.name for report in take_in(bench, *files)]
    assert names == ["readme.txt", "y/readme.txt", "z/y/readme.txt"] and len(bench.store.documents("notes")) == 3


def test_a_file_that_becomes_the_same_as_another_does_not_keep_its_old_text(bench, tmp_path):
    first, second = tmp_path / "p.txt", tmp_path / "q.txt"
    first.write_text("It costs 10 dollars.")
    second.write_text("It costs 20 dollars.")
    take_in(bench, first, second)
    first.write_text("It costs 20 dollars.")
    report, = take_in(bench, first)
    assert report.state == "duplicate" and report.remarks[0].facts == {"of": "q.txt"}
    assert [document.text for document in bench.store.documents("notes")] == ["It costs 20 dollars."]


def test_what_is_no_ordinary_file_is_not_opened(bench, tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / os.fsdecode(b"\xb0\xa1.txt")).write_text("A name in CP949.")
    (tmp_path / "big.mp4").write_bytes(b"\0" * 1000)
    reports = {report.name: report for report in take_in(bench, tmp_path / "pipe.txt", tmp_path)}
    assert reports["pipe.txt"].remarks[0].code == "read_no_file" and reports["big.mp4"].remarks[0].code == "read_format"
    assert [report.state for name, report in reports.items() if name.startswith("?")] == ["ready"]


def test_a_bug_in_a_reader_costs_one_file(bench, tmp_path, monkeypatch):
    read = bench.reader.read

    def failing(data, name, scope, **options):
        if name.endswith(".md"):
            raise ReaderFailed("Traceback …\nZeroDivisionError: division by zero")
        return read(data, name, scope, **options)

    monkeypatch.setattr(bench.reader, "read", failing)
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    states = {report.name: report.state for report in take_in(bench, tmp_path / "a.md", tmp_path / "b.txt")}
    assert states == {"a.md": "failed", "b.txt": "ready"}


def test_search_survives_a_deletion_beside_it(bench, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"File {name} about apples.")
    take_in(bench, tmp_path / "a.txt", tmp_path / "b.txt")
    snapshot = bench.corpus("notes")
    bench.store.delete_files("notes", "a.txt")
    assert [hit.source for hit in snapshot.search("apples", bench.embedder, 5).hits] == ["b.txt"]
    bench.store.delete_files("notes", "b.txt")
    assert snapshot.search("apples", bench.embedder, 5).hits == ()


def test_deleting_a_corpus_that_is_being_filled(bench, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"File {name}.")
    steps = verb.ingest(bench, [tmp_path / "a.txt", tmp_path / "b.txt"], "notes")
    while not next(steps).report:
        pass
    bench.store.delete_corpus("notes")
    with pytest.raises(NoSuchCorpus):
        list(steps)


def test_delete_takes_all_of_it(bench, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"File {name} about apples.")
    take_in(bench, tmp_path / "a.txt", tmp_path / "b.txt")
    verb.delete(bench, "notes", "a.txt")
    assert [hit.source for hit in search(bench, "apples", "notes").hits] == ["b.txt"]
    bench.fill("notes")
    assert bench.index.collection("notes").count() == 1 and bench.store.rows("SELECT count(*) FROM blobs") == [(1,)]
    assert bench.store.rows("SELECT count(*) FROM chunks") == [(1,)]
    with pytest.raises(BadRequest, match=r"no file called “a\.txt”"):
        verb.delete(bench, "notes", "a.txt")
    verb.delete_corpus(bench, "notes")
    assert bench.store.names() == [] and bench.store.rows("SELECT count(*) FROM documents") == [(0,)]
    with pytest.raises(NoSuchCorpus):
        search(bench, "apples", "notes")


@pytest.mark.parametrize("name", ["", " ", "a/b", "../x", "x" * 65, "a\nb", ".hidden"])
def test_a_corpus_needs_a_name(bench, tmp_path, name):
    with pytest.raises(BadRequest, match="cannot name a corpus"):
        take_in(bench, tmp_path, corpus=name)
    assert bench.store.names() == []


def test_a_korean_corpus_name(bench, tmp_path):
    (tmp_path / "가.txt").write_text("보증금은 15만 원이다.", encoding="utf-8")
    assert take_in(bench, tmp_path / "가.txt", corpus="우리 회사")[0].state == "ready"
    assert search(bench, "보증금이 얼마인가요?", "우리 회사").hits


def test_the_samples_come_once_and_a_deleted_one_stays_away(bench):
    startup = Startup(bench)
    assert len(bench.store.names()) == 2
    startup.load_documents()
    assert startup.stage.documents and {files for _, files, _ in bench.store.corpora()} == {30}
    verb.delete_corpus(bench, "harbor-lane")
    again = Startup(bench)
    again.load_documents()
    assert bench.store.names() == ["saebyeok-foods"]


def test_an_ingest_may_go_on_in_another_thread_and_may_be_left_in_the_middle(bench, tmp_path):
    """Gradio runs the steps of a generator on whatever thread is free, and drops it when its tab is closed."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"File {name}.")
    steps = verb.ingest(bench, [tmp_path / "a.txt", tmp_path / "b.txt"], "notes")
    for _ in range(2):
        thread = threading.Thread(target=next, args=(steps,))
        thread.start()
        thread.join()
    steps.close()
    assert [report.state for report in take_in(bench, tmp_path / "a.txt", tmp_path / "b.txt")] == ["ready", "ready"]


def test_one_process_writes(bench, tmp_path, embedder):
    (tmp_path / "a.txt").write_text("Shared words.")
    take_in(bench, tmp_path / "a.txt")
    with pytest.raises(HomeInUse, match=str(os.getpid())):
        Bench(bench.settings, writing=True)
    reader = Bench(bench.settings)
    reader.opened_embedder = embedder
    assert reader.index is None and search(reader, "Which words?", "notes").hits
    with pytest.raises(HomeInUse):
        reader.claim()
    reader.close()


def test_a_killed_ingest_leaves_whole_files_and_can_go_on(tmp_path, embedder):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"Note {number}: the price of item {number} is {number * 3} dollars. " * 60)
    command = [sys.executable, "-m", "workbench", "ingest", str(folder), "--corpus", "notes", "--home", str(tmp_path / "home")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(5):
        assert process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    bench = Bench(Settings(tmp_path / "home"), writing=True)
    bench.opened_embedder = embedder
    ready = [row for row in bench.store.files("notes") if row.state == "ready"]
    assert 5 <= len(ready) < 40 and all(row.chunks > 1 for row in ready)
    assert len(verb.unfinished(bench)) == 40 - len(ready)
    assert {hit.source for hit in search(bench, "price", "notes", 50).hits} <= {row.name for row in ready}
    list(verb.go_on(bench))
    assert [row.state for row in bench.store.files("notes")] == ["ready"] * 40
    assert [report.state for report in take_in(bench, folder)] == ["duplicate"] * 40
    assert search(bench, "What is the price of item 31?", "notes").hits[0].source == "31.txt"
    bench.close()


def quoting(folder):
    """A mail and an answer that quotes it."""
    said = "The delivery of the espresso machine is planned for Tuesday morning at nine.\nPlease have somebody open the gate for the driver."
    quoted = "\n".join(f"> {line}" for line in said.splitlines())
    head = "From: a@b.c\nTo: d@e.f\nSubject: Delivery\nDate: Mon, 3 Mar 2025 10:00:00 +0100\n\n"
    (folder / "mail.eml").write_text(f"{head}{said}\n")
    (folder / "answer.eml").write_text(f"{head}Fine, that suits us well.\n\nOn Mon, 3 Mar 2025 at 10:00, Anna <a@b.c> wrote:\n{quoted}\n")
    return folder / "mail.eml", folder / "answer.eml"


def holding(bench, words):
    """The files in whose chunks the words stand."""
    documents = bench.store.documents("notes")
    return {each.source for each in documents for chunk in bench.store.chunks(each) if words in chunk.text}


def test_a_message_and_its_quote_are_found_once_whichever_comes_first(bench, tmp_path):
    mail, answer = quoting(tmp_path)
    take_in(bench, answer)
    assert holding(bench, "open the gate") == {"answer.eml"}, "a quote of what stands nowhere else stays"
    take_in(bench, mail)
    assert holding(bench, "open the gate") == {"mail.eml"} and not verb.unfinished(bench)
    verb.delete(bench, "notes", "mail.eml")
    assert holding(bench, "open the gate") == {"answer.eml"}, "nothing is lost with the mail"
    assert [row.state for row in bench.store.files("notes")] == ["ready"]


def test_what_was_received_twice_goes_on_where_it_was(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(verb, "EMBEDDED_AT_ONCE", 16)
    (tmp_path / "a.txt").write_text("\n\n".join(f"Item {number} costs {number} dollars. " * 30 for number in range(60)))
    halt = threading.Event()
    for step in verb.ingest(bench, [tmp_path / "a.txt"], "notes", halt=halt):
        if step.share:
            halt.set()
    waiting, = verb.unfinished(bench, "notes")
    assert waiting.state == "parsed" and verb.was_stopped(waiting) and not list(verb.go_on(bench, stopped=False))
    done = bench.store.rows("SELECT count(*) FROM chunks WHERE vector IS NOT NULL")
    assert done[0][0] == verb.EMBEDDED_AT_ONCE
    shares = [step.share for step in verb.ingest(bench, [tmp_path / "a.txt"], "notes") if step.stage == "embedding"]
    rows = bench.store.files("notes")
    assert [row.state for row in rows] == ["ready"] and rows[0].remarks == () and len(shares) < rows[0].chunks / verb.EMBEDDED_AT_ONCE


def test_an_archive_is_a_row_for_every_file_in_it(bench, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("회의/메모.txt", "보증금은 15만 원이다.")
        archive.writestr("photo.jpg", b"\xff\xd8")
    states = {report.name: report.state for report in take_in(bench, tmp_path / "all.zip")}
    assert states == {"all.zip/회의/메모.txt": "ready", "all.zip/photo.jpg": "failed"}


def test_a_failed_file_can_be_tried_again(bench, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("The office closes at six.")
    with monkeypatch.context() as patch:
        patch.setattr(bench.reader, "read", lambda *_, **__: 1 / 0)
        report, = take_in(bench, tmp_path / "a.txt")
    assert report.state == "failed"
    assert [step.report.state for step in verb.try_again(bench, "notes", report.id) if step.report] == ["ready"]
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8")
    report, = take_in(bench, tmp_path / "a.jpg")
    with pytest.raises(BadRequest):
        list(verb.try_again(bench, "notes", bench.store.files("notes")[0].id))


def test_a_pasted_text_is_a_file(bench):
    *_, step = verb.ingest_text(bench, "The office closes at six on Fridays.", "", "notes")
    assert step.report.name == "The office closes at six on.txt" and step.report.state == "ready"
    with pytest.raises(BadRequest):
        list(verb.ingest_text(bench, " \n", "x", "notes"))


def test_another_embedder_says_so_and_can_take_over(bench, tmp_path):
    (tmp_path / "a.txt").write_text("The office closes at six.")
    take_in(bench, tmp_path / "a.txt")
    bench.opened_embedder = StandInEmbedder()
    with pytest.raises(EmbedderChanged):
        search(bench, "office", "notes")
    with pytest.raises(EmbedderChanged):
        (tmp_path / "b.txt").write_text("Lunch is at noon.")
        take_in(bench, tmp_path / "b.txt")
    assert len(bench.store.documents("notes")) == 1
    assert {step.report.state for step in verb.embed_anew(bench, "notes") if step.report} == {"ready"}
    assert len(search(bench, "office", "notes").hits) == 2


def test_a_preview_keeps_nothing(bench):
    text = "Each part of this text says something else. " * 60
    (document, chunks), = verb.preview(bench, text.encode(), "a.txt", size=20, overlap=0)
    assert len(chunks) > 20 and all(bench.embedder.count(each.text) <= 20 for each in chunks) and document.text == text.strip()
    assert bench.store.names() == []
