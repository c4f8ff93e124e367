"""Where a row of a list goes."""

from django import forms

from communitycalls.desk.forms import DeskForm


class MoveForm(DeskForm):
    """Up or down by one, or to a place counted from 1."""

    name = "move"

    to = forms.RegexField(
        r"^(up|down|[1-9][0-9]{0,3})$",
        error_messages={"invalid": "Say where to: up, down or a place such as 2.", "required": "Say where to."},
    )

    def place(self, now: int) -> int:
        """The new place, counted from 0; `now` is the present one."""
        to: str = self.cleaned_data["to"]
        steps = {"up": max(0, now - 1), "down": now + 1}
        return steps[to] if to in steps else int(to) - 1
