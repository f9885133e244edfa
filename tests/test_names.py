"""Names that deceive, and what pages and Markdown say of themselves."""

from itertools import pairwise

import pytest

from tests.bad_inputs.names import NAMES
from workbench.reading import read
from workbench.reading.names import shown
from workbench.retrieval.chunking import chunk


def test_a_text_without_a_space_is_cut_wholly():
    """91, at a tenth of its size."""
    (document,), _ = read(b"x" * 2_000_000, "a.txt", "corpus")
    chunks = list(chunk(document, lambda text: len(text) // 4 + 1, 230, 30))
    assert chunks[0].start == 0 and chunks[-1].end == 2_000_000 and max(len(each.text) for each in chunks) <= 920
    assert all(after.start <= before.end for before, after in pairwise(chunks))


@pytest.mark.parametrize(("number", "name", "expected"), NAMES)
def test_a_bad_name_is_shown_as_a_good_one(number, name, expected):
    assert shown(name) == expected == shown(expected)


def test_a_title_does_not_turn_the_direction_of_what_stands_beside_it():
    (document,), _ = read("<title>invoice\u202efdp</title><p>words</p>".encode(), "a.html", "corpus")
    assert document.title == "invoicefdp"


@pytest.mark.parametrize(("head", "day"), [
    ('<time datetime="2024-03-05T10:00">yesterday</time>', "2024-03-05"),
    ('<time datetime="2020-01-01">an event</time><time itemprop="datePublished" datetime="2024-03-05">', "2024-03-05"),
    ('<script type="application/ld+json">{"@type": "Article", "datePublished" : "2024-03-05T09:00+09:00"}</script>', "2024-03-05"),
    ('<time datetime="2020-01-01">an event</time><meta property="article:published_time" content="2024-03-05">', "2024-03-05"),
    ('<time datetime="soon">soon</time>', ""),
])
def test_the_day_of_a_page(head, day):
    (document,), _ = read(f"<html><body>{head}<p>words</p></body></html>".encode(), "a.html", "corpus")
    assert document.date == day


def test_the_front_matter_of_markdown_gives_title_and_day():
    (document,), _ = read('---\r\ntitle: "여비 규정"\r\ndate: 2024-03-05 09:00\r\n---\r\n# Heading\n\nwords'.encode(), "a.md", "corpus")
    assert (document.title, document.date) == ("여비 규정", "2024-03-05")
    (document,), _ = read(b"# Heading\n\ndate: 2024-03-05\n---\n", "a.md", "corpus")
    assert (document.title, document.date) == ("Heading", "")
