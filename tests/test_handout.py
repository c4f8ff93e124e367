"""The handout: the deck's own slides three to a page, with room for notes; the same words, links and outline."""

from collections import Counter

import pytest

from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.sheet import Sheet
from tests import pdf
from tests.deck_sample import sample_call, sample_setting


@pytest.fixture(scope="module")
def deck() -> Drawing:
    return pdf.draw(sample_call(), sample_setting())


@pytest.fixture(scope="module")
def handout() -> Drawing:
    return pdf.draw(sample_call(), sample_setting(), "handout")


def test_three_slides_stand_on_each_page_in_their_order(deck: Drawing, handout: Drawing) -> None:
    slides, pages = pdf.text_of(deck), pdf.text_of(handout)
    assert len(pages) == -(-len(slides) // 3)
    for number, slide in enumerate(slides):
        assert pdf.words(slide) in pdf.words(pages[number // 3])


def test_it_says_nothing_but_the_slides_and_what_names_them(deck: Drawing, handout: Drawing) -> None:
    extra = Counter(pdf.words(" ".join(pdf.text_of(handout)))) - Counter(pdf.words(" ".join(pdf.text_of(deck))))
    per_page = sum(extra.values()) / handout.pages
    assert per_page < 140


def test_outline_and_links_are_those_of_the_deck(deck: Drawing, handout: Drawing) -> None:
    assert pdf.outline(handout) == pdf.outline(deck)
    on_slides = [link if link[0] != "#" else f"#{(int(link[1:]) - 1) // 3 + 1}" for link in pdf.links(deck)]
    assert pdf.links(handout) == on_slides


def test_slides_are_small_and_left_of_the_lines(handout: Drawing) -> None:
    left, right, width = 40.0, 375.0, 595.0
    every = list(pdf.characters(handout))
    slides = [one for one in every if left < one.right < right and 60 < one.bottom < 780]
    assert len(slides) > 2000
    assert max(one.size for one in slides) < 35
    assert [
        one for one in every if one.left < left or one.right > width - left or one.bottom < 12 or one.top > 830
    ] == []


def test_pages_are_counted_and_named(handout: Drawing) -> None:
    for number, page in enumerate(pdf.text_of(handout), 1):
        assert f"{number} of {handout.pages}" in page
        assert "Handout" in page
        assert "calls.example.org/calls/community-call/2021-05-11" in page


def test_items_begin_with_their_clock_time(handout: Drawing) -> None:
    assert "7 · 17:40" in "".join(pdf.text_of(handout))


def test_what_was_done_to_the_slides_is_told_under_the_page_they_are_on(deck: Drawing, handout: Drawing) -> None:
    found = pdf.text_of(handout)
    assert [one.text for one in handout.remarks] == [one.text for one in deck.remarks]
    assert [one.slide for one in handout.remarks] == [(one.slide + 2) // 3 for one in deck.remarks]
    assert all(one.slide <= len(found) for one in handout.remarks)


def test_letter_paper_holds_as_many() -> None:
    letter = pdf.draw(sample_call(), sample_setting(), "handout", sheet=Sheet("letter"))
    assert tuple(map(round, pdf.open_pdf(letter)[0].get_size())) == (612, 792)
    assert letter.pages == -(-pdf.draw(sample_call(), sample_setting()).pages // 3)


def test_unknown_paper_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DeckError, match=r"^“a5” is no size of paper\. Known are a4, letter\.$"):
        pdf.draw(sample_call(), sample_setting(), "handout", sheet=Sheet("a5"))
