"""Nouns as plain values for JSON, and back by their type hints. Neither a field that an older record lacks nor one that
only a newer version knows makes a record unreadable."""

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """A noun, with all the nouns in it, as objects, lists and values that JSON knows."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value


def restored(kind: Any, value: Any) -> Any:
    """The value of a type that `plain` was made from."""
    if kind is Any or kind is object or get_origin(kind) is Literal:
        return value
    if get_origin(kind) in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return value if value is None or len(options) > 1 else restored(options[0], value)
    if is_dataclass(kind):
        return noun(kind, value)
    if get_origin(kind) is tuple:
        inside = get_args(kind)
        kinds = inside[:1] * len(value) if inside[1:] == (...,) else inside
        return tuple(restored(each, part) for each, part in zip(kinds, value, strict=True))
    if get_origin(kind) is dict:
        return {key: restored(get_args(kind)[1], each) for key, each in value.items()}
    return float(value) if kind is float else value


def noun(kind: Any, value: dict) -> Any:
    """A data class from an object. A field that is missing gets its default, or else the emptiest value of its type."""
    return kind(**{
        field.name: restored(hint, value[field.name]) if field.name in value else default(field, hint)
        for field, hint in shape(kind)
    })


@cache
def shape(kind: type) -> tuple[tuple[Field, Any], ...]:
    """The fields of a data class with their types."""
    hints = get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind))


def default(field: Field, hint: Any) -> Any:
    """What a field holds where nobody says."""
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return empty(hint)


def empty(kind: Any) -> Any:
    """The emptiest value of a type: None where it may be, no text, nothing, zero."""
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        return None if type(None) in get_args(kind) else empty(get_args(kind)[0])
    if is_dataclass(kind):
        return noun(kind, {})
    return (get_origin(kind) or kind)()
