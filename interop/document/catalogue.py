"""Known issues: the catalogue that defines them and the cells that name them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interop.document.blocks import Block, Kind, Source
from interop.document.pipes import split
from interop.document.tables import words
from interop.document.values import KnownIssue

CANONICAL = "## Known issues"
CODE_LIMIT = 120
ITEM = re.compile(
    r"(?P<mark>\*\*`?|__|`)(?P<code>[^`*\n]+?)(?P<colon>:?)(?:`?\*\*|__|`)\s*(?:[:=]|[-\u2013\u2014]\s|(?<=:)|$)\s*(?P<definition>.*)",
    re.DOTALL,
)
TITLE = re.compile(r"\b(?:issues?|limitations?|problems?|bugs?)\b", re.IGNORECASE)
CODE_COLUMN = re.compile(r"(?:known )?(?:issues?|codes?|ids?|limitations?|problems?|bugs?|names?)", re.IGNORECASE)
DEFINITION_COLUMN = re.compile(r"(?:descriptions?|definitions?|meanings?|explanations?|details)", re.IGNORECASE)
SPAN = re.compile(r"(?<!`)(`+)(?!`)(?P<code>[^`]+)\1(?!`)")
JOINT = re.compile(r"(?:\s|[,;/&+]|<br\s*/?>|\band\b|\bor\b|\.$)*", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,|;|&|\band\b|<br\s*/?>)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Catalogue:
    """The known issues a document defines. `introduction` is the Markdown above them, `spans` the 0-based lines."""

    introduction: str
    issues: tuple[KnownIssue, ...]
    spans: tuple[tuple[int, int], ...]


def read_issues(cell: str, codes: Collection[str]) -> tuple[str, ...]:
    """The codes that an issues cell names: in backticks, or bare where the catalogue (`codes`) defines them all.

    None where the cell says anything else beside codes: "No known issues", or prose.
    """
    found = [match["code"].strip() for match in SPAN.finditer(cell)]
    if found and max(map(len, found)) <= CODE_LIMIT and JOINT.fullmatch(SPAN.sub(" ", cell)):
        return tuple(dict.fromkeys(found))
    listed = [words(part) for part in LISTED.split(cell) if part.strip()]
    return tuple(dict.fromkeys(listed)) if listed and all(part in codes for part in listed) else ()


def write_issues(codes: Sequence[str]) -> str:
    """A cell that names known issues."""
    named = [f"`{code}`" for code in codes]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def codes_in(cell: str) -> frozenset[str]:
    """The codes in backticks in a cell."""
    return frozenset(match["code"].strip() for match in SPAN.finditer(cell))


def find_catalogue(source: Source, used: Collection[str], kept: Collection[Block]) -> Catalogue:
    """The lists and tables that define known issues, under the introduction of the first.

    `used` are the codes that cells name in backticks; a heading or line above that speaks of issues will do as well.
    `kept` are blocks that have another duty.
    """
    introduction, definitions = "", dict[str, list[str]]()
    spans: list[tuple[int, int]] = []
    for place, block in enumerate(source.blocks):
        found = _issues(source, block) if block not in kept else ()
        start = _introduction(source, place, kept) if found else block.start
        above = source.text(start, block.start)
        many = sum(code in used for code, _ in found) * 2 >= len(found)
        if found and (many or (TITLE.search(above) and (not spans or TITLE.search(introduction or CANONICAL)))):
            introduction = introduction if spans else above
            spans += [(block.start, block.end)] if spans else [(start, block.start), (block.start, block.end)]
            for code, definition in found:
                definitions.setdefault(code, []).append(definition)
    issues = (KnownIssue(code, "\n\n".join(filter(None, dict.fromkeys(said)))) for code, said in definitions.items())
    return Catalogue("" if introduction == CANONICAL else introduction, tuple(issues), tuple(spans))


def _issues(source: Source, block: Block) -> tuple[tuple[str, str], ...]:
    """Codes and definitions in a list or a table; none where anything else stands in it."""
    if block.kind is Kind.LIST:
        matches = [ITEM.fullmatch(item) for item in source.items(block)]
        found = [(match["code"].strip(), match["definition"]) for match in matches if match]
        complete = len(found) == len(matches)
    elif block.kind is Kind.TABLE and is_catalogue_table(split(source.lines[block.start])):
        rows = [split(line) for line in source.lines[block.start + 2 : block.end]]
        found = [(words(row[0]), row[1]) for row in rows if len(row) == 2 and row[0]]
        complete = len(found) == len(rows)
    else:
        return ()
    return tuple(found) if complete and all(0 < len(code) <= CODE_LIMIT for code, _ in found) else ()


def is_catalogue_table(header: Sequence[str]) -> bool:
    """Whether a table's header is that of a catalogue: an issue and what it means."""
    names = [words(name) for name in header]
    return len(names) == 2 and bool(CODE_COLUMN.fullmatch(names[0]) and DEFINITION_COLUMN.fullmatch(names[1]))


def _introduction(source: Source, place: int, kept: Collection[Block]) -> int:
    """The line where what introduces a catalogue begins: a heading with the text below it, or the line above."""
    text = source.blocks[place - 1] if place and source.blocks[place - 1].kind is Kind.TEXT else None
    above = place - 2 if text else place - 1
    if above >= 0 and source.blocks[above].kind is Kind.HEADING and source.blocks[above] not in kept:
        return source.blocks[above].start
    if text and (source.lines[text.end - 1].rstrip(" *_").endswith(":") or TITLE.search(source.lines[text.end - 1])):
        return text.end - 1
    return source.blocks[place].start


def write_item(issue: KnownIssue) -> str:
    """The line of a catalogue that defines an issue."""
    return f"`{issue.code}`: {issue.definition}" if issue.definition else f"`{issue.code}`"
