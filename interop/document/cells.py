"""What the cells say that do not rate: names, owners and references.

A cell keeps its author's words beside what is read here, so a doubt costs nothing: words that are no reference stay
in the cell, and what says "nobody" is no owner.
"""

import re
from collections.abc import Iterator, Sequence

from interop.document.tables import words
from interop.document.values import Reference

LABEL_LIMIT = 500
URL_LIMIT = 2000
NAME_LIMIT = 200
ITALIC = re.compile(r"(\*|_)(?![*_\s])(?:(?!\1).)+\1")
CATCH_ALL = re.compile(
    r"(?:all |any )?others?"
    r"(?: (?:environments?|providers?|platforms?|targets?|clouds?|distributions?|distros?|systems?))?"
    r"|any(?: other)? .+|your(?: own)? .+|everything else|anything else|\.\.\.|\u2026|etc\.?",
    re.IGNORECASE,
)
VACANT = re.compile(
    r"(?:no(?: current)? (?:owner|maintainer|contact|one)|none|nobody|vacant|open|unowned|unmaintained|unassigned"
    r"|orphaned|owner wanted|wanted|help wanted|needs? (?:an )?owner|looking for (?:an )?owner|not applicable"
    r"|n\.?/?a\.?|tb[adc]\.?|to be (?:determined|defined)|unknown|null|[-\u2013\u2014?.\u2026]+)",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\((.*)\)|\[(.*)\]|<(.*)>")
SEPARATOR = re.compile(r"[,;]|<br\s*/?>|\s(?:/|&|\+|and|und)\s", re.IGNORECASE)
GROUP = re.compile(
    r"\b(?:team|group|wg|sig|maintainers|developers|project|community|working|committee)\b", re.IGNORECASE
)
REFERENCE = re.compile(
    r"\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<target>(?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
    r"|<?(?P<url>https?://[^\s<>|]+)>?"
    r"|(?P<number>(?:\b[\w.-]+/[\w.-]+)?#\d+|\b[A-Z]{2,}-\d+\b|(?<!\w)![0-9]+)"
)


def read_name(cell: str) -> str:
    """An environment's name without marks, or the cell itself where nothing else would be left."""
    return words(cell) or cell


def is_catch_all(cell: str) -> bool:
    """Whether a row names no single environment: its name is set in italics or speaks of "others"."""
    return bool(ITALIC.fullmatch(cell) or CATCH_ALL.fullmatch(words(cell)))


def is_vacant(cell: str) -> bool:
    """Whether an owner or reference cell says that there is none."""
    said = words(cell).strip()
    bracketed = BRACKETED.fullmatch(said)
    inner = next((group for group in bracketed.groups() if group is not None), "") if bracketed else said
    return not inner.strip() or bool(VACANT.fullmatch(inner.strip()))


def read_owners(cell: str) -> tuple[str, ...]:
    """The owners a cell names, people, teams and roles as written; none where it says that there is none."""
    if is_vacant(cell):
        return ()
    named = (words(piece).strip()[:NAME_LIMIT] for piece in _apart(cell))
    return tuple(dict.fromkeys(name for name in named if name and not is_vacant(name)))


def _apart(cell: str) -> Iterator[str]:
    """The parts of a list, divided at separators outside of brackets; a team's name may hold an "and"."""
    at = 0
    for match in SEPARATOR.finditer(cell):
        before, after = cell[at : match.start()], cell[match.end() :]
        joins = match[0].strip().isalpha() and (GROUP.search(after[:80]) and not after.lstrip().startswith("@"))
        if any(before.count(left) > before.count(right) for left, right in ("()", "[]")) or joins:
            continue
        yield before
        at = match.end()
    yield cell[at:]


def write_owners(owners: Sequence[str]) -> str:
    """A cell that names owners."""
    return ", ".join(owners)


def read_references(cell: str) -> tuple[Reference, ...]:
    """The references in a cell; one of its words alone where it holds neither number nor address."""
    if is_vacant(cell):
        return ()
    found = [_reference(match) for match in REFERENCE.finditer(cell)]
    return tuple(dict.fromkeys(found)) or (Reference(words(cell)[:LABEL_LIMIT]),)


def _reference(match: re.Match[str]) -> Reference:
    if match["number"]:
        return Reference(match["number"])
    if match["url"]:
        url = _without_punctuation(match["url"])
        return Reference(url[:LABEL_LIMIT], url if len(url) <= URL_LIMIT else "")
    target = match["target"] if len(match["target"]) <= URL_LIMIT else ""
    return Reference((words(match["label"]) or match["target"])[:LABEL_LIMIT], target)


def _without_punctuation(url: str) -> str:
    """An address without what only follows it in a sentence; a parenthesis it opened stays."""
    end = len(url)
    closing = url.count(")") - url.count("(")
    while end and (url[end - 1] in ".,;:!?'\"]*" or (url[end - 1] == ")" and closing > 0)):
        end -= 1
        closing -= url[end] == ")"
    return url[:end]


def write_references(references: Sequence[Reference]) -> str:
    """A cell that names references."""
    return ", ".join(_written(one) for one in references)


def _written(reference: Reference) -> str:
    if not reference.url:
        return reference.label
    return reference.url if reference.label == reference.url else f"[{reference.label}]({reference.url})"
