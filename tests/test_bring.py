"""Documents and questions come into a corpus together, and each question knows where it is answered."""

import json
import threading
from dataclasses import replace

import pytest

from tests.stand_in import StandInEmbedder
from tests.test_question_formats import PARAGRAPH, beir_folder, qa, squad_file, table
from workbench import questions
from workbench.bench import Bench, Settings
from workbench.cli import main
from workbench.errors import BadRequest, NoSuchCorpus
from workbench.ingest import delete, go_on, ingest, ingest_text
from workbench.measure import bring, formats, review
from workbench.measure.coverage import covered
from workbench.nouns import Question, Span
from workbench.nouns.questions import Bundle
from workbench.search import search

FEES = "# Fees\n\nThe loan machine costs 150 dollars. " + "It is lent for four days and no longer than that. " * 40 + "The late fee is 12 dollars."


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An empty bench with a stand-in for the embedder, which the command line gets too."""
    monkeypatch.setattr(Bench, "embedder", property(lambda bench: StandInEmbedder()))
    monkeypatch.setattr(Bench, "embedder_name", StandInEmbedder.name)
    bench = Bench(Settings(tmp_path / "home"), writing=True)
    yield bench
    bench.close()


def brought(bench, path, form, corpus="office", **options):
    bundle = formats.load(path, form)
    reports = [step.report for step in bring.bring(bench, corpus, bundle, **options) if step.report]
    return bundle, reports, bring.settle(bench, corpus, bundle.questions)


def asked(file="ko.txt", start=7, text="27개월", **more):
    return Question("1", "보증 기간은?", (text,), "number", (Span(file, start, start + len(text), text),), (), "ko", gold_documents=(file,), **more)


def test_paragraphs_and_their_questions_come_in_as_files_that_are_found(office, tmp_path):
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa()]), ("배송은 이틀 걸린다.", [qa("2", "이틀", 4)]))
    bundle, reports, found = brought(office, path, "squad")
    assert [(each.name, each.state, each.chunks) for each in reports] == [("보증 안내 (1).txt", "ready", 1), ("보증 안내 (2).txt", "ready", 1)]
    assert questions.questions(office, "office") == list(bundle.questions)
    assert [each.gold_text for each in found.questions] == [PARAGRAPH, "배송은 이틀 걸린다."] and not found.uncovered
    documents = {each.source: each for each in office.store.documents("office")}
    for question in found.questions:
        for span in question.evidence:
            assert documents[span.document].text[span.start : span.end] == span.text
    assert search(office, "보증 기간은 27개월?", "office").hits[0].source == "보증 안내 (1).txt"
    assert [each.state for each in brought(office, path, "squad")[1]] == ["duplicate", "duplicate"]


def test_what_a_person_did_to_a_question_stays_when_it_comes_again(office, tmp_path, capsys):
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa(), qa("2"), qa("3")]), ("배송은 이틀 걸린다.", [qa("4", "이틀", 4)]))
    brought(office, path, "squad")
    review.put(office, "office", ["2", "3"], "dropped")
    review.edit(office, "office", "4", "배송은 며칠 걸리나요?")
    before = questions.reviewed(office, "office")
    brought(office, path, "squad")
    assert [replace(each, changed=0) for each in questions.reviewed(office, "office")] == [replace(each, changed=0) for each in before]
    squad_file(path, (PARAGRAPH, [qa(), qa("2") | {"question": "보증은 언제까지인가?"}, qa("3")]))
    bundle, _, _ = brought(office, path, "squad")
    assert [each.state for each in questions.reviewed(office, "office")] == ["accepted", "accepted", "dropped", "accepted"], "it is another question now"
    assert bring.stayed(office, "office", bundle.questions) == 1
    office.close()
    assert main(["corpora", "import", str(path), "--format", "squad", "--corpus", "office", "--home", str(tmp_path / "home")]) == 0
    assert "1 questions stay as they were left here" in capsys.readouterr().out


def test_documents_that_are_not_there_are_an_error(office, tmp_path, capsys):
    office.close()
    path = table(tmp_path / "q.csv", ("question", "answer"), ("a?", "b"))
    command = ["corpora", "import", str(path), "--format", "csv", "--corpus", "office", "--home", str(tmp_path / "home")]
    assert main([*command, "--documents", str(tmp_path / "nowhere.txt")]) == 1
    out, err = capsys.readouterr()
    assert "office: 1 question, 0 documents." in out and "nowhere.txt" in out and err.count("\n") == 1
    assert main([*command, "--json"]) == 0 and json.loads(capsys.readouterr().out)["questions"] == 1


def test_a_bad_file_leaves_nothing_behind(office, tmp_path):
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa()]), (" ", [qa("2")]))
    with pytest.raises(BadRequest):
        brought(office, path, "squad")
    assert office.store.names() == []
    with pytest.raises(BadRequest, match="cannot name a corpus"):
        brought(office, squad_file(path, (PARAGRAPH, [qa()])), "squad", corpus="a/b")
    assert office.store.names() == []


def test_an_import_that_was_stopped_goes_on_like_any_ingest(office, tmp_path):
    path = squad_file(tmp_path / "dev.json", *((f"{PARAGRAPH} {number}.", [qa(f"{number}")]) for number in range(70)))
    halt = threading.Event()
    halt.set()
    _, reports, found = brought(office, path, "squad", halt=halt)
    assert not reports and len(found.uncovered) == 70 and len(questions.questions(office, "office")) == 70
    assert [step.report.state for step in go_on(office) if step.report] == ["ready"] * 70
    assert len(covered(office, "office", questions.questions(office, "office")).questions) == 70


def test_neither_another_question_nor_another_file_is_overwritten(office, tmp_path):
    list(ingest_text(office, "Something else.", "보증 안내", "office"))
    with pytest.raises(BadRequest, match="another file called 보증 안내"):
        brought(office, squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa()])), "squad")
    assert questions.questions(office, "office") == []
    questions.keep(office, "office", [asked(source="mine")])
    other = squad_file(tmp_path / "dev.json", ("다른 글이다.", [{"id": "1", "question": "무엇이 다른가?", "answers": [{"text": "글", "answer_start": 3}]}]), title="다른")
    with pytest.raises(BadRequest, match="another question with the id 1"):
        brought(office, other, "squad")
    assert questions.questions(office, "office") == [asked(source="mine")] and len(office.store.files("office")) == 1


def test_lines_about_documents_that_are_there_are_placed_in_them(office, tmp_path):
    list(ingest_text(office, PARAGRAPH, "ko", "office"))
    lines = [
        {"id": "1", "question": "보증 기간은?", "answers": ["27개월"], "gold_spans": [{"doc": "ko.txt", "start": 3, "end": 7, "text": "27개월"}]},
        {"id": "2", "question": "소모품은?", "answers": ["6개월"], "gold_spans": [{"doc": "ko.txt", "start": 7, "end": 11}]},
        {"id": "3", "question": "배송은?", "answers": ["이틀"], "gold_docs": ["배송.pdf"], "gold_text": "배송은  이틀 걸린다.",
         "gold_spans": [{"doc": "배송.pdf", "start": 90, "end": 92, "text": "이틀"}]},
        {"id": "4", "question": "누가 보증하나?", "answers": ["김"], "gold_docs": ["없음.md"]},
        {"id": "5", "question": "환불은?", "answers": ["사흘"], "gold_docs": ["ko.txt"], "gold_spans": [{"doc": "ko.txt", "start": 0, "end": 2, "text": "사흘"}]}]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    _, reports, found = brought(office, tmp_path / "q.jsonl", "jsonl")
    assert [each.name for each in reports] == ["배송.pdf.txt"]
    assert ([each.id for each in found.questions], [each.id for each in found.uncovered]) == (["1", "2", "3", "5"], ["4"])
    assert (found.repaired, found.lost) == (("1",), ("5",))
    assert found.questions[1].evidence[0].text == "27개월", "a span without words says what stands there"
    kept = {each.id: each for each in questions.questions(office, "office")}
    assert kept["1"].evidence == (Span("ko.txt", 7, 11, "27개월"),) and kept["1"].gold_text == ""
    assert kept["3"].evidence == (Span("배송.pdf.txt", 5, 7, "이틀"),) and kept["3"].gold_documents == ("배송.pdf.txt",)
    again = brought(office, tmp_path / "q.jsonl", "jsonl")
    assert again[2].repaired == ("1",) and len(questions.questions(office, "office")) == 5


def test_a_file_whose_text_another_one_holds_is_found_under_that(office):
    list(ingest_text(office, PARAGRAPH, "first", "office"))
    list(ingest_text(office, PARAGRAPH, "second", "office"))
    question = asked("second.txt", judgments=(("second.txt", 2), ("first.txt", 1)))
    found = covered(office, "office", [question]).questions[0]
    assert (found.gold_documents, found.judgments) == (("first.txt",), (("first.txt", 2),))
    assert found.evidence == (Span("first.txt", 7, 11, "27개월"),) and found.gold_text == PARAGRAPH
    delete(office, "office", "first.txt")
    assert covered(office, "office", [question]).questions[0].gold_documents == ("second.txt",)
    delete(office, "office", "second.txt")
    assert covered(office, "office", [question]).uncovered == (question,)
    with pytest.raises(NoSuchCorpus):
        covered(office, "nothing", [question])


def test_an_oracle_reads_the_passage_that_holds_the_evidence(office):
    list(ingest_text(office, FEES, "fees", "office"))
    text = office.store.documents("office")[0].text
    start = text.index("12 dollars")
    question = Question("1", "How much is the late fee?", ("12 dollars",), "number", (Span("fees.txt", start, start + 10, "12 dollars"),), (), "en")
    bare = Question("2", "How much is the loan machine?", ("150 dollars",), "number", (), (), "en", gold_documents=("fees.txt",))
    given = Question("3", "How much?", ("9",), "number", (), (), "en", gold_documents=("fees.txt",), gold_text="Given.")
    late, loan, own = covered(office, "office", [question, bare, given]).questions
    assert "late fee is 12 dollars" in late.gold_text and "150" not in late.gold_text
    assert "150 dollars" in loan.gold_text and "12 dollars" not in loan.gold_text
    assert own.gold_text == "Given."
    unanswerable = Question("4", "Who?", (), "unanswerable", (), (), "en")
    assert covered(office, "office", [unanswerable]).questions == (unanswerable,)


def test_beir_is_brought_with_its_grades_and_files_beside_it(office, tmp_path):
    folder = beir_folder(
        tmp_path / "set", [{"_id": "d1", "title": "보증", "text": PARAGRAPH}, {"_id": "d2", "title": "", "text": "Shipping is free."}],
        [{"_id": "q1", "text": "보증 기간은?"}], {"test": [("q1", "d1", 2), ("q1", "d2", 0)]})
    (tmp_path / "law.txt").write_text("제1조 목적")
    _, reports, found = brought(office, folder, "beir", documents=[tmp_path / "law.txt"])
    assert sorted(each.name for each in reports) == ["d1.txt", "d2.txt", "law.txt"]
    question, = found.questions
    assert question.judgments == (("d1.txt", 2), ("d2.txt", 0)) and question.gold_text.startswith("# 보증")
    assert {each.source: each.title for each in office.store.documents("office")} == {"d1.txt": "보증", "d2.txt": "d2", "law.txt": "law"}


def run(capsys, *arguments):
    code = main(["corpora", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command_line_brings_shows_and_takes_out(office, tmp_path, capsys):
    office.close()
    home = ["--home", tmp_path / "home"]
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa(start=6), qa("2", "12개월", 3)]))
    code, out, err = run(capsys, "import", path, "--corpus", "office", "--format", "squad", "--json", *home)
    assert (code, err) == (0, "") and json.loads(out) == {
        "corpus": "office", "questions": 2, "documents": 1, "repaired": 1, "lost": ["2"], "uncovered": [], "left_out": {}, "stayed": 0, "files": []}
    code, out, _ = run(capsys, "questions", "office", "--json", *home)
    assert [(row["id"], row["state"]) for row in json.loads(out)["questions"]] == [("1", "accepted"), ("2", "accepted")]
    assert "보증 기간은?" in run(capsys, "questions", "office", *home)[1]
    for form in formats.WRITERS:
        code, out, err = run(capsys, "questions", "office", "--export", tmp_path / f"out-{form}", "--format", form, "--json", *home)
        assert code == 0, err
        code, out, err = run(capsys, "import", tmp_path / f"out-{form}", "--corpus", form, "--format", form, "--json", *home)
        assert code == 0 and json.loads(out)["questions"] == (1 if form == "squad" else 2), err
    law = table(tmp_path / "law.csv", ("question", "answer", "A", "B", "C", "D"), ("옳은 것은?", 4, "가", "나", "다", "라"))
    (tmp_path / "statutes").mkdir()
    (tmp_path / "statutes" / "형법.txt").write_text("제1조")
    code, out, _ = run(capsys, "import", law, "--corpus", "law", "--format", "csv", "--documents", tmp_path / "statutes", *home)
    assert code == 0 and "law: 1 question, 0 documents." in out and "형법.txt" in out


@pytest.mark.parametrize(("arguments", "told"), [
    (["import", "none.json", "--corpus", "office", "--format", "squad"], "There is no file none.json"),
    (["import", "none.json", "--format", "squad"], "--corpus NAME"),
    (["questions", "nothing"], "nothing"),
])
def test_the_command_line_says_what_is_wrong_in_one_line(office, capsys, tmp_path, arguments, told):
    office.close()
    code, out, err = run(capsys, *arguments, "--home", tmp_path / "home")
    assert code == 1 and out == "" and told in err and err.count("\n") == 1


def test_an_empty_corpus_has_no_questions_to_take_out(office, tmp_path):
    list(ingest(office, [squad_file(tmp_path / "x.txt", (PARAGRAPH, []))], "office"))
    with pytest.raises(BadRequest, match="no accepted questions"):
        bring.take_out(office, "office", tmp_path / "out", "jsonl")
    assert not (tmp_path / "out").exists() and bring.housed(office, "office", Bundle((), ()), set()) == ([], [])
