"""What is happening, said step by step on standard error, and one sentence where it cannot go on."""

import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence

SECONDS_BETWEEN_LINES = 5.0
LINES_OF_A_FAILURE = 12
LONGEST_LINE = 110


class SetUpError(Exception):
    """Why the set-up cannot go on, and what to type."""


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


class LatestLine:
    """The latest line of a running program: rewritten in place on a terminal, else one every few seconds."""

    def __init__(self) -> None:
        self.on_terminal = sys.stderr.isatty()
        self.shown_at = time.monotonic()

    def show(self, line: str) -> None:
        if self.on_terminal:
            width = shutil.get_terminal_size().columns - 4
            sys.stderr.write(f"\r\x1b[K    {line[:width]}")
            sys.stderr.flush()
        elif time.monotonic() - self.shown_at >= SECONDS_BETWEEN_LINES:
            say(f"    {line[:LONGEST_LINE]}")
            self.shown_at = time.monotonic()

    def clear(self) -> None:
        if self.on_terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def run(command: Sequence[str], doing: str, environment: Mapping[str, str] | None = None) -> None:
    """Says `doing` and runs `command`, showing its latest line. SetUpError with its last lines when it fails."""
    say(f"{doing} ...")
    begun, latest, tail = time.monotonic(), LatestLine(), deque[str](maxlen=LINES_OF_A_FAILURE)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    ) as process:
        assert process.stdout is not None
        for line in filter(None, map(str.strip, process.stdout)):
            tail.append(line)
            latest.show(line)
    latest.clear()
    if process.returncode:
        raise SetUpError(
            "\n".join([f"{doing}: failed. The last lines of {command[0]}:", *(f"    {line}" for line in tail)])
        )
    say(f"    done in {time.monotonic() - begun:.0f} s")
