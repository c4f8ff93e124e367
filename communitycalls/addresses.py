"""Addresses of calls: an ISO date, with "-2" for the second call of a series on one day."""

import datetime as dt
import re

from django.http import Http404

ADDRESS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([2-9]|[1-9]\d))?")


def read_address(address: str) -> tuple[dt.date, int]:
    """Date and ordinal of an address. Raises Http404 with a sentence for anything else."""
    match = ADDRESS.fullmatch(address)
    try:
        if match:
            return dt.date.fromisoformat(match[1]), int(match[2] or 1)
    except ValueError:
        pass
    raise Http404(f"{address!r} is no date of a call. Write it like 2021-05-11.")
