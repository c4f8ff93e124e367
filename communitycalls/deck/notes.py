"""Slide notes: from Markdown to drafts of slides.

`---` on a line of its own begins a new slide, and so does a heading of the same rank as the slide's title. The first
heading is the title; `layout: NAME` on a line of its own chooses the kind of slide. Everything else becomes blocks:
nothing is dropped but comments, and what no block can hold is kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from communitycalls.deck import drawings, icons
from communitycalls.deck.blocks import Block, Bullet, Bullets, Heading, Picture, Quote, Table, Text, code, tables
from interop.document import pipes
from interop.document.errors import DocumentError
from interop.markdown import Token, lines, parse, plain

LAYOUT = re.compile(r"^\s*(?:<!--\s*)?layout:\s*([\w -]+?)\s*(?:-->)?\s*$", re.IGNORECASE)
DASH_LINE = re.compile(r"^ {0,3}-{3,}[ \t]*$")
SOURCE = re.compile(r"^\s*(?:[\u2013-\u2015]|--?)\s*(?P<source>\S.*)$", re.DOTALL)
QUOTED = re.compile(r"^[“\"„«](?P<quote>.+)[”\"“»]\s*(?:[\u2013-\u2015]|--?)\s*(?P<source>\S.{0,200})$", re.DOTALL)
QUOTE_MARKS = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))
ALIGNMENT = re.compile(r"text-align:(left|center|right)")
DEEPEST = 3


@dataclass(frozen=True)
class Draft:
    """A slide as written: its title ("" where it has none), the layout it asks for, and its blocks."""

    title: str = ""
    layout: str = ""
    blocks: tuple[Block, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A Markdown block with the blocks inside it; `token` is its opening token."""

    token: Token
    inside: list[Node] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.token.type.removesuffix("_open")

    @property
    def content(self) -> str:
        """The inline Markdown directly inside."""
        return "\n".join(_marked(node.token) for node in self.inside if node.token.type == "inline")


def read_notes(text: str) -> tuple[Draft, ...]:
    """The drafts in slide notes, in order. Text too deep to be read is one draft that shows it as written."""
    try:
        nodes = grow(parse(_prepared(text)))
    except DocumentError as error:
        return (Draft(blocks=(code(text),), remarks=(f"{error.message} It is shown as it was written.",)),)
    return tuple(draft for group in _slides(nodes) if (draft := _draft(group)) != Draft())


def read_points(text: str) -> tuple[Bullet, ...]:
    """A text as bullets: list items as they are, every other paragraph as a bullet of its own."""
    drafts = read_notes(text)
    return tuple(bullet for draft in drafts for block in _titled(draft) for bullet in _bullets(block))


def grow(tokens: Iterable[Token]) -> list[Node]:
    """The tree that a parser's flat tokens describe."""
    root: list[Node] = []
    open_nodes = [root]
    for token in tokens:
        if token.nesting >= 0:
            node = Node(token)
            open_nodes[-1].append(node)
            if token.nesting == 1:
                open_nodes.append(node.inside)
        else:
            open_nodes.pop()
    return root


def _prepared(text: str) -> str:
    """The text with a blank line before every `---`, which would else make a heading of the line above it.

    And with every table's head as wide as its widest row: cells beyond the head would be dropped.
    """
    found: list[str] = []
    written, fence, table_ends = lines(text), "", 0
    for number, line in enumerate(written):
        if not fence and number > table_ends and _is_rule(line, written[number - 1]):
            rows = [*takewhile(_is_row, written[number + 1 :])]
            table_ends = number + len(rows)
            if (more := _beyond(line, rows)) > 0:
                found[-1:] = [_wider(found[-1], "  |" * more), _wider(line, "---|" * more)]
                continue
        mark = re.match(r"^\s*(`{3,}|~{3,})", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        found += ["", line, ""] if not fence and DASH_LINE.match(line) else [line]
    return "\n".join(found)


def _is_rule(line: str, head: str) -> bool:
    """Whether a line stands between a table's head and its rows."""
    return bool(pipes.RULE.fullmatch(line)) and _is_row(head) and len(pipes.split(head)) == len(pipes.split(line))


def _beyond(rule: str, rows: list[str]) -> int:
    """How many cells the widest row of a table has more than its head."""
    width = len(pipes.split(rule))
    return max((len(pipes.split(row)) for row in rows), default=width) - width


def _is_row(line: str) -> bool:
    return "|" in line


def _wider(line: str, cells: str) -> str:
    line = line.rstrip()
    return line + cells if line.endswith("|") and not line.endswith("\\|") else f"{line} |{cells}"


def _slides(nodes: list[Node]) -> Iterator[list[Node]]:
    group: list[Node] = []
    rank = ""
    for node in nodes:
        again = node.kind == "heading" and rank and node.token.tag <= rank
        if node.kind == "hr" or again:
            yield group
            group, rank = [], ""
        if node.kind == "heading" and not rank and not _written(group):
            rank = node.token.tag
        if node.kind != "hr":
            group.append(node)
    yield group


def _written(group: list[Node]) -> bool:
    """Whether a slide holds more than directions."""
    return any(node.kind != "comment" and not _is_direction(node) for node in group)


def _is_direction(node: Node) -> bool:
    return node.kind == "paragraph" and LAYOUT.match(node.content) is not None


def _draft(group: list[Node]) -> Draft:
    layout, title = "", ""
    found: list[Block] = []
    for node in group:
        if node.kind in ("comment", "paragraph") and (match := _direction(node)):
            layout = match
        if node.kind == "heading" and not title and not found:
            title = node.content
        else:
            found += _blocks(node)
    blocks = tuple(_sourced(found))
    return Draft(title, layout, blocks, tuple(drawings.remarks(blocks)))


def _sourced(blocks: list[Block]) -> Iterator[Block]:
    """Blocks with every quote joined to the line after it that names its source with a dash."""
    before: Quote | None = None
    for block in blocks:
        match = SOURCE.match(block.text) if isinstance(block, Text) and before else None
        if before:
            yield Quote(before.paragraphs, match["source"]) if match else before
        before = block if isinstance(block, Quote) and not block.source else None
        if not before and not match:
            yield block
    if before:
        yield before


def _direction(node: Node) -> str:
    text = node.token.content if node.kind == "comment" else node.content
    found = [match[1] for line in lines(text) if (match := LAYOUT.match(line))]
    return re.sub(r"[\s_]+", "-", found[-1].lower()) if found else ""


def _titled(draft: Draft) -> tuple[Block, ...]:
    return (Heading(draft.title), *draft.blocks) if draft.title else draft.blocks


def _bullets(block: Block) -> tuple[Bullet, ...]:
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, Text | Heading):
        return (Bullet(block.text),)
    return tuple(Bullet(line) for line in words_of(block))


def words_of(block: Block) -> list[str]:
    """The texts a block holds, for places that show plain lines alone."""
    match block:
        case Quote():
            return [*block.paragraphs, *([block.source] if block.source else [])]
        case Table():
            return [" · ".join(cell for cell in row if cell) for row in (block.head, *block.rows)]
        case Picture():
            return [block.alt or block.url]
        case Bullets():
            return [item.signed for item in block.items]
        case _:
            return list(getattr(block, "lines", [])) or [str(getattr(block, "text", ""))]


def _blocks(node: Node) -> list[Block]:
    reader = READERS.get(node.kind, _as_text)
    return list(reader(node))


def _as_text(node: Node) -> Iterator[Block]:
    for inner in node.inside:
        if inner.token.type == "inline" and inner.token.content:
            yield Text(_marked(inner.token))
        else:
            yield from _blocks(inner)


def _nothing(node: Node) -> Iterator[Block]:
    return iter(())


def _heading(node: Node) -> Iterator[Block]:
    yield Heading(node.content)


def _paragraph(node: Node) -> Iterator[Block]:
    content = "\n".join(line for line in lines(node.content) if not LAYOUT.match(line))
    pictures = _only_pictures(node)
    if pictures:
        yield from pictures
    elif quoted := QUOTED.match(content.strip()):
        yield Quote((quoted["quote"],), quoted["source"])
    elif content.strip():
        yield Text(content)


def _only_pictures(node: Node) -> list[Picture]:
    children = [child for inline in node.inside for child in inline.token.children or []]
    pictures = [child for child in children if child.type == "image"]
    rest = [child for child in children if child.type != "image" and (child.content.strip() or child.nesting)]
    return [] if rest else [Picture(str(child.attrs["src"]), plain(child.content)) for child in pictures]


def _alert(node: Node) -> Iterator[Block]:
    """The alert's title in bold before its first paragraph."""
    title, *blocks = list(_as_text(node)) or [Text("")]
    lead = f"**{getattr(title, 'text', '')}:**"
    if blocks and isinstance(blocks[0], Text):
        blocks[0] = Text(f"{lead} {blocks[0].text}")
    else:
        blocks.insert(0, Text(lead))
    yield from blocks


def _list(node: Node) -> Iterator[Block]:
    run: list[Bullet] = []
    for piece in _items(node, 0):
        if isinstance(piece, Bullet):
            run.append(piece)
            continue
        if run:
            yield Bullets(tuple(run))
            run = []
        yield piece
    if run:
        yield Bullets(tuple(run))


def _items(node: Node, level: int) -> Iterator[Bullet | Block]:
    number = int(node.token.attrs.get("start", 1)) if node.kind == "ordered_list" else None
    for item in node.inside:
        first = True
        for inner in item.inside:
            if inner.kind in ("bullet_list", "ordered_list"):
                yield from _items(inner, min(level + 1, DEEPEST))
            elif inner.kind == "paragraph":
                yield _bullet(inner, item, level, number, first)
                first = False
            else:
                yield from _blocks(inner)
        number = None if number is None else number + 1


def _bullet(paragraph: Node, item: Node, level: int, number: int | None, first: bool) -> Bullet:
    if not first:
        return Bullet(paragraph.content, level, plain=True)
    if "checked" in item.token.meta:
        icon = "done" if item.token.meta["checked"] else "open"
        return Bullet(paragraph.content, level, number, icon, sign=icons.sign(icon))
    icon, text = icons.split(paragraph.content) if number is None else ("", paragraph.content)
    return Bullet(text, level, number, icon, sign=icons.sign(icon, paragraph.content))


def _quote(node: Node) -> Iterator[Block]:
    paragraphs: list[str] = []
    for block in (block for inner in node.inside for block in _blocks(inner)):
        if isinstance(block, Quote) and block.source:
            yield Quote((*paragraphs, *block.paragraphs), block.source)
            paragraphs = []
        else:
            paragraphs += _quote_texts(block)
    if paragraphs:
        yield _attributed(paragraphs)


def _attributed(paragraphs: list[str]) -> Quote:
    """A quote whose last line names its source where it begins with a dash."""
    body, _, tail = paragraphs[-1].rpartition("\n")
    match = SOURCE.match(tail)
    before = [*paragraphs[:-1], *([body] if body else [])]
    return Quote(_unquoted(before), match["source"]) if match and before else Quote(_unquoted(paragraphs))


def _quote_texts(block: Block) -> list[str]:
    if isinstance(block, Bullets):
        mark = "- " if len(block.items) == 1 else "• "
        return [mark + item.signed for item in block.items]
    return words_of(block)


def _unquoted(paragraphs: list[str]) -> tuple[str, ...]:
    """Paragraphs without the quotation marks around them all: the slide draws its own."""
    whole = "\n\n".join(paragraphs)
    for left, right in QUOTE_MARKS:
        inner = whole[1:-1]
        if len(whole) > 2 and whole[0] == left and whole[-1] == right and left not in inner and right not in inner:
            return tuple(inner.split("\n\n"))
    return tuple(paragraphs)


def _fence(node: Node) -> Iterator[Block]:
    language, _, label = node.token.info.strip().partition(" ")
    yield drawings.read(language, node.token.content) or code(node.token.content, language, label.strip())


def _table(node: Node) -> Iterator[Block]:
    rows = [row for part in node.inside for row in part.inside]
    texts = [tuple(cell.content for cell in row.inside) for row in rows]
    styles = [str(cell.token.attrs.get("style", "")) for cell in rows[0].inside] if rows else []
    aligns = tuple(match[1] if (match := ALIGNMENT.search(style)) else "" for style in styles)
    if texts:
        yield from tables(texts, aligns)


def _marked(inline: Token) -> str:
    """Inline Markdown whose footnote marks read as `_footnote` writes them before the note."""
    found = inline.content
    for child in inline.children or []:
        if child.type == "footnote_ref" and "label" in child.meta:
            found = found.replace(f"[^{child.meta['label']}]", f"\\[{child.meta['label']}\\]")
    return found


def _footnote(node: Node) -> Iterator[Block]:
    for place, block in enumerate(_as_text(node)):
        mark = f"\\[{node.token.meta['label']}\\] " if place == 0 else ""
        yield Text(mark + block.text) if isinstance(block, Text) else block


READERS: dict[str, Callable[[Node], Iterator[Block]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "alert": _alert,
    "fence": _fence,
    "code_block": _fence,
    "table": _table,
    "footnote_reference": _footnote,
    "comment": _nothing,
    "hr": _nothing,
}
