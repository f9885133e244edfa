"""A corpus out of one workbench and into another, as one archive.  [the standard library's zipfile]

An archive holds the originals and JSON lines, nothing of any index. What comes out of it is checked as a whole before
anything is taken in, and then goes through the steps of every file that comes in. Ids are made anew, of the name the corpus
has here: they are those that reading the same files here would give.
"""

import json
import os
import re
import shutil
import threading
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BufferedReader
from itertools import groupby
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import BadRequest, NoSuchCorpus, WorkbenchError
from workbench.ingest import check_name, one_file, said, take_in, was_stopped
from workbench.languages import language
from workbench.nouns import MAILS, Chunk, Document, FileReport, Lang, Progress, Remark, State
from workbench.reading import BYTES, CHARACTERS, identity
from workbench.reading.archive import SLIPS, directory
from workbench.reading.names import line
from workbench.reading.parts import why
from workbench.retrieval import contents
from workbench.retrieval import questions as kept
from workbench.retrieval.chunking import cut
from workbench.retrieval.questions import Kept
from workbench.retrieval.snapshot import is_vector
from workbench.retrieval.store import Coming
from workbench.words import tell

FORMAT = 1
ABOUT, FILES, DOCUMENTS, CHUNKS, ORIGINALS = "corpus.json", "files.jsonl", "documents.jsonl", "chunks.jsonl", "originals/"
QUESTIONS, VERDICTS = "questions.jsonl", "verdicts.jsonl"  # archives of earlier versions have none
SAMPLE = 100_000  # bytes that tell whether compressing an original helps
HELPS = 0.9  # of its size or less
END = 70_000  # bytes at the end of an archive in which it says where its directory is
DIRECTORY = 100_000_000  # bytes of the directory of half a million files
LINE = 4 * CHARACTERS + 10_000_000  # bytes of a line, which has one document's text at most
ROWS = 200_000  # files of a corpus


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as an archive has it; `whole`: with its bytes."""

    name: str
    digest: str
    size: int
    state: State
    remarks: tuple[Remark, ...]
    by_row: bool
    tokens: int
    seconds: float
    added: float
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A document as an archive has it, with the id it had there. The document's own id is made of its text, which one
    that stands in another file (`linked`) does not have. `vectors` are float32 of shape (chunks, 384), None where they
    are to be made anew."""

    file: str
    before: str
    document: Document
    lang: Lang
    original: str
    chunks: tuple[Chunk, ...]
    vectors: np.ndarray | None

    @property
    def linked(self) -> bool:
        """Whether its text stands in another file."""
        return self.original == self.before


# Out


def export(bench: Bench, corpus: str, path: Path) -> None:
    """Write a corpus as it is at this moment into an archive, wholly or not at all; the same corpus gives the same bytes.
    Works beside a process that writes. Raises NoSuchCorpus, WorkbenchError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with bench.store.view() as rows:
        about = contents.corpus(rows, corpus)
        if about is None:
            raise NoSuchCorpus("corpus_unknown", name=corpus, known=", ".join(bench.store.names()) or "–")
        try:
            with part.open("wb") as file:
                pack(file, rows, {"format": FORMAT, **about, "embedder": bench.embedder_name})
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError as error:
            raise WorkbenchError("archive_unwritable", path=path, why=error.strerror or error) from error
        finally:
            part.unlink(missing_ok=True)


def pack(file: IO[bytes], rows: contents.Rows, about: dict) -> None:
    """Write all of a corpus, one row after the other."""
    name = about["name"]
    with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        write(archive, ABOUT, [about])
        write(archive, FILES, contents.files(rows, name))
        write(archive, DOCUMENTS, contents.documents(rows, name))
        write(archive, CHUNKS, contents.chunks(rows, name))
        write(archive, QUESTIONS, contents.questions(rows, name))
        write(archive, VERDICTS, contents.verdicts(rows, name))
        for digest, data in contents.originals(rows, name):
            sample = data[:SAMPLE]
            helps = len(zlib.compress(sample, 1)) < HELPS * len(sample)
            archive.writestr(entry(f"{ORIGINALS}{digest}", zipfile.ZIP_DEFLATED if helps else zipfile.ZIP_STORED), data)


def write(archive: zipfile.ZipFile, name: str, rows: Iterable[dict]) -> None:
    """Rows as JSON lines."""
    with archive.open(entry(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def entry(name: str, compression: int) -> zipfile.ZipInfo:
    """A member without a time, so that the same content makes the same archive."""
    info = zipfile.ZipInfo(name)
    info.compress_type = compression
    return info


# In


def load(bench: Bench, path: Path, corpus: str = "", halt: threading.Event | None = None) -> Iterator[Progress]:
    """Take a corpus in from an archive, under its own name or another; tells every step as `ingest` does.

    Nothing is written before all of the archive has been checked. One that was killed or stopped goes on where it was when
    it is loaded again; what was received goes on by `go_on` too, read from the originals. Loading the same again adds
    nothing. Vectors of another embedder are made anew. Raises BadRequest: no such archive, a damaged one, one of a newer
    version, or a corpus of that name with other files.
    """
    yield Progress(path.name, "receiving", 0, 0)
    with opened(path) as archive:
        about = archive.about
        corpus = corpus or about["name"]
        check_name(corpus)
        files = checked_files(archive)
        ids, unheld = checked(archive, corpus, files)
        questions, verdicts = list(archive.questions()), list(archive.verdicts())
        room(bench, archive)
        free_name(bench, corpus, files)
        bench.store.make_corpus(corpus, about["created"])
        bench.store.set_cutting(corpus, about["size"], about["overlap"])
        kept.keep(bench.store, corpus, questions, anew=False)
        for verdict in verdicts:
            kept.give_verdict(bench.store, corpus, *verdict)
        there = [each for each in files if each.state in ("ready", "duplicate")]
        rest = [each for each in files if each.state not in ("ready", "duplicate")]
        received: dict[str, int] = {}
        for each in there:
            if not bench.store.holds(corpus, each.name, each.digest, by_row=each.by_row):
                yield Progress(each.name, "receiving", 0, 0)
                received[each.name] = receive(bench, archive, corpus, each)
        done = len(there) - len(received)
        by_name = {each.name: each for each in there}
        for name, some in groupby(archive.pieces(corpus, bench.embedder_name), key=lambda piece: piece.file):
            pieces = list(some)
            if name in received and name not in unheld and (halt is None or not halt.is_set()):
                yield from unpack(bench, corpus, by_name[name], received.pop(name), pieces, ids, done, len(files))
                done += 1
        again = list(received.values())
        for each in rest:
            again += put_back(bench, archive, corpus, each)
            if each.state == "failed":
                yield Progress(each.name, "done", done, len(files), FileReport(each.name, "failed", each.remarks, 0))
        yield from take_in(bench, again, halt, len(files) - len(again))
        collapse(bench, corpus, archive.collapsed, ids)
        bench.store.version(corpus)  # raises where it was deleted meanwhile


def receive(bench: Bench, archive: "Archive", corpus: str, file: Packed) -> int:
    """The id of a file with its bytes, if there are any."""
    data = archive.original(file) if file.whole else None
    return bench.store.receive(
        corpus, file.name, data, by_row=file.by_row, added=file.added, bare=(file.digest, file.size))


def left_out(mail: Document, chunks: Sequence[Chunk]) -> list[tuple[int, int]]:
    """The asides of a mail in which none of its chunks lies."""
    return [span for span in mail.asides if not any(span[0] <= chunk.start and chunk.end <= span[1] for chunk in chunks)]


def unpack(
    bench: Bench, corpus: str, file: Packed, number: int, pieces: Sequence[Piece], ids: dict[str, str], done: int, total: int
) -> Iterator[Progress]:
    """Move a received file on to its end with what was read and embedded of it elsewhere."""
    store = bench.store
    with bench.ingesting:
        documents = [
            (replace(each.document, id=ids[each.before], parent=ids.get(each.document.parent, "")), each.lang, each.chunks)
            for each in pieces]
        store.parsed(
            number, documents, [ids[each.before] for each in pieces if each.linked], remarks=file.remarks, tokens=file.tokens,
            lines={each.id: list(said(each, left_out(each, chunks))) for each, _, chunks in documents if each.kind in MAILS})
        vectors = {
            chunk.id: row for each in pieces if each.vectors is not None
            for chunk, row in zip(each.chunks, each.vectors, strict=True)}
        known = [(key, vectors[chunk]) for key, chunk in store.bare(number) if chunk in vectors]
        if known:
            store.keep_vectors([key for key, _ in known], np.array([row for _, row in known]))
        if store.bare(number):
            coming = Coming(number, corpus, file.name, "parsed", file.by_row, file.remarks)
            yield from one_file(bench, coming, done, total, None)
            return
        store.embedded(number)
        store.finish(number, file.seconds)
        store.sweep()
        if (report := store.report(number)) is not None:  # else deleted meanwhile
            yield Progress(file.name, "done", done + 1, total, report)


def put_back(bench: Bench, archive: "Archive", corpus: str, file: Packed) -> list[int]:
    """A file that was not in: one that failed stays so, with its reason. Gives the id of one that is to be read."""
    if not file.whole:
        bench.store.refuse(corpus, file.name, file.remarks[0], file.added)
        return []
    if file.state == "received" and bench.store.holds(corpus, file.name, file.digest, by_row=file.by_row):
        return []  # it came in when the archive was loaded before
    number = receive(bench, archive, corpus, file)
    if file.state == "failed":
        bench.store.fail(number, file.remarks[0])
    bench.store.remark(number, file.remarks)
    return [] if file.state == "failed" or was_stopped(Coming(number, corpus, file.name, "received", file.by_row, file.remarks)) else [number]


def collapse(bench: Bench, corpus: str, collapsed: Sequence[tuple[str, str]], ids: dict[str, str]) -> None:
    """Let documents stand for those that they stood for."""
    others: dict[str, list[str]] = {}
    for original, other in collapsed:
        if original in ids:
            others.setdefault(ids[original], []).append(ids[other])
    with bench.ingesting:
        for kept, some in others.items():
            bench.store.collapse(corpus, kept, some)


def room(bench: Bench, archive: "Archive") -> None:
    """Raises BadRequest where what the archive holds does not fit the disk."""
    size, free = archive.size(), shutil.disk_usage(bench.settings.home).free
    if size > free:
        raise BadRequest("archive_room", name=archive.name, size=size // 1_000_000, free=free // 1_000_000)


def free_name(bench: Bench, corpus: str, files: Sequence[Packed]) -> None:
    """Raises BadRequest where a corpus of this name holds anything that the archive does not."""
    known = {(each.name, each.digest) for each in files}
    with bench.store.view() as rows:
        if any((row["name"], row["sha256"]) not in known for row in contents.files(rows, corpus)):
            raise BadRequest("corpus_exists", name=corpus)


# Checking


class Damaged(Exception):
    """What of an archive is not as it must be."""


@contextmanager
def opened(path: Path) -> Iterator["Archive"]:
    """The archive of a corpus. Raises BadRequest where it is none that can be loaded, whenever that shows."""
    try:
        with path.open("rb") as file:
            if not zipfile.is_zipfile(file):
                raise BadRequest("archive_other", name=path.name)
            file.seek(max(0, path.stat().st_size - END))
            large = directory(file.read()) > DIRECTORY
    except OSError as error:
        raise BadRequest("read_denied", name=path.name, why=error.strerror) from error
    if large:
        raise BadRequest("archive_damaged", name=path.name, why="its directory is too large")
    try:
        with Archive(path) as archive:
            yield archive
    except Damaged as error:
        raise BadRequest("archive_damaged", name=path.name, why=error) from error


class Archive:
    """The members of an archive, each value looked at; whatever is wrong with one is Damaged."""

    def __init__(self, path: Path) -> None:
        """Raises BadRequest for the archive of something else, or of a newer version; Damaged."""
        self.name = path.name
        self.collapsed: list[tuple[str, str]] = []
        try:
            self.zip = zipfile.ZipFile(path)
        except SLIPS as error:
            raise Damaged(why(error)) from error
        self.names = {each.filename for each in self.zip.infolist()}
        if ABOUT not in self.names:
            raise BadRequest("archive_other", name=self.name)
        if len(self.names) < len(self.zip.infolist()):
            raise Damaged("two members of one name")
        about = next(self.lines(ABOUT, 1_000_000), {})
        if number(about, "format", 1) > FORMAT:
            raise BadRequest("archive_newer", name=self.name, format=about["format"], most=FORMAT)
        self.about: dict[str, Any] = {
            "name": text(about, "name"), "created": real(about, "created"), "embedder": text(about, "embedder"),
            "size": number(about, "size", most=10_000), "overlap": number(about, "overlap", -1, 10_000)}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *error: object) -> None:
        self.zip.close()

    def size(self) -> int:
        """Bytes of all that is in it; the library gives no more than it says."""
        return sum(each.file_size for each in self.zip.infolist())

    def lines(self, name: str, longest: int = LINE) -> Iterator[dict]:
        """The objects of a member, one a line."""
        try:
            with self.zip.open(name) as member, BufferedReader(cast(Any, member), 1_000_000) as stream:
                count = 0
                while row := stream.readline(longest):
                    count += 1
                    found = json.loads(row)
                    if not row.endswith(b"\n") or not isinstance(found, dict):
                        raise Damaged(f"{name}, line {count}")
                    yield found
        except RecursionError as error:
            raise Damaged(name) from error
        except SLIPS as error:
            raise Damaged(f"{name}: {why(error)}") from error

    def original(self, file: Packed) -> bytes:
        """The bytes of a file, which are what its hash says."""
        name = f"{ORIGINALS}{file.digest}"
        try:
            with self.zip.open(name) as stream:
                data = stream.read(file.size + 1)
        except SLIPS as error:
            raise Damaged(f"{name}: {why(error)}") from error
        if len(data) != file.size or sha256(data).hexdigest() != file.digest:
            raise Damaged(f"{file.name} is not what it was")
        return data

    def questions(self) -> Iterator[Kept]:
        """Every question with its state."""
        for row in self.lines(QUESTIONS) if QUESTIONS in self.names else ():
            line, original = (each if isinstance(each, dict) else {} for each in (row.get("line"), row.get("original")))
            try:
                for each in (line, original) if original else (line,):
                    corpora.question(each)
            except BadRequest as error:
                raise Damaged(f"{QUESTIONS}: {error}") from error
            yield Kept(
                text(line, "id"), text(line, "question"), json.dumps(line), text(row, "file"),
                text(row, "state", "proposed|accepted|dropped"), real(row, "changed"), json.dumps(original) if original else "")

    def verdicts(self) -> Iterator[tuple[str, str, str, str, float]]:
        """What people said of likenesses, as `give_verdict` takes it."""
        for row in self.lines(VERDICTS, 1_000_000) if VERDICTS in self.names else ():
            yield (text(row, "question"), text(row, "other"), text(row, "verdict", "accept|keep|drop"), text(row, "reviewer"),
                   real(row, "judged"))

    def pieces(self, corpus: str, embedder: str) -> Iterator[Piece]:
        """Every document with its chunks, those of a file one after the other; vectors only of this embedder."""
        groups = groupby(self.lines(CHUNKS, 100_000), key=lambda row: row.get("document"))
        own = self.about["embedder"] == embedder
        group = next(groups, None)
        for row in self.lines(DOCUMENTS):
            before, original, body = text(row, "id"), text(row, "duplicate_of"), text(row, "text")
            linked = original == before
            if linked and body:
                raise Damaged(f"document {before} has a text that stands elsewhere")
            document = Document(
                identity(corpus, body), line(text(row, "title")), body, text(row, "file"), text(row, "kind", r"\w{1,20}"),
                places(row, "pages", None if linked else len(body)), text(row, "date", r"(\d{4}-\d\d-\d\d)?"),
                text(row, "parent"), spans(row, None if linked else len(body)))
            chunks: list[Chunk] = []
            vectors: list[np.ndarray | None] = []
            if not linked and group is not None and group[0] == before:
                for each in group[1]:
                    least = chunks[-1].start + 1 if chunks else 0
                    start = number(each, "start", least, len(body))
                    chunks.append(cut(document, start, number(each, "end", start + 1, len(body))))
                    vectors.append(vector(each) if own else None)
                group = next(groups, None)
            whole = bool(vectors) and all(each is not None for each in vectors)
            lang = cast(Lang, row.get("lang")) if linked and row.get("lang") in ("en", "ko") else language(body)
            yield Piece(
                document.source, before, document, lang, original, tuple(chunks),
                np.array(vectors, np.float32) if whole else None)
        if group is not None:
            raise Damaged(f"{CHUNKS}: no document {group[0]}")


def checked_files(archive: Archive) -> list[Packed]:
    """The files of an archive; every original is what its hash says."""
    files: list[Packed] = []
    for row in archive.lines(FILES, 1_000_000):
        name, digest = line(text(row, "name"))[:1000] or "?", text(row, "sha256", "([0-9a-f]{64})?")
        state = text(row, "state", "ready|duplicate|failed|received")
        remarks = tuple(remark for remark in map(known_remark, listed(row, "remarks")) if remark)
        if state == "failed" and not remarks:
            state = "received"  # for a reason that this version does not know: so it is tried again
        whole = f"{ORIGINALS}{digest}" in archive.names
        if state == "received" and not whole:
            raise Damaged(f"{name} is not in it")
        files.append(Packed(
            name, digest, number(row, "size", most=BYTES), cast(State, state), remarks, row.get("by_row") is True,
            number(row, "tokens"), real(row, "seconds"), real(row, "added"), whole))
        if len(files) > ROWS:
            raise Damaged(f"more than {ROWS} files")
    if len({(each.name, each.state in ("ready", "duplicate")) for each in files}) < len(files):
        raise Damaged("two files of one name")
    for file in {each.digest: each for each in files if each.whole}.values():
        archive.original(file)
    return files


def checked(archive: Archive, corpus: str, files: Sequence[Packed]) -> tuple[dict[str, str], set[str]]:
    """Looks at every document and chunk. Gives the ids of the documents by those they had, and the files that link to a
    text that is nowhere: those are to be read anew."""
    there = {each.name: each for each in files if each.state in ("ready", "duplicate")}
    ids: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    read: set[str] = set()
    for name, pieces in groupby(archive.pieces(corpus, archive.about["embedder"]), key=lambda piece: piece.file):
        if name not in there or name in read:
            raise Damaged(f"{DOCUMENTS}: {name}")
        read.add(name)
        characters = 0
        for piece in pieces:
            characters += len(piece.document.text)
            if piece.linked:
                links.append((piece.before, name))
            elif ids.setdefault(piece.before, piece.document.id) != piece.document.id:
                raise Damaged(f"two documents {piece.before}")
            elif piece.original:
                archive.collapsed.append((piece.original, piece.before))
        if characters > CHARACTERS:
            raise Damaged(f"{name} has more than {CHARACTERS} characters")
    unheld = {name for identity, name in links if identity not in ids}
    lost = [name for name in {*unheld, *(there.keys() - read)} if not there[name].whole]
    if lost:
        raise Damaged(f"{lost[0]} has neither bytes nor text")
    return ids, unheld


def known_remark(value: object) -> Remark | None:
    """A stored remark, None for one that this version has no words for."""
    match value:
        case [str(code), dict(facts)] if all(
                isinstance(fact, int if name == "count" else str | int) for name, fact in facts.items()):
            try:
                tell("en", Remark(code, facts))
            except (KeyError, IndexError, ValueError):
                return None
            return Remark(code, facts)
    return None


def text(row: dict, name: str, form: str = "") -> str:
    """A text that can be stored, of a form if one is given."""
    found = row.get(name)
    if not isinstance(found, str) or re.search("[\0\ud800-\udfff]", found) or (form and not re.fullmatch(form, found)):
        raise Damaged(f"no good “{name}”")
    return found


def number(row: dict, name: str, least: int = 0, most: int = 2**53) -> int:
    """A whole number between two."""
    found = row.get(name)
    if type(found) is not int or not least <= found <= most:
        raise Damaged(f"no good “{name}”")
    return found


def real(row: dict, name: str) -> float:
    """A number that is one, from 0 on."""
    found = row.get(name)
    if not isinstance(found, int | float) or not 0 <= found <= 2**53:  # nor is it NaN
        raise Damaged(f"no good “{name}”")
    return float(found)


def listed(row: dict, name: str) -> list:
    """A list."""
    found = row.get(name)
    if not isinstance(found, list):
        raise Damaged(f"no good “{name}”")
    return found


def places(row: dict, name: str, length: int | None) -> tuple[int, ...]:
    """Places in a text, ascending; its length is None where the text stands elsewhere."""
    found = listed(row, name)
    last = 0
    for each in found:
        if type(each) is not int or not last <= each <= (2**53 if length is None else length):
            raise Damaged(f"no good “{name}”")
        last = each
    return tuple(found)


def spans(row: dict, length: int | None) -> tuple[tuple[int, int], ...]:
    """Stretches of a text, one behind the other."""
    found = listed(row, "asides")
    if not all(isinstance(each, list) and len(each) == 2 for each in found):
        raise Damaged("no good “asides”")
    edges = places({"asides": [edge for each in found for edge in each]}, "asides", length)
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def vector(row: dict) -> np.ndarray | None:
    """The vector of a chunk, of length one; None where there is none yet."""
    if row.get("vector") is None:
        return None
    try:
        found = np.frombuffer(b64decode(text(row, "vector"), validate=True), "<f4")
    except ValueError as error:
        raise Damaged("no good “vector”") from error
    if not is_vector(found):
        raise Damaged("no good “vector”")
    return found
