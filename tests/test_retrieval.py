"""Terms, scores, fusion, Chroma and the store."""

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.bench import Bench, Settings
from workbench.errors import BadRequest
from workbench.ingest import delete, ingest
from workbench.languages import language
from workbench.nouns import Filter
from workbench.retrieval import corpus_index
from workbench.retrieval.corpus_index import largest
from workbench.retrieval.fusion import fuse, standardized
from workbench.retrieval.lexical import LexicalIndex, question_terms, terms
from workbench.search import admitting, search


def test_hangul_becomes_pairs_and_other_scripts_words():
    assert terms("배송비는 VX-380, 3월") == ["배송", "송비", "비는", "vx", "380", "3", "월"]
    assert terms("배송") == ["배송"]


def test_words_of_asking_do_not_count_unless_they_are_all_there_is():
    assert question_terms("How much is the deposit?") == ["deposit"]
    assert question_terms("What is it?") == ["what", "is", "it"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=40))
def test_any_text_can_be_indexed_and_asked(texts, query):
    own, whole = LexicalIndex.of(texts).scores(query)
    assert own.shape == (len(texts),) and np.isfinite(own).all() and np.allclose(own, whole)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30))
def test_standardized_scores(values):
    scores = standardized(np.array(values))
    assert np.isfinite(scores).all() and abs(scores.mean()) < 1e-6


def test_an_embedder_that_does_not_know_the_language_has_no_say():
    lexical, dense = np.array([3.0, 0.0, 2.5]), np.array([0.0, 0.0, 9.0])
    assert fuse(lexical, dense, 0.0).argmax() == 0
    assert fuse(lexical, dense, 0.5).argmax() == 2


@pytest.mark.parametrize(("text", "lang"), [
    ("What is it?", "en"), ("무엇입니까?", "ko"), ("VX-380 기계의 온도는?", "ko"), ("12345", "en"), ("Where is 서울?", "en")])
def test_language(text, lang):
    assert language(text) == lang


def test_embedder_knows_english_only_and_counts_past_its_limit(embedder):
    assert embedder.reads("en") and not embedder.reads("ko")
    embedder.embed(["long text " * 400])
    assert embedder.count("word " * 1000) == 1000
    vectors = embedder.embed(["A cat sat.", "A kitten sat.", "Quarterly tax report"])
    assert vectors.dtype == np.float32 and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_the_right_document_comes_first(samples):
    found = search(samples, "How many days do home customers have to send back an unused item?", "harbor-lane", 3)
    assert found.hits[0].source == "returns-and-warranty-policy.md"
    assert "38 days" in found.best.text
    document = next(each for each in samples.store.documents("harbor-lane") if each.id == found.hits[0].chunk.document_id)
    for hit in found.hits[:1]:
        assert document.text[hit.chunk.start : hit.chunk.end] == hit.chunk.text
    assert " ".join(document.text[found.best.start : found.best.end].split()) == found.best.text


def test_korean_is_found_without_an_embedder_that_knows_it(samples):
    found = search(samples, "왕복 배송비는 얼마를 고객이 내나요?", "saebyeok-foods", 3)
    assert found.hits[0].source == "반품-환불-규정.md" and "6,400원" in found.best.text


def test_chroma_and_a_plain_scan_agree(samples):
    index = samples.corpus("harbor-lane")
    samples.fill("harbor-lane")
    vector = samples.embedder.embed(["a broken espresso machine"])[0]
    with_chroma = index.nearest(vector)
    index.index, kept = None, index.index
    try:
        assert index.nearest(vector)[:20] == with_chroma[:20]
    finally:
        index.index = kept


def put(bench: Bench, tmp_path, **files: str) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    for _ in ingest(bench, [tmp_path / f"{name}.txt" for name in files], "notes"):
        pass


@pytest.mark.parametrize("left", ["nothing", "torn database", "torn index", "a file in its place"])
def test_chroma_is_filled_from_the_store_whatever_was_left_of_it(tmp_path, embedder, left):
    home = tmp_path / "home"
    bench = Bench(Settings(home), writing=True, chroma=True)
    bench.opened_embedder = embedder
    put(bench, tmp_path, one="The deposit is 150 dollars.", two="The office closes at six.")
    before = search(bench, "How much is the deposit?", "notes").hits
    bench.fill("notes")
    folder = bench.index.place("notes")
    assert (folder / "chroma.sqlite3").is_file()
    bench.close()
    assert not (home / "chroma").exists()
    if left != "nothing":
        folder.mkdir(parents=True)
    if left == "torn database":
        (folder / "chroma.sqlite3").write_bytes(b"SQLite format 3\0" + b"torn" * 200)
    if left == "torn index":  # read by Chroma, such a file ends the process
        (folder / "0000").mkdir()
        (folder / "0000" / "data_level0.bin").write_bytes(bytes(1000))
    if left == "a file in its place":
        shutil.rmtree(home / "chroma")
        (home / "chroma").write_bytes(b"no folder")
    again = Bench(Settings(home), writing=True, chroma=True)
    again.opened_embedder = embedder
    after = search(again, "How much is the deposit?", "notes").hits
    again.fill("notes")
    assert [hit.chunk for hit in after] == [hit.chunk for hit in before]
    assert set(again.index.collection("notes").get(include=[])["ids"]) == {hit.chunk.id for hit in before}
    again.index.collection("notes").upsert(ids=["stranger"], embeddings=[np.ones(384, np.float32)])
    assert [hit.chunk for hit in search(again, "How much is the deposit?", "notes").hits] == [hit.chunk for hit in before]
    again.close()


def test_what_is_deleted_is_in_no_file_of_chroma_any_more(bench, tmp_path):
    put(bench, tmp_path, one="The deposit is 150 dollars.", two="The office closes at six.")
    search(bench, "deposit", "notes")
    bench.fill("notes")
    chunk, = bench.store.chunks(bench.store.documents("notes", "one.txt")[0])
    needle = bench.store.vectors([chunk.id])[chunk.id].tobytes()

    def stands() -> bool:
        return any(needle in each.read_bytes() for each in bench.settings.home.rglob("*") if each.is_file())

    assert stands()
    delete(bench, "notes", "one.txt")
    bench.fill("notes")
    assert not stands() and search(bench, "office", "notes").hits


MAILS = Filter(kinds=("eml",))


@pytest.mark.parametrize("filter", [
    MAILS, Filter(files=("shipping-policy.md",)), Filter(files=("shipping-policy.md", "mail-office-move-october.eml")),
    Filter(since="2025-04-01", until="2025-12-31"), Filter(kinds=("md", "pdf", "csv"))])
def test_a_filter_admits_exactly_and_costs_no_hit(samples, filter):
    documents = {each.id: each for each in samples.store.documents("harbor-lane")}
    admitted = [chunk.id for each in documents.values() if filter.admits(each) for chunk in samples.store.chunks(each)]
    hits = search(samples, "How late can a delivery be?", "harbor-lane", 100, filter).hits
    assert sorted(hit.chunk.id for hit in hits) == sorted(admitted) and len(admitted) < 100
    assert {hit.source for hit in search(samples, "leave days", "harbor-lane", 2, filter).hits} <= {
        each.source for each in documents.values() if filter.admits(each)}


def test_a_filter_that_admits_nothing_finds_nothing(samples):
    assert search(samples, "How late can a delivery be?", "harbor-lane", 5, Filter(files=("nowhere.txt",))).hits == ()
    assert search(samples, "How late can a delivery be?", "harbor-lane", 5, Filter(since="2999-01-01")).hits == ()


def test_the_nearest_of_the_admitted_are_compared_exactly(samples):
    documents = [each for each in samples.store.documents("harbor-lane") if MAILS.admits(each)]
    index = samples.corpus("harbor-lane")
    samples.fill("harbor-lane")
    vector = samples.embedder.embed(["a supplier is late"])[0]
    places = index.admitted(MAILS)
    assert {index.held.document(index.held.id(place)).id for place in places} == {each.id for each in documents}
    scores = index.held.vectors(places) @ vector
    assert index.nearest(vector, places) == places[np.argsort(-scores, kind="stable")].tolist()


def test_what_is_typed_becomes_a_filter():
    assert admitting(["a.txt"], [".PDF", "tsv"], " 2026-03-01 ", "") == Filter(("a.txt",), ("csv", "pdf"), "2026-03-01")
    for since, until in (("2026-02-30", ""), ("yesterday", ""), ("", "26-1-1")):
        with pytest.raises(BadRequest, match="is not a day"):
            admitting(since=since, until=until)
    with pytest.raises(BadRequest, match="lies behind"):
        admitting(since="2026-02-02", until="2026-02-01")


def test_a_version_made_from_the_one_before_is_the_one_made_anew(bench, tmp_path):
    put(bench, tmp_path, one="The deposit is 150 dollars.", two="The office closes at six.", three="보증금은 15만 원이다.")
    bench.corpus("notes")
    put(bench, tmp_path, two="The office closes at seven, on Fridays at noon.", four="Deposits come back after a year.")
    bench.store.delete_files("notes", "three.txt")
    followed = bench.corpus("notes")
    bench.searches.clear()
    anew = bench.corpus("notes")
    assert followed.held.ids() == anew.held.ids() and followed.size == 3
    places = followed.held.places()
    assert np.array_equal(followed.held.vectors(places), anew.held.vectors(anew.held.places()))
    for question in ("When does the office close?", "deposit", "보증금은 얼마인가요?"):
        assert np.array_equal(followed.lexical_scores(question)[places], anew.lexical_scores(question))


def test_a_document_is_scored_as_one_text_whatever_its_chunks_repeat(bench, tmp_path):
    """Chunks overlap and all begin with the title; the document's own score knows neither."""
    texts = {name: f"# {name} report\n\n" + " ".join(f"{name} item {number} costs {number * 7} dollars." for number in range(count))
             for name, count in (("alpha", 120), ("beta", 3))}
    put(bench, tmp_path, **texts)
    index = bench.corpus("notes")
    documents = bench.store.documents("notes")
    assert index.size > 4
    whole = LexicalIndex.of(f"{document.title}\n{document.text}" for document in documents)
    for question in ("alpha report", "item 77", "beta dollars"):
        assert np.allclose(index.held.lexical.scores(question)[1], whole.scores(question)[0], atol=0.01)


def test_a_large_corpus_is_compared_in_memory_and_leaves_chroma(bench, tmp_path, monkeypatch):
    put(bench, tmp_path, one="The deposit is 150 dollars.", two="The office closes at six.")
    before = search(bench, "How much is the deposit?", "notes").hits
    bench.fill("notes")
    assert bench.index.collection("notes").count() == 2
    monkeypatch.setattr(corpus_index, "IN_CHROMA", 2)
    put(bench, tmp_path, three="Lunch is at noon.")
    after = search(bench, "How much is the deposit?", "notes").hits
    assert after[0].chunk == before[0].chunk and len(after) == 3
    bench.fill("notes")
    assert bench.corpus("notes").index is None and not bench.index.place("notes").exists()


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30), st.integers(1, 12), st.randoms(use_true_random=False))
def test_the_largest_come_first_and_of_equal_ones_those_of_lower_rank(values, count, shuffled):
    scores, ranks = np.array(values), np.array(shuffled.sample(range(100), len(values)), np.int64)
    assert largest(scores, count, ranks).tolist() == np.lexsort((ranks, -scores))[:count].tolist()
