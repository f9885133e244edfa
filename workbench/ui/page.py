"""The app in the browser: a header, the tabs, one language switch.  [gradio]"""

from itertools import islice

import gradio as gr
from starlette.middleware import Middleware

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.nouns import Lang
from workbench.startup import Startup
from workbench.ui import (
    ask_tab,
    documents_tab,
    feedback_tab,
    history_tab,
    measure_tab,
    models_tab,
    summarize_tab,
    views,
)
from workbench.ui.doze import tick_slowly, wake_by_event
from workbench.ui.security import Guard
from workbench.ui.theme import STYLE, theme
from workbench.ui.wiring import QUIET, Labels, plain
from workbench.words import say

UPLOAD_LIMIT = "100mb"
# The language a person chose before, else the browser's.
CHOSEN = """() => {
  const lang = localStorage.getItem('workbench-language') || (navigator.language.startsWith('ko') ? 'ko' : 'en');
  document.documentElement.lang = lang;
  return [lang];
}"""
CHOOSE = "(lang) => { localStorage.setItem('workbench-language', lang); document.documentElement.lang = lang; return [lang]; }"


def build_app(bench: Bench, startup: Startup) -> gr.Blocks:
    """The page. Nothing is loaded here; `startup` does that behind it."""
    with gr.Blocks(title="RAG workbench", analytics_enabled=False, delete_cache=(3600, 86400)) as app:
        with gr.Row():
            with gr.Column(scale=4, min_width=280):
                header = plain()
            with gr.Column(scale=1, min_width=160):
                language = gr.Radio(label="Language · 언어", choices=[("English", "en"), ("한국어", "ko")], value="en", elem_id="language", show_label=False)
        status = plain(elem_id="status")
        timer = gr.Timer(0.7)
        parts: dict[str, tuple[gr.Tab, Labels]] = {}
        with gr.Tabs(overflow_behavior="wrap") as tabs:  # on a phone the later ones would hide behind three dots
            with gr.Tab(elem_id="ask-tab", id="ask") as tab:
                asking = ask_tab.build(app, bench, startup, language)
                parts["ask"] = tab, asking
            with gr.Tab(elem_id="documents-tab") as tab:
                settings = {block.elem_id: block for block in asking.outputs}
                documents = documents_tab.build(app, bench, language, tab, settings["model"], settings["window"])
                parts["documents"] = tab, documents
            with gr.Tab(elem_id="summarize-tab") as tab:
                parts["summarize"] = tab, summarize_tab.build(app, bench, language, tab)
            with gr.Tab(elem_id="feedback-tab") as tab:
                parts["feedback"] = tab, feedback_tab.build(app, bench, language, tab)
            with gr.Tab(elem_id="measure-tab") as tab:
                measuring = measure_tab.build(bench, language, tab)
                parts["measure"] = tab, measuring
            with gr.Tab(elem_id="history-tab") as tab:
                labels, again = history_tab.build(bench, language, tab)
                parts["history"] = tab, labels
            with gr.Tab(elem_id="models-tab") as tab:
                parts["models"] = tab, models_tab.build(app, bench, language, tab)

        def relabel(lang: Lang, *values) -> dict:
            """The whole page in a language."""
            given = iter(values)
            # The clock goes on once more: what it said of the start meanwhile, this would take back.
            said: dict = {language: lang, header: views.header(lang), status: views.status(lang, startup.stage), timer: gr.Timer(active=True)}
            for name, (tab, labels) in parts.items():
                said[tab] = gr.Tab(label=say(lang, f"tab.{name}"))
                said |= labels.say(lang, *islice(given, len(labels.inputs)))
            return said

        def first_corpus(lang: Lang) -> gr.Dropdown:
            """Begin with a sample in the reader's own language."""
            names = bench.store.names()
            mine = [name for name in names if any(each.lang == lang for each in corpora.questions(name))]
            return gr.Dropdown(choices=names, value=next(iter(mine or names), None))

        inputs = [language, *(block for _, labels in parts.values() for block in labels.inputs)]
        outputs = [language, header, status, timer, *(tab for tab, _ in parts.values()),
                   *(block for _, labels in parts.values() for block in labels.outputs)]
        language.input(None, language, language, js=CHOOSE).then(relabel, inputs, outputs, queue=False, **QUIET)
        pickers = [asking.inputs[0], documents.inputs[0], measuring.inputs[0]]
        app.load(lambda lang: (lang, *[first_corpus(lang)] * len(pickers)), language, [language, *pickers], js=CHOSEN,
                 queue=False, **QUIET).then(relabel, inputs, outputs, queue=False, **QUIET)

        fields = {block.elem_id: block for block in app.blocks.values() if getattr(block, "elem_id", None) in history_tab.FIELDS}

        def put_back(identity: int | None) -> dict:
            """A kept question with its settings into the form it came from."""
            if identity is None:
                return {again: None}
            values = history_tab.values(bench, identity)
            return {tabs: gr.Tabs(selected="ask"), again: None, **{field: values[name] for name, field in fields.items()}}

        again.change(put_back, again, [tabs, again, *fields.values()], queue=False, **QUIET).then(
            None, js="() => document.querySelector('#question textarea')?.scrollIntoView({block: 'center'})")

        def tick(lang: Lang):
            """The start-up line, until there is nothing more to say."""
            return views.status(lang, startup.stage), gr.Timer(active=not startup.stage.finished)

        timer.tick(tick, language, [status, timer], queue=False, **QUIET)
    return app


def launch(bench: Bench, *, port: int | None = None, open_browser: bool = True) -> None:
    """Open the page on this computer's loopback address and serve until interrupted."""
    startup = Startup(bench)
    app = build_app(bench, startup)
    app.queue(max_size=64, default_concurrency_limit=8)
    wake_by_event(app._queue)
    try:
        app.launch(
            server_name="127.0.0.1",
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            share=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            max_file_size=UPLOAD_LIMIT,
            theme=theme(),
            css=STYLE,
            app_kwargs={"middleware": [Middleware(Guard)], "openapi_url": None},
        )
    except (OSError, OverflowError) as error:
        raise WorkbenchError("port_in_use", port=port or "7860–7959", why=error) from error
    tick_slowly(app.server)
    startup.begin()
    try:
        app.server.thread.join()  # app.block_thread() would look ten times a second whether the server runs
    except KeyboardInterrupt:
        app.close()
