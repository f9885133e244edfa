"""The worker process: reads requests, decodes all live sequences as one batch, answers.

People's sequences share one context; a measurement has one of its own beside it where memory is ample, else the same one in
turns.

`python -m workbench.models.engine` speaks JSON, one object a line. A request has an `id` and a `do`;
every answer carries the id back; `refused` says why there is none, `needed` and `room` that a prompt has no room. `stream` answers with many objects, the last one with `end`;
`complete` and `score` with one for every prompt and a last one with `done`.

    load      path, threads, look                             → card
    open      window, apart (optional)                        → cells, apart
    count     prompts                                         → counts
    render    prompt                                          → text
    inspect   prompt                                          → text, tokens, starts, ends, spelled
    stream    prompt, limit, temperature, seed, endless, user → ahead … read, of … text, logprob … end
    complete  prompts, limit, temperature, seed, endless      → index, text, logprobs, end … done
    score     prompts, choices (a list for each)              → index, tokens, seconds, scores: [sum of log-probabilities, tokens] … done
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
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from workbench.models.flow import FLOW, Flow
from workbench.models.formats import markers, render
from workbench.models.sequences import Choices, Measurement, Prefix, Scoring, Sequence, Turn, shared
from workbench.models.steps import LEAST_SHARED, Choice, Step, close_up, hear, take_over

if TYPE_CHECKING:
    from workbench.models.decoder import Decoder
    from workbench.models.encoder_decoder import EncoderDecoder

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
        self.measurement: Measurement | None = None  # which is at work beside the live,
        self.flow: Flow | None = None  # in cells of its own
        self.turns: dict[str, int] = {}  # when each of these users was last admitted, as a number that grows
        self.kept: list[Prefix] = []  # the one unused for longest first
        self.scored: Scoring | None = None  # whose common beginning stands in the first slot of the prefixes
        self.recent: deque[np.ndarray] = deque(maxlen=REMEMBERED)
        self.choice = Choice()

    @property
    def busy(self) -> bool:
        """Whether a step would do anything."""
        return bool(self.live or self.flow or (self.waiting and not self.closed))

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
        self.scored = None
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
        """Queue a measurement: its prompts are decoded with each other alone, so that they come out the same in every
        run, whoever else is asking."""
        sequences = [self.sequence(request, prompt, index) for index, prompt in enumerate(request["prompts"])]
        if not sequences:
            return {"done": True}
        self.waiting.append(Measurement(request["id"], sequences))
        return None

    def score(self, request: dict) -> dict | None:
        """Queue prompts with their choices for log-probabilities."""
        some = [self.choices(prompt, choices) for prompt, choices in zip(request["prompts"], request["choices"], strict=True)]
        if not some:
            return {"done": True}
        self.waiting.append(Scoring(request["id"], some))
        return None

    def choices(self, prompt: dict, choices: list[str]) -> Choices:
        """A prompt with its choices, to be scored. Refuses one that would never have room."""
        tokens, text = self.tokens(prompt), self.text(prompt)
        if self.encoder:
            start = self.encoder.start
            made = Choices(
                np.array([start], np.int32), [np.array([start, *self.encoder.continuation(each)], np.int32) for each in choices], source=tokens)
        else:
            made = Choices(tokens, [self.array(text + each, special=bool(prompt["messages"])) for each in choices])
        self.check(made)
        return made

    def stop(self, request: dict) -> None:
        """End a stream or a measurement at once."""
        if self.measurement and self.measurement.id == request["of"]:
            self.end_flow(stopped=True)
        for turn in [*self.waiting, *self.live]:
            if turn.id == request["of"]:
                if isinstance(turn, Sequence):
                    self.finish(turn, "stopped")
                else:
                    self.waiting.remove(turn)
                    self.send({"id": turn.id, "done": True})

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

    def check(self, turn: Sequence | Choices) -> None:
        """Refuse what would never have room."""
        if self.encoder and len(turn.source) > self.encoder.window:
            raise TooLong(len(turn.source), self.encoder.window)
        if not self.decoder.fits([turn.need]):
            raise TooLong(turn.need, self.decoder.cells)

    def next_group(self, measurement: Measurement) -> list[Sequence]:
        """As many of its next sequences as have slots and cells at once, in slots of their own."""
        group: list[Sequence] = []
        while measurement.left and len(group) < self.decoder.slots:
            if group and not self.decoder.fits([each.need for each in (*group, measurement.left[0])]):
                break
            group.append(measurement.left.popleft())
        for slot, sequence in enumerate(group):
            sequence.slot = slot
        return group

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
        self.tell_waiting()
        if self.flow and (self.flow.rested or not self.live):
            self.flow.step()
            self.send({"id": 0, "alive": True})
            if self.flow.over:
                self.end_flow()
            return
        if self.decoder.apart:
            close_up(self.decoder, self.live)
        if self.encode():
            return
        step = self.together()
        if not step.rows:
            return
        owners, logits = step.decode(self.decoder)
        for sequence, (token, logprob) in zip(owners, self.choice.tokens(owners, logits), strict=True):
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
        able = [turn for turn in self.waiting if not (self.flow and isinstance(turn, Measurement))]  # one at a time
        for turn in able:
            ranks.append((taken[turn.user], self.turns.get(turn.user, 0)))
            taken[turn.user] += 1
        return [turn for _, turn in sorted(zip(ranks, able, strict=True), key=lambda pair: pair[0])]

    def admit(self) -> None:
        """Turn by turn, while a slot is free and the cells would last to the end. A prompt whose choices are scored has the
        context for itself, from clean memory; and so has a measurement's group, where there are no cells to be had beside it."""
        while not self.closed and not self.alone and (line := self.line()):
            turn = line[0]
            if isinstance(turn, Measurement) and self.decoder.apart:
                if not self.begin_flow(turn):
                    continue
            elif isinstance(turn, Sequence):
                self.let_go()
                free = set(range(self.decoder.slots)) - {sequence.slot for sequence in self.live}
                if not free or not self.make_room(turn.need):
                    return
                turn.slot = min(free)
                self.live.append(turn)
            elif self.live:
                return
            elif isinstance(turn, Scoring):
                self.score_next(turn)
            else:
                self.let_go()
                self.decoder.clear()
                self.kept.clear()
                self.alone = turn
                self.live = self.next_group(turn)
            self.waiting.remove(turn)
            here = {each.user for each in (*self.waiting, *self.live)}
            last = max(self.turns.values(), default=0)
            self.turns = {user: when for user, when in self.turns.items() if user in here} | {turn.user: last + 1}
            if isinstance(turn, Scoring):
                self.go_on(turn)
                return  # to hear who asked meanwhile

    def begin_flow(self, measurement: Measurement) -> bool:
        """Give a measurement's next sequences cells of their own. Where memory has no room for them, its reader is told."""
        from workbench.models.decoder import CannotLoad

        some = [measurement.left.popleft() for _ in range(min(FLOW, len(measurement.left)))]
        try:
            beside = self.decoder.beside(max(sequence.need for sequence in some))
        except CannotLoad as error:
            self.waiting.remove(measurement)
            self.send({"id": measurement.id, "refused": str(error)})
            return False
        self.measurement, self.flow = measurement, Flow(measurement.id, some, beside, self.send)
        return True

    def end_flow(self, *, stopped: bool = False) -> None:
        """Free a measurement's cells; the rest of it waits for its next turn."""
        assert self.measurement and self.flow
        measurement = self.measurement
        self.flow.decoder.close()
        self.measurement = self.flow = None
        self.go_on(measurement, stopped=stopped)

    def go_on(self, turn: Measurement | Scoring, *, stopped: bool = False) -> None:
        """A turn is over: whoever asked meanwhile comes before the rest of it."""
        if turn.left and not stopped:
            self.waiting.append(turn)
        else:
            self.send({"id": turn.id, "done": True})

    def make_room(self, need: int) -> bool:
        """Whether so many cells can be had, at the cost of kept prefixes if need be."""
        held = [need, *(sequence.need for sequence in self.live)]
        while self.kept and not self.decoder.fits([*held, *(prefix.read for prefix in self.kept)]):
            self.decoder.forget(self.kept.pop(0).slot)
        return self.decoder.fits(held)

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

    def together(self) -> Step:
        """The next batch of the live. A measurement's group, whose replies nobody watches, reads all its prompts before it
        writes: mixed steps fall apart into small batches."""
        from workbench.models.decoder import PIECE

        waits = self.alone and any(sequence.read < len(sequence.tokens) for sequence in self.live)
        step = Step([] if waits else [sequence for sequence in self.live if sequence.written])
        room = PIECE - len(step.rows)
        if step.rows and not self.alone:  # nobody's words should stall while another's prompt is read
            room = min(room, max(32, int(WORK_BETWEEN_TOKENS / self.decoder.parameters)))
        for place, sequence in enumerate(self.live):
            if not sequence.written and room and (sequence.read or self.take_over(sequence, self.live[:place])):
                room -= step.read(sequence, room)
        return step

    def take_over(self, sequence: Sequence, earlier: list[Sequence]) -> bool:
        """Begin with what was already read of the same beginning. False: somebody is about to read more
        of it."""
        may, source = take_over(self.decoder, sequence, earlier, [*self.kept, *self.live])
        if isinstance(source, Prefix):
            self.kept.remove(source)
            self.kept.append(source)
        return may

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
        written = len(sequence.written)
        said, why, heard = hear(self.decoder, sequence, token, logprob)
        if sequence.index is None and len(sequence.written) > written:
            self.send({"id": sequence.id, "text": said, "logprob": heard})
        if why:
            self.finish(sequence, why)

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
            self.go_on(measurement, stopped=why == "stopped")

    def score_next(self, scoring: Scoring) -> None:
        """Score the choices of its next prompt. Clean memory first, unless nothing but its own beginning stands there."""
        index, asked = scoring.left.popleft()
        began = time.perf_counter()
        if self.scored is not scoring:
            self.decoder.clear()
            self.kept.clear()
            self.read(scoring.common, 0, self.decoder.slots)
            self.scored = scoring
        scores = self.scores(asked, len(scoring.common))
        self.send({"id": scoring.id, "index": index, "scores": scores, "tokens": len(asked.source) or len(asked.prompt),
                   "seconds": time.perf_counter() - began})

    def let_go(self) -> None:
        """Free the beginning that a scoring keeps: others need its place."""
        if self.scored:
            self.decoder.forget(self.decoder.slots)
            self.scored = None

    def read(self, tokens: np.ndarray, first: int, slot: int) -> None:
        """Read tokens from a place on; nobody wants their logits."""
        from workbench.models.decoder import PIECE

        for start in range(first, len(tokens), PIECE):
            self.decoder.decode([(int(token), place, slot, False) for place, token in enumerate(tokens[start : start + PIECE], start)])
            self.send({"id": 0, "alive": True})

    def scores(self, asked: Choices, common: int) -> list[tuple[float, int]]:
        """For every choice the sum of its tokens' log-probabilities after the prompt, and how many they are. So many tokens
        are `common` with the prompts before; what the choices share is read once."""
        if self.encoder:
            self.encoder.encode(asked.source)
        head, begun = asked.head, self.decoder.slots
        prompt = begun + 1
        if common:
            self.decoder.share(begun, prompt, common)
        self.read(asked.prompt[:head], common, prompt)
        scores: list[tuple[float, int]] = []
        for group in asked.groups(self.decoder.slots, None if self.decoder.apart else self.decoder.cells):
            for slot in range(len(group)) if head else ():
                self.decoder.share(prompt, slot, head)
            totals = self.likelihoods(group, head)
            scores += [(float(total), len(tokens) - 1 - head) for total, tokens in zip(totals, group, strict=True)]
            for slot in range(len(group)):
                self.decoder.forget(slot)
        if head:
            self.decoder.forget(prompt)
        return scores

    def likelihoods(self, group: list[np.ndarray], head: int) -> np.ndarray:
        """The sum of the log-probabilities of each one's tokens after the head: float64 of shape (group,). Each has the slot of
        its place, where its head stands."""
        totals = np.zeros(len(group))
        rows = [(int(token), place, slot, True) for slot, tokens in enumerate(group) for place, token in enumerate(tokens[head:-1], head)]
        for first in range(0, len(rows), SCORED_AT_ONCE):
            some = rows[first : first + SCORED_AT_ONCE]
            logits = self.decoder.decode(some)
            top, said = logits.max(axis=1), logits[np.arange(len(some)), [group[slot][place + 1] for _, place, slot, _ in some]]
            weights = logits - top[:, None]
            likely = said - top - np.log(np.exp(weights, out=weights).sum(axis=1))
            np.add.at(totals, [slot for _, _, slot, _ in some], likely)
        return totals


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
