"""What a worker is asked to draw."""

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
        from communitycalls.deck import handout, paper, pdf  # noqa: PLC0415 -- WeasyPrint is loaded in the worker alone
        from communitycalls.deck.compose import compose  # noqa: PLC0415 -- as above

        if self.kind not in KINDS:
            raise DeckError(f"“{self.kind}” is no kind of PDF. Known are {', '.join(KINDS)}.")
        if self.kind == "deck":
            return pdf.draw_pdf(compose(self.call, self.setting), self.setting, self.places)
        if self.kind == "handout":
            return handout.draw_handout(self.call, self.setting, self.places, self.sheet)
        return paper.draw_paper(self.kind, self.call, self.setting, self.places, self.sheet)
