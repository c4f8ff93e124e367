"""Every save that changed what a call says makes one revision, and only such a save."""

import pytest

from communitycalls import history
from communitycalls.exporter import read_call
from communitycalls.models import Call
from tests.make import make_call, make_editor, make_entry, make_item, make_question

pytestmark = pytest.mark.django_db


def test_revision_holds_the_whole_value_and_who_made_it() -> None:
    call, user = make_call(), make_editor()
    make_entry(call)
    revision = history.record(call, user, "First minutes")
    assert revision is not None
    assert (revision.number, revision.user, revision.message, revision.is_public) == (1, user, "First minutes", True)
    assert history.read_revision(revision) == read_call(Call.objects.get(), whole=True)


def test_unchanged_call_makes_no_revision() -> None:
    call = make_call()
    history.record(call, None)
    assert history.record(call, None) is None
    assert call.revisions.count() == 1


def test_each_change_makes_the_next_revision() -> None:
    call = make_call()
    history.record(call, None)
    make_item(call)
    second = history.record(call, None)
    Call.objects.update(title="Renamed")
    third = history.record(call, None)
    assert second is not None
    assert third is not None
    assert [second.number, third.number] == [2, 3]
    assert history.read_revision(third).title == "Renamed"


def test_change_is_seen_though_the_instance_is_stale() -> None:
    call = make_call()
    read_call(call, whole=True)
    history.record(call, None)
    make_entry(Call.objects.get())
    assert history.record(call, None) is not None


def test_private_notes_are_in_no_revision() -> None:
    call = make_call()
    item = make_item(call, private_notes="never public")
    revision = history.record(call, None)
    assert revision is not None
    assert "never public" not in str(revision.value)
    item.private_notes = "never public either"
    item.save()
    assert history.record(call, None) is None


def test_revision_of_a_draft_is_not_public_and_stays_so() -> None:
    call = make_call(status="draft")
    first = history.record(call, None)
    Call.objects.update(status="announced")
    second = history.record(call, None)
    assert first is not None
    assert second is not None
    assert [one.is_public for one in call.revisions.all()] == [True, False]


def test_restored_value_reads_as_it_did() -> None:
    call = make_call()
    make_question(call, answers={"Kai": "Yes."})
    revision = history.record(call, None)
    call.questions.all().delete()
    history.record(call, None)
    assert revision is not None
    revision.refresh_from_db()
    assert history.read_revision(revision).questions[0].answers[0].text == "Yes."


def test_highest_numbers_remember_what_was_deleted() -> None:
    call = make_call()
    make_entry(call)
    make_entry(call)
    make_item(call)
    history.record(call, None)
    call.entries.filter(number=2).delete()
    history.record(call, None)
    assert history.highest_numbers(call) == {"agenda": 1, "entries": 2, "questions": 0, "releases": 0}


def test_long_message_is_cut_and_not_refused() -> None:
    revision = history.record(make_call(), None, "x" * 400)
    assert revision is not None
    assert len(revision.message) == 300
