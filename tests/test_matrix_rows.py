"""Rows hold what a value said: `read_matrix(load(value)) == value`."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from interop import importer
from interop.document import values as v
from interop.exporter import read_matrix
from interop.models import Matrix
from tests.make import make_environment, make_matrix

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
names = words.filter(str.strip)


@st.composite
def matrices(draw: st.DrawFn) -> v.Matrix:
    criteria = tuple(
        v.Criterion(
            f"criterion-{n}",
            draw(names),
            tuple(v.Level(code, name=draw(words), tone=draw(st.sampled_from(v.Tone))) for code in codes),
        )
        for n, codes in enumerate(draw(st.lists(st.lists(names, unique=True, max_size=3), max_size=2)))
    )
    issues = tuple(v.KnownIssue(code, draw(words)) for code in draw(st.lists(names, unique=True, max_size=2)))
    slugs = iter(f"environment-{n}" for n in range(99))
    sections = tuple(
        v.Section(name, draw(words), tuple(draw(environments(criteria, issues, next(slugs))) for _ in range(n)))
        for name, n in draw(st.lists(st.tuples(names, st.integers(0, 2)), max_size=3, unique_by=lambda one: one[0]))
    )
    return v.Matrix(draw(names), draw(words), criteria, (), sections, issues, draw(words))


@st.composite
def environments(
    draw: st.DrawFn, criteria: tuple[v.Criterion, ...], issues: tuple[v.KnownIssue, ...], slug: str
) -> v.Environment:
    cells = tuple(
        v.Cell(
            one.key,
            draw(words),
            tuple(
                v.Rating(level, draw(st.booleans()), draw(words))
                for level in draw(st.lists(st.sampled_from([None, *(level.code for level in one.levels)]), max_size=2))
            ),
        )
        for one in criteria
    )
    retired = draw(st.none() | st.builds(v.Retirement, date=st.dates(), reason=names))
    return v.Environment(
        draw(names),
        slug,
        cells,
        owners=tuple(draw(st.lists(names, max_size=2))),
        owner_written=draw(words),
        references=tuple(v.Reference(label) for label in draw(st.lists(names, max_size=2))),
        notes=draw(words),
        issues=tuple(issue.code for issue in issues if draw(st.booleans())),
        texts=tuple(draw(st.lists(st.tuples(words, words), max_size=2))),
        overflow=tuple(draw(st.lists(words, max_size=2))),
        missing=draw(st.integers(0, 3)),
        catch_all=draw(st.booleans()),
        retired=retired,
    )


def retired_last(matrix: v.Matrix) -> v.Matrix:
    sections = [
        replace(one, environments=tuple(sorted(one.environments, key=lambda row: row.retired is not None)))
        for one in matrix.sections
    ]
    return replace(matrix, sections=tuple(sections))


class RowsTest(TestCase):
    @given(matrices(), matrices())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def test_rows_say_what_the_last_value_said(self, first: v.Matrix, second: v.Matrix) -> None:
        with transaction.atomic():
            row = Matrix.objects.create(slug="any", title="Any")
            for value in (first, second):
                gone = {one.slug for _, one in first.environments()} - {one.slug for _, one in value.environments()}
                row.environments.filter(slug__in=gone).delete()
                importer.load(row, value)
                assert read_matrix(row) == retired_last(value)
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_reading_a_matrix_costs_the_same_for_one_row_and_for_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    matrix = make_matrix()
    make_environment(matrix, "EC2", owner="@org/team")
    with django_assert_num_queries(10):
        read_matrix(matrix)
    make_environment(matrix, "GCE", "L1", owner="Kai")
    make_environment(matrix, "Yandex", "x")
    with django_assert_num_queries(10):
        read_matrix(matrix)


@pytest.mark.django_db
def test_a_retired_environment_stands_at_the_end_of_its_section() -> None:
    matrix = make_matrix()
    make_environment(matrix, "COSI", "x", retired_on=dt.date(2021, 5, 11), retired_reason="It ended")
    make_environment(matrix, "EC2")
    assert [one.name for _, one in read_matrix(matrix).environments()] == ["EC2", "COSI"]
