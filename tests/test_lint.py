"""What is odd in a matrix is found, and what is not odd is let be."""

import pytest

from interop.document.reader import read
from interop.lint import Finding, lint
from tests.corpus import CORPUS, needs_corpus

HEADER = "# T\n\n* L1: all, in release tests\n* L4: with documented caveats\n\n"
TABLE = "| Environment | Level | Tested | Owner | Reference | Notes |\n|-|-|-|-|-|-|\n"


def findings(row: str, text: str = HEADER) -> list[tuple[str, str]]:
    return [(one.rule, one.environment) for one in lint(read(f"{text}{TABLE}{row}\n")[0])]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| A | L1 | X | @ann | | |", []),
        ("| A | | | [no owner] | | |", []),
        ("| A | L1 | | [no owner] | | |", [("tested without owner", "a")]),
        ("| A | | X | | | |", [("tested without owner", "a")]),
        ("| A | L1 ? | | [no owner] | | |", []),
        ("| A | L4 | | @ann | | |", [("partial without note", "a")]),
        ("| A | L4 (no GPU) | | @ann | | |", []),
        ("| A | L4 | | @ann | | no GPU |", []),
        ("| A | x | | @ann | | |", [("level without meaning", "")]),
        ("| A | L1 | X | @ann | | | more |", [("cell too many", "a")]),
        ("| A | L1 | X | @ann | |", [("cell too few", "a")]),
        ("| A | @ann/team | | @ann | | |\n| B | L1 | | @ann | | |", [("words without level", "a")]),
        ("| A | L1 | | @ann | #7 | |", [("dead reference", "a")]),
        ("| A | L1 | | @ann | https://example.org | |", []),
        ("| A | L1 | | @ann | | |\n| a | L1 | | @ann | | |", [("name twice", "a"), ("name twice", "a-2")]),
    ],
)
def test_an_odd_row_is_found(row: str, found: list[tuple[str, str]]) -> None:
    assert findings(row) == found


def test_a_reference_that_the_tracker_knows_is_not_dead() -> None:
    matrix = read(f"{HEADER}{TABLE}| A | L1 | | @ann | #7 | |")[0]
    assert lint(matrix, tracker_url="https://example.org/issues") == ()


def test_a_text_that_names_a_level_of_old_is_found() -> None:
    matrix = read(f"# T\n\nOwners test (L2 and above), gold too.\n\n{TABLE}| A | X | | @ann | | |")[0]
    assert [one.text for one in lint(matrix, former=["gold", "X"])] == [
        "The introduction names 'L2', which is no level of this matrix.",
        "The introduction names 'gold', which is no level of this matrix.",
    ]


def test_issues_without_definition_or_environment_are_found() -> None:
    table = "| Provider | Status | Known issues |\n|-|-|-|\n| A | ok | `Late` |"
    matrix = read(f"# T\n\n{table}\n\n## Known issues\n\n* `Slow`: is slow\n")[0]
    assert lint(matrix) == (
        Finding("issue of nothing", "", "No environment has the known issue 'Slow'."),
        Finding("issue without definition", "", "The known issue 'Late' is not defined."),
    )


@needs_corpus
def test_the_oddities_of_the_corpus_are_found() -> None:
    found = lint(read((CORPUS / "flatcar/interop-matrix/2021-04-30_a372cf6.md").read_text())[0])
    assert {(one.rule, one.environment) for one in found} == {
        ("level without meaning", ""),
        ("dead reference", "ec2"),
        ("cell too many", "oracle-cloud"),
        ("partial without note", "azure-stack"),
        ("tested without owner", "eks"),
    }
