"""A PDF's objects written as a file, as pydyf does it; but what was packed before is not packed again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pydyf  # type: ignore[import-untyped]  # -- it has no types

from communitycalls.deck.parts import LEVEL, ink_of

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FREE, PLAIN, INSIDE = 0, 1, 2
ROW, WIDTHS = struct.Struct(">BII"), (1, 4, 4)
UP = b"\2"
Row = tuple[int, int, int]


def written(pdf: Any) -> bytes:
    """The bytes of a file. Streams that are to be packed are."""
    pdf.add_object(pdf.info)
    rows: list[Row] = [(FREE, 0, 65535)] * (len(pdf.objects) + 2)
    file = bytearray(HEAD)
    inside = []
    for one in pdf.objects[1:]:
        if one.compressible:
            inside.append(one)
        else:
            rows[one.number] = (PLAIN, len(file), 0)
            _put(file, one.number, _packed(one) if isinstance(one, pydyf.Stream) and one.compress else one.data)
    whole, table = len(pdf.objects), len(pdf.objects) + 1
    rows[whole] = (PLAIN, len(file), 0)
    for place, one in enumerate(inside):
        rows[one.number] = (INSIDE, whole, place)
    _put(file, whole, _object_stream(inside))
    rows[table] = (PLAIN, len(file), 0)
    begin = len(file)
    _put(file, table, _table(rows, pdf))
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % begin)


def _put(file: bytearray, number: int, data: bytes) -> None:
    file += b"%d 0 obj\n" % number
    file += data
    file += b"\nendobj\n"


def _stream(content: bytes, extra: dict[str, Any]) -> bytes:
    data: bytes = pydyf.Stream([content], pydyf.Dictionary(extra)).data
    return data


def _packed(stream: Any) -> bytes:
    return _stream(_squeezed(ink_of(stream)), {**stream.extra, "Filter": "/FlateDecode"})


@lru_cache(maxsize=64)
def _squeezed(content: bytes) -> bytes:
    """Fonts and what their signs mean: seldom other than in the file before."""
    return zlib.compress(content, LEVEL)


def _object_stream(objects: Iterable[Any]) -> bytes:
    """Objects that are no streams, all in one."""
    places, body = [], bytearray()
    for one in objects:
        places.append(b"%d %d" % (one.number, len(body)))
        body += one.data
        body += b"\n"
    head = b" ".join(places) + b"\n"
    extra = {"Type": "/ObjStm", "N": len(places), "First": len(head), "Filter": "/FlateDecode"}
    return _stream(zlib.compress(head + body, LEVEL), extra)


def _table(rows: list[Row], pdf: Any) -> bytes:
    """Where each object is. Each row is told by how it differs from the one above, and such are alike."""
    flat = b"".join([ROW.pack(*row) for row in rows])
    apart = bytes([(one - above) & 0xFF for one, above in zip(flat, bytes(ROW.size) + flat, strict=False)])
    told = b"".join([UP + apart[place : place + ROW.size] for place in range(0, len(apart), ROW.size)])
    extra = {
        "Type": "/XRef",
        "W": pydyf.Array(WIDTHS),
        "Size": len(rows),
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "Filter": "/FlateDecode",
        "DecodeParms": pydyf.Dictionary({"Predictor": 12, "Columns": ROW.size}),
    }
    return _stream(zlib.compress(told, LEVEL), extra)
