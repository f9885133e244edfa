"""8 and 16 different requests at once (150-token prompts, 64 tokens generated, end of text ignored), whole time:

the worker · a bare low-level batch loop on the same file, with cells all sequences share and with cells of their own ·
llama-cpp-python's `Llama` with defaults on the file as installed, one request after another. In turns, medians of the
rounds; the worker is compared with the faster of the two loops.

    python -m benchmarks throughput
"""

import statistics
import threading
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.tables import run
from workbench.models import catalogue
from workbench.models.worker import End, Worker
from workbench.nouns import Prompt

ROUNDS = 3
PROMPT, REPLY = 150, 64
WORDS = (
    "river stone market winter engine letter garden copper window bridge summer paper valley harbor signal butter candle "
    "forest mirror ticket"
).split()


def prompts(count: int, seed: int) -> list[str]:
    """Different texts of about PROMPT tokens that end in the middle of a count, so that a model goes on."""
    made = []
    for number in range(count):
        words = [WORDS[(seed * 7 + number * 5 + place * (number + 3)) % len(WORDS)] for place in range(PROMPT - 42)]
        made.append(" ".join(words) + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18")
    return made


def worker_seconds(worker: Worker, texts: list[str]) -> float:
    """All requests at once, each with a reader of its own, as users are."""
    tokens: list[int] = []

    def read(reply) -> None:
        *_, end = reply
        assert isinstance(end, End)
        tokens.append(end.timing.reply_tokens)

    start = time.perf_counter()
    readers = [
        threading.Thread(target=read, args=(worker.stream(Prompt(text=text), window=2048, limit=REPLY, endless=True),))
        for text in texts
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert tokens == [REPLY] * len(texts), tokens
    return time.perf_counter() - start


class Bare:
    """What one would write by hand: read all prompts in batches, then one token of each sequence a step."""

    def __init__(self, path: Path, threads: int, *, unified: bool) -> None:
        import llama_cpp as llama

        self.llama = llama
        self.model = llama.llama_model_load_from_file(str(path).encode(), llama.llama_model_default_params())
        self.vocabulary = llama.llama_model_get_vocab(self.model)
        self.size = llama.llama_vocab_n_tokens(self.vocabulary)
        parameters = llama.llama_context_default_params()
        parameters.n_ctx, parameters.n_batch, parameters.n_ubatch, parameters.n_seq_max = 8192, 512, 512, 16
        parameters.kv_unified = unified
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_ENABLED
        parameters.n_threads = parameters.n_threads_batch = threads
        self.context = llama.llama_init_from_model(self.model, parameters)
        self.batch = llama.llama_batch_init(512, 0, 1)

    def tokenize(self, text: str) -> list[int]:
        """Token ids."""
        buffer = (self.llama.llama_token * 1024)()
        count = self.llama.llama_tokenize(self.vocabulary, text.encode(), len(text), buffer, 1024, True, False)
        return buffer[:count]

    def decode(self, rows: list[tuple[int, int, int, bool]]) -> np.ndarray:
        """One step over (token, position, sequence, wants logits)."""
        for place, (token, position, sequence, wanted) in enumerate(rows):
            self.batch.token[place], self.batch.pos[place] = token, position
            self.batch.n_seq_id[place], self.batch.seq_id[place][0] = 1, sequence
            self.batch.logits[place] = wanted
        self.batch.n_tokens = len(rows)
        assert self.llama.llama_decode(self.context, self.batch) == 0
        wanted = sum(row[3] for row in rows)
        return np.ctypeslib.as_array(self.llama.llama_get_logits(self.context), (wanted, self.size)) if wanted else np.empty(0)

    def seconds(self, texts: list[str]) -> float:
        """Whole time of all requests."""
        start = time.perf_counter()
        self.llama.llama_memory_clear(self.llama.llama_get_memory(self.context), True)
        all_tokens = [self.tokenize(text) for text in texts]
        rows = [
            (token, position, sequence, position == len(tokens) - 1)
            for sequence, tokens in enumerate(all_tokens) for position, token in enumerate(tokens)]
        last = [0] * len(texts)
        for first in range(0, len(rows), 512):
            some = rows[first : first + 512]
            logits = self.decode(some)
            for row, (_, _, sequence, _) in enumerate(each for each in some if each[3]):
                last[sequence] = int(logits[row].argmax())
        for step in range(REPLY - 1):
            logits = self.decode([
                (last[sequence], len(tokens) + step, sequence, True) for sequence, tokens in enumerate(all_tokens)])
            last = logits.argmax(axis=1).tolist()
        return time.perf_counter() - start


def high_level_seconds(llm, texts: list[str]) -> float:
    """One request after another, as a script would ask."""
    start = time.perf_counter()
    for text in texts:
        for _ in islice(llm.generate(llm.tokenize(text.encode()), temp=0.0, reset=True), REPLY):
            pass
    return time.perf_counter() - start


def main(data: Path | None = None, limit: int | None = None) -> None:
    from llama_cpp import Llama

    run.table("requests", "worker, s", "bare loop, shared cells, s", "bare loop, own cells, s", "`Llama`, s",
              "`Llama` ÷ worker", "worker ÷ faster loop")
    with TemporaryDirectory() as folder:
        threads = catalogue.threads()
        file = catalogue.locate("", Path(folder), threads)
        worker = Worker(file, threads)
        shared, own = Bare(file, threads, unified=True), Bare(file, threads, unified=False)
        high = Llama(str(catalogue.installed()), n_ctx=2048, verbose=False)
        for count in (8, 16):
            taken: list[tuple[float, ...]] = []
            for turn in range(ROUNDS + 1):
                texts = prompts(count, turn)
                times = (worker_seconds(worker, texts), shared.seconds(texts), own.seconds(texts),
                         high_level_seconds(high, texts))
                if turn:  # the first one warms up
                    taken.append(times)
            medians = [f"{statistics.median(column):.2f}" for column in zip(*taken, strict=True)]
            faster = statistics.median(plain / ours for ours, _, _, plain in taken)
            slower = statistics.median(ours / min(loops) for ours, *loops, _ in taken)
            run.row(count, *medians, f"{faster:.2f} ×", f"{slower:.2f} ×")
        worker.close()
