"""Going back to an earlier revision of a matrix, and undoing the last one."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from communitycalls.models import Call
from interop.exporter import read_matrix
from interop.history import Note, record, value_of
from interop.models import Environment, Matrix, Revision
from interop.verify import verify
from tests.desk_pages import form_at
from tests.make import make_call
from tests.test_difference import edited, rate
from tests.test_matrix_diff import recorded

TODAY = "2021-08-10"
REVISIONS = "/desk/interop/support/revisions/"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(f"{TODAY} 12:00Z", tick=False):
        yield


@pytest.fixture
def matrix(db: None) -> Matrix:
    """Four revisions: it begins; EC2 gets better; COSI retires and KVM comes; GCE is renamed."""
    matrix = recorded("EC2", "GCE", "COSI")
    record(matrix, rate(read_matrix(matrix), "ec2", "L1"), Note(dt.date(2021, 6, 8), message="Tests run"))
    value = read_matrix(matrix)
    section = value.sections[0]
    kvm = replace(section.environments[0], name="KVM", slug="kvm")
    rows = (*(one for one in section.environments if one.slug != "cosi"), kvm)
    value = replace(value, sections=(replace(section, environments=rows),))
    record(matrix, value, Note(dt.date(2021, 7, 13), message="COSI ended"))
    named = edited(read_matrix(matrix), "gce", lambda one: replace(one, name="Google"))
    record(matrix, named, Note(dt.date(2021, 7, 14), message="Its name"))
    matrix.refresh_from_db()
    return matrix


def to(number: int) -> str:
    return reverse("desk:matrix_restore", args=["support", number])


def gone_back(editor: Client, number: int, **fields: object) -> str:
    url = to(number)
    return editor.post(url, form_at(editor, url) | fields, follow=True).content.decode()


def said(number: int) -> set[tuple[str, str, str, str]]:
    rows = Revision.objects.get(number=number).changes.all()
    return {(one.what, one.name, one.old.split("\n")[0], one.new.split("\n")[0]) for one in rows}


def test_the_page_shows_what_would_change_and_records_nothing(editor: Client, matrix: Matrix) -> None:
    page = editor.get(to(1)).content.decode()
    assert "Go back to revision 1?" in page
    for words in ("Demoted", "Retired", "Back again", "Renamed", "Back to revision 1 of 11 May 2021."):
        assert words in page
    assert matrix.revisions.count() == 4


def test_going_back_is_a_new_revision_in_the_call_and_in_the_matrix(editor: Client, matrix: Matrix) -> None:
    call = make_call(TODAY, "held")
    first = value_of(Revision.objects.get(number=1))
    page = gone_back(editor, 1, call=str(call.pk), kind="change")
    assert f"recorded as revision 5 and in the minutes of {call.title}." in page
    made = Revision.objects.get(number=5)
    assert (made.effective.isoformat(), made.kind, made.author) == (TODAY, "change", "edith")
    assert call.recorded_changes.count() == made.changes.count() == len(said(5))
    assert said(5) == {
        ("rated", "EC2", "L1", "L2"),
        ("renamed", "GCE", "Google", "GCE"),
        ("added", "COSI", "2021-07-13", "Support level: L2"),
        ("retired", "KVM", "Support level: L1", TODAY),
    }
    now = read_matrix(matrix)
    assert [one for _, one in now.environments() if not one.retired] == [one for _, one in first.environments()]
    assert verify(matrix) is None


def test_what_came_since_is_retired_and_keeps_its_address(editor: Client, client: Client, matrix: Matrix) -> None:
    keys = dict(Environment.objects.values_list("slug", "pk"))
    gone_back(editor, 1, reason="It was a mistake")
    kvm = Environment.objects.get(slug="kvm")
    assert (kvm.retired_on, kvm.retired_reason) == (dt.date.fromisoformat(TODAY), "It was a mistake")
    assert Environment.objects.get(slug="cosi").retired_on is None
    assert dict(Environment.objects.values_list("slug", "pk")) == keys
    for slug in keys:
        assert client.get(f"/interop/support/{slug}/").status_code == 200


def test_the_last_revision_is_undone_and_the_undoing_undone(editor: Client, matrix: Matrix) -> None:
    assert f'href="{to(3)}"' in editor.get(REVISIONS).content.decode()
    page = editor.get(to(3)).content.decode()
    assert "Undo revision 4?" in page
    gone_back(editor, 3)
    made = Revision.objects.get(number=5)
    assert (made.message, made.kind) == ("Revision 4 is undone.", "correction")
    assert said(5) == {("renamed", "GCE", "Google", "GCE")}
    gone_back(editor, 4)
    assert value_of(Revision.objects.get(number=6)) == value_of(Revision.objects.get(number=4))
    assert verify(matrix) is None


def test_without_call_and_reason_nothing_is_recorded(editor: Client, matrix: Matrix) -> None:
    response = editor.post(to(1), form_at(editor, to(1)) | {"reason": " "})
    assert response.status_code == 422
    assert "Name the call in which this was decided, or write the reason." in response.content.decode()
    assert matrix.revisions.count() == 4


def test_a_day_before_the_last_revision_is_refused_and_a_later_one_is_the_least_offered(
    editor: Client, matrix: Matrix
) -> None:
    response = editor.post(to(1), form_at(editor, to(1)) | {"effective": "2021-07-01"})
    assert "2021-07-01 lies before 2021-07-14" in response.content.decode()
    record(matrix, rate(read_matrix(matrix), "gce", "x"), Note(dt.date(2021, 9, 14)))
    gone_back(editor, 4)
    assert Revision.objects.get(number=6).effective == dt.date(2021, 9, 14)


def test_what_somebody_recorded_meanwhile_is_shown_before_it_is_taken_back(editor: Client, matrix: Matrix) -> None:
    fields = form_at(editor, to(3))
    record(matrix, rate(read_matrix(matrix), "gce", "x"), Note(dt.date(2021, 7, 20)))
    response = editor.post(to(3), fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Not recorded." in page
    assert "Promoted" in page
    assert "Back to revision 3 of 13 July 2021." in page
    assert matrix.revisions.count() == 5
    again = dict(fields, version=str(Matrix.objects.get().version), reason="Both were wrong")
    editor.post(to(3), again)
    assert Revision.objects.get(number=6).message == "Both were wrong"


def test_going_back_to_today_changes_nothing(editor: Client, matrix: Matrix) -> None:
    assert "Nothing would change." in editor.get(to(4)).content.decode()
    assert editor.get(to(9)).status_code == 404
    editor.post(to(4), {"version": str(matrix.version), "reason": "x", "kind": "change"})
    assert matrix.revisions.count() == 4


def test_failure_to_record_in_the_call_changes_nothing(
    editor: Client, matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    call: Call = make_call(TODAY, "held")
    fields = form_at(editor, to(1)) | {"call": str(call.pk)}
    before = read_matrix(matrix)
    monkeypatch.setattr("communitycalls.recording.record_in", lambda call, revision: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        editor.post(to(1), fields)
    assert (matrix.revisions.count(), read_matrix(matrix)) == (4, before)


@pytest.mark.parametrize("more", [0, 3])
def test_pages_cost_the_same_for_few_revisions_and_for_more(
    more: int, editor: Client, matrix: Matrix, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        record(matrix, rate(read_matrix(matrix), "gce", ("x", "L1")[number % 2]), Note(dt.date(2021, 7, 20)))
    with django_assert_num_queries(19):
        assert editor.get(to(1)).status_code == 200
    with django_assert_num_queries(15):
        assert editor.get(REVISIONS).status_code == 200


@pytest.mark.parametrize("page", ["x", "0", "2"])
def test_wrong_page_is_quoted(editor: Client, matrix: Matrix, page: str) -> None:
    response = editor.get(f"{REVISIONS}?page={page}")
    assert response.status_code == 400
    assert f"&#x27;{page}&#x27; is no page of this list" in response.content.decode()


def test_older_pages_keep_the_call(editor: Client, matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communitycalls.desk.matrix_past.REVISIONS_A_PAGE", 2)
    call = make_call()
    page = editor.get(f"{REVISIONS}?page=1&call={call.pk}").content.decode()
    assert f'<a href="?page=2&amp;call={call.pk}" rel="next">' in page
