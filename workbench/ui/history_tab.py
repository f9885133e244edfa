"""History: what was asked before, found again, opened, asked again, judged, handed on, deleted."""

import json
from datetime import datetime
from typing import Any

import gradio as gr

from workbench import history
from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import Lang
from workbench.ui import report, thumbs, views
from workbench.ui.wiring import INTO_VIEW, QUIET, SAVE, Labels, clickable, plain
from workbench.words import say

# Fields of the Ask tab, by the id of their element, that a kept question can fill again.
FIELDS = ("question", "corpus", "model", "second", "window", "reply", "top-k", "form", "temperature",
          "filter-files", "filter-kinds", "since", "until")


def values(bench: Bench, identity: int) -> dict[str, Any]:
    """What a kept question puts into those fields."""
    entry = history.get(bench, identity)
    recipe = entry.answers[0].recipe
    models = list(dict.fromkeys(answer.recipe.model for answer in entry.answers))
    only = recipe.filter
    found = (entry.question, recipe.corpus, models[0], models[1] if len(models) > 1 else "", recipe.window, recipe.reply,
             recipe.top_k, recipe.form, recipe.temperature, list(only.files), list(only.kinds), only.since, only.until)
    return dict(zip(FIELDS, found, strict=True))


def build(bench: Bench, language: gr.Radio, tab: gr.Tab) -> tuple[Labels, gr.State]:
    """Lay out the tab and wire it; gives what to relabel in another language, and the state that holds the number of an
    entry from the moment it is to be asked again: whoever has the form fills it in and empties the state."""
    opened = gr.State(None)  # the number of the entry that is shown
    picked = gr.State(())  # numbers of the entries for the report
    limit = gr.State(history.PAGE)
    again = gr.State(None)

    local = plain(elem_id="history-local")
    search = gr.Textbox(lines=1, max_lines=1, max_length=500, elem_id="history-search")
    notice = plain(elem_id="history-notice")
    rows = clickable(elem_id="history-list")
    with gr.Row():
        export = gr.Button(size="sm", min_width=140, variant="primary", elem_id="history-export")
        clear = gr.Button(size="sm", min_width=140, elem_id="history-clear")
    shown = clickable(elem_id="history-entry")
    judging, judged = thumbs.build(bench, language, opened, name="history-thumbs")
    passage = plain(elem_id="history-passage")
    parcel = gr.Textbox(visible="hidden", elem_id="history-parcel")

    def listed(text: str, most: int, chosen: tuple[int, ...], current: int | None, lang: Lang) -> dict:
        """The list and what goes with it."""
        entries = history.find(bench, text or "", limit=most + 1)  # one more tells whether there are older ones
        count = len(chosen)
        word = say(lang, "history.export_several", count=count) if count else say(lang, "history.export")
        return {
            rows: views.history(lang, entries[:most], chosen, current, text or "", older=len(entries) > most),
            export: gr.Button(word, visible=bool(count) or current is not None),
            clear: gr.Button(say(lang, "history.clear"), visible=bool(entries)),
        }

    def fresh(text, chosen, current, lang) -> dict:
        """Another search, or the tab was opened: the newest of what fits."""
        return {**listed(text, history.PAGE, chosen, current, lang), limit: history.PAGE, notice: ""}

    def act(text, most, chosen, current, lang, click: gr.EventData) -> dict:
        """Open a row, ask it again, put it into the report or take it out, or delete it; or show as many older ones again."""
        if hasattr(click, "older"):
            most += history.PAGE
            return {**listed(text, most, chosen, current, lang), limit: most}
        (verb, number) = next(
            ((verb, number) for verb in ("open", "again", "pick", "delete") if (number := getattr(click, verb, None))), ("", ""))
        try:
            entry = history.get(bench, int(number) if str(number).isascii() and str(number).isdigit() else -1)
            if verb == "again":
                return {again: entry.id}
            if verb == "delete":
                history.delete(bench, entry.id)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark), **listed(text, most, chosen, current, lang)}
        update: dict = {notice: ""}
        if verb == "open":
            current = entry.id
            update |= {opened: current, shown: views.kept_entry(lang, entry), passage: ""}
        elif verb == "pick":
            chosen = tuple(each for each in chosen if each != entry.id) if entry.id in chosen else (*chosen, entry.id)
        elif verb == "delete":
            chosen = tuple(each for each in chosen if each != entry.id)
            if current == entry.id:
                current = None
                update |= {opened: None, shown: "", passage: ""}
        return {**update, picked: chosen, **listed(text, most, chosen, current, lang)}

    def open_passage(current: int | None, lang: Lang, click: gr.EventData) -> str:
        """Show a passage as it was found then."""
        try:
            answers = history.get(bench, current).answers if current is not None else ()
        except WorkbenchError as error:
            return views.problem(lang, error.remark)
        hits = next((each.hits for each in answers if each.hits), ())
        number = int(click.hit) if str(getattr(click, "hit", "")).isdigit() else -1
        if not 0 <= number < len(hits):
            return ""
        return views.kept_passage(lang, hits[number], next((each.best for each in answers if each.best), None))

    def write(chosen: tuple[int, ...], current: int | None, lang: Lang) -> dict:
        """The report over the chosen entries, else over the one that is open, with the name of its file."""
        try:
            entries = [history.get(bench, each) for each in chosen or ((current,) if current is not None else ())]
            if not entries:
                raise BadRequest("history_no_number", act="export")
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark), parcel: ""}
        made = datetime.now()
        page = report.page(lang, entries, made)
        return {notice: "", parcel: json.dumps({"name": report.file_name(lang, made), "kind": "text/html", "text": page})}

    def forget_all(lang: Lang) -> dict:
        """Delete everything that was kept."""
        count = history.clear(bench)
        return {**listed("", history.PAGE, (), None, lang), notice: views.hint(say(lang, "history.cleared", count=count)),
                opened: None, picked: (), shown: "", passage: ""}

    state = [search, limit, picked, opened, language]
    table = [rows, export, clear]
    gr.on([search.change, tab.select], fresh, [search, picked, opened, language], [*table, limit, notice],
          queue=False, trigger_mode="always_last", **QUIET)
    judged.change(listed, state, table, queue=False, **QUIET)
    # Queued, as only such an event makes a state tell that it changed; and one after another, so that no click is lost.
    rows.click(act, state, [*table, limit, notice, opened, picked, again, shown, passage],
               trigger_mode="multiple", concurrency_limit=1, **QUIET)
    opened.change(None, js=INTO_VIEW % "history-entry")
    shown.click(open_passage, [opened, language], passage, queue=False, **QUIET).then(None, js=INTO_VIEW % "history-passage")
    export.click(write, [picked, opened, language], [notice, parcel], queue=False, **QUIET).then(None, parcel, js=SAVE)
    sure = "(lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [lang]; }"
    clear.click(forget_all, language, [*table, notice, opened, picked, shown, passage],
                js=sure % (say("ko", "history.sure_all"), say("en", "history.sure_all")), **QUIET)

    def relabel(lang: Lang, text: str, most: int, chosen: tuple[int, ...], current: int | None) -> dict:
        """Everything the tab says, in a language."""
        try:
            entry = history.get(bench, current) if current is not None else None
        except WorkbenchError:  # deleted meanwhile
            entry = None
        return {
            local: views.hint(say(lang, "history.local", home=bench.settings.home)),
            search: gr.Textbox(label=say(lang, "history.search")),
            shown: views.kept_entry(lang, entry) if entry else "",
            passage: "",
            **listed(text, most, chosen, current, lang),
            **judging.say(lang),
        }

    return Labels([search, limit, picked, opened], [local, search, shown, passage, *table, *judging.outputs], relabel), again
