"""The parser that readers and pages share, its limits, and the rules it has beside CommonMark's and GitHub's."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.gfm import gfm_plugin
from mdit_py_plugins.utils import is_code_block

from interop.document.errors import DocumentError
from interop.markdown.drawing import Drawing

Read = Callable[[str, EnvType], list[Token]]

LENGTH_LIMIT = 200_000
NESTING_LIMIT = 24
PIECE_LIMIT = 4_000
UNMARKED = 8_000
COMMENT_LIMIT = 4_000

LINE_END = re.compile(r"\r\n?|\n")
PIECE = re.compile(rf".{{1,{PIECE_LIMIT}}}(?:\s|\Z)|.{{{PIECE_LIMIT}}}", re.DOTALL)
SMALL_PIECE = re.compile(r".{1,400}(?:\s|\Z)|.{400}", re.DOTALL)
INLINE_HTML = re.compile(rf"<br\s{{0,9}}/?>|<!--.{{0,{COMMENT_LIMIT}}}?-->", re.DOTALL | re.IGNORECASE)

# what XML and the sanitiser cannot carry becomes the replacement character; old page and line breaks become blanks
CARRIED = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
CARRIED |= {0x0B: " ", 0x0C: " "}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser that readers and pages share."""
    options: dict[str, Any] = {"html": False, "typographer": False, "maxNesting": NESTING_LIMIT}
    md = MarkdownIt("commonmark", options, renderer_cls=Drawing).use(gfm_plugin)
    md.disable("footnote_tail")  # readers meet a footnote where it stands; pages move it to the end
    md.core.ruler.at("inline", _inline_in_pieces)
    md.inline.ruler.before("autolink", "break_or_comment", _break_or_comment)
    md.block.ruler.before("html_block", "comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote"]})
    return md


def lines(text: str) -> list[str]:
    """The lines that `Token.map` counts, without their line ends. Unlike `splitlines`, only at CR, LF and CRLF."""
    return LINE_END.split(text)


def parse(text: str) -> list[Token]:
    """The tokens of a Markdown text; `Token.map` is (first line, line after the last), 0-based, into `lines(text)`.

    Beside CommonMark's and GitHub's tokens there are `comment` (block or inline, its text in `content`) and
    `footnote_reference_open` and `…_close` around a footnote where it stands. Raises DocumentError where the text is
    too long or nests too deep to be read whole. A block of more than `UNMARKED` characters has its text as one token.
    """
    return read_tokens(carried(text), {"unmarked": UNMARKED}, parser().parse)


def carried(text: str) -> str:
    """The text as XML and the sanitiser can carry it."""
    return text.translate(CARRIED)


def read_tokens(text: str, env: EnvType, read: Read) -> list[Token]:
    """What `read` makes of a text. Raises DocumentError where that is too long or nests too deep."""
    if len(text) > LENGTH_LIMIT:
        raise DocumentError(f"The text has {len(text):,} characters; at most {LENGTH_LIMIT:,} can be read. Split it.")
    try:
        tokens = read(text, env)
    except RecursionError as error:
        raise DocumentError(f"The text nests too deep; at most {NESTING_LIMIT} levels can be read.") from error
    for token in tokens:
        if token.nesting == 1 and token.level >= NESTING_LIMIT - 1:
            line = token.map[0] + 1 if token.map else None
            raise DocumentError(f"The text nests too deep; at most {NESTING_LIMIT} levels can be read.", line)
    return tokens


def _inline_in_pieces(state: StateCore) -> None:
    """Read the text of each block; a very long one in pieces, because some rules cost the square of the length."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            if len(token.content) > state.env.get("unmarked", LENGTH_LIMIT):
                token.children.append(Token("text", "", 0, content=token.content))
                continue
            for piece in _pieces(token.content):
                found: list[Token] = []  # its own: the rules that pair marks walk over all that was found before
                state.md.inline.parse(piece, state.md, state.env, found)
                token.children += found


def _pieces(text: str) -> list[str]:
    """A text whole, or in pieces, smaller ones where it is very long: their cost grows with the square of a piece."""
    if len(text) <= PIECE_LIMIT:
        return [text]
    return (PIECE if len(text) <= 3 * PIECE_LIMIT else SMALL_PIECE).findall(text)


def _break_or_comment(state: StateInline, silent: bool) -> bool:
    """`<br>` and `<!-- … -->` inside a block: the HTML that people write in tables and templates."""
    match = INLINE_HTML.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        comment = match[0].startswith("<!")
        state.push("comment" if comment else "hardbreak", "" if comment else "br", 0).content = match[0]
    state.pos = match.end()
    return True


def _comment_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A comment that has its lines to itself."""
    start = state.bMarks[line] + state.tShift[line]
    if is_code_block(state, line) or not state.src.startswith("<!--", start):
        return False
    close = state.src.find("-->", start + 4, start + COMMENT_LIMIT) + 3
    last = next((n for n in range(line, end) if state.eMarks[n] >= close or state.sCount[n] < state.blkIndent), end)
    if close < 3 or last == end or state.eMarks[last] < close or state.src[close : state.eMarks[last]].strip():
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.map, token.content = [line, last + 1], state.src[start:close]
        state.line = last + 1
    return True
