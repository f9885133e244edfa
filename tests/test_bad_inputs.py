"""Files that hurt, through the whole way in: each is refused in one sentence, or in with a remark, or in as it is, within a
minute and 200 MB, and no other file notices."""

import time
from pathlib import Path

import pytest

from tests.bad_inputs import Case, docx, hangul, mail, pdf, table, text
from tests.stand_in import StandInEmbedder
from workbench.bench import Bench, Settings
from workbench.ingest import ingest
from workbench.nouns import FileReport
from workbench.search import search
from workbench.words import tell

CASES = (*pdf.CASES, *docx.CASES, *mail.CASES, *table.CASES, *text.CASES, *hangul.CASES)
SECONDS, MEMORY = 60, 200_000_000


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Bench:
    """A bench with one good file, as it has to stay."""
    folder = tmp_path_factory.mktemp("bad")
    bench = Bench(Settings(folder / "home"), writing=True)
    bench.opened_embedder = StandInEmbedder()
    (folder / "good.txt").write_text("The deposit is 150 dollars.")
    assert [report.state for report in reports(bench, folder / "good.txt")] == ["ready"]
    yield bench
    bench.close()


def reports(bench: Bench, path: Path, corpus: str = "good") -> list[FileReport]:
    """What became of a file, or of those in an archive."""
    return [step.report for step in ingest(bench, [path], corpus) if step.report]


def memory(name: str) -> int:
    """Bytes this process holds (VmRSS) or held at most (VmHWM) since it was last asked for the former."""
    if name == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_a_bad_file_keeps_its_promise(office, tmp_path, case: Case):
    path = tmp_path / case.name
    path.write_bytes(case.make())
    before, began = memory("VmRSS"), time.process_time()
    told = reports(office, path, "bad")
    assert time.process_time() - began < SECONDS  # besides those that the reader allows itself
    assert memory("VmHWM") - before < MEMORY
    documents = [each for report in told if report.state == "ready" for each in office.store.documents("bad", report.name)]
    words = "\n".join(document.text for document in documents)
    remarks = [remark for report in told for remark in report.remarks]
    kept = "warned" if documents and remarks else "read" if documents else "refused"
    assert kept in case.promises, remarks
    assert kept == "read" or not case.codes or {remark.code for remark in remarks} & set(case.codes), remarks
    assert kept == "refused" or all(each in words for each in case.holds)
    assert not any(each in words for each in case.lacks)
    for lang in ("en", "ko"):
        assert all("\n" not in (sentence := tell(lang, remark)) and len(sentence) < 400 for remark in remarks)
    assert all("/" not in document.title and ".." not in document.title for document in documents)
    for report in told:
        office.store.delete_files("bad", report.name)
    assert [report.state for report in office.store.files("good")] == ["ready"]
    assert search(office, "How much is the deposit?", "good").hits
