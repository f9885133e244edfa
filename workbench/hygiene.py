"""How good a corpus is to search: what stands in it twice, what is nearly empty, its languages and its size in tokens.

Nothing is ever deleted: a document that another stands for is only left out of search until it is restored.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

import numpy as np

from workbench.bench import Bench
from workbench.differences import lacking
from workbench.errors import BadRequest, ModelError
from workbench.languages import LETTER, spoken
from workbench.models.addresses import remote
from workbench.nouns import WINDOW, Bin, By, Document, Group, Language, Pair, Prompt, Quality, Short, Spread
from workbench.reading import quotes
from workbench.retrieval import duplicates
from workbench.retrieval.snapshot import Snapshot

PAGE = 20  # letters below which a page is nearly empty
BRIEF = 20  # tokens below which a document says hardly anything
AT_ONCE = 200  # texts read and counted at a time
HELD = 1000  # texts held while pairs are compared

Some = TypeVar("Some")
Count = Callable[[Sequence[str]], list[int]]


def quality(bench: Bench, corpus: str, model: str = "", window: int = WINDOW) -> Quality:
    """The report on a corpus as it is searched now: documents that another one stands for are counted, and looked at no
    more. Tokens are the model's, or the embedder's where no model can be loaded. Raises NoSuchCorpus."""
    held = bench.corpus(corpus).held
    named, count = counter(bench, model)
    languages: dict[str, Language] = {}
    sizes: dict[str, int] = {}
    characters: dict[str, int] = {}
    empty: list[Short] = []
    same: dict[bytes, str] = {}
    pairs: list[Pair] = []
    found = sorted(bench.store.documents_by_key(bench.store.searchable(corpus)).values(), key=lambda each: each.source)
    for some in texts(bench, found):
        for document, size in zip(some, count([document.text for document in some]), strict=True):
            languages[document.id] = spoken(document.text)
            sizes[document.id] = size
            characters[document.id] = len(document.text)
            empty += empty_pages(document)
            first = same.setdefault(sha256(" ".join(document.text.lower().split()).encode()).digest(), document.id)
            if first != document.id:
                pairs.append(Pair(first, document.id, 1.0, 1.0, "exact"))
    repeated = {pair.second for pair in pairs}
    single = [document for document in found if document.id in languages and document.id not in repeated]
    pairs += near(bench, held, single, languages, sum(characters.values()))
    chunks = [size for some in batches(held.ids()) for size in count(list(bench.store.passages(some).values()))]
    return Quality(
        corpus=corpus,
        model=named,
        tokenizer=named or bench.embedder.name,
        documents=len(sizes),
        chunks=len(chunks),
        characters=sum(characters.values()),
        tokens=sum(sizes.values()),
        window=window,
        refused=refused(bench, corpus),
        collapsed=sum(map(len, bench.store.collapsed(corpus).values())),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first, pair.second))),
        empty_pages=tuple(empty),
        brief=tuple(Short(each, size) for each, size in sizes.items() if size < BRIEF),
        languages=spreads(languages, characters, sizes),
        chunk_sizes=bins(chunks),
        document_sizes=bins(list(sizes.values())),
    )


def groups(bench: Bench, quality: Quality, threshold: float | None = None) -> list[Group]:
    """What one click collapses: at `threshold`, else at the calibrated limits. Raises BadRequest for a threshold that is
    no share."""
    if threshold is not None and not duplicates.FLOOR <= threshold <= 1:
        raise BadRequest("number", name="threshold", value=threshold, least=duplicates.FLOOR, most=1)
    days = {document.id: document.date for document in bench.store.documents(quality.corpus, text=False)}
    return duplicates.groups(quality.pairs, threshold, days)


def collapse(bench: Bench, corpus: str, groups: Sequence[Group]) -> int:
    """Let one document of every group stand for the others; gives how many are no longer searched. Raises NoSuchCorpus."""
    with bench.ingesting:
        return sum(bench.store.collapse(corpus, group.kept, group.others) for group in groups)


def restore(bench: Bench, corpus: str, document: str = "") -> int:
    """Have a document searched again by itself, and where it stands for others those; all of the corpus where none is
    named. Gives how many. Raises NoSuchCorpus."""
    with bench.ingesting:
        others = bench.store.collapsed(corpus)
        if document:
            wanted = [document, *(each.id for each in others.get(document, ()))]
        else:
            wanted = [each.id for some in others.values() for each in some]
        return bench.store.restore(corpus, wanted)


def near(bench: Bench, held: Snapshot, documents: Sequence[Document], languages: Mapping[str, Language], characters: int) -> Iterator[Pair]:
    """Pairs of documents that are alike by their wording; by their vectors those that are not, where the embedder reads
    the language."""
    @lru_cache(HELD)
    def own(place: int) -> str:
        document = documents[place]
        return quotes.own(replace(document, text=bench.store.texts([document.id]).get(document.id, "")))

    def pair(first: int, second: int, similarity: float, limit: float, by: By) -> Pair:
        one, two = documents[first].id, documents[second].id
        return Pair(one, two, similarity, limit, by, lacking(own(first), own(second)), lacking(own(second), own(first)))

    spoken = [languages[document.id] for document in documents]
    worded = set()
    for first, second, similarity in sorted(duplicates.alike(own, len(documents), characters)):
        worded.add((first, second))
        yield pair(first, second, similarity, max(duplicates.WORDING[spoken[first]], duplicates.WORDING[spoken[second]]), "wording")
    for lang in ("en", "ko"):
        read = [place for place, each in enumerate(spoken) if each == lang]
        if not read or not bench.embedder.reads(lang):
            continue
        vectors = mean_vectors(held, [documents[place].id for place in read])
        limit = duplicates.MEANING.get((bench.embedder.name, lang)) or duplicates.own_limit(vectors)
        for one, two, cosine in duplicates.close(vectors, limit):
            if (read[one], read[two]) not in worded:
                yield pair(read[one], read[two], cosine, limit, "meaning")


def mean_vectors(held: Snapshot, documents: Sequence[str]) -> np.ndarray:
    """The mean of every document's chunk vectors at length one: float32 of shape (documents, dimensions)."""
    number = {document: place for place, document in enumerate(documents)}
    places = held.places()
    rows = np.array([number.get(document.id, -1) for document in held.documents()], np.int64)[held.owners()[places]]
    return duplicates.means(held.vectors(places[rows >= 0]), rows[rows >= 0], len(documents))


def texts(bench: Bench, documents: Sequence[Document]) -> Iterator[list[Document]]:
    """The documents with their texts, some at a time; one that was deleted meanwhile is left out."""
    for some in batches(documents):
        read = bench.store.texts([document.id for document in some])
        yield [replace(document, text=read[document.id]) for document in some if document.id in read]


def batches(every: Sequence[Some]) -> Iterator[Sequence[Some]]:
    """The sequence in parts of AT_ONCE."""
    return (every[first : first + AT_ONCE] for first in range(0, len(every), AT_ONCE))


def counter(bench: Bench, model: str) -> tuple[str, Count]:
    """The name of the model that counts, and how; no name where it is the embedder that does: a whole corpus is not sent to
    a server to be counted."""
    try:
        worker = None if remote(bench.named(model)) else bench.model(model)
    except ModelError:
        worker = None
    if worker is None:
        return "", lambda texts: [bench.embedder.count(text) for text in texts]
    start, = worker.count([Prompt()])
    return bench.named(model), lambda texts: [size - start for size in worker.count([Prompt(text=text) for text in texts])]


def empty_pages(document: Document) -> list[Short]:
    """The pages of a document with hardly any letters."""
    ends = [*document.pages[1:], len(document.text)]
    letters = [len(LETTER.findall(document.text[start:end])) for start, end in zip(document.pages, ends, strict=True)] if document.pages else []
    return [Short(document.id, count, page) for page, count in enumerate(letters, 1) if count < PAGE]


def refused(bench: Bench, corpus: str) -> int:
    """Files and documents that were not taken in because they were there already."""
    reports = bench.store.files(corpus)
    held = [int(str(remark.facts["count"])) for report in reports for remark in report.remarks if remark.code == "partly_duplicate"]
    return sum(held) + sum(report.state == "duplicate" for report in reports)


def spreads(languages: Mapping[str, Language], characters: Mapping[str, int], sizes: Mapping[str, int]) -> tuple[Spread, ...]:
    """The languages of a corpus, the one of most characters first."""
    documents, written, tokens = Counter(languages.values()), Counter[Language](), Counter[Language]()
    for document, each in languages.items():
        written[each] += characters[document]
        tokens[each] += sizes[document]
    return tuple(Spread(each, documents[each], written[each], tokens[each]) for each, _ in written.most_common())


def bins(sizes: Sequence[int]) -> tuple[Bin, ...]:
    """How many sizes lie in each power of two from 16 on, none left out between the smallest and the largest."""
    numbers = Counter(max(4, size.bit_length()) for size in sizes)
    if not numbers:
        return ()
    every = range(min(numbers), max(numbers) + 1)
    return tuple(Bin(0 if bits == 4 else 2 ** (bits - 1), 2**bits, numbers[bits]) for bits in every)
