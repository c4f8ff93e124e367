"""People as faces: names, initials and what they do in a call."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communitycalls.deck.slides import Face
from communitycalls.document.values import CallDocument
from interop.markdown import plain

SHOWN_ROLES = ("host", "minute taker", "speaker")


def initials(name: str) -> str:
    """Up to two letters that stand for a person where no picture does."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()] or name.split()
    letters = words[0][:2] if len(words) == 1 else words[0][:1] + words[-1][:1] if words else ""
    return letters.upper()


def face(name: str, roles: str = "") -> Face:
    """A person by plain name; both texts may be Markdown."""
    said = plain(name).replace("\n", " ")
    return Face(said, initials(said), plain(roles).replace("\n", " "))


def with_role(person: Face, role: str) -> Face:
    """The person with one more thing they do, in Markdown."""
    said = plain(role).replace("\n", " ")
    return replace(person, roles=f"{person.roles} · {said}" if person.roles else said)


def hosts(call: CallDocument) -> tuple[str, ...]:
    return tuple(person.name for person in call.attendance if person.role == "host")


def team(call: CallDocument) -> tuple[Face, ...]:
    """Hosts, minute takers, speakers and presenters in that order, each once; attendees are no team."""
    roles: dict[str, list[str]] = {}
    for role in SHOWN_ROLES:
        for person in call.attendance:
            if person.role == role:
                roles.setdefault(person.name, []).append(role.capitalize())
    for item in call.agenda:
        for name in item.presenters:
            roles.setdefault(name, []).append(item.title)
    return tuple(face(name, _told(said)) for name, said in roles.items())


def _told(roles: Sequence[str]) -> str:
    """What somebody does: topics rather than the bare word Speaker."""
    topics = [role for role in roles if role != "Speaker"]
    return " · ".join(dict.fromkeys(topics or roles))


def team_rows(faces: Iterable[Face]) -> tuple[tuple[Face, ...], ...]:
    """Faces in rows: two, three or four abreast, as many as look well together."""
    people = tuple(faces)
    abreast = 2 if len(people) <= 4 else 3 if len(people) <= 9 else 4
    return tuple(people[start : start + abreast] for start in range(0, len(people), abreast))
