"""Intervals and tests beside scipy's, the published table of sample sizes, and how often an interval holds the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.simulation import coverage
from workbench.measure.statistics import (
    auroc,
    brier,
    calibration_error,
    card,
    difference,
    holm,
    mcnemar,
    mean,
    pairs_needed,
    ratio,
    reliability,
    share,
    student,
    wilson,
)


@given(st.integers(1, 400), st.data())
def test_wilson_as_scipy(n, data):
    hits = data.draw(st.integers(0, n))
    mine, theirs = wilson(hits, n), stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert (mine.value, mine.low, mine.high) == pytest.approx((hits / n, theirs.low, theirs.high), abs=1e-9)
    alone = share([place < hits for place in range(n)], range(n))
    assert alone.value == mine.value and alone.low <= mine.low + 1e-9 and alone.high >= mine.high - 1e-9


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_as_scipy(rescued, harmed):
    theirs = stats.binomtest(rescued, rescued + harmed).pvalue if rescued + harmed else 1.0
    assert mcnemar(rescued, harmed) == pytest.approx(theirs, rel=1e-9)


def test_mcnemar_of_the_worked_example():
    assert 1e-80 < mcnemar(287, 4) < 1e-78


def test_holm():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02]) and holm([0.6, 0.7]) == [1.0, 1.0] and holm([]) == []


@pytest.mark.parametrize("freedom", [4, 9, 39, 199])
def test_the_t_distribution(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=0.002)


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=40).filter(lambda rows: len({so for _, so in rows}) == 2))
def test_auroc_as_the_rank_test(rows):
    sure, right = [each / 8 for each, _ in rows], [so for _, so in rows]
    good, bad = [s for s, so in zip(sure, right, strict=True) if so], [s for s, so in zip(sure, right, strict=True) if not so]
    expected = stats.mannwhitneyu(good, bad).statistic / len(good) / len(bad)
    found = auroc(sure, right, range(len(rows)))
    assert found.value == pytest.approx(expected) and 0 <= found.low <= found.high <= 1
    assert auroc(sure, [True] * len(rows), range(len(rows))).value is None


def test_confidence():
    draws = np.random.default_rng(3)
    sure = draws.uniform(size=2000)
    right = draws.uniform(size=2000) < sure
    assert calibration_error(sure, right, range(2000)).value < 0.04
    assert calibration_error(np.full(2000, 0.9), right, range(2000)).value == pytest.approx(0.4, abs=0.03), "overconfident"
    assert brier([1.0, 0.0, 0.5], [True, False, True], range(3)).value == pytest.approx(0.25 / 3)
    bins = reliability(sure, right)
    assert len(bins) == 10 and {each.right.n for each in bins} == {200} and bins[0].confidence < 0.1 < 0.9 < bins[-1].confidence
    assert reliability(sure[:14], right[:14]) == () and calibration_error(sure[:14], right[:14], range(14)).value is None
    assert len(reliability(sure[:45], right[:45])) == 3, "bins of fifteen at least"


def test_a_ratio_and_a_mean():
    gain, most = [1.0] * 30 + [0.0] * 70, [1.0] * 40 + [0.0] * 60
    assert ratio(gain, most, range(100)).value == pytest.approx(0.75) and ratio([1.0], [0.0], [0]).value is None
    bound = stats.bootstrap((np.array(gain),), np.mean, method="percentile", random_state=1, n_resamples=4000).confidence_interval
    mine = mean(gain, range(100))
    assert (mine.low, mine.high) == pytest.approx(tuple(bound), abs=0.02) and mean(gain, range(100)) == mine


def test_what_was_never_seen_may_still_be_there():
    """Of 100 questions none of which changed, up to 3.6 % may change: scipy's exact interval of none of 100."""
    bound = stats.binomtest(0, 100).proportion_ci(method="exact").high
    never = difference([True] * 100, [True] * 100, range(100))
    assert (never.value, never.low, never.high) == pytest.approx((0, -bound, bound)) and never.method == "exact"
    assert difference([True] * 6, [True] * 6, range(6)).high == pytest.approx(stats.binomtest(0, 6).proportion_ci(method="exact").high), "0.459"
    always = mean([1.0] * 100, range(100))
    assert (always.low, always.high) == pytest.approx((1 - bound, 1)) and mean([0.0] * 10, [1] * 10).high > 0.9, "ten on one document"


def test_a_mean_is_of_scores():
    """A difference or a length would be cut to 0 to 1."""
    for values in ([0.0, -1.0], [4.0, 4.0]):
        with pytest.raises(ValueError, match="scores"):
            mean(values, range(2))
    assert mean([], []).value is None


def test_the_card_of_sample_sizes():
    assert [(n, *(round(width, 3) for _, width in card(n).widths)) for n in (50, 100, 200, 400, 1000)] == [
        (50, .124, .246, .267), (100, .090, .177, .192), (200, .062, .126, .137), (400, .043, .089, .098), (1000, .027, .057, .062)]
    assert card(200).pairs == ((0.2, 155, 625), (0.3, 233, 939), (0.4, 312, 1253)) and pairs_needed(0.15, 0.3) == 103


@pytest.mark.parametrize("documents", [200, 40])
def test_intervals_hold_the_truth_as_often_as_they_say(documents):
    """200 questions whose answers hang together by document and by question; a larger run: `benchmarks measure`."""
    held = coverage(200, documents, 500)
    assert all(0.92 <= each <= 0.98 for each in held.values()), held
