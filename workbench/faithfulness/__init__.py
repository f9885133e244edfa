"""Whether a summary says what its source says, sentence by sentence, by code and without a judge. Pure.

What is checked is what can be seen: every number, day and name must stand in the source (in any spelling: `1,000`, `천`;
`3월 5일`, `03-05`), most of the wording too (word trigrams; evaluation notes on QAGS, Wang et al. 2020: they agree with
people on near-extractive summaries), a denial must stay one, a number must stand by what it is the number of. It says
“stands in the source”, not “is true”.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.days import expressions
from workbench.faithfulness.denials import flipped
from workbench.faithfulness.names import names_at_fault
from workbench.faithfulness.numbers import days_at_fault, numbers_at_fault, unbound
from workbench.faithfulness.source import Source, content, share, word_grams
from workbench.grounding import LINK, LOW_COPY, grams, spelled
from workbench.languages import language
from workbench.nouns import Lang
from workbench.nouns.summary import Checked, Checks, Finding, Line, Particular, finding
from workbench.quantities import matches, quantities
from workbench.retrieval.sentences import sentences
from workbench.scoring import ECHO

__all__ = ["Source", "check", "check_summary"]

LOOPS = 0.3  # share of 4-grams that were there before, from which a text goes round in circles
LOOP = 4
EVENLY = 0.5  # share of letters that have to be of the language
TOLD = 0.6  # share of a sentence's trigrams in the instructions, from which it repeats them
SAID = 0.5  # share of a particular's terms in a sentence, from which the sentence has it
PREAMBLE = re.compile(
    r"^\W*(?:sure\b|certainly\b|here(?:['’]s| is| are)\b.{0,40}\b(?:summary|summaries|bullet|points)|(?:in )?summary\s*[:：]|as an ai\b|summari[sz]e\b|"
    r"write (?:a|one|three|the)\b.{0,30}\bsummary|요약\s*[:：]|요약해|요약하|다음은 .{0,30}요약|아래는 .{0,30}요약|위의? (?:글|내용|메일)을? .{0,10}요약)", re.IGNORECASE)


def check(sentence: str, source: Source | Sequence[Line], lang: Lang | None = None, told: str = "") -> tuple[Finding, ...]:
    """What is wrong with one sentence beside its source, in the order of its words. `lang`: the language it has to be in
    (None: any); `told`: what the model was told, which it must not repeat."""
    source = source if isinstance(source, Source) else Source(source)
    if not re.search(r"\w", sentence):
        return (finding("empty", sentence, 0, len(sentence)),)
    found = [*numbers_at_fault(sentence, source), *days_at_fault(sentence, source), *names_at_fault(sentence, source)]
    wrong = {(each.start, each.end) for each in found}
    found += [each for each in unbound(sentence, source) if (each.start, each.end) not in wrong]
    found += [*flipped(sentence, source), *badly_written(sentence, source, lang, told)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.start, each.end)))


def check_summary(text: str, source: Source | Sequence[Line], lang: Lang | None = None, told: str = "",
                  particulars: Sequence[Particular] = ()) -> Checks:
    """A whole summary beside its source: every sentence, what is said over and over, and which of the source's
    particulars it does not have."""
    source = source if isinstance(source, Source) else Source(source)
    sentences_found = []
    before: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        findings = check(sentence, source, lang, told)
        said = re.sub(r"[\W_]+", "", sentence).casefold()
        if said in before:
            findings = (*findings, finding("loop", sentence, 0, len(sentence)))
        before.add(said)
        sentences_found.append(Checked(sentence, start, end, source.copied(sentence), source.nearest(sentence), findings))
    repeated = repetition(text)
    whole = [finding("empty", text, 0, len(text))] if not sentences_found else []
    whole += [finding("loop", text, 0, len(text))] if repeated > LOOPS else []
    key = [each for each in particulars if each.kind != "attachment"]
    return Checks(tuple(sentences_found), tuple(whole), repeated, dropped(text, key), len(key))


def badly_written(sentence: str, source: Source, lang: Lang | None, told: str) -> Iterator[Finding]:
    """Another language, words of the instructions, going round in circles, too little of the source's wording."""
    whole = (0, len(sentence))
    if lang and not in_language(sentence, lang):
        yield finding("language", sentence, *whole)
    copy = source.copied(sentence)
    if PREAMBLE.search(sentence) or (ECHO.search(sentence) and not any(ECHO.search(text) for text in source.texts)) or echoed(sentence, told, copy):
        yield finding("echo", sentence, *whole)
    if repetition(sentence) > LOOPS:
        yield finding("loop", sentence, *whole)
    if copy < LOW_COPY:
        yield finding("copy", sentence, *whole)


def in_language(text: str, lang: Lang) -> bool:
    """Whether a text is in a language; one without letters is in any."""
    every = re.findall(r"[^\W\d_]", LINK.sub(" ", text))
    if not every:
        return True
    if lang == "ko":
        return language(text) == "ko"
    return sum(letter.isascii() or "À" <= letter <= "ɏ" for letter in every) >= EVENLY * len(every) and language(text) == "en"


def echoed(sentence: str, told: str, copy: float) -> bool:
    """Whether a sentence stands in the instructions rather than in the source."""
    if not told:
        return False
    words = spelled(sentence)
    share_told = share(word_grams(words, min(3, len(words))), frozenset(word_grams(spelled(told), min(3, len(words)))))
    return share_told >= TOLD and share_told > copy


def repetition(text: str) -> float:
    """Share of the word 4-grams that were there before (0 to 1); of a text without spaces, of its letters'."""
    words = text.lower().split()
    found = [tuple(words[place : place + LOOP]) for place in range(len(words) - LOOP + 1)]
    if len(words) < 2 * LOOP:
        found = [tuple(gram) for gram in grams(re.sub(r"[\W_]+", "", text.lower()), 2 * LOOP)]
    return 1 - len(set(found)) / len(found) if found else 0.0


def dropped(text: str, particulars: Iterable[Particular]) -> tuple[Particular, ...]:
    """The particulars that a summary does not have: no sentence of it has the value, or most of the words."""
    said = quantities(text)
    keys = {each.key for each in expressions(text)}
    terms_of = [content(text[start:end]) for start, end in sentences(text)]

    def has(each: Particular) -> bool:
        if each.kind in ("amount", "date", "deadline"):
            wanted = quantities(each.text)
            days = [day.key for day in expressions(each.text) if day.relative]
            values = [*quantities(each.value)] if each.kind != "amount" and each.value else []
            return any(any(matches(known, one) for known in said) for one in (*wanted, *values)) or any(key in keys for key in days)
        if each.kind == "sender":
            return any(word in text for word in re.findall(r"[^\W\d_]{2,}", each.text.split("<")[0]))
        own = content(each.line.text)
        return any(len(own & other) >= SAID * len(own) for other in terms_of)

    return tuple(each for each in particulars if not has(each))
