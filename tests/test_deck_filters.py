"""What the deck's templates make of addresses and titles."""

import pytest

from communitycalls.templatetags.deck import bare_address, inline, unwidowed, whole_address


@pytest.mark.parametrize(
    ("url", "read", "typed"),
    [
        ("https://calls.example.org/calls/", "calls.example.org/calls", "calls.example.org/calls"),
        ("https://tube.example.org/watch?v=abc", "tube.example.org/watch?v=abc", "tube.example.org/watch?v=abc"),
        ("https://e.org/m/?call=community-call/2021", "e.org/m", "e.org/m/?call=community-call/2021"),
        ("#flatcar", "#flatcar", "#flatcar"),
    ],
)
def test_address_keeps_what_leads_there(url: str, read: str, typed: str) -> None:
    assert (bare_address(url), whole_address(url)) == (read, typed)


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("Community call, October 2021", 'Community call, <span class="nowrap">October 2021</span>'),
        ("Interop matrix: who takes a row?", 'Interop matrix: who takes <span class="nowrap">a row?</span>'),
        ("Who takes a row?", "Who takes a row?"),
        ("Upcoming releases and their highlights", "Upcoming releases and their highlights"),
        ("Everything that is *new in May*", "Everything that is <em>new in May</em>"),
        ("https://calls.example.org/a-long-address ends", None),
    ],
)
def test_short_last_word_stays_with_the_one_before(title: str, html: str | None) -> None:
    assert unwidowed(inline(title)) == (html or inline(title))
