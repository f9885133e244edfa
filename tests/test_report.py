"""The page to hand on: all of a comparison, in words, and nothing that runs or asks."""

import html
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.app_process import CHROMIUM, FLAGS
from tests.test_history import made
from workbench.captions import short
from workbench.nouns import Budget, Entry, Hit, LeftOut, Passage, Remark
from workbench.ui import report

MADE = datetime(2026, 3, 5, 9, 7)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}${7*7}</style></title>&amp;"


def entry(number=1, **options) -> Entry:
    return Entry(number, datetime(2026, 3, 4, 8, 5).timestamp(), "What is the deposit?", "office", made(**options))


def text_of(page: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def test_one_question_in_both_languages():
    english = text_of(report.page("en", [entry()], MADE))
    for expected in ("2026-03-05 09:07", "office", "tiny", "asked 2026-03-04 08:05", "Best sentence in the documents",
                     "rules.md, p. 2", "about ten dollars", "$150", "The model is unsure", "total 2.5 s", "246 free",
                     "the answer's words stand here", "The office closes at six.", "How to read this"):
        assert expected in " ".join(english.split()).replace("free 246", "246 free"), expected
    assert "At a glance" not in english
    korean = text_of(report.page("ko", [entry()], MADE))
    for expected in ("2026년 3월 5일 09:07", "모델만", "모델 + 문서", "2쪽", "읽는 법", "전체 2.5초"):
        assert expected in korean, expected


def test_several_questions_have_a_table_on_top():
    entries = [entry(1), entry(2, text="long " * 90), replace(entry(3), answers=made()[:2])]
    page = report.page("en", entries, MADE)
    table = text_of(page[page.index("<table"):page.index("</table>")])
    assert table.count("about ten dollars") == 3 and table.count("check") == 3 and "long …" in table and "2.5" in table
    assert all(f'id="question-{number}"' in page and f'href="#question-{number}"' in page for number in (1, 2, 3))


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def hostile() -> Entry:
    """An entry that is evil wherever something comes from outside."""
    extract, closed, rag = made(question=EVIL, corpus=EVIL, text=EVIL, source=EVIL)
    hit = rag.hits[0]
    chunk = replace(hit.chunk, text=EVIL * 2, end=len(EVIL) * 2)
    hit = Hit(chunk, EVIL, EVIL, 1, 1.0, 1.0, 1.0)
    best = replace(rag.best, text=EVIL, hit=hit, start=0, end=len(EVIL))
    rag = replace(rag, hits=(hit,), best=best, passages=(Passage(hit, chunk.text),), flags=("unsupported", "language"),
                  left_out=(LeftOut(hit, "budget", 9),), recipe=replace(rag.recipe, model=f"/home/me/{EVIL}"))
    closed = replace(closed, error=Remark("model_no_file", {"path": EVIL}))
    return Entry(1, 0.0, EVIL, EVIL, (replace(extract, best=best, text=EVIL), closed, rag), -1, EVIL)


def test_nothing_from_outside_becomes_markup():
    harmless = Tags(report.page("en", [entry(1), entry(2)], MADE))
    page = report.page("en", [hostile(), hostile()], MADE)
    tags = Tags(page)
    assert tags.tags <= harmless.tags | {"mark", "ul", "li"} and tags.attributes <= harmless.attributes
    assert not {"script", "img", "iframe", "link", "object", "form", "button"} & tags.tags
    assert "{{7*7}}" in text_of(page) and "<script>alert(1)</script>" in text_of(page)


def test_a_path_says_nothing_of_where_a_person_keeps_files():
    assert short("/home/me/secret plans/tiny-q4.gguf") == short(r"C:\Users\me\tiny-q4.gguf") == "tiny-q4"
    shown = replace(entry(), answers=tuple(
        replace(each, recipe=replace(each.recipe, model="/home/me/tiny.gguf")) for each in made()))
    assert "/home/me" not in report.page("en", [shown], MADE)


def test_what_was_stopped_or_failed_can_be_shown_too():
    extract, closed, rag = made()
    stopped = replace(rag, text="", flags=("stopped",), timing=None, budget=Budget(64, 9, 9, 9, 9), passages=())
    for answers in ((extract,), (closed,), (replace(closed, error=Remark("question_empty", {}), timing=None), stopped), (rag, closed)):
        for lang in ("en", "ko"):
            assert report.page(lang, [replace(entry(), answers=answers)] * 2, MADE).count("<article") == 2


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")
def test_in_a_browser_it_fits_a_phone_runs_nothing_and_prints(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(report.page("ko", [hostile(), entry(2), entry(3)], MADE), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        asked, dialogs = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.dismiss()))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("summary").first.click()
        assert page.locator("details p").first.is_visible()
        page.locator(".wb-summary a").nth(1).click()
        assert page.url.endswith("#question-2")
        assert len(page.pdf(prefer_css_page_size=True)) > 10_000
        browser.close()
    assert [each.split("#")[0] for each in asked] == [path.as_uri()] * len(asked) and not dialogs
