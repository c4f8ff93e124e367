"""Tokens made fit for a page: levels and ids of headings, addresses of links, tables without inline style."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from interop.allowlist import is_own_image, is_relative, is_safe_address
from interop.markdown.parsing import parser
from interop.markdown.words import words

Resolve = Callable[[str], str | None]

ASIDE_LIMIT = 200
ALIGNMENT = re.compile(r"text-align:(left|center|right)")
NOT_IN_SLUG = re.compile(r"[^\w\- ]")


@dataclass
class Page:
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


def prepare(tokens: list[Token], page: Page) -> None:
    """Makes the tokens fit for the page, in place."""
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
            name = NOT_IN_SLUG.sub("", words(inline.children or []).strip().lower()).replace(" ", "-") or "section"
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
                f"{label}{',' if ':' in label else ':'} {' '.join(words(inline.children or []).split())}"
            )
        elif opening.type == "th_open":
            opening.tag = closing.tag = "td"


def _linked(children: Sequence[Token], page: Page) -> Iterator[Token]:
    """The tokens of one block, every link and image in it either with an address it may have or turned into text."""
    address: str | None = ""
    says = True
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            address, says = page.address(target), False
            if address is not None:
                token.attrs["href"] = address
                yield token
        elif token.type == "link_close":
            if address is not None and not says:  # else nobody could see it, nor hear where it leads
                yield Token("text", "", 0, content=_shown(target))
            yield token if address is not None else _aside("" if token.info == "auto" else target)
            address = ""
        elif token.type == "image":
            says = True
            yield from _pictured(token, page, inside=bool(address))
        else:
            says = says or bool(token.content.strip())
            yield token


def _pictured(token: Token, page: Page, inside: bool) -> Iterator[Token]:
    """An image of this site's own; of any other its description, as a link where that may be one."""
    target = str(token.attrs["src"])
    address = page.address(target)
    described = Token("text", "", 0, content=words(token.children or []).strip() or "image")
    if address and is_own_image(address):
        token.attrs["src"] = address
        yield token
    elif inside:
        yield described
    elif address:
        yield from (Token("link_open", "a", 1, attrs={"href": address}), described, Token("link_close", "a", -1))
    else:
        yield from (described, _aside(target))


def _aside(target: str) -> Token:
    """The target of what cannot be a link."""
    shown = _shown(target)
    return Token("text", "", 0, content=f" ({shown})" if shown else "")


def _shown(target: str) -> str:
    """A target as text, shortened where nobody could read it."""
    shown = parser().normalizeLinkText(target)
    return shown if len(shown) <= ASIDE_LIMIT else f"{shown[:ASIDE_LIMIT]}…"
