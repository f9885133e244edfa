"""Themes that are known are found, every count and quote is exact, and merging, renaming and splitting keeps the totals."""

import csv
import io
import json
import random
import re
import threading
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import datetime
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.opinions import ENGLISH, KOREAN, lines
from workbench.bench import Bench, Settings
from workbench.cli import main
from workbench.errors import BadRequest
from workbench.feedback import Result, analyze, editing, keeping, naming
from workbench.feedback.figures import figures, wilson
from workbench.feedback.sentiment import ACCURACY
from workbench.feedback.summary import summary
from workbench.feedback.table import safe, table
from workbench.feedback.themes import FEW, cluster
from workbench.nouns.feedback import OTHER, Chosen, Estimate, Feedback, Found, Row, Sorting, Theme, Unit
from workbench.ui import feedback_report, feedback_views

NOBODY = Estimate(None, None, None, 0, "")


def run(bench, path, **options) -> Result:
    """An analysis without its steps."""
    steps = analyze(bench, path, **options)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@contextmanager
def refused(code):
    """What is done inside is refused for this reason."""
    with pytest.raises(BadRequest) as caught:
        yield
    assert caught.value.remark.code == code


def write(path, head, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def reading(tmp_path_factory, embedder):
    """A bench that reads and embeds."""
    bench = Bench(Settings(tmp_path_factory.mktemp("feedback") / "home"), searching=False)
    bench.opened_embedder = embedder
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A table in both languages with ratings, days and groups, and what each row is about."""
    draw = random.Random(5)
    rows = []
    for number in range(200):
        theme, text = draw.choice(lines(ENGLISH if number % 2 else KOREAN))
        worse = theme in ("delivery", "price")
        rows.append((theme, [f"2026-{1 + number // 50:02}-{1 + number % 28:02}", ["North", "South"][number % 3 > 0], draw.choice([1, 2] if worse else [4, 5]), text]))
    path = write(tmp_path_factory.mktemp("mixed") / "의견.csv", ["day", "branch", "rating", "comment"], [row for _, row in rows])
    return path, [theme for theme, _ in rows], [row for _, row in rows]


@pytest.fixture(scope="module")
def analyzed(reading, mixed):
    return run(reading, mixed[0])


@pytest.mark.parametrize("themes", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_known_themes_are_found(reading, tmp_path, themes):
    rows = lines(themes)
    result = run(reading, write(tmp_path / "x.csv", ["comment"], [[text] for _, text in rows]), wanted=Chosen(text="comment"))
    feedback, sorting = result.feedback, result.sorting
    named = {each.id: Counter() for each in sorting.themes}
    for unit, theme in zip(feedback.units, sorting.of, strict=True):
        if theme != OTHER:
            named[theme][rows[unit.row][0]] += 1
    assert {count.most_common(1)[0][0] for count in named.values()} == set(themes), "every theme has one of its own"
    right = sum(count.most_common(1)[0][1] for count in named.values())
    assert right >= 0.85 * len(feedback.units)
    assert feedback.found[0].stability.value >= 0.6 and feedback.found[0].stability.n == 5
    words = " ".join(term for each in sorting.themes for term in each.terms)
    assert all(each in words for each in (("battery", "price", "app") if themes is ENGLISH else ("배터리", "가격", "앱")))


@pytest.mark.parametrize("themes", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_a_few_opinions_are_joined_one_by_one(reading, tmp_path, themes):
    few = {theme: "\n".join(texts.splitlines()[:5]) for theme, texts in themes.items()}
    rows = lines(few)
    assert len(rows) < FEW
    result = run(reading, write(tmp_path / "x.csv", ["comment"], [[text] for _, text in rows]), wanted=Chosen(text="comment"))
    counts = defaultdict(Counter)
    for unit, theme in zip(result.feedback.units, result.sorting.of, strict=True):
        counts[theme][rows[unit.row][0]] += 1
    pure = sum(max(count.values()) for theme, count in counts.items() if theme != OTHER)
    assert pure >= 0.8 * len(rows) and {count.most_common(1)[0][0] for theme, count in counts.items() if theme != OTHER} == set(themes)


def test_every_row_is_read_and_languages_are_never_averaged(analyzed, mixed):
    feedback, sorting = analyzed.feedback, analyzed.sorting
    counted = figures(feedback, sorting)
    assert (counted.rows, counted.read, counted.empty) == (200, 200, 0)
    assert {each.language: each.rows for each in counted.sections} == {"ko": 100, "en": 100}
    assert {each.language: each.vectors for each in feedback.found} == {"en": "all-MiniLM-L6-v2", "ko": "TF-IDF"}
    for section in counted.sections:
        assert all(each.share.n == section.rows for each in section.themes)
        assert {theme.theme.language for theme in section.themes} == {section.language}
    assert [row.text for row in feedback.rows] == [row[3] for row in mixed[2]]


def test_counts_and_quotes_are_exact(analyzed):
    feedback, sorting = analyzed.feedback, analyzed.sorting
    check_exact(feedback, sorting)


def check_exact(feedback: Feedback, sorting: Sorting) -> None:
    """Every count made again in another way, and every quote looked up."""
    counted = figures(feedback, sorting)
    of_row: dict[int, set[int]] = defaultdict(set)
    for unit, theme in zip(feedback.units, sorting.of, strict=True):
        of_row[unit.row].add(theme)
    whole = [of_row[row.same if row.same >= 0 else place] for place, row in enumerate(feedback.rows)]
    seen = 0
    for section in counted.sections:
        rows = [place for place, row in enumerate(feedback.rows) if row.language == section.language]
        assert section.rows == len(rows)
        for each in (*section.themes, section.other):
            mine = [place for place in rows if each.theme.id in whole[place] and (each.theme.id != OTHER or len(whole[place]) == 1)]
            assert each.count == len(mine) and each.share == wilson(len(mine), len(rows))
            assert sum(each.trend) == sum(bool(feedback.rows[place].day) for place in mine)
            assert sum(share.value * share.n for share in each.groups if share.n) == pytest.approx(len(mine) if section.groups else 0)
            assert each.units == sum(
                theme == each.theme.id and feedback.rows[unit.row].language == section.language
                for unit, theme in zip(feedback.units, sorting.of, strict=True))
            seen += each.units
            for quote in each.quotes:
                row = feedback.rows[quote.place]
                assert row.text[quote.start : quote.end] == quote.text and row.number == quote.number and each.theme.id in whole[quote.place]
            assert len({quote.place for quote in each.quotes}) == len(each.quotes)
    assert seen == len(feedback.units)


@st.composite
def sorted_feedback(draw):
    """Feedback of any rows, opinions and themes."""
    count = draw(st.integers(1, 25))
    rows, units, of = [], [], []
    for place in range(count):
        words = draw(st.lists(st.sampled_from(["배송", "late", "price", "좋아요", "app"]), min_size=1, max_size=6))
        firsts = [earlier for earlier, row in enumerate(rows) if row.same < 0 and row.language]
        same = draw(st.sampled_from([-1, -1, *firsts]))
        language = rows[same].language if same >= 0 else draw(st.sampled_from(["en", "ko", ""]))
        rows.append(Row(place + 2, " ".join(words) if language else "", language, rating=draw(st.sampled_from([None, 1.0, 3.0, 5.0])),
                        day=draw(st.sampled_from(["", "2026-01-05", "2026-02-07"])), group=draw(st.sampled_from(["", "a", "b"])), same=same))
        if language and same < 0:
            cuts = sorted(draw(st.sets(st.integers(1, max(1, len(rows[-1].text) - 1)), max_size=2)))
            for start, end in zip([0, *cuts], [*cuts, len(rows[-1].text)], strict=True):
                if end > start:
                    units.append(Unit(place, start, end, draw(st.sampled_from([0.1, 0.5, 0.9])), draw(st.sampled_from(["positive", "neutral", "negative"]))))
                    of.append(draw(st.integers(0, 2)) + (3 if language == "ko" else 0))
    of = [OTHER if each in (0, 3) else each for each in of]
    themes = tuple(Theme(number, "ko" if number > 2 else "en", f"theme {number}", ("word",)) for number in (1, 2, 4, 5))
    languages = [each for each in ("en", "ko") if any(row.language == each for row in rows)]
    found = tuple(Found(each, "TF-IDF", "agglomerative", (), NOBODY) for each in languages)
    scale = (1.0, 5.0) if draw(st.booleans()) else None
    return Feedback("x.csv", Chosen("comment", group="g"), tuple(rows), tuple(units), found, scale), Sorting(themes, tuple(of))


@given(sorted_feedback())
@settings(max_examples=150, deadline=None)
def test_any_counts_and_quotes_are_exact(pair):
    check_exact(*pair)


@given(sorted_feedback(), st.sampled_from([(1, 2), (4, 5)]))
@settings(max_examples=60, deadline=None)
def test_merging_keeps_the_totals(pair, both):
    feedback, sorting = pair
    before = figures(feedback, sorting)
    if not all(any(each == theme for each in sorting.of) for theme in both):
        return
    merged = editing.merge(feedback, sorting, both)
    check_exact(feedback, merged)
    after = figures(feedback, merged)
    assert Counter(merged.of)[both[0]] == sum(Counter(sorting.of)[each] for each in both) and both[1] not in merged.of
    assert [each.rows for each in after.sections] == [each.rows for each in before.sections]
    assert sum(each.units for section in after.sections for each in (*section.themes, section.other)) == len(feedback.units)


def test_merge_rename_split_and_the_figures_follow(analyzed):
    feedback, sorting = analyzed.feedback, analyzed.sorting
    english = [each.id for each in sorting.themes if each.language == "en"]
    korean = next(each.id for each in sorting.themes if each.language == "ko")
    renamed = editing.rename(sorting, english[1], "  Getting   it home ")
    assert editing.theme(renamed, english[1]).label == "Getting it home" and renamed.of == sorting.of
    merged = editing.merge(feedback, renamed, english[:2])
    assert editing.theme(merged, english[0]).label == "Getting it home", "a name that the user gave stays"
    check_exact(feedback, merged)
    split = editing.split(feedback, merged, english[0], analyzed.vectors, 2)
    check_exact(feedback, split)
    parts = [each.id for each in split.themes if each.id not in {each.id for each in merged.themes}] + [english[0]]
    assert len(parts) == 2 and sum(Counter(split.of)[each] for each in parts) == Counter(merged.of)[english[0]]
    others = [place for place, each in enumerate(merged.of) if each != english[0]]
    assert [split.of[place] for place in others] == [merged.of[place] for place in others]
    with refused("feedback_merge_few"):
        editing.merge(feedback, sorting, [english[0], korean])
    with refused("feedback_merge_few"):
        editing.merge(feedback, sorting, [english[0], english[0]])
    with refused("feedback_theme_unknown"):
        editing.rename(sorting, 999, "x")
    with refused("feedback_name_empty"):
        editing.rename(sorting, english[0], "  ")
    alone = Sorting((Theme(1, "en", "one", ()),), tuple(1 if place == 0 else 0 for place in range(len(sorting.of))))
    with refused("feedback_split_small"):
        editing.split(feedback, alone, 1, analyzed.vectors)


def test_clusters_of_odd_vectors():
    nothing = cluster(np.zeros((3, 4), np.float32), "ward", 0.3)
    assert nothing.of.tolist() == [-1, -1, -1]
    assert cluster(np.zeros((0, 4), np.float32), "ward", 0.3).of.tolist() == []
    same = np.tile(np.array([[1, 0]], np.float32), (50, 1))
    assert set(cluster(same, "ward", 0.3, 7).of.tolist()) == {0}
    with pytest.raises(KeyboardInterrupt):
        cluster(np.random.default_rng(1).normal(size=(60, 5)).astype(np.float32), "ward", 0.3, None, stopper)


def stopper(*_):
    raise KeyboardInterrupt


def test_stopped_at_once_and_asked_too_much(reading, mixed):
    halt = threading.Event()
    halt.set()
    assert run(reading, mixed[0], halt=halt) is None
    with refused("number"):
        run(reading, mixed[0], number=0)


def test_kept_changed_taken_back_and_deleted(reading, analyzed):
    identity = keeping.keep(reading, analyzed)
    assert keeping.load(reading, identity) == (analyzed.feedback, analyzed.sorting)
    assert keeping.list_kept(reading)[0].name == "의견.csv" and keeping.list_kept(reading)[0].rows == 200
    assert keeping.vectors(reading, identity).shape == analyzed.vectors.shape
    renamed = editing.rename(analyzed.sorting, analyzed.sorting.themes[0].id, "이름")
    keeping.change(reading, identity, renamed)
    assert keeping.load(reading, identity)[1] == renamed and keeping.changes(reading, identity) == 1
    assert keeping.undo(reading, identity) == analyzed.sorting == keeping.undo(reading, identity)
    keeping.forget(reading, identity)
    for act in (keeping.load, keeping.undo, keeping.forget):
        with refused("feedback_unknown"):
            act(reading, identity)
    with pytest.raises(BadRequest):
        keeping.load(reading, "../../etc")


def test_names_by_the_model_hold_no_word_of_its_own():
    theme = Theme(1, "en", "parcel, late, courier", ("parcel", "late", "courier"))
    texts = ["The parcel came late", "Late parcels again", "The courier was rude"]

    def accepted(reply):
        return naming.accepted(reply, theme, "en", texts, {"price"})

    assert accepted(" late parcels\n") == "Late parcels" and accepted("The rude courier") == "The rude courier"
    for reply in ("Slow delivery", "No parcel", "rude", "parcel, parcel", "", "늦은 parcel 배송 지연", "The parcel came late and the courier was rude", "7 parcels"):
        assert accepted(reply) == "", reply
    korean = Theme(2, "ko", "배송, 기사님", ("배송", "기사님"))
    assert naming.accepted("늦은 배송", korean, "ko", ["배송이 늦은 편이에요"], set()) == "늦은 배송"
    assert naming.accepted("빠른 배송", korean, "ko", ["배송이 늦은 편이에요"], set()) == ""


def test_the_paragraph_has_only_figures_of_the_code(analyzed):
    counted = figures(analyzed.feedback, analyzed.sorting)
    known = json.dumps({"counts": [counted.rows, counted.read, counted.exact, counted.near, *(
        number for section in counted.sections for number in (section.rows, len(section.themes), section.other.count, *(each.count for each in section.themes)))]})
    for lang in ("en", "ko"):
        text = summary(lang, analyzed.feedback, counted)
        plain = re.sub(r"[\d.]+ ?%? \[[^\]]*\]|[\d.]+% \[[^\]]*\]|95 ?%", " ", text)  # shares and means with their intervals
        numbers = set(re.findall(r"\d+", plain)) - {"3", "1", "5"}  # how many are named, and the scale
        assert numbers <= set(re.findall(r"\d+", known)), numbers
        assert f"{counted.read}" in text and ("rows" in text if lang == "en" else "행" in text)
    assert all(0.7 < ACCURACY[lang].low < ACCURACY[lang].value < ACCURACY[lang].high <= 1 for lang in ACCURACY)


def test_the_table_of_rows(analyzed):
    text = table("ko", analyzed.feedback, analyzed.sorting)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff") and len(rows) == 201 and rows[0][0] == "행" and [row[2] for row in rows[1:]] == [row.text for row in analyzed.feedback.rows]
    labels_ = {each.label for each in analyzed.sorting.themes} | {"기타"}
    other = sum(section.other.count for section in figures(analyzed.feedback, analyzed.sorting).sections)
    assert sum(row[8] == "기타" for row in rows[1:]) == other
    assert all(set(row[8].split("; ")) <= labels_ for row in rows[1:])
    for cell in ("=1+1", "+82", "-1", "@x", "\t=1", " =1", "＝1"):
        assert safe(cell) == f"'{cell}"
    assert safe("5 - 3 = 2") == "5 - 3 = 2" and safe("가격") == "가격"


class Tags(HTMLParser):
    """The tags of a page, and its attributes that fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.open, self.fetched = Counter(), [], []

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        if tag not in ("meta", "rect", "line", "br", "input"):
            self.open.append(tag)
        self.fetched += [value for name, value in attributes if name in ("src", "href", "srcset", "action")]

    def handle_endtag(self, tag):
        if tag not in ("meta", "rect", "line", "br", "input"):
            assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_report_stands_alone_and_is_escaped(analyzed, lang):
    evil = "<script>alert(1)</script>${x}"
    sorting = editing.rename(analyzed.sorting, analyzed.sorting.themes[0].id, evil)
    page = feedback_report.page(lang, analyzed.feedback, figures(analyzed.feedback, sorting), datetime(2026, 3, 5))
    seen = Tags()
    seen.feed(page)
    assert not seen.open and not seen.fetched and not seen.tags["script"] and seen.tags["svg"] and not seen.tags["button"]
    assert "&lt;script&gt;" in page and 'lang="' + lang in page and "200" in page
    view = feedback_views.analysis(lang, analyzed.feedback, figures(analyzed.feedback, sorting), (sorting.themes[0].id,))
    assert "data-pick" in view and 'aria-pressed="true"' in view and "<script" not in view


def test_the_command_line(mixed, tmp_path, monkeypatch, capsys, embedder):
    monkeypatch.setattr(Bench, "embedder", embedder, raising=True)
    home = str(tmp_path / "home")
    asked = [str(mixed[0]), "--column", "comment", "--group", "branch", "--rating", "rating", "--date", "day", "--mask", "--themes", "5",
             "--no-model", "--lang", "ko", "--out", str(tmp_path / "r.html"), "--csv", str(tmp_path / "r.csv"), "--json", "--home", home]
    assert main(["feedback", *asked]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    got = json.loads(out)
    assert (got["rows"], got["read"], got["columns"]["text"], got["masked"]) == (200, 200, "comment", {})
    assert {each["language"]: each["rows"] for each in got["languages"]} == {"en": 100, "ko": 100}
    assert all({"label", "count", "share", "sentiment", "quotes", "terms", "trend", "groups"} <= set(each) for each in got["themes"])
    first = got["themes"][0]
    assert set(first["share"]) == {"value", "low", "high", "n", "method"} and first["share"]["method"] == "wilson"
    texts = {number: row[3] for number, row in enumerate(mixed[2], 2)}
    assert all(quote["text"] in texts[quote["row"]] for each in got["themes"] for quote in each["quotes"])
    assert got["summary"].startswith("전체 200행 가운데 200행을 읽었습니다.")
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>") and (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert main(["feedback", str(mixed[0]), "--column", "nothing", "--home", home]) == 1
    assert "no column called “nothing”" in capsys.readouterr().err
    assert main(["feedback", str(tmp_path / "nope.csv"), "--home", home]) == 1
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize(("model", "host"), [("", ""), ("remote:http://127.0.0.1:9/v1", ""), ("remote:https://api.example.com/v1#big", "api.example.com")])
def test_names_are_rephrased_elsewhere_only_where_somebody_says_so(tmp_path, model, host):
    import gradio as gr

    from workbench.ui import feedback_tab

    bench = Bench(Settings(tmp_path / "home", model=model), searching=False)
    with gr.Blocks() as page:
        labels_of = feedback_tab.build(page, bench, gr.Radio(["en", "ko"], value="en"), gr.Tab("Feedback"))
    parts = {part.elem_id: part for part in labels_of.outputs}
    assert parts["feedback-rephrase"].value is (not host)
    for lang, words in (("en", "Leaves this computer"), ("ko", "이 컴퓨터를 떠납니다")):
        said = labels_of.say(lang, "", (), "", True, *[None] * 5)[parts["feedback-leaving"]]
        assert (words in said and host in said) if host else said == ""
    bench.close()
