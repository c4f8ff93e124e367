"""Matrix changes that a call recorded, as its document lists them.

# Matrix changes

1. **EC2** (matrix: flatcar; environment: ec2; what: rated; field: Support level)
   - Old: L3
   - New: L2
   - Note: tested since May
"""

import re

from communitycalls.document import compose, facts
from communitycalls.document.outline import Passage, marker_number, passage, unquote
from communitycalls.document.values import MatrixChange

KEYS = frozenset({"matrix", "environment", "what", "field", "kind"})
HEAD = re.compile(r"\*\*((?:\\.|[^*\\])*)\*\* \((.*)\)")
TEXTS = ("Old", "New", "Note")
QUOTED = " (quoted)"


def read_changes(body: Passage) -> tuple[MatrixChange, ...] | None:
    """The changes of a section in the writer's own form; None for anything else."""
    found: list[MatrixChange] = []
    for block in body.blocks:
        if block.kind != "list":
            return None
        for item in block.items:
            change = _read_change(body.item(item), marker_number(body.rows[item.start]) or len(found) + 1)
            if change is None:
                return None
            found.append(change)
    return tuple(found) or None


def _read_change(item: Passage, number: int) -> MatrixChange | None:
    first = HEAD.fullmatch(item.rows[0].text.strip()) if item.rows else None
    said = facts.pairs_of(first[2], KEYS) if first else None
    texts = _read_texts(item)
    if not first or not said or texts is None:
        return None
    values = {key: facts.unescape(value) for key, value in said.items()}
    return MatrixChange(
        number,
        values.get("matrix", ""),
        values.get("environment", ""),
        facts.unescape(first[1]),
        values.get("what", ""),
        values.get("field", ""),
        texts.get("Old", ""),
        texts.get("New", ""),
        values.get("kind", "change"),
        texts.get("Note", ""),
    )


def _read_texts(item: Passage) -> dict[str, str] | None:
    """The nested list's texts by their label; None where anything else stands there."""
    found: dict[str, str] = {}
    for block in item.part(1).blocks:
        for nested in block.items:
            text = item.part(1).item(nested).text
            name, colon, rest = text.partition(":")
            bare = name.removesuffix(QUOTED)
            if not colon or bare not in TEXTS:
                return None
            said = rest.removeprefix(" ").lstrip("\n")
            found[bare] = said if bare == name else unquote(passage(said))
        if not block.items:
            return None
    return found


def write_change(change: MatrixChange) -> str:
    """A change as a list item, which `read_changes` reads back; its texts as quotes where they would be misread."""
    plain = _write(change, quote=False)
    return plain if read_changes(passage(plain)) == (change,) else _write(change, quote=True)


def _write(change: MatrixChange, *, quote: bool) -> str:
    pairs = {
        "matrix": change.matrix,
        "environment": change.environment,
        "what": change.what,
        "field": change.field,
        "kind": "" if change.kind == "change" else change.kind,
    }
    said = "; ".join(f"{key}: {facts.escape(value)}" for key, value in pairs.items() if value)
    texts = zip(TEXTS, (change.old, change.new, change.note), strict=True)
    marker = f"{change.number}. "
    rows = [f"{marker}**{facts.escape(change.name)}** ({said})"]
    rows += [compose.indented(f"{' ' * len(marker)}- ", _text(name, text, quote=quote)) for name, text in texts if text]
    return "\n".join(rows)


def _text(name: str, text: str, *, quote: bool) -> str:
    return f"{name}{QUOTED}:\n{compose.as_quote(text)}" if quote else f"{name}: {text}"
