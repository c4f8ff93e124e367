"""What our commands share."""

import os
import sys
from typing import Any

from django.core.management import base
from django.db import DatabaseError, OperationalError, ProgrammingError, connection

WRONG_USAGE = 2


class BaseCommand(base.BaseCommand):
    """A command that ends with 1 on every bad input; argparse alone would end with 2 where an argument is wrong."""

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError as error:  # whoever read what it tells stopped reading, as `| head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or it would be tried again at the end
            raise SystemExit(1) from error
        except SystemExit as end:
            if end.code == WRONG_USAGE:
                raise SystemExit(1) from end
            raise

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As Django has it; a database without the tables or columns that are asked for ends in a sentence."""
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            if sentence := told_of_tables():
                raise base.CommandError(sentence) from error
            raise


def told_of_tables() -> str:
    """What the database lacks that this version of the site has, and which command brings it; "" where nothing."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- no command needs it that goes well

    try:
        loader = MigrationLoader(connection)
    except DatabaseError:
        return ""
    applied = loader.applied_migrations or {}
    if not loader.disk_migrations.keys() - applied.keys():
        return ""
    how = "is older than the site" if applied else "is empty"
    return f"The database {how}. This makes its tables, then type the same command again: python3 manage.py migrate"
