"""What a deck needs to know beside the call: the community, its look, its contacts and how its matrix stands."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Contact:
    """`url` is "" where the text says it all."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class LevelCount:
    """How many environments stand at a level. `tone` is one of `interop.document.values.Tone`, or "words"."""

    name: str
    count: int
    tone: str = "unknown"


@dataclass(frozen=True)
class CriterionSum:
    """How environments divide by one criterion, the best level first."""

    name: str
    levels: tuple[LevelCount, ...] = ()


@dataclass(frozen=True)
class MatrixSummary:
    """How a matrix stands for the call's audience. `as_of` is a date in words; `vacancies` are names."""

    title: str
    url: str = ""
    as_of: str = ""
    criteria: tuple[CriterionSum, ...] = ()
    environments: int = 0
    vacancies: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeckSetting:
    """What surrounds a call in its deck. All but the community's name may be absent.

    `site_url` is the site's address without a trailing slash, `call_url` the call's page; `logo`, `cover` and
    `pictures` (of section slides, in turn) are addresses of own pictures, such as /media/images/a.jpg; `zones` are
    IANA names shown on the first slide; `next_call` is a text such as "8 June 2021, 17:30 CEST"; accents are #rrggbb;
    `font` is a family in place of the theme's; `footer` stands at the foot of slides in place of names; `portraits`
    are (person's name, address of a picture).
    """

    community: str
    series: str = ""
    site_url: str = ""
    call_url: str = ""
    language: str = "en"
    theme: str = "harbour"
    accent: str = ""
    second_accent: str = ""
    logo: str = ""
    cover: str = ""
    pictures: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    matrix: MatrixSummary | None = None
    releases_url: str = ""
    next_call: str = ""
    font: str = ""
    footer: str = ""
    portraits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Places:
    """Where uploaded files lie on disk, and the addresses that lead to them and to the static files."""

    media: Path
    media_url: str = "/media/"
    static_url: str = "/static/"
