"""What rows of feedback are counted, weighed and named with: intervals, periods, feelings and terms, by known answers."""

import numpy as np
import pytest
from scipy.stats import binomtest

from tests.test_feedback import NOBODY
from workbench.feedback import labels
from workbench.feedback.figures import difference, figures, mean, periods, wilson
from workbench.feedback.sentiment import feelings, weight
from workbench.feedback.summary import summary
from workbench.feedback.terms import terms
from workbench.nouns.feedback import Chosen, Feedback, Found, Row, Sorting, Theme, Unit


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (5, 5), (23, 140), (1, 1), (300, 10_000)])
def test_wilson(hits, n):
    known = binomtest(hits, n).proportion_ci(method="wilson")
    assert (wilson(hits, n).low, wilson(hits, n).high) == pytest.approx((known.low, known.high), abs=1e-9)
    assert wilson(hits, n).value == hits / n and wilson(0, 0).value is None


def test_newcombe_and_means():
    change = difference((56, 70), (48, 80), 0.95)  # the worked example of Newcombe 1998, turned round
    assert (change.value, change.low, change.high) == pytest.approx((-0.2, -0.3339, -0.0524), abs=1e-4)
    few = mean([1, 5, 5], (1, 5))
    assert few.method == "wilson" and few.value == pytest.approx(11 / 3) and 1 <= few.low < few.value < few.high <= 5
    many = mean([1.0, 5.0] * 200, (1, 5))
    assert many.method == "bootstrap" and many.low == pytest.approx(3 - 1.96 * 2 / 20, abs=0.03) and mean([], (1, 5)).value is None


def test_periods_of_a_span():
    assert periods([]) == [] and periods(["2026-01-07"]) == ["2026-01-05"]
    assert periods(["2026-01-07", "2026-01-20"]) == ["2026-01-05", "2026-01-12", "2026-01-19"]
    assert periods(["2025-11-30", "2026-08-01"])[:3] == ["2025-11-01", "2025-12-01", "2026-01-01"]
    assert periods(["2001-05-05", "2026-08-01"])[0] == "2001-01-01" and len(periods(["2001-05-05", "2026-08-01"])) == 26


def test_what_rises_is_told_with_both_shares():
    rows = tuple(Row(place, "late" if late else "fine", "en", day=f"2026-{1 + place // 50:02}-{1 + place % 28:02}")
                 for place in range(200) for late in [place % 5 == 0 if place < 100 else place % 2 == 0])
    units = tuple(Unit(place, 0, len(row.text), 1.0, "neutral") for place, row in enumerate(rows))
    sorting = Sorting((Theme(1, "en", "Late", ("late",)),), tuple(int(row.text == "late") for row in rows))
    feedback = Feedback("x", Chosen("text"), rows, units, (Found("en", "TF-IDF", "agglomerative", (), NOBODY),))
    (section,) = figures(feedback, sorting).sections
    shift = section.themes[0].shift
    assert (shift.before.value, shift.after.value) == (0.2, 0.5) and shift.change.low > 0
    assert "“Late” rose from 20 % [13–29] of the earlier half of the rows to 50 % [40–60]" in summary("en", feedback, figures(feedback, sorting))
    assert section.periods[:2] == ("2025-12-29", "2026-01-05")


def test_feelings_in_both_languages():
    english = ["The staff was friendly", "It broke after a week", "not good at all", "no problems so far", "I would not recommend it", "It is a box"]
    assert [np.sign(weight(text, "en")) for text in english] == [1, -1, -1, 1, -1, 0]
    korean = ["정말 좋아요", "배송이 늦어서 실망했어요", "안 좋아요", "냄새가 안 나요", "추천하지 않아요", "상자입니다", "불만족스러워요", "문제 없이 잘 써요"]
    assert [np.sign(weight(text, "ko")) for text in korean] == [1, -1, -1, 1, -1, 0, -1, 1]
    vectors = np.zeros((len(english), 3), np.float32)
    assert feelings(english, "en", vectors) == ["positive", "negative", "negative", "positive", "negative", "neutral"]
    assert feelings(["좋아요"], "other", vectors[:1]) == ["neutral"]


def test_what_the_lexicon_leaves_open_is_learned_from_its_neighbors():
    texts = ["It is great"] * 30 + ["It is terrible"] * 30 + ["zzz qqq", "yyy xxx", "qqq yyy"]
    vectors = np.zeros((63, 2), np.float32)
    vectors[:30, 0] = vectors[60, 0] = 1
    vectors[30:60, 1] = vectors[61, 1] = 1
    assert feelings(texts, "en", vectors)[60:] == ["positive", "negative", "neutral"]


def test_terms_are_words_and_not_pieces():
    texts = ["배송이 늦었어요", "배송은 늦네요", "배송 추천합니다", "상담원을 추천해요", "상담원이 불친절합니다"]
    (late, late_too, parcel, agent, rude) = terms(texts, "ko")
    assert [term.shown for term in late if term] == ["배송", "늦었어요"] and late[1].key == late_too[1].key
    assert parcel[1].key == agent[1].key == "추천" and rude[1].shown == "불친절" and agent[0].shown == "상담원"
    (refund, refunded) = terms(["The refunds were late", "They refunded me"], "en")
    assert next(term.key for term in refund if term) == next(term.key for term in refunded if term)
    told = labels.labels(terms(texts, "ko"), [0, 0, 0, 1, 1])
    assert told[0][0] == "배송" and told[1][0] == "상담원"
