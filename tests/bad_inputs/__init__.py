"""Files that hurt: made in code, a module a family, each with what is promised for it.

The numbers are those of the list of 112 that the promise is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# refused: no text, a row that says why · warned: text, and a remark on what was left out · read: the text, exact
Promise = Literal["refused", "warned", "read"]


@dataclass(frozen=True, slots=True)
class Case:
    """One bad input. `make` gives its bytes; several promises where either is right. `codes` are the remarks one of
    which has to be there (any, where empty); `holds` is text that has to be found, `lacks` text that must not."""

    number: int
    name: str
    make: Callable[[], bytes]
    promises: tuple[Promise, ...]
    codes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
