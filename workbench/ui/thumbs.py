"""Was this answer right? Two thumbs and a reason, kept with the entry; for any tab that shows an answer."""

import gradio as gr

from workbench import history
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.nouns import Lang, Thumb
from workbench.ui import views
from workbench.ui.wiring import QUIET, Labels, plain
from workbench.words import say


def build(
    bench: Bench, language: gr.Radio, current: gr.State, *, name: str = "thumbs"
) -> tuple[Labels, gr.State]:
    """Lay it out and wire it; gives what to relabel in another language, and a state that changes with every verdict. It is
    there while `current` holds the number of an entry, and shows what was said of it before. `name` begins the ids, so
    that a page can hold several."""
    judged = gr.State(0)
    with gr.Column(visible=False, elem_id=name) as area:
        title = gr.Markdown()
        with gr.Row():
            good = gr.Button(size="sm", scale=0, min_width=130, elem_id=f"{name}-good")
            bad = gr.Button(size="sm", scale=0, min_width=130, elem_id=f"{name}-bad")
        with gr.Row(equal_height=False):
            reason = gr.Textbox(lines=1, max_lines=4, max_length=history.MOST_REASON, scale=4, min_width=240, elem_id=f"{name}-reason")
            save = gr.Button(size="sm", scale=0, min_width=130, elem_id=f"{name}-save")
        saved = plain(elem_id=f"{name}-saved")
    shown = [area, good, bad, reason, saved]

    def show(identity: int | None, word: str = "") -> dict:
        """What was said of an entry; nothing where there is none."""
        try:
            entry = history.get(bench, identity) if identity is not None else None
        except WorkbenchError:  # deleted meanwhile
            entry = None
        if entry is None:
            return {area: gr.Column(visible=False)}
        return {
            area: gr.Column(visible=True),
            good: gr.Button(variant="primary" if entry.thumb == 1 else "secondary"),
            bad: gr.Button(variant="primary" if entry.thumb == -1 else "secondary"),
            reason: entry.reason,
            saved: views.hint(word) if word else "",
        }

    def judge(value: Thumb | None, identity: int | None, why: str, count: int, lang: Lang) -> dict:
        """Note a thumb, or take the same one back; without one, note the reason alone."""
        if identity is None:
            return show(None)
        try:
            before = history.get(bench, identity).thumb
            thumb: Thumb = before if value is None else 0 if value == before else value
            history.thumb(bench, identity, thumb, why or "")
        except WorkbenchError as error:
            return {saved: views.problem(lang, error.remark)}
        return {**show(identity, say(lang, "thumbs.saved")), judged: count + 1}

    def praise(identity, why, count, lang) -> dict:
        return judge(1, identity, why, count, lang)

    def blame(identity, why, count, lang) -> dict:
        return judge(-1, identity, why, count, lang)

    def explain(identity, why, count, lang) -> dict:
        return judge(None, identity, why, count, lang)

    for event, handler in ((good.click, praise), (bad.click, blame), (save.click, explain), (reason.submit, explain)):
        event(handler, [current, reason, judged, language], [*shown, judged], **QUIET)  # queued, so that `judged` tells
    current.change(show, current, shown, queue=False, **QUIET)

    def relabel(lang: Lang) -> dict:
        """Everything it says, in a language."""
        return {
            title: f"**{say(lang, 'thumbs.title')}**",
            good: gr.Button(say(lang, "thumbs.good")),
            bad: gr.Button(say(lang, "thumbs.bad")),
            reason: gr.Textbox(label=say(lang, "thumbs.reason"), placeholder=say(lang, "thumbs.placeholder")),
            save: gr.Button(say(lang, "thumbs.save")),
            saved: "",
        }

    return Labels([], [title, good, bad, reason, save, saved], relabel), judged
