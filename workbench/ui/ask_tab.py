"""Ask: one question, the best sentence, and its answers side by side."""

import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any, get_args

import gradio as gr

from workbench import corpora, history
from workbench.ask import stream
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.models import catalogue
from workbench.models.addresses import remote
from workbench.models.formats import FORMATS
from workbench.nouns import REPLY, TOP_K, WINDOW, Answer, Form, Lane, Lang, Recipe, Turn
from workbench.search import admitting
from workbench.startup import Startup
from workbench.trial import trial
from workbench.ui import document_views, thumbs, views
from workbench.ui.wiring import QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say

FRAME = 0.08  # seconds between two pictures of a growing answer
SAMPLES = 6


def build(page: gr.Blocks, bench: Bench, startup: Startup, language: gr.Radio) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    stops: dict[str, threading.Event] = {}
    shown = gr.State(())  # the answers on the page, so that a click or another language can show them anew
    turns = gr.State(())
    entry = gr.State(None)  # the number of the shown comparison in the history
    default = bench.settings.model or catalogue.BUNDLED

    with gr.Row():
        with gr.Column(scale=4, min_width=320):
            corpus = corpus_picker(bench, say("en", "ask.corpus"), elem_id="corpus")
            thread = plain(elem_id="turns")
            question = gr.Textbox(lines=1, max_lines=4, autofocus=True, elem_id="question", max_length=4000)
            with gr.Row():
                go = gr.Button(variant="primary", elem_id="ask", min_width=100)
                stop = gr.Button(elem_id="stop", min_width=100)
                new = gr.Button(elem_id="new", min_width=120)
            samples = clickable(elem_id="samples")
            expected = plain(elem_id="expected")
            notice = plain(elem_id="notice")
            result = clickable(elem_id="result")
            judging, _ = thumbs.build(bench, language, entry)
            source = plain(elem_id="source")
        with gr.Column(scale=1, min_width=250):
            title = gr.Markdown()
            # No limits on the numbers here: `ask.check` refuses in words, Gradio only in English.
            model = gr.Dropdown([default], value=default, allow_custom_value=True, elem_id="model")
            second = gr.Dropdown([""], value="", allow_custom_value=True, elem_id="second")
            leaving = plain(elem_id="leaving")
            measure = gr.Button(size="sm", elem_id="measure")
            measured = plain(elem_id="measured")
            window = gr.Number(value=WINDOW, precision=0, elem_id="window")
            reply = gr.Number(value=REPLY, precision=0, elem_id="reply")
            top_k = gr.Number(value=TOP_K, precision=0, elem_id="top-k")
            form = gr.Dropdown(value="auto", choices=list(get_args(Form)), elem_id="form")
            temperature = gr.Number(value=0, step=0.1, elem_id="temperature")
            with gr.Accordion(open=False, elem_id="filter") as only:
                files = gr.Dropdown([], value=[], multiselect=True, allow_custom_value=True, elem_id="filter-files")
                kinds = gr.Dropdown([], value=[], multiselect=True, allow_custom_value=True, elem_id="filter-kinds")
                since = gr.Textbox(value="", max_lines=1, max_length=10, elem_id="since")
                until = gr.Textbox(value="", max_lines=1, max_length=10, elem_id="until")

    def recipes(corpus: str, values: dict[str, Any]) -> list[Recipe]:
        """The form's values as recipes that differ in the lane and the model alone."""
        chosen = [str(values["model"] or default)]
        if values["second"] and values["second"] != chosen[0]:
            chosen.append(str(values["second"]))
        common: dict[str, Any] = {
            "corpus": corpus, "window": int(values["window"] or 0), "reply": int(values["reply"] or 0),
            "top_k": int(values["top_k"] or 0), "form": str(values["form"]), "temperature": float(values["temperature"] or 0),
            "filter": admitting(
                values["files"] or (), values["kinds"] or (), str(values["since"] or ""), str(values["until"] or ""))}
        lanes: list[tuple[Lane, str]] = [("extract", chosen[0])]
        lanes += [(lane, name) for name in chosen for lane in ("closed", "rag")]
        return [Recipe(lane=lane, model=name, **common) for lane, name in lanes]

    def answer(question, corpus, turns_before, lang, asker: gr.Request, **values):
        """Stream the comparison. Everything about one question happens in this one generator."""
        user = str(asker.session_hash)
        if before := stops.get(user):
            before.set()  # a second question of one session ends the first
        halt = stops[user] = threading.Event()
        yield {notice: views.hint(say(lang, "ask.waiting")) if not startup.documents_ready.is_set() else "",
               result: "", source: "", shown: (), entry: None}
        kept: tuple[Answer, ...] = ()
        try:
            while not startup.documents_ready.wait(0.2):
                if halt.is_set():
                    yield {notice: views.hint(say(lang, "flag.stopped"))}
                    return
            painted = 0.0
            wanted = recipes(str(corpus or ""), values)
            for answers in stream(bench, str(question or ""), wanted, halt, turns=turns_before, user=user):
                kept = answers
                finished = all(each.done for each in answers)
                if finished or time.monotonic() - painted > FRAME:
                    painted = time.monotonic()
                    waiting = "" if startup.model_ready.is_set() or finished else say(lang, "ask.waiting_model")
                    yield {notice: views.hint(waiting) if waiting else "",
                           result: views.comparison(lang, answers), shown: kept}
        except WorkbenchError as error:
            if kept:  # what was found stays; the lanes that cannot run say why
                kept = tuple(each if each.done else replace(each, error=error.remark, done=True) for each in kept)
            yield {**(remember(kept, lang) if kept else {}), notice: views.problem(lang, error.remark), shown: kept,
                   result: views.comparison(lang, kept) if kept else ""}
        else:
            if kept:
                said = (*turns_before, turn(kept))
                yield {result: views.comparison(lang, kept), shown: kept, turns: said,
                       thread: views.conversation(lang, said), **remember(kept, lang)}
        finally:
            if stops.get(user) is halt:
                del stops[user]

    def remember(answers: tuple[Answer, ...], lang: Lang) -> dict:
        """Put a comparison into the history."""
        try:
            return {notice: "", entry: history.keep(bench, answers)}
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}

    def turn(answers: tuple[Answer, ...]) -> Turn:
        """What a conversation remembers of a comparison: the first model's answers, else the best sentence."""
        said = {lane: next((each.text for each in answers if each.recipe.lane == lane), "") for lane in ("rag", "closed")}
        return Turn(answers[0].standalone, said["rag"] or answers[0].text, said["closed"])

    def begin_anew(lang: Lang) -> dict:
        """Forget the conversation; what is shown stays until the next question."""
        return {turns: (), thread: "", question: gr.Textbox(value="")}

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

    def show_corpus(corpus: str, only_files: list[str], only_kinds: list[str], lang: Lang) -> dict:
        """Another corpus: its samples, a new conversation, and of the filter what it has too."""
        there, known = names(corpus), types(corpus)
        return {samples: views.samples(lang, tour(corpus)), expected: "", turns: (), thread: "",
                files: gr.Dropdown(choices=there, value=[each for each in only_files or () if each in there]),
                kinds: gr.Dropdown(choices=known, value=[each for each in only_kinds or () if each in known])}

    def names(corpus: str) -> list[str]:
        """The files that can be asked."""
        return [report.name for report in bench.store.files(corpus or "") if report.state == "ready"]

    def types(corpus: str) -> list[str]:
        """The types of the documents that can be asked."""
        return bench.store.kinds(corpus or "")

    def pick(corpus: str, lang: Lang, click: gr.EventData) -> dict:
        """Put a sample question into the box."""
        chosen = next((each for each in corpora.questions(corpus or "") if each.id == click.sample), None)
        return {question: chosen.text if chosen else gr.skip(), expected: views.expected(lang, chosen), turns: (), thread: ""}

    def open_source(answers: tuple[Answer, ...], lang: Lang, click: gr.EventData) -> str:
        """Show a passage in its document."""
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
        also = bench.store.elsewhere([document.id]).get(document.id, [])
        return document_views.source(lang, document, hit, (best.start, best.end) if best else None, also)

    def models(lang: Lang, *, look: bool = False) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The choices for a model and for a second one, with what is known of each; `look` reads files nobody looked at."""
        listed = []
        for name in catalogue.names(bench.settings.home):
            if look and not remote(name):  # a server is asked when somebody asks it something
                with suppress(WorkbenchError):  # a file that is no model is refused, with the reason, when it is chosen
                    bench.card(name)
            listed.append((views.model_label(lang, name, *bench.known(name)), name))
        return listed, [(say(lang, "settings.none"), ""), *listed]

    def show_models(lang: Lang) -> dict:
        """Both lists anew."""
        first, other = models(lang, look=True)
        return {model: gr.Dropdown(choices=first), second: gr.Dropdown(choices=other)}

    def measure_it(name: str, lang: Lang):
        """Try the chosen model, step by step."""
        began = time.monotonic()
        try:
            for done, total, known in trial(bench, str(name or default)):
                if done < total:
                    label = say(lang, "model.trial", done=done, total=total)
                    label += views.remaining(lang, time.monotonic() - began, done, total)
                    yield {measured: views.meter(label, done, total)}
                else:
                    yield {measured: views.trial(lang, str(name or default), known), **show_models(lang)}
        except WorkbenchError as error:
            yield {measured: views.problem(lang, error.remark)}

    fields = {"question": question, "corpus": corpus, "turns_before": turns, "lang": language,
              "model": model, "second": second, "window": window, "reply": reply, "top_k": top_k, "form": form,
              "temperature": temperature, "files": files, "kinds": kinds, "since": since, "until": until}
    asking: dict[str, Any] = {
        "inputs_kwargs": fields, "outputs": [notice, result, source, shown, turns, thread, entry], "concurrency_id": "ask",
        "concurrency_limit": 16, "show_progress": "hidden", "trigger_mode": "once"}
    gr.on([go.click, question.submit], answer, api_name="ask", **asking)
    samples.click(pick, [corpus, language], [question, expected, turns, thread], queue=False, **QUIET).then(
        answer, api_visibility="private", **asking)
    stop.click(stop_it, None, None, queue=False, **QUIET)
    new.click(begin_anew, language, [turns, thread, question], queue=False, **QUIET)
    corpus.change(show_corpus, [corpus, files, kinds, language], [samples, expected, turns, thread, files, kinds],
                  queue=False, **QUIET)
    for picker in (model, second):
        picker.focus(show_models, language, [model, second], **QUIET)
        picker.change(lambda *chosen: views.departure(chosen[-1], map(str, chosen[:-1])), [model, second, language], leaving,
                      queue=False, **QUIET)
    measure.click(measure_it, [model, language], [measured, model, second], concurrency_limit=1, **QUIET)
    into_view = """() => (document.querySelector('#wb-mark strong') || document.getElementById('wb-mark'))
        ?.scrollIntoView({block: 'center', behavior: 'smooth'})"""
    result.click(open_source, [shown, language], source, queue=False, **QUIET).then(None, js=into_view)
    page.unload(forget)

    def relabel(lang: Lang, corpus_name: str, kept: tuple[Answer, ...], said: tuple[Turn, ...], *chosen: str) -> dict:
        """Everything the tab says, in a language."""
        first, other = models(lang)
        return {
            corpus: gr.Dropdown(label=say(lang, "ask.corpus")),
            thread: views.conversation(lang, said),
            question: gr.Textbox(label=say(lang, "ask.question"), placeholder=say(lang, "ask.placeholder"),
                                 info=say(lang, "ask.later")),
            go: gr.Button(say(lang, "ask.ask")),
            stop: gr.Button(say(lang, "ask.stop")),
            new: gr.Button(say(lang, "ask.new")),
            title: f"**{say(lang, 'settings.title')}**",
            model: gr.Dropdown(choices=first, label=say(lang, "settings.model"),
                               info=say(lang, "model.choose", folder=bench.settings.home / "models")),
            second: gr.Dropdown(choices=other, label=say(lang, "settings.second")),
            measure: gr.Button(say(lang, "settings.try")),
            leaving: views.departure(lang, map(str, chosen)),
            measured: "",
            window: gr.Number(label=say(lang, "settings.window")),
            reply: gr.Number(label=say(lang, "settings.reply")),
            top_k: gr.Number(label=say(lang, "settings.top_k")),
            form: gr.Dropdown(label=say(lang, "settings.form"),
                              choices=[(FORMATS[each].title if each in FORMATS else say(lang, f"settings.{each}"), each)
                                       for each in get_args(Form)]),
            temperature: gr.Number(label=say(lang, "settings.temperature")),
            only: gr.Accordion(label=say(lang, "settings.filter")),
            files: gr.Dropdown(label=say(lang, "settings.files"), choices=names(corpus_name)),
            kinds: gr.Dropdown(label=say(lang, "settings.kinds"), choices=types(corpus_name)),
            since: gr.Textbox(label=say(lang, "settings.since")),
            until: gr.Textbox(label=say(lang, "settings.until")),
            samples: views.samples(lang, tour(corpus_name)),
            expected: "",
            result: views.comparison(lang, kept) if kept else views.hint(say(lang, "ask.empty")),
            source: "",
            **judging.say(lang),
        }

    outputs = [corpus, thread, question, go, stop, new, title, model, second, leaving, measure, measured, window, reply, top_k, form,
               temperature, only, files, kinds, since, until, samples, expected, result, source,
               *judging.outputs]
    return Labels([corpus, shown, turns, model, second], outputs, relabel)
