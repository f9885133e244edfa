"""How a file would be cut into passages, before it is put in; and how the new files of a corpus are to be cut."""

from pathlib import Path

import gradio as gr

from workbench import ingest
from workbench.bench import Bench
from workbench.errors import NoSuchCorpus, WorkbenchError
from workbench.nouns import Lang
from workbench.ui import document_views, views
from workbench.ui.wiring import QUIET, Labels, plain
from workbench.words import say

MOST = 800  # tokens of the largest chunk that can be chosen
MOST_SHARED = 200


def build(bench: Bench, language: gr.Radio, corpus: gr.Dropdown, by_row: gr.Checkbox) -> Labels:
    """Lay out the panel and wire it; gives what to relabel in another language."""
    # Where the file lies until another is dropped, or the session is over.
    tried = gr.State("", delete_callback=lambda path: Path(path).unlink(missing_ok=True) if path else None)
    with gr.Accordion(open=False, elem_id="cutting") as panel:
        about = plain()
        file = gr.File(elem_id="cutting-file", height=110)
        with gr.Row():
            size = gr.Slider(0, MOST, value=0, step=20, elem_id="cutting-size", min_width=220)
            overlap = gr.Slider(-1, MOST_SHARED, value=-1, step=1, elem_id="cutting-overlap", min_width=220)
        with gr.Row():
            adopt = gr.Button(size="sm", min_width=220, elem_id="cutting-adopt")
            best = gr.Button(size="sm", min_width=160, elem_id="cutting-best")
        told = plain(elem_id="cutting-told")
        shown = plain(elem_id="cutting-shown")

    def how(corpus: str, lang: Lang) -> str:
        """How the new files of a corpus are cut now."""
        try:
            tokens, lap = bench.store.cutting(corpus or "")
        except NoSuchCorpus:  # it is made with its first file
            return ""
        if not tokens and lap < 0:
            return views.hint(say(lang, "cutting.now_best"))
        return views.hint(say(
            lang, "cutting.now", size=tokens or say(lang, "cutting.as_best"), overlap=lap if lap >= 0 else say(lang, "cutting.as_best")))

    def cut(path: str, size, overlap, by_row, lang: Lang) -> dict:
        """The passages of the file as it would be cut."""
        if not path:
            return {shown: ""}
        try:
            file = Path(path)
            data = ingest.contents(file, file.name)
            found = ingest.preview(bench, data, file.name, by_row=bool(by_row), size=int(size or 0), overlap=int(-1 if overlap is None else overlap))
        except WorkbenchError as error:
            return {shown: views.problem(lang, error.remark)}
        count = bench.embedder.count
        cuts = {
            document.id: [(number, chunk, count(chunk.text)) for number, chunk in enumerate(chunks, 1)] for document, chunks in found}
        totals = {
            "documents": len(found), "chunks": sum(map(len, cuts.values())),
            "tokens": f"{sum(tokens for rows in cuts.values() for _, _, tokens in rows):,}"}
        sizes: dict[Lang, int] = {each: ingest.best_size(bench.embedder, each) for each in ("en", "ko")}
        sheet = document_views.sheets([document for document, _ in found])[0]
        return {shown: document_views.preview(lang, sheet, cuts, totals, sizes, ingest.OVERLAP)}

    def begin(path: str | None, before: str, size, overlap, by_row, lang: Lang):
        """Look at a file that was dropped."""
        if before and before != path:
            Path(before).unlink(missing_ok=True)
        yield {tried: path or "", shown: views.hint(say(lang, "cutting.reading")) if path else ""}
        yield cut(path or "", size, overlap, by_row, lang)

    def set_to(corpus: str, size, overlap, lang: Lang) -> dict:
        """Cut what comes into the corpus from now on so."""
        try:
            bench.store.version(corpus or "")
            bench.store.set_cutting(corpus, int(size or 0), int(-1 if overlap is None else overlap))
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}
        return {told: how(corpus, lang)}

    def set_best(corpus: str, path: str, by_row, lang: Lang) -> dict:
        """Back to what is best for the language."""
        return {size: 0, overlap: -1, **set_to(corpus, 0, -1, lang), **cut(path, 0, -1, by_row, lang)}

    fields = [size, overlap, by_row, language]
    gr.on([file.upload, file.clear], begin, [file, tried, *fields], [tried, shown], **QUIET)
    gr.on([size.release, overlap.release, by_row.input], cut, [tried, *fields], shown, trigger_mode="always_last", **QUIET)
    adopt.click(set_to, [corpus, size, overlap, language], told, queue=False, **QUIET)
    best.click(set_best, [corpus, tried, by_row, language], [size, overlap, told, shown], **QUIET)
    gr.on([corpus.change, panel.expand], how, [corpus, language], told, queue=False, **QUIET)

    def relabel(lang: Lang) -> dict:
        """Everything the panel says, in a language."""
        return {
            panel: gr.Accordion(label=say(lang, "cutting.title")),
            about: views.hint(say(lang, "cutting.about")),
            file: gr.File(label=say(lang, "cutting.file")),
            size: gr.Slider(label=say(lang, "cutting.size"), info=say(lang, "cutting.size_info")),
            overlap: gr.Slider(label=say(lang, "cutting.overlap"), info=say(lang, "cutting.overlap_info")),
            adopt: gr.Button(say(lang, "cutting.adopt")),
            best: gr.Button(say(lang, "cutting.set_best")),
            told: "", shown: "",
        }

    return Labels([], [panel, about, file, size, overlap, adopt, best, told, shown], relabel)
