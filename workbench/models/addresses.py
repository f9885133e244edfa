"""The names of models that a server runs: `remote:http://127.0.0.1:8080/v1#model`. Pure but for reading the environment.

    WORKBENCH_REMOTE        names of servers beyond this computer that may be asked, or of any that are to be listed
    WORKBENCH_KEY_<HOST>    the key for a server, as WORKBENCH_KEY_API_EXAMPLE_COM; it is sent to that server alone
"""

import os
import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from workbench.errors import NoSuchModel

PREFIX = "remote:"


@dataclass(frozen=True, slots=True)
class Address:
    """A server, by the address its API begins with, and a model on it; the first one it names where `model` is empty."""

    base: str
    model: str = ""

    @property
    def host(self) -> str:
        """Name and port, for a person to read."""
        return urlsplit(self.base).netloc

    @property
    def leaves(self) -> bool:
        """Whether what is sent there leaves this computer."""
        name = urlsplit(self.base).hostname or ""
        try:
            return not ip_address(name).is_loopback
        except ValueError:  # no number
            return name != "localhost"

    @property
    def variable(self) -> str:
        """The environment variable that may hold its key."""
        return "WORKBENCH_KEY_" + re.sub(r"\W+", "_", self.host).strip("_").upper()

    @property
    def key(self) -> str:
        """Its key, empty where none is set."""
        return os.environ.get(self.variable, "").strip()

    @property
    def permitted(self) -> bool:
        """Whether it may be asked: this computer's own always, others where the environment names them."""
        return not self.leaves or self.base in [parsed(name).base for name in configured()]


def configured() -> list[str]:
    """The names in WORKBENCH_REMOTE."""
    return [name if name.startswith(PREFIX) else PREFIX + name for name in os.environ.get("WORKBENCH_REMOTE", "").split()]


def remote(name: str) -> bool:
    """Whether a name means a server's model."""
    return name.startswith(PREFIX)


def parsed(name: str) -> Address:
    """The address in a name. Raises NoSuchModel."""
    wrong = NoSuchModel("remote_name", name="…" if "@" in name else name[:200])  # a key may stand before an @
    try:
        parts = urlsplit(name.removeprefix(PREFIX).strip())
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError as error:  # no port, or brackets that do not close
        raise wrong from error
    if not sound or parts.query or re.search(r"[\s\\]|[^\x21-\x7e]", parts.netloc + parts.path):
        raise wrong
    return Address(f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}", parts.fragment)


def told(name: str) -> str:
    """A server's model as a person reads it: its own name and where it runs."""
    try:
        address = parsed(name)
    except NoSuchModel:
        return name
    return f"{address.model or '?'} @ {address.host}"


def leaves(name: str) -> str:
    """The host that a model's name sends texts to beyond this computer; empty where they stay on it."""
    if not remote(name):
        return ""
    try:
        address = parsed(name)
    except NoSuchModel:
        return ""  # such a name is refused before anything is sent
    return address.host if address.leaves else ""
