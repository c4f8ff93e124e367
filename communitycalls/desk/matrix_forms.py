"""Forms of the matrix: one row, and what is said of the change it makes."""

import datetime as dt
from dataclasses import dataclass, replace

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import QueryDict

from communitycalls.desk.cells import (
    codes_said,
    one_line,
    placed,
    read_cell,
    reads_as,
    with_cell,
    with_issues,
    with_owners,
    with_references,
)
from communitycalls.desk.choices import call_choices
from communitycalls.desk.editing import Texts
from communitycalls.desk.fields import DayField, LineField, LinesField, MarkdownField, PickField, shown
from communitycalls.desk.forms import EditForm
from communitycalls.models import Call
from interop.chips import Chip
from interop.document import values as v
from interop.document.environments import unique_slug
from interop.models import Matrix, Revision

NO_CALL = ("", "No call: give the reason below")


def roles_of(matrix: v.Matrix) -> set[v.Role]:
    """What the matrix's tables have columns for."""
    own = [column for section in matrix.sections for column in section.columns]
    return {column.role for column in (*matrix.columns, *own)}


def section_choices(matrix: v.Matrix) -> list[tuple[str, str]]:
    """The sections that have a table, by their place."""
    return [(str(n), one.name or "(no heading)") for n, one in enumerate(matrix.sections) if one.table]


class IssuesField(forms.MultipleChoiceField):
    """Codes of known issues, as tick boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, codes: list[str]) -> None:
        message = "“%(value)s” is no known issue of this matrix. Pick from the list."
        choices = [(code, code) for code in codes]
        super().__init__(
            label="Known issues", required=False, choices=choices, error_messages={"invalid_choice": message}
        )


@dataclass(frozen=True)
class CellField:
    """A rating field with what it says, as readers will see it; no chip where it names no level."""

    criterion: v.Criterion
    field: forms.BoundField
    chips: tuple[Chip, ...]


class RecordFields(EditForm):
    """What is said of a change: since when it is true, in which call it was decided, or why.

    `slug` names the environment that is edited; "" a new one.
    """

    aside = ("effective", "call", "reason", "kind")

    effective = DayField(label="True since", required=False, help_text="Empty: the day of the call, else today")
    call = PickField(label="Decided in", what="call", required=False)
    reason = LinesField(required=False, help_text="Visitors read it in the log and the minutes", rows=2)
    kind = PickField(label="What this is", what="kind of change", widget=forms.RadioSelect)

    def __init__(
        self, matrix: Matrix, value: v.Matrix, slug: str, data: QueryDict | None, *, today: dt.date, call: str = ""
    ) -> None:
        self.matrix, self.value, self.slug, self.today = matrix, value, slug, today
        super().__init__(data, version=matrix.version, mark=slug or "new")
        self.initial = {
            **self.initial,
            "effective": today.isoformat() if self.fields["effective"].required else "",
            "call": call,
            "kind": Revision.Kind.CHANGE.value,
        }
        self._offer("call", [NO_CALL, *call_choices()])
        self._offer("kind", [("change", "a change"), ("correction", "a correction of an error")])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, PickField)
        field.choices = choices

    def clean(self) -> None:
        clean = self.cleaned_data
        if "call" in clean and not clean["call"] and not clean.get("reason", "").strip():
            self.add_error("reason", "Name the call in which this was decided, or write the reason.")
        if "call" in clean and "effective" in clean and clean["effective"] is None:
            clean["effective"] = self._day()

    def _day(self) -> dt.date:
        """The named call's day, so that the matrix as of the call has the change; else today. Costs two queries.

        Today as well for a call to come, and for one before the last recorded change.
        """
        call = self.named_call()
        last = self.matrix.revisions.aggregate(last=Max("effective"))["last"]
        return call.date if call and (last or call.date) <= call.date <= self.today else self.today

    def named_call(self) -> Call | None:
        """The call that was picked. Costs one query."""
        return Call.objects.filter(pk=int(self.cleaned_data["call"])).first() if self.cleaned_data["call"] else None

    def changed(self, value: v.Matrix) -> v.Matrix:
        """`value` with what the valid form says."""
        raise NotImplementedError


class RowForm(RecordFields):
    """Edits an environment's row; without one, adds a new one."""

    name = "environment"

    environment_name = LineField(label="Name", missing="Write the environment's name.", max_length=200)
    section = PickField(what="section")

    def __init__(
        self,
        matrix: Matrix,
        value: v.Matrix,
        slug: str = "",
        data: QueryDict | None = None,
        *,
        today: dt.date,
        call: str = "",
    ) -> None:
        super().__init__(matrix, value, slug, data, today=today, call=call)
        self._offer("section", section_choices(value))
        self._grow(roles_of(value))
        self.order_fields(["environment_name", "section", *self.own(), *self.aside])

    def own(self) -> list[str]:
        """The fields that this matrix alone has."""
        declared = set(type(self).base_fields)
        return [name for name in self.fields if name not in declared]

    def _grow(self, roles: set[v.Role]) -> None:
        for criterion in self.value.criteria:
            field = LineField(label=criterion.name, required=False, max_length=500)
            field.widget.attrs["list"] = f"levels-{criterion.key}"
            self.fields[f"cell_{criterion.key}"] = field
        if v.Role.OWNER in roles:
            hint = "With commas between them; empty: vacant"
            self.fields["owners"] = LineField(required=False, max_length=500, help_text=hint)
        if v.Role.REFERENCE in roles:
            hint = "Like #107, or [label](https://…)"
            self.fields["references"] = LineField(required=False, max_length=2000, help_text=hint)
        if v.Role.NOTES in roles:
            self.fields["notes"] = MarkdownField(required=False, rows=3, help_text="Markdown")
        if v.Role.ISSUES in roles:
            self.fields["issues"] = IssuesField([issue.code for issue in self.value.known_issues])
            hint = "Where no code says it; a cell has codes or words"
            self.fields["issue_words"] = LineField(
                label="Issues in words", required=False, max_length=2000, help_text=hint
            )
        for n, header in enumerate(self.texts()):
            self.fields[f"text_{n}"] = LineField(label=header, required=False, max_length=2000)
        self.fields["catch_all"] = forms.BooleanField(
            label="Stands for “anything else”: it names no single environment and stays out of counts", required=False
        )

    def texts(self) -> list[str]:
        """The headers of columns that are plain text."""
        columns = [*self.value.columns, *(column for one in self.value.sections for column in one.columns)]
        return list(dict.fromkeys(column.header for column in columns if column.role is v.Role.TEXT))

    def saved(self, value: v.Matrix) -> tuple[int, v.Environment]:
        """The row as a matrix has it, with its section's place; an empty one in the first section for a new row."""
        for n, section in enumerate(value.sections):
            for one in section.environments:
                if self.slug and one.slug == self.slug:
                    return n, one
        first = next((n for n, section in enumerate(value.sections) if section.table), 0)
        return first, v.Environment(name="", missing=0)

    def read(self) -> Texts:
        place, one = self.saved(self.value)
        texts: Texts = {"environment_name": one.name, "section": str(place)}
        texts |= {f"cell_{criterion.key}": one.cell(criterion.key).written for criterion in self.value.criteria}
        texts |= {"owners": ", ".join(one.owners), "references": one.reference_written, "notes": one.notes}
        words = "" if one.issues else one.issues_written
        texts |= {"issues": list(one.issues), "issue_words": words, "catch_all": "on" if one.catch_all else ""}
        said = dict(one.texts)
        return texts | {f"text_{n}": said.get(header, "") for n, header in enumerate(self.texts())}

    def clean(self) -> None:
        super().clean()
        _, one = self.saved(self.value)
        for criterion in self.value.criteria:
            name = f"cell_{criterion.key}"
            written = self.cleaned_data.get(name, "")
            try:
                if written != one.cell(criterion.key).written:
                    read_cell(criterion, written)
            except ValueError as error:
                self.add_error(name, str(error))
        self._check_issues(self.cleaned_data.get("issues"), self.cleaned_data.get("issue_words", ""))
        named = self.cleaned_data.get("environment_name", "")
        others = {row.name.casefold() for _, row in self.value.environments() if row.slug != self.slug}
        if not self.slug and named.casefold() in others:
            self.add_error("environment_name", ValidationError(f"{shown(named)} is in the matrix already."))

    def _check_issues(self, codes: list[str] | None, words: str) -> None:
        if codes and words:
            self.add_error("issue_words", "Tick codes or write words, not both: a cell with words names no code.")
        try:
            codes_said(words, self.value)
        except ValueError as error:
            self.add_error("issue_words", str(error))

    def environment(self, value: v.Matrix) -> v.Environment:
        """The row of `value` with what the valid form says."""
        clean = self.cleaned_data
        _, one = self.saved(value)
        if clean["environment_name"] != one.name or clean["catch_all"] != one.catch_all:
            one = replace(one, name=clean["environment_name"], catch_all=clean["catch_all"], name_written="")
        order = [criterion.key for criterion in value.criteria]
        for criterion in value.criteria:
            one = with_cell(one, criterion, clean.get(f"cell_{criterion.key}", ""), order)
        if "owners" in clean:
            one = with_owners(one, clean["owners"], value)
        if "references" in clean:
            one = with_references(one, clean["references"])
        if "notes" in clean and clean["notes"] != one.notes:
            one = replace(one, notes=one_line(clean["notes"]))
        if "issues" in clean:
            one = with_issues(one, clean["issues"], clean["issue_words"], value)
        return self._with_texts(one)

    def _with_texts(self, one: v.Environment) -> v.Environment:
        for n, header in enumerate(self.texts()):
            text = one_line(self.cleaned_data.get(f"text_{n}", ""))
            if dict(one.texts).get(header, "") != text:
                kept = tuple(pair for pair in one.texts if pair[0] != header)
                one = replace(one, texts=(*kept, (header, text)) if text else kept)
        return one

    def changed(self, value: v.Matrix) -> v.Matrix:
        environment = self.environment(value)
        if not environment.slug:
            taken = {one.slug for _, one in value.environments()}
            environment = replace(environment, slug=unique_slug(environment.name, taken))
        return placed(value, environment, int(self.cleaned_data["section"]))

    def cells(self) -> list[CellField]:
        """The rating fields, each with what it says as it stands."""
        texts = self.sent() if self.is_bound else self.read()
        names = ((criterion, f"cell_{criterion.key}") for criterion in self.value.criteria)
        return [CellField(one, self[name], self._reading(one, str(texts[name]))) for one, name in names]

    def _reading(self, criterion: v.Criterion, written: str) -> tuple[Chip, ...]:
        _, saved = self.saved(self.value)
        cell = saved.cell(criterion.key)
        try:
            return reads_as(criterion, cell if written == cell.written else read_cell(criterion, written))
        except ValueError:
            return ()

    def other_fields(self) -> list[forms.BoundField]:
        """The fields beside name, section and ratings."""
        return [self[name] for name in self.own() if not name.startswith("cell_")]

    @property
    def is_retired(self) -> bool:
        return self.saved(self.value)[1].retired is not None


class RetireForm(RecordFields):
    """Takes an environment out of the matrix; its page stays."""

    name = "retire"

    effective = DayField(label="Retired on", missing="Write the day, like 2021-05-11.")
    successor = PickField(what="successor", required=False, help_text="What to use instead")
    reason = LinesField(required=False, help_text="Visitors read it on the environment's page", rows=2)

    def __init__(
        self,
        matrix: Matrix,
        value: v.Matrix,
        slug: str,
        data: QueryDict | None = None,
        *,
        today: dt.date,
        call: str = "",
    ) -> None:
        super().__init__(matrix, value, slug, data, today=today, call=call)
        active = [one for _, one in value.environments() if one.slug != slug and not one.retired]
        self._offer("successor", [("", "None"), *((one.slug, one.name) for one in active)])

    def read(self) -> Texts:
        return {"successor": ""}

    def is_untouched(self) -> bool:
        return any(one.slug == self.slug and not one.retired for _, one in self.value.environments())

    def clean(self) -> None:
        if "reason" in self.cleaned_data and not self.cleaned_data["reason"].strip():
            self.add_error("reason", "Write why it is retired: its page says so.")

    def changed(self, value: v.Matrix) -> v.Matrix:
        clean = self.cleaned_data
        retired = v.Retirement(clean["effective"], clean["reason"].strip(), clean["successor"] or None)
        for place, section in enumerate(value.sections):
            for one in section.environments:
                if one.slug == self.slug:
                    return placed(value, replace(one, retired=retired), place)
        return value
