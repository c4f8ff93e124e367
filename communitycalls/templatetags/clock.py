"""Times and dates on pages. An aware moment is shown in its own zone: whoever makes it chooses the zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communitycalls.models import Call
from communitycalls.zones import distance

register = template.Library()


@register.filter
def clock(moment: dt.datetime) -> SafeString:
    """`17:30` as a `<time>`, in the moment's own zone."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), f"{moment:%H:%M}")


@register.filter
def time_of(moment: dt.datetime) -> str:
    """`17:30`, in the moment's own zone."""
    return f"{moment:%H:%M}"


@register.filter
def date_of(moment: dt.datetime, pattern: str) -> str:
    """The date of a moment in its own zone, by Django's date pattern."""
    return date_format(moment.date(), pattern)


@register.filter
def local_end(call: Call) -> dt.datetime:
    """When a call is planned to end, in its own zone."""
    return call.end.astimezone(ZoneInfo(call.timezone))


@register.filter
def ahead(call: Call, now: dt.datetime) -> str:
    """How far ahead a call is: "in 5 days"."""
    return distance(now, call.start, call.timezone)


@register.filter
def zone(moment: dt.datetime) -> str:
    """The short name of the moment's own zone at that time: CEST."""
    return moment.tzname() or ""


@register.filter
def iso(moment: dt.datetime) -> str:
    """The moment in UTC, as scripts and machines read it: 2021-05-11T15:30:00Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@register.inclusion_tag("communitycalls/_leaf.html")
def leaf(date: dt.date, kind: str = "") -> dict[str, object]:
    """A date as a calendar leaf. `kind` is "", or some of small, next, off, year (the year in place of the weekday)."""
    kinds = kind.split()
    return {"date": date, "kinds": kinds, "small": "small" in kinds, "year": "year" in kinds}
