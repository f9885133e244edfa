"""A document into chunks that keep their place.  [langchain_text_splitters]

The splitter runs without overlap, because its starts are wrong (-1) as soon as overlap is counted in
tokens; each start is then widened backwards by whole words.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise

from workbench.nouns import TABLES, Chunk, Document

COUNTS_KEPT = 4096  # the splitter counts every piece at least twice
SEGMENT = 50_000  # characters handed to the splitter at once: it holds some 100 bytes for each
SENTENCE_END = r"(?<=[.!?。])\s"
# A word longer than a chunk is taken apart by so many characters, and only where those are too many one by one, which
# takes twenty times as long: 20 MB without a space are such a word.
PIECE = 16


def chunk(
    document: Document, count: Callable[[str], int], size: int, overlap: int, without: Sequence[tuple[int, int]] = ()
) -> Iterator[Chunk]:
    """Chunks of at most `size` tokens, each starting up to `overlap` tokens inside the one before.

    `count` is the tokenizer that will read them. Between them the chunks cover every character that
    is not white space and not in a stretch of `without`; none holds both an aside and what stands around it.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    tabular = document.kind in TABLES
    separators = [r"\n(?=#)", r"\n\n", r"\n", SENTENCE_END, r"\s", rf"\S{{{PIECE}}}", ""]
    splitter = RecursiveCharacterTextSplitter(
        separators=["\n", "\t", " ", ""] if tabular else separators,
        is_separator_regex=not tabular,
        keep_separator="end",
        chunk_size=size - overlap,
        chunk_overlap=0,
        length_function=lru_cache(COUNTS_KEPT)(count),
        add_start_index=True,
        strip_whitespace=True,
    )
    before = -1  # where the last chunk started
    for first, last in stretches(document, without):
        for offset, segment in segments(document.text[first:last]):
            for piece in splitter.create_documents([segment]):
                start = first + offset + piece.metadata["start_index"]
                end = start + len(piece.page_content)
                if before >= first and overlap and not tabular:
                    start = widen(document.text, before, start, count, overlap)
                before = start
                yield cut(document, start, end)


def stretches(document: Document, without: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The text in stretches that are cut on their own: its asides and what stands between them, less those left out."""
    edges = sorted({0, len(document.text), *(edge for span in (*document.asides, *without) for edge in span)})
    for start, end in pairwise(edges):
        if not any(first <= start and end <= last for first, last in without):
            yield start, end


def cut(document: Document, start: int, end: int) -> Chunk:
    """The chunk at a place."""
    return Chunk(place_id(document.id, start, end), document.id, start, end, document.text[start:end])


def place_id(document: str, start: int, end: int) -> str:
    """The id of a chunk: a hash of its place, so that cutting again gives the same."""
    return sha256(f"{document}:{start}:{end}".encode()).hexdigest()[:32]


def segments(text: str) -> list[tuple[int, str]]:
    """The text in stretches of about SEGMENT characters with their offsets, parted at line breaks."""
    parts = []
    start = 0
    while start < len(text):
        end = start + SEGMENT
        if end < len(text):
            end = max(text.rfind("\n", start + SEGMENT // 2, end), text.rfind(" ", start + SEGMENT // 2, end)) + 1 or end
        parts.append((start, text[start:end]))
        start = end
    return parts


def widen(text: str, floor: int, start: int, count: Callable[[str], int], overlap: int) -> int:
    """The start moved back by whole words, at most `overlap` tokens and not to `floor` or before."""
    first = max(floor + 1, start - 20 * overlap)
    begins = [first + word.start() for word in re.finditer(r"\S+", text[first:start])]
    if begins and begins[0] > floor + 1 and not text[begins[0] - 1].isspace():
        del begins[0]  # the rest of a word
    begins.reverse()
    fitting = bisect_right(begins, overlap, key=lambda begin: count(text[begin:start]))
    return begins[fitting - 1] if fitting else start
