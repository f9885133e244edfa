"""What a measurement is given that it cannot use: files, places and journals that are damaged. Nothing is lost, and one sentence says why."""

import json
from dataclasses import replace

import pytest

from tests.test_measure import order, ran
from workbench import corpora
from workbench.cli import main
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import journal
from workbench.measure.figures import figures
from workbench.measure.lanes import recipes
from workbench.measure.plan import plan
from workbench.measure.run import begin
from workbench.measure.setup import imported, sample, setup
from workbench.nouns import Recipe
from workbench.nouns.runs import Setup
from workbench.words import tell


def refused(act, *arguments) -> str:
    """The sentence in which something is refused."""
    with pytest.raises(WorkbenchError) as error:
        act(*arguments)
    said = tell("en", error.value.remark)
    assert "{" not in said.replace("{}", "") and ".." not in said and tell("ko", error.value.remark)
    return said


@pytest.fixture(scope="module")
def made(samples) -> Setup:
    with pytest.MonkeyPatch.context() as patch:
        from tests.conftest import ScriptedModel

        patch.setattr(samples, "model", lambda name="": ScriptedModel())
        return setup(samples, order(limit=4, lanes=("closed", "extract")))


@pytest.mark.parametrize("damage", [b"garbage\n", b"\xff\xfe\n", b'{"mark": {"col\n', b"[" * 100_000 + b"\n", b"5\n"])
def test_a_line_damaged_in_the_middle_of_a_journal_costs_only_what_stands_behind_it(samples, scripted, damage):
    scripted()
    path = begin(samples, setup(samples, order(limit=4, lanes=("closed", "extract"))))
    ran(samples, path)
    whole = journal.read(path)
    every = path.read_bytes().splitlines(keepends=True)
    first = next(place for place, line in enumerate(every) if line.startswith(b'{"mark"'))
    path.write_bytes(b"".join((*every[: first + 1], damage, *every[first + 1 :])))
    assert len(journal.read(path).marks) == 1
    again = ran(samples, path)
    assert [(each.recipe, each.question, each.text) for each in again.outcomes] == [(each.recipe, each.question, each.text) for each in whole.outcomes]
    assert damage not in path.read_bytes() and again.finished


@pytest.mark.parametrize("lines", [
    [{"setup": 5}], [{"setup": None}], [{"mark": None}], [{"outcome": 5}], [{"outcome": {"question": "nosuch", "recipe": 0, "batch": 0}}],
    [{"mark": {"column": 99, "batch": 0, "seconds": 1.0}}]])
def test_a_journal_that_somebody_else_wrote_is_told_as_damaged(samples, made, capsys, lines):
    path = begin(samples, made)
    with path.open("a") as file:
        file.writelines(json.dumps(each) + "\n" for each in lines)
    if "setup" in lines[0]:
        path.write_text(json.dumps(lines[0]) + "\n")
    assert "cannot be read" in refused(journal.read, path)
    assert main(["runs", "list", "--home", str(samples.settings.home)]) == 0 and path.parent.name in capsys.readouterr().out
    journal.delete(samples.settings.home, [path.parent.name])


@pytest.mark.parametrize(("row", "why"), [
    ('{"id": "a"}', "“id” and “answer” have to be texts"), ('{"id": "a", "answer": null}', "have to be texts"), ('{"id": "a", "answer": [1]}', "have to be texts"),
    ('{"id": "x", "answer": "other"}', "another one has the same id"), ("[1]", "line 2"), ("[" * 100_000, "no JSON"), ("{", "no JSON")])
def test_answers_to_compare_with_say_their_line(tmp_path, row, why):
    path = tmp_path / "ref.jsonl"
    path.write_text(f'{{"id": "x", "answer": "one\u2028two"}}\n{row}\n', encoding="utf-8")
    said = refused(imported, path, [])
    assert "ref.jsonl, line 2" in said and why in said and "import" not in said
    path.write_bytes('{"id": "x", "answer": "둘"}\n'.encode("utf-16"))
    assert imported(path, []) == {"x": "둘"}


@pytest.mark.parametrize("lane", ["mixed(1.2.3)", "position(.)", "mixed(7)", "position(0)", f"position({'9' * 400})"])
def test_a_dose_that_is_none_is_refused(lane):
    with pytest.raises(BadRequest):
        recipes(lane, Recipe(lane="closed"))


def test_a_negative_number_of_questions_is_refused(samples, scripted):
    scripted()
    assert "limit is -1" in refused(setup, samples, order(limit=-1))


def test_without_any_model_the_best_sentence_and_retrieval_are_told(samples, scripted, capsys, tmp_path):
    scripted()
    path = begin(samples, setup(samples, order(limit=6, lanes=("extract",))))
    (group,) = figures(ran(samples, path)).groups
    assert group.model == "" and not group.lanes
    taken = tmp_path / "taken"
    taken.write_text("")
    command = ["runs", "show", path.parent.name, "--home", str(samples.settings.home)]
    assert main([*command, "--out", str(taken)]) == 1
    out, err = capsys.readouterr()
    assert "the best sentence of the documents, without any model, answers" in out and "MRR@10" in out
    assert str(taken) in err and "The answers are kept" in err
    assert main([*command, "--json", "--out", str(tmp_path / "report")]) == 0
    assert "extract" in json.loads(capsys.readouterr().out)["lanes"]
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "without any model" in page and "window 0" not in page


def test_questions_without_answers_can_be_planned(samples, scripted, tmp_path):
    scripted()
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "faq-support-desk", "title": "", "text": "Ask us."}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "Which oven is it?"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\tfaq-support-desk\t1\n")
    made = setup(samples, order(source=str(tmp_path), lanes=("extract",)))
    assert len(made.questions) == 1 and plan(samples, made).cards == ()


@pytest.mark.parametrize("command", [
    "measure --corpus a --questions {}", "measure --corpus a --out {}", "measure --resume {}", "runs show {}", "runs delete {}", "models show {}",
    "models show {}.gguf", "corpora questions a --export {}", "corpora import {} --corpus a --format csv", "corpora import {}", "ingest {} --corpus a", "feedback {}", "summarize {}"])
def test_a_name_that_no_file_may_have_is_told(tmp_path, capsys, command):
    try:
        code = main([*command.format("x" * 300).split(), "--home", str(tmp_path)])
    except SystemExit as ended:
        code = ended.code
    assert code == 1 and capsys.readouterr().err.count("\n") == 1


def test_a_run_goes_on_from_any_folder_and_not_with_other_answers_to_compare_with(samples, scripted, tmp_path, monkeypatch):
    scripted()
    monkeypatch.chdir(tmp_path)
    own = corpora.answerable("harbor-lane")[:3]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(corpora.row(each)) + "\n" for each in own))
    answers = "".join(json.dumps({"id": each.id, "answer": "later"}) + "\n" for each in own)
    (tmp_path / "ref.jsonl").write_text(answers)
    path = begin(samples, setup(samples, order(source="q.jsonl", lanes=("closed", "extract"), reference="ref.jsonl", limit=0)))
    monkeypatch.chdir("/")
    for changed, why in (("", "the file of answers it compares with"), (None, "ref.jsonl")):
        (tmp_path / "ref.jsonl").unlink() if changed is None else (tmp_path / "ref.jsonl").write_text(changed)
        assert why in refused(ran, samples, path)
    (tmp_path / "ref.jsonl").write_text(answers)
    assert ran(samples, path).finished


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_few_of_many_questions_hold_one_that_has_an_answer(count):
    whole = [replace(each, answers=()) for each in corpora.questions("harbor-lane")[:30]]
    whole[4] = corpora.questions("harbor-lane")[4]
    drawn = sample(whole, count)
    assert len(drawn) == count and whole[4] in drawn and drawn == sample(whole, count)
    assert drawn == sorted(drawn, key=whole.index)
