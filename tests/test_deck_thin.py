"""Fonts in a deck hold nothing of signs that are not in it, and what pages share is in the file once."""

import hashlib
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # -- it has no types
from pypdf import PdfReader
from pypdf.generic import StreamObject

from communitycalls.deck import thin
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.render import WORKSHOP
from tests import pdf
from tests.deck_sample import sample_call, sample_setting


@pytest.fixture(scope="module")
def deck() -> Drawing:
    return WORKSHOP.ask(Job("deck", sample_call(), sample_setting(), pdf.NOWHERE))


def streams(drawing: Drawing) -> list[StreamObject]:
    reader = PdfReader(BytesIO(drawing.pdf))
    found = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1)]
    return [one for one in found if isinstance(one, StreamObject)]


def fonts(drawing: Drawing) -> list[bytes]:
    found = [one.get_data() for one in streams(drawing) if one.get("/Subtype") == "/OpenType" or "/Length1" in one]
    assert found
    return found


def test_fonts_are_sound_and_name_no_sign_that_is_not_drawn(deck: Drawing) -> None:
    for data in fonts(deck):
        font = TTFont(BytesIO(data), checkChecksums=2)
        assert not {"name", "GDEF"} & set(font.keys())
        if "CFF " in font:
            top = font["CFF "].cff.topDictIndex[0]
            drawn = sum(len(sign.bytecode) > 0 for sign in top.CharStrings.values())
            assert len(top.charset) > 4 * drawn
            assert len(b"".join(map(str.encode, top.strings.strings))) < 40 * drawn


def test_a_deck_has_few_fonts(deck: Drawing) -> None:
    upright = [name for name in pdf.fonts_of(deck) if "Inter" in name and "Italic" not in name]
    assert len(upright) <= 4, upright


def test_what_pages_share_is_in_the_file_once(deck: Drawing) -> None:
    forms = [
        hashlib.sha256(repr(sorted(one.items())).encode() + one.get_data()).digest()
        for one in streams(deck)
        if one.get("/Subtype") == "/Form" and b"BDC" not in one.get_data()
    ]
    assert forms
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("cut", [0, 3, 12, 200, 5000])
def test_a_font_that_cannot_be_read_stays_as_it_is(deck: Drawing, cut: int) -> None:
    whole = next(data for data in fonts(deck) if data.startswith(b"OTTO"))
    assert thin.thinner(whole[:cut]) == whole[:cut]


def test_a_font_is_thinned_once(deck: Drawing) -> None:
    for data in fonts(deck):
        assert thin.thinner(data) == data
