"""The check of a corpus: its figures, what stands in it twice side by side, and one click that collapses it."""

from dataclasses import replace

import gradio as gr

from workbench import hygiene
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.nouns import WINDOW, Group, Lang, Quality
from workbench.retrieval.duplicates import FLOOR
from workbench.ui import quality as quality_views
from workbench.ui import views
from workbench.ui.wiring import QUIET, Labels, clickable, plain
from workbench.words import say

Checked = tuple[Quality, float | None] | None  # with the threshold, None for the calibrated limits


def build(bench: Bench, language: gr.Radio, corpus: gr.Dropdown, model: gr.Dropdown, window: gr.Number) -> Labels:
    """Lay out the panel and wire it; gives what to relabel in another language."""
    checked = gr.State(None)
    with gr.Accordion(open=False, elem_id="quality") as panel:
        about = plain()
        check = gr.Button(size="sm", elem_id="check-corpus")
        told = plain(elem_id="quality-told")
        report = plain(elem_id="quality-report")
        with gr.Row(visible=False, elem_id="quality-threshold") as limits:
            threshold = gr.Slider(FLOOR, 1, value=0.7, step=0.01, elem_id="threshold", min_width=220)
            calibrated = gr.Button(size="sm", min_width=160, elem_id="calibrated")
        pairs = clickable(elem_id="quality-pairs")
        collapsed = clickable(elem_id="quality-collapsed")

    def look(corpus: str, model: str, window, lang: Lang):
        """Check a corpus anew."""
        yield {told: views.hint(say(lang, "quality.checking")), report: "", pairs: "", collapsed: "", limits: gr.Row(visible=False)}
        try:
            found = hygiene.quality(bench, corpus or "", str(model or ""), int(window or 0) or WINDOW)
        except WorkbenchError as error:
            yield {told: views.problem(lang, error.remark), checked: None}
        else:
            yield {checked: (found, None), **shown((found, None), lang), told: ""}

    def shown(known: Checked, lang: Lang) -> dict:
        """What was found, without the pairs of which one document stands for the other since. Raises BadRequest."""
        if known is None:
            return {report: "", pairs: "", collapsed: "", limits: gr.Row(visible=False)}
        quality, limit = known
        others = bench.store.collapsed(quality.corpus)
        gone = {each.id for some in others.values() for each in some}
        left = replace(
            quality, collapsed=len(gone), pairs=tuple(each for each in quality.pairs if not {each.first, each.second} & gone))
        held = {each.id: each for each in bench.store.documents(quality.corpus, text=False)}
        some = quality_views.chosen(left, limit)[: quality_views.SHOWN]
        texts = bench.store.texts(list({each for pair in some for each in (pair.first, pair.second)}))
        full = {each: replace(held[each], text=text) for each, text in texts.items() if each in held}
        count = sum(len(group.others) for group in hygiene.groups(bench, left, limit))
        return {
            report: quality_views.report(lang, left, held),
            pairs: quality_views.pairs(lang, left, full, limit, count),
            collapsed: quality_views.collapsed(lang, others, held),
            limits: gr.Row(visible=bool(quality.pairs)),
        }

    def regroup(known: Checked, limit: float | None, lang: Lang) -> dict:
        """The same pairs at another threshold."""
        if known is None:
            return {told: ""}
        try:
            return {checked: (known[0], limit), pairs: shown((known[0], limit), lang)[pairs], told: ""}
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}

    def act(known: Checked, lang: Lang, click: gr.EventData) -> dict:
        """Collapse all that are alike, or one into another; bring one back, or all."""
        if known is None:
            return {told: ""}
        quality, limit = known
        try:
            if keep := str(getattr(click, "keep", "")):
                count = hygiene.collapse(bench, quality.corpus, [Group(keep, (str(click.drop),))])
                said = say(lang, "quality.collapsed_now", count=count)
            elif getattr(click, "collapse", ""):
                left = {each.id for some in bench.store.collapsed(quality.corpus).values() for each in some}
                now = replace(quality, pairs=tuple(each for each in quality.pairs if not {each.first, each.second} & left))
                said = say(lang, "quality.collapsed_now", count=hygiene.collapse(
                    bench, quality.corpus, hygiene.groups(bench, now, limit)))
            else:
                which = str(getattr(click, "restore", ""))
                count = hygiene.restore(bench, quality.corpus, "" if which == "all" else which)
                said = say(lang, "quality.restored_now", count=count)
            return {**shown(known, lang), told: views.hint(said)}
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}

    every = [told, report, pairs, collapsed, limits]
    check.click(look, [corpus, model, window, language], [*every, checked], concurrency_limit=1, **QUIET)
    threshold.release(regroup, [checked, threshold, language], [told, pairs, checked], trigger_mode="always_last", **QUIET)
    calibrated.click(lambda found, lang: regroup(found, None, lang), [checked, language], [told, pairs, checked], **QUIET)
    for part in (pairs, collapsed):
        part.click(act, [checked, language], every, trigger_mode="multiple", concurrency_id="collapse", concurrency_limit=1, **QUIET)
    corpus.change(lambda: (None, "", "", "", "", gr.Row(visible=False)), None, [checked, *every], **QUIET)

    def relabel(lang: Lang, known: Checked) -> dict:
        """Everything the panel says, in a language."""
        return {
            panel: gr.Accordion(label=say(lang, "quality.title")),
            about: views.hint(say(lang, "quality.about")),
            check: gr.Button(say(lang, "quality.check")),
            threshold: gr.Slider(label=say(lang, "quality.threshold"), info=say(lang, "quality.threshold_info")),
            calibrated: gr.Button(say(lang, "quality.calibrated")),
            told: "",
            **shown(known, lang),
        }

    return Labels([checked], [panel, about, check, threshold, calibrated, *every], relabel)
