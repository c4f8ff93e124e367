"""The form that takes a matrix back to an earlier revision, the last but one included: that undoes the last."""

import datetime as dt

from django.db.models import Max
from django.http import QueryDict

from communitycalls.desk.editing import Texts
from communitycalls.desk.fields import LinesField
from communitycalls.desk.matrix_forms import RecordFields
from interop.difference import Difference, difference_of
from interop.document import values as v
from interop.document.identity import retire_missing
from interop.history import value_of
from interop.models import Matrix, Revision


def proposal(revision: Revision, last: int) -> str:
    """The reason to offer for going back to a revision where `last` is the last one's number."""
    if revision.number == last - 1:
        return f"Revision {last} is undone."
    return f"Back to revision {revision.number} of {revision.effective:%-d %B %Y}."


class RestoreForm(RecordFields):
    """Makes a matrix say what a revision said. `last` is the number of the last revision."""

    name = "restore"

    reason = LinesField(
        required=False, help_text="Visitors read it in the log, and as the reason of what is retired", rows=2
    )

    def __init__(
        self,
        matrix: Matrix,
        value: v.Matrix,
        revision: Revision,
        data: QueryDict | None = None,
        *,
        last: int,
        today: dt.date,
        call: str = "",
    ) -> None:
        self.revision, self.last = revision, last
        super().__init__(matrix, value, "", data, today=today, call=call)
        self.initial = {**self.initial, "reason": self.proposed(), "kind": Revision.Kind.CORRECTION.value}

    @property
    def undoes(self) -> bool:
        """Whether going back takes away the last revision alone."""
        return self.revision.number == self.last - 1

    def proposed(self) -> str:
        """The reason that is offered."""
        return proposal(self.revision, self.last)

    def read(self) -> Texts:
        return {}

    def is_untouched(self) -> bool:
        """Never: whatever was recorded meanwhile would be taken back unseen."""
        return False

    def _day(self) -> dt.date:
        """As of any change, but never before the last one, which may be true from a day to come."""
        last = self.matrix.revisions.aggregate(last=Max("effective"))["last"]
        return max(super()._day(), last or self.today)

    def changed(self, value: v.Matrix) -> v.Matrix:
        """What the revision said. What came since is retired by the history, with the form's day and reason."""
        return value_of(self.revision)

    def difference(self) -> Difference:
        """What going back would change, as it stands."""
        clean = getattr(self, "cleaned_data", {})
        reason = (clean.get("reason") or self.proposed()).strip()
        retired = v.Retirement(clean.get("effective") or self.today, reason)
        then = retire_missing(self.value, value_of(self.revision), retired)
        return difference_of(self.matrix.slug, self.value, then)
