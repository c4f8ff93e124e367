"""Legends: the lists, tables and lines that say what a matrix's levels mean.

`read_item` and `write_item` are each other's inverse for every level a legend can declare. A symbol is followed by
its name (`✅ Fully supported - all features work`), a code by its meaning, its name in parentheses
(`L1: everything`, `L1 (Full): everything`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from interop.document.blocks import Block, Kind, Source
from interop.document.pipes import split
from interop.document.ratings import CODE_LIMIT, GRADED, leading_symbol, symbol_of
from interop.document.tables import words
from interop.document.values import Level

NAME_LIMIT = 40
CANONICAL = "Legend:"
TITLE = re.compile(
    r"\b(?:legend|keys?|levels?|symbols?|status(?:es)?|meanings?|ratings?|tiers?|marks?|icons?|notation|scale|values)\b",
    re.IGNORECASE,
)
OWN_LINE = re.compile(r"(?:\*\*|__)?(?:legend|keys?|symbols|levels)(?:\*\*|__)?\s*:(?:\*\*|__)?(?=\s)", re.IGNORECASE)
SEPARATOR = r"(?:\s*(?::|=|→|->|⇒)(?:\s+|$)|\s+[-\u2013\u2014]\s+|=)"
LEAD = re.compile(r"(?::|=|[-\u2013\u2014]|→|->|⇒)\s*")
SYMBOL_ITEM = re.compile(rf"(?P<name>[^\n]+?){SEPARATOR}(?P<meaning>.+)", re.DOTALL)
CODE_ITEM = re.compile(
    rf"(?P<code>[^\s(:=][^(:=\n]*?)(?:\s\((?P<name>[^()\n]{{1,{NAME_LIMIT}}})\))?(?:{SEPARATOR}(?P<meaning>.*))?",
    re.DOTALL,
)
MARKED = re.compile(r"(\*\*|__|`|\*|_)(?P<inner>[^\n]+?)(?P<colon>:?)\1(?P<rest>.*)", re.DOTALL)
TRAIL = " \t\n\\,;|·•/"
CODE_COLUMN = re.compile(
    r"(?:support )?(?:symbol|level|code|mark|icon|status|emoji|value|rating|tier|key|grade)s?", re.I
)
MEANING_COLUMN = re.compile(r"(?:meaning|description|definition|explanation)s?|what it means", re.I)


@dataclass(frozen=True)
class Legend:
    """Levels declared together. `introduction` is the Markdown above them, `spans` the 0-based lines it all takes."""

    introduction: str
    levels: tuple[Level, ...]
    spans: tuple[tuple[int, int], ...]


def read_item(text: str) -> Level | None:
    """The level that a line of a legend declares, without a tone; None where the line declares none."""
    marked = MARKED.fullmatch(text)
    if marked:
        text = f"{marked['inner']}{marked['colon']}{marked['rest']}"
    symbol = leading_symbol(text)
    if symbol:
        return _of_symbol(symbol, text[len(symbol) :].strip())
    match = CODE_ITEM.fullmatch(text)
    code = words(match["code"]) if match else ""
    if match is None or not code or len(code) > CODE_LIMIT or len(code.split()) > 3:
        return None
    return Level(code, "", match["name"] or "", match["meaning"] or "")


def _of_symbol(code: str, rest: str) -> Level:
    lead = LEAD.match(rest)
    said = rest[lead.end() :] if lead else rest
    match = SYMBOL_ITEM.fullmatch(said)
    if match and len(match["name"]) <= NAME_LIMIT:
        return Level(code, symbol_of(code), match["name"], match["meaning"])
    return Level(code, symbol_of(code), said if len(said) <= NAME_LIMIT else "", said)


def write_item(level: Level) -> str:
    """The line of a legend that declares a level."""
    if not level.symbol:
        named = f"{level.code} ({level.name})" if level.name else level.code
        return f"{named}: {level.meaning}" if level.meaning else named
    if level.name and level.meaning and level.name != level.meaning:
        return f"{level.code} {level.name} - {level.meaning}"
    return f"{level.code} {level.meaning or level.name}".rstrip()


@dataclass(frozen=True)
class Clues:
    """What the rest of a document tells of its legends.

    `vocabulary` are the values that its tables' cells hold: a list of other things that only looks like a legend
    shares none with them. `names` are the tables' headers. `kept` are headings that have another duty.
    """

    vocabulary: frozenset[str]
    names: frozenset[str] = frozenset()
    kept: frozenset[Block] = frozenset()


def find_legends(source: Source, clues: Clues) -> Iterator[Legend]:
    """The legends of a document, in order."""
    for place, block in enumerate(source.blocks):
        if block.kind is Kind.LIST:
            yield from _accepted(source, place, _of_list(source.items(block)), clues)
        elif block.kind is Kind.TABLE:
            yield from _accepted(source, place, _of_table(source.lines[block.start : block.end]), clues)
        elif block.kind is Kind.TEXT:
            yield from _in_text(source, place, clues)


def _of_list(items: Sequence[str]) -> tuple[Level, ...]:
    """The levels of a list, all of them once; none where anything else stands in it or could not be written again."""
    levels = [level for level in map(read_item, items) if level is not None and read_item(write_item(level)) == level]
    distinct = len({level.code for level in levels}) == len(levels)
    return tuple(levels) if distinct and len(levels) == len(items) else ()


def is_legend_table(header: Sequence[str]) -> bool:
    """Whether a table's header is that of a legend: a code or symbol, perhaps a name, and a meaning."""
    first, last = words(header[0]), words(header[-1])
    return 2 <= len(header) <= 3 and bool(CODE_COLUMN.fullmatch(first) and MEANING_COLUMN.fullmatch(last))


def _of_table(lines: Sequence[str]) -> tuple[Level, ...]:
    if not is_legend_table(split(lines[0])):
        return ()
    rows = [[*split(line), "", ""][:3] for line in lines[2:]]
    named = len(split(lines[0])) == 3
    return _of_list([_row_item(row[0], row[1] if named else "", row[2] if named else row[1]) for row in rows])


def _row_item(code: str, name: str, meaning: str) -> str:
    mark = words(code)
    if leading_symbol(mark):
        return f"{mark} {name} - {meaning}" if name else f"{mark} {meaning}"
    return f"{mark} ({name}): {meaning}" if name else f"{mark}: {meaning}"


def _accepted(source: Source, place: int, levels: tuple[Level, ...], clues: Clues) -> Iterator[Legend]:
    """The legend, if the tables use its levels or its introduction says that it is one."""
    block = source.blocks[place]
    announced, start = _introduction(source, place, clues)
    introduction = source.text(start, block.start)
    used = sum(level.code in clues.vocabulary for level in levels)
    plain = all(level.symbol or len(level.code) <= 3 for level in levels)
    named = introduction.endswith(":") and set(introduction[:-1].split(", ")) <= clues.names
    explicit = (announced or named or TITLE.search(introduction)) and (used or plain)
    graded = len(levels) > 1 and all(GRADED.fullmatch(level.code) for level in levels)
    if levels and (explicit or graded or used * 2 >= len(levels)):
        yield _legend(introduction, levels, ((start, block.start), (block.start, block.end)))


def _legend(introduction: str, levels: tuple[Level, ...], spans: tuple[tuple[int, int], ...]) -> Legend:
    return Legend("" if introduction == CANONICAL else introduction, levels, spans)


def _introduction(source: Source, place: int, clues: Clues) -> tuple[bool, int]:
    """Whether a heading announces the block as a legend, and the line where its introduction begins."""
    text = source.blocks[place - 1] if place and source.blocks[place - 1].kind is Kind.TEXT else None
    heading = _announcing(source, place - 2 if text else place - 1, clues)
    if heading:
        return True, heading.start
    if text:
        line = source.lines[text.end - 1].strip(" *_")
        if line.endswith(":") or (len(line.split()) <= 6 and TITLE.search(line)):
            return False, text.end - 1
    return False, source.blocks[place].start


def _announcing(source: Source, place: int, clues: Clues) -> Block | None:
    block = source.blocks[place] if place >= 0 else None
    if block is None or block.kind is not Kind.HEADING or block in clues.kept:
        return None
    return block if TITLE.search(block.title) or words(block.title) in clues.names else None


def _in_text(source: Source, place: int, clues: Clues) -> Iterator[Legend]:
    """Legends written as a line or a paragraph: `Legend: ✅ works, ❌ broken`."""
    block = source.blocks[place]
    for start, end in _paragraphs(source, block.start, block.end):
        text = source.text(start, end)
        own = OWN_LINE.match(text)
        levels = _of_list(_items_of_line(text[own.end() if own else 0 :], clues.vocabulary))
        used = sum(level.code in clues.vocabulary for level in levels)
        if len(levels) < 2 or used * 2 < len(levels):
            continue
        heading = _announcing(source, place - 1, clues) if start == block.start else None
        above = source.text(heading.start, heading.end) if heading else ""
        introduction = "\n\n".join(filter(None, [above, own[0] if own else ""]))
        yield _legend(
            introduction, levels, ((heading.start, heading.end), (start, end)) if heading else ((start, end),)
        )


def _paragraphs(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for number in range(start, end + 1):
        if number == end or not source.lines[number].strip():
            if number > at:
                yield at, number
            at = number + 1


def _items_of_line(text: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The items of a legend that stands in one line or paragraph; none where it does not begin with an item."""
    starts = sorted({*_code_starts(text, vocabulary), *_symbol_starts(text)})
    if not starts or text[: starts[0]].strip():
        return ()
    return tuple(text[at:end].strip(TRAIL) for at, end in zip(starts, [*starts[1:], len(text)], strict=True))


def _code_starts(text: str, vocabulary: Collection[str]) -> Iterator[int]:
    codes = "|".join(sorted(map(re.escape, vocabulary), key=len, reverse=True)) or "(?!)"
    pattern = rf"(?<![^\s,;|·•/(])(?:{codes})(?={SEPARATOR})"
    return (match.start() for match in re.finditer(pattern, text))


def _symbol_starts(text: str) -> Iterator[int]:
    drawn = [
        place
        for place, character in enumerate(text)
        if (character == ":" or character > "\x7f")
        and leading_symbol(text[place : place + 40]) not in ("", "\u2013", "\u2014")
    ]
    return (place for place in drawn if place - 1 not in drawn)


def assign(
    legends: Sequence[Legend], names: Mapping[str, str], used: Mapping[str, Collection[str]]
) -> dict[str, Legend]:
    """The legend of each criterion, by the criterion's key.

    `names` are the criteria's names by key, `used` the values in their cells. A legend is for the criteria its
    introduction lists, else for those whose cells use it, else for those named like a scale ("Level", "Status"),
    else for all; the first that is for a criterion has it.
    """
    found: dict[str, Legend] = {}
    for legend in legends:
        codes = {level.code for level in legend.levels}
        meant = _named(legend.introduction, names, found)
        users = [key for key in names if codes & set(used[key])]
        scales = [key for key, name in names.items() if TITLE.search(name)]
        for key in meant or users or scales or names:
            found.setdefault(key, replace(legend, introduction="") if meant else legend)
    return found


def _named(introduction: str, names: Mapping[str, str], taken: Collection[str]) -> list[str]:
    """The criteria that an introduction consists of, such as `Works, Tested:`; of one name the first not `taken`."""
    listed = introduction.removesuffix(":").split(", ") if introduction.endswith(":") else []
    if not set(listed) <= set(names.values()):
        return []
    meant: list[str] = []
    for name in listed:
        same = [key for key in names if names[key] == name and key not in meant]
        meant += [key for key in same if key not in taken][:1] or same[:1]
    return meant


def naming(names: Sequence[str]) -> str:
    """The introduction of a legend that is for the criteria of these names and no others."""
    return f"{', '.join(names)}:"
