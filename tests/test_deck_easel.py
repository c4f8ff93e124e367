"""A deck of which one slide changed is drawn from what was kept, and is no other than one drawn from nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from communitycalls.deck.compose import compose
from communitycalls.deck.ink import InkedPage
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.pdf import fitted
from communitycalls.deck.render import Workshop
from communitycalls.document.values import CallDocument
from tests import pdf
from tests.deck_sample import sample_call, sample_setting
from tests.pdf_check import faults

LOOK = sample_setting()


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    workshop = Workshop(cpu_seconds=60, wall_seconds=120)
    yield workshop
    workshop.close()


def draw(shop: Workshop, call: CallDocument) -> Drawing:
    return shop.ask(Job("deck", call, LOOK, pdf.NOWHERE))


def elsewhere(call: CallDocument) -> CallDocument:
    """The same call at another address, so that nothing was kept of it."""
    return replace(call, series="another-call")


def with_more(call: CallDocument, text: str, item: int = 0) -> CallDocument:
    agenda = list(call.agenda)
    agenda[item] = replace(agenda[item], slide_notes=agenda[item].slide_notes + text)
    return replace(call, agenda=tuple(agenda))


def same(one: Drawing, other: Drawing) -> None:
    assert one.pages == other.pages
    assert one.remarks == other.remarks
    assert pdf.text_of(one) == pdf.text_of(other)
    assert pdf.outline(one) == pdf.outline(other)
    assert pdf.links(one) == pdf.links(other)
    assert pdf.fonts_of(one) == pdf.fonts_of(other)
    assert abs(len(one.pdf) - len(other.pdf)) < 0.01 * len(one.pdf)
    assert pictures(one) == pictures(other)


def pictures(drawing: Drawing) -> list[bytes]:
    """Every page as it looks."""
    return [page.render(scale=0.3).to_pil().tobytes() for page in pdf.open_pdf(drawing)]


def test_edited_deck_is_the_one_that_would_be_drawn_anew(shop: Workshop) -> None:
    draw(shop, sample_call())
    edited = with_more(sample_call(), "\n- one bullet more, with a sign that no font has: \U000f0000 and ☃")
    edited = with_more(edited, "\n\n---\n\n# One more\n\n> so that every page has another number\n\n🎉")
    drawn = draw(shop, edited)
    same(drawn, draw(shop, elsewhere(edited)))
    assert faults(drawn.pdf) == []


def test_deck_that_went_back_is_what_it_was(shop: Workshop) -> None:
    first = draw(shop, sample_call())
    draw(shop, with_more(sample_call(), "\n\n---\n\n# More\n\n☃ 🎉 `code`"))
    again = draw(shop, sample_call())
    same(first, again)


def test_pages_that_did_not_change_are_neither_laid_out_nor_painted_again() -> None:
    call = replace(sample_call(), series="fresh-call")
    first = pages_of(call)
    inks = [page.ink for page in first]
    second = pages_of(with_more(call, "\n- one more"))
    assert [number for number, page in enumerate(second, 1) if page not in first] == [6]
    assert [page.ink in inks for page in second].count(False) == 1


def pages_of(call: CallDocument) -> list[InkedPage]:
    """The pages of a deck drawn by this process."""
    pages: list[InkedPage] = fitted(compose(call, LOOK), LOOK, pdf.NOWHERE)[0].document.pages
    return pages


def test_moved_section_changes_agenda_and_numbers_of_all_that_follows(shop: Workshop) -> None:
    draw(shop, sample_call())
    edited = draw(shop, with_more(sample_call(), "\n\n---\n\n# Inserted"))
    pages = pdf.text_of(edited)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages[1:-1], 2))
    targets = sorted({int(link[1:]) for link in pdf.links(edited) if link.startswith("#")})
    for target, item in zip(targets, sample_call().agenda, strict=True):
        assert item.title in pages[target - 1]
        assert str(target) in pages[1].split()


def test_slide_that_comes_twice_is_drawn_twice_with_numbers_of_its_own(shop: Workshop) -> None:
    twice = "\n\n---\n\n# Pause\n\n- tea" * 2 + "\n\n---\n\nlayout: thanks" * 2
    drawn = draw(shop, with_more(sample_call(), twice))
    pages = pdf.text_of(drawn)
    pauses = [number for number, page in enumerate(pages, 1) if "Pause" in page and "tea" in page]
    assert len(pauses) == 2
    assert [f"{number} / {len(pages)}" in pages[number - 1] for number in pauses] == [True, True]
    assert faults(drawn.pdf) == []
