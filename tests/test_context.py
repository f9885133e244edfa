"""The packer: never over the room, whole passages, nothing left out that would still have fitted."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.context import neutralize, pack
from workbench.nouns import Chunk, Hit

WORDS = st.lists(st.sampled_from(["alpha", "beta.", "gamma", "delta.", "가나", "다라."]), min_size=1, max_size=30)
TEXTS = st.lists(WORDS.map(" ".join), max_size=8)


def hit(number: int, text: str) -> Hit:
    return Hit(Chunk(str(number), "d", 0, len(text), text), "t", "s", None, -number, 0.0, 0.0)


def by_words(passages) -> int:
    """A tokenizer that counts words and one for the gap between passages."""
    return sum(len(passage.text.split()) for passage in passages) + max(0, len(passages) - 1)


def by_pairs(passages) -> int:
    """A tokenizer that is not additive: it merges characters two by two over the whole text."""
    return (len("\n\n".join(passage.text for passage in passages)) + 1) // 2


def growing(hit: Hit):
    """Selections of sentences, one more each time."""
    sentences = [f"{part}." for part in hit.chunk.text.split(".") if part.strip()]
    return [sentences[:count] for count in range(1, len(sentences) + 1)]


@given(TEXTS, st.integers(0, 120), st.sampled_from([by_words, by_pairs]))
def test_what_is_kept_fits_and_what_is_left_would_not(texts, room, measure):
    hits = [hit(number, text) for number, text in enumerate(texts)]
    kept, left_out = pack(hits, room, measure, growing)
    if kept:
        assert measure(kept) <= room
    whole = {id(passage.hit) for passage in kept if not passage.excerpt}
    refused = [left.hit for left in left_out if left.reason == "budget"]
    assert len(whole) + sum(passage.excerpt for passage in kept) + len(refused) == len(hits)
    for each in refused:
        from workbench.nouns import Passage

        assert measure([*kept, Passage(each, each.chunk.text)]) > room
    for passage in kept:
        assert passage.text == passage.hit.chunk.text or passage.excerpt


@given(TEXTS, st.integers(0, 120))
def test_order_and_reasons(texts, room):
    hits = [hit(number, text) for number, text in enumerate(texts)]
    kept, left_out = pack(hits, room, by_words, growing)
    places = [int(passage.hit.chunk.id) for passage in kept]
    assert places == sorted(places)
    for passage in kept:
        if passage.excerpt:
            assert passage.hit is hits[0], "only the best hit is cut to sentences"
            assert any(left.reason == "excerpt" and left.hit is hits[0] for left in left_out)
    assert all(left.tokens >= 0 for left in left_out)


def test_the_best_hit_that_does_not_fit_gives_its_whole_sentences():
    best = hit(0, "One two three. Four five six. Seven eight nine.")
    kept, left_out = pack([best], 7, by_words, growing)
    assert [passage.text for passage in kept] == ["One two three.  Four five six."] or kept[0].excerpt
    assert [left.reason for left in left_out] == ["excerpt"]


def test_not_even_a_sentence():
    kept, left_out = pack([hit(0, "One two three.")], 2, by_words, growing)
    assert kept == () and [left.reason for left in left_out] == ["budget"]


@given(st.text(alphabet="<|im_end>s/ a", max_size=60))
def test_no_control_token_survives(text):
    tokens = ("<|im_end|>", "<s>", "</s>")
    clean = neutralize(text, tokens)
    assert not any(token in clean for token in tokens)
    assert clean.replace(" ", "") == text.replace(" ", "")
