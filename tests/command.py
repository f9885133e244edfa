"""`python -m workbench` and `python app.py` for tests: a process of its own with its own streams, environment and exit code,
forked from one that has imported PyTorch and what stands on it, as those take five seconds of each start. What a start itself
does (`-m`, `PYTHONPATH`, a signal) is tested with plain processes."""

import os
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory

from benchmarks.app_process import app_command, free_port, wait

ROOT = Path(__file__).parents[1]
SERVER = get_context("forkserver")
SERVER.set_forkserver_preload(["sentence_transformers"])
COMMAND = partial(runpy.run_module, "workbench", run_name="__main__")


def workbench(*arguments: object, text: str = "", timeout: float = 300) -> CompletedProcess[str]:
    """Run a command as `subprocess.run` would, in the project's folder. Raises TimeoutExpired."""
    words = [str(each) for each in arguments]
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(text, encoding="utf-8")
        process = SERVER.Process(target=called, args=(COMMAND, words, streams, dict(os.environ)))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise TimeoutExpired(words, timeout)
        assert process.exitcode is not None
        return CompletedProcess(words, process.exitcode, *(each.read_text(encoding="utf-8") for each in streams[1:]))


@contextmanager
def app(home: Path, log: Path, environment: dict[str, str]) -> Iterator[str]:
    """The app over a data folder, from its first page to its end; gives its address. What it prints is in `log`."""
    port = free_port()
    _, script, *words = app_command(home, port)
    process = SERVER.Process(target=called, args=(partial(runpy.run_path, script, run_name="__main__"), words, [Path(os.devnull), log, log], environment))
    process.start()
    try:
        wait(lambda: process.exitcode, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.join(30)


def called(main: Callable[[], object], words: list[str], streams: list[Path], environment: dict[str, str]) -> None:
    """What the forked process does."""
    for number, (path, flags) in enumerate(zip(streams, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT | os.O_APPEND] * 2), strict=True)):
        os.dup2(os.open(path, flags, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = ["workbench", *words]
    main()
