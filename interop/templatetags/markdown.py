"""Markdown in templates. The project's one `mark_safe` is here."""

from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from interop.allowlist import is_safe_address
from interop.markdown import plain as plain_text
from interop.markdown import render, render_inline

register = template.Library()


class Links(Protocol):
    """Where the relative links of a document lead: `get` gives an address, or None. A dict will do."""

    def get(self, target: str, /) -> str | None: ...


def trusted(html: str) -> SafeString:
    """HTML for a template. Only for what `interop.markdown` returned: it has been through the sanitiser."""
    return mark_safe(html)  # noqa: S308 -- the one sink; its argument is sanitised by an allowlist


@register.simple_tag(name="markdown")
def draw(text: str, shift: int = 0, prefix: str = "", links: Links | None = None) -> SafeString:
    """`{% markdown item.body shift=2 prefix="item-3" links=links %}`: a Markdown text as HTML in a `div.md`."""
    html = render(text, shift=shift, prefix=prefix, resolve=links.get if links else None)
    return format_html('<div class="md" data-markdown>{}</div>', trusted(html)) if text.strip() else trusted("")


@register.filter(name="markdown")
def markdown(text: str, placing: str | int = 0) -> SafeString:
    """`{{ item.body|markdown:"2 item-3" }}`: the heading shift and the id prefix, each optional."""
    shift, _, prefix = str(placing).partition(" ")
    return draw(text, int(shift), prefix)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """`{{ cell|markdown_inline }}`: one line of Markdown, without a paragraph around it."""
    return format_html('<span class="md" data-markdown>{}</span>', trusted(render_inline(text)))


@register.filter
def plain(text: str) -> str:
    """`{{ item.body|plain }}`: the words of a Markdown text without its marks."""
    return plain_text(text)


@register.filter
def address(url: str) -> str:
    """`{{ link.url|address }}`: an address that somebody wrote where a link may have it, else ""."""
    return url if is_safe_address(url) else ""
