"""The page for two editors who changed the same thing: both texts, and the form with yours still in it."""

from dataclasses import dataclass

from django.forms import Field, Textarea
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst

from communitycalls.desk.editing import Texts
from communitycalls.desk.fields import one_newline
from communitycalls.desk.forms import LOCK, EditForm, packed
from communitycalls.desk.merge import merge
from communitycalls.wording import Mark, marks


@dataclass(frozen=True)
class Difference:
    """One field that somebody changed. `fits` says that the two changes could be put together."""

    label: str
    began: str
    yours: str
    theirs: str
    fits: bool
    known: bool

    @property
    def both(self) -> bool:
        """Whether both changed the field; where it is not known what they began with, they may have."""
        return not self.known or self.began not in (self.yours, self.theirs)

    def your_marks(self) -> tuple[Mark, ...]:
        return marks(self.began, self.yours) if self.known else (Mark("same", self.yours),)

    def their_marks(self) -> tuple[Mark, ...]:
        return marks(self.began, self.theirs) if self.known else (Mark("same", self.theirs),)


Value = str | list[str]


def together(field: Field, began: Value | None, yours: Value, theirs: Value) -> tuple[Value, bool]:
    """What to offer for a field, and whether that holds both changes; where it cannot, yours.

    Only running text is put together in pieces: half of one date and half of another are no date.
    """
    if isinstance(field.widget, Textarea) and isinstance(began, str):
        merged = merge(began, str(yours), str(theirs))
        return (yours, False) if merged is None else (merged, True)
    if yours == theirs or theirs == began:
        return yours, True
    return (theirs, True) if yours == began else (yours, False)


def weigh(form: EditForm, theirs: Texts) -> tuple[list[Difference], Texts]:
    """The fields that differ, and the texts to go on with."""
    began, yours = form.began_with() or {}, form.sent()
    differences, merged = [], dict[str, Value]()
    for name, mine in yours.items():
        other, base = theirs.get(name, ""), began.get(name)
        merged[name], fits = together(form.fields[name], base, mine, other)
        if mine != other:
            began_told, mine_told, other_told = (form.told(name, value) for value in (base or "", mine, other))
            known = base is not None
            differences.append(Difference(str(form[name].label), began_told, mine_told, other_told, fits, known))
    return differences, merged


def refilled(sent: QueryDict, texts: Texts, theirs: Texts, version: int) -> QueryDict:
    """What the browser would send had the editor begun with what is saved now and typed `texts`."""
    data = sent.copy()
    data["version"] = str(version)
    data["began"] = packed(theirs)
    for name, value in texts.items():
        data.setlist(name, value if isinstance(value, list) else [value])
        if value == "":
            del data[name]
    return data


def clash_page(request: HttpRequest, form: EditForm, *, version: int, by: object, what: str, back: str) -> HttpResponse:
    """409 with both texts.

    `version` is that of what is saved now, `by` who saved last (None where nobody knows), `back` the page to return to
    without saving.
    """
    theirs = form.read()
    differences, merged = weigh(form, theirs)
    form.data = refilled(request.POST, merged, theirs, version)
    form.full_clean()
    contradictions = sum(not difference.fits for difference in differences)
    context = {
        "form": form,
        "what": what,
        "back": back,
        "by": by,
        "differences": sorted(differences, key=lambda difference: not difference.both),
        "contradictions": contradictions,
        "fitting": len(differences) - contradictions,
    }
    return render(request, "desk/clash.html", context, status=409)


def gone_page(request: HttpRequest, *, what: str, back: str) -> HttpResponse:
    """409 with the texts sent for something that somebody else removed meanwhile. Raises Http404 unless it was sent."""
    if request.method != "POST":
        raise Http404(f"{capfirst(what)} is not there; it may have been removed.")
    hidden = {*LOCK, "csrfmiddlewaretoken"}
    sent = [
        (name.replace("_", " "), one_newline(str(text)))
        for name, texts in request.POST.lists()
        for text in texts
        if name not in hidden and text
    ]
    return render(request, "desk/gone.html", {"what": what, "back": back, "sent": sent}, status=409)
