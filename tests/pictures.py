"""Takes the README's pictures from a running demo: `python -m tests.pictures http://127.0.0.1:8000`."""

import io
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from communitycalls.bootstrap import chromium
from communitycalls.deck.setting import DeckSetting
from communitycalls.demo.accounts import PASSWORD
from communitycalls.document.values import CallDocument
from interop.document import codec
from tests import pdf

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "pictures"
PAGES = {
    "home": "/",
    "call": "/calls/community-call/2021-05-11/",
    "matrix": "/interop/distribution/",
    "environment": "/interop/distribution/capz/",
    "diff": "/interop/distribution/diff/?from=2021-05-03&to=2024-04-17",
}
DESK = {
    "desk": "/desk/calls/community-call/2021-05-11/",
    "presenter": "/desk/calls/community-call/2021-05-11/presenter/#slide-15",
}
WIDTH, HEIGHT = 1400, 1000
CALL = "/calls/community-call/2021-05-11"
PAPERS = ("agenda", "minutes", "handout")
DEMO = ROOT / "communitycalls" / "demo" / "calls" / "2021-05-11.toml"
THEMES = ("harbour", "midnight", "paper")
SHOWN = ("Hosted by", "17:50 · 15", "Kinvolk and Microsoft", "Current releases")  # words of the slides shown
GAP = 12


def take_pictures(address: str) -> None:
    """Pictures of pages, of the desk, of the deck and of papers, in `.github/pictures/`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        page = take_pages(browser, address)
        deck = drawn(page.request.get(f"{address}{CALL}/slides.pdf").body(), 360)
        papers = [drawn(page.request.get(f"{address}{CALL}/{name}.pdf").body(), 600)[0] for name in PAPERS]
        browser.close()
    keep_sheet("deck", contact_sheet(deck, 5))
    keep_sheet("papers", contact_sheet(papers, len(PAPERS)))
    keep_sheet("themes", contact_sheet([slide for theme in THEMES for slide in themed(theme)], len(SHOWN)))


def take_pages(browser: Browser, address: str) -> Page:
    """Take each page's picture; a page that is signed in."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    for name, path in PAGES.items():
        page.goto(address + path)
        keep(name, Image.open(io.BytesIO(page.screenshot())))
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    for name, path in DESK.items():
        page.goto(address + path)
        page.evaluate("scrollTo(0, 0)")  # from the slide that the address names
        keep(name, Image.open(io.BytesIO(page.screenshot())))
    return page


def themed(theme: str) -> list[Image.Image]:
    """A few slides of the demo's first call in a theme."""
    call = codec.load(CallDocument, tomllib.loads(DEMO.read_text(encoding="utf-8")))
    deck = pdf.draw(call, DeckSetting("Flatcar demo", series="Community call", theme=theme))
    slides = list(zip(pdf.text_of(deck), drawn(deck.pdf, 420), strict=True))
    return [next(slide for told, slide in slides if said in told) for said in SHOWN]


def drawn(data: bytes, width: int) -> list[Image.Image]:
    """The pages of a PDF as pictures so many pixels wide."""
    document = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=width / page.get_width()).to_pil() for page in document]
    document.close()
    return pictures


def contact_sheet(pages: Sequence[Image.Image], across: int) -> Image.Image:
    """Pages of one size side by side."""
    width, height = pages[0].size
    rows = -(-len(pages) // across)
    sheet = Image.new("RGB", (across * (width + GAP) + GAP, rows * (height + GAP) + GAP), "#dfe3e4")
    for place, page in enumerate(pages):
        column, row = place % across, place // across
        sheet.paste(page, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet


def keep(name: str, picture: Image.Image) -> None:
    picture.convert("RGB").quantize(256).save(FOLDER / f"{name}.png", optimize=True)


def keep_sheet(name: str, picture: Image.Image) -> None:
    """Of gradients 256 colours would leave bands."""
    picture.convert("RGB").save(FOLDER / f"{name}.jpg", quality=86, subsampling=0, optimize=True)


if __name__ == "__main__":
    take_pictures(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
