"""Rows give back the value they were made from, for a constant number of queries."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from communitycalls.document import values as v
from communitycalls.exporter import read_call, read_calls
from communitycalls.importer import Result, load
from communitycalls.models import Call, Channel, Presenter, Question, RecordedChange, Speaker
from interop.models import Change, Environment, Revision
from tests.generated_calls import EXAMPLES, PLACES, calls
from tests.make import (
    make_call,
    make_entry,
    make_environment,
    make_item,
    make_matrix,
    make_person,
    make_question,
    make_series,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
in_rows = settings(
    max_examples=max(EXAMPLES // 5, 1),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def bring(document: v.CallDocument, **options: Any) -> Call:
    fields: dict[str, Any] = {"series": None, "draft": False, "source": b"x", "name": "x.md", "now": NOW}
    load(document, **(fields | options))
    return Call.objects.get(series__slug=document.series, date=document.date, ordinal=document.ordinal)


@pytest.fixture
def places(db: None) -> None:
    matrix = make_matrix(PLACES[0].partition("/")[0])
    for place in PLACES:
        make_environment(matrix, place.partition("/")[2])


def as_read(document: v.CallDocument, status: str) -> v.CallDocument:
    """The document as its rows must read: with the state it was given and the minutes' state that follows."""
    minutes = document.minutes
    recorded = minutes.introduction or minutes.entries or document.questions or document.attendance
    name = "final" if status == "final" else "draft" if recorded else minutes.status
    return replace(document, status=status, minutes=replace(minutes, status=name))


@in_rows
@given(document=calls())
@pytest.mark.usefixtures("places")
def test_rows_give_back_the_value_that_was_loaded(document: v.CallDocument) -> None:
    with transaction.atomic():
        call = bring(document)
        assert read_call(call, whole=True) == as_read(document, call.status)
        transaction.set_rollback(True)


@in_rows
@given(document=calls())
@pytest.mark.usefixtures("places")
def test_second_load_changes_nothing(document: v.CallDocument) -> None:
    with transaction.atomic():
        call = bring(document)
        before = (read_call(call, whole=True), call.version, call.revisions.count(), call.sources.count())
        report = load(document, series=None, draft=False, source=b"x", name="x.md", now=NOW)
        fresh = Call.objects.get()
        assert (report.result, report.remarks) == (Result.UNCHANGED, ())
        assert (read_call(fresh, whole=True), fresh.version, fresh.revisions.count(), fresh.sources.count()) == before
        transaction.set_rollback(True)


def make_full_call(date: str = "2021-05-11", **fields: Any) -> Call:
    call = make_call(date, **fields)
    item = make_item(call, minutes=10, slide_notes="Hello", private_notes="Never public")
    Presenter.objects.create(item=item, person=make_person("Andy"), position=1)
    place = Environment.objects.first() or make_environment(make_matrix())
    item.environments.add(place)
    entry = make_entry(call, agenda_item=item, offset=235, kind="action", assignee=make_person("Marga"))
    Speaker.objects.create(entry=entry, person=make_person("Andy"), position=1)
    question = make_question(call, answers={"Kai": "Yes.", "Marga": "It does."})
    question.environments.add(place)
    Question.objects.filter(pk=question.pk).update(asked_by=make_person("Jannik"))
    call.links.create(kind="join", label="Zoom", url="https://example.org/j/1", details="Passcode: 1", position=1)
    alpha = Channel.objects.get_or_create(name="Alpha", slug="alpha")[0]
    call.outlooks.create(number=1, channel=alpha, version="2857.0.0", date=dt.date(2021, 4, 28))
    call.attendance.create(person=make_person("Kai"), role="host", position=1)
    return call


def record_change(call: Call, number: int = 1) -> Change:
    environment = Environment.objects.first() or make_environment(make_matrix())
    matrix = environment.matrix
    revision = Revision.objects.create(
        matrix=matrix,
        number=matrix.revisions.count() + 1,
        effective=call.date,
        kind="correction",
        message="It failed.",
        value={},
    )
    change = Change.objects.create(
        revision=revision, environment=environment, name="EC2", what="rated", field="support-level", old="L2", new="L1"
    )
    RecordedChange.objects.create(call=call, change=change, number=number)
    return change


def test_plan_leaves_out_minutes_and_what_follows_them() -> None:
    call = make_full_call()
    record_change(call)
    plan, whole = read_call(call, whole=False), read_call(call, whole=True)
    nothing: dict[str, Any] = {"questions": (), "releases": (), "matrix_changes": (), "attendance": (), "unread": ()}
    assert plan == replace(whole, minutes=v.Minutes(), **nothing)
    assert [len(one) for one in (whole.minutes.entries, whole.questions, whole.releases, whole.attendance)] == [1] * 4


def test_recorded_change_is_told_with_its_revision() -> None:
    call = make_full_call()
    record_change(call, number=3)
    told = v.MatrixChange(3, "support", "ec2", "EC2", "rated", "support-level", "L2", "L1", "correction", "It failed.")
    assert read_call(call, whole=True).matrix_changes == (told,)


def test_private_notes_are_in_no_value() -> None:
    assert "Never public" not in repr(read_call(make_full_call(), whole=True))


@pytest.mark.parametrize(
    ("status", "fields", "expected"),
    [
        ("final", {}, "final"),
        ("held", {"minutes_introduction": "We met."}, "draft"),
        ("held", {"minutes_promised": True}, "placeholder"),
        ("held", {"minutes_promised": True, "minutes_introduction": "We met."}, "draft"),
        ("held", {}, "absent"),
    ],
)
def test_state_of_minutes_follows_from_the_call(status: str, fields: dict[str, Any], expected: str) -> None:
    assert read_call(make_call(status=status, **fields), whole=True).minutes.status == expected


@pytest.mark.parametrize("whole", [True, False])
def test_three_calls_cost_as_many_queries_as_one(whole: bool) -> None:
    series = make_series()
    for month in (5, 6, 7):
        call = make_full_call(f"2021-0{month}-11", series=series)
        record_change(call)
    counts = []
    for rows in (Call.objects.all()[:1], Call.objects.all()):
        with CaptureQueriesContext(connection) as queries:
            assert len(read_calls(rows, whole=whole)) == len(rows)
        counts.append(len(queries))
    assert counts == ([14, 14] if whole else [6, 6])
