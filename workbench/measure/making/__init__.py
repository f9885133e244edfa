"""Questions from the user's own documents, made by code: no model is asked, every answer stands in a document.

Sentences and rows that say one number, day, amount or name become questions in either language; some of them become questions
that nothing answers, by a name or number that is swapped. Documents take turns and so do the sorts of answers; the same seed
makes the same questions. What is made is proposed: a person accepts it, edits it or puts it aside.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from workbench import questions as kept
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.grounding import NAME, named, names
from workbench.measure.coverage import covered
from workbench.measure.formats import parts
from workbench.measure.making import english, korean
from workbench.measure.making.facts import QUOTED, Fact, facts, plain
from workbench.measure.making.swaps import altered, counterfactual, pick, swapped
from workbench.nouns import Document, Lang, Question, Span
from workbench.quantities import codes, quantities, stands
from workbench.retrieval.corpus_index import CorpusIndex
from workbench.retrieval.lexical import question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.scoring import holds, right

MOST = 1000  # questions at once
WITHOUT = 0.2  # share of them that nothing answers
LOOKED = 4  # documents that are read for every question that is wanted
LEAST = 200  # documents that are read at least, where there are so many
NEAR = 20  # passages in which a sentence is looked for that says the same of something else
SAME = 0.8  # share of a sentence's terms from which another one speaks of the same
ANSWERS = 0.6  # share of a question's terms from which a sentence may answer it
GUESSED = 1 / 3  # share of the answers of a sort that one value may have: more could be guessed
FEW = 6  # answers of a sort from which that is counted
TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof)\b")
CLOZE = ("Fill in the blank", "빈칸에")


def make(bench: Bench, corpus: str, count: int = 100, seed: int = 7, lang: Lang | None = None) -> list[Question]:
    """Questions that the corpus did not have, as many as can be made up to `count`, in an order that takes turns among its
    documents; in one language where that is asked. Nothing is kept. Raises NoSuchCorpus, BadRequest."""
    if not 1 <= count <= MOST:
        raise BadRequest("number", name="make", value=count, least=1, most=MOST)
    index = bench.corpus(corpus)
    held = bench.store.documents_by_key(bench.store.searchable(corpus))
    order = shuffled(sorted(held.values(), key=lambda each: (each.source, each.title, each.id)), str(seed))[: max(LEAST, LOOKED * count)]
    material = Material(bench, index, order, seed, lang)
    known = [each.question for each in kept.reviewed(bench, corpus)]
    ids, words = {each.id for each in known}, {each.text for each in known}
    made: list[Question] = []
    without = 0
    for fact in material.turns():
        if len(made) == count:
            break
        nothing = without < round(WITHOUT * (len(made) + 1)) and (swap := material.unanswerable(fact))
        question = swap if nothing and swap else material.question(fact)
        if question and question.id not in ids and question.text not in words:
            ids.add(question.id)
            words.add(question.text)
            made.append(question)
            without += question.kind == "unanswerable"
    passages = {each.id: each.gold_text for each in covered(bench, corpus, made).questions}
    return with_counterfactuals(made, passages)


def propose(bench: Bench, corpus: str, some: Sequence[Question]) -> int:
    """Keep made questions for a person to look at; gives how many are new."""
    return kept.keep(bench, corpus, some, "proposed")


def guessed(questions: Iterable[Question], replies: Mapping[str, Sequence[str]]) -> list[Question]:
    """Those that are answered without their passage: `replies` are what models said that read nothing, by the id of the
    question. Whatever retrieval brings, such a question measures nothing of it."""
    return [each for each in questions if any(right(reply, each) for reply in replies.get(each.id, ()))]


class Material:
    """The documents that questions are made of, with what is known of all of them."""

    def __init__(self, bench: Bench, index: CorpusIndex, order: Sequence[Document], seed: int, lang: Lang | None) -> None:
        self.index = index
        self.files = Counter(each.source for each in order)
        self.titles = Counter(each.title for each in order)
        self.facts: list[list[Fact]] = []
        self.lowered: set[str] = set()
        self.names: set[str] = set()
        self.keys: set[tuple[str, str]] = set()
        self.values: Counter[tuple[str, str, str]] = Counter()
        self.sorts: Counter[tuple[str, str]] = Counter()
        for document in read(bench, order):
            self.lowered |= set(re.findall(r"(?<![.!?:] )(?<![\n\"“])\b[a-z]+\b", document.text))
            own = shuffled([each for each in facts(document) if lang in (None, each.lang)], f"{seed}{document.id}")
            self.names |= {name for fact in own for name in named_in(fact.text)}
            self.keys |= {(fact.document.id, fact.key[1]) for fact in own if fact.sort == "cell"}
            self.values.update((fact.sort, fact.noun or fact.column, value(fact)) for fact in own)
            self.sorts.update((fact.sort, fact.noun or fact.column) for fact in own)
            if own:
                self.facts.append(own)

    def turns(self) -> Iterator[Fact]:
        """Every fact: the documents take turns, and each gives the sort that was given least so far."""
        given: Counter[str] = Counter()
        waiting = [list(each) for each in self.facts]
        while waiting:
            for own in waiting:
                fact = min(own, key=lambda each: given[each.sort])
                own.remove(fact)
                given[fact.sort] += 1
                yield fact
            waiting = [own for own in waiting if own]

    def words(self, fact: Fact) -> str:
        """The question that asks for a fact."""
        return korean.question(fact) if fact.lang == "ko" else english.question(fact, frozenset(self.lowered))

    def question(self, fact: Fact) -> Question | None:
        """The question with its answer, None where it could be guessed, tells its answer, or has another one elsewhere."""
        words = self.words(fact)
        if holds(words, fact.answer) or self.guessable(fact) or self.ambiguous(fact):
            return None
        document = fact.document
        title = document.title if self.files[document.source] > 1 else ""
        span = Span(document.source, fact.answer_start, fact.answer_end, fact.answer, title)
        answers = spellings(fact)
        return Question(
            identity(document, words), words, answers, parts.kind_of(answers), (span,), self.tags(fact, words), fact.lang,
            gold_documents=(document.source,), source=kept.MADE, unknown={"sentence": plain(fact.text).strip()})

    def tags(self, fact: Fact, words: str) -> tuple[str, ...]:
        """How and of what a question is made."""
        return (kept.MADE, fact.sort, "cloze" if words.startswith(CLOZE) else "template")

    def guessable(self, fact: Fact) -> bool:
        """Whether so many answers of its sort are the same that one may guess it."""
        sort = fact.sort, fact.noun or fact.column
        return self.sorts[sort] >= FEW and self.values[*sort, value(fact)] > GUESSED * self.sorts[sort]

    def ambiguous(self, fact: Fact) -> bool:
        """Whether another sentence says the same with another answer: of two months' invoices, say. A table of the same title
        makes a row ambiguous."""
        if fact.sort == "cell":
            return self.titles[fact.document.title] > 1
        asked = plain(fact.before + " " + fact.after)
        wanted = set(terms(asked))
        for hit in self.index.by_words(asked, NEAR):
            for start, end in sentences(hit.chunk.text):
                text = hit.chunk.text[start:end]
                place = hit.chunk.start + start
                own = hit.chunk.document_id == fact.document.id and place < fact.end and fact.start < place + len(text)
                missing = wanted - set(terms(text))
                same = len(missing) <= (1 - SAME) * len(wanted) and not tells_apart(missing, asked)
                if same and not own and not holds(text, fact.answer):
                    return True
        return False

    def unanswerable(self, fact: Fact) -> Question | None:
        """The question with something else in it, so that no document answers it; None where that cannot be had."""
        words = self.words(fact)
        old, new = self.swap(fact, words)
        if not new or holds(words, fact.answer):
            return None
        asked = swapped(words, old, new)
        if asked == words or self.supported(asked, new):
            return None
        return Question(
            identity(fact.document, asked), asked, (), "unanswerable", (), self.tags(fact, words), fact.lang, source=kept.MADE,
            unknown={"about": fact.document.source, "sentence": plain(fact.text).strip(), "swapped": [old, new]})

    def swap(self, fact: Fact, words: str) -> tuple[str, str]:
        """What of a question is swapped and for what: a code for another code, a name for a name of another document, else a
        number. Both empty where it has none of them."""
        if fact.sort == "cell":
            key = fact.key[1]
            others = [each for document, each in sorted(self.keys) if document != fact.document.id and each not in fact.document.text]
            return key, self.other_code(key, words) or pick([each for each in others if alike(each, key)], words)
        for name in named_in(plain(fact.text)):
            if words.count(name) == 1 and name != fact.answer:
                others = [each for each in sorted(self.names) if alike(each, name) and each not in fact.document.text]
                return name, self.other_code(name, words) or pick(others, words)
        for quantity in quantities(words):
            text = quantity.text.strip()
            if words.count(text) == 1 and text in fact.text and quantity.value[0] and (quantity.unit or quantity.kind != "number"):
                return text, altered(text, words)
        return "", ""

    def other_code(self, code: str, salt: str) -> str:
        """A code with other digits that stands nowhere near; empty for what is none."""
        if not re.fullmatch(r"[\w.-]*\d[\w.-]*", code):
            return ""
        made = re.sub(r"\d+(?!.*\d)", lambda match: digits_like(match[0], salt), code)
        return made if made != code and not any(made in hit.chunk.text for hit in self.index.by_words(made, NEAR)) else ""

    def supported(self, words: str, new: str) -> bool:
        """Whether a passage that has the new name or number in it speaks of what the question asks."""
        wanted = set(question_terms(words)) - set(terms(new))
        for hit in self.index.by_words(words, NEAR):
            for start, end in sentences(hit.chunk.text):
                text = hit.chunk.text[start:end]
                if stands_in(new, text) and len(wanted & set(terms(text))) >= ANSWERS * len(wanted):
                    return True
        return False


def with_counterfactuals(questions: Sequence[Question], passages: Mapping[str, str]) -> list[Question]:
    """Questions with a passage that gives a false answer of the same kind, where one can be made: from their gold passages, by
    id. Names are taken from the answers to the other questions."""
    return [
        each if each.counter else replace(each, counter=counterfactual(each, passages.get(each.id, ""), questions)) for each in questions]


def spellings(fact: Fact) -> tuple[str, ...]:
    """The answer as it is written, and a number also in digits and without its unit, which the question names."""
    quantity = fact.quantity
    if quantity is None or quantity.kind != "number" or quantity.value[0] is None:
        return (fact.answer,)
    number = re.match(r"[$₩€£¥]?\s?(\d[\d,]*(?:\.\d+)?)", fact.answer)
    bare = number[1] if number and float(number[1].replace(",", "")) == quantity.value[0] else ""
    return tuple(dict.fromkeys(each for each in (fact.answer, bare or f"{quantity.value[0]:f}") if each))


def value(fact: Fact) -> str:
    """What an answer is, however it is written."""
    return str(fact.quantity.value) if fact.quantity else fact.answer.lower()


def named_in(text: str) -> list[str]:
    """What a text names: codes, names of two words and more, what stands in quotation marks."""
    return [
        *(code for code in codes(text) if len(code) > 3), *(match[1] for match in QUOTED.finditer(text)),
        *(re.sub(r"['’]s$", "", name) for name in names(text) if " " in name)]


def alike(one: str, other: str) -> bool:
    """Whether one name can stand for another."""
    def shape(name: str) -> tuple:
        return len(name.split()), name[:1].isupper(), any(map(str.isdigit, name)), TITLE.match(name) is not None

    return shape(one) == shape(other)


def digits_like(digits: str, salt: str) -> str:
    """As many other digits."""
    return "".join(pick((each for each in "123456789" if each != digit), f"{salt}{place}") for place, digit in enumerate(digits))


def stands_in(swap: str, text: str) -> bool:
    """Whether a name or a number stands in a text."""
    if NAME.fullmatch(swap):
        return named(swap, text)
    known = quantities(swap)
    return stands(known[0], quantities(text)) if known else swap in text


def tells_apart(missing: set[str], asked: str) -> bool:
    """Whether what another sentence lacks is a number or a name, so that it speaks of something else."""
    named = {word.lower() for word in re.findall(r"(?<=\s)[A-Z][\w-]+", asked)}
    return any(any(map(str.isdigit, term)) or term in named for term in missing)


def identity(document: Document, words: str) -> str:
    """The id of a made question: the same question of the same file has the same."""
    return f"made-{sha256(chr(0).join((document.source, words)).encode()).hexdigest()[:12]}"


def shuffled(some: Sequence, salt: str) -> list:
    """In an order of its own for every salt, whatever else there is."""
    return [each for _, _, each in sorted(
        (sha256(f"{salt}\0{number}".encode()).hexdigest(), number, each) for number, each in enumerate(some))]


def read(bench: Bench, documents: Sequence[Document], at_once: int = 50) -> Iterator[Document]:
    """Documents with their texts, few of them held at a time."""
    for first in range(0, len(documents), at_once):
        some = documents[first : first + at_once]
        texts = bench.store.texts([each.id for each in some])
        yield from (replace(each, text=texts[each.id]) for each in some if each.id in texts)
