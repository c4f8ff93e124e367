"""Sanitised HTML of Markdown texts."""

import re
from collections.abc import Iterator
from hashlib import blake2s
from html import escape
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.footnote.index import footnote_tail

from interop.document.errors import DocumentError
from interop.markdown.drawing import CLEANER, PRE
from interop.markdown.page import Page, Resolve, prepare
from interop.markdown.parsing import Read, carried, parser, read_tokens


def render(text: str, *, shift: int = 0, prefix: str = "", resolve: Resolve | None = None) -> str:
    """Sanitised HTML of a Markdown text.

    Headings go `shift` levels down. `prefix` names the document on its page: with it every heading has an id,
    without it only those that the text itself links to. `resolve` is asked for the address of every relative link
    or image; without an answer they become their text, with the target in parentheses.
    """
    return _show(text, Page(shift, prefix, bool(prefix), resolve), parser().parse)


def render_inline(text: str, *, resolve: Resolve | None = None) -> str:
    """Sanitised HTML of one line of Markdown, such as a cell or a title, without a paragraph around it."""
    return _show(text, Page(0, "", False, resolve), parser().parseInline)


def _show(text: str, page: Page, read: Read) -> str:
    text = carried(text)
    page.key = re.sub(r"[^\w-]", "-", page.key) or blake2s(text.encode(), digest_size=4).hexdigest()
    env: dict[str, Any] = {"docId": page.key}
    try:
        tokens = _footnotes_last(read_tokens(text, env, read), env)
    except DocumentError as error:
        return _as_written(text, error)
    prepare(tokens, page)
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
