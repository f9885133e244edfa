"""The command `models`."""

import argparse
from dataclasses import asdict

from workbench.bench import Bench
from workbench.cli import model_lab
from workbench.cli.flags import Command, words
from workbench.cli.output import show
from workbench.models.addresses import leaves, remote
from workbench.nouns import WINDOW, Card
from workbench.nouns.models import KINDS, Fit
from workbench.words import say


def add(command: Command) -> None:
    """Its flags."""
    models = command(
        "models", run_models, "list models, show what a GGUF says of itself, what memory it takes, or measure one on this computer",
        searches=True)
    models.add_argument("act", choices=tuple(ACTS))
    models.add_argument("model", nargs="?", default="", metavar="NAME|PATH")
    models.add_argument("--window", type=int, action="append", metavar="N", help="fit: tokens of the context window; repeatable")
    models.add_argument("--to", type=lambda text: text.split(","), default=[], metavar="A,B", help=f"quantize: types to make, of {', '.join(KINDS)}")
    models.add_argument("--corpus", type=words, default="", metavar="NAME", help="quantize, formats, numbers: whose texts and questions are used")
    models.add_argument("--question", type=words, default="", metavar="TEXT", help="formats: what is asked in each")
    models.add_argument("--formats", type=lambda text: text.split(","), metavar="A,B", help="formats: which ones (default: all; few with --corpus)")
    models.add_argument("--limit", type=int, default=0, metavar="N", help="quantize, formats: questions asked at most")
    models.add_argument("--together", type=int, default=0, metavar="N", help="fit: full windows held at once (default: what the scheduler makes)")


def run_models(bench: Bench, options: argparse.Namespace) -> None:
    """models list | show | fit | speed | quantize | formats | numbers NAME|PATH"""
    ACTS[options.act](bench, options)


def listing(bench: Bench, options: argparse.Namespace) -> None:
    """The models this computer has."""
    from workbench.models import catalogue

    names = catalogue.names(bench.settings.home)
    known = {name: bench.known(name) for name in names}
    kinds = {name: place(name) or kind(card) for name, (card, _) in known.items()}
    if options.json:
        facts = {name: {"size": card and card.size, "characters_per_token": card and card.characters_per_token,
                        "measured": measured and asdict(measured)} for name, (card, measured) in known.items()}
        show({"models": names, "default": names[0], "kinds": kinds, "known": facts})
    for name in () if options.json else names:
        print(name + (f"  ({kinds[name]})" if kinds[name] else ""))


def shown(bench: Bench, options: argparse.Namespace) -> None:
    """A model's card."""
    found = bench.card(options.model, whole=True)
    card = asdict(found) | {"kind": place(found.path) or kind(found)}
    card.pop("control_tokens")
    known = bench.known(options.model)[1]
    if known is not None:
        card |= {"measured": asdict(known)}
    if options.json:
        show(card)
    card["tensors"] = ", ".join(f"{each.count} {each.type} ({each.size / 1e6:.1f} MB)" for each in found.tensors)
    if found.encoder:
        card["decoding"] = say("en", "card.cross")
        if known and known.writing_short:
            card["decoding here"] = (f"{1000 / known.writing_short:.1f} ms a token after a source of {known.short} tokens, "
                                     f"{1000 / known.writing:.1f} ms after {known.long}")
    for key, value in {} if options.json else card.items():
        print(f"{key:22}{value}")


def fit(bench: Bench, options: argparse.Namespace) -> None:
    """The memory that windows of a model would take."""
    from workbench.fitting import fits

    found = fits(bench, options.model, options.window or [WINDOW], options.together)
    if options.json:
        show({"fits": [fit_json(each) for each in found]})
    for each in () if options.json else found:
        print(fit_line(each))


def fit_json(fit: Fit) -> dict:
    """What a window takes, in bytes."""
    return asdict(fit) | {"total": fit.total, "fits": fit.fits}


def fit_line(fit: Fit) -> str:
    """What a window takes, in one line."""
    parts = ", ".join(f"{name} {getattr(fit, name) / 1e6:.0f}" for name in ("weights", "copies", "cells", "work", "rest"))
    word = "fits" if fit.fits else f"does not fit; the largest that does is {fit.most}" if fit.most else "does not fit, and no window does"
    return f"{fit.window} tokens × {fit.together}: {fit.total / 1e6:.0f} MB ({parts}) of {fit.free / 1e6:.0f} MB free: {word}"


def speed(bench: Bench, options: argparse.Namespace) -> None:
    """How fast a model reads and writes here, and which order of passages serves it."""
    from workbench.trial import trial

    *_, (_, _, measured) = trial(bench, options.model)
    if options.json:
        show(asdict(measured) | {"order": measured.order})
        return
    print(f"reads {measured.reading:.0f}, writes {measured.writing:.0f} tokens a second; {measured.order}")
    if measured.writing_short is not None:
        print(f"writes {measured.writing_short:.0f} a second after a source of {measured.short} tokens, "
              f"{measured.writing:.0f} after {measured.long}")


def place(name: str) -> str | None:
    """Where a server's model runs, None for a model of this workbench."""
    if not remote(name):
        return None
    return "server, leaves this computer" if leaves(name) else "server on this computer"


def kind(card: Card | None) -> str | None:
    """What a model is, None where nobody looked at its file yet."""
    if card is None:
        return None
    return "encoder-decoder" if card.encoder else "decoder"


ACTS = {
    "list": listing, "show": shown, "fit": fit, "speed": speed, "quantize": model_lab.quantize, "formats": model_lab.formats,
    "numbers": model_lab.numbers}
