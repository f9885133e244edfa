"""What was asked is kept, found, asked again and judged, and what is deleted is gone from every file."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tests.test_cli import answer as command
from tests.test_cli import run
from workbench import history
from workbench.errors import BadRequest
from workbench.nouns import Answer, Budget, Chunk, Hit, Passage, Recipe, Remark, Sentence, Timing


def made(question="What is the deposit?", corpus="office", text="$150", source="rules.md") -> tuple[Answer, ...]:
    """A comparison as `ask` gives it."""
    passage = "# House rules\n\nThe deposit for a loan machine is $150.\n\nThe office closes at six."
    hit = Hit(Chunk("chunk", "document", 0, len(passage), passage), "House rules", source, 2, 1.5, 0.6, 7.0)
    start = passage.index("The deposit")
    best = Sentence("The deposit for a loan machine is $150.", start, start + 39, hit, 2.0)
    recipe = Recipe("rag", corpus=corpus, model="tiny", window=512)
    return (
        Answer(question, replace(recipe, lane="extract"), best.text, hits=(hit,), best=best, done=True),
        Answer(question, replace(recipe, lane="closed"), "about ten dollars", flags=("low_probability",), done=True,
               timing=Timing(30, 4, 0.2, 1.25)),
        Answer(question, recipe, text, "the prompt", Budget(512, 100, 10, 60, 96), (hit,), (Passage(hit, passage),), (), best,
               Timing(170, 3, 0.4, 2.5), flags=(), used=0, done=True),
    )


def words_of(bench, text: str) -> list[str]:
    """The files of the data folder that hold a text."""
    return [path.name for path in bench.settings.home.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_an_entry_comes_back_with_everything(bench):
    answers = made()
    identity = history.keep(bench, answers)
    entry = history.get(bench, identity)
    assert entry.answers == answers and entry.question == "What is the deposit?" and entry.corpus == "office"
    assert (entry.thumb, entry.reason) == (0, "")
    failed = (Answer("왜?", Recipe("closed"), error=Remark("window_small", {"window": 3, "why": "\udcff"}), done=True),)
    kept = history.get(bench, history.keep(bench, failed)).answers
    assert kept[0].error == failed[0].error
    assert kept[0].recipe.model == "SmolLM2-135M-Instruct", "the default model is named, for it may be another one day"


def test_finding_words_and_parts_of_words_in_both_languages(bench):
    for question, corpus, text in (("What is the deposit?", "office", "$150"), ("왕복 배송비는 누가 내나요?", "샘플", "고객이 낸다"),
                                   ("Who closes the OFFICE?", "office", "Nobody 100% knows")):
        history.keep(bench, made(question, corpus, text))

    def found(text="", **options):
        return [entry.question.split()[0] for entry in history.find(bench, text, **options)]

    assert found() == ["Who", "왕복", "What"], "newest first"
    assert found("배송비") == found("송비 누가") == found("고객이") == ["왕복"]
    assert found(unicodedata.normalize("NFD", "배송비")) == ["왕복"]
    assert found("office who") == found("OFFICE nobody") == ["Who"]
    assert found("100%") == ["Who"] and found("%") == ["Who"] and found("_") == found("nothing like it") == found("\ud800x") == []
    assert found("loan machine") == ["Who", "왕복", "What"], "best sentences count"
    assert found(corpus="샘플") == ["왕복"] and found("deposit", corpus="샘플", limit=5) == ["왕복"]


def test_paging_leads_through_everything_once(bench):
    made_ids = [history.keep(bench, made(f"Question {number}?")) for number in range(7)]
    seen, before = [], None
    while page := history.find(bench, limit=3, before=before):
        seen += [entry.id for entry in page]
        before = seen[-1]
    assert seen == made_ids[::-1]


def test_a_verdict_can_be_given_changed_and_withdrawn(bench):
    identity = history.keep(bench, made())
    history.thumb(bench, identity, -1, "  틀린 금액\n")
    assert (history.get(bench, identity).thumb, history.get(bench, identity).reason) == (-1, "틀린 금액")
    history.thumb(bench, identity, 1)
    assert (history.get(bench, identity).thumb, history.get(bench, identity).reason) == (1, "")
    for call in (lambda: history.thumb(bench, identity, 2), lambda: history.thumb(bench, 99, 1), lambda: history.get(bench, 99),
                 lambda: history.delete(bench, 99)):
        with pytest.raises(BadRequest):
            call()


def test_asked_again_with_the_kept_recipes(samples, scripted):
    scripted("alone", "with", "alone again", "with again")
    from workbench.ask import ask

    recipes = [Recipe(lane, corpus="harbor-lane", window=700, top_k=2) for lane in ("closed", "rag")]
    first = ask(samples, "What is the anchor day?", recipes)
    identity = history.keep(samples, first)
    *_, second = history.again(samples, identity)
    assert [each.text for each in second] == ["alone again", "with again"] and second[1].passages == first[1].passages
    assert [replace(each.recipe, model="") for each in second] == recipes
    history.delete(samples, identity)


def test_what_is_deleted_is_in_no_file(bench):
    """Rows of many sizes, judged and deleted in any order: SQLite moves rows between pages and must leave nothing behind."""
    dice = random.Random(7)
    alive: dict[int, list[str]] = {}
    for number in range(120):
        secret = f"secret{number}" + "".join(dice.choices("abcdefghijkl", k=20))
        identity = history.keep(bench, made(f"{secret}?", text=secret * dice.choice((1, 9, 90))))
        alive[identity] = [secret]
        judged = dice.choice(list(alive))
        alive[judged].append("reason" + "".join(dice.choices("abcdefghijkl", k=20)))
        history.thumb(bench, judged, 1, alive[judged][-1] * dice.choice((1, 5, 40)))
        if number % 3 == 0:
            chosen = dice.choice(list(alive))
            history.delete(bench, chosen)
            assert not any(words_of(bench, text) for text in alive.pop(chosen))
    assert {entry.id for entry in history.find(bench, limit=1000)} == set(alive)
    assert words_of(bench, next(iter(alive.values()))[0]), "the test can see what is there"
    packed = bench.store.kept()[0][-1][20:60]
    assert history.clear(bench) == len(alive) and history.find(bench) == ()
    data = b"".join(path.read_bytes() for path in bench.settings.home.rglob("*") if path.is_file())
    assert packed not in data and not any(text.encode() in data for texts in alive.values() for text in texts)
    assert history.keep(bench, made()) > max(alive), "a number is never given twice"


def test_an_entry_is_small(bench):
    history.keep(bench, made())
    assert len(bench.store.kept()[0][-1]) < 1500


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    (folder / "rules.md").write_text("# House rules\n\nThe deposit for a loan machine is $150.\n\nThe office closes at six.")
    command("ingest", folder / "rules.md", "--corpus", "office", home=folder / "home")
    return folder / "home"


def test_the_command_line_keeps_and_shows(home, tmp_path):
    got = command("ask", "What is the deposit for a loan machine?", "--corpus", "office", "--lanes", "extract", home=home)
    one = got["kept"]
    two = command("history", "again", one, home=home)["kept"]
    listed = command("history", "list", "loan machine", "--limit", 1, home=home)["history"]
    assert [row["id"] for row in listed] == [two] and listed[0]["question"] == "What is the deposit for a loan machine?"
    assert command("history", "list", "--before", two, "--corpus", "office", home=home)["history"][0]["id"] == one
    shown = command("history", "show", one, home=home)
    assert shown["answers"] == got["answers"] and shown["thumb"] == 0
    assert "$150" in run("history", "show", one, home=home).stdout
    page = tmp_path / "보고서.html"
    assert command("history", "export", one, two, "--out", page, "--lang", "ko", home=home)["entries"] == 2
    assert "한눈에 보기" in page.read_text(encoding="utf-8")
    assert command("history", "delete", one, home=home) == {"deleted": 1}
    assert command("history", "delete", "--all", home=home) == {"deleted": 1}
    assert run("history", "list", home=home).stdout == ""


@pytest.mark.parametrize(("arguments", "says"), [
    (("history", "show", "999"), "no kept question with the number 999"),
    (("history", "show", "x"), "no kept question with the number x"),
    (("history", "show"), "Say which entry to show"),
    (("history", "delete"), "Say which entry to delete"),
    (("history", "again", "1", "2"), "Say which entry to again"),
    (("history", "export", "999", "--out", "x.html"), "no kept question"),
])
def test_an_error_is_one_line(home, arguments, says):
    done = run(*arguments, home=home, code=1)
    assert says in done.stderr and done.stderr.count("\n") == 1 and done.stdout == ""


def test_where_a_page_cannot_go(home):
    one = command("ask", "What is the deposit?", "--corpus", "office", "--lanes", "extract", home=home)["kept"]
    assert "--out FILE" in run("history", "export", one, home=home, code=1).stderr
    assert "cannot be written to" in run("history", "export", one, "--out", home, home=home, code=1).stderr


def test_the_answer_is_given_even_where_it_cannot_be_kept(home):
    """Another process is in the middle of a long write."""
    database = sqlite3.connect(home / "workbench.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    try:
        done = run("ask", "What is the deposit?", "--corpus", "office", "--lanes", "extract", "--json", home=home)
    finally:
        database.execute("ROLLBACK")
        database.close()
    got = json.loads(done.stdout)
    assert "$150" in got["answers"][0]["text"] and got["kept"] is None
    assert "Not kept in the history" in done.stderr and "held by another program" in done.stderr and done.stderr.count("\n") == 1


def test_a_page_is_written_without_gradio(home, tmp_path):
    code = ("import sys; from workbench.cli import main; main(['history', 'export', '999', '--home', sys.argv[1]]); "
            "import workbench.ui.report; heavy = {'gradio', 'torch', 'chromadb'} & set(sys.modules); assert not heavy, heavy")
    done = subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
