"""Jobs that misbehave, for the tests of the worker that must outlive them. They are pickled, so they live here."""

import os
import time
from dataclasses import dataclass

from communitycalls.deck.outcome import DeckError, DeckRemark, Drawing
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
    def draw(self) -> Drawing:
        os.abort()


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
