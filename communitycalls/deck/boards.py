"""Slides that show data of the call as boards: releases by channel, changes of the matrix, how the matrix stands."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communitycalls.deck.notes import read_points
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Card, ChangeRow, Changes, ReleaseBoard, Slide
from communitycalls.deck.standing import Standing
from communitycalls.deck.tones import tone_of
from communitycalls.document.values import CallDocument, MatrixChange, Release
from interop.markdown import plain

MOST_CARDS = 5
CHIP, MOST_BELOW = 5, 120  # what a name's frame takes, and how much goes below the bars, in letters
BOARD_TITLES = {"current": "Current releases", "upcoming": "Upcoming releases"}
KIND_NAMES = {"major": "Major release", "minor": "Minor release", "patch": "Patch release"}
FORM_ALONE = {("section", field) for field in ("placeholders", "level", "table")}
WHOLE_ROWS = {"added", "retired"}
CHANGE_NAMES = {"added": "New environment", "retired": "Retired", "renamed": "Renamed", "moved": "Moved"}


def releases(call: CallDocument, outlook: str, setting: DeckSetting) -> tuple[Slide, ...]:
    """The boards of one outlook: channels as columns, at most five on a slide."""
    shown = [release for release in call.releases if release.outlook == outlook]
    dates = {(release.date, release.granularity) for release in shown}
    when = date_words(*dates.pop()) if len(dates) == 1 else ""
    if not any(release.channel or release.version for release in shown):
        when = ""
    cards = [_card(release, "" if when else date_words(release.date, release.granularity)) for release in shown]
    return tuple(
        ReleaseBoard(title=BOARD_TITLES[outlook], when=when, url=setting.releases_url, cards=tuple(group))
        for group in _evenly(cards, MOST_CARDS)
    )


def _card(release: Release, date: str) -> Card:
    """A release's card; of a round of which but the day is known, the day stands where a version would."""
    return Card(
        channel=release.channel or "Release round",
        tone=tone_of(release.channel or ""),
        version=release.version or ("" if release.channel else date),
        kind=KIND_NAMES.get(release.kind or "", "Release" if release.version else ""),
        date=date if release.version or release.channel else "",
        points=read_points(release.highlights),
    )


def _evenly(cards: Sequence[Card], most: int) -> list[Sequence[Card]]:
    """Cards in groups of nearly the same size, none larger than `most`."""
    groups = -(-len(cards) // most)
    size = -(-len(cards) // groups) if groups else 1
    return [cards[start : start + size] for start in range(0, len(cards), size)]


def date_words(date: dt.date | None, granularity: str | None = None) -> str:
    """A date as slides say it: "28 April 2021", "week of 15 November 2021"; "" for none."""
    if date is None:
        return ""
    words = f"{date.day} {date:%B %Y}"
    return f"Week of {words}" if granularity == "week" else words


def changes(call: CallDocument, setting: DeckSetting) -> tuple[Slide, ...]:
    """What changed in the matrix, as recorded in the call."""
    rows = tuple(_once_noted([_change_row(change) for change in told_changes(call)]))
    title = f"Changes in the {setting.matrix.title}" if setting.matrix else "Changes in the interop matrix"
    return (Changes(title=title, rows=rows),) if rows else ()


def told_changes(call: CallDocument) -> list[MatrixChange]:
    """The changes of the matrix that say something of it, not of its document's form alone."""
    return [change for change in call.matrix_changes if (change.what, change.field) not in FORM_ALONE]


def _once_noted(rows: Sequence[ChangeRow]) -> Iterator[ChangeRow]:
    """Rows with a note that several in succession share at the first of them alone."""
    note = ""
    for row in rows:
        yield replace(row, note="") if row.note == note else row
        note = row.note


def _change_row(change: MatrixChange) -> ChangeRow:
    what = CHANGE_NAMES.get(change.what, "")
    field = what or change.field.replace("-", " ").replace("_", " ").capitalize() or change.what.capitalize()
    old, new = ("", "") if change.what in WHOLE_ROWS else _stated(change.old, change.new)
    return ChangeRow(
        environment=plain(change.name or change.environment) or "The whole matrix",
        field=field,
        what=what,
        old=old,
        new=new,
        note=change.note,
        correction=change.kind == "correction",
    )


def _stated(old: str, new: str) -> tuple[str, str]:
    """Both in plain words, or as written where only the writing differs; of a link that changed, that it did."""
    words = plain(old), plain(new)
    if words[0] != words[1]:
        return words
    if "](" in new:
        return words[0], f"{words[1]} ({'another link' if '](' in old else 'now a link'})"
    return old, new


def standing(setting: DeckSetting) -> tuple[Slide, ...]:
    """How the matrix stands, where the setting says so; many environments without an owner on a slide of their own."""
    matrix = setting.matrix
    if matrix is None or not matrix.environments:
        return ()
    whole = Standing(title=matrix.title, matrix=matrix, vacancies=matrix.vacancies)
    if sum(len(name) + CHIP for name in matrix.vacancies) <= MOST_BELOW:
        return (whole,)
    title = f"{len(matrix.vacancies)} environments look for an owner"
    return replace(whole, vacancies=()), replace(whole, title=title, apart=True)
