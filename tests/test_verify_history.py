"""`verify_history` replays every change, and names the first thing that does not follow from them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from communitycalls.desk.cells import placed, with_cell, with_owners, with_references, without
from interop.document import values as v
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import Cell, Change, Environment, Matrix, Rating, Revision
from interop.verify import verify
from tests.corpus import CORPUS, needs_corpus
from tests.make import make_environment, make_matrix

pytestmark = pytest.mark.django_db

MAY = dt.date(2021, 5, 11)
DAY = dt.timedelta(days=1)
VERSIONS = CORPUS / "flatcar" / "interop-matrix"


def verified(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_history", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        verified(*arguments)
    return str(error.value)


def recorded() -> Matrix:
    """Three revisions: EC2 and GCE come, EC2 is rated better, GCE finds an owner."""
    matrix = make_matrix()
    make_environment(matrix, "EC2")
    make_environment(matrix, "GCE")
    record(matrix, replace(read_matrix(matrix), introduction="Begun."), Note(MAY))
    value = read_matrix(matrix)
    ec2, gce = value.sections[0].environments
    record(matrix, placed(value, with_cell(ec2, value.criteria[0], "L1", ["support-level"]), 0), Note(MAY))
    record(matrix, placed(read_matrix(matrix), with_owners(gce, "Kai", value), 0), Note(MAY))
    assert verify(matrix) is None
    return matrix


# edits as the desk and imports make them


def _rated(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    cell = dice.choice(["", "L1", "L2 ?", "x", "L1 / L2", "L1 (on arm64)"])
    return with_cell(one, dice.choice(value.criteria), cell, [criterion.key for criterion in value.criteria])


def _owned(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    return with_owners(one, dice.choice(["", "Kai", "@org/team, Thilo", "Upstream"]), value)


def _referred(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    return with_references(one, dice.choice(["", "#107", "#1, [docs](https://example.org/)"]))


def _noted(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    return replace(one, notes=dice.choice(["", "Slow", "Two<br>lines", "a: b"]))


def _renamed(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    return replace(one, name=f"{one.name.split(' (')[0]} ({dice.randint(1, 99)})", name_written="")


def _retired(value: v.Matrix, one: v.Environment, dice: Random) -> v.Environment:
    return replace(one, retired=None if one.retired else v.Retirement(MAY, "It ended", dice.choice([None, "e-0"])))


OF_ROW = [_rated, _rated, _rated, _owned, _referred, _noted, _renamed, _retired]


def _edited(value: v.Matrix, number: int, dice: Random) -> v.Matrix:
    """One row is new, gone or otherwise, or the matrix itself says something else."""
    rows = [one for _, one in value.environments()]
    match dice.randint(0, 9):
        case 0:
            return placed(value, v.Environment(f"Env {number}", f"e-{number}"), dice.randrange(len(value.sections)))
        case 1:
            gone = dice.choice(rows).slug
            return replace(value, sections=tuple(without(one, gone) for one in value.sections))
        case 2:
            return placed(value, dice.choice(rows), dice.randrange(len(value.sections)))
        case 3:
            return _with_matrix_changed(value, number, dice)
    one = dice.choice(rows)
    section = next(n for n, those in enumerate(value.sections) if one in those.environments)
    return placed(value, dice.choice(OF_ROW)(value, one, dice), section)


def _with_matrix_changed(value: v.Matrix, number: int, dice: Random) -> v.Matrix:
    first, *rest = value.sections
    active = [one for one in first.environments if not one.retired]
    dice.shuffle(active)
    shuffled = replace(first, environments=(*active, *(one for one in first.environments if one.retired)))
    criterion = value.criteria[0]
    levels = tuple(replace(one, meaning=f"{one.meaning}!") if one.meaning else one for one in criterion.levels)
    return dice.choice(
        [
            replace(value, introduction=f"Text {number}"),
            replace(value, sections=(shuffled, *rest)),
            replace(value, sections=(*value.sections, v.Section(f"Section {number}", f"About {number}"))),
            replace(value, sections=(*rest, first)),
            replace(value, criteria=(replace(criterion, levels=levels), *value.criteria[1:])),
            replace(value, known_issues=(*value.known_issues, v.KnownIssue(f"Issue{number}", "It hangs"))),
        ]
    )


def test_fifty_edits_of_values_are_the_sum_of_their_changes() -> None:
    matrix, dice = make_matrix(), Random(1)
    for n in range(6):
        make_environment(matrix, f"E {n}", dice.choice(["L1", "L2", "x"]), dice.choice(["", "Kai"]))
    record(matrix, replace(read_matrix(matrix), introduction="Begun."), Note(MAY))
    for number in range(50):
        record(matrix, _edited(read_matrix(matrix), number, dice), Note(MAY + number * DAY))
    assert matrix.revisions.count() > 30
    assert verify(matrix) is None


# the command


@needs_corpus
def test_an_imported_history_is_the_sum_of_its_changes() -> None:
    call_command("import_matrix", str(VERSIONS), matrix="flatcar", stdout=StringIO())
    recorded()
    assert verified("flatcar").startswith("OK: flatcar, 7 revisions, ")
    out = verified()
    assert "OK: flatcar, 7 revisions" in out
    assert "OK: support, 3 revisions" in out


def test_a_history_that_agrees_is_counted() -> None:
    matrix = recorded()
    count = Change.objects.filter(revision__matrix=matrix).count()
    assert verified("support") == f"OK: support, 3 revisions, {count} changes.\n1 history says what is stored.\n"


def test_a_matrix_of_which_nothing_is_recorded_may_hold_nothing() -> None:
    Matrix.objects.create(slug="empty", title="Empty")
    assert verified("empty").startswith("OK: empty, 0 revisions, 0 changes.")


def test_an_unknown_matrix_is_quoted() -> None:
    assert refused("nowhere") == "'nowhere' is no matrix here. Write the word in its address."


def _damaged_change() -> None:
    Change.objects.filter(revision__number=2, what="rated").update(new="x")


def _misquoted_change() -> None:
    Change.objects.filter(revision__number=2, what="rated").update(old="x")


def _lost_change() -> None:
    Change.objects.filter(revision__number=3, what="owner").delete()


def _change_of_nothing() -> None:
    Change.objects.filter(revision__number=2, what="rated").update(environment=None)


def _damaged_value() -> None:
    revision = Revision.objects.get(number=2)
    revision.value["sections"][0]["environments"][1]["notes"] = "Nobody wrote this"
    revision.save()


def _unreadable_value() -> None:
    Revision.objects.filter(number=3).update(value={"heading": "no matrix"})


def _damaged_row() -> None:
    Environment.objects.filter(slug="gce").update(notes="Nobody recorded this")


def _damaged_cell() -> None:
    Cell.objects.filter(environment__slug="ec2").update(written="x")


def _damaged_rating() -> None:
    Rating.objects.filter(cell__environment__slug="ec2").update(uncertain=True)


def _lost_revision() -> None:
    Revision.objects.filter(number=3).delete()


def _lost_history() -> None:
    Revision.objects.all().delete()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_damaged_change, ["Revision 2 of 2021-05-11", "“ec2”, support-level", "stored is “L1”", "make it “x”"]),
        (_misquoted_change, ["Revision 2 of 2021-05-11, change 1", "“EC2 rated support-level”", "is “x”", "it “L2”"]),
        (_lost_change, ["Revision 3 of 2021-05-11", "“gce”, owners", 'stored is “["Kai"]”', "make it nothing"]),
        (_change_of_nothing, ["Revision 2 of 2021-05-11, change 1", "“EC2 rated support-level” cannot be applied"]),
        (_damaged_value, ["Revision 2 of 2021-05-11", "“gce”, notes", "“Nobody wrote this”", "make it nothing"]),
        (_unreadable_value, ["Revision 3 of 2021-05-11", "is no matrix"]),
        (_damaged_row, ["Today’s rows", "“gce”, notes", "“Nobody recorded this”", "make it nothing"]),
        (_damaged_cell, ["Today’s rows", "“ec2”, support-level", "stored is “x”", "make it “L1”"]),
        (_damaged_rating, ["Today’s rows", "“ec2”, how support-level was understood", "true"]),
        (_lost_revision, ["Today’s rows", "“gce”, owners"]),
        (_lost_history, ["Today’s rows", "the matrix, introduction", "“Begun.”"]),
    ],
)
def test_damage_is_named(damage: Callable[[], None], words: list[str]) -> None:
    recorded()
    damage()
    sentence = refused("support")
    assert sentence.startswith("support: ")
    assert [word for word in words if word not in sentence] == [], sentence
