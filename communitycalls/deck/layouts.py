"""Which kind of slide a draft becomes: by the layout it names, else by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypedDict

from communitycalls.deck.blocks import (
    Block,
    Bullet,
    Bullets,
    Cadence,
    Code,
    Diagram,
    Heading,
    Picture,
    Quote,
    Table,
    Text,
)
from communitycalls.deck.notes import Draft
from communitycalls.deck.people import face, team_rows, with_role
from communitycalls.deck.slides import (
    Body,
    CadenceMap,
    Columns,
    Face,
    LaneNotes,
    Pictured,
    Section,
    Slide,
    Team,
    TitleOnly,
)
from communitycalls.deck.tones import tone_of
from interop.allowlist import is_own_image

Given = Mapping[str, tuple[Slide, ...]]

WANTED: dict[str, tuple[tuple[type[Block], ...], str]] = {
    "quotes": ((Quote,), "quotes, lines that begin with >"),
    "code": ((Code,), "code between ``` lines"),
    "code-columns": ((Code,), "code between ``` lines"),
    "table": ((Table,), "a table"),
    "diagram": ((Diagram, Picture, Code), "a ```diagram or a drawing"),
    "cadence": ((Cadence, Code), "a ```cadence"),
} | dict.fromkeys(("picture", "picture-full", "picture-left", "picture-right"), ((Picture,), "a picture"))
CALL_TO_ACTION = re.compile(r"\bcalls? (?:to|for) actions?\b|\bjump aboard\b|\bget involved\b", re.IGNORECASE)
ALMOST = 0.8  # of a mistyped name: a letter or two are wrong
SHORT_CODE_LINES, SHORT_CODE_WIDTH = 9, 32
MOST_LANES = 4
NOTHING = {
    "team": ("Meet the team", "Nobody is named yet."),
    "releases-current": ("Current releases", "No current releases are recorded yet."),
    "releases-upcoming": ("Upcoming releases", "No upcoming releases are recorded yet."),
    "changes": ("Changes in the matrix", "No changes are recorded yet."),
    "matrix": ("The matrix", "There is no matrix to show yet."),
    "questions": ("Questions & answers", "No questions are recorded yet."),
}
PERSON = re.compile(r"(?P<name>[^\u2014\u2013(:,]+?)(?:\s+-\s+|\s*[\u2014\u2013:,(]\s*)(?P<roles>.+?)\)?")


@dataclass(frozen=True)
class Place:
    """Where a draft's slides go: the agenda item they belong to, and the slides made of the call's own data."""

    title: str
    item: int | None
    given: Given


def arrange(draft: Draft, place: Place) -> tuple[Slide, ...]:
    """The slides of a draft. An unknown layout is remarked on, and the draft's content chooses."""
    remarks, name = (*draft.remarks, *_of_pictures(draft), *_lacking(draft)), draft.layout
    if name and name not in LAYOUTS and name not in place.given:
        remarks += (_unknown(name, known(place.given)),)
        name = ""
    make = LAYOUTS.get(name or choose(draft), _given)
    slides = make(draft, place)
    if not slides:
        return ()
    return (replace(slides[0], remarks=(*remarks, *slides[0].remarks)), *slides[1:])


def _of_pictures(draft: Draft) -> Iterator[str]:
    """What to say of pictures that are not this site's own, and of those that nobody described."""
    for one in (block for block in draft.blocks if isinstance(block, Picture)):
        if not is_own_image(one.url):
            yield f"The picture {one.url} is not on this site: only its words are shown. Upload it."
        elif not one.alt.strip():
            yield f"The picture {one.url} has no description. Write one between ![ and ]: not everybody sees it."


def _lacking(draft: Draft) -> list[str]:
    """What to say of a layout that is named for something the draft has none of."""
    kinds, how = WANTED.get(draft.layout, ((), ""))
    if not kinds or any(isinstance(block, kinds) for block in draft.blocks):
        return []
    return [f"Layout “{draft.layout}” is for {how}, and this slide has none."]


def _unknown(name: str, names: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 -- wanted where somebody mistyped, and slow to load

    parts = [one for one in names if one in name.split("-")]
    near = get_close_matches(name, names, n=1, cutoff=ALMOST) or parts or get_close_matches(name, names, n=1)
    meant = f" Did you mean “{near[0]}”?" if near else ""
    return f"Layout “{name}” is not known.{meant} Known are {', '.join(names)}."


def known(given: Given) -> list[str]:
    """The names a `layout:` line may hold."""
    return sorted({*LAYOUTS, *given})


def choose(draft: Draft) -> str:
    """The layout that suits what a draft holds."""
    blocks = draft.blocks
    pictures = [block for block in blocks if isinstance(block, Picture)]
    if not blocks:
        return "title-only"
    if any(isinstance(block, Cadence) for block in blocks):
        return "cadence"
    if len(pictures) == 1:
        captioned = all(isinstance(block, Picture | Text) for block in blocks)
        return "picture" if captioned and len(blocks) <= 2 else "picture-right"
    if len(_columns(blocks)) in (2, 3) and isinstance(blocks[0], Heading):
        return "columns"
    if _short_codes(blocks):
        return "code-columns"
    return _of_one_kind(draft)


def _of_one_kind(draft: Draft) -> str:
    kinds = {type(block) for block in draft.blocks}
    for kind, name in ((Diagram, "diagram"), (Code, "code"), (Table, "table"), (Quote, "quotes")):
        if kind in kinds:
            return name
    icons = [item.icon for item in _items(draft.blocks) if not item.level and not item.plain]
    if icons and not {"", "done", "open"} & set(icons):
        return "icons"
    return "actions" if CALL_TO_ACTION.search(draft.title) else "text"


def _items(blocks: tuple[Block, ...]) -> list[Bullet]:
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


class Frame(TypedDict):
    """What every slide of a draft has."""

    title: str
    section: str
    item: int | None


def _frame(draft: Draft, place: Place) -> Frame:
    return {"title": draft.title or place.title, "section": place.title, "item": place.item}


def _given(draft: Draft, place: Place) -> tuple[Slide, ...]:
    """Slides of the call's data where a draft asks for them, under the draft's title; its text goes before."""
    slides = tuple(replace(slide, section=place.title, item=place.item) for slide in place.given[draft.layout])
    if draft.title:
        slides = tuple(replace(slide, title=draft.title) for slide in slides)
    if not slides:
        return (_nothing(draft, place),)
    return (*_before(draft, place, draft.blocks), *slides)


def _nothing(draft: Draft, place: Place) -> Slide:
    """A slide that says that the call has none of what a draft asks for; the draft's own text where it has any."""
    title, sentence = NOTHING.get(draft.layout, (place.title, "There is nothing to show yet."))
    remark = f"Layout “{draft.layout}” has nothing to show in this call."
    frame = _frame(replace(draft, title=draft.title or title), place)
    return Body(**frame, blocks=draft.blocks or (Text(sentence),), remarks=(remark,))


def _body(layout: str) -> Callable[[Draft, Place], tuple[Slide, ...]]:
    def make(draft: Draft, place: Place) -> tuple[Slide, ...]:
        return (Body(**_frame(draft, place), layout=layout, blocks=draft.blocks),)

    return make


def _before(draft: Draft, place: Place, rest: tuple[Block, ...]) -> tuple[Slide, ...]:
    """A slide of its own for blocks that the draft's layout has no room for."""
    return (Body(**_frame(draft, place), blocks=rest),) if rest else ()


def _title_only(draft: Draft, place: Place) -> tuple[Slide, ...]:
    if draft.blocks:
        return _body("text")(draft, place)
    return (TitleOnly(title=draft.title or place.title, section=place.title, item=place.item),)


def _picture(where: str) -> Callable[[Draft, Place], tuple[Slide, ...]]:
    def make(draft: Draft, place: Place) -> tuple[Slide, ...]:
        pictures = [block for block in draft.blocks if isinstance(block, Picture)]
        if not pictures:
            return _body("text")(draft, place)
        rest = tuple(block for block in draft.blocks if block is not pictures[0])
        return (
            Pictured(
                **_frame(draft, place),
                blocks=rest,
                picture=pictures[0],
                place=where if where != "full" or is_own_image(pictures[0].url) else "inside",
            ),
        )

    return make


def _columns(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Blocks parted before each heading, or each a column where no heading parts them."""
    columns: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Heading) or not columns:
            columns.append([])
        columns[-1].append(block)
    return [tuple(column) for column in columns]


def _side_by_side(draft: Draft, place: Place) -> tuple[Slide, ...]:
    columns = _columns(draft.blocks)
    if len(columns) == 1:
        columns = [(block,) for block in draft.blocks]
    if not 2 <= len(columns) <= 4:
        said = f"Layout “columns” is for two to four columns, and this slide has {len(columns)}. Headings part them."
        return (Body(**_frame(draft, place), blocks=draft.blocks, remarks=(said,)),)
    return (Columns(**_frame(draft, place), columns=tuple(columns)),)


def _short_codes(blocks: tuple[Block, ...]) -> bool:
    codes = [block for block in blocks if isinstance(block, Code)]
    narrow = all(len(line) <= SHORT_CODE_WIDTH for block in codes for line in block.lines)
    return len(codes) in (2, 3) and narrow and all(block.size <= SHORT_CODE_LINES for block in codes)


def _code_columns(draft: Draft, place: Place) -> tuple[Slide, ...]:
    """Code blocks side by side; what else the draft holds follows below them."""
    codes = [block for block in draft.blocks if isinstance(block, Code)]
    rest = tuple(block for block in draft.blocks if not isinstance(block, Code))
    if not 2 <= len(codes) <= 4:
        return _body("code")(draft, place)
    return (
        Columns(
            **_frame(draft, place),
            columns=tuple((block,) for block in codes),
            below=rest,
        ),
    )


def _cadence(draft: Draft, place: Place) -> tuple[Slide, ...]:
    maps = [block for block in draft.blocks if isinstance(block, Cadence)]
    if not maps:
        return _body("text")(draft, place)
    said = _said_of_channels(draft.blocks)
    lanes = tuple(
        LaneNotes(lane, tone_of(lane.channel), said.pop(lane.channel.lower(), ())[1:]) for lane in maps[0].lanes
    )
    left = tuple(Bullets(items) for items in said.values())
    rest = tuple(block for block in draft.blocks if block is not maps[0] and not isinstance(block, Bullets))
    drawn = tuple(CadenceMap(**_frame(draft, place), lanes=some) for some in _by_slide(lanes))
    return (*drawn, *_before(draft, place, rest + left))


def _by_slide(lanes: tuple[LaneNotes, ...]) -> Iterator[tuple[LaneNotes, ...]]:
    """As many lanes as a slide has room for; the last comes again on the next, so that what it promotes is seen."""
    yield lanes[:MOST_LANES]
    for start in range(MOST_LANES, len(lanes), MOST_LANES - 1):
        yield (replace(lanes[start - 1], points=()), *lanes[start : start + MOST_LANES - 1])


def _said_of_channels(blocks: tuple[Block, ...]) -> dict[str, tuple[Bullet, ...]]:
    """Bullets by the name in the first-level bullet they stand below, which comes first among them."""
    said: dict[str, tuple[Bullet, ...]] = {}
    channel = ""
    for item in _items(blocks):
        if item.level == 0 and not item.plain:
            channel = item.text.strip(" :*_").lower()
        said[channel] = (*said.get(channel, ()), replace(item, level=max(item.level - 1, 0)))
    return said


def _team(draft: Draft, place: Place) -> tuple[Slide, ...]:
    faces = _faces(_items(draft.blocks))
    if not faces:
        return _given(draft, place) if "team" in place.given else _body("text")(draft, place)
    rest = tuple(block for block in draft.blocks if not isinstance(block, Bullets))
    return (*_before(draft, place, rest), Team(**_frame(draft, place), rows=team_rows(faces)))


def _faces(items: list[Bullet]) -> list[Face]:
    """A person of every first-level bullet; what stands below it is said of them."""
    faces: list[Face] = []
    for item in items:
        if faces and (item.level or item.plain):
            faces[-1] = with_role(faces[-1], item.signed)
        else:
            faces.append(_face(item))
    return faces


def _face(item: Bullet) -> Face:
    """A person whose sign is shown before what they do: names are looked up for pictures."""
    match = PERSON.fullmatch(item.text)
    name, roles = (match["name"], match["roles"]) if match else (item.text, "")
    return face(name, f"{item.sign} {roles}".strip())


def _section(draft: Draft, place: Place) -> tuple[Slide, ...]:
    return (Section(**_frame(draft, place), number=0), *_before(draft, place, draft.blocks))


LAYOUTS: dict[str, Callable[[Draft, Place], tuple[Slide, ...]]] = {
    "text": _body("text"),
    "bullets": _body("text"),
    "quotes": _body("quotes"),
    "icons": _body("icons"),
    "actions": _body("actions"),
    "code": _body("code"),
    "code-columns": _code_columns,
    "table": _body("table"),
    "diagram": _body("diagram"),
    "columns": _side_by_side,
    "picture": _picture("inside"),
    "picture-full": _picture("full"),
    "picture-left": _picture("left"),
    "picture-right": _picture("right"),
    "cadence": _cadence,
    "team": _team,
    "section": _section,
    "title-only": _title_only,
}
