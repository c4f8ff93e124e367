"""A slide's HTML is read quickly and with few rules, and comes out as WeasyPrint would have it by itself."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]  # -- has no types
from weasyprint import HTML, Document

from communitycalls.deck import draw, easel, theme
from communitycalls.deck.compose import compose
from communitycalls.deck.fetcher import OwnPictures
from communitycalls.deck.markup import Markup, read
from communitycalls.deck.setting import DeckSetting
from interop.allowlist import POLICY
from interop.markdown import render
from tests.deck_sample import sample_call, sample_setting
from tests.generated_decks import make_notes, write_notes
from tests.pdf import with_notes

EVERY_TAG = """\
# One

## Two

### Three

#### Four

Words *with* **marks**, `code`, ~~nothing~~, a [link](https://example.org/), a note[^1]<br>and another line.

- [x] done
  - deeper
    1. counted
    2. again

> Said.

| a | b |
|--:|:-:|
| 1 | 2 |

---

    as written
      and indented

> [!NOTE]
> Look here.

[^1]: The note.
"""


def pieces(element: Element) -> Iterator[tuple[str, ...]]:
    """A tree as a flat list: names, attributes and texts. Names of namespaces are no attributes here."""
    kept = sorted((name, value) for name, value in element.attrib.items() if "xmlns" not in name)
    yield (element.tag, element.text or "", element.tail or "", *(text for pair in kept for text in pair))
    for child in element:
        yield from pieces(child)


def as_html(text: str) -> Element:
    found: Element = tinyhtml5.parse(text.encode(), namespace_html_elements=False, override_encoding="utf-8")
    return found


@pytest.mark.parametrize("seed", [None, *range(0, 60, 15)])
def test_slides_are_read_as_a_browser_reads_them(seed: int | None) -> None:
    call, setting = sample_call(), sample_setting()
    if seed is not None:
        call = with_notes(call, write_notes(make_notes(seed)))
    for slide in compose(call, setting):
        text = draw.html([slide], setting)
        root = read(text)
        assert root is not None, f"{slide.title} is no XML"
        assert list(pieces(root)) == list(pieces(as_html(text)))


@pytest.mark.parametrize("broken", ["<p>one<p>two", "<b>bold", '<img alt="a < b">', "&copy;", "a & b", "\x01"])
def test_what_is_no_xml_is_read_as_html(broken: str) -> None:
    text = f"<!doctype html><html><head></head><body>{broken}</body></html>"
    assert read(text) is None
    page = Markup(string=text, base_url="https://example.org/", url_fetcher=OwnPictures(()))
    assert list(pieces(page.etree_element)) == list(pieces(as_html(text)))


def test_nothing_is_expanded_or_fetched_by_a_document() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><p>&a;&b;</p></html>'
    assert read(bomb) is None


def places(document: Document) -> list[tuple[object, ...]]:
    """Each box with where it lies and what it says."""
    return [place(box) for page in document.pages for box in page._page_box.descendants()]


def place(box: Any) -> tuple[object, ...]:
    sides = (box.position_x, box.position_y, box.width, box.height)
    look = (box.style["color"], box.style["font_weight"], box.style["font_style"], box.style["text_decoration_line"])
    return box.element_tag, getattr(box, "text", ""), *sides, *look, box.bookmark_label, box.style["bookmark_level"]


@pytest.mark.parametrize("theme_name", theme.names())
def test_every_element_that_a_text_may_become_looks_as_with_all_rules(theme_name: str) -> None:
    body = render(EVERY_TAG * 2, shift=2)
    used = {element.tag for element in as_html(body).iter()}
    assert set(POLICY) - used <= {"h1", "h2", "img"}, "the text above should hold every element"
    setting = DeckSetting("Flatcar", theme=theme_name)
    slide = f'<section class="slide"><h1>a</h1><h2>b</h2>{body}<div class="reply" dir="rtl">{body}</div></section>'
    text = f'<!doctype html><html lang="en"><head><title>x</title></head><body data-deck="x">{slide}</body></html>'
    rules = easel.theme_sheet(theme.sheet(theme.theme(setting)))
    said: dict[str, Any] = {"string": text, "base_url": "https://example.org/", "url_fetcher": OwnPictures(())}
    ours, theirs = (kind(**said).render(stylesheets=[rules], font_config=easel.fonts()) for kind in (Markup, HTML))
    assert places(ours) == places(theirs)
