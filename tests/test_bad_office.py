"""Office files that hurt are text or one sentence, within the time and memory that reading has."""

import multiprocessing
import resource
from itertools import chain

import pytest

from tests.bad_inputs import Case, pdf
from workbench.errors import CannotRead
from workbench.reading import read
from workbench.words import tell

SECONDS, BYTES = 60, 1_500_000_000
CASES = list(chain(pdf.CASES))


def outcome(case: Case, answer) -> None:
    """What is promised and what came: the promise kept, the codes, the text."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        documents, remarks = read(case.make(), case.name, "corpus")
        promise = "warned" if remarks else "read"
        text = "\n".join(document.text for document in documents)
    except CannotRead as error:
        promise, remarks, text = "refused", (error.remark,), ""
    except MemoryError:
        promise, remarks, text = "refused", (CannotRead("read_damaged", name=case.name, why="memory").remark,), ""
        answer.send((promise, {"read_memory"}, [], [], []))
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
