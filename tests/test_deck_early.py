"""Three processes make one file: the first says what comes of it, the command ends early, and nobody is left behind."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communitycalls.deck import bounds, early

HOME = Path(__file__).resolve().parent.parent
ORDER = """
import os, pickle, sys
os.environ["SECRET_KEY"] = "secret"
from communitycalls.deck import bounds, early
early.begin()
from tests import deck_jobs
order = (pickle.dumps(deck_jobs.{job}), "{path}", "the deck")
print(end="{said}")
early.hand_over(*order, is_dry_run={dry}, wall={wall})
raise AssertionError("nobody waits")
"""


def begin(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=HOME,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code and what was said, once all three have ended."""
    said, complained = process.communicate(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    return process.returncode, said, complained


def order(job: str, path: Path = Path("/nowhere"), wall: int = 20, dry: bool = False, said: str = "") -> str:
    return ORDER.format(job=job, path=path, wall=wall, dry=dry, said=said)


def test_file_is_saved_and_said_by_the_first_process(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    code, said, complained = end(begin(order("Telling()", path)))
    names = path.read_text().splitlines()
    assert (code, complained) == (0, "")
    assert said == f"page 1: told\n{path}: the deck, {len(names)} pages.\n"
    assert "PATH" in names
    assert "SECRET_KEY" not in names
    assert names[-1] == "engine="


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    code, said, _ = end(begin(order("Telling()", tmp_path / "a.pdf", dry=True)))
    assert (code, list(tmp_path.iterdir())) == (0, [])
    assert said.endswith("pages. Nothing was written: this was a dry run.\n")


@pytest.mark.parametrize(
    ("job", "wall", "sentence"),
    [
        ("Refusing()", 20, "“disco” is no theme."),
        ("Broken()", 20, bounds.UNKNOWN),
        ("Crash()", 20, bounds.TOO_LARGE),
        ("Greedy()", 20, bounds.TOO_LARGE),
        ("Asleep()", 3, bounds.TOO_LONG),
        ("Killed('Ships')", 20, f"{bounds.TOO_LONG} It came as far as the slide “Ships”."),
        ("Telling()", 20, "'/nowhere/a.pdf' cannot be written: No such file or directory."),
    ],
)
def test_job_ends_in_a_sentence(job: str, wall: int, sentence: str) -> None:
    code, said, complained = end(begin(order(job, Path("/nowhere/a.pdf"), wall)))
    assert (code, said) == (1, "")
    log, complaint = complained.rpartition("CommandError: ")[::2]
    assert complaint == f"{sentence}\n"
    assert log.startswith("Traceback") if "Broken" in job else log == ""


def test_command_has_ended_while_its_file_is_drawn(tmp_path: Path) -> None:
    code, _, complained = end(begin(order("AfterItsCommand(os.getpid())", tmp_path / "a.pdf")))
    assert code == 0, complained


@pytest.mark.parametrize(("ending", "code"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 15)", 128 + 15), ("", 0)])
def test_exit_code_is_that_of_a_command_that_hands_nothing_over(ending: str, code: int) -> None:
    script = f"import os, sys\nfrom communitycalls.deck import early\nearly.begin()\n{ending}"
    assert end(begin(script)) == (code, "", "")


def test_handing_over_does_nothing_where_nobody_waits() -> None:
    early.hand_over(b"", "a.pdf", "the deck", is_dry_run=False, wall=1)


@pytest.mark.parametrize(
    ("send", "number", "code"), [(os.killpg, signal.SIGINT, 130), (os.kill, signal.SIGTERM, 128 + 15)]
)
def test_stopped_command_leaves_nobody_behind(
    tmp_path: Path, send: Callable[[int, int], None], number: int, code: int
) -> None:
    process = begin(order("Asleep()", tmp_path / "a.pdf", said="a word\\n"))
    assert process.stdout
    assert process.stdout.readline() == "a word\n"
    send(process.pid, number)
    assert end(process)[0] == code


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_first_process_that_is_killed_takes_the_others_with_it(tmp_path: Path, number: int) -> None:
    script = order("Asleep()", tmp_path / "a.pdf").replace("early.hand_over", "print('x', flush=True); early.hand_over")
    process = begin(script)
    assert process.stdout
    assert process.stdout.readline() == "x\n"
    process.send_signal(number)
    process.wait()
    assert process.stdout.read() == ""  # at its end once nobody has it open: all have ended
    process.communicate()


@pytest.mark.parametrize("streams", ["<&- >&- 2>&-", ">&-", "2>&-", "> /dev/full", "| true"])
def test_file_is_saved_whoever_listens(tmp_path: Path, streams: str) -> None:
    path = tmp_path / "a.pdf"
    command = shlex.join([sys.executable, "-c", order("Telling()", path).replace('print(end="")', "")])
    shell = ["bash", "-c", f"{command} {streams}"]
    done = subprocess.run(shell, cwd=HOME, stderr=subprocess.PIPE, text=True, check=False)
    assert path.read_text().endswith("engine=")
    assert done.stderr == ("What was done cannot be printed: No space left on device.\n" if "full" in streams else "")


@pytest.mark.parametrize("forks", [0, 1])
def test_command_does_all_by_itself_where_the_system_has_no_process_left(forks: int) -> None:
    script = (
        f"import os\nfork, left = os.fork, [1] * {forks}\n"
        "def few():\n    if not left: raise BlockingIOError(11, 'no more')\n    left.pop()\n    return fork()\n"
        "os.fork = few\nfrom communitycalls.deck import early\nearly.begin()\nprint('went on', early.WAITING)"
    )
    assert end(begin(script)) == (0, "went on []\n", "")
