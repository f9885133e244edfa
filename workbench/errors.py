"""Everything that can go wrong for a user, as one tree; all else is a bug and should look like one.

    WorkbenchError
    ├── CannotRead          a file that gives no text: one row with its reason, the others go on
    ├── NoSuchCorpus        a corpus nobody made
    ├── BadRequest          a question or setting that cannot work: empty, out of range, malformed
    ├── WindowTooSmall      the prompt leaves no room in the context window
    ├── EmbedderChanged     a corpus whose vectors are of another embedder
    ├── HomeInUse           another process writes to this data folder
    └── ModelError
        ├── NoSuchModel     not a file, or not a GGUF that llama.cpp can load
        ├── ModelStopped    the worker process died; it starts again with the next question
        ├── RemoteFailed    a server that runs a model does not answer as it should
        └── ModelMissing    llama.cpp itself cannot be started on this computer

Each message is one sentence or two: what, why, what to do. An error carries a code and the facts;
words/ makes them English or Korean.
"""

from workbench.nouns import Lang, Remark
from workbench.words import tell


class WorkbenchError(Exception):
    """Shown to the user as it is; never a bug. `facts` fill the sentence in either language."""

    def __init__(self, code: str, **facts: object) -> None:
        self.remark = Remark(code, {name: brief(fact) for name, fact in facts.items()})
        super().__init__(code, facts)

    def __str__(self) -> str:
        return self.tell("en")

    def tell(self, lang: Lang) -> str:
        """The sentence in a language."""
        return tell(lang, self.remark)


def brief(fact: object) -> object:
    """A value as it stands in a sentence: numbers and remarks stay, anything else is text of a bearable length."""
    if isinstance(fact, Remark) or (isinstance(fact, int) and abs(fact) < 10**12):
        return fact
    text = str(fact)
    return text if len(text) <= 400 else f"{text[:400]}…"


class CannotRead(WorkbenchError):
    """A file gave no text."""


class NoSuchCorpus(WorkbenchError):
    """The corpus does not exist."""


class BadRequest(WorkbenchError):
    """A question or a setting cannot work."""


class WindowTooSmall(WorkbenchError):
    """The prompt and the reply do not fit the window."""


class EmbedderChanged(WorkbenchError):
    """The vectors of a corpus were made by another embedder."""


class HomeInUse(WorkbenchError):
    """Another process writes to the data folder."""


class ModelError(WorkbenchError):
    """The model cannot answer; retrieval still works."""


class NoSuchModel(ModelError):
    """Not a model that can be loaded."""


class ModelStopped(ModelError):
    """The worker process ended in the middle of its work."""


class RemoteFailed(ModelError):
    """A server that runs a model does not answer, or may not be asked."""


class ModelMissing(ModelError):
    """llama.cpp is not installed or does not start."""
