"""Documents: files in, a row a file, what stands in them, and out again."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gradio as gr

from workbench import carry, ingest
from workbench.bench import Bench
from workbench.errors import BadRequest, WorkbenchError
from workbench.nouns import FileReport, Lang, Progress
from workbench.reading import READERS
from workbench.ui import cutting_panel, document_views, quality_panel, views
from workbench.ui.document_views import Sight
from workbench.ui.wiring import INTO_VIEW, QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say

FRAME = 0.2  # seconds between two pictures of an ingest
STATES = ("ready", "failed", "duplicate", "received", "parsed", "embedded", "deleting")


def build(page: gr.Blocks, bench: Bench, language: gr.Radio, tab: gr.Tab, model: gr.Dropdown, window: gr.Number) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language. `model` and `window` are those chosen for
    answers: the check of a corpus counts in their tokens."""
    stops: dict[str, set[threading.Event]] = {}  # of the ingests a session has begun
    seen: dict[str, tuple[str, Lang, Sight]] = {}  # what a session looks at now, for the ingests that are running in it
    busy: Counter[str] = Counter()  # ingests running into a corpus, whoever began them

    picker = corpus = corpus_picker(bench, say("en", "documents.corpus"), elem_id="documents-corpus")
    upload = gr.File(file_count="multiple", elem_id="upload", height=150)
    with gr.Row():
        by_row = gr.Checkbox(elem_id="by-row", min_width=280)
        folder = gr.UploadButton(file_count="directory", size="sm", min_width=140, elem_id="upload-folder")
        stop = gr.Button(size="sm", min_width=140, variant="stop", visible=False, elem_id="stop-ingest")
    with gr.Accordion(open=False, elem_id="paste") as paste:
        pasted_name = gr.Textbox("", lines=1, max_lines=1, max_length=80, elem_id="pasted-name")
        pasted = gr.Textbox("", lines=5, max_lines=15, elem_id="pasted")
        add = gr.Button(size="sm", elem_id="add-text")
    cutting_labels = cutting_panel.build(bench, language, corpus, by_row)
    progress = plain(elem_id="progress")
    waiting = clickable(elem_id="waiting")
    with gr.Row(elem_id="file-filters"):
        text = gr.Textbox("", lines=1, max_lines=1, max_length=200, min_width=150, elem_id="find-file")
        state = gr.Dropdown([""], value="", min_width=130, elem_id="file-state")
        kind = gr.Dropdown([""], value="", min_width=130, elem_id="file-kind")
        spoken = gr.Dropdown([""], value="", min_width=130, elem_id="file-language")
    table = clickable(elem_id="files")
    looking = gr.State(0)  # the id of the file that is looked at
    passages = clickable(elem_id="passages")
    quality_labels = quality_panel.build(bench, language, corpus, model, window)
    with gr.Row():
        export = gr.Button(size="sm", min_width=160, elem_id="export-corpus")
        bring = gr.UploadButton(size="sm", min_width=160, elem_id="import-corpus")
        remove = gr.Button(size="sm", min_width=160, elem_id="delete-corpus")
    parcel = gr.File(visible=False, interactive=False, elem_id="parcel", height=90)
    form: dict[str, Any] = {"corpus": corpus, "lang": language, "text": text, "state": state, "kind": kind, "spoken": spoken}

    def rows(corpus: str) -> list[FileReport]:
        return bench.store.files(corpus or "")

    def left(corpus: str, lang: Lang) -> str:
        """That files wait to be read, where nobody is reading."""
        files = ingest.unfinished(bench, corpus) if corpus and not busy[corpus] else []
        return document_views.waiting(lang, len(files))

    def listed(corpus: str, lang: Lang, sight: Sight, working: Progress | None = None) -> dict:
        """The files and what they can be chosen by."""
        reports = rows(corpus)
        return {table: document_views.files(lang, reports, sight, working), **choices(lang, reports)}

    def choices(lang: Lang, reports: Sequence[FileReport]) -> dict:
        """The states, types and languages there are to choose from."""
        every = (say(lang, "documents.all"), "")
        there = {report.state for report in reports}
        types = sorted({kind for report in reports for kind in document_views.kinds(report)})
        tongues = sorted({each for report in reports for each in report.langs})
        return {
            state: gr.Dropdown(label=say(lang, "documents.state"), choices=[
                every, *((say(lang, f"state.{each}"), each) for each in STATES if each in there)]),
            kind: gr.Dropdown(label=say(lang, "documents.type"), choices=[every, *types]),
            spoken: gr.Dropdown(label=say(lang, "documents.language"), choices=[
                every, *((say(lang, f"language.{each}"), each) for each in tongues)]),
        }

    def follow(
        asker: gr.Request, corpus: str, lang: Lang, sight: Sight, begin: Callable[[threading.Event], Iterator[Progress]],
        paths: Sequence[Path] = (), emptied: Sequence[gr.Textbox] = (),
    ) -> Iterator[dict]:
        """Every step of an ingest on the page of the session that began it, which may look at something else meanwhile;
        `emptied` are the fields whose content is in at the end."""
        user = str(asker.session_hash)
        halt = threading.Event()
        stops.setdefault(user, set()).add(halt)
        seen[user] = (corpus, lang, sight)
        told: list[FileReport] = []
        began = time.monotonic()
        painted = due = 0.0  # when the progress was shown, and when the list is read again
        busy[corpus] += 1
        try:
            yield {upload: None, folder: None, stop: gr.Button(visible=True), waiting: "", passages: "", progress: ""}
            for step in begin(halt):
                told += [step.report] if step.report else []
                started = time.monotonic()
                if started < painted + FRAME and step.stage in ("receiving", "done"):
                    continue
                looked, lang, sight = seen.get(user, (corpus, lang, sight))
                update: dict[Any, Any] = {progress: document_views.progress(lang, step, started - began)}
                if started >= due and looked == corpus and step.stage != "receiving":
                    update[table] = document_views.files(lang, rows(corpus), sight, step)
                    took = time.monotonic() - started
                    due = started + max(FRAME, 10 * took)  # the list of a large corpus is not read again all the time
                painted = time.monotonic()
                yield update
            said = views.hint(say(lang, "flag.stopped")) if halt.is_set() else ""
            said += document_views.finished(lang, told)
        except WorkbenchError as error:
            emptied = ()
            said = views.problem(lang, error.remark)
        finally:
            busy[corpus] -= 1
            stops.get(user, set()).discard(halt)
            for path in paths:
                path.unlink(missing_ok=True)  # Gradio keeps uploads for a day; the store has what it needs
        looked, lang, sight = seen.get(user, (corpus, lang, sight))
        now = {**listed(corpus, lang, sight), waiting: left(corpus, lang)} if looked == corpus else {}
        yield {progress: said, stop: gr.Button(visible=bool(stops.get(user))), **now, **dict.fromkeys(emptied, "")}

    def take_in(corpus, files, by_row, lang, asker: gr.Request, **chosen):
        """Ingest what was dropped, a row a file as it goes; duplicates are told once, they have no row of their own."""
        name = str(corpus or "").strip()
        paths = distinct([Path(file) for file in files or []])
        wanted = [path for path in paths if not path.name.startswith(".")]  # systems keep hidden ones in every folder
        yield from follow(asker, name, lang, Sight(**chosen), lambda halt: ingest.ingest(
            bench, wanted, name, by_row=bool(by_row), halt=halt), paths)

    def take_text(corpus, lang, words, name, asker: gr.Request, **chosen):
        """Put a pasted text in."""
        corpus = str(corpus or "").strip()
        yield from follow(asker, corpus, lang, Sight(**chosen), lambda _: ingest.ingest_text(
            bench, str(words or ""), str(name or ""), corpus), emptied=(pasted, pasted_name))

    def go_on(corpus: str, lang: Lang, asker: gr.Request, **chosen):
        """Take in what was received and waits."""
        yield from follow(asker, corpus, lang, Sight(**chosen), lambda halt: ingest.go_on(bench, corpus, halt))

    def take_archive(corpus, lang, archive, asker: gr.Request, **chosen):
        """Take in a corpus that was exported, under its own name."""
        path = Path(archive)
        before = bench.store.names()
        update: dict = {}
        for update in follow(
                asker, str(corpus or ""), lang, Sight(**chosen), lambda halt: carry.load(bench, path, halt=halt), [path]):
            yield update
        if new := [name for name in bench.store.names() if name not in before]:
            said = views.hint(say(lang, "documents.imported", name=new[0]))
            yield {**update, progress: update[progress] + said, picker: gr.Dropdown(choices=bench.store.names())}

    def write(corpus: str, lang: Lang):
        """The corpus as one file to save. Gradio keeps a copy of it for a day."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{corpus}.zip"
            try:
                yield {progress: views.hint(say(lang, "documents.exporting")), parcel: gr.File(visible=False)}
                carry.export(bench, corpus or "", path)
            except WorkbenchError as error:
                yield {progress: views.problem(lang, error.remark)}
            else:
                said = say(lang, "documents.exported", name=corpus, size=document_views.size(path.stat().st_size))
                yield {progress: views.hint(said), parcel: gr.File(str(path), visible=True)}

    def stop_it(asker: gr.Request, lang: Lang) -> str:
        """Stop what this session put in, after the step it is at."""
        for event in stops.get(str(asker.session_hash), ()):
            event.set()
        return views.hint(say(lang, "documents.stopping"))

    def forget(asker: gr.Request) -> None:
        """The tab was closed: what was received waits."""
        stops.pop(str(asker.session_hash), None)
        seen.pop(str(asker.session_hash), None)

    def note(corpus: str, lang: Lang, asker: gr.Request, **chosen) -> None:
        """Remember what is looked at."""
        seen[str(asker.session_hash)] = (corpus or "", lang, Sight(**chosen))

    def show(corpus: str, lang: Lang, asker: gr.Request, **chosen) -> dict:
        """The rows of a corpus."""
        note(corpus, lang, asker, **chosen)
        running = bool(stops.get(str(asker.session_hash)))
        return {**listed(corpus, lang, Sight(**chosen)), passages: "", parcel: gr.File(visible=False), waiting: "" if running else left(corpus, lang),
                **({} if running else {progress: ""})}

    def choose(corpus: str, lang: Lang, asker: gr.Request, **chosen) -> dict:
        """The rows that are looked for."""
        note(corpus, lang, asker, **chosen)
        return {table: document_views.files(lang, rows(corpus), Sight(**chosen))}

    def act(click: gr.EventData, corpus: str, lang: Lang, asker: gr.Request, **chosen):
        """Turn to another page, look into a file, try it again, or delete it."""
        verb, value = next(
            ((verb, str(getattr(click, verb))) for verb in ("page", "look", "retry", "delete") if getattr(click, verb, None) is not None),
            ("", ""))
        number = int(value) if value.isascii() and value.isdigit() else -1
        if verb == "page":
            sight = Sight(**chosen, page=number)
            seen[str(asker.session_hash)] = (corpus, lang, sight)
            yield {table: document_views.files(lang, rows(corpus), sight)}
            return
        try:
            report = next(iter(bench.store.files(corpus or "", number)), None)
            if report is None:
                raise BadRequest("file_unknown", name=value, corpus=corpus)
            if verb == "retry":
                yield from follow(asker, corpus, lang, Sight(**chosen), lambda halt: ingest.try_again(bench, corpus, number))
            elif verb == "delete":
                ingest.delete(bench, corpus, report.name, number)
                said = views.hint(say(lang, "documents.deleted", name=report.name))
                yield {**listed(corpus, lang, Sight(**chosen)), progress: said, passages: "", waiting: left(corpus, lang)}
            else:
                yield {looking: number, passages: opened(corpus, number, 0, lang)}
        except WorkbenchError as error:
            yield {progress: views.problem(lang, error.remark)}

    def opened(corpus: str, file: int, sheet: int, lang: Lang) -> str:
        """What stands in a file. Raises BadRequest where it is gone."""
        report = next(iter(bench.store.files(corpus or "", file)), None)
        every = document_views.sheets(bench.store.documents(corpus, report.name)) if report else []
        if not report or not every:
            raise BadRequest("file_unknown", name=report.name if report else file, corpus=corpus)
        sheet = min(max(sheet, 0), len(every) - 1)
        here = {each.document.id: each.document for each in every[sheet]}
        cuts = {}
        for document in here.values():
            shown = [each for each in every[sheet] if each.document.id == document.id]
            cuts[document.id] = [
                (number, chunk, bench.embedder.count(chunk.text))
                for number, chunk in enumerate(bench.store.chunks(document), 1)
                if chunk.end > shown[0].start and chunk.start < shown[-1].end]
        titles = {each.id: each.title for each in bench.store.documents(corpus, text=False)}
        standing = {
            each.id: titles.get(kept, "") for kept, some in bench.store.collapsed(corpus).items() for each in some if each.id in here}
        return document_views.look(lang, report.name, every, sheet, cuts, bench.store.elsewhere(list(here)), standing)

    def turn(corpus: str, file: int, lang: Lang, click: gr.EventData) -> dict:
        """Another sheet of the file that is looked at."""
        value = str(getattr(click, "sheet", ""))
        try:
            return {passages: opened(corpus, file, int(value) if value.isascii() and value.isdigit() else 0, lang)}
        except WorkbenchError as error:
            return {passages: views.problem(lang, error.remark)}

    def remove_corpus(name: str, lang: Lang) -> dict:
        """Delete the whole corpus."""
        try:
            ingest.delete_corpus(bench, name or "")
        except WorkbenchError as error:
            return {progress: views.problem(lang, error.remark)}
        names = bench.store.names()
        chosen = names[0] if names else None
        return {progress: views.hint(say(lang, "documents.corpus_deleted", name=name)), passages: "", waiting: left(chosen or "", lang),
                corpus: gr.Dropdown(choices=names, value=chosen), **listed(chosen or "", lang, Sight())}

    list_parts = [table, state, kind, spoken]
    parts = [progress, *list_parts, upload, passages, waiting, stop, folder]
    # Several at once: who adds a file while others are read must not be ignored.
    going: dict[str, Any] = {"outputs": parts, "show_progress": "hidden", "concurrency_limit": 4, "trigger_mode": "multiple"}
    files: dict[str, Any] = {"by_row": by_row, **form}
    upload.upload(take_in, inputs_kwargs={"files": upload, **files}, api_name="ingest", **going)
    folder.upload(take_in, inputs_kwargs={"files": folder, **files}, api_visibility="private", **going)
    add.click(take_text, inputs_kwargs={"words": pasted, "name": pasted_name, **form}, api_name="ingest_text",
              **going | {"outputs": [*parts, pasted, pasted_name]})
    waiting.click(go_on, inputs_kwargs=form, api_name="go_on", **going)
    stop.click(stop_it, language, progress, queue=False, **QUIET)
    bring.upload(take_archive, inputs_kwargs={"archive": bring, **form}, api_name="import", **going | {"outputs": [*parts, corpus]})
    export.click(write, [corpus, language], [progress, parcel], concurrency_limit=2, show_progress="hidden", api_name="export")
    for event in (corpus.change, tab.select):
        event(show, inputs_kwargs=form, outputs=[*list_parts, passages, progress, waiting, parcel], queue=False, **QUIET)
    language.change(note, inputs_kwargs=form, queue=False, **QUIET)
    for field in (text, state, kind, spoken):
        field.input(choose, inputs_kwargs=form, outputs=table, queue=False, trigger_mode="always_last", **QUIET)
    table.click(act, inputs_kwargs=form, api_visibility="private", **going | {"outputs": [*parts, looking]})
    looking.change(None, js=INTO_VIEW % "passages")
    passages.click(turn, [corpus, looking, language], passages, **QUIET).then(None, js=INTO_VIEW % "passages")
    sure = """(corpus, lang) => { if (!confirm(lang === 'ko' ? '%s' : '%s')) throw new Error('kept'); return [corpus, lang]; }"""
    remove.click(remove_corpus, [corpus, language], [corpus, *list_parts, passages, progress, waiting],
                 js=sure % (say("ko", "documents.sure_corpus"), say("en", "documents.sure_corpus")), **QUIET)
    page.unload(forget)

    own = [corpus, text, state, kind, spoken]
    second = len(own) + len(cutting_labels.inputs)

    def relabel(lang: Lang, *values) -> dict:
        """Everything the tab says, in a language."""
        corpus_name, *chosen = values[: len(own)]
        sight = Sight(*chosen)
        return {
            corpus: gr.Dropdown(label=say(lang, "documents.corpus")),
            upload: gr.File(label=say(lang, "documents.files", known=" ".join((*READERS, ".zip")))),
            by_row: gr.Checkbox(label=say(lang, "documents.by_row")),
            folder: gr.UploadButton(label=say(lang, "documents.folder")),
            stop: gr.Button(say(lang, "documents.stop")),
            paste: gr.Accordion(label=say(lang, "documents.paste")),
            pasted: gr.Textbox(label=say(lang, "documents.pasted")),
            pasted_name: gr.Textbox(label=say(lang, "documents.pasted_name")),
            add: gr.Button(say(lang, "documents.add")),
            text: gr.Textbox(label=say(lang, "documents.find")),
            **listed(corpus_name, lang, sight),
            progress: "",
            waiting: left(corpus_name, lang),
            passages: "",
            export: gr.Button(say(lang, "documents.export")),
            bring: gr.UploadButton(label=say(lang, "documents.import")),
            parcel: gr.File(label=say(lang, "documents.parcel")),
            remove: gr.Button(say(lang, "documents.delete_corpus")),
            **cutting_labels.say(lang, *values[len(own) : second]),
            **quality_labels.say(lang, *values[second:]),
        }

    return Labels(
        [*own, *cutting_labels.inputs, *quality_labels.inputs],
        [corpus, upload, by_row, folder, stop, paste, pasted, pasted_name, add, text, state, kind, spoken, table, progress, waiting,
         passages, export, bring, parcel, remove, *cutting_labels.outputs, *quality_labels.outputs], relabel)


def distinct(paths: Sequence[Path]) -> list[Path]:
    """Uploads under names of their own: Gradio keeps each in a folder named after its content, which must not become part
    of a name, and does not tell the folder it came from."""
    found: list[Path] = []
    for path in dict.fromkeys(paths):
        names = {each.name for each in found}
        again = next(name for number in count(1) if (
            name := path.name if number == 1 else f"{path.stem} ({number}){path.suffix}") not in names)
        found.append(path if again == path.name else path.rename(path.with_name(again)))
    return found
