"""The running app over a data folder that another process left in the middle, and the command line beside it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.app_process import ROOT, app_command, free_port
from tests.command import app, workbench
from workbench.bench import Bench, Settings

WAITING = "The parcel locker opens with the code that the driver sent on the evening before, and only once."


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder in which a file was received, and its process killed."""
    folder = tmp_path_factory.mktemp("left") / "home"
    bench = Bench(Settings(folder), writing=True)
    bench.store.make_corpus("parcels")
    bench.store.receive("parcels", "locker.txt", WAITING.encode())
    (folder / "chroma").mkdir()
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"torn" * 100)
    bench.close()
    return folder


@pytest.fixture(scope="module")
def running(home):
    """The app over that folder."""
    with app(home, home.parent / "log", os.environ | {"WORKBENCH_HOME": str(home)}) as url:
        yield url


def command(home: Path, *words: str) -> subprocess.CompletedProcess:
    """Run a command beside the app."""
    return workbench(*words, "--home", home, "--json")


def test_what_was_left_is_taken_in_and_the_command_line_works_beside_the_app(running, home):
    deadline = time.monotonic() + 120
    while True:
        listed = json.loads(command(home, "corpora", "show", "parcels").stdout)["files"]
        if [each["state"] for each in listed] == ["ready"] or time.monotonic() > deadline:
            break
        time.sleep(1)
    assert [each["state"] for each in listed] == ["ready"], listed
    assert "parcels" in [each["name"] for each in json.loads(command(home, "corpora", "list").stdout)["corpora"]]
    hits = json.loads(command(home, "search", "How does the parcel locker open?", "--corpus", "parcels").stdout)["hits"]
    assert hits[0]["text"] == WAITING
    answer, = json.loads(command(home, "ask", "How does the locker open?", "--corpus", "parcels", "--lanes", "extract").stdout)["answers"]
    assert answer["text"] == WAITING


def test_a_second_writer_is_told_who_holds_the_folder(running, home, tmp_path):
    (tmp_path / "a.txt").write_text("words")
    for arguments in (app_command(home, free_port()), [
            sys.executable, "-m", "workbench", "ingest", str(tmp_path / "a.txt"), "--corpus", "parcels", "--home", str(home)]):
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and "is writing to" in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
