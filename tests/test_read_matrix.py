"""Matrix documents of every kind become values, and no line of them is lost."""

import json
from typing import Any

import pytest

from interop.document import DocumentError
from interop.document.reader import account, read
from interop.document.values import Column, Environment, KnownIssue, Level, Matrix, Reference, Role, Section, Unread
from tests.corpus import CORPUS, needs_corpus

HEADERS = "| Environment | Works | Owner |\n|---|---|---|"


def seed(number: str) -> str:
    text = next((CORPUS / "seeds").glob(f"{number}_*.txt")).read_text()
    return text.encode("cp1252").decode() if number == "004" else text


def truth(name: str) -> Any:
    return json.loads((CORPUS / "truth" / "seeds" / f"{name}.json").read_text())


def matrix_of(text: str, name: str = "") -> Matrix:
    return read(text, name=name)[0]


def rows(matrix: Matrix) -> list[Environment]:
    return [one for _, one in matrix.environments()]


def cells(one: Environment, matrix: Matrix) -> list[str]:
    """The cells of a row as a reader of the document sees them."""
    own = {Role.ENVIRONMENT: one.name, Role.OWNER: one.owner_written, Role.REFERENCE: one.reference_written}
    own |= {Role.NOTES: one.notes, Role.ISSUES: one.issues_written}
    shown = [one.cell(column.criterion).written if column.criterion else own[column.role] for column in matrix.columns]
    return [*shown, *one.overflow]


@needs_corpus
def test_the_levels_matrix_is_read_as_the_truth_has_it() -> None:
    wanted, matrix = truth("000_interop_matrix"), matrix_of(seed("000"))
    assert matrix.title == wanted["title"]
    assert [section.name for section in matrix.sections] == [one["title"] for one in wanted["sections"]]
    found = [[cells(one, matrix) for one in section.environments] for section in matrix.sections]
    assert found == [[row["cells"] for row in section["rows"]] for section in wanted["sections"]]
    declared = [(level.code, level.meaning) for level in matrix.criteria[0].levels if level.meaning]
    assert declared == [(one["key"], one["text"]) for one in wanted["legend"]]
    assert [level.code for level in matrix.criteria[0].levels if not level.meaning] == ["x", "?"]
    assert sum(not one.owners for one in rows(matrix)) == wanted["owners_as_written"]["[no owner]"]
    assert matrix.introduction == f"{wanted['preamble']}\n\n{wanted['ownership_text']}".replace(" / Please", "\nPlease")


@needs_corpus
def test_a_cell_too_many_is_kept_and_said() -> None:
    matrix, remarks = read(seed("000"))
    assert next(one for one in rows(matrix) if one.overflow).overflow == ("install via Ubuntu on OCI bare metal",)
    assert [remark.line for remark in remarks] == [27]
    assert "6 cells, its header 5" in remarks[0].text


@needs_corpus
def test_the_status_matrix_is_read_as_the_truth_has_it() -> None:
    wanted, matrix = truth("004_liqo_compatibility"), matrix_of(seed("004"))
    found = [(one.name_written or one.name, one.cell("status").written, list(one.issues)) for one in rows(matrix)]
    assert found == [(row["provider"], row["status"], row["issue_tags"]) for row in wanted["table"]["rows"]]
    levels = [(level.symbol, level.name, level.meaning) for level in matrix.criteria[0].levels]
    assert levels == [(one["symbol"], one["label"], one["text"]) for one in wanted["legend"]]
    assert [issue.code for issue in matrix.known_issues] == [one["tag"] for one in wanted["issue_definitions"]]
    assert [one.name for one in rows(matrix) if one.catch_all] == ["Your K8s Distribution"]
    assert not matrix.names_owners


@needs_corpus
def test_rows_too_short_stand_as_they_are_shown() -> None:
    text = (CORPUS / "flatcar/interop-matrix/2021-05-03_e05e2e6.md").read_text()
    matrix, remarks = read(text)
    short = [one for one in rows(matrix) if one.missing]
    assert [(one.name, one.missing, one.owner_written) for one in short] == [
        (n, 1, "") for n in ("CAPV", "CAPM3", "CAPG")
    ]
    assert [(one.cell("works").ratings[0].level, one.cell("works").ratings[0].words) for one in short] == [
        (None, "[no owner]")
    ] * 3
    assert {remark.line for remark in remarks} == {54, 55, 56}


@needs_corpus
@pytest.mark.parametrize("version", range(7))
def test_every_line_of_the_history_has_its_place(version: int) -> None:
    text = sorted((CORPUS / "flatcar/interop-matrix").glob("*.md"))[version].read_text()
    assert sorted(account(text)) == [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]


@pytest.mark.parametrize(
    ("document", "sections"),
    [
        (f"# T\n\n{HEADERS}\n| A | X | me |", [""]),
        (f"## T\n\n{HEADERS}\n| A | X | me |", [""]),
        (f"T\n=\n\nS\n-\n\n{HEADERS}\n| A | X | me |", ["S"]),
        (f"# T\n## S\n{HEADERS}\n| A | X | me |\n\nmore\n\n{HEADERS}\n| B | | |", ["S", "S"]),
        (f"# T\n## S\n### U\n{HEADERS}\n| A | X | me |\n### V\n{HEADERS}\n| B | | |", ["S", "U", "V"]),
        (f"# T\n## About\nwords\n## S\n{HEADERS}\n| A | X | me |\n## End\nwords", ["S"]),
        (f"# S\n{HEADERS}\n| A | X | me |\n# V\n{HEADERS}\n| B | X | |", ["S", "V"]),
        ("# T\n\nPlatform | Works | Contact\n:-- | :-: | --\nA | X | me\n", [""]),
    ],
)
def test_sections_are_the_headings_above_tables(document: str, sections: list[str]) -> None:
    matrix = matrix_of(document)
    assert [section.name for section in matrix.sections] == sections
    assert rows(matrix)[0].cell("works").written == "X"
    assert rows(matrix)[0].owners == ("me",)


def test_rows_that_only_name_a_group_are_sections() -> None:
    groups = "| Z | X | |\n| **Public** | | |\n| A | X | me |\n| **Private** |\n| B | | |\n| | | |"
    matrix = matrix_of(f"# T\n## S\n{HEADERS}\n{groups}")
    found = [(one.name, one.level, [row.name for row in one.environments], one.placeholders) for one in matrix.sections]
    assert found == [("S", 2, ["Z"], 0), ("Public", 3, ["A"], 0), ("Private", 3, ["B"], 1)]


def test_a_bold_row_above_nothing_is_an_environment() -> None:
    matrix = matrix_of(f"# T\n## S\n{HEADERS}\n| A | X | me |\n| **B** | | |")
    assert [one.name for one in rows(matrix)] == ["A", "B"]


def test_columns_are_known_by_their_headers() -> None:
    header = "| Remarks | Tracking issue | Maintainer | Since | Platform | Boots |\n|-|-|-|-|-|-|"
    one = rows(matrix_of(f"{header}\n| fine | #1 | @a | 2020 | EC2 | yes |"))[0]
    assert (one.name, one.notes, one.owners, one.references) == ("EC2", "fine", ("@a",), (Reference("#1"),))
    assert (one.cell("boots").written, one.texts) == ("yes", (("Since", "2020"),))


def test_tables_may_have_columns_of_their_own() -> None:
    matrix = matrix_of(f"# T\n## A\n{HEADERS}\n| E | X | me |\n## B\n| Environment | Tested |\n|-|-|\n| F | X |")
    assert [criterion.key for criterion in matrix.criteria] == ["works", "tested"]
    assert matrix.sections[1].columns == (
        Column(Role.ENVIRONMENT, "Environment"),
        Column(Role.CRITERION, "Tested", "tested"),
    )


@pytest.mark.parametrize(
    ("legend", "introduction"),
    [
        ("Support levels:\n* X: it works\n* o: it does not", "Support levels:"),
        ("## Legend\n\n- X = it works\n- o = it does not", "## Legend"),
        ("Legend: X = it works, o = it does not", ""),
        ("| Mark | Meaning |\n|-|-|\n| X | it works |\n| o | it does not |", ""),
        ("**Key:**\n\n1. X - it works\n2. o - it does not", "**Key:**"),
    ],
)
def test_a_legend_is_read_in_whatever_form(legend: str, introduction: str) -> None:
    matrix = matrix_of(f"# T\n\nWords.\n\n{legend}\n\n## S\n\n{HEADERS}\n| A | X | me |\n| B | o | me |")
    assert [(level.code, level.meaning) for level in matrix.criteria[0].levels] == [
        ("X", "it works"),
        ("o", "it does not"),
    ]
    assert (matrix.introduction, matrix.criteria[0].legend) == ("Words.", introduction)


def test_a_list_of_other_things_is_no_legend() -> None:
    matrix = matrix_of(f"# T\n\nSee also:\n* Docs: here\n* Chat: there\n\n{HEADERS}\n| A | X | me |")
    assert matrix.introduction == "See also:\n* Docs: here\n* Chat: there"
    assert matrix.criteria[0].levels[0].meaning == ""


def test_a_legend_belongs_to_the_criteria_that_use_it() -> None:
    text = "# T\n\n* L1: all\n* L2: some\n\n| Environment | Level | Boots |\n|-|-|-|\n| A | L1 | X |\n| B | L2 | X |"
    level, boots = matrix_of(text).criteria
    assert [one.meaning for one in level.levels] == ["all", "some"]
    assert boots.levels == (Level("X", tone=boots.levels[0].tone),)


def test_blank_rows_are_counted_and_text_around_tables_is_kept() -> None:
    section, last = matrix_of(
        f"# T\n## S\nAbove.\n{HEADERS}\n| A | X | |\n| | | |\nBelow.\n## V\n{HEADERS}\n| B | X | |\n\n### End\nWords."
    ).sections
    assert section == Section("S", "Above.", section.environments, 1, conclusion="Below.")
    assert (len(section.environments), last.conclusion) == (1, "")


def test_known_issues_named_but_not_defined_are_known_all_the_same() -> None:
    table = "| Provider | Status | Known issues |\n|-|-|-|\n| A | ok | `B`, `C` |"
    matrix = matrix_of(f"# T\n\n{table}\n\n## Known issues\n\n* `C`: breaks\n  late\n")
    assert matrix.known_issues == (KnownIssue("C", "breaks\nlate"), KnownIssue("B"))
    assert (matrix.issues_introduction, matrix.conclusion) == ("", "")


def test_front_matter_names_the_matrix_and_is_kept() -> None:
    matrix, remarks = read(
        f"---\ntitle: Where it runs\n---\n## A\n{HEADERS}\n| E | X | |\n## B\n{HEADERS}\n| F | X | |"
    )
    assert matrix.title == "Where it runs"
    assert matrix.unread == (Unread(1, "---"), Unread(2, "title: Where it runs"), Unread(3, "---"))
    assert [remark.line for remark in remarks] == [1]


def test_a_file_name_names_a_matrix_that_nothing_else_does() -> None:
    assert matrix_of(f"{HEADERS}\n| A | X | |", name="2021-05-11_support-matrix.md").title == "Support matrix"


def test_a_row_without_a_name_is_kept_and_said() -> None:
    matrix, remarks = read(f"# T\n\n{HEADERS}\n| A | X | |\n| | o | me |")
    assert [one.slug for one in rows(matrix)] == ["a", "unnamed"]
    assert "names no environment" in remarks[0].text


def test_a_rule_of_the_wrong_width_does_not_undo_a_table() -> None:
    matrix, remarks = read("# T\n\n| Environment | Works | Owner |\n|---|---|\n| A | X | me |")
    assert rows(matrix)[0].owners == ("me",)
    assert [remark.line for remark in remarks] == [4]


def test_a_document_without_a_table_is_refused_in_a_sentence() -> None:
    with pytest.raises(DocumentError, match="holds no table"):
        read("# T\n\nWords.")


def test_two_rows_of_one_name_have_two_addresses() -> None:
    matrix, remarks = read(f"# T\n\n{HEADERS}\n| A | X | |\n| A | | |")
    assert [one.slug for one in rows(matrix)] == ["a", "a-2"]
    assert len(remarks) == 2
