"""Prompts from the files of prompts/: what the model reads, letter for letter. Pure but for reading those files.

A file is named act.form.language, as rag.completion.en.txt. A `completion` file is plain text that the
model continues; a `chat` file is a system and a user turn, parted by a line `===`; a `text` file is one task for a
text-to-text model, in the manner of the collection that Flan-T5 was trained on (“Read this and answer the question”,
Longpre et al. 2023). Placeholders:
{question} in all; {passages} in those that answer from documents; {sentence} where the best sentence is
said again next to the question (SmolLM2-135M, 150 XQuAD questions: exact match 0.19 without, 0.24 with);
{history} where a completion or a task takes in the turns before, each in the form of turn.completion (a chat has
them as turns of its own). survey.language says what a full pass counted, in the place of the best sentence;
theme.completion.language has a theme of feedback named.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from workbench.context import neutralize
from workbench.models.formats import FORMATS, markers, render
from workbench.nouns import Card, Form, Lang, Message, Order, Passage, Prompt, Survey, Turn, Written
from workbench.nouns.summary import Length

FOLDER = Path(__file__).parents[1] / "prompts"
# A reply in completion form is one line: the next one would be another question of the model's making.
STOP = ("\n",)
STOP_LIST = ("\n\n", "\nText", "\n글")  # of a reply that is a list
REQUIRED = {
    "closed": {"question"}, "rag": {"passages", "question"}, "turn": {"question", "answer"}, "survey": {"records", "matched"},
    "summary": {"text"}, "shorten": {"text"}, "focus": {"question"}, "concise": set(), "theme": {"terms", "opinions"}}
OPTIONAL = {"sentence", "history", "sentences", "focus", "style"}


def form_for(card: Card, form: Form) -> Written:
    """The form of prompt for a model. One with an encoder gets a task as text, whatever was asked for. A base model gets
    completion; and so do the smallest chat models, which copy an answer from a worked example far better than they follow
    an instruction (SmolLM2-135M: exact match 0.19 against 0.00)."""
    if card.encoder:
        return "text"
    if form in FORMATS:
        return "chat"
    if not card.chat_template or form == "completion":
        return "completion"
    if form == "chat":
        return "chat"
    return "completion" if 0 < card.parameters < 500_000_000 else "chat"


def build(
    lane: Literal["closed", "rag"],
    lang: Lang,
    form: Written,
    question: str,
    passages: Sequence[Passage] = (),
    sentence: str = "",
    turns: Sequence[Turn] = (),
    *,
    order: Order = "best-last",
    control_tokens: Sequence[str] = (),
    chat_format: str = "",
) -> Prompt:
    """The prompt for one lane. `passages` come best first; unless the order is best-first, the best one stands next to
    the question. `turns` are those before the question, oldest first. A chat is written in the model's own template, or in
    a `chat_format` of models/formats.py."""
    control_tokens = (*control_tokens, *markers(chat_format))
    texts = [neutralize(passage.text, control_tokens) for passage in passages]
    if order != "best-first":
        texts.reverse()
    values = {
        "passages": "\n\n".join(texts),
        "sentence": neutralize(sentence, control_tokens),
        "question": neutralize(question, control_tokens),
    }
    said = [
        {"question": neutralize(turn.question, control_tokens), "answer": " ".join(neutralize(turn.answer, control_tokens).split())}
        for turn in turns]
    template = load(f"{lane}.{form}.{lang}")
    if form != "chat":
        values["history"] = "\n\n".join(fill(load(f"turn.completion.{lang}"), each) for each in said)
        return Prompt(text=fill(template, values), stop=STOP if form == "completion" else ())
    system, user = template.split("\n===\n")
    earlier = [
        message for each in said for message in (Message("user", each["question"]), Message("assistant", each["answer"]))]
    messages = (Message("system", system.strip()), *earlier, Message("user", fill(user.strip(), values)))
    return Prompt(messages=messages, stop=FORMATS[chat_format].stop if chat_format else (), format=chat_format)


def written_out(prompt: Prompt) -> Prompt:
    """A chat in a chosen format as plain text, for a server, which would write it in the template of its own model."""
    if not prompt.format:
        return prompt
    messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
    return Prompt(text=render(prompt.format, messages), stop=prompt.stop)


def counted(survey: Survey, lang: Lang) -> str:
    """What a full pass counted, as the model reads it."""
    return fill(load(f"survey.{lang}"), {"records": str(survey.records), "matched": str(survey.matched)})


def summary(
    length: Length | Literal["part"], lang: Lang, form: Written, text: str, *, sentences: int = 1,
    question: str = "", concise: bool = False, control_tokens: Sequence[str] = ()
) -> Prompt:
    """The prompt for a summary of a text in about so many sentences; of what answers a question, where there is one."""
    values = {
        "text": neutralize(text, control_tokens),
        "focus": fill(load(f"focus.{lang}"), {"question": neutralize(question, control_tokens)}) if question else "",
        "style": load(f"concise.{lang}") if concise else "",
        "sentences": str(sentences)}
    return filled(f"summary.{length}", form, lang, values, STOP_LIST if length == "bullets" else STOP)


def shorten(lang: Lang, form: Written, text: str, *, control_tokens: Sequence[str] = ()) -> Prompt:
    """The prompt for a shorter sentence that keeps the words of one."""
    return filled("shorten", form, lang, {"text": neutralize(text, control_tokens)}, STOP)


def filled(act: str, form: Written, lang: Lang, values: dict[str, str], stop: tuple[str, ...]) -> Prompt:
    """A prompt from its file: text to go on, or turns of a chat, which a text-to-text model reads as one task."""
    template = load(f"{act}.{'chat' if form == 'text' else form}.{lang}")
    if "\n===\n" not in template:
        return Prompt(text=fill(template, values), stop=stop)
    system, user = template.split("\n===\n")
    return Prompt(messages=(Message("system", system.strip()), Message("user", fill(user.strip(), values))))


def fill(template: str, values: dict[str, str]) -> str:
    """The template with every placeholder replaced at once, so that a `{question}` in a document stays.
    An empty value takes its paragraph with it."""
    for name in [name for name, value in values.items() if not value and name != "question"]:
        template = template.replace(f"{{{name}}}\n\n", "")
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], template)


@cache
def load(name: str) -> str:
    """A prompt file without the line break at its end."""
    template = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    wanted = REQUIRED[name.split(".")[0]]
    found = set(re.findall(r"\{(\w+)\}", template))
    if not wanted <= found <= wanted | OPTIONAL:
        raise ValueError(f"prompts/{name}.txt has the placeholders {sorted(found)}, needs {sorted(wanted)}")
    return template
