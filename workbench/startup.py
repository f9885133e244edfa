"""What happens behind the page while it is already open: samples in, embedder and model loaded."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain

from workbench import corpora
from workbench.bench import Bench
from workbench.errors import NoSuchCorpus, WorkbenchError
from workbench.ingest import go_on, loaded_samples, samples
from workbench.nouns import WINDOW, Remark
from workbench.trial import speed


@dataclass(frozen=True, slots=True)
class Stage:
    """How far the start is after so many seconds: files of the samples, what is loaded, and what is missing."""

    done: int = 0
    total: int = 0
    name: str = ""
    seconds: float = 0.0
    documents: bool = False
    model: bool = False
    problem: Remark | None = None

    @property
    def finished(self) -> bool:
        """Nothing more will change."""
        return self.documents and (self.model or self.problem is not None)


class Startup:
    """Two threads: one for the documents, one for the model."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.stage = Stage()
        self.lock = threading.Lock()
        self.documents_ready = threading.Event()
        self.model_ready = threading.Event()
        # The names stand in the page's first list; their files follow.
        loaded = loaded_samples(bench)
        for name in corpora.samples():
            if name not in loaded:
                bench.store.make_corpus(name)

    def begin(self) -> None:
        """Start both."""
        for work in (self.load_documents, self.load_model):
            threading.Thread(target=work, daemon=True).start()

    def load_documents(self) -> None:
        """Go on with what an earlier process did not finish, bring in the samples, and make every corpus ready to be searched."""
        try:
            with self.told():
                began = time.monotonic()
                for progress in chain(go_on(self.bench, stopped=False), samples(self.bench)):
                    self.change(
                        done=progress.done, total=progress.total, name=progress.name, seconds=time.monotonic() - began)
                self.bench.embedder.embed(["ready"])
                for name in self.bench.store.names():
                    with suppress(NoSuchCorpus):  # deleted meanwhile
                        self.bench.corpus(name)
        finally:
            self.change(documents=True)
            self.documents_ready.set()

    def load_model(self) -> None:
        """Start the worker with the default model and a context of the default window; where nobody measured its speed
        on this computer yet, do that once the documents are there."""
        try:
            with self.told():
                worker = self.bench.model()
                worker.fit(WINDOW)
                self.bench.card()
                self.change(model=True)
        finally:
            self.model_ready.set()
        if self.stage.model and self.bench.known()[1] is None and not worker.card.server:
            self.documents_ready.wait()
            with self.told():
                self.bench.keep_measured("", speed(worker))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Put what goes wrong on the page. A bug is told too, and still ends its thread with a traceback in the log."""
        try:
            yield
        except WorkbenchError as error:
            self.change(problem=error.remark)
        except Exception as error:
            self.change(problem=Remark("start_failed", {"why": f"{type(error).__name__}: {error}"}))
            raise

    def change(self, **news) -> None:
        """A new stage, in one step."""
        with self.lock:
            self.stage = replace(self.stage, **news)
