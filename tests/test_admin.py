"""The back office: for maintainers alone; nothing changes there without a trace."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from communitycalls.models import Call, CallSource, RecordedChange, Revision, Site
from interop.exporter import read_matrix
from interop.history import Note, record, value_of
from interop.models import Advisory, Change, Criterion, Environment, KnownIssue, Matrix
from interop.models import Revision as MatrixRevision
from tests.desk_pages import form_at
from tests.make import make_call, make_entry, make_environment, make_item, make_matrix, make_question

READ_ONLY = (Revision, RecordedChange, CallSource, MatrixRevision, Change)


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def matrix(db: None) -> Matrix:
    matrix = make_matrix()
    make_environment(matrix)
    record(matrix, read_matrix(matrix), Note(dt.date(2021, 5, 1)))
    matrix.refresh_from_db()
    return matrix


def ours() -> list[Any]:
    return [model for model in admin.site._registry if model._meta.app_label in ("communitycalls", "interop")]


def test_every_list_opens_for_a_maintainer(maintainer: Client, matrix: Matrix) -> None:
    call = make_call()
    make_item(call)
    make_entry(call)
    make_question(call, answers={"Kai": "Yes"})
    for model in ours():
        assert maintainer.get(list_of(model)).status_code == 200, model
        row = model._default_manager.first()
        if row is not None:
            assert maintainer.get(page_of(row)).status_code == 200, model


@pytest.mark.parametrize("role", ["editor", "user_client", "client"])
def test_nobody_else_gets_in(role: str, request: pytest.FixtureRequest, db: None) -> None:
    client: Client = request.getfixturevalue(role)
    for model in ours():
        assert client.get(list_of(model)).status_code in (302, 404), model


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_history_is_read_only(maintainer: Client, matrix: Matrix, model: Any) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.first()
    assert maintainer.get(reverse(f"{name}_add")).status_code == 403
    if row is not None:
        assert maintainer.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
        assert maintainer.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_saving_a_call_raises_its_version_and_leaves_a_revision(maintainer: Client, db: None) -> None:
    call = make_call(status="draft")
    data = form_at(maintainer, page_of(call)) | {"title": "Renamed"}
    assert maintainer.post(page_of(call), data).status_code == 302
    call.refresh_from_db()
    assert (call.title, call.version, call.revisions.count(), call.status) == ("Renamed", 2, 1, "draft")


def test_state_of_a_call_changes_on_the_desk_alone(maintainer: Client, db: None) -> None:
    call = make_call(status="draft")
    maintainer.post(page_of(call), form_at(maintainer, page_of(call)) | {"status": "final"})
    assert Call.objects.get().status == "draft"


def test_saving_or_deleting_what_hangs_on_a_call_raises_its_version(maintainer: Client, db: None) -> None:
    call = make_call()
    entry = make_entry(call)
    maintainer.post(page_of(entry), form_at(maintainer, page_of(entry)) | {"text": "Changed"})
    call.refresh_from_db()
    assert (call.version, call.entries.get().text) == (2, "Changed")
    maintainer.post(reverse("admin:communitycalls_minutesentry_delete", args=[entry.pk]), {"post": "yes"})
    call.refresh_from_db()
    assert (call.version, call.entries.count()) == (3, 0)


def test_changing_the_legend_leaves_a_revision(maintainer: Client, matrix: Matrix) -> None:
    criterion = Criterion.objects.get()
    data = form_at(maintainer, page_of(criterion))
    data |= {"levels-0-meaning": "Every feature and every release tested"}
    assert maintainer.post(page_of(criterion), data).status_code == 302
    assert criterion.levels.get(code="L1").meaning == "Every feature and every release tested"
    assert_told(matrix, 2)


def test_adding_a_known_issue_leaves_a_revision(maintainer: Client, matrix: Matrix) -> None:
    data = form_at(maintainer, page_of(matrix))
    data |= {"known_issues-TOTAL_FORMS": "1", "known_issues-0-code": "RemoteExec", "known_issues-0-position": "1"}
    data |= {"known_issues-0-definition": "No shell", "known_issues-0-matrix": matrix.pk, "known_issues-0-id": ""}
    assert maintainer.post(page_of(matrix), data).status_code == 302
    assert KnownIssue.objects.get().definition == "No shell"
    assert_told(matrix, 2)


def test_matrix_saved_as_it_is_leaves_no_revision(maintainer: Client, matrix: Matrix) -> None:
    maintainer.post(page_of(matrix), form_at(maintainer, page_of(matrix)))
    assert_told(matrix, 1)


def assert_told(matrix: Matrix, revisions: int) -> None:
    """There are so many revisions, and the last says what the rows say."""
    matrix.refresh_from_db()
    last = matrix.revisions.first()
    assert last is not None
    assert (matrix.revisions.count(), value_of(last)) == (revisions, read_matrix(matrix))


def test_row_of_an_environment_cannot_be_changed_past_the_history(maintainer: Client, matrix: Matrix) -> None:
    one = Environment.objects.get()
    data = form_at(maintainer, page_of(one)) | {"name": "Other", "detail": "More about it"}
    maintainer.post(page_of(one), data)
    one.refresh_from_db()
    version = matrix.version
    matrix.refresh_from_db()
    assert (one.name, one.detail, matrix.version) == ("EC2", "More about it", version + 1)
    assert not Advisory.objects.exists()


def test_site_has_one_row(maintainer: Client, db: None) -> None:
    Site.objects.create(pk=1)
    assert maintainer.get(reverse("admin:communitycalls_site_add")).status_code == 403
