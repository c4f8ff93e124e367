"""What every response says to the browser, and what no request may hold."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.make import make_call, make_matrix
from tests.test_uploads import picture, stored

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/calls/",
    "/calls/community-call/2021-05-11/",
    "/interop/support/",
    "/interop/support/matrix.json",
    "/sign-in/",
    "/admin/login/",
    "/desk/",
    "/nowhere/",
    "/?q=%00",
    "/healthz",
    "/robots.txt",
    "/static/css/prose.css",
]


@pytest.fixture
def site(db: None) -> None:
    make_call()
    make_matrix()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_is_strict(address: str, client: Client) -> None:
    response = client.get(address)
    policy = dict(rule.partition(" ")[::2] for rule in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == policy["form-action"] == "'self'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_no_rule_of_the_policy_is_loosened_anywhere() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    written = {source for sources in directives.values() for source in sources}
    assert written == {"'self'", "'none'"}


def test_an_image_keeps_its_own_stricter_policy(client: Client) -> None:
    response = client.get(f"/media/images/{stored(picture()).name}")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("address", ["/", "/calls/community-call/2021-05-11/", "/nowhere/", "/desk/"])
def test_what_an_editor_sees_is_kept_by_no_cache(address: str, editor: Client) -> None:
    assert editor.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("site")
def test_visitors_get_no_cookie_and_the_desk_is_never_kept(client: Client) -> None:
    response = client.get("/")
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
    assert client.get("/desk/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/?q=%00", "/?%00=a", "/calls/%00/", "/static/%00.css", "/media/images/%00.png"])
def test_a_nul_in_an_address_is_refused_with_a_sentence(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "The address holds a NUL character (%00). Remove it." in response.content.decode()


def test_a_nul_in_a_field_is_refused_and_in_a_picture_it_is_not(editor: Client) -> None:
    response = editor.post(reverse("markdownx_markdownify"), {"content": "a\0b"})
    assert response.status_code == 400
    assert "The field &#x27;content&#x27; holds a NUL character." in response.content.decode()
    data = picture()
    assert b"\0" in data
    assert editor.post(reverse("markdownx_upload"), {"image": SimpleUploadedFile("a.png", data)}).status_code == 200
