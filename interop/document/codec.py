"""Frozen dataclasses to JSON and back, without loss: `load(type(value), dump(value)) == value`.

Knows str, int, float, bool, None, date, datetime (ISO 8601), StrEnum, tuples of one type, pairs, optional values and
nested dataclasses. A key that is missing takes the field's default, so that older stored values stay readable.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar

T = TypeVar("T")
Read = Callable[[Any], Any]


def dump(value: object) -> Any:
    """A value as JSON's own types."""
    if isinstance(value, tuple | list):
        return [dump(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: dump(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


def load(cls: type[T], data: Any) -> T:
    """The dataclass `cls` from what `dump` made of it. Raises TypeError or ValueError for anything else."""
    key: Any = cls
    known = _readers(key)
    return cls(**{name: known[name](one) for name, one in data.items() if name in known})


@cache
def _readers(cls: Any) -> dict[str, Read]:
    """How each field of a dataclass is read. Told from its hints once: a history is read value by value."""
    return {name: _reader(hint) for name, hint in typing.get_type_hints(cls).items()}


def _reader(hint: Any) -> Read:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return partial(_optional, _reader(next(one for one in arguments if one is not type(None))))
    if origin is tuple and arguments[1:] == (...,):
        return partial(_row, _reader(arguments[0]))
    if origin is tuple:
        return partial(_fixed, tuple(_reader(one) for one in arguments))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return partial(load, hint)
    if hint is dt.datetime or hint is dt.date:
        return hint.fromisoformat
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _optional(read: Read, data: Any) -> Any:
    return None if data is None else read(data)


def _row(read: Read, data: Any) -> tuple[Any, ...]:
    return tuple(data) if read is _as_it_is else tuple([read(one) for one in data])


def _fixed(reads: tuple[Read, ...], data: Any) -> tuple[Any, ...]:
    return tuple(read(one) for read, one in zip(reads, data, strict=True))
