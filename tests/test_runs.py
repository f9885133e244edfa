"""Runs on the command line: listed, shown, compared question by question with what must not be compared refused by name, deleted."""

import json
from dataclasses import replace

import pytest

from tests.test_measure import order, ran
from workbench.cli import main
from workbench.measure import journal
from workbench.measure.run import begin
from workbench.measure.setup import setup
from workbench.nouns.measure import Outcome
from workbench.nouns.runs import Mark


def written(samples, made, outcomes) -> str:
    """A journal with these answers; gives its name."""
    made = replace(made, id=journal.new_name())
    with journal.Journal(begin(samples, made)) as book:
        book.write("outcome", *outcomes)
        book.write("mark", Mark(0, -1, 1.0))
    return made.id


@pytest.fixture(scope="module")
def pair(samples):
    """A setup of 40 questions, and a function that writes a run of it in which some questions are answered right."""
    with pytest.MonkeyPatch.context() as patch:
        from tests.conftest import ScriptedModel

        patch.setattr(samples, "model", lambda name="": ScriptedModel())
        made = setup(samples, order(limit=40, lanes=("closed", "rag")))
    asked = [each for each in made.questions if each.answers]
    rag = next(number for number, each in enumerate(made.columns) if each.name == "rag")

    def write(right: set[int], **changes) -> str:
        changed = replace(made, **changes)
        there = {each.id for each in changed.questions}
        return written(samples, changed, [
            Outcome(each.id, rag, 0, text=each.answers[0] if place in right else "zzz") for place, each in enumerate(asked) if each.id in there])

    return made, asked, write


def told(capsys, samples, *arguments: str):
    """What a command prints as JSON, or its error."""
    code = main(["runs", *arguments, "--home", str(samples.settings.home), "--json"])
    out, err = capsys.readouterr()
    assert (code == 0) == (not err)
    return json.loads(out) if code == 0 else err.strip()


def test_runs_are_listed_shown_and_deleted(samples, scripted, capsys, tmp_path):
    scripted()
    path = begin(samples, setup(samples, order("ko", limit=4, lanes=("closed", "extract"))))
    name = path.parent.name
    (found,) = [each for each in told(capsys, samples, "list", "--corpus", "saebyeok-foods")["runs"] if each["run"] == name]
    assert not found["finished"] and found["answers"] == 0 and found["lanes"] == ["extract", "closed"] and found["questions"] == 4
    ran(samples, path)
    (found,) = [each for each in told(capsys, samples, "list")["runs"] if each["run"] == name]
    assert found["finished"] and found["answers"] == found["total"] > 0
    shown = told(capsys, samples, "show", name, "--out", str(tmp_path / "report"), "--lang", "ko")
    assert shown["run"] == name and shown["finished"] and "extract" in shown["lanes"]
    assert 'lang="ko"' in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    damaged = journal.folder(samples.settings.home) / "damaged-run" / journal.NAME
    damaged.parent.mkdir()
    damaged.write_text("{\n")
    assert any(each["damaged"] and each["run"] == "damaged-run" for each in told(capsys, samples, "list")["runs"])
    assert told(capsys, samples, "delete", name, "nobody").startswith("There is no run nobody") and path.exists(), "all or none"
    assert told(capsys, samples, "delete", name, "damaged-run") == {"deleted": 2}
    assert not path.exists() and not damaged.exists()
    assert told(capsys, samples, "delete").startswith("delete takes")


def test_two_runs_are_compared_question_by_question(samples, pair, capsys):
    made, asked, write = pair
    n = len(asked)
    assert n > 34
    before, after = write(set(range(4))), write(set(range(2, 22)))
    found = told(capsys, samples, "compare", before, after)
    (change,) = found["changes"]
    assert (change["lane"], change["gained"], change["lost"]) == ("rag", 18, 2) and found["questions"] == len(made.questions)
    assert change["difference"]["value"] == pytest.approx(16 / n) and 0 < change["difference"]["low"] < 16 / n < change["difference"]["high"]
    assert change["p"] == pytest.approx(2 * sum((1, 20, 190)) / 2**20), "McNemar, exact: of 20 changes 2 are for the worse"
    assert change["f1"]["value"] > 0 and found["differs"] == [] and found["apart"] == []
    back = told(capsys, samples, "compare", after, before)["changes"][0]
    assert back["difference"]["value"] == pytest.approx(-change["difference"]["value"]) and back["p"] == change["p"]
    assert main(["runs", "compare", before, after, "--home", str(samples.settings.home)]) == 0
    out = capsys.readouterr().out
    assert "with documents: better" in out and "now right 18, now wrong 2" in out


def test_what_two_runs_have_not_in_common_is_said(samples, pair, capsys):
    made, asked, write = pair
    first = write(set(range(9)))
    other = replace(made.models[0], name="other", digest="1")
    columns = tuple(replace(each, recipe=replace(each.recipe, model="other", window=512)) for each in made.columns)
    questions = tuple(replace(each, text=f"{each.text}!") if each.id == asked[0].id else each for each in made.questions if each.id != asked[1].id)
    second = write({*range(2, 5)}, models=(other,), columns=columns, prints=made.prints | {"index": "0"}, questions=questions)
    found = told(capsys, samples, "compare", first, second)
    assert set(found["differs"]) == {"model", "window", "index"} and found["changed"] == 1 and found["only_before"] == 1
    (change,) = found["changes"]
    assert (change["before_model"], change["model"], change["window"]) == (made.models[0].name, "other", 512), "one model each: they stand against each other"
    assert change["difference"]["n"] == len(asked) - 2


def test_runs_that_cannot_be_compared_are_refused_by_name(samples, pair, capsys):
    made, _, write = pair
    run = write({1})
    assert "is one run" in told(capsys, samples, "compare", run, run)
    assert "no question in common" in told(capsys, samples, "compare", run, write({1}, questions=tuple(replace(each, id=f"{each.id}x") for each in made.questions)))
    lone = write({1}, columns=tuple(replace(each, name="oracle") for each in made.columns))
    assert "no lane in common" in (error := told(capsys, samples, "compare", run, lone)) and "oracle" in error
    assert "have no question yet" in told(capsys, samples, "compare", run, written(samples, made, []))
    assert told(capsys, samples, "compare", run).startswith("compare takes two runs")
    assert told(capsys, samples, "compare", run, "../x").startswith("There is no run ../x")
