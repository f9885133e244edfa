"""llama.cpp's encoder-decoders, as T5, Flan-T5 and mT5, through the low-level API.  [llama_cpp]

The encoder reads the whole prompt, its source, in one step; the decoder begins with a start token in cells of its own and
looks at the source again at every token. A context holds one source, and the next one takes its place: so one sequence is
live at a time. (Several sources in one step would be read as one long one, at no gain.)
"""

import mmap
from pathlib import Path
from typing import Any

import llama_cpp as llama
import numpy as np

from workbench.languages import SAMPLES
from workbench.models.decoder import (
    MOST,
    PIECE,
    STEP,
    CannotLoad,
    Decoder,
    NoRoom,
    encodes,
    loaded,
    memory,
    reason,
    sizes,
)

# As a GGUF's list of tensors has it: the length of the name, then the name.
OUTPUT = (13).to_bytes(8, "little") + b"output.weight"

FLOAT32 = 0  # GGML_TYPE_F32 of ggml.h


class EncoderDecoder(Decoder):
    """A loaded model with room for one source of up to `window` tokens, and for as many tokens of a reply."""

    slots = 1

    def __init__(self, model: Any, path: Path, threads: int) -> None:
        super().__init__(model, path, threads)
        self.shares = False  # beginnings of prompts: an encoder reads to both sides
        self.prefixes = 0
        self.window = 0
        start = int(llama.llama_model_decoder_start_token(model))
        self.start = start if start >= 0 else int(llama.llama_vocab_bos(self.vocabulary))
        # T5's first version writes with its table of embeddings and scales what comes out; llama.cpp leaves the scale out.
        self.scale = np.float32(self.number("embedding_length") ** -0.5) if tied(path) else None

    def open(self, window: int, apart: bool | None = None, windows: int = 0) -> None:
        """Make the context; there is one sequence, so it never stands `apart`, nor shares. Frees the one before."""
        if self.context:
            llama.llama_free(self.context)
            self.context = None
            self.cells = self.window = 0
        needed, free = self.needed(window), memory("MemAvailable")
        if free is not None and needed > MOST * free:
            most = next(each for each in range(window // STEP * STEP, -1, -STEP) if self.needed(each) <= MOST * free)
            raise NoRoom(f"it needs {needed >> 20} MB of memory and {free >> 20} MB are free", most)
        parameters = llama.llama_context_default_params()
        parameters.n_seq_max = 1
        # The encoder takes no more than a micro batch, and no batch may be larger than the context: else llama.cpp aborts.
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = max(window, PIECE)
        parameters.type_k = parameters.type_v = FLOAT32  # a reply is short: half precision would save little
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_DISABLED
        parameters.n_threads = parameters.n_threads_batch = self.threads
        sizes.clear()
        self.context = llama.llama_init_from_model(self.model, parameters)
        if not self.context:
            raise CannotLoad(reason())
        self.memory = llama.llama_get_memory(self.context)
        self.cells = max(window, PIECE)
        self.window = window
        if window > self.batch.room:
            self.batch = type(self.batch)(window)

    def needed(self, window: int) -> int:
        """Bytes of a window: the decoder's keys and values, and every head's attention of the whole source
        to itself, before and after its softmax."""
        heads, layers = self.number("attention.head_count"), self.number("decoder_block_count") or self.number("block_count")
        return 2 * 4 * window * layers * heads * self.number("attention.key_length") + 2 * 4 * heads * window**2

    def prove(self) -> None:
        """Refuse a model whose figures are none, or that says the same whatever it reads: its weights are damaged. How
        likely it finds plain words tells nothing, for it is made to write the answer to a task and not those words."""
        self.open(PIECE)
        heard = []
        for sample in SAMPLES.values():
            self.encode(np.array(self.tokenize(sample, special=False), np.int32))
            heard.append(self.decode([(self.start, 0, 0, True)])[0].copy())
        if not np.isfinite(heard).all() or np.ptp(heard[0]) == 0 or np.array_equal(*heard):
            raise CannotLoad("it says the same whatever it reads, its weights must be damaged")

    def encode(self, source: np.ndarray) -> None:
        """Let the encoder read a source, int32 of shape (tokens,), instead of the one before. Its cells are free then."""
        self.clear()  # or llama.cpp takes the source for the next words of the one before
        self.batch.fill([(token, place, 0, True) for place, token in enumerate(source.tolist())])
        code = llama.llama_encode(self.context, self.batch.struct)
        if code:
            raise RuntimeError(f"llama_encode returned {code} for {len(source)} tokens; {reason()}")

    def decode(self, rows: list[tuple[int, int, int, bool]]) -> np.ndarray:
        """As a decoder's, after `encode`."""
        logits = super().decode(rows)
        if self.scale is not None:
            logits *= self.scale
        return logits

    def continuation(self, text: str) -> list[int]:
        """Token ids of a reply, without the one that ends it."""
        tokens = self.tokenize(text, special=False)
        return tokens[:-1] if tokens and self.ends(tokens[-1]) else tokens

    def render(self, messages: list[dict]) -> str:
        """Chat turns as one text: a text-to-text model knows no roles."""
        return "\n\n".join(message["content"] for message in messages)


def decoding(path: Path, threads: int, *, look: bool = False, rehearse: bool = False) -> Decoder:
    """A decoder of the kind that a file asks for; `look` and `rehearse` as `loaded` has them."""
    model = loaded(path, look=look, rehearse=rehearse)
    return (EncoderDecoder if encodes(model) else Decoder)(model, path, threads)


def tied(path: Path) -> bool:
    """Whether a model writes with its table of embeddings: its file holds no other table for that."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(OUTPUT) < 0
