"""Where the relative links of a call's Markdown lead: documents that lay side by side are pages here."""

import re
from functools import cached_property
from pathlib import PurePosixPath

from communitycalls.models import Call, RecordedChange, Series
from interop.models import Matrix

CALL = re.compile(r"(\d{4}-\d{2}-\d{2}(?:-\d+)?)\.md")
MATRIX = re.compile(r"(?:interop|compat\w*|support)[\w-]*\.md")


class Shelf:
    """`2021-06-08.md` is the published call of that day, `interop-matrix.md` the series' matrix."""

    def __init__(self, series: Series) -> None:
        self.series = series

    @cached_property
    def calls(self) -> dict[str, str]:
        """Addresses of the series' published calls. Costs one query, once."""
        calls = Call.objects.published().filter(series=self.series).only("date", "ordinal", "series_id")
        return {call.address: f"{self.series.get_absolute_url()}{call.address}/" for call in calls}

    @cached_property
    def matrix(self) -> str | None:
        """The page of the matrix whose changes the series records, or else of the only one. Costs two queries, once."""
        recorded = RecordedChange.objects.filter(call__series=self.series).values("change__revision__matrix")
        for rows in (Matrix.objects.filter(pk__in=recorded), Matrix.objects.all()):
            found = list(rows.only("slug")[:2])
            if len(found) == 1:
                return found[0].get_absolute_url()
        return None

    def get(self, target: str) -> str | None:
        """The address of the page a relative link means, or None."""
        path, _, fragment = target.partition("#")
        name = PurePosixPath(path).name
        call = CALL.fullmatch(name)
        found = self.calls.get(call[1]) if call else self.matrix if MATRIX.fullmatch(name) else None
        return found + (f"#{fragment}" if fragment else "") if found else None
