"""The size of model that knows as much alone, and what popularity does, on lines that are known."""

import math

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from workbench.measure.curves import effective_size, log_odds, popularity
from workbench.measure.telling import effective_size as told
from workbench.measure.telling import popularity as told_popularity


def answers(right: int, n: int = 200, others: int = 0) -> list[bool]:
    return [(place * 7919 + others) % n < right for place in range(n)]


def test_between_two_models_it_is_on_the_line():
    sizes = {100_000_000: answers(20), 400_000_000: answers(60), 1_600_000_000: answers(100)}
    found = effective_size(sizes, answers(40), range(200))
    assert found.value == pytest.approx(200_000_000, rel=1e-6), "half of the way of a logarithmic line"
    assert found.low < found.value < found.high and found.n == 200 and not found.why
    assert effective_size(sizes, answers(80), range(200)).value == pytest.approx(800_000_000, rel=1e-6)
    assert effective_size(sizes, answers(60), range(200)).value == pytest.approx(400_000_000, rel=1e-6)


def test_outside_of_what_was_measured_nothing_is_claimed():
    sizes = {100: answers(20), 1000: answers(60)}
    beyond, below = effective_size(sizes, answers(150), range(200)), effective_size(sizes, answers(2), range(200))
    assert beyond.value == pytest.approx(1000) and (beyond.high, beyond.why) == (None, "beyond_largest")
    assert below.value == pytest.approx(100) and (below.low, below.why) == (None, "below_smallest")
    near = effective_size(sizes, answers(58, others=100), range(200))
    assert near.value < 999 and near.high is None and near.low is not None, "its interval may leave the line all the same"
    with pytest.raises(ValueError, match="two sizes"):
        effective_size({100: answers(20)}, answers(30), range(200))


def test_a_larger_model_that_knows_less_changes_nothing():
    sizes = {100: answers(20), 200: answers(10), 400: answers(60)}
    found = effective_size(sizes, answers(40), range(200))
    assert 100 < found.value < 400 and math.log(found.value) == pytest.approx((math.log(100) + math.log(400)) / 2)


def test_it_is_told_in_both_languages():
    found = effective_size({100_000_000: answers(20), 400_000_000: answers(60)}, answers(40), range(200))
    assert "200 M" in told("en", found, 100_000_000) and "2.0 times" in told("en", found, 100_000_000) and "2.0배" in told("ko", found, 100_000_000)
    assert told("en", None, 1) == ""


def asked_by_popularity(n: int = 400) -> tuple[list[float], list[bool], list[bool]]:
    """Things from hardly known to famous: alone the model has one in a hundred of the least known right and most of the best
    known, with documents three of ten of all."""
    draw = np.random.default_rng(11)
    known = 10 ** draw.uniform(1, 6, n)
    alone = 1 / (1 + np.exp(4.5 - 1.2 * (np.log10(known) - 1)))
    return known.tolist(), (draw.random(n) < alone).tolist(), (draw.random(n) < 0.3).tolist()


def test_what_is_well_known_is_known_without_documents():
    known, closed, rag = asked_by_popularity()
    found = popularity(known, closed, rag, range(400))
    assert found.closed.low < 1.2 < found.closed.high and found.rag.low < 0 < found.rag.high, "the slopes that they were drawn with"
    meeting_place = 10 ** (1 + (4.5 + math.log(0.3 / 0.7)) / 1.2)
    assert found.crossing.low < meeting_place < found.crossing.high and not found.crossing.why
    assert len(found.bands) == 5 and all(band.closed.n == 80 for band in found.bands)
    assert [band.known for band in found.bands] == sorted(band.known for band in found.bands)
    assert found.bands[0].closed.value < found.bands[-1].closed.value
    assert "documents help up to" in " ".join(told_popularity("en", found)) and "인지도" in " ".join(told_popularity("ko", found))


def test_its_line_is_that_of_logistic_regression():
    known, closed, _ = asked_by_popularity()
    logs = np.log10(known)
    steps = (logs - logs.mean()) / logs.std()
    usual = LogisticRegression(C=1e9).fit(steps[:, None], closed)
    (level, slope), = log_odds(steps, np.asarray(closed, float), np.ones((1, 400)))
    assert (level, slope) == pytest.approx((usual.intercept_[0], usual.coef_[0, 0]), abs=0.02)


def test_lines_that_do_not_meet_are_said_not_to():
    known, _, rag = asked_by_popularity()
    nothing = [False] * 400
    always, never = popularity(known, nothing, rag, range(400)), popularity(known, rag, nothing, range(400))
    assert (always.crossing.value, always.crossing.why) == (None, "always") and always.limit is None and always.gain.value == 0
    assert (never.crossing.value, never.crossing.why) == (None, "never") and never.read.value < 0.1 and never.gain.low > 0.1
    assert "at no popularity" in " ".join(told_popularity("en", never))


def test_few_or_equally_known_things_have_no_curve():
    assert popularity([10.0 ** (place % 5) for place in range(29)], [True] * 29, [True] * 29, range(29)) is None
    assert popularity([7.0] * 50, [True] * 50, [True] * 50, range(50)) is None
