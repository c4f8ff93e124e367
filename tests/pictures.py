"""Takes the README's pictures from a running demo: `python -m tests.pictures http://127.0.0.1:8000`."""

import io
import sys
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from communitycalls.bootstrap import chromium
from communitycalls.demo.accounts import PASSWORD

FOLDER = Path(__file__).resolve().parent.parent / ".github" / "pictures"
PAGES = {
    "home": "/",
    "call": "/calls/community-call/2021-05-11/",
    "matrix": "/interop/distribution/",
    "environment": "/interop/distribution/capz/",
    "diff": "/interop/distribution/diff/?from=2021-05-03&to=2024-04-17",
}
DESK = {
    "desk": "/desk/calls/community-call/2021-05-11/",
    "presenter": "/desk/calls/community-call/2021-05-11/presenter/#slide-9",
}
WIDTH, HEIGHT = 1400, 1000
SLIDES_ACROSS, SLIDE_WIDTH, GAP = 4, 420, 12


def take_pictures(address: str) -> None:
    """Pictures of pages, of the desk and of the deck, as small PNGs in `.github/pictures/`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        deck = take_pages(browser, address)
        browser.close()
    keep("deck", contact_sheet(deck))


def take_pages(browser: Browser, address: str) -> bytes:
    """Take each page's picture; the bytes of the deck of the demo's first call."""
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
        keep(name, Image.open(io.BytesIO(page.screenshot())))
    return page.request.get(f"{address}/calls/community-call/2021-05-11/slides.pdf").body()


def contact_sheet(deck: bytes) -> Image.Image:
    """All slides side by side."""
    document = pypdfium2.PdfDocument(deck)
    slides = [page.render(scale=SLIDE_WIDTH / page.get_width()).to_pil() for page in document]
    height = slides[0].height
    rows = -(-len(slides) // SLIDES_ACROSS)
    size = (SLIDES_ACROSS * (SLIDE_WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, "#dfe3e4")
    for place, slide in enumerate(slides):
        column, row = place % SLIDES_ACROSS, place // SLIDES_ACROSS
        sheet.paste(slide, (GAP + column * (SLIDE_WIDTH + GAP), GAP + row * (height + GAP)))
    return sheet


def keep(name: str, picture: Image.Image) -> None:
    picture.convert("RGB").quantize(256).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take_pictures(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
