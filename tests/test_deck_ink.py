"""A deck bound of pages that were painted one by one is what WeasyPrint writes of them, wherever they were painted."""

import pickle
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import ImageChops, ImageStat
from pypdf import PdfReader
from weasyprint.document import Page

from communitycalls.deck import foot, pictures, signs, theme
from communitycalls.deck.bind import bind
from communitycalls.deck.compose import compose
from communitycalls.deck.easel import OUR_PICTURES, Easel
from communitycalls.deck.ink import Packed
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.parts import Part
from communitycalls.deck.pdf import fitted
from communitycalls.deck.rehearsal import rehearse
from communitycalls.deck.tagging import levels, tidy
from communitycalls.document.values import CallDocument
from tests import pdf
from tests.deck_sample import sample_call, sample_setting
from tests.pdf_check import faults
from tests.pdf_tree import structure

SIGNS = "\n- signs that no font has: \U000f0000 and \U000f1234, and one of another: ☃ and 🎉 and नमस्ते"
TWICE = "\n\n---\n\n# Pause\n\n- tea" * 2


def edited(call: CallDocument, text: str) -> CallDocument:
    first, *others = call.agenda
    return replace(call, agenda=(replace(first, slide_notes=first.slide_notes + text), *others))


def laid_out(call: CallDocument) -> Any:
    setting = sample_setting()
    return fitted(compose(call, setting), setting, pdf.NOWHERE)[0].document


@pytest.fixture(scope="module", autouse=True)
def nothing_known() -> Iterator[None]:
    """Pages and fonts of other tests' decks are no part of these."""
    forget_fonts()
    yield
    Easel.forget()


def forget_fonts() -> None:
    for known in (signs.FACES, signs.KNOWN, signs.CutFont.cut, foot.LOOKS, pictures.HELD):
        known.clear()


@pytest.fixture(scope="module")
def document() -> Any:
    return laid_out(edited(sample_call(), SIGNS + TWICE))


@pytest.fixture(scope="module")
def bound(document: Any) -> Drawing:
    return Drawing(bind(document), len(document.pages))


@pytest.fixture(scope="module")
def plain(document: Any, bound: Drawing) -> Drawing:
    """The same pages written by WeasyPrint alone, after `bound` was: numbers are written into what was laid out."""
    pages = [Page(page._page_box) for page in document.pages]
    for page, inked in zip(pages, document.pages, strict=True):
        page.anchors = inked.anchors
    foot.set_numbers(pages)
    return Drawing(document.copy(pages).write_pdf(pdf_variant="pdf/ua-1", finisher=tidy), len(pages))


def difference(one: Drawing, other: Drawing) -> float:
    """How far two files are apart in looks, at most, of 255. A sign's width is rounded where it is met first."""
    pages = zip(pdf.open_pdf(one), pdf.open_pdf(other), strict=True)
    pairs = [[page.render(scale=0.5).to_pil().convert("RGB") for page in pair] for pair in pages]
    return max(max(ImageStat.Stat(ImageChops.difference(*pair)).rms) for pair in pairs)


def tree(drawing: Drawing) -> list[tuple[object, ...]]:
    top = structure(PdfReader(BytesIO(drawing.pdf), strict=True))
    assert top
    return [(one.kind, one.path, str(one.row.get("/Alt")), one.marks, len(one.objects)) for one in top.all()]


def test_bound_deck_is_what_weasyprint_writes(bound: Drawing, plain: Drawing) -> None:
    assert pdf.text_of(bound) == pdf.text_of(plain)
    assert pdf.links(bound) == pdf.links(plain)
    assert pdf.outline(bound) == pdf.outline(plain)
    assert tree(bound) == tree(plain)
    assert difference(bound, plain) < 0.5
    assert faults(bound.pdf) == []


def test_bound_deck_is_smaller(bound: Drawing, plain: Drawing) -> None:
    assert len(bound.pdf) < len(plain.pdf)


def test_file_is_sound_for_a_strict_reader(bound: Drawing) -> None:
    reader = PdfReader(BytesIO(bound.pdf), strict=True)
    assert reader.metadata
    assert reader.metadata.title == "Flatcar Container Linux community call, 11 May 2021"
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        assert reader.get_object(number) is not None


def test_head_cells_of_two_tables_have_names_of_their_own(bound: Drawing) -> None:
    top = structure(PdfReader(BytesIO(bound.pdf)))
    assert top
    names = [str(one.row["/ID"]) for one in top.all() if "/ID" in one.row]
    assert len(names) == len(set(names)) > 4
    used = {str(name) for one in top.all() for name in one.row.get("/A", {}).get("/Headers", ())}
    assert used <= set(names)


def test_pages_painted_elsewhere_make_the_same_file(document: Any) -> None:
    there = pickle.loads(pickle.dumps([page.sendable() for page in document.pages]))
    expected = bind(document)
    time.sleep(1)  # fonts of emoji are saved with the time they are saved at, in seconds
    forget_fonts()
    assert bind(document.copy(there)) == expected


def test_fonts_of_pages_painted_elsewhere_are_found_again(document: Any, bound: Drawing) -> None:
    pages = pickle.loads(pickle.dumps([page.sendable() for page in document.pages]))
    forget_fonts()
    found = Drawing(bind(document.copy(pages)), len(pages))
    assert pdf.fonts_of(found) == pdf.fonts_of(bound)
    assert pdf.text_of(found) == pdf.text_of(bound)
    assert difference(found, bound) == 0


def test_number_is_put_in_last(document: Any) -> None:
    inks = [page.ink for page in document.pages]
    fewer = document.copy(document.pages[2:5])
    texts = pdf.text_of(Drawing(bind(fewer), 3))
    assert [f"{number} / 3" in text for number, text in enumerate(texts, 1)] == [True] * 3
    assert all(page.ink is ink for page, ink in zip(document.pages, inks, strict=True))


def test_links_to_pages_that_are_not_there_lead_nowhere_else(document: Any) -> None:
    agenda = document.copy(document.pages[1:2])
    drawing = Drawing(bind(agenda), 1)
    assert set(pdf.links(drawing)) == {"#1"}


def test_slide_that_comes_twice_is_painted_once(document: Any) -> None:
    drawn: dict[int, int] = {}
    for page in document.pages:
        drawn[id(page.ink)] = drawn.get(id(page.ink), 0) + 1
    assert sorted(drawn.values())[-2:] == [1, 2]


def test_our_drawings_are_painted_once_and_shared(document: Any) -> None:
    """The corner that lies behind slides, on every page that has it."""
    drawings = [{gap for part in page.ink.shared.values() for gap in part.gaps} for page in document.pages]
    plate = pictures.Pictures(OUR_PICTURES, theme.STATIC / "img" / "deck")
    assert OUR_PICTURES + "corner.svg" in plate
    (held,) = plate[OUR_PICTURES + "corner.svg"]._printed.values()
    assert sum(held.name in one for one in drawings) > 5


def test_pictures_of_others_are_no_drawings_of_ours() -> None:
    cache = pictures.Pictures(OUR_PICTURES, theme.STATIC / "img" / "deck")
    for name in ("../deck/corner.svg", "../favicon.svg", "none.svg", "corner.png", ""):
        assert OUR_PICTURES + name not in cache
    assert "https://example.org/static/img/deck/corner.svg" not in cache


def test_rehearsal_paints_the_art_of_every_theme() -> None:
    pictures._plate.cache_clear()
    rehearse()
    folder = theme.STATIC / "img" / "deck"
    plates = [pictures._plate(path, OUR_PICTURES + path.name) for path in sorted(folder.glob("*.svg"))]
    assert sum(bool(plate and plate._printed) for plate in plates) >= 8
    assert not Easel.kept


def test_a_font_is_read_and_cut_once(document: Any) -> None:
    bind(document)
    known, cut = dict(signs.FACES), dict(signs.CutFont.cut)
    bind(document)
    assert known == signs.FACES
    assert cut == signs.CutFont.cut


@pytest.mark.parametrize("count", [1, 3])
def test_signs_that_share_the_last_width_have_it(count: int) -> None:
    tables = {b"hhea": bytes(34) + struct.pack(">H", count), b"hmtx": struct.pack(">6H", 500, 0, 250, 0, 1000, 0)}
    directory, body, begin = struct.pack(">4s4H", b"true", 2, 0, 0, 0), b"", 12 + 16 * 2
    for tag, table in tables.items():
        directory += struct.pack(">4s3I", tag, 0, begin + len(body), len(table))
        body += table
    font = SimpleNamespace(file_content=directory + body, upem=1000, glyph_count=5)
    assert list(signs._widths(font).values()) == ([500] * 4 if count == 1 else [250, 1000, 1000, 1000])


def test_signs_in_colour_are_read_from_the_font_of_their_own_page() -> None:
    """That of an earlier page may be gone with all that was laid out."""
    first, later = (SimpleNamespace(hash="A", png=True, hb_font=name) for name in ("gone", "there"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signs, "_known", lambda font: first)
        patch.setattr(signs, "_unused", lambda font: SimpleNamespace(**vars(font)))
        page = signs.PageFonts()
        page[1] = later
    assert page[1].hb_font == "there"
    assert 1 not in signs.KNOWN


def test_a_font_that_is_gone_is_told(document: Any) -> None:
    (name, told), *_ = document.pages[1].ink.fonts.items()
    with pytest.raises(LookupError, match="'No Such Family'"):
        signs.fonts_of([{f"{name}x": replace(told, family="No Such Family")}], document.font_config.font_map)


@pytest.mark.parametrize("count", [1, 500, 50_000])
def test_operators_are_added_to_packed_ones(count: int) -> None:
    first, more = b"0 0 m 1 1 l S\n" * count, b"q 1 0 0 1 0 0 cm Q"
    assert zlib.decompress(Packed.of(first).and_then(more)) == first + b"\n" + more


def test_a_part_is_filled_with_what_its_gaps_name() -> None:
    part = Part(b"<</P %b/K [%b]/S (100%%)>>", (0, "top"))
    assert part.filled({0: b"7 0 R", "top": b"3 0 R"}) == b"<</P 7 0 R/K [3 0 R]/S (100%)>>"


def test_stand_ins_do_not_depend_on_what_came_before() -> None:
    one, other = signs.StandIns(900), signs.StandIns(900)
    assert [sign in one for sign in (0x2603, 0xF0000)] == [sign in other for sign in (0xF0000, 0x2603)]
    assert dict(one) == dict(other)
    assert all(900 <= number < 2**16 for number in one.values())


@pytest.mark.parametrize(
    ("written", "told"), [([1, 3, 3, 2, 5], [1, 2, 2, 2, 3]), ([4, 2, 3, 1], [1, 1, 2, 1]), ([], [])]
)
def test_headings_come_up_so_that_none_is_skipped(written: list[int], told: list[int]) -> None:
    assert list(levels(written)) == told
