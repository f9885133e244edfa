"""The data folder: where it is, and that one process writes to it."""

import os
import sys
import time
from pathlib import Path

from workbench.errors import HomeInUse, WorkbenchError


def default_home() -> Path:
    """WORKBENCH_HOME, else the place where this system keeps a user's application data."""
    if given := os.environ.get("WORKBENCH_HOME"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "rag-workbench"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "rag-workbench"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "rag-workbench"


class Lock:
    """The right to write to a data folder. The system takes it back when the process ends, however it ends."""

    def __init__(self, home: Path, patience: float = 0.0) -> None:
        """Raises HomeInUse where another process has it and keeps it for `patience` seconds."""
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file = (home / "lock").open("a+", encoding="utf-8")
        except OSError as error:
            raise WorkbenchError("home_unwritable", home=home, why=error.strerror) from error
        deadline = time.monotonic() + patience
        while True:
            try:
                take(self.file.fileno())
                break
            except OSError as error:
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                self.file.seek(0)
                pid = self.file.read().strip() or "?"
                self.file.close()
                raise HomeInUse("home_in_use", home=home, pid=pid) from error
        self.file.truncate(0)
        self.file.write(str(os.getpid()))
        self.file.flush()

    def release(self) -> None:
        """Let others write."""
        self.file.close()


if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int) -> None:
        """Lock one byte far behind the text, so that the process number stays readable."""
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(descriptor: int) -> None:
        """Lock the file."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
