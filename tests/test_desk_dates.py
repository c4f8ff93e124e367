"""Since when a change of the matrix is true, where the editor leaves the day empty."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.desk_pages import form_at
from tests.make import make_call, make_environment, make_matrix

pytestmark = pytest.mark.django_db

URL = "/desk/interop/support/environments/ec2/"


@time_machine.travel(dt.datetime(2021, 10, 21, 12, tzinfo=dt.UTC))
@pytest.mark.parametrize(
    ("date", "status", "since"),
    [("2021-10-19", "held", "2021-10-19"), ("2021-11-09", "announced", "2021-10-21"), (None, "", "2021-10-21")],
)
def test_it_is_the_day_of_the_call_or_today(editor: Client, date: str | None, status: str, since: str) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2")
    said = {"call": make_call(date, status).pk} if date else {"reason": "It was tested"}
    assert editor.post(URL, form_at(editor, URL) | {"owners": "Kai"} | said).status_code == 302
    assert matrix.revisions.get().effective.isoformat() == since


@time_machine.travel(dt.datetime(2021, 10, 21, 12, tzinfo=dt.UTC))
def test_a_call_before_the_last_change_gives_today(editor: Client) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2")
    for owner, date in (("Kai", "2021-10-19"), ("Ada", "2021-09-28")):
        call = make_call(date, "held")
        assert editor.post(URL, form_at(editor, URL) | {"owners": owner, "call": call.pk}).status_code == 302
    assert [one.effective.isoformat() for one in matrix.revisions.order_by("number")] == ["2021-10-19", "2021-10-21"]
