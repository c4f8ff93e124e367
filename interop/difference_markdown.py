"""The difference of two points as Markdown, to be pasted where a community talks of it.

What authors wrote stands in code spans and fences: it is shown as it is, links nothing and calls nobody.
"""

import re
from collections.abc import Iterator, Mapping

from interop.board import heading
from interop.difference import ABSENT, ADDED, BACK, RETIRED, Difference, Fate, Line
from interop.document import values as v
from interop.document.facts import read_retirement_text, unfolded
from interop.turns import CONVERTED, Turn

MARKS = re.compile(r"([\\`*_\[\]<>#&|~])")
TICKS = re.compile(r"`+")
EMPTY = {"rated": "not stated", "owner": "not stated"}

Names = Mapping[str, str]
"""Criteria's names by their keys."""


def write_difference(title: str, points: tuple[str, str], difference: Difference, new: v.Matrix, old: v.Matrix) -> str:
    """A difference as a document: the counts, each environment with what became of it, then the matrix itself."""
    names = {one.key: heading(one.name).name for one in (*old.criteria, *new.criteria)}
    parts = [f"# What differs in {_plain(title)}", f"From {points[0]} to {points[1]}.", _counts(difference)]
    if difference.fates:
        parts += ["## Environments", *(_fate(fate, names) for fate in difference.fates)]
    if difference.own:
        told = zip(difference.own, difference.own_changes, strict=True)
        parts += ["## The matrix itself", "\n".join(line for turn, change in told for line in _own(turn, change))]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _counts(difference: Difference) -> str:
    if difference.is_empty:
        return "Nothing differs."
    number = len(difference.fates)
    told = [f"{number} environment{'s' if number != 1 else ''} changed"]
    return "\n".join(f"- {one}" for one in [*told, *(f"{one.number} {one.sign.counted}" for one in difference.counts)])


def _fate(fate: Fate, names: Names) -> str:
    lines = (line for one in fate.lines for line in _line(one, names))
    return "\n".join([f"### {_plain(fate.name)}", "", *lines])


def _line(line: Line, names: Names) -> Iterator[str]:
    change = line.changes[0]
    word = f"**{line.sign.word}**" if line.sign else ""
    if line.sign in (ADDED, BACK):
        yield f"- {word} in {code(change.field)}"
        yield from (f"  - {code(said)}" for said in unfolded(change.new))
    elif line.sign is RETIRED:
        yield f"- {word}{_retired(change.new)}"
    elif line.sign is ABSENT:
        yield f"- {word}: it stood in {code(change.field)}"
    elif line.turn.label == CONVERTED:
        yield f"- {CONVERTED}: {_converted(line.changes, names)}"
    else:
        label = "" if line.sign and not line.label else _plain(line.label)
        yield from _said(" ".join(filter(None, (word, label))), change)


def _own(turn: Turn, change: v.Change) -> Iterator[str]:
    name = f" ({_plain(change.name)})" if change.name else ""
    yield from _said(f"{_plain(turn.label)}{name}", change)


def _retired(text: str) -> str:
    retired = read_retirement_text(text)
    if retired is None:
        return ""
    successor = f", followed by {code(retired.successor)}" if retired.successor else ""
    return f" on {retired.date.isoformat()}{successor}: {code(retired.reason) or 'no reason given'}"


def _converted(changes: tuple[v.Change, ...], names: Names) -> str:
    """All that the old criteria said, and all that the new ones say."""
    was = [f"{code(one.old)} ({_plain(names.get(one.field, one.field))})" for one in changes if one.old]
    now = [f"{code(one.new)} ({_plain(names.get(one.field, one.field))})" for one in changes if one.new]
    return f"{', '.join(was) or 'not stated'} → {', '.join(now) or 'not stated'}"


def _said(label: str, change: v.Change) -> Iterator[str]:
    """A change as one line, or with both texts below it where one of them has several lines."""
    nothing = EMPTY.get(change.what, "nothing")
    if "\n" not in change.old + change.new:
        yield f"- {label}: {code(change.old) or nothing} → {code(change.new) or nothing}"
        return
    yield f"- {label}:"
    for word, text in (("Before", change.old), ("After", change.new)):
        yield f"\n  {word}:\n\n{fenced(text)}" if text else f"\n  {word}: {nothing}"
    yield ""


def code(text: str) -> str:
    """A text of one line as a code span that holds its own backticks; "" for nothing."""
    if not text:
        return ""
    line = " ".join(text.split("\n"))
    ticks = "`" * (max((len(run) for run in TICKS.findall(line)), default=0) + 1)
    pad = " " if ticks != "`" or line.strip(" ") != line else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def fenced(text: str) -> str:
    """A text of several lines as a fenced block within a list item."""
    ticks = "`" * max(3, max((len(run) for run in TICKS.findall(text)), default=0) + 1)
    return "\n".join(f"  {line}" if line else "" for line in (ticks, *text.split("\n"), ticks))


def _plain(text: str) -> str:
    """A text of one line in which nothing is markup."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
