"""llama.cpp through its low-level API: one model, one context, many sequences in one batch.  [llama_cpp]

Lives in the worker process only, on one thread: two threads on one context end the process. Knows
nothing about requests, queues or pipes.
"""

import ctypes
import os
import re
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import llama_cpp as llama
import numpy as np

from workbench.languages import SAMPLES
from workbench.models import ggml

if TYPE_CHECKING:
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

PIECE = 512  # rows decoded at once at most; also llama.cpp's own micro batch
SLOTS = 16  # sequences that are decoded together
PREFIXES = 8  # beginnings of prompts kept beside them,
PREFIXES_APART = 4  # fewer where each takes a whole window
# Windows that shared cells are for: as many as leave the most of the memory to others.
WINDOWS = (4, 2)
MODEST = 0.25  # of the free memory, for more windows than the fewest
STEP = 256  # tokens by which windows that would fit are told
PROBE = 16  # tokens of a sentence that a model is tried on
RENDERING = 2.0  # seconds that a chat template may take
RENDERED = 1_000_000  # characters that a chat template may put around the words it is given
# Of all memory, for a window a sequence. Not of the free memory alone: a measurement comes out the same only where the
# cells are of the same kind.
AMPLE = 1 / 16
MOST = 0.9  # of the free memory
OUTPUTS = 64  # rows of a step that want logits, at most: llama.cpp reserves room for them, four bytes times the vocabulary each
ERROR = 4  # GGML_LOG_LEVEL_ERROR of ggml.h
# Compiled for a CPU with AMX, llama.cpp ends at its first product of matrices: the compiler leaves out most of what sets
# up the tiles (seen with GCC 12; llama.cpp's pull request 26954). Only weights in its extra buffers come to that.
ENDS_IN_TILES = b"AMX_INT8 = 1" in llama.llama_print_system_info()

log: deque[str] = deque(maxlen=40)
# Bytes of a context by what they are for, as llama.cpp says when it makes one: `cells`, `compute`, `output`.
sizes: Counter[str] = Counter()
SIZE = re.compile(r"(?:(\w+) buffer )?size = +([\d.]+) MiB")


@llama.llama_log_callback
def remember(level: int, text: bytes, _: object) -> None:
    """Keep llama.cpp's errors: the first one holds the reason when a load fails. And the sizes of what it makes."""
    said = text.decode("utf-8", "replace").strip()
    if level == ERROR:
        log.append(said)
    elif found := SIZE.search(said):
        sizes[found[1] or "cells"] += int(float(found[2]) * 2**20)


llama.llama_log_set(remember, None)
llama.llama_backend_init()


class CannotLoad(Exception):
    """llama.cpp refused the file or the context; the text is its own reason."""


class NoRoom(CannotLoad):
    """A window that memory does not hold, with the largest one that it would."""

    def __init__(self, why: str, most: int) -> None:
        super().__init__(why)
        self.most = most


def loaded(path: Path, *, look: bool = False, rehearse: bool = False) -> Any:
    """llama.cpp's model of a file; with `look` everything but the weights, for the card; with `rehearse` nothing of it takes
    memory, and neither do its contexts: for their `sizes`."""
    log.clear()
    size, free = path.stat().st_size, memory("MemAvailable")
    if not (look or rehearse) and free is not None and size > MOST * free:
        raise CannotLoad(f"it holds {size >> 20} MB and {free >> 20} MB of memory are free")
    parameters = llama.llama_model_default_params()
    parameters.vocab_only = look
    parameters.use_extra_bufts = not ENDS_IN_TILES
    if rehearse:
        parameters.no_alloc = True
        parameters.load_mode = llama.LLAMA_LOAD_MODE_NONE
    model = llama.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        raise CannotLoad(reason())
    return model


def encodes(model: Any) -> bool:
    """Whether an encoder reads the prompt, as in T5. Refuses an encoder alone."""
    encoder = bool(llama.llama_model_has_encoder(model))
    if encoder and not llama.llama_model_has_decoder(model):
        raise CannotLoad("it is an encoder without a decoder, which writes nothing")
    return encoder


class Decoder:
    """A loaded model with room for SLOTS sequences at once.

    Where memory is ample the sequences stand `apart`, each with `cells` of its own: attention then goes over them alone.
    Else all share `cells`, and a beginning they have in common is there once.
    """

    slots = SLOTS

    def __init__(self, model: Any, path: Path, threads: int) -> None:
        """`model` is what `loaded` gives for the path."""
        self.model = model
        self.path = path
        self.threads = threads
        self.vocabulary = llama.llama_model_get_vocab(self.model)
        self.size = llama.llama_vocab_n_tokens(self.vocabulary)
        self.parameters = max(1, int(llama.llama_model_n_params(self.model)))
        self.template = text(llama.llama_model_chat_template(self.model, None))
        self.batch = Batch(PIECE)
        self.buffer = (ctypes.c_uint8 * 0)()
        self.context: Any = None
        self.memory: Any = None
        self.cells = 0
        self.apart = False
        self.prefixes = PREFIXES
        # Where a model keeps one state a sequence instead of cells, a part of a sequence cannot be had.
        self.shares = not (llama.llama_model_is_recurrent(self.model) or llama.llama_model_is_hybrid(self.model))

    def open(self, window: int, apart: bool | None = None, windows: int = 0) -> None:
        """Make the context; `apart` or not, and for how many `windows` to share, as memory allows unless it is said. Frees
        the one before."""
        self.close()
        if apart:
            self.check_memory(window, SLOTS + PREFIXES_APART)
        self.apart = self.ample(window) if apart is None else apart
        self.prefixes = PREFIXES_APART if self.apart else PREFIXES
        sequences = SLOTS + self.prefixes
        count = sequences if self.apart else windows or self.windows(window)
        self.make(sequences, window * count, llama.LLAMA_FLASH_ATTN_TYPE_ENABLED)

    def make(self, sequences: int, cells: int, attention: int) -> None:
        """Make a context of so many cells in all, `apart` or not."""
        parameters = llama.llama_context_default_params()
        parameters.n_seq_max = sequences
        parameters.n_ctx = cells
        parameters.n_batch = parameters.n_ubatch = PIECE
        parameters.n_outputs_max = OUTPUTS
        parameters.kv_unified = not self.apart
        parameters.flash_attn_type = attention
        parameters.n_threads = parameters.n_threads_batch = self.threads
        sizes.clear()
        self.context = llama.llama_init_from_model(self.model, parameters)
        if not self.context:
            raise CannotLoad(reason())
        self.memory = llama.llama_get_memory(self.context)
        self.cells = int(llama.llama_n_ctx_seq(self.context))

    def beside(self, cells: int) -> "Decoder":
        """The same weights with another context, for a measurement: so many cells for each of SLOTS sequences. Without flash
        attention: on a CPU it reads a long prompt faster, but takes half as long again for a step in which many write."""
        self.check_memory(cells, SLOTS)
        other = Decoder(self.model, self.path, self.threads)
        other.apart, other.prefixes = True, 0
        other.make(SLOTS, SLOTS * -(-cells // STEP) * STEP, llama.LLAMA_FLASH_ATTN_TYPE_DISABLED)
        return other

    def close(self) -> None:
        """Free the context."""
        if self.context:
            llama.llama_free(self.context)
            self.context = None
            self.cells = 0

    def prove(self) -> None:
        """Refuse a model that finds the words of plain sentences less likely than chance, or whose figures are none: its
        weights are damaged. No sum is known of a file that somebody brings, so a few wrong bits go unnoticed."""
        self.open(PROBE)
        for sample in SAMPLES.values():
            tokens = self.tokenize(sample, special=False)[:PROBE]
            logits = self.decode([(token, place, 0, True) for place, token in enumerate(tokens[:-1])])
            self.forget(0)
            likelihood = logits - logits.max(axis=1, keepdims=True)
            likelihood -= np.log(np.exp(likelihood).sum(axis=1, keepdims=True))
            if likelihood[np.arange(len(tokens) - 1), tokens[1:]].mean() > -np.log(self.size):
                return
        raise CannotLoad("it does worse than chance on plain words, its weights must be damaged")

    def fits(self, needs: list[int]) -> bool:
        """Whether sequences that come to hold so many tokens each have room together."""
        return max(needs) <= self.cells if self.apart else sum(needs) <= self.cells

    @property
    def keepable(self) -> int:
        """Tokens that kept beginnings may hold in all."""
        return self.prefixes * self.cells if self.apart else self.cells // 4

    def needed(self, window: int) -> int:
        """Bytes of the keys and values of a window: half precision, every layer."""
        usual = llama.llama_model_n_embd(self.model) // max(1, llama.llama_model_n_head(self.model))
        widths = (self.number("attention.key_length") or usual) + (self.number("attention.value_length") or usual)
        return 2 * window * llama.llama_model_n_layer(self.model) * llama.llama_model_n_head_kv(self.model) * widths

    def ample(self, window: int) -> bool:
        """Whether every sequence can have a window of its own."""
        total, free = memory("MemTotal"), memory("MemAvailable")
        if not self.shares or total is None or free is None:
            return False
        return (SLOTS + PREFIXES_APART) * self.needed(window) <= min(AMPLE * total, MODEST * free)

    def windows(self, window: int) -> int:
        """How many windows to share the free memory has room for. Refuses where it is none: llama.cpp takes the memory
        for all keys and values at once."""
        needed = self.needed(window)
        free = memory("MemAvailable")
        if free is None:
            return WINDOWS[-1]
        for count in WINDOWS[:-1]:
            if count * needed <= MODEST * free:
                return count
        self.check_memory(window, WINDOWS[-1])
        return WINDOWS[-1]

    def check_memory(self, window: int, count: int) -> None:
        """Refuse windows that take more memory than is free: the system would end a process for it."""
        free, needed = memory("MemAvailable"), count * self.needed(window)
        if free is not None and needed > MOST * free:
            most = int(MOST * free / (count * self.needed(STEP))) * STEP
            raise NoRoom(f"it needs {needed >> 20} MB of memory and {free >> 20} MB are free", most)

    def tokenize(self, prompt: str, *, special: bool) -> list[int]:
        """Token ids. With `special`, control tokens written in the text are read as such (a chat
        template's own); the model's start token is added unless the text already begins with it."""
        data = prompt.encode("utf-8")
        start = self.piece(llama.llama_vocab_bos(self.vocabulary), special=True)
        add = not (special and start and data.startswith(start))
        room = len(data) + 8  # enough but for a tokenizer that first writes a character in more letters (ﷺ has 18)
        while True:
            buffer = (llama.llama_token * room)()
            count = llama.llama_tokenize(self.vocabulary, data, len(data), buffer, room, add, special)
            if count >= 0:
                return buffer[:count]
            room = -count

    def control(self, mark: str) -> list[int]:
        """Token ids of a mark, alone: one where the tokenizer has a token for it."""
        tokens = self.tokenize(mark, special=True)
        return tokens[self.starts(tokens) :] or tokens

    def starts(self, tokens: list[int]) -> int:
        """How many start tokens stand at the beginning."""
        start = llama.llama_vocab_bos(self.vocabulary)
        return next((place for place, token in enumerate(tokens) if token != start), len(tokens))

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The bytes a token stands for; control tokens stand for nothing unless `special`."""
        if token < 0:
            return b""
        buffer = ctypes.create_string_buffer(256)
        length = llama.llama_token_to_piece(self.vocabulary, token, buffer, len(buffer), 0, special)
        if length < 0:
            buffer = ctypes.create_string_buffer(-length)
            length = llama.llama_token_to_piece(self.vocabulary, token, buffer, len(buffer), 0, special)
        return buffer.raw[:length]

    def ends(self, token: int) -> bool:
        """Whether the token ends a reply."""
        return bool(llama.llama_vocab_is_eog(self.vocabulary, token))

    def decode(self, rows: list[tuple[int, int, int, bool]]) -> np.ndarray:
        """One step over rows of (token, position, sequence, wants logits).

        Gives the logits of the rows that want them in their order, float32 of shape (wanted, vocabulary):
        llama.cpp's own memory, overwritten by the next step.
        """
        self.batch.fill(rows)
        code = llama.llama_decode(self.context, self.batch.struct)
        if code:
            raise RuntimeError(f"llama_decode returned {code} for {len(rows)} rows; {reason()}")
        wanted = sum(row[3] for row in rows)
        if not wanted:
            return np.empty((0, self.size), np.float32)
        return np.ctypeslib.as_array(llama.llama_get_logits(self.context), (wanted, self.size))

    def forget(self, sequence: int) -> None:
        """Free every cell that is the sequence's alone."""
        llama.llama_memory_seq_rm(self.memory, sequence, -1, -1)

    def share(self, source: int, target: int, length: int) -> None:
        """Let the target begin with the first `length` tokens of the source; shared cells are not copied."""
        if self.apart:
            self.copy(source, target)
            llama.llama_memory_seq_rm(self.memory, target, length, -1)
        else:
            llama.llama_memory_seq_cp(self.memory, source, target, 0, length)

    def move(self, source: int, target: int) -> None:
        """Let the target go on where the source stands, and free the source's cells."""
        self.copy(source, target)
        self.forget(source)

    def copy(self, source: int, target: int) -> None:
        """Make the target's own cells the same as the source's. By way of a buffer: llama_memory_seq_cp would copy the
        whole window, used or not."""
        size = llama.llama_state_seq_get_size(self.context, source)
        if len(self.buffer) < size:
            self.buffer = (ctypes.c_uint8 * size)()
        written = llama.llama_state_seq_get_data(self.context, self.buffer, size, source)
        if written != size or llama.llama_state_seq_set_data(self.context, self.buffer, size, target) != size:
            raise RuntimeError(f"sequence {source} could not be copied to {target}; {reason()}")

    def clear(self) -> None:
        """Free all cells, so that the next step begins as in a new context."""
        llama.llama_memory_clear(self.memory, True)

    @cached_property
    def formatter(self) -> "Jinja2ChatFormatter":
        """The model's own chat template, compiled once: packing a window renders it for every passage."""
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        return Jinja2ChatFormatter(
            template=self.template,
            bos_token=self.piece(llama.llama_vocab_bos(self.vocabulary), special=True).decode(),
            eos_token=self.piece(llama.llama_vocab_eos(self.vocabulary), special=True).decode(),
        )

    def render(self, messages: list[dict]) -> str:
        """The chat turns in the model's own template, ready for its reply. Sandboxed Jinja."""
        from jinja2 import TemplateError

        head, *rest = messages
        attempts = [messages]
        if head["role"] == "system":  # templates without that role (Gemma's) refuse it: let the first turn begin with it
            attempts.append([rest[0] | {"content": f"{head['content']}\n\n{rest[0]['content']}"}, *rest[1:]])
        for attempt in attempts:
            try:
                with deadline(RENDERING):
                    prompt = self.formatter(messages=attempt).prompt  # type: ignore[arg-type]
            except TimeoutError:
                raise CannotLoad(f"its chat template takes more than {RENDERING:g} seconds") from None
            except (TemplateError, ValueError, ArithmeticError, MemoryError) as error:
                why = str(error) or type(error).__name__
            else:
                if len(prompt) <= RENDERED + 10 * sum(len(each["content"]) for each in messages):
                    return prompt
                raise CannotLoad(f"its chat template makes {len(prompt)} characters of a few words")
        raise CannotLoad(f"its chat template fails: {why}")

    def card(self) -> dict:
        """What the file says of itself, as the fields of nouns.Card."""
        model = self.model
        description = ctypes.create_string_buffer(128)
        llama.llama_model_desc(model, description, len(description))
        control = [
            self.piece(token, special=True).decode("utf-8", "ignore")
            for token in range(self.size)
            if llama.llama_vocab_is_control(self.vocabulary, token)
        ]
        return {
            "name": self.meta("general.name") or self.path.stem,
            "path": str(self.path),
            "architecture": self.meta("general.architecture"),
            "description": text(description.value),
            "parameters": self.parameters,
            "size": self.path.stat().st_size,
            "context_length": self.number("context_length"),
            "layers": self.number("block_count"),
            "vocabulary": self.size,
            "license": self.meta("general.license"),
            "chat_template": bool(self.template),
            "add_bos": bool(llama.llama_vocab_get_add_bos(self.vocabulary)),
            "characters_per_token": {lang: round(self.spelling(sample), 2) for lang, sample in SAMPLES.items()},
            "encoder": encodes(model),
            "control_tokens": [each for each in control if each],
            "heads": self.number("attention.head_count"),
            "kv_heads": self.number("attention.head_count_kv") or self.number("attention.head_count"),
            "head_size": self.number("attention.key_length") or self.number("embedding_length") // max(1, self.number("attention.head_count")),
            "width": self.number("embedding_length"),
            "tokenizer": " ".join(filter(None, (self.meta("tokenizer.ggml.model"), self.meta("tokenizer.ggml.pre")))),
            **held(self.path),
        }

    def spelling(self, sample: str) -> float:
        """Characters of a text that one of its tokens stands for; those that the vocabulary lacks stand for none."""
        tokens = self.tokenize(sample, special=False)
        unknown = [token for token in tokens if llama.llama_vocab_get_attr(self.vocabulary, token) & llama.LLAMA_TOKEN_ATTR_UNKNOWN]
        if not unknown:
            return len(sample) / max(1, len(tokens))
        known = b"".join(self.piece(token) for token in tokens if token not in unknown)
        return len(known.decode("utf-8", "replace").replace(" ", "")) / len(tokens)

    def meta(self, key: str) -> str:
        """A metadata value of the GGUF as text, empty where there is none."""
        buffer = ctypes.create_string_buffer(512)
        length = llama.llama_model_meta_val_str(self.model, key.encode(), buffer, len(buffer))
        return text(buffer.value) if length >= 0 else ""

    def number(self, key: str) -> int:
        """A number of the model's architecture, 0 where the file does not give it. Not llama.cpp's own figures: those are
        there with the weights alone."""
        value = self.meta(f"{self.meta('general.architecture')}.{key}")
        return int(value) if value.isdigit() else 0


class Batch:
    """A llama_batch whose memory is NumPy's, so that filling it is not a loop over ctypes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.token = np.zeros(room, np.int32)
        self.position = np.zeros(room, np.int32)
        self.sequence = np.zeros(room, np.int32)
        self.logits = np.zeros(room, np.int8)
        self.ones = np.ones(room, np.int32)
        self.pointers = self.sequence.ctypes.data + self.sequence.itemsize * np.arange(room, dtype=np.uintp)
        self.struct = llama.llama_batch(
            n_tokens=0,
            token=self.token.ctypes.data_as(ctypes.POINTER(ctypes.c_int32)),
            embd=None,
            pos=self.position.ctypes.data_as(ctypes.POINTER(ctypes.c_int32)),
            n_seq_id=self.ones.ctypes.data_as(ctypes.POINTER(ctypes.c_int32)),
            seq_id=self.pointers.ctypes.data_as(ctypes.POINTER(ctypes.POINTER(ctypes.c_int32))),
            logits=self.logits.ctypes.data_as(ctypes.POINTER(ctypes.c_int8)),
        )

    def fill(self, rows: list[tuple[int, int, int, bool]]) -> None:
        """Rows of (token, position, sequence, wants logits); at most the room given at the start."""
        table = np.array(rows, dtype=np.int32)
        count = len(table)
        self.token[:count], self.position[:count] = table[:, 0], table[:, 1]
        self.sequence[:count], self.logits[:count] = table[:, 2], table[:, 3]
        self.struct.n_tokens = count


def held(path: Path) -> dict:
    """The tensors of a file by their type, the most bytes first, and the types that this processor has a faster layout for."""
    found = list(ggml.tensors(path))
    types = {each.type: [other for other in found if other.type == each.type] for each in found}
    counted = [{"type": name, "count": len(some), "size": sum(each.size for each in some)} for name, some in types.items()]
    return {
        "tensors": sorted(counted, key=lambda each: -each["size"]),
        "fast": [name for name, some in types.items() if copies(some)],
    }


def copies(tensors: list[ggml.Tensor]) -> int:
    """Bytes of weights that are kept a second time, in a layout that this processor is faster with."""
    return 0 if ENDS_IN_TILES else sum(ggml.copied(tensors).values())


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeoutError inside where Python code takes more of the processor's time: a busy computer's clock would refuse
    an honest template. Only where the system has such a timer, and on the main thread; elsewhere a process that is
    silent for too long is ended from outside."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def memory(name: str) -> int | None:
    """Bytes of a line of /proc/meminfo, None where the system has none."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:")), None)


def reason() -> str:
    """The first error llama.cpp logged, without the names of its functions."""
    return re.sub(r"^\w+: (error loading model: )?", "", log[0]) if log else "llama.cpp gave no reason"


def text(value: bytes | None) -> str:
    """A C string as Python's."""
    return value.decode("utf-8", "replace") if value else ""
