"""What a text that somebody wrote may become on a page: elements, attributes and addresses, each named here."""

import re

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SAFE_ADDRESS = re.compile(r"(?:https?://[\w\[]|mailto:[\w.%+]|/(?![/\\]))[^\s<>\"`\\]*", re.IGNORECASE)
NOT_RELATIVE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\?]|$", re.IGNORECASE)
OWN_PATH = re.compile(r"(?!.*\.\.)[\w/.-]+", re.ASCII)

IDENTITY = r"(?:md|fn|fnref)-[\w:-]+"
CELL = {"class": r"to-(?:left|center|right)"}
POLICY: dict[str, dict[str, str]] = {
    **{tag: {} for tag in ("br", "em", "strong", "s", "blockquote", "table", "thead", "tbody", "tr")},
    **{f"h{level}": {"id": IDENTITY} for level in range(1, 7)},
    "a": {
        "href": rf"#[^\s<>\"]*|{SAFE_ADDRESS.pattern}",
        "title": ".*",
        "id": IDENTITY,
        "class": "footnote-backref",
        "rel": "noopener noreferrer nofollow",
    },
    "code": {"class": r"language-[A-Za-z0-9_#+.-]{1,30}"},
    "div": {
        "class": r"scroll|markdown-alert markdown-alert-\w+",
        "tabindex": "0",
        "role": "region",
        "aria-label": ".+",
    },
    "hr": {"class": "footnotes-sep"},
    "img": {"src": ".+", "alt": ".*", "title": ".*"},
    "li": {"id": IDENTITY, "class": "task-list-item|footnote-item"},
    "ol": {"start": r"\d{1,9}", "class": "contains-task-list|footnotes-list"},
    "p": {"class": "markdown-alert-title"},
    "pre": {"tabindex": "0", "role": "group", "aria-label": "Code"},
    "section": {"class": "footnotes"},
    "span": {"class": "task task-(?:done|open)", "role": "img", "aria-label": "done|not done"},
    "sup": {"class": "footnote-ref"},
    "td": CELL,
    "th": {"scope": "col", **CELL},
    "ul": {"class": "contains-task-list"},
}
PATTERNS = {
    (tag, name): re.compile(value, re.DOTALL | re.IGNORECASE)
    for tag, attributes in POLICY.items()
    for name, value in attributes.items()
}


def is_relative(target: str) -> bool:
    """Whether a link's target is a path beside the document it stands in, such as `../interop-matrix.md`."""
    return NOT_RELATIVE.match(target) is None


def is_safe_address(address: str) -> bool:
    """Whether a link may go there: the web, mail, or a path from this site's root."""
    return SAFE_ADDRESS.fullmatch(address) is not None


def is_own_image(address: str) -> bool:
    """Whether an address is below MEDIA_URL or STATIC_URL; a picture from elsewhere would learn who reads the page."""
    try:
        shelves = (settings.MEDIA_URL, settings.STATIC_URL)
    except ImproperlyConfigured:
        shelves = ("/media/", "/static/")
    shelf = next((shelf for shelf in shelves if shelf and address.startswith(shelf)), "")
    return bool(shelf) and OWN_PATH.fullmatch(address[len(shelf) :]) is not None


def allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute where it may stay, else None. Never raises: the sanitiser would keep the attribute."""
    pattern = PATTERNS.get((tag, name))
    fits = pattern is not None and pattern.fullmatch(value) and (name != "src" or is_own_image(value))
    return value if fits else None
