"""A site that has `size` of everything, for tests of all public pages at once."""

import datetime as dt

from communitycalls.models import Attendance, Call, Channel, Link, Outlook, Presenter, RecordedChange, Speaker
from interop.models import (
    Advisory,
    Change,
    Environment,
    EnvironmentIssue,
    KnownIssue,
    PublishedImage,
    Reference,
    Revision,
    Variant,
)
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

NOW = "2021-11-04T10:00:00Z"
ADDRESSES = (
    "/",
    "/calls/",
    "/calls/?year=2021",
    "/calls/series-1/",
    "/calls/series-1/2021-05-11/",
    "/calls/series-1/2021-06-08/",
    "/calls/series-1/2021-11-09/",
    "/calls/series-1/2021-12-14/",
    "/interop/",
    "/interop/matrix-1/",
    "/interop/matrix-1/?revision=1",
    "/interop/matrix-1/?q=nothing",
    "/interop/matrix-1/changes/",
    "/interop/matrix-1/row-1/",
    "/sign-in/",
)


def fill_matrix(number: int, size: int) -> list[Change]:
    """A matrix with `size` rows of everything, and as many revisions; the changes of its rows."""
    matrix = make_matrix(f"matrix-{number}", f"Matrix {number}")
    issue = KnownIssue.objects.create(matrix=matrix, code="Slow", definition="It is slow.")
    revisions = [
        Revision.objects.create(
            matrix=matrix, number=one, effective=dt.date(2021, 5, one), value={"title": "Old", "criteria": []}
        )
        for one in range(1, size + 1)
    ]
    return [
        fill_row(make_environment(matrix, f"Row {one}", owner=f"Ada {one}"), issue, revisions)
        for one in range(1, size + 1)
    ]


def fill_row(row: Environment, issue: KnownIssue, revisions: list[Revision]) -> Change:
    Environment.objects.filter(pk=row.pk).update(slug=row.name.lower().replace(" ", "-"))
    EnvironmentIssue.objects.create(environment=row, issue=issue)
    for position in range(1, len(revisions) + 1):
        Reference.objects.create(environment=row, label=f"#{position}", position=position)
        variant = Variant.objects.create(environment=row, name=f"Variant {position}", position=position)
        Advisory.objects.create(environment=row, variant=variant, kind="warning", title="Mind", body="It is old.")
        PublishedImage.objects.create(environment=row, variant=variant, facts=[["Name", "image"]], position=position)
    changes = [
        Change.objects.create(
            revision=revision,
            environment=row,
            name=row.name,
            what="rated",
            field="support-level",
            old="x",
            new="L2",
            position=row.position,
        )
        for revision in revisions
    ]
    return changes[0]


def fill_call(call: Call, size: int, changes: list[Change]) -> None:
    for number in range(1, size + 1):
        item = make_item(call, f"Item {number}", minutes=5)
        item.environments.add(*Environment.objects.all()[:size])
        Presenter.objects.create(item=item, person=make_person(f"Presenter {number}"))
        for kind in ("note", "decision", "action"):
            entry = make_entry(
                call, kind=kind, agenda_item=item, assignee=make_person(f"Assignee {number}"), closed_in=call
            )
            Speaker.objects.create(entry=entry, person=make_person(f"Speaker {number}"))
        answers = {f"Speaker {one}": "Yes." for one in range(1, size + 1)}
        make_question(call, f"Question {number}", answers).environments.add(*Environment.objects.all()[:size])
        Attendance.objects.create(call=call, person=make_person(f"Speaker {number}"))
        Link.objects.create(call=call, kind="recording", url=f"https://youtu.be/{number}", position=number)
        channel = Channel.objects.get_or_create(name=f"Channel {number}", slug=f"channel-{number}")[0]
        Outlook.objects.create(call=call, number=number, channel=channel, version="1", date=dt.date(2021, 5, number))
    for number, change in enumerate(changes, 1):
        RecordedChange.objects.create(call=call, change=change, number=number)


def fill(size: int) -> None:
    changes = [change for number in range(1, size + 1) for change in fill_matrix(number, size)]
    rule = {"recurrence": "FREQ=MONTHLY;BYDAY=2TU", "start_time": dt.time(17, 30)}
    for number in range(1, size + 1):
        series = make_series(f"series-{number}", **rule)
        fill_call(make_call("2021-05-11", "final", series=series), size, changes if number == 1 else [])
        fill_call(make_call("2021-06-08", "held", series=series), size, [])
        start = dt.datetime(2021, 11, 9, 16, 30, tzinfo=dt.UTC)
        fill_call(make_call("2021-11-09", "announced", series=series, start=start), size, [])
        make_call("2020-12-08", "final", series=series)
        make_call("2021-12-14", "cancelled", series=series, cancelled_reason="Holidays.")
