"""Prompts from the files of prompts/: what the model reads, letter for letter. Pure but for reading those files.

A file is named act.form.language, as rag.completion.en.txt. A `completion` file is plain text that the
model continues; a `chat` file is a system and a user turn, parted by a line `===`. Placeholders:
{question} in all; {passages} in those that answer from documents; {sentence} where the best sentence is
said again next to the question (SmolLM2-135M, 150 XQuAD questions: exact match 0.19 without, 0.24 with).
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from workbench.context import neutralize
from workbench.nouns import Card, Form, Lang, Message, Order, Passage, Prompt

FOLDER = Path(__file__).parents[1] / "prompts"
# A reply in completion form is one line: the next one would be another question of the model's making.
STOP = ("\n",)


def form_for(card: Card, form: Form) -> Literal["completion", "chat"]:
    """The form of prompt for a model. A base model gets completion; and so do the smallest chat models,
    which copy an answer from a worked example far better than they follow an instruction (SmolLM2-135M:
    exact match 0.19 against 0.00)."""
    if not card.chat_template or form == "completion":
        return "completion"
    if form == "chat":
        return "chat"
    return "completion" if card.parameters < 500_000_000 else "chat"


def build(
    lane: Literal["closed", "rag"],
    lang: Lang,
    form: Literal["completion", "chat"],
    question: str,
    passages: Sequence[Passage] = (),
    sentence: str = "",
    *,
    order: Order = "best-last",
    control_tokens: Sequence[str] = (),
) -> Prompt:
    """The prompt for one lane. `passages` come best first; best-last puts the best one next to the question."""
    texts = [neutralize(passage.text, control_tokens) for passage in passages]
    if order == "best-last":
        texts.reverse()
    values = {
        "passages": "\n\n".join(texts),
        "sentence": neutralize(sentence, control_tokens),
        "question": neutralize(question, control_tokens),
    }
    template = load(f"{lane}.{form}.{lang}")
    if form == "completion":
        return Prompt(text=fill(template, values), stop=STOP)
    system, user = template.split("\n===\n")
    return Prompt(messages=(Message("system", system.strip()), Message("user", fill(user.strip(), values))))


def fill(template: str, values: dict[str, str]) -> str:
    """The template with every placeholder replaced at once, so that a `{question}` in a document stays.
    An empty value takes its paragraph with it."""
    for name in [name for name, value in values.items() if not value and name != "question"]:
        template = template.replace(f"{{{name}}}\n\n", "")
    return re.sub(r"\{(passages|sentence|question)\}", lambda match: values[match[1]], template)


@cache
def load(name: str) -> str:
    """A prompt file without the line break at its end."""
    template = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    wanted = ["passages", "question"] if name.startswith("rag.") else ["question"]
    found = sorted(re.findall(r"\{(\w+)\}", template))
    if found not in (wanted, sorted([*wanted, "sentence"])):
        raise ValueError(f"prompts/{name}.txt has the placeholders {found}, needs {wanted} once each")
    return template
