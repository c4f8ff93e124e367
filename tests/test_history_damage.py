"""Whatever is damaged behind the history's back, in whichever table, `verify_history` does not say OK."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from interop.document import values as v
from interop.document.identity import carry_slugs
from interop.document.reader import read
from interop.document.replay import settled
from interop.exporter import read_matrix
from interop.history import Note, record
from interop.models import (
    Cell,
    Change,
    Criterion,
    Environment,
    EnvironmentIssue,
    KnownIssue,
    Level,
    Matrix,
    Owner,
    Rating,
    Reference,
    Revision,
    Section,
)
from interop.soundness import Soundness
from tests.matrix_edits import make_documented
from tests.test_difference import edited, own, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix(db: None) -> Matrix:
    """Three revisions of a matrix with everything in it; the last retires Delta, Harbour following it."""
    matrix = make_documented()
    begun = matrix.revisions.get().effective
    record(matrix, own(rate(read_matrix(matrix), "harbour", "L2 ?"), "delta", "Kai"), Note(begun))
    gone = v.Retirement(begun, "It ended", "harbour")
    value = edited(read_matrix(matrix), "delta", lambda one: replace(one, retired=gone))
    record(matrix, value, Note(begun))
    call_command("verify_history", "support", stdout=StringIO())
    return matrix


def row(address: str, /, **fields: Any) -> Callable[[], None]:
    """Damage to the row of one environment."""
    return lambda: _touched(Environment.objects.filter(slug=address).update(**fields))


def _touched(rows: int) -> None:
    assert rows > 0


ROWS: dict[str, Callable[[], None]] = {
    "the matrix's title": lambda: _touched(Matrix.objects.update(title="Elsewhere")),
    "the matrix's text": lambda: _touched(Matrix.objects.update(introduction="Nobody wrote this")),
    "an environment's name": row("anvil", name="Hammer"),
    "an environment's address": row("anvil", slug="hammer"),
    "an environment's notes": row("anvil", notes=""),
    "an environment's other columns": row("harbour", texts=[]),
    "an environment's place": row("harbour", position=9),
    "an environment's retirement": row("delta", retired_on=None),
    "an environment's successor": row("delta", successor=None),
    "what stands for others": row("your-own-cloud", catch_all=False),
    "an owner's name": lambda: _touched(Owner.objects.filter(environment__slug="harbour").update(name="Nobody")),
    "an owner lost": lambda: _touched(Owner.objects.filter(environment__slug="forge").first().delete()[0]),  # type: ignore[union-attr]  # -- there is one
    "a reference": lambda: _touched(Reference.objects.filter(label="#107").update(label="#108")),
    "where a reference leads": lambda: _touched(Reference.objects.filter(label="#9").update(url="https://x.example/")),
    "a cell": lambda: _touched(Cell.objects.filter(environment__slug="anvil", written="L1").update(written="L3")),
    "a cell lost": lambda: _touched(Cell.objects.filter(environment__slug="anvil").delete()[0]),
    "a rating's level": lambda: _touched(Rating.objects.filter(cell__written="L1").update(level=None)),
    "a rating's doubt": lambda: _touched(Rating.objects.filter(uncertain=True).update(uncertain=False)),
    "a rating's words": lambda: _touched(Rating.objects.filter(words="(upstream)").update(words="(here)")),
    "a section's name": lambda: _touched(Section.objects.filter(name="Metal").update(name="Wood")),
    "a section's empty rows": lambda: _touched(Section.objects.filter(name="Metal").update(placeholders=0)),
    "the order of sections": lambda: _touched(Section.objects.filter(name="Metal").update(position=0)),
    "a criterion's name": lambda: _touched(Criterion.objects.filter(key="works").update(name="Runs")),
    "a criterion's key": lambda: _touched(Criterion.objects.filter(key="works").update(key="runs")),
    "a level's meaning": lambda: _touched(Level.objects.filter(code="L1").update(meaning="nothing")),
    "a level's tone": lambda: _touched(Level.objects.filter(code="L1").update(tone="none")),
    "a known issue's definition": lambda: _touched(KnownIssue.objects.filter(code="Slow").update(definition="fast")),
    "a known issue's code": lambda: _touched(KnownIssue.objects.filter(code="Slow").update(code="Fast")),
    "an issue of an environment": lambda: _touched(
        EnvironmentIssue.objects.filter(environment__slug="forge").delete()[0]
    ),
}


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.usefixtures("matrix")
def test_a_damaged_row_is_found(what: str) -> None:
    ROWS[what]()
    with pytest.raises(CommandError, match=r"^support: .+ stored is .+ but the changes make it ") as error:
        call_command("verify_history", "support", stdout=StringIO())
    # every change is told of an address, so another one is missed from the first revision on
    assert str(error.value).startswith(f"support: {'Revision 1 ' if 'address' in what else 'Today’s rows, '}")


CHANGES: dict[str, dict[str, Any]] = {
    "what it is of": {"what": "note"},
    "its field": {"field": "works"},
    "what was": {"old": "L3"},
    "what is": {"new": "L3"},
    "whose it is": {"environment": None},
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.usefixtures("matrix")
def test_a_damaged_change_is_found(what: str) -> None:
    _touched(Change.objects.filter(revision__number=2, what="rated").update(**CHANGES[what]))
    with pytest.raises(CommandError, match=r"^support: Revision 2 of 2021-01-01, "):
        call_command("verify_history", "support", stdout=StringIO())


def _cell(one: dict[str, Any]) -> Any:
    return one["cells"][0]


VALUES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a cell": (lambda one: _cell(one).update(written="L3"), "support-level"),
    "a level nobody knows": (lambda one: _cell(one)["ratings"][0].update(level="L9"), "level “L9” is no level of"),
    "another level": (lambda one: _cell(one)["ratings"][0].update(level="L3"), "is not what “L2 ?” says"),
    "a doubt": (lambda one: _cell(one)["ratings"][0].update(uncertain=False), "is not what “L2 ?” says"),
    "a criterion nobody knows": (lambda one: _cell(one).update(criterion="speed"), ""),
    "an owner": (lambda one: one.update(owners=["Nobody"]), "owners are not what the cell says"),
    "a reference": (lambda one: one["references"][0].update(label="#1"), "references are not what the cell says"),
    "an issue": (lambda one: one.update(issues=["Slow"]), "known issues are not what the cell says"),
    "an address": (lambda one: one.update(slug="anvil"), ""),
    "a note": (lambda one: one.update(notes="Nobody wrote this"), "notes"),
}


@pytest.mark.parametrize("what", VALUES)
@pytest.mark.usefixtures("matrix")
def test_a_damaged_value_of_a_revision_is_found(what: str) -> None:
    damage, words = VALUES[what]
    revision = Revision.objects.get(number=2)
    damage(revision.value["sections"][0]["environments"][0])
    revision.save()
    with pytest.raises(CommandError, match=r"^support: Revision 2 of 2021-01-01, ") as error:
        call_command("verify_history", "support", stdout=StringIO())
    assert words in str(error.value)


def test_a_matrix_that_names_what_is_not_there_is_not_sound() -> None:
    scheme = v.Criterion("works", "Works", (v.Level("X"),))
    odd = v.Environment("A", "a", (v.Cell("works", "X", (v.Rating("Y"),)),))
    lost = v.Environment("B", "b", retired=v.Retirement(dt.date(2021, 1, 1), "It ended", "c"))
    bare = v.Matrix("M", criteria=(scheme,))
    for rows, words in (
        ((odd,), ("environment “a”", "level “Y”", "is no level of works")),
        ((lost,), ("environment “b”", "successor “c”", "is no environment of the matrix")),
        ((lost, lost), ("the matrix", "address “b”", "stands there twice")),
    ):
        value = replace(bare, sections=(v.Section("S", environments=rows),))
        assert Soundness().fault(value, value) == words
    assert Soundness().fault(bare, settled(bare)) is None


# what nothing but the history itself can show

SCHEMES = (
    "# M\n\n## S\n\n| Environment | Support level |\n|---|---|\n| Anvil | L1 |\n| Forge | L2 |\n",
    "# M\n\n## S\n\n| Environment | Works | Tested (CI) |\n|---|---|---|\n| Anvil | X | X |\n| Forge | X |  |\n",
    "# M\n\n## S\n\n| Environment | Works | Tested (CI) |\n|---|---|---|\n| Anvil | X |  |\n| Forge | X |  |\n",
    "# M\n\n## S\n\n| Environment | Works | Tested (CI) |\n|---|---|---|\n| Anvil | X | X |\n| Forge | X |  |\n",
)


@pytest.fixture
def converted(db: None) -> Matrix:
    """Four revisions: levels, criteria instead of them, a rating, and that taken back."""
    matrix = Matrix.objects.create(slug="support", title="M")
    for number, text in enumerate(SCHEMES, 1):
        record(matrix, carry_slugs(read_matrix(matrix), read(text)[0]), Note(dt.date(2021, 1, number)))
    call_command("verify_history", "support", stdout=StringIO())
    return matrix


OLD_LEVEL = {"name": "Anvil", "field": "support-level", "new": ""}

ONLY_TOLD: dict[str, tuple[Callable[[], object], str]] = {
    "what a row was rated by old criteria": (
        lambda: Change.objects.filter(**OLD_LEVEL).delete(),
        "Revision 2 of 2021-01-02, “Anvil rated support-level”: no change tells it,",
    ),
    "whose rating by old criteria that was": (
        lambda: Change.objects.filter(**OLD_LEVEL).update(environment=Environment.objects.get(slug="forge")),
        "Revision 2 of 2021-01-02, “Anvil rated support-level”: no change tells it,",
    ),
    "what a change calls a row": (
        lambda: Change.objects.filter(field="tested-ci", revision__number=3).update(name="Hammer"),
        "Revision 3 of 2021-01-03, “Anvil rated tested-ci”: no change tells it,",
    ),
    "a revision and the one that undid it": (
        lambda: [
            Revision.objects.filter(number__in=[3, 4]).delete(),
            record(Matrix.objects.get(), read(SCHEMES[2])[0], Note(dt.date(2021, 1, 5))),
            Revision.objects.filter(number=3).update(number=5),
        ],
        "Revision 5 of 2021-01-05, its number: the revision before is 2, so one is missing.",
    ),
    "the day of a revision": (
        lambda: Revision.objects.filter(number=3).update(effective=dt.date(2020, 5, 5)),
        "Revision 3 of 2020-05-05, its day: the revision before is of 2021-01-02, which is later.",
    ),
    "rows that cannot be read": (
        lambda: Environment.objects.update(texts=["damaged"]),
        "Today’s rows, all of them: what is stored is no matrix (",
    ),
}


@pytest.mark.parametrize("what", ONLY_TOLD)
@pytest.mark.usefixtures("converted")
def test_damage_that_no_value_shows_is_found(what: str) -> None:
    damage, sentence = ONLY_TOLD[what]
    damage()
    with pytest.raises(CommandError) as error:
        call_command("verify_history", "support", stdout=StringIO())
    assert str(error.value).startswith(f"support: {sentence}")
