"""Who was there, and as what."""

from django import forms
from django.core.exceptions import ValidationError

from communitycalls.desk.editing import next_position, people
from communitycalls.desk.fields import NamesField, PickField
from communitycalls.desk.forms import DeskForm
from communitycalls.models import Attendance, Call

PAGES = [("plan", "plan"), ("minutes", "minutes")]


class AddPeopleForm(DeskForm):
    """Names in one role. `page` is the one to come back to."""

    name = "people"

    names = NamesField(help_text="With commas between them")
    role = PickField(what="role", choices=Attendance.Role.choices, initial=Attendance.Role.ATTENDEE)
    page = forms.ChoiceField(choices=PAGES, required=False, widget=forms.HiddenInput)

    def clean_names(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.cleaned_data["names"]
        if not names:
            raise ValidationError("Write who was there, with commas between the names.")
        return names

    def save(self, call: Call) -> None:
        """Add whoever is not there in that role already."""
        role, place = self.cleaned_data["role"], next_position(call.attendance.all())
        there = set(call.attendance.filter(role=role).values_list("person", flat=True))
        new = [person for person in people(self.cleaned_data["names"]) if person.pk not in there]
        rows = [Attendance(call=call, person=one, role=role, position=n) for n, one in enumerate(new, place)]
        Attendance.objects.bulk_create(rows)
