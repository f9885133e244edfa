"""Measure: set up a run in one screen, watch it fill in, read what it says, open every question behind a figure."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import export, journal, report
from workbench.measure import views as measured
from workbench.measure.figures import behind, compared, figures, question_rows
from workbench.measure.lanes import MEASURED
from workbench.measure.plan import plan
from workbench.measure.run import begin
from workbench.measure.setup import DEFAULT, REPLY, Order, setup
from workbench.measure.sitting import Sitting
from workbench.models import catalogue
from workbench.nouns import WINDOW, Lang
from workbench.nouns.figures import Figures
from workbench.nouns.runs import Run
from workbench.questions import questions
from workbench.ui import views
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

    local = plain(elem_id="measure-local")
    with gr.Row(equal_height=False):
        with gr.Column(min_width=260):
            corpus = corpus_picker(bench, say("en", "measure.corpus"), elem_id="measure-corpus")
            about = plain(elem_id="measure-questions")
        with gr.Column(min_width=260):
            models = gr.Dropdown(catalogue.names(home), value=[default], multiselect=True, allow_custom_value=True, elem_id="measure-models")
    leaving = plain(elem_id="measure-leaving")
    lanes = gr.CheckboxGroup(choices=list(MEASURED), value=list(DEFAULT), elem_id="measure-lanes")
    with gr.Row():
        windows = gr.Dropdown([str(each) for each in WINDOWS], value=[str(WINDOW)], multiselect=True, allow_custom_value=True, min_width=200, elem_id="measure-windows")
        limit = gr.Number(value=0, precision=0, min_width=160, elem_id="measure-limit")
        reply = gr.Number(value=REPLY, precision=0, min_width=160, elem_id="measure-reply")
        reference = gr.Dropdown([""], value="", allow_custom_value=True, min_width=200, elem_id="measure-reference")
    with gr.Row():
        foretell = gr.Button(min_width=160, elem_id="measure-plan")
        start = gr.Button(variant="primary", min_width=160, elem_id="measure-start")
        pause = gr.Button(variant="stop", min_width=160, visible=False, elem_id="measure-pause")
    notice = plain(elem_id="measure-notice")
    planned = plain(elem_id="measure-planned")
    meter = plain(elem_id="measure-meter")
    matrix = clickable(elem_id="measure-matrix")
    with gr.Row():
        runs = gr.Dropdown([], value=None, min_width=300, elem_id="measure-runs")
        other = gr.Dropdown([], value=None, min_width=300, elem_id="measure-other")
    with gr.Row():
        resume = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-resume")
        page = gr.Button(size="sm", min_width=130, visible=False, variant="primary", elem_id="measure-report")
        table = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-csv")
        lines = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-jsonl")
        remove = gr.Button(size="sm", min_width=130, visible=False, elem_id="measure-delete")
    result = clickable(elem_id="measure-result")
    beside = clickable(elem_id="measure-behind")
    changes = plain(elem_id="measure-changes")
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

    def listed(lang: Lang) -> list[tuple[str, str]]:
        """The runs there are, the newest first."""
        found = []
        for name in journal.names(home):
            try:
                made = journal.head(journal.place(home, name))
            except BadRequest:  # its first line is damaged: it can still be deleted
                found.append((name, name))
                continue
            moment = f"{datetime.fromtimestamp(made.made):%Y-%m-%d %H:%M}"
            found.append((say(lang, "measure.run_label", made=moment, corpus=made.corpus, questions=len(made.questions)), name))
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
            return {planned: measured.plan(lang, plan(bench, setup(bench, order(values)))), notice: ""}
        except WorkbenchError as error:
            return {planned: "", notice: views.problem(lang, error.remark)}

    def go(lang: Lang, **values):
        """Begin a run."""
        try:
            if sitting.running and sitting.work:
                raise BadRequest("run_running", name=sitting.work.setup.id)
            path = begin(bench, setup(bench, order(values)))
            sitting.start(path)
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", planned: "", result: "", beside: "", changes: "", opened: "", **watched(lang),
                runs: gr.Dropdown(choices=listed(lang), value=path.parent.name)}

    def go_on(name: str, lang: Lang):
        """Go on with the run that is shown."""
        try:
            sitting.start(journal.place(home, name or ""))
        except WorkbenchError as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", result: "", beside: "", opened: "", **watched(lang)}

    def watched(lang: Lang) -> dict:
        """The run at work, as far as it is."""
        work = sitting.work
        if work is None or not work.running:
            return {meter: "", matrix: "", timer: gr.Timer(active=False), pause: gr.Button(visible=False)}
        return {meter: measured_meter(lang, work.step), matrix: measured.matrix(lang, work.setup, dict(work.marks), linked=True),
                timer: gr.Timer(active=True), pause: gr.Button(say(lang, "measure.pause"), visible=not work.stop.is_set()), resume: gr.Button(visible=False)}

    def measured_meter(lang: Lang, step) -> str:
        """How far the run is and how long it will take."""
        if step is None:
            return views.hint(say(lang, "measure.looking"))
        column = measured.lane_name(lang, step.column) if step.column else say(lang, "measure.looking")
        label = say(lang, "measure.progress", done=step.done, total=step.total, column=column)
        if step.left is not None:
            label += say(lang, "measure.left", minutes=max(1, round(step.left / 60)))
        return views.meter(label, step.done, step.total)

    def tick(name: str, lang: Lang) -> dict:
        """Look at the run; at its end show what came out."""
        if sitting.running:
            return watched(lang)
        work = sitting.work
        told = views.problem(lang, work.problem) if work and work.problem else ""
        return {**watched(lang), **shown(work.setup.id if work else name, lang), notice: told}

    def halt(lang: Lang) -> dict:
        """Pause at the next border."""
        sitting.pause()
        return {pause: gr.Button(visible=False)}

    def shown(name: str | None, lang: Lang) -> dict:
        """A run's headline and figures, with what can be done with it."""
        at_work = sitting.running and sitting.work is not None and sitting.work.setup.id == name
        if not name or at_work:
            return {result: "" if at_work else views.hint(say(lang, "measure.empty")), beside: "", opened: "", **buttons(lang, None)}
        try:
            run, found = look(name)
        except BadRequest as error:
            return {result: views.problem(lang, error.remark), beside: "", opened: "", **buttons(lang, None)}
        unfinished = "" if found.answers >= found.total else views.notice(say(lang, "measure.paused", done=found.answers, total=found.total))
        return {result: f'<div class="wb-measured">{unfinished}{measured.front(lang, run, found)}{measured.whole(lang, run, found, linked=True)}</div>',
                beside: "", opened: "", **buttons(lang, found)}

    def buttons(lang: Lang, found: Figures | None) -> dict:
        """What can be done with the run that is shown."""
        there = found is not None
        return {
            resume: gr.Button(say(lang, "measure.resume"), visible=bool(found and found.answers < found.total and not sitting.running)),
            page: gr.Button(say(lang, "measure.report"), visible=there), table: gr.Button(say(lang, "measure.csv"), visible=there),
            lines: gr.Button(say(lang, "measure.jsonl"), visible=there), remove: gr.Button(say(lang, "measure.delete"), visible=there)}

    def choose(name: str | None, lang: Lang) -> dict:
        """Show another run."""
        return {**shown(name, lang), changes: ""}

    def compare(name: str, earlier: str, lang: Lang) -> str:
        """Two runs, pair by pair."""
        if not earlier or not name:
            return ""
        try:
            return measured.changes(lang, compared(look(earlier)[0], look(name)[0]))
        except BadRequest as error:
            return views.problem(lang, error.remark)

    def open_figure(name: str, cell: str, lang: Lang, click: gr.EventData) -> dict:
        """The questions behind a figure; one of them with its answers side by side."""
        wanted, question = str(getattr(click, "cell", "") or cell), str(getattr(click, "question", "") or "")
        try:
            run, found = look(name)
            some = behind(run, found, wanted) if wanted else list(run.setup.questions)
        except (BadRequest, ValueError, IndexError, KeyError) as error:
            return {beside: views.problem(lang, error.remark) if isinstance(error, BadRequest) else ""}
        answers = next((answers for each, answers in question_rows(run) if each.id == question), [])
        shown_one = next((each for each in some if each.id == question), None)
        view = measured.question_view(lang, shown_one, answers) if shown_one else ""
        return {beside: measured.question_list(lang, title(lang, run, wanted), some, question, view), opened: wanted}

    def title(lang: Lang, run: Run, cell: str) -> str:
        """What a figure counts, in words."""
        rest = cell.partition(":")[2]
        if rest.startswith("lane:"):
            return measured.lane_name(lang, run.setup.columns[int(rest[5:])].name)
        return say(lang, f"measured.loss.{rest[5:]}") if rest.startswith("loss:") else say(lang, f"measured.{rest}") if rest else say(lang, "measured.report.every")

    def open_cell(lang: Lang, click: gr.EventData) -> str:
        """A question of the run at work, with the answers there are."""
        work = sitting.work
        if work is None:
            return ""
        run = journal.read(journal.place(home, work.setup.id))
        for question, answers in question_rows(run):
            if question.id == str(getattr(click, "question", "")):
                return measured.question_list(lang, say(lang, "measured.report.every"), [question], question.id, measured.question_view(lang, question, answers))
        return ""

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
            journal.delete(home, name or "")
        except BadRequest as error:
            return {notice: views.problem(lang, error.remark)}
        return {notice: "", runs: gr.Dropdown(choices=listed(lang), value=None), changes: "", **shown("", lang)}

    def count(name: str, lang: Lang) -> str:
        """How many questions a corpus has."""
        known = sum(bool(each.answers) for each in questions(bench, name)) if name in bench.store.names() else 0
        return views.hint(say(lang, "measure.questions", count=known) if known else say(lang, "measure.no_questions"))

    def departure(chosen: list[str], against: str, lang: Lang) -> str:
        """To which other computers a run would send texts."""
        return views.departure(lang, map(str, [*(chosen or ()), against or ""]), "measure")

    def refresh(name: str, chosen: str, lang: Lang) -> dict:
        """The tab was opened."""
        return {about: count(name, lang), runs: gr.Dropdown(choices=listed(lang)), **watched(lang), **({} if sitting.running else shown(chosen, lang))}

    form = {"corpus": corpus, "models": models, "lanes": lanes, "windows": windows, "limit": limit, "reply": reply, "reference": reference}
    acts = [resume, page, table, lines, remove]
    watching = [meter, matrix, timer, pause, resume]
    foretell.click(tell_plan, inputs_kwargs={"lang": language, **form}, outputs=[planned, notice], concurrency_limit=1, api_visibility="private")
    start.click(go, inputs_kwargs={"lang": language, **form}, outputs=[notice, planned, result, beside, changes, opened, runs, *watching],
                concurrency_limit=1, api_visibility="private")
    resume.click(go_on, [runs, language], [notice, result, beside, opened, *watching], concurrency_limit=1, **QUIET)
    pause.click(halt, language, pause, queue=False, **QUIET)
    timer.tick(tick, [runs, language], [notice, result, beside, opened, *dict.fromkeys([*watching, *acts])], **QUIET)
    runs.input(choose, [runs, language], [result, beside, opened, changes, *acts], **QUIET)
    other.input(compare, [runs, other, language], changes, **QUIET)
    for picker in (runs, other):
        picker.focus(lambda lang: gr.Dropdown(choices=listed(lang)), language, picker, queue=False, **QUIET)
    for picker in (models, reference):
        picker.focus(lambda: gr.Dropdown(choices=catalogue.names(home)), None, picker, queue=False, **QUIET)
        picker.change(departure, [models, reference, language], leaving, queue=False, **QUIET)
    corpus.change(count, [corpus, language], about, queue=False, **QUIET)
    tab.select(refresh, [corpus, runs, language], list(dict.fromkeys([about, runs, result, beside, opened, *watching, *acts])), queue=False, **QUIET)
    result.click(open_figure, [runs, opened, language], [beside, opened], **QUIET).then(None, js=INTO_VIEW % "measure-behind")
    beside.click(open_figure, [runs, opened, language], [beside, opened], **QUIET)
    matrix.click(open_cell, language, beside, **QUIET).then(None, js=INTO_VIEW % "measure-behind")
    for button, kind in ((page, "html"), (table, "csv"), (lines, "jsonl")):
        button.click(packed(kind), [runs, language], parcel, **QUIET).then(None, parcel, js=SAVE)
    sure = "(name, lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [name, lang]; }"
    remove.click(forget, [runs, language], [notice, runs, changes, result, beside, opened, *acts],
                 js=sure % (say("ko", "measure.sure"), say("en", "measure.sure")), **QUIET)

    def relabel(lang: Lang, name: str, chosen: str, asked: list[str], against: str) -> dict:
        """Everything the tab says, in a language."""
        return {
            local: views.hint(say(lang, "measure.local", home=home / "runs")),
            corpus: gr.Dropdown(label=say(lang, "measure.corpus")),
            about: count(name, lang),
            models: gr.Dropdown(label=say(lang, "measure.models")),
            leaving: departure(asked, against, lang),
            lanes: gr.CheckboxGroup(label=say(lang, "measure.lanes"), choices=[(measured.lane_name(lang, each), each) for each in MEASURED]),
            windows: gr.Dropdown(label=say(lang, "measure.windows")),
            limit: gr.Number(label=say(lang, "measure.limit")),
            reply: gr.Number(label=say(lang, "measure.reply")),
            reference: gr.Dropdown(label=say(lang, "measure.reference"), choices=[(say(lang, "measure.none"), ""), *((each, each) for each in catalogue.names(home))]),
            foretell: gr.Button(say(lang, "measure.plan")),
            start: gr.Button(say(lang, "measure.start")),
            runs: gr.Dropdown(label=say(lang, "measure.runs"), choices=listed(lang)),
            other: gr.Dropdown(label=say(lang, "measure.compare"), choices=listed(lang)),
            planned: "", notice: "", changes: "",
            **watched(lang),
            **({} if sitting.running else shown(chosen, lang)),
        }

    outputs = [local, corpus, about, models, leaving, lanes, windows, limit, reply, reference, foretell, start, runs, other, planned, notice, changes,
               *dict.fromkeys([*watching, result, beside, opened, *acts])]
    return Labels([corpus, runs, models, reference], outputs, relabel)
