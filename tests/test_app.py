"""The page's wires, pressed through the real client; and the app as a process."""

import re
import threading

import gradio as gr
import pytest
from gradio_client import Client, handle_file

from tests.conftest import ScriptedModel
from workbench.startup import Stage, Startup
from workbench.ui import views
from workbench.ui.page import build_app
from workbench.ui.security import hostname
from workbench.ui.theme import STYLE
from workbench.words import WORDS


@pytest.fixture(scope="module")
def served(samples):
    """The app over the samples, its start-up already over, with a scripted model that can be changed."""
    startup = Startup(samples)
    startup.stage = Stage(documents=True, model=True)
    startup.documents_ready.set()
    startup.model_ready.set()
    scripted = {"model": ScriptedModel()}
    samples_model, samples.model = samples.model, lambda name="": scripted["model"]
    app = build_app(samples, startup)
    _, url, _ = app.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, run_history=False)
    yield Client(url, verbose=False), scripted, startup
    app.close()
    samples.model = samples_model


FORM = {"corpus": "harbor-lane", "model": "SmolLM2-135M-Instruct", "window": 2048, "reply": 64, "top_k": 3,
        "form": "auto", "temperature": 0, "lang": "en"}


def press(client, **values):
    """Ask through the wire; gives the notice and the result as HTML."""
    notice, result, *_ = client.predict(api_name="/ask", **FORM | values)
    return notice or "", result or ""


def test_ask_by_wire_in_both_languages(served):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel("about ten years", "within 38 days of delivery")
    notice, result = press(client, question="How many days do home customers have to send back an unused item?")
    assert not notice
    for expected in ("Best sentence in the documents", "38 days of delivery for a full refund", "about ten years",
                     "within 38 days of delivery", "Model alone", "Model + documents", "reserved for the reply",
                     "What the model was sent", "returns-and-warranty-policy.md", "✓"):
        assert expected in result, expected
    scripted["model"] = ScriptedModel("모름", "6,400원", korean=False)
    notice, result = press(client, question="왕복 배송비는 얼마를 고객이 내나요?", corpus="saebyeok-foods", lang="ko")
    assert "6,400원은 고객이 낸다" in result and "한국어를 읽지 못합니다" in result and "모델만" in result


def test_what_is_left_out_is_listed(served):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel()
    _, result = press(client, question="How many days do home customers have?", window=300, top_k=6)
    assert "Left out" in result and ("no room" in result or "only its best sentences fit" in result)
    assert len(scripted["model"].seen) == 2


@pytest.mark.parametrize(("values", "says"), [
    ({"question": ""}, "question is empty"),
    ({"question": "x", "corpus": "nope"}, "no corpus called “nope”"),
    ({"question": "What is it?", "window": 70, "reply": 60}, "choose at least"),
    ({"question": "What is it?", "reply": 0}, "reply is 0"),
    ({"question": "질문?", "window": 70, "reply": 60, "lang": "ko"}, "이상으로 하거나"),
])
def test_bad_input_is_one_sentence_on_the_page(served, values, says):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel()
    notice, _ = press(client, **values)
    assert says in notice and "wb-notice" in notice and not scripted["model"].seen


def test_a_question_typed_while_loading_is_answered_afterwards(served):
    client, scripted, startup = served
    scripted["model"] = ScriptedModel("one", "two")
    startup.documents_ready.clear()
    threading.Timer(1.5, startup.documents_ready.set).start()
    job = client.submit(api_name="/ask", **FORM | {"question": "What is the anchor day?"})
    final = job.result(timeout=60)
    assert "two" in final[1] and any("Waiting until" in (step[0] or "") for step in job.outputs())


def test_upload_by_wire(served, samples, tmp_path):
    from workbench.ingest import delete_corpus

    client, *_ = served
    (tmp_path / "<img src=x onerror=alert(1)>.txt").write_text("The gate code is 7788.")
    (tmp_path / "bad.pdf").write_bytes(b"nope")
    files = [handle_file(str(path)) for path in tmp_path.iterdir()]
    progress, table, *_ = client.predict(corpus="wire", files=files, lang="en", api_name="/ingest")
    assert "bad.pdf: the file is damaged" in table and "1 file, 1 passage" in table and "<img" not in table
    progress, *_ = client.predict(corpus="a/b", files=files, lang="en", api_name="/ingest")
    assert "cannot name a corpus" in progress
    delete_corpus(samples, "wire")


def test_nothing_from_outside_becomes_markup(served, samples, tmp_path):
    from workbench.ingest import delete_corpus, ingest

    client, scripted, _ = served
    evil = "<script>alert(1)</script>"
    (tmp_path / "evil.txt").write_text(f"The vault {evil} opens at nine.")
    for _ in ingest(samples, [tmp_path / "evil.txt"], "evil"):
        pass
    scripted["model"] = ScriptedModel(evil, evil)
    _, result = press(client, question=f"When does the vault open? {evil}", corpus="evil")
    assert "<script" not in result and "&lt;script&gt;" in result
    delete_corpus(samples, "evil")


def test_building_the_page_warns_of_nothing(samples):
    """A wire with the wrong number of inputs is only a warning of Gradio's: here it is an error (pyproject.toml)."""
    app = build_app(samples, Startup(samples))
    assert isinstance(app, gr.Blocks)


def test_relabeling_says_everything_in_korean(samples):
    startup = Startup(samples)
    app = build_app(samples, startup)
    wire = next(each for each in app.fns.values() if each.fn and each.fn.__name__ == "relabel")
    words = {english: korean for english, korean in WORDS.values()}
    said = wire.fn("ko", *(block.value for block in wire.inputs[1:]))
    for component, update in said.items():
        for name in ("label", "value", "placeholder", "info"):
            given = update if isinstance(update, dict) else getattr(update, "constructor_args", {"value": update})
            text = given.get(name)
            assert not (isinstance(text, str) and text in words and words[text] != text), (component, text)


def test_without_llama_cpp_one_line_says_how_to_mend_it(bench, tmp_path, monkeypatch):
    (tmp_path / "llama_cpp.py").write_text("raise ImportError('no llama here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    startup = Startup(bench)
    startup.load_model()
    assert startup.model_ready.is_set() and startup.stage.problem
    line = views.status("en", startup.stage)
    assert "no llama here" in line and "pip install llama-cpp-python" in line
    assert "best sentences" in line


def test_stages_in_words():
    assert "3 of 36" in views.status("en", Stage(done=3, total=36, name="a.txt"))
    assert "36개 가운데 3개" in views.status("ko", Stage(done=3, total=36, name="a.txt"))
    assert views.status("en", Stage(documents=True, model=True)) == ""


@pytest.mark.parametrize(("value", "host"), [
    ("127.0.0.1:7860", "127.0.0.1"), ("http://localhost:1", "localhost"), ("[::1]:80", "::1"), ("null", "null"),
    ("https://evil.example", "evil.example"), ("", ""), ("http://[bad", "")])
def test_hostname(value, host):
    assert hostname(value) == host


def test_a_filter_admits_only_what_it_says(served):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel()
    question = "How many days do home customers have to send back an unused item?"
    _, result = press(client, question=question, files=["expenses-and-travel.md"], kinds=[], since="", until="")
    assert "expenses-and-travel.md" in result and "returns-and-warranty-policy.md" not in result
    notice, _ = press(client, question=question, since="last week")
    assert "last week" in notice and "2026-03-31" in notice
    _, result = press(client, question=question, since="2031-01-01")
    assert "holds no text" in result or "no passages" in result


def test_two_models_stand_side_by_side(served, model_file):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel("one alone", "one with", "two alone", "two with")
    _, result = press(client, question="What is the anchor day?", second=str(model_file))
    for said in ("one alone", "one with", "two alone", "two with", "SmolLM2-135M-Instruct.Q8_0", "SmolLM2-135M-Instruct"):
        assert said in result, said
    assert result.count('<article class="wb-card') == 4 and result.count('class="wb-window"') == 2


def test_a_question_about_the_whole_set_is_counted(served):
    client, scripted, _ = served
    scripted["model"] = ScriptedModel()
    _, result = press(client, question="List all mails that mention the boiler.")
    assert "All of the documents, read through" in result and "Looked for:" in result and "boiler" in result
    assert "Counted in all of the documents:" in scripted["model"].seen[1].text


def test_a_known_answer_says_where_it_was_lost(served):
    client, scripted, _ = served
    question = "How many days of paid leave do full-time staff have?"
    scripted["model"] = ScriptedModel("12", "27 days")
    _, result = press(client, question=question)
    assert "Contradicts the known answer." in result and "Matches the known answer." in result
    scripted["model"] = ScriptedModel("12", "see the handbook")
    assert "Lost in the model" in press(client, question=question)[1]


def test_every_comparison_is_kept(served, samples):
    from workbench import history

    client, scripted, _ = served
    scripted["model"] = ScriptedModel("alone", "kept and found")
    press(client, question="Who keeps the anchor day list?")
    (entry, *_) = history.find(samples, "kept found anchor")
    assert entry.question == "Who keeps the anchor day list?" and entry.answers[2].text == "kept and found"


def test_what_an_answer_waits_for_is_said():
    from workbench.nouns import Answer, Recipe, Wait

    def shown(lang, wait):
        return views.card(lang, Answer("q?", Recipe("closed"), wait=wait))

    assert "2 ahead of you" in shown("en", Wait(ahead=2)) and "앞에 2명" in shown("ko", Wait(ahead=2))
    assert "about 4 s left" in shown("en", Wait(0, 512, 1024, 4.2)) and "<progress" in shown("ko", Wait(0, 512, 1024, 4.2))


def test_gradio_does_not_cut_the_style_in_two():
    """It puts its own classes before every part of a selector, and takes a comma between brackets for the end of one: what is
    meant to hide an empty place would hide a full one."""
    rules = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    selectors = [each for each in re.findall(r"([^{}]+)\{", rules) if not each.strip().startswith("@")]
    assert len(selectors) > 100 and not [each for each in selectors if re.search(r"\([^)]*,", each)]
