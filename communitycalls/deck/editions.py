"""From rows to how a call is put on paper, and which version of the call that is."""

from django.conf import settings
from django.utils import timezone

from communitycalls.deck.backstage import backstage_of
from communitycalls.deck.sheet import Sheet
from communitycalls.models import Call, Site


def sheet_of(kind: str, call: Call, size: str) -> Sheet:
    """How a call is put on paper of a size, "" for the site's usual one.

    Private notes are read for a run sheet alone, which is for editors: the caller sees to that. Costs two queries at
    most, and for a run sheet six.
    """
    if kind == "deck":
        return Sheet()
    backstage = backstage_of(call) if kind == "runsheet" else None
    edition, url = _edition(call)
    return Sheet(size or str(Site.load().paper), edition, url, backstage)


def _edition(call: Call) -> tuple[str, str]:
    """The last revision with its day, and its address where it is public; the day alone where it is not."""
    last = call.revisions.defer("value").first()
    if last is None:
        return "", ""
    day = f"{timezone.localtime(last.recorded_at, call.local_start.tzinfo):%-d %B %Y}"
    if not last.is_public:
        return day, ""
    return f"revision {last.number} of {day}", f"{settings.SITE_URL}{call.get_absolute_url()}revisions/{last.number}/"
