"""What waits for the engine and what it decodes: sequences, measurements, scorings, kept prefixes. Knows no llama.cpp."""

import codecs
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np


def shared(one: np.ndarray, other: np.ndarray) -> int:
    """How many tokens two prompts begin with in common."""
    length = min(len(one), len(other))
    differing = np.flatnonzero(one[:length] != other[:length])
    return int(differing[0]) if len(differing) else length


NOTHING = np.empty(0, np.int32)


class Sequence:
    """One prompt in decoding: its tokens, where it stands, and the text it holds back. `index` is its place in a
    measurement, None where a reader follows it. `source` is what an encoder reads: the prompt then, and `tokens` is only
    what the decoder begins with."""

    def __init__(
        self, request: dict, prompt: dict, tokens: np.ndarray, index: int | None = None, source: np.ndarray = NOTHING
    ) -> None:
        self.id: int = request["id"]
        self.user: str = request.get("user", "")
        self.tokens = tokens
        self.source = source
        self.encoded = not len(source)
        self.index = index
        self.limit: int = request["limit"]
        self.endless: bool = request["endless"]  # writes to its limit, whatever token would end it
        self.stops = [stop for stop in prompt["stop"] if stop]
        self.temperature: float = request["temperature"]
        self.random = np.random.default_rng(request["seed"])
        self.asked = time.perf_counter()
        self.ahead: int | None = None  # users before it, as its reader was told
        self.slot = -1
        self.read = 0  # prompt tokens that stand in its cells
        self.written: list[int] = []
        self.logprobs: list[float] = []
        self.said = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.held = ""  # text that may be the start of a stop string
        self.first: float | None = None

    @property
    def need(self) -> int:
        """Cells it may come to hold."""
        return len(self.tokens) + self.limit

    def draw(self, logits: np.ndarray) -> int:
        """A token from the 40 likeliest at the sequence's temperature. `logits`: float32 of shape (vocabulary,)."""
        top = np.argpartition(logits, -40)[-40:] if len(logits) > 40 else np.arange(len(logits))
        likely = logits[top].astype(np.float64)
        weights = np.exp((likely - likely.max()) / self.temperature)
        return int(self.random.choice(top, p=weights / weights.sum()))

    def hear(self, piece: bytes, last: bool = False) -> tuple[str, bool]:
        """The text now certain to belong to the reply, and whether a stop string ended it."""
        self.held += self.decoder.decode(piece, last)
        for stop in self.stops:
            if stop in self.held:
                said, self.held = self.held.split(stop)[0], ""
                self.said += said
                return said, True
        keep = 0 if last else max(
            (n for stop in self.stops for n in range(1, len(stop)) if self.held.endswith(stop[:n])), default=0
        )
        out, self.held = self.held[: len(self.held) - keep], self.held[len(self.held) - keep :]
        self.said += out
        return out, False

    def end(self, why: str) -> dict:
        """The last answer to its reader; for one of a measurement the only one, with the whole text."""
        # Of a reply that was cut, half a character may be left in the decoder: it is not said.
        rest = self.hear(b"", last=True)[0] if why == "end" else self.held
        now = time.perf_counter()
        own = {"text": rest} if self.index is None else {
            "index": self.index, "text": self.said if why == "end" else self.said + rest, "logprobs": self.logprobs}
        return {
            "id": self.id,
            **own,
            "end": why,
            "prompt_tokens": len(self.source) or len(self.tokens),
            "reply_tokens": len(self.written),
            "first_token_seconds": self.first and self.first - self.asked,
            "seconds": now - self.asked,
        }


class Measurement:
    """Prompts of one request that are decoded with each other alone, so many at a turn: llama.cpp gives the same tokens
    again only where the same sequences share every step."""

    def __init__(self, identity: int, sequences: Iterable[Sequence]) -> None:
        self.id = identity
        self.user = f"measurement {identity}"
        self.left = deque(sequences)


class Choices:
    """Choices after a prompt: `choices` holds the tokens of prompt and choice together, for a tokenizer may join what
    meets at the border. `source` as in a sequence."""

    def __init__(self, prompt: np.ndarray, choices: list[np.ndarray], source: np.ndarray = NOTHING) -> None:
        self.prompt = prompt
        self.source = source
        self.choices = choices
        # Tokens that all have in common, less the last one: it has to be decoded for the logits of what follows it.
        self.head = max(0, min((shared(prompt, tokens) for tokens in choices), default=1) - 1)

    @property
    def need(self) -> int:
        """Cells that the longest comes to hold."""
        return max(map(len, (self.prompt, *self.choices)))

    def groups(self, most: int, cells: int | None) -> Iterator[list[np.ndarray]]:
        """The choices, so many at once at most; where they share `cells`, as many as these hold beside the head."""
        group: list[np.ndarray] = []
        held = self.head
        for tokens in self.choices:
            own = len(tokens) - self.head
            if group and (len(group) == most or (cells is not None and held + own > cells)):
                yield group
                group, held = [], self.head
            group.append(tokens)
            held += own
        yield group


class Scoring:
    """Prompts of one request whose choices are scored, one prompt a turn. What all of them begin with is read once."""

    def __init__(self, identity: int, some: Iterable[Choices]) -> None:
        self.id = identity
        self.user = f"scoring {identity}"
        self.left = deque(enumerate(some))
        first = self.left[0][1].prompt
        self.common = first[: min(min(each.head, shared(first, each.prompt)) for _, each in self.left)]


@dataclass(frozen=True, slots=True, eq=False)
class Prefix:
    """The beginning of a prompt, kept between requests."""

    tokens: np.ndarray
    slot: int

    @property
    def read(self) -> int:
        """All of it stands in the cells."""
        return len(self.tokens)


Turn = Sequence | Measurement | Scoring
