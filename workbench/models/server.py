"""The talk with an OpenAI-compatible server: retries, timeouts, events, and a sentence for whatever goes wrong.  [httpx]

Redirects are not followed, and of proxies in the environment none is used for this computer's own addresses. The key stands
in a header of every request and nowhere else.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from workbench.errors import RemoteFailed
from workbench.models.addresses import Address

CONNECT = 10.0  # seconds
SILENCE = 120.0  # seconds without a word of the answer; a server without a GPU may read a long prompt for a minute
ATTEMPTS = 4
BACK_OFF = 0.5  # seconds before the second attempt; twice as long before each further one
LONGEST_WAIT = 30.0  # seconds that a server may ask for between two attempts
BUSY = (429, 500, 502, 503, 504)
MOST = 16_000_000  # bytes of an answer
TOLD = 200  # characters of a server's own words


class Halted(Exception):
    """The reader wants no more."""


class Server:
    """One server; may be used by several threads at once."""

    def __init__(self, address: Address) -> None:
        """Connects to nothing yet. Raises RemoteFailed for another computer that the environment does not name."""
        if not address.permitted:
            raise RemoteFailed("remote_leaves", host=address.host, base=address.base)
        if not address.key.isascii() or not (address.key or "a").isprintable():
            raise RemoteFailed("remote_key", host=address.host, variable=address.variable)
        self.address = address
        self.host = address.host
        self.root = address.base.removesuffix("/v1")
        headers = {"User-Agent": "workbench"} | ({"Authorization": f"Bearer {address.key}"} if address.key else {})
        self.client = httpx.Client(
            headers=headers, follow_redirects=False, trust_env=address.leaves, verify=address.base.startswith("https"),
            timeout=httpx.Timeout(SILENCE, connect=CONNECT))

    def get(self, url: str) -> dict:
        """An object. Raises RemoteFailed."""
        with self.response("GET", url, None, threading.Event()) as response:
            return self.object(self.body(response))

    def post(self, url: str, body: dict, halt: threading.Event | None = None) -> dict:
        """An object. Raises RemoteFailed, Halted."""
        with self.response("POST", url, body, halt or threading.Event()) as response:
            return self.object(self.body(response))

    def tried(self, method: str, url: str, body: dict | None = None) -> dict:
        """An object from an address that not every server has; empty where this one has not."""
        try:
            response = self.client.request(method, url, json=body)
            found = response.json() if response.status_code == 200 else {}
        except (httpx.HTTPError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def events(self, url: str, body: dict, halt: threading.Event) -> Iterator[dict]:
        """The objects of a stream up to its end. Raises RemoteFailed, Halted."""
        with self.response("POST", url, body, halt) as response:
            for line in self.lines(response, halt):
                if not line.startswith(b"data:"):
                    continue  # a comment to keep the line open, or the name of an event
                data = line.removeprefix(b"data:").strip()
                if data == b"[DONE]":
                    return
                event = self.object(data)
                if event.get("error"):
                    raise self.refused(response.status_code, event)
                yield event

    def lines(self, response: httpx.Response, halt: threading.Event) -> Iterator[bytes]:
        """The lines of a stream. One that only keeps the line open is no word of the answer."""
        held, size, heard = b"", 0, time.monotonic()
        for part in self.parts(response):
            if halt.is_set():
                raise Halted
            *lines, held = (held + part).split(b"\n")
            size += len(part)
            if any(line.startswith(b"data:") for line in lines):
                heard = time.monotonic()
            if time.monotonic() - heard > SILENCE:
                raise self.silent()
            if size > MOST:
                raise RemoteFailed("remote_garbled", host=self.host, why=f"more than {MOST >> 20} MB")
            yield from lines
        yield held

    def parts(self, response: httpx.Response) -> Iterator[bytes]:
        """What comes, as it comes."""
        try:
            yield from response.iter_bytes()
        except httpx.ReadTimeout as error:
            raise self.silent() from error
        except httpx.DecodingError as error:
            raise RemoteFailed("remote_garbled", host=self.host, why=error) from error
        except (httpx.TransportError, httpx.StreamError) as error:
            raise RemoteFailed("remote_cut", host=self.host) from error

    def body(self, response: httpx.Response) -> bytes:
        """A whole answer."""
        held = b""
        for part in self.parts(response):
            held += part
            if len(held) > MOST:
                raise RemoteFailed("remote_garbled", host=self.host, why=f"more than {MOST >> 20} MB")
        return held

    def object(self, data: bytes) -> dict:
        """An object of an answer."""
        try:
            found = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise RemoteFailed("remote_garbled", host=self.host, why=self.own_words(data.decode("utf-8", "replace"))) from error
        if not isinstance(found, dict):
            raise RemoteFailed("remote_garbled", host=self.host, why=self.own_words(str(found)))
        return found

    @contextmanager
    def response(self, method: str, url: str, body: dict | None, halt: threading.Event) -> Iterator[httpx.Response]:
        """An answer that has begun well; asked again, ever later, while the server is busy or not there."""
        response = None
        for attempt in range(1, ATTEMPTS + 1):
            if halt.is_set():
                raise Halted
            pause = BACK_OFF * 2 ** (attempt - 1)
            try:
                response = self.client.send(self.client.build_request(method, url, json=body), stream=True)
            except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
                raise self.silent() from error
            except (httpx.TransportError, OSError) as error:
                problem = RemoteFailed("remote_unreachable", host=self.host, why=self.own_words(str(error) or type(error).__name__))
            else:
                if response.status_code not in BUSY:
                    break
                problem = self.busy(response, attempt)
                pause = asked_for(response) or pause
                response.close()
            if attempt == ATTEMPTS:
                raise problem
            if halt.wait(pause):
                raise Halted
        assert response is not None
        try:
            if response.status_code != 200:
                raise self.turned_away(response)
            yield response
        finally:
            response.close()

    def turned_away(self, response: httpx.Response) -> RemoteFailed:
        """What an answer without success means."""
        if 300 <= response.status_code < 400:
            return RemoteFailed("remote_moved", host=self.host, target=self.own_words(response.headers.get("location", "?")))
        if response.status_code in (401, 403):
            return RemoteFailed("remote_key", host=self.host, variable=self.address.variable)
        return self.refused(response.status_code, self.said(response))

    def busy(self, response: httpx.Response, attempts: int) -> RemoteFailed:
        """A server that cannot now."""
        return RemoteFailed("remote_busy", host=self.host, status=response.status_code, attempts=attempts, why=self.reason(self.said(response)))

    def refused(self, status: int, found: dict) -> RemoteFailed:
        """A server that does not want to, in its own words."""
        return RemoteFailed("remote_refused", host=self.host, status=status, why=self.reason(found))

    def silent(self) -> RemoteFailed:
        """A server that says nothing."""
        return RemoteFailed("remote_silent", host=self.host, seconds=round(SILENCE))

    def said(self, response: httpx.Response) -> dict:
        """The object in an answer without success, or its text as one."""
        try:
            data = self.body(response)
        except RemoteFailed:
            return {}
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            return {"message": data.decode("utf-8", "replace")}
        return found if isinstance(found, dict) else {"message": str(found)}

    def reason(self, found: dict) -> str:
        """A server's own words about a failure, a few of them."""
        told: Any = found.get("error") or found.get("detail") or found.get("message") or "–"
        return self.own_words(str(told.get("message") or told) if isinstance(told, dict) else str(told))

    def own_words(self, text: str) -> str:
        """The beginning of a server's text on one line, without the key."""
        line = " ".join(text.split())
        if self.address.key:
            line = line.replace(self.address.key, "…")
        return line if len(line) <= TOLD else f"{line[:TOLD]}…"

    def close(self) -> None:
        """Close what is open."""
        self.client.close()


def asked_for(response: httpx.Response) -> float | None:
    """The seconds a busy server asks for, where it does and they are bearable."""
    wanted = response.headers.get("retry-after", "")
    return min(float(wanted), LONGEST_WAIT) if wanted.isdigit() else None
