"""Summaries through a small window: planned, never over it, checked, stopped and taken up again; with a model that says what
it is told, and once with the real one."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.threads import PEOPLE, thread, written
from tests.command import workbench
from tests.conftest import ScriptedModel
from workbench import summarize
from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, CannotRead, ModelMissing, WindowTooSmall
from workbench.models.worker import Completion
from workbench.nouns import Measured, Timing
from workbench.nouns.summary import Brief, Summary
from workbench.quantities import quantities, stands
from workbench.summarize.choosing import only_shorter
from workbench.summarize.planning import BESIDE, expected

MAIL = """Hello Ms. Novak,

the delivery of the 24 chairs to Lisbon is delayed until 14 May because the carrier lost one pallet.
We will pay you back the freight of $1,250, and the invoice stays open until the chairs are there.
Could you please tell us by Friday whether the old address in Porto is still right?
The warehouse is closed on Thursday, so nobody will be able to answer your call on that day.
"""
KOREAN = """최 과장님, 부산 납품 의자 24개가 운송사 사정으로 5월 14일까지 늦어집니다.
운임 125,000원은 돌려드리고 청구서는 의자가 도착할 때까지 보류하겠습니다.
예전 주소가 아직 맞는지 금요일까지 알려 주시기 바랍니다.
창고는 목요일에 쉬므로 그날은 전화를 받을 수 없습니다.
"""


class Writer(ScriptedModel):
    """A scripted model that writes many at once. `says` gives the reply to a prompt as it is read."""

    def __init__(self, says=None, **options) -> None:
        super().__init__(**options)
        self.says = says or first_sentence
        self.path = "scripted"
        self.limits: list[int] = []
        self.halt_after = 0  # groups

    def complete(self, prompts, *, window, limit, halt=None, **options):
        for place, prompt in enumerate(prompts):
            if halt is not None and halt.is_set():
                return
            self.seen.append(prompt)
            self.limits.append(limit)
            text = self.render(prompt)
            assert self.count([prompt])[0] + limit <= window
            reply = " ".join(self.says(text).split(" ")[:limit])
            yield place, Completion(reply, (), "end", Timing(len(text.split()), len(reply.split()), 0.01, 0.02))


def read_by(prompt: str) -> str:
    """The text that a completion prompt asks about: the last one in it."""
    return re.split(r"(?m)^(?:Text|Sentence|글|문장): ", prompt)[-1].rpartition("\n")[0]


def first_sentence(prompt: str) -> str:
    return re.split(r"(?<=[.?!]) ", " ".join(read_by(prompt).split()))[0]


@pytest.fixture
def bench(tmp_path):
    """A data folder that nobody else has; nothing is embedded here."""
    bench = Bench(Settings(tmp_path / "home"), searching=False)
    yield bench
    bench.close()


@pytest.fixture
def put(bench, monkeypatch):
    """Put a scripted model into the place of every model of a bench."""

    def into(model: Writer) -> Writer:
        monkeypatch.setattr(bench, "model", lambda name="": model)
        monkeypatch.setattr(bench, "card", lambda name="": model.card)
        monkeypatch.setattr(bench, "known", lambda name="": (model.card, Measured(700, 180)))
        return model

    return into


def read_as_text(count: int, lang: str) -> str:
    """The sentences of a thread as one text."""
    return "\n\n".join(re.findall(r"(?m)^(?!>).*(?:\.|\?)$", thread(count, lang).decode()))


def made(bench, source, brief=None, halt=None) -> Summary:
    *_, last = summarize.summarize(bench, summarize.plan(bench, source, brief or Brief()), halt)
    return last.summary


# --- what it takes is known before ---


def test_a_mail_that_fits_is_read_in_one_call(bench, put):
    model = put(Writer())
    plan = summarize.plan(bench, summarize.from_text(bench, MAIL), Brief())
    assert (plan.mode, plan.calls, plan.lang, plan.kept) == ("whole", (1,), "en", 0) and plan.seconds > 0
    assert plan.largest + plan.reply <= 2048 and not model.seen, "a plan asks nothing"
    summary = made(bench, plan.source)
    assert len(summary.steps) == 1 and summary.steps[0].prompt_tokens == plan.largest
    assert summary.plan.source.read == summary.plan.source.total == 1


def test_the_seconds_told_follow_from_the_calls(bench, put, tmp_path):
    fast, slow = Measured(1000.0, 100.0), Measured(500.0, 50.0)
    put(Writer())
    plans = [summarize.plan(bench, summarize.from_paths(bench, [written(tmp_path / f"{count}.mbox", count, "en")]), Brief(window=512))
             for count in (1, 12, 120)]
    one, few, many = (expected(each, fast) for each in plans)
    (reply,) = {each.reply for each in plans}
    assert one == pytest.approx((plans[0].prompt_tokens + 3 * 24) / 1000 + (reply / 2 + 24 * (1 + 2 * BESIDE)) / 100)
    assert one < few < many < one * plans[2].total_calls, "calls that write together take less than one after another"
    assert all(expected(each, slow) == pytest.approx(2 * expected(each, fast)) for each in plans)
    assert expected(plans[2], fast, plans[2].total_calls) == 0
    alone = replace(plans[2], beside=True)
    assert expected(alone, fast) > many, "an encoder-decoder writes one after another"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_long_thread_is_read_as_a_tree_with_as_many_calls_as_planned(bench, put, tmp_path, lang):
    model = put(Writer())
    source = summarize.from_paths(bench, [written(tmp_path / "thread.mbox", 60, lang)])
    assert (source.read, source.total, source.mails) == (60, 60, True)
    plan = summarize.plan(bench, source, Brief(window=400, length="bullets"))
    assert plan.mode == "tree" and plan.calls[-1] == 1 and len(plan.calls) > 1 and plan.skipped == 0
    assert sorted(place for group in plan.groups for place in group) == list(range(len(plan.source.lines))), "every sentence once"
    *_, last = summarize.summarize(bench, plan)
    steps = last.summary.steps
    assert [sum(step.level == level for step in steps) for level in range(1, len(plan.calls) + 1)] == list(plan.calls)
    assert len(last.summary.points) == 3 and last.summary.text.count("\n- ") == 2
    assert sum(len(step.again) for step in steps) <= plan.again
    for step in steps:
        assert all(steps[below].level == step.level - 1 for below in step.below)
    names = [name for name in PEOPLE[lang] if any(f"{name}: " in model.render(prompt) for prompt in model.seen)]
    assert len(names) > 2, "who wrote a message stands in front of it"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(64, 900), st.integers(1, 40), st.sampled_from(["line", "bullets", "paragraph"]), st.sampled_from(["en", "ko"]),
       st.sampled_from(["", "Who pays the invoice? 누가 지급하나요?"]), st.booleans())
def test_any_window_fits_or_is_refused_before_anything_is_asked(bench, put, window, count, length, lang, question, chat):
    model = put(Writer(chat=chat, says=lambda prompt: "word " * 300))
    source = summarize.from_text(bench, read_as_text(count, lang))
    try:
        plan = summarize.plan(bench, source, Brief(length=length, window=window, question=question))
    except WindowTooSmall as error:
        assert "choose at least" in str(error) and not model.seen
        return
    assert plan.largest + min(plan.reply, plan.part_reply) <= window
    summary = made(bench, source, plan.brief)  # the scripted model asserts that every prompt with its reply fits
    assert max(model.count([prompt])[0] + limit for prompt, limit in zip(model.seen, model.limits, strict=True)) <= window
    assert len(summary.steps) == plan.total_calls and summary.points


def test_a_question_is_answered_from_what_speaks_of_it(bench, put):
    model = put(Writer())
    filler = " ".join(f"The {word} report of the year was read and filed without any remark." for word in ("first", "second", "third") * 40)
    source = summarize.from_text(bench, f"{filler} Dana Whitfield pays the deposit of $400 for the hall. {filler}")
    summary = made(bench, source, Brief(question="Who pays the deposit for the hall?", window=300, length="line"))
    assert summary.plan.mode == "question" and summary.plan.calls == (1,)
    assert "Dana Whitfield" in summary.text and "Who pays the deposit" in model.render(model.seen[0])


# --- what the model says is checked ---


def test_an_invented_number_and_a_name_are_written_anew_once_then_replaced(bench, put):
    put(Writer(lambda prompt: "Ms. Novak gets back $9,999 from Herbert Quandt." if "Summary:" in prompt else "We pay 77 euros to Herbert Quandt."))
    summary = made(bench, summarize.from_text(bench, MAIL))
    assert all(point.by == "extractive" for point in summary.points) and not summary.checks.fails
    replaced = [point for point in summary.points if point.instead]
    assert replaced and {"number", "name"} & set(replaced[0].why)
    assert "9,999" not in summary.text and "Quandt" not in summary.text
    assert summary.steps[0].again, "it was asked again before"


def test_what_is_written_anew_and_right_stays(bench, put):
    def says(prompt: str) -> str:
        return "All of this is a lie." if "Summary:" in prompt else read_by(prompt).replace(" to Lisbon", "")

    put(Writer(says))
    summary = made(bench, summarize.from_text(bench, MAIL))
    shorter = [point for point in summary.points if point.by == "model"]
    assert [point.text for point in shorter] == ["the delivery of the 24 chairs is delayed until 14 May because the carrier lost one pallet."]
    source = summary.plan.source.lines[shorter[0].lines[0]]
    assert "to Lisbon is delayed" in source.text, "and is linked to the sentence it is of"


@pytest.mark.parametrize(("whole", "short", "stays"), [
    ("They still look great, worn in but not worn out, after four years.", "They still look great, worn out, after four years.", False),
    ("The meeting with Mr. Ito is not on Monday but on Tuesday at nine.", "The meeting is on Monday at nine.", False),
    ("Well, I must say that the boiler in building C is broken since Monday.", "The boiler in building C is broken since Monday.", True),
    ("The boiler is broken since Monday.", "The boiler has been out of order since last Monday morning.", False),
    ("회의는 월요일이 아니라 화요일 아홉 시에 합니다.", "회의는 월요일 아홉 시에 합니다.", False),
    ("솔직히 말씀드리면 C동 보일러가 월요일부터 고장입니다.", "C동 보일러가 월요일부터 고장입니다.", True),
])
def test_a_shorter_sentence_only_leaves_out(whole, short, stays):
    assert only_shorter(short, whole, "ko" if "가" <= whole[0] <= "힣" else "en") == stays


@pytest.mark.parametrize(("reply", "flaw"), [
    ("The invoice does not stay open until the chairs are there.", "negation"),
    ("의자는 오월에 도착합니다.", "language"),
    ("The chairs are there. " * 6, "loop"),
    ("", ""),
])
def test_denials_languages_loops_and_silence_do_not_stay(bench, put, reply, flaw):
    put(Writer(lambda prompt: reply if "Summary:" in prompt else ""))
    summary = made(bench, summarize.from_text(bench, MAIL))
    assert len(summary.points) == 4 and not summary.checks.fails
    assert all(point.by == "extractive" for point in summary.points if point.instead) or not flaw
    assert summary.text.count("The chairs are there.") <= 1 and "does not stay" not in summary.text and "도착" not in summary.text


def test_the_extractive_summary_is_always_there_and_shown_places_are_exact(bench, put):
    put(Writer())
    for text in (MAIL, KOREAN):
        summary = made(bench, summarize.from_text(bench, text))
        texts = summary.plan.source.texts
        assert (summary.extract and summary.extractive_checks.recall is None) or summary.extractive_checks.recall >= 0
        for place in [*summary.extractive, *(line for point in summary.points for line in point.lines)]:
            line = summary.plan.source.lines[place]
            assert texts[line.document][line.start : line.end] == line.text


# --- what cannot be done is said ---


def test_a_language_the_model_cannot_read_gives_the_extractive_summary(bench, put):
    model = put(Writer(korean=False))
    plan = summarize.plan(bench, summarize.from_text(bench, KOREAN), Brief())
    assert plan.mode == "extractive" and plan.calls == () and plan.why.code == "summary_language"
    summary = made(bench, plan.source)
    assert not model.seen and not summary.steps and summary.better is None
    assert all(point.by == "extractive" and point.text in KOREAN for point in summary.points)
    put(Writer(korean=True))
    assert summarize.plan(bench, plan.source, Brief()).mode == "whole"


def test_a_text_in_neither_language_is_said_to_be_so_and_read_by_no_model(bench, put):
    model = put(Writer(korean=True))
    text = "Уважаемые коллеги, собрание состоится 5 марта в 14:00. Пожалуйста, подтвердите участие до 3 марта."
    plan = summarize.plan(bench, summarize.from_text(bench, text), Brief(lang="en"))
    assert plan.mode == "extractive" and plan.calls == () and plan.why.code == "summary_script"
    assert all(point.text in text for point in made(bench, plan.source).points)
    assert not model.seen


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_thread_in_one_mail_is_read_message_by_message(bench, put, tmp_path, lang):
    put(Writer(korean=True))
    said = {"en": "Room {} costs {} euros for the workshop.", "ko": "회의실 {}의 대관료는 {}원입니다."}[lang]
    text = ""
    for number in range(1, 21):
        introduced = f"On Mon, 3 Mar 2025 at 8:{number:02}, Person{number - 1} <p@example.com> wrote:\n" if text else ""
        quoted = "".join(f"> {line}\n" for line in text.rstrip("\n").split("\n")) if text else ""
        text = f"{said.format(number, 1000 + number)}\n\n{introduced}{quoted}"
    (tmp_path / "last.eml").write_text(f"Subject: Re: rooms\nFrom: Person20 <p@example.com>\n\n{text}", encoding="utf-8")
    source = summarize.from_paths(bench, [tmp_path / "last.eml"])
    assert (source.read, source.total, len(source.lines), source.left_out) == (20, 20, 20, 0)
    assert [remark.code for remark in source.remarks] == ["messages_quoted"]
    assert [line.text for line in source.lines] == [said.format(number, 1000 + number) for number in range(1, 21)]
    assert sorted(source.speakers.values()) == sorted(f"Person{number}" for number in range(1, 21))


def test_without_a_model_the_sentences_stay(bench, monkeypatch):
    def missing(name: str = ""):
        raise ModelMissing("model_missing", why="no compiler")

    monkeypatch.setattr(bench, "card", missing)
    plan = summarize.plan(bench, summarize.from_text(bench, MAIL), Brief())
    assert plan.mode == "extractive" and "no compiler" in plan.why.facts["why"]
    assert made(bench, plan.source).points


def test_bad_input_is_refused_in_words(bench, put, tmp_path):
    model = put(Writer())
    for bad in ("", " \n\t", "–—…"):
        with pytest.raises(BadRequest):
            summarize.from_text(bench, bad)
    (tmp_path / "no.mbox").write_text("this is no mailbox", encoding="utf-8")
    with pytest.raises(CannotRead, match=r"no\.mbox"):
        summarize.from_paths(bench, [tmp_path / "no.mbox"])
    (tmp_path / "good.txt").write_text(MAIL, encoding="utf-8")
    both = summarize.from_paths(bench, [tmp_path / "no.mbox", tmp_path / "good.txt"])
    assert (both.read, both.total) == (1, 2) and "no.mbox" in both.remarks[0].facts["name"]
    source = summarize.from_text(bench, MAIL)
    for brief in (Brief(window=63), Brief(length="novel"), Brief(question="?!"), Brief(sentences=-1)):
        with pytest.raises(BadRequest):
            summarize.plan(bench, source, brief)
    with pytest.raises(WindowTooSmall):
        summarize.plan(bench, source, Brief(window=100))
    assert not model.seen


@pytest.mark.parametrize("text", ["x" * 60_000, "word " * 30_000, "가나다라 " * 20_000], ids=["a word", "a sentence", "한글"])
def test_one_giant_sentence_is_read_in_pieces(bench, put, text):
    model = put(Writer())
    model.count = lambda prompts: [len(model.render(prompt)) // 4 for prompt in prompts]
    summary = made(bench, summarize.from_text(bench, text), Brief(window=1000))
    assert summary.plan.mode == "tree" and len(summary.plan.source.lines) > 10 and summary.steps
    assert "".join(line.text for line in summary.plan.source.lines).replace(" ", "") == text.replace(" ", "")


def test_a_mailbox_counts_its_messages_and_leaves_attachments_out(bench, put, tmp_path):
    put(Writer())
    box = thread(3).decode()
    attached = ('From a@b.c Mon Mar  2 10:00:00 2026\nFrom: Ana Ruiz <ana@example.com>\nSubject: minutes\nMIME-Version: 1.0\n'
                'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nThe minutes of Monday are attached to this mail.\n'
                '--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="minutes.txt"\n\nThe board agreed to buy the hall.\n--x--\n')
    path = tmp_path / "box.mbox"
    path.write_text(f"{box}\n{attached}\n{attached}", encoding="utf-8")
    source = summarize.from_paths(bench, [path])
    assert (source.read, source.total, source.left_out) == (5, 5, 1), "the same message twice was read twice"
    assert not any("board agreed" in line.text for line in source.lines)
    *_, step = summarize.summarize(bench, summarize.plan(bench, source, Brief(window=512)))
    files = [each for each in step.summary.particulars if each.kind == "attachment"]
    assert [(each.text, each.value, each.line.text) for each in files] == [
        ("attached", "minutes", "The minutes of Monday are attached to this mail.")]
    assert any("board agreed" in line.text for line in summarize.from_paths(bench, [path], attachments=True).lines)


# --- stopped and taken up again ---


def test_a_stopped_summary_goes_on_where_it_was(bench, put, tmp_path):
    source = summarize.from_paths(bench, [written(tmp_path / "thread.mbox", 60)])
    brief = Brief(window=400)
    model = put(Writer())
    undisturbed = made(bench, source, brief)
    folder = bench.settings.home / "summaries"
    assert not list(folder.glob("*")), "a finished summary leaves nothing behind"
    asked = len(model.seen)
    model = put(Writer())
    halt = threading.Event()
    for step in summarize.summarize(bench, summarize.plan(bench, source, brief), halt):
        if step.done:
            halt.set()
    assert step.summary.stopped and all(point.by == "extractive" for point in step.summary.points)
    before = len(model.seen)
    plan = summarize.plan(bench, source, brief)
    assert 0 < plan.kept <= before < asked and plan.seconds < undisturbed.plan.seconds
    *_, last = summarize.summarize(bench, plan)
    assert last.summary.points == undisturbed.points and last.summary.steps == undisturbed.steps
    assert len(model.seen) == asked, "nothing was asked twice"
    assert not list(folder.glob("*"))


KILLED = """
import sys, time
from pathlib import Path
from tests.test_summarize import Writer, first_sentence
from workbench import summarize
from workbench.bench import Bench, Settings
from workbench.nouns import Measured
from workbench.nouns.summary import Brief

bench = Bench(Settings(Path(sys.argv[1])), searching=False)
model = Writer(lambda prompt: (time.sleep(float(sys.argv[3])), first_sentence(prompt))[1])
bench.model = lambda name="": model
bench.card = lambda name="": model.card
bench.known = lambda name="": (model.card, Measured(700, 180))
plan = summarize.plan(bench, summarize.from_paths(bench, [Path(sys.argv[2])]), Brief(window=300))
print(plan.kept, flush=True)
for step in summarize.summarize(bench, plan):
    print(step.done, flush=True)
print(step.summary.text, len(model.seen), flush=True)
"""


def test_a_killed_process_goes_on_where_it_was(tmp_path):
    box = written(tmp_path / "thread.mbox", 100, "ko")

    def started(home: str, delay: float) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / home), str(box), str(delay)], stdout=subprocess.PIPE,
                                text=True, encoding="utf-8", cwd=Path(__file__).parents[1])

    whole = started("undisturbed", 0).communicate(timeout=120)[0].splitlines()
    process = started("killed", 0.02)
    assert process.stdout.readline() == "0\n"
    while int(process.stdout.readline()) == 0:
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    journal, = (tmp_path / "killed" / "summaries").iterdir()
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"key": "half a line')
    again = started("killed", 0).communicate(timeout=120)[0].splitlines()
    assert int(again[0]) > 0, "what was finished is known before it starts"
    assert again[-1].rpartition(" ")[0] == whole[-1].rpartition(" ")[0]
    assert int(again[-1].rpartition(" ")[2]) < int(whole[-1].rpartition(" ")[2])
    assert not list((tmp_path / "killed" / "summaries").iterdir())


def test_unfinished_work_does_not_stay_for_ever(bench, put):
    put(Writer())
    folder = bench.settings.home / "summaries"
    folder.mkdir()
    (folder / "old.jsonl").write_text("{}\n")
    os.utime(folder / "old.jsonl", (time.time() - 9 * 86400,) * 2)
    (folder / "new.jsonl").write_text("{}\n")
    made(bench, summarize.from_text(bench, MAIL))
    assert [path.name for path in folder.iterdir()] == ["new.jsonl"]


# --- concise, as a choice that is measured ---


def test_concise_is_measured_beside_the_usual_wording(bench, put):
    put(Writer())
    *_, last = summarize.both(bench, summarize.from_text(bench, MAIL), Brief(concise=True))
    usual, concise = last.summary.versions
    assert last.summary.plan.brief.concise and len(last.summary.points) == 2
    assert concise.words < usual.words and concise.reply_tokens <= usual.reply_tokens and concise.text == last.summary.text


# --- the real model and the command line ---


def test_the_bundled_model_says_nothing_that_is_not_in_the_mail(samples):
    source = summarize.from_text(samples, MAIL)
    summary = made(samples, source, Brief(window=512, length="bullets"))
    assert summary.plan.mode == "whole" and len(summary.steps) == 1 and len(summary.points) == 3
    assert summary.steps[0].prompt_tokens + summary.plan.reply <= 512
    known = quantities(MAIL)
    assert all(stands(each, known) for each in quantities(summary.text)) and not summary.checks.fails
    korean = made(samples, summarize.from_text(samples, KOREAN))
    assert korean.plan.mode == "extractive" and korean.plan.why.facts["model"]


def test_the_command(tmp_path):
    def run(*arguments, text="", code=0):
        done = workbench("summarize", *arguments, "--home", tmp_path / "home", text=text)
        assert done.returncode == code, done.stderr
        return done

    box = written(tmp_path / "편지.mbox", 12, "ko")
    answer = json.loads(run(box, "--json").stdout)
    assert {"text", "lang", "steps", "window", "read", "total", "checks", "mode"} <= set(answer)
    assert (answer["mode"], answer["lang"], answer["read"], answer["total"], answer["steps"]) == ("extractive", "ko", 12, 12, [])
    assert "does not read the language" in answer["why"] and answer["extractive"]["text"] == answer["text"]
    plan = json.loads(run("--text", "-", "--plan", "--json", "--window", 512, text=MAIL).stdout)
    told = run("--text", "-", "--plan", "--window", 512, text=MAIL).stdout
    assert "1 of 1 document read, 5 sentences" in told and "\n1 call of the model, " in told and not re.search(r"\b1 \w+s\b", told)
    assert plan["calls"] == 1 and plan["seconds"] > 0 and plan["largest_prompt"] + plan["reply"] <= 512
    assert "one thing only" in run(code=1).stderr and "one thing only" in run(box, "--text", "x", code=1).stderr
    assert run("--text", "-", "--window", 100, text=MAIL, code=1).stderr.count("\n") == 1
    (tmp_path / "no.mbox").write_text("no mailbox")
    assert "no.mbox" in run(tmp_path / "no.mbox", code=1).stderr
    said = run("--text", KOREAN).stdout
    assert "[extractive]" in said


def test_documents_of_a_corpus(samples, scripted, monkeypatch):
    model = Writer()
    monkeypatch.setattr(samples, "model", lambda name="": model)
    monkeypatch.setattr(samples, "card", lambda name="": model.card)
    monkeypatch.setattr(samples, "known", lambda name="": (model.card, Measured(700, 180)))
    source = summarize.from_corpus(samples, "saebyeok-foods", [report.name for report in samples.store.files("saebyeok-foods")][:2])
    assert source.read == source.total == 3, "a contract, a reply, and the complaint that stands only in its quotation"
    assert {"변가을", "피은채"} <= set(source.speakers.values()) and "messages_quoted" in [each.code for each in source.remarks]
    assert made(samples, source, replace(Brief(), length="line")).text
    with pytest.raises(BadRequest, match="nothing"):
        summarize.from_corpus(samples, "saebyeok-foods", ["nothing.txt"])
