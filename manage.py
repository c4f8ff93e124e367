#!/usr/bin/env python3
"""The command line. `python3 manage.py demo` and `python3 manage.py test` need nothing but Python: see bootstrap."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- whoever has an older one should read a sentence, not a syntax error
    sys.exit("Community Calls needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031 -- runs on any Python

from communitycalls import bootstrap


def main() -> None:
    bootstrap.enter(sys.argv)
    bootstrap.settle_on_this_machine(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitycalls.settings")
    if sys.argv[1:2] == ["export_pdf"]:
        from communitycalls.deck import early  # noqa: PLC0415 -- for this command alone

        early.begin()

    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- bootstrap may have to install it first
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- likewise

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
