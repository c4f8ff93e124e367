"""Making any text safe to set: what no font shows, and words too long to be broken quickly."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")

UNPRINTABLE = dict.fromkeys((*range(9), *range(11, 13), *range(14, 32), 127, *range(55296, 57344)), "�")
LONG_WORD = re.compile(r"\S{300,}")
LETTERS = re.compile(r"\w{12}(?=\w)")
LONGEST_ADDRESS = 2_000
SOFT = "\u200b"


def printable(value: T) -> T:
    """A value, be it text, tuple or dataclass, with every text inside it made printable."""
    if isinstance(value, str):
        return cast(T, soften(value.translate(UNPRINTABLE)))
    if isinstance(value, tuple):
        return cast(T, tuple(printable(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        data = cast(Any, value)
        return cast(T, replace(data, **{each.name: printable(getattr(value, each.name)) for each in fields(value)}))
    return value


def soften(text: str) -> str:
    """The text with invisible places to break in words of 300 characters and more.

    Setting a word costs the square of its length without them. Places are between letters alone, so that marks of
    Markdown stay what they are; addresses stay whole up to 2,000 characters.
    """
    return LONG_WORD.sub(_softened, text)


def _softened(match: re.Match[str]) -> str:
    word = match[0]
    if "://" in word and len(word) <= LONGEST_ADDRESS:
        return word
    return LETTERS.sub(f"\\g<0>{SOFT}", word)
