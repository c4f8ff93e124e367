"""How the whole project reads and shows Markdown: the one module that knows the parser and the sanitiser.

Readers and pages share one parser, so what was read is what is shown: CommonMark with GitHub's additions and no raw
HTML but `<br>` and comments. Showing is parsing, a pass over the tokens that makes them safe for a strict content
security policy and for a page that holds several documents, drawing, and a sanitiser that would catch what the pass
forgot. Text that is too long or too deep to be read whole is shown as it was written: nothing is dropped.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote.index import footnote_tail
from mdit_py_plugins.gfm import gfm_plugin
from mdit_py_plugins.utils import is_code_block

from interop.allowlist import POLICY, allowed, is_own_image, is_relative, is_safe_address
from interop.document.errors import DocumentError

__all__ = ["Resolve", "Token", "lines", "parse", "parser", "plain", "render", "render_inline"]

Resolve = Callable[[str], str | None]
Read = Callable[[str, EnvType], list[Token]]

LENGTH_LIMIT = 200_000
NESTING_LIMIT = 24
PIECE_LIMIT = 4_000
UNMARKED = 8_000
ASIDE_LIMIT = 200
COMMENT_LIMIT = 4_000

LINE_END = re.compile(r"\r\n?|\n")
PIECE = re.compile(rf".{{1,{PIECE_LIMIT}}}(?:\s|\Z)|.{{{PIECE_LIMIT}}}", re.DOTALL)
SMALL_PIECE = re.compile(r".{1,400}(?:\s|\Z)|.{400}", re.DOTALL)
INLINE_HTML = re.compile(rf"<br\s{{0,9}}/?>|<!--.{{0,{COMMENT_LIMIT}}}?-->", re.DOTALL | re.IGNORECASE)
ALIGNMENT = re.compile(r"text-align:(left|center|right)")
NOT_IN_SLUG = re.compile(r"[^\w\- ]")

# what XML and the sanitiser cannot carry becomes the replacement character; old page and line breaks become blanks
CARRIED = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
CARRIED |= {0x0B: " ", 0x0C: " "}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser that readers and pages share."""
    options: dict[str, Any] = {"html": False, "typographer": False, "maxNesting": NESTING_LIMIT}
    md = MarkdownIt("commonmark", options, renderer_cls=_Drawing).use(gfm_plugin)
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
    return _read(text.translate(CARRIED), {"unmarked": UNMARKED}, parser().parse)


def render(text: str, *, shift: int = 0, prefix: str = "", resolve: Resolve | None = None) -> str:
    """Sanitised HTML of a Markdown text.

    Headings go `shift` levels down. `prefix` names the document on its page: with it every heading has an id,
    without it only those that the text itself links to. `resolve` is asked for the address of every relative link
    or image; without an answer they become their text, with the target in parentheses.
    """
    return _show(text, _Page(shift, prefix, bool(prefix), resolve), parser().parse)


def render_inline(text: str, *, resolve: Resolve | None = None) -> str:
    """Sanitised HTML of one line of Markdown, such as a cell or a title, without a paragraph around it."""
    return _show(text, _Page(0, "", False, resolve), parser().parseInline)


def plain(text: str) -> str:
    """The words of a Markdown text without its marks, a line for each block: for feeds, search and titles."""
    try:
        tokens = parse(text)
    except DocumentError:
        return text.translate(CARRIED)
    written = "".join(_plain_block(token) for token in tokens)
    return "\n".join(line.strip() for line in written.split("\n") if line.strip())


# reading


def _read(text: str, env: EnvType, read: Read) -> list[Token]:
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


# showing


@dataclass
class _Page:
    """What showing a document needs to know. `key` keeps its ids apart from others; `slugs` are its headings."""

    shift: int
    key: str
    named: bool
    resolve: Resolve | None
    slugs: dict[str, Token] = field(default_factory=dict)

    def identity(self, slug: str) -> str:
        return f"md-{self.key}-{slug}"

    def address(self, target: str) -> str | None:
        """The address a link to `target` gets, or None where there is none that a page may carry."""
        if target.startswith("#"):
            slug = unquote(target[1:])
            return f"#{self.identity(slug)}" if slug in self.slugs else target
        if self.resolve is not None and is_relative(target):
            target = self.resolve(unquote(target)) or ""
        return target if is_safe_address(target) else None


def _show(text: str, page: _Page, read: Read) -> str:
    text = text.translate(CARRIED)
    page.key = re.sub(r"[^\w-]", "-", page.key) or blake2s(text.encode(), digest_size=4).hexdigest()
    env: dict[str, Any] = {"docId": page.key}
    try:
        tokens = _footnotes_last(_read(text, env, read), env)
    except DocumentError as error:
        return _as_written(text, error)
    _prepare(tokens, page)
    drawn: str = parser().renderer.render(tokens, parser().options, env)
    return CLEANER.clean(drawn)


def _as_written(text: str, error: DocumentError) -> str:
    return CLEANER.clean(f"<p>{escape(error.message)} It is shown as it was written.</p>{PRE}{escape(text)}</pre>")


def _footnotes_last(tokens: list[Token], env: EnvType) -> list[Token]:
    """The tokens with footnotes moved to the end; one that nothing refers to stays where it is, with its mark."""
    refs: dict[str, int] = env.get("footnotes", {}).get("refs", {})
    state = StateCore("", parser(), env, list(_unwrapped(tokens, refs)))
    footnote_tail(state)
    return state.tokens


def _unwrapped(tokens: list[Token], refs: dict[str, int]) -> Iterator[Token]:
    unused, mark = [False], ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            unused.append(refs.get(":" + token.meta["label"], -1) < 0)
            mark = f"[^{token.meta['label']}]: " if unused[-1] else mark
        if token.type == "inline" and mark:
            token.children = [Token("text", "", 0, content=mark), *(token.children or [])]
            mark = ""
        if not (unused[-1] and token.type.startswith("footnote_reference_")):
            yield token
        if token.type == "footnote_reference_close":
            unused.pop()


def _prepare(tokens: list[Token], page: _Page) -> None:
    """Make tokens fit for a page: levels and ids of headings, addresses of links, tables without inline style."""
    page.slugs = _slugs(tokens)
    for slug in page.slugs.keys() & (page.slugs.keys() if page.named else _fragments(tokens)):
        page.slugs[slug].attrSet("id", page.identity(slug))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(1, int(token.tag[1]) + page.shift))}"
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.type == "inline":
            token.children = list(_linked(token.children or [], page))
    _head_tables(tokens)


def _slugs(tokens: list[Token]) -> dict[str, Token]:
    """Headings by the names that links use for them: GitHub's, the second `name` being `name-1`."""
    slugs: dict[str, Token] = {}
    seen: Counter[str] = Counter()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            name = NOT_IN_SLUG.sub("", _words(inline.children or []).strip().lower()).replace(" ", "-") or "section"
            slug = name
            while slug in slugs:
                seen[name] += 1
                slug = f"{name}-{seen[name]}"
            slugs[slug] = opening
    return slugs


def _fragments(tokens: list[Token]) -> set[str]:
    links = (child for token in tokens for child in token.children or [] if child.type == "link_open")
    return {unquote(str(link.attrs["href"])[1:]) for link in links if str(link.attrs["href"]).startswith("#")}


def _align(token: Token) -> None:
    alignment = ALIGNMENT.search(str(token.attrs.pop("style", "")))
    if alignment:
        token.attrSet("class", f"to-{alignment[1]}")


def _head_tables(tokens: list[Token]) -> None:
    """Name each table by its header cells; make a header cell with nothing in it a plain one."""
    tables: list[Token] = []
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "table_open":
            tables.append(opening)
            opening.meta["label"] = f"Table {len(tables)}"
        elif opening.type == "th_open" and inline.content:
            opening.attrSet("scope", "col")
            label = tables[-1].meta["label"]
            tables[-1].meta["label"] = (
                f"{label}{',' if ':' in label else ':'} {' '.join(_words(inline.children or []).split())}"
            )
        elif opening.type == "th_open":
            opening.tag = closing.tag = "td"


def _linked(children: Sequence[Token], page: _Page) -> Iterator[Token]:
    """The tokens of one block, every link and image in it either with an address it may have or turned into text."""
    address: str | None = ""
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            address = page.address(target)
            if address is not None:
                token.attrs["href"] = address
                yield token
        elif token.type == "link_close":
            yield token if address is not None else _aside("" if token.info == "auto" else target)
            address = ""
        elif token.type == "image":
            yield from _pictured(token, page, inside=bool(address))
        else:
            yield token


def _pictured(token: Token, page: _Page, inside: bool) -> Iterator[Token]:
    """An image of this site's own; of any other its description, as a link where that may be one."""
    target = str(token.attrs["src"])
    address = page.address(target)
    words = Token("text", "", 0, content=_words(token.children or []).strip() or "image")
    if address and is_own_image(address):
        token.attrs["src"] = address
        yield token
    elif inside:
        yield words
    elif address:
        yield from (Token("link_open", "a", 1, attrs={"href": address}), words, Token("link_close", "a", -1))
    else:
        yield from (words, _aside(target))


def _aside(target: str) -> Token:
    """The target of what cannot be a link, shortened where nobody could read it."""
    shown = parser().normalizeLinkText(target)
    shown = shown if len(shown) <= ASIDE_LIMIT else f"{shown[:ASIDE_LIMIT]}…"
    return Token("text", "", 0, content=f" ({shown})" if shown else "")


def _words(children: Sequence[Token]) -> str:
    return "".join(_word(child) for child in children)


def _word(token: Token) -> str:
    if token.type == "image":
        return _words(token.children or [])
    return {"text": token.content, "code_inline": token.content, "softbreak": " ", "hardbreak": "\n"}.get(
        token.type, ""
    )


def _plain_block(token: Token) -> str:
    if token.type == "inline":
        return _words(token.children or [])
    if token.type in ("fence", "code_block"):
        return token.content
    return " " if token.type in ("td_close", "th_close") else "\n" * (token.nesting == -1)


# drawing and cleaning

TASK_BOX = {True: ("task-done", "done", "☑"), False: ("task-open", "not done", "☐")}
PRE = '<pre tabindex="0" role="group" aria-label="Code">'


class _Drawing(RendererHTML):
    """HTML for the tokens whose usual form no strict policy, keyboard or screen reader could use."""

    def comment(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return ""

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        opening = self.renderToken(tokens, idx, options, env)
        if "checked" not in tokens[idx].meta:
            return opening
        name, label, box = TASK_BOX[tokens[idx].meta["checked"]]
        return f'{opening}<span class="task {name}" role="img" aria-label="{label}">{box}</span> '

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().fence(tokens, idx, options, env).replace("<pre>", PRE, 1)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().code_block(tokens, idx, options, env).replace("<pre>", PRE, 1)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        label = escape(tokens[idx].meta["label"])
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


CLEANER = nh3.Cleaner(
    tags=set(POLICY),
    attributes={"*": set(), **{tag: set(attributes) - {"rel"} for tag, attributes in POLICY.items()}},
    attribute_filter=allowed,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)
