"""Small signs for people and channels."""

from django import template

from communitycalls.models import Person

register = template.Library()

FAMILIES = ("alpha", "beta", "stable", "lts")


@register.filter
def initials(name: str) -> str:
    """Up to two letters that stand for a person."""
    return Person(name=name).initials


@register.filter
def family(channel: str) -> str:
    """The kind of channel a name speaks of ("LTS 2021" is lts), "other" for any other."""
    word = channel.casefold().partition(" ")[0]
    return word if word in FAMILIES else "other"
