"""The command line as scripts use it: real processes, JSON on standard output and nothing else there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import workbench

ROOT = Path(__file__).parents[1]


def run(*arguments, home, code=0) -> subprocess.CompletedProcess:
    done = workbench(*arguments, "--home", home)
    assert done.returncode == code, done.stderr
    return done


def answer(*arguments, home) -> dict:
    done = run(*arguments, "--json", home=home)
    assert done.stdout.count("\n") == 1, done.stdout
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder with three files, one of them bad."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "rules.md").write_text("# House rules\n\nThe deposit for a loan machine is $150.\n\nThe office closes at six.")
    (folder / "규정.txt").write_text("왕복 배송비는 6,400원이며 고객이 낸다.", encoding="cp949")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    files = [folder / name for name in ("rules.md", "규정.txt", "bad.pdf")]
    report = answer("ingest", *files, "--corpus", "office", home=folder / "home")
    assert [(row["name"], row["state"]) for row in report["files"]] == [
        ("rules.md", "ready"), ("규정.txt", "ready"), ("bad.pdf", "failed")]
    assert set(report["files"][0]) == {"name", "state", "reason", "chunks"} and report["seconds"] > 0
    assert "bad.pdf: the file is damaged" in report["files"][2]["reason"]
    return folder / "home"


def test_search(home):
    hits = answer("search", "What is the deposit?", "--corpus", "office", "--top-k", 1, home=home)["hits"]
    assert len(hits) == 1
    assert {"document", "title", "source", "page", "start", "end", "score", "text"} <= set(hits[0])
    assert hits[0]["source"] == "rules.md" and hits[0]["title"] == "House rules" and "$150" in hits[0]["text"]


def test_search_in_some_of_the_documents(home):
    def found(*flags):
        return {hit["source"] for hit in answer("search", "deposit", "--corpus", "office", *flags, home=home)["hits"]}

    assert found("--type", "txt") == {"규정.txt"} and found("--file", "rules.md", "--file", "규정.txt") == {"rules.md", "규정.txt"}
    assert found("--until", "2026-01-01") == set()
    done = run("search", "deposit", "--corpus", "office", "--since", "soon", home=home, code=1)
    assert done.stderr == "“soon” is not a day; write it like 2026-03-31.\n"


def test_many_queries_in_one_process(home, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text(
        '{"id": "a", "query": "deposit"}\n\n{"question": "배송비는 누가 내나요?"}\n', encoding="utf-8")
    done = run("search", "--queries", queries, "--corpus", "office", home=home)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["hits"][0]["source"] for row in rows] == ["rules.md", "규정.txt"] and rows[0]["id"] == "a"
    queries.write_text("not json\n")
    assert "line 1" in run("search", "--queries", queries, "--corpus", "office", home=home, code=1).stderr


def test_ask(home):
    got = answer("ask", "What is the deposit for a loan machine?", "--corpus", "office", "--lanes", "closed,rag,extract",
                 "--window", 512, "--reply", 24, home=home)
    closed, rag, extract = got["answers"]
    assert [each["lane"] for each in got["answers"]] == ["closed", "rag", "extract"]
    needed = {"lane", "text", "prompt_tokens", "reply_tokens", "first_token_seconds", "seconds", "budget", "hits", "left_out", "flags"}
    assert needed <= set(rag)
    assert rag["budget"]["window"] == 512 and rag["prompt_tokens"] + 24 <= 512 and "$150" in rag["prompt"]
    assert "$150" in extract["text"] and extract["prompt_tokens"] == 0 and closed["hits"] == []


def test_corpora(home, tmp_path):
    assert answer("corpora", "list", home=home) == {"corpora": [{"name": "office", "files": 2, "chunks": 2}]}
    assert [row["state"] for row in answer("corpora", "show", "office", home=home)["files"]] == ["failed", "ready", "ready"]
    (tmp_path / "x.txt").write_text("gone soon")
    run("ingest", tmp_path / "x.txt", "--corpus", "short lived", home=home)
    assert answer("corpora", "delete", "short lived", home=home) == {"deleted": "short lived"}
    assert len(answer("corpora", "list", home=home)["corpora"]) == 1


def test_models(home):
    assert answer("models", "list", home=home)["default"] == "SmolLM2-135M-Instruct"
    card = answer("models", "show", home=home)
    assert card["context_length"] == 8192 and card["chat_template"] is True and card["architecture"] == "llama"
    assert answer("models", "show", card["path"], home=home)["name"] == card["name"]


@pytest.mark.parametrize(("arguments", "says"), [
    (("search", "x", "--corpus", "nope"), "no corpus called “nope”; there is office"),
    (("search", "  ", "--corpus", "office"), "question is empty"),
    (("ask", "x", "--corpus", "nope"), "no corpus called “nope”"),
    (("ask", "", "--corpus", "office"), "question is empty"),
    (("ask", "x", "--corpus", "office", "--lanes", "closed,rga"), "no lane “rga”; use closed, rag, extract"),
    (("ask", "What is it?", "--corpus", "office", "--window", "70", "--reply", "60"), "choose at least"),
    (("ask", "x", "--corpus", "office", "--window", "99999"), "reads at most 8192"),
    (("ask", "x", "--corpus", "office", "--model", "nope"), "no model called “nope”"),
    (("ask", "x", "--corpus", "office", "--model", "/nope/x.gguf"), "no file /nope/x.gguf"),
    (("ask", "--corpus", "office"), "arguments are required: QUESTION"),
    (("ask", "x", "--corpus", "office", "--window", "many"), "invalid int value: 'many'"),
    (("corpora", "show", "nope"), "no corpus called “nope”"),
    (("corpora", "delete"), "no corpus called “”"),
    (("models", "show", __file__), "does not begin with GGUF"),
])
def test_an_error_is_one_line_and_code_1(home, arguments, says):
    done = run(*arguments, home=home, code=1)
    assert says in done.stderr and done.stderr.count("\n") == 1 and done.stdout == ""


@pytest.mark.parametrize(("model", "says"), [("nope", "no model called"), ("remote:nowhere", "names no server"), (__file__, "does not begin with GGUF")])
def test_a_model_that_is_none_is_refused_before_anything_heavy_is_opened(home, tmp_path, monkeypatch, model, says):
    (tmp_path / "sentence_transformers.py").write_text("raise SystemExit('the embedder was opened')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run("ask", "What is the deposit?", "--corpus", "office", "--model", model, home=home, code=1)
    assert says in done.stderr and done.stderr.count("\n") == 1


def test_without_llama_cpp_passages_and_sentences_still_come(home, tmp_path, monkeypatch):
    (tmp_path / "llama_cpp.py").write_text("raise ImportError('no llama here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert answer("search", "deposit", "--corpus", "office", home=home)["hits"]
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "ask", "What is the deposit?", "--corpus", "office", "--lanes", "extract,rag", "--json",
         "--home", str(home)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "$150" in json.loads(done.stdout)["answers"][0]["text"]
    assert "no llama here" in done.stderr and "pip install llama-cpp-python" in done.stderr and done.stderr.count("\n") == 1


def test_a_relative_home_and_another_working_directory(home, tmp_path):
    (tmp_path / "note.txt").write_text("The gate code is 7788.")
    command = [sys.executable, "-m", "workbench"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    for arguments in (["ingest", "note.txt", "--corpus", "notes"], ["models", "show"]):
        done = subprocess.run([*command, *arguments, "--home", "rel"], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "rel" / "models").is_dir() and not (ROOT / "rel").exists()
    assert (tmp_path / "rel").stat().st_mode & 0o077 == 0, "documents are for their owner's eyes"


def test_gradio_is_never_imported(home):
    code = (
        "import sys; from workbench.cli import main; main(['corpora', 'list', '--home', sys.argv[1]]); "
        "heavy = {'gradio', 'torch', 'chromadb', 'llama_cpp', 'sentence_transformers'} & set(sys.modules); assert not heavy, heavy")
    done = subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    code = ("import sys; from workbench.cli import main; main(['search', 'deposit', '--corpus', 'office', '--home', sys.argv[1]]); "
            "assert 'gradio' not in sys.modules and 'llama_cpp' not in sys.modules")
    done = subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_home_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("x")
    assert "cannot be used" in run("corpora", "list", home=tmp_path / "file", code=1).stderr
    home = tmp_path / "home"
    home.mkdir()
    (home / "workbench.db").write_bytes(b"this is no database, " * 300)
    assert "is damaged" in run("corpora", "list", home=home, code=1).stderr
    assert (home / "workbench.db").read_bytes().startswith(b"this is no database")
