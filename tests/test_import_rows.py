"""A document into rows: its series, what it makes beside the call, and what no row can hold."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from communitycalls.document import values as v
from communitycalls.importer import Report, Result, load
from communitycalls.models import Call, Channel, Person, Release, Series
from interop.document import DocumentError
from interop.document.values import Unread
from interop.models import Change, Revision
from tests.make import make_environment, make_matrix, make_series

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


def test_new_series_is_made_from_the_document() -> None:
    bring(document(duration=90))
    series = Series.objects.get()
    told = (series.slug, series.name, series.timezone, series.start_time, series.duration)
    assert told == ("community-call", "Community call", "Europe/Berlin", dt.time(17, 30), 90)


def test_series_that_is_said_wins_over_the_one_the_document_names() -> None:
    report = bring(document(), series=make_series("release-planning-call"))
    assert report.call == "release-planning-call/2021-05-11"
    assert list(Series.objects.values_list("slug", flat=True)) == ["release-planning-call"]


def test_time_the_document_does_not_say_comes_from_the_series() -> None:
    make_series(start_time=dt.time(9), timezone="America/New_York", duration=45)
    bring(document(start=None, timezone="UTC"))
    call = Call.objects.get()
    assert (call.start, call.timezone, call.duration) == (
        dt.datetime(2021, 5, 11, 13, tzinfo=dt.UTC),
        "America/New_York",
        45,
    )
    assert bring(document(start=None, timezone="UTC")).result == Result.UNCHANGED


def test_grown_document_updates_in_place_and_doubles_nothing() -> None:
    bring(document())
    before = {item.title: (item.pk, item.number) for item in Call.objects.get().agenda.all()}
    agenda = (v.AgendaItem(1, "Welcome", body="- Meet"), v.AgendaItem(2, "News"), v.AgendaItem(3, "Q&A"))
    assert bring(document(agenda=agenda, minutes=SAID)).result == Result.CHANGED
    after = {item.title: (item.pk, item.number) for item in Call.objects.get().agenda.all()}
    assert list(after) == ["Welcome", "News", "Q&A"]
    assert {title: after[title] for title in before} == before
    assert after["News"][1] == 3
    assert (Call.objects.count(), Person.objects.count()) == (1, 1)


def test_number_of_a_deleted_entry_is_not_given_to_another() -> None:
    both = (*SAID.entries, v.MinutesEntry(2, "Andy speaks of releases."))
    bring(document(minutes=replace(SAID, entries=both)))
    bring(document(minutes=SAID))
    bring(document(minutes=replace(SAID, entries=(*SAID.entries, v.MinutesEntry(2, "Marga shows the matrix.")))))
    assert list(Call.objects.get().entries.values_list("number", "text")) == [
        (1, "Thilo opens the call."),
        (3, "Marga shows the matrix."),
    ]


def test_channels_come_in_order_and_versions_become_releases() -> None:
    releases = (
        v.Release(1, "Alpha", "2857.0.0", dt.date(2021, 4, 28), granularity="day"),
        v.Release(2, "Beta", "2823.1.0", dt.date(2021, 4, 26), granularity="week"),
        v.Release(3, "Alpha", "2879.0.0", dt.date(2021, 5, 19), "upcoming", granularity="day"),
        v.Release(4, "LTS", None, dt.date(2021, 5, 19), "upcoming"),
    )
    bring(document(releases=releases, minutes=SAID))
    assert list(Channel.objects.values_list("name", "position")) == [("Alpha", 1), ("Beta", 2), ("LTS", 3)]
    assert set(Release.objects.values_list("channel__name", "version", "date")) == {
        ("Alpha", "2857.0.0", dt.date(2021, 4, 28)),
        ("Beta", "2823.1.0", None),
        ("Alpha", "2879.0.0", None),
    }


def test_versions_named_in_a_draft_are_no_releases_yet() -> None:
    releases = (v.Release(1, "Alpha", "2857.0.0", dt.date(2021, 4, 28)),)
    bring(document(releases=releases, minutes=SAID), draft=True)
    assert Release.objects.count() == 0
    bring(document(releases=releases, minutes=SAID))
    assert Release.objects.get().version == "2857.0.0"


def test_source_is_kept_as_it_came_once() -> None:
    for _ in range(2):
        load(document(), source=b"# Call\r\n", name="2021-05-11.md", now=AFTER)
    source = Call.objects.get().sources.get()
    assert (source.name, bytes(source.data)) == ("2021-05-11.md", b"# Call\r\n")


def test_import_leaves_one_revision_for_each_change() -> None:
    bring(document())
    bring(document())
    bring(document(minutes=SAID))
    messages = list(Call.objects.get().revisions.values_list("number", "message"))
    assert messages == [(2, "Read from 2021-05-11.md."), (1, "Read from 2021-05-11.md.")]


def test_version_rises_with_a_change_and_not_without() -> None:
    bring(document())
    first = Call.objects.get()
    bring(document())
    assert Call.objects.get().version == first.version
    bring(document(minutes=SAID))
    assert Call.objects.get().version > first.version
    assert Call.objects.get().updated_at > first.updated_at


def test_matrix_change_that_the_matrix_has_is_recorded_and_another_is_told() -> None:
    place = make_environment(make_matrix())
    revision = Revision.objects.create(matrix=place.matrix, number=1, effective=DAY, value={})
    Change.objects.create(
        revision=revision, environment=place, name="EC2", what="rated", field="support-level", old="L2", new="L1"
    )
    known = v.MatrixChange(1, "support", "ec2", "EC2", "rated", "support-level", "L2", "L1")
    unknown = replace(known, number=2, new="x")
    report = bring(document(minutes=SAID, matrix_changes=(known, unknown)))
    assert [one.change.new for one in Call.objects.get().recorded_changes.all()] == ["L1"]
    assert [one.text for one in report.remarks] == [
        "The matrix has no unrecorded change 'EC2 support-level: L2 → x'; it was left out."
    ]
    assert bring(document(minutes=SAID, matrix_changes=(known, unknown))).result == Result.UNCHANGED


def test_environment_that_is_not_here_is_told_and_comes_when_it_is() -> None:
    value = document(agenda=(v.AgendaItem(1, "Welcome", environments=("support/ec2",)),))
    assert [one.text for one in bring(value).remarks] == ["'support/ec2' is no environment here; it was left out."]
    make_environment(make_matrix())
    assert (bring(value).result, Call.objects.get().agenda.get().environments.count()) == (Result.CHANGED, 1)


def test_start_that_no_document_says_is_told_to_be_the_usual_one() -> None:
    make_series(start_time=dt.time(18), timezone="UTC")
    report = bring(replace(document(), start=None))
    assert [one.text for one in report.remarks] == [
        "No time of day is said: the call is taken to start at 18:00 UTC, as its series does."
    ]
    assert Call.objects.get().start == dt.datetime(2021, 5, 11, 18, tzinfo=dt.UTC)


def test_start_that_a_grown_document_says_takes_the_place_of_the_usual_one() -> None:
    bring(replace(document(), start=None))
    assert bring(replace(document(), start=None)).result == Result.UNCHANGED
    assert bring(document()).conflicts == ()
    assert Call.objects.get().start == document().start


def test_unread_lines_stay_with_the_call() -> None:
    bring(document(unread=(Unread(12, "???"),)))
    assert Call.objects.get().unread == [{"line": 12, "text": "???"}]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "x" * 301}, "The call of 2021-05-11: the title is 'x"),
        ({"agenda": (v.AgendaItem(1, ""),)}, "Agenda item 1: the title is empty."),
        ({"agenda": (v.AgendaItem(1, "A", minutes=-1),)}, "Agenda item 1: the minutes is -1."),
        ({"timezone": "Mars/Olympus"}, "'Mars/Olympus' is no time zone."),
        ({"introduction": "a\0b"}, "holds the character NUL"),
        ({"minutes": v.Minutes("final", "", (v.MinutesEntry(1, "Hi", speakers=("n" * 201,)),))}, "is no name"),
        ({"links": (v.Link("join", "Zoom", "h" * 2001),)}, "Link 1: the url is 'h"),
        ({"series": ""}, "The title 'Call of May' names no kind of call."),
        ({"releases": (v.Release(1, None, None),)}, "Release 1: "),
    ],
)
def test_value_no_row_can_hold_is_refused_in_a_sentence(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DocumentError) as caught:
        bring(replace(document(), **fields))
    assert sentence in str(caught.value)
    assert (Call.objects.count(), Series.objects.count(), Person.objects.count()) == (0, 0, 0)
