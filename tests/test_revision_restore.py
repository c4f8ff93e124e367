"""Restoring a revision: the call says again what it said, as a revision of its own, and nothing is lost by it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communitycalls import aside, history
from communitycalls.desk.editing import Clash, next_number
from communitycalls.desk.restoring import foresee, restore
from communitycalls.document.compare import compare
from communitycalls.exporter import read_call
from communitycalls.importer import apply
from communitycalls.models import Call, RecordedChange, Revision
from interop.models import Change, Environment
from interop.models import Revision as MatrixRevision
from tests.desk_pages import at, form_at
from tests.generated_calls import PLACES, calls, edits
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix, make_question
from tests.reading import read
from tests.revised import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db: None) -> Call:
    """A call with three revisions: one item, then an entry and a question too, then all of it changed."""
    call = make_call(status="held")
    make_item(call, "Welcome", private_notes="Never public")
    history.record(call, None)
    make_entry(call, "First words.", agenda_item=call.agenda.get())
    make_question(call, "Does it boot?", {"Kai": "Yes.", "Iago": "Mostly."})
    save(call)
    call.agenda.update(title="Hello")
    call.entries.all().delete()
    save(call, title="Renamed")
    return call


def back_to(call: Call, number: int, user: User | None = None) -> bool:
    call.refresh_from_db()
    return restore(call, call.revisions.get(number=number), user, seen=call.version)


def value_of(call: Call) -> object:
    return read_call(Call.objects.get(pk=call.pk), whole=True)


def test_call_says_again_what_it_said(call: Call) -> None:
    assert back_to(call, 2)
    assert value_of(call) == history.read_revision(call.revisions.get(number=2))
    last = call.revisions.first()
    assert last is not None
    assert (last.number, last.restored) == (4, call.revisions.get(number=2))


def test_undo_of_a_restore_is_a_restore(call: Call) -> None:
    now = value_of(call)
    back_to(call, 1)
    back_to(call, 3)
    assert value_of(call) == now
    assert call.revisions.count() == 5


def test_restore_of_what_stands_makes_no_revision(call: Call) -> None:
    assert not back_to(call, 3)
    assert call.revisions.count() == 3


def test_state_and_address_stay(call: Call) -> None:
    save(call, status="final", ordinal=2)
    back_to(call, 1)
    call.refresh_from_db()
    assert (call.status, call.ordinal, call.title) == ("final", 2, "Community call, 11 May 2021")


def test_call_that_was_put_off_begins_on_its_new_day_by_the_old_clock(call: Call) -> None:
    winter = dt.datetime(2021, 11, 9, 17, 0, tzinfo=dt.UTC)  # 18:00 in Berlin, half an hour later and off summer time
    save(call, date=dt.date(2021, 11, 9), start=winter)
    back_to(call, 1)
    call.refresh_from_db()
    assert (call.date, call.start) == (dt.date(2021, 11, 9), winter - dt.timedelta(minutes=30))


def test_restored_entry_has_its_number_and_no_other_ever_gets_it(call: Call) -> None:
    assert next_number(call, "entries", call.entries.all()) == 2
    make_entry(call, "Second words.", number=2)
    save(call)
    back_to(call, 2)
    assert [(one.number, one.text) for one in call.entries.all()] == [(1, "First words.")]
    assert next_number(call, "entries", call.entries.all()) == 3


def test_private_notes_stay_and_come_back_with_their_item(call: Call) -> None:
    second = make_item(call, "Second", private_notes="Mind the gap", carried_from=call.agenda.get())
    third = make_item(call, "Third", carried_from=second)
    save(call)
    back_to(call, 1)
    assert [item.private_notes for item in call.agenda.all()] == ["Never public"]
    back_to(call, 4)
    again = call.agenda.get(number=2)
    assert (again.private_notes, again.carried_from) == ("Mind the gap", call.agenda.get(number=1))
    assert call.agenda.get(number=third.number).carried_from == again
    assert "Mind the gap" not in str(list(call.revisions.values()))


def test_lineage_of_decisions_comes_back(call: Call) -> None:
    old = make_entry(make_call("2021-04-13"), "Old decision", kind="decision")
    new = make_entry(call, "New decision", kind="decision", supersedes=old, closed_in=call, number=2)
    later = make_entry(make_call("2021-06-08"), "Later decision", kind="decision", supersedes=new)
    save(call)
    aside.remove(new)
    save(call)
    back_to(call, 4)
    again = call.entries.get(number=2)
    later.refresh_from_db()
    assert (again.supersedes, again.closed_in, later.supersedes) == (old, call, again)


def test_matrix_changes_recorded_in_the_call_stay(call: Call) -> None:
    row = make_environment(make_matrix())
    revision = MatrixRevision.objects.create(matrix=row.matrix, number=1, effective=call.date, value={})
    change = Change.objects.create(revision=revision, environment=row, name="EC2", what="note", new="Said", position=1)
    RecordedChange.objects.create(call=call, change=change, number=1)
    save(call)
    back_to(call, 1)
    assert call.recorded_changes.count() == 1


def test_environments_retired_and_renamed_come_back_and_those_that_are_gone_are_told(call: Call) -> None:
    matrix = make_matrix()
    kept, gone = make_environment(matrix, "EC2"), make_environment(matrix, "Azure")
    call.agenda.get().environments.set([kept, gone])
    save(call)
    call.agenda.get().environments.clear()
    save(call)
    Environment.objects.filter(pk=kept.pk).update(name="Amazon EC2", retired_on="2021-06-01", retired_reason="Old")
    gone.delete()
    assert foresee(call, call.revisions.get(number=4)).lost == ("support/azure",)
    assert back_to(call, 4)
    assert call.agenda.get().environments.get() == kept


def test_save_meanwhile_is_a_clash_and_nothing_is_restored(call: Call) -> None:
    call.refresh_from_db()
    seen = call.version
    call.raise_version()
    with pytest.raises(Clash):
        restore(call, call.revisions.get(number=1), None, seen=seen)
    assert call.revisions.count() == 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_revision_can_be_restored_and_that_undone(data: st.DataObject) -> None:
    Call.objects.all().delete()
    matrix = Environment.objects.first()
    rows = matrix.matrix if matrix else make_matrix()
    for place in PLACES if matrix is None else ():
        make_environment(rows, place.partition("/")[2].upper(), slug=place.partition("/")[2])
    call = make_call(status=data.draw(st.sampled_from(["draft", "held", "final"])))
    then = data.draw(calls())
    now = data.draw(edits(then))
    kept: list[Revision | None] = []
    for document in (then, now):
        apply(document, Call.objects.get(pk=call.pk))
        kept.append(history.record(call, None) or call.revisions.first())
    one, two = (history.read_revision(revision) for revision in kept if revision)
    for revision, value in ((kept[0], one), (kept[1], two)):
        assert revision is not None
        call.refresh_from_db()
        foreseen = foresee(Call.objects.get(pk=call.pk), revision)
        restore(call, revision, None, seen=call.version)
        assert value_of(call) == foreseen.document
        told = replace(foreseen.document, minutes=replace(foreseen.document.minutes, status=value.minutes.status))
        assert compare(value, told).is_empty


def test_page_shows_what_would_change_and_restores(editor: Client, call: Call) -> None:
    url = at("revision_restore", call, 2)
    page = read(editor, url)
    assert "The call stays held" in page.text
    assert "First words." in page.text
    assert "removed: Renamed" in page.text
    response = editor.post(url, form_at(editor, url) | {"why": "It was better"})
    assert (response.status_code, response["Location"]) == (302, at("revisions", call))
    row = read(editor, at("revisions", call)).all("li", "past__row")[0]
    assert "Restored as it stood at revision 2." in row.text
    assert "It was better" in row.text
    assert "by edith" in row.text


def test_last_save_is_undone_from_the_list(editor: Client, call: Call) -> None:
    page = read(editor, at("revisions", call))
    undo = page.one("p", "past__undo").links[0]
    assert undo == at("revision_restore", call, 2)
    assert editor.post(undo, form_at(editor, undo)).status_code == 302
    assert call.entries.get().text == "First words."


def test_page_of_a_save_meanwhile_shows_the_difference_anew(editor: Client, call: Call) -> None:
    url = at("revision_restore", call, 2)
    data = form_at(editor, url)
    editor.post(at("call_details", call), form_at(editor, at("call_details", call)) | {"title": "Once more"})
    response = editor.post(url, data | {"why": "Because"})
    assert response.status_code == 409
    assert "Not restored." in response.content.decode()
    assert "Once more" in response.content.decode()
    assert editor.post(url, form_at(editor, url)).status_code == 302


def test_value_that_rows_no_longer_take_is_told_in_a_sentence(editor: Client, call: Call) -> None:
    revision = call.revisions.get(number=2)
    revision.value["agenda"][0]["kind"] = "sermon"
    revision.save()
    url = at("revision_restore", call, 2)
    response = editor.post(url, form_at(editor, url))
    assert response.status_code == 422
    assert "Revision 2 cannot be restored. Agenda item 1" in response.content.decode()
    assert "sermon" in response.content.decode()
    assert call.revisions.count() == 3


def test_unknown_revision_cannot_be_restored(editor: Client, call: Call) -> None:
    assert editor.post(at("revision_restore", call, 9)).status_code == 404


def test_get_restores_nothing(editor: Client, call: Call) -> None:
    editor.get(at("revision_restore", call, 1))
    assert call.revisions.count() == 3


def test_item_removed_at_the_desk_comes_back_whole(editor: Client, call: Call) -> None:
    url = at("item_remove", call, 1)
    assert editor.post(url, form_at(editor, url)).status_code == 302
    assert not call.agenda.exists()
    back_to(call, 3)
    assert call.agenda.get().private_notes == "Never public"
