"""Bring an environment's detail page in: variants, advisories, published images, text."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from communitycalls.management.base import BaseCommand
from interop.document import DocumentError, accounting
from interop.intake import load_page, read_environment_page
from interop.models import Environment, Matrix


class Command(BaseCommand):
    help = "Read a Markdown page into an environment of a matrix. Reading the same page twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--matrix", required=True, metavar="SLUG")
        parser.add_argument("--environment", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--lines", action="store_true", help="tell of every line of the page what it became")

    def handle(self, *args: Any, **options: Any) -> str:
        environment = find_environment(options["matrix"], options["environment"])
        try:
            page, remarks, lines = read_environment_page(options["path"])
            if not options["dry_run"]:
                with transaction.atomic():
                    load_page(environment, page, options["path"].read_bytes(), options["path"].name)
        except DocumentError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(f"{options['path']} cannot be stored: {' '.join(error.messages)}") from error
        for remark in remarks:
            self.stdout.write(f"  line {remark.line}: {remark.text}" if remark.line else f"  {remark.text}")
        for row in accounting.told(lines, with_lines=options["lines"]):
            self.stdout.write(row)
        images = sum(len(one.rows) for one in (*page.listings, *(x for v in page.variants for x in v.listings)))
        return (
            f"{environment}: {len(page.variants)} variants, {len(page.advisories)} advisories,"
            f" {images} published images {'would be read' if options['dry_run'] else 'read'}."
        )


def find_environment(matrix: str, slug: str) -> Environment:
    """The environment at an address. Raises CommandError with a sentence."""
    if not Matrix.objects.filter(slug=matrix).exists():
        raise CommandError(f"{matrix!r} is no matrix here. Write the word in its address, /interop/<matrix>/.")
    found = Environment.objects.select_related("matrix").filter(matrix__slug=matrix, slug=slug).first()
    if found is None:
        raise CommandError(f"{slug!r} is no environment of {matrix}. Write the word in its address, for example ec2.")
    return found
