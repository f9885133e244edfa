"""What is to be summarized: files, documents of a corpus or a pasted text, as the sentences they say themselves."""

from collections.abc import Iterable, Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path

from workbench.bench import Bench
from workbench.errors import BadRequest, CannotRead
from workbench.ingest import bug, contents, is_archive, named
from workbench.nouns import MAILS, Document, Remark
from workbench.nouns.summary import Source
from workbench.reading.names import shown
from workbench.reading.process import ReaderFailed
from workbench.reading.unfolding import unfolded
from workbench.salience import lines

NAME = 40  # characters of a sender's name that stand before a message


def from_paths(bench: Bench, paths: Iterable[Path], *, attachments: bool = False) -> Source:
    """Files, folders and archives. One that cannot be read is a remark; what is attached to mails is read only if it is
    asked for. Raises CannotRead where nothing can be."""
    documents: list[Document] = []
    remarks: list[Remark] = []
    failed: list[CannotRead] = []
    for name, path in named(paths):
        for found in files(bench, name, path):
            if isinstance(found, CannotRead):
                failed.append(found)
            else:
                documents += found[0]
                remarks += found[1]
    if failed and not documents:
        raise failed[0]
    return source(documents, [*(each.remark for each in failed), *remarks], attachments=attachments, failed=len(failed))


def files(bench: Bench, name: str, path: Path | CannotRead) -> Iterator[tuple[list[Document], tuple[Remark, ...]] | CannotRead]:
    """What a file holds, or every file in an archive; or why it cannot be had."""
    try:
        if isinstance(path, CannotRead):
            raise path
        data = contents(path, name)
        if not is_archive(name):
            yield bench.reader.read(data, name, "")
            return
        members = list(bench.reader.members(data, name))
    except CannotRead as error:
        yield error
        return
    except ReaderFailed as error:
        yield bug(name, error)
        return
    for member, inner in members:
        try:
            if isinstance(inner, CannotRead):
                raise inner
            yield bench.reader.read(inner, f"{name}/{shown(member)}", "")
        except CannotRead as error:
            yield error
        except ReaderFailed as error:
            yield bug(name, error)


def from_corpus(bench: Bench, corpus: str, names: Sequence[str] = (), *, attachments: bool = False) -> Source:
    """Documents of a corpus by the names of their files; all of them where none is named. Raises NoSuchCorpus, BadRequest."""
    bench.store.version(corpus)
    documents: list[Document] = []
    for name in dict.fromkeys(names) or [None]:
        found = bench.store.documents(corpus, name)
        if name and not found:
            raise BadRequest("file_unknown", name=name, corpus=corpus)
        documents += found
    return source(documents, [], attachments=attachments)


def from_text(bench: Bench, text: str, name: str = "") -> Source:
    """A pasted text. Raises BadRequest where there are no words in it."""
    if not any(character.isalnum() for character in text):
        raise BadRequest("text_empty")
    title = shown(name.strip() or " ".join(text.split()[:6])).replace("/", " ")[:80]
    documents, remarks = bench.reader.read(text.encode("utf-8", "replace"), f"{title}.txt", "")
    return source(documents, remarks, attachments=True)


def source(documents: Sequence[Document], remarks: Sequence[Remark], *, attachments: bool, failed: int = 0) -> Source:
    """The documents that are to be summarized, counted, with the messages that stand only where a mail quotes them; `failed`
    files could not be read. Raises BadRequest where nothing is said in them."""
    every = {each.id: each for each in documents}
    outer = {key: each for key, each in every.items() if each.parent not in every}
    wanted = list((every if attachments else outer).values())
    chosen = tuple(unfolded(wanted))
    quoted = len(chosen) - len(wanted)
    found = lines(chosen)
    if not found:
        raise BadRequest("summary_nothing")
    again = sum(int(str(each.facts.get("outer", 0))) for each in remarks if each.code == "repeated")
    unread = sum(int(str(each.facts["count"])) for each in remarks if each.code == "messages_unread")
    read = len(outer) + again + quoted
    told = [Remark("messages_quoted", {"count": quoted})] if quoted else []
    return Source(
        documents=chosen, lines=tuple(found), read=read, total=read + unread + failed, remarks=(*remarks, *told),
        mails=any(each.kind in MAILS for each in chosen), attached=() if attachments else tuple(each for key, each in every.items() if key not in outer),
        speakers={each.id: name for each in chosen if (name := speaker(each))})


def speaker(document: Document) -> str:
    """Who wrote a mail, by its header; empty for what is none."""
    if document.kind not in MAILS:
        return ""
    head = document.text.partition("\n\n")[0]
    for line in head.split("\n"):
        if line.startswith("From: "):
            name, address = parseaddr(line.removeprefix("From: "))
            return (name or address.partition("@")[0])[:NAME].strip()
    return ""
