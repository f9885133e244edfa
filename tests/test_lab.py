"""The quantization lab: the original is never changed, what fails or is stopped leaves nothing, and the figures are what they say."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from math import log

import pytest

from tests.conftest import ROOT
from workbench import kept, lab, quiz
from workbench.cli import main
from workbench.cli.model_lab import variant_line
from workbench.errors import BadRequest, NoSuchModel
from workbench.models import catalogue
from workbench.models.worker import STALE, Completion, look, quantizing
from workbench.nouns import Question, Timing
from workbench.nouns.measure import Estimate
from workbench.nouns.models import Lab, Variant
from workbench.records import restored
from workbench.ui.model_views import estimate


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_quantization_leaves_the_original_as_it_was(model_file, tmp_path):
    before, target = digest(model_file), tmp_path / "작은 모델.Q4_0.gguf"
    steps = list(quantizing(model_file, target, 2, "Q4_0"))
    assert digest(model_file) == before and [path.name for path in tmp_path.iterdir()] == [target.name]
    assert [at for at, _ in steps] == sorted(at for at, _ in steps) and {of for _, of in steps} == {272}
    card = look(target)
    assert card.tensors[0].type == "q4_0" and target.stat().st_size < 0.7 * model_file.stat().st_size
    assert card.parameters == look(model_file).parameters


def test_one_that_is_stopped_leaves_nothing(model_file, tmp_path):
    before = digest(model_file)
    steps = quantizing(model_file, tmp_path / "half.Q6_K.gguf", 2, "Q6_K")
    assert next(steps)[0] == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".partial"]
    steps.close()
    assert not list(tmp_path.iterdir()) and digest(model_file) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.models.worker import quantizing
for at, _ in quantizing(Path(sys.argv[1]), Path(sys.argv[2]), 1, "Q6_K"):
    if at == 20:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_one_whose_app_is_killed_leaves_nothing(model_file, tmp_path):
    """The worker that still writes notices at its next tensor, and takes the part of the file along."""
    before = digest(model_file)
    done = subprocess.run([sys.executable, "-c", KILLED, model_file, tmp_path / "half.Q6_K.gguf"], cwd=ROOT, capture_output=True)
    assert done.returncode == -9, done.stderr
    for _ in range(600):
        if not list(tmp_path.iterdir()):
            break
        time.sleep(0.1)
    assert not list(tmp_path.iterdir()) and digest(model_file) == before


def test_what_a_power_cut_left_goes_with_the_next(model_file, tmp_path):
    old, fresh = (tmp_path / f"{name}.Q4_0.gguf.1.partial" for name in ("old", "fresh"))
    for path in (old, fresh):
        path.write_bytes(b"GGUF")
    os.utime(old, (time.time() - STALE - 60,) * 2)
    steps = quantizing(model_file, tmp_path / "small.Q4_0.gguf", 2, "Q4_0")
    next(steps)
    steps.close()
    assert [path.name for path in tmp_path.iterdir()] == [fresh.name]


@pytest.mark.parametrize("name", ["torn", "foreign"])
def test_one_that_fails_leaves_nothing(model_file, tmp_path, name):
    data = model_file.read_bytes()
    source = tmp_path / f"{name}.gguf"
    source.write_bytes(data[: len(data) // 2] if name == "torn" else b"GGUF" + bytes(5000))
    with pytest.raises(NoSuchModel) as caught:
        list(quantizing(source, tmp_path / "made.Q4_0.gguf", 2, "Q4_0"))
    assert "llama.cpp" in str(caught.value) and "쓸 수 없습니다" in caught.value.tell("ko")
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_a_type_that_is_none_is_refused_before_anything_is_made(samples):
    for kinds in ([], ["Q4_0", "Q9"]):
        with pytest.raises(BadRequest) as caught:
            list(lab.compare(samples, "", kinds))
        assert "Q4_K_M" in str(caught.value) and "고르세요" in caught.value.tell("ko")
    assert not list((samples.settings.home / "models").glob("*.Q4_0.gguf"))


def test_a_variant_keeps_the_name_of_its_model(tmp_path):
    home = tmp_path / "home"
    for stem in ("tiny", "tiny.Q8_0", "tiny.q4_k_m"):
        assert catalogue.variant(tmp_path / f"{stem}.gguf", "Q4_0", home) == home / "models" / "tiny.Q4_0.gguf"
    assert catalogue.variant(tmp_path / "v1.5.gguf", "Q4_0", home).name == "v1.5.Q4_0.gguf"


@pytest.fixture
def brief(monkeypatch):
    """A lab that takes seconds."""
    for name, value in (("RUNS", 1), ("TEXTS", 3), ("TEXT_TOKENS", 60), ("READ", 64)):
        monkeypatch.setattr(lab, name, value)
    monkeypatch.setattr(quiz, "REPLY", 8)


def test_a_quantization_is_measured_beside_the_original(samples, brief):
    before = digest(catalogue.installed())
    works = list(lab.compare(samples, "", ["Q2_K"], "harbor-lane", limit=2))
    found = works[-1].lab
    assert {work.step for work in works} == {"quantize", "speed", "read", "ask", "done"}
    original, small = found.variants
    assert (original.kind, small.kind) == ("Q4_1", "Q2_K") and small.size < original.size and small.memory > 0
    assert found.texts == 3 and found.tokens > 60 and found.questions == 2 and found.corpus == "harbor-lane"
    assert original.perplexity.value > 1 and original.loss is None and small.perplexity.n == small.loss.n == 3
    assert small.loss.value == pytest.approx(log(small.perplexity.value / original.perplexity.value)) and small.loss.low <= small.loss.value <= small.loss.high
    assert small.accuracy.n == small.agreement.n == small.gain.n == 2 and small.agreement.low >= 0 and 0 < small.p <= 1
    assert small.reading.value > 0 and small.reading.method == "range" and found.best in ("Q4_1", "Q2_K")
    assert samples.known("SmolLM2-135M-Instruct.Q2_K")[1].reading == small.reading.value
    assert kept.kept(samples, "", "lab", Lab) == found and digest(catalogue.installed()) == before


def test_a_type_that_changes_no_answer_may_still_change_some(worker, model_file):
    """Six questions, none answered otherwise: of others up to 1 − 0.025^(1/6), 46 %, may be, gained as well as lost."""
    before, after = (lab.Taken(kind, model_file, worker.card) for kind in ("Q8_0", "Q4_0"))
    for taken in (before, after):
        taken.paces.append((100.0, 50.0))
        taken.replies = [
            quiz.Reply(quiz.Asked(Question(str(number), "누구입니까?", ("배한솔",), "short", (), (), "ko"), ()), Completion("배한솔", (), "end", Timing(9, 3, None, 1.0)), number < 3)
            for number in range(6)]
    gain = after.variant(before).gain
    assert (gain.value, gain.low, gain.high) == pytest.approx((0, -0.459, 0.459), abs=0.0005)
    assert estimate(gain, "+.2f", percent=True) == "<b>0 %</b><small>−46 % – +46 %</small><small>n = 6</small>"


def test_a_lab_that_is_stopped_ends(samples, brief):
    stop = threading.Event()
    works = lab.compare(samples, "", ["Q2_K"], stop=stop)
    next(works)
    stop.set()
    assert all(work.lab is None for work in works)


def test_the_command_line_makes_and_tells(samples, brief, capsys):
    home = str(samples.settings.home)
    assert main(["models", "quantize", "--to", "Q2_K", "--json", "--home", home]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["kind"] for each in told["variants"]] == ["Q4_1", "Q2_K"] and told["why"] == "pilot" and told["texts"] == 0
    line = variant_line(restored(Variant, told["variants"][1]))
    assert line.startswith("Q2_K") and "MB" in line and "tokens a second" in line
    assert main(["models", "quantize", "--to", "Q1", "--home", home]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def variant(kind: str, seconds: float, size: int = 100, loss: tuple = (0.0, -0.01, 0.01), gain: tuple = (0.0, -0.1, 0.1)) -> Variant:
    """A made-up one."""
    speed = Estimate(1.0, 1.0, 1.0, 3, "range")
    figures = [Estimate(*each, 40, "bootstrap") for each in ((10.0, 9.0, 11.0), loss, (0.5, 0.4, 0.6), gain)]
    return Variant(kind, "", size, size, (), speed, speed, seconds, *figures)


@pytest.mark.parametrize(("others", "best", "why"), [
    ([("Q8_0", 1.0), ("Q4_0", 0.5)], "Q4_0", "fastest"),
    ([("Q8_0", 1.0), ("Q4_0", 0.5, 100, (0.2, 0.18, 0.22))], "Q8_0", "fastest"),  # seen to lose likelihood
    ([("Q8_0", 1.0), ("Q4_0", 0.5, 100, (0.2, -0.1, 0.5))], "Q4_0", "fastest"),  # not seen: its interval holds zero
    ([("Q8_0", 1.0), ("Q4_0", 0.5, 100, (0.0, 0, 0), (-0.2, -0.3, -0.1))], "Q8_0", "fastest"),  # seen to lose answers
    ([("Q8_0", 1.02, 150), ("Q6_K", 1.0, 200), ("Q4_K_M", 1.04, 90)], "Q4_K_M", "fastest"),  # as fast, smaller
    ([("Q4_0", 0.5, 50, (0.2, 0.18, 0.22))], "F16", "all_lose"),
    ([("Q8_0", 9.0)], "F16", "fastest"),
])
def test_the_fastest_that_loses_nothing_is_recommended(others, best, why):
    assert lab.recommended([variant("F16", 2.0, 300), *(variant(*each) for each in others)]) == (best, why)


def test_without_a_corpus_speed_alone_decides():
    bare = [replace(variant(kind, seconds), perplexity=None, loss=None, accuracy=None, gain=None) for kind, seconds in (("F16", 2.0), ("Q4_0", 1.0))]
    assert lab.recommended(bare) == ("Q4_0", "pilot")
