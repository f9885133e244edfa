"""The command `models`."""

import argparse
from dataclasses import asdict

from workbench.bench import Bench
from workbench.cli.flags import Command
from workbench.cli.output import show
from workbench.models.addresses import leaves, remote
from workbench.nouns import Card


def add(command: Command) -> None:
    """Its flags."""
    models = command("models", run_models, "list models, show what a GGUF says of itself, or measure one on this computer", searches=True)
    models.add_argument("act", choices=("list", "show", "speed"))
    models.add_argument("model", nargs="?", default="", metavar="NAME|PATH")


def run_models(bench: Bench, options: argparse.Namespace) -> None:
    """models list | show NAME|PATH | speed NAME|PATH"""
    from workbench.models import catalogue

    if options.act == "list":
        names = catalogue.names(bench.settings.home)
        kinds = {name: place(name) or kind(bench.known(name)[0]) for name in names}
        if options.json:
            show({"models": names, "default": names[0], "kinds": kinds})
        for name in () if options.json else names:
            print(name + (f"  ({kinds[name]})" if kinds[name] else ""))
        return
    if options.act == "speed":
        from workbench.trial import trial

        *_, (_, _, measured) = trial(bench, options.model)
        if options.json:
            show(asdict(measured) | {"order": measured.order})
        else:
            print(f"reads {measured.reading:.0f}, writes {measured.writing:.0f} tokens a second; {measured.order}")
            if measured.writing_short is not None:
                print(f"writes {measured.writing_short:.0f} a second after a source of {measured.short} tokens, "
                      f"{measured.writing:.0f} after {measured.long}")
        return
    found = bench.card(options.model)
    card = asdict(found) | {"kind": place(found.path) or kind(found)}
    card.pop("control_tokens")
    if (known := bench.known(options.model)[1]) is not None:
        card |= {"measured": asdict(known)}
    if options.json:
        show(card)
    for key, value in {} if options.json else card.items():
        print(f"{key:22}{value}")


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
