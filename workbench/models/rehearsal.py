"""How much memory a model will take, before it is loaded: llama.cpp makes the model and the context that the decoder would,
without memory for either, and says how large they are.

Lives in a worker process that has loaded nothing yet, so that what the vocabulary takes can be read off the process itself.
"""

from collections.abc import Sequence
from mmap import PAGESIZE
from pathlib import Path

from workbench.models import ggml
from workbench.models.decoder import MOST, STEP, WINDOWS, NoRoom, copies, memory, sizes
from workbench.models.encoder_decoder import decoding

CODE = 5_000_000  # bytes of llama.cpp itself that the first step brings into memory (two T5 of 2 and 3 MB, one SmolLM2: 3 to 6)
SPOKEN = 360  # bytes a token of the vocabulary takes, where the system does not say how large a process is


class Rehearsal:
    """A model that is only spoken of. Raises CannotLoad."""

    def __init__(self, path: Path) -> None:
        self.before = resident()
        self.decoder = decoding(path, 1, rehearse=True)
        found = list(ggml.tensors(path))
        self.weights = sum(each.size for each in found)
        self.copies = copies(found)

    def fits(self, windows: Sequence[int], together: int = 0) -> list[dict]:
        """The fields of nouns.models.Fit for each window; with room for so many full windows `together`, else for as many as
        the scheduler makes."""
        free = memory("MemAvailable")
        needs = [self.need(window, together) for window in windows]
        most = self.most(free, together)
        return [{**need, "free": free or 0, "most": most} for need in needs]

    def need(self, window: int, together: int) -> dict[str, int]:
        """What a window takes."""
        decoder = self.decoder
        alone = decoder.slots == 1
        apart = not together and not alone and decoder.ample(window)
        held = decoder.slots if apart or alone else together or self.windows(window)
        decoder.open(window, apart, held)
        now = resident()
        return {
            "window": window, "together": held, "apart": apart, "weights": self.weights, "copies": self.copies,
            "cells": sizes["cells"],
            # Besides its own buffers, the engine's: the logits of the sequences that write.
            "work": sizes["compute"] + sizes["output"] + 4 * decoder.size * min(held, decoder.slots),
            "rest": CODE + (now - self.before if now else SPOKEN * decoder.size),
        }

    def windows(self, window: int) -> int:
        """How many windows share the cells; the fewest where memory does not hold even those."""
        try:
            return self.decoder.windows(window)
        except NoRoom:
            return WINDOWS[-1]

    def most(self, free: int | None, together: int) -> int:
        """The largest window, by steps, up to the model's own, that fits; 0 where none does."""
        own = max(STEP, self.decoder.number("context_length"))
        if free is None:
            return own
        least, most = 0, own // STEP
        while least < most:
            middle = (least + most + 1) // 2
            need = self.need(middle * STEP, together)
            if sum(need[part] for part in ("weights", "copies", "cells", "work", "rest")) <= MOST * free:
                least = middle
            else:
                most = middle - 1
        return least * STEP


def resident() -> int:
    """Bytes of this process that stand in memory, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGESIZE
    except OSError:
        return 0
