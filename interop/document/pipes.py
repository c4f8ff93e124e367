"""Rows of pipe tables.

Rows are split by the rules of GitHub Flavored Markdown 0.29, section 4.10 (a pipe divides even inside a code span,
`\\|` does not), but from the source line, so that no cell is dropped and none is padded in silence.
"""

import re

BLANK = re.compile(r"(?:[\s\u00a0\u200b\u2060\ufeff]|&nbsp;)*")
RULE = re.compile(r"\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s{0,3}\|\s*:?-+:?\s*\|\s*")


def split(line: str) -> tuple[str, ...]:
    """The cells of a table's row, trimmed and with `\\|` read as a pipe."""
    pieces = [""]
    escaped = False
    for character in line.strip():
        if character == "|" and not escaped:
            pieces.append("")
        elif character == "|":
            pieces[-1] = pieces[-1][:-1] + "|"
        else:
            pieces[-1] += character
        escaped = character == "\\"
    if pieces[0] == "":
        pieces = pieces[1:]
    if pieces and pieces[-1] == "":
        pieces = pieces[:-1]
    return tuple("" if BLANK.fullmatch(piece) else piece.strip() for piece in pieces)


def ruled(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines with every table's rule as wide as its header, so that a slip in it does not undo the table."""
    return tuple(
        "|---" * width + "|"
        if number and RULE.fullmatch(line) and (width := _mended(lines[number - 1], line))
        else line
        for number, line in enumerate(lines)
    )


def _mended(header: str, rule: str) -> int:
    """How many columns a rule should have, 0 where it needs no mending."""
    width = len(split(header))
    return width if width > 1 and "|" in header and width != len(split(rule)) else 0
