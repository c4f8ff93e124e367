"""Texts, names and days for laws, made from a seed: fast, the same in every run, and as nasty as people's own.

A `Pen` writes them. What Markdown cannot carry is not written: carriage returns, blank lines and space at the ends of
a text, more than one blank within a title, name or label.
"""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from interop.markdown import lines

T = TypeVar("T")

WORDS = tuple(
    "word ship Alpha 1.2.3 2857.0.0 May 19th Tuesday 17:30 CEST @kai #12 Kai Ada: Q: A: [ ] (Kai) none tbd "
    "Decision: ACTION Minutes Q&A Agenda Attendees: Legend: due 2021-06-02 by will L1 X ? week of "
    "and so https://example.org/a_b?c=d&e=f".split()
)
SIGNS = (
    *"* ** _ ` `` [ ] ( ) < > | \\ \\| \\* & ~ ~~ # ## ! $ ^ { } : ; , . = == --- *** - + 1. 2) > \" ' “ ” – —".split(),
    *("**bold**", "*it*", "`code`", "[link](http://x.example)", "![p](a.png)", "<b>", "</script>", "&amp;", "&#x41;"),
    *("<!-- no -->", "<br>", "[^1]", "[ref]", "www.example.org", "a@b.example", "**Note:**", "*Text:*", "\\", "%20"),
    *("😀", "🟢✅", "שלום", "مرحبا", "李明", "e\u0301", "a\u200db", "\u200f", "\ufeff", "\u00ad", "\u2060"),
    *("a\u00a0b", "a\u2028b", "a\x0bb", "a\x0cb", "a\x85b", "a\tb", "\x04", "\ufffd", "x" * 300, "word " * 60),
)
STARTS = (
    "",
    "",
    "",
    "  ",
    "    ",
    "\t",
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    "# ",
    "### ",
    "   - ",
    "- [ ] ",
    "- - ",
    "\u00a0",
)
ROWS = (
    *("", "", "```", "~~~", "---", "===", "***", "| a | b |", "|---|---|", "[ref]: http://x.example", "- ", "#", ">"),
    *("title: x", "+++", "<!-- open", "-->", "*Length: 3 minutes*", "*Slide notes:*", "*Introduction:*", "**Agenda**"),
    *("# Call Minutes", "## Q&A", "- Q: **Why?**", "- Ada: So.", "- line 3: x", "\u2028", "\x0b", "   ", "[^1]: foot"),
)
NAMES = (
    "Ada",
    "kai",
    "Chris Kühl",
    "李明",
    "D'Arcy",
    "a, b",
    "x (y)",
    "Q",
    "none",
    "Alpha",
    "J: K",
    "O*o",
    "-",
    "Ann; B",
)


def trimmed(text: str) -> str:
    """The text without the space at its ends that no document keeps; its first line keeps its indentation."""
    rows = lines(text)
    while rows and not rows[0].strip():
        rows.pop(0)
    return "\n".join(rows).rstrip()


class Pen:
    """Writes values from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def pick(self, values: Sequence[T]) -> T:
        return self.chance.choice(values)

    def maybe(self, make: Callable[[], T], otherwise: T) -> T:
        """What `make` gives, or in half of all cases the other."""
        return make() if self.chance.random() < 0.5 else otherwise

    def rarely(self) -> bool:
        return self.chance.random() < 0.1

    def some(self, make: Callable[[], T], most: int = 2) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.chance.randint(0, most)))

    def number(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def row(self) -> str:
        """Some words in a row, mostly with signs among them."""
        kinds = [self.pick((WORDS, WORDS, SIGNS)) for _ in range(self.number(1, 5))]
        return self.pick((" ", " ", " ", "")).join(self.pick(kind) for kind in kinds)

    def line(self) -> str:
        """Words for a title, a name or a label: no more than one blank in a row, never empty."""
        return " ".join(self.row().split()) or "x"

    def text(self) -> str:
        """Up to six lines of Markdown, or what could be taken for it; never empty."""
        rows = [self._text_row() for _ in range(self.number(1, self.pick((1, 1, 3, 6))))]
        return trimmed("\n".join(rows)) or "x"

    def _text_row(self) -> str:
        return self.pick(ROWS) if self.chance.random() < 0.2 else self.pick(STARTS) + self.row()

    def name(self) -> str:
        return self.line() if self.rarely() else self.pick(NAMES)

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.some(self.name)))

    def day(self) -> dt.date:
        return dt.date(2020, 1, 1) + dt.timedelta(days=self.number(0, 1500))
