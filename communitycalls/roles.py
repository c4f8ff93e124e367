"""The roles the site has, kept in step with its permissions after each migration."""

from typing import Any

from django.contrib.auth.models import Group, Permission

EDITORS = "Editors"


def ensure_editors(**_: Any) -> Group:
    """The group of editors, with the permission to use the desk. Costs two queries."""
    group, _new = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.filter(codename="use_desk", content_type__app_label="communitycalls"))
    return group
