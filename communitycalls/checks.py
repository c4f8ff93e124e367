"""What `manage.py check --deploy` finds wrong with the site's data."""

from typing import Any

from django.contrib.auth.models import User
from django.core import checks
from django.db import DatabaseError

from communitycalls.demo.accounts import ACCOUNTS, PASSWORD


@checks.register(checks.Tags.security, deploy=True)
def demo_accounts(**_: Any) -> list[checks.CheckMessage]:
    """Accounts of the demo that still have the password everybody knows. Costs one query."""
    try:
        users = list(User.objects.filter(username__in=ACCOUNTS, is_active=True))
    except DatabaseError:
        return []
    names = [user.username for user in users if user.check_password(PASSWORD)]
    hint = "Give them another password or remove them; better, begin with an empty DATA_DIR."
    said = "The demo's password opens the account"
    return [checks.Warning(f"{said} {name!r}.", hint, id="communitycalls.W001") for name in names]
