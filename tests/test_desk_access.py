"""Every address of the desk, every role, every method."""

from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from communitycalls import history
from communitycalls.desk import urls
from communitycalls.models import Attendance, CallSource, Channel, Link, Outlook
from interop.exporter import read_matrix
from interop.history import Note, record
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix, make_person, make_question

METHODS = ["get", "head", "post", "put", "patch", "delete"]
ANSWERS_ONLY = {"reads_item", "reads_entry", "reads_cell"}
ACTS = {
    "call_state",
    "item_add",
    "item_move",
    "people_remove",
    "entry_add",
    "entry_move",
    "conflict",
    "item_slides",
    "presenter_move",
}


@pytest.fixture
def addresses(db: None) -> dict[str, str]:
    """Every named address of the desk, filled with things that exist."""
    call = make_call(status="draft")
    make_item(call)
    make_entry(call)
    make_question(call, answers={"Kai": "Yes"})
    channel = Channel.objects.create(name="Alpha", slug="alpha")
    Outlook.objects.create(call=call, number=1, channel=channel, version="1.0.0")
    link = Link.objects.create(call=call, url="https://example.org/")
    there = Attendance.objects.create(call=call, person=make_person())
    matrix = make_environment(make_matrix()).matrix
    history.record(call, None)
    CallSource.objects.create(call=call, name="call.md", data=b"# Call", value={})
    record(matrix, read_matrix(matrix), Note(call.date, source=b"# Matrix", source_name="matrix.md"))
    parts = {"series": call.series.slug, "address": call.address, "number": 1, "matrix": "support"}
    keys = {"link": link.pk, "link_remove": link.pk, "people_remove": there.pk}
    parts |= {"environment": "ec2", "criterion": "support-level"}
    return {
        name: reverse(f"desk:{name}", kwargs={key: keys.get(name, 0) if key == "key" else parts[key] for key in wanted})
        for name, wanted in names_of(urls.urlpatterns)
    }


def names_of(patterns: Iterable[object], above: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += names_of(one.url_patterns, (*above, *one.pattern.converters))
        elif isinstance(one, URLPattern):
            found.append((str(one.name), [*above, *one.pattern.converters]))
    return found


def test_visitor_is_led_to_sign_in_by_every_method(client: Client, addresses: dict[str, str]) -> None:
    for name, url in addresses.items():
        for method in METHODS:
            response = getattr(client, method)(url)
            assert response.status_code == 302, (name, method)
            assert response["Location"].startswith("/sign-in/?next=/desk/"), (name, method)


def test_user_without_role_finds_nothing_by_any_method(user_client: Client, addresses: dict[str, str]) -> None:
    for name, url in addresses.items():
        for method in METHODS:
            response = getattr(user_client, method)(url)
            assert response.status_code == 404, (name, method)
            assert b"Welcome" not in response.content, (name, method)


@pytest.mark.parametrize("role", ["editor", "maintainer"])
def test_editor_and_maintainer_see_every_page(
    role: str, request: pytest.FixtureRequest, addresses: dict[str, str]
) -> None:
    client: Client = request.getfixturevalue(role)
    for name, url in addresses.items():
        expected = 405 if name in ANSWERS_ONLY else 302 if name in ACTS else 200
        response = client.get(url)
        assert response.status_code == expected, name
        if expected == 200:
            assert "no-store" in response["Cache-Control"], name


def test_other_methods_are_refused(editor: Client, addresses: dict[str, str]) -> None:
    for name, url in addresses.items():
        for method in ("put", "patch", "delete"):
            expected = 302 if name in ACTS else 405
            assert getattr(editor, method)(url).status_code in (405, expected), (name, method)


def test_looking_changes_nothing(editor: Client, addresses: dict[str, str]) -> None:
    for url in addresses.values():
        editor.get(url)
    call = make_call("2021-05-12").series.calls.get(date="2021-05-11")
    assert (call.version, call.status, call.agenda.count(), call.links.count()) == (1, "draft", 1, 1)


def test_change_without_token_is_refused(addresses: dict[str, str], editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    for name, url in addresses.items():
        assert strict.post(url, {}).status_code == 403, name


def test_act_reached_by_a_link_leads_to_the_plan(editor: Client, addresses: dict[str, str]) -> None:
    assert editor.get(addresses["item_add"])["Location"] == addresses["call"]


@pytest.mark.parametrize(
    "path",
    [
        "calls/community-call/2021-05-11/agenda/99999999999999999999/",
        "calls/community-call/2021-05-11/links/99999999999999999999/",
        "calls/community-call/2021-02-30/",
        "calls/community-call/2021-05-11-3/minutes/",
        "calls/nobody/2021-05-11/",
        "interop/nothing/",
        "interop/support/environments/nowhere/",
        "interop/support/environments/nowhere/retire/",
    ],
)
def test_what_is_not_there_is_not_found(editor: Client, addresses: dict[str, str], path: str) -> None:
    assert editor.get(f"/desk/{path}").status_code == 404


def test_hostile_text_is_shown_as_text(editor: Client, addresses: dict[str, str]) -> None:
    line = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    for name, field in (("item_add", "line"), ("entry_add", "line"), ("people_add", "names")):
        assert editor.post(addresses[name], {field: line, "role": "host"}).status_code == 302
    for name in ("call", "minutes", "index"):
        page = editor.get(addresses[name]).content.decode()
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
