"""Every edge rule of the knowledge replacement figures, each by itself, on cases made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.measure.replacement import Case, controls, ledger, no_worse, replacement
from workbench.nouns.measure import LOSSES


def cases(n=1000, lang="en", **shares) -> list[Case]:
    """Questions of which the first so many thousandths are right, each a document of its own; `closed=(30, 70)` are places."""
    def right(name: str, place: int) -> bool | None:
        if name not in shares:
            return None
        given = shares[name]
        least, end = given if isinstance(given, tuple) else (0, given)
        return least <= place < end

    return [Case(lang, place, bool(right("closed", place)), bool(right("rag", place)), right("oracle", place), right("reference", place))
            for place in range(n)]


def four(rescued=0, harmed=0, kept=0, missed=0, **more) -> list[Case]:
    """A ledger as questions."""
    pairs = [(False, True)] * rescued + [(True, False)] * harmed + [(True, True)] * kept + [(False, False)] * missed
    return [Case("en", place, closed, rag, **more) for place, (closed, rag) in enumerate(pairs)]


def test_the_ledger_and_its_rates():
    found = replacement(four(rescued=26, harmed=3, kept=12, missed=59))
    assert found.lift.value == pytest.approx((26 - 3) / 100) and found.lift.low > 0
    assert found.rescue.value == pytest.approx(26 / 85) and found.harm.value == pytest.approx(3 / 15)
    assert found.supplied.value == pytest.approx(26 / 38) and found.supplied.n == 38
    assert found.closed.value == 0.15 and found.rag.value == 0.38
    assert (found.ledger.kept, found.ledger.rescued, found.ledger.harmed, found.ledger.missed) == (12, 26, 3, 59)


def test_a_reference_that_is_not_better_divides_nothing():
    """Qwen2.5-3B on NQ against 7B alone would give 8.6."""
    found = replacement(cases(closed=106, rag=348, reference=134))
    assert found.gap_closed.value is None and found.gap_closed.why == "reference_not_better"
    assert round((.348 - .106) / (.134 - .106), 1) == 8.6
    assert found.lift.value == pytest.approx(.242) and found.supplied.value is not None, "these stand all the same"


def test_a_gap_within_chance_divides_nothing():
    found = replacement(cases(100, closed=20, rag=40, reference=(14, 40)))
    assert found.gap_closed.value is None, "six points better, of a hundred questions: the interval holds nothing"


def test_more_than_the_gap_is_not_cut():
    """Llama2-7B on PopQA against ChatGPT."""
    found = replacement(cases(closed=147, rag=382, reference=293))
    assert found.gap_closed.value == pytest.approx(1.61, abs=.005) and found.gap_closed.why == "beyond_reference"


def test_the_same_pair_on_other_questions():
    """Llama2-7B on TriviaQA against ChatGPT: one model, two answers, never pooled."""
    found = replacement(cases(closed=305, rag=425, reference=743))
    assert found.gap_closed.value == pytest.approx(0.27, abs=.005) and not found.gap_closed.why
    assert found.gap_closed.low < 0.27 < found.gap_closed.high


def test_retrieval_that_hurts_says_so():
    found = replacement(cases(closed=743, rag=657, reference=900))
    assert found.gap_closed.value < 0 and found.gap_closed.why == "hurt" and found.verdict == "hurts"


def test_more_than_the_oracle_is_shown_and_suspect_only_beyond_chance():
    some = replacement(cases(200, closed=20, rag=62, oracle=60))
    assert some.efficiency.value == pytest.approx(42 / 40) and some.efficiency.why == "beyond_oracle"
    much = replacement(cases(200, closed=20, rag=120, oracle=60))
    assert much.efficiency.low > 1 and much.efficiency.why == "oracle_suspect"
    assert some.beyond_oracle.value == pytest.approx(2 / 200)


def test_nothing_right_alone():
    found = replacement(four(rescued=28, missed=72))
    assert found.harm.value is None and found.harm.n == 0 and found.supplied.value == 1.0
    assert "closed_zero" in found.notes and "harm_unknown" not in found.notes and found.verdict == "helps"


def test_nothing_right_with_the_documents():
    found = replacement(four(missed=100))
    assert found.supplied.value is None and found.supplied.why == "none_right" and found.verdict == "no_evidence"


def test_few_right_alone_make_no_rate():
    found = replacement(four(rescued=40, harmed=1, kept=3, missed=56))
    assert found.harm.value is None and found.harm.n == 4 and found.ledger.harmed == 1 and "harm_unknown" in found.notes


@pytest.mark.parametrize(("counts", "word"), [
    ({"rescued": 28, "harmed": 0, "kept": 60, "missed": 40}, "helps"),
    ({"rescued": 40, "harmed": 12, "kept": 20, "missed": 40}, "mixed"),
    ({"rescued": 10, "harmed": 8, "kept": 20, "missed": 40}, "no_evidence"),
    ({"rescued": 4, "harmed": 20, "kept": 20, "missed": 40}, "hurts"),
    ({"rescued": 29}, "pilot"),
    ({"rescued": 40, "harmed": 6, "missed": 40}, "mixed"),  # six of six harmed
])
def test_words_come_from_intervals(counts, word):
    assert replacement(four(**counts)).verdict == word


def test_a_pilot_claims_nothing():
    assert "pilot" in replacement(four(rescued=29)).notes and "pilot" not in replacement(four(rescued=30)).notes


def test_languages_are_never_averaged():
    with pytest.raises(ValueError, match="two languages"):
        replacement([*cases(40, rag=10), *cases(40, lang="ko", rag=10)])
    assert replacement(cases(40, lang="ko", rag=10)).rag.value == 0.25


def test_chance_is_taken_out_of_multiple_choice():
    choices = [Case("ko", place, place < 30, place < 60, True, place < 80, chance=0.25) for place in range(100)]
    found = replacement(choices)
    corrected = [(share - .25) / .75 for share in (.3, .6, .8)]
    assert found.gap_closed.value == pytest.approx((corrected[1] - corrected[0]) / (corrected[2] - corrected[0]))
    assert "at_chance" in found.notes, "30 of 100 is not above a quarter beyond its interval"
    assert "at_chance" not in replacement([Case("ko", place, place < 50, True, chance=0.25) for place in range(100)]).notes


def test_documents_not_questions_are_independent():
    alone = replacement([Case("en", place, False, place < 60) for place in range(120)])
    grouped = replacement([Case("en", place // 10, False, place < 60) for place in range(120)])
    assert grouped.lift.value == alone.lift.value
    assert grouped.lift.high - grouped.lift.low > 2 * (alone.lift.high - alone.lift.low)
    assert grouped.rag.high - grouped.rag.low > 2 * (alone.rag.high - alone.rag.low)


@given(st.lists(st.tuples(
    st.integers(0, 6), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["missed", "cut", "read"])),
    min_size=1, max_size=60))
def test_identities_of_any_ledger(rows):
    every = [Case("ko", *row) for row in rows]
    found, counts = replacement(every), ledger(every)
    assert counts.n == len(rows) and found.lift.value == pytest.approx((counts.rescued - counts.harmed) / counts.n)
    assert found.lift.value == pytest.approx(found.rag.value - found.closed.value)
    shares = {name: each.value for name, each in found.losses}
    assert tuple(shares) == LOSSES and sum(shares.values()) == pytest.approx(1) and shares["right"] == pytest.approx(found.rag.value)
    retrieval = shares["not_retrieved"] + shares["cut"] + shares["distracted"]
    assert retrieval - found.beyond_oracle.value == pytest.approx(found.oracle.value - found.rag.value)
    assert all(each.low <= each.value <= each.high for each in (found.closed, found.rag, found.lift))


def test_the_controls():
    documents, closed = list(range(100)), [place < 20 for place in range(100)]
    rag, again = [place < 50 for place in range(100)], [place < 18 for place in range(100)]
    fine = controls(documents, closed, again, rag, [(place, place < 21, place < 20) for place in range(100)])
    assert fine.passed and fine.flips.value == 0.02 and fine.rescued_beyond.value == pytest.approx(.30)
    assert fine.harmed_beyond.value == pytest.approx(-.02), "two of the answers right alone are so by chance"
    leaky = controls(documents, closed, again, rag, [(place, place < 50, place < 20) for place in range(100)])
    assert not leaky.passed and leaky.shuffled.value == pytest.approx(.30)


def test_the_smallest_window_that_is_no_worse():
    right = [place % 3 == 0 for place in range(300)]
    ways = {256: [each and place < 150 for place, each in enumerate(right)], 512: right, 1024: right, 2048: [*right[:-1], True]}
    smallest, off = no_worse(ways, range(300))
    assert smallest == 512 and off[256].high < 0 and off[2048].value == 0
    assert no_worse({256: [True] * 10 + [False] * 20, 512: [True] * 11 + [False] * 19}, range(30))[0] == 512, "thirty questions show nothing"
