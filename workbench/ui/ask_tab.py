"""Ask: one question, the best sentence, and two answers side by side."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from workbench import corpora
from workbench.ask import stream
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.models import catalogue
from workbench.nouns import REPLY, TOP_K, WINDOW, Answer, Lang, Recipe
from workbench.startup import Startup
from workbench.ui import views
from workbench.ui.wiring import QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say

FRAME = 0.08  # seconds between two pictures of a growing answer
SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows, kept so that a click or another language can show it anew."""

    answers: tuple[Answer, ...]
    model: str


def build(page: gr.Blocks, bench: Bench, startup: Startup, language: gr.Radio) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    stops: dict[str, threading.Event] = {}
    shown = gr.State(None)

    with gr.Row():
        with gr.Column(scale=4, min_width=320):
            corpus = corpus_picker(bench, say("en", "ask.corpus"), elem_id="corpus")
            question = gr.Textbox(lines=1, max_lines=4, autofocus=True, elem_id="question", max_length=4000)
            with gr.Row():
                go = gr.Button(variant="primary", elem_id="ask", min_width=120)
                stop = gr.Button(elem_id="stop", min_width=120)
            samples = clickable(elem_id="samples")
            expected = plain(elem_id="expected")
            notice = plain(elem_id="notice")
            result = clickable(elem_id="result")
            source = plain(elem_id="source")
        with gr.Column(scale=1, min_width=250):
            title = gr.Markdown()
            # No limits on the numbers here: `ask.check` refuses in words, Gradio only in English.
            model = gr.Dropdown(allow_custom_value=True, value=bench.settings.model or catalogue.BUNDLED,
                                choices=catalogue.names(bench.settings.home), elem_id="model")
            window = gr.Number(value=WINDOW, precision=0, elem_id="window")
            reply = gr.Number(value=REPLY, precision=0, elem_id="reply")
            top_k = gr.Number(value=TOP_K, precision=0, elem_id="top-k")
            form = gr.Dropdown(value="auto", choices=["auto", "completion", "chat"], elem_id="form")
            temperature = gr.Number(value=0, step=0.1, elem_id="temperature")

    def request(question, corpus, model, window, reply, top_k, form, temperature) -> tuple[str, list[Recipe]]:
        """The form's values as a question and three recipes that differ in the lane alone."""
        common: dict[str, Any] = {
            "corpus": str(corpus or ""), "model": str(model or ""), "window": int(window or 0), "reply": int(reply or 0),
            "top_k": int(top_k or 0), "form": str(form), "temperature": float(temperature or 0)}
        return str(question or ""), [Recipe(lane=lane, **common) for lane in ("extract", "closed", "rag")]

    def answer(question, corpus, model, window, reply, top_k, form, temperature, lang, asker: gr.Request):
        """Stream the comparison. Everything about one question happens in this one generator."""
        if before := stops.get(str(asker.session_hash)):
            before.set()  # a second question of one session ends the first
        halt = stops[str(asker.session_hash)] = threading.Event()
        yield {notice: views.hint(say(lang, "ask.waiting")) if not startup.documents_ready.is_set() else "",
               result: "", source: "", shown: None}
        kept: Shown | None = None
        try:
            while not startup.documents_ready.wait(0.2):
                if halt.is_set():
                    yield {notice: views.hint(say(lang, "flag.stopped"))}
                    return
            asked, recipes = request(question, corpus, model, window, reply, top_k, form, temperature)
            painted = 0.0
            for answers in stream(bench, asked, recipes, halt):
                kept = Shown(answers, model)
                finished = all(each.done for each in answers)
                if finished or time.monotonic() - painted > FRAME:
                    painted = time.monotonic()
                    waiting = "" if startup.model_ready.is_set() or finished else say(lang, "ask.waiting_model")
                    yield {notice: views.hint(waiting) if waiting else "",
                           result: views.comparison(lang, answers, model), shown: kept}
        except WorkbenchError as error:
            if kept:  # what was found stays; the lanes that cannot run say why
                kept = Shown(tuple(each if each.done else replace(each, error=error.remark, done=True)
                                   for each in kept.answers), model)
            yield {notice: views.problem(lang, error.remark), shown: kept,
                   result: views.comparison(lang, kept.answers, model) if kept else ""}
        else:
            yield {notice: "", result: views.comparison(lang, kept.answers, model) if kept else "", shown: kept}
        finally:
            if stops.get(str(asker.session_hash)) is halt:
                del stops[str(asker.session_hash)]

    def stop_it(asker: gr.Request) -> None:
        """Stop this session's answers at the next token."""
        if str(asker.session_hash) in stops:
            stops[str(asker.session_hash)].set()

    def forget(asker: gr.Request) -> None:
        """The tab was closed."""
        if event := stops.pop(str(asker.session_hash), None):
            event.set()

    def tour(corpus: str) -> list:
        """The sample questions to show: those made for showing, else the first ones."""
        questions = corpora.questions(corpus or "")
        return [each for each in questions if "tour" in each.tags][:SAMPLES] or questions[:SAMPLES]

    def show_samples(corpus: str, lang: Lang) -> dict:
        return {samples: views.samples(lang, tour(corpus)), expected: ""}

    def pick(corpus: str, lang: Lang, click: gr.EventData) -> dict:
        """Put a sample question into the box."""
        chosen = next((each for each in corpora.questions(corpus or "") if each.id == click.sample), None)
        return {question: chosen.text if chosen else gr.skip(), expected: views.expected(lang, chosen)}

    def open_source(kept: Shown | None, lang: Lang, click: gr.EventData) -> str:
        """Show a passage in its document."""
        answers = kept.answers if kept else ()
        hits = next((each.hits for each in answers if each.hits), ())
        number = int(click.hit) if str(getattr(click, "hit", "")).isdigit() else -1
        if not 0 <= number < len(hits):
            return ""
        hit = hits[number]
        documents = bench.store.documents(answers[0].recipe.corpus, hit.source)
        document = next((each for each in documents if each.id == hit.chunk.document_id), None)
        if document is None:
            return views.hint(say(lang, "source.gone"))
        best = next((each.best for each in answers if each.best and each.best.hit.chunk.id == hit.chunk.id), None)
        return views.source(lang, document, hit, (best.start, best.end) if best else None)

    fields = {"question": question, "corpus": corpus, "model": model, "window": window, "reply": reply,
              "top_k": top_k, "form": form, "temperature": temperature, "lang": language}
    asking: dict[str, Any] = {"inputs_kwargs": fields, "outputs": [notice, result, source, shown], "concurrency_id": "ask",
              "concurrency_limit": 16, "show_progress": "hidden", "trigger_mode": "once"}
    gr.on([go.click, question.submit], answer, api_name="ask", **asking)
    samples.click(pick, [corpus, language], [question, expected], queue=False, **QUIET).then(
        answer, api_visibility="private", **asking)
    stop.click(stop_it, None, None, queue=False, **QUIET)
    corpus.change(show_samples, [corpus, language], [samples, expected], queue=False, **QUIET)
    into_view = """() => (document.querySelector('#wb-mark strong') || document.getElementById('wb-mark'))
        ?.scrollIntoView({block: 'center', behavior: 'smooth'})"""
    result.click(open_source, [shown, language], source, queue=False, **QUIET).then(None, js=into_view)
    page.unload(forget)

    def relabel(lang: Lang, corpus_name: str, kept: Shown | None) -> dict:
        """Everything the tab says, in a language."""
        return {
            corpus: gr.Dropdown(label=say(lang, "ask.corpus")),
            question: gr.Textbox(label=say(lang, "ask.question"), placeholder=say(lang, "ask.placeholder")),
            go: gr.Button(say(lang, "ask.ask")),
            stop: gr.Button(say(lang, "ask.stop")),
            title: f"**{say(lang, 'settings.title')}**",
            model: gr.Dropdown(label=say(lang, "settings.model")),
            window: gr.Number(label=say(lang, "settings.window")),
            reply: gr.Number(label=say(lang, "settings.reply")),
            top_k: gr.Number(label=say(lang, "settings.top_k")),
            form: gr.Dropdown(label=say(lang, "settings.form"),
                              choices=[(say(lang, f"settings.{each}"), each) for each in ("auto", "completion", "chat")]),
            temperature: gr.Number(label=say(lang, "settings.temperature")),
            samples: views.samples(lang, tour(corpus_name)),
            expected: "",
            result: views.comparison(lang, kept.answers, kept.model) if kept else views.hint(say(lang, "ask.empty")),
            source: "",
        }

    outputs = [corpus, question, go, stop, title, model, window, reply, top_k, form, temperature,
               samples, expected, result, source]
    return Labels([corpus, shown], outputs, relabel)
