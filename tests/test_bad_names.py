"""File names that hurt, from the disk to the table: one document each, nothing outside, nothing that runs."""

import os
from unicodedata import normalize

from workbench import ingest as verb
from workbench.nouns import Chunk, FileReport, Hit
from workbench.search import search
from workbench.ui import document_views, views


def take_in(bench, *paths):
    return [step.report for step in verb.ingest(bench, paths, "notes") if step.report]


def test_bad_names_come_in_under_good_ones(bench, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    names = ("C:\\Windows\\x.txt", "CON.txt. .", "two\nlines.txt", "invoice\u202efdp.txt", "<img src=x onerror=alert(1)>.txt",
             f"{'긴' * 80}.txt")
    for number, name in enumerate(names):
        (folder / name).write_text(f"Note number {number}.")
    (tmp_path / "..\\..\\evil.txt").write_text("Note of an evil.")
    reports = take_in(bench, folder, tmp_path / "..\\..\\evil.txt")
    assert {report.state for report in reports} == {"ready"}
    assert {report.name for report in reports} == {
        "Windows/x.txt", "CON.txt", "two lines.txt", "invoicefdp.txt", "<img src=x onerror=alert(1)>.txt", f"{'긴' * 80}.txt",
        "evil.txt"}
    assert sorted(os.listdir(tmp_path)) == ["..\\..\\evil.txt", "folder", "home"]
    table = document_views.files("en", bench.store.files("notes"))
    assert "<img" not in table and "&lt;img" in table


def test_a_name_in_pieces_and_one_composed_are_one_document(bench, tmp_path):
    (tmp_path / "mac").mkdir()
    (tmp_path / "windows").mkdir()
    (tmp_path / "mac" / normalize("NFD", "회의록.txt")).write_text("예산은 9만 원.")
    (tmp_path / "windows" / "회의록.txt").write_text("예산은 9만 원.")
    assert [report.state for report in take_in(bench, tmp_path / "mac")] == ["ready"]
    report, = take_in(bench, tmp_path / "windows")
    assert (report.name, report.state) == ("회의록.txt", "duplicate")
    assert [row.name for row in bench.store.files("notes")] == ["회의록.txt"]


def test_the_same_bytes_under_two_names_are_stored_once_and_both_names_are_told(bench, tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("The rent is 900 dollars.")
    first, second = take_in(bench, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (first.name, first.state, second.name, second.state) == ("a.txt", "ready", "b.txt", "duplicate")
    assert second.remarks[0].facts == {"of": "a.txt"} and len(search(bench, "rent", "notes").hits) == 1


def test_two_names_that_are_shown_alike_stay_two_files(bench, tmp_path):
    (tmp_path / "a\u202e.txt").write_text("One.")
    (tmp_path / "a.txt").write_text("Two.")
    reports = take_in(bench, tmp_path / "a\u202e.txt", tmp_path / "a.txt")
    assert [report.state for report in reports] == ["ready", "ready"]
    assert reports[0].name == "a.txt" and reports[1].name == f"{tmp_path.name}/a.txt"


def test_a_name_of_markup_is_inert_in_a_citation():
    name = '<img src=x onerror="alert(1)">.txt'
    hit = Hit(Chunk("1", "2", 0, 5, "words"), name, name, None, 0.0, 0.0, 0.0)
    chip = views.chip("en", 0, hit)
    assert "<img" not in chip and 'onerror="' not in chip
    assert "<img" not in document_views.files("ko", [FileReport(name, "failed", (), 0)])
