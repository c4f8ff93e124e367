"""What pages call a call."""

from django import template

from communitycalls import titles
from communitycalls.models import Call

register = template.Library()


@register.filter
def headline(call: Call) -> str:
    """The call's title without the day and times typed into it."""
    return titles.headline(call.title, call.date)
