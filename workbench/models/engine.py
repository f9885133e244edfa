"""The worker process: reads requests, decodes all live sequences as one batch, answers.

`python -m workbench.models.engine` speaks JSON, one object a line. A request has an `id` and a `do`;
every answer carries the id back; `refused` says why there is none, `needed` and `room` that a prompt has no room. `stream` answers with many objects, the last one with `end`;
`complete` with one for every prompt and a last one with `done`.

    load      path, threads, look                             → card
    open      window, apart (optional)                        → cells, apart
    count     prompts                                         → counts
    render    prompt                                          → text
    inspect   prompt                                          → text, tokens, starts, ends, spelled
    stream    prompt, limit, temperature, seed, endless, user → ahead … read, of … text, logprob … end
    complete  prompts, limit, temperature, seed, endless      → index, text, logprobs, end … done
    score     prompt, choices                                 → scores: [sum of log-probabilities, tokens]
    stop      of                                              → (the request's own end)
    rehearse  path, windows, together                         → fits
    quantize  source, target, kind, threads                   → at, of … target
"""

import json
import os
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from workbench.models.formats import markers, render
from workbench.models.sequences import Measurement, Prefix, Scoring, Sequence, Turn, shared

if TYPE_CHECKING:
    from workbench.models.decoder import Decoder
    from workbench.models.encoder_decoder import EncoderDecoder

LEAST_SHARED = 32  # tokens of a common beginning that are worth taking over
REMEMBERED = 12  # prompts whose beginnings are compared with the next one's
# Prompt tokens read in a step while others write: so many parameter-tokens take two cores about two thirds of a second.
# Half of it would halve the pause in the others' words and cost a tenth of the speed.
WORK_BETWEEN_TOKENS = 70e9
SCORED_AT_ONCE = 64  # rows with logits in one step of a scoring: each takes four bytes times the vocabulary


class TooLong(Exception):
    """So many tokens have to fit into so many cells, and cannot."""


class Engine:
    """Admits sequences while there are slots and cells, and moves all of them on by one step at a time."""

    def __init__(self, send: Callable[[dict], None], flush: Callable[[], None] = lambda: None) -> None:
        self.send = send
        self.flush = flush
        self.decoder: Decoder  # there after `load`
        self.encoder: EncoderDecoder | None = None  # the same, where it reads prompts with an encoder
        self.closed = False  # nothing new is admitted: something waits for the live sequences to end
        self.waiting: deque[Turn] = deque()
        self.live: list[Sequence] = []
        self.alone: Measurement | None = None  # whose group is live; nobody else is
        self.turns: dict[str, int] = {}  # when each of these users was last admitted, as a number that grows
        self.kept: list[Prefix] = []  # the one unused for longest first
        self.recent: deque[np.ndarray] = deque(maxlen=REMEMBERED)
        self.scratch = np.empty((0, 0), np.float32)

    @property
    def busy(self) -> bool:
        """Whether a step would do anything."""
        return bool(self.live or (self.waiting and not self.closed))

    # requests

    def load(self, request: dict) -> dict:
        """Load a model, or only look at it; nothing else is live when this is called."""
        from workbench.models.encoder_decoder import EncoderDecoder, decoding

        self.decoder = decoding(Path(request["path"]), request["threads"], look=request["look"])
        if isinstance(self.decoder, EncoderDecoder):
            self.encoder = self.decoder
        if not request["look"]:
            self.decoder.prove()
        return {"card": self.decoder.card()}

    def open(self, request: dict) -> dict:
        """Make the context. Called only between sequences."""
        from workbench.models.decoder import CannotLoad

        self.kept.clear()
        try:
            self.decoder.open(request["window"], request.get("apart"))
        except CannotLoad as error:
            for turn in self.waiting:  # the old context is gone too
                self.send({"id": turn.id, "refused": str(error)})
            self.waiting.clear()
            raise
        return {"cells": self.decoder.cells, "apart": self.decoder.apart}

    def rehearse(self, request: dict) -> dict:
        """Say how much memory windows of a model would take; in a process that has loaded none."""
        from workbench.models.rehearsal import Rehearsal

        return {"fits": Rehearsal(Path(request["path"])).fits(request["windows"], request["together"])}

    def count(self, request: dict) -> dict:
        """Tokens of every prompt, counted as they would be sent."""
        return {"counts": [len(self.tokens(prompt)) for prompt in request["prompts"]]}

    def render(self, request: dict) -> dict:
        """A prompt letter for letter."""
        return {"text": self.text(request["prompt"])}

    def inspect(self, request: dict) -> dict:
        """A prompt letter for letter with what may mislead the model about it: how many start tokens it begins with, whether
        it ends with an end token, and which marks of its format the tokenizer has no token for and spells."""
        prompt = request["prompt"]
        tokens = self.tokens(prompt).tolist()
        marks = [each for each in markers(prompt.get("format", "")) if each.startswith("<") and not each.startswith("<<")]
        return {
            "text": self.text(prompt), "tokens": len(tokens), "starts": self.decoder.starts(tokens),
            "ends": bool(tokens) and self.decoder.ends(tokens[-1]),
            "spelled": [each for each in marks if len(self.decoder.control(each)) > 1]}

    def quantize(self, request: dict) -> dict:
        """Write a copy with its weights as another type, and tell every tensor."""
        from workbench.models.quantization import requantize

        target = Path(request["target"])

        def progress(at: int, of: int) -> None:
            try:
                self.send({"id": request["id"], "at": at, "of": of})
                self.flush()
            except OSError:  # whoever asked was killed: nobody is left to take the part of a file away
                target.unlink(missing_ok=True)
                os._exit(1)

        requantize(Path(request["source"]), target, request["kind"], request["threads"], progress)
        return {"target": request["target"]}

    def stream(self, request: dict) -> None:
        """Queue a prompt; its text comes with the steps."""
        self.waiting.append(self.sequence(request, request["prompt"]))

    def complete(self, request: dict) -> dict | None:
        """Queue a measurement: its prompts are decoded in groups, each alone, so that they come out the same in every
        run, whoever else is asking."""
        sequences = [self.sequence(request, prompt, index) for index, prompt in enumerate(request["prompts"])]
        if not sequences:
            return {"done": True}
        self.waiting.append(Measurement(request["id"], self.groups(sequences)))
        return None

    def score(self, request: dict) -> None:
        """Queue the choices of a prompt for their log-probabilities."""
        prompt, text = self.tokens(request["prompt"]), self.text(request["prompt"])
        if self.encoder:
            start = self.encoder.start
            choices = [np.array([start, *self.encoder.continuation(choice)], np.int32) for choice in request["choices"]]
            scoring = Scoring(request["id"], np.array([start], np.int32), choices, source=prompt)
        else:
            special = bool(request["prompt"]["messages"])
            choices = [self.array(text + choice, special=special) for choice in request["choices"]]
            scoring = Scoring(request["id"], prompt, choices)
        self.check(scoring)
        self.waiting.append(scoring)

    def stop(self, request: dict) -> None:
        """End a stream or a measurement at once."""
        for turn in [*self.waiting, *self.live]:
            if turn.id == request["of"]:
                if isinstance(turn, Sequence):
                    self.finish(turn, "stopped")
                else:
                    self.waiting.remove(turn)
                    self.send({"id": turn.id, "done": True, "scores": []})

    def sequence(self, request: dict, prompt: dict, index: int | None = None) -> Sequence:
        """A prompt to be decoded. Refuses one that is empty or would never have room."""
        tokens = self.tokens(prompt)
        if not len(tokens):
            raise ValueError("the prompt is empty")
        if self.encoder:
            sequence = Sequence(request, prompt, np.array([self.encoder.start], np.int32), index, source=tokens)
        else:
            sequence = Sequence(request, prompt, tokens, index)
        self.check(sequence)
        return sequence

    def check(self, turn: Sequence | Scoring) -> None:
        """Refuse what would never have room."""
        if self.encoder and len(turn.source) > self.encoder.window:
            raise TooLong(len(turn.source), self.encoder.window)
        if not self.decoder.fits([turn.need]):
            raise TooLong(turn.need, self.decoder.cells)

    def groups(self, sequences: list[Sequence]) -> Iterator[list[Sequence]]:
        """The sequences in groups, each as many of the next ones as have slots and cells at once."""
        group: list[Sequence] = []
        for sequence in sequences:
            if len(group) == self.decoder.slots or not self.decoder.fits([each.need for each in (*group, sequence)]):
                yield group
                group = []
            group.append(sequence)
        yield group

    def text(self, prompt: dict) -> str:
        """A prompt as the model reads it."""
        if prompt.get("format"):
            return render(prompt["format"], prompt["messages"])
        return self.decoder.render(prompt["messages"]) if prompt["messages"] else prompt["text"]

    def tokens(self, prompt: dict) -> np.ndarray:
        """Token ids of a prompt: control tokens count as such in a chat template only."""
        return self.array(self.text(prompt), special=bool(prompt["messages"]))

    def array(self, text: str, *, special: bool) -> np.ndarray:
        """Token ids, int32."""
        return np.array(self.decoder.tokenize(text, special=special), np.int32)

    # decoding

    def step(self) -> None:
        """Admit whom there is room for, decode one batch, and tell every reader what is new."""
        self.admit()
        if self.decoder.apart:
            self.close_up()
        self.tell_waiting()
        if self.encode():
            return
        rows, owners, pieces = self.rows()
        if not rows:
            return
        logits = self.decoder.decode(rows)
        for sequence, length in pieces:
            sequence.read += length
        for sequence, (token, logprob) in zip(owners, self.chosen(owners, logits), strict=True):
            self.advance(sequence, token, logprob)
        for sequence in self.live:
            if sequence.index is None and 0 < sequence.read < len(sequence.tokens):
                self.send({"id": sequence.id, "read": sequence.read, "of": len(sequence.tokens)})
        self.send({"id": 0, "alive": True})  # a measurement says nothing else for a while

    def encode(self) -> bool:
        """Whether the step went into reading a source: a stop is heard before the first word of the reply."""
        for sequence in self.live:
            if self.encoder and not sequence.encoded:
                self.encoder.encode(sequence.source)
                sequence.encoded = True
                self.send({"id": 0, "alive": True})
                return True
        return False

    def line(self) -> list[Turn]:
        """The waiting in the order of their turns, fair between users: everyone's first comes before anyone's second, and
        of those who are equal in that, whose turn is longest ago."""
        taken = Counter(sequence.user for sequence in self.live)
        ranks = []
        for turn in self.waiting:
            ranks.append((taken[turn.user], self.turns.get(turn.user, 0)))
            taken[turn.user] += 1
        return [turn for _, turn in sorted(zip(ranks, self.waiting, strict=True), key=lambda pair: pair[0])]

    def admit(self) -> None:
        """Turn by turn, while a slot is free and the cells would last to the end. A measurement's group and a scoring
        have the context for themselves, from clean memory."""
        while self.waiting and not self.closed and not self.alone:
            turn = self.line()[0]
            if isinstance(turn, Sequence):
                free = set(range(self.decoder.slots)) - {sequence.slot for sequence in self.live}
                if not free or not self.make_room(turn.need):
                    return
                turn.slot = min(free)
                self.live.append(turn)
            elif self.live:
                return
            else:
                self.decoder.clear()
                self.kept.clear()
                if isinstance(turn, Scoring):
                    self.send({"id": turn.id, "scores": self.scores(turn)})
                else:
                    self.alone = turn
                    self.live = turn.next_group()
            self.waiting.remove(turn)
            here = {each.user for each in (*self.waiting, *self.live)}
            last = max(self.turns.values(), default=0)
            self.turns = {user: when for user, when in self.turns.items() if user in here} | {turn.user: last + 1}

    def make_room(self, need: int) -> bool:
        """Whether so many cells can be had, at the cost of kept prefixes if need be."""
        held = [need, *(sequence.need for sequence in self.live)]
        while self.kept and not self.decoder.fits([*held, *(prefix.read for prefix in self.kept)]):
            self.decoder.forget(self.kept.pop(0).slot)
        return self.decoder.fits(held)

    def close_up(self) -> None:
        """Move the last ones into the slots that others left: of sequences that stand apart, llama.cpp decodes only
        neighbours together."""
        while self.live and (last := max(self.live, key=lambda sequence: sequence.slot)).slot >= len(self.live):
            free = min(set(range(last.slot)) - {sequence.slot for sequence in self.live})
            self.decoder.move(last.slot, free)
            last.slot = free

    def tell_waiting(self) -> None:
        """Tell every waiting reader how many others come first, whenever that changed."""
        if not self.waiting:
            return
        before = {sequence.user for sequence in self.live}
        for turn in self.line():
            ahead = len(before - {turn.user})
            if isinstance(turn, Sequence) and turn.ahead != ahead:
                turn.ahead = ahead
                self.send({"id": turn.id, "ahead": ahead})
            before.add(turn.user)

    def rows(self) -> tuple[list[tuple[int, int, int, bool]], list[Sequence], list[tuple[Sequence, int]]]:
        """The next batch: one token of each sequence that writes, then as much prompt as the step may take; the sequences
        whose rows want logits, in that order; and how much of whose prompt it is. Nothing counts as read before it is
        decoded: what is about to be read has no cells that another could share. A measurement's group, whose replies nobody
        watches, reads all its prompts before it writes: mixed steps fall apart into small batches."""
        from workbench.models.decoder import PIECE

        waits = self.alone and any(sequence.read < len(sequence.tokens) for sequence in self.live)
        owners = [] if waits else [sequence for sequence in self.live if sequence.written]
        rows = [
            (sequence.written[-1], sequence.read + len(sequence.written) - 1, sequence.slot, True) for sequence in owners]
        room = PIECE - len(rows)
        if rows and not self.alone:  # nobody's words should stall while another's prompt is read
            room = min(room, max(32, int(WORK_BETWEEN_TOKENS / self.decoder.parameters)))
        pieces = []
        for place, sequence in enumerate(self.live):
            if sequence.written or not room or not (sequence.read or self.take_over(sequence, self.live[:place])):
                continue
            piece = sequence.tokens[sequence.read : sequence.read + room].tolist()
            last = sequence.read + len(piece) == len(sequence.tokens)
            rows += [(token, sequence.read + offset, sequence.slot, False) for offset, token in enumerate(piece)]
            if last:
                rows[-1] = (*rows[-1][:3], True)
                owners.append(sequence)
            pieces.append((sequence, len(piece)))
            room -= len(piece)
        # Neighbours side by side; a sort keeps the tokens of each in their order.
        return sorted(rows, key=lambda row: row[2]), sorted(owners, key=lambda owner: owner.slot), pieces

    def take_over(self, sequence: Sequence, earlier: list[Sequence]) -> bool:
        """Begin with what was already read of the same beginning. False: somebody is about to read more of it."""
        if not self.decoder.shares:
            return True
        most = len(sequence.tokens) - 1  # the last token has to be decoded for its logits
        others: list[Prefix | Sequence] = [*self.kept, *self.live]
        source, best, coming = None, 0, 0
        for other in others:
            if other is not sequence:
                same = min(most, shared(other.tokens, sequence.tokens))
                coming = max(coming, same if other in earlier else 0)
                if min(same, other.read) > best:
                    source, best = other, min(same, other.read)
        if coming >= best + LEAST_SHARED:
            return False
        if source and best >= LEAST_SHARED:
            self.decoder.share(source.slot, sequence.slot, best)
            sequence.read = best
            if isinstance(source, Prefix):
                self.kept.remove(source)
                self.kept.append(source)
        return True

    def keep(self, sequence: Sequence) -> None:
        """Keep the beginning that a prompt just read has in common with an earlier one: instructions and examples, most
        often."""
        most = self.decoder.keepable
        same = max((shared(tokens, sequence.tokens) for tokens in self.recent), default=0)
        self.recent.append(sequence.tokens)
        known = any(len(prefix.tokens) == same == shared(prefix.tokens, sequence.tokens) for prefix in self.kept)
        if not LEAST_SHARED <= same <= most or known:
            return
        while len(self.kept) == self.decoder.prefixes or sum(len(prefix.tokens) for prefix in self.kept) + same > most:
            self.decoder.forget(self.kept.pop(0).slot)
        first = self.decoder.slots
        slot = min(set(range(first, first + self.decoder.prefixes)) - {prefix.slot for prefix in self.kept})
        self.decoder.share(sequence.slot, slot, same)
        self.kept.append(Prefix(sequence.tokens[:same], slot))

    def advance(self, sequence: Sequence, token: int, logprob: float) -> None:
        """One more token for a sequence."""
        if sequence.first is None:
            sequence.first = time.perf_counter()
            if self.decoder.shares and not self.alone:
                self.keep(sequence)
        if self.decoder.ends(token) and not sequence.endless:
            self.finish(sequence, "end")
            return
        sequence.written.append(token)
        said, stopped = sequence.hear(self.decoder.piece(token))
        if not stopped:
            sequence.logprobs.append(logprob)
        if sequence.index is None:
            self.send({"id": sequence.id, "text": said, "logprob": None if stopped else logprob})
        if stopped:
            self.finish(sequence, "end")
        elif len(sequence.written) >= sequence.limit:
            self.finish(sequence, "length")

    def chosen(self, owners: list[Sequence], logits: np.ndarray) -> list[tuple[int, float]]:
        """The next token of every sequence with its log-probability: the likeliest at temperature 0, else one drawn from
        the top 40. `logits`: float32 of shape (sequences, vocabulary)."""
        tokens = logits.argmax(axis=1)
        totals = self.totals(logits, logits[np.arange(len(tokens)), tokens])
        for row, sequence in enumerate(owners):
            if sequence.temperature > 0:
                tokens[row] = sequence.draw(logits[row])
        return [(int(token), float(logits[row, token] - totals[row])) for row, token in enumerate(tokens)]

    def totals(self, logits: np.ndarray, top: np.ndarray) -> np.ndarray:
        """What a row's logits are less to be log-probabilities: float32 of shape (rows,). `top`: the greatest of each row."""
        if self.scratch.shape[1:] != logits.shape[1:] or len(self.scratch) < len(logits):
            self.scratch = np.empty_like(logits)  # kept: fresh memory of some megabytes a step is paid for page by page
        weights = np.subtract(logits, top[:, None], out=self.scratch[: len(logits)])
        return top + np.log(np.exp(weights, out=weights).sum(axis=1))

    def finish(self, sequence: Sequence, why: str) -> None:
        """Free the sequence's cells and tell its reader the end."""
        if sequence in self.live:
            self.live.remove(sequence)
            self.decoder.forget(sequence.slot)
        else:
            self.waiting.remove(sequence)
        self.send(sequence.end(why))
        if self.alone and not self.live:
            measurement, self.alone = self.alone, None
            if why != "stopped" and measurement.more():
                self.waiting.append(measurement)  # whoever asked meanwhile comes first
            else:
                self.send({"id": measurement.id, "done": True})

    def scores(self, scoring: Scoring) -> list[tuple[float, int]]:
        """For every choice the sum of its tokens' log-probabilities after the prompt, and how many they are. What the
        choices share is read once."""
        from workbench.models.decoder import PIECE

        if self.encoder:
            self.encoder.encode(scoring.source)
        head, beside = scoring.head, self.decoder.slots
        for first in range(0, head, PIECE):
            last = min(head, first + PIECE)
            self.decoder.decode([(int(scoring.prompt[place]), place, beside, False) for place in range(first, last)])
            self.send({"id": 0, "alive": True})
        scores = []
        for tokens in scoring.choices:
            if head:
                self.decoder.share(beside, 0, head)
            total = 0.0
            for first in range(head, len(tokens) - 1, SCORED_AT_ONCE):
                last = min(len(tokens) - 1, first + SCORED_AT_ONCE)
                logits = self.decoder.decode([(int(tokens[place]), place, 0, True) for place in range(first, last)])
                following = logits[np.arange(last - first), tokens[first + 1 : last + 1]]
                total += float((following - self.totals(logits, logits.max(axis=1))).sum())
            self.decoder.forget(0)
            scores.append((total, len(tokens) - 1 - head))
        if head:
            self.decoder.forget(beside)
        return scores


def main() -> None:
    """Serve until standard input closes. Standard output belongs to the protocol alone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a C library prints must not break a line of the protocol
    inbox: SimpleQueue[dict | None] = SimpleQueue()

    def send(answer: dict) -> None:
        out.write(json.dumps(answer) + "\n")

    def listen() -> None:
        for line in sys.stdin:
            inbox.put(json.loads(line))
        inbox.put(None)

    try:
        import workbench.models.decoder  # noqa: F401
    except Exception as error:  # noqa: BLE001 - whatever keeps llama.cpp from starting is the news the app waits for
        send({"id": 0, "missing": f"{type(error).__name__}: {error}"})
        out.flush()
        return
    send({"id": 0, "ready": True})
    threading.Thread(target=listen, daemon=True).start()
    engine = Engine(send, out.flush)
    deferred: deque[dict] = deque()  # what takes the context away waits for the live sequences
    while True:
        out.flush()  # once a step, not once a token
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
    from workbench.models.decoder import CannotLoad, NoRoom

    try:
        answer = getattr(engine, request["do"])(request)
    except NoRoom as error:
        answer = {"refused": str(error), "most": error.most}
    except TooLong as error:
        needed, room = error.args
        answer = {"needed": needed, "room": room}
    except (CannotLoad, ValueError, ArithmeticError) as error:
        answer = {"refused": str(error) or type(error).__name__}
    if answer is not None:
        engine.send({"id": request["id"], **answer})


if __name__ == "__main__":
    main()
