"""Every word the workbench says to a person, in English and Korean, by key; one file a tab. `say` fills in the values.

What a model reads is not here but in prompts/.
"""

from workbench.nouns import Lang, Remark
from workbench.words import ask, documents, errors, feedback, history, page, remarks

WORDS: dict[str, tuple[str, str]] = {
    key: both for part in (errors, remarks, page, ask, documents, feedback, history) for key, both in part.WORDS.items()}


def say(lang: Lang, key: str, **values: object) -> str:
    """The words for a key in a language, with the values filled in."""
    text = WORDS[key][1 if lang == "ko" else 0]
    return text.format(**values) if values else text


def tell(lang: Lang, remark: Remark) -> str:
    """A remark as a sentence."""
    kind = "error" if f"error.{remark.code}" in WORDS else "remark"
    return say(lang, f"{kind}.{remark.code}", **remark.facts)
