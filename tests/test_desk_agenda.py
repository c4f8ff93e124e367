"""Planning: agenda items, links and people."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitycalls.desk.agenda_forms import read_quick, set_presenters
from communitycalls.models import Attendance, Call, Person
from tests.desk_pages import at, form_at
from tests.make import make_call, make_environment, make_item, make_matrix, make_person


@pytest.fixture
def call(db: None) -> Call:
    return make_call(status="draft")


def titles(call: Call) -> list[str]:
    return [item.title for item in call.agenda.all()]


def test_line_adds_an_item_and_leads_back_to_the_line(editor: Client, call: Call) -> None:
    response = editor.post(at("item_add", call), {"line": "Spotlight: bare metal 10m @Jannik @Kai"})
    item = call.agenda.get()
    assert response["Location"] == at("call", call) + "#add-line"
    assert (item.title, item.kind, item.minutes, item.number) == ("Spotlight: bare metal", "spotlight", 10, 1)
    assert [row.person.name for row in item.presenter_rows.all()] == ["Jannik", "Kai"]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("News (Jannik, 10 min)", ("News", 10, ("Jannik",))),
        ("News (10m, Jannik and Kai): all of it", ("News: all of it", 10, ("Jannik", "Kai"))),
        ("News @Kai (1 h)", ("News", 60, ("Kai",))),
        ("News (Jannik, 10 min) 20m @Kai", ("News", 20, ("Jannik", "Kai"))),
        ("News (for the 10 minutes we have)", ("News (for the 10 minutes we have)", None, ())),
        ("News (Alpha, Beta) 5m", ("News (Alpha, Beta)", 5, ())),
    ],
)
def test_length_and_names_may_stand_in_a_bracket(line: str, item: tuple[str, int | None, tuple[str, ...]]) -> None:
    read = read_quick(line)
    assert (read.title, read.minutes, read.presenters) == item


def test_known_person_is_not_made_twice(editor: Client, call: Call) -> None:
    make_person("Kai")
    editor.post(at("item_add", call), {"line": "One @Kai"})
    editor.post(at("item_add", call), {"line": "Two @Kai"})
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "Write the item&#x27;s title, then Enter."),
        ("10m @Kai", "“10m @Kai” has no title."),
        ("Talk 0m", "“0m” is no length for an item."),
        ("Talk @" + "x" * 201, "a name has 200 at most"),
    ],
)
def test_line_that_is_no_item_is_kept_and_said(editor: Client, call: Call, line: str, sentence: str) -> None:
    response = editor.post(at("item_add", call), {"line": line})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{line}"' in page or not line
    assert not call.agenda.exists()


def test_item_is_edited_in_every_part(editor: Client, call: Call) -> None:
    item = make_item(call)
    set_presenters(item, ("Thilo", "Kai"))
    environment = make_environment(make_matrix())
    data = form_at(editor, at("item", call, 1))
    assert data["presenters"] == "Thilo, Kai"
    told = {"title": "Hello", "kind": "news", "minutes": "7", "presenters": "Kai, Marga", "body": "# Hi\r\nthere"}
    notes = {"slide_notes": "a\r\n---\r\nb", "private_notes": "psst", "environments": [environment.pk]}
    response = editor.post(at("item", call, 1), data | told | notes)
    item.refresh_from_db()
    assert response["Location"] == at("call", call) + "#item-1"
    assert (item.title, item.kind, item.minutes, item.body) == ("Hello", "news", 7, "# Hi\nthere")
    assert (item.slide_notes, item.private_notes) == ("a\n---\nb", "psst")
    assert [row.person.name for row in item.presenter_rows.all()] == ["Kai", "Marga"]
    assert list(item.environments.all()) == [environment]


def test_text_with_blanks_at_its_edges_comes_back_as_it_was(editor: Client, call: Call) -> None:
    make_item(call, body="\n    code\n\nend\n")
    editor.post(at("item", call, 1), form_at(editor, at("item", call, 1)))
    assert call.agenda.get().body == "\n    code\n\nend\n"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Write the item&#x27;s title."),
        ({"minutes": "many"}, "“many” is no number of minutes. Write one from 1 to 1440."),
        ({"kind": "party"}, "“party” is no kind of agenda item here."),
        ({"environments": ["99"]}, "“99” is no environment of a matrix here."),
        ({"body": "x" * 200_001}, "at most 200000 characters"),
    ],
)
def test_wrong_item_is_said_and_its_text_kept(
    editor: Client, call: Call, fields: dict[str, object], sentence: str
) -> None:
    make_item(call)
    data = form_at(editor, at("item", call, 1)) | {"slide_notes": "my own words"}
    response = editor.post(at("item", call, 1), data | fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "my own words" in response.content.decode()
    assert call.agenda.get().title == "Welcome"


@pytest.mark.parametrize(
    ("number", "to", "order"),
    [
        (2, "up", ["B", "A", "C"]),
        (2, "down", ["A", "C", "B"]),
        (1, "up", ["A", "B", "C"]),
        (3, "down", ["A", "B", "C"]),
        (3, "1", ["C", "A", "B"]),
        (1, "99", ["B", "C", "A"]),
        (1, "-1", ["A", "B", "C"]),
        (1, "sideways", ["A", "B", "C"]),
    ],
)
def test_item_moves_and_keeps_its_number(editor: Client, call: Call, number: int, to: str, order: list[str]) -> None:
    for title in "ABC":
        make_item(call, title)
    editor.post(at("item_move", call, number), {"to": to})
    assert titles(call) == order
    assert {item.title: item.number for item in call.agenda.all()} == {"A": 1, "B": 2, "C": 3}


def test_item_is_removed_after_asking_and_its_number_is_not_used_again(editor: Client, call: Call) -> None:
    for title in ("A", "B"):
        editor.post(at("item_add", call), {"line": title})
    assert "Remove agenda item 2?" in editor.get(at("item_remove", call, 2)).content.decode()
    editor.post(at("item_remove", call, 2), form_at(editor, at("item_remove", call, 2)))
    editor.post(at("item_add", call), {"line": "C"})
    assert [(item.title, item.number) for item in call.agenda.all()] == [("A", 1), ("C", 3)]


def test_clock_times_are_in_the_calls_zone_and_overrun_shows(editor: Client, call: Call) -> None:
    make_item(call, "Long", minutes=50)
    make_item(call, "Longer", minutes=20)
    page = editor.get(at("call", call)).content.decode()
    assert "70 of 60 minutes" in page
    assert "10 over the slot: ends 18:40 CEST" in page
    assert ">18:20</time>" in page
    assert page.count("runs past 18:30") == 1


def test_link_is_added_edited_and_removed(editor: Client, call: Call) -> None:
    link = {"kind": "join", "url": "https://meet.example.org/a", "details": "id 1"}
    editor.post(at("link_add", call), link)
    row = call.links.get()
    url = at("link", call, row.pk)
    editor.post(url, form_at(editor, url) | {"label": "Join us"})
    row.refresh_from_db()
    assert (row.label, row.kind, row.details) == ("Join us", "join", "id 1")
    editor.post(at("link_remove", call, row.pk), form_at(editor, at("link_remove", call, row.pk)))
    assert not call.links.exists()


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:alert(1)", "https://", "http://[", "https://a b.org", "//evil.org"]
)
def test_address_that_is_none_is_quoted(editor: Client, call: Call, url: str) -> None:
    response = editor.post(at("link_add", call), {"kind": "other", "url": url})
    assert response.status_code == 422
    assert f"“{url}” is no address." in response.content.decode()
    assert not call.links.exists()


def test_people_are_added_in_a_role_each_once(editor: Client, call: Call) -> None:
    for names in ("Thilo, Marga", "Marga, Kai"):
        editor.post(at("people_add", call), {"names": names, "role": "speaker", "page": "plan"})
    assert [row.person.name for row in call.attendance.all()] == ["Thilo", "Marga", "Kai"]


def test_person_leaves_the_list_but_stays_known(editor: Client, call: Call) -> None:
    row = Attendance.objects.create(call=call, person=make_person("Kai"))
    response = editor.post(at("people_remove", call, row.pk), {"page": "minutes"})
    assert response["Location"].startswith(at("minutes", call))
    assert (call.attendance.count(), Person.objects.count()) == (0, 1)


def test_private_notes_are_in_no_revision(editor: Client, call: Call) -> None:
    make_item(call)
    editor.post(at("item", call, 1), form_at(editor, at("item", call, 1)) | {"private_notes": "psst", "title": "Hi"})
    assert "psst" not in str(call.revisions.latest("number").value)
    assert call.agenda.get().private_notes == "psst"


@pytest.mark.parametrize("count", [1, 3])
def test_plan_costs_the_same_for_one_item_and_three(
    editor: Client, call: Call, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    matrix = make_matrix()
    for number in range(count):
        item = make_item(call, f"Item {number}", minutes=5)
        set_presenters(item, (f"Person {number}",))
        item.environments.add(make_environment(matrix, f"EC{number}"))
        Attendance.objects.create(call=call, person=make_person(f"Person {number}"), position=number)
    with django_assert_num_queries(14):
        assert editor.get(at("call", call)).status_code == 200
