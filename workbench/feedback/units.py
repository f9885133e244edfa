"""A text into opinions: sentences, cut further where another opinion begins. Pure."""

import re
from collections.abc import Iterator

from workbench.retrieval.sentences import sentences

LONGEST = 400  # characters of an opinion; what has no end for so long is cut between words
MOST = 100  # opinions of one row that are sorted; a row with more is told
FEWEST_WORDS = 3  # of an English opinion; shorter pieces go with their neighbor
FEWEST_SYLLABLES = 4  # of a Korean one

CONTRAST = (
    r"but|however|although|though|even though|yet|whereas|except(?: that| for)?|unfortunately|on the other hand|otherwise|apart from that"
    r"|그런데|근데|하지만|그러나|그치만|그렇지만|다만|단지|대신|반면|반면에|아쉬운 점은|단점은|장점은|그리고|또한|또")
WITH_N = "".join(chr(code) for code in range(0xAC00 + 4, 0xD7A4, 28))  # syllables that end in ㄴ, as in 좋은데, 빠른데
TURN = re.compile(
    rf"(?<=[가-힣](?:지만|으나)),?\s+|(?<=[{WITH_N}]데)(?<!가운데)(?<!그런데)(?<!근데),?\s+|(?<=[{WITH_N}]데요),?\s+"  # 좋지만 …, 좋은데 …
    r"|(?<=[가-힣](?:어요|아요|여요|해요|네요|세요|예요|에요|군요|게요|지요|니다|데요|래요|어용|아용))\s+(?=[가-힣])"  # a sentence without its mark
    r"|(?<=[가-힣](?:죠|음|함|됨))\s+(?=[가-힣]{2,})"
    r"|[ㅋㅎㅠㅜ~^;]{2,}\s*|\s*;\s+|\s+[/|]\s+|\s+[-–—]\s+"
    rf"|,?\s+(?:{CONTRAST}),?\s+|(?<=[.!?…])\s*(?:{CONTRAST}),?\s+", re.IGNORECASE)
LEADING = re.compile(rf"(?:{CONTRAST}|and|so|also|plus),?\s+", re.IGNORECASE)
SYLLABLE = re.compile(r"[가-힣]")
WORD = re.compile(r"\w+")


def units(text: str) -> tuple[list[tuple[int, int]], bool]:
    """(start, end) of every opinion of a text, MOST at most, and whether there are more. What is too short to be one goes
    with the opinion before it, at the beginning with the one behind."""
    found: list[tuple[int, int]] = []
    for start, end in pieces(text[: 2 * MOST * LONGEST]):
        joins = found and (small(text[start:end]) or small(text[slice(*found[-1])])) and end - found[-1][0] <= LONGEST
        if joins:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found[:MOST], len(found) > MOST


def small(text: str) -> bool:
    """Whether a piece is too short to be an opinion."""
    syllables = len(SYLLABLE.findall(text))
    return syllables < FEWEST_SYLLABLES if syllables else len(WORD.findall(text)) < FEWEST_WORDS


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every stretch between two turns, without the words that turn."""
    for first, last in sentences(text):
        start = first
        for match in TURN.finditer(text, first, last):
            yield from trimmed(text, start, match.start())
            start = match.end()
        yield from trimmed(text, start, last)


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without white space and a leading conjunction, cut between words where it is too long; none without
    letters or digits."""
    if leading := LEADING.match(text, start, end):
        start = leading.end()
    while start < end:
        stop = end
        if end - start > LONGEST:
            stop = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            stop = start + LONGEST if stop < 0 else stop
        piece = text[start:stop]
        if WORD.search(piece):
            yield start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
        start = stop
