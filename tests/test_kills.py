"""SIGKILL at every named point of an ingest and of a deletion, and at any time, with Chroma's files torn on purpose.

Afterwards a new process opens the folder without anybody's help, holds what was acknowledged, goes on, and ends with the
same ids and vectors as a run that nobody disturbed. `make stress` does all of it many times and tells its figures.
"""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults import files
from tests.faults.driver import DELETING, POINTS, state
from tests.stand_in import StandInEmbedder
from workbench.bench import Bench, Settings
from workbench.ingest import ingest

ROOT = Path(__file__).parents[1]
USABLE = 30  # seconds from the start of the next process to its first answer


@dataclass
class Office:
    """A data folder as it was before, the files that come in, and what a run without a fault makes of them."""

    home: Path
    folder: Path
    clean: dict = field(default_factory=dict)
    seconds: float = 0.0
    tally: Counter = field(default_factory=Counter)
    slowest: float = 0.0


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    place = tmp_path_factory.mktemp("office")
    files.before(place / "before")
    files.after(place / "after")
    bench = Bench(Settings(place / "home"), writing=True)
    bench.opened_embedder = StandInEmbedder()
    assert [step.report.state for step in ingest(bench, [place / "before"], files.CORPUS) if step.report].count("failed") == 0
    bench.close()
    office = Office(place / "home", place / "after")
    clean = place / "clean"
    shutil.copytree(office.home, clean)
    process = drive(clean, office.folder)
    assert process.stdout.readline() == '"begun"\n'
    began = time.monotonic()
    assert process.communicate(timeout=120)[1] == "" and process.returncode == 0
    office.seconds = time.monotonic() - began
    bench = Bench(Settings(clean), writing=True)
    bench.opened_embedder = StandInEmbedder()
    office.clean = json.loads(json.dumps(state(bench)))
    bench.close()
    yield office
    if office.tally:
        print(f"\n{office.tally['kills']} kills, {office.tally['usable']} folders usable, {office.tally['equal']} with equal ids; "
              f"usable after {office.slowest:.2f} s at most")


def drive(home: Path, folder: Path, *point: object) -> subprocess.Popen:
    """The driver as a process."""
    return subprocess.Popen([sys.executable, "-m", "tests.faults.driver", str(home), str(folder), *map(str, point)], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Watcher(threading.Thread):
    """Looks into the store as another process would, again and again: every replaced file is there once, as it was or as it
    is to be, whatever moment it is."""

    def __init__(self, database: Path, clean: dict) -> None:
        super().__init__(daemon=True)
        self.connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self.ended = threading.Event()
        self.looks = 0
        self.wrong: list[object] = []

    def run(self) -> None:
        while not self.ended.wait(0.002):
            rows = self.connection.execute(
                "SELECT files.name, count(DISTINCT files.id), count(documents.key) FROM files "
                "LEFT JOIN documents ON documents.file = files.id WHERE state IN ('ready', 'duplicate') "
                f"AND files.name IN ({','.join('?' * len(files.REPLACED))}) GROUP BY files.name", files.REPLACED).fetchall()
            self.looks += 1
            if sorted(rows) != [(name, 1, 1) for name in sorted(files.REPLACED)]:
                self.wrong.append(rows)
        self.connection.close()


def killed(office: Office, home: Path, *point: object, after: float | None = None) -> dict[str, str]:
    """Let the driver be killed over a copy of the folder; gives what it acknowledged."""
    shutil.copytree(office.home, home)
    watcher = Watcher(home / "workbench.db", office.clean)
    watcher.start()
    process = drive(home, office.folder, *point)
    if after is not None:
        process.stdout.readline()
        time.sleep(after)
        process.kill()
    told, errors = process.communicate(timeout=120)
    watcher.ended.set()
    watcher.join()
    assert process.returncode == -signal.SIGKILL or (after is not None and process.returncode == 0), errors
    assert watcher.looks and not watcher.wrong
    return dict(json.loads(line) for line in told.splitlines() if line.startswith("["))


def assert_recovers(office: Office, home: Path, acknowledged: dict[str, str]) -> None:
    """The next process needs nobody's help and ends where a clean run does."""
    office.tally["kills"] += 1
    began = time.monotonic()
    process = drive(home, office.folder, "recover", 0)
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 0 and time.monotonic() - began < USABLE, errors
    office.tally["usable"] += 1
    found = json.loads(told.splitlines()[-1])
    office.slowest = max(office.slowest, found["usable"])
    there = set(found["there"])
    assert {name for name, state in acknowledged.items() if state in ("ready", "duplicate")} <= there
    assert not {name for name, state in acknowledged.items() if state == "deleted"} & there
    assert set(files.REPLACED) <= there and not found["left"]
    assert found["again"] == ["duplicate"] and found["unchanged"]
    assert found["state"] == office.clean
    office.tally["equal"] += 1
    assert found["in_chroma"] == len(found["state"]["chunks"])
    assert found["state"]["found"] == {word: sorted(names) for word, names in files.WORDS.items()}
    left = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"about secret1" in left and b"about secret2" not in left and b"about secret3" not in left


def tear(folder: Path, dice: random.Random) -> None:
    """Write garbage into some of Chroma's files, cut off others, take some away; whatever the kill left of them."""
    folder.mkdir(exist_ok=True)
    (folder / "chroma.sqlite3").touch()
    for path in folder.rglob("*"):
        if path.is_file():
            size = path.stat().st_size
            [lambda: None, path.unlink, lambda: path.write_bytes(dice.randbytes(size or 4096)),  # noqa: B023 - used at once
             lambda: path.write_bytes(path.read_bytes()[: size // 2])][dice.randrange(4)]()  # noqa: B023


def test_the_clean_run_is_what_it_should_be(office):
    assert office.clean["found"] == {word: sorted(names) for word, names in files.WORDS.items()}
    assert {state for _, state, *_ in office.clean["files"]} == {"ready", "duplicate"}
    places = [tuple(chunk[:4]) for chunk in office.clean["chunks"]]
    assert len(set(places)) == len(places) and len(places) > 150


@pytest.mark.parametrize("point", POINTS + DELETING)
def test_killed_at_a_point(office, tmp_path, point):
    assert_recovers(office, tmp_path / "home", killed(office, tmp_path / "home", point, 2))


@pytest.mark.parametrize("trial", range(10))
def test_killed_at_any_time(office, tmp_path, trial):
    kill_at_any_time(office, tmp_path / "home", trial)


@pytest.mark.stress
@pytest.mark.parametrize("times", (1, 2, 3))
@pytest.mark.parametrize("point", POINTS + DELETING)
def test_killed_at_a_point_each_time(office, tmp_path, point, times):
    assert_recovers(office, tmp_path / "home", killed(office, tmp_path / "home", point, times))


@pytest.mark.stress
@pytest.mark.parametrize("trial", range(100, 160))
def test_killed_at_any_of_many_times(office, tmp_path, trial):
    kill_at_any_time(office, tmp_path / "home", trial)


def kill_at_any_time(office: Office, home: Path, trial: int) -> None:
    dice = random.Random(trial)
    acknowledged = killed(office, home, after=dice.random() * office.seconds)
    tear(home / "chroma", dice)
    assert_recovers(office, home, acknowledged)
