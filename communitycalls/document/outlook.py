"""Releases as the writer lists them; where a document has such a list, it alone counts.

    # Releases

    1. **Alpha 2857.0.0** (current; major; 2021-04-28)

       What is in it, as Markdown.
    2. **Release** (upcoming; week of 2021-05-17)

A channel or version of unusual form stands in the bracket: `**Release** (current; channel: x; version: y)`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from communitycalls.document import facts
from communitycalls.document.agenda import BODY, split_quoted
from communitycalls.document.outline import Passage, marker_number, passage
from communitycalls.document.releases import VERSION
from communitycalls.document.values import Release
from interop.markdown import lines

OUTLOOKS = ("current", "upcoming", "mentioned")
KINDS = ("major", "minor", "patch")
KEYS = frozenset({"channel", "version", "date"})
NO_RELEASES = "No releases."
NAMELESS = "Release"
HEAD = re.compile(r"\*\*((?:\\.|[^*\\])*)\*\* \((.*)\)")
DATE = re.compile(r"(week of )?(\d{4}-\d{2}-\d{2})")


def read_outlook(body: Passage) -> tuple[Release, ...] | None:
    """The releases of a section in the writer's own form; None for anything else."""
    if body.text == NO_RELEASES:
        return ()
    found: list[Release] = []
    for block in body.blocks:
        for item in block.items:
            release = _read(body.item(item), marker_number(body.rows[item.start]) or len(found) + 1)
            if release is None:
                return None
            found.append(release)
        if not block.items:
            return None
    return tuple(found) or None


def _read(item: Passage, number: int) -> Release | None:
    first = HEAD.fullmatch(item.rows[0].text.strip()) if item.rows else None
    said = _said(first[2]) if first else None
    if not first or said is None:
        return None
    channel, version = _name(facts.unescape(first[1]))
    date = dt.date.fromisoformat(said["date"]) if "date" in said else None
    return Release(
        number,
        _given(said["channel"]) if "channel" in said else channel,
        _given(said["version"]) if "version" in said else version,
        date,
        said["outlook"],
        said.get("kind"),
        _highlights(item.part(1)),
        said.get("granularity"),
    )


def _highlights(body: Passage) -> str:
    around, quoted = split_quoted(body, BODY)
    return quoted if quoted and not around else body.text


def _given(value: str) -> str | None:
    return None if value == "none" else facts.unescape(value)


def _name(words: str) -> tuple[str | None, str | None]:
    """Channel and version of `LTS 2021 2605.15.1`."""
    channel, _, version = words.rpartition(" ")
    if channel and re.fullmatch(VERSION, version) and not version.startswith("v"):
        return channel, version
    return (None if words == NAMELESS else words or None), None


def _said(bracket: str) -> Mapping[str, str] | None:
    """What the bracket says; None where it says anything else."""
    found: dict[str, str] = {}
    for part in facts.parts(bracket):
        pairs = _part(part)
        if pairs is None:
            return None
        found |= pairs
    return found if "outlook" in found and _is_date(found.get("date", "2021-01-01")) else None


def _part(part: str) -> Mapping[str, str] | None:
    date = DATE.fullmatch(part)
    if part in OUTLOOKS:
        return {"outlook": part}
    if part in KINDS:
        return {"kind": part}
    if part in {"week", "day"}:
        return {"granularity": part}
    if date:
        return {"date": date[2], "granularity": "week" if date[1] else "day"}
    return facts.pairs_of(part, KEYS)


def _is_date(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def write_release(release: Release) -> str:
    """A release's item without its marker; `read_outlook` reads it back. What else would be misread is quoted."""
    first, text = _first_line(release), release.highlights
    plain = f"{first}\n\n{text}" if text else first
    item = passage(_indented(plain))
    same = len(item.blocks) == 1 and len(item.blocks[0].items) == 1 and item.item(item.blocks[0].items[0]).text == plain
    quote = "\n".join(f"> {row}" if row else ">" for row in lines(text))
    return plain if same and _highlights(passage(f"\n{text}")) == text else f"{first}\n\n{BODY}\n\n{quote}"


def _indented(text: str) -> str:
    """As a list item with a marker of the narrowest kind."""
    first, *rest = lines(text)
    return "\n".join([f"1. {first}", *(f"   {row}" if row else "" for row in rest)])


def _first_line(release: Release) -> str:
    words = " ".join(filter(None, [release.channel, release.version])) or NAMELESS
    pairs = {}
    if _name(words) != (release.channel, release.version) or words != " ".join(words.split()):
        words = NAMELESS
        pairs = {key: _written(value) for key, value in (("channel", release.channel), ("version", release.version))}
    said = [release.outlook, *([release.kind] if release.kind else []), *_when(release)]
    said += [f"{key}: {value}" for key, value in pairs.items()]
    return f"**{facts.escape(words)}** ({'; '.join(said)})"


def _written(value: str | None) -> str:
    return "none" if value is None else facts.listed([value])


def _when(release: Release) -> Iterator[str]:
    if release.date and release.granularity:
        yield f"{'week of ' if release.granularity == 'week' else ''}{release.date.isoformat()}"
    elif release.date:
        yield f"date: {release.date.isoformat()}"
    elif release.granularity:
        yield release.granularity
