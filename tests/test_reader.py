"""The process that reads: whatever a file does to it, the file is told why, and the next one is read."""

import os
import signal
import threading
import time

import pytest

from workbench.errors import CannotRead
from workbench.reading import process
from workbench.reading.process import Reader, ReaderFailed


@pytest.fixture
def reader():
    held = Reader(seconds=60)
    yield held
    held.close()


def text_of(reader: Reader, text: str) -> str:
    """What is read of a small file."""
    (document,), _ = reader.read(text.encode(), "a.txt", "corpus")
    return document.text


def afterwards(reader: Reader, act) -> None:
    """Do something to the child a moment after it got its next file."""
    child = reader.process.pid

    def wait_and_act() -> None:
        time.sleep(0.3)
        act(child)

    threading.Thread(target=wait_and_act).start()


LARGE = b"n\n" + b"1\n" * 1_000_000  # read for more than a second


def test_one_child_reads_file_after_file(reader):
    assert text_of(reader, "first") == "first"
    child = reader.process.pid
    with pytest.raises(CannotRead, match="empty"):
        reader.read(b"", "b.txt", "corpus")
    assert text_of(reader, "second") == "second" and reader.process.pid == child


def test_a_child_that_is_killed_costs_a_file_only_if_it_dies_of_it_again(reader):
    text_of(reader, "first")
    afterwards(reader, lambda child: os.kill(child, signal.SIGKILL))
    (document,), _ = reader.read(LARGE, "large.csv", "corpus")  # a fresh child read it
    assert document.text.startswith("n: 1\n")
    reader.close()
    reader.start()
    reader.close()
    started = reader.start

    def start_and_die() -> None:
        started()
        afterwards(reader, lambda child: os.kill(child, signal.SIGSEGV))

    reader.start = start_and_die
    with pytest.raises(CannotRead) as caught:
        reader.read(LARGE, "large.csv", "corpus")
    assert caught.value.remark.code == "read_ended" and "large.csv" in str(caught.value)
    reader.start = started
    assert text_of(reader, "second") == "second"


def test_a_child_that_hangs_is_ended_in_time(reader):
    text_of(reader, "first")
    child = reader.process.pid
    reader.seconds = 2
    os.kill(child, signal.SIGSTOP)
    with pytest.raises(CannotRead) as caught:
        reader.read(b"words", "slow.txt", "corpus")
    assert caught.value.remark.code == "read_slow"
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    reader.seconds = 60
    assert text_of(reader, "second") == "second"


def test_a_file_that_takes_too_much_memory_is_refused(reader, monkeypatch):
    script = "import sys; from workbench.reading import process; process.MEMORY = 150_000_000; process.main()"
    popen = process.subprocess.Popen
    monkeypatch.setattr(process.subprocess, "Popen", lambda command, **pipes: popen([command[0], "-c", script], **pipes))
    with pytest.raises(CannotRead) as caught:
        reader.read(LARGE * 15, "large.csv", "corpus")
    assert caught.value.remark.code == "read_memory"
    assert text_of(reader, "second") == "second"


def test_a_bug_is_a_bug(reader, monkeypatch):
    script = "from workbench import reading; reading.read = lambda *_, **__: 1 / 0; from workbench.reading import process; process.main()"
    popen = process.subprocess.Popen
    monkeypatch.setattr(process.subprocess, "Popen", lambda command, **pipes: popen([command[0], "-c", script], **pipes))
    with pytest.raises(ReaderFailed, match="ZeroDivisionError"):
        reader.read(b"words", "a.txt", "corpus")
