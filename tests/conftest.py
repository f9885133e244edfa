"""What the tests share: a data folder of their own, a bench with the samples, and a model that says what it is told."""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import expect, sync_playwright

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"}
# Several processes test at once: threads of each would only wait for one another. Workers of `test_worker` still have two.
os.environ["OMP_NUM_THREADS"] = "1"

from benchmarks.app_process import CHROMIUM, FLAGS
from tests.command import app
from workbench import corpora
from workbench.bench import Bench, Settings
from workbench.ingest import ingest
from workbench.models import catalogue
from workbench.models.worker import Completion, End, Piece, Score, Scores, Worker
from workbench.nouns import Card, Measured, Prompt, Timing
from workbench.retrieval.embedding import Embedder, bundled

# Where nobody is there to look into a new example, the same ones are tried each time.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")

ROOT = Path(__file__).parents[1]
PATIENCE = 120_000  # milliseconds a browser waits; machines differ
expect.set_options(timeout=PATIENCE)


# Files whose tests take longest come first, so that none is left to one process at the end.
LONG = ("test_worker", "test_browser", "test_measure", "test_lab", "test_summarize", "test_kills", "test_bad_inputs", "test_remote", "test_cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.path.name.startswith(LONG))


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """No test can touch a person's data folder."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled embedder; loading it takes seconds."""
    return Embedder(bundled())


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A file or folder that is made once a run, however many processes test: `once(name, make)` gives its path."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def made(name: str, make: Callable[[Path], None]) -> Path:
        path, coming = folder / name, folder / f"{name} is coming"
        with (folder / f"{name} lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                make(coming)
                coming.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def samples(tmp_path_factory, once, embedder) -> Iterator[Bench]:
    """A bench that holds both sample corpora."""

    def opened(home: Path) -> Bench:
        bench = Bench(Settings(home), writing=True, chroma=True)
        bench.opened_embedder = embedder
        return bench

    def ingested(home: Path) -> None:
        bench = opened(home)
        for name in corpora.samples():
            reports = [step.report for step in ingest(bench, [corpora.SAMPLES / name / "documents"], name) if step.report]
            assert {report.state for report in reports} == {"ready"}, reports
        bench.close()

    home = shutil.copytree(once("samples", ingested), tmp_path_factory.mktemp("samples") / "home")
    bench = opened(home)
    yield bench
    bench.close()


@pytest.fixture
def bench(tmp_path, embedder) -> Iterator[Bench]:
    """An empty bench that borrows the session's embedder."""
    fresh = Bench(Settings(tmp_path / "home"), writing=True, chroma=True)
    fresh.opened_embedder = embedder
    yield fresh
    fresh.close()


@pytest.fixture(scope="session")
def model_file(once) -> Path:
    """The bundled model as the workbench runs it."""
    home = once("models", lambda home: catalogue.locate("", home, 1))
    return catalogue.locate("", home, 1)


@pytest.fixture(scope="session")
def worker(model_file) -> Iterator[Worker]:
    """The bundled model in its process."""
    worker = Worker(model_file, 1)
    yield worker
    worker.close()


class ScriptedReply:
    """A reply that is already known."""

    def __init__(self, text: str, prompt_tokens: int) -> None:
        self.text, self.prompt_tokens, self.stopped = text, prompt_tokens, False

    def __iter__(self):
        for word in re.findall(r"\S+\s*", self.text):
            yield Piece(word, -0.1)
        tokens = len(self.text.split())
        yield End("end", Timing(self.prompt_tokens, tokens, 0.01, 0.02))

    def stop(self) -> None:
        self.stopped = True


class ScriptedModel:
    """Has the interface of a Worker, counts words as tokens, keeps every prompt it saw."""

    def __init__(self, *replies: str, chat: bool = False, korean: bool = True) -> None:
        self.replies = list(replies)
        self.users = 0
        self.closed = False
        self.seen: list[Prompt] = []
        self.card = Card(
            name="Scripted", path="", architecture="none", description="", parameters=10**9, size=0,
            context_length=8192, layers=1, vocabulary=1, license="", chat_template=chat, add_bos=False,
            characters_per_token={"en": 4.0, "ko": 2.0 if korean else 0.5}, control_tokens=("<|end|>",))

    peak = 0

    def fit(self, window: int, apart: bool | None = None) -> bool:
        return True

    def render(self, prompt: Prompt) -> str:
        return prompt.text or "\n".join(message.content for message in prompt.messages)

    def count(self, prompts) -> list[int]:
        return [len(self.render(prompt).split()) for prompt in prompts]

    def stream(self, prompt: Prompt, **options) -> ScriptedReply:
        self.seen.append(prompt)
        return ScriptedReply(self.replies.pop(0) if self.replies else "yes", self.count([prompt])[0])

    def complete(self, prompts, **options):
        """The last line of a prompt that ends a sentence, so that what is read decides what is said; the last prompt first."""
        for place, prompt in reversed(list(enumerate(prompts))):
            self.seen.append(prompt)
            text = self.replies.pop(0) if self.replies else self.said(prompt)
            tokens = len(text.split())
            yield place, Completion(text, (-0.2,) * tokens, "end", Timing(self.count([prompt])[0], tokens, 0.01, 0.02))

    def said(self, prompt: Prompt) -> str:
        lines = [line for line in self.render(prompt).splitlines() if line.rstrip().endswith((".", "다"))]
        return lines[-1] if lines else "nothing"

    def scores(self, asked, **options):
        for place, (prompt, choices) in enumerate(asked):
            yield place, Scores(tuple(Score(-float(len(each)), len(each)) for each in choices), Timing(self.count([prompt])[0], 0, None, 0.01))

    def score(self, prompt: Prompt, choices, **options) -> tuple[Score, ...]:
        ((_, found),) = self.scores([(prompt, choices)])
        return found.choices


@pytest.fixture
def scripted(samples, monkeypatch):
    """Put a scripted model in the place of every model of the samples' bench."""

    def put(*replies: str, **options) -> ScriptedModel:
        model = ScriptedModel(*replies, **options)
        monkeypatch.setattr(samples, "model", lambda name="": model)
        return model

    return put


@pytest.fixture(scope="module")
def browser_home(tmp_path_factory, samples, once, model_file) -> Path:
    """The data folder of the app that is looked at, as after its first start: the samples are in, the model's file is made
    and its speed known. A test file may put something into its own, or begin with nothing."""
    home = shutil.copytree(once("samples", lambda _: None), tmp_path_factory.mktemp("browser") / "home")
    (home / "models").mkdir()
    os.link(model_file, home / "models" / model_file.name)
    bench = Bench(Settings(home), searching=False)
    bench.keep_measured("", Measured(400.0, 40.0))
    bench.close()
    return home


@pytest.fixture(scope="module")
def url(browser_home):
    """The app on a free port with a data folder of its own."""
    folder = browser_home.parent
    with app(browser_home, folder / "log", os.environ | {"GRADIO_TEMP_DIR": str(folder / "uploads")}) as address:
        yield address
    assert "Traceback" not in (folder / "log").read_text()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, url, request):
    """A fresh page that lets nothing out and keeps every error; both must be none at the end."""
    context = chromium.new_context(locale=getattr(request, "param", "en-US"), viewport={"width": 1280, "height": 900})
    page = context.new_page()
    foreign, errors = [], []

    def guard(route):
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    expect(page.locator("#samples button").first).to_be_visible(timeout=PATIENCE)
    yield page
    context.close()
    assert not foreign and not errors
