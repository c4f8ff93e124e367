"""The public pages of a call's past: the list, one revision as it stood, and the difference of any two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from communitycalls import history
from communitycalls.models import Call
from tests.hostile import assert_page_inside_allowlist, vectors
from tests.make import make_call, make_editor, make_entry, make_item, make_matrix
from tests.reading import read
from tests.revised import DESK, HOME, make_past, save

pytestmark = pytest.mark.django_db

Counter = Callable[[int], Any]


@pytest.fixture
def call(db: None) -> Call:
    user = make_editor("thilo")
    user.first_name, user.last_name = "Thilo", "Fromm"
    user.save()
    return make_past(user)


def test_list_has_what_visitors_could_see_change_the_newest_first(client: Client, call: Call) -> None:
    page = read(client, f"{HOME}revisions/")
    rows = page.all("li", "past__row")
    assert [row.one("h2").text for row in rows] == [f"Revision {number}" for number in (4, 3, 2, 1)]
    assert "The minutes became public: 1 entry, 1 question." in rows[0].text
    assert "State now held" in rows[1].text
    assert "by Thilo Fromm" in rows[2].text
    assert "Spelling" in rows[2].text
    assert "Introduction" in rows[2].text
    assert "As it was published." in rows[3].text


def test_times_are_told_with_their_zone(client: Client, call: Call) -> None:
    row = read(client, f"{HOME}revisions/").all("li", "past__row")[0]
    assert row.one("time").get("datetime")[-6:] in ("+01:00", "+02:00")
    assert "CE" in row.one("p", "meta").text


def test_links_of_the_list_lead_to_pages(client: Client, call: Call) -> None:
    page = read(client, f"{HOME}revisions/")
    ways = [link for row in page.all("li", "past__row") for link in row.links]
    assert f"{HOME}diff/?from=3&to=4" in ways
    assert f"{HOME}diff/?from=1" in ways
    for way in ways:
        read(client, way)


def test_revision_says_that_it_is_not_the_call_as_it_is(client: Client, call: Call) -> None:
    page = read(client, f"{HOME}revisions/1/")
    notice = page.one("div", "asitwas")
    assert "as it stood on" in notice.text
    assert "not as it is now" in notice.text
    assert HOME in notice.links
    assert page.part("item-1").one("h3").text == "Welcome"
    assert "All are welcome." not in page.text
    assert client.get(f"{HOME}revisions/1/")["X-Robots-Tag"] == "noindex"


def test_revision_with_final_minutes_has_them(client: Client, call: Call) -> None:
    page = read(client, f"{HOME}revisions/4/")
    assert "Thilo opens." in page.part("entry-1").text
    assert "Does it boot?" in page.part("question-1").text


def test_difference_is_told_word_by_word_to_eye_and_ear(client: Client, call: Call) -> None:
    save(call, title="June call")
    page = read(client, f"{HOME}diff/?from=4&to=5")
    words = page.one("span", "words")
    assert words.one("ins").text == "added: June"
    assert words.one("del").text == "removed: May"
    assert words.text.endswith("call")


def test_difference_without_to_is_up_to_now_and_without_anything_of_the_last_change(client: Client, call: Call) -> None:
    assert "All are welcome." in read(client, f"{HOME}diff/?from=1").text
    page = read(client, f"{HOME}diff/")
    assert [one.text for one in page.all("dt")[:2]] == ["From", "To"]
    assert "The minutes became public" in page.text
    assert "Nothing differs." in read(client, f"{HOME}diff/?from=4").text


def test_form_compares_any_two_and_remembers_them(client: Client, call: Call) -> None:
    form = read(client, f"{HOME}diff/?from=3&to=2").one("form", "pastform")
    chosen = [one.get("value") for one in form.all("option") if one.element.get("selected") is not None]
    assert (form.get("action"), chosen) == (f"{HOME}diff/", ["3", "2"])
    assert "reads the history backwards" in read(client, f"{HOME}diff/?from=3&to=2").text


@pytest.mark.parametrize("query", ["from=x", "from=0", "to=99", "from=1&to=-2", "to=٣", "from=" + "9" * 40, "from=8"])
def test_wrong_revision_is_quoted_with_what_would_be_right(client: Client, call: Call, query: str) -> None:
    page = read(client, f"{HOME}diff/?{query}", 400)
    assert query.rpartition("=")[2] in page.text
    assert "Write a number from 1 to 4." in page.text


def test_wrong_page_is_quoted(client: Client, call: Call) -> None:
    assert "page='7' is no page of this list." in read(client, f"{HOME}revisions/?page=7", 400).text


def test_unknown_revision_is_not_there(client: Client, call: Call) -> None:
    assert "This call has no revision 9." in read(client, f"{HOME}revisions/9/", 404).text
    assert client.get(f"{HOME}revisions/0/").status_code == 404
    assert client.post(f"{HOME}revisions/1/").status_code == 405


def test_call_without_revisions_says_so(client: Client) -> None:
    make_call()
    assert "Nothing is kept yet." in read(client, f"{HOME}revisions/").text
    assert "nothing to compare yet" in read(client, f"{HOME}diff/").text


def test_editor_reads_the_same_under_the_same_numbers_and_finds_the_desk(
    client: Client, editor: Client, call: Call
) -> None:
    rows = [one.text for one in read(client, f"{HOME}revisions/").all("li", "past__row")]
    page = read(editor, f"{HOME}revisions/")
    assert [one.text for one in page.all("li", "past__row")] == rows
    assert f"{DESK}revisions/" in page.links
    assert "no-store" in editor.get(f"{HOME}revisions/")["Cache-Control"]
    assert "Cache-Control" not in client.get(f"{HOME}revisions/")


def test_call_leads_to_its_history_once_there_is_something_to_see(client: Client, editor: Client, call: Call) -> None:
    assert f"{HOME}revisions/" in read(client, HOME).links
    assert f"{DESK}revisions/" in read(editor, DESK).links
    call.revisions.filter(public_number__gt=1).delete()
    assert f"{HOME}revisions/" not in read(client, HOME).links
    Call.objects.update(status="draft")
    assert f"{HOME}revisions/" not in read(editor, HOME).links


def test_hostile_texts_stay_texts(client: Client, editor: Client) -> None:
    make_matrix()
    call = make_call(introduction="Begin.")
    item = make_item(call, "Begin", body="Begin.")
    history.record(call, None)
    texts = "\n\n".join(vectors())
    make_entry(call, texts, agenda_item=item)
    item.title, item.body = texts[:300], texts
    item.save()
    save(call, message=texts[:300], introduction=texts, title=texts[:300])
    for path in ("revisions/", "revisions/2/", "diff/?from=1&to=2"):
        for reader, home in ((client, HOME), (editor, DESK)):
            assert_page_inside_allowlist(reader.get(home + path).content.decode())


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("path", "count"), [("revisions/", 5), ("revisions/2/", 5), ("diff/?from=1&to=2", 5), ("diff/", 15)]
)
def test_queries_do_not_grow_with_revisions_and_rows(
    client: Client, django_assert_num_queries: Counter, path: str, count: int, size: int
) -> None:
    call = make_call()
    history.record(call, None)
    for number in range(size):
        make_entry(call, f"Entry {number}", agenda_item=make_item(call, f"Item {number}"))
        save(call, title=f"Call {number}")
    with django_assert_num_queries(count):
        assert client.get(HOME + path).status_code == 200
