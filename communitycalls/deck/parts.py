"""Pieces of a PDF as plain values: text with gaps for the numbers that others get in the file they are put into."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf  # type: ignore[import-untyped]  # -- it has no types

REFERENCE = re.compile(rb"(\d+) 0 R")
MARK = b"BDC"
WORTH_PACKING = 100  # bytes: below, it takes more to say that a stream is packed
LEVEL = 7  # two more take three times as long for less than one part in a hundred

# What stands in a gap: a piece of the same page by place, a shared one by digest, the file's own by name, or, by name
# and place, what depends on the pages before.
Gap = int | bytes | str | tuple[str, int]
Namer = Callable[[bytes], Gap]


@dataclass(frozen=True)
class Part:
    """An object of a PDF: its text, with `%b` for each gap, and what follows where it is a stream."""

    text: bytes
    gaps: tuple[Gap, ...]
    stream: bytes | None = None

    def filled(self, names: Mapping[Gap, bytes]) -> bytes:
        """The object as it is written, by what stands in its gaps."""
        text = self.text % tuple([names[gap] for gap in self.gaps])
        return text if self.stream is None else b"\n".join((text, b"stream", self.stream, b"endstream"))

    @property
    def digest(self) -> bytes:
        """The same for objects that are the same, whatever file or process they are in."""
        told = b"%b\n%r" % (self.text, self.gaps) if self.gaps else self.text
        return hashlib.blake2b(told + b"\n" + (self.stream or b""), digest_size=16).digest()


class Hole(pydyf.Object):  # type: ignore[misc]  # -- pydyf has no types
    """A gap among the values of an object of pydyf."""

    def __init__(self, gap: Gap) -> None:
        super().__init__()
        self.gap = gap


class Bound(pydyf.Object):  # type: ignore[misc]  # -- as above
    """A part in a file; `data` is how it is written, once its gaps can be filled."""

    data = b""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part

    @property
    def compressible(self) -> bool:
        return self.part.stream is None


def part_of(one: Any, name: Namer) -> Part:
    """An object of pydyf as a part. `name` tells what stands where it refers to another."""
    gaps: list[Gap] = []
    if not isinstance(one, pydyf.Stream):
        return Part(_told(one, name, gaps), tuple(gaps))
    stream = ink_of(one)
    extra = pydyf.Dictionary(one.extra)
    if one.compress and len(stream) >= WORTH_PACKING:
        stream, extra["Filter"] = zlib.compress(stream, LEVEL), "/FlateDecode"
    extra["Length"] = len(stream)
    if extra.get("Type") == "/XObject":
        del extra["Type"]  # its kind says so
    return Part(_told(extra, name, gaps), tuple(gaps), stream)


def ink_of(stream: Any) -> bytes:
    """What a stream of pydyf holds."""
    found: bytes = b"\n".join(map(pydyf._to_bytes, stream.stream))
    return found


def _told(one: Any, name: Namer, gaps: list[Gap]) -> bytes:
    """A value as pydyf writes it, with gaps for references. It is asked thousands of times for a deck."""
    kind = type(one)
    if kind is str:
        return _text(one)
    if kind is bytes:
        if one.endswith(b" R") and REFERENCE.fullmatch(one):
            gaps.append(name(one))
            return b"%b"
        return bytes(one.replace(b"%", b"%%"))
    if kind is pydyf.Array:
        return b"[" + b" ".join([_told(value, name, gaps) for value in one]) + b"]"
    if isinstance(one, dict):
        told = [_key(key) + TELLS.get(key, _told)(value, name, gaps) for key, value in one.items()]
        return b"<<" + b"".join(told) + b">>"
    if kind is Hole:
        gaps.append(one.gap)
        return b"%b"
    return bytes(pydyf._to_bytes(one).replace(b"%", b"%%"))


@lru_cache(maxsize=512)
def _text(word: str) -> bytes:
    return word.encode("ascii").replace(b"%", b"%%")


@lru_cache(maxsize=512)
def _key(key: str) -> bytes:
    return b"/" + key.encode().replace(b"%", b"%%") + b" "


def _id(value: Any, name: Namer, gaps: list[Gap]) -> bytes:
    """The name of a head cell, which begins with its table's number: it has to be the only one in any file."""
    number, rest = str(value.string).split("-", 1)
    gaps.append(name(f"{number} 0 R".encode()))
    return f"(%b-{rest})".encode()


def _ids(values: Any, name: Namer, gaps: list[Gap]) -> bytes:
    return b"[" + b" ".join([_id(one, name, gaps) for one in values]) + b"]"


TELLS = {"ID": _id, "Headers": _ids}


class Taken:
    """A PDF of one page, taken apart: what is the page's own by place, itself first, and the rest by digest.

    `shared` are parts that are known already.
    """

    def __init__(self, pdf: Any, shared: Mapping[bytes, Part]) -> None:
        self.shared = dict(shared)
        self.rows = {one.reference: one for one in pdf.objects}
        (self._page,) = pdf.page_references
        self.page = self.rows[self._page]
        self.resources = self.rows[self.page["Resources"]]
        self._fixed = {
            pdf.pages.reference: "pages",
            self.page["Contents"]: "content",
            self.resources["Font"]: "fonts",
            self.resources["ColorSpace"]: "colours",
        }
        if "StructTreeRoot" in pdf.catalog:
            self._fixed[self.rows[pdf.catalog["StructTreeRoot"]]["K"][0]] = "top"
        self._places: dict[bytes, int] = {}
        self._parts: dict[int, Part] = {}
        self._waiting: list[bytes] = []
        self._names: dict[bytes, Gap] = {}
        self._place(self._page)

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self._parts[place] for place in range(len(self._parts)))

    def take_page(self) -> None:
        """Take the page and all it leads to."""
        self.take(self._page)

    def take(self, reference: bytes) -> int:
        """Take an object and all it leads to, as parts of the page. Returns its place."""
        place = self._place(reference)
        while self._waiting:
            waiting = self._waiting.pop()
            if self._places[waiting] not in self._parts:
                self._parts[self._places[waiting]] = part_of(self.rows[waiting], self._own)
        return place

    def share(self, reference: bytes) -> Gap:
        """Take an object and all it leads to, for other pages too where nothing in it is the page's own.

        Marked content is: its marks belong to a page.
        """
        if reference in self._fixed:
            return self._fixed[reference]
        if reference not in self._names:
            one = self.rows[reference]
            part = part_of(one, self.share)
            marked = isinstance(one, pydyf.Stream) and MARK in ink_of(one)
            if marked or any(isinstance(gap, int) for gap in part.gaps):
                place = self._place(reference)
                self._parts[place] = part
                self._names[reference] = place
            else:
                self._names[reference] = part.digest
                self.shared[part.digest] = part
        return self._names[reference]

    def _own(self, reference: bytes) -> Gap:
        if reference in self._fixed:
            return self._fixed[reference]
        return self._names[reference] if reference in self._names else self._place(reference)

    def _place(self, reference: bytes) -> int:
        if reference not in self._places:
            self._places[reference] = len(self._places)
            self._waiting.append(reference)
        return self._places[reference]
