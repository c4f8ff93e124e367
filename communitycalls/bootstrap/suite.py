"""Runs pytest, once for each database; the exit code says how it ended.

SQLite comes last: its run has the browser tests too, so the last line is pytest's own count of everything.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from communitycalls.bootstrap import postgresql
from communitycalls.bootstrap.arguments import Tests
from communitycalls.bootstrap.environment import ROOT
from communitycalls.bootstrap.progress import SetUpError, say

WITHOUT_BROWSER = ("-m", "not browser")  # the browser sees no difference between databases
MOST_WORKERS = 4
PYTEST_INTERRUPTED = 2


def workers(tests: Tests, processors: int) -> tuple[str, ...]:
    """The whole suite shares itself out over the processors; of a part the order is worth more."""
    if not tests.are_the_whole_suite or processors < 2:
        return ()
    return ("-n", str(min(processors, MOST_WORKERS)), "--dist", "worksteal")


def command_for(database: str, tests: Tests, processors: int) -> list[str]:
    limit = WITHOUT_BROWSER if database == "postgresql" else ()
    return [sys.executable, "-m", "pytest", *workers(tests, processors), *limit, *tests.pytest]


def pytest_on(database: str, tests: Tests, database_url: str | None) -> int:
    """Pytest's exit code. Paths among its arguments are the project's, as in its own configuration."""
    settings = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in settings}
    if database_url:
        environment["DATABASE_URL"] = database_url
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return subprocess.call(command_for(database, tests, processors), cwd=ROOT, env=environment)


def run_on(database: str, tests: Tests) -> int:
    if database == "sqlite":
        say("Tests on SQLite:")
        return pytest_on(database, tests, None)
    try:
        say("Tests on PostgreSQL:")
        with postgresql.cluster() as database_url:
            return pytest_on(database, tests, database_url)
    except SetUpError as error:
        say(str(error))
        return 1


@contextmanager
def interrupts_left_to_pytest() -> Iterator[None]:
    """Ctrl-C reaches pytest, which ends with its summary; a call to terminate ends the block, and what it opened."""

    def wait(number: int, frame: FrameType | None) -> None:
        """Nothing: pytest had the same signal."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {signal.SIGINT: signal.signal(signal.SIGINT, wait), signal.SIGTERM: signal.signal(signal.SIGTERM, leave)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(tests: Tests) -> int:
    """0 where every run passed, else the code of the first that did not."""
    codes: list[int] = []
    with interrupts_left_to_pytest():
        for database in tests.databases:
            codes.append(run_on(database, tests))
            if codes[-1] == PYTEST_INTERRUPTED:
                break
    failed = next((code for code in codes if code), 0)
    if failed and not codes[-1]:
        say("The run on PostgreSQL failed: its summary stands above that of SQLite.")
    return failed
