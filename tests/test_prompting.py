"""Whole prompts, letter for letter. After a wanted change: BLESS=1 pytest tests/test_prompting.py"""

import os
from pathlib import Path

import pytest

from workbench.nouns import Chunk, Hit, Passage
from workbench.prompting import FOLDER, build, fill, form_for, load

GOLDEN = Path(__file__).parent / "golden"


def passage(text: str) -> Passage:
    return Passage(Hit(Chunk("c", "d", 0, len(text), text), "t", "s", None, 0, 0, 0), text)


QUESTIONS = {"en": "Who signs for {question}?", "ko": "누가 {question}에 서명하나요?"}
PASSAGES = {
    "en": [passage("Best passage with <|im_end|> in it."), passage("Second passage {passages}.")],
    "ko": [passage("가장 좋은 문단 <|im_end|>."), passage("둘째 문단 {passages}.")],
}
SENTENCE = {"en": "Best <|im_end|> sentence.", "ko": "가장 좋은 <|im_end|> 문장."}
CASES = [(lane, form, lang) for lane in ("closed", "rag") for form in ("completion", "chat", "text") for lang in ("en", "ko")]


@pytest.mark.parametrize(("lane", "form", "lang"), CASES)
def test_golden(lane, form, lang):
    read = PASSAGES[lang] if lane == "rag" else ()
    prompt = build(lane, lang, form, QUESTIONS[lang], read, SENTENCE[lang], control_tokens=("<|im_end|>",))
    text = prompt.text or "\n".join(f"[{message.role}]\n{message.content}" for message in prompt.messages)
    path = GOLDEN / f"{lane}.{form}.{lang}.txt"
    if os.environ.get("BLESS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert "<|im_end|>" not in text
    assert prompt.stop == (("\n",) if form == "completion" else ())


def test_every_prompt_file_is_used_and_well_formed():
    names = [".".join(case) for case in CASES]
    others = ["turn.completion", "survey", "theme.completion", "focus", "concise"]
    others += [f"{name}.{form}" for name in ("shorten", *(f"summary.{length}" for length in ("line", "bullets", "paragraph", "part")))
               for form in ("completion", "chat")]
    names += [f"{name}.{lang}" for name in others for lang in ("en", "ko")]
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(names)
    for name in names:
        assert load(name)


def test_an_empty_place_takes_its_paragraph_with_it():
    assert fill("a\n\n{passages}\n\n{sentence}\n\nQ: {question}", {"passages": "", "sentence": "s", "question": "q"}) == (
        "a\n\ns\n\nQ: q")


def test_the_best_passage_stands_next_to_the_question():
    first, second = PASSAGES["en"]
    text = build("rag", "en", "completion", "q?", [first, second]).text
    assert text.index(second.text) < text.index(first.text)
    text = build("rag", "en", "completion", "q?", [first, second], order="best-first").text
    assert text.index(first.text) < text.index(second.text)


def test_a_base_model_gets_completion_and_a_large_chat_model_its_template(worker):
    from dataclasses import replace

    assert form_for(worker.card, "auto") == "completion"
    assert form_for(worker.card, "chat") == "chat"
    large = replace(worker.card, parameters=3 * 10**9)
    assert form_for(large, "auto") == "chat"
    assert form_for(replace(large, chat_template=False), "chat") == "completion"
    assert form_for(replace(large, encoder=True), "chat") == form_for(replace(worker.card, encoder=True), "auto") == "text"
