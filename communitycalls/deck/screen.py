"""A deck's style sheets for the browser: the PDF's own rules, with what only paper knows put in a browser's words.

Pages become boxes of 1280 by 720 px (`.slidepage`) around each slide, their margins padding; margin boxes become the
parts of a foot (`.slidefoot`); what a rule sends to a named page by `page:` is found by `:has()`. Every rule is kept
below `.deck`, so that it touches nothing else on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from communitycalls.deck import theme
from communitycalls.deck.setting import DeckSetting

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"(?P<prelude>[^{}]+)\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}")
BOX = re.compile(r"@(?P<name>[a-z-]+)\s*\{(?P<body>[^{}]*)\}")
QUOTED = r"""(?:"[^"]*"|'[^']*')"""
DECLARATION = re.compile(rf"""(?:[^;"'()]|{QUOTED}|\((?:[^()"']|{QUOTED}|\([^()]*\))*\))+""")
SELECTOR = re.compile(r"(?:[^,()]|\([^()]*\))+")
ONE_COLOUR = re.compile(r"linear-gradient\((#\w+|var\([\w-]+\)|rgb\([^()]*\))\)")
ROOT = re.compile(r"(?::root|html|body)(?![\w-])")
PAPER_ONLY = {"page", "size", "string-set", "bookmark-level", "bookmark-label", "bookmark-state", "orphans", "widows"}
FEET = ("bottom-left", "bottom-right")
PAPER_VALUES = ("target-counter(", "target-text(", "string(")

Declarations = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """What an @page rule says of itself, and of the boxes in its margins; `name` is "" for all pages."""

    name: str
    declarations: Declarations
    boxes: dict[str, Declarations]


@dataclass(frozen=True)
class Sheet:
    """A sheet taken apart: rules of elements, pages, and the selectors of what goes to each named page."""

    rules: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)


def sheet(setting: DeckSetting, static_url: str) -> str:
    """The style sheet of a setting's theme in the browser. Raises DeckError for a theme there is not."""
    text = theme.sheet(theme.theme(setting))
    return for_browser(text.replace('url("../', f'url("{static_url}'))


@lru_cache(maxsize=32)
def for_browser(text: str) -> str:
    """Rules written for pages of paper, as rules for a browser."""
    taken = read(ONE_COLOUR.sub(r"linear-gradient(\1, \1)", COMMENT.sub("", text)))
    rules = [*(rule for page in taken.pages for rule in _page(page, taken.sent)), *taken.rules]
    return "".join(f"{rule}\n" for rule in rules)


def read(text: str) -> Sheet:
    """A sheet without comments taken apart. At-rules but @page are kept as they are."""
    taken = Sheet()
    for match in RULE.finditer(text):
        prelude, body = match["prelude"].strip(), match["body"]
        if prelude.startswith("@page"):
            taken.pages.append(_read_page(prelude.removeprefix("@page").strip(), body))
        elif prelude.startswith("@"):
            taken.rules.append(f"{prelude} {{{body}}}")
        else:
            _read_rule(taken, prelude, declarations(body))
    return taken


def _read_page(name: str, body: str) -> Page:
    boxes = {match["name"]: declarations(match["body"]) for match in BOX.finditer(body)}
    return Page(name, declarations(BOX.sub("", body)), boxes)


def _read_rule(taken: Sheet, prelude: str, said: Declarations) -> None:
    selectors = [one.strip() for one in SELECTOR.findall(prelude)]
    for name, value in said:
        if name == "page":
            taken.sent.setdefault(value, []).extend(selectors)
    if kept := _written(said):
        taken.rules.append(f"{', '.join(map(_scoped, selectors))} {{ {kept} }}")


def declarations(body: str) -> Declarations:
    """Names and values of a rule's body, in order, each on one line."""
    pairs = (one.partition(":") for one in DECLARATION.findall(body) if ":" in one)
    return [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def _written(said: Declarations) -> str:
    """Declarations a browser understands."""
    kept = [(name, value) for name, value in said if name not in PAPER_ONLY and not value.startswith(PAPER_VALUES)]
    return " ".join(f"{name}: {value};" for name, value in kept if not (name.startswith("break-") and value == "page"))


def _scoped(selector: str) -> str:
    if match := ROOT.match(selector):
        return f".deck{selector[match.end() :]}"
    return f".deck {selector}"


def _page(page: Page, sent: dict[str, list[str]]) -> Iterator[str]:
    """The rules of the boxes that stand for a page. A page nothing is sent to has none."""
    places = [f".slidepage:has(> {one})" for one in sent.get(page.name, [])] if page.name else [".slidepage"]
    if not places or ":" in page.name:
        return
    said = [(name.replace("margin", "padding"), value) for name, value in page.declarations]
    if any(name == "background" for name, _ in said):
        said.append(("background-origin", "content-box"))
    yield from _rule(places, "", said)
    for name, box in page.boxes.items():
        if name in FEET:
            hidden = [("display", "none")] if ("content", "none") in box else []
            kept = [(what, value) for what, value in box if what not in ("content", "width")]
            yield from _rule(places, f" .at-{name}", kept + hidden)


def _rule(places: Sequence[str], inside: str, said: Declarations) -> Iterator[str]:
    selectors = ", ".join(f".deck {place}{inside}" for place in places)
    if kept := _written(said):
        yield f"{selectors} {{ {kept} }}"
