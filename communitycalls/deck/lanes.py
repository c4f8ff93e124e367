"""Where the stops and promotions of a cadence go: pure geometry, in CSS pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communitycalls.deck.blocks import Lane
from communitycalls.deck.tones import tone_of


@dataclass(frozen=True)
class Stop:
    x: float
    y: float
    major: bool


@dataclass(frozen=True)
class Track:
    """A channel's line with its stops; `begin` is where its first release is."""

    channel: str
    tone: str
    y: float
    begin: float
    end: float
    stops: tuple[Stop, ...]

    @property
    def label_y(self) -> float:
        return self.y - 24


@dataclass(frozen=True)
class Promotion:
    """A release that goes on to the next channel: a path, its head, and the tone of where it arrives."""

    line: str
    head: str
    tone: str


@dataclass(frozen=True)
class LaneMap:
    width: float
    height: float
    tracks: tuple[Track, ...]
    promotions: tuple[Promotion, ...]
    words: str


def lane_map(lanes: Sequence[Lane], width: float, height: float) -> LaneMap:
    """The lanes one below the other, beats from left to right, and an arrow from each release that is promoted."""
    beats = max((len(lane.stops) for lane in lanes), default=1)
    beat = (width - 70) / max(beats - 1, 1)
    row = height / max(len(lanes), 1)
    tracks = tuple(_track(lane, row * (place + 0.5), beat, width) for place, lane in enumerate(lanes))
    promotions = tuple(arrow for upper, lower in pairwise(tracks) for arrow in _promotions(upper, lower))
    return LaneMap(width, height, tracks, promotions, "; ".join(map(_words, lanes)))


def _track(lane: Lane, y: float, beat: float, width: float) -> Track:
    stops = tuple(Stop(30 + beat * place, y, kind == "major") for place, kind in enumerate(lane.stops) if kind)
    begin = stops[0].x if stops else 30.0
    return Track(lane.channel, tone_of(lane.channel), y, begin, width - 4, stops)


def _promotions(upper: Track, lower: Track) -> list[Promotion]:
    """An arrow into each major stop of the lower lane, from the last major stop of the upper lane before it."""
    arrows = []
    for stop in lower.stops:
        before = [other for other in upper.stops if other.major and other.x < stop.x]
        if stop.major and before:
            arrows.append(_promotion(before[-1], stop, lower.tone))
    return arrows


def _promotion(start: Stop, end: Stop, tone: str) -> Promotion:
    x1, y1, x2, y2 = start.x, start.y + 15, end.x, end.y - 17
    line = f"M{x1:.1f} {y1:.1f}C{x1:.1f} {y2 - 6:.1f} {x2:.1f} {y1 + 6:.1f} {x2:.1f} {y2 - 10:.1f}"
    return Promotion(line, f"M{x2 - 7:.1f} {y2 - 11:.1f}h14l-7 12z", tone)


def _words(lane: Lane) -> str:
    majors = sum(stop == "major" for stop in lane.stops)
    minors = sum(stop == "minor" for stop in lane.stops)
    return f"{lane.channel}: {majors} major and {minors} minor or patch releases in {len(lane.stops)} beats"
