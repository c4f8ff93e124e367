"""The editor's side of the slides: presenting them, all of them with what was done to each, and those of one item."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from communitycalls import versions
from communitycalls.access import get_call, sees_minutes
from communitycalls.deck.browser import BrowserDeck, BrowserSlide
from communitycalls.deck.job import Job
from communitycalls.deck.live import GONE, PICTURES, item_job
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.sources import job_of
from communitycalls.desk.agenda_forms import ItemForm
from communitycalls.desk.clash import gone_page
from communitycalls.desk.fields import one_newline, read_names
from communitycalls.desk.pages import UNPROCESSABLE, act, editor_of, page, to
from communitycalls.desk.plan import plan_page
from communitycalls.document import values as v
from communitycalls.models import AgendaItem, Call, Presentation
from communitycalls.views.errors import problem
from communitycalls.views.presenter import CANNOT, deck_version, name_of, position, sheet_version, shown_slides

CONFLICT = 409
MOST_SLIDES = 9_999
REMEMBERED_SECONDS = 60


class PositionForm(forms.Form):
    """Where the presenter went. `on` is there while the presentation goes on.

    `window` is a name that the sending window gave itself, `deck` and `public_deck` the versions of what it shows.
    """

    act = forms.ChoiceField(choices=[(name, name) for name in ("move", "still", "take")], required=False)
    slide = forms.IntegerField(min_value=1, max_value=MOST_SLIDES)
    public = forms.IntegerField(min_value=1, max_value=MOST_SLIDES)
    black = forms.BooleanField(required=False)
    on = forms.BooleanField(required=False)
    window = forms.RegexField(r"^[0-9a-zA-Z-]*\Z", max_length=40, required=False)
    deck = forms.RegexField(r"^[0-9a-f]*\Z", max_length=16, required=False)
    public_deck = forms.RegexField(r"^[0-9a-f]*\Z", max_length=16, required=False)

    def save(self, row: Presentation, by: User | None) -> bool:
        """Move a call's presentation; False where another window presents. Costs one query."""
        clean = self.cleaned_data
        return row.move(
            clean["window"],
            by,
            timezone.now(),
            slide=clean["slide"],
            public_slide=clean["public"],
            is_black=clean["black"],
            is_on=clean["on"],
            deck=clean["deck"],
            public_deck=clean["public_deck"],
        )


@dataclass(frozen=True)
class Stop:
    """A slide with the number that visitors' windows go to when it is shown."""

    slide: BrowserSlide
    public: int


@page
def presenter(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """The presenter's window. Costs two drawings at most."""
    call = get_call(request.user, series, address)
    try:
        shown = shown_slides(call, whole=True)
        public = shown if sees_minutes(AnonymousUser(), call) else shown_slides(call, whole=False)
    except DeckError as error:
        return problem(request, 422 if error.is_lasting else 503, CANNOT, str(error))
    context = {
        "call": call,
        "shown": shown,
        "public": public,
        "stops": stops(shown.deck.slides, public.deck.slides),
        "items": list(call.agenda.prefetch_related("presenter_rows__person")),
        "name": name_of(user) if (user := editor_of(request)) else "",
        "now": position(call, Presentation.of(call), shown.version, whole=True),
    }
    return render(request, "desk/presenter.html", context)


def stops(whole: Sequence[BrowserSlide], public: Sequence[BrowserSlide]) -> list[Stop]:
    """Each slide that editors see with the one of visitors to show beside it: the same, else the last before it."""
    found, at = [], 0
    for slide in whole:
        same = next((place for place in range(at, len(public)) if public[place].mark == slide.mark), None)
        at = at if same is None else same
        found.append(Stop(slide, public[at].number))
    return found


@act
def move(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """Say where the presenter is, that the window is open still (`act=still`) or that it takes over (`act=take`).

    Answers what windows in step will be told: with 409 where another window presents; 422 with a sentence for no slide.
    """
    call = get_call(request.user, series, address)
    form = PositionForm(request.POST)
    if not form.is_valid():
        sentence = f"“{request.POST.get('slide', '')}” is no slide. Send its number, 1 to {MOST_SLIDES:,}."
        return JsonResponse({"error": sentence}, status=UNPROCESSABLE)
    is_done = _done(form, _row_of(call), editor_of(request))
    told = position(call, Presentation.of(call), deck_version(call, whole=True), whole=True)
    return JsonResponse(told, status=200 if is_done else CONFLICT)


def _row_of(call: Call) -> Presentation:
    return Presentation.objects.get_or_create(call=call, defaults={"is_on": False, "moved_at": timezone.now()})[0]


def _done(form: PositionForm, row: Presentation, by: User | None) -> bool:
    """Whether a presentation did what a window asked for. Where one goes on that is taken, it stays on its slide."""
    window, act, now = form.cleaned_data["window"], form.cleaned_data["act"], timezone.now()
    if act == "still":
        return row.hear_of(window, now)
    if act == "take" and row.is_kept_from(window, now):
        row.give(window, by, now)
        return True
    return form.save(row, by)


@page
def slides(request: HttpRequest, series: str, address: str) -> HttpResponseBase:
    """All slides small, each with what was done to it so that it fits."""
    call = get_call(request.user, series, address)
    try:
        shown = shown_slides(call, whole=True)
    except DeckError as error:
        context: dict[str, Any] = {"call": call, "problem": str(error)}
        return render(request, "desk/slides.html", context, status=422 if error.is_lasting else 503)
    return render(request, "desk/slides.html", {"call": call, "shown": shown})


@act
def item_slides(request: HttpRequest, series: str, address: str, number: int) -> HttpResponseBase:
    """The slides that an item would make as its form stands: for the script those alone, else the plan with them."""
    call = get_call(request.user, series, address)
    picture = picture_of(call, number, request.POST)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "desk/_picture.html", {"picture": picture, "call": call})
    row = call.agenda.filter(number=number).first()
    if row is None:
        return gone_page(request, what=f"agenda item {number}", back=to("call", call))
    form = PicturedForm(row, request.POST, version=call.version)
    form.picture = picture
    return plan_page(request, call, opened=form)


@dataclass(frozen=True)
class Picture:
    """What an item's text makes: its slides, or a sentence on why there are none. `sheet` is their style's version."""

    sheet: str
    deck: BrowserDeck | None = None
    problem: str = ""


class PicturedForm(ItemForm):
    """An item's form with its slides beside the text."""

    picture: Picture


def picture_of(call: Call, number: int, data: QueryDict) -> Picture:
    """The slides of an agenda item as a form sent it, saved or not."""
    job = _surroundings(call)
    sheet = sheet_version(job.setting)
    saved = next((one for one in job.call.agenda if one.number == number), None)
    try:
        if saved is None:
            raise DeckError(GONE)
        return Picture(sheet, PICTURES.of(item_job(job.call, as_written(saved, data), job.setting, job.places)))
    except DeckError as error:
        return Picture(sheet, problem=str(error))


def _surroundings(call: Call) -> Job:
    """The call an item stands in. Reading it takes longer than drawing: while nothing changes it is remembered."""
    key = f"picture-{hashlib.sha256(versions.note(call).encode()).hexdigest()}"
    found = cache.get(key)
    if not isinstance(found, Job):
        found = job_of("deck", call, whole=True)
        cache.set(key, found, REMEMBERED_SECONDS)
    return found


def as_written(item: v.AgendaItem, data: QueryDict) -> v.AgendaItem:
    """An item with what a form says of it; what is not sent or makes no sense stays as it is saved."""
    kind, minutes = data.get("kind", item.kind), data.get("minutes", "").strip()
    names = data.get("presenters")
    return replace(
        item,
        title=data.get("title", "").strip()[:300] or item.title,
        kind=kind if kind in AgendaItem.Kind.values else item.kind,
        minutes=int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 5 else None,
        presenters=item.presenters if names is None else read_names(names),
        body=one_newline(data.get("body", item.body)),
        slide_notes=one_newline(data.get("slide_notes", item.slide_notes)),
    )
