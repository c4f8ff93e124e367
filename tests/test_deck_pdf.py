"""The deck as a file: tags, outline, links, fonts, and that it can be read."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw
import pytest
from pypdf import PdfReader

from communitycalls.deck.compose import compose
from communitycalls.deck.draw import html
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import Workshop
from communitycalls.document.values import AgendaItem, Link
from tests import pdf
from tests.deck_sample import sample_call, sample_setting

SMALLEST_POINTS = 13.99
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 24.0


@pytest.fixture(scope="module")
def deck() -> Drawing:
    return pdf.draw(sample_call(), sample_setting())


def test_pages_are_sixteen_to_nine_and_counted(deck: Drawing) -> None:
    document = pdf.open_pdf(deck)
    assert len(document) == deck.pages >= 22
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {(960, 540)}


def test_file_has_title_author_language_and_tags(deck: Drawing) -> None:
    document = pdf.open_pdf(deck)
    told = document.get_metadata_dict()
    assert told["Title"] == "Flatcar Container Linux community call, 11 May 2021"
    assert told["Author"] == "Flatcar"
    assert pdf.language(document) == "en"
    assert raw.FPDFCatalog_IsTagged(document)


def test_outline_is_sections_with_their_slides(deck: Drawing) -> None:
    found = pdf.outline(deck)
    tops = [title for level, title in found if level == 0]
    assert tops[:3] == ["Flatcar Container Linux community call", "Welcome and the team", "Interoperability"]
    assert tops[-2:] == ["Questions and discussion", "Thank you!"]
    assert (1, "Where we stand") in found
    assert not [title for _, title in found if "(cont.)" in title]


def test_agenda_leads_to_the_section_slides_and_names_their_pages(deck: Drawing) -> None:
    pages = pdf.text_of(deck)
    targets = [int(link[1:]) for link in pdf.links(deck) if link.startswith("#")]
    titles = [item.title for item in sample_call().agenda]
    assert len(set(targets)) == len(titles)
    for title, target in zip(titles, sorted(set(targets)), strict=True):
        assert title in pages[target - 1]
        assert re.search(rf"{re.escape(title)}.*\b{target}\b", pages[1], re.DOTALL)


def test_links_are_whole_addresses_and_own_ones_lead_to_the_site(deck: Drawing) -> None:
    links = pdf.links(deck)
    assert "https://calls.example.org/interop/flatcar/" in links
    assert "https://github.com/kubernetes-sigs/cluster-api-provider-aws/pull/2271" in links
    assert all(link.startswith(("#", "https://", "mailto:")) for link in links)


def test_link_into_the_call_s_own_page_leads_to_the_site() -> None:
    page = sample_setting().call_url
    notes = f"# Topic\n\n- [questions](#question-3), [minutes]({page}#minutes) and [tea](#th%C3%A9)"
    links = pdf.links(pdf.draw(pdf.with_notes(sample_call(), notes), sample_setting()))
    assert {f"{page}#question-3", f"{page}#minutes", f"{page}#th%C3%A9"} <= set(links)
    assert {link for link in links if link.startswith("#")} == {"#3"}


def test_names_that_links_lead_to_stand_in_the_order_of_their_bytes() -> None:
    setting = replace(sample_setting(), call_url="", site_url="")
    links = "- " + " ".join(f"[a](#{name})" for name in ("zeta", "a\u00e9", "b", "\ufb01x", "\U0001f680"))
    reader = PdfReader(BytesIO(pdf.draw(pdf.with_notes(sample_call(), links), setting).pdf))
    tree: Any = reader.root_object["/Names"]
    names = [name.original_bytes for name in tree["/Dests"]["/Names"][::2]]
    assert len(names) == 6
    assert names == sorted(names)


def test_fonts_travel_with_the_file(deck: Drawing) -> None:
    fonts = pdf.fonts_of(deck)
    assert fonts
    assert all(fonts.values())


def test_no_text_is_smaller_than_fourteen_points(deck: Drawing) -> None:
    small = [one for one in pdf.characters(deck) if one.size < SMALLEST_POINTS]
    assert small == []


def test_every_character_stands_inside_the_page(deck: Drawing) -> None:
    outside = [
        one
        for one in pdf.characters(deck)
        if one.left < MARGIN or one.right > WIDTH - MARGIN or one.bottom < MARGIN / 2 or one.top > HEIGHT - MARGIN
    ]
    assert outside == []


def test_page_numbers_are_right_and_not_on_the_first_and_last_slide(deck: Drawing) -> None:
    pages = pdf.text_of(deck)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages[1:-1], 2))
    assert " / " not in pages[0]
    assert " / " not in pages[-1]


def test_what_was_done_so_that_it_fits_is_told_with_the_page(deck: Drawing) -> None:
    told = [remark for remark in deck.remarks if "continued on 1 more slide" in remark.text]
    assert [remark.text for remark in told] == [
        "“Where we stand”: It holds more than fits: continued on 1 more slide.",
    ]
    pages = pdf.text_of(deck)
    assert "Where we stand" in pages[told[0].slide - 1]
    assert "Where we stand (cont.)" in pages[told[0].slide]


def test_every_word_of_the_notes_is_in_the_file(deck: Drawing) -> None:
    text = pdf.words("".join(pdf.text_of(deck)))
    directions = r"```cadence.*?```|^layout:.*|^down$|:(?:container|lock|fleet):|\(http[^)]*\)|```\w*"
    for item in sample_call().agenda:
        notes = re.sub(directions, " ", item.slide_notes, flags=re.DOTALL | re.MULTILINE)
        lost = [word for word in re.findall(r"\w[\w'’]+", notes) if pdf.words(word) not in text]
        assert lost == []


def test_unknown_theme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DeckError, match=r"^Theme “disco” is not known\. Known are .*harbour"):
        pdf.draw(sample_call(), replace(sample_setting(), theme="disco"))


def test_text_cannot_bring_markup_styles_or_scripts() -> None:
    notes = '## <style>*{display:none}</style>\n\n<img src="file:///etc/passwd"> [x](javascript:alert(1)) {{ setting }}'
    call = replace(sample_call(), agenda=(AgendaItem(1, "<b>Bold</b>", slide_notes=notes),))
    drawing = pdf.draw(call, sample_setting())
    text = pdf.words("".join(pdf.text_of(drawing)))
    assert pdf.words("<style>*{display:none}</style>") in text
    assert pdf.words("{{ setting }}") in text
    assert pdf.words("<b>Bold</b>") in text
    assert not [link for link in pdf.links(drawing) if link.startswith(("javascript", "file"))]
    assert b"root:" not in drawing.pdf


@pytest.mark.skipif(not DEJAVU.is_dir(), reason=f"DejaVu is not at {DEJAVU}")
def test_bare_machine_with_dejavu_alone_draws_a_deck_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts.conf"
    folders = f"<dir>{DEJAVU}</dir><cachedir>{tmp_path}/cache</cachedir>"
    fonts.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{folders}</fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts))
    shop = Workshop(cpu_seconds=60, wall_seconds=120)
    drawing = shop.ask(Job("deck", sample_call(), sample_setting(), pdf.NOWHERE))
    shop.close()
    assert all("DejaVu" in name for name in pdf.fonts_of(drawing))
    assert [one for one in pdf.characters(drawing) if one.right > WIDTH - MARGIN or one.size < SMALLEST_POINTS] == []
    assert not [remark for remark in drawing.remarks if "runs on" in remark.text]


def test_agenda_and_minutes_are_papers_of_a4() -> None:
    for kind in ("agenda", "minutes"):
        drawing = pdf.draw(sample_call(), sample_setting(), kind)
        document = pdf.open_pdf(drawing)
        assert {tuple(round(side) for side in page.get_size()) for page in document} == {(595, 842)}
        assert raw.FPDFCatalog_IsTagged(document)
        assert document.get_metadata_dict()["Title"].startswith(f"{kind.capitalize()}: Flatcar Container Linux")
    assert "17:40" in "".join(pdf.text_of(pdf.draw(sample_call(), sample_setting(), "agenda")))


def test_an_address_that_no_link_may_have_is_text() -> None:
    call = replace(sample_call(), links=(Link("recording", "Recording", "javascript:alert(1)"),))
    page = html(compose(call, sample_setting()), sample_setting())
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
