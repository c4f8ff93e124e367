"""A small deck drawn before the first: what a process loads, reads and parses once is then there for its children."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from PIL import Image

from communitycalls.deck.job import Job
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.document.values import AgendaItem, CallDocument

LOG = logging.getLogger(__name__)
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
"""


def rehearse() -> None:
    """Draw a deck of every common kind of slide and throw it away. What goes wrong is logged."""
    try:
        Image.preinit()
        Job("deck", _call(), DeckSetting("Rehearsal"), Places(Path("/nowhere"), "/media/", "/static/")).draw()
    except Exception:  # the first call is drawn all the same, only later
        LOG.exception("The rehearsal of a deck failed.")


def _call() -> CallDocument:
    kinds = ("welcome", "releases", "spotlight", "qa")
    agenda = tuple(
        AgendaItem(number, f"Item {number}", kind, minutes=10, slide_notes=NOTES)
        for number, kind in enumerate(kinds, 1)
    )
    start = dt.datetime(2021, 1, 1, 12, tzinfo=dt.UTC)
    return CallDocument("rehearsal", start.date(), "Rehearsal", start, agenda=agenda)
