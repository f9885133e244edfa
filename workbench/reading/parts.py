"""What a reader gives back."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from workbench.nouns import Remark

CHARACTERS = 20_000_000  # of text that a file may have
LONGEST_NAME = 200


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


def own_name(given: str) -> str:
    """What a file inside a file is called, without folders and characters that cannot be seen; its end, which says
    what it is, where it is very long. Empty where nothing is left."""
    last = re.split(r"[/\\]", normalize("NFC", given))[-1]
    return "".join(filter(str.isprintable, last)).strip(" .")[-LONGEST_NAME:]


def why(error: Exception) -> str:
    """An error's own words in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
