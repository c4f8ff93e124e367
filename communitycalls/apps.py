from typing import Any

from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks
from django.db.models.signals import post_migrate


class CommunityCallsConfig(AppConfig):
    name = "communitycalls"
    verbose_name = "Community calls"

    def ready(self) -> None:
        from communitycalls import checks, occasions, roles, versions  # noqa: F401, PLC0415 -- rows need loaded apps

        occasions.register()
        versions.register()
        post_migrate.connect(roles.ensure_editors, sender=self)


class BackOfficeConfig(SimpleAdminConfig):
    """Django's admin. Its pages are loaded with the site's addresses, so that commands, which show none, go without."""

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_pages, checks.Tags.admin)


def check_pages(**told: Any) -> list[checks.CheckMessage]:
    """What is wrong with the admin's pages, once they are loaded."""
    autodiscover()
    found: list[checks.CheckMessage] = check_admin_app(**told)
    return found
