"""Laws of matrix documents, each held by 2,000 matrices read from documents made from seeds; a failure names its seed.

What Markdown carries: everything of a matrix but the tones of its levels and the addresses of its environments, which
are told from the rest, and environments that are retired, which a document leaves out.
"""

import os

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from interop.document import DocumentError
from interop.document import values as v
from interop.document.reader import account, read
from interop.document.writer import write
from interop.exporter import read_matrix
from interop.importer import load
from interop.markdown import lines
from interop.models import Matrix
from tests.databases import share
from tests.seeded_matrices import MatrixPen

EXAMPLES = int(os.environ.get("LAWS", "2000"))


def matrix_of(seed: int, *, whole: bool = True) -> tuple[str, v.Matrix] | None:
    """A document and its matrix; None where it is no matrix."""
    text = MatrixPen(seed).document() if whole else MatrixPen(seed).part()
    try:
        return text, read(text, name="where.md")[0]
    except DocumentError:
        return None


def test_any_matrix_is_read_as_it_was_written_and_every_line_has_its_place() -> None:
    """So is what was written written again as it was: `write` is a function of the value."""
    found = 0
    for seed in range(EXAMPLES):
        text, matrix = matrix_of(seed, whole=seed % 3 == 0) or ("", None)
        if matrix:
            assert read(write(matrix), name="where.md")[0] == matrix, seed
            assert sorted(account(text)) == [n for n, line in enumerate(lines(text), 1) if line.strip()], seed
            found += 1
    assert found > EXAMPLES * 0.95


@pytest.mark.django_db
def test_rows_hold_any_matrix() -> None:
    held, examples = 0, share(EXAMPLES)
    for seed in range(examples):
        _, matrix = matrix_of(seed, whole=seed % 20 == 0) or ("", None)
        if matrix:
            with transaction.atomic():
                held += holds(matrix, seed)
                transaction.set_rollback(True)
    assert held > examples * 0.9


def holds(matrix: v.Matrix, seed: int) -> bool:
    """Whether rows took the matrix; then they give it back. What is too long for them is refused."""
    row = Matrix.objects.create(slug="where", title="Where")
    try:
        load(row, matrix, old=v.Matrix("Where"))
    except ValidationError:
        return False
    assert read_matrix(Matrix.objects.get(pk=row.pk)) == matrix, seed
    return True
