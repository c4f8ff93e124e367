"""A call with a past, saved state by state, with words that must be seen and words that must not."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from communitycalls import history
from communitycalls.models import Call, Link, Revision
from tests.make import make_call, make_entry, make_item, make_question

HOME = "/calls/community-call/2021-05-11/"
DESK = "/desk/calls/community-call/2021-05-11/"


def save(call: Call, user: User | None = None, message: str = "", **fields: Any) -> Revision:
    """Change fields of a call and keep the revision that makes."""
    Call.objects.filter(pk=call.pk).update(**fields)
    revision = history.record(call, user, message)
    assert revision is not None, "nothing changed"
    return revision


def make_past(user: User | None = None) -> Call:
    """A draft that was announced, held, minuted in three saves and made final: seven saves, four for visitors."""
    call = make_call(status="draft", title="Zanzibar draft")
    save(call, user, "Zanzibar created")
    Link.objects.create(
        call=call, kind="join", url="https://meet.example.org/", details="passcode Timbuktu", position=1
    )
    make_item(call, "Welcome", body="We say hello.", private_notes="Never public", slide_notes="Speak of Samarkand.")
    save(call, user, "Zanzibar filled", title="May call")
    save(call, user, status="announced")
    call.agenda.update(slide_notes="Speak of Samarkand twice.")
    save(call, user, "Spelling", introduction="All are welcome.")
    save(call, user, status="held")
    make_entry(call, "Lilongwe opens.", agenda_item=call.agenda.get())
    save(call, user, "Lilongwe noted")
    make_question(call, "Does it boot?", {"Kai": "Yes."})
    call.entries.update(text="Thilo opens.")
    save(call, user, "Lilongwe put right")
    save(call, user, status="final")
    call.refresh_from_db()
    return call


def after_the_end() -> dt.datetime:
    return dt.datetime(2021, 5, 12, tzinfo=dt.UTC)
