"""From bytes to text: what is UTF-8, what is repaired, what is refused."""

import pytest

from interop.document.errors import DocumentError
from interop.document.source import decode
from tests.corpus import CORPUS, needs_corpus


def mangled(text: str) -> bytes:
    """UTF-8 that somebody read as Windows-1252 and saved again."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()).encode()


@pytest.mark.parametrize("text", ["", "plain", "Kühl says “hi” 🟢\r\nשלום", "Ã alone", "é", "naïve Â© “quote”"])
def test_utf8_comes_through_as_it_is(text: str) -> None:
    assert decode(text.encode()) == (text, ())


def test_byte_order_mark_is_dropped() -> None:
    assert decode("\ufeff# Title".encode()) == ("# Title", ())


@pytest.mark.parametrize("text", ["✅ Fully\n🟢 mostly\n", "Kühl", "first\n“second” – third 🔵"])
def test_text_encoded_twice_is_read_as_meant_and_told(text: str) -> None:
    found, remarks = decode(mangled(text))
    assert found == text
    assert [remark.line for remark in remarks] == [2 if text.startswith("first") else 1]
    assert "encoded twice" in remarks[0].text


def test_text_that_is_only_partly_encoded_twice_is_left_alone() -> None:
    data = mangled("✅") + " “quote”".encode()
    assert decode(data) == (data.decode(), ())


@pytest.mark.parametrize(
    ("data", "told", "line"),
    [
        (b"one\nK\xfchl", "The byte 0xFC at position 6 is not UTF-8.", 2),
        (b"\xff\xfea\x00", "it is UTF-16, not UTF-8", None),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "it is UTF-32, not UTF-8", None),
        (b"a\n\nb\x00c", "The byte 0x00 at position 5", 3),
        (b"\xc3", "The byte 0xC3 at position 1", 1),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_byte_and_position(data: bytes, told: str, line: int | None) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data)
    assert told in caught.value.message
    assert caught.value.line == line


@needs_corpus
def test_the_damaged_seed_is_repaired() -> None:
    text, remarks = decode((CORPUS / "seeds" / "004_0f11d7601cdc0887.txt").read_bytes())
    assert [mark for mark in ("✅", "🟢", "🔵") if mark not in text] == []
    assert (len(remarks), "\u00e2" in text) == (1, False)
