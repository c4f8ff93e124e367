"""Hundreds of edits through the desk's forms, then going back and undoing: all of it is the sum of its changes."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from interop.exporter import read_matrix
from interop.history import value_of
from interop.models import Change, Matrix, Revision
from interop.verify import verify
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_editor
from tests.matrix_edits import Editor, make_documented

pytestmark = pytest.mark.django_db


def test_five_hundred_edits_then_restored_and_undone_are_the_sum_of_their_changes() -> None:
    matrix = make_documented()
    editor = Editor(matrix, make_editor(), seed=7)
    made = [editor.edit() for _ in range(500)]
    assert sum(one is not None for one in made) > 400
    kinds = set(Change.objects.filter(revision__number__gt=1).values_list("what", flat=True))
    assert kinds >= {"added", "retired", "renamed", "moved", "rated", "owner", "reference", "note", "issue", "text"}
    assert set(Revision.objects.values_list("kind", flat=True)) == {"change", "correction"}
    slugs = set(matrix.environments.values_list("slug", flat=True))
    last = matrix.revisions.count()
    for number in (1, last // 2, last - 1):
        assert editor.restore(number) is not None
        active = [one for _, one in read_matrix(matrix).environments() if not one.retired]
        then = value_of(matrix.revisions.get(number=number))
        assert active == [one for _, one in then.environments() if not one.retired]
    assert editor.restore(matrix.revisions.count() - 1) is not None
    assert set(matrix.environments.values_list("slug", flat=True)) == slugs
    assert verify(matrix) is None


@needs_corpus
def test_going_back_over_a_change_of_criteria_and_sections_and_forth_again_is_sound(client: Client) -> None:
    call_command("import_matrix", str(CORPUS / "flatcar" / "interop-matrix"), matrix="flatcar", stdout=StringIO())
    matrix = Matrix.objects.get()
    editor = Editor(matrix, make_editor(), seed=1)
    editor.day = dt.date(2025, 3, 3)
    first, last = (value_of(matrix.revisions.get(number=number)) for number in (1, 7))
    assert editor.restore(1) is not None
    matrix.refresh_from_db()
    now = read_matrix(matrix)
    assert [one.name for one in now.criteria] == ["Support level"]
    assert [one for _, one in now.environments() if not one.retired] == [one for _, one in first.environments()]
    assert {one.slug for _, one in now.environments() if one.retired} == {"brightbox", "capo"}
    assert verify(matrix) is None
    assert editor.restore(7) is not None
    matrix.refresh_from_db()
    assert read_matrix(matrix).criteria == last.criteria
    page = client.get("/interop/flatcar/diff.json?from=revision:7").json()
    assert page["environments"] == []
    assert verify(matrix) is None
