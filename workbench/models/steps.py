"""What a step of decoding is made of, for people's sequences and a measurement's alike. Knows no llama.cpp."""

from collections.abc import Sequence as Many
from typing import TYPE_CHECKING

import numpy as np

from workbench.models.sequences import Prefix, Sequence, shared

if TYPE_CHECKING:
    from workbench.models.decoder import Decoder

LEAST_SHARED = 32  # tokens of a common beginning that are worth taking over

Row = tuple[int, int, int, bool]  # token, position, slot, whether its logits are wanted


class Step:
    """The rows of a step as they come together: one token of each sequence that writes, then as much prompt as there is
    room for. Nothing counts as read before it is decoded: what is about to be read has no cells that another could share."""

    def __init__(self, writing: Many[Sequence]) -> None:
        self.owners = list(writing)  # of the rows that want logits
        self.rows: list[Row] = [
            (sequence.written[-1], sequence.read + len(sequence.written) - 1, sequence.slot, True) for sequence in writing]
        self.pieces: list[tuple[Sequence, int]] = []  # how much of whose prompt is read

    def read(self, sequence: Sequence, room: int) -> int:
        """Take in the next tokens of a prompt, so many at most; gives how many."""
        piece = sequence.tokens[sequence.read : sequence.read + room].tolist()
        self.rows += [(token, sequence.read + offset, sequence.slot, False) for offset, token in enumerate(piece)]
        if sequence.read + len(piece) == len(sequence.tokens):
            self.rows[-1] = (*self.rows[-1][:3], True)
            self.owners.append(sequence)
        self.pieces.append((sequence, len(piece)))
        return len(piece)

    def decode(self, decoder: "Decoder") -> tuple[list[Sequence], np.ndarray]:
        """The sequences that have logits, and these, float32 of shape (sequences, vocabulary). Neighbors stand side by
        side; a sort keeps the tokens of each in their order."""
        logits = decoder.decode(sorted(self.rows, key=lambda row: row[2]))
        for sequence, length in self.pieces:
            sequence.read += length
        return sorted(self.owners, key=lambda owner: owner.slot), logits


class Choice:
    """Chooses the next tokens."""

    def __init__(self) -> None:
        self.scratch = np.empty((0, 0), np.float32)

    def tokens(self, owners: Many[Sequence], logits: np.ndarray) -> list[tuple[int, float]]:
        """The next token of every sequence with its log-probability: the likeliest at temperature 0, else one drawn from
        the top 40. `logits`: float32 of shape (sequences, vocabulary)."""
        if self.scratch.shape[1:] != logits.shape[1:] or len(self.scratch) < len(logits):
            self.scratch = np.empty_like(logits)  # kept: fresh memory of some megabytes a step is paid for page by page
        tokens = logits.argmax(axis=1)
        top = logits[np.arange(len(tokens)), tokens]
        weights = np.subtract(logits, top[:, None], out=self.scratch[: len(logits)])
        totals = top + np.log(np.exp(weights, out=weights).sum(axis=1))
        for row, sequence in enumerate(owners):
            if sequence.temperature > 0:
                tokens[row] = sequence.draw(logits[row])
        return [(int(token), float(logits[row, token] - totals[row])) for row, token in enumerate(tokens)]


def take_over(
    decoder: "Decoder", sequence: Sequence, earlier: Many[Sequence], others: Many[Prefix | Sequence],
) -> tuple[bool, Prefix | Sequence | None]:
    """Begin with what was already read of the same beginning; gives from whom. False: one of the `earlier` is about to
    read more of it."""
    if not decoder.shares:
        return True, None
    most = len(sequence.tokens) - 1  # the last token has to be decoded for its logits
    source, best, coming = None, 0, 0
    for other in others:
        if other is not sequence:
            same = min(most, shared(other.tokens, sequence.tokens))
            coming = max(coming, same if other in earlier else 0)
            if min(same, other.read) > best:
                source, best = other, min(same, other.read)
    if coming >= best + LEAST_SHARED:
        return False, None
    if source is None or best < LEAST_SHARED:
        return True, None
    decoder.share(source.slot, sequence.slot, best)
    sequence.read = best
    return True, source


def hear(decoder: "Decoder", sequence: Sequence, token: int, logprob: float) -> tuple[str, str, float | None]:
    """One more token of a sequence: the text it brings, how the reply ends with it if it does, and the token's
    log-probability where it belongs to the reply."""
    if decoder.ends(token) and not sequence.endless:
        return "", "end", None
    sequence.written.append(token)
    said, stopped = sequence.hear(decoder.piece(token))
    if stopped:
        return said, "end", None
    sequence.logprobs.append(logprob)
    return said, "length" if len(sequence.written) >= sequence.limit else "", logprob


def close_up(decoder: "Decoder", live: Many[Sequence]) -> None:
    """Move the last ones into the slots that others left: of sequences that stand apart, llama.cpp decodes only
    neighbors together."""
    while live and (last := max(live, key=lambda sequence: sequence.slot)).slot >= len(live):
        free = min(set(range(last.slot)) - {sequence.slot for sequence in live})
        decoder.move(last.slot, free)
        last.slot = free
