"""Slugs from names: the addresses of people and channels, given once and kept."""

from django.db.models import Model, QuerySet
from django.utils.text import slugify


def free_slug(name: str, rows: "QuerySet[Model]", fallback: str, longest: int) -> str:
    """A slug for a name that no row has yet: "chris-kuhl", "chris-kuhl-2"; `fallback` where no letter is Latin.

    `longest` is the length of the rows' slug field. Costs one query.
    """
    stem = slugify(name)[: longest - 6].strip("-") or fallback
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
