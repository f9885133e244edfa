"""A bad model is one sentence, and the model before it still answers."""

import re
import time

import pytest

from tests.bad_inputs import model
from workbench.errors import ModelStopped, NoSuchModel, WindowTooSmall
from workbench.models import worker as workers
from workbench.models.worker import Piece, Worker
from workbench.nouns import Message, Prompt

COUNTING = Prompt(text="1 2 3 4 5 6 7 8 9 10 11 12 13")
CHAT = Prompt(messages=(Message("user", "hi"),))


def answers(worker: Worker) -> bool:
    """Whether a model still counts on."""
    said = "".join(item.text for item in worker.stream(COUNTING, window=256, limit=8) if isinstance(item, Piece))
    return said.split()[0] == "14"


@pytest.mark.parametrize(("number", "name", "make", "why"), model.REFUSED)
def test_a_bad_model_is_refused_and_the_one_before_answers(worker, model_file, tmp_path, number, name, make, why):
    path = tmp_path / f"{name}.gguf"
    path.write_bytes(make(model_file.read_bytes()))
    began = time.monotonic()
    with pytest.raises(NoSuchModel, match=why) as caught:
        Worker(path, 1)
    assert time.monotonic() - began < 60 and str(path) in str(caught.value) and str(path) in caught.value.tell("ko")
    assert answers(worker)


@pytest.fixture
def templated(model_file, tmp_path):
    """The bundled model with a chat template of the test's own."""
    opened = []

    def make(template: str) -> Worker:
        path = tmp_path / "templated.gguf"
        path.write_bytes(model.with_template(model_file.read_bytes(), template))
        opened.append(Worker(path, 1))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.mark.parametrize("form", ["one", "two"])
def test_a_template_that_reaches_for_the_system_reaches_nothing(templated, worker, tmp_path, form):
    """110. Both ways out of Jinja: through the classes of a text, through the globals of a helper."""
    target = tmp_path / "touched"
    classes, helper = model.INJECTION.split("}}{{")
    own = templated(f"{classes}}}}}" if form == "one" else "{{" + helper % target)
    with pytest.raises(NoSuchModel, match="its chat template fails"):
        own.render(CHAT)
    assert not target.exists() and answers(own) and answers(worker)


def test_a_template_that_makes_ten_million_letters_is_refused(templated, worker):
    """111."""
    own = templated(model.LONG)
    with pytest.raises(NoSuchModel, match=r"makes 1\d{7} characters"):
        own.count([CHAT])
    assert answers(own) and answers(worker)


def test_a_template_without_an_end_is_ended(templated, worker):
    """111. Its process goes on."""
    own = templated(model.ENDLESS)
    life = own.process.popen.pid
    with pytest.raises(NoSuchModel, match="its chat template takes more than 2 seconds") as caught:
        own.count([CHAT])
    assert "2 seconds" in caught.value.tell("ko")
    assert answers(own) and answers(worker) and own.process.popen.pid == life


def test_where_nothing_ends_a_template_its_silence_does(templated, worker, monkeypatch):
    """111. The app notices a process that says nothing; the next question starts another."""
    own = templated(model.ENDLESS)
    monkeypatch.setattr(workers, "LONGEST_SILENCE", 1.0)
    with pytest.raises(ModelStopped, match="ask again"):
        own.count([CHAT])
    monkeypatch.undo()
    assert answers(own) and answers(worker)


def test_a_window_beyond_the_memory_is_refused_with_both_figures(model_file, worker):
    """112."""
    own = Worker(model_file, 1)
    object.__setattr__(own.card, "context_length", 10**10)  # as if the file allowed it
    with pytest.raises(WindowTooSmall) as caught:
        own.fit(10**8)
    needed, free = map(int, re.findall(r"(\d+) MB", str(caught.value)))
    assert needed > free > 0 and answers(own) and answers(worker)
    own.close()
