"""What all forms of the desk share: the lock's version, the texts they began with, and errors that link to fields."""

import json
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from communitycalls.desk.editing import Texts
from communitycalls.desk.fields import one_newline

LOCK = ("version", "began")
LOST = "The form does not say which version it began with. Reload the page and send it again."


class DeskForm(forms.Form):
    """A form whose ids begin with its own name, so that several fit on a page."""

    use_required_attribute = False
    name: ClassVar[str] = "form"

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None, mark: str = "") -> None:
        name = f"{self.name}-{mark}" if mark else self.name
        super().__init__(data, initial=initial, auto_id=f"{name}-%s", label_suffix="")

    def problems(self) -> list[tuple[str, str]]:
        """Each error as (id of the field, sentence); the id is "" where it is of the whole form."""
        found = []
        for field, errors in self.errors.items():
            target = self[field].id_for_label if field in self.fields and field not in LOCK else ""
            found += [(target, str(error)) for error in errors]
        return found


class VersionForm(DeskForm):
    """A form that knows which version it was made from."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), LOST),
    )

    def seen(self) -> int:
        return int(self.cleaned_data["version"])


class EditForm(VersionForm):
    """A form that edits what is saved already. What it reads and what it sends are texts of the same shape.

    `aside` are fields that say something of the edit, not of what is edited: nobody else can have changed them.
    """

    aside: ClassVar[tuple[str, ...]] = ()

    began = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, version: int, mark: str = "") -> None:
        super().__init__(data, mark=mark)
        texts = self.read()
        self.initial = {**texts, "version": version, "began": packed(texts)}

    def read(self) -> Texts:
        """What is saved now, each value as this form would send it: a text, or a list of texts."""
        raise NotImplementedError

    def save(self) -> None:
        """Write the valid form's values to the rows."""
        raise NotImplementedError

    def is_untouched(self) -> bool:
        """Whether what is saved still reads as it did when the form was made."""
        began = self.began_with()
        return began is not None and filled(self.read()) == filled(began)

    def began_with(self) -> Texts | None:
        """The texts the form was made from; None where it does not say."""
        try:
            texts = json.loads(self.data.get("began", ""))
        except ValueError:
            return None
        return texts if isinstance(texts, dict) and all(map(is_text, texts.values())) else None

    def sent(self) -> Texts:
        """What the editor sent, in the shape that `read` has."""
        return {name: self._sent(name) for name in self.fields if name not in (*LOCK, *self.aside)}

    def _sent(self, name: str) -> str | list[str]:
        value = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if isinstance(value, list | tuple):
            return [str(one) for one in value]
        if isinstance(value, bool):
            return "on" if value else ""
        return one_newline(str(value or ""))

    def told(self, name: str, value: str | list[str]) -> str:
        """A value of a field as people read it: the labels of choices, several with commas between them."""
        choices = {str(key): str(label) for key, label in flat(getattr(self.fields[name], "choices", ()))}
        values = value if isinstance(value, list) else [value]
        return ", ".join(choices.get(one, one) for one in values)


def is_text(value: object) -> bool:
    """Whether a value is a text or a list of texts."""
    return all(isinstance(one, str) for one in (value if isinstance(value, list) else [value]))


def filled(texts: Texts) -> Texts:
    """Texts without the empty ones: a row nobody wrote in is no row."""
    return {name: value for name, value in texts.items() if value}


def packed(texts: Texts) -> str:
    """Texts as the hidden field `began` holds them."""
    return json.dumps(texts)


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += flat(label) if isinstance(label, list | tuple) else [(key, label)]
    return found
