"""The real bundled model in its process: streams, counts, stops, dies and comes back."""

import itertools
import os
import signal
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from workbench.errors import ModelMissing, ModelStopped, NoSuchModel, WindowTooSmall
from workbench.languages import known
from workbench.models import catalogue
from workbench.models.engine import Engine
from workbench.models.worker import End, Piece, Reading, Waiting, Worker, ask
from workbench.nouns import Message, Prompt

COUNTING = Prompt(text="1 2 3 4 5 6 7 8 9 10 11 12 13")


@pytest.fixture
def own_worker(model_file):
    """A worker of the test's own, to be hurt."""
    worker = Worker(model_file, 2)
    yield worker
    worker.close()
    assert worker.process.popen.poll() is not None


@pytest.fixture(params=[False, True], ids=["shared cells", "cells of their own"])
def either_worker(request, own_worker):
    """A worker of the test's own with either kind of context, whatever the memory."""
    ask(own_worker.process, {"do": "open", "window": 2048, "apart": request.param})
    own_worker.process.window = 2048
    return own_worker


def text(reply) -> str:
    return "".join(item.text for item in reply if isinstance(item, Piece))


def end(reply) -> End:
    *_, last = reply
    return last


def test_the_bundled_file_is_requantized_once(model_file):
    assert model_file.name == "SmolLM2-135M-Instruct.Q8_0.gguf"
    stamp = model_file.stat().st_mtime_ns
    assert catalogue.locate("", model_file.parents[1], 2) == model_file
    assert model_file.stat().st_mtime_ns == stamp
    assert not list(model_file.parent.glob("*.partial"))


def test_card(worker):
    card = worker.card
    assert card.parameters == 134_515_008 and card.context_length == 8192 and card.chat_template
    assert "Q8_0" in card.description and card.license == "apache-2.0"
    assert known(card.characters_per_token["en"]) and not known(card.characters_per_token["ko"])
    assert "<|im_end|>" in card.control_tokens


def test_greedy_replies_repeat_and_counts_are_the_prompt_that_is_sent(worker):
    first = list(worker.stream(COUNTING, window=256, limit=8))
    second = list(worker.stream(COUNTING, window=256, limit=8))
    assert [item for item in first if isinstance(item, Piece)] == [item for item in second if isinstance(item, Piece)]
    assert text(first).split()[:2] == ["14", "15"]
    timing = first[-1].timing
    assert timing.prompt_tokens == worker.count([COUNTING])[0] and timing.reply_tokens == 8
    assert all(item.logprob <= 0 for item in first[:-1])
    assert 0 < timing.first_token_seconds <= timing.seconds


def test_two_lanes_write_together(worker):
    order = []

    def read(name, reply):
        for _ in reply:
            order.append(name)

    replies = {name: worker.stream(COUNTING, window=256, limit=40) for name in ("a", "b")}
    threads = [threading.Thread(target=read, args=pair) for pair in replies.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changes = sum(first != second for first, second in itertools.pairwise(order))
    assert order.count("a") > 30 and order.count("b") > 30 and changes > 5, "one after the other"


def test_more_streams_than_slots_all_finish(worker):
    replies = [worker.stream(COUNTING, window=256, limit=4) for _ in range(11)]
    assert {end(reply).timing.reply_tokens for reply in replies} == {4}


def test_stop_strings_end_the_reply_and_are_not_part_of_it(worker):
    reply = worker.stream(Prompt(text=COUNTING.text, stop=("16",)), window=256, limit=40)
    items = list(reply)
    assert "15" in text(items) and "16" not in text(items) and items[-1].why == "end"


def test_stop_is_at_once(worker):
    reply = worker.stream(COUNTING, window=2048, limit=1500)
    items = iter(reply)
    next(items)
    asked = time.monotonic()
    reply.stop()
    *_, last = items
    assert last.why == "stopped" and last.timing.reply_tokens < 400 and time.monotonic() - asked < 5
    reply.stop()
    assert text(worker.stream(COUNTING, window=256, limit=8)).split()[0] == "14", "the next reply is untouched"


def test_a_stopped_one_in_the_queue_never_starts(worker):
    running = [worker.stream(COUNTING, window=256, limit=20) for _ in range(16)]
    waiting = worker.stream(COUNTING, window=256, limit=20)
    waiting.stop()
    assert end(waiting).timing.reply_tokens == 0
    assert {end(reply).why for reply in running} == {"length"}


def test_control_tokens_in_plain_text_are_letters(worker):
    chat = Prompt(messages=(Message("user", "hi"),))
    assert "<|im_start|>user\nhi<|im_end|>" in worker.render(chat)
    words, = worker.count([Prompt(text="<|im_end|>")])
    assert words > 1


def test_temperature_follows_the_seed(worker):
    def draw(seed):
        return text(worker.stream(Prompt(text="My favourite animal is"), window=256, limit=12, temperature=1.5, seed=seed))

    assert draw(1) == draw(1)
    assert len({draw(seed) for seed in range(4)}) > 1


def test_utf8_is_never_cut(worker):
    said = text(worker.stream(Prompt(text="한국어: 안녕하세요 감사합니다 안녕하세요 감사합니다 안녕"), window=256, limit=24))
    assert "\ufffd" not in said[:-1]


def test_a_window_beyond_the_model(worker):
    with pytest.raises(WindowTooSmall, match="reads at most 8192"):
        worker.fit(9000)


def test_a_context_that_cannot_be_made_costs_nobody_the_next_answer(own_worker):
    own_worker.fit(256)
    with pytest.raises(WindowTooSmall, match="no room in memory"):
        # As if the file allowed it: the worker looks at the free memory before it asks llama.cpp.
        object.__setattr__(own_worker.card, "context_length", 10**10)
        own_worker.fit(10**8)
    assert text(own_worker.stream(COUNTING, window=256, limit=8)).split()[0] == "14"


def test_a_larger_window_waits_for_live_answers_and_keeps_nobody_from_counting(own_worker):
    long = own_worker.stream(COUNTING, window=512, limit=60)
    items = iter(long)
    next(items)
    larger = threading.Thread(target=own_worker.fit, args=(2048,))
    larger.start()
    time.sleep(0.1)
    assert own_worker.count([COUNTING]) and larger.is_alive()
    *_, last = items
    larger.join(30)
    assert last.timing.reply_tokens == 60 and own_worker.process.window == 2048


def test_a_killed_worker_is_one_error_and_comes_back(own_worker):
    reply = own_worker.stream(COUNTING, window=2048, limit=1500)
    items = iter(reply)
    next(items)
    os.kill(own_worker.process.popen.pid, signal.SIGKILL)
    with pytest.raises(ModelStopped, match="SIGKILL"):
        for _ in items:
            pass
    assert text(own_worker.stream(COUNTING, window=256, limit=8)).split()[0] == "14"


@pytest.fixture(scope="module")
def base_model(model_file, tmp_path_factory):
    """The bundled model without its chat template: its key is given another name of the same length."""
    path = tmp_path_factory.mktemp("base") / "base.gguf"
    path.write_bytes(model_file.read_bytes().replace(b"tokenizer.chat_template", b"tokenizer.chat_xxxxxxxx", 1))
    return path


def test_a_file_without_template_is_a_base_model(base_model):
    worker = Worker(base_model, 2)
    assert not worker.card.chat_template
    assert text(worker.stream(COUNTING, window=256, limit=8)).split()[0] == "14"
    worker.close()


def test_what_is_no_model(model_file, tmp_path):
    truncated = tmp_path / "truncated.gguf"
    truncated.write_bytes(model_file.read_bytes()[:50_000_000])
    garbage = tmp_path / "garbage.gguf"
    garbage.write_bytes(b"GGUF" + bytes(range(256)) * 40)
    page = tmp_path / "page.gguf"
    page.write_text("<html>not found</html>")
    absent = tmp_path / "absent.gguf"
    for path, why in ((truncated, "not within the file bounds"), (garbage, "llama.cpp says"),
                      (page, "does not begin with GGUF"), (absent, "no file"), (tmp_path, "no file")):
        with pytest.raises(NoSuchModel, match=why) as caught:
            Worker(path, 2)
        assert str(path) in str(caught.value)


def test_a_crash_while_loading_is_an_error_of_the_model(model_file, tmp_path):
    """llama.cpp aborts on an absurd block count: the process dies, the app does not."""
    data = model_file.read_bytes()
    key = b"llama.block_count"
    place = data.index(key) + len(key) + 4
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(data[:place] + (10**9).to_bytes(4, "little") + data[place + 4 :])
    with pytest.raises((ModelStopped, NoSuchModel)):
        Worker(broken, 2)


def test_llama_cpp_missing(model_file, tmp_path, monkeypatch):
    (tmp_path / "llama_cpp.py").write_text("raise ImportError('no llama here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ModelMissing, match=r"no llama here.*pip install llama-cpp-python"):
        Worker(model_file, 2)


# the scheduler: beginnings that are shared, turns, measurements, scores

HEAD = "The harbor office keeps a list of rules for every boat. " * 12


def prompts(count: int) -> list[Prompt]:
    return [Prompt(text=f"{HEAD}\nRule {number} says: 1 2 3 4 5 6 7 8 9 1{number}") for number in range(count)]


def test_sixteen_at_once_write_together(worker):
    replies = [worker.stream(prompt, window=2048, limit=24, endless=True, user=str(number))
               for number, prompt in enumerate(prompts(16))]
    order: list[int] = []

    def read(number, reply):
        for item in reply:
            if isinstance(item, Piece):
                order.append(number)

    threads = [threading.Thread(target=read, args=pair) for pair in enumerate(replies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last_first = max(order.index(number) for number in range(16))
    first_last = min(len(order) - 1 - order[::-1].index(number) for number in range(16))
    assert last_first < first_last, "somebody ended before another one began"


def test_a_shared_beginning_is_read_once(either_worker):
    """The third prompt of a kind finds its beginning kept: it is read in far fewer steps than the prompt is long."""
    long = Prompt(text=HEAD * 6 + "Say:")
    counts = []
    for ending in (" one", " two", " three", " four"):
        items = list(either_worker.stream(Prompt(text=long.text + ending), window=2048, limit=1))
        counts.append([item.read for item in items if isinstance(item, Reading)])
    assert either_worker.count([long])[0] > 700
    assert counts[0] and counts[1] and not counts[2] and not counts[3], counts


@pytest.mark.parametrize("apart", [False, True])
def test_a_beginning_that_is_only_about_to_be_read_is_not_taken_over(model_file, apart):
    """Sixteen are there before the first step: none may share what that step itself is going to read, or it would go on
    without its beginning, which the reply is copied from."""
    told: list[dict] = []
    engine = Engine(told.append)
    engine.load({"path": str(model_file), "threads": 2, "look": False})
    engine.open({"window": 2048, "apart": apart})
    for number in range(16):
        prompt = asdict(Prompt(text=f"{HEAD}\nNumber {number}. The harbor office keeps a list of"))
        engine.stream({"id": number, "prompt": prompt, "limit": 4, "temperature": 0, "seed": 0, "endless": True})
    steps = 0
    while engine.busy:
        engine.step()
        steps += 1
    said = {number: "".join(each.get("text", "") for each in told if each["id"] == number) for number in range(16)}
    assert set(said.values()) == {" rules for every boat"}, said
    assert steps < 12, "the beginning was read by one of them"


def test_a_kept_beginning_changes_no_answer(either_worker):
    one, two, three = prompts(3)
    fresh = text(either_worker.stream(three, window=2048, limit=12))
    for prompt in (one, two):
        text(either_worker.stream(prompt, window=2048, limit=12))
    assert text(either_worker.stream(three, window=2048, limit=12)) == fresh


def test_a_measurement_whose_replies_end_one_by_one_repeats_to_the_bit(either_worker):
    """Those who are left move together; a move that lost or mixed up cells would spoil what they copy."""
    words = [f" {word}" for word in "keeps a list of rules for every boat".split()]
    lengths = [1 + number * 3 % 7 for number in range(16)]
    some = [Prompt(text=f"{HEAD}\nNumber {number}. The harbor office", stop=(words[length],))
            for number, length in enumerate(lengths)]
    first, second = (dict(either_worker.complete(some, window=2048, limit=16)) for _ in range(2))
    assert [first[place].text for place in range(16)] == ["".join(words[:length]) for length in lengths]
    assert [first[place].logprobs for place in range(16)] == [second[place].logprobs for place in range(16)]


def test_nobody_stalls_while_a_long_prompt_is_read(own_worker):
    writing = iter(own_worker.stream(COUNTING, window=2048, limit=400, endless=True))
    next(writing)
    reading = own_worker.stream(Prompt(text=HEAD * 12), window=2048, limit=1, user="other")
    steps = [item for item in reading if isinstance(item, Reading)]
    assert len(steps) >= 3, "the prompt went in pieces between the other's tokens"
    assert all(after.read - before.read <= 512 for before, after in itertools.pairwise(steps))


def test_the_waiting_are_told_how_many_come_first_and_nobody_takes_two_turns(own_worker):
    own_worker.fit(512)
    greedy = [own_worker.stream(COUNTING, window=512, limit=24, endless=True, user="greedy") for _ in range(20)]
    next(piece for piece in greedy[0] if isinstance(piece, Piece))  # sixteen of them are at it
    patient = own_worker.stream(COUNTING, window=512, limit=4, user="patient")
    ends: list[str] = []

    def read(name, reply):
        items = list(reply)
        ends.append(name)
        return items

    readers = [threading.Thread(target=read, args=("greedy", reply)) for reply in greedy[1:]]
    for reader in readers:
        reader.start()
    items = read("patient", patient)
    for reader in readers:
        reader.join()
    assert Waiting(1) in items
    assert ends.index("patient") <= 16, "waited for those who were admitted, not for all who came first"


def test_a_measurement_gives_the_same_whoever_asks_meanwhile(either_worker):
    some = prompts(18)
    alone = dict(either_worker.complete(some, window=1024, limit=6))
    assert sorted(alone) == list(range(18)) and all(len(each.logprobs) == 6 for each in alone.values())
    done = threading.Event()

    def disturb():
        while not done.is_set():
            text(either_worker.stream(COUNTING, window=1024, limit=5, user="visitor"))

    visitor = threading.Thread(target=disturb)
    visitor.start()
    disturbed = dict(either_worker.complete(some, window=1024, limit=6))
    done.set()
    visitor.join()
    assert [disturbed[number].text for number in range(18)] == [alone[number].text for number in range(18)]
    assert [disturbed[number].logprobs for number in range(18)] == [alone[number].logprobs for number in range(18)]


def test_a_question_comes_between_the_groups_of_a_measurement(own_worker):
    own_worker.fit(1024)
    order: list[str] = []
    many = own_worker.complete(prompts(40), window=1024, limit=8)
    next(many)
    question = own_worker.stream(COUNTING, window=1024, limit=4)

    def ask():
        text(question)
        order.append("question")

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in many:
        order.append("measurement")
    asking.join()
    assert order.index("question") <= 32, order


def test_a_question_is_answered_while_a_measurement_goes_on(own_worker):
    """Where memory is ample the measurement has cells of its own, and a question need not wait for any of its replies."""
    own_worker.fit(1024, apart=True)
    order: list[str] = []
    some = [Prompt(text=f"{number} + 1 2 3 4 5 6 7 8 9 10 11 12 13") for number in range(4)]
    alone = dict(own_worker.complete(some, window=1024, limit=60, apart=True))
    assert {each.why for each in alone.values()} == {"length"}
    question = own_worker.stream(COUNTING, window=1024, limit=60, endless=True)
    items = iter(question)
    next(piece for piece in items if isinstance(piece, Piece))

    def read():
        end(items)
        order.append("question")

    reader = threading.Thread(target=read)
    reader.start()
    beside = {}
    for place, completion in own_worker.complete(some, window=1024, limit=60, apart=True):
        order.append("measurement")
        beside[place] = completion
    reader.join()
    assert order[0] == "question", order
    assert [beside[place].logprobs for place in range(4)] == [alone[place].logprobs for place in range(4)]


def test_the_next_ones_take_the_seats_of_those_who_ended(own_worker):
    """One of the first sixteen writes long: five that come after them end before it, whatever they had to wait for."""
    own_worker.fit(1024, apart=True)
    words = "The harbor office keeps a list of rules for every boat. The harbor office keeps a list of"
    some = [Prompt(text=f"{number}. {words}", stop=() if number == 3 else (" every",)) for number in range(21)]
    first, second = ([*own_worker.complete(some, window=1024, limit=48, apart=True)] for _ in range(2))
    assert [place for place, _ in first][-1] == 3
    assert {each.text for place, each in first if place != 3} == {" rules for"}
    assert [(place, each.text, each.logprobs) for place, each in first] == [(place, each.text, each.logprobs) for place, each in second]


def test_a_measurement_that_memory_has_no_room_for_is_refused(model_file, monkeypatch):
    from workbench.models import decoder

    told: list[dict] = []
    engine = Engine(told.append)
    engine.load({"path": str(model_file), "threads": 2, "look": False})
    engine.open({"window": 256, "apart": True})
    monkeypatch.setattr(decoder, "memory", lambda name: 10 << 20)
    request = {"limit": 4, "temperature": 0, "seed": 0, "endless": False}
    engine.complete({"id": 1, "prompts": [asdict(COUNTING)], **request})
    engine.step()
    assert "MB of memory and 10 MB are free" in next(each["refused"] for each in told if each["id"] == 1)
    engine.stream({"id": 2, "prompt": asdict(COUNTING), **request})
    while engine.busy:
        engine.step()
    assert "".join(each.get("text", "") for each in told if each["id"] == 2).startswith(" 14")


def test_a_measurement_stops_with_its_reader(own_worker):
    many = own_worker.complete(prompts(64), window=1024, limit=32)
    next(many)
    many.close()
    asked = time.monotonic()
    assert text(own_worker.stream(COUNTING, window=1024, limit=8)).split()[0] == "14"
    assert time.monotonic() - asked < 60
    assert list(own_worker.complete([], window=1024, limit=4)) == []


def test_choices_are_scored_by_log_probability(worker):
    prompt = Prompt(text="The capital of France is")
    scores = worker.score(prompt, [" Paris", " Berlin", " a shoe of green glass"], window=512)
    assert scores[0].logprob > scores[1].logprob > scores[2].logprob
    assert [score.tokens for score in scores] == [len_of(worker, prompt, choice) for choice in (
        " Paris", " Berlin", " a shoe of green glass")]


def len_of(worker, prompt: Prompt, choice: str) -> int:
    before, after = worker.count([prompt, Prompt(text=prompt.text + choice)])
    return after - before


def asked_of_capitals(count: int) -> list[tuple[Prompt, list[str]]]:
    """Prompts that begin alike, each with choices of which one continues it; the last prompt begins otherwise."""
    head = "Question: Which planet is known as the red planet?\nAnswer: Mars\n\nQuestion: In what year did the First World War begin?\nAnswer: 1914\n\n"
    cities = [("France", " Paris"), ("Japan", " Tokyo"), ("Italy", " Rome"), ("Russia", " Moscow")]
    some = [(f"{head}Question: {n} What is the capital of {land}?\nAnswer:", city) for n, (land, city) in enumerate(cities * count)]
    return [(Prompt(text=text), [city, " a shoe of green glass", " 7"]) for text, city in some[:count]]


@pytest.mark.parametrize("apart", [True, False])
def test_many_prompts_are_scored_as_each_alone_and_the_same_again_whoever_asks_meanwhile(own_worker, apart):
    asked = asked_of_capitals(6)
    own_worker.fit(512, apart)
    first = dict(own_worker.scores(asked, window=512, apart=apart))
    assert sorted(first) == list(range(6)) and all(each.timing.prompt_tokens > 40 and each.timing.seconds > 0 for each in first.values())
    for place, (prompt, choices) in enumerate(asked):
        found = first[place].choices
        assert max(found, key=lambda each: each.logprob) == found[0], "the capital is likeliest"
        alone = own_worker.score(prompt, choices, window=512)
        assert [each.tokens for each in found] == [each.tokens for each in alone]
        assert [each.logprob for each in found] == pytest.approx([each.logprob for each in alone], abs=1.5)  # near-ties move with the batch
    again = own_worker.scores(asked, window=512, apart=apart)
    told = [next(again)]
    assert text(own_worker.stream(COUNTING, window=512, limit=4)).split()[0] == "14", "a person's question comes between"
    told += list(again)
    assert {place: each.choices for place, each in told} == {place: each.choices for place, each in first.items()}, "to the bit"


def test_a_scoring_ends_with_its_reader_and_at_once(own_worker):
    some = own_worker.scores(asked_of_capitals(200), window=512)
    next(some)
    some.close()
    halt = threading.Event()
    halted = own_worker.scores(asked_of_capitals(200), window=512, halt=halt)
    next(halted)
    halt.set()
    assert len(list(halted)) < 10
    began = time.monotonic()
    assert text(own_worker.stream(COUNTING, window=512, limit=4)).split()[0] == "14" and time.monotonic() - began < 30
    assert list(own_worker.scores([], window=512)) == []
    with pytest.raises(WindowTooSmall):
        list(own_worker.scores([(Prompt(text="word " * 700), [" yes", " no"])], window=512))


def test_the_score_of_what_was_written_is_what_it_was_written_with(worker):
    items = list(worker.stream(COUNTING, window=512, limit=6))
    written = [item for item in items if isinstance(item, Piece)]
    score, = worker.score(COUNTING, ["".join(item.text for item in written)], window=512)
    assert score.tokens == 6
    assert score.logprob == pytest.approx(sum(item.logprob for item in written), abs=0.35)  # near-ties move with the batch


def test_an_idle_worker_uses_no_processor(worker):
    def used() -> float:
        fields = Path(f"/proc/{worker.process.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    text(worker.stream(COUNTING, window=256, limit=8))
    time.sleep(0.5)
    before = used()
    time.sleep(2)
    assert used() - before <= 0.02
