"""From a bare python3 to a running site: what happens before Django can be imported.

The standard library alone. `demo` and `test` make an environment, install the locked packages, see to the parts of the
system that pip cannot bring, and start again inside; a second run finds all that done.
"""

import importlib.util
import os
from collections.abc import Sequence

ENTERED = "COMMUNITYCALLS_ENTERED_VENV"


def enter(argv: Sequence[str]) -> None:
    """Called first by manage.py: returns in an interpreter where Django runs argv, or ends the process."""
    if argv[1:2] in (["demo"], ["test"]) or importlib.util.find_spec("django") is None:
        from communitycalls.bootstrap import starting  # noqa: PLC0415 -- takes longer than all that other commands need

        starting.enter(argv)
    os.environ.pop(ENTERED, None)


def settle_on_this_machine(argv: Sequence[str]) -> None:
    """Where nothing says that this is production, let commands work on this machine's own data.

    A server started through WSGI never comes here, and neither does `check`: they want SECRET_KEY and ALLOWED_HOSTS.
    """
    said = {"SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"} & set(os.environ)
    if not said and argv[1:2] != ["check"]:
        os.environ.setdefault("COMMUNITYCALLS_DEMO", "1")
