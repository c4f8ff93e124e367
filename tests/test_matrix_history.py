"""One door for changes: rows, revision and changes in one transaction."""

import datetime as dt
from dataclasses import replace

import pytest

from interop.document import values as v
from interop.document.facts import read_retirement_text, retirement_text
from interop.exporter import read_matrix
from interop.history import EarlierRevision, Note, StaleMatrix, as_of, record, value_of
from interop.models import Change, Environment, Matrix
from tests.make import make_environment, make_matrix

pytestmark = pytest.mark.django_db

MAY = dt.date(2021, 5, 11)
JUNE = dt.date(2021, 6, 8)


def matrix_with(*names: str) -> Matrix:
    matrix = make_matrix()
    for name in names:
        make_environment(matrix, name)
    record(matrix, replace(read_matrix(matrix), introduction="Begun."), Note(MAY, message="It begins"))
    return matrix


def rated(value: v.Matrix, slug: str, level: str) -> v.Matrix:
    def change(one: v.Environment) -> v.Environment:
        return one if one.slug != slug else replace(one, cells=(v.Cell("support-level", level, (v.Rating(level),)),))

    sections = [replace(one, environments=tuple(map(change, one.environments))) for one in value.sections]
    return replace(value, sections=tuple(sections))


def test_a_change_is_in_the_rows_and_in_the_history() -> None:
    matrix = matrix_with("EC2")
    revision = record(matrix, rated(read_matrix(matrix), "ec2", "L1"), Note(JUNE, "Thilo", "Tests run"))
    assert revision is not None
    assert revision.number == 2
    assert [(one.what, one.field, one.old, one.new) for one in revision.changes.all()] == [
        ("rated", "support-level", "L2", "L1")
    ]
    assert read_matrix(matrix) == value_of(revision)


def test_the_matrix_as_of_a_day_is_the_last_revision_in_force() -> None:
    matrix = matrix_with("EC2")
    record(matrix, rated(read_matrix(matrix), "ec2", "L1"), Note(JUNE))
    assert as_of(matrix, MAY - dt.timedelta(days=1)) is None
    found = [as_of(matrix, day) for day in (MAY, JUNE - dt.timedelta(days=1), JUNE)]
    assert [one.number if one else None for one in found] == [1, 1, 2]


def test_saying_the_same_again_makes_no_revision() -> None:
    matrix = matrix_with("EC2")
    assert record(matrix, read_matrix(matrix), Note(JUNE)) is None
    assert matrix.revisions.count() == 1


def test_an_environment_that_is_left_out_is_retired_and_stays() -> None:
    matrix = matrix_with("EC2", "COSI")
    value = read_matrix(matrix)
    shorter = replace(value, sections=(replace(value.sections[0], environments=value.sections[0].environments[:1]),))
    record(matrix, shorter, Note(JUNE, message="COSI ended"))
    cosi = Environment.objects.get(slug="cosi")
    assert (cosi.retired_on, cosi.retired_reason) == (JUNE, "COSI ended")
    assert [one.what for one in Change.objects.filter(environment=cosi, revision__number=2)] == ["retired"]


def test_an_environment_that_comes_back_is_the_same_one() -> None:
    matrix = matrix_with("EC2", "COSI")
    value = read_matrix(matrix)
    shorter = replace(value, sections=(replace(value.sections[0], environments=value.sections[0].environments[:1]),))
    record(matrix, shorter, Note(JUNE, message="COSI ended"))
    record(matrix, value, Note(JUNE, message="It did not"))
    assert read_matrix(matrix) == value
    assert Environment.objects.filter(slug="cosi").count() == 1


def test_a_scheme_may_change_under_a_retired_environment() -> None:
    matrix = matrix_with("EC2", "COSI")
    value = read_matrix(matrix)
    ec2 = replace(value.sections[0].environments[0], cells=(v.Cell("works", "X", (v.Rating("X"),)),))
    scheme = (v.Criterion("works", "Works", (v.Level("X", tone=v.Tone.WORKS),)),)
    new = replace(value, criteria=scheme, sections=(replace(value.sections[0], environments=(ec2,)),))
    revision = record(matrix, new, Note(JUNE, message="Ticks from now on"))
    assert revision is not None
    assert read_matrix(matrix) == value_of(revision)
    assert Environment.objects.get(slug="cosi").retired_on == JUNE


def test_an_edit_based_on_an_old_version_is_refused_and_changes_nothing() -> None:
    matrix = matrix_with("EC2")
    matrix.refresh_from_db()
    seen = matrix.version
    record(matrix, rated(read_matrix(matrix), "ec2", "L1"), Note(JUNE), seen=seen)
    with pytest.raises(StaleMatrix):
        record(matrix, rated(read_matrix(matrix), "ec2", "x"), Note(JUNE), seen=seen)
    assert read_matrix(matrix).sections[0].environments[0].cells[0].written == "L1"


def test_a_change_before_the_last_one_is_refused_with_both_days() -> None:
    matrix = matrix_with("EC2")
    with pytest.raises(EarlierRevision, match=r"2021-05-10 lies before 2021-05-11"):
        record(matrix, rated(read_matrix(matrix), "ec2", "L1"), Note(dt.date(2021, 5, 10)))
    assert matrix.revisions.count() == 1


def test_a_day_of_an_early_year_is_written_and_read_whole() -> None:
    retired = v.Retirement(dt.date(999, 1, 2), "It ended")
    assert retirement_text(retired) == "0999-01-02\nIt ended"
    assert read_retirement_text(retirement_text(retired)) == retired
