"""The rows of the calls. What they mean together is a value (`communitycalls.document.values`)."""

from communitycalls.models.agenda import AgendaItem, Presenter
from communitycalls.models.aside import Aside
from communitycalls.models.calls import Call, CallQuerySet, CallSource, Link, RecordedChange, Revision, SlideDeck
from communitycalls.models.conflicts import Conflict, ConflictQuerySet
from communitycalls.models.minutes import Attendance, MinutesEntry, Speaker
from communitycalls.models.people import Person
from communitycalls.models.presenting import Presentation
from communitycalls.models.questions import Answer, Question
from communitycalls.models.releases import Channel, Outlook, Release
from communitycalls.models.series import Series
from communitycalls.models.site import Contact, SectionPicture, Site
from communitycalls.models.surroundings import Surroundings

__all__ = [
    "AgendaItem",
    "Answer",
    "Aside",
    "Attendance",
    "Call",
    "CallQuerySet",
    "CallSource",
    "Channel",
    "Conflict",
    "ConflictQuerySet",
    "Contact",
    "Link",
    "MinutesEntry",
    "Outlook",
    "Person",
    "Presentation",
    "Presenter",
    "Question",
    "RecordedChange",
    "Release",
    "Revision",
    "SectionPicture",
    "Series",
    "Site",
    "SlideDeck",
    "Speaker",
    "Surroundings",
]
