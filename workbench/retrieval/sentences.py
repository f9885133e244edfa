"""Sentences of a text with their places, in English and Korean."""

import re

from workbench.nouns import TABLES

# An end mark and what may close behind it, before white space; not after an initial, an abbreviation
# or the number of a list item.
MARK = re.compile(
    r"(?<!^\d)(?<!\n\d)(?<!\n\d\d)(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|vs))(?<!\b(?:Mrs|Inc|Ltd|etc|e\.g|i\.e))[.!?。…][\"'”’)\]*_]*(?=\s)"
)
LINE_START = re.compile(r"\s*(?:$|[#>|*•·▪○●\-–—]|\(?\d+[.)]|[가-하][.)])")
FULL_LINE = 50  # columns from which a line is taken to have been broken for width


def sentences(text: str, kind: str = "txt") -> list[tuple[int, int]]:
    """(start, end) of every sentence, white space trimmed. In a table a line is a sentence."""
    ends = line_ends(text, kind)
    if kind not in TABLES:
        ends += [match.end() for match in MARK.finditer(text)]
    places = []
    start = 0
    for end in [*sorted(ends), len(text)]:
        trimmed = text[start:end].strip()
        if re.search(r"\w", trimmed):
            first = text.index(trimmed, start)
            places.append((first, first + len(trimmed)))
        start = end
    return places


def line_ends(text: str, kind: str) -> list[int]:
    """Where a line break ends a sentence: not inside a paragraph that was wrapped for width."""
    ends = []
    for match in re.finditer(r"\n", text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        after = text[match.end() : match.end() + 40].split("\n")[0]
        wrapped = columns(line) >= FULL_LINE and not re.search(r"[.!?:;。]\W*$", line) and not LINE_START.match(after)
        if kind in TABLES or not wrapped or line.startswith(("#", "|")) or " | " in line:
            ends.append(match.end())
    return ends


def columns(line: str) -> int:
    """Width of a line on a screen: Hangul and its like take two columns."""
    return sum(2 if character >= "ᄀ" else 1 for character in line)
