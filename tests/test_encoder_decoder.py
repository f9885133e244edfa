"""Models with an encoder, behind the same worker: the words of Transformers, windows, turns, stops, scores, damage."""

import random
from dataclasses import asdict, replace

import pytest

from benchmarks.models import rise
from tests import t5
from workbench import numbers, summarize
from workbench.ask import ask
from workbench.cli.summarize import plan_lines
from workbench.errors import NoSuchModel, WindowTooSmall
from workbench.languages import known, language
from workbench.measure import journal
from workbench.measure.plan import plan
from workbench.measure.run import begin, measure
from workbench.measure.setup import Order, setup
from workbench.models.engine import Engine
from workbench.models.worker import End, Piece, Worker, rehearse
from workbench.nouns import Measured, Message, Prompt, Recipe
from workbench.nouns.models import Figures
from workbench.nouns.summary import Brief
from workbench.trial import speed
from workbench.ui import model_views, views

LIMIT = 16


@pytest.fixture(scope="session", params=["flan", "random"])
def either(request):
    """Each of the two models, with its worker."""
    small = t5.small(request.param)
    worker = Worker(small.gguf, 1)
    yield small, worker
    worker.close()


@pytest.fixture(scope="session")
def flan():
    """The trained model's worker."""
    worker = Worker(t5.small("flan").gguf, 1)
    yield worker
    worker.close()


def inputs(window: int) -> list[str]:
    """Twenty sources in both languages of a few tokens up to nearly a whole window."""
    draw, everything = random.Random(3), " ".join(t5.text())
    found = []
    for place, (question, _) in enumerate(t5.questions()[:20]):
        length = (20, 60, 200, 500, window)[place % 5]
        start = draw.randrange(len(everything) - length)
        found.append(t5.asked(question, everything[start : start + length]))
    return found


def pieces(items) -> list[str]:
    return [item.text for item in items if isinstance(item, Piece)]


def said(reply) -> str:
    return "".join(pieces(reply)).strip()


def test_twenty_of_twenty_greedy_replies_are_those_of_transformers(either):
    small, worker = either
    same, sizes, distance = 0, [], 0.0
    for source in inputs(worker.card.context_length):
        expected, logprobs = small.greedy(source, LIMIT)
        *written, end = worker.stream(Prompt(text=source), window=worker.card.context_length, limit=LIMIT)
        assert end.timing.prompt_tokens == len(small.ids(source)) == worker.count([Prompt(text=source)])[0]
        same += pieces(written) == expected
        sizes.append(end.timing.prompt_tokens)
        distance = max([distance, *(abs(one.logprob - other) for one, other in zip(written, logprobs, strict=False))])
    assert same == 20, f"{same} of 20"
    assert min(sizes) < 50 and max(sizes) > 300, sizes
    assert distance < 0.05, "the scale of what comes out is Transformers' as well"


def test_the_trained_one_has_learned_its_answers(flan):
    asked = t5.questions()[:10]
    right = sum(said(flan.stream(Prompt(text=t5.asked(question, "")), window=512, limit=LIMIT)) == answer.strip() for question, answer in asked)
    assert right >= 8, "so its words are not near-ties"


def test_a_source_over_the_window_is_refused_and_the_next_one_answered(flan):
    question, _ = t5.questions()[0]
    short, long = Prompt(text=question), Prompt(text=t5.asked(question, " ".join(t5.text())[:4000]))
    before = said(flan.stream(short, window=512, limit=LIMIT))
    assert flan.count([long])[0] > 1000
    for attempt in (
        lambda: list(flan.stream(long, window=512, limit=LIMIT)),
        lambda: list(flan.stream(long, window=5000, limit=LIMIT)),  # its own window is all it has
        lambda: list(flan.complete([short, long], window=512, limit=LIMIT)),
        lambda: flan.score(long, ["yes"], window=512),
        lambda: list(flan.stream(short, window=512, limit=900)),
    ):
        with pytest.raises(WindowTooSmall, match="the window holds 512") as caught:
            attempt()
        assert "512토큰" in caught.value.tell("ko")
        assert said(flan.stream(short, window=512, limit=LIMIT)) == before


def test_the_card_tells_the_kind_and_what_its_tokenizer_knows(flan):
    card = flan.card
    assert card.encoder and card.architecture == "t5" and card.context_length == 512 and not card.chat_template
    assert known(card.characters_per_token["en"]) and known(card.characters_per_token["ko"])
    assert card.window(2048) == 512 and card.window(300) == 300 and card.reserve(96) == 0
    assert "encoder-decoder" in views.model_label("en", "flan", card, None) and "인코더" in views.model_label("ko", "flan", card, None)


def test_letters_that_the_vocabulary_lacks_are_no_language_that_it_knows(tmp_path):
    """Flan-T5 has no Hangul: whole words become one unknown token, which looks like few tokens for many letters."""
    folder = tmp_path / "english"
    folder.mkdir()
    t5.make("random", folder, lines=[line for line in t5.text() if line.isascii()])
    worker = Worker(folder / "model.gguf", 1)
    spelling = worker.card.characters_per_token
    worker.close()
    assert known(spelling["en"]) and not known(spelling["ko"]), spelling


def test_what_was_written_scores_as_it_was_written_and_the_choices_as_in_transformers(either):
    import torch

    small, worker = either
    source = t5.asked(t5.questions()[1][0], t5.text()[5])
    written = [item for item in worker.stream(Prompt(text=source), window=512, limit=LIMIT) if isinstance(item, Piece)]
    choices = ["6,400원", "Wednesday", "within 38 days of delivery", "".join(pieces(written))]
    scores = worker.score(Prompt(text=source), choices, window=512)
    for choice, score in zip(choices, scores, strict=True):
        labels = torch.tensor([small.pieces.encode(choice)])
        with torch.inference_mode():
            logits = small.reference(input_ids=torch.tensor([small.ids(source)]), labels=labels).logits
        expected = logits.log_softmax(-1)[0].gather(1, labels[0][:, None]).sum().item()
        assert score.tokens == labels.shape[1] and score.logprob == pytest.approx(expected, abs=0.05)
    if small.folder.name == "flan":
        assert scores[3].logprob == pytest.approx(sum(item.logprob for item in written), abs=0.01)


def test_users_take_turns_and_nobody_reads_another_ones_source(flan):
    """One source is held at a time: whoever asked much waits for whoever asked little."""
    told: list[dict] = []
    engine = Engine(told.append)
    engine.load({"path": str(t5.small("flan").gguf), "threads": 1, "look": False})
    engine.open({"window": 512})
    asked = [question for question, _ in t5.questions()[:6]]
    for number, question in enumerate(asked):
        request = {"limit": LIMIT, "temperature": 0, "seed": 0, "endless": False, "user": "much" if number < 5 else "little"}
        engine.stream({"id": number, "prompt": asdict(Prompt(text=question)), **request})
    while engine.busy:
        engine.step()
    order = [answer["id"] for answer in told if "end" in answer]
    assert order == [0, 5, 1, 2, 3, 4]
    assert {"id": 5, "ahead": 1} in told and {"id": 4, "ahead": 1} in told
    for number, question in enumerate(asked):
        text = "".join(answer.get("text", "") for answer in told if answer["id"] == number).strip()
        assert text == said(flan.stream(Prompt(text=question), window=512, limit=LIMIT))


def test_a_stop_is_heard_between_two_words(flan):
    first = flan.stream(Prompt(text="왕복 배송비는 얼마인가요?"), window=512, limit=500, endless=True)
    waiting = flan.stream(Prompt(text="anything"), window=512, limit=LIMIT)
    items = iter(first)
    next(items)
    waiting.stop()
    first.stop()
    *_, end = items
    assert isinstance(end, End) and end.why == "stopped" and end.timing.reply_tokens < 450
    assert list(waiting)[-1].timing.reply_tokens == 0
    assert said(flan.stream(Prompt(text=t5.questions()[0][0]), window=512, limit=LIMIT))


def test_a_measurement_comes_out_the_same_whoever_asks_meanwhile(flan):
    some = [Prompt(text=source) for source in inputs(512)]
    alone = dict(flan.complete(some, window=512, limit=8))
    visited = {}
    for index, completion in flan.complete(some, window=512, limit=8):
        visited[index] = completion
        said(flan.stream(Prompt(text="질문"), window=512, limit=2, user="visitor"))
    assert [(each.text, each.logprobs) for _, each in sorted(alone.items())] == [
        (each.text, each.logprobs) for _, each in sorted(visited.items())]
    assert len(alone) == 20


def test_turns_of_a_chat_become_one_text(flan):
    messages = (Message("system", "지시"), Message("user", "Who?"))
    assert flan.render(Prompt(messages=messages)) == "지시\n\nWho?"
    assert flan.count([Prompt(messages=messages)]) == flan.count([Prompt(text="지시\n\nWho?")])


def test_its_pace_is_measured_after_a_short_source_and_after_a_long_one(flan):
    measured = speed(flan)
    assert 0 < measured.short < 50 and 400 < measured.long <= 512
    assert measured.reading > 0 and measured.writing > 0 and measured.writing_short > 0
    for lang, word in (("en", "source"), ("ko", "읽은 글")):
        told = views.trial(lang, "flan.gguf", measured)
        assert word in told and str(measured.short) in told and str(measured.long) in told


@pytest.mark.parametrize(("question", "corpus"), [
    ("How many days do home customers have to send back an unused item?", "harbor-lane"), ("왕복 배송비는 얼마인가요?", "saebyeok-foods")])
def test_it_is_asked_and_compared_as_every_model_is(samples, question, corpus):
    """Both lanes with the packer of every model, beside a decoder that has the larger window it was set to."""
    path = str(t5.small("flan").gguf)
    recipes = [Recipe(lane=lane, corpus=corpus, reply=40, top_k=8, model=path) for lane in ("closed", "rag")]
    closed, rag, other = ask(samples, question, [*recipes, Recipe(lane="closed", model="", reply=40)])
    for answer in (closed, rag):
        budget = answer.budget
        assert answer.error is None and budget.window == 512 and budget.reserve == 0 and budget.beside == 40
        assert budget.prompt == answer.timing.prompt_tokens <= 512 and budget.prompt + budget.free == 512
        assert question in answer.prompt and "Answer:" not in answer.prompt and "답:" not in answer.prompt
    assert rag.passages and rag.left_out, "eight passages have no room in 512 tokens"
    assert all(passage.text in rag.prompt for passage in rag.passages) and not closed.passages
    assert other.budget.window == 2048 and other.budget.reserve == 40
    bar = views.window("ko", rag)
    assert "이 창 밖" in bar and f"512토큰 가운데 {rag.budget.prompt}" in bar and "따로 40토큰" in bar


@pytest.mark.parametrize("corpus", ["harbor-lane", "saebyeok-foods"])
def test_it_summarizes_and_is_measured_as_every_model_is(samples, corpus):
    path = str(t5.small("flan").gguf)
    text = " ".join(document.text for document in samples.store.documents(corpus)[:3])[:3000]
    laid = summarize.plan(samples, summarize.from_text(samples, text), Brief(model=path, length="line"))
    assert laid.why is None and laid.brief.window == 512 and 0 < laid.largest <= 512 < laid.tokens
    *_, last = summarize.summarize(samples, laid)
    assert last.summary.text and all(step.prompt_tokens <= 512 for step in last.summary.steps)
    made = setup(samples, Order(corpus, limit=4, lanes=("closed", "rag"), models=(path,)))
    assert plan(samples, made).seconds > 0
    run = begin(samples, made)
    for _ in measure(samples, run):
        pass
    written = [each for each in journal.read(run).outcomes if each.timing]
    assert {each.recipe for each in written} >= {0, 1} and all(0 < each.timing.prompt_tokens <= 512 for each in written)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_summary_keeps_no_room_for_the_reply_in_the_encoders_window(samples, lang):
    """The decoder has room of its own: whole windows are read, and a text over the window is read as any other."""
    path = str(t5.small("flan").gguf)
    text = " ".join(line for line in t5.text() if language(line) == lang)
    for window, read in ((512, text[:9000]), (128, text[:1500])):
        planned = summarize.plan(samples, summarize.from_text(samples, read), Brief(model=path, lang=lang, window=window))
        assert planned.beside and planned.mode in ("extract", "tree") and planned.reply > 0
        assert window - planned.reply < planned.largest <= window == planned.brief.window
        assert str(planned.largest) in "".join(plan_lines(planned)) and "beside" in "".join(plan_lines(planned))
    *_, last = summarize.summarize(samples, planned)
    assert last.summary.text and all(step.prompt_tokens <= window for step in last.summary.steps)
    assert planned.largest in {step.prompt_tokens for step in last.summary.steps}


def test_a_card_tells_what_its_decoder_costs(samples, either):
    """Of a first-version T5 too, which has one table for all; looked at without its weights."""
    small, worker = either
    card = samples.card(str(small.gguf))
    assert card.encoder and card == replace(worker.card, path=card.path, description=card.description)
    for lang, words in (("en", "looks at the whole source again"), ("ko", "읽은 글 전체를 다시 봅니다")):
        assert words in model_views.card(lang, card)
        shown = model_views.card(lang, card, Measured(1, 20, writing_short=90, short=32, long=500))
        assert "50.0" in shown and "11.1" in shown and "500" in shown and "81" not in shown


def test_what_a_source_costs_is_measured_here_and_told(samples, flan, monkeypatch):
    monkeypatch.setattr(numbers, "RUNS", 2)
    found = numbers.attended(samples, flan, ())
    assert found["token_short"].n == found["token_long"].n == 2 and 0 < found["token_short"].low <= found["token_short"].value
    assert 20 < found["short"] < 60 and 256 < found["long"] <= 512, "so they differ by the source alone"
    _, measured = samples.known(str(flan.path))
    assert (measured.short, measured.long) == (found["short"], found["long"]) and measured.writing_short > 0
    shown = model_views.figures("ko", Figures("t5", 1, 1.0, 1.0, 1, {}, **found))
    assert f"{found['long']}토큰일 때 (ms)" in shown and f"{1000 * found['token_long'].value:.1f}" in shown


def test_what_it_takes_is_known_before_it_is_loaded(either):
    small, _ = either
    told, = rehearse(small.gguf, [512])
    assert told.total == pytest.approx(rise(small.gguf, 512, 1), rel=0.15) and told.together == 1


def test_any_window_is_packed_for_or_refused_in_words(samples):
    path = str(t5.small("flan").gguf)
    question = "How many days do home customers have to send back an unused item?"
    for window in (64, 128, 512, 900):
        try:
            answer, = ask(samples, question, [Recipe(lane="rag", corpus="harbor-lane", window=window, reply=20, model=path)])
        except WindowTooSmall as error:
            assert window < 128 and "choose at least" in str(error)
        else:
            assert answer.error is None and answer.timing.prompt_tokens <= answer.budget.window == min(window, 512)


@pytest.mark.parametrize("harm", ["emptied", "no numbers"])
def test_damaged_weights_are_refused(tmp_path, harm):
    data = t5.small("flan").gguf.read_bytes()
    half = len(data) // 2
    path = tmp_path / "damaged.gguf"
    path.write_bytes(data[:half] + (bytes(half) if harm == "emptied" else b"\xff" * half))
    with pytest.raises(NoSuchModel, match="weights must be damaged"):
        Worker(path, 1)
