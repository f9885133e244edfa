"""Models on servers: llama-cpp-python's own server, and one that misbehaves. Each trouble is one sentence, and the model on
this computer goes on."""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import t5
from tests.command import workbench
from tests.openai_server import GOOD, KEY, WINDOW, chunk, told, usage
from workbench import summarize
from workbench.ask import ask
from workbench.bench import Bench, Settings
from workbench.cli.output import answer_json
from workbench.errors import NoSuchModel, RemoteFailed, WindowTooSmall
from workbench.measure.plan import plan
from workbench.measure.setup import Order, setup
from workbench.models import catalogue, server
from workbench.models.addresses import Address, leaves, parsed
from workbench.models.remote import Remote
from workbench.models.worker import Piece, Worker
from workbench.nouns import Answer, Entry, Message, Prompt, Recipe
from workbench.nouns.summary import Brief
from workbench.trial import trial
from workbench.ui import model_views, report, summary_views, views

ROOT = Path(__file__).parents[1]
COUNTING = Prompt(text="1 2 3 4 5 6 7 8 9 10 11 12 13")
CHAT = Prompt(messages=(Message("system", "Answer briefly."), Message("user", "회의는 언제인가요? When is it?")))
QUESTION = "How many days do home customers have to send back an unused item?"


def opened(address: str, model: str = "") -> Remote:
    name = f"remote:{address}#{model}"
    return Remote(name, parsed(name))


def said(items) -> str:
    return "".join(item.text for item in items if isinstance(item, Piece))


def replies(remote: Remote, prompt: Prompt = CHAT, **options):
    return list(remote.stream(prompt, **({"window": 2048, "limit": 20} | options)))


@pytest.fixture
def bench(tmp_path):
    """An empty one, in which nothing is searched."""
    fresh = Bench(Settings(tmp_path / "home"))
    yield fresh
    fresh.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Attempts follow each other at once."""
    monkeypatch.setattr(server, "BACK_OFF", 0.01)


# llama-cpp-python's own server


@pytest.fixture(scope="module")
def llama_server(model_file):
    """Its address, as a name of a model, with the key in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.openai_server", str(model_file), str(port)], cwd=ROOT)
    try:
        for _ in range(600):
            try:
                httpx.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False)
                break
            except httpx.TransportError:
                assert process.poll() is None
                time.sleep(0.1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(f"WORKBENCH_KEY_127_0_0_1_{port}", KEY)
            yield f"remote:http://127.0.0.1:{port}/v1#small"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def real(llama_server):
    remote = Remote(llama_server, parsed(llama_server))
    yield remote
    remote.close()


def test_it_writes_what_the_same_model_writes_here(real, worker):
    here = list(worker.stream(COUNTING, window=256, limit=6))
    there = list(real.stream(COUNTING, window=256, limit=6))
    assert said(there) == said(here) and said(there).split()[:2] == ["14", "15"]
    assert there[-1].why == "length" and there[-1].timing.prompt_tokens == here[-1].timing.prompt_tokens
    assert there[-1].timing.reply_tokens == 6 and 0 < there[-1].timing.first_token_seconds <= there[-1].timing.seconds
    for one, other in zip(here, there[:-1], strict=False):
        assert other.logprob == pytest.approx(one.logprob, abs=0.5)


def test_its_counts_are_those_of_the_model_or_bounds_above_them(real, worker):
    texts = [COUNTING, Prompt(text="왕복 배송비는 6,400원입니다."), Prompt(text="a\n\n\nb  c")]
    assert real.count(texts) == worker.count(texts)
    assert real.card.bound and real.card.characters_per_token == worker.card.characters_per_token
    bound, exact = real.count([CHAT])[0], worker.count([CHAT])[0]
    assert exact <= bound <= exact + 60


def test_it_does_not_score_with_the_figures_of_other_words(real):
    """For a model without a start token it gives every token the figures of the next."""
    for prompt in (Prompt(text="The capital of France is"), CHAT):
        with pytest.raises(RemoteFailed, match="how likely given words are"):
            real.score(prompt, [" Paris"], window=256)


def test_both_lanes_and_a_measurement_come_to_their_end(samples, llama_server, real):
    """Its server breaks off an answer as soon as another request comes: so they take turns."""
    for form, question, lanes in (("completion", QUESTION, ("closed", "rag")), ("chat", "배송비는 얼마인가요?", ("closed",))):
        recipes = [Recipe(lane=lane, corpus="harbor-lane", model=llama_server, window=WINDOW, reply=6, form=form) for lane in lanes]
        for answer in ask(samples, question, recipes):
            assert answer.error is None and (answer.text or "empty" in answer.flags) and answer.budget.free >= 0 and answer.budget.bound
            assert answer.confidence.probability is not None or not answer.text
            assert answer.timing.prompt_tokens <= answer.budget.prompt, "a bound is one"
    some = [COUNTING, Prompt(text="2 4 6 8 10 12 14")]
    done = dict(real.complete(some, window=256, limit=4))
    assert [done[place].text.split()[0] for place in (0, 1)] == ["14", "16"]
    assert all(each.logprobs for each in done.values())


def test_it_is_stopped_and_answers_the_next(real):
    reply = real.stream(Prompt(text="Once upon a time"), window=WINDOW, limit=400)
    items = iter(reply)
    next(items)
    began = time.monotonic()
    reply.stop()
    *_, end = items
    assert end.why == "stopped" and time.monotonic() - began < 1
    assert said(replies(real, COUNTING, window=256, limit=8)).split()[0] == "14"


def test_a_wrong_key_is_told_without_it(llama_server, monkeypatch):
    address = parsed(llama_server)
    for key in ("sk-wrong", "", "열쇠"):
        monkeypatch.setenv(address.variable, key)
        with pytest.raises(RemoteFailed, match=f"{address.variable}") as caught:
            Remote(llama_server, address)
        assert "wrong" not in str(caught.value).replace("wrong key", "") and "sk-" not in str(caught.value)


def test_models_show_and_ask_on_the_command_line(llama_server, samples, tmp_path):
    def run(*arguments):
        return workbench(*arguments, "--home", tmp_path / "home", "--json")

    card = json.loads(run("models", "show", llama_server).stdout)
    assert card["kind"] == "server on this computer" and card["name"] == "small" and KEY not in str(card)
    assert "wants a key" in subprocess.run(
        [sys.executable, "-m", "workbench", "models", "show", llama_server, "--home", str(tmp_path / "home")], cwd=ROOT, text=True,
        capture_output=True, env={name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_KEY")}).stderr


# one that does as it is told


def test_a_chat_is_streamed_with_its_figures():
    with told() as state:
        remote = opened(state.address)
        assert remote.card.name == "large" and remote.card.server == parsed(f"remote:{state.address}").host
        *pieces, end = replies(remote, limit=20, temperature=0.7, seed=5)
        assert said(pieces) == "within 38 days" and [each.logprob for each in pieces] == [-0.1, -0.2]
        assert end.why == "end" and (end.timing.prompt_tokens, end.timing.reply_tokens) == (40, 2)
        sent = state.asked("chat/completions")[-1]
        assert sent["messages"][1] == {"role": "user", "content": CHAT.messages[1].content}
        assert (sent["max_tokens"], sent["temperature"], sent["seed"], sent["model"]) == (20, 0.7, 5, "large")


TROUBLE = {
    "stalls": ([chunk("with"), 3.0, chunk("in")], "said nothing for 0 seconds"),
    "only keeps the line open": ([chunk("with"), *[0.1, b": ping\n\n"] * 30], "said nothing for 0 seconds"),
    "does not begin": ([3.0, *GOOD], "said nothing for 0 seconds"),
    "cuts off": ([chunk("with")], "broke off in the middle"),
    "ends without an end": ([chunk("with"), b"data: [DONE]\n\n"], "broke off in the middle"),
    "garbage": ([chunk("with"), b'data: {"choices": [{"del\n\n'], "that no OpenAI-compatible server would .*choices"),
    "no object": ([b"data: 17\n\n"], "that no OpenAI-compatible server would .*17"),
    "an error in the middle": ([chunk("with"), {"error": {"message": "out of memory"}}], "refuses .*out of memory"),
    "refuses": (404, r"refuses \(HTTP 404\): “told to say 404"),
    "refuses the key": (401, "WORKBENCH_KEY_127_0_0_1_"),
    "busy for ever": (503, r"after 4 attempts \(HTTP 503"),
    "too many requests": (429, r"after 4 attempts \(HTTP 429"),
    "moves": (307, "points to another address"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_each_trouble_is_one_sentence_and_the_model_here_answers(worker, monkeypatch, trouble):
    answers, says = TROUBLE[trouble]
    monkeypatch.setattr(server, "SILENCE", 0.4)
    with told(answers=[answers], headers={"location": "http://192.0.2.1/v1"}) as state:
        monkeypatch.setenv(parsed(f"remote:{state.address}").variable, KEY)
        began = time.monotonic()
        with pytest.raises(RemoteFailed, match=says) as caught:
            replies(opened(state.address))
        assert time.monotonic() - began < 20
        for lang in ("en", "ko"):
            sentence = caught.value.tell(lang)
            assert "\n" not in sentence and KEY not in sentence, "not even where the server says it back"
    assert said(worker.stream(COUNTING, window=256, limit=8)).split()[0] == "14"


@pytest.mark.parametrize(("models", "says"), [
    (b"<html>It works!</html>", "It works!"), ([1, 2], "1, 2"), ({"data": []}, "has no model"), ({"object": "list"}, "has no model"),
    (b'{"data": [{"id": "small"}]' + b" " * 99, "no OpenAI-compatible"),
])
def test_what_is_no_such_server(models, says):
    with told(models=models) as state, pytest.raises(RemoteFailed, match=says):
        opened(state.address)


def test_a_model_that_is_not_there_is_told_with_those_that_are():
    with told(models={"data": [{"id": "가온"}, {"id": "b"}]}) as state:
        with pytest.raises(RemoteFailed, match="no model “c”; it has 가온, b"):
            opened(state.address, "c")
        assert opened(state.address, "b").card.name == "b"


def test_nobody_is_there():
    with told() as state:
        pass
    with pytest.raises(RemoteFailed, match="does not answer"):
        opened(state.address)


def test_a_busy_server_is_asked_again_and_as_late_as_it_says(monkeypatch):
    pauses = []
    with told(answers=[503, 429, GOOD], headers={"retry-after": "1"}) as state:
        remote = opened(state.address)
        remote.count([CHAT])
        state.answers[:] = [503, 429, GOOD]
        monkeypatch.setattr(threading.Event, "wait", lambda self, timeout=None: pauses.append(timeout))
        assert said(replies(remote)) == "within 38 days"
    assert [pause for pause in pauses if pause == 1.0] == [1.0, 1.0]
    assert len([body for body in state.asked("chat/completions") if body.get("stream")]) == 3


def test_a_redirect_is_not_followed_nor_a_proxy_used(monkeypatch):
    with told() as other, told(answers=[302], headers={"location": other.address}) as state:
        for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, other.address.removesuffix("/v1"))
        for variable in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(variable, raising=False)
        remote = opened(state.address)
        with pytest.raises(RemoteFailed, match=f"another address, {other.address}"):
            replies(remote)
        assert not other.seen


def test_one_that_does_not_stop_is_stopped_and_its_line_closed():
    with told(answers=[[part for number in range(4000) for part in (chunk(f"{number} "), 0.001)]]) as state:
        *pieces, end = replies(opened(state.address), limit=10)
        assert end.why == "length" and len(pieces) <= 12
        assert state.gone.wait(10)


def test_a_stop_is_heard_while_the_server_is_silent():
    with told(answers=[[chunk("with"), 2.0, chunk("in")]]) as state:
        reply = opened(state.address).stream(CHAT, window=2048, limit=20)
        items = iter(reply)
        assert next(items).text == "with"
        began = time.monotonic()
        reply.stop()
        assert [item.why for item in items] == ["stopped"] and time.monotonic() - began < 1


def test_what_a_server_does_not_know_is_left_out():
    refusals = [{"status": 400, "error": {"message": f"{word} is not supported with this model"}} for word in ("logprobs", "stream_options")]
    refusals.append({"status": 400, "error": {"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}})
    plain = [chunk("예"), chunk("", finish="stop"), b"data: [DONE]\n\n"]
    with told() as state:
        remote = opened(state.address)
        remote.count([CHAT])
        state.answers[:] = [*refusals, plain]
        *pieces, end = replies(remote)
        assert said(pieces) == "예" and pieces[0].logprob is None
        assert (end.timing.prompt_tokens, end.timing.reply_tokens) == (0, 0), "nobody said them, so nobody says them"
        last = state.asked("chat/completions")[-1]
        assert "logprobs" not in last and "stream_options" not in last and last["max_completion_tokens"] == 20
        asked = len(state.seen)
        replies(remote)
        assert len(state.seen) == asked + 1, "learned once"


def test_choices_are_scored_by_the_tokens_that_are_theirs():
    """Three spell one syllable; the first token of the choice begins with the last letter of the prompt; the last token was added."""
    tokens = ["The ca", "pu", "l", "", "", "울", "."]
    given = {"tokens": tokens, "token_logprobs": [None, -2.0, -0.5, -0.25, -0.125, -1.0, -3.0], "text_offset": [0, 6, 8, 9, 9, 9, 10]}
    with told(answers=[{"status": 200, "choices": [{"text": "", "logprobs": given}]}]) as state:
        remote = opened(state.address)
        score, = remote.score(Prompt(text="The cap"), ["ul울"], window=64)
        assert (score.logprob, score.tokens) == (-3.875, 5)
        sent = state.asked("/completions")[-1]
        assert sent["prompt"] == "The capul울" and sent["echo"] is True
        with pytest.raises(WindowTooSmall):
            remote.score(Prompt(text="The cap"), ["x" * 64], window=64)
        given["token_logprobs"][4] = None
        with pytest.raises(RemoteFailed, match="how likely given words are"):
            remote.score(Prompt(text="The cap"), ["ul울"], window=64)


@pytest.mark.parametrize("tokenizer", ["vllm", "llama"])
def test_a_server_with_a_tokenizer_counts_the_whole_chat(tokenizer):
    with told(tokenizer=tokenizer, models={"data": [{"id": "large", "max_model_len": 4096, "meta": {"n_params": 10**9}}]}) as state:
        remote = opened(state.address)
        assert not remote.card.bound and remote.card.context_length == 4096 and remote.card.parameters == 10**9
        words = len(f"<system> {CHAT.messages[0].content} <user> {CHAT.messages[1].content}".split())
        assert remote.count([CHAT])[0] == words + (tokenizer == "llama")  # its template ends with the turn to come
        assert remote.render(CHAT).startswith("<system>" if tokenizer == "llama" else "system: ")
        with pytest.raises(WindowTooSmall, match="reads at most 4096"):
            remote.fit(5000)
        with pytest.raises(WindowTooSmall, match="the window holds 20"):
            remote.stream(CHAT, window=20, limit=15)
        assert not state.asked("completions"), "nothing was sent"


def test_a_server_that_counts_nothing_is_sent_no_chat():
    with told(usage=False, answers=[[chunk("예"), chunk("", finish="stop")]]) as state:
        remote = opened(state.address)
        with pytest.raises(RemoteFailed, match="counts no tokens"):
            remote.count([CHAT])
        assert remote.card.bound and remote.card.characters_per_token == {}
        assert not [body for body in state.asked("chat/completions") if body.get("stream")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.text("가각힣ㄱ㈜ﷺ½①…ﬁＡa \n<|>", max_size=80))
def test_no_tokenizer_makes_more_tokens_than_the_bound_says(bounding, worker, flan_worker, text):
    """Bytes for one that spells what it does not know, and for one that first writes ﷺ in its eighteen letters."""
    text = text.encode("utf-8", "ignore").decode().replace("\0", "")
    bound = bounding.size(text)
    for model in (worker, flan_worker):
        assert model.count([Prompt(text=text)])[0] <= bound


@pytest.fixture(scope="module")
def bounding():
    with told() as state:
        yield opened(state.address)


@pytest.fixture(scope="module")
def flan_worker():
    worker = Worker(t5.small("flan").gguf, 1)
    yield worker
    worker.close()


# beside the models of this computer


def test_side_by_side_with_the_model_here_which_answers_whatever_the_server_does(samples):
    with told() as state:
        name = f"remote:{state.address}#large"
        recipes = [Recipe(lane="rag", corpus="harbor-lane", model=model, reply=20) for model in (name, "")]
        large, here = ask(samples, QUESTION, recipes)
        assert large.text == "within 38 days" and large.used is not None and large.budget.bound and not here.budget.bound
        assert large.budget.prompt + large.budget.reserve <= 2048 and here.error is None
        assert "많아야" in views.window("ko", large) and "at most" not in views.window("en", here)
        state.answers[:] = [[chunk("with")]]
        large, here = ask(samples, QUESTION, recipes)
        assert large.error.code == "remote_cut" and here.text and here.error is None
    large, here = ask(samples, QUESTION, recipes)
    assert isinstance(large.error.code, str) and here.text and here.error is None
    samples.workers.pop(name).close()


SECRET = "Gannet-4711"
MAIL = f"The invoice {SECRET} is wrong. Please send a corrected one by Friday. " * 20


@pytest.mark.parametrize("tokenizer", ["vllm", "llama", ""])
def test_a_plan_sends_no_text_away_before_the_start(samples, monkeypatch, tokenizer):
    """A server beyond this computer hears nothing of what is to be summarized or measured until somebody starts it; then the
    plan is counted anew."""
    with told(answers=[[chunk("The invoice is wrong.", -0.1), *GOOD[2:]]], tokenizer=tokenizer) as state:
        name = f"remote:{state.address}#large"
        monkeypatch.setattr(Address, "leaves", property(lambda self: True))
        for variable, value in (("WORKBENCH_REMOTE", name), ("NO_PROXY", "127.0.0.1")):
            monkeypatch.setenv(variable, value)
        brief = Brief(model=name, window=512, lang="en")
        planned = summarize.plan(samples, summarize.from_text(samples, MAIL), brief)
        assert planned.estimated and planned.total_calls and 0 < planned.largest + planned.largest_reply <= planned.brief.window == 512
        assert "estimates" in summary_views.plan("en", planned) and "어림값" in summary_views.plan("ko", planned)
        made = setup(samples, Order(corpus="harbor-lane", lanes=("closed", "rag"), models=(name,), windows=(512,), limit=2))
        assert plan(samples, made).total > 2
        heard = json.dumps([body for _, body, _ in state.seen])
        assert SECRET not in heard and not any(json.dumps(each.text)[1:-1] in heard for each in made.questions)
        *_, last = summarize.summarize(samples, planned)
        assert SECRET in json.dumps([body for _, body, _ in state.seen])
        assert not last.summary.plan.estimated and last.summary.plan.largest + last.summary.plan.largest_reply <= 512
        samples.workers.pop(name).close()


def test_an_estimate_is_near_the_count(worker):
    with told(tokenizer="vllm") as state:
        remote = Remote("large", parsed(f"remote:{state.address}#large"))
        remote.card = replace(remote.card, characters_per_token=worker.card.characters_per_token)
        for text in (MAIL, "왕복 배송비는 6,400원이며 고객이 낸다. " * 20, ""):
            estimate, = remote.unsent().count([Prompt(text=text)])
            exact, = worker.count([Prompt(text=text)])
            assert estimate == pytest.approx(exact, rel=0.2, abs=3)
        remote.close()


def test_the_models_tab_asks_no_server_and_says_where_it_is(monkeypatch):
    near, far = "remote:http://127.0.0.1:8080/v1#small", "remote:https://api.example.com/v1#large"
    for lang, here, away in (("en", "a server on this computer", "leaves this computer"), ("ko", "이 컴퓨터의 서버", "이 컴퓨터를 떠남")):
        listed = model_views.listing(lang, [(near, None, None, None, ""), (far, None, None, None, "")], 2048, near)
        assert listed.count(here) == 1 and listed.count(away) == 1
        assert "api.example.com" in model_views.served(lang, far, None, None) and away in model_views.served(lang, far, None, None)
        assert "wb-leaves" in model_views.served(lang, far, None, None) and "wb-leaves" not in model_views.served(lang, near, None, None)


def test_its_pace_is_measured_and_kept_and_its_key_is_not(bench, monkeypatch):
    slow = [part for number in range(12) for part in (0.01, chunk(f"{number} ", -0.5))]
    with told(answers=[[*slow, chunk("", finish="length"), usage(400, 12), b"data: [DONE]\n\n"]]) as state:
        name = f"remote:{state.address}"
        monkeypatch.setenv(parsed(name).variable, KEY)
        *_, (_, _, measured) = trial(bench, name)
        assert measured.reading > 0 and measured.writing > 0
        assert bench.known(name)[1] == measured and bench.card(name).name == "large"
        assert {headers.get("authorization") for _, _, headers in state.seen} | {headers.get("Authorization") for _, _, headers in state.seen} >= {f"Bearer {KEY}"}
        kept = b"".join(path.read_bytes() for path in bench.settings.home.rglob("*") if path.is_file())
        assert KEY.encode() not in kept and KEY not in repr(bench.card(name)) + repr(bench.workers[name].__dict__)


def test_a_key_goes_to_its_own_server_and_into_no_log(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    with told() as one, told() as other:
        monkeypatch.setenv(parsed(f"remote:{one.address}").variable, KEY)
        for state in (one, other):
            replies(opened(state.address))
        assert all(KEY in str(headers) for _, _, headers in one.seen) and KEY not in str(other.seen)
    assert KEY not in caplog.text


@pytest.mark.parametrize(("name", "host", "away"), [
    ("remote:http://127.0.0.1:8080/v1#m", "127.0.0.1:8080", False),
    ("remote:http://localhost:11434/v1", "localhost:11434", False),
    ("remote:http://[::1]:80/v1", "[::1]:80", False),
    ("remote:http://127.9.9.9/v1", "127.9.9.9", False),
    ("remote:https://api.example.com/v1#large", "api.example.com", True),
    ("remote:http://192.168.0.7:8000/v1", "192.168.0.7:8000", True),
    ("remote:http://localhost.example.com/v1", "localhost.example.com", True),
    ("remote:http://0.0.0.0:8080/v1", "0.0.0.0:8080", True),
    ("remote:http://127.0.0.1.example.com/v1", "127.0.0.1.example.com", True),
])
def test_what_leaves_this_computer_is_known_by_the_name(name, host, away, monkeypatch):
    address = parsed(name)
    assert address.host == host and address.leaves is away and leaves(name) == (host if away else "")
    assert address.permitted is not away
    label = views.model_label("ko", name, None, None)
    assert ("이 컴퓨터를 떠남" in label) is away and host in label
    if away:
        with pytest.raises(RemoteFailed, match=f"set WORKBENCH_REMOTE={address.base} and start again"):
            Remote(name, address)
        monkeypatch.setenv("WORKBENCH_REMOTE", f"http://other.example.com/v1 {address.base}#another")
        assert parsed(name).permitted and f"remote:{address.base}#another" in catalogue.names(Path("/nowhere"))
        assert not Address(address.base + "/more").permitted


@pytest.mark.parametrize("name", [
    "remote:", "remote:8080", "remote:ftp://host/v1", "remote:http:///v1", "remote:http://user:sk-1@127.0.0.1/v1", "remote:http://a b/v1",
    "remote:http://127.0.0.1:99999999/v1", "remote:http://[::1/v1", "remote:http://127.0.0.1\\@evil.example/v1", "remote:http://호스트/v1",
    "remote:http://127.0.0.1/v1?key=sk-1",
])
def test_what_is_no_address(name, bench):
    with pytest.raises(NoSuchModel, match="names no server") as caught:
        bench.model(name)
    assert "sk-1@" not in str(caught.value) and leaves(name) == ""


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_an_answer_from_elsewhere_is_marked_wherever_it_is_shown(lang):
    away, here = "remote:https://api.example.com/v1#large", "remote:http://127.0.0.1:8080/v1#large"
    answers = tuple(Answer("질문 <b>", Recipe(lane, "office", model=away), text="예", done=True) for lane in ("extract", "closed", "rag"))
    at_home = tuple(replace(each, recipe=replace(each.recipe, model=here)) for each in answers)
    for shown, count in ((answers, 2), (at_home, 0)):
        assert views.comparison(lang, shown).count("wb-leaves") == count
        page = report.page(lang, [Entry(1, 0.0, "질문", "office", shown)], datetime(2026, 1, 1))
        assert page.count('class="wb-leaves"') == count + bool(count)
        assert (("did not leave" in page) or ("나가지 않았습니다" in page)) is not bool(count)
    assert "large @ api.example.com" in views.comparison(lang, answers + at_home)
    assert [answer_json(each)["sent_to"] for each in answers] == ["", "api.example.com", "api.example.com"]
