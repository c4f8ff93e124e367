"""A call with minutes, everything in it that papers can hold: what tests of papers draw."""

import datetime as dt
from dataclasses import replace

from communitycalls.deck.sheet import Backstage, Owed, Sheet
from communitycalls.document.values import CallDocument, Link, Minutes, MinutesEntry
from tests.deck_sample import sample_call

RECORDING = "https://youtu.be/YBfq2fcjp8E"
STRAY = """\
# As large as can be

#### Far too deep

| Pier | State |
|------|-------|
| East | done 🎉 |

> מזח חדש

```
tide --high
```
"""

SHEET = Sheet(
    edition="revision 4 of 12 May 2021",
    edition_url="https://calls.example.org/calls/community-call/2021-05-11/revisions/4/",
    backstage=Backstage(
        notes=((1, "Ask **Kai** about the budget first."), (2, STRAY)),
        join=(Link("join", "Zoom", "https://zoom.example.org/j/1", "Meeting 123 456\nPasscode: harbour"),),
        questions=(Owed("Who paints the *pier*?", "13 April 2021", "https://calls.example.org/q", "Ada"),),
        actions=(Owed("Buy paint", "13 April 2021", "https://calls.example.org/a", "Ben", dt.date(2021, 5, 1)),),
        checklist=("Start the recording", "Greet newcomers"),
    ),
)

ENTRIES = (
    MinutesEntry(1, "Thilo opens the call.", speakers=("Thilo Fromm",), agenda_item=1, offset=75),
    MinutesEntry(2, "We paint the pier.\n\n- in blue\n- in May", "decision", agenda_item=1, offset=3835),
    MinutesEntry(3, "Buy more paint", "action", agenda_item=2, assignee="Ada", due=dt.date(2021, 6, 1)),
    MinutesEntry(4, STRAY, agenda_item=3),
    MinutesEntry(5, "Said at no item."),
)


def minuted_call() -> CallDocument:
    """The sample call of the deck with minutes and a recording."""
    call = sample_call()
    links = (*[link for link in call.links if link.kind != "recording"], Link("recording", "Recording", RECORDING))
    return replace(call, status="final", links=links, minutes=Minutes("final", STRAY, ENTRIES))
