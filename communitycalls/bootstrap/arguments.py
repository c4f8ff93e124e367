"""What `demo` and `test` may be told. Read before anything is set up, so that a slip costs no waiting."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

DATABASES = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("postgresql", "sqlite")}
DEFAULT_PORT = 8000

ENVIRONMENT = """
The first time this makes .venv beside manage.py and installs the locked packages there; after that it starts at once.
Inside an environment of your own (an activated venv, `uv run`) it uses that one and installs nothing into it:
where packages are missing, it says which command brings them. Missing system packages are installed with apt-get
when root on a Debian-family system; otherwise the line to type is printed.
"""


class Parser(argparse.ArgumentParser):
    """Bad input ends with a sentence and exit code 1, like every command here."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"{self.prog}: {message}\n")


@dataclass(frozen=True)
class Demo:
    port: int
    serve: bool


@dataclass(frozen=True)
class Tests:
    """The databases to run on, in that order, and the arguments that go to pytest."""

    databases: tuple[str, ...]
    pytest: tuple[str, ...]

    @property
    def are_the_whole_suite(self) -> bool:
        return not self.pytest


def port_number(text: str) -> int:
    """1 to 65535. argparse.ArgumentTypeError for anything else."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port. Give a number from 1 to 65535, for example 8001.")
    return int(text)


def add_demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=port_number, default=DEFAULT_PORT, help="Port on 127.0.0.1 to serve at (default: %(default)s)"
    )
    parser.add_argument("--no-serve", action="store_true", help="Set everything up, print the logins and stop there")


def read_demo(arguments: Sequence[str]) -> Demo:
    parser = make_parser("demo", "Sets up and serves the demo community on this machine.", ENVIRONMENT)
    add_demo_arguments(parser)
    options = parser.parse_args(arguments)
    return Demo(port=options.port, serve=not options.no_serve)


def read_tests(arguments: Sequence[str]) -> Tests:
    """The whole suite runs on both databases, a part of it on SQLite, unless `--database` says otherwise."""
    parser = make_parser("test", "Sets up and runs the tests. All other arguments go to pytest.", ENVIRONMENT)
    parser.add_argument(
        "--database",
        choices=sorted(DATABASES),
        help="Default: both for the whole suite, sqlite when arguments are given. PostgreSQL is made for the run in a"
        " temporary folder and is gone afterwards.",
    )
    options, pytest = parser.parse_known_args(arguments)
    databases = DATABASES[options.database or ("sqlite" if pytest else "both")]
    return Tests(databases=databases, pytest=tuple(pytest))


def make_parser(command: str, description: str, epilog: str) -> Parser:
    return Parser(
        prog=f"manage.py {command}",
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
