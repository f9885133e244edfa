"""Questions from files and into files: nothing is lost on the way there and back, and a bad file says where and what."""

import csv
import gzip
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import corpora
from workbench.errors import BadRequest, WorkbenchError
from workbench.measure import formats
from workbench.measure.formats import beir, squad
from workbench.nouns import Counterfactual, Document, Question, Span
from workbench.reading import clean, read

FEW = settings(max_examples=25, deadline=None)
PARAGRAPH = "보증 기간은 27개월이다. 소모품은 27개월이 아니라 6개월이다."


def squad_file(path, *paragraphs, title="보증_안내", **more):
    path.write_text(json.dumps({"version": "1.1", "data": [{"title": title, "paragraphs": [
        {"context": context, "qas": qas} for context, qas in paragraphs]}]} | more, ensure_ascii=False), encoding="utf-8")
    return path


def qa(identity="1", text="27개월", start=7, **more):
    return {"id": identity, "question": "보증 기간은?", "answers": [{"text": text, "answer_start": start}]} | more


def as_read(bundle):
    """The documents that the texts of a bundle become."""
    return [document for each in bundle.texts for document in read(each.text.encode(), each.name, "corpus")[0]]


def told(error: WorkbenchError) -> str:
    assert error.tell("ko") != error.tell("en")
    return str(error)


# SQuAD and KorQuAD


def test_squad_gives_paragraphs_as_files_and_spans_that_stand_in_them(tmp_path):
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa(), qa("2", "6개월", PARAGRAPH.index("6개월"))]), ("두 번째 문단.", [qa("3", "두 번째", 0)]))
    bundle = formats.load(path, "squad")
    assert [each.name for each in bundle.texts] == ["보증 안내 (1).txt", "보증 안내 (2).txt"]
    first = bundle.questions[0]
    assert (first.answers, first.kind, first.lang, first.gold_documents) == (("27개월",), "number", "ko", ("보증 안내 (1).txt",))
    assert first.evidence == (Span("보증 안내 (1).txt", 7, 11, "27개월"),)
    assert not bundle.repaired and not bundle.lost


def test_a_wrong_place_is_repaired_by_the_nearest_one_and_counted_and_a_lost_answer_stays_an_answer(tmp_path):
    path = squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa("near", start=24), qa("lost", "12개월", 3), qa("space", " 27개월 ", 6)]))
    bundle = formats.load(path, "squad")
    near, lost, space = bundle.questions
    assert PARAGRAPH[near.evidence[0].start :].startswith("27개월이 아니라")
    assert (lost.answers, lost.evidence) == (("12개월",), ())
    assert space.evidence[0].start == 7
    assert (bundle.repaired, bundle.lost) == (("near",), ("lost",))


def test_places_follow_the_text_as_it_is_read(tmp_path):
    raw = "  Caf\u0065\u0301\u00a0one.\r\n\r\n\r\n\r\nThe fee is 27\u00adeuros, not 27\u00adeuros.  "
    second = raw.rindex("27\u00adeuros")
    path = squad_file(tmp_path / "dev.json", (raw, [qa("1", "27\u00adeuros", second)]))
    bundle = formats.load(path, "squad")
    span = bundle.questions[0].evidence[0]
    assert bundle.texts[0].text == clean(raw) and bundle.texts[0].text[span.start : span.end] == span.text == "27euros"
    assert span.start == clean(raw).rindex("27euros") and not bundle.repaired


def test_squad_2_has_questions_without_an_answer_and_keeps_what_it_does_not_know(tmp_path):
    rows = [qa(), {"id": "2", "question": "누가 보증하나요?", "answers": [], "is_impossible": True, "plausible_answers": [{"text": "27개월"}]}]
    bundle = formats.load(squad_file(tmp_path / "dev.json", (PARAGRAPH, rows)), "squad")
    assert bundle.questions[1].kind == "unanswerable" and not bundle.questions[1].gold_documents
    assert squad.save(tmp_path / "again.json", as_read(bundle), bundle.questions) == ()
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))["data"][0]["paragraphs"][0]["qas"]
    assert again[1]["plausible_answers"] == [{"text": "27개월"}] and again[1]["is_impossible"] is True


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1, max_size=12)
CONTEXTS = st.text(st.sampled_from("ab 가나다\n.é1"), min_size=3, max_size=60).filter(lambda text: any(map(str.isalnum, text)))


@st.composite
def squad_files(draw):
    articles, number = [], 0
    for title in draw(st.lists(WORDS, min_size=1, max_size=3)):
        paragraphs = []
        for context in draw(st.lists(CONTEXTS, min_size=1, max_size=3)):
            qas = []
            for impossible in draw(st.lists(st.booleans(), max_size=3)):
                number += 1
                start = draw(st.integers(0, len(context) - 1))
                said = context[start : start + draw(st.integers(1, 9))]
                answers = [] if impossible or not said.strip() else [{"text": said, "answer_start": start}]
                qas.append({"id": f"q{number}", "question": draw(WORDS) + "?", "answers": answers, "is_impossible": not answers})
            paragraphs.append({"context": context, "qas": qas})
        articles.append({"title": title, "paragraphs": paragraphs})
    articles[0]["paragraphs"][0]["qas"].append({"id": "q0", "question": "가?", "answers": [], "is_impossible": True})
    return {"version": "2.0", "data": articles}


@FEW
@given(squad_files())
def test_what_came_from_squad_goes_back_and_comes_again(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("squad")
    (folder / "dev.json").write_text(json.dumps(data), encoding="utf-8")
    bundle = formats.load(folder / "dev.json", "squad")
    for question in bundle.questions:
        texts = {each.name: each.text for each in bundle.texts}
        assert all(texts[span.document][span.start : span.end] == span.text for span in question.evidence)
    assert formats.save(folder / "again" , "squad", as_read(bundle), bundle.questions) == ()
    (folder / "again").replace(folder / "dev.json")
    again = formats.load(folder / "dev.json", "squad")
    assert sorted(again.questions, key=lambda each: each.id) == sorted(bundle.questions, key=lambda each: each.id)
    assert sorted(again.texts, key=lambda each: each.name) == sorted(bundle.texts, key=lambda each: each.name)
    assert not again.repaired and not again.lost


@pytest.mark.parametrize(("rows", "where", "what"), [
    ([{"id": "1", "question": "가?", "answers": []}], "question “1”", "no answer"),
    ([{"id": "1", "question": " ", "answers": []}], "question “1”", "“question”"),
    ([{"question": "가?", "answers": []}], "article 1, paragraph 1", "“id”"),
    ([qa(), qa()], "question “1”", "same id"),
    ([qa(start="7")], "question “1”", "answer_start"),
    ("none", "article 1, paragraph 1", "“qas” has to be a list"),
])
def test_a_bad_squad_file_says_where_and_what(tmp_path, rows, where, what):
    with pytest.raises(BadRequest) as raised:
        formats.load(squad_file(tmp_path / "dev.json", (PARAGRAPH, rows)), "squad")
    sentence = told(raised.value)
    assert sentence.startswith("dev.json") and where in sentence and what in sentence and "Nothing was taken in" in sentence


@pytest.mark.parametrize(("form", "text", "what"), [
    ("squad", "[1,", "no JSON"), ("squad", '{"data": 3}', "“data” has to be a list"), ("squad", '{"data": []}', "no question"),
    ("squad", "[" * 100_000, "no JSON"), ("jsonl", '{"id": NaN}', "line 1: this is no JSON"), ("jsonl", "[1]", "one JSON object"),
    ("jsonl", "", "no question"), ("csv", "", "no question"), ("mcq", 'question,A,B,answer\n"open', "quotation marks"),
])
def test_what_is_no_such_file_says_so(tmp_path, form, text, what):
    (tmp_path / "f").write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest, match=what) as raised:
        formats.load(tmp_path / "f", form)
    told(raised.value)


# JSON lines


def questions():
    texts = st.text(st.sampled_from("ab 가나.é1"), min_size=1, max_size=20).map(lambda text: f"x{' '.join(text.split())}")
    spans = st.builds(lambda document, start, text: Span(document, start, start + len(text), text), texts, st.integers(0, 99), texts)
    mapping = st.dictionaries(st.sampled_from(["level", "reviewed by", "메모"]), st.one_of(st.integers(), texts, st.lists(texts), st.none()))
    return st.builds(
        Question, id=texts, text=texts, answers=st.lists(texts, min_size=1, max_size=3).map(tuple),
        kind=st.sampled_from(["short", "long", "yesno", "number"]), evidence=st.lists(spans, max_size=2).map(tuple),
        tags=st.lists(texts, max_size=2).map(tuple), lang=st.sampled_from(["en", "ko"]), after=texts,
        gold_documents=st.lists(texts, max_size=2).map(tuple), gold_text=texts,
        judgments=st.dictionaries(texts, st.integers(-1, 3), max_size=2).map(lambda found: tuple(found.items())),
        counter=st.none() | st.builds(Counterfactual, texts, texts), nuggets=st.lists(texts, max_size=2).map(tuple),
        popularity=st.none() | st.floats(0, 10**6), as_of=st.sampled_from(["", "2025-06-01"]), split=texts, source=texts, license=texts,
        unknown=mapping)


@FEW
@given(st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: question.id))
def test_json_lines_say_all_of_a_question(tmp_path_factory, asked):
    path = tmp_path_factory.mktemp("lines") / "q.jsonl"
    assert formats.save(path, "jsonl", [], asked) == ()
    assert list(formats.load(path, "jsonl").questions) == asked


def test_what_a_line_leaves_out_follows_from_the_rest(tmp_path):
    lines = [
        {"question": "보증  기간은?", "answer": " 27개월 "}, {"question": "Is it open?", "answers": ["no"]},
        {"question": "Which?", "choices": ["a cup", "a pot"], "answer_index": 1}, {"question": "Who?", "answers": ["Ann"], "level": 3},
        {"question": "Who else?", "kind": "unanswerable"}, {"question": "\ud800 who?", "answers": ["\ud800x"]}]
    (tmp_path / "set.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8-sig")
    found = formats.load(tmp_path / "set.jsonl", "jsonl").questions
    assert [(each.id, each.kind, each.lang) for each in found[:3]] == [
        ("set-1", "number", "ko"), ("set-3", "yesno", "en"), ("set-5", "mcq", "en")]
    assert (found[0].text, found[0].answers, found[2].answers) == ("보증 기간은?", ("27개월",), ("a pot",))
    assert found[3].unknown == {"level": 3} and found[4].answers == () and found[5].answers == ("?x",)


def test_passages_with_their_questions_become_documents(tmp_path):
    rows = [
        {"question": "보증은?", "answers": ["27개월"], "ctxs": [
            {"title": "배송", "text": "배송은 이틀.", "isgold": False}, {"title": "보증", "text": PARAGRAPH, "isgold": True}]},
        {"question": "Who?", "answers": ["Ann"], "ctxs": [{"title": "배송", "text": "Ann is here.", "hasanswer": True}], "extra": 1}]
    with gzip.open(tmp_path / "nq.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(row) for row in rows))
    bundle = formats.load(tmp_path / "nq.jsonl.gz", "jsonl")
    assert [each.name for each in bundle.texts] == ["배송.txt", "보증.txt", "배송 (2).txt"]
    assert [(each.id, each.gold_documents) for each in bundle.questions] == [("nq-1", ("보증.txt",)), ("nq-2", ("배송 (2).txt",))]
    assert bundle.questions[0].evidence == (Span("보증.txt", 7, 11, "27개월"),) and bundle.questions[1].unknown == {"extra": 1}


def test_a_bad_line_says_its_number(tmp_path):
    good = json.dumps({"question": "Who?", "answers": ["Ann"]})
    for bad, what in ((json.dumps({"question": "Who?"}), "no answer"), (json.dumps({"id": "s-1", "question": "x", "answers": ["a"]}), "same id")):
        (tmp_path / "s.jsonl").write_text(f"{good}\n{bad}\n", encoding="utf-8")
        with pytest.raises(BadRequest, match=f"s.jsonl, line 2: .*{what}"):
            formats.load(tmp_path / "s.jsonl", "jsonl")


# BEIR


def beir_folder(folder, documents, queries, qrels):
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", documents), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for split, rows in qrels.items():
        lines = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in rows)]
        (folder / "qrels" / f"{split}.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


DOCUMENTS = [{"_id": "d/1", "title": "보증", "text": PARAGRAPH}, {"_id": "2", "title": "", "text": "Shipping is free."}, {"_id": "3", "title": "", "text": " "}]


def test_beir_gives_documents_queries_and_grades(tmp_path):
    queries = [{"_id": "q1", "text": "보증 기간은?", "metadata": {"url": "x"}}, {"_id": "q2", "text": "unjudged"}]
    folder = beir_folder(tmp_path / "set", DOCUMENTS, queries, {"test": [("q1", "d/1", 2), ("q1", "2", 0), ("q1", "9", 1), ("q9", "2", 1)]})
    for path in (folder, folder / "corpus.jsonl"):
        bundle = formats.load(path, "beir")
        assert [each.name for each in bundle.texts] == ["d/1.txt", "2.txt"]
        question, = bundle.questions
        assert question.judgments == (("d/1.txt", 2), ("2.txt", 0)) and question.gold_documents == ("d/1.txt",)
        assert question.retrieval_only and question.split == "test" and question.unknown == {"url": "x"}
        assert bundle.left_out == {"empty_documents": 1, "unknown_judgments": 2, "unjudged_queries": 1}
        assert as_read(bundle)[0].title == "보증"


IDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(lambda text: text.strip() == text)


@FEW
@given(
    st.dictionaries(IDS, st.tuples(st.sampled_from(["", "보증 안내", "Fees"]), CONTEXTS), min_size=1, max_size=4),
    st.dictionaries(st.text("abc가-1", min_size=1, max_size=6), st.lists(st.integers(-1, 3), min_size=1, max_size=4), min_size=1, max_size=3))
def test_what_came_from_beir_goes_back_and_comes_again(tmp_path_factory, documents, queries):
    folder = tmp_path_factory.mktemp("beir")
    beir_folder(
        folder / "set", [{"_id": identity, "title": title, "text": text} for identity, (title, text) in documents.items()],
        [{"_id": identity, "text": f"{identity}?"} for identity in queries],
        {"dev": [(identity, document, grade) for identity, grades in queries.items() for document, grade in zip(documents, grades, strict=False)]})
    bundle = formats.load(folder / "set", "beir")
    assert [beir.id_of(each.name) for each in bundle.texts] == list(documents)
    whole = [replace(each, source=text.name) for text in bundle.texts for each in read(text.text.encode(), text.name, text.name)[0]]
    unsaid = formats.save(folder / "again", "beir", whole, bundle.questions)
    again = formats.load(folder / "again", "beir")
    assert unsaid == () and again.texts == bundle.texts
    assert again.questions == bundle.questions


def test_answers_go_to_beir_and_back_too(tmp_path):
    bundle = formats.load(squad_file(tmp_path / "dev.json", (PARAGRAPH, [qa()])), "squad")
    formats.save(tmp_path / "out", "beir", as_read(bundle), bundle.questions)
    again = formats.load(tmp_path / "out", "beir")
    assert [replace(each, judgments=(), split="") for each in again.questions] == list(bundle.questions)
    assert again.texts == bundle.texts and again.questions[0].split == "test"
    with pytest.raises(BadRequest, match="there already"):
        formats.save(tmp_path / "out", "beir", as_read(bundle), bundle.questions)


@pytest.mark.parametrize(("documents", "queries", "qrels", "what"), [
    (DOCUMENTS, [{"_id": "q1", "text": "가?"}], [("q1", "2", "high")], "test.tsv, line 2"),
    ([*DOCUMENTS, DOCUMENTS[0]], [{"_id": "q1", "text": "가?"}], [("q1", "2", 1)], "corpus.jsonl, line 4: another one"),
    (DOCUMENTS, [{"_id": "q1", "text": ""}], [("q1", "2", 1)], "queries.jsonl, line 1: “text”"),
    (DOCUMENTS, [{"_id": "q1", "text": "가?"}], [("q2", "2", 1)], "no question"),
    ([{"_id": "x" * 300, "text": "a"}], [{"_id": "q1", "text": "가?"}], [("q1", "2", 1)], "too long"),
])
def test_a_bad_beir_folder_says_where_and_what(tmp_path, documents, queries, qrels, what):
    with pytest.raises(BadRequest, match=what) as raised:
        formats.load(beir_folder(tmp_path / "set", documents, queries, {"test": qrels}), "beir")
    told(raised.value)
    with pytest.raises(BadRequest, match="no file"):
        formats.load(tmp_path, "beir")


# tables


def table(path, *rows, encoding="utf-8", delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


KMMLU = ("question", "answer", "A", "B", "C", "D", "Category")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_multiple_choice_as_kmmlu(tmp_path, encoding):
    path = table(tmp_path / "law.csv", KMMLU, ("옳은 것은?", 4, "가", "나", "다", "라", "형법"), ("그른 것은?\n고르시오", 2, "ㄱ", "ㄴ", "ㄷ", "", ""), encoding=encoding)
    for form in ("mcq", "csv"):
        first, second = formats.load(path, form).questions
        assert (first.id, first.choices, first.answer_index, first.answers, first.tags) == ("law-2", ("가", "나", "다", "라"), 3, ("라",), ("형법",))
        assert (second.id, second.text, second.choices, second.answers) == ("law-3", "그른 것은? 고르시오", ("ㄱ", "ㄴ", "ㄷ"), ("ㄴ",))


def test_multiple_choice_as_mmlu_without_names_of_columns(tmp_path):
    rows = [("What is 2 + 2?", "3", "4", "5", "B"), ("Which is blue?", "sky", "grass", "coal", "a")]
    assert [each.answers for each in formats.load(table(tmp_path / "m.csv", *rows), "mcq").questions] == [("4",), ("sky",)]
    rows = [("What is 2 + 2?", 0, "3", "4", "5"), ("Which is blue?", 2, "grass", "coal", "sky")]
    assert [each.answers for each in formats.load(table(tmp_path / "m.tsv", *rows, delimiter="\t"), "mcq").questions] == [("3",), ("sky",)]
    rows = [("문제", "정답", "선택지1", "선택지2"), ("하늘은?", "파랑", "빨강", "파랑")]
    assert formats.load(table(tmp_path / "k.csv", *rows), "mcq").questions[0].answer_index == 1


def test_numbers_that_may_count_from_0_or_from_1_are_refused_until_somebody_says(tmp_path):
    path = table(tmp_path / "m.csv", ("question", "A", "B", "C", "D", "answer"), ("Which?", "a", "b", "c", "d", 1), ("Who?", "a", "b", "c", "d", 3))
    with pytest.raises(BadRequest, match=r"1, 3.*from 0 or from 1.*--count-from"):
        formats.load(path, "mcq")
    assert [formats.load(path, "mcq", first).questions[0].answers for first in (0, 1)] == [("b",), ("a",)]
    unclear = table(tmp_path / "u.csv", ("Which?", "a", "b", "c", "d"), ("Who?", "b", "d", "a", "c"))
    with pytest.raises(BadRequest, match="which column holds the right choices"):
        formats.load(unclear, "mcq")


@pytest.mark.parametrize(("row", "what"), [
    (("Which?", "E", "a", "b", "c", "d"), "“E” is none of its 4 choices"), (("Which?", 5, "a", "b", "c", "d"), "“5” is none"),
    (("Which?", "", "a", "b", "c", "d"), "“–” is none"), (("", "A", "a", "b", "c", "d"), "“question”"), (("Which?", "A", "a", "", "c", "d"), "empty"),
])
def test_a_bad_row_says_its_line(tmp_path, row, what):
    with pytest.raises(BadRequest, match=f"m.csv, line 3: .*{what}"):
        formats.load(table(tmp_path / "m.csv", KMMLU[:6], ("Which?", "A", "a", "b", "c", "d"), row), "mcq")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_plain_tables(tmp_path, encoding):
    path = table(
        tmp_path / "faq.csv", ("질문", "정답", "문서", "유형", "담당"), ("보증은?", "27개월; 스물일곱 달", "보증.md", "", "김"), ("누가?", "", "", "unanswerable", ""),
        encoding=encoding)
    first, second = formats.load(path, "csv").questions
    assert (first.answers, first.gold_documents, first.kind, first.unknown) == (("27개월", "스물일곱 달"), ("보증.md",), "number", {"담당": "김"})
    assert second.kind == "unanswerable"
    bare = formats.load(table(tmp_path / "b.csv", ("보증은?", "27개월|27달"), ("누가?", "김")), "csv").questions
    assert [each.answers for each in bare] == [("27개월", "27달"), ("김",)]
    with pytest.raises(BadRequest, match="line 3: there is no answer"):
        formats.load(table(tmp_path / "c.csv", ("question", "answer"), ("a?", "b"), ("c?", "")), "csv")
    with pytest.raises(BadRequest, match="are needed, and these are there: question, reply"):
        formats.load(table(tmp_path / "d.csv", ("question", "reply"), ("a?", "b")), "csv")
    with pytest.raises(BadRequest, match="line 2: the row has 3 cells where 2"):
        formats.load(table(tmp_path / "e.csv", ("a?", "b"), ("c?", "d", "e.md")), "csv")


def test_the_questions_of_a_sample_go_to_every_format_and_say_what_they_cannot(tmp_path, samples):
    own = corpora.questions("saebyeok-foods")
    documents = samples.store.documents("saebyeok-foods")
    unsaid = {form: formats.save(tmp_path / form, form, documents, own) for form in formats.WRITERS}
    assert unsaid["jsonl"] == () and len(unsaid["beir"]) == sum(not each.gold_documents for each in own)
    again = {each.id: each for each in formats.load(tmp_path / "squad", "squad").questions}
    assert len(again) + len(unsaid["squad"]) == len(own) and len(again) > 60
    for each in own:
        if each.id in again and each.answers:
            assert set(again[each.id].answers) == set(each.answers)
    judged = formats.load(tmp_path / "beir", "beir")
    assert {each.id: each.answers for each in judged.questions} == {each.id: each.answers for each in own if each.gold_documents}
    files = {each.name: each.text for each in judged.texts}
    for each in judged.questions:
        assert set(each.gold_documents) <= files.keys() and all(span.text in files[span.document] for span in each.evidence)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "list.pdf", "2025/minutes.md", "2025/mail.eml", "AC/DC.txt"])
def test_a_file_keeps_its_questions_on_the_way_to_beir_and_back(tmp_path, name):
    question = Question("q", "보증 기간은?", ("27개월",), "number", (Span(name, 7, 11, "27개월"),), (), "ko", gold_documents=(name,))
    formats.save(tmp_path / "out", "beir", [Document("d", "", "보증 기간은 27개월이다.", name, "text")], [question])
    again = formats.load(tmp_path / "out", "beir")
    (text,), (found,) = again.texts, again.questions
    assert found.gold_documents == (text.name,) == tuple(span.document for span in found.evidence)
    assert text.name == (name if name.endswith((".txt", ".md")) else f"{name}.txt")


def test_ids_are_kept_in_one_line(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text("".join(json.dumps({"id": each, "question": "how much?", "answer": "3"}) + "\n" for each in ("a\nb", "c\td", 7, 0)))
    assert [each.id for each in formats.load(path, "jsonl").questions] == ["a b", "c d", "7", "0"]
    with pytest.raises(BadRequest, match="There is no file"):
        formats.load(tmp_path / ("x" * 300), "jsonl")


@pytest.mark.parametrize(("name", "kind", "text"), [
    ("q.csv", "csv", ""), ("q.csv", "csv", "question,answer\n"), ("q.csv", "mcq", ""), ("q.jsonl", "jsonl", "\n"), ("q.json", "squad", '{"data": []}'),
])
def test_a_file_without_questions_says_so(tmp_path, name, kind, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest, match=f"{name}, the whole file: there is no question in it. Nothing was taken in"):
        formats.load(path, kind)
