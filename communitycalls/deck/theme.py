"""How a deck looks: style sheets and the tokens in them that drawings need too.

A theme is a file `static/css/deck-NAME.css` that sets the tokens; the rules that use them are shared. The community's
own accents and pictures become a small sheet on top.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Cover, Section, Slide
from interop.allowlist import is_own_image

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
SHEETS = STATIC / "css"
SHARED = ("deck.css", "deck-boards.css")
VARIABLE = re.compile(r"var\(--([\w-]+)\)")
TOKEN = re.compile(r"--([\w-]+):\s*([^;{}]+);")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{0,39}")
READABLE = 4.5
LIGHT = 0.5
CHANNEL_TONES = ("alpha", "beta", "stable", "lts", "sand", "plum", "slate")
LEVEL_TONES = ("full", "works", "partial", "caveat", "none", "unknown", "blank", "words")
# text ends before 88 % of the width: until there it is read even on white
VEIL = "linear-gradient(100deg, rgb(6 16 27 / .86), rgb(6 16 27 / .62) 60%, rgb(6 16 27 / .6) 88%, rgb(6 16 27 / .3))"
FOOT_VEIL = "linear-gradient(0deg, rgb(6 16 27 / .8), rgb(6 16 27 / 0) 22%)"
PLACED = "no-repeat -92px -64px / 1280px 720px"


@dataclass(frozen=True)
class Tone:
    """The colours of a channel, or of a kind of box."""

    solid: str = ""
    ink: str = ""
    fill: str = ""
    stroke: str = ""


@dataclass(frozen=True)
class Theme:
    """A theme's tokens by name, and the sets of them that drawings use."""

    name: str
    tokens: Mapping[str, str]

    @property
    def sans(self) -> str:
        return self.tokens["sans"].replace('"', "")

    @property
    def accent(self) -> str:
        return self.tokens["accent"]

    @property
    def paper(self) -> str:
        return self.tokens["paper"]

    @property
    def muted(self) -> str:
        return self.tokens["muted"]

    @property
    def wire(self) -> str:
        return self.tokens["wire"]

    @property
    def tones(self) -> dict[str, Tone]:
        return {name: Tone(solid=self.tokens[name], ink=self.tokens[name]) for name in CHANNEL_TONES}

    @property
    def levels(self) -> dict[str, str]:
        return {name: self.tokens[f"level-{name}"] for name in LEVEL_TONES}

    @property
    def shapes(self) -> dict[str, Tone]:
        """Boxes of a diagram: those that begin it are filled, those that end it are light."""
        token = self.tokens
        light = Tone(fill=token["accent-soft"], stroke=token["accent"], ink=token["ink"])
        return {
            "source": Tone(fill=token["accent"], stroke=token["accent"], ink=token["accent-ink"]),
            "middle": light,
            "target": Tone(fill=token["card"], stroke=token["wire"], ink=token["ink"]),
            "alone": light,
        }


def names() -> list[str]:
    """The themes there are."""
    shared = {Path(name).stem for name in SHARED}
    return sorted(path.stem.removeprefix("deck-") for path in SHEETS.glob("deck-*.css") if path.stem not in shared)


@lru_cache(maxsize=8)
def _sources(name: str) -> tuple[str, str]:
    """A theme's own style sheet and the shared ones. Raises DeckError for a theme there is not."""
    if name not in names():
        raise DeckError(f"Theme “{name}” is not known. Known are {', '.join(names())}.")
    own, *shared = ((SHEETS / file).read_text(encoding="utf-8") for file in (f"deck-{name}.css", *SHARED))
    return own, "\n".join(shared)


@lru_cache(maxsize=8)
def theme(setting: DeckSetting) -> Theme:
    """The theme of a setting, with the community's accents in it. Raises DeckError."""
    found = {name: value.strip() for name, value in TOKEN.findall(_sources(setting.theme)[0])}
    return Theme(setting.theme, found | _accents(setting, found["paper"]) | _fonts(setting, found["sans"]))


def sheet(look: Theme) -> str:
    """All rules of a theme with its tokens put in: WeasyPrint takes a third longer to look variables up."""
    text = "\n".join(_sources(look.name))
    return VARIABLE.sub(lambda match: look.tokens.get(match[1], match[0]), text)


def pictures_sheet(setting: DeckSetting, slides: Sequence[Slide], first: int) -> str:
    """The community's pictures behind first slide and section slides; a theme for printers spares the ink."""
    if luminance(theme(setting).tokens["night"]) > LIGHT:
        return ""
    return "".join(
        _behind(number, picture, is_cover=isinstance(slide, Cover))
        for number, slide in enumerate(slides, first)
        if (picture := _picture(slide, setting)) and is_own_image(picture)
    )


def _picture(slide: Slide, setting: DeckSetting) -> str:
    if isinstance(slide, Cover):
        return setting.cover
    if isinstance(slide, Section) and setting.pictures:
        return setting.pictures[(slide.place - 1) % len(setting.pictures)]
    return ""


def _behind(number: int, picture: str, *, is_cover: bool) -> str:
    """A picture under a veil that keeps the title readable, on slide `number`; its footer is as on the others."""
    foot = "content:none" if is_cover else "color:#f5fafb"
    margin = "margin-bottom:36px;" if is_cover else ""
    ground = f'{margin}background:{FOOT_VEIL} {PLACED},{VEIL} {PLACED},url("{picture}") {PLACED}'
    feet = f"@bottom-left{{{foot}}}@bottom-right{{{foot}}}"
    return f"@page behind-{number}{{{ground};{feet}}}#s{number}{{page:behind-{number}}}"


def _accents(setting: DeckSetting, paper: str) -> dict[str, str]:
    """The community's accents as tokens, made lighter or darker until they can be read on the theme's paper."""
    found = {}
    if COLOUR.fullmatch(setting.accent):
        accent = readable(setting.accent.lower(), paper)
        ink = _ink(accent, "#0e1822")
        found = {"accent": accent, "accent-soft": mixed(accent, paper, 0.86), "accent-ink": ink}
    if COLOUR.fullmatch(setting.second_accent):
        second = setting.second_accent.lower()
        found |= {"second": second, "second-ink": _ink(second, "#1d1206")}
    return found


def _ink(ground: str, dark: str) -> str:
    """White, or the dark where that can be read better on a ground."""
    return "#ffffff" if contrast(ground, "#ffffff") >= READABLE else dark


def _fonts(setting: DeckSetting, sans: str) -> dict[str, str]:
    """The community's font before the theme's own, which stand in where it is not installed."""
    if not FAMILY.fullmatch(setting.font):
        return {}
    return dict.fromkeys(("sans", "display"), f'"{setting.font}", {sans}')


def readable(colour: str, paper: str) -> str:
    """The colour itself, or the nearest tint of it whose contrast with the paper is 4.5 or more."""
    away = "#ffffff" if luminance(paper) < 0.18 else "#000000"
    tints = (mixed(colour, away, step / 20) for step in range(21))
    return next(tint for tint in tints if contrast(tint, paper) >= READABLE)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, part: float) -> str:
    """A colour with `part` (0 to 1) of another in it; all are #rrggbb."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * (1 - part) + two * part):02x}" for one, two in pairs)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
