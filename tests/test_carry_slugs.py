"""A document read afresh gets from the matrix before it what no document says."""

import datetime as dt
from dataclasses import replace

import pytest

from interop.document.identity import carry_slugs, retire_missing
from interop.document.reader import read
from interop.document.values import Cell, Environment, Matrix, Rating, Retirement, Tone

GONE = Retirement(dt.date(2021, 5, 11), "It ended.")
HEADER = "| Environment | Level | Owner | Notes |\n|-|-|-|-|"
CLOUDS = f"""# Where it runs

## Public cloud (machines)

{HEADER}
| EC2 | L1 | @org/team | fine |
| Kubematic | L2 | [no owner] | |
| Tencent | x | [no owner] | |
| AliCloud | x | [no owner] | |

## Clusters (k8s)

{HEADER}
| EKS | L2 | [no owner] | |
| AKS Engine | L3 | [no owner] | see above |
| GiantSwarm | L1 | Provider | |

## Other

{HEADER}
| COSI | x | [no owner] | |
"""


def matrix_of(text: str = CLOUDS) -> Matrix:
    return read(text)[0]


def rows(matrix: Matrix) -> dict[str, Environment]:
    return {one.slug: one for _, one in matrix.environments()}


def slugs(old: Matrix, *edits: tuple[str, str]) -> dict[str, str]:
    """The names of the environments by address, after these edits of the document."""
    text = CLOUDS
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return {slug: one.name for slug, one in rows(carry_slugs(old, matrix_of(text))).items()}


@pytest.mark.parametrize(
    ("edit", "slug", "name"),
    [
        (("| Kubematic |", "| Kubermatic |"), "kubematic", "Kubermatic"),
        (("| EC2 |", "| Amazon Elastic Compute |"), "ec2", "Amazon Elastic Compute"),
        (("| AKS Engine | L3 |", "| AKS Engine (classic) | L2 |"), "aks-engine", "AKS Engine (classic)"),
        (("| EC2 |", "| **EC2** |"), "ec2", "EC2"),
        (("| EC2 |", "| ec2 |"), "ec2", "ec2"),
        (("| Tencent |", "| Tencent Cloud |"), "tencent", "Tencent Cloud"),
    ],
)
def test_a_renamed_environment_keeps_its_address(edit: tuple[str, str], slug: str, name: str) -> None:
    found = slugs(matrix_of(), edit)
    assert found[slug] == name
    assert len(found) == 8


def test_rows_renamed_one_below_the_other_keep_their_addresses() -> None:
    found = slugs(matrix_of(), ("| Tencent |", "| Cloud of T |"), ("| AliCloud |", "| Cloud of A |"))
    assert (found["tencent"], found["alicloud"]) == ("Cloud of T", "Cloud of A")


@pytest.mark.parametrize(
    "edit",
    [
        ("| EC2 | L1 | @org/team | fine |", "| Vultr | L3 | [no owner] | |"),
        ("| GiantSwarm | L1 | Provider | |", "| GiantSwarm 2 | L1 | Upstream | other |"),
        ("| Kubematic | L2 | [no owner] | |\n", ""),
    ],
)
def test_what_may_be_another_environment_is_another_one(edit: tuple[str, str]) -> None:
    old = matrix_of()
    assert len(set(rows(old)) - set(slugs(old, edit))) == 1


def test_a_row_that_moves_to_a_renamed_section_keeps_its_address() -> None:
    row = "| AKS Engine | L3 | [no owner] | see above |\n"
    found = slugs(matrix_of(), (row, ""), ("## Other", "## Others"), ("| COSI |", f"{row}| COSI |"))
    assert found["aks-engine"] == "AKS Engine"
    assert found["cosi"] == "COSI"


def test_of_two_rows_of_one_name_each_keeps_its_own_address() -> None:
    table = f"# T\n\n{HEADER}\n| Ubuntu | L1 | | 20.04 |\n| Ubuntu | L2 | | 22.04 |\n"
    old = matrix_of(table)
    new = carry_slugs(old, matrix_of(table.replace("| Ubuntu | L1 | | 20.04 |\n", "")))
    assert [(slug, one.notes) for slug, one in rows(new).items()] == [("ubuntu-2", "22.04")]


def test_a_new_environment_gets_no_address_that_was_anothers() -> None:
    old = retire_missing(matrix_of(), matrix_of(CLOUDS.replace("| COSI | x |", "| K3s! | x |")), GONE)
    assert old.sections[2].environments[1].slug == "cosi"
    new = carry_slugs(
        old, matrix_of(CLOUDS.replace("| COSI | x |", "| K3s! | x |") + "| K3s | L1 | | |\n| K-3-s | | | |\n")
    )
    assert [one.slug for one in new.sections[2].environments] == ["k3s", "k3s-2", "k-3-s", "cosi"]


def test_a_retired_environment_comes_back_by_its_name_alone() -> None:
    old = retire_missing(matrix_of(), matrix_of(CLOUDS.replace("| COSI | x | [no owner] | |\n", "")), GONE)
    assert rows(old)["cosi"].retired == GONE
    assert rows(carry_slugs(old, matrix_of()))["cosi"].retired is None
    moved = carry_slugs(old, matrix_of(CLOUDS.replace("| COSI | x |", "| CSI | x |")))
    assert (rows(moved)["csi"].name, rows(moved)["cosi"].retired) == ("CSI", GONE)


def test_retired_environments_stay_at_the_end_of_what_became_of_their_section() -> None:
    old = matrix_of()
    new = matrix_of(
        CLOUDS.replace("## Clusters (k8s)", "## Managed Kubernetes").replace("| EKS | L2 | [no owner] | |\n", "")
    )
    kept = retire_missing(old, carry_slugs(old, new), GONE)
    assert [(one.slug, one.retired) for one in kept.sections[1].environments] == [
        ("aks-engine", None),
        ("giantswarm", None),
        ("eks", GONE),
    ]


def test_a_section_that_went_stays_for_its_retired_environments_without_a_table() -> None:
    old = matrix_of()
    kept = retire_missing(old, carry_slugs(old, matrix_of(CLOUDS.split("## Other")[0])), GONE)
    assert (kept.sections[2].name, kept.sections[2].table) == ("Other", False)
    assert [one.slug for one in kept.sections[2].environments] == ["cosi"]


def test_cells_and_levels_that_went_are_not_kept_in_retired_rows() -> None:
    text = "# T\n## Other\n| Environment | Works |\n|-|-|\n| EC2 | X |\n"
    kept = retire_missing(matrix_of(), carry_slugs(matrix_of(), matrix_of(text)), GONE)
    assert rows(kept)["cosi"].cells == ()
    fewer = matrix_of(CLOUDS.replace("| x |", "| L1 |").replace("| COSI | L1 | [no owner] | |\n", ""))
    kept = retire_missing(matrix_of(), carry_slugs(matrix_of(), fewer), GONE)
    assert rows(kept)["cosi"].cells == (Cell("level", "x", (Rating(None, words="x"),)),)


def test_a_tone_that_somebody_chose_is_kept() -> None:
    old = matrix_of()
    criterion = old.criteria[0]
    levels = tuple(replace(one, tone=Tone.CAVEAT if one.code == "L2" else one.tone) for one in criterion.levels)
    new = carry_slugs(replace(old, criteria=(replace(criterion, levels=levels),)), matrix_of())
    assert {one.code: one.tone for one in new.criteria[0].levels}["L2"] is Tone.CAVEAT


def test_variants_named_for_a_cell_are_kept_while_it_says_the_same() -> None:
    text = CLOUDS.replace("| EC2 | L1 |", "| EC2 | L1 / L2 |")
    old = matrix_of(text)
    first, *others = old.sections[0].environments
    ratings = (Rating("L1", variant="VMs"), Rating("L2", variant="metal"))
    known = replace(first, cells=(replace(first.cells[0], ratings=ratings),))
    sections = (replace(old.sections[0], environments=(known, *others)), *old.sections[1:])
    assert rows(carry_slugs(replace(old, sections=sections), matrix_of(text)))["ec2"].cells[0].ratings == ratings


def test_a_criterion_under_a_new_header_keeps_its_key() -> None:
    new = carry_slugs(matrix_of(), matrix_of(CLOUDS.replace("| Level |", "| Support level |")))
    assert [(one.key, one.name) for one in new.criteria] == [("level", "Support level")]
    assert rows(new)["ec2"].cell("level").written == "L1"
    assert [column.criterion for column in new.columns] == ["", "level", "", ""]
