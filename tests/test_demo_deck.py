"""The deck of the demo's call of May 2021, as a file: it has every kind of slide, and nothing leaves a slide."""

import tomllib
from pathlib import Path

import pytest

from communitycalls.deck.compose import compose
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Body
from communitycalls.document.values import CallDocument
from interop.document import codec
from tests import pdf

CALL = Path(__file__).resolve().parent.parent / "communitycalls" / "demo" / "calls" / "2021-05-11.toml"
SETTING = DeckSetting("Harbour", series="Community call", zones=("UTC", "Asia/Kolkata"))
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 24.0
KINDS = {
    "Agenda",
    "Asked",
    "Body",
    "CadenceMap",
    "Columns",
    "Cover",
    "Discussion",
    "ReleaseBoard",
    "Section",
    "Team",
    "Thanks",
}
LAYOUTS = {"actions", "diagram", "icons", "quotes", "text"}


@pytest.fixture(scope="module")
def call() -> CallDocument:
    return codec.load(CallDocument, tomllib.loads(CALL.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def deck(call: CallDocument) -> Drawing:
    return pdf.draw(call, SETTING)


def test_it_has_every_kind_of_slide(call: CallDocument) -> None:
    slides = compose(call, SETTING)
    assert {type(slide).__name__ for slide in slides} == KINDS
    assert {slide.layout for slide in slides if isinstance(slide, Body)} == LAYOUTS


def test_it_has_at_least_twenty_slides_and_no_text_outside_one(deck: Drawing) -> None:
    assert deck.pages >= 20
    outside = [
        one
        for one in pdf.characters(deck)
        if one.left < MARGIN
        or one.bottom < MARGIN / 2
        or one.right > WIDTH - MARGIN / 2
        or one.top > HEIGHT - MARGIN / 2
    ]
    assert outside == []


def test_no_word_of_its_questions_is_missing(call: CallDocument, deck: Drawing) -> None:
    text = pdf.words("".join(pdf.text_of(deck)))
    for question in call.questions:
        for said in (question.text, *(answer.text for answer in question.answers)):
            assert pdf.words(said) in text or all(pdf.words(word) in text for word in said.split())
