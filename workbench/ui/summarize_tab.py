"""Summarize: what it takes first, then the summary, sentence by sentence linked to where it comes from."""

import threading
import time
from pathlib import Path
from typing import Any

import gradio as gr

from workbench import reply, summarize
from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.models import catalogue
from workbench.nouns import WINDOW, Lang
from workbench.nouns.summary import Brief, Plan, Source, Summary
from workbench.reading import READERS
from workbench.ui import summary_views, views
from workbench.ui.wiring import INTO_VIEW, QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say

FRAME = 0.15  # seconds between two pictures of the progress
WAYS = ("files", "corpus", "text")
LENGTHS = ("line", "bullets", "paragraph")
STYLES = ("usual", "concise", "both")


def build(page: gr.Blocks, bench: Bench, language: gr.Radio, tab: gr.Tab) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    stops: dict[str, threading.Event] = {}
    planned = gr.State(None)  # the plan that was shown; anything changed takes it away
    made = gr.State(None)  # the summary on the page
    default = bench.settings.model or catalogue.BUNDLED

    with gr.Row():
        with gr.Column(scale=4, min_width=320):
            way = gr.Radio(choices=list(WAYS), value="files", elem_id="summary-way")
            upload = gr.File(file_count="multiple", elem_id="summary-files", height=130)
            with gr.Row(visible=False) as of_corpus:
                corpus = corpus_picker(bench, say("en", "summary.corpus"), elem_id="summary-corpus")
                documents = gr.Dropdown([], value=[], multiselect=True, allow_custom_value=True, elem_id="summary-documents")
            text = gr.Textbox(lines=8, max_lines=16, visible=False, max_length=2_000_000, elem_id="summary-text")
            question = gr.Textbox(lines=1, max_lines=3, max_length=1000, elem_id="summary-question")
            with gr.Row():
                look = gr.Button(variant="primary", min_width=120, elem_id="summary-plan")
                start = gr.Button(variant="primary", min_width=120, interactive=False, elem_id="summary-start")
                stop = gr.Button(min_width=100, elem_id="summary-stop")
            plan_shown = plain(elem_id="summary-planned")
            progress = plain(elem_id="summary-progress")
            result = clickable(elem_id="summary-result")
            copied = gr.Textbox(lines=3, max_lines=12, visible=False, interactive=False, buttons=["copy"], elem_id="summary-copy")
            opened = plain(elem_id="summary-source")
            with gr.Accordion(open=False, visible=False, elem_id="summary-reply") as replying:
                reply_note = plain()
                with gr.Row(equal_height=False):
                    reply_corpus = corpus_picker(bench, say("en", "summary.reply_corpus"), elem_id="summary-reply-corpus")
                    reply_to = gr.Textbox(lines=1, max_lines=1, max_length=300, elem_id="summary-reply-to")
                    draft = gr.Button(min_width=140, elem_id="summary-reply-write")
                reply_shown = plain(elem_id="summary-reply-shown")
                reply_text = gr.Textbox(lines=6, max_lines=20, visible=False, buttons=["copy"], elem_id="summary-reply-text")
        with gr.Column(scale=1, min_width=250):
            title = gr.Markdown()
            length = gr.Radio(choices=list(LENGTHS), value="paragraph", elem_id="summary-length")
            style = gr.Radio(choices=list(STYLES), value="usual", elem_id="summary-style")
            lang_of = gr.Dropdown(choices=["", "en", "ko"], value="", elem_id="summary-lang")
            attachments = gr.Checkbox(value=False, elem_id="summary-attachments")
            # No limits on the numbers here: the plan refuses in words, Gradio only in English.
            window = gr.Number(value=WINDOW, precision=0, elem_id="summary-window")
            model = gr.Dropdown([default], value=default, allow_custom_value=True, elem_id="summary-model")
            leaving = plain(elem_id="summary-leaving")

    def brief(values: dict[str, Any]) -> Brief:
        """The form's values as what is asked of a summary."""
        return Brief(
            length=values["length"], question=str(values["question"] or "").strip(), window=int(values["window"] or 0),
            lang=values["lang_of"] or None, model=str(values["model"] or default), concise=values["style"] == "concise")

    def source(values: dict[str, Any]) -> Source:
        """What is to be summarized. Raises BadRequest, CannotRead, NoSuchCorpus."""
        if values["way"] == "corpus":
            return summarize.from_corpus(
                bench, str(values["corpus"] or ""), values["documents"] or (), attachments=values["attachments"])
        if values["way"] == "text":
            return summarize.from_text(bench, str(values["text"] or ""))
        if not values["upload"]:
            raise BadRequest("summary_no_files")
        return summarize.from_paths(bench, [Path(file) for file in values["upload"]], attachments=values["attachments"])

    def show_plan(lang: Lang, **values):
        """Read, count, and show what it takes."""
        yield {progress: views.hint(say(lang, "summary.reading")), plan_shown: "", planned: None, start: gr.Button(interactive=False)}
        try:
            found = summarize.plan(bench, source(values), brief(values))
        except WorkbenchError as error:
            yield {progress: views.problem(lang, error.remark)}
            return
        yield {progress: "", plan_shown: summary_views.plan(lang, found), planned: found, start: gr.Button(interactive=True)}

    def write(found: Plan | None, lang: Lang, asker: gr.Request, style: str):
        """Write what was planned, step by step. Everything about one summary happens in this one generator."""
        if found is None:
            yield {progress: views.hint(say(lang, "summary.changed"))}
            return
        user = str(asker.session_hash)
        if before := stops.get(user):
            before.set()
        halt = stops[user] = threading.Event()
        steps = summarize.both(bench, found.source, found.brief, halt) if style == "both" else summarize.summarize(bench, found, halt)
        painted = 0.0
        summary: Summary | None = None
        yield {start: gr.Button(interactive=False), result: "", opened: "", made: None, copied: gr.Textbox(visible=False),
               replying: gr.Accordion(visible=False), reply_shown: "", reply_text: gr.Textbox(visible=False)}
        try:
            for step in steps:
                summary = step.summary
                if time.monotonic() - painted > FRAME:
                    painted = time.monotonic()
                    yield {progress: summary_views.progress(lang, step)}
        except WorkbenchError as error:
            yield {progress: views.problem(lang, error.remark), start: gr.Button(interactive=True)}
        else:
            if summary is not None:
                yield {progress: "", start: gr.Button(interactive=True), **shown(lang, summary)}
        finally:
            if stops.get(user) is halt:
                del stops[user]

    def shown(lang: Lang, summary: Summary) -> dict:
        """A finished summary on the page."""
        asks = any(each.open for each in summary.particulars)
        return {result: summary_views.result(lang, summary), made: summary, copied: gr.Textbox(value=summary.text, visible=True),
                replying: gr.Accordion(visible=asks)}

    def write_reply(summary: Summary | None, lang: Lang, name: str, to: str) -> dict:
        """Put a reply together for what was summarized."""
        if summary is None:
            return {reply_shown: ""}
        try:
            written = reply.draft(bench, summary.plan.source.documents, str(name or ""), str(to or "").strip())
        except WorkbenchError as error:
            return {reply_shown: views.problem(lang, error.remark), reply_text: gr.Textbox(visible=False)}
        return {reply_shown: summary_views.draft(lang, written), reply_text: gr.Textbox(value=written.text, visible=True)}

    def stop_it(lang: Lang, asker: gr.Request):
        """Stop this session's summary; what is finished is kept."""
        if event := stops.get(str(asker.session_hash)):
            event.set()
            return views.hint(say(lang, "summary.stopping"))
        return gr.skip()

    def forget(asker: gr.Request) -> None:
        """The tab was closed."""
        if event := stops.pop(str(asker.session_hash), None):
            event.set()

    def changed() -> dict:
        """Another text, another setting: the plan is none any more."""
        return {planned: None, plan_shown: "", start: gr.Button(interactive=False)}

    def turn(chosen: str) -> dict:
        """Show the fields of another way to choose."""
        return {upload: gr.File(visible=chosen == "files"), of_corpus: gr.Row(visible=chosen == "corpus"),
                text: gr.Textbox(visible=chosen == "text"), **changed()}

    def files_of(name: str) -> gr.Dropdown:
        """The files of a corpus."""
        return gr.Dropdown(choices=[report.name for report in bench.store.files(name or "") if report.state == "ready"], value=[])

    def open_line(summary: Summary | None, lang: Lang, click: gr.EventData) -> str:
        """Show a sentence in its document."""
        number = str(getattr(click, "line", ""))
        if summary is None or not (number.isascii() and number.isdigit()) or int(number) >= len(summary.plan.source.lines):
            return ""
        line = summary.plan.source.lines[int(number)]
        document = next(each for each in summary.plan.source.documents if each.id == line.document)
        return summary_views.opened(lang, document, line)

    def models() -> gr.Dropdown:
        """The models there are."""
        return gr.Dropdown(choices=catalogue.names(bench.settings.home))

    form: dict[str, Any] = {
        "way": way, "upload": upload, "corpus": corpus, "documents": documents, "text": text, "question": question,
        "length": length, "style": style, "lang_of": lang_of, "attachments": attachments, "window": window, "model": model}
    look.click(show_plan, inputs_kwargs={"lang": language, **form}, outputs=[progress, plan_shown, planned, start],
               concurrency_limit=4, show_progress="hidden", api_name="summary_plan")
    start.click(write, inputs_kwargs={"found": planned, "lang": language, "style": style},
                outputs=[progress, result, made, copied, start, opened, replying, reply_shown, reply_text],
                concurrency_id="summarize", concurrency_limit=4, show_progress="hidden", api_visibility="private")
    stop.click(stop_it, language, progress, queue=False, **QUIET)
    way.input(turn, way, [upload, of_corpus, text, planned, plan_shown, start], queue=False, **QUIET)
    for field in (upload, corpus, documents, text, question, length, style, lang_of, attachments, window, model):
        field.change(changed, None, [planned, plan_shown, start], queue=False, **QUIET)
    gr.on([corpus.change, tab.select], files_of, corpus, documents, queue=False, **QUIET)
    model.focus(models, None, model, queue=False, **QUIET)
    model.change(lambda name, lang: views.departure(lang, [str(name)], "summary"), [model, language], leaving, queue=False, **QUIET)
    result.click(open_line, [made, language], opened, queue=False, **QUIET).then(None, js=INTO_VIEW % "summary-source")
    draft.click(write_reply, [made, language, reply_corpus, reply_to], [reply_shown, reply_text], **QUIET)
    page.unload(forget)

    def relabel(lang: Lang, found: Plan | None, summary: Summary | None, chosen: str) -> dict:
        """Everything the tab says, in a language."""
        return {
            way: gr.Radio(label=say(lang, "summary.what"), choices=[(say(lang, f"summary.what_{each}"), each) for each in WAYS]),
            upload: gr.File(label=say(lang, "summary.files", known=" ".join((*READERS, ".zip")))),
            corpus: gr.Dropdown(label=say(lang, "summary.corpus")),
            documents: gr.Dropdown(label=say(lang, "summary.documents")),
            text: gr.Textbox(label=say(lang, "summary.text"), placeholder=say(lang, "summary.placeholder")),
            question: gr.Textbox(label=say(lang, "summary.question"), placeholder=say(lang, "summary.question_placeholder")),
            look: gr.Button(say(lang, "summary.plan")),
            start: gr.Button(say(lang, "summary.start")),
            stop: gr.Button(say(lang, "summary.stop")),
            plan_shown: summary_views.plan(lang, found) if found else views.hint(say(lang, "summary.first")),
            progress: "",
            result: summary_views.result(lang, summary) if summary else "",
            copied: gr.Textbox(label=say(lang, "summary.copy")),
            opened: "",
            replying: gr.Accordion(label=say(lang, "summary.reply")),
            reply_note: views.hint(say(lang, "summary.reply_note")),
            reply_corpus: gr.Dropdown(label=say(lang, "summary.reply_corpus")),
            reply_to: gr.Textbox(label=say(lang, "summary.reply_to")),
            draft: gr.Button(say(lang, "summary.reply_write")),
            reply_shown: "",
            reply_text: gr.Textbox(label=say(lang, "summary.copy")),
            title: f"**{say(lang, 'summary.settings')}**",
            length: gr.Radio(label=say(lang, "summary.length"), choices=[(say(lang, f"summary.{each}"), each) for each in LENGTHS]),
            style: gr.Radio(label=say(lang, "summary.style"), choices=[(say(lang, f"summary.style_{each}"), each) for each in STYLES]),
            lang_of: gr.Dropdown(label=say(lang, "summary.lang"), choices=[
                (say(lang, "summary.lang_source"), ""), ("English", "en"), ("한국어", "ko")]),
            attachments: gr.Checkbox(label=say(lang, "summary.attachments")),
            window: gr.Number(label=say(lang, "summary.window")),
            model: gr.Dropdown(label=say(lang, "summary.model")),
            leaving: views.departure(lang, [str(chosen)], "summary"),
        }

    return Labels(
        [planned, made, model],
        [way, upload, corpus, documents, text, question, look, start, stop, plan_shown, progress, result, copied, opened, title,
         replying, reply_note, reply_corpus, reply_to, draft, reply_shown, reply_text, length, style, lang_of, attachments, window, model, leaving], relabel)
