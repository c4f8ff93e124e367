"""The difference of two values of a matrix, with what became of each environment named."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from communitycalls.desk.cells import with_cell, with_owners
from interop.difference import Difference, difference_of, rank_of
from interop.document import values as v
from interop.exporter import read_matrix
from tests.make import make_environment, make_matrix

pytestmark = pytest.mark.django_db

JUNE = dt.date(2021, 6, 8)


def edited(value: v.Matrix, slug: str, change: Callable[[v.Environment], v.Environment]) -> v.Matrix:
    section = value.sections[0]
    rows = tuple(change(one) if one.slug == slug else one for one in section.environments)
    return replace(value, sections=(replace(section, environments=rows), *value.sections[1:]))


def rate(value: v.Matrix, slug: str, cell: str) -> v.Matrix:
    return edited(value, slug, lambda one: with_cell(one, value.criteria[0], cell, ["support-level"]))


def own(value: v.Matrix, slug: str, owners: str) -> v.Matrix:
    return edited(value, slug, lambda one: with_owners(one, owners, value))


def signs(difference: Difference) -> dict[str, list[str]]:
    return {fate.name: [line.sign.key if line.sign else "" for line in fate.lines] for fate in difference.fates}


def value_with(*names: str) -> v.Matrix:
    matrix = make_matrix()
    for name in names:
        make_environment(matrix, name)
    return read_matrix(matrix)


@pytest.mark.parametrize(
    ("was", "now", "sign"),
    [
        ("L2", "L1", "promoted"),
        ("x", "L2", "promoted"),
        ("L1", "L2", "demoted"),
        ("L1", "x", "demoted"),
        ("L1", "L1 / L2", "demoted"),
        ("L1", "L1 ?", ""),
        ("L1", "L1 (on arm64)", ""),
        ("", "L1", ""),
        ("L1", "", ""),
    ],
)
def test_a_better_level_is_a_promotion_and_a_worse_one_a_demotion(was: str, now: str, sign: str) -> None:
    value = rate(value_with("EC2"), "ec2", was)
    assert signs(difference_of("support", value, rate(value, "ec2", now))) == {"EC2": [sign]}


@pytest.mark.parametrize("tone", [v.Tone.UNKNOWN, v.Tone.BLANK])
def test_unknown_and_blank_are_neither_better_nor_worse(tone: v.Tone) -> None:
    value = rate(value_with("EC2"), "ec2", "x")
    levels = tuple(replace(one, tone=tone) if one.code == "x" else one for one in value.criteria[0].levels)
    odd = replace(value, criteria=(replace(value.criteria[0], levels=levels),))
    assert rank_of(odd, next(odd.environments())[1], "support-level") is None
    assert signs(difference_of("support", odd, rate(odd, "ec2", "L1"))) == {"EC2": [""]}


def test_tones_are_ordered_from_full_to_none() -> None:
    tones = [v.Tone.FULL, v.Tone.WORKS, v.Tone.PARTIAL, v.Tone.CAVEAT, v.Tone.NONE]
    scheme = v.Criterion("works", "Works", tuple(v.Level(tone, meaning=tone, tone=tone) for tone in tones))
    rows = [v.Environment(tone, tone, (v.Cell("works", tone, (v.Rating(tone),)),)) for tone in tones]
    matrix = v.Matrix("Matrix", criteria=(scheme,))
    assert [rank_of(matrix, row, "works") for row in rows] == [0, 1, 2, 3, 4]


def test_the_first_owner_adopts_and_the_last_one_leaves_a_vacancy() -> None:
    value = value_with("EC2", "GCE")
    owned = own(value, "ec2", "Kai")
    assert signs(difference_of("support", value, owned)) == {"EC2": ["adopted"]}
    assert signs(difference_of("support", owned, value)) == {"EC2": ["vacated"]}
    assert signs(difference_of("support", owned, own(value, "ec2", "Kai, Thilo"))) == {"EC2": [""]}


def test_where_no_owner_was_ever_stated_naming_one_adopts_nothing() -> None:
    value = value_with("EC2")
    silent = replace(value, columns=tuple(one for one in value.columns if one.role is not v.Role.OWNER))
    difference = difference_of("support", silent, own(value, "ec2", "Kai"))
    assert signs(difference) == {"EC2": [""]}


def test_another_scheme_neither_promotes_nor_demotes() -> None:
    value = rate(value_with("EC2"), "ec2", "x")
    scheme = (v.Criterion("works", "Works", (v.Level("X", tone=v.Tone.WORKS),)),)
    cell = v.Cell("works", "X", (v.Rating("X"),))
    other = replace(edited(value, "ec2", lambda one: replace(one, cells=(cell,))), criteria=scheme)
    difference = difference_of("support", value, other)
    assert signs(difference) == {"EC2": [""]}
    assert difference.fates[0].lines[0].label == "Criteria changed"


def test_what_came_left_moved_and_was_renamed_is_named_so() -> None:
    value = value_with("EC2", "GCE", "COSI", "KVM")
    ec2, gce, cosi, kvm = value.sections[0].environments
    left = replace(cosi, retired=v.Retirement(JUNE, "It ended"))
    rows = (replace(ec2, name="Elastic"), v.Environment("Hetzner", "hetzner"), left)
    cloud = replace(value.sections[0], environments=rows)
    new = replace(value, sections=(cloud, v.Section("Local", environments=(kvm,))))
    difference = difference_of("support", value, new)
    assert signs(difference) == {
        "GCE": ["absent"],
        "Elastic": ["renamed"],
        "Hetzner": ["added"],
        "COSI": ["retired"],
        "KVM": ["moved"],
    }
    assert [(one.sign.key, one.number) for one in difference.counts] == [
        (key, 1) for key in ("added", "retired", "absent", "renamed", "moved")
    ]
    assert signs(difference_of("support", new, value))["COSI"] == ["back"]
    assert gce.slug == "gce"


def test_changes_of_the_matrix_itself_stand_apart() -> None:
    value = value_with("EC2")
    difference = difference_of("support", value, replace(value, introduction="More."))
    assert difference.fates == ()
    assert [(turn.label, turn.new) for turn in difference.own] == [("Introduction", "More.")]
