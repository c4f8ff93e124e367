"""The form behind the buttons that change a call's state."""

from django import forms
from django.http import QueryDict
from django.utils import timezone

from communitycalls import lifecycle
from communitycalls.desk.fields import LinesField
from communitycalls.desk.forms import VersionForm
from communitycalls.models import Call


class StateForm(VersionForm):
    """`target` is the state to come, `reason` why a call is cancelled."""

    name = "state"

    target = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Say which state comes next."})
    reason = LinesField(required=False, rows=2, help_text="Visitors read it")

    def __init__(self, call: Call, data: QueryDict | None = None) -> None:
        self.call = call
        super().__init__(data, initial={"version": call.version})

    def clean_target(self) -> str:
        target: str = self.cleaned_data["target"]
        try:
            lifecycle.find_step(self.call, target)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return target

    def save(self) -> None:
        """Take the step. Raises ValueError with a sentence where a rule forbids it."""
        step = lifecycle.find_step(self.call, self.cleaned_data["target"])
        lifecycle.take(self.call, step, reason=self.cleaned_data["reason"], at=timezone.now())
