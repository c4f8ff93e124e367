"""A command on a database without the site's tables ends in a sentence that names the command that makes them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from communitycalls.models import Series

HOME = Path(__file__).resolve().parent.parent
EMPTY = "The database is empty. This makes its tables, then type the same command again: python3 manage.py migrate"
OLDER = EMPTY.replace("is empty", "is older than the site")


@pytest.fixture
def bare(db: None, transactional_db: None) -> Iterator[None]:
    """A database in which a table of the calls is missing."""
    table, aside = Series._meta.db_table, "aside"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {aside}")
        yield
        cursor.execute(f"ALTER TABLE {aside} RENAME TO {table}")


def run(*arguments: str) -> None:
    call_command("export_pdf", "deck", "community-call", "-o", "/nowhere", *arguments)


def test_database_that_is_older_than_the_site_or_empty_is_told(bare: None) -> None:
    with pytest.raises(DatabaseError, match=Series._meta.db_table):
        run()
    rows = list(MigrationRecorder.Migration.objects.all())
    try:
        MigrationRecorder(connection).record_unapplied("communitycalls", "0001_calls")
        with pytest.raises(CommandError, match=re.escape(OLDER)):
            run()
        MigrationRecorder.Migration.objects.all().delete()
        with pytest.raises(CommandError, match=re.escape(EMPTY)):
            run()
    finally:
        MigrationRecorder.Migration.objects.all().delete()
        MigrationRecorder.Migration.objects.bulk_create(rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ("export_pdf", "deck", "community-call", "2021-05-11", "-o", "a.pdf"),
        ("export_calls", "community-call", "--all", "--output", "calls"),
    ],
)
def test_first_command_on_a_new_machine_says_what_comes_before_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    command = [sys.executable, str(HOME / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"CommandError: {EMPTY}\n"
