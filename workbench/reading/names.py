"""Names and titles as they can be shown anywhere: in a table, a citation, a terminal."""

import re
from unicodedata import normalize

LONGEST = 200  # characters of a name that are kept
# Control characters and ends of lines; then what has no width, turns the direction of writing or hides letters.
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def line(text: str) -> str:
    """Text in one line, Hangul composed, without what would show it other than it is."""
    raw = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(UNSEEN.sub("", BREAKS.sub(" ", normalize("NFC", raw))).split())


def shown(name: str) -> str:
    """The name a file goes by: folders parted by slashes and none that leads out of the place, no drive, no dot or space
    at the end, and the middle left out where it is too long; "?" where nothing is left."""
    parts = (part.rstrip(". ") for part in re.split(r"[/\\]", line(name)))
    kept = "/".join(part for part in parts if part and not re.fullmatch("[A-Za-z]:", part)) or "?"
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 30]}…{kept[-29:]}"
