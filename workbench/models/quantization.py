"""Requantizing a GGUF with llama.cpp.  [llama_cpp]

Lives in a worker process of its own: the call cannot be stopped from inside.
"""

import ctypes
import os
import re
from collections.abc import Callable
from pathlib import Path

import llama_cpp as llama

from workbench.models.decoder import CannotLoad, log, reason, remember

AT = re.compile(rb"^\[ *(\d+)/ *(\d+)\]")  # how llama.cpp tells which tensor it is at


def requantize(source: Path, target: Path, kind: str, threads: int, progress: Callable[[int, int], None]) -> None:
    """Write a copy of a GGUF with its weights as `kind`, as in Q4_K_M; `progress` hears which tensor of how many is next. On
    failure llama.cpp leaves a part of the file: whoever asked removes it. Raises CannotLoad."""
    parameters = llama.llama_model_quantize_default_params()
    parameters.ftype = getattr(llama, f"LLAMA_FTYPE_MOSTLY_{kind}")
    parameters.allow_requantize = True
    parameters.nthread = threads

    @llama.llama_log_callback
    def hear(level: int, text: bytes, data: object) -> None:
        if at := AT.match(text):
            progress(int(at[1]), int(at[2]))
        remember(level, text, data)

    log.clear()
    llama.llama_log_set(hear, None)
    try:
        if llama.llama_model_quantize(os.fsencode(source), os.fsencode(target), ctypes.byref(parameters)):
            raise CannotLoad(reason())
    finally:
        llama.llama_log_set(remember, None)
