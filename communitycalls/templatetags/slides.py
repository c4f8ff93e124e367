"""What pages that show a deck's slides need."""

from django import template
from django.utils.safestring import SafeString

from communitycalls.deck.browser import BrowserSlide
from interop.templatetags.markdown import trusted

register = template.Library()


@register.filter
def drawn(slide: BrowserSlide) -> SafeString:
    """A slide's HTML: made by the deck's own templates, which escape what people wrote, and kept on our own disk."""
    return trusted(slide.html)
