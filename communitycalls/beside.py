"""Conflicts for a terminal: what stands here on the left, what the document says on the right."""

from collections.abc import Iterator
from itertools import zip_longest
from shutil import get_terminal_size
from textwrap import wrap

from communitycalls.importer.plain import Shown

NARROWEST, WIDEST = 50, 140


def beside(one: Shown, width: int | None = None) -> str:
    """A conflict as two columns below its id and name. `width` is in characters, the terminal's by default."""
    space = max(NARROWEST, min(WIDEST, width or get_terminal_size((100, 24)).columns - 2))
    column = (space - 3) // 2
    left = ["here", "-" * column, *_lines(one.here, column, "(not here)" if one.gone == "here" else "(empty)")]
    right = "(not in the document)" if one.gone == "document" else "(empty)"
    other = ["document", "-" * column, *_lines(one.there, column, right)]
    rows = zip_longest(left, other, fillvalue="")
    return "\n".join([heading(one), *(f"{mine:<{column}} | {theirs}".rstrip() for mine, theirs in rows)])


def heading(one: Shown) -> str:
    number = "Conflict" if one.pk is None else f"Conflict {one.pk}"
    return f"{number}: {one.about}{f', {one.label.lower()}' if one.label else ''}"


def conflict_payload(one: Shown) -> dict[str, object]:
    """A conflict for a JSON report; `id` is null where nothing was written."""
    return {"id": one.pk, "about": one.about, "field": one.label, "here": one.here, "document": one.there}


def _lines(text: str, width: int, empty: str) -> Iterator[str]:
    if not text:
        yield empty
    for line in text.splitlines():
        yield from wrap(line, width, replace_whitespace=False, subsequent_indent="  ") or [""]
