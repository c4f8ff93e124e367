"""Slides as HTML: each slide's template with what it needs, and a name for every atom so that it can be found again.

Atom n of slide k is named `s{k}a{n}`, in columns `s{k}a{n}-{column}`; `fit` looks for them on the pages. The same
HTML serves the PDF and the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.template import Context, Engine, Origin
from django.template.loaders.filesystem import Loader

from communitycalls.deck import diagram, highlight, lanes, line, theme
from communitycalls.deck.blocks import Block, Bullet, Bullets, Cadence, Code, Diagram, Quote, Table
from communitycalls.deck.notes import words_of
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Body, CadenceMap, Columns, Pictured, ReleaseBoard, Slide, Team

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
LIBRARIES = {"deck": "communitycalls.templatetags.deck", "markdown": "interop.templatetags.markdown"}
PAPER = "paper"
BETWEEN_TAGS = re.compile(r"(?<=[>}])\n\s*(?=[<{])")
LONG_TITLES = ((200, "longest"), (100, "longer"), (44, "long"))
SPARSE_LAYOUTS = ("text", "quotes", "actions", "icons")
SPARSE_ATOMS, SPARSE_CHARACTERS = 6, 280
HALF_ROOM = (640.0, 400.0)


@dataclass(frozen=True)
class Piece:
    """An atom with its name; `content` is what its template shows; `inside` are bullets below a bullet."""

    id: str
    content: object
    inside: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class ShownBlock:
    """A block with its pieces; `kind` names its template."""

    kind: str
    block: Block
    pieces: list[Piece]

    @property
    def template(self) -> str:
        return f"deck/_block_{self.kind}.html"


@dataclass(frozen=True)
class Shown:
    """A slide with what its template needs beside it; `key` is its id."""

    slide: Slide
    key: str
    blocks: list[ShownBlock] = field(default_factory=list)
    columns: list[list[ShownBlock]] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    map: lanes.LaneMap | None = None

    @property
    def template(self) -> str:
        return f"deck/_{self.slide.template}.html"

    @property
    def classes(self) -> str:
        """How the slide's title and text are sized."""
        length = len(line.words(self.slide.title))
        title = next((f"title-{name}" for least, name in LONG_TITLES if length > least), "")
        return " ".join(name for name in (f"scale-{self.slide.scale}", title, _sparse(self.slide)) if name)


@dataclass(frozen=True)
class Board:
    """A card or lane with its points as pieces."""

    card: object
    points: list[Piece]


class Tight(Loader):
    """Templates of slides without the line ends between their tags: each would be a piece of text to lay out.

    Those of papers keep them: there, words stand in front of tags and behind them.
    """

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return text if PAPER in str(origin.template_name) else BETWEEN_TAGS.sub("", text.strip())


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The deck's own templates: the same in the site, in its worker and in tests."""
    tight = (f"{Tight.__module__}.{Tight.__qualname__}", [str(TEMPLATES)])
    return Engine(libraries=LIBRARIES, loaders=[("django.template.loaders.cached.Loader", [tight])])


def read_templates() -> None:
    """Read all templates of slides, before the first slide is drawn."""
    for path in TEMPLATES.glob("deck/*.html"):
        if PAPER not in path.name:
            engine().get_template(f"deck/{path.name}")


def html(
    slides: Sequence[Slide],
    setting: DeckSetting,
    *,
    first: int = 1,
    title: str = "",
    begins: Mapping[int, int] | None = None,
) -> str:
    """A page of slides, the first of which is number `first` of its deck. `begins` are pages of agenda items."""
    shown = [show(slide, f"s{number}") for number, slide in enumerate(slides, first)]
    context = {
        "shown_slides": shown,
        "setting": setting,
        "theme": theme.theme(setting),
        "deck_title": title or deck_title(slides, setting),
        "begins": begins,
    }
    return engine().get_template("deck/deck.html").render(Context(context))


def deck_title(slides: Sequence[Slide], setting: DeckSetting) -> str:
    """What the document is called: title and date of its first slide."""
    cover = slides[0]
    date = getattr(cover, "date", None)
    words = line.words(cover.title).replace("\n", " ") or setting.community
    return f"{words}, {date.day} {date:%B %Y}" if date else words


def show(slide: Slide, key: str) -> Shown:
    """A slide with its atoms named."""
    match slide:
        case Pictured():
            room = HALF_ROOM if slide.place in ("left", "right") else diagram.ROOM
            return Shown(slide, key, blocks=_shown(slide.blocks, key, room=room))
        case Body():
            return Shown(slide, key, blocks=_shown(slide.blocks, key))
        case Columns():
            room = (1096.0 / max(len(slide.columns), 1) - 30, 400.0)
            columns = [_shown(column, key, f"-{place}", room=room) for place, column in enumerate(slide.columns)]
            return Shown(slide, key, columns=columns, blocks=_shown(slide.below, key, start=slide.rows))
        case ReleaseBoard():
            return Shown(slide, key, boards=_boards(slide.cards, key))
        case CadenceMap():
            return _show_cadence(slide, key)
        case _:
            return Shown(slide, key)


def _show_cadence(slide: CadenceMap, key: str) -> Shown:
    shown = [lane.lane for lane in slide.lanes]
    drawn = None if slide.continued else lanes.lane_map(shown, 570.0, 112.0 * len(shown))
    return Shown(slide, key, boards=_boards(slide.lanes, key), map=drawn)


def _boards(cards: Sequence[object], key: str) -> list[Board]:
    return [Board(card, _bullets(getattr(card, "points", ()), key, 0, f"-{place}")) for place, card in enumerate(cards)]


def _shown(
    blocks: Sequence[Block], key: str, suffix: str = "", *, start: int = 0, room: tuple[float, float] = diagram.ROOM
) -> list[ShownBlock]:
    found = []
    for block in blocks:
        found.append(_show_block(block, key, start, suffix, room))
        start += block.size
    return found


def _show_block(block: Block, key: str, start: int, suffix: str, room: tuple[float, float]) -> ShownBlock:
    kind = type(block).__name__.lower()
    if isinstance(block, Bullets):
        return ShownBlock(kind, block, _bullets(block.items, key, start, suffix))
    contents = _contents(block, room)
    if isinstance(block, Diagram) and isinstance(contents[0], list):
        kind = "outline"
    pieces = [Piece(f"{key}a{start + place}{suffix}", content) for place, content in enumerate(contents)]
    return ShownBlock(kind, block, pieces)


def _contents(block: Block, room: tuple[float, float]) -> Sequence[object]:
    """What each atom of a block shows."""
    match block:
        case Code():
            return highlight.coloured(block)
        case Table():
            return block.rows or ((),)
        case Quote():
            return block.paragraphs
        case Diagram():
            drawn = diagram.plan(block, room)
            return [drawn if drawn.is_readable else diagram.in_words(block)]
        case Cadence():
            return [lanes.lane_map(block.lanes, room[0], min(90.0 * len(block.lanes), room[1]))]
        case _:
            return [block]


def _bullets(items: Sequence[Bullet], key: str, start: int, suffix: str) -> list[Piece]:
    """Flat bullets as a tree; those that begin deeper than any before them stand at the root."""
    root: list[Piece] = []
    path: list[tuple[int, list[Piece]]] = [(-1, root)]
    for place, item in enumerate(items, start):
        while path[-1][0] >= item.level:
            path.pop()
        piece = Piece(f"{key}a{place}{suffix}", item)
        path[-1][1].append(piece)
        path.append((item.level, piece.inside))
    return root


def _sparse(slide: Slide) -> str:
    """Whether a slide says so little that it may say it larger."""
    if isinstance(slide, Team):
        return f"abreast-{slide.columns}"
    if not isinstance(slide, Body) or isinstance(slide, Pictured) or slide.layout not in SPARSE_LAYOUTS:
        return ""
    words = sum(len(text) for block in slide.blocks for text in words_of(block))
    return "sparse" if slide.size <= SPARSE_ATOMS and words <= SPARSE_CHARACTERS else ""
