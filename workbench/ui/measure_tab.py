"""Measure: set up a run in one screen, watch it fill in, read what it says, open every question behind a figure."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import export, journal, question_views, report, run_views
from workbench.measure import views as measured
from workbench.measure.comparing import compared
from workbench.measure.figures import behind, figures, marks, question_rows
from workbench.measure.lanes import MEASURED
from workbench.measure.plan import plan
from workbench.measure.run import begin
from workbench.measure.setup import DEFAULT, REPLY, Order, answerers, ordered, setup
from workbench.measure.sitting import Sitting, Work
from workbench.measure.telling import lane_name
from workbench.models import catalogue
from workbench.nouns import WINDOW, Lang, Question
from workbench.nouns.figures import Figures
from workbench.nouns.runs import Run, Setup
from workbench.questions import questions
from workbench.ui import questions_panel, views
from workbench.ui.wiring import INTO_VIEW, QUIET, SAVE, Labels, clickable, corpus_picker, plain
from workbench.words import say

WINDOWS = (256, 512, 1024, 2048)
TICK = 2.0  # seconds between two looks at a run at work
KINDS = {"html": "text/html", "csv": "text/csv", "jsonl": "application/x-ndjson"}


def build(bench: Bench, language: gr.Radio, tab: gr.Tab) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    sitting = Sitting(bench)
    home = bench.settings.home
    default = bench.settings.model or catalogue.BUNDLED
    opened = gr.State("")  # the figure whose questions are shown

    def count(name: str, lang: Lang) -> str:
        """How many questions a corpus has."""
        known = sum(bool(each.answers) for each in questions(bench, name)) if name in bench.store.names() else 0
        return views.hint(say(lang, "measure.questions", count=known) if known else say(lang, "measure.no_questions"))

    local = plain(elem_id="measure-local")
    with gr.Row(equal_height=False):
        with gr.Column(min_width=260):
            corpus = corpus_picker(bench, say("en", "measure.corpus"), elem_id="measure-corpus")
            about = plain(elem_id="measure-questions")
        with gr.Column(min_width=260):
            models = gr.Dropdown(catalogue.names(home), value=[default], multiselect=True, allow_custom_value=True, elem_id="measure-models")
    leaving = plain(elem_id="measure-leaving")
    review = questions_panel.build(bench, language, corpus, models, about, count)
    lanes = gr.CheckboxGroup(choices=list(MEASURED), value=list(DEFAULT), elem_id="measure-lanes")
    with gr.Row():
        windows = gr.Dropdown([str(each) for each in WINDOWS], value=[str(WINDOW)], multiselect=True, allow_custom_value=True, min_width=200, elem_id="measure-windows")
        limit = gr.Number(value=0, precision=0, min_width=160, elem_id="measure-limit")
        reply = gr.Number(value=REPLY, precision=0, min_width=160, elem_id="measure-reply")
        reference = gr.Dropdown([""], value="", allow_custom_value=True, min_width=200, elem_id="measure-reference")
    with gr.Row():
        foretell = gr.Button(min_width=160, elem_id="measure-plan")
        start = gr.Button(variant="primary", min_width=160, elem_id="measure-start")
        pause = gr.Button(min_width=120, visible=False, elem_id="measure-pause")
        resume = gr.Button(min_width=120, visible=False, elem_id="measure-resume")
        halt = gr.Button(variant="stop", min_width=120, visible=False, elem_id="measure-halt")
    notice = plain(elem_id="measure-notice")
    planned = plain(elem_id="measure-planned")
    meter = plain(elem_id="measure-meter")
    matrix = clickable(elem_id="measure-matrix")
    with gr.Row():
        runs = gr.Dropdown([], value=None, min_width=300, elem_id="measure-runs")
        other = gr.Dropdown([], value=None, min_width=300, elem_id="measure-other")
    with gr.Row():
        page = gr.Button(size="sm", min_width=130, visible=False, variant="primary", elem_id="measure-report")
        table = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-csv")
        lines = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-jsonl")
        remove = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-delete")
    changes = plain(elem_id="measure-changes")
    result = clickable(elem_id="measure-result")
    beside = clickable(elem_id="measure-behind")
    parcel = gr.Textbox(visible="hidden", elem_id="measure-parcel")
    timer = gr.Timer(TICK, active=False)

    @lru_cache(maxsize=2)
    def loaded(path: Path, changed: int) -> tuple[Run, Figures]:
        """A run with its figures, while its journal is the same."""
        run = journal.read(path)
        return run, figures(run)

    def look(name: str) -> tuple[Run, Figures]:
        """A run by its name. Raises BadRequest."""
        path = journal.place(home, name or "")
        return loaded(path, path.stat().st_mtime_ns)

    @lru_cache(maxsize=500)
    def standing(path: Path, changed: int) -> tuple[Setup, int, int]:
        """What a run is made of, its answers and how many there will be, while its journal is the same."""
        run = journal.read(path)
        return run.setup, len(run.outcomes), sum(len(answerers(run.setup, each)) for each in run.setup.columns)

    def listed(lang: Lang) -> list[tuple[str, str]]:
        """The runs there are, the newest first, and how far those are that are not finished."""
        found = []
        for name in journal.names(home):
            path = journal.place(home, name)
            try:
                made, done, total = standing(path, path.stat().st_mtime_ns)
            except BadRequest:  # its first line is damaged: it can still be deleted
                found.append((say(lang, "measure.damaged", name=name), name))
                continue
            label = say(lang, "measure.run_label", made=f"{datetime.fromtimestamp(made.made):%Y-%m-%d %H:%M}", corpus=made.corpus, questions=len(made.questions))
            at_work = sitting.running and sitting.work is not None and sitting.work.setup.id == name
            found.append((label if done >= total or at_work else label + say(lang, "measure.partly", done=done, total=total), name))
        return found

    def order(values: dict[str, Any]) -> Order:
        """The form as an order. Raises BadRequest."""
        try:
            sizes = tuple(int(each) for each in values["windows"] or ())
        except ValueError as error:
            raise BadRequest("numbers", typed=", ".join(values["windows"])) from error
        return Order(
            corpus=str(values["corpus"] or ""), lanes=tuple(each for each in MEASURED if each in values["lanes"]) or DEFAULT,
            models=tuple(values["models"]) or ("",), windows=sizes or (WINDOW,), reply=int(values["reply"] or REPLY),
            reference=str(values["reference"] or ""), limit=int(values["limit"] or 0))

    def tell_plan(lang: Lang, **values):
        """What the run would take."""
        try:
            return {planned: run_views.plan(lang, plan(bench, setup(bench, order(values)))), notice: ""}
        except WorkbenchError as error:
            return {planned: "", notice: views.problem(lang, error.remark)}

    def go(lang: Lang, **values):
        """Begin a run."""
        try:
            if sitting.running and sitting.work:
                raise BadRequest("run_running", name=sitting.work.setup.id)
            made = setup(bench, order(values))
            path = begin(bench, made)
            sitting.start(path)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", planned: run_views.gate(lang, made), result: "", beside: "", changes: "", opened: "", **buttons(lang, None), **watched(lang),
                runs: gr.Dropdown(choices=listed(lang), value=path.parent.name)}

    def go_on(name: str, lang: Lang):
        """Go on with the run that is shown."""
        try:
            sitting.start(journal.place(home, name or ""))
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", result: "", beside: "", opened: "", **buttons(lang, None), **watched(lang)}

    def watched(lang: Lang) -> dict:
        """The run at work, or waiting to go on, as far as it is: by whoever has the page open, so a pause is watched, too."""
        work = sitting.work
        if work is None or not (work.running or work.paused):
            return {meter: "", matrix: "", timer: gr.Timer(active=False), pause: gr.Button(visible=False), halt: gr.Button(visible=False)}
        ending = work.stop.is_set() or work.halt.is_set()
        return {
            meter: measured_meter(lang, work), matrix: question_views.matrix(lang, work.setup, dict(work.marks), linked=True),
            timer: gr.Timer(active=True), pause: gr.Button(say(lang, "measure.pause"), visible=not ending),
            halt: gr.Button(say(lang, "measure.halt"), visible=not work.halt.is_set()),
            resume: gr.Button(say(lang, "measure.resume"), visible=work.paused)}

    def measured_meter(lang: Lang, work: Work) -> str:
        """How far the run is and how long it will take."""
        step = work.step
        if step is None:
            return views.hint(say(lang, "measure.looking"))
        if work.paused:
            return views.meter(say(lang, "measure.held", done=step.done, total=step.total), step.done, step.total)
        column = lane_name(lang, step.column) if step.column else say(lang, "measure.looking")
        label = say(lang, "measure.progress", done=step.done, total=step.total, column=column)
        if work.stop.is_set() or work.halt.is_set():
            label += say(lang, "measure.halting") if work.halt.is_set() else pausing(lang, work)
        elif step.left is not None and step.done < step.total:
            label += say(lang, "measure.left", minutes=max(1, round(step.left / 60)))
        return views.meter(label, step.done, step.total)

    def pausing(lang: Lang, work: Work) -> str:
        """What a pause still waits for."""
        return say(lang, "measure.ending", count=work.under_way) if work.under_way else say(lang, "measure.ending_lookup")

    def tick(name: str, lang: Lang) -> dict:
        """Look at the run; at its end show what came out."""
        work = sitting.work
        if work is None or work.running or work.paused:
            return watched(lang)
        told = views.problem(lang, work.problem) if work.problem else ""
        return {**shown(work.setup.id, lang), **watched(lang), notice: told, runs: gr.Dropdown(choices=listed(lang))}

    def rest(lang: Lang) -> dict:
        """Pause at the next border."""
        sitting.pause()
        return watched(lang)

    def end(name: str, lang: Lang) -> dict:
        """End the run at once, or its pause."""
        sitting.halt()
        return tick(name, lang)

    def shown(name: str | None, lang: Lang) -> dict:
        """A run's headline and figures, with what can be done with it."""
        work = sitting.work
        at_work = work is not None and (work.running or work.paused) and work.setup.id == name
        if not name or at_work:
            return {result: "" if at_work else views.hint(say(lang, "measure.empty")), beside: "", opened: "", **buttons(lang, None)}
        try:
            run, found = look(name)
        except BadRequest as error:
            return {result: views.problem(lang, error.remark), beside: "", opened: "", **buttons(lang, None)}
        unfinished = "" if found.answers >= found.total else views.notice(say(lang, "measure.paused", done=found.answers, total=found.total))
        return {result: f'<div class="wb-measured">{unfinished}{measured.front(lang, run, found)}{measured.whole(lang, run, found, linked=True)}'
                f"{question_views.every(lang, run.setup, marks(run))}</div>",
                beside: "", opened: "", **buttons(lang, found)}

    def filled(name: str | None) -> dict:
        """The form as it was for a run; of what is gone since, only the corpus is left out. Nothing for a run that cannot be read."""
        try:
            path = journal.place(home, name or "")
            asked = ordered(standing(path, path.stat().st_mtime_ns)[0])
        except BadRequest:
            return {}
        there = {corpus: gr.Dropdown(choices=bench.store.names(), value=asked.corpus)} if asked.corpus in bench.store.names() else {}
        return {**there, models: [each or default for each in asked.models], lanes: list(asked.lanes), windows: [str(each) for each in asked.windows],
                limit: asked.limit, reply: asked.reply, reference: asked.reference}

    def buttons(lang: Lang, found: Figures | None) -> dict:
        """What can be done with the run that is shown."""
        there = found is not None
        return {
            resume: gr.Button(say(lang, "measure.resume"), visible=bool(found and found.answers < found.total and not sitting.running)),
            page: gr.Button(say(lang, "measure.report"), visible=there), table: gr.Button(say(lang, "measure.csv"), visible=there),
            lines: gr.Button(say(lang, "measure.jsonl"), visible=there), remove: gr.Button(say(lang, "measure.delete"), visible=there)}

    def choose(name: str | None, lang: Lang) -> dict:
        """Show another run, and in the form what it was made of; one that waits to go on need not be waited for any more."""
        if sitting.work and sitting.work.paused and sitting.work.setup.id != name:
            sitting.halt()
        return {**shown(name, lang), **watched(lang), **filled(name), planned: "", changes: "", other: gr.Dropdown(value=None)}

    def compare(name: str, earlier: str, lang: Lang) -> str:
        """Two runs, pair by pair."""
        if not earlier or not name:
            return ""
        try:
            return run_views.changes(lang, compared(look(earlier)[0], look(name)[0]))
        except BadRequest as error:
            return views.problem(lang, error.remark)

    def open_figure(name: str, cell: str, lang: Lang, click: gr.EventData) -> dict:
        """The questions behind a figure; one of them, or that of a cell of the matrix, with its answers side by side."""
        wanted, question = str(getattr(click, "cell", "") or cell), str(getattr(click, "question", "") or "")
        column = str(getattr(click, "column", "") or "")
        try:
            run, found = look(name)
            if column or not wanted:
                some, wanted = [each for each in run.setup.questions if not question or each.id == question], ""
            else:
                some = behind(run, found, wanted)
        except (BadRequest, ValueError, IndexError, KeyError) as error:
            return {beside: views.problem(lang, error.remark) if isinstance(error, BadRequest) else ""}
        return {beside: opened_at(lang, run, title(lang, run, wanted), some, question, column), opened: wanted}

    def opened_at(lang: Lang, run: Run, called: str, some: Sequence[Question], question: str, column: str) -> str:
        """Questions, one of them with the answers that are there, that of a column first."""
        for each, answers in question_rows(run) if question else ():
            if each.id == question:
                view = question_views.question_view(lang, each, answers, int(column) if column.isdigit() else None)
                return question_views.question_list(lang, called, some, question, view)
        return question_views.question_list(lang, called, some)

    def title(lang: Lang, run: Run, cell: str) -> str:
        """What a figure counts, in words."""
        rest = cell.partition(":")[2]
        if rest.startswith("lane:"):
            return lane_name(lang, run.setup.columns[int(rest[5:])].name)
        return say(lang, f"measured.loss.{rest[5:]}") if rest.startswith("loss:") else say(lang, f"measured.{rest}") if rest else say(lang, "measured.report.every")

    def open_cell(lang: Lang, click: gr.EventData) -> str:
        """A question of the run at work, with the answers there are."""
        work, question = sitting.work, str(getattr(click, "question", "") or "")
        if work is None or not question:
            return ""
        run = journal.read(journal.place(home, work.setup.id))
        some = [each for each in run.setup.questions if each.id == question]
        return opened_at(lang, run, say(lang, "measured.report.every"), some, question, str(getattr(click, "column", "") or ""))

    def packed(kind: str):
        """A handler that makes a file of the run that is shown."""
        def make(name: str, lang: Lang) -> str:
            try:
                run, found = look(name)
            except BadRequest:
                return ""
            text = {"html": lambda: report.page(lang, run, found), "csv": lambda: export.table(run), "jsonl": lambda: export.lines(run)}[kind]()
            return json.dumps({"name": report.file_name(lang, run, kind), "kind": KINDS[kind], "text": text})
        return make

    def forget(name: str, lang: Lang) -> dict:
        """Delete the run that is shown."""
        try:
            journal.delete(home, [name or ""])
        except BadRequest as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", runs: gr.Dropdown(choices=listed(lang), value=None), changes: "", **shown("", lang)}

    def departure(chosen: list[str], against: str, lang: Lang) -> str:
        """To which other computers a run would send texts."""
        return views.departure(lang, map(str, [*(chosen or ()), against or ""]), "measure")

    def refresh(name: str, chosen: str, lang: Lang) -> dict:
        """The tab was opened: the run that was looked at, else the one at work or the newest one, which may be one that somebody wants
        to go on with, and in the form what that was made of."""
        there = listed(lang)
        known = {run for _, run in there}
        at_work = sitting.work.setup.id if sitting.work and (sitting.running or sitting.work.paused) else ""
        first = next((each for each in (at_work, *(run for _, run in there)) if each in known), "")
        taken = filled(first) if chosen not in known else {}
        chosen = chosen if chosen in known else first
        now = {} if corpus in taken else {about: count(name, lang)}  # a corpus that is put in says so itself
        return {**now, runs: gr.Dropdown(choices=there, value=chosen or None), **shown(chosen, lang), **watched(lang), **taken}

    form = {"corpus": corpus, "models": models, "lanes": lanes, "windows": windows, "limit": limit, "reply": reply, "reference": reference}
    acts = [resume, page, table, lines, remove]
    watching = [meter, matrix, timer, pause, halt, resume]
    foretell.click(tell_plan, inputs_kwargs={"lang": language, **form}, outputs=[planned, notice], concurrency_limit=1, api_visibility="private")
    start.click(go, inputs_kwargs={"lang": language, **form}, outputs=[notice, planned, result, beside, changes, opened, runs, *dict.fromkeys([*watching, *acts])],
                concurrency_limit=1, api_visibility="private")
    resume.click(go_on, [runs, language], [notice, result, beside, opened, *dict.fromkeys([*watching, *acts])], concurrency_limit=1, **QUIET)
    pause.click(rest, language, watching, queue=False, **QUIET)
    looked = [notice, runs, result, beside, opened, *dict.fromkeys([*watching, *acts])]
    timer.tick(tick, [runs, language], looked, **QUIET)
    halt.click(end, [runs, language], looked, queue=False, **QUIET)
    runs.input(choose, [runs, language], [result, beside, opened, planned, changes, other, *form.values(), *dict.fromkeys([*watching, *acts])], **QUIET)
    other.input(compare, [runs, other, language], changes, **QUIET)
    for picker in (runs, other):
        picker.focus(lambda lang: gr.Dropdown(choices=listed(lang)), language, picker, queue=False, **QUIET)
    for picker in (models, reference):
        picker.focus(lambda: gr.Dropdown(choices=catalogue.names(home)), None, picker, queue=False, **QUIET)
        picker.change(departure, [models, reference, language], leaving, queue=False, **QUIET)
    corpus.change(count, [corpus, language], about, queue=False, **QUIET)
    tab.select(refresh, [corpus, runs, language], list(dict.fromkeys([about, runs, result, beside, opened, *form.values(), *watching, *acts])),
               queue=False, **QUIET)
    result.click(open_figure, [runs, opened, language], [beside, opened], **QUIET).then(None, js=INTO_VIEW % "measure-behind")
    beside.click(open_figure, [runs, opened, language], [beside, opened], **QUIET)
    matrix.click(open_cell, language, beside, **QUIET).then(None, js=INTO_VIEW % "measure-behind")
    for button, kind in ((page, "html"), (table, "csv"), (lines, "jsonl")):
        button.click(packed(kind), [runs, language], parcel, **QUIET).then(None, parcel, js=SAVE)
    sure = "(name, lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [name, lang]; }"
    remove.click(forget, [runs, language], [notice, runs, changes, result, beside, opened, *acts],
                 js=sure % (say("ko", "measure.sure"), say("en", "measure.sure")), **QUIET)

    def relabel(lang: Lang, name: str, chosen: str, asked: list[str], against: str, *reviewed) -> dict:
        """Everything the tab says, in a language."""
        return {
            **review.say(lang, *reviewed),
            local: views.hint(say(lang, "measure.local", home=home / "runs")),
            corpus: gr.Dropdown(label=say(lang, "measure.corpus")),
            about: count(name, lang),
            models: gr.Dropdown(label=say(lang, "measure.models")),
            leaving: departure(asked, against, lang),
            lanes: gr.CheckboxGroup(label=say(lang, "measure.lanes"), choices=[(lane_name(lang, each), each) for each in MEASURED]),
            windows: gr.Dropdown(label=say(lang, "measure.windows")),
            limit: gr.Number(label=say(lang, "measure.limit")),
            reply: gr.Number(label=say(lang, "measure.reply")),
            reference: gr.Dropdown(label=say(lang, "measure.reference"), choices=[(say(lang, "measure.none"), ""), *((each, each) for each in catalogue.names(home))]),
            foretell: gr.Button(say(lang, "measure.plan")),
            start: gr.Button(say(lang, "measure.start")),
            runs: gr.Dropdown(label=say(lang, "measure.runs"), choices=listed(lang)),
            other: gr.Dropdown(label=say(lang, "measure.compare"), choices=listed(lang)),
            planned: "", notice: "", changes: "",
            **shown(chosen, lang),
            **watched(lang),
        }

    outputs = [local, corpus, about, models, leaving, lanes, windows, limit, reply, reference, foretell, start, runs, other, planned, notice, changes,
               *dict.fromkeys([*watching, result, beside, opened, *acts]), *review.outputs]
    return Labels([corpus, runs, models, reference, *review.inputs], outputs, relabel)
