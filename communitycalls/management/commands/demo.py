"""The demo on this machine: the database, the demo community, what to try, and a server."""

import argparse
import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.urls import reverse

from communitycalls.bootstrap.arguments import add_demo_arguments
from communitycalls.bootstrap.network import HOST, check_port
from communitycalls.bootstrap.progress import SetUpError
from communitycalls.demo.accounts import PASSWORD
from communitycalls.management.base import BaseCommand

WELCOME = """
Community Calls is ready: {site}

Sign in at {site}{sign_in}
    as editor, with the password {password}
    as maintainer, with the password {password}

What to try first
    {site}{home:<12} the next call, the latest minutes, what changed in the matrix
    {site}{archive:<12} every call by year; open one, then its slides
    {site}{matrix:<12} the interop matrix; choose a date or a call to see it as it was then
    {site}{desk:<12} as editor: plan the next call, take minutes, change the matrix
    {site}{admin:<12} as maintainer: accounts, series, channels, levels, branding

The data is in {data}; remove that folder to begin afresh.
Other commands work on it too, for example: python3 manage.py import_calls --help
"""


class Command(BaseCommand):
    help = "Prepares and serves the demo community on this machine alone."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_demo_arguments(parser)

    def handle(self, *, port: int, no_serve: bool, **options: Any) -> None:
        self.prepare()
        self.stdout.write(welcome(f"http://{HOST}:{port}"))
        if no_serve:
            self.stdout.write("Nothing is served yet: the same command without --no-serve does that.")
        else:
            self.serve(port)

    def prepare(self) -> None:
        """CommandError where the database cannot be used."""
        self.stdout.write("Preparing the database ...")
        self.stdout.flush()
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("load_demo")
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {str(error).strip()}") from error

    def serve(self, port: int) -> None:
        """Until Ctrl-C, a thread for each request. CommandError where the port is taken."""
        try:
            check_port(port)
        except SetUpError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Stop with Ctrl-C.\n")
        self.stdout.flush()
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True)


def welcome(site: str) -> str:
    return WELCOME.format(
        site=site,
        password=PASSWORD,
        data=settings.DATA_DIR,
        sign_in=reverse("sign_in"),
        home=reverse("calls:home"),
        archive=reverse("calls:archive"),
        matrix=reverse("interop:index"),
        desk=reverse("desk:index"),
        admin=reverse("admin:index"),
    )
