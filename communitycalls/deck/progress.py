"""How far a process came with a deck: a note that outlives it, so that its end can be told by the slide it was at.

Memory limits and signals end a process that draws without a word. Before it is forked its parent makes a note, which
both share; the child writes each slide's title there before it lays the slide out.
"""

from __future__ import annotations

import mmap

ROOM = 512
LENGTH_BYTES = 2
LONGEST_NAME = 60


class Note:
    """A slide's title, in Markdown, that a process and its children share."""

    def __init__(self) -> None:
        self._room = mmap.mmap(-1, ROOM)

    def write(self, text: str) -> None:
        """Replace the text. What is longer than a name on a slide is cut."""
        name = text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
        data = name.encode(errors="replace")
        self._room[: LENGTH_BYTES + len(data)] = len(data).to_bytes(LENGTH_BYTES) + data

    def read(self) -> str:
        """The text, "" where none was written."""
        length = int.from_bytes(self._room[:LENGTH_BYTES])
        return self._room[LENGTH_BYTES : LENGTH_BYTES + length].decode(errors="replace")

    def told(self, sentence: str) -> str:
        """A sentence on why a process ended, with the slide that it was at where it was at one."""
        from interop.markdown import plain  # noqa: PLC0415 -- the worker is light until it prepares

        name = plain(self.read()).replace("\n", " ")
        return f"{sentence} It came as far as the slide “{name}”." if name else sentence

    def close(self) -> None:
        self._room.close()


class Desk:
    """The note that this process writes on; None where nobody wants to know."""

    note: Note | None = None

    @classmethod
    def at(cls, title: str) -> None:
        """Say that the slide of a title is laid out now; "" before the first."""
        if cls.note is not None:
            cls.note.write(title)

    @classmethod
    def told(cls, sentence: str) -> str:
        """As a note says it."""
        return cls.note.told(sentence) if cls.note is not None else sentence
