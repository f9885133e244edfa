"""The questions of a corpus: brought in, made from the documents, looked through, and checked for what gives them away."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args

import gradio as gr

from workbench import questions as kept
from workbench.bench import Bench
from workbench.captions import short
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import bring, formats, leaks, making, review
from workbench.measure.setup import form_of
from workbench.nouns import Lang
from workbench.nouns.questions import STATES, Bundle, Gate, Leak, Likeness, Verdict
from workbench.ui import question_views, views
from workbench.ui.question_views import SHOWN
from workbench.ui.wiring import INTO_VIEW, QUIET, SAVE, Labels, clickable, plain
from workbench.words import say

FORMATS = ("", "squad", "jsonl", "beir", "csv", "mcq")  # empty: by the file's name
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
WANTED = 30  # questions made at once, where nobody says how many


def build(bench: Bench, language: gr.Radio, corpus: gr.Dropdown, models: gr.Dropdown, about: gr.HTML, count: Callable[[str, Lang], str]) -> Labels:
    """Lay out the panel and wire it; gives what to relabel in another language. `about` says of a corpus what `count` does."""
    first = gr.State(0)  # place of the first question that is shown
    editing = gr.State("")
    checked = gr.State(None)
    with gr.Accordion(open=False, elem_id="questions") as panel:
        intro = plain()
        with gr.Row():
            wanted = gr.Number(value=WANTED, precision=0, minimum=1, maximum=making.MOST, min_width=120, elem_id="questions-wanted")
            tongue = gr.Dropdown([""], value="", min_width=160, elem_id="questions-language")
            make = gr.Button(variant="primary", min_width=160, elem_id="questions-make")
        with gr.Accordion(open=False, elem_id="questions-import") as bringing:
            file = gr.File(file_count="multiple", height=110, elem_id="questions-file")
            with gr.Row():
                form = gr.Dropdown([""], value="", min_width=160, elem_id="questions-format")
                base = gr.Dropdown([""], value="", min_width=160, elem_id="questions-base")
                take = gr.Button(min_width=160, elem_id="questions-take")
        told = plain(elem_id="questions-told")
        totals = plain(elem_id="questions-counts")
        with gr.Row():
            state = gr.Radio([""], value="", min_width=280, elem_id="questions-state")
        with gr.Row():
            accept = gr.Button(size="sm", min_width=150, elem_id="questions-accept")
            alone = gr.Button(size="sm", min_width=150, elem_id="questions-alone")
            check = gr.Button(size="sm", min_width=150, elem_id="questions-check")
            save = gr.Button(size="sm", min_width=150, elem_id="questions-save")
        with gr.Column(visible=False, elem_id="questions-edit") as editor:
            words = gr.Textbox(lines=2, elem_id="questions-words")
            answers = gr.Textbox(lines=2, elem_id="questions-answers")
            with gr.Row():
                write = gr.Button(variant="primary", size="sm", elem_id="questions-write")
                leave = gr.Button(size="sm", elem_id="questions-leave")
        table = clickable(elem_id="questions-table")
        gate = clickable(elem_id="questions-gate")
        parcel = gr.Textbox(visible="hidden", elem_id="questions-parcel")

    def shown(name: str, which: str, start: int, lang: Lang) -> dict:
        """The questions of a state from a place on, and how many there are of each."""
        every = kept.reviewed(bench, name) if name in bench.store.names() else []
        some = [each for each in every if which in ("", each.state)]
        start = max(0, min(int(start), (len(some) - 1) // SHOWN * SHOWN))
        rows = review.rows(bench, name, some[start : start + SHOWN]) if some else []
        return {
            totals: question_views.counts(lang, review.counts(every)), table: question_views.table(lang, rows, start, len(some)), first: start,
            about: count(name, lang)}

    def show(name: str, which: str, lang: Lang) -> dict:
        """The first questions of a state."""
        return {**shown(name or "", which, 0, lang), told: ""}

    def change(name: str, which: str, lang: Lang) -> dict:
        """Another corpus was chosen: what was found of the one before is not of it."""
        return {**show(name, which, lang), gate: "", checked: None, editor: gr.Column(visible=False), editing: ""}

    def begin(name: str, number, lang_wanted: Lang | Literal[""], which: str, lang: Lang) -> Iterator[dict]:
        """Make questions and propose them."""
        yield {told: views.hint(say(lang, "review.making"))}
        try:
            made = making.make(bench, name or "", int(number or 0), seed_for(name or ""), lang_wanted or None)
            new = making.propose(bench, name, made)
        except WorkbenchError as error:
            yield {told: views.problem(lang, error.remark)}
            return
        said = say(lang, "review.made", count=new) if new >= int(number) else say(lang, "review.made_fewer", count=new, wanted=int(number))
        yield {state: "proposed", **shown(name, "proposed", 0, lang), told: views.hint(said)}

    def seed_for(name: str) -> int:
        """Other questions each time: what the corpus has already counts."""
        return 7 + len(kept.reviewed(bench, name)) if name in bench.store.names() else 7

    def bring_in(name: str, files: list[str] | None, kind: str, counted: str, which: str, lang: Lang) -> Iterator[dict]:
        """Take in what a file of questions holds, as the command line does."""
        paths = [Path(each) for each in files or []]
        try:
            with TemporaryDirectory() as folder:
                path = gathered(paths, Path(folder))
                bundle = formats.load(path, kind or form_of(path), int(counted) if counted else None)
            failed = 0
            for step in bring.bring(bench, str(name or "").strip(), bundle):
                failed += bool(step.report and step.report.state == "failed")
                if step.done % 20 == 0:
                    yield {told: views.meter(say(lang, "review.bringing", done=step.done, total=step.total), step.done, max(1, step.total))}
            found = bring.settle(bench, name, bundle.questions)
        except WorkbenchError as error:
            yield {told: views.problem(lang, error.remark)}
            return
        finally:
            for each in paths:
                each.unlink(missing_ok=True)  # Gradio keeps uploads for a day; the store has what it needs
        lost, moved = {*bundle.lost, *found.lost}, {*bundle.repaired, *found.repaired}
        said = brought(lang, bundle, {"moved": len(moved), "lost": len(lost), "uncovered": len(found.uncovered), "failed": failed, "stayed": bring.stayed(bench, name, bundle.questions)})
        yield {state: "", file: None, corpus: gr.Dropdown(choices=bench.store.names(), value=name), **shown(name, "", 0, lang), told: views.hint(said)}

    def judge(name: str, which: str, start: int, lang: Lang, click: gr.EventData) -> dict:
        """Accept, edit or put aside a question; turn the page."""
        act, identity = str(getattr(click, "act", "")), str(getattr(click, "question", ""))
        place = str(getattr(click, "first", ""))
        try:
            if act == "edit":
                question = next((each.question for each in kept.reviewed(bench, name) if each.question.id == identity), None)
                if question is None:
                    raise BadRequest("question_unknown", id=identity, corpus=name)
                return {editor: gr.Column(visible=True), editing: identity, words: question.text, answers: "\n".join(question.answers), told: ""}
            if act:
                review.put(bench, name, [identity], "accepted" if act == "accept" else "dropped")
            return {**shown(name, which, int(place) if place.isdecimal() else start, lang), told: ""}
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}

    def keep_edit(name: str, which: str, start: int, identity: str, asked: str, given: str, lang: Lang) -> dict:
        """Accept a question as it was edited."""
        try:
            question = review.edit(bench, name, identity, asked, given.splitlines())
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}
        placed = question.evidence or not question.answers or question.choices
        said = say(lang, "review.written" if placed else "review.written_nowhere")
        return {**shown(name, which, start, lang), editor: gr.Column(visible=False), editing: "", told: views.hint(said)}

    def take_all(name: str, which: str, lang: Lang) -> dict:
        """Accept everything that is proposed."""
        try:
            accepted = review.accept_all(bench, name or "")
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}
        return {**shown(name, which, 0, lang), told: views.hint(say(lang, "review.accepted_now", count=accepted))}

    def ask_alone(name: str, chosen: list[str], which: str, lang: Lang) -> Iterator[dict]:
        """Put aside what the first of the models answers without any passage."""
        model = next(iter(chosen or []), "")
        some = [each.question for each in kept.reviewed(bench, name or "") if each.state == (which or "proposed") and each.state != "dropped"]
        step = None
        try:
            for step in review.ask_alone(bench, name or "", some, model):
                yield {told: views.meter(say(lang, "review.asking", done=step.done, total=step.total), step.done, max(1, step.total))}
            guessed = step.guessed if step else ()
            review.put_aside(bench, name, guessed, model)
        except WorkbenchError as error:
            yield {told: views.problem(lang, error.remark)}
            return
        unread = step.unread if step else 0
        said = say(lang, "review.alone_done", model=short(bench.named(model)), asked=len(some) - unread, count=len(guessed), unread=unread)
        yield {**shown(name, which, 0, lang), told: views.hint(said)}

    def look(name: str, lang: Lang) -> Iterator[dict]:
        """Check the accepted questions."""
        yield {told: views.hint(say(lang, "review.checking"))}
        try:
            found = review.gate(bench, name or "")
        except WorkbenchError as error:
            yield {told: views.problem(lang, error.remark)}
            return
        yield {told: "", checked: (name, found), gate: against(name, found, lang)}

    def against(name: str, found: Gate, lang: Lang) -> str:
        """What speaks against the accepted questions."""
        return question_views.gate(lang, found, {each.question.id: each.question for each in kept.reviewed(bench, name)})

    def say_to(known: tuple[str, Gate] | None, which: str, start: int, lang: Lang, click: gr.EventData) -> dict:
        """Keep what a person says to a finding."""
        verdict = next((each for each in VERDICTS if each == getattr(click, "verdict", "")), None)
        if known is None or verdict is None:
            return {told: ""}
        name, found = known
        findings: list[Leak | Likeness] = [*found.leaks, *found.likenesses]
        wanted = str(getattr(click, "question", "")), str(getattr(click, "other", ""))
        try:
            for each in findings:
                if (each.question, each.other) == wanted:
                    leaks.judge(bench, name, each, verdict)
            found = review.gate(bench, name)
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark)}
        return {**shown(name, which, start, lang), checked: (name, found), gate: against(name, found, lang), told: ""}

    def packed(name: str, lang: Lang) -> dict:
        """The accepted questions as JSON lines for the browser to save."""
        try:
            with TemporaryDirectory() as folder:
                path = Path(folder) / "questions.jsonl"
                bring.take_out(bench, name or "", path, "jsonl")
                text = path.read_text(encoding="utf-8")
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark), parcel: ""}
        return {told: "", parcel: json.dumps({"name": f"{name}.jsonl", "kind": "application/x-ndjson", "text": text})}

    here = [totals, table, first, about]
    one_at_a_time: dict[str, Any] = {"concurrency_id": "questions", "concurrency_limit": 1}
    gr.on([panel.expand, state.input], show, [corpus, state, language], [*here, told], **QUIET)
    corpus.change(change, [corpus, state, language], [*here, told, gate, checked, editor, editing], **QUIET)
    make.click(begin, [corpus, wanted, tongue, state, language], [*here, told, state], **one_at_a_time, **QUIET)
    take.click(bring_in, [corpus, file, form, base, state, language], [*here, told, state, file, corpus], **one_at_a_time, **QUIET)
    accept.click(take_all, [corpus, state, language], [*here, told], **QUIET)
    alone.click(ask_alone, [corpus, models, state, language], [*here, told], **one_at_a_time, **QUIET)
    check.click(look, [corpus, language], [told, checked, gate], **one_at_a_time, **QUIET).then(None, js=INTO_VIEW % "questions-gate")
    table.click(judge, [corpus, state, first, language], [*here, told, editor, editing, words, answers], trigger_mode="multiple", **QUIET).then(
        None, js="() => document.activeElement?.dataset.act === 'edit' && document.querySelector('#questions-edit textarea')?.scrollIntoView({block: 'center'})")
    write.click(keep_edit, [corpus, state, first, editing, words, answers, language], [*here, told, editor, editing], **QUIET)
    leave.click(lambda: (gr.Column(visible=False), ""), None, [editor, editing], queue=False, **QUIET)
    gate.click(say_to, [checked, state, first, language], [*here, told, checked, gate], trigger_mode="multiple", **QUIET)
    save.click(packed, [corpus, language], [told, parcel], **QUIET).then(None, parcel, js=SAVE)

    def relabel(lang: Lang, name: str, which: str, start: int, known: tuple[str, Gate] | None) -> dict:
        """Everything the panel says, in a language."""
        return {
            panel: gr.Accordion(label=say(lang, "review.title")),
            intro: views.hint(say(lang, "review.about")),
            wanted: gr.Number(label=say(lang, "review.wanted")),
            tongue: gr.Dropdown(label=say(lang, "review.language"), choices=[
                (say(lang, "review.any"), ""), *((say(lang, f"language.{each}"), each) for each in ("en", "ko"))]),
            make: gr.Button(say(lang, "review.make")),
            bringing: gr.Accordion(label=say(lang, "review.import")),
            file: gr.File(label=say(lang, "review.file")),
            form: gr.Dropdown(label=say(lang, "review.format"), choices=[(say(lang, f"review.format.{each or 'auto'}"), each) for each in FORMATS]),
            base: gr.Dropdown(label=say(lang, "review.base"), choices=[(say(lang, f"review.base.{each or 'auto'}"), each) for each in ("", "0", "1")]),
            take: gr.Button(say(lang, "review.take")),
            state: gr.Radio(label=say(lang, "review.show"), choices=[
                (say(lang, "review.every"), ""), *((say(lang, f"review.state.{each}"), each) for each in STATES)]),
            accept: gr.Button(say(lang, "review.accept_all")), alone: gr.Button(say(lang, "review.alone")),
            check: gr.Button(say(lang, "review.check")), save: gr.Button(say(lang, "review.save")),
            words: gr.Textbox(label=say(lang, "review.words")), answers: gr.Textbox(label=say(lang, "review.answers")),
            write: gr.Button(say(lang, "review.write")), leave: gr.Button(say(lang, "review.leave")),
            told: "", **{each: value for each, value in shown(name or "", which, start, lang).items() if each is not about},
            gate: against(*known, lang) if known else "",
        }

    outputs = [panel, intro, wanted, tongue, make, bringing, file, form, base, take, state, accept, alone, check, save, words, answers, write, leave,
               told, totals, table, first, gate]
    return Labels([corpus, state, first, checked], outputs, relabel)


def gathered(paths: list[Path], folder: Path) -> Path:
    """The file of questions that was dropped; of several those of BEIR, put into a folder as it wants them. Raises BadRequest
    where there is none."""
    if not paths:
        raise BadRequest("import_nothing")
    if len(paths) == 1:
        return paths[0]
    root = folder / "beir"
    for path in paths:
        place = root / "qrels" / path.name if path.suffix == ".tsv" else root / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return root


def brought(lang: Lang, bundle: Bundle, found: dict[str, int]) -> str:
    """What came in, and what did not."""
    told = [say(lang, "review.brought", questions=len(bundle.questions), documents=len(bundle.texts))]
    told += [say(lang, f"review.brought_{name}", count=number) for name, number in found.items() if number]
    told += [say(lang, f"review.left_{reason}", count=number) for reason, number in bundle.left_out.items()]
    return " ".join(told)
