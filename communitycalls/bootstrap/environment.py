"""The environment the project runs in: `.venv` beside manage.py, or one that somebody made for it.

A stamp in `.venv` says which locks were installed to the end, by their hashes. No stamp: `.venv` is somebody's own and
nothing is installed into it. A stamp without a lock: the last set-up was cut short, and `.venv` is made anew.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from communitycalls.bootstrap import ENTERED
from communitycalls.bootstrap.progress import SetUpError, run, say

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = Path("requirements.lock")
TEST_LOCK = Path(".requirements-test.lock")  # holds all of the other, so that `demo` after `test` installs nothing


def lock_for(command: str) -> Path:
    return TEST_LOCK if command == "test" else LOCK


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Venv:
    """A virtual environment, there or not."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.folder / "communitycalls.json"

    def version(self) -> str:
        """Of its Python, like "3.11", and "" where that does not start."""
        try:
            command = [str(self.python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return ""

    def installed(self) -> dict[str, str] | None:
        """The hash of each lock that was installed to the end, by name; None where the stamp is missing."""
        try:
            content = json.loads(self.stamp.read_text())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError:
            return {}
        same = isinstance(content, dict) and content.get("python") == self.version()
        return dict(content["locks"]) if same else {}

    def mark(self, locks: Sequence[Path]) -> None:
        """Writes the stamp: with `locks` when all is done, without any before it begins."""
        content = {"python": self.version(), "locks": {lock.name: digest(lock) for lock in locks}}
        unfinished = self.stamp.with_suffix(".new")
        unfinished.write_text(json.dumps(content))
        unfinished.replace(self.stamp)


class Step(Enum):
    STAY = "go on with the present interpreter"
    LEAVE = "go back to the interpreter our .venv was made with, to mend it from outside"
    ENTER = "start again inside .venv"
    INSTALL = "install the lock into our .venv, then enter"
    MAKE = "make .venv, install, then enter"
    REFUSE = "leave a folder alone that is no environment"


def next_step(venv: Venv, lock: Path, prefix: Path, base_prefix: Path) -> Step:
    """What brings this interpreter (`prefix`, `base_prefix`) to one that has the lock's packages."""
    installed = venv.installed()
    ready = installed is not None and installed.get(lock.name) == digest(lock)
    if prefix != base_prefix:
        ours = installed is not None and prefix.resolve() == venv.folder.resolve()
        return Step.LEAVE if ours and not ready else Step.STAY
    if ready:
        return Step.ENTER
    if installed:
        return Step.INSTALL
    return step_without_stamp(venv) if installed is None else Step.MAKE


def step_without_stamp(venv: Venv) -> Step:
    """`.venv` is missing, somebody's own, broken, or something else altogether."""
    folder = venv.folder
    if venv.version():
        return Step.ENTER
    if not folder.exists() or (folder / "pyvenv.cfg").exists():
        return Step.MAKE
    return Step.MAKE if folder.is_dir() and not any(folder.iterdir()) else Step.REFUSE


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands begun together do not make one `.venv` twice: the second waits."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is setting up .venv; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make(venv: Venv) -> None:
    """A fresh `.venv`; what a set-up that was cut short left there is removed."""
    if venv.folder.exists():
        say("Removing the .venv that was not finished or no longer starts ...")
        shutil.rmtree(venv.folder)
    venv.folder.mkdir()
    venv.mark([])
    run([sys.executable, "-m", "venv", str(venv.folder)], "Making .venv")


def install(venv: Venv, lock: Path) -> None:
    """Installs the lock, every file checked against its hash. SetUpError when pip fails."""
    venv.mark([])
    command = [str(venv.python), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off", "--no-input"]
    environment = os.environ | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    run([*command, "-r", str(lock)], f"Installing the packages of {lock.name}", environment)
    venv.mark([ROOT / LOCK, lock])


def prepare(venv: Venv, lock: Path) -> None:
    """Makes `.venv` ready where it is not. SetUpError where that cannot be done."""
    with one_at_a_time():
        step = next_step(venv, lock, Path(sys.base_prefix), Path(sys.base_prefix))
        if step is Step.REFUSE:
            raise SetUpError(f"{venv.folder} is no Python environment. Move it away, then type the same command again.")
        try:
            if step is Step.MAKE:
                make(venv)
            if step in (Step.MAKE, Step.INSTALL):
                install(venv, lock)
        except OSError as error:
            raise SetUpError(f"{venv.folder} cannot be made: {error}.") from error


def start_again(python: Path, argv: Sequence[str], entered: bool) -> None:
    """Replaces this process by the same command on another interpreter. Does not return."""
    os.environ.pop(ENTERED, None)
    if entered:
        os.environ[ENTERED] = "1"
    os.execv(python, [str(python), *argv])


def missing_packages(command: str) -> list[str]:
    """What pyproject.toml asks for by name and the present interpreter has not got."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *(project["dependency-groups"]["test"] if command == "test" else [])]
    names = [re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0] for requirement in wanted]
    return [name for name in names if not is_installed(name)]


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def check_packages(command: str, venv: Venv) -> None:
    """SetUpError naming the command that brings what the present interpreter lacks."""
    missing = missing_packages(command)
    if not missing:
        return
    lacks = f"The environment {sys.prefix} lacks {', '.join(missing)}."
    stands_here = Path(sys.prefix).resolve() == venv.folder.resolve()
    if stands_here and venv.installed() is not None:
        venv.mark([])
        raise SetUpError(f"{lacks} Something else has changed it. Type the same command again: it makes .venv anew.")
    other = f"Remove {sys.prefix}" if stands_here else "Leave that environment"
    raise SetUpError(
        f"{lacks} It is yours, so nothing was installed into it. Type this, then the same command again:\n"
        f"    {line_to_install(ROOT / lock_for(command))}\n"
        f"{other}, and python3 manage.py {command} makes one of its own."
    )


def line_to_install(lock: Path) -> str:
    """For the present interpreter: with its own pip, or with uv where that made it without one."""
    has_pip = importlib.util.find_spec("pip") is not None
    install = f"{sys.executable} -m pip install" if has_pip else f"uv pip install --python {sys.executable}"
    return f"{install} --require-hashes -r {lock}"


def was_entered() -> bool:
    return ENTERED in os.environ


def settle(command: str, argv: Sequence[str]) -> None:
    """Returns in an interpreter that has the packages for `command`; to get there it may start again and not return.

    SetUpError where that cannot be done.
    """
    venv, lock = Venv(ROOT / ".venv"), ROOT / lock_for(command)
    if not was_entered():
        step = next_step(venv, lock, Path(sys.prefix), Path(sys.base_prefix))
        if step is Step.LEAVE:
            start_again(Path(sys.base_prefix) / "bin" / "python3", argv, entered=False)
        if step is not Step.STAY:
            prepare(venv, lock)
            start_again(venv.python, argv, entered=True)
    os.environ.pop(ENTERED, None)
    check_packages(command, venv)


def enter_if_made(argv: Sequence[str]) -> None:
    """For every other command where Django is missing here: goes on inside `.venv`. SetUpError where there is none."""
    entered = os.environ.pop(ENTERED, None)
    venv = Venv(ROOT / ".venv")
    if entered or sys.prefix != sys.base_prefix or not venv.version():
        raise SetUpError(
            "Django is not installed here. python3 manage.py demo makes .venv beside manage.py with all it needs."
        )
    start_again(venv.python, argv, entered=True)
