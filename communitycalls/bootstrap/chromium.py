"""Which Chromium the browser tests drive."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_INSTALL = ("-m", "playwright", "install", "--with-deps", "chromium")


def find() -> Path | None:
    """The system's Chromium, else the one that Playwright fetched for this user, else None."""
    for name in NAMES:
        program = shutil.which(name)
        if program and not is_snap(Path(program)):
            return Path(program)
    return find_fetched(fetched_folder())


def is_here() -> bool:
    return find() is not None


def is_snap(program: Path) -> bool:
    """Snaps and Ubuntu's scripts that stand for one: confined, they cannot see a test's temporary files."""
    if "snap" in program.resolve().parts or program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        return b"/snap/" in file.read(4096)


def fetched_folder() -> Path:
    return Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")


def find_fetched(folder: Path) -> Path | None:
    """The newest of Playwright's own Chromiums below `folder`."""
    found = sorted(folder.glob("chromium-*/chrome-*/chrome"), key=lambda program: program.stat().st_mtime)
    return found[-1] if found else None
