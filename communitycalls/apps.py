from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommunityCallsConfig(AppConfig):
    name = "communitycalls"
    verbose_name = "Community calls"

    def ready(self) -> None:
        from communitycalls import checks, occasions, roles, versions  # noqa: F401, PLC0415 -- rows need loaded apps

        occasions.register()
        versions.register()
        post_migrate.connect(roles.ensure_editors, sender=self)
