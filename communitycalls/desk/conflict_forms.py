"""The form that decides a conflict, and what is shown of one."""

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.http import QueryDict

from communitycalls.desk.fields import LinesField
from communitycalls.desk.forms import LOST, VersionForm
from communitycalls.desk.merge import merge
from communitycalls.importer.pairing import ALIKE, likeness
from communitycalls.importer.plain import Shown
from communitycalls.models import Call, Conflict
from communitycalls.wording import Mark, marks

CHOICES = {
    "here": Conflict.State.KEPT,
    "document": Conflict.State.TAKEN,
    "text": Conflict.State.EDITED,
}


def print_of(one: Shown) -> str:
    """What stands for both sides of a conflict as they were shown."""
    return sha256(json.dumps([one.here, one.there, one.gone]).encode()).hexdigest()[:32]


class DecideForm(VersionForm):
    """`choice` comes from the button; `sides` says which two texts the editor saw; `text` is put together by hand."""

    name = "decide"

    sides = forms.CharField(max_length=64, widget=forms.HiddenInput, error_messages={"required": LOST})
    choice = forms.ChoiceField(
        choices=[(key, state.label) for key, state in CHOICES.items()],
        widget=forms.HiddenInput,
        error_messages={"required": "Press one of the buttons.", "invalid_choice": "%(value)s is no choice here."},
    )
    text = LinesField(label="Put together", required=False, strip=False, rows=5)

    def __init__(self, call: Call, one: Shown, data: QueryDict | None = None) -> None:
        self.one = one
        initial = {"version": call.version, "sides": print_of(one), "text": together(one)}
        super().__init__(data, initial=initial, mark=str(one.pk))

    def clean_choice(self) -> str:
        choice: str = self.cleaned_data["choice"]
        if choice == "text" and not self.one.is_text:
            raise forms.ValidationError("This is no running text: keep one side or take the other.")
        return choice

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return " ".join(text.split()) if self.one.label == "Title" else text

    @property
    def state(self) -> Conflict.State:
        return CHOICES[self.cleaned_data["choice"]]

    def has_seen(self, one: Shown) -> bool:
        """Whether the editor saw both sides as they are now."""
        return bool(self.cleaned_data["sides"] == print_of(one))


def together(one: Shown) -> str:
    """Both changes of a text where they are apart, else what stands here."""
    merged = merge(one.base, one.here, one.there) if one.base and one.is_text else None
    return one.here if merged is None else merged


@dataclass(frozen=True)
class Card:
    """A conflict on the page. `known` says that what both began with is shown."""

    one: Shown
    source: str
    form: DecideForm

    @property
    def label(self) -> str:
        return f"{self.one.about}{f', {self.one.label.lower()}' if self.one.label else ''}"

    @property
    def known(self) -> bool:
        return bool(self.one.base)

    def here_marks(self) -> tuple[Mark, ...]:
        return _marked(self.one.base, self.one.here)

    def there_marks(self) -> tuple[Mark, ...]:
        return _marked(self.one.base or self.one.here, self.one.there)

    @property
    def fits(self) -> bool:
        """Whether both changes could be put together."""
        return self.one.is_text and together(self.one) not in (self.one.here, self.one.there)


def _marked(old: str, new: str) -> tuple[Mark, ...]:
    """What was made of a text; of one that shares little with it only the new, since marks would hide it."""
    if old and new and alike(old, new):
        return marks(old, new)
    return (Mark("same", new),) if new else ()


def alike(one: str, other: str) -> bool:
    """Whether two texts share at least half of their words."""
    return likeness(Counter(one.split()), Counter(other.split())) >= ALIKE
