"""The rows that names in documents and forms stand for. A person is known by the name the minutes use."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from communitycalls.models import Person
from communitycalls.slugs import free_slug


def find(names: Iterable[str]) -> dict[str, Person]:
    """The people of these names, by name; new ones are made in the order given. "" stands for nobody.

    Costs one query, and up to four for each new person. Raises ValueError with a sentence for a name too long to keep.
    """
    wanted = [name for name in dict.fromkeys(names) if name]
    found = {person.name: person for person in Person.objects.filter(name__in=wanted)} if wanted else {}
    for name in wanted:
        if name not in found:
            found[name] = _add(name)
    return found


def _add(name: str) -> Person:
    person = Person(name=name, slug=free_slug(name, Person.objects.all(), "person", 200))
    try:
        person.clean_fields()
    except ValidationError as error:
        short = Truncator(name).chars(60)
        raise ValueError(f"{short!r} is no name that can be kept: {' '.join(error.messages)}") from error
    return Person.objects.get_or_create(name=name, defaults={"slug": person.slug})[0]
