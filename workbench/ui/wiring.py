"""What the tabs share: how errors become words, how a click inside HTML reaches Python, how a picker stays fresh."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from workbench.bench import Bench

# A click on a button of the HTML sends its data attributes; a data-sure asks first.
CLICKS = """
element.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (!button || !Object.keys(button.dataset).length || (button.dataset.sure && !confirm(button.dataset.sure))) return;
  trigger('click', {...button.dataset});
});
"""

INTO_VIEW = "() => document.querySelector('#%s section')?.scrollIntoView({block: 'start', behavior: 'smooth'})"

# The browser makes the file itself, of the given type: Gradio would keep a copy in its temporary folder.
SAVE = """(parcel) => {
  if (!parcel) return;
  const {name, page} = JSON.parse(parcel);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([page], {type: '%s'}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}"""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Labels:
    """How a tab is put into another language: `say(lang, *values of the inputs)` gives an update for every output."""

    inputs: list[Any]
    outputs: list[Any]
    say: Callable[..., dict]


def clickable(**options: Any) -> gr.HTML:
    """An HTML component whose buttons can be listened to with `.click`."""
    return gr.HTML(js_on_load=CLICKS, apply_default_css=False, **options)


def plain(**options: Any) -> gr.HTML:
    """An HTML component to look at."""
    return gr.HTML(apply_default_css=False, js_on_load=None, **options)


def corpus_picker(bench: Bench, label: str, **options: Any) -> gr.Dropdown:
    """A list of corpora that reads itself anew whenever it is opened, so that no tab has to tell another.
    It takes any name: one that is unknown, or gone meanwhile, is refused in words by the verb."""
    names = bench.store.names()
    picker = gr.Dropdown(names, value=names[0] if names else None, label=label, allow_custom_value=True, **options)
    picker.focus(lambda: gr.Dropdown(choices=bench.store.names()), None, picker, queue=False, **QUIET)
    return picker
