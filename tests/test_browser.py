"""The app as a person meets it: a process, headless Chromium, the real model. Any request elsewhere fails the test."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, expect

from benchmarks.app_process import CHROMIUM
from tests.conftest import PATIENCE

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium (.ci/run installs it)")


@pytest.fixture(scope="module")
def browser_home(tmp_path_factory) -> Path:
    """Nothing yet: these meet the app on its first start."""
    return tmp_path_factory.mktemp("browser") / "home"


def test_a_sample_question_gives_two_answers_the_sentence_and_the_window(page):
    """Clicked at once, while samples and models still load: it waits and is answered."""
    page.locator("#samples button").first.click()
    expect(page.locator("#question textarea")).not_to_have_value("")
    expect(page.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".wb-best blockquote")).not_to_be_empty()
    for lane in ("closed", "rag"):
        expect(page.locator(f".wb-card.wb-{lane} .wb-text")).not_to_be_empty()
        expect(page.locator(f".wb-card.wb-{lane} .wb-facts")).to_contain_text("first token")
    expect(page.locator(".wb-legend")).to_contain_text("passages")
    page.locator(".wb-sent summary").click()
    expect(page.locator(".wb-sent pre").last).to_contain_text("Question:")
    page.locator("#expected summary").click()
    page.locator(".wb-best .wb-chip").click()
    expect(page.locator("#wb-mark strong")).to_be_visible(timeout=PATIENCE)
    sentence = page.locator(".wb-best blockquote").inner_text()
    assert " ".join(page.locator("#wb-mark strong").inner_text().split()) == sentence
    page.locator("label", has_text="한국어").click()
    expect(page.locator("#ask")).to_have_text("묻기")
    expect(page.locator(".wb-card.wb-closed h3")).to_have_text("모델만")


def test_an_uploaded_file_is_cited(page, tmp_path):
    note = tmp_path / "garage-note.txt"
    note.write_text("The garage door code is 4711 and it changes on the first Monday of each quarter.")
    page.get_by_role("tab", name="Documents").click()
    corpus = page.locator("#documents-corpus input")
    corpus.fill("my notes")
    corpus.press("Enter")
    page.locator("#upload input[type=file]").set_input_files([str(note), __file__])
    row = page.locator("#files tr", has_text="garage-note.txt")
    expect(row).to_contain_text("ready", timeout=PATIENCE)
    expect(page.locator("#files tr", has_text="test_browser.py")).to_contain_text("not read")
    row.get_by_role("button", name="Look").click()
    expect(page.locator("#passages .wb-chunk")).to_contain_text("4711", timeout=PATIENCE)
    page.get_by_role("tab", name="Ask").click()
    page.locator("#corpus input").click()
    page.get_by_role("option", name="my notes").click()
    page.locator("#question textarea").fill("What is the garage door code?")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".wb-best blockquote")).to_contain_text("4711")
    expect(page.locator(".wb-card.wb-rag .wb-cited")).to_contain_text("garage-note.txt")
    page.get_by_role("tab", name="Documents").click()
    page.on("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0, timeout=PATIENCE)


@pytest.mark.parametrize("page", ["ko-KR"], indirect=True)
def test_a_korean_browser_begins_in_korean_with_the_korean_company(page):
    expect(page.locator("#ask")).to_have_text("묻기")
    expect(page.locator("#corpus input")).to_have_value("saebyeok-foods")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("질문", "문서", "요약", "고객 의견", "측정", "기록", "모델"):
        expect(page.get_by_role("tab", name=name, exact=True)).to_be_visible()
        expect(page.get_by_role("tab", name=name, exact=True)).to_be_in_viewport(ratio=1)


def test_stop_really_stops(page):
    page.locator("#reply input").fill("1500")
    page.locator("#form input").click()
    page.get_by_role("option", name="chat template").click()
    page.locator("#question textarea").fill("Write down every number from one to five hundred in words.")
    page.locator("#ask").click()
    expect(page.locator(".wb-card.wb-closed .wb-text:not(.wb-waiting)")).to_be_visible(timeout=PATIENCE)
    page.locator("#stop").dispatch_event("click")  # at once: a click waits for the page to be still, and on a slow computer the reply is over by then
    expect(page.locator(".wb-card.wb-closed")).to_contain_text("Stopped.", timeout=15_000)


def test_a_conversation(page):
    """A follow-up is read together with the question before, and a new conversation begins without it."""
    ask(page, "How many days of paid leave do full-time staff have?")
    ask(page, "And what is the highest number it can grow to?")
    expect(page.locator(".wb-read-as")).to_contain_text("paid leave do full-time staff have? And what is the highest")
    expect(page.locator(".wb-turns li")).to_have_count(2)
    expect(page.locator(".wb-legend")).to_contain_text("conversation")
    page.locator("#new").click()
    expect(page.locator(".wb-turns")).to_have_count(0)
    ask(page, "How much is it?")
    expect(page.locator(".wb-read-as")).to_have_count(0)


def ask(page, question: str) -> None:
    """Ask and wait for this question's answers."""
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    answered = "question => document.querySelector('.wb-sent')?.textContent.includes(question)"
    try:
        page.wait_for_function(answered, arg=question, timeout=PATIENCE / 4)
    except TimeoutError:  # a click that comes while the answer before is being put away is none
        page.locator("#ask").click()
        page.wait_for_function(answered, arg=question, timeout=PATIENCE)


def test_two_people_at_once(chromium, page, url):
    """Both are answered, each with their own."""
    other = chromium.new_context(locale="ko-KR").new_page()
    other.goto(url)
    expect(other.locator("#samples button").first).to_be_visible(timeout=PATIENCE)
    page.locator("#question textarea").fill("When is core time for people working from home?")
    other.locator("#question textarea").fill("재택근무 집중 시간은 몇 시부터인가요?")
    page.locator("#ask").click()
    other.locator("#ask").click()
    for each in (page, other):
        expect(each.locator(".wb-sent")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".wb-best .wb-chip")).to_contain_text("remote-work-policy.md")
    expect(other.locator(".wb-best .wb-chip")).to_contain_text("재택근무-지침.txt")
    other.context.close()


def test_every_control_has_a_name_and_is_reached_by_keyboard(page):
    ask(page, "When is core time for people working from home?")
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input, textarea, [role=tab]')]
        .filter(each => each.offsetParent && !(each.ariaLabel || each.title || each.textContent.trim() || each.placeholder
            || each.labels?.length || each.getAttribute('aria-labelledby')))
        .map(each => each.outerHTML.slice(0, 200))""")
    assert not nameless, nameless
    page.locator(".wb-best .wb-chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#wb-mark")).to_be_visible(timeout=PATIENCE)


def test_strangers_are_refused(url):
    for header in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(url, headers=header), timeout=10)
        assert refused.value.code == 403
    with urllib.request.urlopen(url, timeout=10) as reply:
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
