"""A PostgreSQL for one run of the tests: made in a temporary folder, reached by a socket there, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from communitycalls.bootstrap.progress import SetUpError

NAME = "communitycalls"
SECONDS_TO_START = 60
# a cluster that lives for minutes may lose everything in a crash: no waiting for the disk
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_programs(debian: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """The folder of initdb and postgres: Debian's newest version, else the one on the PATH, else None."""
    folders = [path.parent for path in debian.glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0)
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def is_here() -> bool:
    return find_programs() is not None


def owner() -> pwd.struct_passwd:
    """Who runs it: this user, and where that is root, which PostgreSQL refuses, its own account or else nobody's."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def start(command: list[str], log: Path) -> "subprocess.Popen[bytes]":
    """Runs a program of PostgreSQL's as its owner, in a session of its own: Ctrl-C is for the tests."""
    change = owner() if os.geteuid() == 0 else None
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=log.parent,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(log.parent)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            user=change and change.pw_uid,
            group=change and change.pw_gid,
            extra_groups=change and [],
        )


def finish(process: "subprocess.Popen[bytes]", log: Path, doing: str) -> None:
    if process.wait():
        raise SetUpError(f"{doing}: failed. Its words:\n{log.read_text(errors='replace')[-1500:]}")


def await_server(server: "subprocess.Popen[bytes]", programs: Path, folder: Path, log: Path) -> None:
    """Returns once it answers. SetUpError when it ends or does not answer in time."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SetUpError(f"PostgreSQL did not start. Its words:\n{log.read_text(errors='replace')[-1500:]}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Ends it at once, by its own id; a client still connected is cut off."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        server.wait()


def make_folder() -> Path:
    """Short, since a socket's path may have 107 bytes, and open to PostgreSQL's owner alone (and root)."""
    folder = Path(tempfile.mkdtemp(prefix="calls-pg-", dir="/tmp"))
    os.chown(folder, owner().pw_uid, owner().pw_gid)
    return folder


@contextmanager
def cluster() -> Iterator[str]:
    """The DATABASE_URL of a fresh PostgreSQL that lives as long as the block. SetUpError where it does not start."""
    programs = find_programs()
    if programs is None:
        raise SetUpError("PostgreSQL is missing: no initdb in /usr/lib/postgresql or on the PATH.")
    folder = make_folder()
    data, log = folder / "data", folder / "log"
    try:
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-sync"]
        finish(start(initdb, log), log, "Making a PostgreSQL cluster")
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        server = start([str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings], log)
        try:
            await_server(server, programs, folder, log)
            yield f"postgres://{NAME}@/{folder}/postgres"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
