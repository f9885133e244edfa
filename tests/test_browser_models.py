"""The Models tab in a real browser, in both languages."""

from playwright.sync_api import expect

from tests.conftest import PATIENCE


def test_a_model_is_looked_at_fitted_and_spoken_to(page):
    page.get_by_role("tab", name="Models", exact=True).click()
    card = page.locator("#models-card")
    expect(card).to_contain_text("9 (3) × 64", timeout=PATIENCE)
    expect(card).to_contain_text("211 × q8_0")
    expect(page.locator("#models-list")).to_contain_text("MB", timeout=PATIENCE)
    expect(page.locator("#models-list .wb-state")).to_be_visible(timeout=PATIENCE)

    page.locator("#models-window input").fill("9000")
    page.locator("#models-estimate").click()
    expect(page.locator("#models-room")).to_contain_text("between 64 and 8192", timeout=PATIENCE)
    page.locator("#models-window input").fill("512")
    page.locator("#models-together input").fill("3")
    page.locator("#models-estimate").click()
    expect(page.locator("#models-room")).to_contain_text("for 3 sequences of 512 tokens", timeout=PATIENCE)
    expect(page.locator("#models-room .wb-fit-cells").first).to_be_visible()

    page.locator("#models-formats button").first.click()
    page.locator("#models-question textarea").fill("휴가는 며칠인가요? <b>")
    page.locator("#models-show").click()
    shown = page.locator("#models-formats-shown")
    expect(shown).to_contain_text("OpenAssistant", timeout=PATIENCE)
    first = shown.locator("details").first
    first.locator("summary").click()
    expect(first.locator("pre")).to_contain_text("휴가는 며칠인가요? <b>")
    expect(shown).to_contain_text("The tokenizer has no token for <bos>")

    page.locator("#language").get_by_text("한국어").click()
    expect(page.locator("#models-lab")).to_contain_text("양자화 실험실", timeout=PATIENCE)
    expect(page.locator("#models-room")).to_contain_text("512토큰 창 3개를 한꺼번에")
    expect(shown).to_contain_text("파일의 템플릿과 다른 형식입니다")


def test_quantizing_without_a_type_is_one_sentence(page):
    page.get_by_role("tab", name="Models", exact=True).click()
    page.locator("#models-lab button").first.click()
    chosen = page.locator("#models-kinds input:checked")
    for left in range(4, 0, -1):
        expect(chosen).to_have_count(left)
        chosen.first.uncheck()
    page.locator("#models-make").click()
    expect(page.locator("#models-lab-told")).to_contain_text("Say which types to make", timeout=PATIENCE)


def test_a_server_beyond_this_computer_is_marked_before_it_is_asked(page):
    name = "remote:https://api.example.com/v1#large"
    for tab, field, shown, says in (
        ("Models", "#models-model", "#models-card", "asked nothing until you ask it something"),
        ("Summarize", "#summary-model", "#summary-leaving", "once you start, the text is sent to api.example.com"),
        ("Measure", "#measure-reference", "#measure-leaving", "once the run starts, questions and passages are sent to api.example.com"),
    ):
        page.get_by_role("tab", name=tab, exact=True).click()
        page.locator(f"{field} input").fill(name)
        page.keyboard.press("Enter")
        expect(page.locator(shown)).to_contain_text(says, timeout=PATIENCE)
    page.locator("#language").get_by_text("한국어").click()
    expect(page.locator("#measure-leaving")).to_contain_text("이 컴퓨터를 떠납니다", timeout=PATIENCE)
