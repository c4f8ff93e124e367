"""What the calls tell the matrix: in which call a change was recorded, and on which day a call was."""

import datetime as dt
from collections.abc import Iterable

from django.http import Http404

from communitycalls.addresses import read_address
from communitycalls.models import Call, RecordedChange
from interop import occasions
from interop.occasions import Occasion


def find(changes: Iterable[int]) -> dict[int, Occasion]:
    """The final calls in which changes were recorded. Costs one query."""
    rows = RecordedChange.objects.filter(change__in=list(changes), call__status=Call.Status.FINAL)
    return {
        row.change_id: Occasion(
            f"{row.call.series.name} of {row.call.date:%-d %B %Y}", f"{row.call.get_absolute_url()}#change-{row.number}"
        )
        for row in rows.select_related("call__series")
    }


def moment(address: str) -> dt.date:
    """The day of a public call named `series/date`. Raises ValueError with a sentence. Costs one query."""
    series, _, date = address.partition("/")
    try:
        day, ordinal = read_address(date)
    except Http404 as error:
        raise ValueError(f"{address!r} names no call. Write it like community-call/2021-05-11.") from error
    if not Call.objects.published().filter(series__slug=series, date=day, ordinal=ordinal).exists():
        raise ValueError(f"{address!r} is no call here. Write series and date, like community-call/2021-05-11.")
    return day


def register() -> None:
    occasions.register("call", find, moment)
