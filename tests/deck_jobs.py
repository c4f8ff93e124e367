"""Jobs that misbehave, for the tests of the worker that must outlive them. They are pickled, so they live here."""

import os
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError, DeckRemark, Drawing
from communitycalls.deck.progress import Desk
from communitycalls.deck.setting import DeckSetting, Places
from communitycalls.document.values import CallDocument

DONE: list[int] = []


@dataclass(frozen=True)
class Endless:
    """Takes all the time of its processor."""

    def draw(self) -> Drawing:
        while True:
            pass


@dataclass(frozen=True)
class Asleep:
    def draw(self) -> Drawing:
        time.sleep(600)
        raise AssertionError


@dataclass(frozen=True)
class Greedy:
    """Wants two gigabytes."""

    def draw(self) -> Drawing:
        return Drawing(b"x" * 2 * 2**30, 1)


@dataclass(frozen=True)
class Deep:
    def draw(self) -> Drawing:
        return self.draw()


@dataclass(frozen=True)
class Crash:
    """Ends as C libraries do that get no memory: with words for nobody's eyes, and a signal."""

    def draw(self) -> Drawing:
        os.write(2, b"Fatal Python error: Aborted\n")
        os.abort()


@dataclass(frozen=True)
class Killed:
    """Is ended at a slide, as at the end of its time."""

    title: str

    def draw(self) -> Drawing:
        Desk.at(self.title)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


@dataclass(frozen=True)
class Broken:
    def draw(self) -> Drawing:
        raise KeyError("an error nobody foresaw")


@dataclass(frozen=True)
class Refusing:
    def draw(self) -> Drawing:
        raise DeckError("“disco” is no theme.")


@dataclass(frozen=True)
class Telling:
    """Tells the names of the environment and the databases it knows."""

    def draw(self) -> Drawing:
        from django.conf import settings  # noqa: PLC0415 -- the worker's own, not the tests'

        told = (*sorted(os.environ), f"engine={settings.DATABASES.get('default', {}).get('ENGINE', '')}")
        return Drawing("\n".join(told).encode(), len(told), (DeckRemark(1, "told"),))


@dataclass(frozen=True)
class AfterItsCommand:
    """Waits until the process of the command that wants it has ended, and is only to be waited for."""

    command: int

    def draw(self) -> Drawing:
        for _ in range(100):
            if Path(f"/proc/{self.command}/stat").read_text().split(") ")[1].startswith("Z"):
                return Drawing(b"%PDF-", 1)
            time.sleep(0.05)
        raise DeckError("The command is still there.")


@dataclass(frozen=True)
class OfCall:
    """Tells in which process it is done, and how many of its kind were done there; takes a while if asked to."""

    call: CallDocument
    seconds: float = 0.0
    breaks: bool = False

    def draw(self) -> Drawing:
        DONE.append(1)
        time.sleep(self.seconds)
        if self.breaks:
            raise KeyError("an error nobody foresaw")
        return Drawing(str(os.getpid()).encode(), len(DONE))


@dataclass(frozen=True)
class Paired:
    """A deck drawn with a mate or without; the last remark says which slides the mate drew."""

    call: CallDocument
    allowed: bool

    def draw(self) -> Drawing:
        from communitycalls.deck import easel, mate  # noqa: PLC0415 -- in the worker alone

        held: list[str] = []
        hold = easel.Easel.hold

        def counted(self: Any, slide: Any, fits: Any) -> None:
            held.append(str(len(fits)))
            hold(self, slide, fits)

        for kept in (easel.Easel.kept, easel.Easel.asked, easel.Easel.measured, easel.Easel.fits):
            kept.clear()
        before, mate.LEAVE.is_given = mate.LEAVE.is_given, self.allowed
        easel.Easel.hold = counted  # type: ignore[method-assign]  # -- to see what the mate drew
        try:
            drawing = Job("deck", self.call, DeckSetting("Flatcar"), Places(Path("/nowhere"))).draw()
        finally:
            easel.Easel.hold, mate.LEAVE.is_given = hold, before  # type: ignore[method-assign]  # -- as it was
        return replace(drawing, remarks=(*drawing.remarks, DeckRemark(1, ",".join(held) or "none")))
