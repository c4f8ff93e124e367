"""What our commands share."""

from django.core.management import base

WRONG_USAGE = 2


class BaseCommand(base.BaseCommand):
    """A command that ends with 1 on every bad input; argparse alone would end with 2 where an argument is wrong."""

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except SystemExit as end:
            if end.code == WRONG_USAGE:
                raise SystemExit(1) from end
            raise
