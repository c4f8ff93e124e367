"""The parts of the system that pip cannot bring: which are missing, and how they come here.

What counts is whether a part works (the library loads, the program is there), not what a package list says.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from communitycalls.bootstrap import chromium, postgresql
from communitycalls.bootstrap.arguments import Tests
from communitycalls.bootstrap.progress import SetUpError, run, say

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")


@dataclass(frozen=True)
class Part:
    """A part of the system, the Debian packages that bring it, and whether the command stops without it."""

    name: str
    packages: tuple[str, ...]
    is_here: Callable[[], bool]
    needed: bool = True


def loads(library: str, version: int = 0) -> bool:
    """Whether the dynamic loader finds a library, named like "pango-1.0"."""
    try:
        ctypes.CDLL(f"lib{library}.so.{version}")
    except OSError:
        return ctypes.util.find_library(library) is not None
    return True


def has_font(pattern: str) -> bool:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(next(folder.rglob(pattern), None) is not None for folder in folders if folder.is_dir())


def has_ensurepip() -> bool:
    """Debian splits it off: without it `python3 -m venv` makes an environment that has no pip."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


VENV = Part("venv, which makes the environment", ("python3-venv",), has_ensurepip)
PAGES = (
    Part("Pango, which draws the PDFs", ("libpango-1.0-0",), lambda: loads("pango-1.0")),
    Part("Pango for FreeType", ("libpangoft2-1.0-0",), lambda: loads("pangoft2-1.0")),
    Part("HarfBuzz subsetting, which keeps PDFs small", ("libharfbuzz-subset0",), lambda: loads("harfbuzz-subset")),
    Part("a font", ("fonts-dejavu-core",), lambda: has_font("*.[to]t[fc]")),
    Part("Inter, the font of the slides", ("fonts-inter",), lambda: has_font("Inter*"), needed=False),
    Part("a font for code", ("fonts-jetbrains-mono",), lambda: has_font("JetBrainsMono*"), needed=False),
    Part("an emoji font", ("fonts-noto-color-emoji",), lambda: has_font("*[Ee]moji*"), needed=False),
)
ATOMIC = Part("libatomic, for Playwright", ("libatomic1",), lambda: sys.platform != "linux" or loads("atomic", 1))


def parts_for_tests(tests: Tests, strict: bool) -> tuple[Part, ...]:
    """`strict` (CI): a part of the suite needs Chromium just as the whole does."""
    needed = tests.are_the_whole_suite or strict
    browser = Part("Chromium, for the browser tests", ("chromium",), chromium.is_here, needed)
    database = Part("PostgreSQL", ("postgresql",), postgresql.is_here)
    return (
        *PAGES,
        ATOMIC,
        *([] if is_ubuntu() else [browser]),
        *([database] if "postgresql" in tests.databases else []),
    )


def os_release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def is_ubuntu() -> bool:
    return os_release().get("ID") == "ubuntu"


def is_debian_family() -> bool:
    release = os_release()
    family = {release.get("ID"), *release.get("ID_LIKE", "").split()}
    return "debian" in family and shutil.which("apt-get") is not None


def is_root() -> bool:
    return os.geteuid() == 0


def install_command(packages: Sequence[str]) -> list[str]:
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def line_to_type(packages: Sequence[str], sudo: bool) -> str:
    prefix = "sudo " if sudo else ""
    return f"{prefix}apt-get update && {prefix}{' '.join(install_command(packages))}"


def advice(missing: Sequence[Part], debian: bool, sudo: bool) -> str:
    """What is missing and the one line that brings it."""
    names = "; ".join(part.name for part in missing)
    packages = packages_of(missing)
    if any(part.needed for part in missing):
        begin, then = f"Missing on this system: {names}.", ", then the same command again"
    else:
        begin, then = f"Going on without what is missing on this system: {names}.", " to have it"
    if debian:
        who = "" if sudo else " as root"
        return f"{begin}\nType this line{who}{then}:\n    {line_to_type(packages, sudo)}"
    return f"{begin}\nUse this system's package manager{then} (Debian calls the packages {' '.join(packages)})."


def packages_of(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(package for part in parts for package in part.packages))


def install(packages: Sequence[str]) -> None:
    """Needs root. SetUpError where apt-get fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    try:
        run(["apt-get", "update"], "Reading the lists of system packages", environment)
    except SetUpError as error:
        say(f"{error}\nGoing on with the lists as they are.")
    command = install_command(packages)
    run([*command, "-o", "DPkg::Lock::Timeout=300"], f"Installing {' '.join(packages)}", environment)


def supply(parts: Iterable[Part]) -> None:
    """Sees to it that the parts are here. SetUpError with the line to type where a needed one cannot be had."""
    missing = [part for part in parts if not part.is_here()]
    debian = is_debian_family()
    if missing and debian and is_root():
        try:
            install(packages_of(missing))
        except SetUpError as error:
            say(str(error))
        missing = [part for part in missing if not part.is_here()]
    if not missing:
        return
    sentence = advice(missing, debian, sudo=not is_root() and shutil.which("sudo") is not None)
    if any(part.needed for part in missing):
        raise SetUpError(sentence)
    say(sentence)


def supply_playwright_chromium(tests: Tests, strict: bool) -> None:
    """Ubuntu has Chromium as a snap alone, which tests cannot drive: there Playwright fetches one of its own.

    Runs inside the environment. SetUpError with the line to type where it is needed and cannot be had.
    """
    if not is_ubuntu() or chromium.is_here():
        return
    command = [sys.executable, *chromium.PLAYWRIGHT_INSTALL]
    if is_root():
        try:
            run(command, "Fetching Chromium with Playwright (Ubuntu has it as a snap alone)")
        except SetUpError as error:
            say(str(error))
    if chromium.is_here():
        return
    sentence = (
        f"Missing: Chromium, for the browser tests. Type this, then the same command again:\n    {' '.join(command)}"
    )
    if tests.are_the_whole_suite or strict:
        raise SetUpError(sentence)
    say(f"{sentence}\nGoing on without.")
