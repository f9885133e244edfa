"""A measurement at work in cells of its own, beside the people who ask meanwhile.

Sequences take the seats in their order, and as seats become free the next ones take them. Who shares a step with whom
follows from the sequences alone, so the same ones give the same replies to the bit; whoever asks meanwhile does so in other
cells, and only makes it wait.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from workbench.models.sequences import Sequence
from workbench.models.steps import Choice, Step, close_up, hear, take_over

if TYPE_CHECKING:
    from workbench.models.decoder import Decoder

FLOW = 64  # sequences of a measurement, before it is another one's turn
# Free seats that are worth a pause of the others' writing: a step that reads and writes falls apart into small batches,
# and a short prompt read alone costs as much as a token for everybody.
REFILL = 4
REST = 9.0  # while people's replies are written, so many times as long as its last step took


class Flow:
    """Sequences that share steps with each other only."""

    def __init__(self, identity: int, sequences: Iterable[Sequence], decoder: "Decoder", send: Callable[[dict], None]) -> None:
        """`decoder` has cells for these alone, which every one of them fits into."""
        self.id = identity
        self.coming = deque(sequences)
        self.live: list[Sequence] = []
        self.decoder = decoder
        self.send = send
        self.choice = Choice()
        self.ended, self.took = 0.0, 0.0  # when its last step did, and how long that was

    @property
    def over(self) -> bool:
        """Whether all have their replies."""
        return not (self.live or self.coming)

    @property
    def rested(self) -> bool:
        """Whether it has waited long enough for people whose replies are written meanwhile."""
        return time.monotonic() - self.ended >= REST * self.took

    def step(self) -> None:
        """Decode one batch: prompts, or the next token of everybody."""
        began = time.monotonic()
        close_up(self.decoder, self.live)
        self.seat()
        unread = any(sequence.read < len(sequence.tokens) for sequence in self.live)
        owners, logits = (self.reading() if unread else Step(self.live)).decode(self.decoder)
        for sequence, (token, logprob) in zip(owners, self.choice.tokens(owners, logits), strict=True):
            self.advance(sequence, token, logprob)
        self.ended = time.monotonic()
        self.took = self.ended - began

    def seat(self) -> None:
        """Give the free seats to the next ones, once there are enough of either."""
        free = self.decoder.slots - len(self.live)
        if self.live and free < REFILL:
            return
        for slot in range(len(self.live), min(self.decoder.slots, len(self.live) + len(self.coming))):
            sequence = self.coming.popleft()
            sequence.slot = slot
            self.live.append(sequence)

    def reading(self) -> Step:
        """As much of the prompts as a batch takes."""
        step, room = Step([]), self.decoder.batch.room
        for place, sequence in enumerate(self.live):
            unread = sequence.read < len(sequence.tokens)
            if unread and room and (sequence.read or take_over(self.decoder, sequence, self.live[:place], self.live)[0]):
                room -= step.read(sequence, room)
        return step

    def advance(self, sequence: Sequence, token: int, logprob: float) -> None:
        """One more token for a sequence."""
        if sequence.first is None:
            sequence.first = time.perf_counter()
        _, why, _ = hear(self.decoder, sequence, token, logprob)
        if why:
            self.live.remove(sequence)
            self.decoder.forget(sequence.slot)
            self.send(sequence.end(why))
