"""Feedback: a table or texts in, themes out; the user merges, renames and splits them, and hands on a page and a table."""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import gradio as gr

from workbench import feedback
from workbench.bench import Bench
from workbench.errors import BadRequest, ModelError, WorkbenchError
from workbench.feedback import columns, editing, keeping, masking, naming, rows
from workbench.feedback.figures import figures
from workbench.feedback.table import table
from workbench.models import addresses
from workbench.nouns import Lang
from workbench.nouns.feedback import Chosen, Feedback, Figures, Sorting
from workbench.ui import feedback_report, feedback_views, views
from workbench.ui.dropped import called, drop, taken
from workbench.ui.wiring import INTO_VIEW, QUIET, SAVE, Labels, clickable, plain
from workbench.words import say, tell

HELD = 4  # analyses held in memory
FRAME = 0.2  # seconds between two pictures of a run
SHOWN = 200  # opinions of a theme that are listed
KINDS = {"html": "text/html", "csv": "text/csv"}
FIELDS = ("text", "rating", "date", "group")


@dataclass(frozen=True, slots=True)
class Opened:
    """An analysis as it is now, with its figures."""

    feedback: Feedback
    sorting: Sorting
    figures: Figures


def build(page: gr.Blocks, bench: Bench, language: gr.Radio, tab: gr.Tab) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    stops: dict[str, set[threading.Event]] = {}  # of the runs a session has begun
    held: OrderedDict[tuple[str, int], Opened] = OrderedDict()
    default = bench.named("")

    path = gr.State("")  # what was dropped, waiting to be read
    current = gr.State("")  # the analysis that is shown
    picked = gr.State(())  # themes for merging
    renamed = gr.State(0)  # the theme that gets a name

    intro = plain(elem_id="feedback-intro")
    with gr.Row():
        upload = gr.File(file_count="multiple", elem_id="feedback-upload", height=130, scale=4, min_width=240)
        folder = gr.UploadButton(file_count="directory", size="sm", scale=1, min_width=140, elem_id="feedback-folder")
    with gr.Row(visible=False, elem_id="feedback-columns") as fields:
        sheet = gr.Dropdown([], min_width=130, elem_id="feedback-sheet")
        text, rating, date, group = (gr.Dropdown([], min_width=130, elem_id=f"feedback-{name}") for name in FIELDS)
    seen = plain(elem_id="feedback-seen")
    with gr.Row(visible=False, elem_id="feedback-options") as options:
        number = gr.Number(0, precision=0, minimum=0, maximum=feedback.MOST_THEMES, min_width=180, elem_id="feedback-number")
        with gr.Column(scale=2, min_width=260):
            mask = gr.Checkbox(True, elem_id="feedback-mask")
            rephrase = gr.Checkbox(not addresses.leaves(default), elem_id="feedback-rephrase")  # what leaves is said yes to
            leaving = plain(elem_id="feedback-leaving")
    with gr.Row():
        run = gr.Button(variant="primary", visible=False, min_width=160, elem_id="feedback-run")
        stop = gr.Button(variant="stop", visible=False, min_width=120, elem_id="feedback-stop")
    progress = plain(elem_id="feedback-progress")
    with gr.Row(visible=False, elem_id="feedback-kept-row") as kept_row:
        kept = gr.Dropdown([], scale=4, min_width=220, elem_id="feedback-kept")
        forget = gr.Button(size="sm", scale=1, min_width=140, elem_id="feedback-forget")
    with gr.Row(visible=False, elem_id="feedback-edits") as edits:
        merge = gr.Button(size="sm", min_width=160, interactive=False, elem_id="feedback-merge")
        undo = gr.Button(size="sm", min_width=120, interactive=False, elem_id="feedback-undo")
        page_out = gr.Button(size="sm", min_width=160, elem_id="feedback-page")
        table_out = gr.Button(size="sm", min_width=160, elem_id="feedback-table")
    with gr.Row(visible=False, elem_id="feedback-naming") as naming_row:
        name = gr.Textbox(lines=1, max_lines=1, max_length=editing.LONGEST_NAME, scale=4, min_width=220, elem_id="feedback-name")
        save = gr.Button(size="sm", scale=1, min_width=120, elem_id="feedback-save")
    notice = plain(elem_id="feedback-notice")
    shown = clickable(elem_id="feedback-shown")
    opened_row = clickable(elem_id="feedback-row")
    parcel = gr.Textbox(visible="hidden", elem_id="feedback-parcel")
    result = [current, picked, renamed, shown, opened_row, edits, merge, undo, naming_row, notice, kept_row, kept, forget]

    def get(identity: str) -> Opened:
        """An analysis with its figures, from memory where it is as it was. Raises BadRequest."""
        key = (identity, keeping.changes(bench, identity))
        if key not in held:
            found, sorting = keeping.load(bench, identity)
            held[key] = Opened(found, sorting, figures(found, sorting))
            while len(held) > HELD:
                held.popitem(last=False)
        held.move_to_end(key)
        return held[key]

    def choices(lang: Lang) -> list[tuple[str, str]]:
        """The kept analyses by name."""
        return [
            (say(lang, "feedback.kept_one", name=each.name, rows=f"{each.rows:,}", made=f"{datetime.fromtimestamp(each.made):%Y-%m-%d %H:%M}"), each.id)
            for each in keeping.list_kept(bench)]

    def around(identity: str, every: list[tuple[str, str]], lang: Lang, chosen: tuple[int, ...] = (), said: str = "") -> dict[Any, Any]:
        """What stands around an analysis, beside `every` kept one; around none where `identity` is empty."""
        return {
            current: identity, picked: chosen, renamed: 0, opened_row: "", notice: said, naming_row: gr.Row(visible=False),
            kept_row: gr.Row(visible=bool(every)), kept: gr.Dropdown(label=say(lang, "feedback.kept"), choices=every, value=identity or None), edits: gr.Row(visible=bool(identity)),
            forget: gr.Button(say(lang, "feedback.forget"), interactive=bool(identity)),
        }

    def show(identity: str, lang: Lang, chosen: tuple[int, ...] = (), said: str = "") -> dict:
        """An analysis on the page; the newest kept one where it is gone, and nothing where there is none."""
        every = choices(lang)
        names = [each for _, each in every]
        identity = identity if identity in names else next(iter(names), "")
        update = around(identity, every, lang, chosen, said)
        if not identity:
            return {**update, shown: views.hint(say(lang, "feedback.empty"))}
        found = get(identity)
        count = keeping.changes(bench, identity)
        return {
            **update,
            shown: feedback_views.analysis(lang, found.feedback, found.figures, chosen),
            merge: gr.Button(say(lang, "feedback.merge", count=len(chosen)), interactive=len(chosen) > 1),
            undo: gr.Button(say(lang, "feedback.undo", count=count), interactive=count > 0),
        }

    def aside(lang: Lang) -> dict:
        """Nothing on the page, as another file waits to be read; what is kept can be opened."""
        return {**around("", choices(lang), lang), shown: ""}

    def safely(identity: str, lang: Lang, chosen: tuple[int, ...] = (), said: str = "") -> dict:
        """`show`, with what is wrong in its place."""
        try:
            return show(identity, lang, chosen, said)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}

    def waiting(identity: str, place: str, lang: Lang, chosen: tuple[int, ...] = ()) -> dict:
        """`safely`, but nothing in place of an analysis while a file waits."""
        return aside(lang) if place and not identity else safely(identity, lang, chosen)

    def look(place: str, wanted: Chosen, hidden: bool, lang: Lang) -> dict:
        """What was dropped, before it is read: the columns with what they look like."""
        update: dict[Any, Any] = {progress: "", run: gr.Button(visible=True), options: gr.Row(visible=True)}
        if Path(place).is_dir():
            texts = sum(1 for each in Path(place).iterdir())
            return {**update, fields: gr.Row(visible=False), seen: views.hint(say(lang, "feedback.texts", count=texts))}
        try:
            tables, _, chosen, found = rows.look(bench, Path(place), wanted)
        except BadRequest as error:
            return {**update, **asked_again(place, error, lang)}
        except WorkbenchError as error:
            return {progress: views.problem(lang, error.remark), run: gr.Button(visible=False), options: gr.Row(visible=False),
                    fields: gr.Row(visible=False), seen: ""}
        if hidden:
            found = tuple(replace(each, example=masking.masked(each.example)[0]) for each in found)
        names = [each.name for each in found]
        none = (say(lang, "feedback.nothing"), columns.NONE)
        picks = {rating: chosen.rating, date: chosen.date, group: chosen.group}
        sheets = list(dict.fromkeys(each.title for each in tables))
        return {
            **update, fields: gr.Row(visible=True), seen: feedback_views.columns(lang, found, chosen),
            sheet: gr.Dropdown(choices=sheets, value=chosen.sheet, visible=len(sheets) > 1),
            text: gr.Dropdown(choices=names, value=chosen.text),
            **{field: gr.Dropdown(choices=[none, *names], value=value or columns.NONE) for field, value in picks.items()},
        }

    def asked_again(place: str, error: BadRequest, lang: Lang) -> dict:
        """Where no column looks like opinions the user chooses one."""
        names = list(dict.fromkeys(column for each in rows.records(bench, Path(place)) for column in each.columns))
        return {fields: gr.Row(visible=True), text: gr.Dropdown(choices=names, value=None), seen: "", run: gr.Button(visible=False),
                progress: views.problem(lang, error.remark)}

    def take(files: list[str] | None, hidden: bool, before: str, lang: Lang) -> dict:
        """Take in what was dropped: one table, or texts as a folder of their own."""
        drop(before)
        paths = [Path(each) for each in files or [] if not Path(each).name.startswith(".")]
        if not paths:
            return {upload: None, folder: None}
        place = taken(paths)
        return {path: str(place), upload: None, folder: None, **aside(lang), **look(str(place), feedback.DETECTED, hidden, lang)}

    def chosen_of(values: tuple[str | None, ...]) -> Chosen:
        """The fields as columns; a name is only taken where it was chosen."""
        return Chosen(*(value or "" for value in values))

    def again(place: str, hidden: bool, lang: Lang, *values: str | None) -> dict:
        """Another column was chosen."""
        return look(place, chosen_of(values), hidden, lang) if place else {seen: ""}

    def another_sheet(place: str, hidden: bool, lang: Lang, title: str | None) -> dict:
        """Another sheet was chosen: its columns are looked at anew."""
        return look(place, Chosen(sheet=title or ""), hidden, lang) if place else {seen: ""}

    def start(place: str, wanted: int, hidden: bool, named: bool, lang: Lang, asker: gr.Request, *values: str | None) -> Iterator[dict]:
        """Read, sort, name and keep; every step on the page."""
        halt = threading.Event()
        stops.setdefault(str(asker.session_hash), set()).add(halt)
        try:
            yield {run: gr.Button(visible=False), stop: gr.Button(visible=True), notice: "", opened_row: ""}
            found = yield from told(lang, place, chosen_of(values), int(wanted or 0) or None, hidden, named, halt)
            if found is None:
                yield {progress: views.hint(say(lang, "feedback.stopped")), run: gr.Button(visible=True)}
            else:
                identity = keeping.keep(bench, found)
                drop(place)
                yield {path: "", progress: "", seen: "", fields: gr.Row(visible=False), options: gr.Row(visible=False), **show(identity, lang)}
        except WorkbenchError as error:
            yield {progress: views.problem(lang, error.remark), run: gr.Button(visible=True)}
        finally:
            stops.get(str(asker.session_hash), set()).discard(halt)
        yield {stop: gr.Button(visible=False)}

    def told(
        lang: Lang, place: str, wanted: Chosen, themes: int | None, hidden: bool, named: bool, halt: threading.Event
    ) -> Generator[dict, None, feedback.Result | None]:
        """The steps as a progress bar; returns the result, None where it was stopped."""
        began = painted = 0.0
        steps = feedback.analyze(bench, Path(place), wanted, mask=hidden, number=themes, halt=halt, name=called(Path(place)))
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                found: feedback.Result | None = end.value
                break
            if step.stage == "embedding" and not step.done:
                began = time.monotonic()
            if step.stage != "embedding" or time.monotonic() > painted + FRAME:
                painted = time.monotonic()
                yield {progress: feedback_views.progress(lang, step, time.monotonic() - began)}
        if found is None or not named:
            return found
        try:
            for each in naming.rephrase(bench, found.feedback, found.sorting):
                found = replace(found, sorting=each.sorting)
                label = say(lang, "feedback.stage.naming", done=each.done, total=each.total)
                yield {progress: views.meter(label, each.done, each.total)}
                if halt.is_set():
                    return None
        except ModelError as error:
            yield {notice: views.hint(tell(lang, error.remark))}
        return found

    def halt_it(lang: Lang, asker: gr.Request) -> str:
        """Stop what this session runs, after the step it is at."""
        for event in stops.get(str(asker.session_hash), ()):
            event.set()
        return views.hint(say(lang, "feedback.stopping"))

    def act(identity: str, chosen: tuple[int, ...], lang: Lang, click: gr.EventData) -> dict:
        """Choose a theme, rename or split it, open a quote's row or all opinions."""
        verb, value = next(
            ((verb, value) for verb in ("pick", "name", "split", "rows", "row") if (value := whole(getattr(click, verb, None))) is not None), ("", 0))
        try:
            found = get(identity)
            if verb == "pick":
                chosen = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
                return show(identity, lang, chosen)
            if verb == "name":
                label = editing.theme(found.sorting, value).label
                return {renamed: value, naming_row: gr.Row(visible=True), name: label, notice: ""}
            if verb == "split":
                changed = editing.split(found.feedback, found.sorting, value, keeping.vectors(bench, identity))
                keeping.change(bench, identity, changed)
                return show(identity, lang)
            if verb == "rows":
                return {opened_row: feedback_views.all_rows(lang, found.feedback, found.sorting, value, SHOWN), notice: ""}
            if verb == "row" and 0 <= value < len(found.feedback.rows):
                begins = whole(getattr(click, "start", None))
                return {opened_row: feedback_views.row(lang, found.feedback, found.sorting, value, -1 if begins is None else begins), notice: ""}
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: ""}

    def join(identity: str, chosen: tuple[int, ...], lang: Lang) -> dict:
        """Merge what was chosen."""
        try:
            found = get(identity)
            keeping.change(bench, identity, editing.merge(found.feedback, found.sorting, chosen))
            return show(identity, lang)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}

    def call(identity: str, value: int, label: str, lang: Lang) -> dict:
        """Give a theme its new name."""
        try:
            keeping.change(bench, identity, editing.rename(get(identity).sorting, value, label or ""))
            return show(identity, lang)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}

    def back(identity: str, lang: Lang) -> dict:
        """Take the last change back."""
        try:
            for key in [each for each in held if each[0] == identity]:
                del held[key]
            keeping.undo(bench, identity)
            return show(identity, lang)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}

    def remove(identity: str, lang: Lang) -> dict:
        """Delete the analysis."""
        try:
            keeping.forget(bench, identity)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return safely("", lang, said=views.hint(say(lang, "feedback.forgotten")))

    def write(identity: str, lang: Lang, ending: str) -> dict:
        """A file to save, with its name; the browser makes it, so that no copy stays behind."""
        try:
            found = get(identity)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark), parcel: ""}
        made = datetime.now()
        content = (
            table(lang, found.feedback, found.sorting) if ending == "csv"
            else feedback_report.page(lang, found.feedback, found.figures, made))
        return {notice: "", parcel: json.dumps({"name": feedback_report.file_name(lang, made, ending), "kind": KINDS[ending], "text": content})}

    def write_page(identity: str, lang: Lang) -> dict:
        return write(identity, lang, "html")

    def write_table(identity: str, lang: Lang) -> dict:
        return write(identity, lang, "csv")

    def left(asker: gr.Request) -> None:
        """The tab was closed: what it runs is stopped."""
        for event in stops.pop(str(asker.session_hash), ()):
            event.set()

    picks = [text, rating, date, group, sheet]
    dropped = [path, upload, folder, fields, options, seen, run, progress, *picks]
    upload.upload(take, [upload, mask, path, language], [*dropped, *result], **QUIET)
    folder.upload(take, [folder, mask, path, language], [*dropped, *result], **QUIET)
    for field in (text, rating, date, group):
        field.input(again, [path, mask, language, *picks], dropped, queue=False, **QUIET)
    sheet.input(another_sheet, [path, mask, language, sheet], dropped, queue=False, **QUIET)
    mask.input(again, [path, mask, language, *picks], dropped, queue=False, **QUIET)
    run.click(start, [path, number, mask, rephrase, language, *picks], [*dropped, *result, stop],
              show_progress="hidden", concurrency_limit=2, api_visibility="private")
    stop.click(halt_it, language, progress, queue=False, **QUIET)
    state = [current, picked, language]
    shown.click(act, state, [*result, name], trigger_mode="multiple", concurrency_limit=1, **QUIET)
    opened_row.click(act, state, [*result, name], concurrency_limit=1, **QUIET)
    opened_row.change(None, js=INTO_VIEW % "feedback-row")
    renamed.change(None, js="() => document.querySelector('#feedback-naming')?.scrollIntoView({block: 'center', behavior: 'smooth'})")
    merge.click(join, state, result, **QUIET)
    for event in (save.click, name.submit):
        event(call, [current, renamed, name, language], result, **QUIET)
    undo.click(back, [current, language], result, **QUIET)
    kept.input(safely, [kept, language], result, **QUIET)
    tab.select(waiting, [current, path, language], result, **QUIET)
    page_out.click(write_page, [current, language], [notice, parcel], queue=False, **QUIET).then(None, parcel, js=SAVE)
    table_out.click(write_table, [current, language], [notice, parcel], queue=False, **QUIET).then(None, parcel, js=SAVE)
    sure = "(id, lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [id, lang]; }"
    forget.click(remove, [current, language], result, js=sure % (say("ko", "feedback.sure"), say("en", "feedback.sure")), **QUIET)
    page.unload(left)

    def relabel(lang: Lang, identity: str, chosen: tuple[int, ...], place: str, hidden: bool, *values: str | None) -> dict:
        """Everything the tab says, in a language."""
        update: dict[Any, Any] = {
            intro: views.hint(say(lang, "feedback.intro")),
            upload: gr.File(label=say(lang, "feedback.files")),
            folder: gr.UploadButton(label=say(lang, "feedback.folder")),
            **{field: gr.Dropdown(label=say(lang, f"feedback.pick_{key}")) for key, field in zip((*FIELDS, "sheet"), picks, strict=True)},
            number: gr.Number(label=say(lang, "feedback.number")),
            mask: gr.Checkbox(label=say(lang, "feedback.mask")),
            rephrase: gr.Checkbox(label=say(lang, "feedback.rephrase")),
            leaving: views.departure(lang, [default], "feedback"),
            run: gr.Button(say(lang, "feedback.run")),
            stop: gr.Button(say(lang, "feedback.stop")),
            page_out: gr.Button(say(lang, "feedback.export_report")),
            table_out: gr.Button(say(lang, "feedback.export_table")),
            name: gr.Textbox(label=say(lang, "feedback.new_name")),
            save: gr.Button(say(lang, "feedback.save_name")),
            **waiting(identity, place, lang, chosen),
        }
        if place and not Path(place).is_dir() and values[0]:
            update[seen] = look(place, chosen_of(values), hidden, lang).get(seen, "")
        kept_label = update.get(kept, gr.Dropdown())
        kept_label.label = say(lang, "feedback.kept")
        return update

    return Labels(
        [current, picked, path, mask, *picks],
        [intro, upload, folder, *picks, number, mask, rephrase, leaving, run, stop, page_out, table_out, name, save, seen, *result], relabel)


def whole(value: object) -> int | None:
    """What a button says, as a number; None for anything else."""
    return int(str(value)) if str(value).isascii() and str(value).isdigit() and len(str(value)) < 10 else None


