"""What the deck's templates need beside Django's own."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import bidirectional
from urllib.parse import urljoin

from django import template
from django.utils.safestring import SafeString

from communitycalls.deck import icons, line
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.standing import BarPart
from interop.allowlist import is_own_image
from interop.markdown import render
from interop.templatetags.markdown import trusted

register = template.Library()

WIDOWS = 24
SHORT_QUERY = 20
LAST_WORDS = re.compile(r"(?<![^\s])[^\s<>]{1,18} [^\s<>]{1,5}\Z")


@register.filter
def inline(text: str, base: str = "") -> SafeString:
    """One line of Markdown as HTML; relative links are read from the address `base`."""
    return line.html(text, base)


@register.filter
def markdown(text: str, base: str = "") -> SafeString:
    """A Markdown text as HTML, its headings below those of slides."""
    return trusted(render(text, shift=2, resolve=lambda target: urljoin(base, target) if base else None))


@register.filter
def unwidowed(title: SafeString) -> SafeString:
    """A title as HTML whose last word, where it is short, does not stand alone on a line."""
    return trusted(LAST_WORDS.sub(r'<span class="nowrap">\g<0></span>', title)) if len(title) > WIDOWS else title


@register.filter
def words(text: str) -> str:
    """Markdown without its marks, on one line."""
    return line.words(text).replace("\n", " ")


@register.filter
def lead(text: str) -> str:
    """The first paragraph of a Markdown text, on one line: what can stand in a heading."""
    return " ".join(text.strip().partition("\n\n")[0].split())


@register.filter
def rest(text: str) -> str:
    """A Markdown text without its first paragraph."""
    return text.strip().partition("\n\n")[2]


@register.filter
def portrait(setting: DeckSetting, name: str) -> str:
    """The address of somebody's picture, "" where there is none."""
    return next((picture for person, picture in setting.portraits if person == name and is_own_image(picture)), "")


@register.filter
def icon_path(name: str) -> str:
    """The path of an icon of ours; "" for an emoji, which is shown as it is."""
    return icons.PATHS.get(name, "")


@register.filter
def icon_kind(name: str) -> str:
    """The icon's name, "emoji" where it is none of ours."""
    return name if name in icons.PATHS else "emoji"


@register.filter
def item(values: Sequence[str], place: int) -> str:
    """The value at a place, "" where there are fewer."""
    return values[place] if place < len(values) else ""


@register.filter
def get(values: Mapping[str, object], name: str) -> object:
    """The value of a name."""
    return values[name]


@register.filter
def page_of(begins: Mapping[int, int], number: int) -> str:
    """The page an agenda item begins on; "" where it has none."""
    return str(begins.get(number, ""))


@register.filter
def px(length: float) -> str:
    """A length for SVG: one decimal, with a point whatever the language."""
    return f"{float(length):.1f}"


@register.filter
def is_own(url: str) -> bool:
    """Whether a picture is this site's own; others are named, not shown."""
    return is_own_image(url)


@register.filter
def bare_address(url: str) -> str:
    """A web address as people read it: without scheme, trailing slash and a query longer than a video's name."""
    address, _, query = url.partition("://")[2].partition("?")
    return f"{address}?{query}" if 0 < len(query) <= SHORT_QUERY else address.rstrip("/") or url


@register.filter
def whole_address(url: str) -> str:
    """A web address to be typed from paper: only without scheme and trailing slash."""
    return url.partition("://")[2].rstrip("/") or url


@register.filter
def told(parts: Sequence[BarPart]) -> str:
    """The parts of a bar in words."""
    return ", ".join(f"{part.level.count} {part.level.name}" for part in parts)


@register.filter
def direction(text: str) -> str:
    """The direction a text is written in, by its first letter that has one: rtl or ltr."""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"
