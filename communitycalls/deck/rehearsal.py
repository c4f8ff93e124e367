"""A small deck drawn before the first: what a process loads, reads and parses once is then there for its children."""

from __future__ import annotations

import datetime as dt
import logging
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from communitycalls.deck import draw, theme
from communitycalls.deck.easel import OUR_PICTURES, Easel
from communitycalls.deck.job import Job
from communitycalls.deck.pictures import Pictures
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.document.values import AgendaItem, CallDocument

LOG = logging.getLogger(__name__)
ART = re.compile(r'img/deck/([\w-]+\.svg)"\) no-repeat [^/;]*/ (\d+)px (\d+)px')
NOTES = """\
## A slide

Words, *more* words, **strong** words, `code` and a [link](https://example.org/).

- One
  - Two

> Said.
>
> — Somebody

---

## Code and a table

```yaml
key: "value"  # a comment
```

```console
$ ls
```

| One | Two |
|-----|-----|
| 1   | 2   |

---

## A drawing

```diagram
[One] -> [Two]
```

---

![A picture](/media/images/rehearsal.jpg)
"""


def rehearse() -> None:
    """Draw a deck of every common kind of slide and throw it away. What goes wrong is logged."""
    try:
        Image.preinit()
        draw.read_templates()
        with TemporaryDirectory() as media:
            Path(media, "images").mkdir()
            Image.new("RGB", (16, 9)).save(Path(media, "images", "rehearsal.jpg"))
            Job("deck", _call(), DeckSetting("Rehearsal"), Places(Path(media), "/media/", "/static/")).draw()
        Easel.forget()
        _paint_art()
    except Exception:  # the first call is drawn all the same, only later
        LOG.exception("The rehearsal of a deck failed.")


def _paint_art() -> None:
    """Paint what lies behind slides in every theme, at the sizes that the rules say: most decks have one theme's."""
    drawings = Pictures(OUR_PICTURES, theme.STATIC / "img" / "deck")
    for sheet in theme.SHEETS.glob("deck*.css"):
        for name, width, height in ART.findall(sheet.read_text(encoding="utf-8")):
            if OUR_PICTURES + name in drawings:
                drawings[OUR_PICTURES + name].held(float(width), float(height))


def _call() -> CallDocument:
    kinds = ("welcome", "releases", "spotlight", "qa")
    agenda = tuple(
        AgendaItem(number, f"Item {number}", kind, minutes=10, slide_notes=NOTES)
        for number, kind in enumerate(kinds, 1)
    )
    start = dt.datetime(2021, 1, 1, 12, tzinfo=dt.UTC)
    return CallDocument("rehearsal", start.date(), "Rehearsal", start, agenda=agenda)
