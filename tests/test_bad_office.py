"""Office files that hurt are text or one sentence, within the time and memory that reading has."""

import importlib
import multiprocessing
import resource

import pytest

from tests.bad_inputs import Case, docx, pdf, table
from workbench.errors import CannotRead
from workbench.reading import read
from workbench.words import tell

SECONDS, BYTES = 60, 1_500_000_000
CASES = (*pdf.CASES, *docx.CASES, *table.CASES)
for library in ("docx", "openpyxl", "pptx", "pypdf"):  # once, before the children fork
    importlib.import_module(library)


def outcome(case: Case, answer) -> None:
    """What came of a file: the kind of promise, the codes, their sentences, the text missing and the text that is too much."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    text = ""
    try:
        documents, remarks = read(case.make(), case.name, "corpus")
        text = "\n".join(document.text for document in documents)
        promise = "warned" if remarks else "read"
    except CannotRead as error:
        promise, remarks = "refused", (error.remark,)
    except MemoryError:
        answer.send(("refused", {"read_memory"}, [], [], []))
        return
    answer.send((
        promise, {remark.code for remark in remarks}, [tell(lang, remark) for remark in remarks for lang in ("en", "ko")],
        [words for words in case.holds if words not in text], [words for words in case.lacks if words in text]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_a_bad_file_keeps_its_promise(case):
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=outcome, args=(case, sending))
    process.start()
    sending.close()
    try:
        assert receiving.poll(SECONDS), "too slow"
        promise, codes, sentences, missing, present = receiving.recv()
    finally:
        process.kill()
        process.join()
    assert promise in case.promises and not missing and not present, (promise, codes, sentences, missing, present)
    assert promise == "read" or not case.codes or codes & set(case.codes), (codes, sentences)
    assert all("\n" not in sentence and len(sentence) < 400 for sentence in sentences)
