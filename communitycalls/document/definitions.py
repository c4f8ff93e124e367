"""Definitions of links and footnotes, which stand apart from the texts that use them.

Each text of a call is shown and kept by itself, so a definition goes along with every text that uses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from communitycalls.document.outline import DEFINITION, Line, Passage


@dataclass
class Definitions:
    """A document's definitions by what refers to them, in lower case; `used` are those some text uses."""

    passages: dict[str, Passage]
    used: set[str] = field(default_factory=set)

    def carry(self, text: str) -> str:
        """The text with the definitions it uses and does not hold itself."""
        needed = [passage.text for passage in self._needed(text)]
        return "\n\n".join([text, *needed]) if needed else text

    def with_definitions(self, part: Passage) -> Passage:
        """The passage with the definitions it uses, as lines without number."""
        rows = [Line(None, row.text) for passage in self._needed(part.text) for row in (Line(None, ""), *passage.rows)]
        return Passage([*part.rows, *rows], part.depth) if rows else part

    def _needed(self, text: str) -> Iterator[Passage]:
        lower = text.lower()
        for label, passage in self.passages.items():
            if f"[{label}]" in lower:
                self.used.add(label)
                if f"[{label}]:" not in lower:
                    yield passage


def read_definitions(document: Passage) -> Definitions:
    found: dict[str, Passage] = {}
    for block in document.blocks:
        match = DEFINITION.match(document.rows[block.start].text) if block.kind == "definition" else None
        if match:
            found.setdefault(match[1].lower(), document.of(block))
    return Definitions(found)
