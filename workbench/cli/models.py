"""The command `models`."""

import argparse
from dataclasses import asdict

from workbench.bench import Bench
from workbench.cli.flags import Command
from workbench.cli.output import show


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
        show({"models": names, "default": names[0]}) if options.json else print("\n".join(names))
        return
    if options.act == "speed":
        from workbench.trial import trial

        *_, (_, _, measured) = trial(bench, options.model)
        if options.json:
            show(asdict(measured) | {"order": measured.order})
        else:
            print(f"reads {measured.reading:.0f}, writes {measured.writing:.0f} tokens a second; {measured.order}")
        return
    card = asdict(bench.card(options.model))
    card.pop("control_tokens")
    if options.json:
        show(card)
    for key, value in {} if options.json else card.items():
        print(f"{key:22}{value}")
