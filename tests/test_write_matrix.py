"""A matrix written as Markdown is the same matrix when it is read again."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from interop.document.compare import compare
from interop.document.identity import carry_slugs, retire_missing
from interop.document.reader import account, read
from interop.document.replay import replay, settled
from interop.document.values import Environment, KnownIssue, Matrix, Retirement, Section
from interop.document.writer import write
from tests.corpus import CORPUS, needs_corpus
from tests.generated_matrices import documents

GONE = Retirement(dt.date(2021, 5, 11), "It ended.\nFor good.", "other")

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def corpus() -> list[str]:
    texts = [path.read_text() for path in sorted((CORPUS / "flatcar/interop-matrix").glob("*.md"))]
    status = next((CORPUS / "seeds").glob("004_*.txt")).read_text()
    return [*texts, status.encode("cp1252").decode()]


@needs_corpus
@pytest.mark.parametrize("number", range(8))
def test_a_document_of_the_corpus_is_read_again_as_it_was(number: int) -> None:
    matrix = read(corpus()[number])[0]
    written = write(matrix)
    assert read(written)[0] == matrix
    assert write(read(written)[0]) == written


@given(documents())
@some
def test_what_was_written_is_read_as_it_was(text: str) -> None:
    matrix = read(text)[0]
    written = write(matrix)
    assert read(written)[0] == matrix
    assert write(read(written)[0]) == written


@given(documents())
@some
def test_every_line_has_its_place(text: str) -> None:
    assert sorted(account(text)) == [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]


@given(documents(), documents())
@some
def test_changes_applied_to_one_document_make_the_other(old: str, new: str) -> None:
    before = read(old)[0]
    after = retire_missing(before, carry_slugs(before, read(new)[0]), GONE)
    assert settled(replay(before, compare(before, after))) == settled(after)
    assert settled(replay(None, compare(None, after))) == settled(after)
    assert compare(after, after) == ()


def matrix_of(*environments: Environment) -> Matrix:
    text = "# T\n\n| Environment | Works | Owner | Reference | Notes |\n|-|-|-|-|-|\n| A | X | [no owner] | | |"
    matrix = read(text)[0]
    return (
        replace(matrix, sections=(replace(matrix.sections[0], environments=environments),)) if environments else matrix
    )


def rows(matrix: Matrix) -> list[str]:
    return [line for line in write(matrix).splitlines() if line.startswith("|")][2:]


def test_columns_are_aligned_and_pipes_are_guarded() -> None:
    first = matrix_of().sections[0].environments[0]
    written = write(matrix_of(replace(first, notes="a | b"), replace(first, name="Longer", notes="one\ntwo")))
    table = [line for line in written.splitlines() if line.startswith("|")]
    assert table[2].endswith(r"| a \| b     |")
    assert table[3].endswith("| one<br>two |")
    assert len({len(line) for line in table}) == 1


def test_a_retired_environment_is_not_written() -> None:
    first = matrix_of().sections[0].environments[0]
    assert len(rows(matrix_of(first, replace(first, name="Gone", slug="gone", retired=GONE)))) == 1


def test_what_a_form_changed_is_written_although_the_old_words_stand_beside_it() -> None:
    first = matrix_of().sections[0].environments[0]
    renamed = replace(first, name="B", name_written="[A](https://example.org)", owners=("@ann", "Upstream"))
    assert rows(matrix_of(renamed))[0].startswith("| B           | X     | @ann, Upstream |")


def test_a_name_that_looks_like_markup_is_written_so_that_it_is_read_as_it_is() -> None:
    first = matrix_of().sections[0].environments[0]
    written = write(matrix_of(replace(first, name="*any* `os`"), replace(first, name="Rest", catch_all=True)))
    found = [(one.name, one.catch_all) for _, one in read(written)[0].environments()]
    assert found == [("*any* `os`", False), ("Rest", True)]


def test_a_section_left_only_for_retired_rows_is_not_written() -> None:
    matrix = matrix_of()
    resting = replace(matrix.sections[0].environments[0], retired=GONE)
    kept = replace(matrix, sections=(*matrix.sections, Section("Old", environments=(resting,), table=False)))
    assert "Old" not in write(kept)


def test_cells_of_criteria_and_columns_a_table_lacks_are_written_with_a_column_of_their_own() -> None:
    text = "# T\n## A\n| Environment | Works |\n|-|-|\n| E | X |\n## B\n| Environment | Tested |\n|-|-|\n| F | X |"
    matrix = read(text)[0]
    moved = replace(
        matrix.sections[1], environments=(*matrix.sections[1].environments, matrix.sections[0].environments[0])
    )
    written = write(replace(matrix, sections=(replace(matrix.sections[0], environments=()), moved)))
    assert "| Environment | Tested | Works |" in written


def test_known_issues_nobody_names_are_written_all_the_same() -> None:
    matrix = replace(matrix_of(), known_issues=(KnownIssue("Late"), KnownIssue("Slow", "It is slow.")))
    assert read(write(matrix))[0].known_issues == matrix.known_issues
