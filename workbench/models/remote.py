"""A model that a server runs, behind the interface of a Worker: llama.cpp's server, vLLM, Ollama, a cloud.

What a prompt takes of the window is never guessed. In the order of preference:

    the server counts the prompt as it will read it    vLLM, llama.cpp's server
    it counts the words, and once told what a chat
    of so many turns takes around them                 llama-cpp-python's server; an upper bound
    nobody counts words: a token stands for one byte
    at least, in any tokenizer there is                Ollama, clouds; an upper bound, about 4 times too high in English

and where the server does not even say what a chat takes, nothing is sent. A reply's own figures are those the server gives
with it.

Before a person has started anything, a server beyond this computer is told no text: `unsent` counts by what a token stood
for in sample sentences, and what comes out is an estimate.
"""

import math
import re
import threading
import time
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from copy import copy
from functools import lru_cache
from queue import SimpleQueue
from typing import Literal

from workbench.errors import RemoteFailed, WindowTooSmall
from workbench.languages import HANGUL, SAMPLES
from workbench.models.addresses import Address
from workbench.models.server import Halted, Server
from workbench.models.worker import Completion, End, Piece, Score, Scores, Worker
from workbench.nouns import Card, Prompt, Timing

TOGETHER = 8  # requests at once
# Words that stand in for those of a chat where its turns are counted. A tokenizer may join or part what meets the template
# otherwise than it does alone; so many tokens a turn are room for that.
WORDS = "a b c d e f g h"
MARKS = re.compile(r"[^\w\s]|[\d_]")  # most of which are a token of their own
# How the turns of common chat templates begin and end: a server reads these in a document as what they say.
CONTROL = (
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
    "<|eot_id|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|start|>", "<|message|>", "<|channel|>", "<start_of_turn>",
    "<end_of_turn>", "<bos>", "<eos>", "<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>")
# What some servers do not know and an answer can do without, by the word that they name in their refusal.
DISPENSABLE = {"logprobs": ("logprobs", "top_logprobs"), "stream_options": ("stream_options",)}
ENDS = {"stop": "end", "length": "length"}


class Remote:
    """A model on a server. Nothing is kept of it on this computer."""

    def __init__(self, name: str, address: Address) -> None:
        """Asks the server for its models. Raises RemoteFailed."""
        self.server = Server(address)
        self.users = 0
        self.closed = False
        self.tells = True  # the server the texts that are to be counted
        self.without: set[str] = set()  # what this server does not know
        self.count_one = lru_cache(maxsize=4096)(self.measured)
        self.around = lru_cache(maxsize=64)(self.turns)
        listed = self.server.get(f"{address.base}/models").get("data")
        models = [each for each in listed if isinstance(each, dict) and each.get("id")] if isinstance(listed, list) else []
        known = [str(each["id"]) for each in models]
        self.model = address.model or (known[0] if known else "")
        if not self.model or (known and self.model not in known and f"{self.model}:latest" not in known):
            raise RemoteFailed("remote_model", host=address.host, model=self.model, known=", ".join(known[:10]) or "–")
        own = next((each for each in models if each["id"] == self.model), {})
        self.counter = self.find_counter()
        # llama-cpp-python's server breaks an answer off as soon as another request comes.
        self.turn = threading.Semaphore(1 if self.counter == "words" else TOGETHER)
        self.card = self.described(name, own)

    def find_counter(self) -> Literal["vllm", "llama", "words", "bytes"]:
        """How the tokens of a prompt are counted: of a whole chat, as vLLM or llama.cpp's server has it; of its words; or
        by nobody, so that its bytes are all that is known."""
        both = {"model": self.model, "prompt": "a", "content": "a", "add_special": True}
        found = self.server.tried("POST", f"{self.server.root}/tokenize", both)
        if whole(found.get("count")):
            return "vllm"
        if isinstance(found.get("tokens"), list):
            return "llama"
        found = self.server.tried("POST", f"{self.server.root}/extras/tokenize/count", {"model": self.model, "input": "a"})
        return "words" if whole(found.get("count")) else "bytes"

    def described(self, name: str, own: dict) -> Card:
        """What the server says of the model; 0 for what it does not say."""
        meta = own["meta"] if isinstance(own.get("meta"), dict) else {}
        properties = self.server.tried("GET", f"{self.server.root}/props") if self.counter == "llama" else {}
        settings = properties.get("default_generation_settings")
        window = own.get("max_model_len") or (settings.get("n_ctx") if isinstance(settings, dict) else None)
        spelling: dict[str, float] = {lang: round(len(text) / self.size(text), 2) for lang, text in SAMPLES.items()} if self.counter != "bytes" else {}
        return Card(
            name=self.model, path=name, architecture="", description="", parameters=whole(meta.get("n_params")), size=whole(meta.get("size")),
            context_length=whole(window), layers=0, vocabulary=whole(meta.get("n_vocab")), license="", chat_template=True, add_bos=False,
            characters_per_token=spelling, control_tokens=CONTROL, server=self.server.host,
            bound=self.counter in ("words", "bytes"))

    peak = 0  # bytes of memory on this computer

    def fit(self, window: int, apart: bool | None = None) -> bool:
        """Raises WindowTooSmall where the server says that it reads less. Many do not say. How it keeps its cells is its own
        affair: `apart` is not heard."""
        if 0 < self.card.context_length < window:
            raise WindowTooSmall("window_too_long", window=window, most=self.card.context_length, model=self.card.name)
        return False

    # counting

    def count(self, prompts: Sequence[Prompt]) -> list[int]:
        """Tokens of each prompt; upper bounds where the card says so. Raises RemoteFailed."""
        return [self.count_one(prompt) for prompt in prompts]

    def unsent(self) -> "Remote":
        """The same model before anybody agreed to send it a text: its counts are estimates by the characters that a token of
        its tokenizer stood for in sample sentences, bounds by bytes where nobody counts. Made to plan with, not to answer."""
        twin = copy(self)
        twin.tells = False
        twin.count_one = lru_cache(maxsize=4096)(twin.measured)
        return twin

    def measured(self, prompt: Prompt) -> int:
        """Tokens of a prompt."""
        if not prompt.messages:
            return self.size(prompt.text)
        if self.counter == "vllm" and self.tells:
            return self.counted({"messages": turns(prompt)})
        if self.counter == "llama" and self.tells:
            return self.size(self.render(prompt))
        return self.around(tuple(message.role for message in prompt.messages)) + sum(
            self.size(message.content) for message in prompt.messages)

    def size(self, text: str) -> int:
        """Tokens of a text as the beginning of a prompt, at most."""
        if self.counter == "bytes":
            # Some tokenizers write a character in its parts first; one may put a space in front, another a start token.
            return 2 + max(len(form.encode()) for form in (text, unicodedata.normalize("NFKC", text)))
        if not self.tells:
            korean, marks = (sum(map(len, pattern.findall(text))) for pattern in (HANGUL, MARKS))
            spelling = self.card.characters_per_token
            return 1 + marks + math.ceil(korean / spelling["ko"] + (len(text) - korean - marks) / spelling["en"])
        if self.counter == "words":
            return self.counted({"input": text}, "extras/tokenize/count")
        return self.counted({"prompt": text, "content": text, "add_special": True, "parse_special": True})

    def counted(self, body: dict, path: str = "tokenize") -> int:
        """A count by the server."""
        with self.turn:
            found = self.server.post(f"{self.server.root}/{path}", {"model": self.model, **body})
        tokens = found.get("tokens")
        count = len(tokens) if isinstance(tokens, list) else found.get("count")
        if not isinstance(count, int) or count < 0:
            raise RemoteFailed("remote_garbled", host=self.server.host, why=self.server.own_words(str(found)))
        return count

    def turns(self, roles: tuple[str, ...]) -> int:
        """Tokens of a chat of such turns with a few words in each, as the server counts them when it answers."""
        body = {"messages": [{"role": role, "content": WORDS} for role in roles], "max_tokens": 1, "temperature": 0}
        usage = self.asked("chat/completions", body, threading.Event()).get("usage")
        count = whole(usage.get("prompt_tokens")) if isinstance(usage, dict) else 0
        if not count:
            raise RemoteFailed("remote_uncounted", host=self.server.host)
        return count

    def render(self, prompt: Prompt) -> str:
        """The prompt as the model reads it where the server tells, else as it is sent."""
        if prompt.messages and self.counter == "llama" and self.tells:
            found = self.server.post(f"{self.server.root}/apply-template", {"messages": turns(prompt)}).get("prompt")
            if isinstance(found, str):
                return found
        return prompt.text or "\n\n".join(f"{message.role}: {message.content}" for message in prompt.messages)

    # answers

    def stream(
        self, prompt: Prompt, *, window: int, limit: int, temperature: float = 0.0, seed: int = 0,
        endless: bool = False, user: str = "",
    ) -> "RemoteReply":
        """The reply to a prompt, asked for at once, read at leisure. A server knows no users and ends a reply as it likes.
        Raises RemoteFailed, WindowTooSmall."""
        self.fit(window)
        needed = self.count([prompt])[0] + limit
        if needed > window:
            raise WindowTooSmall("window_over", needed=needed, room=window)
        path, body = self.request(prompt, limit, temperature, seed)
        exact = self.counter in ("vllm", "llama") or (self.counter == "words" and not prompt.messages)
        return RemoteReply(self, path, body, needed - limit if exact else 0)

    def request(self, prompt: Prompt, limit: int, temperature: float, seed: int) -> tuple[str, dict]:
        """Where a prompt is sent and with what."""
        body: dict = {"max_tokens": limit, "temperature": temperature, "seed": seed}
        if self.counter == "words":
            body["repeat_penalty"] = 1.0  # llama-cpp-python's server has 1.1 unless it is told otherwise
        if prompt.stop:
            body["stop"] = list(prompt.stop)
        if prompt.messages:
            return "chat/completions", body | {"messages": turns(prompt), "logprobs": True, "top_logprobs": 1}
        return "completions", body | {"prompt": prompt.text, "logprobs": 1}

    def asked(self, path: str, body: dict, halt: threading.Event) -> dict:
        """A whole answer."""
        while True:
            try:
                with self.turn:
                    return self.server.post(f"{self.server.address.base}/{path}", self.known(body), halt)
            except RemoteFailed as error:
                self.learn(error)

    def events(self, path: str, body: dict, halt: threading.Event) -> Iterator[dict]:
        """A stream's objects."""
        body = body | {"stream": True, "stream_options": {"include_usage": True}}
        begun = False
        while True:
            try:
                for event in self.server.events(f"{self.server.address.base}/{path}", self.known(body), halt):
                    begun = True
                    yield event
                return
            except RemoteFailed as error:
                if begun:
                    raise
                self.learn(error)

    def known(self, body: dict) -> dict:
        """A request without what this server does not know."""
        body = {"model": self.model, **body}
        if "max_tokens" in self.without and "max_tokens" in body:
            body["max_completion_tokens"] = body.pop("max_tokens")
        dropped = {field for word in self.without for field in DISPENSABLE.get(word, ())}
        return {field: value for field, value in body.items() if field not in dropped}

    def learn(self, error: RemoteFailed) -> None:
        """Take from a refusal what this server does not know; raise it where there is nothing to be learned."""
        facts = error.remark.facts
        if error.remark.code == "remote_refused" and facts["status"] in (400, 422, 501):
            words = ["max_tokens", *DISPENSABLE] if "max_completion_tokens" in str(facts["why"]) else [*DISPENSABLE]
            for word in words:
                if word in str(facts["why"]) and word not in self.without:
                    self.without.add(word)
                    return
        raise error

    def complete(
        self, prompts: Sequence[Prompt], *, window: int, limit: int, temperature: float = 0.0, seed: int = 0,
        halt: threading.Event | None = None, apart: bool | None = None,
    ) -> Generator[tuple[int, Completion], None, None]:
        """The replies to many prompts as they come, each with its prompt's place. Several are asked for at once; a server
        promises nobody the same words again. Closing the iterator stops it, and so does `halt` from another thread. Raises
        RemoteFailed, WindowTooSmall."""
        over = threading.Event()
        live: set[RemoteReply] = set()

        def one(index: int) -> tuple[int, Completion]:
            if over.is_set():
                raise Halted
            reply = self.stream(prompts[index], window=window, limit=limit, temperature=temperature, seed=seed)
            live.add(reply)
            *pieces, end = reply
            live.discard(reply)
            said = [each for each in pieces if isinstance(each, Piece)]
            assert isinstance(end, End)
            logprobs = tuple(each.logprob for each in said if each.logprob is not None)
            return index, Completion("".join(each.text for each in said), logprobs, end.why, end.timing)

        with ThreadPoolExecutor(TOGETHER, thread_name_prefix="remote") as pool:
            waiting = {pool.submit(one, index) for index in range(len(prompts))}
            try:
                while waiting and not (halt and halt.is_set()):
                    done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                    for each in done:
                        yield each.result()
            finally:
                over.set()
                for each in waiting:
                    each.cancel()
                for reply in tuple(live):
                    reply.stop()

    def scores(
        self, asked: Sequence[tuple[Prompt, Sequence[str]]], *, window: int, halt: threading.Event | None = None, apart: bool | None = None,
    ) -> Generator[tuple[int, Scores], None, None]:
        """The same of many prompts, each with its place, one after the other."""
        for place, (prompt, choices) in enumerate(asked):
            if halt is not None and halt.is_set():
                return
            began = time.perf_counter()
            found = self.score(prompt, choices, window=window)
            yield place, Scores(found, Timing(0, 0, None, time.perf_counter() - began))

    def score(self, prompt: Prompt, choices: Sequence[str], *, window: int) -> tuple[Score, ...]:
        """How likely each choice is as the prompt's continuation: of plain text only, and where the server tells the
        log-probabilities of words that it is given (vLLM, some models of llama-cpp-python's). Raises RemoteFailed, WindowTooSmall."""
        self.fit(window)
        if prompt.messages:
            raise RemoteFailed("remote_no_score", host=self.server.host)
        return tuple(self.likelihood(prompt.text, choice, window) for choice in choices)

    def likelihood(self, text: str, choice: str, window: int) -> Score:
        """The choice's tokens, those of the prompt and the one that the server has to add left out."""
        needed = self.size(text + choice) + 1
        if needed > window:
            raise WindowTooSmall("window_over", needed=needed, room=window)
        body = {"prompt": text + choice, "max_tokens": 1, "temperature": 0, "echo": True, "logprobs": 1}
        answer = first_choice(self.asked("completions", body, threading.Event()))
        begins = answer["logprobs"].get("text_offset") if isinstance(answer.get("logprobs"), dict) else None
        begins = [place for place in begins if isinstance(place, int)] if isinstance(begins, list) else []
        end = len(text) + len(choice)
        ends = [*begins[1:], end + 1]
        # A character may be spelled in several tokens, which then begin at one place. llama-cpp-python pairs each token with
        # the figures of the next one where its model takes no start token; the token it had to add is then not among them.
        own = [
            logprob for (_, logprob), here, there in zip(logprobs_of(answer), begins, ends, strict=False)
            if here < end and (here >= len(text) or there > len(text))]
        found = [each for each in own if each is not None]
        if not found or len(found) < len(own) or begins[-1] < end:
            raise RemoteFailed("remote_no_score", host=self.server.host)
        return Score(sum(found), len(found))

    def close(self) -> None:
        """Take no more questions."""
        self.closed = True
        self.server.close()


class RemoteReply:
    """A reply in the making: an iterator of Pieces whose last item is an End. A thread of its own waits for the server, so
    that a stop is heard whatever the server does."""

    def __init__(self, remote: Remote, path: str, body: dict, prompt_tokens: int) -> None:
        """`prompt_tokens` is 0 where only the server can tell."""
        self.remote = remote
        self.limit: int = body["max_tokens"]
        self.prompt_tokens = prompt_tokens
        self.reply_tokens = 0  # as far as log-probabilities tell; the server's own figure takes their place
        self.halt = threading.Event()
        self.items: SimpleQueue[Piece | End | Exception] = SimpleQueue()
        self.asked = time.perf_counter()
        self.first: float | None = None
        threading.Thread(target=self.follow, args=(path, body), daemon=True).start()

    def __iter__(self) -> Iterator[Piece | End]:
        """Raises RemoteFailed."""
        while True:
            item = self.items.get()
            if isinstance(item, Exception):
                raise item
            yield item
            if isinstance(item, End):
                return

    def follow(self, path: str, body: dict) -> None:
        """Hand on what the server says, up to the end or to what went wrong."""
        try:
            while not self.remote.turn.acquire(timeout=0.1):
                if self.halt.is_set():
                    return
            try:
                why = self.read(self.remote.events(path, body, self.halt))
            finally:
                self.remote.turn.release()
            self.items.put(self.end(why))
        except Halted:
            pass  # the reader was told its end when it asked for it
        except Exception as error:  # noqa: BLE001 - raised again where it is read
            self.items.put(error)

    def read(self, events: Iterator[dict]) -> str:
        """Why the reply ended."""
        why = ""
        pieces = 0
        for event in events:
            if isinstance(usage := event.get("usage"), dict):
                self.prompt_tokens = whole(usage.get("prompt_tokens")) or self.prompt_tokens
                self.reply_tokens = whole(usage.get("completion_tokens")) or self.reply_tokens
            choice = first_choice(event)
            if not choice:
                continue
            for piece in pieces_of(choice):
                if self.first is None:
                    self.first = time.perf_counter()
                pieces += bool(piece.text)
                self.reply_tokens += piece.logprob is not None
                self.items.put(piece)
            if choice.get("finish_reason"):
                why = ENDS.get(str(choice["finish_reason"]), "end")
            elif pieces > self.limit:
                return "length"  # it was told to stop and goes on; no token brings two pieces
        if not why:
            raise RemoteFailed("remote_cut", host=self.remote.server.host)
        return why

    def end(self, why: str) -> End:
        """The last item."""
        now = time.perf_counter()
        first = None if self.first is None else self.first - self.asked
        return End(why, Timing(self.prompt_tokens, self.reply_tokens, first, now - self.asked))

    def stop(self) -> None:
        """End the reply now; the iterator then comes to its End. The line is closed as soon as the server says another
        word. Harmless afterwards."""
        if not self.halt.is_set():
            self.halt.set()
            self.items.put(self.end("stopped"))


Model = Worker | Remote


def turns(prompt: Prompt) -> list[dict]:
    """The turns of a chat as the API has them."""
    return [{"role": message.role, "content": message.content} for message in prompt.messages]


def whole(value: object) -> int:
    """A count in an answer, 0 where there is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def first_choice(event: dict) -> dict:
    """The one answer in an object, empty where there is none: the last object of a stream may hold figures alone."""
    choices = event.get("choices")
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


def pieces_of(choice: dict) -> list[Piece]:
    """The characters of a part of a stream, with the log-probabilities of the tokens that brought them."""
    delta = choice.get("delta")
    text = delta.get("content") if isinstance(delta, dict) else choice.get("text")
    text = text if isinstance(text, str) else ""
    given = logprobs_of(choice)
    if given and "".join(token for token, _ in given) == text:
        return [Piece(token, logprob) for token, logprob in given]
    rest = [Piece("", logprob) for _, logprob in given[1:]]
    return [Piece(text, given[0][1] if given else None), *rest] if text or given else []


def logprobs_of(choice: dict) -> list[tuple[str, float | None]]:
    """Tokens with their log-probabilities, in either of the API's two forms."""
    found = choice.get("logprobs")
    if not isinstance(found, dict):
        return []
    if isinstance(content := found.get("content"), list):
        pairs = [(each.get("token"), each.get("logprob")) for each in content if isinstance(each, dict)]
    else:
        tokens, values = found.get("tokens"), found.get("token_logprobs")
        pairs = list(zip(tokens, values, strict=False)) if isinstance(tokens, list) and isinstance(values, list) else []
    return [(str(token), number(logprob)) for token, logprob in pairs]


def number(value: object) -> float | None:
    """A log-probability, None where it is none."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) and value <= 0 else None
