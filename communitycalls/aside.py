"""What no value of a call holds of a row (private notes, lineage) is laid aside when the row is removed.

When a restore brings the row back under its number, it gets back what is still free to be given.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import SET_NULL, Field, ForeignObjectRel, Model

from communitycalls.models import AgendaItem, Aside, Call, MinutesEntry, Outlook, Question

Numbered = AgendaItem | MinutesEntry | Question | Outlook

SECTIONS: dict[type[Model], str] = {
    AgendaItem: "agenda",
    MinutesEntry: "entries",
    Question: "questions",
    Outlook: "releases",
}
IN_VALUES = {
    *("id", "call", "number", "position", "title", "kind", "body", "minutes", "slide_notes"),
    *("text", "agenda_item", "offset", "assignee", "due", "asked_by", "state"),
    *("channel", "version", "date", "granularity", "outlook", "highlights"),
}


def remove(row: Numbered) -> None:
    """Delete a row of a call; what no value holds of it is laid aside. Costs up to five queries."""
    lay(row)
    row.delete()


def lay(row: Numbered) -> None:
    """Lay aside what no value holds of a row that is about to go."""
    own = {field.name: field.value_to_string(row) for field in _own(row) if _is_filled(field, row)}
    named = {rel.name: keys for rel in _naming(row) if (keys := list(_rows_of(rel, row).values_list("pk", flat=True)))}
    place = {"call_id": row.call_id, "section": SECTIONS[type(row)], "number": row.number, "key": row.pk}
    Aside.objects.create(**place, kept={"own": own, "named": named})


def give_back(row: Numbered, asides: list[Aside]) -> None:
    """Give a row that was brought back what was laid aside last under its number.

    What has another value by now, or names a row that is gone, stays as it is.
    """
    section = SECTIONS[type(row)]
    found = next((one for one in asides if (one.section, one.number) == (section, row.number)), None)
    if found is None:
        return
    for field in _own(row):
        text = found.kept["own"].get(field.name)
        value = _found(field, text) if text is not None and not _is_filled(field, row) else None
        if value is not None:
            setattr(row, field.attname, value)
    row.save()
    for rel in _naming(row):
        free = {f"{rel.field.name}__isnull": True, "pk__in": found.kept["named"].get(rel.name, [])}
        rel.related_model._base_manager.filter(**free).update(**{rel.field.name: row})


def asides_of(call: Call) -> list[Aside]:
    """All that was laid aside in a call, the last first. Costs one query."""
    return list(call.asides.all())


def _own(row: Model) -> Iterator["Field[Any, Any]"]:
    return (field for field in row._meta.concrete_fields if field.name not in IN_VALUES)


def _is_filled(field: "Field[Any, Any]", row: Model) -> bool:
    return getattr(row, field.attname) not in (None, "", field.get_default())


def _found(field: "Field[Any, Any]", text: str) -> Any:
    """The value that was laid aside as `text`; None where it names a row that is gone.

    A row of a call that was removed and brought back has another key by now, and the same number.
    """
    target = field.related_model if field.is_relation else None
    if target is None or target._base_manager.filter(pk=text).exists():
        return field.to_python(text)
    laid = Aside.objects.filter(section=SECTIONS.get(target, ""), key=text).first()
    rows = target._base_manager.filter(call=laid.call_id, number=laid.number) if laid else target._base_manager.none()
    return rows.values_list("pk", flat=True).first()


def _naming(row: Model) -> Iterator[ForeignObjectRel]:
    """The relations by which other rows name this one and would lose it."""
    for rel in row._meta.related_objects:
        if rel.on_delete is SET_NULL and rel.field.name not in IN_VALUES:
            yield rel


def _rows_of(rel: ForeignObjectRel, row: Model) -> Any:
    return rel.related_model._base_manager.filter(**{rel.field.name: row})
