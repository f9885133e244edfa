"""Documents and questions into a corpus at once, and out again."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench import questions as kept
from workbench.bench import Bench
from workbench.errors import BadRequest, NoSuchCorpus
from workbench.ingest import check_name, ingest, ingest_texts, named
from workbench.measure import formats
from workbench.measure.coverage import Covered, Files, covered
from workbench.measure.formats import parts
from workbench.nouns import Progress, Question, Span
from workbench.nouns.questions import Bundle, Reviewed, Text
from workbench.reading import clean


def bring(
    bench: Bench, corpus: str, bundle: Bundle, documents: Sequence[Path] = (), halt: threading.Event | None = None
) -> Iterator[Progress]:
    """Put what a file of questions holds into a corpus, made if it is missing, with files of documents where there are some;
    tells every step of the documents as `ingest` does.

    The questions are kept first: an import that was killed goes on like any ingest. Raises BadRequest, before anything is
    taken in, where the corpus has another question of the same id or another file of the same name.
    """
    check_name(corpus)
    there = {each.question.id: each for each in kept.reviewed(bench, corpus)}
    check_ids(there, corpus, bundle.questions)
    texts, questions = housed(bench, corpus, bundle, {name for name, _ in named(documents)})
    bench.store.make_corpus(corpus)
    kept.keep(bench, corpus, [each for each in questions if not stays(there.get(each.id), each)])
    yield from ingest(bench, documents, corpus, halt=halt) if documents else ()
    yield from ingest_texts(bench, [(each.name, each.text) for each in texts], corpus, halt)


def settle(bench: Bench, corpus: str, some: Sequence[Question]) -> Covered:
    """What the corpus makes of questions that were just brought; a span that stands elsewhere than it was said to is kept
    where it does."""
    ids = {each.id for each in some}
    there = [each for each in kept.reviewed(bench, corpus) if each.question.id in ids and each.state == "accepted"]
    own = {each.question.id: each.question for each in there}
    found = covered(bench, corpus, own.values())
    edited = {each.question.id for each in there if each.original}  # their answers were placed here
    moved = {each.id: each.evidence for each in found.questions if each.id in found.repaired and each.id not in edited}
    kept.keep(bench, corpus, [
        replace(own[identity], evidence=tuple(
            replace(span, document=before.document) for span, before in zip(spans, own[identity].evidence, strict=True)))
        for identity, spans in moved.items()])
    return found


def handled(there: Reviewed) -> bool:
    """Whether a person dropped or edited a question."""
    return there.state == "dropped" or there.original is not None


def stays(there: Reviewed | None, question: Question) -> bool:
    """Whether a question that comes again is the one that a person dropped or edited: what was said of it stays."""
    if there is None or not handled(there):
        return False
    was = there.original or there.question
    return (was.text, was.answers, was.choices) == (question.text, question.answers, question.choices)


def stayed(bench: Bench, corpus: str, some: Iterable[Question]) -> int:
    """How many of the questions that were just brought are as a person left them before, dropped or edited."""
    ids = {each.id for each in some}
    return sum(each.question.id in ids and handled(each) for each in kept.reviewed(bench, corpus))


def check_ids(there: Mapping[str, Reviewed], corpus: str, questions: Iterable[Question]) -> None:
    """Raises BadRequest where other questions of the corpus have these ids: neither is to vanish unseen. `there`: the corpus'
    own, by id."""
    for each in questions:
        other = there[each.id].question if each.id in there else None
        if other is not None and other.text != each.text and other.source != each.source:
            raise BadRequest("import_id", id=each.id, corpus=corpus, source=other.source or corpus)


def housed(bench: Bench, corpus: str, bundle: Bundle, coming: set[str]) -> tuple[list[Text], list[Question]]:
    """The texts to take in, and the questions by the names that their documents have then. The gold passage of a question
    whose document neither is there nor comes becomes that document. Raises BadRequest for a name that another file has."""
    try:
        files = Files(bench, corpus)
    except NoSuchCorpus:
        files = None
    names = parts.Names()
    for each in bundle.texts:
        names.of(each.text, each.name)
    questions = []
    for question in bundle.questions:
        passage, given = clean(question.gold_text), next(iter(question.gold_documents), "")
        there = given in coming or given in names.texts or (files is not None and bool(files.name(given)))
        if not passage or there or len(question.gold_documents) > 1:
            questions.append(question)
            continue
        name = names.of(passage, parts.file_name(given or question.id))
        questions.append(replace(question, gold_documents=(name,), evidence=tuple(inside(question.evidence, passage, name))))
    for name, text in names.texts.items():
        if files is not None and files.by_name.get(name) and [each.text for each in files.documents(name)] != [text]:
            raise BadRequest("import_file", name=name, corpus=corpus)
    return [Text(name, text) for name, text in names.texts.items()], questions


def inside(spans: Iterable[Span], passage: str, name: str) -> Iterator[Span]:
    """The spans that stand in a passage, by its name and where they stand in it."""
    for span in spans:
        start = parts.standing(passage, span.text, span.start)
        if start is not None:
            yield Span(name, start, start + len(span.text), span.text)


def take_out(bench: Bench, corpus: str, path: Path, form: str) -> tuple[str, ...]:
    """Write the questions of a corpus that are asked, for SQuAD and BEIR with its documents; gives the ids of those that the
    format cannot say. Raises NoSuchCorpus, BadRequest, WorkbenchError."""
    bench.store.version(corpus)
    some = kept.questions(bench, corpus)
    if not some:
        raise BadRequest("no_questions_kept", corpus=corpus)
    return formats.save(path, form, [] if form == "jsonl" else bench.store.documents(corpus), some)
