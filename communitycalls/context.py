"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

from communitycalls.access import is_editor
from communitycalls.models import Contact, Site


def site(request: HttpRequest) -> dict[str, object]:
    """The community's branding and whether the reader is an editor. Costs two queries where a template asks."""
    return {
        "site": Site.load,
        "site_url": settings.SITE_URL,
        "contacts": Contact.objects.all,
        "is_editor": is_editor(request.user) if hasattr(request, "user") else False,
    }
