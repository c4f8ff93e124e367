"""A slide's HTML as WeasyPrint is to take it: read by a parser that is in C, and with no more rules than it needs.

Our own HTML is nearly XML and is read as such; whatever is not is read as HTML. WeasyPrint's rules for every element
that there is, for footnotes and for all sixteen boxes in a page's margin would cost a third of a slide's time, so
those that slides need stand here, so that they come to the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # -- has no types
from weasyprint import CSS, HTML

SVG = "http://www.w3.org/2000/svg"
EMPTY = re.compile(r'<(br|col|hr|img|meta)((?:\s+[\w:-]+="[^"<]*")*)\s*/?>')

GROUND = """
/* words */
code, pre { font-family: monospace }
s { text-decoration: line-through }
em { font-style: italic }
sup { vertical-align: super; font-size: smaller; line-height: normal }
br::before { white-space: pre-line; content: "\\A" }
[dir=rtl] { direction: rtl }
[dir=ltr] { direction: ltr }

/* what stands by itself */
section, div, p, blockquote, pre, hr, ul, ol, h1, h2, h3, h4, h5, h6, body, html { display: block }
pre { white-space: pre }
hr { margin: .5em auto; border: 1px inset gray; color: gray }

/* headings; themes set the first three */
h1, h2, h3, h4, h5, h6 { break-inside: avoid; break-after: avoid; bookmark-label: content(text) }
h4, h5, h6 { font-weight: bold }
h4 { bookmark-level: 4; margin: 1.33em 0; font-size: 1em }
h5 { bookmark-level: 5; margin: 1.67em 0; font-size: .83em }
h6 { bookmark-level: 6; margin: 2.33em 0; font-size: .67em }

/* lists */
ul, ol { break-before: avoid; counter-reset: list-item }
ol { list-style-type: decimal }
li { display: list-item }
li::marker { white-space: pre; text-transform: none; font-variant-numeric: tabular-nums }

/* tables */
td, th { display: table-cell }
tr { display: table-row }
tbody { display: table-row-group }
thead { display: table-header-group }
col { display: table-column }
colgroup { display: table-column-group }
table { text-indent: initial; display: table }

/* pictures, and what is not shown */
svg, img { overflow: hidden }
path, rect, circle, text, head, meta, title { display: none }
"""


class Element(ElementWrapper):  # type: ignore[misc]  # -- cssselect2 has no types
    """An element for selectors, those that WeasyPrint asks of every document compiled once."""

    _compile = staticmethod(lru_cache(maxsize=16)(ElementWrapper._compile))


class Markup(HTML):  # type: ignore[misc]  # -- WeasyPrint has no types
    """The document of one slide. `base_url` is what its addresses are relative to."""

    def __init__(self, string: str, base_url: str, url_fetcher: Any) -> None:
        root = read(string)
        if root is None:
            super().__init__(string=string, base_url=base_url, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = Element.from_html_root(root, content_language=None)
        self.etree_element = root

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [ground()]


@lru_cache(maxsize=1)
def ground() -> CSS:
    """The rules below the theme's."""
    return CSS(string=GROUND)


def read(text: str) -> ET.Element | None:
    """The root of a document that begins with its doctype; None where it is no XML even with its empty elements closed.

    Nothing in it is declared, so nothing can be expanded.
    """
    _, begins, rest = text.partition("<html")
    closed = EMPTY.sub(r"<\1\2/>", rest).replace("&nbsp;", "\xa0").replace("<svg ", f'<svg xmlns="{SVG}" ')
    try:
        return ET.fromstring(begins + closed)
    except (ET.ParseError, UnicodeEncodeError):
        return None
