"""Where the answers of questions stand in a corpus as it is today, and which questions it cannot answer.

A question whose gold documents are not there says nothing about retrieval: it is not covered, and counted apart. A span that
is not where it was said to be is looked for in its file; a file whose text stands in another one is found under that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.bench import Bench
from workbench.languages import language
from workbench.measure.formats.parts import standing
from workbench.nouns import Chunk, Document, Lang, Question, Span
from workbench.scoring import tells

WHOLE: dict[Lang, int] = {"en": 1500, "ko": 700}  # characters up to which a document is a passage by itself


@dataclass(frozen=True, slots=True)
class Covered:
    """Questions as the corpus can answer them, in their order: gold documents and spans as they are there, `gold_text` the
    passage that an oracle reads. `uncovered`: those whose gold documents are not there. `repaired` and `lost`: ids of those of
    which a span was found elsewhere, or nowhere."""

    questions: tuple[Question, ...]
    uncovered: tuple[Question, ...] = ()
    repaired: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class Files:
    """The documents of a corpus by the names of their files, read when they are needed."""

    def __init__(self, bench: Bench, corpus: str) -> None:
        """Raises NoSuchCorpus."""
        bench.store.version(corpus)
        self.store = bench.store
        self.by_name: dict[str, list[Document]] = {}
        for document in bench.store.documents(corpus, text=False):
            self.by_name.setdefault(document.source, []).append(document)
        self.texts: dict[str, str] = {}
        self.cut: dict[str, list[Chunk]] = {}

    @cached_property
    def elsewhere(self) -> dict[str, str]:
        """The names of files whose text stands in another file, and that one's."""
        by_id = {document.id: name for name, some in self.by_name.items() for document in some}
        return {name: by_id[identity] for identity, names in self.store.elsewhere(list(by_id)).items() for name in names}

    def name(self, file: str) -> str:
        """The name under which a file is found, empty where it is not there."""
        return file if file in self.by_name else self.elsewhere.get(file, "")

    def documents(self, file: str, title: str = "") -> list[Document]:
        """The documents of a file with their text; those with a title where one is asked for."""
        found = [each for each in self.by_name.get(file, ()) if title in ("", each.title)]
        missing = [each.id for each in found if each.id not in self.texts]
        self.texts |= self.store.texts(missing)
        return [replace(each, text=self.texts.get(each.id, "")) for each in found]

    def chunks(self, document: Document) -> list[Chunk]:
        """The passages of a document."""
        if document.id not in self.cut:
            self.cut[document.id] = self.store.chunks(document)
        return self.cut[document.id]


def covered(bench: Bench, corpus: str, questions: Iterable[Question]) -> Covered:
    """Questions as a corpus can answer them. Raises NoSuchCorpus."""
    files = Files(bench, corpus)
    found, uncovered, repaired, lost = [], [], [], []
    for question in questions:
        names = {each: files.name(each) for each in (*question.gold_documents, *(span.document for span in question.evidence))}
        if names and not any(names.values()):
            uncovered.append(question)
            continue
        spans = [place(files, span, names[span.document]) for span in question.evidence]
        there = tuple(span for span in spans if span)
        if len(there) < len(spans):
            lost.append(question.id)
        elif there != question.evidence and any(
                (one.start, one.document) != (other.start, names[other.document])
                for one, other in zip(there, question.evidence, strict=True)):
            repaired.append(question.id)
        gold = tuple(dict.fromkeys(name for each in question.gold_documents if (name := names[each])))
        placed = replace(question, evidence=there, gold_documents=gold, judgments=renamed(files, question))
        found.append(replace(placed, gold_text=question.gold_text or passage(files, placed)))
    return Covered(tuple(found), tuple(uncovered), tuple(repaired), tuple(lost))


def renamed(files: Files, question: Question) -> tuple[tuple[str, int], ...]:
    """The judgments by the names under which the files are found; of two of one name the higher grade."""
    grades: dict[str, int] = {}
    for name, grade in question.judgments:
        found = files.name(name) or name
        grades[found] = max(grade, grades.get(found, grade))
    return tuple(grades.items())


def place(files: Files, span: Span, file: str) -> Span | None:
    """A span where it stands now, None where it stands nowhere. One without words says what stands at its place."""
    documents = files.documents(file, span.title) or files.documents(file)
    for document in documents:
        there = document.text[span.start : span.end]
        if there and there == (span.text or there):
            return replace(span, document=file, text=there)
    for document in documents:
        start = standing(document.text, span.text, span.start)
        if start is not None:
            return Span(file, start, start + len(span.text), span.text, span.title and document.title)
    return None


def passage(files: Files, question: Question) -> str:
    """What perfect retrieval would give: the short documents, and the passages of the long ones, in which the evidence stands;
    without evidence the gold documents, of a long one its first passage with an answer."""
    found: list[str] = []
    for span in question.evidence:
        for document in files.documents(span.document, span.title):
            if document.text[span.start : span.end] == span.text:
                found.append(document.text if short(document) else around(files.chunks(document), span.start, span.end))
                break
    for name in question.gold_documents if not found else ():
        for document in files.documents(name):
            telling = (chunk.text for chunk in files.chunks(document) if tells(chunk.text, question))
            found.append(document.text if short(document) else next(telling, ""))
    return "\n\n".join(dict.fromkeys(each for each in found if each))


def short(document: Document) -> bool:
    """Whether a document is a passage by itself."""
    return len(document.text) <= WHOLE[language(document.text)]


def around(chunks: Sequence[Chunk], start: int, end: int) -> str:
    """The passage that holds most of a stretch, of equals the one in whose middle it stands; empty where none does."""
    def held(chunk: Chunk) -> tuple[int, int]:
        return min(chunk.end, end) - max(chunk.start, start), -abs(chunk.start + chunk.end - start - end)

    best = max(chunks, key=held, default=None)
    return best.text if best is not None and held(best)[0] > 0 else ""
