"""Two texts that began as one: what each changed, and both together where that is plain. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\w+|[^\w\s]")
LONG = 10_000

Splitter = Callable[[str], list[str]]
Edit = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Mark:
    """A piece of a text: `kind` is same, del or ins."""

    kind: str
    text: str


def by_word(text: str) -> list[str]:
    return WORD.findall(text)


def by_line(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def splitter(*texts: str) -> Splitter:
    """How to cut texts up: comparing long ones word by word would take minutes."""
    return by_line if max(map(len, texts)) > LONG else by_word


def edits(old: list[str], new: list[str]) -> list[Edit]:
    """What turns `old` into `new`: (from, to, pieces in its place), in order."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def marks(old: str, new: str) -> tuple[Mark, ...]:
    """`new` with what was taken from `old` and what was put in."""
    split = splitter(old, new)
    before, place = split(old), 0
    found: list[Mark] = []
    for start, end, put in edits(before, split(new)):
        found += [Mark("same", "".join(before[place:start])), Mark("del", "".join(before[start:end]))]
        found.append(Mark("ins", "".join(put)))
        place = end
    found.append(Mark("same", "".join(before[place:])))
    return tuple(mark for mark in found if mark.text)


def merge(began: str, yours: str, theirs: str) -> str | None:
    """Both changes of `began` together; None where they touch each other."""
    if yours == theirs or theirs == began:
        return yours
    if yours == began:
        return theirs
    split = splitter(began, yours, theirs)
    base = split(began)
    mine, other = edits(base, split(yours)), edits(base, split(theirs))
    if any(touch(one, two) for one in mine for two in other):
        return None
    for start, end, put in sorted([*mine, *other], reverse=True):
        base[start:end] = put
    return "".join(base)


def touch(one: Edit, two: Edit) -> bool:
    """Whether two edits overlap or stand side by side."""
    return one[0] <= two[1] and two[0] <= one[1]
