"""Which sentences a step reads: stretches of a source that fit so many tokens, broken between messages and paragraphs
where that can be. Pure: it is handed a way to count."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from workbench.nouns.summary import Line, Source

Count = Callable[[Sequence[str]], list[int]]

PIECE = 3  # characters below which a line is not cut any further
QUOTED = re.compile(r"\n[ \t]*(?:>[ \t]?)+")


def written(source: Source, places: Sequence[int]) -> str:
    """The lines as a model reads them: who wrote them in front of a mail's, a new line where another document or another
    paragraph begins."""
    parts: list[str] = []
    texts = source.texts
    for number, place in enumerate(places):
        line = source.lines[place]
        before = source.lines[places[number - 1]] if number else None
        if before is None or before.document != line.document:
            parts.append(("\n" if parts else "") + lead(source, line))
        else:
            parts.append("\n" if paragraph(texts.get(line.document, ""), before, line) else " ")
        parts.append(flat(line.text))
    return "".join(parts)


def lead(source: Source, line: Line) -> str:
    """What stands before the first line of a document."""
    name = source.speakers.get(line.document)
    return f"{name}: " if name else ""


def paragraph(text: str, before: Line, line: Line) -> bool:
    """Whether an empty line stands between two lines of a document."""
    return before.end > line.start or "\n\n" in text[before.end : line.start]


def flat(text: str) -> str:
    """A sentence in one line, without the marks of a quote that it was broken by."""
    return " ".join(QUOTED.sub(" ", text).split())


def cut(lines: Sequence[Line], sizes: Sequence[int], room: int) -> list[Line]:
    """The lines, those of more than `room` tokens in pieces that have less: between words, or anywhere in a word that is
    too long itself. A piece is a line of its own, with its place."""
    found: list[Line] = []
    for line, size in zip(lines, sizes, strict=True):
        if size <= room or len(line.text) <= PIECE:
            found.append(line)
            continue
        length = max(PIECE, int(len(line.text) * room / size * 0.8))
        start = 0
        while start < len(line.text):
            end = min(len(line.text), start + length)
            if end < len(line.text) and (space := line.text.rfind(" ", start + length // 2, end)) > start:
                end = space + 1
            piece = line.text[start:end]
            left = len(piece) - len(piece.lstrip())
            if piece.strip():
                found.append(Line(line.document, line.start + start + left, line.start + start + left + len(piece.strip()), piece.strip()))
            start = end
    return found


def packed(source: Source, places: Sequence[int], sizes: Sequence[int], room: int) -> list[tuple[int, ...]]:
    """The lines at these places in groups of at most `room` tokens, in their order. A document that fits a group is not
    broken over two. `sizes`: tokens of every line of the source."""
    groups: list[list[int]] = []
    used = 0
    for document in together(source, places):
        whole = sum(sizes[place] for place in document)
        if groups and used + whole > room and whole <= room:
            groups.append([])
            used = 0
        for place in document:
            if not groups or used + sizes[place] > room:
                groups.append([])
                used = 0
            groups[-1].append(place)
            used += sizes[place]
    return [tuple(group) for group in groups if group]


def together(source: Source, places: Sequence[int]) -> list[list[int]]:
    """Places of neighboring lines of one document, document by document."""
    found: list[list[int]] = []
    for place in places:
        if found and source.lines[found[-1][-1]].document == source.lines[place].document:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def merged(count: int, size: int) -> list[tuple[int, ...]]:
    """`count` replies in groups of at most `size` neighbors, as even as can be."""
    groups = -(-count // size)
    ends = [round(count * number / groups) for number in range(groups + 1)]
    return [tuple(range(start, end)) for start, end in pairwise(ends)]
