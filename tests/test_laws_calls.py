"""Laws of call documents, each held by 2,000 calls made from seeds, an eighth of them whole; a failure names its seed.

What Markdown carries: everything of a call's value but its state, which the importer tells from the day and from what
is recorded (`test_laws_states` holds what is said of it), and the fields no value has: private notes, lineage of items,
closing and superseding of entries, the announcement, decks.
"""

import os
from dataclasses import replace

import pytest

from communitycalls.document import values as v
from communitycalls.document.reader import read
from communitycalls.document.writer import write
from communitycalls.exporter import read_call
from communitycalls.importer import apply
from communitycalls.models import Call
from interop.document import DocumentError
from tests.databases import share
from tests.make import make_call, make_environment, make_matrix
from tests.seeded_calls import PLACES, CallPen

EXAMPLES = int(os.environ.get("LAWS", "2000"))


def test_any_call_is_read_as_it_was_written() -> None:
    """So is what was written written again as it was: `write` is a function of the value."""
    for seed in range(EXAMPLES):
        pen = CallPen(seed)
        call = pen.call() if seed % 8 == 0 else pen.part()
        assert read(write(call))[0] == call, seed


@pytest.mark.django_db
def test_rows_hold_any_call_after_any_other() -> None:
    matrix = make_matrix(PLACES[0].partition("/")[0])
    for place in PLACES:
        make_environment(matrix, place.partition("/")[2])
    row, refused = make_call(status="announced"), 0
    for seed in range(share(EXAMPLES)):
        call = as_rows_hold(CallPen(seed).part(), row.status)
        try:
            apply(call, row)
        except DocumentError:
            refused += 1  # too long for its row
        else:
            assert told(read_call(Call.objects.get(pk=row.pk), whole=True)) == told(call), seed
    assert refused < EXAMPLES / 10


def as_rows_hold(call: v.CallDocument, status: str) -> v.CallDocument:
    """The call at the address and in the state of its row, without what an act of its own records."""
    releases = tuple(sorted(call.releases, key=lambda one: one.number))
    return replace(call, matrix_changes=(), releases=releases, status=status)


def told(call: v.CallDocument) -> v.CallDocument:
    """A call without its address and the state of its minutes, which follow from other fields."""
    minutes = replace(call.minutes, status="")
    return replace(call, series="", date=call.date.min, ordinal=1, start=None, minutes=minutes)
