"""Frozen dataclasses to JSON and back, without loss: `load(type(value), dump(value)) == value`.

Knows str, int, float, bool, None, date, datetime (ISO 8601), StrEnum, tuples of one type, pairs, optional values and
nested dataclasses. A key that is missing takes the field's default, so that older stored values stay readable.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Hashable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def dump(value: object) -> Any:
    """A value as JSON's own types."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: dump(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [dump(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def load(cls: type[T], data: Any) -> T:
    """The dataclass `cls` from what `dump` made of it. Raises TypeError or ValueError for anything else."""
    key: Any = cls
    hints = _hints(key)
    return cls(**{key: _load(hints[key], one) for key, one in data.items() if key in hints})


@cache
def _hints(cls: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _load(hint: Any, data: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if data is None else _load(next(one for one in arguments if one is not type(None)), data)
    if origin is tuple:
        each = arguments[:1] * len(data) if arguments[1:] == (...,) else arguments
        return tuple(_load(one, item) for one, item in zip(each, data, strict=True))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return load(hint, data)
    if hint is dt.datetime or hint is dt.date:
        return hint.fromisoformat(data)
    return hint(data) if isinstance(hint, type) and issubclass(hint, Enum) else data
