"""The command `ask`, and how answers are kept and printed."""

import argparse
import sys
from typing import get_args

from workbench.bench import Bench
from workbench.cli.flags import Command, add_filter, chosen, words
from workbench.cli.output import answer_json, place, show
from workbench.errors import ModelError, WorkbenchError
from workbench.models.addresses import leaves
from workbench.nouns import LANES, REPLY, TOP_K, WINDOW, Answer, Form, Recipe


def add(command: Command) -> None:
    """Its flags."""
    ask = command("ask", run_ask, "answer a question with and without the documents", searches=True)
    ask.add_argument("question", type=words, metavar="QUESTION")
    ask.add_argument("--corpus", type=words, required=True, metavar="NAME")
    ask.add_argument("--lanes", default="closed,rag", metavar="A,B", help=f"of {', '.join(LANES)}")
    ask.add_argument("--model", default="", metavar="NAME|PATH", help="a name of `models list`, the path of a GGUF, or remote:URL#MODEL")
    ask.add_argument("--window", type=int, default=WINDOW, metavar="N", help="context window in tokens")
    ask.add_argument("--reply", type=int, default=REPLY, metavar="N", help="tokens kept for the reply")
    ask.add_argument("--top-k", type=int, default=TOP_K, metavar="N", help="passages to look at")
    ask.add_argument("--form", choices=get_args(Form), default="auto", help="form of the prompt: chat is the model's own template")
    ask.add_argument("--temperature", type=float, default=0.0)
    ask.add_argument("--seed", type=int, default=0)
    add_filter(ask)


def run_ask(bench: Bench, options: argparse.Namespace) -> None:
    """ask QUESTION --corpus NAME"""
    from workbench.ask import ask

    filter = chosen(options)
    recipes = [
        Recipe(
            lane=lane.strip(),
            corpus=options.corpus,
            top_k=options.top_k,
            window=options.window,
            reply=options.reply,
            temperature=options.temperature,
            seed=options.seed,
            model=options.model,
            form=options.form,
            filter=filter,
        )
        for lane in options.lanes.split(",")
    ]
    bench.store.version(options.corpus)  # the closed lane alone would not look
    if any(recipe.lane != "extract" for recipe in recipes):
        bench.check_model(options.model)  # the embedder takes seconds
    tell_answers(bench, ask(bench, options.question, recipes), options.json)


def tell_answers(bench: Bench, answers: tuple[Answer, ...], as_json: bool) -> None:
    """Keep a comparison and print it. Raises ModelError where a lane could not answer: what could be found is printed,
    a failure is still a failure."""
    kept = kept_as(bench, answers)
    errors = [answer.error for answer in answers if answer.error]
    printed = answers if len(errors) < len(answers) else ()
    if printed and as_json:
        show({"question": printed[0].question, "kept": kept, "answers": [answer_json(answer) for answer in printed]})
    elif printed:
        print_answers(printed)
    if errors:
        raise ModelError(errors[0].code, **errors[0].facts)


def kept_as(bench: Bench, answers: tuple[Answer, ...]) -> int | None:
    """The number the answers are kept under. They are given even where they cannot be kept, which is then told."""
    from workbench import history

    try:
        return history.keep(bench, answers)
    except WorkbenchError as error:
        print(f"Not kept in the history: {error}", file=sys.stderr)
        return None


def print_answers(answers: tuple[Answer, ...]) -> None:
    """A comparison as lines."""
    for answer in answers:
        print(f"[{answer.recipe.lane}] {answer.text or '–'}")
        if answer.recipe.lane != "extract" and (host := leaves(answer.recipe.model)):
            print(f"    leaves this computer: question and passages were sent to {host}")
        if answer.timing:
            window = answer.budget.window if answer.budget else answer.recipe.window
            print(
                f"    {answer.timing.prompt_tokens or '?'} + {answer.timing.reply_tokens or '?'} tokens of {window}, "
                f"{answer.timing.seconds:.1f} s{'; ' + ', '.join(answer.flags) if answer.flags else ''}")
        for number, passage in enumerate(answer.passages, 1):
            print(f"    [{number}] {place(passage.hit)}{' (excerpt)' if passage.excerpt else ''}")
