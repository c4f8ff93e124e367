"""Fonts in a PDF without what they say of signs they do not hold: in a small font that takes more than the signs.

A font that was cut keeps the place of every sign, so that numbers stay true, and with it every name, though a PDF asks
by number. The names of empty places, and what little stands there, are made empty; signs that are drawn stay.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

STANDARD_NAMES = 391
CHARSET, CHARACTERS, OTHER_KIND = 15, 17, 1230
NEVER_ASKED = (b"GDEF", b"name")
EMPTY = b"\x0e"  # a sign's end and nothing before it, not even a width: a space has one
MAGIC = 0xB1B0AFBA
MADE, CHANGED = slice(20, 28), slice(28, 36)  # times, in the table `head`


@dataclass(frozen=True)
class Index:
    """A list of pieces as CFF has them, from `begin` to `end` of its table; `ends` are where each piece ends."""

    begin: int
    end: int
    pieces: tuple[bytes, ...]


def thinner(font: bytes) -> bytes:
    """A font file that was cut without what a PDF asks for never; one that is read otherwise as it is."""
    try:
        kept = {tag: table for tag, table in tables(font).items() if tag not in NEVER_ASKED}
        if b"CFF " in kept:
            kept[b"CFF "] = _nameless(kept[b"CFF "])
        return _font(font[:4], kept)
    except (KeyError, IndexError, ValueError, struct.error):
        return font


def tables(font: bytes) -> dict[bytes, bytes]:
    """The tables of a font file by name. Raises struct.error."""
    (count,) = struct.unpack_from(">H", font, 4)
    rows = [struct.unpack_from(">4s3I", font, 12 + 16 * place) for place in range(count)]
    return {tag: font[begin : begin + length] for tag, _, begin, length in rows}


def _font(kind: bytes, tables: dict[bytes, bytes]) -> bytes:
    """A font file of its tables, with right sums and without the time it was cut at: what is the same is the same."""
    head = bytearray(tables[b"head"])
    head[8:12] = bytes(4)
    head[CHANGED] = head[MADE]
    tables = dict(sorted((tables | {b"head": bytes(head)}).items()))
    power = len(tables).bit_length() - 1
    directory = struct.pack(">4s4H", kind, len(tables), 16 << power, power, (len(tables) - (1 << power)) * 16)
    begin, body = 12 + 16 * len(tables), b""
    places = {}
    for tag, table in tables.items():
        places[tag] = begin + len(body)
        directory += struct.pack(">4s3I", tag, _sum(table), places[tag], len(table))
        body += table + bytes(-len(table) % 4)
    whole = bytearray(directory + body)
    struct.pack_into(">I", whole, places[b"head"] + 8, (MAGIC - _sum(whole)) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes | bytearray) -> int:
    padded = bytes(data) + bytes(-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(numbers) & 0xFFFFFFFF


def _nameless(cff: bytes) -> bytes:
    """A CFF table with empty names and empty signs. All that stays keeps its place; the gaps that are left hold zeros.

    Raises ValueError where signs have no names.
    """
    top = _index(cff, _index(cff, cff[2]).end)
    names = _index(cff, top.end)
    subroutines = _index(cff, names.end)
    told = _dictionary(top.pieces[0])
    if OTHER_KIND in told or told.get(CHARSET, 0) < 3:
        raise ValueError
    signs = _index(cff, told[CHARACTERS])
    sids = _charset(cff, told[CHARSET], len(signs.pieces))
    unused = set(sids) - {sid for sid, sign in zip(sids, signs.pieces, strict=True) if sign != EMPTY}
    kept = [b"" if sid in unused else name for sid, name in enumerate(names.pieces, STANDARD_NAMES)]
    drawn = [b"" if place and sign == EMPTY else sign for place, sign in enumerate(signs.pieces)]
    cff = _put(cff, names.begin, subroutines.end, _written(kept) + cff[subroutines.begin : subroutines.end])
    return _put(cff, signs.begin, signs.end, _written(drawn))


def _put(data: bytes, begin: int, end: int, shorter: bytes) -> bytes:
    if len(shorter) > end - begin:
        raise ValueError
    return data[:begin] + shorter.ljust(end - begin, b"\0") + data[end:]


def _index(cff: bytes, begin: int) -> Index:
    (count,) = struct.unpack_from(">H", cff, begin)
    if count == 0:
        return Index(begin, begin + 2, ())
    size = cff[begin + 2]
    first = begin + 3 + size * (count + 1) - 1
    ends = _offsets(cff[begin + 3 : first + 1], size)
    pieces = tuple([cff[first + one : first + other] for one, other in pairwise(ends)])
    return Index(begin, first + ends[-1], pieces)


def _offsets(raw: bytes, size: int) -> Sequence[int]:
    """Numbers of so many bytes each."""
    if size == 2:
        return struct.unpack(f">{len(raw) // 2}H", raw)
    return [int.from_bytes(raw[place : place + size]) for place in range(0, len(raw), size)]


def _written(pieces: Sequence[bytes]) -> bytes:
    ends = list(accumulate(map(len, pieces), initial=1))
    return struct.pack(">HB", len(pieces), 2) + struct.pack(f">{len(ends)}H", *ends) + b"".join(pieces)


def _dictionary(data: bytes) -> dict[int, int]:
    """Operators with their last operand where it is a whole number; those of two bytes as 1200 and more."""
    found: dict[int, int] = {}
    place, last = 0, 0
    while place < len(data):
        first = data[place]
        place += 1
        if first == 12:
            found[1200 + data[place]] = last
            place += 1
        elif first <= 21:
            found[first] = last
        else:
            last, place = _number(data, first, place)
    return found


def _number(data: bytes, first: int, place: int) -> tuple[int, int]:
    """An operand and where the next begins; 0 for a real number."""
    if first == 28:
        return struct.unpack_from(">h", data, place)[0], place + 2
    if first == 29:
        return struct.unpack_from(">i", data, place)[0], place + 4
    if first == 30:
        while 0xF not in (data[place] & 0xF, data[place] >> 4):
            place += 1
        return 0, place + 1
    if first <= 246:
        return first - 139, place
    away = (first - (247 if first <= 250 else 251)) * 256 + data[place] + 108
    return away if first <= 250 else -away, place + 1


def _charset(cff: bytes, place: int, count: int) -> list[int]:
    """The number of the name of each sign; the first has none."""
    kind, found = cff[place], [0]
    place += 1
    if kind == 0:
        return [0, *struct.unpack_from(f">{count - 1}H", cff, place)]
    while len(found) < count:
        first, more = struct.unpack_from(">HB" if kind == 1 else ">HH", cff, place)
        found += range(first, first + more + 1)
        place += 3 if kind == 1 else 4
    return found[:count]
