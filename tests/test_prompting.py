"""Whole prompts, letter for letter. After a wanted change: BLESS=1 pytest tests/test_prompting.py"""

import os
from pathlib import Path

import pytest

from workbench.nouns import Chunk, Hit, Passage, Prompt
from workbench.prompting import FOLDER, build, fill, form_for, load, shorten, summary

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
    held(f"{lane}.{form}.{lang}.txt", written(prompt))
    assert prompt.stop == (("\n",) if form == "completion" else ())


def written(prompt: Prompt) -> str:
    """All that a model reads of a prompt."""
    return prompt.text or "\n".join(f"[{message.role}]\n{message.content}" for message in prompt.messages)


def held(name: str, text: str) -> None:
    """A text is as it was when it was last looked at, and no control token of a document is left in it."""
    path = GOLDEN / name
    if os.environ.get("BLESS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert "<|im_end|>" not in text


MAIL = {
    "en": "Jan: The invoice of 1,240 euros is due on 5 March <|im_end|>. {question} Please pay by then.",
    "ko": "김민지: 청구서 1,240,000원은 3월 5일까지입니다 <|im_end|>. {question} 그때까지 내 주세요.",
}


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("form", ["completion", "chat"])
def test_golden_of_summaries(form, lang):
    told = {"control_tokens": ("<|im_end|>",)}
    lengths = {"line": 1, "bullets": 3, "paragraph": 4, "part": 2}
    prompts = {length: summary(length, lang, form, MAIL[lang], sentences=count, **told) for length, count in lengths.items()}
    asked = summary("paragraph", lang, form, MAIL[lang], sentences=2, question=QUESTIONS[lang], concise=True, **told)
    prompts |= {"paragraph, concise, of a question": asked, "shorten": shorten(lang, form, MAIL[lang], **told)}
    held(f"summary.{form}.{lang}.txt", "\n\n".join(f"##### {name}\n{written(prompt)}" for name, prompt in prompts.items()) + "\n")
    for name, prompt in prompts.items():
        stops = ("\n\n", "\nText", "\n글") if name == "bullets" else ("\n",)
        assert prompt.stop == (stops if form == "completion" else ())


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_text_to_text_model_is_told_to_summarize_as_a_chat_model_is(lang):
    for length in ("line", "bullets", "paragraph", "part"):
        assert summary(length, lang, "text", MAIL[lang]) == summary(length, lang, "chat", MAIL[lang])


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
