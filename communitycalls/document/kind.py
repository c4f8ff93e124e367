"""Of which kind a call is: the words of its title that end in "call", without the project's name."""

import re
from dataclasses import dataclass

from django.utils.text import slugify

MEETING = re.compile(
    r"\b(?:call|meeting|sync|office hours?|meetup|meet-up|hangout|session|stand-?up|round ?table|forum|huddle)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:['’&/-][^\W_]+)*|&")
KIND_WORDS = frozenset(
    "admin advisory board ci cncf committee community contributor contributors core dev developer developers docs "
    "documentation engineering general governance group infra infrastructure maintainer maintainers office open "
    "operations planning public release releases review roadmap security sig special steering strategy team technical "
    "testing town triage user users working".split()
)
JOINTS = frozenset({"and", "&"})
OFTEN = frozenset(
    "annual biweekly bi-weekly bimonthly daily fortnightly monthly quarterly regular weekly yearly".split()
)
PREFIX = frozenset(
    "a agenda an and call draft for from meeting minutes next note notes of on our summary the this".split()
)


@dataclass(frozen=True)
class Kind:
    """`series` is the slug of the kind, "" where the title names none; `strangers` are words that name no person."""

    series: str
    strangers: frozenset[str] = frozenset()


GROUPS = re.compile(
    r"\b(?:WG|SIG|CG|TSC|working group|community group|special interest group|steering committee|triage)\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\s*\([A-Z][A-Za-z]{1,7}\)(?=\s)")


def read_kind(title: str) -> Kind:
    """The kind that a title names, its dates and times taken out."""
    strangers = frozenset(word for word in WORD.findall(title) if word[:1].isupper())
    title = ACRONYM.sub("", title)
    found = [(match, _words(title[: match.start()])) for match in MEETING.finditer(title)]
    known = [(match, words) for match, words in found if _run(words)]
    group = None if found else GROUPS.search(title)
    if not found:
        return Kind(slugify(group[0]) if group else "", strangers)
    match, words = (known or found[-1:])[0]
    return Kind(slugify(" ".join([*(_run(words) or _guess(words)), match[0]]))[:50].strip("-"), strangers)


def _words(before: str) -> list[str]:
    """The words of the phrase that ends here."""
    return WORD.findall(re.split(r"[,:;|()\[\]\u2013\u2014]|\s-\s", before)[-1])


def _run(words: list[str]) -> list[str]:
    """The words of a kind that directly precede."""
    run: list[str] = []
    for word in reversed(words):
        if word.lower() not in KIND_WORDS and not (run and word.lower() in JOINTS):
            break
        run.insert(0, word)
    while run and run[0].lower() in JOINTS:
        run.pop(0)
    return run


def _guess(words: list[str]) -> list[str]:
    """The words of a kind nobody foresaw: without what introduces the title, and without a leading proper name."""
    while words and words[0].lower() in PREFIX:
        words = words[1:]
    for index, word in enumerate(words):
        if word.lower() in KIND_WORDS:
            return words[index:]
    lower = [index for index, word in enumerate(words) if word.islower() or word.lower() in OFTEN]
    return words[lower[0] :] if lower else words
