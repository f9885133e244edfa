"""Documents: files in, a row a file, their passages, and out again."""

import time
from pathlib import Path

import gradio as gr

from workbench import ingest
from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import FileReport, Lang
from workbench.reading import READERS
from workbench.ui import views
from workbench.ui.wiring import QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say


def build(bench: Bench, language: gr.Radio, tab: gr.Tab) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    corpus = corpus_picker(bench, say("en", "documents.corpus"), elem_id="documents-corpus")
    upload = gr.File(file_count="multiple", elem_id="upload", height=150)
    progress = plain(elem_id="progress")
    table = clickable(elem_id="files")
    passages = plain(elem_id="passages")
    remove = gr.Button(size="sm", elem_id="delete-corpus")

    def rows(name: str) -> list[FileReport]:
        return bench.store.files(name or "")

    def take_in(corpus, files, lang):
        """Ingest what was dropped, a row a file as it goes; duplicates are told once, they have no row of their own."""
        told: list[FileReport] = []
        corpus = str(corpus or "").strip()
        paths = [Path(file) for file in files or []]
        began = time.monotonic()
        try:
            for step in ingest.ingest(bench, paths, corpus):
                if step.report and step.report.state == "duplicate":
                    told.append(step.report)
                working = None if step.report else step
                yield {progress: views.progress(lang, step, time.monotonic() - began), table: views.files(lang, [*told, *rows(corpus)], working)}
        except WorkbenchError as error:
            yield {progress: views.problem(lang, error.remark), upload: None}
        else:
            yield {progress: "", table: views.files(lang, [*told, *rows(corpus)]), upload: None, passages: ""}
        finally:
            for path in paths:
                path.unlink(missing_ok=True)  # Gradio keeps uploads for a day; the store has what it needs

    def show(corpus: str, lang: Lang) -> dict:
        """The rows of a corpus."""
        return {table: views.files(lang, rows(corpus)), passages: "", progress: ""}

    def act(corpus: str, lang: Lang, click: gr.EventData) -> dict:
        """Look at a file's passages, or delete it."""
        try:
            if name := getattr(click, "delete", None):
                ingest.delete(bench, corpus, str(name))
                return show(corpus, lang)
            name = str(getattr(click, "look", ""))
            documents = bench.store.documents(corpus, name)
            if not documents:
                raise BadRequest("file_unknown", name=name, corpus=corpus)
        except WorkbenchError as error:
            return {progress: views.problem(lang, error.remark)}
        count = bench.embedder.count
        cut = [(each, [(chunk, count(chunk.text)) for chunk in bench.store.chunks(each)]) for each in documents]
        return {passages: views.chunks(lang, cut)}

    def remove_corpus(name: str, lang: Lang) -> dict:
        """Delete the whole corpus."""
        try:
            ingest.delete_corpus(bench, name or "")
        except WorkbenchError as error:
            return {progress: views.problem(lang, error.remark)}
        names = bench.store.names()
        chosen = names[0] if names else None
        return {progress: views.hint(say(lang, "documents.corpus_deleted", name=name)), passages: "",
                corpus: gr.Dropdown(choices=names, value=chosen), table: views.files(lang, rows(chosen or ""))}

    upload.upload(take_in, inputs_kwargs={"corpus": corpus, "files": upload, "lang": language},
                  outputs=[progress, table, upload, passages], show_progress="hidden", concurrency_limit=4, api_name="ingest")
    corpus.change(show, [corpus, language], [table, passages, progress], queue=False, **QUIET)
    tab.select(show, [corpus, language], [table, passages, progress], queue=False, **QUIET)
    table.click(act, [corpus, language], [table, passages, progress], **QUIET)
    sure = """(corpus, lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [corpus, lang]; }"""
    remove.click(remove_corpus, [corpus, language], [corpus, table, passages, progress],
                 js=sure % (say("ko", "documents.sure_corpus"), say("en", "documents.sure_corpus")), **QUIET)

    def relabel(lang: Lang, corpus_name: str) -> dict:
        """Everything the tab says, in a language."""
        return {
            corpus: gr.Dropdown(label=say(lang, "documents.corpus")),
            upload: gr.File(label=say(lang, "documents.files", known=" ".join(READERS))),
            table: views.files(lang, rows(corpus_name)),
            passages: "",
            remove: gr.Button(say(lang, "documents.delete_corpus")),
        }

    return Labels([corpus], [corpus, upload, table, passages, remove], relabel)
