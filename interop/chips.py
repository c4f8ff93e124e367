"""How a level looks to readers: a mark and a tone, a word, and what its author added. Pure.

*Not stated*, *unknown* and *no* are three different chips. Words that name no level stay what they are: words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from interop.document.values import Cell, Level, Rating, Tone

SPOKEN = {
    Tone.FULL: "Yes",
    Tone.WORKS: "Yes",
    Tone.PARTIAL: "Partly",
    Tone.CAVEAT: "With caveat",
    Tone.NONE: "No",
    Tone.UNKNOWN: "Unknown",
    Tone.BLANK: "Not stated",
}

LONE = re.compile(r"[xXyYnN]|\[[ xX]\]|[^\w\s]{1,2}|:[a-z0-9_+-]+:")
BETWEEN = re.compile(r"\s*/\s*")
ADDED = re.compile(r"(?P<level>.+?)(?P<uncertain>\s*\?)?(?:\s*\((?P<words>[^()]+)\))?")

Levels = Mapping[str, Level]


@dataclass(frozen=True)
class Chip:
    """`tone` names mark and colour, "words" where there is no level; `aside` is smaller print."""

    tone: str
    word: str
    aside: str = ""
    meaning: str = ""


NOT_STATED = Chip(Tone.BLANK, "Not stated", meaning="Nobody has said anything: not a no")


def word_of(level: Level) -> str:
    """The level's name; else its code; else, where the code is a lone mark such as `X`, what the mark says."""
    if level.name:
        return level.name
    lone = bool(level.symbol or LONE.fullmatch(level.code))
    return SPOKEN[level.tone] if lone or not level.code else level.code


def chip_of(level: Level) -> Chip:
    return Chip(level.tone, word_of(level), meaning=level.meaning)


def chips_of(cell: Cell, levels: Levels) -> tuple[Chip, ...]:
    """What a rating cell says, one chip for each rating; `levels` are its criterion's by code."""
    return tuple(_rated(rating, cell, levels) for rating in cell.ratings) or (_unread(cell),)


def chips_in(text: str, levels: Levels) -> tuple[Chip, ...]:
    """The chips that a change's `old` or `new` stands for; a text that names no level is a chip of words."""
    if not text.strip():
        return (NOT_STATED,)
    if text in levels:
        return (chip_of(levels[text]),)
    found = [_told(part, levels) for part in BETWEEN.split(text.strip())]
    return tuple(chip for chip in found if chip) if all(found) else (Chip("words", text),)


def by_code(levels: Iterable[Level]) -> dict[str, Level]:
    return {level.code: level for level in levels}


def _rated(rating: Rating, cell: Cell, levels: Levels) -> Chip:
    level = levels.get(rating.level) if rating.level is not None else None
    if level is None:
        return Chip("words", rating.words or rating.level or cell.written, _aside(rating, ""))
    return replace(chip_of(level), aside=_aside(rating, rating.words.strip("() ")))


def _aside(rating: Rating, words: str) -> str:
    return ", ".join(filter(None, ("uncertain" if rating.uncertain else "", words, rating.variant)))


def _unread(cell: Cell) -> Chip:
    return Chip("words", cell.written) if cell.written.strip() else NOT_STATED


def _told(text: str, levels: Levels) -> Chip | None:
    match = ADDED.fullmatch(text)
    if text in levels or match is None:
        return chip_of(levels[text]) if text in levels else None
    level = levels.get(match["level"]) or next((one for one in levels.values() if one.name == match["level"]), None)
    aside = ", ".join(filter(None, ("uncertain" if match["uncertain"] else "", match["words"])))
    return replace(chip_of(level), aside=aside) if level else None
