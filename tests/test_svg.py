"""Uploaded drawings: whatever is sent, only shapes, words and plain values are stored."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communitycalls.svg import ATTRIBUTES, ELEMENTS, MOST_DEPTH, MOST_ELEMENTS, SVG, SvgError, redraw
from communitycalls.uploads import UploadError, store_image

BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"'


def drawn(inside: str, more: str = "") -> str:
    return redraw(f"{BOX} {more}>{inside}</svg>".encode()).decode()


def test_shapes_words_and_gradients_stay_as_they_were_drawn() -> None:
    text = drawn(
        '<defs><linearGradient id="a"><stop style="stop-color:#fff; stop-opacity:.5"/></linearGradient></defs>'
        '<path d="M0 0L9 9" fill="url(#a)"/><text x="1" y="2">Two <tspan>words</tspan> more</text>'
    )
    assert 'stop-color="#fff"' in text
    assert 'stop-opacity=".5"' in text
    assert 'fill="url(#a)"' in text
    assert ">Two <tspan>words</tspan> more</text>" in text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<image href="http://127.0.0.1/alert.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>',
        '<use href="#alert"/>',
        "<style>@import url(http://alert.example)</style>",
        '<rect style="fill:url(http://alert.example/#a)"/>',
        '<rect fill="url(&#10;http://alert.example)"/>',
        '<rect fill="url(#a) url(http://alert.example)"/>',
        '<rect fill="\\75rl(http://alert.example)"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
        '<animate attributeName="href" to="alert"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<linearGradient href="http://alert.example/#a"/>',
        '<filter><feImage href="http://alert.example"/></filter>',
        "<!-- alert --><?alert href='x'?>",
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    ],
)
def test_what_is_not_a_plain_drawing_goes(hostile: str) -> None:
    text = drawn(f'<rect width="1"/>{hostile}')
    assert "alert" not in text
    assert '<rect width="1"' in text


def test_only_named_elements_and_attributes_are_written() -> None:
    text = drawn('<g class="x" data-a="1" filter="url(#f)" fill="red"><metadata>secret</metadata></g>', 'onclick="x()"')
    found = list(ET.fromstring(text).iter())
    assert {one.tag for one in found} <= {f"{{{SVG}}}{name}" for name in ELEMENTS}
    assert {name for one in found for name in one.attrib} <= ATTRIBUTES
    assert "secret" not in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg", "cannot be read"),
        (b"<svg/>", "no SVG drawing"),
        (b'<html><svg xmlns="http://www.w3.org/2000/svg"/></html>', "no SVG drawing"),
        (f"{BOX}/>".encode("utf-16"), "UTF-8"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + f"{BOX}/>".encode(), "entities"),
        (f"{BOX}>{'<g/>' * MOST_ELEMENTS}</svg>".encode(), "more than 5,000 shapes"),
        (f"{BOX}>{'<g>' * (MOST_DEPTH + 1)}{'</g>' * (MOST_DEPTH + 1)}</svg>".encode(), "Ungroup"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "view box"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="3cm" height="2"/>', "view box"),
        (b" " * 500_001, "500"),
    ],
)
def test_a_drawing_that_cannot_be_taken_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(SvgError, match=sentence):
        redraw(data)


def test_a_plain_doctype_and_a_size_in_pixels_are_understood() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    text = redraw(f'{head}<svg xmlns="{SVG}" width="30px" height="20"/>'.encode()).decode()
    assert 'viewBox="0 0 30 20"' in text


def test_an_uploaded_drawing_is_stored_clean_and_sent_so_that_it_can_only_be_shown(client: Client) -> None:
    data = f'<?xml version="1.0"?>\n{BOX}><script>alert(1)</script><rect width="4"/></svg>'.encode()
    address = store_image(SimpleUploadedFile("plan.svg", data))
    stored = Path(default_storage.path(address.removeprefix(settings.MEDIA_URL))).read_bytes()
    response = client.get(address)
    assert b"alert" not in stored
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.getvalue() == stored


def test_a_refused_drawing_is_named_in_the_sentence() -> None:
    with pytest.raises(UploadError) as error:
        store_image(SimpleUploadedFile("plan.svg", b"<svg><broken"))
    assert error.value.message.startswith("“plan.svg” cannot be read")
