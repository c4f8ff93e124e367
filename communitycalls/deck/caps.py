"""How much a call may hold to become a deck: what lays out for minutes is refused at once, with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from django.utils.text import Truncator

from communitycalls.deck.outcome import DeckError
from communitycalls.document.values import CallDocument

MOST_CHARACTERS = 200_000
LONGEST_WORD = 6_000
MOST_EMOJI = 2_000
LONG_TEXT = 10_000
LONGEST_NAME = 60
MUCH = 10
FIRST_EMOJI = "\U0001f000"
BROKEN_WORD = 20
DEEP = re.compile(r"^(?:[ \t]{56,}(?:[-*+]|\d+[.)])[ \t]|(?:[ \t]*>){25})", re.MULTILINE)


def check(call: CallDocument) -> None:
    """Raise DeckError where a call's texts hold more than a deck can take."""
    found = [text for text in texts(call) if text]
    length = sum(map(len, found))
    if length > MOST_CHARACTERS:
        raise DeckError(
            f"The call holds {length:,} characters of text; a deck can take {MOST_CHARACTERS:,}.{_longest(call)}"
            " Shorten its slide notes."
        )
    emoji = sum(sign >= FIRST_EMOJI for text in found if not text.isascii() for sign in text)
    if emoji > MOST_EMOJI:
        raise DeckError(f"The call holds {emoji:,} emoji; a deck can show {MOST_EMOJI:,}. Take some out.")
    for text in found:
        if len(text) > LONGEST_WORD:
            _check_long(text)


def _longest(call: CallDocument) -> str:
    """Which agenda item holds most, where one holds much."""
    lengths = [(sum(map(len, texts(item))), item.title) for item in call.agenda]
    length, title = max(lengths, default=(0, ""))
    if length * MUCH < MOST_CHARACTERS:
        return ""
    return f" Most is in “{Truncator(title).chars(LONGEST_NAME)}”: {length:,}."


def _check_long(text: str) -> None:
    longest = max(text.split(), key=len, default="")
    if len(longest) > LONGEST_WORD:
        raise DeckError(
            f"The word “{longest[:BROKEN_WORD]}…” has {len(longest):,} characters; a deck can break words of"
            f" {LONGEST_WORD:,}. Put blanks into it."
        )
    if len(text) > LONG_TEXT and DEEP.search(text):
        raise DeckError("The slide notes nest lists or quotes deeper than 24 levels. Make them flatter.")


def texts(value: object) -> Iterator[str]:
    """Every text in a value, but what nobody could read of the document it came from."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name != "unread":
                yield from texts(getattr(value, each.name))
