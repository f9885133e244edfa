"""Files in: received, read, cut, embedded, found. One that cannot be read is a row with its reason; the others go on.

Every step is kept, so that what was received outlives its sender and an ingest that was killed goes on where it was.
"""

import logging
import re
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import BadRequest, CannotRead, NoSuchCorpus, WorkbenchError
from workbench.languages import language
from workbench.nouns import MAILS, Chunk, Document, FileReport, Lang, Progress, Remark
from workbench.reading import BYTES, READERS, quotes, refuse
from workbench.reading.names import shown
from workbench.reading.process import ReaderFailed
from workbench.retrieval.chunking import chunk
from workbench.retrieval.embedding import Embedder
from workbench.retrieval.questions import remove_with
from workbench.retrieval.snapshot import indexed
from workbench.retrieval.store import Coming, Store

journal = logging.getLogger("workbench")

# Tokens of the embedder a chunk has at most. Where the embedder knows the language, 200 of the 254 it
# reads leave room for the title. Where it spells the letters one by one (Korean, two tokens a syllable),
# its limit means nothing for retrieval, and 800 make the same 400 syllables a passage needs to be of use.
SIZE = 200
SIZE_SPELLED = 800
OVERLAP = 30
TEXTS_AT_ONCE = 64  # files whose chunks are embedded together
EMBEDDED_AT_ONCE = 128  # chunks of a file, whatever its documents: the more, the less the short ones are padded


def ingest(
    bench: Bench, paths: Iterable[Path], corpus: str, *, by_row: bool = False, halt: threading.Event | None = None
) -> Iterator[Progress]:
    """Put files, folders and archives into a corpus, made if it is missing; tells every step.

    First all of them are received, then one after the other is read and embedded; each finished file is one Progress
    with its report. Adding the same content again adds nothing; a changed file of the same name takes the place of the
    old one. `by_row`: every row of a table becomes a document of its own. With `halt` set it ends; what was received
    waits for `go_on`. Raises BadRequest, NoSuchCorpus.
    """
    check_name(corpus)
    bench.store.make_corpus(corpus)
    files: list[int] = []
    told: list[FileReport] = []
    for name, path in named(paths):
        yield Progress(name, "receiving", 0, 0)
        for received in receive(bench, corpus, name, path, by_row):
            if isinstance(received, int):
                files.append(received)
            else:
                told.append(received)
                yield Progress(received.name, "done", 0, 0, received)
    yield from take_in(bench, files, halt, len(told))
    bench.store.version(corpus)  # raises where it was deleted meanwhile


def ingest_text(bench: Bench, text: str, name: str, corpus: str) -> Iterator[Progress]:
    """Put a pasted text into a corpus under a name. Raises BadRequest."""
    check_name(corpus)
    if not text.strip():
        raise BadRequest("text_empty")
    title = shown(name.strip() or " ".join(text.split()[:6])).replace("/", " ")
    bench.store.make_corpus(corpus)
    file = bench.store.receive(corpus, f"{title[:80]}.txt", text.encode("utf-8", "replace"))
    yield from take_in(bench, [file])


def ingest_texts(
    bench: Bench, texts: Sequence[tuple[str, str]], corpus: str, halt: threading.Event | None = None
) -> Iterator[Progress]:
    """Put many short texts, each with the name of its file, into a corpus that is there; tells every step as `ingest` does.

    They go the way of every file, but are embedded together: alone, a paragraph fills no batch.
    Raises NoSuchCorpus.
    """
    files: list[int] = []
    told = 0
    for name, text in texts:
        received = kept(bench, corpus, name, text.encode("utf-8", "replace"), False)
        if isinstance(received, int):
            files.append(received)
        else:
            told += 1
            yield Progress(name, "done", told, len(texts), received)
    for first in range(0, len(files), TEXTS_AT_ONCE):
        some = files[first : first + TEXTS_AT_ONCE]
        if halt is None or not halt.is_set():
            yield Progress(corpus, "embedding", told + first, len(texts))
            with bench.ingesting:
                embed_together(bench, corpus, some)
        for step in take_in(bench, some, halt, told + first):
            yield replace(step, total=len(texts))
    bench.store.version(corpus)  # raises where it was deleted meanwhile


def embed_together(bench: Bench, corpus: str, files: Iterable[int]) -> None:
    """Read and embed received files, so that they have only to be finished. One that cannot be read is left as it is:
    whoever takes it in says why."""
    bench.store.take_embedder(corpus, bench.embedder_name)
    bench.check_embedder(corpus)
    rows = []
    for file in files:
        coming = bench.store.comes(file)
        if coming is not None and coming.state == "received" and not was_stopped(coming):
            try:
                parse(bench, coming)
            except (CannotRead, ReaderFailed):
                continue
        rows += bench.store.unembedded(file)
    for chunks, some in batches(bench.store, rows):
        bench.store.keep_vectors(chunks, bench.embedder.embed(some))


def check_name(corpus: str) -> None:
    """Raises BadRequest for a name that a corpus cannot have."""
    if not re.fullmatch(r"\w[\w \-.]{0,63}", corpus) or corpus != corpus.strip():
        raise BadRequest("corpus_name", name=corpus)


def receive(
    bench: Bench, corpus: str, name: str, path: Path | CannotRead, by_row: bool
) -> Iterator[int | FileReport]:
    """The ids of the file, or of those in an archive, once their bytes are kept; a report where there is nothing to do."""
    try:
        if isinstance(path, CannotRead):
            raise path
        data = contents(path, name)
        if not is_archive(name):
            yield kept(bench, corpus, name, data, by_row)
            return
        inside = 0
        for member, content in bench.reader.members(data, name):
            inside += 1
            inner = f"{name}/{shown(member)}"
            try:
                if isinstance(content, CannotRead):
                    raise content
                refuse(inner, len(content))
            except CannotRead as error:
                yield refused(bench, corpus, inner, error)
            else:
                yield kept(bench, corpus, inner, content, by_row)
        if not inside:
            raise CannotRead("read_nothing", name=name, known=" ".join(READERS))
    except CannotRead as error:
        yield refused(bench, corpus, name, error)
    except ReaderFailed as error:
        yield refused(bench, corpus, name, bug(name, error))


def is_archive(name: str) -> bool:
    """Whether a file is none itself but holds others, each of which gets a row."""
    return name.lower().endswith(".zip")


def kept(bench: Bench, corpus: str, name: str, data: bytes, by_row: bool) -> int | FileReport:
    """The id of a file once its bytes are kept; a report where exactly this is there under this name."""
    if bench.store.holds(corpus, name, sha256(data).hexdigest(), by_row=by_row):
        return FileReport(name, "duplicate", (Remark("duplicate", {"of": name}),), 0)
    return bench.store.receive(corpus, name, data, by_row=by_row)


def refused(bench: Bench, corpus: str, name: str, error: CannotRead) -> FileReport:
    """A row for a file whose bytes were not even taken."""
    bench.store.refuse(corpus, name, error.remark)
    return FileReport(name, "failed", (error.remark, *stands(bench, corpus, name)), 0)


def stands(bench: Bench, corpus: str, name: str) -> tuple[Remark, ...]:
    """That an earlier version of a file that failed is still there."""
    return (Remark("kept_old", {}),) if bench.store.holds(corpus, name) else ()


def unfinished(bench: Bench, corpus: str = "") -> list[Coming]:
    """The files that were received and are not in: of an ingest that was killed, or stopped by a person."""
    return bench.store.coming(corpus)


def go_on(bench: Bench, corpus: str = "", halt: threading.Event | None = None, *, stopped: bool = True) -> Iterator[Progress]:
    """Take in what was received; without `stopped`, not what a person stopped."""
    waiting = [each for each in unfinished(bench, corpus) if stopped or not was_stopped(each)]
    yield from take_in(bench, [each.id for each in waiting], halt)


def try_again(bench: Bench, corpus: str, file: int) -> Iterator[Progress]:
    """Read a file once more that failed or was stopped. Raises BadRequest where its bytes are not there."""
    if bench.store.original(file) is None:
        raise BadRequest("no_original", corpus=corpus)
    bench.store.again(file)
    yield from take_in(bench, [file])


def was_stopped(file: Coming) -> bool:
    """Whether a person stopped it."""
    return any(remark.code == "stopped" for remark in file.remarks)


def take_in(bench: Bench, files: list[int], halt: threading.Event | None = None, before: int = 0) -> Iterator[Progress]:
    """Read, cut and embed received files, one after the other; `before` of the whole are done already."""
    total = before + len(files)
    again: list[int] = []
    for done, file in enumerate(files, before):
        with bench.ingesting:
            coming = bench.store.comes(file)
            if coming is None:  # deleted or replaced meanwhile
                continue
            if halt is None or not halt.is_set():
                again += yield from one_file(bench, coming, done, total, halt)
            if halt is not None and halt.is_set() and (left := bench.store.comes(file)):
                bench.store.remark(file, [*left.remarks, Remark("stopped", {})])
    for step in take_in(bench, again, halt) if again else ():
        if not step.report:  # nobody asked for it: those files were there
            yield step


def one_file(
    bench: Bench, file: Coming, done: int, total: int, halt: threading.Event | None
) -> Generator[Progress, None, list[int]]:
    """Move a file on to its end, or to where `halt` is set; whatever goes wrong with it costs this file alone. Returns the
    files that have to be read again for it."""
    name, store = file.name, bench.store
    again: list[int] = []
    began = time.monotonic()
    try:
        bench.store.take_embedder(file.corpus, bench.embedder_name)
        bench.check_embedder(file.corpus)
        if was_stopped(file):
            store.remark(file.id, [each for each in file.remarks if each.code != "stopped"])
        if file.state == "received":
            yield Progress(name, "reading", done, total)
            parse(bench, file)
        rows = store.unembedded(file.id)
        for number, (chunks, texts) in enumerate(batches(store, rows)):
            yield Progress(name, "embedding", done, total, share=number * EMBEDDED_AT_ONCE / len(rows))
            if halt is not None and halt.is_set():
                return []
            store.keep_vectors(chunks, bench.embedder.embed(texts))
        store.embedded(file.id)
        again = store.finish(file.id, time.monotonic() - began)
        store.sweep()
    except CannotRead as error:
        store.fail(file.id, error.remark)
    except WorkbenchError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug, logged as one, but not at the cost of the other files
        journal.exception("%s could not be taken in", name)
        store.fail(file.id, bug(name, error).remark)
    report = store.report(file.id)
    if report is None:  # deleted meanwhile
        store.version(file.corpus)
        return again
    if report.state == "failed":
        report = FileReport(name, "failed", (*report.remarks, *stands(bench, file.corpus, name)), 0, report.id)
    yield Progress(name, "done", done + 1, total, report)
    return again


def embed_anew(bench: Bench, corpus: str) -> Iterator[Progress]:
    """Give a corpus the vectors of this bench's embedder. It is found again file by file. Raises NoSuchCorpus."""
    bench.store.version(corpus)
    with bench.ingesting:
        bench.store.unembed(corpus)
    bench.forget(corpus)
    yield from go_on(bench, corpus)


def batches(store: Store, places: list[tuple[int, int, int, int]]) -> Iterator[tuple[list[int], list[str]]]:
    """The chunks at these places (key, key of the document, start, end), some at a time: their keys, and what is embedded
    of them."""
    texts: dict[int, tuple[str, str]] = {}
    for first in range(0, len(places), EMBEDDED_AT_ONCE):
        some = places[first : first + EMBEDDED_AT_ONCE]
        # Not cut out by SQLite: that would go through a text from its beginning for every chunk.
        texts = {key: texts.get(key) or store.titled(key) for _, key, _, _ in some}
        yield [chunk for chunk, _, _, _ in some], [indexed(texts[key][0], texts[key][1][start:stop]) for _, key, start, stop in some]


def parse(bench: Bench, file: Coming) -> None:
    """Read a file in the reader's process and keep what it holds. Raises CannotRead."""
    store = bench.store
    twin = store.twin(file.id)
    if twin is not None:
        store.parsed_like(file.id, twin)
        return
    read = read_original(bench, file.id, file.corpus, file.name, file.by_row)
    store.parsed(file.id, read.contents, read.held, remarks=read.remarks, tokens=read.tokens, lines=read.lines)


@dataclass(frozen=True, slots=True)
class Read:
    """What the bytes of a file hold. `contents`: documents with their language and the places of their chunks, whose text
    is left empty; `held`: which of them other files hold (`Store.holders`); `tokens` of all chunks; `lines`: what its
    mails say (`Store.parsed`)."""

    contents: list[tuple[Document, Lang, list[Chunk]]]
    held: dict[str, str]
    remarks: tuple[Remark, ...]
    tokens: int
    lines: dict[str, list[tuple[int, int, bool]]]


def read_original(bench: Bench, file: int, corpus: str, name: str, by_row: bool) -> Read:
    """Read and cut a file from its bytes. Raises CannotRead."""
    store = bench.store
    data = store.original(file)
    if data is None:  # one that was carried here without its bytes, and not to its end
        raise CannotRead("no_original")
    documents, remarks = bench.reader.read(data, name, corpus, by_row=by_row)
    del data  # may be as large as all that follows
    held = store.holders(corpus, name, [each.id for each in documents])
    if 0 < len(held) < len(documents):
        files = list(dict.fromkeys(held.values()))
        names = ", ".join(files[:3]) + (" …" if len(files) > 3 else "")
        remarks += (Remark("partly_duplicate", {"count": len(held), "of": len(documents), "names": names}),)
    size, overlap = store.cutting(corpus)
    mails = [each for each in documents if each.kind in MAILS and each.id not in held]
    without = quotes.repeated_asides(mails, lambda numbers: store.known_lines(corpus, name, numbers))
    tokens = 0
    contents = []
    for each in documents:
        chunks = []
        for part in () if each.id in held else cut(bench.embedder, each, size, overlap, without.get(each.id, ())):
            tokens += bench.embedder.count(part.text)
            chunks.append(replace(part, text=""))  # it stands in the document
        contents.append((each, language(each.text), chunks))
    return Read(contents, held, remarks, tokens, {each.id: list(said(each, without.get(each.id, ()))) for each in mails})


def said(mail: Document, without: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """(hash, aside, whether it is cut into chunks) of every line of a mail and of what it quotes."""
    yield from ((number, -1, True) for number in set(quotes.said(quotes.own(mail))))
    for aside, span in enumerate(mail.asides):
        yield from ((number, aside, span not in without) for number in set(quotes.said(mail.text[slice(*span)])))


def preview(bench: Bench, data: bytes, name: str, *, by_row: bool = False, size: int = 0, overlap: int = -1) -> list[tuple[Document, list[Chunk]]]:
    """The documents of a file and how they would be cut, without keeping anything. Raises CannotRead."""
    refuse(name, len(data))
    documents, _ = bench.reader.read(data, name, "", by_row=by_row)
    return [(each, list(cut(bench.embedder, each, size, overlap))) for each in documents]


def cut(
    embedder: Embedder, document: Document, size: int = 0, overlap: int = -1, without: Sequence[tuple[int, int]] = ()
) -> Iterator[Chunk]:
    """The chunks of a document: as large as serves its language and overlapping as usual, unless somebody says otherwise;
    none of what stands in `without`."""
    lap = OVERLAP if overlap < 0 else overlap
    return chunk(document, embedder.count, (size or best_size(embedder, language(document.text))) + lap, lap, without)


def best_size(embedder: Embedder, lang: Lang) -> int:
    """The tokens a chunk has that serve a language best."""
    return SIZE if embedder.reads(lang) else SIZE_SPELLED


def bug(name: str, error: Exception) -> CannotRead:
    """A bug, as a sentence for the person whose file it was."""
    why = (str(error).strip().splitlines() or [""])[-1] if isinstance(error, ReaderFailed) else f"{type(error).__name__}: {error}"
    return CannotRead("read_bug", name=name, why=why)


def contents(path: Path, name: str) -> bytes:
    """The bytes of a file, unless its name or size already says that it will not be read."""
    try:
        if not path.is_file():
            raise CannotRead("read_no_file", name=name)
        if not is_archive(name):
            refuse(name, path.stat().st_size)
        elif path.stat().st_size > BYTES:
            raise CannotRead("read_large", name=name, size=path.stat().st_size // 1_000_000, most=BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise CannotRead("read_denied", name=name, why=error.strerror) from error


def named(paths: Iterable[Path]) -> Iterator[tuple[str, Path | CannotRead]]:
    """Every file with the name it goes by: inside a given folder the path from there, else its own;
    of two with one name the second keeps its folders in front."""
    seen: set[str] = set()
    for path in paths:
        if not path.exists():
            yield shown(path.name), CannotRead("read_no_file", name=path)
            continue
        files = sorted(each for each in path.rglob("*") if visible(each, path)) if path.is_dir() else [path]
        if not files:
            yield shown(path.name), CannotRead("read_nothing", name=path, known=" ".join(READERS))
        for file in files:
            name = shown(file.relative_to(path).as_posix() if path.is_dir() else file.name)
            folders = list(file.resolve().parent.parts)
            while name in seen and folders:
                name = shown(f"{folders.pop()}/{name}")
            seen.add(name)
            yield name, file


def visible(file: Path, folder: Path) -> bool:
    """Whether it is a file that a person put there: systems keep hidden ones of their own in every folder."""
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def delete(bench: Bench, corpus: str, name: str, file: int | None = None) -> None:
    """Take one file out of a corpus, with the questions made from it: all that have the name, or the one of them with an
    id, as where an old version stays beside a new one that failed. Raises NoSuchCorpus, BadRequest."""
    bench.store.version(corpus)
    again = bench.store.delete_files(corpus, name, file)
    if again is None:
        raise BadRequest("file_unknown", name=name, corpus=corpus)
    if not bench.store.holds(corpus, name):
        remove_with(bench.store, corpus, name)
    for _ in take_in(bench, again):
        pass
    bench.forget(corpus)
    bench.corpus(corpus)


def delete_corpus(bench: Bench, corpus: str) -> None:
    """Take a corpus out with everything in it. Raises NoSuchCorpus."""
    bench.store.version(corpus)
    bench.store.delete_corpus(corpus)
    bench.forget(corpus)


def samples(bench: Bench) -> Iterator[Progress]:
    """Put in the sample corpora, each once in the life of a data folder: one that was deleted stays away."""
    loaded = loaded_samples(bench)
    for name in corpora.samples():
        if name not in loaded:
            try:
                yield from ingest(bench, [corpora.SAMPLES / name / "documents"], name)
            except NoSuchCorpus:
                pass  # deleted while it was being loaded: then it is not wanted
            loaded.append(name)
            (bench.settings.home / "samples").write_text("\n".join(loaded), encoding="utf-8")


def loaded_samples(bench: Bench) -> list[str]:
    """Names of the samples that this data folder already had."""
    mark = bench.settings.home / "samples"
    return mark.read_text(encoding="utf-8", errors="replace").splitlines() if mark.exists() else []
