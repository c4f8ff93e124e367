"""Matrix changes in words and chips, as visitors will read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from communitycalls.models import Call
from interop.board import heading
from interop.chips import by_code
from interop.document import values as v
from interop.log import read_scheme
from interop.models import Revision
from interop.turns import Numbered, Scheme, Turn, turns_of


@dataclass(frozen=True)
class Recorded:
    """A turn recorded in a call, with the number of its first change and the revision that made it."""

    number: int
    turn: Turn
    revision: Revision


def recorded_in(call: Call) -> list[Recorded]:
    """The matrix changes recorded in a call, in order. Costs one query, three where there are any."""
    rows = call.recorded_changes.select_related("change__environment", "change__revision__matrix")
    changes = list(rows.defer("change__revision__value", "change__revision__source"))
    revisions = [row.change.revision for row in changes]
    scheme = read_scheme({one.matrix_id: one.matrix.slug for one in revisions}) if changes else Scheme({}, {})
    found = []
    for _, group in groupby(changes, key=lambda row: row.change.revision_id):
        those = list(group)
        revision = those[0].change.revision
        numbered = [
            Numbered(row.number, row.change.environment.slug if row.change.environment else "", row.change)
            for row in those
        ]
        turns = turns_of(revision.matrix.slug, numbered, scheme)
        found += [Recorded(numbers[0], turn, revision) for numbers, turn in turns]
    return found


def foretold(matrix: str, value: v.Matrix, changes: Sequence[v.Change]) -> list[Turn]:
    """Changes that were not made yet, of the matrix of that slug and value."""
    names = {(matrix, one.key): heading(one.name).name for one in value.criteria}
    scheme = Scheme(names, {(matrix, one.key): by_code(one.levels) for one in value.criteria})
    numbered = [Numbered(number, one.environment, one) for number, one in enumerate(changes, 1)]
    return [turn for _, turn in turns_of(matrix, numbered, scheme)]
