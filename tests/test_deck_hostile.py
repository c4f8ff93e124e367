"""A hostile call ends in a deck or in a sentence, soon, reaches nothing outside, and holds nobody else up."""

import re
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from communitycalls.deck import kept
from communitycalls.deck.bounds import CPU_SECONDS, MEMORY, TOO_LONG, WALL_SECONDS
from communitycalls.deck.job import Job
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import Workshop
from communitycalls.deck.setting import Places
from tests import pdf
from tests.deck_sample import sample_call, sample_setting
from tests.make import make_call, make_item

SECONDS, MEGABYTES, WORKER = 12, 512, 110
ROW = "|" + "c|" * 20 + "\n"

REFUSED = {
    "a table of 2,000 by 20": (f"{ROW}{'|--' * 20}|\n{ROW * 2000}", "holds 6,000 rows, lines or bullets"),
    "300 nested lists": ("\n".join("  " * n + "- x" for n in range(300)), "lists or quotes deeper than 24 levels"),
    "a word of 100,000 characters": ("w" * 100_000, "The word “wwwwwwwwwwwwwwwwwwww…” has 100,000 characters"),
    "10,000 emoji": ("😀 " * 10_000, "holds 10,000 emoji; a deck can show 2,000"),
    "500 slides": ("a\n\n---\n\n" * 500, "a deck can have 200"),
    "a novel": ("and so on " * 30_000, r"holds [\d,]+ characters of text; a deck can take 200,000"),
}


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    workshop = Workshop()
    yield workshop
    workshop.close()


def draw(shop: Workshop, notes: str, places: Places = pdf.NOWHERE) -> Drawing:
    return shop.ask(Job("deck", pdf.with_notes(sample_call(), notes), sample_setting(), places))


def test_limits_are_those_that_were_promised() -> None:
    assert max(CPU_SECONDS, WALL_SECONDS) + 1 < SECONDS
    assert MEMORY // 2**20 + WORKER < MEGABYTES


@pytest.mark.parametrize("name", REFUSED)
def test_too_much_is_refused_with_a_sentence(shop: Workshop, name: str) -> None:
    notes, sentence = REFUSED[name]
    began = time.monotonic()
    with pytest.raises(DeckError, match=sentence):
        draw(shop, notes)
    assert time.monotonic() - began < SECONDS


def test_deep_quotes_of_some_length_are_shown_as_written(shop: Workshop) -> None:
    assert "can be read" in draw(shop, ">" * 300 + " x").remarks[0].text


def test_picture_of_20_000_by_20_000_is_left_out_and_named(shop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "huge.png").write_bytes(huge_png(20_000))
    drawing = draw(shop, "![Huge](/media/images/huge.png)", Places(tmp_path))
    assert re.search(r"/media/images/huge\.png is not shown", drawing.remarks[0].text)


def huge_png(side: int) -> bytes:
    """A PNG whose header promises so many pixels a side, and which is black all over if one decodes it."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side // 8 + 1) * 100)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_nothing_outside_is_asked_for_and_no_other_file_is_read(shop: Workshop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        here = f"127.0.0.1:{listener.getsockname()[1]}"
        notes = (
            f"# ![t](http://{here}/t.png)\n\n![x](http://{here}/x.png) ![y](//{here}/y.png)\n\n"
            f"<img src=http://{here}/z.png> <link rel=stylesheet href=http://{here}/a.css>\n\n"
            f"<style>@import 'http://{here}/b.css'</style> ![f](file:///etc/passwd) [f](file:///etc/passwd)\n\n"
            f"![svg](data:image/svg+xml,<svg><image href='http://{here}/c'/></svg>) <a rel=attachment href=file:///etc/passwd>"
        )
        drawing = draw(shop, notes)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert b"root:" not in drawing.pdf
    assert not [link for link in pdf.links(drawing) if link.startswith("file:")]


@pytest.mark.django_db(transaction=True)
def test_site_answers_others_while_a_hostile_call_is_drawn(
    live_server: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    workshop = Workshop(cpu_seconds=3, wall_seconds=3)
    monkeypatch.setattr(kept, "WORKSHOP", workshop)
    hostile, other = make_call(), make_call("2021-06-08")
    make_item(hostile, "Endless", slide_notes="\n\n".join(["w" * 5_900] * 30))
    make_item(other, "Short", slide_notes="- one")
    address = f"{live_server.url}/calls/community-call/{{}}/{{}}"
    urlopen(address.format(other.address, "agenda.pdf")).read()  # the worker is there

    said: list[str] = []
    slow = threading.Thread(target=lambda: said.append(_body(address.format(hostile.address, "slides.pdf"))))
    slow.start()
    time.sleep(0.2)
    page = _body(address.format(hostile.address, ""))
    deck = urlopen(address.format(other.address, "slides.pdf")).read()
    still_drawing = slow.is_alive()
    slow.join()
    workshop.close()
    assert "Endless" in page
    assert deck.startswith(b"%PDF-")
    assert still_drawing
    assert TOO_LONG.split(".")[0] in said[0]


def _body(address: str) -> str:
    """What a page says, whatever its status."""
    with socket.create_connection(_place(address)) as connection:
        path = "/" + address.split("/", 3)[3]
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            return answer.read().decode(errors="replace")


def _place(address: str) -> tuple[str, int]:
    host, _, port = address.split("/")[2].partition(":")
    return host, int(port)
