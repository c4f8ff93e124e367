"""A call's past: its revisions, one of them as it stood, and the difference of any two.

The pages here show everybody what visitors may read; the desk shows editors every save, with the same pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communitycalls.access import get_call, is_editor, may_join, sees_minutes
from communitycalls.document.compare import Comparison
from communitycalls.document.values import CallDocument
from communitycalls.importer.rows import find_environments
from communitycalls.models import Call
from communitycalls.past import Past, Stand, Step, between
from communitycalls.shelf import Shelf
from communitycalls.views.pages import Spot, page_of
from interop.log import read_scheme
from interop.models import Matrix

PER_PAGE = 20
LONGEST = 80
COUNTED = {"entries": "entry", "questions": "question", "releases": "release", "matrix_changes": "matrix change"}


@dataclass(frozen=True)
class Ways:
    """Where the pages of a call's past are. `space` is calls (for everybody) or desk."""

    call: Call
    space: str = "calls"

    def to(self, name: str, *parts: object) -> str:
        return reverse(f"{self.space}:{name}", args=[self.call.series.slug, self.call.address, *parts])

    @property
    def every(self) -> str:
        return self.to("revisions")

    @property
    def compare(self) -> str:
        return self.to("diff")

    def diff(self, old: Step, new: Step | None = None) -> str:
        """The difference of two steps; of one and now without `new`."""
        query = {"from": old.number} | ({"to": new.number} if new else {})
        return f"{self.compare}?{urlencode(query)}"


@dataclass(frozen=True)
class Turn:
    """What one step, or now, made of the one before. `note` says what became of minutes that only one of them shows."""

    comparison: Comparison
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A step in the list; `turn` is None for the first. Addresses are "" where they lead nowhere."""

    step: Step
    turn: Turn | None
    url: str
    to_before: str
    to_now: str
    restore: str


@require_safe
def revisions(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """The revisions visitors may know of, the newest first. Costs a constant number of queries."""
    call = get_call(request.user, series, address)
    context = listed(request, past_of(request, call), Ways(call))
    return answer(request, "communitycalls/call_revisions.html", context)


@require_safe
def revision(request: HttpRequest, series: str, address: str, number: int) -> HttpResponse:
    """The call as visitors could read it at a revision."""
    call = get_call(request.user, series, address)
    return answer(request, "communitycalls/call_revision.html", stood(past_of(request, call), Ways(call), number))


@require_safe
def diff(request: HttpRequest, series: str, address: str) -> HttpResponse:
    """What visitors may read of the difference of two revisions: `?from=&to=`, or up to now without `to`."""
    call = get_call(request.user, series, address)
    return answer(request, "communitycalls/call_diff.html", compared(request, past_of(request, call), Ways(call)))


def past_of(request: HttpRequest, call: Call) -> Past:
    """The past of a call that the reader may know of, as any visitor may read it."""
    final = call.has_final_minutes and sees_minutes(request.user, call)
    return Past(call, minutes=final, join=may_join(call, timezone.now()))


def answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A page that search engines leave alone, and that nobody keeps a copy of where an editor reads it."""
    response = render(request, template, {"frame": "base.html", **context})
    response["X-Robots-Tag"] = "noindex"
    if is_editor(request.user):
        response["Cache-Control"] = "private, no-store"
    return response


def listed(request: HttpRequest, past: Past, ways: Ways) -> dict[str, object]:
    """What the list shows. Costs three queries. Raises BadRequest for a page that is none."""
    pages = Paginator(past.steps, PER_PAGE)
    page = pages.get_page(_number(request, "page", "page of this list", pages.num_pages) or 1)
    steps = list(page.object_list)
    first = past.before(steps[-1]) if steps else None
    stands = past.stands([*steps, first] if first else steps)
    undo = past.everything and len(past.steps) > 1
    more = {
        "page": page,
        "rows": [_row(past, ways, one, stands) for one in steps],
        "old": _default(past, None),
        "undo": ways.to("revision_restore", past.steps[1].number) if undo else "",
    }
    return framed(past, ways, "History") | more


def _row(past: Past, ways: Ways, step: Step, stands: dict[int, Stand]) -> Row:
    before = past.before(step)
    is_last = step == past.steps[0]
    return Row(
        step,
        turned(stands[before.number], stands[step.number]) if before else None,
        ways.to("revision", step.number),
        ways.diff(before, step) if before else "",
        "" if is_last else ways.diff(step),
        ways.to("revision_restore", step.number) if past.everything and not is_last else "",
    )


def stood(past: Past, ways: Ways, number: int) -> dict[str, object]:
    """What the page of a revision shows. Raises Http404 where the reader knows no revision of that number."""
    step = past.find(number)
    if step is None:
        raise Http404(f"This call has no revision {number}.")
    stand = past.stands([step])[number]
    call, document = call_of(past.call, stand.document), stand.document
    matrices = Matrix.objects.filter(slug__in={one.matrix for one in document.matrix_changes}).values_list("pk", "slug")
    page = page_of(
        document,
        spots={place: Spot(row.name, row.get_absolute_url()) for place, row in find_environments(document).items()},
        fates={},
        scheme=read_scheme(dict(matrices)) if document.matrix_changes else None,
        may_join=past.join,
    )
    more = {"call": call, "document": document, "page": page, "stand": stand, "links": Shelf(past.call.series)}
    return framed(past, ways, f"Revision {number}") | more | {"step": step, **_beside(past, ways, step)}


def _beside(past: Past, ways: Ways, step: Step) -> dict[str, object]:
    before, after = past.before(step), past.after(step)
    return {
        "earlier": ways.to("revision", before.number) if before else "",
        "later": ways.to("revision", after.number) if after else "",
        "to_before": ways.diff(before, step) if before else "",
        "to_now": ways.diff(step),
        "restore": ways.to("revision_restore", step.number) if past.everything else "",
    }


def call_of(call: Call, document: CallDocument) -> Call:
    """The call as templates know one, saying what a value says; it is no row and is never saved."""
    return Call(
        series=call.series,
        date=document.date,
        ordinal=document.ordinal,
        title=document.title,
        start=document.start or call.start,
        timezone=document.timezone,
        duration=document.duration,
        status=document.status,
    )


def compared(request: HttpRequest, past: Past, ways: Ways) -> dict[str, object]:
    """What the page of a difference shows. Raises BadRequest for a number of no revision."""
    new = _step(request, past, "to")
    old = _step(request, past, "from") or _default(past, new)
    stands = past.stands(one for one in (old, new) if one)
    there = stands[new.number] if new else past.now
    turn = turned(stands[old.number], there) if old else None
    backwards = bool(old and new and old.number > new.number)
    swap = ways.diff(new, old) if old and new else ""
    more = {"old": old, "new": new, "turn": turn, "backwards": backwards, "swap": swap}
    return framed(past, ways, "Difference") | more


def _default(past: Past, new: Step | None) -> Step | None:
    """What to compare with where nothing is asked: the step before; of now, the one before the last."""
    if new is None:
        return past.steps[:2][-1] if past.steps else None
    return past.before(new) or new


def _step(request: HttpRequest, past: Past, name: str) -> Step | None:
    highest = past.steps[0].number if past.steps else 0
    number = _number(request, name, "revision of this call", highest)
    step = past.find(number) if number else None
    if number and step is None:
        raise BadRequest(f"{name}={number} is no revision of this call. {_right(highest)}")
    return step


def _number(request: HttpRequest, name: str, what: str, highest: int) -> int:
    """A number from 1 of the query, 0 where there is none. Raises BadRequest quoting anything else."""
    text = request.GET.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= highest):
        short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        raise BadRequest(f"{name}={short!r} is no {what}. {_right(highest)}")
    return int(text or 0)


def _right(highest: int) -> str:
    return f"Write a number from 1 to {highest}." if highest else "There is none yet."


def turned(old: Stand, new: Stand) -> Turn:
    """What `new` made of `old`, to somebody who may see both."""
    note = ""
    if new.whole and not old.whole:
        counts = ", ".join(_counts(new.document))
        note = f"The minutes became public{': ' + counts if counts else ''}."
    elif old.whole and not new.whole:
        note = "The minutes were opened again: they are not public in the later one."
    return Turn(between(old, new), note)


def _counts(document: CallDocument) -> Iterable[str]:
    for name, noun in COUNTED.items():
        rows = document.minutes.entries if name == "entries" else getattr(document, name)
        plural = "entries" if noun == "entry" else f"{noun}s"
        if rows:
            yield f"{len(rows)} {noun if len(rows) == 1 else plural}"


def framed(past: Past, ways: Ways, here: str) -> dict[str, object]:
    """What all pages of a call's past show; `here` is what the crumbs call the page."""
    return {"call": past.call, "past": past, "ways": ways, "desk": Ways(past.call, "desk"), "here": here}
