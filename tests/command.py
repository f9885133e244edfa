"""`python -m workbench` for tests: a process of its own with its own streams, environment and exit code, forked from one that has
imported PyTorch and what stands on it, as those take five seconds of each start. What a start itself does (`-m`, `PYTHONPATH`,
a signal) is tested with plain processes."""

import os
import runpy
import sys
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
SERVER = get_context("forkserver")
SERVER.set_forkserver_preload(["sentence_transformers"])


def workbench(*arguments: object, text: str = "", timeout: float = 300) -> CompletedProcess[str]:
    """Run a command as `subprocess.run` would, in the project's folder. Raises TimeoutExpired."""
    words = [str(each) for each in arguments]
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(text, encoding="utf-8")
        process = SERVER.Process(target=called, args=(words, streams, dict(os.environ)))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise TimeoutExpired(words, timeout)
        assert process.exitcode is not None
        return CompletedProcess(words, process.exitcode, *(each.read_text(encoding="utf-8") for each in streams[1:]))


def called(words: list[str], streams: list[Path], environment: dict[str, str]) -> None:
    """What the forked process does."""
    for number, (path, flags) in enumerate(zip(streams, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)):
        os.dup2(os.open(path, flags, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = ["workbench", *words]
    runpy.run_module("workbench", run_name="__main__")
