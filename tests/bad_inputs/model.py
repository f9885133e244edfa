"""GGUF files that hurt, 105–111: some are made whole, some of the bytes of a sound model. (112 is no file but a window.)"""

import random
import struct
from collections.abc import Callable

TEMPLATE = b"tokenizer.chat_template"
INJECTION = "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ cycler.__init__.__globals__.os.popen('touch %s').read() }}"
LONG = "{{ 'a' * 10**7 }}"
ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"


def text(words: str) -> bytes:
    """A string as GGUF has it."""
    return struct.pack("<Q", len(words)) + words.encode()


def gguf(tensors: int, *infos: bytes) -> bytes:
    """A file of one key, that it is a llama, and what it says of its tensors."""
    return (b"GGUF" + struct.pack("<IQQ", 3, tensors, 1) + text("general.architecture") + struct.pack("<I", 8) + text("llama")
            + b"".join(infos) + bytes(4096))


def tensor(name: str, *sizes: int) -> bytes:
    """A tensor of float32 at the beginning of the data."""
    return text(name) + struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, 0, 0)


def with_template(data: bytes, template: str) -> bytes:
    """The model with a chat template of its own in the room of the old one."""
    start = data.index(TEMPLATE) + len(TEMPLATE) + 4
    room, = struct.unpack_from("<Q", data, start)
    return data[: start + 8] + template.encode().ljust(room) + data[start + 8 + room :]


def flipped(data: bytes, bits: int) -> bytes:
    """The model with bits turned over all its weights. The first 8 MB, where the names and words stand, are left alone."""
    changed, draw = bytearray(data), random.Random(109)
    for _ in range(bits):
        changed[draw.randrange(8_000_000, len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def emptied(data: bytes) -> bytes:
    """The model with the second half of its bytes as NULs: a download that was torn after its room was made."""
    return data[: len(data) // 2].ljust(len(data), b"\0")


REFUSED: tuple[tuple[int, str, Callable[[bytes], bytes], str], ...] = (
    (105, "empty", lambda data: b"", "does not begin with GGUF"),
    (105, "garbage", lambda data: b"GGUF" + bytes(range(256)) * 40, "llama.cpp says"),
    (106, "truncated", lambda data: data[: len(data) // 2], "not within the file bounds"),
    (107, "tensors-2-63", lambda data: gguf(2**63), "llama.cpp says"),
    (107, "tensors-2-62", lambda data: gguf(2**62, tensor("a", 4)), "llama.cpp says"),
    (108, "sizes-overflow", lambda data: gguf(1, tensor("token_embd.weight", 2**40, 2**40)), "llama.cpp says"),
    (108, "sizes-negative", lambda data: gguf(1, tensor("token_embd.weight", 2**64 - 1)), "llama.cpp says"),
    (109, "flipped", lambda data: flipped(data, 20_000), "worse than chance"),
    (109, "emptied", emptied, "worse than chance"),
)
