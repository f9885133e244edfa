"""What Hangul files, web pages, Markdown and text can do to their readers: each keeps its promise, in seconds."""

import time

import pytest

from tests.bad_inputs import Case, hangul
from workbench.errors import CannotRead
from workbench.reading import read
from workbench.words import tell

SECONDS = 20  # a case may take; a computer that is busy with other things takes twice as long


@pytest.mark.parametrize("case", hangul.CASES, ids=lambda case: f"{case.number}-{case.name}")
def test_a_bad_input_keeps_its_promise(case: Case):
    data = case.make()
    began = time.monotonic()
    try:
        documents, remarks = read(data, case.name, "corpus")
        kept = "warned" if remarks else "read"
        text = "\n".join(document.text for document in documents)
    except CannotRead as error:
        kept, text, remarks = "refused", "", (error.remark,)
    assert time.monotonic() - began < SECONDS
    codes = [remark.code for remark in remarks]
    assert kept in case.promises, (kept, codes, text[:100])
    assert kept == "read" or not case.codes or set(codes) & set(case.codes), codes
    for lang in ("en", "ko"):
        for remark in remarks:
            sentence = tell(lang, remark)
            assert "\n" not in sentence and len(sentence) < 350
    assert all(words in text for words in case.holds) or kept == "refused"
    assert not any(words in text for words in case.lacks)
