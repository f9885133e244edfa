"""Search, opening, adding and deleting at 1,000, 10,000 and 100,000 chunks: milliseconds a question by stage, seconds and
bytes a chunk, and what one file costs until it is found or is no longer, none of which should grow with the corpus. The
embedding step is left out on both sides of it: vectors are made up.

The chunks read like the real thing: words drawn from real English and Korean text (so that few are frequent and most
are rare), and here and there a name or a number that nothing else holds.
"""

import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import sets
from benchmarks.tables import run
from workbench import corpora
from workbench.bench import Bench, Settings
from workbench.languages import language
from workbench.nouns import Chunk, Document
from workbench.retrieval.chunking import cut

SIZES = (1_000, 10_000, 100_000)
CHUNKS, WORDS = 20, 100  # of a document, of a chunk
RARE = 0.03  # share of words that stand in one document alone
CHANGED, FILES = 10, 12  # chunks of a file that comes and goes, and how many of them do
QUESTIONS = 40
CORPUS = "scale"


class MadeUp:
    """Stands in for the embedder: unit vectors from nothing, in no time."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(1)

    def reads(self, lang: str) -> bool:
        """As MiniLM."""
        return lang == "en"

    def embed(self, texts: list[str]) -> np.ndarray:
        """Float32 of shape (texts, 384)."""
        return unit(self.random.normal(size=(len(texts), 384)))


def main(data: Path | None, limit: int | None) -> None:
    measured = []
    for size in SIZES:  # a process each, so that memory is its own
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            measured.append(pool.submit(measure, size, data).result())
    run.table("", *(f"{size:,} chunks" for size in SIZES), f"{SIZES[-1]:,} : {SIZES[-2]:,}")
    for name in measured[0]:
        values = [each[name] for each in measured]
        ratio = f"{values[-1] / values[-2]:.2f}" if values[-2] else "–"
        run.row(name, *(f"{value:.2f}" for value in values), ratio)


def measure(size: int, data: Path | None) -> dict[str, float]:
    """Every figure at one size."""
    words = {lang: [word for text in texts for word in text.split()] for lang, texts in real(data).items()}
    with TemporaryDirectory() as folder:
        home = Path(folder)
        bench = Bench(Settings(home), writing=True)
        bench.store.make_corpus(CORPUS)
        _, adding = timed(lambda: fill(bench, size, words))
        bench.close()
        bench = Bench(Settings(home), writing=True)
        bench.opened_embedder = MadeUp()  # type: ignore[assignment]
        bench.store.make_corpus("empty")
        bench.corpus("empty")  # the libraries are there
        before = resident()
        processor = time.process_time()
        index, opening = timed(lambda: bench.corpus(CORPUS))
        processor = time.process_time() - processor
        memory = resident() - before
        stages, total = asked(index, bench, questions(words))
        surveys = statistics.median(timed(lambda each=each: index.survey(each))[1] for each in whole_set(words))
        changing = changed(bench, words)
        bench.close()
        disk = {name: sum(file.stat().st_size for file in home.glob(pattern) if file.is_file())
                for name, pattern in (("SQLite", "workbench.db*"), ("Chroma", "chroma/**/*"))}
    return {
        "milliseconds to add a chunk": 1000 * adding / size,
        "seconds to open": opening,
        "milliseconds to open, a chunk": 1000 * opening / size,
        "milliseconds of processor time to open, a chunk": 1000 * processor / size,
        **changing,
        "bytes in memory, a chunk": memory / size,
        **{f"bytes on disk, a chunk: {name}": taken / size for name, taken in disk.items()},
        "seconds to look through all of it": surveys,
        "milliseconds a question": 1000 * total,
        **{f"of these: {name}": 1000 * seconds for name, seconds in stages.items()},
    }


def changed(bench: Bench, words: dict[str, list[str]]) -> dict[str, float]:
    """Median milliseconds of one file that comes, one at a time with a version each, and of one that goes: until it is
    stored, and from then until a question finds it or no longer does."""
    choose = random.Random(2)
    acts: dict[str, Callable[[int], object]] = {
        "add": lambda number: add(bench, 10**6 + number, words, choose, CHANGED),
        "delete": lambda number: bench.store.delete_files(CORPUS, f"{10**6 + number:07}.txt")}
    medians = {}
    for name, act in acts.items():
        stored, found = [], []
        for number in range(FILES):
            stored.append(timed(lambda act=act, number=number: act(number))[1])
            found.append(timed(lambda: bench.corpus(CORPUS))[1])
        medians |= {
            f"milliseconds to {name} one file of {CHANGED} chunks, both": 1000 * statistics.median(map(sum, zip(stored, found, strict=True))),
            f"of these to {name}: the store": 1000 * statistics.median(stored),
            f"of these to {name}: the next version": 1000 * statistics.median(found)}
    return medians


def asked(index, bench: Bench, asked: list[str]) -> tuple[dict[str, float], float]:
    """Median seconds of every stage of a search, and of the whole."""
    stages: dict[str, list[float]] = {}
    totals = []
    with watched(stages):
        for number, question in enumerate(asked):
            for taken in stages.values():
                taken.append(0.0)
            _, seconds = timed(lambda question=question: index.search(question, bench.embedder, 4))
            if number:  # the first one warms up
                totals.append(seconds)
    medians = {name: statistics.median(taken[1:]) for name, taken in stages.items()}
    return medians, statistics.median(totals)


@contextmanager
def watched(stages: dict[str, list[float]]) -> Iterator[None]:
    """While it lasts, the seconds of every stage are added to the last number of its list."""
    from workbench.retrieval import corpus_index
    from workbench.retrieval.store import Store

    watching = {
        "lexical": (corpus_index.CorpusIndex, "lexical_scores"),
        "dense": (corpus_index.CorpusIndex, "nearest"),
        "fusion": (corpus_index, "fuse"),
        "sentences": (corpus_index.CorpusIndex, "ranked_sentences"),
        "store reads": (Store, "passages"),
    }
    kept = []
    for name, (owner, attribute) in watching.items():
        plain = getattr(owner, attribute, None)
        if plain is not None:
            stages[name] = []
            kept.append((owner, attribute, plain))
            setattr(owner, attribute, watch(plain, stages[name]))
    yield
    for owner, attribute, plain in kept:
        setattr(owner, attribute, plain)


def watch(function: Callable, taken: list[float]) -> Callable:
    """The function with a stop watch."""
    def run(*values, **named):
        result, seconds = timed(lambda: function(*values, **named))
        taken[-1] += seconds
        return result

    return run


def timed(act: Callable):
    """What the act gives and the seconds it took."""
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def resident() -> int:
    """Bytes of memory this process holds."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:  # not Linux
        return 0


def real(data: Path | None) -> dict[str, list[str]]:
    """Texts by language: of the question sets where they are, else of the samples."""
    texts: dict[str, list[str]] = {"en": [], "ko": []}
    for path in sets.KNOWN.values():
        if data and (data / path).exists():
            for paragraph in sets.paragraphs(data / path):
                texts[language(paragraph.text)].append(paragraph.text)
    for name in corpora.samples():
        for file in (corpora.SAMPLES / name / "documents").glob("*.md"):
            text = file.read_text(encoding="utf-8")
            texts[language(text)].append(text)
    return texts


def questions(words: dict[str, list[str]]) -> list[str]:
    """Half English, half Korean, of some eight words."""
    choose = random.Random(3)
    return [" ".join(choose.choices(words[("en", "ko")[number % 2]], k=8)) + "?" for number in range(QUESTIONS)]


def whole_set(words: dict[str, list[str]]) -> list[str]:
    """Questions about everything, of one word each."""
    choose = random.Random(4)
    return [template.format(choose.choice(words[lang])) for lang, template in (
        ("en", "In which documents is {} mentioned?"), ("ko", "어떤 문서에 {} 나오나요?")) for _ in range(10)]


def fill(bench: Bench, size: int, words: dict[str, list[str]]) -> None:
    """That many chunks, a document a file, English and Korean in turns."""
    choose = random.Random(1)
    for number in range(size // CHUNKS):
        add(bench, number, words, choose)


def add(bench: Bench, number: int, words: dict[str, list[str]], choose: random.Random, count: int = CHUNKS) -> None:
    """One document with its chunks and vectors."""
    own = words[("en", "ko")[number % 2]]
    pieces = []
    for _ in range(count):
        said = [f"x{number}{choose.randrange(99)}" if choose.random() < RARE else choose.choice(own) for _ in range(WORDS)]
        pieces.append(re.sub(r"(\S+) (\S+)$", r"\1 \2.", " ".join(said)))
    document = Document(f"{number:032x}", f"Report {number}", "\n\n".join(pieces), f"{number:07}.txt", "txt")
    chunks: list[Chunk] = []
    start = 0
    for piece in pieces:
        chunks.append(cut(document, start, start + len(piece)))
        start += len(piece) + 2
    center = np.random.default_rng(number).normal(size=384)
    vectors = unit(center + np.random.default_rng(number + 1).normal(size=(count, 384)))
    bench.store.add(CORPUS, document.source, document.text.encode(), [(document, chunks, vectors)])


def unit(rows: np.ndarray) -> np.ndarray:
    """The rows at length one, float32."""
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
