"""Making a call, its details and its states."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from communitycalls.desk.choices import told
from communitycalls.models import Call, Series
from tests.desk_pages import at, form_at
from tests.make import make_call, make_item, make_question, make_series

NEW = {"series": "community-call", "date": "2021-06-08"}


def create(editor: Client, **fields: str) -> Call:
    response = editor.post(reverse("desk:call_new"), {**NEW, **fields})
    assert response.status_code == 302, response.content.decode()
    return Call.objects.latest("pk")


def step(editor: Client, call: Call, target: str, **fields: str) -> Call:
    call.refresh_from_db()
    editor.post(at("call_state", call), {"version": call.version, "target": target, **fields})
    call.refresh_from_db()
    return call


def test_new_call_takes_time_zone_and_length_from_its_series(editor: Client) -> None:
    make_series(start_time="17:30", timezone="Europe/Berlin", duration=45)
    call = create(editor)
    assert (call.title, call.status, call.duration) == ("Community call, 8 June 2021", "draft", 45)
    assert (call.start, call.timezone) == (dt.datetime(2021, 6, 8, 15, 30, tzinfo=dt.UTC), "Europe/Berlin")


def test_new_call_may_have_its_own_time(editor: Client) -> None:
    make_series()
    call = create(editor, start="09:00", timezone="America/New_York", duration="30", title="Early bird")
    assert (call.title, call.duration) == ("Early bird", 30)
    assert call.start == dt.datetime(2021, 6, 8, 13, 0, tzinfo=dt.UTC)


def test_second_call_of_a_series_on_a_day_has_its_own_address(editor: Client) -> None:
    make_series()
    assert create(editor).address == "2021-06-08"
    assert create(editor).address == "2021-06-08-2"


def test_new_call_leaves_a_revision_that_is_not_public(editor: Client) -> None:
    make_series()
    revision = create(editor).revisions.get()
    assert (revision.is_public, revision.user.get_username() if revision.user else "") == (False, "edith")


def test_series_is_made_with_its_first_call(editor: Client) -> None:
    call = create(
        editor,
        series="new",
        series_name="Release planning",
        series_start="16:00",
        series_timezone="Europe/Madrid",
        series_duration="30",
        series_recurrence="FREQ=WEEKLY;BYDAY=MO",
    )
    series = Series.objects.get()
    assert (series.slug, series.timezone, series.duration) == ("release-planning", "Europe/Madrid", 30)
    assert call.start == dt.datetime(2021, 6, 8, 14, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"date": "2021-02-30"}, "“2021-02-30” is no day of the calendar."),
        ({"date": ""}, "Write the day of the call, like 2021-06-08."),
        ({"series": "coffee-round"}, "“coffee-round” is no series here."),
        ({"start": "25:00"}, "“25:00” is no time of day."),
        ({"timezone": "Europe/Utopia"}, "&#x27;Europe/Utopia&#x27; is no time zone."),
        ({"duration": "0"}, "“0” is no number of minutes."),
        ({"series": "new", "series_name": ""}, "Write the new series&#x27; name."),
        ({"series": "new", "series_name": "Community call"}, "“Community call” is a series already."),
        ({"series": "new", "series_name": "Latest"}, "“Latest” gives no address."),
        (
            {"series": "new", "series_name": "X", "series_recurrence": "often"},
            "&#x27;often&#x27; is no recurrence rule.",
        ),
        ({"title": "x" * 301}, "has 301 characters; 300 fit here."),
    ],
)
def test_wrong_value_is_quoted_and_nothing_is_made(editor: Client, fields: dict[str, str], sentence: str) -> None:
    make_series()
    response = editor.post(reverse("desk:call_new"), {**NEW, "title": "Kept", **fields})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert fields.get("title", "Kept") in response.content.decode()
    assert (Call.objects.count(), Series.objects.count()) == (0, 1)


def test_problem_in_the_summary_links_to_its_field(editor: Client) -> None:
    make_series()
    page = editor.post(reverse("desk:call_new"), {**NEW, "date": "2021-02-30"}).content.decode()
    assert '<a href="#new-date">“2021-02-30”' in page
    assert 'id="new-date"' in page


@time_machine.travel("2021-05-20 10:00Z", tick=False)
def test_dates_due_by_the_rule_are_offered_unless_taken(editor: Client) -> None:
    series = make_series(recurrence="FREQ=MONTHLY;BYDAY=2TU")
    make_call("2021-06-08", "draft", series=series)
    page = editor.get(reverse("desk:call_new")).content.decode()
    assert "date=2021-07-13" in page
    assert "date=2021-06-08" not in page


def test_details_move_a_draft_to_another_day_and_zone(editor: Client) -> None:
    call = make_call(status="draft")
    data = form_at(editor, at("call_details", call))
    response = editor.post(at("call_details", call), data | {"date": "2021-05-18", "timezone": "Asia/Kolkata"})
    call.refresh_from_db()
    assert response["Location"] == at("call", call)
    assert (call.address, call.start) == ("2021-05-18", dt.datetime(2021, 5, 18, 12, 0, tzinfo=dt.UTC))


def test_day_of_a_public_call_stays(editor: Client) -> None:
    call = make_call(status="announced")
    data = form_at(editor, at("call_details", call))
    response = editor.post(at("call_details", call), data | {"date": "2021-05-18", "title": "Moved"})
    call.refresh_from_db()
    assert response.status_code == 422
    assert "so 2021-05-18 cannot be its day" in response.content.decode()
    assert (call.address, call.title) == ("2021-05-11", "Community call, 11 May 2021")


def test_call_goes_its_way_from_draft_to_final(editor: Client, client: Client) -> None:
    call = make_call(status="draft")
    make_question(call)
    public = call.get_absolute_url()
    assert client.get(public).status_code == 404
    for target in ("announced", "live", "held", "final"):
        assert step(editor, call, target).status == target
        assert client.get(public).status_code == 200
    assert call.published_at is not None


def test_public_call_may_be_taken_back(editor: Client, client: Client) -> None:
    call = make_call(status="announced")
    assert step(editor, call, "draft").status == "draft"
    assert client.get(call.get_absolute_url()).status_code == 404


def test_step_that_does_not_follow_is_refused_with_those_that_do(editor: Client) -> None:
    call = make_call(status="draft")
    response = editor.post(at("call_state", call), {"version": 1, "target": "final"})
    assert response.status_code == 422
    assert "“final” does not follow “draft”. From here: “announced”." in response.content.decode()
    assert Call.objects.get().status == "draft"


def test_cancelling_needs_a_reason_that_visitors_read(editor: Client, client: Client) -> None:
    call = make_call(status="announced")
    response = editor.post(at("call_state", call), {"version": 1, "target": "cancelled", "reason": " "})
    assert response.status_code == 422
    assert "Say why the call is cancelled" in response.content.decode()
    assert step(editor, call, "cancelled", reason="Nobody can come.").status == "cancelled"
    assert "Nobody can come." in client.get(call.get_absolute_url()).content.decode()


def test_minutes_without_anything_recorded_cannot_be_final(editor: Client) -> None:
    call = make_call(status="held")
    make_item(call)
    response = editor.post(at("call_state", call), {"version": 1, "target": "final"})
    assert response.status_code == 422
    assert "Nothing is recorded yet." in response.content.decode()
    assert Call.objects.get().status == "held"


def test_button_on_a_page_older_than_the_call_publishes_nothing(editor: Client) -> None:
    call = make_call(status="draft")
    call.raise_version()
    response = editor.post(at("call_state", call), {"version": 1, "target": "announced"})
    assert response.status_code == 409
    assert "Somebody changed the call since you opened this page." in response.content.decode()
    assert Call.objects.get().status == "draft"


def test_draft_that_was_never_public_may_be_removed(editor: Client) -> None:
    call = make_call(status="draft")
    assert editor.post(at("call_remove", call), {"version": 1})["Location"] == reverse("desk:calls")
    assert not Call.objects.exists()


def test_call_that_was_public_is_not_removed(editor: Client) -> None:
    call = step(editor, step(editor, make_call(status="draft"), "announced"), "draft")
    editor.post(at("call_remove", call), {"version": call.version})
    assert Call.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_call_and_three(
    editor: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        make_call(f"2021-05-1{day}", "held")
    with django_assert_num_queries(9):
        editor.get(reverse("desk:calls"))


@pytest.mark.parametrize("page", ["x", "0", "2"])
def test_page_that_is_none_is_quoted(editor: Client, page: str) -> None:
    response = editor.get(f"/desk/calls/?page={page}")
    assert response.status_code == 400
    assert f"&#x27;{page}&#x27; is no page of this list" in response.content.decode()


@pytest.mark.django_db
def test_calls_of_one_day_are_told_apart_where_one_is_picked() -> None:
    first, second = make_call("2021-05-11"), make_call("2021-05-11", ordinal=2)
    assert told(first) == "Community call, 11 May 2021 (final)"
    assert told(second) == "Community call, 11 May 2021, call 2 of that day (final)"
