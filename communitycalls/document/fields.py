"""The fields of a call and of what it holds, in the words and figures readers see. Pure.

Every field of the values is here once, but for numbers (which name a thing) and for the lists a call holds.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from communitycalls.document import values as v
from communitycalls.recordings import offset_in_figures

Key = Callable[[Any], Hashable]


@dataclass(frozen=True)
class Field:
    """`tell` gives the text for a whole element, "" for nothing; `is_text` marks running text."""

    name: str
    label: str
    tell: Callable[[Any], str]
    is_text: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `name` is what to call one; `keys` know one again in another version, the surest first.

    A key that gives None knows nothing again.
    """

    fields: tuple[Field, ...]
    name: Callable[[Any], str] = lambda _: ""
    keys: tuple[Key, ...] = (lambda one: one.number,)


def _plain(name: str, label: str) -> Field:
    return Field(name, label, lambda one: str(getattr(one, name) or ""))


def _word(name: str, label: str) -> Field:
    """A word of a fixed list, such as a kind or a state."""
    return Field(name, label, lambda one: str(getattr(one, name) or "").capitalize())


def _text(name: str, label: str) -> Field:
    return Field(name, label, lambda one: str(getattr(one, name)), is_text=True)


def _names(name: str, label: str) -> Field:
    return Field(name, label, lambda one: ", ".join(getattr(one, name)))


def _day(name: str, label: str) -> Field:
    return Field(name, label, lambda one: day_in_words(getattr(one, name)))


def day_in_words(day: dt.date | None) -> str:
    """11 May 2021; "" for no day."""
    return f"{day:%-d %B} {day.year}" if day else ""


def start_in_words(call: v.CallDocument) -> str:
    """11 May 2021, 17:30 CEST (15:30 UTC); "" where the start is not known."""
    if call.start is None:
        return ""
    local, utc = call.start.astimezone(ZoneInfo(call.timezone)), call.start.astimezone(dt.UTC)
    day = "" if utc.date() == local.date() else f"{day_in_words(utc.date())}, "
    return f"{day_in_words(local.date())}, {local:%H:%M} {local.tzname()} ({day}{utc:%H:%M} UTC)"


def _minutes(name: str, label: str) -> Field:
    def tell(one: object) -> str:
        length = getattr(one, name)
        return "" if length is None else f"{length} min"

    return Field(name, label, tell)


def _agenda_item(entry: v.MinutesEntry) -> str:
    return f"item {entry.agenda_item}" if entry.agenda_item is not None else ""


def _offset(entry: v.MinutesEntry) -> str:
    return offset_in_figures(entry.offset) if entry.offset is not None else ""


def _link_kind(link: v.Link) -> Hashable | None:
    return None if link.kind == "other" else link.kind


def _release_name(release: v.Release) -> str:
    return " ".join(part for part in (release.channel, release.version, day_in_words(release.date)) if part)


def _change_name(change: v.MatrixChange) -> str:
    return ", ".join(part for part in (change.name or change.environment or change.matrix, change.field) if part)


def _whole(one: Hashable) -> Hashable:
    return one


CALL: Sequence[Field] = (
    _plain("series", "Series"),
    _text("title", "Title"),
    _day("date", "Date"),
    Field("ordinal", "Number on that day", lambda call: str(call.ordinal)),
    Field("start", "Start", start_in_words),
    _plain("timezone", "Time zone"),
    _minutes("duration", "Length"),
    _word("status", "State"),
    _text("introduction", "Introduction"),
)
LINK = (_word("kind", "Kind"), _plain("label", "Label"), _plain("url", "Address"), _text("details", "Details"))
ITEM = (
    _text("title", "Title"),
    _word("kind", "Kind"),
    _minutes("minutes", "Length"),
    _names("presenters", "Presenters"),
    _names("environments", "Environments"),
    _text("body", "Text"),
    _text("slide_notes", "Slide notes"),
)
ENTRY = (
    _word("kind", "Kind"),
    _text("text", "Text"),
    _names("speakers", "Speakers"),
    Field("agenda_item", "Under", _agenda_item),
    Field("offset", "In the recording", _offset),
    _plain("assignee", "Assignee"),
    _day("due", "Due"),
)
QUESTION = (
    _text("text", "Question"),
    _plain("asked_by", "Asked by"),
    _word("state", "State"),
    _names("environments", "Environments"),
)
RELEASE = (
    _plain("channel", "Channel"),
    _plain("version", "Version"),
    _day("date", "Date"),
    _word("granularity", "The date names a"),
    _word("outlook", "Outlook"),
    _word("kind", "Kind"),
    _text("highlights", "Highlights"),
)
CHANGE = (
    _plain("matrix", "Matrix"),
    _plain("environment", "Environment"),
    _plain("name", "Name"),
    _word("what", "What"),
    _plain("field", "Field"),
    _plain("old", "Was"),
    _plain("new", "Became"),
    _word("kind", "Kind"),
    _plain("note", "Note"),
)
FIELDS: dict[str, Kind] = {
    "call": Kind(tuple(CALL)),
    "minutes": Kind((_word("status", "State of the minutes"), _text("introduction", "Introduction"))),
    "link": Kind(
        LINK,
        lambda link: link.label or link.url,
        (_whole, lambda link: link.url, lambda link: (link.kind, link.label), _link_kind),
    ),
    "agenda item": Kind(ITEM, lambda item: item.title),
    "entry": Kind(ENTRY, lambda entry: entry.text),
    "question": Kind(QUESTION, lambda question: question.text),
    "answer": Kind(
        (_plain("speaker", "Speaker"), _text("text", "Answer")),
        lambda answer: answer.speaker,
        (_whole, lambda answer: answer.text, lambda answer: answer.speaker),
    ),
    "release": Kind(RELEASE, _release_name),
    "matrix change": Kind(CHANGE, _change_name),
    "attendance": Kind(
        (_plain("name", "Name"), _word("role", "Role")), lambda one: one.name, (_whole, lambda one: one.name)
    ),
    "unread line": Kind(
        (Field("line", "Line", lambda one: str(one.line)), _plain("text", "Text")),
        lambda one: f"line {one.line}",
        (_whole, lambda one: one.line, lambda one: one.text),
    ),
}
