"""What an import may not undo: states are only raised, and what editors added here stays."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from communitycalls.document import values as v
from communitycalls.importer import Report, Result, load
from communitycalls.models import Call
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 5, 11)
START = dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC)
BEFORE, DURING, AFTER = (START + dt.timedelta(minutes=minutes) for minutes in (-60, 30, 61))
SAID = v.Minutes("final", "", (v.MinutesEntry(1, "Thilo opens the call.", speakers=("Thilo",)),))


def document(**fields: Any) -> v.CallDocument:
    agenda = (v.AgendaItem(1, "Welcome"), v.AgendaItem(2, "Q&A"))
    given: dict[str, Any] = {"title": "Call of May", "start": START, "timezone": "Europe/Berlin", "agenda": agenda}
    return v.CallDocument("community-call", DAY, **(given | fields))


def bring(value: v.CallDocument, **options: Any) -> Report:
    given: dict[str, Any] = {"source": repr(value).encode(), "name": "2021-05-11.md", "now": AFTER}
    return load(value, **(given | options))


@pytest.mark.parametrize(
    ("minutes", "now", "draft", "status"),
    [
        (SAID, AFTER, False, "final"),
        (v.Minutes(), AFTER, False, "held"),
        (v.Minutes("placeholder"), AFTER, False, "held"),
        (v.Minutes(), DURING, False, "announced"),
        (SAID, BEFORE, False, "announced"),
        (SAID, AFTER, True, "draft"),
    ],
)
def test_state_of_a_new_call(minutes: v.Minutes, now: dt.datetime, draft: bool, status: str) -> None:
    report = bring(document(minutes=minutes), now=now, draft=draft)
    call = Call.objects.get()
    assert (report.result, report.call, call.status) == (Result.READ, "community-call/2021-05-11", status)
    assert call.published_at == (None if draft else now)


def test_questions_alone_are_minutes() -> None:
    bring(document(questions=(v.Question(1, "Does it boot?"),)))
    assert Call.objects.get().status == "final"


def test_import_raises_a_state_and_never_lowers_it() -> None:
    bring(document(), draft=True)
    raised = bring(document(minutes=SAID))
    assert [one.text for one in raised.remarks] == ["The call was draft here and is final now."]
    assert (raised.result, Call.objects.get().status) == (Result.CHANGED, "final")
    for later in (bring(document(), draft=True), bring(document()), bring(document(), now=BEFORE)):
        assert later.result in (Result.CHANGED, Result.UNCHANGED)
        assert Call.objects.get().status == "final"


def test_minutes_reopened_by_an_editor_stay_reopened() -> None:
    bring(document(minutes=SAID))
    Call.objects.update(status="held")
    assert bring(document(minutes=SAID)).result == Result.UNCHANGED
    assert Call.objects.get().status == "held"


def test_cancelled_call_stays_cancelled() -> None:
    make_call(status="cancelled", cancelled_reason="Holiday", title="Call of May")
    bring(document(minutes=SAID))
    assert Call.objects.get().status == "cancelled"


def test_what_editors_added_stays_when_the_document_grows() -> None:
    bring(document())
    call = Call.objects.get()
    call.agenda.filter(number=1).update(kind="welcome", minutes=5, slide_notes="Hi", private_notes="Scratch")
    call.agenda.get(number=1).environments.add(make_environment(make_matrix()))
    make_item(call, "Added here")
    make_entry(call, "Noted here.")
    bring(document(agenda=(v.AgendaItem(1, "Welcome", body="New"), v.AgendaItem(2, "Q&A")), minutes=SAID))
    item = call.agenda.get(number=1)
    assert (item.kind, item.minutes, item.slide_notes, item.private_notes) == ("welcome", 5, "Hi", "Scratch")
    assert (item.body, item.environments.count()) == ("New", 1)
    assert set(call.agenda.values_list("title", flat=True)) == {"Welcome", "Q&A", "Added here"}
    assert set(call.entries.values_list("text", flat=True)) == {"Thilo opens the call.", "Noted here."}


def test_item_with_private_notes_outlives_its_removal_from_the_document() -> None:
    bring(document())
    Call.objects.get().agenda.filter(number=2).update(private_notes="Scratch")
    report = bring(document(agenda=(v.AgendaItem(1, "Welcome"),)))
    assert Call.objects.get().agenda.count() == 2
    assert "is no longer in the document" in report.remarks[0].text


def test_what_other_calls_point_at_outlives_its_removal_from_the_document() -> None:
    both = (*SAID.entries, v.MinutesEntry(2, "Marga writes it down.", "action"))
    bring(document(minutes=replace(SAID, entries=both)))
    call, later = Call.objects.get(), make_call("2021-06-08")
    call.entries.filter(number=2).update(closed_in=later)
    make_item(later, "Q&A", carried_from=call.agenda.get(number=2))
    report = bring(document(agenda=(v.AgendaItem(1, "Welcome"),), minutes=SAID))
    assert (call.entries.count(), call.agenda.count(), len(report.remarks)) == (2, 2, 2)


def test_rows_that_nothing_points_at_go_with_the_document() -> None:
    bring(document(minutes=replace(SAID, entries=(*SAID.entries, v.MinutesEntry(2, "Gone tomorrow.")))))
    bring(document(agenda=(v.AgendaItem(1, "Welcome"),), minutes=SAID))
    call = Call.objects.get()
    assert (call.entries.count(), call.agenda.count()) == (1, 1)
