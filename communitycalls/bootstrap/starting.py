"""What `demo` and `test` need before Django can be imported, and every command where there is no Django yet."""

import os
import sys
from collections.abc import Sequence

from communitycalls.bootstrap import arguments, environment, network, suite, system
from communitycalls.bootstrap.progress import SetUpError, say


def is_strict() -> bool:
    """In CI nothing real may be missing: a test without its browser or database fails there, and is not left out."""
    return os.environ.get("REQUIRE_REAL_PARTS", "") not in ("", "0")


def provide(command: str, parts: Sequence[system.Part], argv: Sequence[str]) -> None:
    """Returns in an interpreter that has the packages for `command`, on a system that has the parts.

    Outside any environment the system comes first, all of it at once, since venv itself may be missing.
    """
    if sys.prefix == sys.base_prefix:
        system.supply((system.VENV, *parts))
    entered = environment.was_entered()
    environment.settle(command, argv)
    if not entered:
        system.supply(parts)


def set_up_demo(argv: Sequence[str]) -> None:
    """Returns where Django can run the demo: on this machine alone, with a key and hosts of its own."""
    demo = arguments.read_demo(argv[2:])
    if demo.serve:
        network.check_port(demo.port)
    provide("demo", system.PAGES, argv)
    os.environ["COMMUNITYCALLS_DEMO"] = "1"
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{demo.port}")


def set_up_tests(tests: arguments.Tests, argv: Sequence[str]) -> None:
    """Returns where pytest can run with all it needs."""
    provide("test", system.parts_for_tests(tests, is_strict()), argv)
    system.supply_playwright_chromium(tests, is_strict())


def enter(argv: Sequence[str]) -> None:
    """Returns in an interpreter where Django runs argv, or ends the process."""
    try:
        match argv[1:2]:
            case ["demo"]:
                set_up_demo(argv)
            case ["test"]:
                tests = arguments.read_tests(argv[2:])
                set_up_tests(tests, argv)
                sys.exit(suite.run(tests))
            case _:
                environment.enter_if_made(argv)
    except SetUpError as error:
        say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nStopped. The same command takes it up again.")
        sys.exit(130)
