"""`models quantize`, `models formats` and `models numbers`: what is measured of a model beside others."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from workbench.bench import Bench
from workbench.cli.output import show
from workbench.nouns.measure import Estimate
from workbench.nouns.models import Chat, Figures, Lab, Variant
from workbench.words import say

GREETING = "Hello, who are you? 안녕하세요, 누구세요?"


def quantize(bench: Bench, options: argparse.Namespace) -> None:
    """Make types of a model and measure each beside the original."""
    from workbench import lab

    found: Lab | None = None
    for work in lab.compare(bench, options.model, options.to, options.corpus, limit=options.limit or lab.QUESTIONS):
        found = work.lab
        progress(f"{work.step} {work.kind} {work.done}/{work.total}")
    assert found
    if options.json:
        show(lab_json(found))
        return
    for variant in found.variants:
        print(variant_line(variant))
    why = {"fastest": "the fastest of those that lose nothing that can be seen", "all_lose": "every other one is seen to lose",
           "pilot": "by speed and size alone; name a --corpus to see what is lost"}
    print(f"use {found.best}: {why[found.why]}")


def lab_json(lab: Lab) -> dict:
    """A result of the lab."""
    return asdict(lab) | {"variants": [asdict(each) for each in lab.variants]}


def variant_line(variant: Variant) -> str:
    """A quantization in one line."""
    parts = [f"{variant.kind:8}{variant.size / 1e6:7.0f} MB", f"memory {variant.memory / 1e6:.0f} MB",
             f"reads {written(variant.reading, '.0f')}", f"writes {written(variant.writing, '.0f')} tokens a second"]
    named = (("perplexity", variant.perplexity, ".2f"), ("loss", variant.loss, "+.3f"), ("accuracy", variant.accuracy, ".2f"),
             ("gain", variant.gain, "+.2f"), ("agreement", variant.agreement, ".2f"))
    parts += [f"{name} {written(estimate, form)}" for name, estimate, form in named if estimate]
    return ", ".join(parts) + (f", p {variant.p:.3f}" if variant.p is not None else "")


def written(estimate: Estimate, form: str) -> str:
    """A figure with its interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return f"{estimate.value:{form}} [{estimate.low:{form}}, {estimate.high:{form}}] (n={estimate.n})"


def formats(bench: Bench, options: argparse.Namespace) -> None:
    """A question in every chat format; with a corpus, also how the model does in some of them."""
    from workbench import chats

    question = options.question or GREETING
    if options.corpus:
        steps = chats.compare(
            bench, options.model, question, options.corpus, options.formats or chats.USUAL, limit=options.limit or chats.QUESTIONS)
        for done, total, found in steps:  # noqa: B007 - the last one is the result
            progress(f"{done}/{total}")
    else:
        found = chats.chats(bench, options.model, question, options.formats or chats.NAMES)
    if options.json:
        show({"question": question, "formats": [asdict(each) for each in found]})
    for each in () if options.json else found:
        print(chat_line(each))


def chat_line(chat: Chat) -> str:
    """A format in a few lines."""
    kind = f" ({chat.written})" if chat.written != chat.name else ""
    head = f"{chat.name}{kind}: {chat.seen.tokens} tokens"
    if chat.accuracy and chat.words and chat.ended:
        head += f"; right {written(chat.accuracy, '.2f')}, words {written(chat.words, '.1f')}, ends by itself {written(chat.ended, '.2f')}"
    warned = [say("en", f"warning.{each}", marks=", ".join(chat.seen.spelled)) for each in chat.warnings]
    return "\n    ".join([head, *warned, repr(chat.seen.text)])


def numbers(bench: Bench, options: argparse.Namespace) -> None:
    """The numbers every developer of language models should know, of this model and computer."""
    from workbench import numbers as taken

    corpus = options.corpus or next(iter(bench.store.names()), "")
    found: Figures | None = None
    for done, total, found in taken.figures(bench, options.model, corpus):  # noqa: B007 - the last one is the result
        progress(f"{done}/{total}")
    assert found
    if options.json:
        show(asdict(found))
        return
    lines: list[tuple[str, Any]] = [
        ("bytes a parameter, in the file", f"{found.file_bytes:.2f}"), ("bytes a parameter, in memory", f"{found.memory_bytes:.2f}"),
        ("bytes of keys and values a token", found.token_bytes),
        *((f"tokens a word, {lang}", written(each, ".2f")) for lang, each in found.words.items())]
    lines += [(name, written(each, form)) for name, each, form in (
        ("finding passages over writing an answer", found.finding, ".3f"), ("embedding a token over writing one", found.embedding, ".4f"),
        (f"gain of {found.together} at once", found.batching, ".2f"), ("tokens saved by “be concise”", found.concise, ".2f"),
        ("what that changes in right answers", found.concise_gain, "+.2f"),
        (f"seconds a token, source of {found.short}", found.token_short, ".4f"),
        (f"seconds a token, source of {found.long}", found.token_long, ".4f")) if each]
    for name, value in lines:
        print(f"{name:42}{value}")


def progress(text: str) -> None:
    """Tell how far it is, where somebody is watching."""
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="", file=sys.stderr, flush=True)
