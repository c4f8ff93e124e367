"""Every kind of PDF is one that a screen reader can read: checked from the file itself."""

import re
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from communitycalls.deck import theme
from communitycalls.deck.job import KINDS
from communitycalls.deck.outcome import Drawing
from tests import pdf
from tests.deck_sample import sample_setting
from tests.paper_sample import SHEET, STRAY, minuted_call
from tests.pdf_check import faults
from tests.pdf_tree import structure

PAPERS = [kind for kind in KINDS if kind != "deck"]
SHEETS = [kind for kind in PAPERS if kind != "handout"]


@lru_cache
def drawn(kind: str, look: str = "harbour", size: str = "a4") -> Drawing:
    call = minuted_call()
    first = replace(call.agenda[0], slide_notes=f"{call.agenda[0].slide_notes}\n\n---\n\n{STRAY}")
    call = replace(call, agenda=(first, *call.agenda[1:]))
    return pdf.draw(call, replace(sample_setting(), theme=look), kind, sheet=replace(SHEET, size=size))


@pytest.mark.parametrize(("kind", "size"), [(kind, "a4") for kind in PAPERS] + [("agenda", "letter")])
def test_paper_has_no_fault(kind: str, size: str) -> None:
    assert faults(drawn(kind, size=size).pdf) == []


@pytest.mark.parametrize("look", theme.names())
def test_deck_has_no_fault_in_any_theme(look: str) -> None:
    assert faults(drawn("deck", look).pdf) == []


def test_every_character_stands_on_its_page() -> None:
    for kind in SHEETS:
        drawing = drawn(kind)
        width, height = pdf.open_pdf(drawing)[0].get_size()
        outside = [
            one
            for one in pdf.characters(drawing)
            if one.left < 20 or one.right > width - 20 or one.bottom < 12 or one.top > height - 12
        ]
        assert outside == [], kind


def test_papers_are_as_large_as_was_asked() -> None:
    for size, points in (("a4", (595, 842)), ("letter", (612, 792))):
        for kind in SHEETS:
            pages = pdf.open_pdf(drawn(kind, size=size))
            assert {tuple(round(side) for side in page.get_size()) for page in pages} == {points}, (kind, size)


def test_code_can_be_copied_as_it_stands() -> None:
    """Ligatures of a font for code share glyphs, which then mean the wrong sign."""
    for kind in ("deck", "minutes"):
        text = "".join(pdf.text_of(drawn(kind)))
        assert "tide --high" in text
    assert "docker run --rm -p" in "".join(pdf.text_of(drawn("deck")))
    assert "url: http://" in "".join(pdf.text_of(drawn("handout")))


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return drawn("minutes").pdf


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"/H2", b"/H4", "H4 follows H1"),
        (b"/TH", b"/TD", "A table has no head cells"),
        (b"/Link", b"/Span", "A link is not tagged as one"),
        (b"/Table", b"/TBody", "TBody stands outside of Table"),
        (b"/Scope", b"/Scape", "A head cell has no scope"),
    ],
)
def test_checker_sees_a_damaged_tree(minutes: bytes, old: bytes, new: bytes, said: str) -> None:
    writer = PdfWriter(BytesIO(minutes))
    for place in range(1, len(writer._objects) + 1):
        row = writer.get_object(place)
        if isinstance(row, dict) and row.get("/S") == old.decode():
            row[NameObject("/S")] = NameObject(new.decode())
        if isinstance(row, dict) and old == b"/Scope" and "/A" in row:
            del row["/A"]
    assert [fault for fault in faults(_saved(writer)) if fault.startswith(said)]


def test_checker_sees_what_a_file_hides_and_lacks(minutes: bytes) -> None:
    writer = PdfWriter(BytesIO(minutes))
    writer.add_attachment("secret.txt", b"secret")
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    del writer.root_object["/Lang"]
    del writer.pages[0]["/Tabs"]
    found = faults(_saved(writer))
    for sentence in (
        "The file has EmbeddedFiles.",
        "The file has OpenAction.",
        "The file does not say its language.",
        "A page with links has no tab order.",
    ):
        assert sentence in found


def test_checker_sees_content_that_the_tree_forgot(minutes: bytes) -> None:
    writer = PdfWriter(BytesIO(minutes))
    tree = structure(PdfReader(BytesIO(minutes)))
    assert tree is not None
    for place in range(1, len(writer._objects) + 1):
        row = writer.get_object(place)
        if isinstance(row, dict) and row.get("/S") == "/H1":
            row[NameObject("/K")] = ArrayObject()
            break
    found = faults(_saved(writer))
    assert [fault for fault in found if re.match(r"Page 1 has marked content that the structure tree does not", fault)]


def _saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
