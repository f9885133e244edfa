"""What is known of a model before it is used: what it holds, what it takes, and what becomes of it when it is requantized."""

from dataclasses import dataclass
from typing import Literal

from workbench.nouns.measure import Estimate

# Types of quantization that a file can be brought into, the finest first, with about how many bits a weight takes.
KINDS: dict[str, float] = {
    "F16": 16.0, "Q8_0": 8.5, "Q6_K": 6.6, "Q5_K_M": 5.7, "Q5_1": 6.0, "Q5_0": 5.5, "Q4_K_M": 4.9, "Q4_K_S": 4.6, "Q4_1": 5.0,
    "Q4_0": 4.6, "Q3_K_M": 3.9, "Q2_K": 3.4}
SPARED = 0.9  # of the memory that the system has to give


@dataclass(frozen=True, slots=True)
class Fit:
    """Memory that a model takes in its process, in bytes, from before it is loaded until a full window is read.

    `weights`: the file's tensors; `copies`: those kept a second time in a layout that this processor is faster with;
    `cells`: keys and values; `work`: llama.cpp's buffers for a step; `rest`: vocabulary, the plan of a step, llama.cpp itself.
    `together` sequences may fill `window` tokens each at once; they stand `apart` or share their cells. `free`: memory that
    the system has to give, 0 where it does not say. `most`: the largest window up to the model's own that would fit, 0 where
    none does.
    """

    window: int
    together: int
    apart: bool
    weights: int
    copies: int
    cells: int
    work: int
    rest: int
    free: int
    most: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.copies + self.cells + self.work + self.rest

    @property
    def fits(self) -> bool:
        """Whether the system has so much to give and keeps a tenth."""
        return not self.free or self.total <= SPARED * self.free


@dataclass(frozen=True, slots=True)
class Rendering:
    """A prompt letter for letter, as a model reads it. `starts`: start tokens at its beginning; `ends`: whether it ends with an
    end token, after which there is nothing to say; `spelled`: marks of its format that the tokenizer has no token for."""

    text: str
    tokens: int
    starts: int
    ends: bool
    spelled: tuple[str, ...] = ()


# Why a quantization is the one to use: fastest of those that lose nothing that can be seen, or the original where all do; `pilot`: by
# speed alone, nothing was asked or read.
Reason = Literal["fastest", "all_lose", "pilot"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A quantization of a model as it was measured on this computer. Sizes in bytes, speeds in tokens a second (the middle of
    some runs, with the slowest and the fastest).

    `memory`: of its process with a usual window; `fast`: types of its tensors that this processor has a faster layout for;
    `seconds`: to read and answer a usual question at these speeds. On the texts of a corpus: `perplexity`, and `loss`, by how
    many nats a token it is worse than the original. On questions: `accuracy`, `gain` over the original on the same questions
    with `p` of McNemar's test, `agreement`: the share of answers that are the original's.
    """

    kind: str
    path: str
    size: int
    memory: int
    fast: tuple[str, ...]
    reading: Estimate
    writing: Estimate
    seconds: float
    perplexity: Estimate | None = None
    loss: Estimate | None = None
    accuracy: Estimate | None = None
    gain: Estimate | None = None
    agreement: Estimate | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Lab:
    """Quantizations of one model beside each other; the first of `variants` is the original. `texts` and `questions` of
    `corpus` were read and asked."""

    model: str
    corpus: str
    texts: int
    tokens: int
    questions: int
    variants: tuple[Variant, ...]
    best: str
    why: Reason
    made: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """What the lab is at: of `kind`, `done` of `total` steps; the result once it is there."""

    step: Literal["quantize", "speed", "read", "ask", "done"]
    kind: str
    done: int
    total: int
    lab: Lab | None = None


# What may mislead a model about a prompt: its file has no template; two start tokens; an end token after which nothing is
# to come; marks that its tokenizer spells letter by letter; another format than the one that its file has.
Warning = Literal["no_template", "start_twice", "end_stray", "spelled", "foreign"]


@dataclass(frozen=True, slots=True)
class Chat:
    """A question in one format. `written` is which format of the table it is, empty for a template of the file's own making.
    On questions of a corpus: the share that is right, the words of a reply, and the share of replies that end by themselves."""

    name: str
    written: str
    seen: Rendering
    warnings: tuple[Warning, ...]
    accuracy: Estimate | None = None
    words: Estimate | None = None
    ended: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers every developer of language models should know, of one model on this computer.

    Bytes a parameter takes in the file and, with the whole process, in memory with a usual window; bytes of keys and values a
    token takes. Tokens a word, by language. Seconds to find the passages of a question over seconds to write an answer
    (`finding`), and seconds to embed a token over seconds to write one (`embedding`). How many times as fast `together`
    sequences write at once as one after another (`batching`). The share of a reply's tokens that asking to be concise saves,
    and what it changes in the share of right answers (`concise`, `concise_gain`). Of a model with an encoder,
    whose decoder looks at its whole source again at every token: seconds to write one after a source of `short` tokens and after
    one of `long` (`token_short`, `token_long`).
    """

    model: str
    parameters: int
    file_bytes: float
    memory_bytes: float
    token_bytes: int
    words: dict[str, Estimate]
    finding: Estimate | None = None
    embedding: Estimate | None = None
    batching: Estimate | None = None
    together: int = 0
    concise: Estimate | None = None
    concise_gain: Estimate | None = None
    token_short: Estimate | None = None
    token_long: Estimate | None = None
    short: int = 0
    long: int = 0
    made: float = 0.0
