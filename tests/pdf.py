"""What tests ask of a PDF: its words, where its characters stand and how large they are, tags, outline, links."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

from communitycalls.deck.job import Job
from communitycalls.deck.outcome import Drawing
from communitycalls.deck.render import Workshop
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.sheet import Sheet
from communitycalls.document.values import AgendaItem, CallDocument

SHOP = Workshop(cpu_seconds=60, wall_seconds=120)
NOWHERE = Places(Path("/nonexistent"))
A4 = Sheet()


@dataclass(frozen=True)
class Character:
    """A character with its box in points from the page's lower left corner, and its size in points."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float


def draw(
    call: CallDocument,
    setting: DeckSetting,
    kind: str = "deck",
    places: Places = NOWHERE,
    sheet: Sheet = A4,
) -> Drawing:
    """A call drawn by a worker, as the site does it."""
    return SHOP.ask(Job(kind, call, setting, places, sheet))


def with_notes(call: CallDocument, notes: str) -> CallDocument:
    """A call whose only agenda item has these slide notes."""
    item = AgendaItem(1, "Topic", slide_notes=notes)
    return replace(call, agenda=(item,), releases=(), questions=(), matrix_changes=(), attendance=())


def open_pdf(drawing: Drawing) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(drawing.pdf)


def text_of(drawing: Drawing) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in open_pdf(drawing)]


def words(text: str) -> str:
    """A text without what a PDF's text layer adds, drops or composes differently: blanks, breaks, ligatures."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b\u00ad\ufffe\x02]+", "", plain)


def characters(drawing: Drawing) -> Iterator[Character]:
    """Every visible character of every page."""
    for number, page in enumerate(open_pdf(drawing), 1):
        text = page.get_textpage()
        for place in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text, place))
            if sign.strip() and sign.isprintable() and not raw.FPDFText_IsGenerated(text, place):
                left, bottom, right, top = text.get_charbox(place, loose=False)
                yield Character(sign, number, left, bottom, right, top, _size(text, place))


def _size(text: pypdfium2.PdfTextPage, place: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    return float(raw.FPDFText_GetFontSize(text, place) * (matrix.c**2 + matrix.d**2) ** 0.5)


def outline(drawing: Drawing) -> list[tuple[int, str]]:
    """The outline as (level, title)."""
    return [(one.level, one.get_title()) for one in open_pdf(drawing).get_toc()]


def language(document: pypdfium2.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * 32)()
    length = raw.FPDFCatalog_GetLanguage(document, buffer, 64)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le")


def links(drawing: Drawing) -> list[str]:
    """The addresses that links lead to, "#page" for those inside the document."""
    found = []
    document = open_pdf(drawing)
    for page in document:
        place, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, place, link):
            found.append(_target(document, link))
    return found


def _target(document: pypdfium2.PdfDocument, link: raw.FPDF_LINK) -> str:
    inside = raw.FPDFLink_GetDest(document, link)
    if inside:
        return f"#{raw.FPDFDest_GetDestPageIndex(document, inside) + 1}"
    action = raw.FPDFLink_GetAction(link)
    buffer = ctypes.create_string_buffer(2000)
    raw.FPDFAction_GetURIPath(document, action, buffer, 2000)
    return buffer.value.decode()


def fonts_of(drawing: Drawing) -> dict[str, bool]:
    """The names of the fonts on all pages, and whether the file brings each along."""
    found = {}
    for page in open_pdf(drawing):
        for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            font = raw.FPDFTextObj_GetFont(one)
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, buffer, 200)
            found[buffer.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found
