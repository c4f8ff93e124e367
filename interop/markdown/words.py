"""The words of a Markdown text without its marks."""

from collections.abc import Sequence

from markdown_it.token import Token

from interop.document.errors import DocumentError
from interop.markdown.parsing import carried, parse


def plain(text: str) -> str:
    """The words of a Markdown text without its marks, a line for each block: for feeds, search and titles."""
    try:
        tokens = parse(text)
    except DocumentError:
        return carried(text)
    written = "".join(_plain_block(token) for token in tokens)
    return "\n".join(line.strip() for line in written.split("\n") if line.strip())


def words(children: Sequence[Token]) -> str:
    """The words of one block, in one line but for hard breaks."""
    return "".join(_word(child) for child in children)


def _word(token: Token) -> str:
    if token.type == "image":
        return words(token.children or [])
    return {"text": token.content, "code_inline": token.content, "softbreak": " ", "hardbreak": "\n"}.get(
        token.type, ""
    )


def _plain_block(token: Token) -> str:
    if token.type == "inline":
        return words(token.children or [])
    if token.type in ("fence", "code_block"):
        return token.content
    return " " if token.type in ("td_close", "th_close") else "\n" * (token.nesting == -1)
