"""Slide notes about people, with signs before their lines, and for data that a call has none of."""

import datetime as dt

import pytest

from communitycalls.deck import blocks as b
from communitycalls.deck.compose import compose
from communitycalls.deck.layouts import NOTHING, Place, arrange
from communitycalls.deck.notes import read_notes, read_points, words_of
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Body, Face, Slide, Team
from communitycalls.document.values import AgendaItem, CallDocument


def arranged(text: str) -> tuple[Slide, ...]:
    return tuple(slide for draft in read_notes(text) for slide in arrange(draft, Place("Topic", 1, {})))


def faces(text: str) -> list[Face]:
    (slide,) = arranged(f"layout: team\n\n{text}")
    assert isinstance(slide, Team)
    return [face for row in slide.rows for face in row]


def test_what_stands_below_a_person_is_said_of_them() -> None:
    ada, kim = faces("- Ada — host\n  - Compilers\n  - **Tests**\n\n  and tea\n- Kim\n  - Docs")
    assert (ada.name, ada.roles) == ("Ada", "host · Compilers · Tests · and tea")
    assert (kim.name, kim.roles) == ("Kim", "Docs")


def test_a_list_that_begins_below_nobody_still_names_people() -> None:
    assert [face.name for face in faces("- \n  - Ada\n- Kim") if face.name] == ["Ada", "Kim"]


def test_signs_of_people_stand_before_what_they_do() -> None:
    ada, kim = faces("- 🚀 Ada Lovelace — host\n- :lock: Kim")
    assert (ada.name, ada.initials, ada.roles) == ("Ada Lovelace", "AL", "🚀 host")
    assert (kim.name, kim.roles) == ("Kim", "🔒")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("🔐 safe", "🔐 safe"),
        (":lock: safe", "🔒 safe"),
        ("🦄 rare", "🦄 rare"),
        ("[x] 🚀 gone", "☑ 🚀 gone"),
        ("[ ] open", "☐ open"),
        ("plain", "plain"),
    ],
)
def test_signs_of_lists_stay_where_no_icons_are_shown(item: str, said: str) -> None:
    (quote,) = (block for draft in read_notes(f"> - {item}\n> - more") for block in draft.blocks)
    assert isinstance(quote, b.Quote)
    assert quote.paragraphs == (f"• {said}", "• more")
    (bullets,) = (block for draft in read_notes(f"- {item}") for block in draft.blocks)
    assert words_of(bullets) == [said]


def test_sign_of_a_numbered_item_is_said_once() -> None:
    (bullet,) = read_points("1. 🚀 fast")
    assert bullet.signed == "🚀 fast"


@pytest.mark.parametrize("layout", sorted(NOTHING))
def test_a_slide_of_what_the_call_has_none_of_says_so(layout: str) -> None:
    item = AgendaItem(1, "News", "topic", slide_notes=f"layout: {layout}")
    call = CallDocument("series", dt.date(2021, 5, 11), "Call", agenda=(item,))
    slide = next(one for one in compose(call, DeckSetting("Ours")) if one.remarks)
    title, sentence = NOTHING[layout]
    assert isinstance(slide, Body)
    assert (slide.title, slide.blocks) == (title, (b.Text(sentence),))
    assert slide.remarks == (f"Layout “{layout}” has nothing to show in this call.",)


def test_a_draft_s_own_words_stand_where_there_is_nothing_else() -> None:
    draft = read_notes("layout: changes\n\n# Ours\n\nWe changed nothing.")[0]
    (slide,) = arrange(draft, Place("Topic", 1, {"changes": ()}))
    assert isinstance(slide, Body)
    assert (slide.title, slide.blocks) == ("Ours", (b.Text("We changed nothing."),))
