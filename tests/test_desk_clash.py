"""Two editors: nobody overwrites anybody silently."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from html5lib import parse

from communitycalls.models import Call
from interop.exporter import read_matrix
from interop.models import Environment, Matrix
from tests.desk_pages import at, form_at, form_fields
from tests.make import (
    make_call,
    make_editor,
    make_entry,
    make_environment,
    make_item,
    make_matrix,
    make_question,
)

BEGAN = "Beta comes when all tests pass."


@pytest.fixture
def call(db: None) -> Call:
    call = make_call(status="live")
    make_item(call, "Welcome", body=BEGAN)
    return call


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    client.force_login(make_editor("marga"))
    return client


def clash(editor: Client, other: Client, url: str, mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
    """The answer to a form sent after somebody else saved the same one."""
    data = form_at(editor, url)
    assert other.post(url, form_at(other, url) | theirs).status_code == 302
    return editor.post(url, data | mine)


def merged(page: Any, url: str) -> dict[str, Any]:
    """What the form on the page of a clash would send."""
    forms = parse(page.content.decode()).iter("{http://www.w3.org/1999/xhtml}form")
    return next(found for one in forms if "began" in (found := form_fields(one)))


def test_later_save_sees_both_texts_and_overwrites_nothing(editor: Client, other: Client, call: Call) -> None:
    page = clash(editor, other, at("item", call, 1), {"title": "Hello"}, {"title": "Good evening"})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Hello" in text
    assert "Good evening" in text
    assert BEGAN in text
    assert call.agenda.get().title == "Good evening"


def test_form_of_the_clash_keeps_yours_and_saves(editor: Client, other: Client, call: Call) -> None:
    url = at("item", call, 1)
    page = clash(editor, other, url, {"title": "Hello"}, {"title": "Good evening"})
    data = merged(page, url)
    assert data["title"] == "Hello"
    assert editor.post(url, data).status_code == 302
    assert call.agenda.get().title == "Hello"


def test_what_only_they_changed_is_taken_into_the_form(editor: Client, other: Client, call: Call) -> None:
    url = at("item", call, 1)
    page = clash(editor, other, url, {"title": "Hello"}, {"minutes": "20", "presenters": "Marga"})
    data = merged(page, url)
    assert (data["title"], data["minutes"], data["presenters"]) == ("Hello", "20", "Marga")


def test_running_text_is_put_together_where_the_changes_are_apart(editor: Client, other: Client, call: Call) -> None:
    url = at("item", call, 1)
    page = clash(
        editor, other, url, {"body": "Beta comes in July when all tests pass."}, {"body": BEGAN[:-1] + " twice."}
    )
    assert merged(page, url)["body"] == "Beta comes in July when all tests pass twice."


def test_two_clashes_in_a_row_are_both_seen(editor: Client, other: Client, call: Call) -> None:
    url = at("item", call, 1)
    data = merged(clash(editor, other, url, {"title": "Mine"}, {"title": "Theirs"}), url)
    other.post(url, form_at(other, url) | {"title": "Theirs again"})
    again = editor.post(url, data)
    assert again.status_code == 409
    assert "Theirs again" in again.content.decode()
    assert merged(again, url)["title"] == "Mine"


def test_change_elsewhere_in_the_call_is_no_clash(editor: Client, other: Client, call: Call) -> None:
    make_item(call, "Second")
    url = at("item", call, 1)
    data = form_at(editor, url)
    other.post(at("item", call, 2), form_at(other, at("item", call, 2)) | {"title": "Theirs"})
    assert editor.post(url, data | {"title": "Mine"}).status_code == 302
    assert [item.title for item in call.agenda.all()] == ["Mine", "Theirs"]


def test_additions_of_both_are_kept(editor: Client, other: Client, call: Call) -> None:
    for client, line in ((editor, "mine"), (other, "theirs"), (editor, "mine again")):
        client.post(at("entry_add", call), {"line": line, "item": "1"})
    assert [entry.text for entry in call.entries.all()] == ["mine", "theirs", "mine again"]


def test_old_version_that_says_not_what_it_began_with_is_a_clash(editor: Client, call: Call) -> None:
    call.raise_version()
    url = at("item", call, 1)
    response = editor.post(url, form_at(editor, url) | {"version": "1", "began": "", "title": "Mine"})
    assert response.status_code == 409
    assert call.agenda.get().title == "Welcome"


@pytest.mark.parametrize("version", ["", "one", "-1", "99999999999999999999"])
def test_form_without_its_version_is_not_saved(editor: Client, call: Call, version: str) -> None:
    url = at("item", call, 1)
    response = editor.post(url, form_at(editor, url) | {"version": version, "title": "Mine"})
    assert response.status_code == 422
    assert "Reload the page and send it again." in response.content.decode()
    assert "Mine" in response.content.decode()


@pytest.mark.parametrize("began", ["[]", "{", '"x"', '{"title": 7}', "null"])
def test_broken_beginning_is_a_clash_and_no_traceback(editor: Client, call: Call, began: str) -> None:
    call.raise_version()
    url = at("item", call, 1)
    response = editor.post(url, form_at(editor, url) | {"version": "1", "began": began, "title": "Mine"})
    assert response.status_code == 409


def test_what_was_removed_meanwhile_gives_your_text_back(editor: Client, other: Client, call: Call) -> None:
    url = at("item", call, 1)
    data = form_at(editor, url) | {"body": "my own words"}
    other.post(at("item_remove", call, 1), form_at(other, at("item_remove", call, 1)))
    response = editor.post(url, data)
    assert response.status_code == 409
    assert "my own words" in response.content.decode()
    assert "Agenda item 1 was removed meanwhile" in response.content.decode()


def test_what_changed_meanwhile_is_shown_before_it_is_removed(editor: Client, other: Client, call: Call) -> None:
    make_entry(call, "old")
    url = at("entry_remove", call, 1)
    data = form_at(editor, url)
    other.post(at("entry", call, 1), form_at(other, at("entry", call, 1)) | {"text": "new"})
    response = editor.post(url, data)
    assert response.status_code == 409
    assert "new" in response.content.decode()
    assert call.entries.get().text == "new"
    assert editor.post(url, form_at(editor, url)).status_code == 302


def test_answers_of_both_are_seen(editor: Client, other: Client, call: Call) -> None:
    make_question(call, answers={"Kai": "Yes."})
    url = at("question", call, 1)
    page = clash(editor, other, url, {"answer_1": "Yes, mine."}, {"speaker_2": "Marga", "answer_2": "Theirs."})
    data = merged(page, url)
    assert page.status_code == 409
    assert (data["answer_1"], data["speaker_2"], data["answer_2"]) == ("Yes, mine.", "Marga", "Theirs.")


def test_details_of_a_call_clash_too(editor: Client, other: Client, call: Call) -> None:
    page = clash(editor, other, at("call_details", call), {"title": "Mine"}, {"title": "Theirs"})
    assert page.status_code == 409
    call.refresh_from_db()
    assert call.title == "Theirs"


@pytest.fixture
def matrix(db: None) -> Matrix:
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2")
    make_environment(matrix, "Azure", "L1")
    return matrix


def test_row_of_the_matrix_clashes(editor: Client, other: Client, matrix: Matrix) -> None:
    url = "/desk/interop/support/environments/ec2/"
    mine, theirs = {"owners": "Mine", "reason": "why"}, {"owners": "Theirs", "notes": "news", "reason": "why"}
    page = clash(editor, other, url, mine, theirs)
    data = merged(page, url)
    assert page.status_code == 409
    assert (data["owners"], data["notes"], data["reason"]) == ("Mine", "news", "why")
    assert Environment.objects.get(slug="ec2").owners.get().name == "Theirs"
    assert editor.post(url, data).status_code == 302
    assert Environment.objects.get(slug="ec2").owners.get().name == "Mine"


def test_other_row_of_the_matrix_is_no_clash(editor: Client, other: Client, matrix: Matrix) -> None:
    ec2, azure = (f"/desk/interop/support/environments/{slug}/" for slug in ("ec2", "azure"))
    data = form_at(editor, ec2)
    other.post(azure, form_at(other, azure) | {"owners": "Theirs", "reason": "why"})
    assert editor.post(ec2, data | {"owners": "Mine", "reason": "why"}).status_code == 302
    assert [one.owners for one in read_matrix(matrix).sections[0].environments] == [("Mine",), ("Theirs",)]


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_wins(call: Call) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection for all threads; PostgreSQL runs this")
    url, gate, codes = at("item", call, 1), Barrier(2), list[int]()
    clients = []
    for name in ("edith", "marga"):
        client = Client()
        client.force_login(make_editor(name))
        clients.append((client, form_at(client, url) | {"title": name}))

    def save(client: Client, data: dict[str, Any]) -> None:
        gate.wait()
        codes.append(client.post(url, data).status_code)
        connection.close()

    threads = [Thread(target=save, args=one) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [302, 409]
