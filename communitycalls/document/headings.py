"""What a heading announces: the agenda, the minutes, the questions, or a subject of its own."""

import re
from enum import StrEnum

DECORATION = re.compile(r"^[^\w&@\[(]+|[^\w)\]!?]+$")
NUMBER = re.compile(r"^(?:\d{1,2}|[ivx]{1,4})[.)]\s+")


class Topic(StrEnum):
    AGENDA = "agenda"
    MINUTES = "minutes"
    QUESTIONS = "questions"
    LINKS = "links"
    ATTENDANCE = "attendance"
    ACTIONS = "actions"
    DECISIONS = "decisions"
    RELEASES = "releases"
    CHANGES = "changes"
    UNREAD = "unread"
    ABOUT = "about"
    OTHER = "other"


_OF = r"(?: (?:of|for|from|in|on) (?:.*\b(?:calls?|meetings?|today|session)\b.*|.*\d.*))?"
_OUR = r"(?:(?:the|our|a|call|meeting|community|team|draft|proposed|todays|final|open|full|detailed) )*"
NAMES = (
    (
        Topic.ABOUT,
        r"registration|location|venue|code of conduct|antitrust(?: .+)?|schedule constraints|time ?zones?|"
        r"(?:table of )?contents|toc|"
        r"(?:upcoming|next|future|scheduled|following) (?:calls?|meetings?|topics|agenda items)(?: dates?)?|"
        r"(?:agenda items?|topics) for (?:future|upcoming|later|the next|next) (?:calls?|meetings?)|"
        r"about (?:this|the|our) (?:call|meeting|community|group)s?",
    ),
    (Topic.AGENDA, rf"{_OUR}(?:agenda|agenda items|agenda topics|topics|programme|program){_OF}"),
    (Topic.MINUTES, rf"{_OUR}(?:minutes|notes|protocol)(?: and notes| and minutes| taken)?{_OF}"),
    (Topic.MINUTES, rf"{_OUR}(?:minutes|notes) of (?:the )?(?:call|meeting)|discussion notes|notes from the call"),
    (
        Topic.QUESTIONS,
        rf"{_OUR}(?:q ?and ?a|q/a|qa|qanda|questions?(?: and answers?)?|ama|audience questions|questions asked)"
        r"(?: (?:session|minutes|section|notes|time|round))?(?: (?:from|by|of|with) .+)?",
    ),
    (Topic.QUESTIONS, r"question time|ask (?:us|me) anything"),
    (
        Topic.ATTENDANCE,
        rf"{_OUR}(?:attendees|attendance|present|participants|people|in attendance|who was there|who attended|"
        r"(?:meeting |call )?roles|attended by|roll call|who joined|participants present|people present|"
        r"list of (?:attendees|participants))",
    ),
    (Topic.ACTIONS, rf"{_OUR}(?:new )?(?:action items?|action points?|actions|to ?dos?|follow ups?|tasks|ais){_OF}"),
    (Topic.DECISIONS, rf"{_OUR}(?:decisions?|resolutions?|agreements?)(?: made| taken)?{_OF}"),
    (Topic.RELEASES, r"releases|release outlook"),
    (Topic.CHANGES, r"(?:interop )?matrix changes"),
    (Topic.UNREAD, r"unread lines"),
    (
        Topic.LINKS,
        r"(?:(?:useful|important|call|meeting|video|recording|participant|participation|join|zoom|stream) )*links?"
        r"(?: (?:for|to|of) .+)?"
        r"|(?:how to )?join(?:ing)?(?: .+)?|how to (?:participate|attend)"
        r"|(?:video |call )*recordings?(?: links?)?(?: and .+)?|(?:slides|slide ?decks?|presentations?)(?: and .+)?"
        r"|(?:connection|call|meeting|dial in|zoom|conference|access) (?:details|info|information|data)"
        r"|dial in|materials|where|logistics|video|stream|live stream",
    ),
)
PATTERNS = tuple((topic, re.compile(pattern)) for topic, pattern in NAMES)


def topic_of(title: str) -> Topic:
    """What a heading announces by its words alone; what follows it may say otherwise."""
    words = plain(title)
    return next((topic for topic, pattern in PATTERNS if pattern.fullmatch(words)), Topic.OTHER)


def plain(title: str) -> str:
    """The words of a heading in lower case, without emphasis, number, decoration and punctuation."""
    words = re.sub(r"[*_`~]|:[a-z_]+:", "", title).strip()
    words = NUMBER.sub("", DECORATION.sub("", words).lower())
    words = words.replace("&amp;", "&").replace("'", "").replace("\u2019", "").replace("-", " ")
    words = re.sub(r"\s*[&+]\s*", " and ", words)
    return " ".join(DECORATION.sub("", words).split())
