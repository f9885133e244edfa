"""Servers to ask: llama-cpp-python's own with the bundled model, and one that does what a test tells it.

    python -m tests.openai_server FILE.gguf PORT       the first, in a process of its own
"""

import json
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-for-the-test-alone"
WINDOW = 512


def main() -> None:
    """llama-cpp-python's server as it is, with a key."""
    import llama_cpp
    import uvicorn
    from llama_cpp.server.app import create_app
    from llama_cpp.server.settings import ModelSettings, ServerSettings

    from workbench.models.decoder import ENDS_IN_TILES

    if ENDS_IN_TILES:  # what the workbench does itself; the server has no setting for it
        plain = llama_cpp.llama_model_default_params

        def without_tiles():
            parameters = plain()
            parameters.use_extra_bufts = False
            return parameters

        llama_cpp.llama_model_default_params = without_tiles
        sys.modules["llama_cpp.llama_cpp"].llama_model_default_params = without_tiles
    path, port = sys.argv[1], int(sys.argv[2])
    app = create_app(
        server_settings=ServerSettings(host="127.0.0.1", port=port, api_key=KEY),
        model_settings=[ModelSettings(model=path, model_alias="small", n_ctx=WINDOW, n_threads=1, verbose=False)])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


@dataclass
class Told:
    """What the told server is to do, and what it was asked. `answers`: for every request of a reply in its turn a status, or
    a list of what is written to the stream: objects, raw bytes, or seconds to wait; the last one again and again."""

    answers: list = field(default_factory=list)
    models: object = None
    tokenizer: str = ""  # "vllm", "llama" or none
    usage: bool = True
    headers: dict = field(default_factory=dict)
    seen: list[tuple[str, dict, dict]] = field(default_factory=list)  # path, body, headers
    gone: threading.Event = field(default_factory=threading.Event)  # a reader closed the line
    address: str = ""

    def asked(self, path: str) -> list[dict]:
        return [body for seen, body, _ in self.seen if seen.endswith(path)]


def chunk(text: str, logprob: float | None = None, finish: str | None = None) -> dict:
    """A part of a chat's stream."""
    logprobs = {"content": [{"token": text, "logprob": logprob}]} if logprob is not None else None
    return {"choices": [{"index": 0, "delta": {"content": text} if text else {}, "logprobs": logprobs, "finish_reason": finish}]}


def usage(prompt: int, reply: int) -> dict:
    """The last part, with figures alone."""
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": reply}}


GOOD = [chunk("within ", -0.1), chunk("38 days", -0.2), chunk("", finish="stop"), usage(40, 2), b"data: [DONE]\n\n"]


class Handler(BaseHTTPRequestHandler):
    """Does what the state of its server tells."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.state.seen.append((self.path, {}, dict(self.headers)))
        if self.path == "/v1/models":
            self.whole(self.server.state.models if self.server.state.models is not None else {"data": [{"id": "large"}]})
        elif self.path == "/props" and self.server.state.tokenizer == "llama":
            self.whole({"default_generation_settings": {"n_ctx": 4096}})
        else:
            self.whole({"detail": "Not Found"}, 404)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.state.seen.append((self.path, body, dict(self.headers)))
        if self.path.endswith("completions"):
            self.reply(body)
        elif self.path == "/tokenize" and self.server.state.tokenizer:
            self.tokens(body)
        elif self.path == "/apply-template" and self.server.state.tokenizer == "llama":
            self.whole({"prompt": "".join(f"<{each['role']}> {each['content']} " for each in body["messages"]) + "<assistant>"})
        else:
            self.whole({"detail": "Not Found"}, 404)

    def tokens(self, body):
        words = "".join(f" <{each['role']}> {each['content']}" for each in body["messages"]) if "messages" in body else body.get(
            "prompt", body.get("content"))
        tokens = list(range(len(words.split()) or 1))
        self.whole({"tokens": tokens} | ({"count": len(tokens)} if self.server.state.tokenizer == "vllm" else {}))

    def reply(self, body):
        answer = self.server.state.answers.pop(0) if len(self.server.state.answers) > 1 else self.server.state.answers[0]
        if body.get("max_tokens") == 1 and "messages" in body and not body.get("stream"):
            figures = {"usage": {"prompt_tokens": 30, "completion_tokens": 1}} if self.server.state.usage else {}
            self.whole({"choices": [{"message": {"content": "a"}, "finish_reason": "length"}], **figures})
        elif isinstance(answer, int):
            self.whole({"error": {"message": f"told to say {answer} to {self.headers.get('authorization')}"}}, answer, self.server.state.headers)
        elif isinstance(answer, dict):
            self.whole(answer, answer.get("status", 400))
        else:
            self.stream(answer)

    def whole(self, value, status=200, headers=None):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, content in (headers or {}).items():
            self.send_header(name, content)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def stream(self, parts):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for part in parts:
                if isinstance(part, float | int):
                    time.sleep(part)
                else:
                    self.wfile.write(part if isinstance(part, bytes) else f"data: {json.dumps(part)}\n\n".encode())
                    self.wfile.flush()
        except OSError:
            self.server.state.gone.set()


@contextmanager
def told(**options):
    """A server on a free port of this computer that does as it is told."""
    state = Told(**({"answers": [GOOD]} | options))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.state = state
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
