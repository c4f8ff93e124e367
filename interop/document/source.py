"""From the bytes of a file to text: UTF-8 only, its damage named, double encoding repaired where that is certain."""

from collections.abc import Iterator

from interop.document.errors import DocumentError, Remark

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OTHER_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text of a UTF-8 file without its byte order mark, and what was repaired.

    UTF-8 that was read as Windows-1252 and saved as UTF-8 again is undone, once, where the whole text allows it.
    Raises DocumentError, which names byte and position, for bytes that are no UTF-8 text.
    """
    for mark, encoding in OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise DocumentError(f"The file begins with {mark!r}: it is {encoding}, not UTF-8. Save it as UTF-8.")
    text = _decode_utf8(data.removeprefix(BYTE_ORDER_MARK))
    repaired = _undo_double_encoding(text)
    if repaired is None:
        return text, ()
    return repaired, tuple(_remarks(text, repaired))


def _decode_utf8(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"The byte 0x{data[error.start]:02X} at position {error.start + 1} is not UTF-8. Save the file as UTF-8.",
            _line_at(data, error.start),
        ) from error
    if "\0" in text:
        position = data.index(b"\0")
        raise DocumentError(
            f"The byte 0x00 at position {position + 1} belongs in no text file. Remove it.", _line_at(data, position)
        )
    return text


def _line_at(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _undo_double_encoding(text: str) -> str | None:
    """The text as it was meant, None where it is not wholly UTF-8 read as Windows-1252."""
    if text.isascii():
        return None
    try:
        return b"".join(map(_windows_1252, text)).decode("utf-8")
    except UnicodeError:
        return None


def _windows_1252(character: str) -> bytes:
    """The byte a character stands for; the five bytes the code page leaves open stand for themselves (WHATWG)."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _remarks(text: str, repaired: str) -> Iterator[Remark]:
    """One remark for the whole repair, at the first line it changed."""
    pairs = zip(text.split("\n"), repaired.split("\n"), strict=True)
    changed = [(number, old, new) for number, (old, new) in enumerate(pairs, start=1) if old != new]
    number, old, new = changed[0]
    were = "1 line was" if len(changed) == 1 else f"{len(changed)} lines were"
    are = "is" if len(changed) == 1 else "are"
    yield Remark(
        number,
        f"{were} UTF-8 encoded twice and {are} read as meant, this one as {new.strip()[:60]!r} "
        f"instead of {old.strip()[:60]!r}.",
    )
