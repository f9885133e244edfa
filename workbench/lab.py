"""The quantization lab: a model brought into other types, each measured on this computer and on the user's own documents, and
which one to use here."""

import math
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from workbench import quiz
from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.kept import keep
from workbench.languages import language
from workbench.measure.statistics import difference, mcnemar, ranged, ratio, share
from workbench.models import catalogue
from workbench.models.worker import Worker, quantizing, rehearse
from workbench.nouns import WINDOW, Card, Measured, Prompt
from workbench.nouns.measure import Estimate
from workbench.nouns.models import KINDS, Lab, Reason, Variant, Work
from workbench.trial import READ, pace

RUNS = 3  # of the speed trial
# Pieces of a corpus that perplexity is taken on, and about how long they are: a type reads them all in well under half a
# minute, and some thousand tokens tell losses of 0.01 nats from none, for each is compared with itself under the original.
TEXTS, TEXT_TOKENS = 32, 160
LEAD = 0.25  # of a piece, which is read and not counted
QUESTIONS = 40
USUAL = (700, 40)  # tokens of a usual question with its passages, and of its answer
EQUAL = 0.05  # share of the seconds within which two are as fast
SEEN = 0.02  # nats a token, about two percent of perplexity: less is no loss to speak of

Pieces = list[tuple[str, str, str]]  # document, what is read, what is counted


def quantize(bench: Bench, model: str, kinds: Sequence[str], stop: threading.Event | None = None) -> Iterator[Work]:
    """Bring a model into other types, a file each beside the others; one that is there already stays. Raises BadRequest,
    ModelError."""
    source, card = original(bench, model)
    check(bench, source, card, kinds)
    for kind in kinds:
        target = catalogue.variant(source, kind, bench.settings.home)
        if target.exists() or kind == written(card, source):
            continue
        steps = quantizing(source, target, bench.threads, kind)
        try:
            for at, of in steps:
                if stop and stop.is_set():
                    return
                yield Work("quantize", kind, at, of)
        finally:
            steps.close()  # type: ignore[attr-defined]


def original(bench: Bench, model: str) -> tuple[Path, Card]:
    """The file that a model's quantizations are made of, and its card. Raises ModelError."""
    bench.file(model)  # of a server there is none
    source = catalogue.original(bench.named(model), bench.settings.home, bench.threads)
    return source, bench.card(str(source))


def check(bench: Bench, source: Path, card: Card, kinds: Sequence[str]) -> None:
    """Refuse what cannot be made. Raises BadRequest."""
    if not kinds:
        raise BadRequest("quantization_none", known=", ".join(KINDS))
    for kind in kinds:
        if kind not in KINDS:
            raise BadRequest("quantization_unknown", name=kind, known=", ".join(KINDS))
    missing = [kind for kind in kinds if not catalogue.variant(source, kind, bench.settings.home).exists()]
    needed = sum(card.parameters * (KINDS[kind] + 2) / 8 for kind in missing)
    free = shutil.disk_usage(bench.settings.home).free
    if needed > free:
        raise BadRequest("quantization_room", size=int(needed / 1e6), free=int(free / 1e6))


def compare(
    bench: Bench, model: str, kinds: Sequence[str], corpus: str = "", *, limit: int = QUESTIONS, stop: threading.Event | None = None
) -> Iterator[Work]:
    """Make the quantizations, and measure each beside the original: speed here, and, where a corpus is named, perplexity on its
    texts and answers to its questions. The last step holds the result, which is kept. Raises BadRequest, NoSuchCorpus,
    ModelError."""
    stop = stop or threading.Event()
    asked = quiz.chosen(bench, corpus, limit) if corpus else []
    yield from quantize(bench, model, kinds, stop)
    source, card = original(bench, model)
    files = {written(card, source): source}
    files |= {kind: catalogue.variant(source, kind, bench.settings.home) for kind in kinds if kind not in files}
    taken: list[Taken] = []
    for kind, path in files.items():
        if stop.is_set():
            return
        worker = Worker(path, bench.threads)
        try:
            one = Taken(kind, path, worker.card)
            yield from one.measure(bench, worker, corpus, asked, stop)
        finally:
            worker.close()
        taken.append(one)
    if stop.is_set():
        return
    variants = tuple(one.variant(taken[0]) for one in taken)
    best, why = recommended(variants)
    pieces = taken[0].scores
    lab = Lab(bench.named(model), corpus, len(pieces), sum(tokens for _, tokens in pieces), len(asked), variants, best, why, time.time())
    keep(bench, model, "lab", lab)
    yield Work("done", "", len(files), len(files), lab)


class Taken:
    """What is measured of one file."""

    def __init__(self, kind: str, path: Path, card: Card) -> None:
        self.kind, self.path, self.card = kind, path, card
        self.paces: list[tuple[float, float]] = []
        self.documents: list[str] = []
        self.scores: list[tuple[float, int]] = []  # of every piece: log-probability, tokens
        self.replies: list[quiz.Reply] = []
        self.memory = 0

    def measure(
        self, bench: Bench, worker: Worker, corpus: str, asked: Sequence[quiz.Asked], stop: threading.Event
    ) -> Iterator[Work]:
        """Speed, then texts, then questions; tells every step."""
        self.memory = rehearse(self.path, [min(WINDOW, worker.card.context_length)])[0].total
        for run in range(RUNS):
            if stop.is_set():
                return
            yield Work("speed", self.kind, run, RUNS)
            self.paces.append(pace(worker, worker.card.window(READ), f"{run}. ")[1:])
        self.keep_speed(bench)
        some = pieces(bench, corpus, worker.card) if corpus and not worker.card.encoder else []
        for place, (document, read, counted) in enumerate(some):
            if stop.is_set():
                return
            yield Work("read", self.kind, place, len(some))
            score, = worker.score(Prompt(text=read), [counted], window=min(quiz.WINDOW, worker.card.context_length))
            self.documents.append(document)
            self.scores.append((score.logprob, score.tokens))
        said: list[quiz.Reply] = []
        for reply in quiz.replies(bench, worker, quiz.recipe(corpus, worker), asked) if asked else ():
            said.append(reply)
            if stop.is_set():
                return
            yield Work("ask", self.kind, len(said), len(asked))
        order = {id(each): place for place, each in enumerate(asked)}
        self.replies = sorted(said, key=lambda reply: order[id(reply.asked)])

    def keep_speed(self, bench: Bench) -> None:
        """Let the list of models know it too."""
        reading, writing = (median(some) for some in zip(*self.paces, strict=True))
        _, before = bench.known(str(self.path))
        bench.keep_measured(str(self.path), replace(before or Measured(0, 0), reading=reading, writing=writing))

    def variant(self, original: "Taken") -> Variant:
        """The figures, those against the original too."""
        reading, writing = ranged([one for one, _ in self.paces]), ranged([other for _, other in self.paces])
        found = Variant(
            self.kind, str(self.path), self.path.stat().st_size, self.memory, self.card.fast, reading, writing,
            USUAL[0] / (reading.value or 1) + USUAL[1] / (writing.value or 1))
        if self.scores:
            tokens = [count for _, count in self.scores]
            nats = ratio([-logprob for logprob, _ in self.scores], tokens, self.documents)
            worse = [was - now for (now, _), (was, _) in zip(self.scores, original.scores, strict=True)]
            found = replace(
                found, perplexity=exponential(nats), loss=ratio(worse, tokens, self.documents) if self is not original else None)
        if self.replies:
            clusters = [reply.asked.cluster for reply in self.replies]
            found = replace(found, accuracy=share([reply.right for reply in self.replies], clusters))
        if self.replies and self is not original:
            pairs = list(zip(self.replies, original.replies, strict=True))
            found = replace(
                found,
                gain=difference([mine.right for mine, _ in pairs], [theirs.right for _, theirs in pairs], clusters),
                agreement=share([mine.said == theirs.said for mine, theirs in pairs], clusters),
                p=mcnemar(sum(mine.right > theirs.right for mine, theirs in pairs), sum(mine.right < theirs.right for mine, theirs in pairs)))
        return found


def exponential(nats: Estimate) -> Estimate:
    """Perplexity of a likelihood."""
    value, low, high = (None if each is None else math.exp(each) for each in (nats.value, nats.low, nats.high))
    return replace(nats, value=value, low=low, high=high)


def pieces(bench: Bench, corpus: str, card: Card) -> Pieces:
    """Stretches of a corpus' texts, from all over it, of about TEXT_TOKENS each, parted at a word."""
    found: Pieces = []
    for document in bench.store.documents(corpus):
        length = max(40, int(TEXT_TOKENS * card.characters_per_token[language(document.text)]))
        for start in range(0, len(document.text) - length // 2, length):
            piece = document.text[start : start + length].strip()
            read, _, counted = piece[int(LEAD * len(piece)) :].partition(" ")
            if counted.strip():
                found.append((document.id, piece[: int(LEAD * len(piece))] + read, f" {counted}"))
    step = max(1, len(found) / TEXTS)
    return [found[int(place * step)] for place in range(min(TEXTS, len(found)))]


def recommended(variants: Sequence[Variant]) -> tuple[str, Reason]:
    """Which to use, and why: the fastest at a usual question of those that lose nothing that can be seen, the smaller one of
    two as fast."""
    original = variants[0]
    if original.perplexity is None and original.accuracy is None:
        return quickest(variants).kind, "pilot"
    sound = [each for each in variants[1:] if not loses(each)]
    best = quickest([original, *sound])
    return best.kind, "fastest" if sound else "all_lose"


def quickest(variants: Sequence[Variant]) -> Variant:
    """The fastest; the smallest of those nearly as fast."""
    least = min(each.seconds for each in variants)
    return min((each for each in variants if each.seconds <= (1 + EQUAL) * least), key=lambda each: each.size)


def loses(variant: Variant) -> bool:
    """Whether a quantization is seen to be worse than the original: in what it finds likely, or in its answers."""
    loss, gain = variant.loss, variant.gain
    likely = loss is not None and loss.value is not None and loss.value > SEEN and (loss.low or 0) > 0
    answers = gain is not None and gain.high is not None and gain.high < 0
    return likely or answers


def written(card: Card, path: Path) -> str:
    """What a file's own type is called: as its name says, else after the type of most of its bytes."""
    named = path.stem.rpartition(".")[2].upper()
    return named if named in KINDS else card.tensors[0].type.upper() if card.tensors else "?"
