"""The size of model that knows as much alone, on lines that are known."""

import math

import pytest

from workbench.measure.curves import effective_size
from workbench.measure.telling import effective_size as told


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
