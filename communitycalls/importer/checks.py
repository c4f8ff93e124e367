"""Every row passes its model's rules before it is saved; what breaks one is told in a sentence."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from communitycalls.importer.sentences import told
from interop.document import DocumentError, codec

M = TypeVar("M", bound=Model)


def store(row: M, subject: str, **fields: object) -> M:
    """Set fields of a row; check and save it where it is new or one of them differs.

    Raises DocumentError with a sentence that begins with `subject` and quotes the value.
    """
    if row.pk and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise DocumentError(f"{subject}: {' '.join(_sentences(error, row))}") from error
    row.save(update_fields=[*fields, *_clocks(row)] if row.pk else None)
    return row


def fit(rows: list[M], count: int, make: Callable[[], M]) -> list[M]:
    """Exactly `count` rows: the first ones there are, and new unsaved ones; what is too many is deleted."""
    for row in rows[count:]:
        row.delete()
    return rows[:count] + [make() for _ in range(count - len(rows))]


def refuse_nul(value: object) -> None:
    """Raise DocumentError where any text of a value holds the character NUL, which databases do not keep."""
    for text in _texts(codec.dump(value)):
        if "\0" in text:
            raise DocumentError(f"{told(text)} holds the character NUL (0x00). Remove it.")


def _clocks(row: Model) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now", False)]


def _sentences(error: ValidationError, row: Model) -> Iterator[str]:
    for field, messages in error.message_dict.items():
        value = getattr(row, field, None)
        about = "" if value is None else f"the {field.replace('_', ' ')} is {told(value)}. "
        yield from (about + message for message in messages)


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)
