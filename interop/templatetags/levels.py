"""Levels and changes on pages."""

from django import template

from interop.chips import Chip

register = template.Library()


@register.inclusion_tag("interop/_level.html")
def level(chip: Chip, was: bool = False) -> dict[str, object]:
    """A chip: mark, word, tone. `was` strikes it through: what a change left behind."""
    return {"chip": chip, "was": was}
