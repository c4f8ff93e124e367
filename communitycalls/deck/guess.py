"""What to try next with a slide that does not fit, so that few trials are laid out and none is much larger than a page.

Text that is set smaller fills less by a power of its size: between 1, where only lines get lower, and 2, where more
words come to stand on each, and less where pictures and titles keep their size. Two trials tell that power.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Protocol

FULL_SIZE = 100
SCALES = (92, 84, 76, 68)
FIRST_TRY = ((1.1, 92), (1.25, 84), (1.82, 68))
HOPELESS = FIRST_TRY[-1][0]
LEAST_OVER = 1.01
HOPE_BETWEEN, HOPE_BEYOND = 1.07, 1.03
GAIN = 1.2
ATOMS = 20


class Lying(Protocol):
    """How a slide was found to lie: how much of a page its text fills, and the first atom that fell off."""

    @property
    def fits(self) -> bool: ...

    @property
    def filled(self) -> float: ...

    @property
    def first_off(self) -> int | None: ...


def next_scale(tries: Mapping[int, Lying]) -> int | None:
    """The scale to try next, None where no other is likely to be a larger one that fits.

    `tries` are by scale, the full size among them, which does not fit. What fits at one size fits at any smaller.
    """
    too_large = min(scale for scale, found in tries.items() if not found.fits)
    fitting = max((scale for scale, found in tries.items() if found.fits), default=0)
    if len(tries) == 1:
        return next((scale for most, scale in FIRST_TRY if tries[FULL_SIZE].filled <= most), None)
    hope = HOPE_BETWEEN if fitting else HOPE_BEYOND
    return next((scale for scale in SCALES if fitting < scale < too_large and _filled(tries, scale) <= hope), None)


def _filled(tries: Mapping[int, Lying], scale: int) -> float:
    """How much a slide is likely to fill at a scale, by the two tries that are nearest."""
    one, two = sorted(tries, key=lambda tried: abs(tried - scale))[:2]
    power = log(_over(tries[one]) / _over(tries[two])) / log(one / two)
    return _over(tries[one]) * float((scale / one) ** power)


def _over(found: Lying) -> float:
    """How much a slide fills; one that does not fit fills more than its page, whatever its atoms do."""
    return max(found.filled, 0.1 if found.fits else LEAST_OVER)


def atoms_at(scale: int, tries: Mapping[int, Lying]) -> int:
    """How many atoms a page is likely to hold at a scale, by what it held at the nearest scale tried."""
    nearest = min(tries, key=lambda tried: abs(tried - scale), default=None)
    if nearest is None or tries[nearest].first_off is None:
        return ATOMS
    return round((tries[nearest].first_off or 1) * float((nearest / scale) ** GAIN))
