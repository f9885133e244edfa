"""What is made of a run: plots, the figures as HTML, the page to hand on, the tables. All of a run made by hand."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS
from tests.a_run import EVIL, MODEL, run
from workbench.measure import export, plots, question_views, report, views
from workbench.measure.figures import behind, figures, marks, question_rows
from workbench.measure.plots import Point, Series
from workbench.nouns.measure import Estimate


@pytest.fixture(scope="module")
def measured():
    made = run()
    return made, figures(made)


class Tags(HTMLParser):
    """The tags and attributes of a page; what is open must be closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.values = set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [(name, value or "") for name, value in attrs]


def text_of(page: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def share(value, low=None, high=None, n=50) -> Estimate:
    return Estimate(value, low, high, n, "wilson")


# plots


def test_a_share_stands_where_it_is():
    drawn = plots.intervals("Lanes", [("model", "closed", share(0.25, 0.1, 0.5)), ("none", "rag", share(None))], ["25 %", "–"])
    room = plots.WIDTH - plots.LABELS - plots.VALUES
    (circle,) = re.findall(r'<circle[^>]*cx="([\d.]+)"', drawn)
    assert float(circle) == pytest.approx(plots.LABELS + room * 0.25)
    ((low, high),) = re.findall(r'<line class="wb-whisker[^>]*x1="([\d.]+)" x2="([\d.]+)"', drawn)
    assert (float(low), float(high)) == pytest.approx((plots.LABELS + room * 0.1, plots.LABELS + room * 0.5))
    assert 'aria-label="Lanes. model: 25 %; none: –"' in drawn


def test_a_chart_keeps_to_its_frame_in_order():
    series = [Series("a", "rag", tuple(Point(x, share(y, y / 2, min(1, y * 1.5))) for x, y in ((256, 0.2), (512, 0.4), (2048, 1.0))))]
    for log in (False, True):
        drawn = plots.chart("Windows", series, "window", "right", ticks=[(x, str(x)) for x in (256, 512, 2048)], log=log)
        dots = [tuple(map(float, found)) for found in re.findall(r'<circle[^>]*cx="([\d.]+)" cy="([\d.]+)"', drawn)]
        assert [x for x, _ in dots] == sorted(x for x, _ in dots) and [y for _, y in dots] == sorted((y for _, y in dots), reverse=True)
        assert all(plots.LEFT <= x <= plots.WIDTH - plots.RIGHT and plots.TOP <= y <= plots.HEIGHT - plots.BOTTOM for x, y in dots)
        assert dots[2][1] == pytest.approx(plots.TOP), "all right is the top"
        steps = dots[1][0] - dots[0][0], dots[2][0] - dots[1][0]
        assert steps[1] / steps[0] == pytest.approx(2 if log else 6, abs=0.01)
    assert "legend" not in drawn and "wb-legend" in plots.chart("Two", series * 2, "x", "y", ticks=[(256, "256")])
    lone = plots.chart("One", [Series("a", "rag", (Point(3, share(0.5)), Point(4, share(None))))], "x", "y", ticks=[])
    assert lone.count("<circle") == 1 and "nan" not in lone


def test_names_of_dots_do_not_stand_on_each_other():
    points = [Point(x, share(value), f"{model} {x}") for model, value in (("가나다라마바사", 0.0), ("SmolLM2-135M-Instruct", 0.0), ("top", 1.0), ("높음", 1.0)) for x in (512, 512, 700)]
    drawn = plots.chart("Cost", [Series("with documents", "rag", tuple(points))], "size", "right", ticks=[(512, "512"), (2048, "2048")], joined=False)
    named = re.findall(r'<text class="" x="([\d.]+)" y="([\d.]+)" text-anchor="start">([^<]+)</text>', drawn)
    assert len(named) == len(points)
    boxes = [(float(x), float(x) + sum(14 if each > "ᄀ" else 7 for each in name), float(y)) for x, y, name in named]
    for place, (left, right, height) in enumerate(boxes):
        assert plots.TOP < height < plots.HEIGHT
        assert not any(left < end and start < right and abs(height - other) < 13 for start, end, other in boxes[:place])


def test_a_bar_adds_up_and_says_what_it_shows():
    drawn = plots.bar("Losses", [("answered", "right", 0.7, "70 %"), ("cut", "cut", 0.3, "30 %"), ("none", "distracted", 0.0, "0 %")], ["answered", "cut", "none"])
    assert sum(map(float, re.findall(r"flex-grow:([\d.]+)", drawn))) == pytest.approx(1) and drawn.count("<li>") == 3
    assert 'aria-label="Losses: answered 70 %, cut 30 %, none 0 %"' in drawn


def test_plots_escape_every_word():
    point = Point(1, share(0.5, 0.4, 0.6), EVIL)
    for drawn in (
        plots.intervals(EVIL, [(EVIL, EVIL, share(0.5, 0.4, 0.6))], [EVIL]), plots.bar(EVIL, [(EVIL, EVIL, 1.0, EVIL)], ["x"]),
        plots.chart(EVIL, [Series(EVIL, EVIL, (point, point)), Series(EVIL, EVIL, (point,))], EVIL, EVIL, ticks=[(1, EVIL)]),
    ):
        assert not {"script", "img", "style"} & Tags(drawn).tags and "onerror" not in Tags(drawn).attributes


# views


@pytest.mark.parametrize(("lang", "expected"), [
    ("en", ("Of 36 questions the model alone answers", "What the documents changed", "Where answers are lost", "How large a window it takes", "Where the gold passage stands",
            "How much noise it bears", "After a passage with a false answer", "Does its confidence mean anything?", "How well known it is what is asked", "By tag", "there are too few passages without the answer")),
    ("ko", ("질문 36개 가운데 모델만으로는", "문서로 달라진 것", "답을 잃는 곳", "창은 얼마나 커야 하나", "정답 문단의 자리", "잡음을 얼마나 견디나", "거짓 답이 든 문단을 읽고",
            "자신 있는 답이 더 맞나요?", "묻는 것이 얼마나 알려져 있나", "태그별", "답이 없는 문단이 모자랍니다"))])
def test_every_figure_is_told_in_both_languages(measured, lang, expected):
    made, found = measured
    shown = text_of(views.front(lang, made, found) + views.whole(lang, made, found))
    for words in expected:
        assert words in shown, words
    assert "None" not in shown and "nan" not in shown and "{" not in shown


def test_every_figure_opens_the_questions_it_counts(measured):
    made, found = measured
    page = views.whole("en", made, found, linked=True)
    cells = re.findall(r'data-cell="([^"]+)">([^<]+)<', page)
    assert len(cells) > 70 and {cell.partition(":")[0] for cell, _ in cells} == {"0", "1", "2", "3"}
    for cell, words in [*cells[:12], *cells[-3:]]:
        number, _, rest = cell.partition(":")
        some, group = behind(made, found, cell), found.groups[int(number)]
        assert {each.lang for each in some} <= {group.lang}, cell
        if rest in views.SQUARES:
            assert len(some) == int(words) == getattr(group.replacement.ledger, rest)
        elif rest.startswith("loss:"):
            assert len(some) == round(dict(group.replacement.losses)[rest[5:]].value * 36 if group.lang == "en" else len(some))
        else:
            assert len(some) == 36 if group.lang == "en" else 32


def test_every_cell_of_the_matrix_opens_its_question_with_all_answers(measured):
    made, _ = measured
    shown = marks(made)
    matrix = question_views.matrix("en", made.setup, shown, linked=True)
    opened = re.findall(r'class="wb-cell wb-cell-(\w+)" data-question="([^"]+)" data-column="(\d+)"', matrix)
    assert len(opened) == len(made.outcomes) == len(made.setup.questions) * len(made.setup.columns)
    assert all(question_views.MARKS[shown[name, int(column)]] == mark for mark, name, column in opened)
    assert {mark for mark, *_ in opened} == {"yes", "no", "none"}
    assert "<button" not in question_views.matrix("ko", made.setup, shown)
    partly = {key: mark for key, mark in shown.items() if key[1] < 2}
    assert len(re.findall("data-column", question_views.matrix("en", made.setup, partly, linked=True))) == 2 * len(made.setup.questions), "it fills in"
    question, answers = question_rows(made)[0]
    view = question_views.question_view("en", question, answers, chosen=2)
    assert view.count("<article") == len(made.setup.columns) and view.count("wb-chosen") == 1 and view.count(" open>") == 2
    assert "fake0" in text_of(view) and question.answers[0] in text_of(view) and "rooms-0.txt" in text_of(view)


# the page


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_page_is_whole_and_asks_nobody(measured, lang):
    made, found = measured
    page = report.page(lang, made, found)
    tags = Tags(page)
    assert not {"script", "img", "iframe", "link", "object", "form", "button", "a", "video", "base"} & tags.tags
    assert not [value for name, value in tags.values if name in ("src", "href", "action", "srcset", "data") or "http" in value or "url(" in value]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "url(" not in style and "@import" not in style and "default-src 'none'" in html.unescape(page)
    assert page.startswith("<!doctype html>") and f'<html lang="{lang}">' in page and page.count("<details id=") == len(made.setup.questions)
    shown = text_of(page)
    assert shown.index(found.run) < shown.index("95") < shown.index("McNemar" if lang == "en" else "맥니마"), "plain words come first"
    assert "/home/me" not in page and "secret" not in page and Path(MODEL).stem in page, "nothing of where a person keeps files"
    assert ("비밀번호는" in shown) and ("What is the code" in shown), "every question"


def test_nothing_from_outside_becomes_markup():
    clean, evil = run(4), run(4, EVIL)
    for lang in ("en", "ko"):
        harmless, tags = Tags(report.page(lang, clean, figures(clean))), Tags(page := report.page(lang, evil, figures(evil)))
        assert tags.tags == harmless.tags and tags.attributes == harmless.attributes
        assert "<script>alert(1)</script>" in html.unescape(page) and "{{7*7}}" in page
    found = figures(evil)
    linked = views.whole("en", evil, found, linked=True) + question_views.every("en", evil.setup, marks(evil)) + "".join(
        question_views.question_list("en", EVIL, [question], question.id, question_views.question_view("en", question, answers))
        for question, answers in question_rows(evil))
    assert not {"script", "img", "style", "title"} & Tags(linked).tags and "onerror" not in Tags(linked).attributes


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")
def test_in_a_browser_it_fits_a_phone_asks_nobody_and_prints_hangul(tmp_path):
    from pypdf import PdfReader

    small = run(12)  # what is printed is read page by page
    path = tmp_path / "report.html"
    path.write_text(report.page("ko", small, figures(small)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("summary").first.click()
        assert page.locator("#question-1 article").first.is_visible()
        page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
        browser.close()
    assert asked == [path.as_uri()] and not errors
    printed = PdfReader(tmp_path / "report.pdf")
    shown = re.sub(r"\s+", "", "".join(each.extract_text() for each in printed.pages))
    for words in ("문서가 모델의 지식을 얼마나 대신하나요?", "질문 12개 가운데 모델만으로는", "어떻게 측정했나요", "구함: 문서 덕분에 맞음", "답을 잃는 곳",
                  "5호실의 비밀번호는 무엇입니까", "정답 문단의 자리", "모든 질문", "정답: 비밀5번"):
        assert words.replace(" ", "") in shown, words
    assert "\ufffd" not in shown and len(printed.pages) < 40


# the tables


def test_no_cell_of_the_table_is_a_formula(measured):
    made, _ = measured
    table = export.table(made)
    assert table.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(rows) == len(made.outcomes) and set(rows[0]) == set(export.HEAD)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in set("=+-@|%") and not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)]
    assert any(row["reply"] == "'=cmd|' /C calc'!A0" for row in rows) and any(row["passages"].startswith("'+code") for row in rows)
    assert any(row["text"].endswith("비밀번호는 무엇입니까?") for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%0A", "\0=1"])
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert export.cell(cell) == f"'{cell}" and export.cell(f"a{cell}") == f"a{cell}"


def test_numbers_stay_numbers():
    assert export.cell(-0.5) == -0.5 and export.cell(None) == "" and export.cell(False) is False


def test_a_tag_has_the_figures_of_its_questions(measured):
    _, found = measured
    english = found.groups[0]
    first, second = english.topics
    assert {first.tag, second.tag} == {"floor 0", "floor 1"} and english.rare == 1, "of the attic there is one question"
    counts = english.replacement.ledger
    assert first.lift.n + second.lift.n == counts.n == 36
    assert round(sum(each.lift.value * each.lift.n for each in english.topics)) == counts.rescued - counts.harmed
    assert all(each.p >= 0 for each in english.topics)
    page = text_of(views.topics("en", english))
    assert "floor 1 n = 18" in page and "1 with fewer than 10" in page


def test_lines_and_figures_are_json(measured):
    made, found = measured
    rows = [json.loads(line) for line in export.lines(made).splitlines()]
    assert [(each["question"], each["lane"]) for each in rows[:2]] == [("en-0", "extract"), ("en-0", "closed")] and len(rows) == len(made.outcomes)
    failed = [each for each in rows if each["error"]]
    assert failed and all(each["right"] is None and each["exact"] is None for each in failed), "no score rather than zero"
    told = json.loads(json.dumps(export.figures_json(found)))
    assert [(each["lang"], each["window"]) for each in told["groups"]] == [("en", 512), ("en", 1024), ("ko", 512), ("ko", 1024)]
    assert told["finished"] and told["lanes"]["rag"]["right"]["method"] == "wilson" and told["retrieval"]["recall@1"]["n"] == 36


def test_files_are_written_together(measured, tmp_path):
    made, found = measured
    journal = tmp_path / "source.jsonl"
    journal.write_text("{}\n")
    paths = report.write(tmp_path / "out", made, found, "ko", journal)
    assert [each.name for each in paths] == ["report.html", "answers.csv", "answers.jsonl", "figures.json"]
    assert all(each.stat().st_size > 1000 for each in paths) and (tmp_path / "out" / "journal.jsonl").exists()
