"""The benchmark's deck of 24 slides, and the same deck as other tools want it: HTML, Markdown for Marp, typst.

HTML is our own, with our own rules. The other two get each page's words as plain lines, the five pictures and the
backgrounds of the sections; our boards, maps and diagrams are spared them, which is in their favour.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageFilter

from communitycalls.deck.outcome import Drawing
from communitycalls.document.values import AgendaItem, CallDocument
from tests import pdf
from tests.deck_sample import ABOARD, CAPI, RELEASES, WELCOME, sample_call

PICTURES = 5
PICTURE_NAME = "00000000-0000-4000-8000-00000000000{}.jpg"
HEAVY = ("## Where we stand", "## Two roads")
ART = Path(__file__).resolve().parent.parent / "static" / "img" / "deck" / "stacks.svg"


def paint_pictures(folder: Path) -> list[Path]:
    """Five photo-like pictures of about 190 kB, where uploads lie."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    chance, paths = random.Random(4), []
    for number in range(PICTURES):
        path = folder / "images" / PICTURE_NAME.format(number)
        small = Image.frombytes("RGB", (160, 90), chance.randbytes(160 * 90 * 3))
        large = small.resize((1600, 900), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))
        large.save(path, quality=62)
        paths.append(path)
    return paths


def benchmark_call(shift: int = 0) -> CallDocument:
    """The call of May 2021 with five pictures and without what overflows, on a day of its own for each shift."""
    slides = [slide for slide in CAPI.split("\n---\n") if not slide.strip().startswith(HEAVY)]
    pictures = [f"\n## Picture {n + 1}\n\n![A view](/media/images/{PICTURE_NAME.format(n)})\n" for n in range(PICTURES)]
    notes = {1: WELCOME, 2: RELEASES, 3: "\n---\n".join([*slides, *pictures]), 4: ABOARD.rsplit("\n- ", 1)[0]}
    kinds = {1: "welcome", 2: "releases", 3: "spotlight", 4: "other"}
    titles = {1: "Welcome", 2: "Releases", 3: "Cluster API and Flatcar", 4: "Jump aboard!"}
    agenda = tuple(AgendaItem(n, titles[n], kinds[n], minutes=10, slide_notes=notes[n]) for n in notes)
    call = sample_call()
    ordinal = shift + 1
    return replace(call, agenda=agenda, questions=(), matrix_changes=(), attendance=(), ordinal=ordinal)


def pages(drawing: Drawing) -> list[list[str]]:
    """The lines of each page, without the footer."""
    found = []
    for page in pdf.text_of(drawing):
        lines = [re.sub(r"\s+", " ", line).strip() for line in page.splitlines()]
        found.append([line for line in lines if line and not re.fullmatch(r"\d+ / \d+", line)])
    return found


def markdown(drawing: Drawing, pictures: list[Path]) -> str:
    """The deck for Marp."""
    slides, rest = [], list(pictures)
    for number, (title, *lines) in enumerate(pages(drawing)):
        marked = "\n".join(f"- {_plain(line)}" for line in lines[:14])
        picture = (
            f"\n![h:380]({rest.pop(0)})" if title.startswith("Picture") or "Picture" in " ".join(lines[:2]) else ""
        )
        ground = f"![bg]({ART})\n" if number % 6 == 0 else ""
        slides.append(f"{ground}# {_plain(title)}\n\n{marked}{picture}")
    return "---\nmarp: true\nsize: 16:9\n---\n\n" + "\n\n---\n\n".join(slides)


def _has_picture(title: str, lines: list[str]) -> bool:
    return any(re.fullmatch(r"Picture \d", line) for line in (title, *lines[:2]))


def _plain(line: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#!|~$:])", r"\\\1", line)


def typst(drawing: Drawing, pictures: list[Path]) -> str:
    """The deck for typst; pictures lie beside it."""
    slides, rest = [], list(pictures)
    for number, (title, *lines) in enumerate(pages(drawing)):
        marked = "\n".join(f"- #{json.dumps(line, ensure_ascii=False)}" for line in lines[:14])
        shown = _has_picture(title, lines)
        picture = f'\n#image("{rest.pop(0).name}", height: 270pt, alt: "A view")' if shown else ""
        ground = f'#place(image("{ART.name}", width: 900pt, alt: "ground"))\n' if number % 6 == 0 else ""
        slides.append(f"{ground}= #{json.dumps(title, ensure_ascii=False)}\n{marked}{picture}")
    head = (
        '#set document(title: "Community call")\n#set page(width: 960pt, height: 540pt, margin: 48pt,'
        ' footer: context counter(page).display("1 / 1", both: true))\n'
        '#set text(font: "Inter", size: 18pt, lang: "en")\n'
    )
    return head + "\n#pagebreak()\n".join(slides)
