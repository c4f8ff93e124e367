"""A page on several screens: opened once, then made narrow and wide, light and dark, and looked at on each."""

from collections.abc import Iterator, Sequence
from typing import Literal

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Screen = tuple[int, Literal["light", "dark"]]
"""A width in pixels and a colour scheme."""


def faults(page: Page, screens: Sequence[Screen], fits: Sequence[int] = ()) -> list[str]:
    """What is wrong with the page that is open: too wide for a screen, or shutting somebody out there.

    Screens of the widths in `fits` are looked at for the first alone, which costs next to nothing.
    """
    page.evaluate(Axe().axe_script)
    found = [fault for width in fits for fault in _too_wide(page, width)]
    return found + [fault for width, scheme in screens for fault in _on(page, width, scheme)]


def _too_wide(page: Page, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"{page.url} is wider than {width} pixels"


def _on(page: Page, width: int, scheme: Literal["light", "dark"]) -> Iterator[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    yield from _too_wide(page, width)
    results = AxeResults(page.evaluate("axe.run({resultTypes: ['violations']})"))
    if results.violations_count:
        yield f"{page.url} at {width} pixels, {scheme}:\n{results.generate_report()}"
