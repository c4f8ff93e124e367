"""The deck three to a page with lines for notes: the very slides, drawn small.

WeasyPrint lays the deck out, and beside it pages with an empty frame for each slide; a sheet paints such a page and
then, into its frames, the slides' own pages. Words stay words, links and outline lead where they led, and each slide
stands in the structure tree where its frame does. Pages joined afterwards would lose all of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.document import Document, Page
from weasyprint.matrix import Matrix

from communitycalls.deck import draw
from communitycalls.deck.compose import compose
from communitycalls.deck.fit import Fitted
from communitycalls.deck.foot import set_numbers
from communitycalls.deck.outcome import DeckRemark, Drawing
from communitycalls.deck.paper import Press, head_of
from communitycalls.deck.pdf import fitted
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.sheet import Sheet
from communitycalls.deck.slides import Section
from communitycalls.deck.tagging import tidy
from communitycalls.deck.words import printable
from communitycalls.document.values import CallDocument

ON_A_PAGE = 3
FRAME = "frame-"
SEAM = 2  # a slide's own pixels: at its edges what lies below its background shines through when drawn small


@dataclass(frozen=True)
class Frame:
    """A slide's place: its number, which names its frame, and the clock time at which its item begins, if it does."""

    number: int
    time: str = ""

    @property
    def key(self) -> str:
        return f"{FRAME}{self.number}"


class Handout(Page):  # type: ignore[misc]  # -- WeasyPrint has no types
    """A page with slides in its frames."""

    def __init__(self, page: Page, slides: Mapping[str, Page]) -> None:
        super().__init__(page._page_box)
        self._placed = [
            (box, slides[box.element.get("id")])
            for box in page._page_box.descendants()
            if box.element is not None and box.element.get("id", "").startswith(FRAME)
        ]
        self.anchors.clear()
        for box, slide in self._placed:
            self._adopt(slide, _matrix(box, slide))

    def _adopt(self, slide: Page, matrix: Matrix) -> None:
        """What a slide's outline, links and their targets say, in this page's pixels."""
        for level, label, point, state in slide.bookmarks:
            self.bookmarks.append((level, label, matrix.transform_point(*point), state))
        for kind, target, corners, box in slide.links:
            self.links.append((kind, target, _moved(corners, matrix), box))
        for name, corners in slide.anchors.items():
            self.anchors[name] = _moved(corners, matrix)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, then the slides; then hang them into their frames, for the structure tree is made last."""
        super().paint(stream, scale)
        for box, slide in self._placed:
            with stream.stacked():
                stream.transform(a=scale, d=scale)
                stream.transform(*_matrix(box, slide).values)
                whole, stream.page_rectangle = stream.page_rectangle, (0, 0, slide.width, slide.height)
                stream.rectangle(SEAM, SEAM, slide.width - 2 * SEAM, slide.height - 2 * SEAM)
                stream.clip()
                stream.end()
                Page.paint(slide, stream)  # anew: the ink that a slide's page keeps is for a page of its own
                stream.page_rectangle = whole
            box.children = [slide._page_box]


def _moved(corners: Sequence[float], matrix: Matrix) -> tuple[float, ...]:
    return (*matrix.transform_point(*corners[:2]), *matrix.transform_point(*corners[2:]))


def _matrix(box: Any, slide: Page) -> Matrix:
    """From a slide's pixels to those of the page with its frame."""
    ratio = box.width / slide.width
    return Matrix(ratio, 0, 0, ratio, box.content_box_x(), box.content_box_y())


def draw_handout(call: CallDocument, setting: DeckSetting, places: Places, sheet: Sheet) -> Drawing:
    """A call's deck three slides to a page, as a tagged PDF. Raises DeckError."""
    slides = compose(call, setting)
    found, remarks = fitted(slides, setting, places, laid_out=True)
    call, setting = printable(call), printable(setting)
    frames = frames_of(found)
    told = head_of("handout", call, setting, sheet) | {
        "pages": [frames[at : at + ON_A_PAGE] for at in range(0, len(frames), ON_A_PAGE)],
        "title": draw.deck_title(slides, setting),
    }
    empty = Press(setting, places, sheet.size).lay_out("paper_handout", "paper-handout.css", told)
    set_numbers(found.document.pages)
    document = filled(empty, frames, found.document.pages)
    data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=tidy)
    return Drawing(data, len(document.pages), tuple(_on_paper(remark) for remark in remarks))


def _on_paper(remark: DeckRemark) -> DeckRemark:
    """A remark on a slide, under the page of the handout that shows it."""
    return replace(remark, slide=(remark.slide - 1) // ON_A_PAGE + 1)


def frames_of(found: Fitted) -> list[Frame]:
    """A frame for each page of a deck."""
    times = {
        page: slide.time
        for slide, page in zip(found.slides, found.pages, strict=True)
        if isinstance(slide, Section) and slide.time
    }
    return [Frame(number, times.get(number, "")) for number in range(1, len(found.document.pages) + 1)]


def filled(empty: Document, frames: Sequence[Frame], slides: Sequence[Page]) -> Document:
    """Pages with frames, the slides painted into them."""
    by_key = {frame.key: slide for frame, slide in zip(frames, slides, strict=True)}
    return empty.copy([Handout(page, by_key) for page in empty.pages])
