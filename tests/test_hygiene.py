"""Duplicates are found, what differs in a number is not taken for one, and nothing collapsed is lost."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import hygiene
from workbench.cli import main
from workbench.differences import lacking
from workbench.errors import BadRequest, ModelMissing
from workbench.ingest import delete, ingest
from workbench.languages import spoken
from workbench.nouns import Bin, Document, Group, Pair, Quality, Short, Spread
from workbench.retrieval.duplicates import alike, groups, likeness, shingles
from workbench.search import search
from workbench.ui import quality as view

NOTICE = (
    "The parking garage on the north side will be closed for repairs from 3 March. Please use the visitor spaces behind the "
    "canteen and put the green card behind your windscreen. The barrier opens with your badge.")
KOREAN = "북쪽 주차장은 보수 공사로 3월 3일부터 닫습니다. 식당 뒤 방문객 자리를 이용하시고 초록색 카드를 앞 유리에 놓아 주시기 바랍니다."
OTHER = (
    "Travel expenses are paid back within ten days once the receipts are in the shared folder and the head of the department "
    "has agreed. Taxis need a reason, trains do not.")


def near(one, two):
    return likeness(shingles(one), shingles(two))


def closest(texts):
    """The near pairs, from the limit for English on."""
    return [each for each in alike(texts.__getitem__, len(texts), sum(map(len, texts))) if each[2] >= 0.7]


def pair(first, second, similarity=0.9, **options):
    return Pair(first, second, similarity, 0.75, "wording", **options)


@pytest.fixture
def filled(bench, tmp_path, scripted):
    """A bench with some files in the corpus `office`, and a model that counts words."""
    def fill(**texts):
        scripted()
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
            for step in ingest(bench, [tmp_path / f"{name}.txt"], "office"):
                assert step.report is None or step.report.state == "ready"
        return {each.source.removesuffix(".txt"): each.id for each in bench.store.documents("office")}

    return fill


def sources(bench, question):
    return {hit.source for hit in search(bench, question, "office", 10).hits}


# which texts are alike


@pytest.mark.parametrize("text", [NOTICE, KOREAN])
def test_edits_are_alike_and_other_texts_are_not(text):
    reordered = " ".join(reversed(re.split(r"(?<=\.) ", text)))
    for edited in (text.upper(), f"> {text}", reordered, text[: len(text) * 5 // 6], f"{OTHER}\n\n{text}\n\n{OTHER}", text.replace("3", "4")):
        assert near(text, edited) > 0.8
    assert near(text, OTHER) < 0.3


def test_a_word_inside_a_long_text_is_no_duplicate():
    assert near("Thanks!", f"{NOTICE} Thanks!") < 0.2 and near("", NOTICE) == near("", "") == 0


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, two):
    assert 0 <= near(one, two) == near(two, one) <= 1
    assert near(one, one) == (1 if len(shingles(one)) else 0)


def test_every_near_pair_of_many_texts_is_found_and_no_other():
    texts = [" ".join(f"word{(place * 7919 + step * step) % 10_007}" for step in range(60)) for place in range(300)]
    texts += [f"{text} and one more sentence at its end" for text in texts[:40]] + [""]
    assert {(first, second) for first, second, _ in closest(texts)} == {(place, 300 + place) for place in range(40)}


def test_samples_of_a_large_corpus_find_the_same_pairs(monkeypatch):
    texts = [" ".join(f"word{(place * 7919 + step * step) % 10_007}" for step in range(200)) for place in range(100)]
    texts += [f"{text} and one more sentence at its end" for text in texts[:20]]
    whole = closest(texts)
    monkeypatch.setattr("workbench.retrieval.duplicates.POSTINGS", 10_000)
    assert closest(texts) == whole and len(whole) == 20


# what one text says and the other does not


@pytest.mark.parametrize("text, changed, said, instead", [
    ("The rent for March is 1,200 dollars.", "The rent for April is 1200 dollars.", "March", "April"),
    ("Pay 1,200 dollars to Mr Doyle.", "Pay 1,300 dollars to Mr Doyle.", "1,200 dollars", "1,300 dollars"),
    ("Ask Margaret Doyle about order GD-1022.", "Ask Margaret Boyle about order GD-1022.", "Doyle", "Boyle"),
    ("3월 청구 금액은 12,000원입니다.", "4월 청구 금액은 12000원입니다.", "3월", "4월"),
    ("담당자 김민수가 확인합니다.", "담당자 김민호가 확인합니다.", "김민수가", "김민호가"),
])
def test_a_changed_number_day_or_name_is_told(text, changed, said, instead):
    assert lacking(text, changed) == (said,) and lacking(changed, text) == (instead,)


def test_typing_errors_order_and_what_is_added_say_nothing_else():
    assert lacking("The meetng is in teh large room. It starts at 3 pm.", "It starts at 15:00. The meeting is in the large room.") == ()
    assert lacking(NOTICE, f"{OTHER} {NOTICE}") == () and lacking(f"{OTHER} {NOTICE}", NOTICE)
    assert lacking("The plan is not approved.", "The plan is approved.") == ("not",)
    assert lacking("김민수가 회의를 준비합니다", "김민수는 회의를 준비합니다") == ()


# groups


def test_a_chain_is_not_one_group_and_nothing_is_in_two():
    chain = [pair(one, two) for one, two in pairwise("abcde")]
    made = groups(chain)
    assert all({group.kept, other} in [{each.first, each.second} for each in chain] for group in made for other in group.others)
    members = [each for group in made for each in (group.kept, *group.others)]
    assert len(members) == len(set(members)) and len(made) == 2


def test_what_holds_a_text_holds_its_twins():
    twins = Pair("a", "b", 1.0, 1.0, "exact")
    assert groups([twins]) == [Group("a", ("b",))]
    assert groups([twins, pair("a", "c", only_second=("more",))]) == [Group("c", ("a", "b"))]


def test_what_says_more_is_kept_then_the_newest_and_what_differs_stays():
    assert groups([pair("a", "b", only_second=("a disclaimer",))]) == [Group("b", ("a",))]
    assert groups([pair("a", "b")], newest={"a": "2026-01-01", "b": "2026-02-01"}) == [Group("b", ("a",))]
    assert groups([pair("a", "b", only_first=("March",), only_second=("April",))]) == []
    assert groups([pair("a", "b", 0.6)]) == [] and groups([pair("a", "b", 0.6)], 0.55) == [Group("a", ("b",))]


# the report


def test_the_report_knows_what_stands_in_a_corpus(filled, bench, monkeypatch, samples):
    monkeypatch.setattr(bench, "model", lambda name="": samples.model(name))
    held = filled(notice=NOTICE, again=NOTICE.upper(), copy=f"{NOTICE}\n\nSent by the front desk.", april=NOTICE.replace("3 March", "4 April"),
                  korean=KOREAN, other=OTHER, tiny="Thanks, all of you.")
    report = hygiene.quality(bench, "office")
    assert report.documents == 7 and report.model and report.collapsed == report.refused == 0
    assert report.tokens == sum(len(each.text.split()) for each in bench.store.documents("office"))
    assert sum(each.count for each in report.document_sizes) == 7 and sum(each.count for each in report.chunk_sizes) == report.chunks
    assert [short.document for short in report.brief if short.size < 5] == [held["tiny"]]
    assert {(each.language, each.documents) for each in report.languages} == {("en", 6), ("ko", 1)}
    found = {frozenset((each.first, each.second)): each for each in report.pairs}
    assert found[frozenset((held["notice"], held["again"]))].by == "exact"
    assert found[frozenset((held["again"], held["copy"]))].similarity == 1
    assert found[frozenset((held["again"], held["april"]))].different
    assert not any(held["other"] in each or held["korean"] in each for each in found)
    kept, = hygiene.groups(bench, report)
    assert kept == Group(held["copy"], tuple(sorted((held["again"], held["notice"]))))
    with pytest.raises(BadRequest):
        hygiene.groups(bench, report, 1.5)


def test_without_a_model_the_embedder_counts(filled, bench, monkeypatch):
    def missing(name=""):
        raise ModelMissing("model_missing", why="none")

    filled(notice=NOTICE)
    monkeypatch.setattr(bench, "model", missing)
    report = hygiene.quality(bench, "office")
    assert report.model == "" and report.tokenizer == "all-MiniLM-L6-v2" and report.tokens == bench.embedder.count(NOTICE)
    assert "no model could be loaded" in view.report("en", report, {})


def test_pages_without_text_are_named():
    document = Document("d", "Scan", "A page with enough of letters.\n\n3\n\n", "scan.pdf", "pdf", pages=(0, 32, 35))
    assert hygiene.empty_pages(document) == [Short("d", 0, 2), Short("d", 0, 3)]
    assert hygiene.bins([0, 15, 16, 70]) == (Bin(0, 16, 2), Bin(16, 32, 1), Bin(32, 64, 0), Bin(64, 128, 1)) and hygiene.bins([]) == ()
    assert [spoken(text) for text in ("Hello", "안녕하세요 hello", "これはペンです", "12")] == ["en", "ko", "other", "en"]


# collapse and restore


def test_what_is_collapsed_is_found_by_no_search_and_comes_back(filled, bench):
    held = filled(notice=NOTICE, copy=f"{NOTICE} Thank you.", other=OTHER)
    before, version = bench.store.files("office"), bench.store.version("office")
    assert hygiene.collapse(bench, "office", [Group(held["copy"], (held["notice"],))]) == 1
    assert sources(bench, "Which parking garage is closed?") == {"copy.txt", "other.txt"}
    assert bench.store.files("office") == before and bench.store.version("office") > version
    assert {kept: [each.source for each in some] for kept, some in bench.store.collapsed("office").items()} == {held["copy"]: ["notice.txt"]}
    assert len(bench.store.documents("office")) == 3
    assert hygiene.restore(bench, "office", held["notice"]) == 1
    assert sources(bench, "Which parking garage is closed?") == {"notice.txt", "copy.txt", "other.txt"} and not bench.store.collapsed("office")


def test_where_the_kept_one_goes_another_takes_its_place(filled, bench):
    held = filled(one=NOTICE, two=f"{NOTICE} Thank you.", three=f"{NOTICE} Thanks.")
    hygiene.collapse(bench, "office", [Group(held["one"], (held["two"],))])
    hygiene.collapse(bench, "office", [Group(held["three"], (held["one"],))])
    assert [len(some) for some in bench.store.collapsed("office").values()] == [2]
    delete(bench, "office", "three.txt")
    assert sources(bench, "parking garage") == {"one.txt"} and list(bench.store.collapsed("office")) == [held["one"]]
    assert hygiene.restore(bench, "office") == 1 and sources(bench, "parking garage") == {"one.txt", "two.txt"}


def test_a_document_of_another_corpus_is_left_alone(filled, bench):
    held = filled(one=NOTICE, two=f"{NOTICE} Thank you.")
    bench.store.make_corpus("else")
    assert bench.store.collapse("else", held["one"], [held["two"]]) == 0 == bench.store.collapse("office", "nobody", [held["two"]])
    assert bench.store.restore("else", [held["two"]]) == 0 and not bench.store.collapsed("office")


def test_the_command_line_reports_and_collapses(filled, bench, capsys):
    filled(notice=NOTICE, copy=f"{NOTICE} Thank you.", other=OTHER)
    home = str(bench.settings.home)
    bench.close()
    assert main(["corpora", "quality", "office", "--home", home, "--json", "--collapse"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 3 and report["collapsed_now"] == 1 and len(report["groups"]) == 1 and report["windows"] == 1
    assert main(["corpora", "quality", "office", "--home", home, "--restore"]) == 0
    assert "1 restored" in capsys.readouterr().out


# on the screen


def made(**options):
    return replace(Quality(
        corpus="office", model="tiny.gguf", tokenizer="tiny.gguf", documents=2, chunks=2, characters=30, tokens=60, window=2048,
        refused=1, collapsed=0, pairs=(pair("a", "b", only_first=("March",), only_second=("April",)),), empty_pages=(Short("a", 3, 2),),
        brief=(), languages=(Spread("ko", 2, 30, 60),), chunk_sizes=(Bin(0, 16, 2),), document_sizes=(Bin(16, 32, 2),)), **options)


@pytest.mark.parametrize("lang, cost", [("en", "2.0 tokens a character"), ("ko", "한 글자에 2.0토큰")])
def test_the_report_says_what_korean_costs(lang, cost):
    documents = {"a": Document("a", "<b>One</b>", "", "a.txt", "txt")}
    page = view.report(lang, made(), documents)
    assert cost in page and "&lt;b&gt;One" in page and "<b>One" not in page and "0–15" in page


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_pairs_stand_side_by_side_with_their_differences_marked(lang):
    documents = {
        "a": Document("a", "One", "Rent <March> 5", "a.txt", "txt", date="2026-03-05"), "b": Document("b", "Two", "Rent <April> 5", "b.txt", "txt")}
    page = view.pairs(lang, made(), documents, collapsible=1)
    assert "<mark>March</mark>" in page and "&lt;<mark>April</mark>&gt;" in page and 'data-keep="a" data-drop="b"' in page
    assert 'data-collapse="all"' in page and 'data-restore="b"' in view.collapsed(lang, {"a": [documents["b"]]}, documents)
    assert "<mark>" not in view.pairs(lang, made(), documents, threshold=0.95)
