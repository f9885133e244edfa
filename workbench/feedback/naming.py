"""The model rephrases the names of themes; code lets it use no word that the theme does not have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench import prompting
from workbench.bench import Bench
from workbench.context import neutralize
from workbench.feedback.figures import quotes
from workbench.feedback.terms import korean, latin
from workbench.grounding import FUNCTION
from workbench.languages import SAMPLES, known, language
from workbench.nouns import Lang, Prompt
from workbench.nouns.feedback import Feedback, Sorting, Theme, Unit

WINDOW = 512
REPLY = 16
MOST_WORDS = 6
BRIEF = 160  # characters of a quote that the model reads
# What a title denies, the opinions may not.
DENIES = re.compile(r"\b(?:no|not|never|none|without)\b|n['’]t\b|없|않|못", re.IGNORECASE)
WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+(?:['’-][^\W_가-힣]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """The sorting with the names so far: `done` of `total` themes are through."""

    done: int
    total: int
    sorting: Sorting


def rephrase(bench: Bench, feedback: Feedback, sorting: Sorting, model: str = "") -> Iterator[Named]:
    """Every step of naming the themes by a model: those of a language that it reads, and that nobody has named. Raises
    ModelError."""
    card = bench.card(model)
    readable = [lang for lang in SAMPLES if known(card.characters_per_token.get(lang, 0))]
    mine = [(each, lang) for each in sorting.themes for lang in readable if each.language == lang and each.by == "terms" and each.terms]
    if not mine:
        return
    members: dict[int, list[Unit]] = {}
    for unit, identity in zip(feedback.units, sorting.of, strict=True):
        members.setdefault(identity, []).append(unit)
    prompts = [prompt(feedback, each, lang, members[each.id], card.control_tokens) for each, lang in mine]
    worker = bench.lend(model)
    try:
        for done, (place, reply) in enumerate(worker.complete(prompts, window=WINDOW, limit=REPLY), 1):
            theme, lang = mine[place]
            texts = [feedback.rows[unit.row].text[unit.start : unit.end] for unit in members[theme.id]]
            name = accepted(reply.text, theme, lang, texts, {each.label.lower() for each in sorting.themes})
            if name:
                named = replace(theme, label=name, by="model")
                sorting = replace(sorting, themes=tuple(named if each.id == theme.id else each for each in sorting.themes))
            yield Named(done, len(mine), sorting)
    finally:
        bench.give_back(worker)


def prompt(feedback: Feedback, theme: Theme, lang: Lang, units: list[Unit], control_tokens: tuple[str, ...]) -> Prompt:
    """What the model continues: worked examples, the theme's terms and two of its quotes."""
    said = [" ".join(each.text.split())[:BRIEF] for each in quotes(feedback, units, 2)]
    values = {
        "terms": neutralize(", ".join(theme.terms), control_tokens),
        "opinions": neutralize(" / ".join(said), control_tokens),
    }
    return Prompt(text=prompting.fill(prompting.load(f"theme.completion.{lang}"), values), stop=prompting.STOP)


def accepted(reply: str, theme: Theme, lang: Lang, texts: list[str], taken: set[str]) -> str:
    """A reply as a name, empty where it is none: up to six words of the theme's language, each of them in its opinions in some
    form and said once, one of its terms among them, nothing denied, and nobody else's name."""
    name = re.sub(r"\s+", " ", reply).strip(" \t\"'“”‘’.,:;!-–")
    found = WORD.findall(name)
    content = [word for word in found if word.lower() not in FUNCTION]
    if not content or len(found) > MOST_WORDS or language(name) != lang or name.lower() in taken or DENIES.search(name):
        return ""
    held = {stem(word) for text in texts for word in WORD.findall(text)}
    telling = {stem(word) for term in theme.terms for word in WORD.findall(term)}
    stems = [stem(word) for word in content]
    if not all(each in held for each in stems) or not telling & set(stems) or len(set(stems)) < len(stems):
        return ""
    return name[0].upper() + name[1:]


def stem(word: str) -> str:
    """A word in the form that all its forms share."""
    if "가" <= word[0] <= "힣":
        term = korean({word: 1}).get(word)
        return term.key if term else word
    term = latin(word)
    return term.key if term else word.lower()
