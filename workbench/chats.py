"""Chat formats beside each other: one question in each of them as the model reads it, what may mislead the model, and how it
answers in each."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench import prompting, quiz
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.languages import language
from workbench.measure.statistics import ratio, share
from workbench.models.formats import FORMATS
from workbench.models.worker import Worker
from workbench.nouns import Prompt
from workbench.nouns.models import Chat, Warning
from workbench.search import asked as checked

OWN, PLAIN = "chat", "completion"
NAMES = (OWN, PLAIN, *FORMATS)
USUAL = (OWN, PLAIN, "chatml", "alpaca", "vicuna")
QUESTIONS = 12


def chats(bench: Bench, model: str, question: str, names: Sequence[str] = NAMES) -> tuple[Chat, ...]:
    """A question in each format. The file's own template is left out where it has none, and said to be missing of the others.
    Raises BadRequest, ModelError."""
    question = checked(question)
    check(names)
    worker = bench.lend_own(model)
    try:
        own = recognized(worker, question)
        return tuple(chat(worker, name, question, own) for name in names if name != OWN or worker.card.chat_template)
    finally:
        bench.give_back(worker)


def check(names: Sequence[str]) -> None:
    """Refuse a format that nobody knows. Raises BadRequest."""
    for name in names:
        if name not in NAMES:
            raise BadRequest("form_unknown", name=name, known=", ".join(NAMES))


def chat(worker: Worker, name: str, question: str, own: str) -> Chat:
    """A question in one format, with what may mislead the model."""
    seen = worker.inspect(prompt(name, question, worker.card.control_tokens))
    warnings: list[Warning] = []
    if not worker.card.chat_template and name != PLAIN:
        warnings.append("no_template")
    if seen.starts > 1:
        warnings.append("start_twice")
    if seen.ends:
        warnings.append("end_stray")
    if seen.spelled:
        warnings.append("spelled")
    if name in FORMATS and worker.card.chat_template and name != own:
        warnings.append("foreign")
    return Chat(name, own if name == OWN else name, seen, tuple(warnings))


def prompt(name: str, question: str, control_tokens: Sequence[str]) -> Prompt:
    """The question alone, as it is asked in a format."""
    return prompting.build(
        "closed", language(question), "completion" if name == PLAIN else "chat", question, control_tokens=control_tokens,
        chat_format=name if name in FORMATS else "")


def recognized(worker: Worker, question: str) -> str:
    """Which format of the table the file's own template is, empty where it has none or one of its own."""
    if not worker.card.chat_template:
        return ""
    own = worker.render(prompt(OWN, question, worker.card.control_tokens))
    for name, chosen in FORMATS.items():
        text = worker.render(prompt(name, question, worker.card.control_tokens))
        if text in (own, chosen.start + own) or text.removeprefix(chosen.start) == own:
            return name
    return ""


def compare(
    bench: Bench, model: str, question: str, corpus: str, names: Sequence[str] = USUAL, *, limit: int = QUESTIONS,
    stop: threading.Event | None = None,
) -> Iterator[tuple[int, int, tuple[Chat, ...]]]:
    """The formats with how the model does in each on a corpus' own questions; tells (replies, replies in all, what is done).
    Raises BadRequest, NoSuchCorpus, ModelError."""
    listed = list(chats(bench, model, question, names))
    asked = quiz.chosen(bench, corpus, limit)
    total = len(asked) * len(listed)
    worker = bench.lend_own(model)
    try:
        for place, each in enumerate(listed):
            said: list[quiz.Reply] = []
            for reply in quiz.replies(bench, worker, quiz.recipe(corpus, worker, form=each.name), asked):
                said.append(reply)
                if stop and stop.is_set():
                    return
                yield place * len(asked) + len(said), total, tuple(listed)
            clusters = [reply.asked.cluster for reply in said]
            listed[place] = replace(
                each, accuracy=share([reply.right for reply in said], clusters),
                words=ratio([len(reply.completion.text.split()) for reply in said], [1] * len(said), clusters),
                ended=share([reply.completion.why == "end" for reply in said], clusters))
        yield total, total, tuple(listed)
    finally:
        bench.give_back(worker)
