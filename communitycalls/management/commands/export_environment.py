"""Take an environment's detail page out as Markdown."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from communitycalls.management.base import BaseCommand
from communitycalls.management.commands.import_environment import find_environment
from interop.past import page_of


class Command(BaseCommand):
    help = "Write an environment's detail page to standard output, as Markdown that import_environment reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--matrix", required=True, metavar="SLUG")
        parser.add_argument("--environment", required=True, metavar="SLUG")
        parser.add_argument("--as-imported", action="store_true", help="the bytes of the page that came in last")

    def handle(self, *args: Any, **options: Any) -> None:
        environment = find_environment(options["matrix"], options["environment"])
        if options["as_imported"] and not environment.sources.exists():
            raise CommandError(f"No page of {environment} came in. Leave --as-imported out.")
        page = page_of(environment, as_imported=options["as_imported"])
        if not page:
            raise CommandError(f"{environment} has no page of its own: nothing but its row in the matrix.")
        self.stdout.flush()
        stream = getattr(self.stdout._out, "buffer", None)
        if stream is None:
            self.stdout.write(page.decode(), ending="")
        else:
            stream.write(page)
