"""What is known of a model before it is used: what it holds, what it takes, and what becomes of it when it is requantized."""

from dataclasses import dataclass

SPARED = 0.9  # of the memory that the system has to give


@dataclass(frozen=True, slots=True)
class Fit:
    """Memory that a model takes in its process, in bytes, from before it is loaded until a full window is read.

    `weights`: the file's tensors; `copies`: those kept a second time in a layout that this processor is faster with;
    `cells`: keys and values; `work`: llama.cpp's buffers for a step; `rest`: vocabulary and the plan of a step.
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
