"""The numbers every developer should know, taken small."""

import pytest

from workbench import kept, numbers
from workbench.nouns.models import Figures


@pytest.fixture
def brief(monkeypatch):
    for name, value in (("RUNS", 1), ("TOGETHER", 2), ("WRITTEN", 4), ("QUESTIONS", 2), ("REPLY", 8), ("DOCUMENTS", 3)):
        monkeypatch.setattr(numbers, name, value)


def test_the_figures_are_of_this_model_and_these_documents(samples, brief):
    steps = list(numbers.figures(samples, "", "saebyeok-foods"))
    assert [done for done, _, _ in steps] == [1, 2, 3, 4, 5, 5]
    found = steps[-1][2]
    assert found.token_bytes == 2 * 2 * 30 * 3 * 64 and found.parameters == 134_515_008
    assert 1.0 < found.file_bytes < 1.1 and found.memory_bytes > found.file_bytes
    assert found.words["ko"].value > 4 and found.words["ko"].n > 10 and not found.words["ko"].why  # Hangul is spelled in bytes
    assert found.words["en"].value < 2 and found.words["en"].why == "sample"  # the corpus holds no English
    assert found.finding.n == 2 and found.finding.value > 0 and found.embedding.value > 0
    assert found.batching.n == 1 and found.batching.value > 0 and found.together == 2
    assert found.concise.n == found.concise_gain.n == 2 and -1 <= found.concise_gain.value <= 1
    assert kept.kept(samples, "", "numbers", Figures) == found
