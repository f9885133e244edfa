"""Questions are looked through before they are measured: on the command line, in the panel, and with what speaks against them."""

import json
from dataclasses import replace

import pytest

from tests.conftest import ScriptedModel
from tests.stand_in import StandInEmbedder
from tests.test_question_formats import table
from workbench import questions
from workbench.bench import Bench, Settings
from workbench.cli import main
from workbench.errors import BadRequest
from workbench.ingest import ingest_text
from workbench.measure import export, journal, leaks, making, report, review, telling
from workbench.measure.figures import figures
from workbench.measure.run import begin, measure
from workbench.measure.setup import Order, setup
from workbench.nouns import Question
from workbench.nouns.questions import Gate, Leak, Likeness, Reviewed, Row
from workbench.ui import question_views
from workbench.ui.questions_panel import gathered

TEXTS = {
    "loan": "The loan machine for cafes costs a deposit of 150 dollars. It is lent for four days and no longer.",
    "보증": "소모품은 해당하지 않는다. 로스터의 무상 보증 기간은 27개월이다. 수리를 받아도 다시 늘어나지 않는다."}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A corpus with a document in each language; the command line gets the same stand-ins for embedder and model."""
    monkeypatch.setattr(Bench, "embedder", property(lambda bench: StandInEmbedder()))
    monkeypatch.setattr(Bench, "embedder_name", StandInEmbedder.name)
    bench = Bench(Settings(tmp_path / "home"), writing=True)
    for name, text in TEXTS.items():
        list(ingest_text(bench, text, name, "office"))
    yield bench
    bench.close()


@pytest.fixture
def model(monkeypatch):
    """A model that says what it is told."""
    model = ScriptedModel()
    monkeypatch.setattr(Bench, "model", lambda bench, name="": model)
    return model


def made(bench) -> dict[str, Question]:
    """The proposed questions, by language."""
    making.propose(bench, "office", making.make(bench, "office", 10))
    return {each.question.lang: each.question for each in questions.reviewed(bench, "office") if each.question.answers}


def rows(bench) -> dict[str, Row]:
    return {each.reviewed.question.id: each for each in review.rows(bench, "office", questions.reviewed(bench, "office"))}


def test_a_question_stands_beside_its_sentence_with_the_answer_in_it(office):
    some = made(office)
    for lang, sentence, answer, file in (
            ("en", "The loan machine for cafes costs a deposit of 150 dollars.", "150 dollars", "loan.txt"),
            ("ko", "로스터의 무상 보증 기간은 27개월이다.", "27개월", "보증.txt")):
        row = rows(office)[some[lang].id]
        assert (row.sentence, row.sentence[row.start : row.end], row.file) == (sentence, answer, file)
    nothing = Question("n", "누가?", (), "unanswerable", (), (), "ko", source=questions.MADE, unknown={"about": "보증.txt", "sentence": "27개월이다."})
    questions.keep(office, "office", [nothing])
    assert rows(office)["n"] == Row(Reviewed(nothing, "accepted", rows(office)["n"].reviewed.changed), "27개월이다.", file="보증.txt")


def test_an_edited_answer_stands_where_it_is_nearest_to_the_old_one(office):
    some = made(office)
    edited = review.edit(office, "office", some["en"].id, "How long is it lent? ", ["four  days", ""])
    span, = edited.evidence
    assert (edited.text, edited.answers, edited.kind) == ("How long is it lent?", ("four days",), "number")
    assert TEXTS["loan"][span.start : span.end] == span.text == "four days"
    assert questions.questions(office, "office") == [edited], "to edit is to accept"
    assert review.edit(office, "office", some["ko"].id, answers=["12개월"]).evidence == ()
    nothing = Question("n", "며칠?", (), "unanswerable", (), (), "ko", source=questions.MADE, unknown={"about": "보증.txt"})
    questions.keep(office, "office", [nothing])
    answered = review.edit(office, "office", "n", answers=["27개월"])
    assert answered.kind == "number" and answered.evidence[0].text == "27개월" and answered.gold_documents == ("보증.txt",)
    choice = Question("c", "옳은 것은?", ("가",), "mcq", (), (), "ko", choices=("가", "나"), answer_index=0)
    questions.keep(office, "office", [choice])
    assert review.edit(office, "office", "c", answers=["나"]).answer_index == 1
    with pytest.raises(BadRequest, match="none of the choices"):
        review.edit(office, "office", "c", answers=["다"])
    with pytest.raises(BadRequest, match="no question none"):
        review.edit(office, "office", "none", "Why?")


def test_what_is_answered_without_its_passage_is_told_whoever_is_lucky(office, model):
    some = list(made(office).values())
    yes = replace(some[0], id="yes", text="Open?", answers=("yes",), kind="yesno")
    model.replies = [*["no idea"] * 3, "150 dollars", *["no idea"] * 2]  # the last prompt of a group is answered first
    *steps, last = review.ask_alone(office, "office", [*sorted(some, key=lambda each: each.lang), yes])
    assert [each.done for each in steps] == [0, 2, 4] and (last.done, last.total, last.unread) == (6, 6, 1)
    assert len(last.guessed) == 1
    assert review.put_aside(office, "office", last.guessed) == 1
    row = rows(office)[last.guessed[0]]
    assert row.reviewed.state == "dropped" and row.guessed == office.named("")
    assert "without any passage" in question_views.table("en", [row], 0, 1)


def run(capsys, *arguments):
    code = main(["corpora", "questions", "office", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command_line_makes_judges_edits_and_takes_out(office, model, tmp_path, capsys):
    office.close()
    home = ["--home", tmp_path / "home"]
    code, out, err = run(capsys, "--make", 10, "--json", *home)
    told = json.loads(out)
    assert (code, err) == (0, "") and told["made"] == told["counts"]["proposed"] == len(told["questions"]) >= 2
    first = next(each for each in told["questions"] if each["lang"] == "ko" and each["answers"])
    assert first["said"][slice(*first["said_at"])] == "27개월" and first["said_in"] == "보증.txt"
    assert "made: 0" in run(capsys, "--make", 10, *home)[1]
    code, out, _ = run(capsys, "--state", "proposed", *home)
    assert "로스터의 무상 보증 기간은 [27개월]이다." in out and "0 accepted" in out
    assert run(capsys, "--export", tmp_path / "none.jsonl", *home)[0] == 1, "nothing is accepted yet"
    code, out, _ = run(capsys, "--edit", first["id"], "--text", "보증은 몇 달인가요?", "--answer", "27개월", "--answer", "스물일곱 달", *home)
    assert code == 0 and "edited: 1" in out and "1 accepted" in out
    others = [each["id"] for each in told["questions"] if each["id"] != first["id"]]
    counts = json.loads(run(capsys, "--drop", others[0], "--accept", "all", "--json", *home)[1])["counts"]
    assert counts == {"proposed": 0, "accepted": len(others), "dropped": 1}
    model.replies = ["스물일곱 달"] * 12
    code, out, err = run(capsys, "--alone", "--state", "accepted", "--json", *home)
    assert json.loads(out)["answered_alone"] == 1 and err == ""
    assert run(capsys, "--accept", first["id"], *home)[0] == 0
    assert run(capsys, "--export", tmp_path / "out.jsonl", *home)[0] == 0 and "스물일곱 달" in (tmp_path / "out.jsonl").read_text()
    before = json.loads(run(capsys, "--json", *home)[1])["counts"]
    for wrong, why in (
            (("--drop", "no such"), "no question no such"), (("--drop", first["id"], "--accept", "no such"), "no question no such"),
            (("--text", "보증은?"), "belong to --edit"), (("--drop", first["id"], "--answer", "27개월"), "belong to --edit"),
            (("--export", "/"), "cannot be written"), (("--export", ""), "cannot be written")):
        code, out, err = run(capsys, *wrong, *home)
        assert code == 1 and out == "" and why in err and err.count("\n") == 1, wrong
    assert json.loads(run(capsys, "--json", *home)[1])["counts"] == before, "all or nothing"


LEAKY = [
    Question("fair", "How heavy is the lid?", ("3 kg",), "number", (), (), "en", gold_documents=("lid.txt",)),
    Question("leak", "What is the deposit for the key?", ("$220",), "number", (), (), "en", gold_documents=("key.txt",)),
    Question("gray-1", "What year did it end?", ("1943",), "number", (), (), "en", gold_documents=("years.txt",)),
    Question("gray-2", "What year did it end?", ("1976",), "number", (), (), "en", gold_documents=("years.txt",)),
    Question("one", "몇 시에 문을 닫나요?", ("19시",), "number", (), (), "ko", gold_documents=("닫음.txt",)),
    Question("two", "몇 시에 문을 닫나요?", ("19시",), "number", (), (), "ko", gold_documents=("닫음.txt",))]
LEAKY_TEXTS = {
    "lid": "The lid weighs 3 kg, so that one person can lift it, and the frame below it stays where it is all the time.",
    "key": "Deposit: $220", "years": "The first of the great wars of the two islands ended in 1943, and the other one of them at last in 1976.",
    "닫음": "가게는 평일과 주말에 모두 저녁 19시에 문을 닫고, 명절에는 하루 종일 쉬며, 아침에는 여덟 시에 문을 열고 손님을 맞는다."}


@pytest.fixture
def leaky(office):
    for name, text in LEAKY_TEXTS.items():
        list(ingest_text(office, text, name, "office"))
    questions.keep(office, "office", LEAKY)
    return office


def test_the_gate_is_told_and_what_a_person_keeps_is_clean(leaky, tmp_path, capsys):
    leaky.close()
    home = ["--home", tmp_path / "home"]
    told = json.loads(run(capsys, "--gate", "--json", *home)[1])
    assert (told["flagged"], told["gray"], told["clean"]) == (["leak", "two"], ["gray-2"], 3)
    code, out, _ = run(capsys, "--gate", *home)
    assert "short_passage leak" in out and "Something speaks against 3 of 6 questions" in out
    told = json.loads(run(capsys, "--keep", "gray-2", "--keep", "leak", "--json", *home)[1])
    assert (told["kept"], told["flagged"], told["gray"], told["clean"]) == (2, ["two"], [], 5)
    code, _, err = run(capsys, "--keep", "fair", *home)
    assert code == 1 and "Nothing speaks against question fair" in err


def test_a_run_states_the_gate_before_and_gives_its_figures_without_what_it_found(leaky, model, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("workbench.measure.setup.fingerprint", lambda bench, name: "")
    monkeypatch.setattr("workbench.measure.plan.speed", lambda worker: type("Speed", (), {"reading": 700.0, "writing": 170.0})())
    path = begin(leaky, setup(leaky, Order("office", lanes=("closed", "rag", "extract"))))
    for _ in measure(leaky, path):
        pass
    run_there = journal.read(path)
    assert dict(run_there.setup.against) == {"leak": ("short_passage",), "gray-2": ("gray",), "two": ("duplicate",)}
    assert run_there.setup.clean == {"fair", "gray-1", "one"}
    found = figures(run_there)
    english = next(each for each in found.groups if each.lang == "en")
    assert (english.replacement.ledger.n, english.clean.ledger.n) == (4, 2)
    assert [(each.right.n, each.clean.n) for lang, each in found.extract if lang == "en"] == [(4, 2)]
    right = {each.question: each for each in run_there.outcomes if run_there.setup.columns[each.recipe].name == "extract"}
    assert right["fair"].text and english.lane("rag").clean.n == 2
    told = export.figures_json(found)
    assert told["gate"] == {"clean": 3, "against": {"leak": ["short_passage"], "gray-2": ["gray"], "two": ["duplicate"]}}
    assert {each["lang"]: each["clean"]["ledger"]["kept"] + each["clean"]["ledger"]["missed"] >= 0 for each in told["groups"]} == {"en": True, "ko": True}
    lines = [json.loads(line) for line in export.lines(run_there).splitlines()]
    assert {line["question"]: line["against"] for line in lines}["leak"] == ["short_passage"] and all(line["against"] is not None for line in lines)
    assert "short_passage" in export.table(run_there)
    for lang, words in (("en", "Something speaks against 3 of 6"), ("ko", "질문 6개 가운데 3개에 걸리는 것이 있습니다")):
        page = report.page(lang, run_there, found)
        assert words in page and telling.clean(english, lang)[0] in page
    old = replace(run_there, setup=replace(run_there.setup, against=None))
    assert figures(old).groups[0].clean is None and export.figures_json(figures(old))["gate"] is None
    leaky.close()
    assert main(["measure", "--corpus", "office", "--plan", "--lanes", "closed", "--home", str(tmp_path / "home")]) == 0
    assert "Something speaks against 3 of 6 questions" in capsys.readouterr().out


def test_nothing_of_a_question_becomes_markup():
    question = Question(EVIL, EVIL, (EVIL,), "short", (), (), "en", gold_documents=(EVIL,))
    row = Row(Reviewed(question, "proposed", 0.0, question), f"{EVIL} {EVIL}", 0, len(EVIL), EVIL, EVIL)
    found = Gate((EVIL,), (Leak(EVIL, "name", EVIL, EVIL),), (Likeness(EVIL, EVIL, EVIL, 1, 1, "gray", EVIL, "keep"), Likeness(EVIL, EVIL, EVIL, 1, 1, "different")))
    for lang in ("en", "ko"):
        shown = question_views.table(lang, [row], 20, 50) + question_views.gate(lang, found, {EVIL: question})
        assert "<img" not in shown and shown.count("<mark>") == 1 and "21–40" in shown
        assert shown.count('data-verdict="keep"') == 3 and shown.count('data-verdict="accept"') == 2


def test_the_files_of_beir_that_were_dropped_become_its_folder(tmp_path):
    for name in ("corpus.jsonl", "queries.jsonl", "test.tsv"):
        (tmp_path / name).write_text("x")
    root = gathered([tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "test.tsv")], tmp_path / "out")
    assert sorted(str(each.relative_to(root)) for each in root.rglob("*.*")) == ["corpus.jsonl", "qrels/test.tsv", "queries.jsonl"]
    assert gathered([table(tmp_path / "q.csv", ("question", "answer"), ("?", "1"))], tmp_path) == tmp_path / "q.csv"
    with pytest.raises(BadRequest, match="Choose a file"):
        gathered([], tmp_path)


def test_every_finding_can_be_judged(leaky):
    found = review.gate(leaky, "office")
    assert {each.question for each in (*found.leaks, *found.likenesses)} >= {"leak", "gray-2", "two"}
    assert review.keep(leaky, "office", found, ["two"]) == 1
    leak, = found.leaks
    leaks.judge(leaky, "office", leak, "drop")
    assert review.counts(questions.reviewed(leaky, "office")) == {"proposed": 0, "accepted": 5, "dropped": 1}
