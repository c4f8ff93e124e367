"""Prove that each matrix is the sum of its changes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from communitycalls.management.base import BaseCommand
from interop.models import Change, Matrix
from interop.verify import verify


class Command(BaseCommand):
    help = "Replay every change from nothing and compare with each stored revision and with today's rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matrix", nargs="?", metavar="SLUG", help="which matrix; all of them unless said")

    def handle(self, *args: Any, **options: Any) -> str:
        rows = matrices_of(options["matrix"])
        for row in rows:
            finding = verify(row)
            if finding:
                raise CommandError(f"{row.slug}: {finding}")
            self.stdout.write(f"OK: {row.slug}, {counted(row)}")
        return f"{len(rows)} {'history says' if len(rows) == 1 else 'histories say'} what is stored."


def matrices_of(slug: str | None) -> list[Matrix]:
    """The matrix of that slug, or all. Raises CommandError with a sentence."""
    rows = list(Matrix.objects.filter(slug=slug) if slug else Matrix.objects.all())
    if slug and not rows:
        raise CommandError(f"{slug!r} is no matrix here. Write the word in its address.")
    return rows


def counted(row: Matrix) -> str:
    """How much was replayed. Costs two queries."""
    revisions, changes = row.revisions.count(), Change.objects.filter(revision__matrix=row).count()
    return f"{revisions} revision{'s' if revisions != 1 else ''}, {changes} change{'s' if changes != 1 else ''}."
