"""The worker process: reads requests, decodes all live sequences as one batch, answers.

`python -m workbench.models.engine` speaks JSON, one object a line. A request has an `id` and a `do`;
every answer carries the id back. `stream` answers with many objects, the last one with `end`.

    load      path, threads                                   → card
    open      cells, sequences                                → cells
    count     prompts                                         → counts
    render    prompt                                          → text
    stream    prompt, limit, stop, temperature, seed          → text, probability … end
    stop      of                                              → (the stream's own end)
    quantize  source, target, threads                         → target
"""

import codecs
import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from workbench.models.decoder import Decoder


class Sequence:
    """One request in decoding: its tokens, where it stands, and the text it holds back."""

    def __init__(self, request: dict, tokens: list[int]) -> None:
        self.id = request["id"]
        self.tokens = tokens
        self.limit = request["limit"]
        self.stops = [stop for stop in request["stop"] if stop]
        self.temperature = request["temperature"]
        self.random = np.random.default_rng(request["seed"])
        self.asked = time.perf_counter()
        self.slot = -1
        self.read = 0  # prompt tokens decoded
        self.written: list[int] = []
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.held = ""  # text that may be the start of a stop string
        self.first: float | None = None

    @property
    def need(self) -> int:
        """Cells it may come to hold."""
        return len(self.tokens) + self.limit

    def choose(self, logits: np.ndarray) -> tuple[int, float]:
        """The next token and its probability: the likeliest at temperature 0, else drawn from the top 40."""
        logits = logits.astype(np.float64)
        likely = int(logits.argmax())
        total = np.log(np.exp(logits - logits[likely]).sum()) + logits[likely]
        if self.temperature > 0:
            top = np.argpartition(logits, -40)[-40:] if len(logits) > 40 else np.arange(len(logits))
            weights = np.exp((logits[top] - logits[likely]) / self.temperature)
            likely = int(self.random.choice(top, p=weights / weights.sum()))
        return likely, float(np.exp(logits[likely] - total))

    def hear(self, piece: bytes, last: bool = False) -> tuple[str, bool]:
        """The text now certain to belong to the reply, and whether a stop string ended it."""
        self.held += self.decoder.decode(piece, last)
        for stop in self.stops:
            if stop in self.held:
                said, self.held = self.held.split(stop)[0], ""
                return said, True
        keep = 0 if last else max(
            (n for stop in self.stops for n in range(1, len(stop)) if self.held.endswith(stop[:n])), default=0
        )
        out, self.held = self.held[: len(self.held) - keep], self.held[len(self.held) - keep :]
        return out, False


class Engine:
    """Admits sequences while there are slots and cells, and moves all of them on by one step at a time."""

    def __init__(self, send: Callable[[dict], None]) -> None:
        self.send = send
        self.decoder: Decoder  # there after `load`
        self.closed = False  # no new sequence is admitted: something waits for the live ones to end
        self.waiting: deque[Sequence] = deque()
        self.live: list[Sequence] = []

    @property
    def busy(self) -> bool:
        """Whether a step would do anything."""
        return bool(self.live or (self.waiting and not self.closed))

    # requests

    def load(self, request: dict) -> dict:
        """Load a model; nothing else is live when this is called."""
        from workbench.models.decoder import Decoder

        self.decoder = Decoder(Path(request["path"]), request["threads"])
        return {"card": self.decoder.card()}

    def open(self, request: dict) -> dict:
        """Make the context. Called only between sequences."""
        from workbench.models.decoder import CannotLoad

        try:
            self.decoder.open(request["cells"], request["sequences"])
        except CannotLoad as error:
            for sequence in self.waiting:  # the old context is gone too
                self.send({"id": sequence.id, "refused": str(error)})
            self.waiting.clear()
            raise
        return {"cells": self.decoder.cells}

    def count(self, request: dict) -> dict:
        """Tokens of every prompt, counted as they would be sent."""
        return {"counts": [len(self.tokens(prompt)) for prompt in request["prompts"]]}

    def render(self, request: dict) -> dict:
        """A prompt letter for letter."""
        prompt = request["prompt"]
        return {"text": self.decoder.render(prompt["messages"]) if prompt["messages"] else prompt["text"]}

    def quantize(self, request: dict) -> dict:
        """Write a Q8_0 copy."""
        from workbench.models.decoder import quantize

        quantize(Path(request["source"]), Path(request["target"]), request["threads"])
        return {"target": request["target"]}

    def stream(self, request: dict) -> None:
        """Queue a prompt; its text comes with the steps."""
        sequence = Sequence(request, self.tokens(request["prompt"]))
        if not sequence.tokens or sequence.need > self.decoder.cells:
            raise ValueError(f"{len(sequence.tokens)} + {sequence.limit} tokens into {self.decoder.cells} cells")
        self.waiting.append(sequence)

    def stop(self, request: dict) -> None:
        """End a stream at once."""
        for sequence in [*self.waiting, *self.live]:
            if sequence.id == request["of"]:
                self.finish(sequence, "stopped")

    def tokens(self, prompt: dict) -> list[int]:
        """Token ids of a prompt: control tokens count as such in a chat template only."""
        if prompt["messages"]:
            return self.decoder.tokenize(self.decoder.render(prompt["messages"]), special=True)
        return self.decoder.tokenize(prompt["text"], special=False)

    # decoding

    def step(self) -> None:
        """Admit whom there is room for, decode one batch, and tell every reader what is new."""
        self.admit()
        rows = self.rows()
        if not rows:
            return
        logits = self.decoder.decode(rows)
        for sequence in list(self.live):
            if sequence.slot in logits:
                self.advance(sequence, logits[sequence.slot])
        self.send({"id": 0, "alive": True})  # a long prompt says nothing else for a while

    def admit(self) -> None:
        """First come, first served, while a slot is free and the cells would last to the end."""
        while self.waiting and not self.closed:
            taken = {sequence.slot for sequence in self.live}
            free = [slot for slot in range(self.decoder.sequences) if slot not in taken]
            held = sum(sequence.need for sequence in self.live)
            if not free or held + self.waiting[0].need > self.decoder.cells:
                return
            sequence = self.waiting.popleft()
            sequence.slot = free[0]
            self.live.append(sequence)

    def rows(self) -> list[tuple[int, int, int, bool]]:
        """The next batch: one token of each sequence that writes, then as much prompt as the batch holds."""
        from workbench.models.decoder import PIECE

        rows = []
        for sequence in self.live:
            if sequence.written:
                rows.append((sequence.written[-1], sequence.read + len(sequence.written) - 1, sequence.slot, True))
        for sequence in self.live:
            if not sequence.written:
                piece = sequence.tokens[sequence.read : sequence.read + PIECE - len(rows)]
                last = sequence.read + len(piece) == len(sequence.tokens)
                for offset, token in enumerate(piece):
                    wanted = last and offset == len(piece) - 1
                    rows.append((token, sequence.read + offset, sequence.slot, wanted))
                sequence.read += len(piece)
        return rows

    def advance(self, sequence: Sequence, logits: np.ndarray) -> None:
        """Take the next token of one sequence from its logits."""
        token, probability = sequence.choose(logits)
        sequence.first = sequence.first or time.perf_counter()
        if self.decoder.ends(token):
            self.finish(sequence, "end")
            return
        sequence.written.append(token)
        said, stopped = sequence.hear(self.decoder.piece(token))
        self.send({"id": sequence.id, "text": said, "probability": None if stopped else probability})
        if stopped:
            self.finish(sequence, "end")
        elif len(sequence.written) >= sequence.limit:
            self.finish(sequence, "length")

    def finish(self, sequence: Sequence, why: str) -> None:
        """Free the sequence's cells and tell its reader the end."""
        if sequence in self.live:
            self.live.remove(sequence)
            self.decoder.forget(sequence.slot)
        else:
            self.waiting.remove(sequence)
        # Of a reply that was cut, half a character may be left in the decoder: it is not said.
        rest = sequence.hear(b"", last=True)[0] if why == "end" else sequence.held
        now = time.perf_counter()
        self.send({
            "id": sequence.id,
            "text": rest,
            "end": why,
            "prompt_tokens": len(sequence.tokens),
            "reply_tokens": len(sequence.written),
            "first_token_seconds": sequence.first and sequence.first - sequence.asked,
            "seconds": now - sequence.asked,
        })


def main() -> None:
    """Serve until standard input closes. Standard output belongs to the protocol alone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a C library prints must not break a line of the protocol
    inbox: SimpleQueue[dict | None] = SimpleQueue()

    def send(answer: dict) -> None:
        out.write(json.dumps(answer) + "\n")
        out.flush()

    def listen() -> None:
        for line in sys.stdin:
            inbox.put(json.loads(line))
        inbox.put(None)

    try:
        import workbench.models.decoder  # noqa: F401
    except Exception as error:  # noqa: BLE001 - whatever keeps llama.cpp from starting is the news the app waits for
        send({"id": 0, "missing": f"{type(error).__name__}: {error}"})
        return
    send({"id": 0, "ready": True})
    threading.Thread(target=listen, daemon=True).start()
    engine = Engine(send)
    deferred: deque[dict] = deque()  # what takes the context away waits for the live sequences
    while True:
        engine.closed = bool(deferred)
        if deferred and not engine.live:
            request: dict | None = deferred.popleft()
        elif engine.busy and inbox.empty():
            engine.step()
            continue
        else:
            request = inbox.get()
            if request is not None and request["do"] in ("load", "open", "quantize") and engine.live:
                deferred.append(request)
                continue
        if request is None:
            return
        serve(engine, request)


def serve(engine: Engine, request: dict) -> None:
    """Do what is asked; a refusal is an answer, any other error ends the process and is a bug."""
    from workbench.models.decoder import CannotLoad

    try:
        answer = getattr(engine, request["do"])(request)
    except (CannotLoad, ValueError, ArithmeticError) as error:
        answer = {"refused": str(error) or type(error).__name__}
    if answer is not None:
        engine.send({"id": request["id"], **answer})


if __name__ == "__main__":
    main()
