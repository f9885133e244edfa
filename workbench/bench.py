"""The bench: opens every tool once, when it is first needed, and hands it over."""

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.errors import EmbedderChanged, HomeInUse, NoSuchModel
from workbench.home import Lock
from workbench.models import addresses, catalogue
from workbench.models.worker import check_gguf
from workbench.nouns import Card, Measured
from workbench.reading.process import Reader
from workbench.records import plain, restored
from workbench.retrieval import corpus_index
from workbench.retrieval.corpus_index import CorpusIndex
from workbench.retrieval.snapshot import adopted, due, merged
from workbench.retrieval.store import Store
from workbench.retrieval.vectors import IndexBroken

if TYPE_CHECKING:
    from workbench.models.remote import Model, Remote
    from workbench.models.worker import Worker
    from workbench.retrieval.embedding import Embedder
    from workbench.retrieval.vectors import VectorIndex

PATIENCE = 1.5  # seconds a writer waits for another process to give the folder back
MODELS = 2  # workers kept at once; the one unused for longest makes room, unless it is at work
LINGER = 0.2  # seconds a question waits for a version that is being made, before it takes the one before

journal = logging.getLogger("workbench")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are; fixed for the process."""

    home: Path
    model: str = ""
    threads: int = 0


class Bench:
    """Store, index, embedder and models of one data folder.

    With `writing`, the folder is this process' alone (HomeInUse otherwise). Without, the bench takes
    what it can get: while another process writes, it searches the stored vectors one by one and leaves
    Chroma's files alone, which two processes must not open.
    """

    def __init__(self, settings: Settings, *, writing: bool = False, searching: bool = True, chroma: bool = False) -> None:
        """`searching` False: neither writes nor searches, so it takes the folder from nobody. `chroma`: fill Chroma from
        the store and ask it, which is worth it for a process that stays; a single question is faster without."""
        self.settings = replace(settings, home=settings.home.expanduser().resolve())
        self.threads = settings.threads or catalogue.threads()
        self.lock: Lock | None = None
        self.in_use: HomeInUse | None = None
        home = self.settings.home
        if writing or searching:
            try:
                self.lock = Lock(home, patience=PATIENCE if writing else 0)
            except HomeInUse as error:
                self.in_use = error
        if writing:
            self.claim()
        self.chroma = chroma and self.lock is not None
        self.store = Store(home / "workbench.db")
        if writing:
            self.store.sweep()  # what a process deleted that was killed before it could remove it
        self.reader = Reader()
        self.opening = {name: threading.RLock() for name in ("embedder", "index", "model")}
        # Held across the steps of a generator, which Gradio runs on changing threads: so no lock of one thread's own.
        self.ingesting = threading.Lock()
        self.opened_embedder: Embedder | None = None
        self.opened_index: VectorIndex | None = None
        self.searches: dict[str, CorpusIndex] = {}
        self.making: dict[str, threading.Lock] = {}  # of the newest version of a corpus
        self.working: dict[tuple[str, str], threading.Lock] = {}  # beside questions, for a corpus
        self.workers: OrderedDict[str, Model] = OrderedDict()
        self.loading: dict[str, threading.Lock] = {}

    def claim(self) -> None:
        """See to it that this process may write. Raises HomeInUse."""
        if self.in_use is None and self.lock is None:
            try:
                self.lock = Lock(self.settings.home, patience=PATIENCE)
            except HomeInUse as error:
                self.in_use = error
        if self.in_use is not None:
            raise self.in_use

    @property
    def embedder(self) -> "Embedder":
        """The embedder; loading it takes seconds the first time."""
        with self.opening["embedder"]:
            if self.opened_embedder is None:
                from workbench.retrieval.embedding import Embedder, bundled

                self.opened_embedder = Embedder(bundled())
            return self.opened_embedder

    @property
    def embedder_name(self) -> str:
        """What the embedder is called, without loading it."""
        from workbench.retrieval.embedding import Embedder

        return (self.opened_embedder or Embedder).name

    @property
    def index(self) -> "VectorIndex | None":
        """Chroma, where this process opens it."""
        if not self.chroma:
            return None
        with self.opening["index"]:
            if self.opened_index is None:
                from workbench.retrieval.vectors import VectorIndex

                self.opened_index = VectorIndex(self.settings.home / "chroma")
            return self.opened_index

    def corpus(self, name: str) -> CorpusIndex:
        """A corpus ready to be searched, as it is now; as it was before, where somebody else is making the newest version
        and that takes long. Raises NoSuchCorpus."""
        version = self.store.version(name)
        ready = self.searches.get(name)
        if ready is not None and ready.version == version:
            return ready
        making = self.making.setdefault(name, threading.Lock())
        if not making.acquire(timeout=-1 if ready is None else LINGER) and ready is not None:
            return ready
        try:
            version = self.store.version(name)
            ready = self.searches.get(name)
            if ready is None or ready.version != version:
                ready = self.searches[name] = CorpusIndex(self.store, self.index, name, version, ready)
        finally:
            making.release()
        if due(ready.held.parts):
            self.beside(name, self.merge)
        if self.index is not None and self.index.version(name) != ready.version:
            self.beside(name, self.fill)
        return ready

    def check_embedder(self, corpus: str) -> None:
        """Raises EmbedderChanged where the vectors of a corpus are of another embedder than this bench's."""
        held = self.store.embedder(corpus)
        if held and held != self.embedder_name:
            raise EmbedderChanged("embedder_changed", corpus=corpus, held=held, now=self.embedder_name)

    def beside(self, name: str, work: Callable[[str], None]) -> None:
        """Do some work for a corpus on a thread of its own, unless it is being done: no question waits for it."""
        busy = self.working.setdefault((name, work.__name__), threading.Lock())

        def run() -> None:
            with busy:
                work(name)

        if not busy.locked():
            threading.Thread(target=run, name=f"{work.__name__} {name}", daemon=True).start()

    def merge(self, name: str) -> None:
        """Merge the segments of a corpus that are due."""
        while (index := self.searches.get(name)) is not None and (parts := due(index.held.parts)):
            segment = merged(parts)
            with self.making[name]:
                index = self.searches.get(name)
                held = adopted(index.held, segment, parts) if index is not None else None
                if index is not None and held is not None:
                    self.searches[name] = index.holding(held)

    def fill(self, name: str) -> None:
        """Bring Chroma in step with a corpus, if it is not too large for it. Until then, and where Chroma fails, vectors
        are compared one by one."""
        while self.index is not None and (index := self.searches.get(name)) and self.index.version(name) != index.version:
            try:
                self.index.follow(name, index.version, index.held.ids() if index.size <= corpus_index.IN_CHROMA else [], index.vectors)
            except IndexBroken:
                journal.warning("Chroma cannot be filled; vectors are compared one by one", exc_info=True)
                return

    def forget(self, corpus: str) -> None:
        """Let go of what is held of a corpus of which something was deleted."""
        if self.opened_index is not None:
            self.opened_index.drop(corpus)
        if corpus not in self.store.names():
            self.searches.pop(corpus, None)

    def model(self, name: str = "") -> "Model":
        """The worker of a model by its name or path, started if need be, or the server that runs it; the default for an
        empty name. Loading one keeps nobody waiting who uses another. Raises NoSuchModel, ModelMissing, ModelStopped,
        RemoteFailed."""
        name = self.named(name)
        with self.opening["model"]:
            if (worker := self.workers.get(name)) is not None:
                self.workers.move_to_end(name)
                return worker
            loading = self.loading.setdefault(name, threading.Lock())
        with loading:
            if (worker := self.workers.get(name)) is not None:
                return worker
            worker = self.started(name)
            with self.opening["model"]:
                spare = [other for other, each in self.workers.items() if not each.users]
                for other in spare[: max(0, len(self.workers) + 1 - MODELS)]:
                    self.workers.pop(other).close()
                self.workers[name] = worker
            return worker

    def started(self, name: str) -> "Model":
        """The worker or the server of a model, which nobody has opened yet."""
        from workbench.models.remote import Remote
        from workbench.models.worker import Worker

        if addresses.remote(name):
            return Remote(name, addresses.parsed(name))
        return Worker(catalogue.locate(name, self.settings.home, self.threads), self.threads)

    def card(self, name: str = "", *, whole: bool = False) -> Card:
        """A model's card without loading the model, kept from the first look at the file; `whole` with the file's SHA-256,
        for which all of it is read once. Of a server's as it tells now. Raises as `model`."""
        from workbench.models.worker import look

        if addresses.remote(self.named(name)):
            return self.model(name).card
        path = self.file(name)
        card, _ = self.known(name)
        known = card
        if card is None or not card.tensors:  # of an earlier version
            card = look(path)
        if whole and not card.sha256:
            card = replace(card, sha256=catalogue.digest(path))
        if card is not known:
            self.store.keep_model(catalogue.identity(path), card=json.dumps(plain(card)))
        return card

    def file(self, name: str = "") -> Path:
        """A model's file; the bundled one is made where it is not there yet. Raises NoSuchModel, where a server runs it too,
        and ModelMissing."""
        if addresses.remote(self.named(name)):
            raise NoSuchModel("model_served", name=self.named(name))
        return catalogue.locate(self.named(name), self.settings.home, self.threads)

    def check_model(self, name: str = "") -> None:
        """Refuse a name that means no model, before anything heavy is opened for it. Raises NoSuchModel."""
        name = self.named(name)
        if addresses.remote(name):
            addresses.parsed(name)
        elif name != catalogue.BUNDLED:  # which is made when it is first used
            check_gguf(catalogue.place(name, self.settings.home))

    def known(self, name: str = "") -> tuple[Card | None, Measured | None]:
        """What is already known of a model on this computer: its card and what was measured. Opens nothing."""
        name = self.named(name)
        if not addresses.remote(name) and not catalogue.place(name, self.settings.home).is_file():
            return None, None
        kept, measured = self.store.model(self.identity(name))
        card = restored(Card, json.loads(kept)) if kept else None
        if addresses.remote(name) and name in self.workers:
            card = self.workers[name].card
        return card, restored(Measured, json.loads(measured)) if measured else None

    def keep_measured(self, name: str, measured: Measured) -> None:
        """Keep what was measured of a model. Raises NoSuchModel."""
        self.store.keep_model(self.identity(self.named(name)), measured=json.dumps(plain(measured)))

    def identity(self, name: str) -> str:
        """What is known of a model holds as long as this stays the same. Raises NoSuchModel."""
        return name if addresses.remote(name) else catalogue.identity(catalogue.place(name, self.settings.home))

    def named(self, name: str) -> str:
        """A model's name, the default's for an empty one."""
        return name or self.settings.model or catalogue.BUNDLED

    def lend(self, name: str = "") -> "Model":
        """A worker that stays until it is given back."""
        while True:
            worker = self.model(name)
            with self.opening["model"]:
                if not worker.closed:
                    worker.users += 1
                    return worker

    def lend_own(self, name: str = "") -> "Worker":
        """As `lend`, of the models of this computer alone. Raises NoSuchModel where a server runs it."""
        self.file(name)
        return cast("Worker", self.lend(name))

    def unsent(self, name: str, worker: "Model") -> "Model":
        """The worker of a model for plans, which are made before a person starts anything: where texts would leave this
        computer for it, one that sends none and estimates how long they are."""
        return cast("Remote", worker).unsent() if addresses.leaves(self.named(name)) else worker

    def give_back(self, worker: "Model") -> None:
        """The end of a loan."""
        with self.opening["model"]:
            worker.users -= 1

    def close(self) -> None:
        """End the workers and give the folder back, with nothing in it that was deleted."""
        for worker in self.workers.values():
            worker.close()
        self.reader.close()
        if self.opened_index is not None:
            self.opened_index.close()
        if self.lock is not None:
            self.store.scrub(whole=True)
            self.lock.release()
            self.lock = None
        self.store.close()
