"""The Documents tab without a browser: its HTML, and its wires through the real client."""

from dataclasses import replace
from itertools import pairwise

import pytest
from gradio_client import Client, handle_file

from workbench import ingest as verb
from workbench.nouns import Chunk, Document, FileReport, Hit, Progress, Remark
from workbench.startup import Startup
from workbench.ui import document_views
from workbench.ui.document_views import ROWS, SHEET, Sight
from workbench.ui.documents_tab import distinct
from workbench.ui.page import build_app

EVIL = "<img src=x onerror=alert(1)>"
READY = FileReport("a.pdf", "ready", (), 7, 3, 1, 4, 1_234_567, 321, 2.5, ("pdf",), ("en",))


def made(text="One two three.", **more) -> Document:
    return Document("id", "Title", text, "a.txt", "txt", **more)


@pytest.mark.parametrize("state", ["received", "parsed", "embedded", "ready", "duplicate", "failed", "deleting"])
def test_every_state_is_said_in_words_in_both_languages(state):
    english, korean = (document_views.files(lang, [replace(READY, state=state)]) for lang in ("en", "ko"))
    assert f'class="wb-state wb-{state}"' in english and f'class="wb-state wb-{state}"' in korean
    assert document_views.say("en", f"state.{state}") in english and document_views.say("ko", f"state.{state}") in korean


def test_a_row_says_all_there_is_to_say():
    row = document_views.files("en", [READY])
    for said in ("a.pdf", "ready", "pdf", ">1<", ">4<", ">7<", ">321<", "1.2 MB", "2.5", 'data-look="3"', 'data-delete="3"'):
        assert said in row, said
    assert "data-retry" not in row
    failed = replace(READY, state="failed", remarks=(Remark("read_empty", {"name": "a.pdf"}),))
    assert "the file is empty" in document_views.files("en", [failed]) and "data-retry" in document_views.files("en", [failed])
    assert "data-retry" not in document_views.files("en", [replace(failed, size=0)])  # its bytes were not even taken
    twin = replace(READY, state="duplicate", remarks=(Remark("duplicate", {"of": "b.pdf"}),))
    assert "b.pdf" in document_views.files("en", [twin])
    stopped = replace(READY, state="parsed", remarks=(Remark("stopped", {}),))
    assert "data-retry" in document_views.files("en", [stopped])
    at_work = document_views.files("en", [stopped], None, Progress("a.pdf", "embedding", 0, 1, share=0.25))
    assert "embedding 25 %" in at_work and "data-retry" not in at_work


def test_ten_thousand_files_are_shown_a_page_at_a_time():
    reports = [replace(READY, name=f"{number:05}.txt", id=number) for number in range(10_000)]
    first = document_views.files("en", reports)
    assert first.count("<tr>") == ROWS + 1 and len(first) < 100_000 and "1 of 200" in first
    assert "09999.txt" in document_views.files("en", reports, Sight(page=10**9)) and "10,000 files, 70,000 passages" in first
    assert "1 shown" in document_views.files("en", reports, Sight("04711"))


@pytest.mark.parametrize(("sight", "names"), [
    (Sight("A.p"), ["a.pdf"]), (Sight(state="failed"), ["b.docx"]), (Sight(kind="docx"), ["b.docx"]),
    (Sight(spoken="en"), ["a.pdf"]), (Sight(spoken="ko"), []), (Sight(), ["a.pdf", "b.docx"])])
def test_files_are_chosen_by_name_state_type_and_language(sight, names):
    reports = [READY, FileReport("b.docx", "failed", (), 0, 4)]
    table = document_views.files("en", reports, sight)
    assert [name for name in ("a.pdf", "b.docx") if f">{name}<" in table] == names
    assert names or "No file is like this" in table


def test_nothing_of_a_file_becomes_markup():
    document = replace(made(EVIL, pages=(0,), date=EVIL), title=EVIL, source=EVIL, kind=EVIL)
    every = document_views.sheets([document])
    chunk = Chunk("c", "id", 0, len(EVIL), EVIL)
    shown = document_views.look("en", EVIL, every, 0, {"id": [(1, chunk, 9)]}, {"id": [EVIL]}, {"id": EVIL})
    hit = Hit(chunk, EVIL, EVIL, 1, 0, 0, 0)
    shown += document_views.source("ko", document, hit, (0, 4), [EVIL])
    shown += document_views.finished("en", [FileReport(EVIL, "duplicate", (Remark("duplicate", {"of": EVIL}),), 0)])
    shown += document_views.files("en", [replace(READY, name=EVIL, kinds=(EVIL,))])
    shown += document_views.progress("en", Progress(EVIL, "reading", 0, 1), 0)
    assert "<img" not in shown and "&lt;img" in shown


def test_every_letter_of_a_file_is_on_exactly_one_sheet():
    text = "".join(f"line {number} of a long page\n" for number in range(5000)) + "x" * 25_000
    document = made(text, pages=(0, 5, 60_000))
    every = document_views.sheets([document, replace(made("short"), id="other")])
    flat = [each for sheet in every for each in sheet]
    assert "".join(text[each.start : each.end] for each in flat if each.document.id == "id") == text
    assert all(one.end == two.start for one, two in pairwise(flat[:-1]))
    assert [each.page for each in flat if each.page] == [1, 2, 3]
    assert all(sum(each.end - each.start for each in sheet) <= SHEET for sheet in every)


def test_a_page_shows_its_passages_in_turn_its_asides_and_its_attachments():
    mail = made("Hello Ben.\n> Hello Anna.", asides=((11, 24),), date="2025-03-03")
    terms = replace(made("Thirty days."), id="terms", title="Terms", parent="id")
    cut = [(1, Chunk("a", "id", 0, 11, ""), 3), (2, Chunk("b", "id", 6, 24, ""), 5)]
    shown = document_views.look(
        "en", "mail.eml", document_views.sheets([terms, mail]), 0, {"id": cut}, {"id": ["copy.eml"]}, {"terms": "Other terms"})
    assert '<span class="wb-chunk wb-odd">Hello </span>' in shown
    assert '<span class="wb-chunk wb-even wb-lap">Ben.\n</span>' in shown
    assert '<span class="wb-chunk wb-even wb-aside">&gt; Hello Anna.</span>' in shown
    assert '<a href="#wb-doc-terms">Terms</a>' in shown and 'Attached to <a href="#wb-doc-id">Title</a>' in shown
    assert shown.index('id="wb-doc-id"') < shown.index('id="wb-doc-terms"')
    for said in ("passage 2 · 5 tokens", "2025-03-03", "copy.eml", "“Other terms” stands for it"):
        assert said in shown, said


def test_a_citation_shows_its_page_and_the_ones_beside_it():
    pages = [f"Page {number} speaks of item {number}. " for number in range(1, 8)]
    text = "".join(pages)
    starts = tuple(sum(map(len, pages[:number])) for number in range(7))
    start = starts[3]
    hit = Hit(Chunk("c", "id", start, start + 20, text[start : start + 20]), "Title", "a.pdf", 4, 0, 0, 0)
    shown = document_views.source("en", made(text, pages=starts), hit, (start, start + 6), ["b.pdf"])
    assert "item 3" in shown and "item 5" in shown and "item 2" not in shown and "item 6" not in shown
    assert "<strong>Page 4</strong>" in shown and "p. 5</small>Page 5" in shown and "b.pdf" in shown


def test_uploads_of_one_name_keep_apart(tmp_path):
    paths = [tmp_path / folder / "x.txt" for folder in "abc"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(path.parent.name)
    found = distinct([*paths, paths[0]])
    assert [path.name for path in found] == ["x.txt", "x (2).txt", "x (3).txt"]
    assert [path.read_text() for path in found] == ["a", "b", "c"]


@pytest.fixture
def client(bench):
    """The app over an empty bench."""
    app = build_app(bench, Startup(bench))
    _, url, _ = app.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, run_history=False)
    yield Client(url, verbose=False)
    app.close()


def test_in_by_the_wire_waiting_and_on_again(client, bench, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"The {name} says that the bell rings at noon.")
    files = [handle_file(str(tmp_path / name)) for name in ("one.txt", "two.txt")]
    progress, table, *_ = client.predict(corpus="wire", files=files, lang="en", api_name="/ingest")
    assert "ready 2" in progress and table.count("wb-ready") == 2
    progress, table, *_ = client.predict(corpus="wire", files=files[:1], lang="ko", api_name="/ingest")
    assert "이미 있음 1" in progress and "one.txt" in progress and table.count("wb-ready") == 2
    progress, table, *_ = client.predict(
        corpus="wire", words="The kettle is on the third floor.", name="Kettle", lang="en", api_name="/ingest_text")
    assert "Kettle.txt" in table
    progress, *_ = client.predict(corpus="wire", words=" ", lang="en", api_name="/ingest_text")
    assert "There is no text" in progress
    bench.store.receive("wire", "three.txt", b"The third waits for its turn.")
    assert len(verb.unfinished(bench, "wire")) == 1
    progress, table, *_ = client.predict(corpus="wire", lang="en", api_name="/go_on")
    assert not verb.unfinished(bench, "wire") and "three.txt" in table and "ready 1" in progress


def test_a_failed_version_is_deleted_without_the_one_that_is_in(bench, tmp_path):
    path = tmp_path / "a.txt"
    for data in (b"The first version is fine.", b""):
        path.write_bytes(data)
        list(verb.ingest(bench, [path], "two"))
    failed = next(report for report in bench.store.files("two") if report.state == "failed")
    verb.delete(bench, "two", "a.txt", failed.id)
    assert [report.state for report in bench.store.files("two")] == ["ready"]


def test_a_corpus_goes_out_and_comes_back_in_by_the_wire(client, bench, tmp_path):
    (tmp_path / "a.txt").write_text("The bell rings at noon.")
    list(verb.ingest(bench, [tmp_path / "a.txt"], "bells"))
    progress, parcel = client.predict("bells", "en", api_name="/export")
    assert "bells is packed" in progress
    verb.delete_corpus(bench, "bells")
    progress, *_ = client.predict(archive=handle_file(parcel["value"]), corpus="", lang="en", api_name="/import")
    assert "ready 1" in progress and "Imported as “bells”" in progress
    assert [report.name for report in bench.store.files("bells")] == ["a.txt"]
    progress, _ = client.predict("nowhere", "ko", api_name="/export")
    assert "모음이 없습니다" in progress
    progress, *_ = client.predict(archive=handle_file(str(tmp_path / "a.txt")), corpus="", lang="en", api_name="/import")
    assert "wb-notice" in progress
