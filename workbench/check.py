"""What stands in the store and whether it is sound; what is not is made again from the originals. No text is ever deleted:
a file is made anew as a whole, or stays as it is."""

import json
from collections.abc import Iterator
from hashlib import sha256

import numpy as np

from workbench.bench import Bench
from workbench.errors import CannotRead, NoSuchCorpus, WorkbenchError
from workbench.ingest import EMBEDDED_AT_ONCE, batches, go_on, read_original
from workbench.nouns import Fault, Health, Mend, Remark
from workbench.reading import identity
from workbench.reading.process import ReaderFailed
from workbench.retrieval import contents
from workbench.retrieval.chunking import place_id
from workbench.retrieval.snapshot import indexed, is_vector

ROUNDS = 3  # one repair may bring the next to light


def check(bench: Bench, corpus: str = "") -> Health:
    """The state of a corpus, or of all. Reads only, beside a process that writes too. Raises NoSuchCorpus."""
    with bench.store.view() as rows:
        names = [name for (name,) in rows("SELECT name FROM corpora ORDER BY created, name")]
        if corpus and corpus not in names:
            raise NoSuchCorpus("corpus_unknown", name=corpus, known=", ".join(names) or "–")
        names = [corpus] if corpus else names
        try:
            faults = list(database(rows))
            files = documents = chunks = size = 0
            if not faults:  # else all further reading would only guess
                faults += leftovers(rows)
                for name in names:
                    faults += [*originals(rows, name), *texts(rows, name), *links(rows, name), *vectors(rows, name),
                               *states(rows, name), *chroma(bench, name)]
                counted = [each for name in names for each in rows("""
                    SELECT (SELECT count(*) FROM files WHERE corpus = ?1), (
                        SELECT count(*) FROM documents JOIN files ON files.id = file WHERE corpus = ?1), (
                        SELECT count(*) FROM chunks JOIN documents ON documents.key = document JOIN files ON files.id = file
                        WHERE corpus = ?1), (SELECT coalesce(sum(size), 0) FROM files WHERE corpus = ?1)""", name)]
                files, documents, chunks, size = (sum(column) for column in zip((0, 0, 0, 0), *counted, strict=True))
        except WorkbenchError as error:  # torn where quick_check does not look
            return Health(tuple(names), 0, 0, 0, 0, (Fault(error.remark),))
    return Health(tuple(names), files, documents, chunks, size, tuple(faults))


def repair(bench: Bench, corpus: str = "") -> Health:
    """Make again what can be, and give the state after it. Raises NoSuchCorpus, HomeInUse."""
    bench.claim()
    tried: set[tuple[int, Mend]] = set()
    for _ in range(ROUNDS):
        faults = check(bench, corpus).faults
        first = {fault.id for fault in faults if fault.mend == "read" and fault.remark.code != "check_link"}
        due = dict.fromkeys(
            (fault.id, fault.mend) for fault in faults if fault.mend != "none"
            # What a link leads to may come back with another file: then nothing is to be done.
            and not (first and fault.mend == "read" and fault.id not in first))
        fresh = [each for each in due if each not in tried]
        if not fresh:
            break
        tried.update(fresh)
        anew = {file for file, mend in fresh if mend == "read"}
        for file, mend in fresh:
            with bench.ingesting:
                if mend == "read":
                    read_again(bench, file)
                elif mend == "embed" and file not in anew:
                    embed_again(bench, file)
                elif mend == "restore":
                    bench.store.unlink(file)
        bench.store.tidy()
        list(go_on(bench, corpus, stopped=False))
    bench.store.scrub(whole=True)
    return check(bench, corpus)


def read_again(bench: Bench, file: int) -> None:
    """Put what the original says in the place of what stands there; where it cannot be read, or is not what was received,
    all stays."""
    (corpus, name, by_row, digest), = bench.store.rows("SELECT corpus, name, by_row, sha256 FROM files WHERE id = ?", file)
    if sha256(bench.store.original(file) or b"").hexdigest() != digest:
        return
    try:
        read = read_original(bench, file, corpus, name, bool(by_row))
    except (CannotRead, ReaderFailed):
        return  # the next check tells it again
    cut = [(document, chunk) for document, _, chunks in read.contents for chunk in chunks]
    rows: list[np.ndarray] = []
    for first in range(0, len(cut), EMBEDDED_AT_ONCE):
        rows += list(bench.embedder.embed([
            indexed(document.title, document.text[chunk.start : chunk.end])
            for document, chunk in cut[first : first + EMBEDDED_AT_ONCE]]))
    bench.store.renew(
        file, read.contents, read.held, {chunk.id: row for (_, chunk), row in zip(cut, rows, strict=True)},
        remarks=read.remarks, tokens=read.tokens, lines=read.lines)


def embed_again(bench: Bench, file: int) -> None:
    """Give the chunks of a file whose vectors are none new ones; it is found all the while."""
    bad = [(key, document, start, stop) for key, document, start, stop, blob in bench.store.rows("""
        SELECT chunks.key, documents.key, start, stop, vector FROM chunks JOIN documents ON documents.key = document
        WHERE file = ? ORDER BY chunks.key""", file) if not unit(blob)]
    for chunks, said in batches(bench.store, bad):
        bench.store.replace_vectors(file, chunks, bench.embedder.embed(said))


def unit(blob: bytes | None) -> bool:
    """Whether these are the bytes of a vector of length one."""
    return blob is not None and len(blob) % 4 == 0 and is_vector(np.frombuffer(blob, np.float32))


# One kind of fault after the other


def database(rows: contents.Rows) -> Iterator[Fault]:
    """Damage of the file itself."""
    for (told,) in rows("PRAGMA quick_check(10)"):
        if told != "ok":
            yield Fault(Remark("check_database", {"why": " ".join(str(told).split())[:200]}))


def leftovers(rows: contents.Rows) -> Iterator[Fault]:
    """What belongs to nothing any more."""
    tables: dict[str, int] = {}
    for table, *_ in rows("PRAGMA foreign_key_check"):
        tables[table] = tables.get(table, 0) + 1
    for table, count in tables.items():
        yield Fault(Remark("check_orphans", {"table": table, "count": count}), mend="none" if table == "documents" else "sweep")
    (count,), = rows("SELECT count(*) FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
    if count:
        yield Fault(Remark("check_unused_originals", {"count": count}), mend="sweep")
    (count,), = rows("SELECT count(*) FROM files WHERE state = 'deleting'")
    if count:
        yield Fault(Remark("check_deleting", {"count": count}), mend="sweep", harm=False)


def originals(rows: contents.Rows, corpus: str) -> Iterator[Fault]:
    """Bytes that are not those that were received, or are not there."""
    bad = {digest for digest, data in contents.originals(rows, corpus) if sha256(data).hexdigest() != digest}
    for file, name, digest, there in rows("""
            SELECT id, name, sha256, EXISTS (SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256) FROM files
            WHERE corpus = ? AND sha256 <> '' ORDER BY name""", corpus):
        if digest in bad:
            yield Fault(Remark("check_original", {"name": name}), corpus, name, file)
        elif not there:
            yield Fault(Remark("check_no_original", {"name": name}), corpus, name, file, harm=False)


def texts(rows: contents.Rows, corpus: str) -> Iterator[Fault]:
    """Documents that are not what their id says, or whose chunks do not lie in them."""
    told: set[int] = set()
    for file, name, key, document, text, pages, asides, there in rows(f"""
            SELECT files.id, files.name, documents.key, documents.id, text, pages, asides, EXISTS (
                SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256)
            FROM documents CROSS JOIN files ON files.id = documents.file
            WHERE corpus = ? AND {contents.IN} AND duplicate_of <> documents.id ORDER BY documents.key""", corpus):
        own = list(rows("SELECT id, start, stop FROM chunks WHERE document = ? ORDER BY start", key))
        sound = (
            document == identity(corpus, text) and own and laid(pages, asides, len(text))
            and all(0 <= start < stop <= len(text) and each == place_id(document, start, stop) for each, start, stop in own))
        if not sound and file not in told:
            told.add(file)
            yield Fault(Remark("check_text", {"name": name}), corpus, name, file, "read" if there else "none")


def laid(pages: str, asides: str, length: int) -> bool:
    """Whether the stored starts of pages and stretches lie in the text."""
    try:
        starts, stretches = json.loads(pages), json.loads(asides)
        return all(0 <= each <= length for each in starts) and all(0 <= start <= end <= length for start, end in stretches)
    except (ValueError, TypeError):
        return False


def links(rows: contents.Rows, corpus: str) -> Iterator[Fault]:
    """Documents that are said to be found elsewhere and are not."""
    told: set[tuple[int, bool]] = set()
    for file, name, linked, there in rows(f"""
            SELECT files.id, files.name, duplicate_of = documents.id, EXISTS (
                SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256)
            FROM documents JOIN files ON files.id = documents.file
            WHERE corpus = ?1 AND {contents.IN} AND duplicate_of <> '' AND NOT EXISTS (
                SELECT 1 FROM documents AS other JOIN files AS its ON its.id = other.file
                WHERE other.id = documents.duplicate_of AND its.corpus = ?1 AND its.state = 'ready'
                AND other.duplicate_of <> other.id AND (other.duplicate_of = '' OR documents.duplicate_of = documents.id))
            ORDER BY files.name""", corpus):
        if (file, bool(linked)) not in told:
            told.add((file, bool(linked)))
            mend: Mend = "restore" if not linked else "read" if there else "none"
            yield Fault(Remark("check_link", {"name": name}), corpus, name, file, mend)


def vectors(rows: contents.Rows, corpus: str) -> Iterator[Fault]:
    """Chunks of files that are in without a vector of length one."""
    counts: dict[tuple[int, str], int] = {}
    for file, name, blob in rows(f"""
            SELECT files.id, files.name, vector FROM documents CROSS JOIN files ON files.id = documents.file
            CROSS JOIN chunks ON chunks.document = documents.key WHERE corpus = ? AND {contents.IN}""", corpus):
        if not unit(blob):
            counts[file, name] = counts.get((file, name), 0) + 1
    for (file, name), count in counts.items():
        yield Fault(Remark("check_vectors", {"name": name, "count": count}), corpus, name, file, "embed")


def states(rows: contents.Rows, corpus: str) -> Iterator[Fault]:
    """Files on their way, files that are in with nothing in them, and a log that is ahead of its corpus."""
    for file, name, state, there in rows("""
            SELECT id, name, state, EXISTS (SELECT 1 FROM blobs WHERE blobs.sha256 = files.sha256) FROM files
            WHERE corpus = ? AND state <> 'failed' AND state <> 'deleting' ORDER BY name""", corpus):
        if state not in ("ready", "duplicate"):
            yield Fault(Remark("check_unfinished", {"name": name}), corpus, name, file, "go_on", harm=False)
        elif not list(rows("SELECT 1 FROM documents WHERE file = ? LIMIT 1", file)):
            yield Fault(Remark("check_nothing", {"name": name}), corpus, name, file, "read" if there else "none")
    for _ in rows("""
            SELECT 1 FROM corpora WHERE name = ?1 AND (known > version OR EXISTS (
                SELECT 1 FROM changes WHERE corpus = ?1 AND changes.version > corpora.version))""", corpus):
        yield Fault(Remark("check_changes", {"corpus": corpus}), corpus, mend="sweep")


def chroma(bench: Bench, corpus: str) -> Iterator[Fault]:
    """Where this process keeps Chroma in step: whether it holds as many chunks as are found."""
    index, held = bench.opened_index, bench.searches.get(corpus)
    if index is not None and held is not None and index.version(corpus) == held.version:
        count = len(index.held.get(corpus, ()))
        if count and count != held.size:
            yield Fault(Remark("check_chroma", {"corpus": corpus}), corpus, harm=False)
