"""Which language a text is in, and whether a tokenizer knows it. English and Korean are what the workbench speaks."""

import re

from workbench.nouns import Card, Lang, Language

# Ordinary office sentences, to measure how a tokenizer spells a language.
SAMPLES: dict[Lang, str] = {
    "en": "Please put together the meeting notes and last month's customer feedback and send them by Friday.",
    "ko": "이번 주 회의 자료와 지난달 고객 의견을 정리해서 금요일까지 보내 주시기 바랍니다.",
}
# A tokenizer with Korean words in it gives 1.2 characters a token and more (Gemma 3 1.66); one that
# spells Hangul in bytes or letters about 0.5 (SmolLM2 0.50, MiniLM 0.52). English is at 4 and more.
SPELLED = 0.8
HANGUL = re.compile("[가-힣]+")
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def language(text: str) -> Lang:
    """Korean where Hangul makes up a good part of the letters, else English."""
    letters, hangul = (sum(map(len, re.findall(pattern, text))) for pattern in (r"[^\W\d_]+", HANGUL))
    return "ko" if hangul and hangul >= 0.25 * letters else "en"


def spoken(text: str) -> Language:
    """The language of a text: `other` where its letters are mostly neither Hangul nor Latin."""
    if language(text) == "ko":
        return "ko"
    letters = len(LETTER.findall(text))
    return "en" if 2 * len(LATIN.findall(text)) >= letters else "other"


def reads(card: Card, lang: Lang) -> bool:
    """Whether a model has words of a language; taken to be so where a server does not tell how it spells."""
    return lang not in card.characters_per_token or known(card.characters_per_token[lang])


def known(characters_per_token: float) -> bool:
    """Whether a tokenizer with this many characters a token has words of the language."""
    return characters_per_token >= SPELLED
