"""What a worker is asked to draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.deck.sheet import Sheet
from communitycalls.document.values import CallDocument

KINDS = ("deck", "agenda", "minutes", "handout", "runsheet")


class Drawable(Protocol):
    """What a worker can be given: it can be pickled, and draws a file or raises DeckError."""

    def draw(self) -> Drawing: ...


@dataclass(frozen=True)
class Job:
    """A call as one of KINDS."""

    kind: str
    call: CallDocument
    setting: DeckSetting
    places: Places
    sheet: Sheet = field(default_factory=Sheet)

    def draw(self) -> Drawing:
        """The file. Costs time and memory: for the worker's children. Raises DeckError."""
        if self.kind not in KINDS:
            raise DeckError(f"“{self.kind}” is no kind of PDF. Known are {', '.join(KINDS)}.")
        _require_fonts()
        return DRAWERS.get(self.kind, _paper)(self)


def _require_fonts() -> None:
    from communitycalls.deck import easel, lacking  # noqa: PLC0415 -- WeasyPrint is loaded in the worker alone

    lacking.require_fonts(easel.fonts())


def _deck(job: Job) -> Drawing:
    from communitycalls.deck import pdf  # noqa: PLC0415 -- as above
    from communitycalls.deck.compose import compose  # noqa: PLC0415 -- as above

    return pdf.draw_pdf(compose(job.call, job.setting), job.setting, job.places)


def _handout(job: Job) -> Drawing:
    from communitycalls.deck import handout  # noqa: PLC0415 -- as above

    return handout.draw_handout(job.call, job.setting, job.places, job.sheet)


def _paper(job: Job) -> Drawing:
    from communitycalls.deck import paper  # noqa: PLC0415 -- as above

    return paper.draw_paper(job.kind, job.call, job.setting, job.places, job.sheet)


DRAWERS: dict[str, Callable[[Job], Drawing]] = {"deck": _deck, "handout": _handout}
