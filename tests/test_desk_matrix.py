"""Changing the matrix: one act, two records."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from communitycalls.models import Call
from interop.document.reader import read
from interop.document.writer import write
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Environment, KnownIssue, Matrix
from tests.desk_pages import form_at
from tests.make import make_call, make_environment, make_matrix

TODAY = "2021-06-08"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(f"{TODAY} 12:00Z", tick=False):
        yield


@pytest.fixture
def matrix(db: None) -> Matrix:
    """EC2 is owned and rated L2, Azure is vacant and rated L1; revision 1 says so."""
    matrix = make_matrix()
    make_environment(matrix, "EC2", "L2", "@harbour/crew", notes="No IAM")
    make_environment(matrix, "Azure", "L1")
    record(matrix, read_matrix(matrix), Note(dt.date(2021, 5, 1), message="First"))
    matrix.refresh_from_db()
    return matrix


@pytest.fixture
def call(db: None) -> Call:
    return make_call(TODAY, "held")


def row(name: str = "environment", environment: str = "ec2") -> str:
    return reverse(f"desk:{name}", args=["support", environment])


def change(editor: Client, url: str, **fields: object) -> str:
    """The page that answers a change of some fields, followed to where it leads."""
    response = editor.post(url, form_at(editor, url) | fields, follow=True)
    return response.content.decode()


def changes(matrix: Matrix) -> list[tuple[str, str, str, str]]:
    revision = matrix.revisions.first()
    assert revision is not None
    return [(one.what, one.name, one.old, one.new) for one in revision.changes.all()]


def test_change_that_names_a_call_is_recorded_in_both(editor: Client, matrix: Matrix, call: Call) -> None:
    page = change(editor, row(), **{"cell_support-level": "L1 ?"}, call=call.pk, reason="Tested")
    revision = matrix.revisions.first()
    assert revision is not None
    assert "1 change is recorded as revision 2 and in the minutes of" in page
    assert changes(matrix) == [("rated", "EC2", "L2", "L1 ?")]
    assert (revision.effective, revision.message, revision.author) == (dt.date(2021, 6, 8), "Tested", "edith")
    assert [(one.number, one.change.new) for one in call.recorded_changes.all()] == [(1, "L1 ?")]
    call.refresh_from_db()
    assert call.version == 2
    assert call.revisions.count() == 1


def test_numbers_of_recorded_changes_go_on(editor: Client, matrix: Matrix, call: Call) -> None:
    change(editor, row(), owners="Kai", call=call.pk)
    change(editor, row(environment="azure"), owners="Marga", call=call.pk)
    assert [(one.number, one.change.name) for one in call.recorded_changes.all()] == [(1, "EC2"), (2, "Azure")]


def test_change_without_call_or_reason_is_refused_and_kept(editor: Client, matrix: Matrix) -> None:
    url = row()
    response = editor.post(url, form_at(editor, url) | {"owners": "Kai"})
    assert response.status_code == 422
    assert "Name the call in which this was decided, or write the reason." in response.content.decode()
    assert 'value="Kai"' in response.content.decode()
    assert matrix.revisions.count() == 1


def test_unknown_level_is_quoted_with_those_there_are(editor: Client, matrix: Matrix) -> None:
    url = row()
    response = editor.post(url, form_at(editor, url) | {"cell_support-level": "L9", "reason": "why"})
    assert response.status_code == 422
    assert "“L9” is no level of Support level. Its levels are: L1, L2, x." in response.content.decode()
    assert 'value="L9"' in response.content.decode()
    assert matrix.revisions.count() == 1


@pytest.mark.parametrize("written", ["L1", "L1 ?", "L1 (upstream)", "L1 / L2", "x", ""])
def test_cell_is_written_in_the_matrix_own_notation(editor: Client, matrix: Matrix, written: str) -> None:
    change(editor, row(), **{"cell_support-level": written}, reason="why")
    value = read_matrix(matrix)
    assert value.sections[0].environments[0].cell("support-level").written == written
    assert read(write(value))[0].sections[0].environments[0].cell("support-level") == (
        value.sections[0].environments[0].cell("support-level")
    )


def test_uncertain_differs_from_not_stated(editor: Client, matrix: Matrix) -> None:
    change(editor, row(), **{"cell_support-level": "L2 ?"}, reason="why")
    rating = read_matrix(matrix).sections[0].environments[0].cell("support-level").ratings[0]
    assert (rating.level, rating.uncertain) == ("L2", True)


def test_owners_are_named_with_commas_and_none_is_vacant(editor: Client, matrix: Matrix) -> None:
    change(editor, row(), owners="", reason="why")
    change(editor, row(environment="azure"), owners="Kai, @harbour/crew", reason="why")
    ec2, azure = read_matrix(matrix).sections[0].environments
    assert azure.owners == ("Kai", "@harbour/crew")
    assert (ec2.owners, ec2.owner_written) == ((), "[no owner]")
    assert [one.slug for one in Environment.objects.vacant()] == ["ec2"]


def test_everything_else_of_a_row_can_change(editor: Client, matrix: Matrix) -> None:
    told = {"environment_name": "Amazon EC2", "references": "#107, [docs](https://example.org/)", "notes": "One\r\ntwo"}
    change(editor, row(), **told, catch_all="on", reason="why")
    one = Environment.objects.get(slug="ec2")
    assert (one.name, one.notes, one.catch_all) == ("Amazon EC2", "One<br>two", True)
    assert [(ref.label, ref.url) for ref in one.references.all()] == [("#107", ""), ("docs", "https://example.org/")]


def test_known_issues_are_ticked(editor: Client, matrix: Matrix) -> None:
    matrix.columns = [*matrix.columns, {"role": "issues", "header": "Known issues", "criterion": ""}]
    matrix.save()
    KnownIssue.objects.create(matrix=matrix, code="RemoteExec", definition="No shell", position=1)
    change(editor, row(), issues=["RemoteExec"], reason="why")
    one = Environment.objects.get(slug="ec2")
    assert [link.issue.code for link in one.issues.all()] == ["RemoteExec"]
    assert one.issues_written == "`RemoteExec`"


def test_issues_are_said_in_codes_or_in_words(editor: Client, matrix: Matrix) -> None:
    matrix.columns = [*matrix.columns, {"role": "issues", "header": "Known issues", "criterion": ""}]
    matrix.save()
    KnownIssue.objects.create(matrix=matrix, code="RemoteExec", definition="No shell", position=1)
    change(editor, row(), issue_words="Nobody tried", reason="why")
    assert Environment.objects.get(slug="ec2").issues_written == "Nobody tried"
    page = change(editor, row(), issues=["RemoteExec"], reason="why")
    assert "Tick codes or write words, not both" in page
    assert "“Bug” is no known issue of this matrix." in change(editor, row(), issue_words="`Bug`", reason="why")
    assert not Environment.objects.get(slug="ec2").issues.exists()


def test_row_saved_as_it_is_records_nothing(editor: Client, matrix: Matrix) -> None:
    page = change(editor, row(), reason="why")
    assert "nothing is recorded" in page
    assert matrix.revisions.count() == 1


def test_preview_tells_the_change_and_records_nothing(editor: Client, matrix: Matrix) -> None:
    page = change(editor, row(), **{"cell_support-level": "x"}, reason="why", do="preview")
    assert "1 change, not recorded yet" in page
    assert matrix.revisions.count() == 1


def test_day_before_the_last_change_is_refused(editor: Client, matrix: Matrix) -> None:
    url = row()
    response = editor.post(url, form_at(editor, url) | {"owners": "Kai", "reason": "why", "effective": "2021-04-30"})
    assert response.status_code == 422
    assert "2021-04-30 lies before 2021-05-01" in response.content.decode()
    assert matrix.revisions.count() == 1


def test_environment_is_added_to_its_section(editor: Client, matrix: Matrix, call: Call) -> None:
    url = reverse("desk:environment_add", args=["support"])
    change(editor, url, environment_name="Hetzner Cloud", **{"cell_support-level": "L2"}, call=call.pk)
    one = Environment.objects.get(slug="hetzner-cloud")
    assert (one.section.name, one.cells.get().written) == ("Public cloud", "L2")
    assert changes(matrix)[0][:2] == ("added", "Hetzner Cloud")
    assert call.recorded_changes.count() == len(changes(matrix))


def test_environment_that_is_there_is_not_added_again(editor: Client, matrix: Matrix) -> None:
    url = reverse("desk:environment_add", args=["support"])
    response = editor.post(url, form_at(editor, url) | {"environment_name": "ec2", "reason": "why"})
    assert response.status_code == 422
    assert "“ec2” is in the matrix already." in response.content.decode()


def test_retired_environment_keeps_its_page_and_names_its_successor(
    editor: Client, client: Client, matrix: Matrix, call: Call
) -> None:
    url = row("environment_retire")
    change(editor, url, reason="Nobody uses it", successor="azure", call=call.pk, effective=TODAY)
    one = Environment.objects.get(slug="ec2")
    assert (one.retired_on, one.retired_reason) == (dt.date(2021, 6, 8), "Nobody uses it")
    assert one.successor
    assert one.successor.slug == "azure"
    assert client.get(one.get_absolute_url()).status_code == 200
    assert changes(matrix)[0][:2] == ("retired", "EC2")
    assert call.recorded_changes.count() == 1


def test_retiring_needs_a_reason_even_with_a_call(editor: Client, matrix: Matrix, call: Call) -> None:
    url = row("environment_retire")
    response = editor.post(url, form_at(editor, url) | {"call": call.pk})
    assert response.status_code == 422
    assert "Write why it is retired" in response.content.decode()
    assert Environment.objects.active().count() == 2


def test_failure_to_record_in_the_call_changes_nothing(
    editor: Client, matrix: Matrix, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*parts: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("communitycalls.recording.record_in", fail)
    url = row()
    data = form_at(editor, url) | {"owners": "Kai", "call": call.pk}
    with pytest.raises(RuntimeError):
        editor.post(url, data)
    assert (matrix.revisions.count(), Environment.objects.get(slug="ec2").owners.get().name) == (1, "@harbour/crew")


def test_how_a_cell_reads_is_said_without_saving(editor: Client, matrix: Matrix) -> None:
    url = reverse("desk:reads_cell", args=["support", "support-level"])
    assert "uncertain" in editor.post(url, {"line": "L1 ?"}).content.decode()
    assert "“L9” is no level of" in editor.post(url, {"line": "L9"}).content.decode()
    assert "Not stated" in editor.post(url, {"line": ""}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_costs_the_same_for_one_row_and_three(
    editor: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    matrix = make_matrix("small")
    for number in range(count):
        make_environment(matrix, f"EC{number}", owner="Kai")
    with django_assert_num_queries(20):
        assert editor.get(reverse("desk:matrix", args=["small"])).status_code == 200


def test_what_is_odd_is_told_with_the_row(editor: Client, matrix: Matrix) -> None:
    page = editor.get(reverse("desk:matrix", args=["support"])).content.decode()
    assert "Azure is tested (Support level: L1) but has no owner." in page
    assert f'href="{row(environment="azure")}"' in page
