"""The deck's fonts for browsers, from the very files that the PDFs embed: slides fitted with them fit with no others.

Where fontconfig's `fc-list` or a family is absent, there is none and the browser's own fonts stand in.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communitycalls.deck import theme
from communitycalls.deck.setting import DeckSetting

FORMAT = "%{family[0]}|%{weight}|%{slant}|%{variable}|%{file}\n"
WEIGHTS = {50: 300, 80: 400, 100: 500, 180: 600, 200: 700, 205: 800}
ROMAN, ITALIC = 0, 100
ITALIC_WEIGHTS = (400, 600)
QUOTED = re.compile(r'"([^"]+)"')
KINDS = {".otf": "opentype", ".ttf": "truetype"}


@dataclass(frozen=True)
class Face:
    """A font file of a family. `name` is what browsers ask for it by."""

    family: str
    weight: int
    is_italic: bool
    path: Path

    @property
    def name(self) -> str:
        family = re.sub(r"[^a-z0-9]+", "-", self.family.casefold()).strip("-")
        return f"{family}-{self.weight}{'-italic' if self.is_italic else ''}{self.path.suffix.lower()}"


def families(setting: DeckSetting) -> list[str]:
    """The families a setting's slides are set in, without those that stand in for them."""
    tokens = theme.theme(setting).tokens
    first = (QUOTED.search(tokens[name]) for name in ("sans", "display", "mono"))
    return list(dict.fromkeys(match[1] for match in first if match))


def faces(setting: DeckSetting) -> list[Face]:
    """The fonts of a setting's slides that this machine has."""
    wanted = families(setting)
    return [face for face in installed() if face.family in wanted]


@lru_cache(maxsize=1)
def installed() -> tuple[Face, ...]:
    """The fonts of this machine in the weights that decks use. Asks fontconfig once in a process."""
    program = shutil.which("fc-list")
    if program is None:
        return ()
    answer = subprocess.run([program, "--format", FORMAT], capture_output=True, text=True, check=False, timeout=20)
    return read(answer.stdout.splitlines())


def read(lines: Sequence[str]) -> tuple[Face, ...]:
    """Fonts as fontconfig lists them, one for each name; variable fonts and other weights are left out."""
    found: dict[str, Face] = {}
    for family, weight, slant, variable, path in (line.split("|", 4) for line in lines if line.count("|") >= 4):
        if variable != "False" or not weight.isdigit() or int(weight) not in WEIGHTS or not slant.isdigit():
            continue
        face = Face(family, WEIGHTS[int(weight)], int(slant) == ITALIC, Path(path))
        if face.path.suffix.lower() not in KINDS:
            continue
        if int(slant) == ROMAN or (face.is_italic and face.weight in ITALIC_WEIGHTS):
            found.setdefault(face.name, face)
    return tuple(found.values())


def sheet(setting: DeckSetting, address: str) -> str:
    """The rules that name the fonts; `address` is the folder they are served from."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" font-style: {'italic' if face.is_italic else 'normal'}; font-display: swap;"
        f' src: url("{address}{face.name}") format("{KINDS[face.path.suffix.lower()]}"); }}\n'
        for face in faces(setting)
    )


def file_of(name: str) -> Path | None:
    """The font file that a browser asks for by its name; None where this machine has no such font for decks."""
    return next((face.path for face in installed() if face.name == name), None)
