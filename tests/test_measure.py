"""A measurement from its setup to its figures: what each lane reads, that it stops and goes on, and what it refuses."""

import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from workbench import corpora, prompting
from workbench.ask import ask
from workbench.cli import main
from workbench.errors import BadRequest
from workbench.measure import export, journal, lanes, report, telling, views
from workbench.measure.comparing import compared
from workbench.measure.coverage import covered
from workbench.measure.figures import figures
from workbench.measure.lanes import Impossible, Shelf, material
from workbench.measure.plan import plan
from workbench.measure.run import begin, measure
from workbench.measure.setup import Order, answerers, ordered, setup
from workbench.measure.sitting import Sitting
from workbench.measure.telling import headline, lines
from workbench.models import catalogue
from workbench.nouns import Counterfactual, Measured, Recipe
from workbench.records import plain
from workbench.scoring import holds, tells
from workbench.stages import shows
from workbench.words import say

CORPORA = {"en": "harbor-lane", "ko": "saebyeok-foods"}


@pytest.fixture(scope="session", params=["en", "ko"])
def shelf(request, samples) -> Shelf:
    corpus = CORPORA[request.param]
    return Shelf(samples, corpus, covered(samples, corpus, [each for each in corpora.answerable(corpus) if each.kind in ("short", "number")][:8]).questions)


def order(lang="en", limit=8, **more) -> Order:
    return Order(CORPORA[lang], limit=limit, **more)


def ran(bench, path, stop_after: int | None = None):
    """A journal run to its end, or stopped at the border after so many answers."""
    stop = threading.Event()
    for step in measure(bench, path, stop):
        if stop_after is not None and step.done >= stop_after:
            stop.set()
    return journal.read(path)


def said(run) -> dict:
    """Answers without the times they took."""
    return {(each.recipe, each.question): replace(each, timing=None) for each in run.outcomes}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_rag_lane_is_letter_for_letter_what_ask_sends(samples, scripted, lang):
    model = scripted()
    run = ran(samples, begin(samples, setup(samples, order(lang, lanes=("rag", "extract"), limit=5))))
    (rag,) = [each.recipe for each in run.setup.columns if each.name == "rag"]
    by_id = {each.id: each for each in run.setup.questions}
    for outcome in run.outcomes:
        column = run.setup.columns[outcome.recipe]
        (answer,) = ask(samples, by_id[outcome.question].text, [replace(column.recipe, model=rag.model)])
        assert outcome.prompt == answer.prompt and (column.name == "rag" or outcome.text == answer.text)
        assert [each.text for each in outcome.passages] == [each.text for each in answer.passages]
    assert len(model.seen) == 10 and len(run.outcomes) == sum(len(answerers(run.setup, each)) for each in run.setup.columns)


def test_what_each_lane_reads(shelf):
    for question in shelf.questions[:3]:
        def read(lane: str, question=question) -> list[str]:
            ((_, recipe),) = lanes.recipes(lane, Recipe("closed", corpus=shelf.corpus))
            return [hit.chunk.text for hit in material(shelf, question, recipe).hits]

        gold = read("oracle")
        assert any(span.text in text for span in question.evidence for text in gold) and read("closed") == []
        bad = read("noise")
        assert len(bad) == 6 and not any(tells(text, question) for text in bad) and not set(bad) & set(gold)
        for slot in (1, 3, 5):
            some = read(f"position({slot})")
            assert len(some) == 5 and some.index(gold[0]) == slot - 1
        assert len(read("mixed(0.4)")) - 2 == sum(text not in bad[:2] for text in read("mixed(0.4)"))
        assert set(bad[:4]) < set(read("mixed(0.8)")) and gold[0] in read("mixed(0.8)") and gold[0] in read("mixed(0)")
        whole = shelf.files.documents(question.evidence[0].document, question.evidence[0].title)[0].text
        stuffed = read("stuffed")
        assert whole.strip().startswith(stuffed[0]) and "".join("".join(stuffed).split()) == "".join(whole.split())
        others = material(shelf, question, Recipe("shuffled", corpus=shelf.corpus)).hits
        assert others and not any(shows(hit, question) for hit in others)
        with pytest.raises(Impossible, match="no_counter"):
            read("counter")


def test_a_false_passage_is_read_and_said_again(shelf):
    question = replace(shelf.questions[0], counter=Counterfactual("999", "거짓 999일" if "ko" in shelf.corpus else "It is 999 days, falsely."))
    answer = material(shelf, question, Recipe("counter", corpus=shelf.corpus))
    assert [hit.chunk.text for hit in answer.hits] == [question.counter.text] and "999" in answer.best.text


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_questions_without_a_false_passage_get_one(samples, scripted, lang):
    scripted()
    made = setup(samples, order(lang, limit=12, lanes=("counter",)))
    asked = [each for each in made.questions if each.counter]
    assert len(asked) >= 4, "numbers at least have another number"
    for each in asked:
        assert holds(each.counter.text, each.counter.answer) and not any(holds(each.counter.text, answer) for answer in each.answers)
    assert setup(samples, order(lang, limit=12, lanes=("counter",))).questions == made.questions, "the same ones each time"
    run = ran(samples, begin(samples, made))
    false = {each.id: each.counter.text for each in asked}
    for outcome in run.outcomes:
        assert [each.text for each in outcome.passages] == [false[outcome.question]] if outcome.question in false else outcome.error.code == "lane_no_counter"
    (group,) = figures(run).groups
    assert group.falsehood.follows.n == len(asked)
    assert group.falsehood.follows.value + group.falsehood.remembers.value + group.falsehood.neither.value == pytest.approx(1)
    assert not any(each.counter for each in setup(samples, order(lang, limit=12, lanes=("closed",))).questions)


def test_choices_have_no_false_passage(samples, scripted, tmp_path):
    scripted()
    path = tmp_path / "choices.csv"
    path.write_text("question,A,B,C,answer\nWhich is the longest?,a,bb,ccc,A\nWhich is the shortest?,a,bb,ccc,B\n어느 것이 가장 짧습니까?,가,나나,다다다,A\n", encoding="utf-8")
    run = ran(samples, begin(samples, setup(samples, Order("harbor-lane", source=str(path), lanes=("closed", "rag", "counter")))))
    found = figures(run)
    assert [(each.lang, each.lane("closed").choice.value, each.lane("closed").choice.n) for each in found.groups] == [("en", 0.5, 2), ("ko", 1.0, 1)]
    assert all(each.choices and not each.text for each in run.outcomes if run.setup.columns[each.recipe].name == "rag")
    assert all(each.lane("counter").failed == (("lane_no_counter", each.questions),) and each.falsehood is None for each in found.groups)


def test_lanes_as_they_are_typed():
    base = Recipe("closed")
    assert [name for name, _ in lanes.recipes("mixed", base)] == ["mixed(0)", "mixed(0.2)", "mixed(0.4)", "mixed(0.6)", "mixed(0.8)"]
    assert [recipe.slot for _, recipe in lanes.recipes("position", base)] == [1, 2, 3, 4, 5]
    for bad in ("mixed(2)", "position(0)", "rag(1)", "shuffled", "", "nonsense"):
        with pytest.raises(BadRequest):
            lanes.recipes(bad, base)


def test_a_run_that_was_stopped_comes_out_the_same(samples, scripted):
    scripted()
    made = setup(samples, order(limit=6, lanes=("closed", "rag", "extract", "oracle")))
    whole = ran(samples, begin(samples, made))
    assert whole.finished and {each.name for each in made.columns} == {"closed", "rag", "extract", "oracle", "again", "shuffled"}
    again = begin(samples, replace(made, id=journal.new_name()))
    for count in (0, 3, 9, 14):
        partly = ran(samples, again, stop_after=count)
        assert not partly.finished
        with again.open("ab") as file:  # what a process leaves that is killed while it writes
            file.write(b'{"outcome": {"question": "torn')
    rest = ran(samples, again)
    assert rest.finished and said(rest) == said(whole)
    one, other = (replace(figures(each), run="", seconds=0, fast=0) for each in (whole, rest))
    assert untimed(one) == untimed(other)
    assert all(change.difference.value == 0 and change.p == 1 for change in compared(whole, rest).changes)


def test_a_run_that_is_ended_at_once_loses_only_its_group(samples, scripted):
    scripted()
    made = setup(samples, order(limit=6, lanes=("closed", "rag")))
    whole = ran(samples, begin(samples, made))
    path, halt = begin(samples, replace(made, id=journal.new_name())), threading.Event()
    for step in measure(samples, path, halt=halt):
        if step.done >= 2:
            halt.set()
    partly = journal.read(path)
    assert not partly.finished and not [mark for mark in partly.marks if mark.batch >= 0], "no border behind a group that was not waited for"
    rest = ran(samples, path)
    assert rest.finished and said(rest) == said(whole)


def test_a_run_that_sits_pauses_goes_on_and_ends(samples, scripted):
    """What the tab does: a thread of its own, paused at a border, gone on with, ended at once."""
    model = scripted()
    path = begin(samples, setup(samples, order(limit=20, lanes=("closed", "rag"))))
    sitting, seen = Sitting(samples), threading.Event()
    complete = model.complete

    def slowly(prompts, **options):
        for each in complete(prompts, **options):
            seen.set()
            time.sleep(0.01)
            yield each

    model.complete = slowly
    sitting.start(path)
    with pytest.raises(BadRequest, match="at work"):
        sitting.start(path)
    assert seen.wait(60)
    sitting.pause()
    ended(sitting)
    first = dict(sitting.work.marks)
    assert sitting.work.paused and not sitting.work.problem and 0 < len(first) == len(journal.read(path).outcomes), "a whole group"
    seen.clear()
    sitting.start(path)
    assert seen.wait(60) and first.items() <= sitting.work.marks.items()
    sitting.halt()
    ended(sitting)
    assert not sitting.work.paused and not journal.read(path).finished
    del model.complete
    again = Sitting(samples)  # the app was started anew
    again.start(path)
    ended(again)
    assert again.work.done and not again.work.paused and journal.read(path).finished


def ended(sitting: Sitting) -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("measure "):
            thread.join(60)
    assert not sitting.running


def untimed(found) -> str:
    """Figures as text without seconds."""
    def bare(value):
        if isinstance(value, dict):
            return {name: bare(each) for name, each in value.items() if name not in ("seconds", "memory")}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return json.dumps(bare(plain(found)), ensure_ascii=False)


def test_the_figures_of_a_run(samples, scripted):
    scripted()
    run = ran(samples, begin(samples, setup(samples, order(limit=7, lanes=("closed", "rag", "extract", "oracle", "mixed(0)", "mixed(0.8)")))))
    found = figures(run)
    (group,) = found.groups
    ledger = group.replacement.ledger
    assert ledger.n == ledger.kept + ledger.rescued + ledger.harmed + ledger.missed <= 7 and group.replacement.verdict == "pilot"
    assert group.replacement.lift.value == pytest.approx(group.replacement.rag.value - group.replacement.closed.value)
    assert sum(each.value for _, each in group.replacement.losses) == pytest.approx(1)
    assert group.controls.flips.value == 0 and group.controls.passed, "the scripted model says the same in any company"
    assert {each.name for each in group.lanes} == {"closed", "rag", "oracle", "again", "shuffled", "mixed(0)", "mixed(0.8)"}
    retrieval = found.retrieval[0]
    assert [k for k, _ in retrieval.recall] == [1, 3, 5, 10] and retrieval.mrr.value >= dict(retrieval.recall)[1].value
    assert group.budget.value <= dict(retrieval.evidence)[10].value + 1e-9
    told = headline("en", found, group)
    assert str(ledger.n) in told and "best sentence" in told and "문서" in headline("ko", found, group)
    as_json = export.figures_json(found)
    assert set(as_json["lanes"]["rag"]["contains"]) >= {"value", "low", "high", "n", "method"} and as_json["ledger"]["kept"] == ledger.kept
    assert json.loads(json.dumps(as_json))["retrieval"]["recall@5"]["n"] == ledger.n
    rows = [json.loads(line) for line in export.lines(run).splitlines()]
    assert len(rows) == len(run.outcomes) and rows[0]["prompt"] is not None


def test_a_run_gives_the_order_it_was_made_by(samples, scripted, tmp_path):
    scripted()
    for given in (
            order("ko", limit=4, lanes=("closed", "rag", "extract", "mixed"), windows=(512, 1024), reply=16, reference=catalogue.BUNDLED), order(lanes=("extract",), limit=2)):
        made = setup(samples, given)
        again = setup(samples, ordered(made))
        assert (again.columns, again.questions, again.limit) == (made.columns, made.questions, made.limit)
        assert ordered(again) == ordered(made)
    assert ordered(setup(samples, order(lanes=("mixed(0.4)",), limit=2))).lanes == ("mixed",), "doses are not of the form"


def test_two_windows_and_a_reference(samples, scripted, tmp_path):
    scripted()
    asked = setup(samples, order(limit=6, lanes=("rag",))).questions
    path = tmp_path / "large.jsonl"
    path.write_text("".join(json.dumps({"id": each.id, "answer": each.answers[0] if each.answers else ""}) + "\n" for each in asked))
    run = ran(samples, begin(samples, setup(samples, order(limit=6, lanes=("closed", "rag"), windows=(1024, 512), reference=str(path)))))
    found = figures(run)
    assert [each.window for each in found.groups] == [512, 1024] and [each[0] for each in found.sweeps[0].windows] == [512, 1024]
    assert all(each.replacement.reference.value == 1 for each in found.groups), "the reference knows every answer"
    path.write_text(json.dumps({"id": asked[0].id, "answer": "x"}) + "\n")
    with pytest.raises(BadRequest) as refused:
        setup(samples, order(limit=6, lanes=("closed", "rag"), reference=str(path)))
    assert refused.value.remark.code == "reference_coverage"


def test_a_model_that_cannot_read_korean(samples, scripted):
    model = scripted(korean=False)
    run = ran(samples, begin(samples, setup(samples, order("ko"))))
    found = figures(run)
    (group,) = found.groups
    assert group.unread and group.replacement is None and not group.lanes and not model.seen
    assert found.extract[0][1].right.n and found.retrieval[0].recall[0][1].n
    assert "이 모델은 한국어를 읽지 못합니다" in headline("ko", found, group) and "cannot read Korean" in headline("en", found, group)


def test_choices_in_a_language_that_the_model_cannot_read(samples, scripted, tmp_path):
    """The best sentence still comes to a choice, and to nothing that needs a model."""
    model = scripted(korean=False)
    path = tmp_path / "보기.csv"
    path.write_text("question,A,B,C,answer\n반품 배송비는 누가 냅니까?,회사가 낸다,고객이 낸다,택배 회사가 낸다,B\n", encoding="utf-8")
    run = ran(samples, begin(samples, setup(samples, Order("saebyeok-foods", source=str(path)))))
    found = figures(run)
    (group,) = found.groups
    assert group.unread and group.replacement is None and not model.seen and found.fast == 0
    best = found.extract[0][1]
    assert best.right.n == best.choice.n == 1 and found.retrieval[0].answer[0][1].n == 1
    told = lines(found, group)
    assert any(each.startswith("extract") and "– " not in each[:30] for each in told) and any("answer@5" in each for each in told)
    page = report.page("ko", run, found)
    assert "이 모델은 한국어를 읽지 못합니다. 그래서 모델에는 묻지 않고" in page and "낱말이 가장 많이 겹치는 보기" in page
    assert "질문 옆의 표시는 왼쪽부터 가장 알맞은 문장입니다." in page and "MRR" not in page
    assert "<li><b>고객이 낸다</b></li>" in page and "%p" not in page


def test_documents_that_are_not_there_yet_are_not_measured(bench):
    def refused() -> str:
        with pytest.raises(BadRequest) as error:
            setup(bench, order(limit=3))
        return error.value.remark.code

    bench.store.make_corpus("harbor-lane")
    assert refused() == "no_questions", "those that nothing answers alone are no measurement"
    bench.store.receive("harbor-lane", "notes.txt", b"Coming.")
    assert refused() == "corpus_coming"


def test_what_a_run_will_take(samples, scripted, monkeypatch):
    scripted()
    monkeypatch.setattr("workbench.measure.plan.speed", lambda worker: Measured(700.0, 170.0))
    made = setup(samples, order(limit=10))
    foretold = plan(samples, made)
    assert foretold.total == sum(len(answerers(made, each)) for each in made.columns if each.recipe.model)
    assert foretold.seconds > 0 and dict(foretold.cards)["en"].n <= 10 and dict(foretold.left_out)["limit"] > 0


@pytest.mark.parametrize(("lang", "asked", "answer"), [
    ("en", "What sum is set aside so that a new colleague can eat out with the person who looks after them?", "$45"),  # no word of its sentence
    ("en", "What happens when a Skerry 64 has been grinding non-stop for too long?",
     "After eleven minutes of continuous grinding the motor protection trips, the display shows HOT, and the grinder has to cool for 35 minutes."),
    ("ko", "이사한 뒤 공장과 사무실을 오가는 버스는 하루 중 가장 이른 것이 몇 시인가요?", "오전 8시 20분"),
    ("ko", "6월 하순에 온도 스티커가 분홍색이라는 신고가 한 노선에 몰린 원인은 무엇이었나요?", "하늘지게물류의 냉장차 문 패킹이 낡은 것이 원인이었다.")])
def test_what_the_documents_say_in_other_words_is_asked(samples, scripted, tmp_path, lang, asked, answer):
    scripted()
    path = tmp_path / "q.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in ({"question": asked, "answer": answer}, {"question": "Who wrote the Aeneid?", "answer": "Virgil"})))
    made = setup(samples, order(lang, source=str(path), limit=0))
    assert [each.text for each in made.questions] == [asked] and made.stood_in == 1 and dict(made.left_out) == {"not_covered": 1}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_list_of_questions_with_answers_alone_has_gold_passages_looked_for(samples, scripted, tmp_path, monkeypatch, lang):
    scripted()
    own = [each for each in corpora.answerable(CORPORA[lang]) if each.kind in ("short", "number")][:8]
    table = tmp_path / "q.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("question", "answer"), *((each.text, each.answers[0]) for each in own)])
    made = setup(samples, order(lang, source=str(table), lanes=("closed", "rag", "extract", "oracle", "position(1)"), limit=0))
    assert len(made.questions) == made.stood_in >= 6
    monkeypatch.setattr("workbench.measure.plan.speed", lambda worker: Measured(700.0, 170.0))
    foretold = plan(samples, made)
    assert foretold.stood_in == made.stood_in and dict(foretold.calls)["oracle"] == made.stood_in
    assert any("stands in for it" in each for each in telling.plan("en", foretold))
    wanted = {each.text: each for each in own}
    for question in made.questions:
        assert not question.evidence and not question.gold_documents, "what is found is not judged by what was found"
        assert tells(question.gold_text, wanted[question.text]), "an amount of one row is not that of another"
    run = ran(samples, begin(samples, made))
    number = next(place for place, each in enumerate(made.columns) if each.name == "oracle")
    assert sum(each.error is None for each in run.outcomes if each.recipe == number) == made.stood_in
    assert say(lang, "measured.stood_in", count=made.stood_in)[:20] in views.whole(lang, run, figures(run))
    assert setup(samples, order(lang, source=str(table), lanes=("closed", "rag"), limit=0)).stood_in == 0


def changed(bench, path) -> str:
    with pytest.raises(BadRequest) as refused:
        ran(bench, path)
    return refused.value.remark.code


def test_a_run_goes_on_only_as_it_began(samples, scripted, monkeypatch, tmp_path):
    scripted()
    path = begin(samples, setup(samples, order(limit=4, lanes=("closed", "rag"))))
    ran(samples, path, stop_after=2)
    with monkeypatch.context() as patch:
        patch.setattr("workbench.measure.setup.kept", lambda bench, corpus: corpora.questions(corpus)[:40])
        assert changed(samples, path) == "run_changed_questions"
    with monkeypatch.context() as patch:
        other = tmp_path / "prompts"
        other.mkdir()
        for file in prompting.FOLDER.glob("*.txt"):
            (other / file.name).write_text(file.read_text() + "!")
        patch.setattr(prompting, "FOLDER", other)
        assert changed(samples, path) == "run_changed_prompts"
    with monkeypatch.context() as patch:
        patch.setattr("workbench.measure.setup.digest", lambda identity, path: "another")
        assert changed(samples, path) == "run_changed_model"
    with monkeypatch.context() as patch:
        patch.setattr(type(samples.corpus("harbor-lane").held), "ids", lambda self: ["another"])
        assert changed(samples, path) == "run_changed_index"
    assert ran(samples, path).finished


class Lent:
    """A bench that a command must not close."""

    def __init__(self, bench) -> None:
        self.bench = bench

    def __getattr__(self, name):
        return getattr(self.bench, name)

    def close(self) -> None:
        pass


def test_the_command_line_says_by_name_what_changed(samples, scripted, monkeypatch, capsys, tmp_path):
    scripted()
    monkeypatch.setattr("workbench.cli.Bench", lambda *_, **__: Lent(samples))
    source = tmp_path / "questions.jsonl"
    asked = corpora.answerable("harbor-lane")[:6]
    lines = [json.dumps(corpora.row(each), ensure_ascii=False) for each in asked]
    source.write_text("\n".join(lines), encoding="utf-8")
    path = begin(samples, setup(samples, Order("harbor-lane", source=str(source), lanes=("closed", "rag"))))
    name = path.parent.name

    def resumed() -> str:
        code = main(["measure", "--resume", name, "--home", str(samples.settings.home), "--json"])
        out, err = capsys.readouterr()
        assert code == (1 if err else 0) and bool(out) != bool(err)
        return err

    source.write_text("\n".join(lines[1:]), encoding="utf-8")
    assert f"Run {name} cannot go on: its questions" in resumed()
    source.write_text("\n".join(lines), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("workbench.measure.setup.digest", lambda identity, path: "another")
        assert f"Run {name} cannot go on: the file of model" in resumed()
    with monkeypatch.context() as patch:
        (tmp_path / "prompts").mkdir()
        patch.setattr(prompting, "FOLDER", tmp_path / "prompts")
        assert f"Run {name} cannot go on: its prompts" in resumed()
    with monkeypatch.context() as patch:
        patch.setattr(type(samples.corpus("harbor-lane").held), "ids", lambda self: ["another"])
        assert f"Run {name} cannot go on: the documents" in resumed()
    assert not journal.read(path).outcomes, "nothing was answered meanwhile"
    assert resumed() == "" and journal.read(path).finished


def test_runs_are_listed_and_deleted(samples, scripted):
    scripted()
    path = begin(samples, setup(samples, order(limit=3, lanes=("closed",))))
    home, name = samples.settings.home, path.parent.name
    assert name in journal.names(home) and journal.head(path).corpus == "harbor-lane"
    other = begin(samples, setup(samples, order(limit=3, lanes=("closed",))))
    with journal.Journal(path), pytest.raises(BadRequest, match="another process"):
        journal.delete(home, [other.parent.name, name])
    assert other.exists(), "all or none"
    assert journal.delete(home, [name, other.parent.name, name]) == 2
    assert not {name, other.parent.name} & set(journal.names(home))
    for bad in (name, "", "..", "../models", "x" * 300):
        with pytest.raises(BadRequest):
            journal.place(home, bad)


@pytest.mark.stress
def test_a_killed_run_of_the_real_model_comes_out_the_same(samples):
    """The real model, from the command line, killed in the middle; the rest is bit for bit what it would have been."""
    made = setup(samples, order(limit=3, lanes=("closed", "rag")))
    whole = ran(samples, begin(samples, made))
    path = begin(samples, replace(made, id=journal.new_name()))
    command = [sys.executable, "-m", "workbench", "measure", "--home", str(samples.settings.home), "--resume", path.parent.name, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while path.read_bytes().count(b'{"outcome"') < 2 and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL and not journal.read(path).finished
    rest = ran(samples, path)
    assert said(rest) == said(whole) and all(each.logprobs for each in rest.outcomes if each.text)
    assert untimed(replace(figures(rest), run="", seconds=0, fast=0)) == untimed(replace(figures(whole), run="", seconds=0, fast=0))
