"""ggml, the library under llama.cpp, asked directly: which tensors a GGUF holds, and which of them this processor has
a faster layout for.  [llama_cpp]

Lives in the worker process only, as `decoder` does.
"""

import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp._ctypes_extensions import load_shared_library

F32 = 0  # GGML_TYPE_F32 of ggml.h
CPU = 0  # GGML_BACKEND_DEVICE_TYPE_CPU of ggml-backend.h
COLUMNS = 512  # of the made-up prompt that llama.cpp asks with whether a layout can multiply
LOOKED_UP = ("token_embd.weight", "position_embd.weight", "token_types.weight")
BUFFER = 8  # bytes into a ggml_tensor where its buffer stands
Pointer = ctypes.c_void_p


class FileParameters(ctypes.Structure):
    """gguf_init_params: with `no_alloc` and no context, no weights are read."""

    _fields_ = (("no_alloc", ctypes.c_bool), ("context", Pointer))


class ContextParameters(ctypes.Structure):
    """ggml_init_params."""

    _fields_ = (("size", ctypes.c_size_t), ("buffer", Pointer), ("no_alloc", ctypes.c_bool))


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of a file: the name of its type, its bytes, and how wide and how high it is."""

    name: str
    type: str
    size: int
    width: int
    height: int
    flat: bool  # of two dimensions at most
    number: int  # of the type, in ggml.h


def function(library: str, name: str, gives: Any, *takes: Any) -> Any:
    """A function of one of ggml's libraries."""
    found = getattr(opened(library), name)
    found.restype, found.argtypes = gives, takes
    return found


@cache
def opened(library: str) -> ctypes.CDLL:
    """One of the libraries that came with llama.cpp."""
    return load_shared_library(library, Path(llama_cpp.__file__).parent / "lib")


def tensors(path: Path) -> Iterator[Tensor]:
    """The tensors of a file that llama.cpp has accepted. None where ggml does not read it after all."""
    file = function("ggml-base", "gguf_init_from_file", Pointer, ctypes.c_char_p, FileParameters)(
        os.fsencode(path), FileParameters(True, None))
    if not file:
        return
    each = (Pointer, ctypes.c_int64)
    name = function("ggml-base", "gguf_get_tensor_name", ctypes.c_char_p, *each)
    kind = function("ggml-base", "gguf_get_tensor_type", ctypes.c_int, *each)
    size = function("ggml-base", "gguf_get_tensor_size", ctypes.c_size_t, *each)
    sides = function("ggml-base", "gguf_get_tensor_ne", ctypes.POINTER(ctypes.c_int64), *each)
    called = function("ggml-base", "ggml_type_name", ctypes.c_char_p, ctypes.c_int)
    try:
        for place in range(function("ggml-base", "gguf_get_n_tensors", ctypes.c_int64, Pointer)(file)):
            width, height, *more = sides(file, place)[:4]
            number = kind(file, place)
            yield Tensor(name(file, place).decode("utf-8", "replace"), called(number).decode(), size(file, place),
                         width, height, more == [1, 1], number)
    finally:
        function("ggml-base", "gguf_free", None, Pointer)(file)


def layouts() -> list[int]:
    """The layouts of weights that the processor is faster with, in the order in which llama.cpp tries them."""
    device = function("ggml", "ggml_backend_dev_by_type", Pointer, ctypes.c_int)(CPU)
    registry = function("ggml-base", "ggml_backend_dev_backend_reg", Pointer, Pointer)(device)
    address = function("ggml-base", "ggml_backend_reg_get_proc_address", Pointer, Pointer, ctypes.c_char_p)(
        registry, b"ggml_backend_dev_get_extra_bufts")
    if not address:
        return []
    listed = ctypes.CFUNCTYPE(ctypes.POINTER(Pointer), Pointer)(address)(device)
    found = []
    for place in range(16):  # a list that ends with a null
        if not listed or not listed[place]:
            break
        found.append(listed[place])
    return found


@cache
def layout(number: int, width: int, height: int) -> tuple[str, int]:
    """The name of the layout that llama.cpp would copy weights of a type and shape into, and the bytes they take there; none
    where it multiplies them as they are. Asked as llama.cpp asks (`weight_buft_supported` of llama-model-loader.cpp): by a
    product that is never computed."""
    context = function("ggml-base", "ggml_init", Pointer, ContextParameters)(ContextParameters(1 << 16, None, True))
    new = function("ggml-base", "ggml_new_tensor_2d", Pointer, Pointer, ctypes.c_int, ctypes.c_int64, ctypes.c_int64)
    allocate = function("ggml-base", "ggml_backend_buft_alloc_buffer", Pointer, Pointer, ctypes.c_size_t)
    free = function("ggml-base", "ggml_backend_buffer_free", None, Pointer)
    supports = function("ggml-base", "ggml_backend_dev_supports_op", ctypes.c_bool, Pointer, Pointer)
    room = function("ggml-base", "ggml_backend_buft_get_alloc_size", ctypes.c_size_t, Pointer, Pointer)
    device = function("ggml", "ggml_backend_dev_by_type", Pointer, ctypes.c_int)(CPU)
    try:
        weight = new(context, number, width, height)
        multiply = function("ggml-base", "ggml_mul_mat", Pointer, Pointer, Pointer, Pointer)
        product = multiply(context, weight, new(context, F32, width, COLUMNS))
        for each in layouts():
            buffer = allocate(each, 0)
            Pointer.from_address(weight + BUFFER).value = buffer
            fits = supports(device, product)
            free(buffer)
            if fits:
                name = function("ggml-base", "ggml_backend_buft_name", ctypes.c_char_p, Pointer)(each)
                return name.decode(), room(each, weight)
        return "", 0
    finally:
        function("ggml-base", "ggml_free", None, Pointer)(context)


def copied(all_tensors: list[Tensor]) -> dict[str, int]:
    """Bytes of weights that llama.cpp keeps a second time in a layout, by the layout's name. Embeddings are looked up, not
    multiplied; where a file has no output weights of its own, they serve as those too."""
    tied = not any(each.name == "output.weight" for each in all_tensors)
    sizes: dict[str, int] = {}
    for each in all_tensors:
        looked_up = each.name in LOOKED_UP and not (tied and each.name == LOOKED_UP[0])
        if each.flat and each.height > 1 and not looked_up:
            name, size = layout(each.number, each.width, each.height)
            if name:
                sizes[name] = sizes.get(name, 0) + size
    return sizes
