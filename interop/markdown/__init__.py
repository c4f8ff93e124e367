"""How the whole project reads and shows Markdown: the one place that knows the parser and the sanitiser.

Readers and pages share one parser, so what was read is what is shown: CommonMark with GitHub's additions and no raw
HTML but `<br>` and comments. Showing is parsing, a pass over the tokens that makes them safe for a strict content
security policy and for a page that holds several documents, drawing, and a sanitiser that would catch what the pass
forgot. Text that is too long or too deep to be read whole is shown as it was written: nothing is dropped.
"""

from markdown_it.token import Token

from interop.markdown.page import Resolve
from interop.markdown.parsing import LENGTH_LIMIT, NESTING_LIMIT, PIECE, lines, parse, parser
from interop.markdown.showing import render, render_inline
from interop.markdown.words import plain

__all__ = [
    "LENGTH_LIMIT",
    "NESTING_LIMIT",
    "PIECE",
    "Resolve",
    "Token",
    "lines",
    "parse",
    "parser",
    "plain",
    "render",
    "render_inline",
]
