"""Lines of Markdown on slides: those without marks take a short way that leads to the same."""

import pytest

from communitycalls.deck import line
from interop.markdown import plain, render_inline

LINES = (
    "Words",
    "Words, more words: and some; then 3 of them.",
    "Wie schön, мир и 世界?",
    "What a day!",
    "",
    " Blanks ",
    "Two  blanks",
    "1. A number",
    "12 things",
    "2021",
    "- A dash",
    "an_underscore_d word",
    "*marks* and `code`",
    "www.example.org/",
    "Look at www.example.org.",
    "https://example.org/ and mail@example.org",
    "a &amp; b",
    "A & B <i>",
    "A note[^1]",
    "One\nTwo",
    "One\n===",
    "a | b",
    "~~gone~~ (c) -- ... 'quotes'",
    "cafe\u0301 and مرحبا",
    "\u00a0hard\u00a0blanks",
)


@pytest.mark.parametrize("text", LINES)
def test_line_is_read_as_any_text_is(text: str) -> None:
    assert line.words(text) == plain(text)
    assert line.html(text) == render_inline(text)
    assert hasattr(line.html(text), "__html__"), "a template would escape it"


def test_most_lines_of_prose_take_the_short_way() -> None:
    assert all(line.UNMARKED.fullmatch(text) for text in LINES[:4])
