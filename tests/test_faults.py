"""What a computer does to a data folder: a full or read-only disk, damaged files, other processes, a clock that jumps back."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import files
from tests.stand_in import StandInEmbedder
from workbench.bench import Bench, Settings
from workbench.errors import WorkbenchError
from workbench.ingest import delete, go_on, ingest
from workbench.search import search

ROOT = Path(__file__).parents[1]


def opened(home: Path, **options) -> Bench:
    bench = Bench(Settings(home), writing=True, **options)
    bench.opened_embedder = StandInEmbedder()
    return bench


@pytest.fixture
def bench(tmp_path):
    bench = opened(tmp_path / "home", chroma=True)
    yield bench
    bench.close()


def take_in(bench: Bench, *paths: Path, corpus: str = "notes") -> list[str]:
    return [step.report.state for step in ingest(bench, paths, corpus) if step.report]


def write(folder: Path, count: int, sentences: int = 40) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(files.prose(f"word{number}", sentences), encoding="utf-8")
    return folder


def sources(bench: Bench, question: str) -> set[str]:
    return {hit.source for hit in search(bench, question, "notes").hits if question in hit.chunk.text}


@contextmanager
def mounted(folder: Path, *options: str):
    """Something mounted on a folder, where that is allowed."""
    folder.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(folder)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("step", ["receive", "parsed", "keep_vectors", "finish"])
def test_a_store_that_cannot_grow_says_that_the_disk_is_full(bench, tmp_path, monkeypatch, step):
    """SQLite's own limit of pages gives the very error that a full disk gives."""
    assert take_in(bench, write(tmp_path / "first", 1)) == ["ready"]
    (tmp_path / "big.txt").write_text(files.prose("large", 3000))
    method = getattr(bench.store, step)

    def full(*arguments, **options):
        bench.store.scrub(whole=True)
        pages = bench.store.rows("PRAGMA page_count")[0][0]
        bench.store.rows(f"PRAGMA max_page_count = {pages}")
        # What a small step needs is there in the free pages of the larger ones: it is made to need new ones.
        if step == "finish":
            bench.store.rows("CREATE TEMP TRIGGER grow AFTER UPDATE ON files BEGIN INSERT INTO blobs VALUES ('x', zeroblob(1000000)); END")
        return method(*arguments, **options)

    monkeypatch.setattr(bench.store, step, full)
    with pytest.raises(WorkbenchError, match=r"disk .* is full.*free some space") as caught:
        take_in(bench, tmp_path / "big.txt")
    assert caught.value.remark.code == "disk_full"
    assert sources(bench, "word0") == {"0.txt"} and not sources(bench, "large")
    monkeypatch.undo()
    bench.store.rows("DROP TRIGGER IF EXISTS grow")
    bench.store.rows("PRAGMA max_page_count = 1073741823")
    list(go_on(bench))
    if step == "receive":
        take_in(bench, tmp_path / "big.txt")
    assert sources(bench, "large") == {"big.txt"} and not bench.store.coming()


def test_a_full_disk(tmp_path):
    """A disk of 24 MB: full while files come in and while Chroma is filled; what was asked before is still answered."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=24m", "tmpfs") as disk:
        bench = opened(disk / "home", chroma=True)
        take_in(bench, write(tmp_path / "first", 1))
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free - 200_000))
        bench.corpus("notes")
        bench.fill("notes")
        assert bench.index.version("notes") is None and sources(bench, "word0") == {"0.txt"}
        with pytest.raises(WorkbenchError, match=r"disk .* is full"):
            take_in(bench, write(tmp_path / "many", 40, 200))
        assert sources(bench, "word0") == {"0.txt"}
        filler.unlink()
        list(go_on(bench))
        take_in(bench, tmp_path / "many")
        assert sources(bench, "word39") == {"39.txt"}
        bench.fill("notes")
        assert bench.index.version("notes") == bench.store.version("notes")
        bench.close()


@pytest.mark.parametrize("damage", [
    pytest.param(lambda data: b"", id="empty"),
    pytest.param(lambda data: bytes(len(data)), id="zeros"),
    pytest.param(lambda data: data[: len(data) // 2], id="half of it"),
    pytest.param(lambda data: random.Random(1).randbytes(len(data)), id="garbage"),
])
def test_a_damaged_store_is_refused_and_left_as_it_is(tmp_path, damage):
    bench = opened(tmp_path / "home")
    take_in(bench, write(tmp_path / "files", 3))
    bench.close()
    database = tmp_path / "home" / "workbench.db"
    database.write_bytes(damage(database.read_bytes()))
    before = database.read_bytes()
    done = subprocess.run([sys.executable, "app.py", "--home", str(tmp_path / "home"), "--no-browser"], cwd=ROOT,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode and done.stderr.count("\n") == 1 and f"{database} is damaged" in done.stderr
    assert database.read_bytes() == before


@pytest.mark.parametrize("part", ["chroma.sqlite3", "header.bin", "data_level0.bin", "length.bin", "link_lists.bin", "index_metadata.pickle"])
@pytest.mark.parametrize("damage", ["missing", "half of it", "garbage"])
def test_what_became_of_chromas_files_matters_to_nobody(tmp_path, part, damage):
    bench = opened(tmp_path / "home")
    take_in(bench, write(tmp_path / "files", 3))
    before = [hit.chunk.id for hit in search(bench, "word1", "notes").hits]
    bench.close()
    folder = tmp_path / "home" / "chroma" / "0123" / "segment"
    folder.mkdir(parents=True)
    for name in ("chroma.sqlite3", "header.bin", "data_level0.bin", "length.bin", "link_lists.bin", "index_metadata.pickle"):
        if name != part or damage != "missing":
            (folder / name).write_bytes(os.urandom(5000 if damage == "garbage" and name == part else 100))
    bench = opened(tmp_path / "home", chroma=True)
    bench.corpus("notes")
    bench.fill("notes")
    assert [hit.chunk.id for hit in search(bench, "word1", "notes").hits] == before
    assert bench.index.version("notes") == bench.store.version("notes") and not folder.exists()
    bench.close()


def test_a_lock_that_another_process_left_is_no_lock(tmp_path):
    home = tmp_path / "home"
    program = ("import os, signal; from pathlib import Path; from workbench.home import Lock; "
               f"lock = Lock(Path({str(home)!r})); os.kill(os.getpid(), signal.SIGKILL)")
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == -9
    assert (home / "lock").read_text()
    opened(home).close()


def test_a_second_app_says_so_at_once(bench):
    began = time.monotonic()
    done = subprocess.run([sys.executable, "app.py", "--home", str(bench.settings.home), "--no-browser"], cwd=ROOT,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode and f"process {os.getpid()}" in done.stderr and done.stderr.count("\n") == 1
    assert time.monotonic() - began < 10  # two seconds of which it waits; machines differ


def test_another_program_holds_the_store(bench, tmp_path):
    take_in(bench, write(tmp_path / "files", 1))
    bench.store.rows("PRAGMA busy_timeout = 300")
    other = sqlite3.connect(bench.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    with pytest.raises(WorkbenchError, match="held by another program") as caught:
        take_in(bench, write(tmp_path / "more", 2))
    assert caught.value.remark.code == "store_busy" and time.monotonic() - began < 5
    assert sources(bench, "word0") == {"0.txt"}
    other.execute("ROLLBACK")
    assert "failed" not in take_in(bench, tmp_path / "more")
    other.close()


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkbenchError, match=r"file cannot be used.*--home"):
        opened(tmp_path / "file")
    home = tmp_path / "home"
    opened(home).close()
    with mounted(home, "--bind", str(home)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(home)], check=True)
        with pytest.raises(WorkbenchError, match=r"home cannot be used.*--home"):
            opened(home)


def test_eight_threads_ingest_while_eight_ask(bench, tmp_path):
    take_in(bench, write(tmp_path / "first", 1))
    ended, errors, asked = threading.Event(), [], []

    def told(work) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the assertion is that there is none
            errors.append(error)

    def office(number: int) -> None:
        folder = tmp_path / f"office{number}"
        folder.mkdir()
        for each in range(6):
            (folder / f"{number}-{each}.txt").write_text(files.prose(f"own{number}x{each}", 40))
        (folder / "same.txt").write_text(files.prose("shared", 40))
        take_in(bench, folder)
        delete(bench, "notes", f"{number}-0.txt")

    def question() -> None:
        while not ended.is_set():
            asked.append(sources(bench, "word0") == {"0.txt"})

    asking = [threading.Thread(target=told, args=(question,)) for _ in range(8)]
    coming = [threading.Thread(target=told, args=(lambda number=number: office(number),)) for number in range(8)]
    for thread in asking + coming:
        thread.start()
    for thread in coming:
        thread.join(100)
    ended.set()
    for thread in asking:
        thread.join(30)
    assert not errors and asked and all(asked)
    assert {report.name: report.state for report in bench.store.files("notes")} == {
        "0.txt": "ready", "same.txt": "ready", **{f"{number}-{each}.txt": "ready" for number in range(8) for each in range(1, 6)}}
    places = bench.store.rows("SELECT document, id, start FROM chunks")
    assert len(set(places)) == len(places)
    assert sorted(bench.corpus("notes").held.ids()) == sorted(identity for _, identity, _ in places)
    assert len(bench.store.rows("SELECT 1 FROM blobs")) == 42


def test_ten_thousand_chunks(tmp_path):
    """In a process of its own, whose memory is measured."""
    program = """
import sys, time
from pathlib import Path
from tests.test_faults import opened, sources, take_in
home, folder = map(Path, sys.argv[1:])
bench = opened(home, chroma=True)
if folder.is_dir():
    assert set(take_in(bench, folder)) == {"ready"}
    assert bench.store.corpora()[0][2] >= 10_000
began = time.monotonic()
assert sources(bench, "word7") == {"7.txt"}
seconds = time.monotonic() - began
held, = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(seconds, int(held.split()[1]) // 1000)  # not ru_maxrss, which begins with what the parent held
bench.close()
"""
    folder = write(tmp_path / "files", 20, 4800)
    run = [sys.executable, "-c", program, str(tmp_path / "home")]
    first = subprocess.run([*run, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert first.returncode == 0, first.stderr
    shutil.rmtree(folder)
    again = subprocess.run([*run, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert again.returncode == 0, again.stderr
    assert float(again.stdout.split()[0]) < 10 and int(first.stdout.split()[1]) < 700


def test_the_clock_jumps_back(bench, tmp_path, monkeypatch):
    take_in(bench, write(tmp_path / "files", 2))
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    (tmp_path / "files" / "0.txt").write_text(files.prose("newer", 20))
    assert take_in(bench, tmp_path / "files") == ["duplicate", "ready"]  # what is there already is told first
    assert sources(bench, "newer") == {"0.txt"} and not sources(bench, "word0")
    from workbench.ingest import delete_corpus
    delete_corpus(bench, "notes")
    (tmp_path / "other.txt").write_text(files.prose("other", 20))
    take_in(bench, tmp_path / "other.txt")
    assert sources(bench, "other") == {"other.txt"} and not sources(bench, "newer")


@pytest.mark.parametrize("language", ["C", "ko_KR.UTF-8"])
def test_a_home_with_hangul_and_spaces_in_any_locale(tmp_path, language):
    person = tmp_path / "홍 길동" / "내 문서"
    person.mkdir(parents=True)
    write(person / "files", 1)
    (person / "files" / "보고서.txt").write_text("보증금은 15만 원이다.", encoding="utf-8")
    program = ("import sys; from pathlib import Path; from tests.test_faults import opened, take_in; from workbench.home import default_home; "
               "bench = opened(default_home(), chroma=True); print(take_in(bench, Path(sys.argv[1]))); bench.corpus('notes'); "
               "bench.fill('notes'); print(bench.index.version('notes') == bench.store.version('notes')); bench.close()")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8", "WORKBENCH"))}
    done = subprocess.run([sys.executable, "-c", program, str(person / "files")], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env=environment | {"LC_ALL": language, "TZ": "Asia/Seoul", "HOME": str(person), "XDG_DATA_HOME": str(person / "자료")})
    assert done.stdout == "['ready', 'ready']\nTrue\n", done.stderr
