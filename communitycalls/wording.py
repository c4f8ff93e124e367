"""Two versions of a text, word by word: what was taken away and what was put in. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\w+|[^\w\s]")
LONG = 10_000
MOST_PAIRS = 4_000_000  # of equal pieces: under a second

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


def edits(old: list[str], new: list[str], *, bind: bool = True) -> list[Edit]:
    """What turns `old` into `new`: (from, to, pieces in its place), in order.

    What is the same at both ends is set aside first. Where the rest repeats itself so much that comparing it would
    take long, it is one edit. Without `bind`, white space alone holds nothing together: texts that share little but
    their spaces are compared at once, and not into crumbs.
    """
    start, end = _same_ends(old, new)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if _pairs(before, after) > MOST_PAIRS:
        return [(start, len(old) - end, after)]
    matcher = SequenceMatcher(None if bind else str.isspace, before, after, autojunk=False)
    return [(start + a, start + b, after[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def marks(old: str, new: str) -> tuple[Mark, ...]:
    """`new` with what was taken from `old` and what was put in.

    Without what was put in the pieces read as `old`, without what was taken as `new`.
    """
    split = splitter(old, new)
    return tuple(mark for mark in _marked(split(old), split(new)) if mark.text)


def _marked(before: list[str], after: list[str]) -> Iterator[Mark]:
    place = 0
    for start, end, put in edits(before, after, bind=False):
        yield Mark("same", "".join(before[place:start]))
        yield Mark("del", "".join(before[start:end]))
        yield Mark("ins", "".join(put))
        place = end
    yield Mark("same", "".join(before[place:]))


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many pieces are the same at the beginning, and how many of the others at the end."""
    start = _same_first(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - start
    backwards = zip(reversed(old), reversed(new), strict=False)
    return start, min(rest, _same_first(backwards))


def _same_first(pairs: "zip[tuple[str, str]]") -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(counts[piece] for piece in old)
