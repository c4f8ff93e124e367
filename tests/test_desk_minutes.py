"""Taking minutes: the quick line, entries, releases, notes."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitycalls.desk.entry_forms import set_speakers
from communitycalls.models import Call, Channel, MinutesEntry, Outlook
from tests.desk_pages import at, form_at
from tests.make import make_call, make_entry, make_item, make_person, make_question


@pytest.fixture
def call(db: None) -> Call:
    call = make_call(status="live")
    make_item(call, "Welcome")
    make_item(call, "Status")
    return call


def say(editor: Client, call: Call, line: str, item: str = "1") -> int:
    return editor.post(at("entry_add", call), {"line": line, "item": item}).status_code


def test_line_becomes_an_entry_under_its_item_and_leads_back_to_the_line(editor: Client, call: Call) -> None:
    make_person("Kai")
    response = editor.post(at("entry_add", call), {"line": "21:04 Kai: It boots.", "item": "2"})
    entry = call.entries.get()
    assert response["Location"] == at("minutes", call) + "?item=2#quick-line"
    assert (entry.kind, entry.text, entry.offset) == ("note", "It boots.", 1264)
    assert entry.agenda_item
    assert entry.agenda_item.number == 2
    assert [row.person.name for row in entry.speaker_rows.all()] == ["Kai"]


def test_decision_and_action_are_said_by_their_signs(editor: Client, call: Call) -> None:
    say(editor, call, "! We ship it.")
    say(editor, call, "> Ask them @Marga 2021-06-01")
    decision, action = call.entries.all()
    assert (decision.kind, decision.text) == ("decision", "We ship it.")
    assert (action.kind, action.assignee and action.assignee.name, action.due) == (
        "action",
        "Marga",
        dt.date(2021, 6, 1),
    )


def test_question_and_answers_are_said_by_their_signs(editor: Client, call: Call) -> None:
    for line in ("Q (Jannik): Does it boot?", "A (Kai): Yes.", "A: On metal too."):
        assert say(editor, call, line) == 302
    question = call.questions.get()
    assert (question.asked_by and question.asked_by.name, question.state) == ("Jannik", "answered")
    answers = [(row.speaker and row.speaker.name, row.text) for row in question.answers.all()]
    assert answers == [("Kai", "Yes."), (None, "On metal too.")]


def test_entry_added_late_stands_with_its_agenda_item(editor: Client, call: Call) -> None:
    say(editor, call, "second", "2")
    say(editor, call, "none", "")
    say(editor, call, "first", "1")
    assert [entry.text for entry in call.entries.all()] == ["first", "second", "none"]
    assert [entry.number for entry in call.entries.all()] == [3, 1, 2]


@pytest.mark.parametrize(
    ("line", "item", "sentence"),
    [
        ("", "1", "Write what was said, then Enter."),
        ("!", "1", "“!” says nothing after its sign."),
        ("A (Kai): Yes", "1", "There is no question to answer yet."),
        ("It boots", "9", "“9” is no agenda item here."),
    ],
)
def test_line_that_says_nothing_is_kept_and_said(
    editor: Client, call: Call, line: str, item: str, sentence: str
) -> None:
    response = editor.post(at("entry_add", call), {"line": line, "item": item})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert (f'value="{line}"' in response.content.decode()) or not line
    assert not call.entries.exists()


def test_entry_is_edited_in_every_part(editor: Client, call: Call) -> None:
    make_entry(call, agenda_item=call.agenda.get(number=1), offset=65)
    url = at("entry", call, 1)
    data = form_at(editor, url)
    assert data["offset"] == "1:05"
    told = {"kind": "action", "item": "2", "offset": "1:00:01", "text": "Do it", "speakers": "Kai, Marga"}
    editor.post(url, data | told | {"assignee": "Thilo", "due": "2021-06-01"})
    entry = MinutesEntry.objects.get()
    assert (entry.kind, entry.text, entry.offset, entry.due) == ("action", "Do it", 3601, dt.date(2021, 6, 1))
    assert (entry.assignee and entry.assignee.name, entry.agenda_item and entry.agenda_item.number) == ("Thilo", 2)
    assert [row.person.name for row in entry.speaker_rows.all()] == ["Kai", "Marga"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Write what was said."),
        ({"offset": "235"}, "“235” is no place in a recording. Write it like 3:55 or 1:03:55."),
        ({"due": "soon"}, "“soon” is no date. Write it like 2021-05-11."),
        ({"kind": "joke"}, "“joke” is no kind of entry here."),
    ],
)
def test_wrong_entry_is_said_and_its_text_kept(
    editor: Client, call: Call, fields: dict[str, str], sentence: str
) -> None:
    make_entry(call, "As it was")
    url = at("entry", call, 1)
    response = editor.post(url, form_at(editor, url) | {"speakers": "my own words"} | fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "my own words" in response.content.decode()
    assert call.entries.get().text == "As it was"


def test_entry_moves_among_those_of_its_item(editor: Client, call: Call) -> None:
    first, second = call.agenda.all()
    for text, item in (("a", first), ("b", first), ("c", second)):
        make_entry(call, text, agenda_item=item)
    editor.post(at("entry_move", call, 1), {"to": "down"})
    editor.post(at("entry_move", call, 1), {"to": "down"})
    assert [entry.text for entry in call.entries.all()] == ["b", "a", "c"]


def test_entry_is_removed_after_asking(editor: Client, call: Call) -> None:
    make_entry(call)
    editor.post(at("entry_remove", call, 1), form_at(editor, at("entry_remove", call, 1)))
    assert not call.entries.exists()


def test_introduction_stands_above_the_minutes(editor: Client, call: Call) -> None:
    url = at("introduction", call)
    editor.post(url, form_at(editor, url) | {"minutes_introduction": "Ten *people*."})
    assert "<em>people</em>" in editor.get(at("minutes", call)).content.decode()


def test_private_notes_of_an_item_are_kept_apart(editor: Client, client: Client, call: Call) -> None:
    url = at("notes", call, 2)
    response = editor.post(url, form_at(editor, url) | {"private_notes": "psst"})
    assert response["Location"] == at("minutes", call) + "?item=2#notes"
    assert "psst" in editor.get(at("minutes", call) + "?item=2").content.decode()
    assert "psst" not in client.get(call.get_absolute_url()).content.decode()


def test_release_is_recorded_on_a_channel_made_with_it(editor: Client, call: Call) -> None:
    told = {
        "outlook": "upcoming",
        "new_channel": "LTS 2021",
        "release": "2605.1.0",
        "date": "2021-06-02",
        "kind": "major",
    }
    editor.post(at("release_add", call), told | {"version": "1", "granularity": "week", "highlights": "- news"})
    row = call.outlooks.get()
    assert (row.channel and row.channel.slug, row.version, row.outlook) == ("lts-2021", "2605.1.0", "upcoming")
    assert (row.date, row.granularity, row.kind, row.highlights) == (dt.date(2021, 6, 2), "week", "major", "- news")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "one of them at least"),
        ({"release": "1.0.0", "channel": "gamma"}, "“gamma” is no channel here."),
        ({"release": "1.0.0", "channel": "alpha", "new_channel": "Beta"}, "not both"),
        ({"release": "1.0.0", "new_channel": "alpha"}, "“alpha” cannot be a new channel"),
        ({"release": "1.0.0", "date": "2021-02-30"}, "“2021-02-30” is no day of the calendar."),
    ],
)
def test_wrong_release_is_said_and_not_recorded(
    editor: Client, call: Call, fields: dict[str, str], sentence: str
) -> None:
    Channel.objects.create(name="Alpha", slug="alpha")
    response = editor.post(at("release_add", call), {"outlook": "current", "version": "1", **fields})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not call.outlooks.exists()


def test_release_is_edited_and_removed(editor: Client, call: Call) -> None:
    Outlook.objects.create(call=call, number=1, version="1.0.0")
    url = at("release", call, 1)
    editor.post(url, form_at(editor, url) | {"release": "1.0.1"})
    assert call.outlooks.get().version == "1.0.1"
    editor.post(at("release_remove", call, 1), form_at(editor, at("release_remove", call, 1)))
    assert not call.outlooks.exists()


def test_how_a_line_reads_is_said_without_saving(editor: Client, call: Call) -> None:
    page = editor.post(at("reads_entry", call), {"line": "> ask @Kai 6 July", "item": "1"}).content.decode()
    assert "Action" in page
    assert "Kai" in page
    assert "due Tue 6 July 2021" in page
    assert not call.entries.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_minutes_cost_the_same_for_one_entry_and_three(
    editor: Client, call: Call, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        entry = make_entry(call, f"Entry {number}", agenda_item=call.agenda.get(number=1))
        set_speakers(entry, (f"Person {number}",))
        make_question(call, f"Question {number}", {f"Person {number}": "Yes"})
        Outlook.objects.create(call=call, number=number + 1, version="1.0.0")
    with django_assert_num_queries(21):
        assert editor.get(at("minutes", call)).status_code == 200
