"""Every mail that hurts is refused in one sentence, or read with a remark on what was lost, or read whole."""

import time

import pytest

from tests.bad_inputs import Case
from tests.bad_inputs.mail import CASES
from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import archive, read
from workbench.words import tell


def outcome(case: Case) -> tuple[str, list[Remark]]:
    """The text that a file gave and what was said of it; an archive's files are files of their own."""
    data = case.make()
    files = archive.members(data, case.name) if case.name.endswith(".zip") else [(case.name, data)]
    text, remarks = "", []
    try:
        for name, content in files:
            if isinstance(content, CannotRead):
                raise content
            documents, said = read(content, name, "corpus")
            assert all("/" not in document.title and ".." not in document.title for document in documents)
            text += "\n".join(document.text for document in documents)
            remarks += said
    except CannotRead as error:
        remarks.append(error.remark)
    return text, remarks


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_the_promise(case):
    start = time.perf_counter()
    text, remarks = outcome(case)
    assert time.perf_counter() - start < 20
    assert ("read" if text and not remarks else "warned" if text else "refused") in case.promises, remarks
    assert not case.codes or {remark.code for remark in remarks} & set(case.codes), remarks
    for lang in ("en", "ko"):
        assert all("\n" not in (sentence := tell(lang, remark)) and len(sentence) < 400 for remark in remarks)
    assert all(each in text for each in case.holds) and not any(each in text for each in case.lacks)
