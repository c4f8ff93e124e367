"""The slide that says how the matrix stands: environments by level as bars, and those that nobody owns."""

from __future__ import annotations

from dataclasses import dataclass

from communitycalls.deck.setting import CriterionSum, LevelCount, MatrixSummary
from communitycalls.deck.slides import Slide

BAR_WIDTH, SHORT_BAR_WIDTH, BAR_GAP = 1096.0, 760.0, 4.0
LOW_BAR, HIGH_BAR = 24, 40


@dataclass(frozen=True)
class BarPart:
    """A part of a bar, in pixels from its left end."""

    x: float
    width: float
    level: LevelCount


@dataclass(frozen=True, kw_only=True)
class Standing(Slide):
    """How the matrix stands: environments by level, and those without an owner. `apart` shows these alone."""

    template = "standing"
    parts = "vacancies"

    matrix: MatrixSummary
    vacancies: tuple[str, ...] = ()
    apart: bool = False

    @property
    def short_bar(self) -> int:
        """How high the bars of several criteria are, in pixels: higher where nothing stands below them."""
        return LOW_BAR if self.vacancies else HIGH_BAR

    @property
    def bars(self) -> list[tuple[CriterionSum, list[BarPart]]]:
        """Each criterion with its levels as parts of a bar, in the order given."""
        width = BAR_WIDTH if len(self.matrix.criteria) == 1 else SHORT_BAR_WIDTH
        return [(criterion, _bar(criterion, width)) for criterion in self.matrix.criteria]


def _bar(criterion: CriterionSum, width: float) -> list[BarPart]:
    levels = [level for level in criterion.levels if level.count]
    whole = sum(level.count for level in levels) or 1
    room = width - BAR_GAP * max(len(levels) - 1, 0)
    parts, x = [], 0.0
    for level in levels:
        parts.append(BarPart(x, room * level.count / whole, level))
        x += parts[-1].width + BAR_GAP
    return parts
