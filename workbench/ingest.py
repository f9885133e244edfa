"""Files in: read, cut, embedded, stored. One that cannot be read is a row with its reason; the others go on."""

import logging
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import BadRequest, CannotRead, NoSuchCorpus, WorkbenchError
from workbench.languages import language
from workbench.nouns import Chunk, Document, FileReport, Progress, Remark
from workbench.reading import READERS, clean, read, refuse
from workbench.retrieval.chunking import chunk
from workbench.retrieval.embedding import Embedder
from workbench.retrieval.snapshot import indexed
from workbench.retrieval.vectors import IndexBroken

journal = logging.getLogger("workbench")

# Tokens of the embedder a chunk has at most. Where the embedder knows the language, 200 of the 254 it
# reads leave room for the title. Where it spells the letters one by one (Korean, two tokens a syllable),
# its limit means nothing for retrieval, and 800 make the same 400 syllables a passage needs to be of use.
SIZE = 200
SIZE_SPELLED = 800
OVERLAP = 30
EMBEDDED_AT_ONCE = 128  # chunks of a file, whatever its documents: the more, the less the short ones are padded


def ingest(bench: Bench, paths: Iterable[Path], corpus: str) -> Iterator[Progress]:
    """Put files and folders into a corpus, made if it is missing; tells every step.

    Each finished file is one Progress with its report. Adding the same content again adds nothing; a
    changed file of the same name takes the place of the old one.
    """
    if not re.fullmatch(r"\w[\w \-.]{0,63}", corpus) or corpus != corpus.strip():
        raise BadRequest("corpus_name", name=corpus)
    files = list(named(paths))
    bench.store.make_corpus(corpus)
    for done, (name, path) in enumerate(files):
        with bench.ingesting:
            yield from one_file(bench, corpus, name, path, done, len(files))


def one_file(bench: Bench, corpus: str, name: str, path: Path | CannotRead, done: int, total: int) -> Iterator[Progress]:
    """Read, cut, embed and store one file; whatever goes wrong with it costs this file alone."""
    yield Progress(name, "reading", done, total)
    data = b""
    try:
        if isinstance(path, CannotRead):
            raise path
        data = contents(path, name)
        twin = bench.store.same_content(corpus, sha256(data).hexdigest())
        documents, remarks = ([], ()) if twin else read(data, name, corpus)
        # The file of this name is about to be replaced: its own documents are no duplicates.
        held = {each.id: file for each in documents if (file := bench.store.same_text(each.id)) not in (None, name)}
        new = [each for each in documents if each.id not in held]
        if not new:
            twin = twin or held[documents[0].id]
            yield Progress(name, "done", done + 1, total, duplicate(bench, corpus, name, twin))
            return
        if held:
            files = list(dict.fromkeys(map(str, held.values())))
            names = ", ".join(files[:3]) + (" …" if len(files) > 3 else "")
            remarks += (Remark("partly_duplicate", {"count": len(held), "of": len(documents), "names": names}),)
        embedder = bench.embedder
        parts = [(each, chunk(each, embedder.count, size(embedder, each), OVERLAP)) for each in new]
        texts = [indexed(document.title, each.text) for document, chunks in parts for each in chunks]
        vectors = []
        for first in range(0, len(texts), EMBEDDED_AT_ONCE):
            yield Progress(name, "embedding", done, total, share=first / len(texts))
            vectors.append(embedder.embed(texts[first : first + EMBEDDED_AT_ONCE]))
        bench.store.add_file(corpus, name, data, with_vectors(parts, np.concatenate(vectors)), remarks=remarks)
        report = FileReport(name, "ready", remarks, len(texts))
    except CannotRead as error:
        report = failed(bench, corpus, name, data, error)
    except WorkbenchError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug, logged as one, but not at the cost of the other files
        journal.exception("%s could not be taken in", name)
        report = failed(bench, corpus, name, data, CannotRead("read_bug", name=name, why=f"{type(error).__name__}: {error}"))
    yield Progress(name, "done", done + 1, total, report)


def with_vectors(
    parts: list[tuple[Document, list[Chunk]]], vectors: np.ndarray
) -> Iterator[tuple[Document, list[Chunk], np.ndarray]]:
    """Every document with its chunks and their rows of the vectors."""
    start = 0
    for document, chunks in parts:
        yield document, chunks, vectors[start : start + len(chunks)]
        start += len(chunks)


def duplicate(bench: Bench, corpus: str, name: str, twin: str) -> FileReport:
    """A file whose content is there under another name. What was stored under its own name is out of date."""
    if twin != name:
        bench.store.delete_file(corpus, name)
    return FileReport(name, "duplicate", (Remark("duplicate", {"of": twin}),), 0)


def size(embedder: Embedder, document: Document) -> int:
    """Tokens a chunk of the document may have."""
    return (SIZE if embedder.reads(language(document.text)) else SIZE_SPELLED) + OVERLAP


def failed(bench: Bench, corpus: str, name: str, data: bytes, error: CannotRead) -> FileReport:
    """A row for a file that gave no text. A readable file of that name stays as it was."""
    held = any(row.name == name and row.state == "ready" for row in bench.store.files(corpus))
    if not held:
        bench.store.add_file(corpus, name, data, state="failed", remarks=(error.remark,))
    return FileReport(name, "failed", (error.remark, *([Remark("kept_old", {})] if held else [])), 0)


def contents(path: Path, name: str) -> bytes:
    """The bytes of a file, unless its name or size already says that it will not be read."""
    try:
        if not path.is_file():
            raise CannotRead("read_no_file", name=name)
        refuse(name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise CannotRead("read_denied", name=name, why=error.strerror) from error


def named(paths: Iterable[Path]) -> Iterator[tuple[str, Path | CannotRead]]:
    """Every file with the name it goes by: inside a given folder the path from there, else its own;
    of two with one name the second keeps its folders in front."""
    seen: set[str] = set()
    for path in paths:
        if not path.exists():
            yield path.name, CannotRead("read_no_file", name=path)
            continue
        files = sorted(each for each in path.rglob("*") if visible(each, path)) if path.is_dir() else [path]
        if not files:
            yield path.name, CannotRead("read_nothing", name=path, known=" ".join(READERS))
        for file in files:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            folders = list(file.resolve().parent.parts)
            while name in seen and folders:
                name = f"{folders.pop()}/{name}"
            seen.add(name)
            yield clean(name).replace("\n", " ") or "?", file


def visible(file: Path, folder: Path) -> bool:
    """Whether it is a file that a person put there: systems keep hidden ones of their own in every folder."""
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def delete(bench: Bench, corpus: str, name: str) -> None:
    """Take one file out of a corpus. Raises NoSuchCorpus, BadRequest."""
    bench.store.version(corpus)
    with bench.ingesting:
        if name not in [row.name for row in bench.store.files(corpus)]:
            raise BadRequest("file_unknown", name=name, corpus=corpus)
        bench.store.delete_file(corpus, name)
    bench.corpus(corpus)  # Chroma follows


def delete_corpus(bench: Bench, corpus: str) -> None:
    """Take a corpus out with everything in it. Raises NoSuchCorpus."""
    bench.store.version(corpus)
    with bench.ingesting:
        bench.store.delete_corpus(corpus)
    bench.searches.pop(corpus, None)
    if bench.index is not None:
        try:
            bench.index.drop(corpus)
        except IndexBroken:
            bench.rebuild_index()


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
