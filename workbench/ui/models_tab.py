"""Models: which there are, what their files hold, whether they fit, and how they do on this computer."""

import threading
from collections.abc import Iterator
from typing import Any

import gradio as gr

from workbench import chats, lab, numbers
from workbench.bench import Bench
from workbench.errors import WorkbenchError
from workbench.fitting import fits
from workbench.kept import kept
from workbench.models import catalogue
from workbench.models.addresses import remote
from workbench.nouns import WINDOW, Card, Lang
from workbench.nouns.models import KINDS, Figures, Fit, Lab
from workbench.ui import model_views, views
from workbench.ui.wiring import INTO_VIEW, QUIET, Labels, clickable, corpus_picker, plain
from workbench.words import say

MADE = ("Q8_0", "Q6_K", "Q4_K_M", "Q4_0")  # by the lab unless others are chosen


def build(page: gr.Blocks, bench: Bench, language: gr.Radio, tab: gr.Tab) -> Labels:
    """Lay out the tab and wire it; gives what to relabel in another language."""
    stops: dict[str, threading.Event] = {}
    rooms: dict[str, Fit] = {}  # by the file as it is and what is free, so that a list is not rehearsed anew each time
    default = bench.settings.model or catalogue.BUNDLED
    fitted, compared = gr.State(None), gr.State(())

    about = plain()
    listed = clickable(elem_id="models-list")
    with gr.Row():
        model = gr.Dropdown([default], value=default, allow_custom_value=True, elem_id="models-model", min_width=260)
        corpus = corpus_picker(bench, say("en", "models.corpus"), elem_id="models-corpus", min_width=220)
    told = plain(elem_id="models-told")
    card = plain(elem_id="models-card")
    with gr.Row():
        window = gr.Number(value=WINDOW, precision=0, elem_id="models-window", min_width=200)
        together = gr.Number(value=0, precision=0, elem_id="models-together", min_width=200)
        estimate = gr.Button(size="sm", elem_id="models-estimate", min_width=160)
    room = plain(elem_id="models-room")
    with gr.Accordion(open=False, elem_id="models-lab") as lab_panel:
        lab_about = plain()
        kinds = gr.CheckboxGroup(list(KINDS), value=list(MADE), elem_id="models-kinds")
        questions = gr.Number(value=lab.QUESTIONS, precision=0, elem_id="models-questions", min_width=160)
        with gr.Row():
            make = gr.Button(variant="primary", elem_id="models-make", min_width=160)
            halt_lab = gr.Button(elem_id="models-stop", min_width=100)
        lab_told = plain(elem_id="models-lab-told")
        lab_shown = plain(elem_id="models-lab-shown")
    with gr.Accordion(open=False, elem_id="models-formats") as formats_panel:
        formats_about = plain()
        question = gr.Textbox(lines=1, max_lines=3, max_length=4000, elem_id="models-question")
        names = gr.Dropdown(multiselect=True, value=list(chats.USUAL), choices=list(chats.NAMES), elem_id="models-names")
        with gr.Row():
            show = gr.Button(elem_id="models-show", min_width=160)
            compare = gr.Button(variant="primary", elem_id="models-compare", min_width=160)
            halt_formats = gr.Button(elem_id="models-formats-stop", min_width=100)
        formats_told = plain(elem_id="models-formats-told")
        formats_shown = plain(elem_id="models-formats-shown")
    with gr.Accordion(open=False, elem_id="models-numbers") as numbers_panel:
        numbers_about = plain()
        with gr.Row():
            take = gr.Button(variant="primary", elem_id="models-take", min_width=160)
            halt_numbers = gr.Button(elem_id="models-numbers-stop", min_width=100)
        numbers_told = plain(elem_id="models-numbers-told")
        numbers_shown = plain(elem_id="models-numbers-shown")

    def rows(lang: Lang, look: bool) -> Iterator[list[model_views.Row]]:
        """The list ever more complete; `look` reads files nobody looked at and asks what memory each takes."""
        found: list[model_views.Row] = [(name, *bench.known(name), None, "") for name in catalogue.names(bench.settings.home)]
        yield found
        for place, (name, *_) in enumerate(found) if look else ():
            if remote(name):  # a server is asked when somebody asks it something
                continue
            try:
                read = bench.card(name)
                key = f"{catalogue.identity(bench.file(name))}:{read.context_length}"
                if key not in rooms:
                    rooms[key], = fits(bench, name, [min(WINDOW, read.context_length)])
                found[place] = (name, read, bench.known(name)[1], rooms[key], "")
            except WorkbenchError as error:
                found[place] = (name, None, None, None, error.tell(lang))
            yield found

    def fill(chosen: str, lang: Lang) -> Iterator[dict]:
        """The tab was opened."""
        for some in rows(lang, look=True):
            yield {listed: model_views.listing(lang, some, WINDOW, str(chosen or default))}
        yield {model: gr.Dropdown(choices=[name for name, *_ in some]), **opened(chosen, lang)}

    def opened(chosen: str, lang: Lang) -> dict:
        """A model's card, and what was measured of it before; of a server's what it said when it was asked something."""
        name = str(chosen or default)
        if remote(name):
            return {told: "", card: model_views.served(lang, name, *bench.known(name)), room: "", fitted: None, lab_shown: "",
                    formats_shown: "", compared: (), numbers_shown: ""}
        try:
            found: Card = bench.card(name, whole=True)
            known = {what: kept(bench, name, what, kind) for what, kind in (("lab", Lab), ("numbers", Figures))}
        except WorkbenchError as error:
            return {told: views.problem(lang, error.remark), card: "", room: "", lab_shown: "", numbers_shown: ""}
        return {
            told: "", card: model_views.card(lang, found, bench.known(name)[1]), room: "", fitted: None, formats_shown: "", compared: (),
            lab_shown: model_views.lab(lang, known["lab"]) if known["lab"] else "",
            numbers_shown: model_views.figures(lang, known["numbers"]) if known["numbers"] else ""}

    def pick(lang: Lang, click: gr.EventData) -> dict:
        """Choose a model of the list."""
        name = str(getattr(click, "model", "") or default)
        return {model: name, listed: model_views.listing(lang, filled(next(rows(lang, look=False))), WINDOW, name)}

    def fit(chosen: str, tokens, several, lang: Lang) -> dict:
        """What a window of the model takes."""
        try:
            found, = fits(bench, str(chosen or default), [int(tokens or 0)], int(several or 0))
        except WorkbenchError as error:
            return {room: views.problem(lang, error.remark), fitted: None}
        return {room: model_views.fit(lang, found), fitted: found}

    def begun(asker: gr.Request) -> threading.Event:
        """A session's own stop, the one before set."""
        if before := stops.get(str(asker.session_hash)):
            before.set()
        stops[str(asker.session_hash)] = threading.Event()
        return stops[str(asker.session_hash)]

    def stop(asker: gr.Request) -> None:
        """End what this session measures, at its next step; or its tab was closed."""
        if event := stops.pop(str(asker.session_hash), None):
            event.set()

    def experiment(chosen: str, wanted: list[str], name: str, most, lang: Lang, asker: gr.Request) -> Iterator[dict]:
        """Make and measure quantizations."""
        halt = begun(asker)
        try:
            for work in lab.compare(bench, str(chosen or default), wanted or [], str(name or ""), limit=int(most or 0), stop=halt):
                if work.lab:
                    yield {lab_told: "", lab_shown: model_views.lab(lang, work.lab)}
                    return
                label = say(lang, f"lab.{work.step}", kind=work.kind, done=work.done, total=work.total)
                yield {lab_told: views.meter(label, work.done, work.total)}
            yield {lab_told: views.hint(say(lang, "lab.stopped"))}
        except WorkbenchError as error:
            yield {lab_told: views.problem(lang, error.remark)}

    def written(asked: str, lang: Lang) -> str:
        """The question that is shown in every format."""
        return str(asked or "").strip() or say(lang, "formats.usual")

    def prompts(chosen: str, asked: str, lang: Lang) -> dict:
        """The question in every format."""
        try:
            found = chats.chats(bench, str(chosen or default), written(asked, lang))
        except WorkbenchError as error:
            return {formats_told: views.problem(lang, error.remark)}
        return {formats_told: "", formats_shown: model_views.formats(lang, found), compared: found}

    def beside(chosen: str, asked: str, name: str, wanted: list[str], lang: Lang, asker: gr.Request) -> Iterator[dict]:
        """How the model does in some formats."""
        halt = begun(asker)
        try:
            for done, total, found in chats.compare(
                    bench, str(chosen or default), written(asked, lang), str(name or ""), wanted or chats.USUAL, stop=halt):
                yield {formats_told: views.meter(say(lang, "formats.running", done=done, total=total), done, total),
                       formats_shown: model_views.formats(lang, found), compared: found}
            yield {formats_told: "" if not halt.is_set() else views.hint(say(lang, "flag.stopped"))}
        except WorkbenchError as error:
            yield {formats_told: views.problem(lang, error.remark)}

    def measure(chosen: str, name: str, lang: Lang, asker: gr.Request) -> Iterator[dict]:
        """The numbers, one after another."""
        halt = begun(asker)
        try:
            for done, total, found in numbers.figures(bench, str(chosen or default), str(name or ""), halt):
                yield {numbers_told: views.meter(say(lang, "numbers.running", done=done, total=total), done, total) if not found.made else "",
                       numbers_shown: model_views.figures(lang, found)}
            if halt.is_set():
                yield {numbers_told: views.hint(say(lang, "flag.stopped"))}
        except WorkbenchError as error:
            yield {numbers_told: views.problem(lang, error.remark)}

    queue: dict[str, Any] = {"concurrency_id": "models", "concurrency_limit": 1, "trigger_mode": "once", **QUIET}
    told_of = [told, card, room, fitted, lab_shown, numbers_shown, formats_shown, compared]
    tab.select(fill, [model, language], [listed, model, *told_of], trigger_mode="once", **QUIET)
    model.change(opened, [model, language], told_of, **QUIET)
    listed.click(pick, language, [model, listed], queue=False, **QUIET).then(None, js=INTO_VIEW % "models-card")
    estimate.click(fit, [model, window, together, language], [room, fitted], **QUIET)
    make.click(experiment, [model, kinds, corpus, questions, language], [lab_told, lab_shown], **queue)
    show.click(prompts, [model, question, language], [formats_told, formats_shown, compared], **queue)
    compare.click(beside, [model, question, corpus, names, language], [formats_told, formats_shown, compared], **queue)
    take.click(measure, [model, corpus, language], [numbers_told, numbers_shown], **queue)
    for button in (halt_lab, halt_formats, halt_numbers):
        button.click(stop, None, None, queue=False, **QUIET)
    page.unload(stop)

    def relabel(lang: Lang, chosen: str, found: Fit | None, chat: tuple) -> dict:
        """Everything the tab says, in a language."""
        some = next(rows(lang, look=False))
        shown = opened_before(lang, str(chosen or default), [name for name, *_ in some])
        return {
            about: views.hint(say(lang, "models.about", folder=bench.settings.home / "models")),
            listed: model_views.listing(lang, filled(some), WINDOW, str(chosen or default)),
            model: gr.Dropdown(label=say(lang, "models.model")),
            corpus: gr.Dropdown(label=say(lang, "models.corpus")),
            told: "",
            card: shown,
            window: gr.Number(label=say(lang, "fit.window")),
            together: gr.Number(label=say(lang, "fit.together")),
            estimate: gr.Button(say(lang, "fit.check")),
            room: model_views.fit(lang, found) if found else "",
            lab_panel: gr.Accordion(label=say(lang, "lab.title")),
            lab_about: views.hint(say(lang, "lab.about")),
            kinds: gr.CheckboxGroup(label=say(lang, "lab.kinds")),
            questions: gr.Number(label=say(lang, "lab.questions")),
            make: gr.Button(say(lang, "lab.go")),
            halt_lab: gr.Button(say(lang, "lab.stop")),
            lab_shown: before(lang, chosen, "lab"),
            formats_panel: gr.Accordion(label=say(lang, "formats.title")),
            formats_about: views.hint(say(lang, "formats.about")),
            question: gr.Textbox(label=say(lang, "formats.question"), placeholder=say(lang, "formats.usual")),
            names: gr.Dropdown(label=say(lang, "formats.names"), choices=[(model_views.title(lang, each), each) for each in chats.NAMES]),
            show: gr.Button(say(lang, "formats.show")),
            compare: gr.Button(say(lang, "formats.compare")),
            halt_formats: gr.Button(say(lang, "lab.stop")),
            formats_shown: model_views.formats(lang, chat) if chat else "",
            numbers_panel: gr.Accordion(label=say(lang, "numbers.title")),
            numbers_about: views.hint(say(lang, "numbers.about")),
            take: gr.Button(say(lang, "numbers.go")),
            halt_numbers: gr.Button(say(lang, "lab.stop")),
            numbers_shown: before(lang, chosen, "numbers"),
        }

    def filled(some: list[model_views.Row]) -> list[model_views.Row]:
        """The list with the memory that is known already."""
        return [(name, read, speed, rooms.get(f"{catalogue.identity(bench.file(name))}:{read.context_length}")
                 if read and not remote(name) else None, "") for name, read, speed, _, _ in some]

    def opened_before(lang: Lang, name: str, listed: list[str]) -> str:
        """The card of a model that was looked at already."""
        if remote(name):
            return model_views.served(lang, name, *bench.known(name))
        read, speed = bench.known(name) if name in listed else (None, None)
        return model_views.card(lang, read, speed) if read else ""

    def before(lang: Lang, chosen: str, what: str) -> str:
        """What was measured of a model before."""
        try:
            found = kept(bench, str(chosen or default), what, Lab if what == "lab" else Figures)
        except WorkbenchError:  # the model is gone, or is none: its card says so
            return ""
        return (model_views.lab if what == "lab" else model_views.figures)(lang, found) if found else ""

    outputs = [about, listed, model, corpus, told, card, window, together, estimate, room, lab_panel, lab_about, kinds, questions,
               make, halt_lab, lab_shown, formats_panel, formats_about, question, names, show, compare, halt_formats, formats_shown,
               numbers_panel, numbers_about, take, halt_numbers, numbers_shown]
    return Labels([model, fitted, compared], outputs, relabel)
