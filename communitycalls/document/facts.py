"""Facts that the community's conventions have no place for: one italic line of `key: value` pairs.

    *Length: 10 minutes; presenters: Kai, Marga; environments: flatcar/ec2*

Pairs are parted by semicolons, values of a list by commas. A punctuation mark that belongs to a value is escaped with
a backslash, as Markdown does, so that the line reads on any page as it is meant. Keys are matched without case.
"""

import re
from collections.abc import Collection, Iterable, Mapping

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
SPECIAL = re.compile(r"([\\*_`;,()\[\]<>&|~#!$^{}])")
PART = re.compile(r"((?:\\.|[^\\;])*)(?:;|$)")
LIST = re.compile(r"((?:\\.|[^\\,])*)(?:,|$)")
EMPHASIS = re.compile(r"([*_])((?![\s*_])(?:\\.|(?!\1)[^\\])+(?<!\s))\1")
NONE, ESCAPED_NONE = "none", r"\none"
PAIR = re.compile(r"((?:\\.|[^\\:])*):(.*)", re.DOTALL)


def escape(value: str, *, bare: bool = False) -> str:
    """A value as it may stand in a line of facts; `bare`: without a key, where a colon would make it one."""
    text = SPECIAL.sub(r"\\\1", " ".join(value.split()))
    return text.replace(":", r"\:") if bare else text


def unescape(value: str) -> str:
    return NONE if value.strip() == ESCAPED_NONE else ESCAPED.sub(r"\1", value).strip()


def parts(text: str, pattern: re.Pattern[str] = PART) -> list[str]:
    """The parts between unescaped semicolons, still escaped, without empty ones."""
    return [found[1].strip() for found in pattern.finditer(text) if found[1].strip()]


def values(text: str) -> tuple[str, ...]:
    """The values of a list, unescaped; "none" is the empty list."""
    return tuple(unescape(part) for part in parts(text, LIST) if text.strip() != NONE)


def listed(names: Iterable[str]) -> str:
    """The values as a list, escaped; "none" for no values."""
    return ", ".join(map(_escape_value, names)) or NONE


def _escape_value(value: str) -> str:
    return ESCAPED_NONE if value == NONE else escape(value)


def write(pairs: Mapping[str, str]) -> str:
    """The line for pairs whose values are escaped already, "" for none."""
    line = "; ".join(f"{key}: {value}" for key, value in pairs.items())
    return f"*{line[0].upper()}{line[1:]}*" if line else ""


def read(line: str, keys: Collection[str]) -> dict[str, str] | None:
    """The pairs of a line, values still escaped; None where the line is anything else or has another key."""
    found = EMPHASIS.fullmatch(line.strip())
    return pairs_of(found[2], keys) if found else None


def pairs_of(text: str, keys: Collection[str]) -> dict[str, str] | None:
    """The pairs of `key: value; key: value`, values still escaped; None where a part is anything else."""
    found: dict[str, str] = {}
    for part in parts(text):
        pair = PAIR.fullmatch(part)
        if not pair or pair[1].strip().lower() not in keys:
            return None
        found[pair[1].strip().lower()] = pair[2].strip()
    return found or None
