"""The rows of the calls. What they mean together is a value (`communitycalls.document.values`)."""

from communitycalls.models.agenda import AgendaItem, Presenter
from communitycalls.models.calls import Call, CallQuerySet, CallSource, Link, RecordedChange, Revision, SlideDeck
from communitycalls.models.minutes import Attendance, MinutesEntry, Speaker
from communitycalls.models.people import Person
from communitycalls.models.questions import Answer, Question
from communitycalls.models.releases import Channel, Outlook, Release
from communitycalls.models.series import Series
from communitycalls.models.site import Contact, Site

__all__ = [
    "AgendaItem",
    "Answer",
    "Attendance",
    "Call",
    "CallQuerySet",
    "CallSource",
    "Channel",
    "Contact",
    "Link",
    "MinutesEntry",
    "Outlook",
    "Person",
    "Presenter",
    "Question",
    "RecordedChange",
    "Release",
    "Revision",
    "Series",
    "Site",
    "SlideDeck",
    "Speaker",
]
