"""The app in the browser: a header, four tabs, one language switch.  [gradio]"""

import gradio as gr
from starlette.middleware import Middleware

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.nouns import Lang
from workbench.startup import Startup
from workbench.ui import ask_tab, documents_tab, feedback_tab, history_tab, views
from workbench.ui.doze import tick_slowly, wake_by_event
from workbench.ui.security import Guard
from workbench.ui.theme import STYLE, theme
from workbench.ui.wiring import QUIET, plain
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
        with gr.Tabs() as tabs:
            with gr.Tab(elem_id="ask-tab", id="ask") as ask:
                ask_labels = ask_tab.build(app, bench, startup, language)
            with gr.Tab(elem_id="documents-tab") as documents:
                settings = {block.elem_id: block for block in ask_labels.outputs}
                documents_labels = documents_tab.build(
                    app, bench, language, documents, settings["model"], settings["window"])
            with gr.Tab(elem_id="feedback-tab") as feedback:
                feedback_labels = feedback_tab.build(app, bench, language, feedback)
            with gr.Tab(elem_id="history-tab") as history:
                history_labels, again = history_tab.build(bench, language, history)

        def relabel(lang: Lang, *values) -> dict:
            """The whole page in a language."""
            first = len(ask_labels.inputs)
            second = first + len(documents_labels.inputs)
            third = second + len(feedback_labels.inputs)
            return {
                language: lang,
                header: views.header(lang),
                ask: gr.Tab(label=say(lang, "tab.ask")),
                documents: gr.Tab(label=say(lang, "tab.documents")),
                feedback: gr.Tab(label=say(lang, "tab.feedback")),
                history: gr.Tab(label=say(lang, "tab.history")),
                status: views.status(lang, startup.stage),
                **ask_labels.say(lang, *values[:first]),
                **documents_labels.say(lang, *values[first:second]),
                **feedback_labels.say(lang, *values[second:third]),
                **history_labels.say(lang, *values[third:]),
            }

        def first_corpus(lang: Lang) -> gr.Dropdown:
            """Begin with a sample in the reader's own language."""
            names = bench.store.names()
            mine = [name for name in names if any(each.lang == lang for each in corpora.questions(name))]
            return gr.Dropdown(choices=names, value=next(iter(mine or names), None))

        inputs = [language, *ask_labels.inputs, *documents_labels.inputs, *feedback_labels.inputs, *history_labels.inputs]
        outputs = [language, header, ask, documents, feedback, history, status,
                   *ask_labels.outputs, *documents_labels.outputs, *feedback_labels.outputs, *history_labels.outputs]
        language.input(None, language, language, js=CHOOSE).then(relabel, inputs, outputs, queue=False, **QUIET)
        pickers = [ask_labels.inputs[0], documents_labels.inputs[0]]
        app.load(lambda lang: (lang, *[first_corpus(lang)] * 2), language, [language, *pickers], js=CHOSEN,
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

        timer = gr.Timer(0.7)
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
