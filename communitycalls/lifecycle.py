"""The states of a call: which follows which, by which button, and what becomes public by it."""

import datetime as dt
from dataclasses import dataclass

from communitycalls.deck import ahead
from communitycalls.importer import keep_releases
from communitycalls.models import Call

S = Call.Status


@dataclass(frozen=True)
class Step:
    """One button. `effect` says what it does to what the public sees; `leads` marks the step that comes next."""

    source: Call.Status
    target: Call.Status
    label: str
    effect: str
    leads: bool = False


STEPS = (
    Step(S.DRAFT, S.ANNOUNCED, "Announce", "Agenda and join link become public. You can take it back.", True),
    Step(S.ANNOUNCED, S.LIVE, "Start the call", "The call shows as live. Minutes stay with editors.", True),
    Step(S.ANNOUNCED, S.HELD, "It was held", "The join link goes, minutes are due. They stay with editors."),
    Step(S.ANNOUNCED, S.DRAFT, "Back to draft", "The call disappears from the site until you announce it again."),
    Step(S.ANNOUNCED, S.CANCELLED, "Cancel the call", "The call stays public, marked as cancelled, with the reason."),
    Step(S.LIVE, S.HELD, "End the call", "The join link goes, minutes are due. They stay with editors.", True),
    Step(S.LIVE, S.ANNOUNCED, "Not started yet", "The call shows as announced again."),
    Step(
        S.HELD, S.FINAL, "Finalise the minutes", "Minutes, questions, releases and matrix changes become public.", True
    ),
    Step(S.HELD, S.LIVE, "Go on with the call", "The call shows as live again, with its join link."),
    Step(S.HELD, S.ANNOUNCED, "It was not held", "The call shows as announced again, with its join link."),
    Step(
        S.FINAL, S.HELD, "Reopen the minutes", "Minutes and all that follows them disappear until they are final again."
    ),
    Step(S.CANCELLED, S.ANNOUNCED, "Announce again", "The call is on again; agenda and join link are public.", True),
)


def steps_from(call: Call) -> list[Step]:
    """The steps a call may take now, the next one first."""
    return sorted((step for step in STEPS if step.source == call.status), key=lambda step: not step.leads)


def find_step(call: Call, target: str) -> Step:
    """The step to a state. Raises ValueError with a sentence where the call cannot take it."""
    for step in steps_from(call):
        if step.target == target:
            return step
    known = ", ".join(f"“{step.target.label.lower()}”" for step in steps_from(call))
    raise ValueError(f"“{target}” does not follow “{call.get_status_display().lower()}”. From here: {known}.")


def take(call: Call, step: Step, *, reason: str, at: dt.datetime) -> None:
    """Bring a call into the step's state at an aware moment. Raises ValueError with a sentence where a rule forbids it.

    A cancelled call needs a reason; minutes without anything recorded cannot be final. May cost four queries.
    """
    if step.target == S.CANCELLED and not reason.strip():
        raise ValueError("Say why the call is cancelled: visitors read the reason.")
    if step.target == S.FINAL and not call.has_records():
        raise ValueError("Nothing is recorded yet. Write what was said, asked or decided before you finalise.")
    call.status = step.target
    call.cancelled_reason = reason.strip() if step.target == S.CANCELLED else ""
    if step.target != S.DRAFT and call.published_at is None:
        call.published_at = at
    call.save(update_fields=["status", "cancelled_reason", "published_at", "updated_at"])
    if step.target == S.FINAL:
        keep_releases(call)
    ahead.order(call)
