"""Results about a model, kept beside the models as JSON until they are measured anew."""

import json
import os
from pathlib import Path
from typing import Any

from workbench.bench import Bench
from workbench.models import catalogue
from workbench.records import plain, restored


def place(bench: Bench, model: str, what: str) -> Path:
    """Where such a result about a model is kept. Raises NoSuchModel, ModelMissing."""
    source = catalogue.original(bench.named(model), bench.settings.home, bench.threads)
    return catalogue.variant(source, what, bench.settings.home).with_suffix(".json")


def keep(bench: Bench, model: str, what: str, noun: Any) -> None:
    """Keep a result in the place of the one before."""
    path = place(bench, model, what)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(json.dumps(plain(noun), ensure_ascii=False), encoding="utf-8")
    os.replace(partial, path)


def kept(bench: Bench, model: str, what: str, kind: Any) -> Any:
    """The last result, None where nobody measured it. Raises NoSuchModel, ModelMissing."""
    path = place(bench, model, what)
    return restored(kind, json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
