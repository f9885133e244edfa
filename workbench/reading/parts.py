"""What a reader gives back."""

from dataclasses import dataclass

from workbench.errors import CannotRead
from workbench.nouns import Remark

CHARACTERS = 20_000_000  # of text that a file may have


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file, by its own name without folders."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One document's raw text, a string a page where the format has pages; the remark says what of the
    file is not in it. `date` is the ISO day the content bears itself, empty where it bears none. `attached`
    are read as documents of their own that name this one as their parent."""

    pages: tuple[str, ...]
    title: str = ""
    paged: bool = False
    remark: Remark | None = None
    date: str = ""
    attached: tuple[Attachment, ...] = ()


def too_long(name: str) -> CannotRead:
    """The error for more text than a file may have."""
    most = CHARACTERS // 1_000_000
    return CannotRead("read_long", name=name, size=most, most=most)


def why(error: Exception) -> str:
    """An error's own words in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
