"""What a reader gives back."""

from dataclasses import dataclass

from workbench.nouns import Remark


@dataclass(frozen=True, slots=True)
class Part:
    """One document's raw text, a string a page where the format has pages; the remark says what of the
    file is not in it. `date` is the ISO day the content bears itself, empty where it bears none."""

    pages: tuple[str, ...]
    title: str = ""
    paged: bool = False
    remark: Remark | None = None
    date: str = ""
