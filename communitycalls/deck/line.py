"""Lines of Markdown, each read once: a slide's title is asked for five times, and most lines have no marks at all."""

import re
from functools import lru_cache
from urllib.parse import urljoin

from django.utils.html import escape
from django.utils.safestring import SafeString

from interop.markdown import plain, render_inline
from interop.templatetags.markdown import trusted

UNMARKED = re.compile(r"[^\W\d_][^\W_]*(?:[,;:]? [^\W_]+)*[.!?]?")
MOST = 1_000


@lru_cache(maxsize=MOST)
def words(text: str) -> str:
    """A line without its marks; a text of several lines keeps them."""
    return text if UNMARKED.fullmatch(text) else plain(text)


@lru_cache(maxsize=MOST)
def html(text: str, base: str = "") -> SafeString:
    """A line as HTML; relative links are read from the address `base`."""
    if UNMARKED.fullmatch(text):
        return escape(text)
    return trusted(render_inline(text, resolve=lambda target: urljoin(base, target) if base else None))
