"""What may be picked in several forms."""

from collections.abc import Iterable

from django import forms
from django.db.models import Q, QuerySet

from communitycalls.models import Call
from interop.models import Environment

Group = tuple[str, list[tuple[str, str]]]


class EnvironmentsField(forms.MultipleChoiceField):
    """Environments of any matrix, as tick boxes; `offer_environments` says which."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        message = "“%(value)s” is no environment of a matrix here. Pick from the list."
        super().__init__(required=False, error_messages={"invalid_choice": message})


def offer_environments(form: forms.Form, picked: QuerySet[Environment]) -> None:
    """Let a form's `environments` be any in a matrix today, and those picked already. Costs one query."""
    field = form.fields["environments"]
    assert isinstance(field, EnvironmentsField)
    field.choices = environment_choices(picked)


def environment_choices(picked: QuerySet[Environment]) -> list[Group]:
    rows = Environment.objects.filter(Q(retired_on=None) | Q(pk__in=picked.values("pk"))).select_related("matrix")
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows.order_by("matrix__position", "matrix_id", "name"):
        groups.setdefault(row.matrix.title, []).append((str(row.pk), row.name))
    return list(groups.items())


def keys_of(environments: Iterable[Environment]) -> list[str]:
    """Environments as a form sends them: in the order of its boxes."""
    rows = sorted(environments, key=lambda row: (row.matrix.position, row.matrix_id, row.name))
    return [str(row.pk) for row in rows]


def chosen(keys: Iterable[str]) -> list[Environment]:
    """The environments of keys that a form checked."""
    return list(Environment.objects.filter(pk__in=[int(key) for key in keys]))


def call_choices() -> list[tuple[str, str]]:
    """Every call that was not cancelled, the latest first. Costs one query."""
    calls = Call.objects.exclude(status=Call.Status.CANCELLED).select_related("series").order_by("-start", "-pk")
    return [(str(call.pk), told(call)) for call in calls]


def told(call: Call) -> str:
    """A call as a list of calls names it, told apart from others of its series on that day."""
    day = f"{call.date:%-d %B %Y}" + (f", call {call.ordinal} of that day" if call.ordinal > 1 else "")
    return f"{call.series.name}, {day} ({call.get_status_display().lower()})"
