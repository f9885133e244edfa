"""Chunks keep their place, cover the text, and stay under their size."""

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.nouns import Document
from workbench.retrieval.chunking import chunk
from workbench.retrieval.sentences import sentences

PIECES = st.sampled_from([
    "word ", "Another sentence. ", "\n", "\n\n", "# Heading\n", "문장입니다. ", "가나다라마바사 ", "x" * 40, "a|b|c\n", "\t", "끝.\n"])
TEXTS = st.lists(PIECES, max_size=120).map("".join)


def by_words(text: str) -> int:
    """Words and, for long ones, their length in fours: something like a tokenizer."""
    return sum(1 + len(word) // 8 for word in text.split())


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(8, 40), st.integers(0, 6), st.sampled_from(["txt", "csv", "md"]))
def test_place_cover_and_size(text, size, overlap, kind):
    document = Document("d", "t", text, "s", kind)
    chunks = list(chunk(document, by_words, size, overlap))
    covered = set()
    for each in chunks:
        assert document.text[each.start : each.end] == each.text
        assert by_words(each.text) <= size
        covered.update(range(each.start, each.end))
    assert not [place for place, character in enumerate(text) if not character.isspace() and place not in covered]
    starts = [each.start for each in chunks]
    assert starts == sorted(set(starts)) and len({each.id for each in chunks}) == len(chunks)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["txt", "csv", "pdf"]))
def test_sentences_stand_where_they_say_and_cover_the_words(text, kind):
    places = sentences(text, kind)
    assert all(text[start:end].strip() == text[start:end] for start, end in places)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(places))
    inside = "".join(text[start:end] for start, end in places)
    assert re.findall(r"\w", inside) == re.findall(r"\w", text)


def test_sentences_of_both_languages():
    text = "Dr. Kim paid $3.50 on 1 May. Was it late? 네, 늦었습니다. 3월 5일에 냈어요.\nNext line"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Dr. Kim paid $3.50 on 1 May.", "Was it late?", "네, 늦었습니다.", "3월 5일에 냈어요.", "Next line"]


def test_a_wrapped_line_is_no_end():
    text = "The quick brown fox jumps over the lazy dog near the\nriver bank. Then it rests.\n- item one\n- item two"
    assert len(sentences(text)) == 4


def test_a_long_text_without_a_space_is_cut():
    document = Document("d", "t", "가" * 450_000, "s", "txt")
    chunks = list(chunk(document, len, 1000, 0))
    assert sum(len(each.text) for each in chunks) == 450_000
