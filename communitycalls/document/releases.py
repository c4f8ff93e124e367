"""What a call said of releases: in prose ("the round of May 2nd has a new major Alpha (1.3.0)") or in a list.

Only a version beside a channel's name is a release's; Docker 20.10 and OpenSSL 3.0 are somebody else's. A channel
without a version counts where its sentence announces a round and says when. A round with neither channel nor version
counts by its date alone. Days without a year are those nearest to the call.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communitycalls.document.dates import Day, days
from communitycalls.document.outline import Passage
from communitycalls.document.values import Release

VERSION = r"v?(\d+(?:\.\d+){1,4}(?:[-+][0-9A-Za-z][0-9A-Za-z.+-]*)?)"
CHANNEL = r"(alpha|beta|stable|lts|edge|nightly|canary)\b(?:[\s-]?(20\d\d)(?![\d.]))?"
_BETWEEN = (
    r"(?:[\s:=(|,\u2013\u2014-]"
    r"|\b(?:channel|releases?|version|is|now|at|to|was|will be|new|major|minor|patch|level|updated?)\b)"
)
NAMED = re.compile(rf"\b{CHANNEL}(?:{_BETWEEN}{{0,12}}?\b{VERSION}(?![\w.]*\w))?", re.IGNORECASE)
TURNED = re.compile(
    rf"(?:^|[:(,;|]\s*|\b(?:releases?|version|and|released|shipped|ship|of)\s+){VERSION}\s*[(|,-]?\s*\b{CHANNEL}",
    re.IGNORECASE,
)
BUMP = re.compile(r"\b(major|minor|patch)\b", re.IGNORECASE)
OWN_BUMP = re.compile(r"[\s)]*[(,:;\u2013\u2014-]\s*(?:new |a )?(major|minor|patch)\b", re.IGNORECASE)
ONLY_VERSION = re.compile(
    rf"(?:new |planned )?(?:(major|minor|patch) )?(?:level )?(?:release|version|update)?:? ?{VERSION}", re.IGNORECASE
)
ONLY_CHANNEL = re.compile(rf"{CHANNEL}(?: channel| release)?:?", re.IGNORECASE)
COMPACT = re.compile(
    rf"{CHANNEL}[:\s(,\u2013\u2014-]+(?:new |a )?(major|minor|patch)(?:[ -]level)?(?: releases?| updates?)?\)?",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(r"\b(?:new|updates?|major|minor|patch|ships?|shipped|shipping|versions?)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:shipped|released|went out|is out|are out|current|currently|latest|last|previous|was|were|landed)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:upcoming|next|will|plan|planned|planning|plans|soon|expected|scheduled|going to|outlook|to ship)\b",
    re.IGNORECASE,
)
WEEK = re.compile(r"\b(?:week (?:of|from|starting|beginning)|w/c|week commencing)\s*(?:on )?(?:the )?$", re.IGNORECASE)
AFTER_DAY = re.compile(r"[^\w.;]*(?:round|releases?|rollout|shipped|ships)\b", re.IGNORECASE)
BEFORE_DAY = re.compile(
    r"\b(?:releases?|round|rollout|released|shipped|ships?|shipping|alpha|beta|stable|lts)\b[\s(:,\u2013\u2014-]*"
    r"(?:\b(?:for|of|on|in|the|week|is|are|was|were|planned|scheduled|due|expected|by|around|date|next|upcoming|out|at|from)\b"
    r"[\s(:,\u2013\u2014-]*)*$",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"'(\u201c]?[A-Z0-9])|\n{2,}")
ADDRESS = re.compile(r"\]\([^()\s]*\)|<?https?://[^\s>)]+>?|\bwww\.[^\s)]+")


LONGEST = 2000  # a sentence's characters: what runs on is no prose


@dataclass(frozen=True)
class Around:
    """What a heading or the item above says of the lines below it."""

    date: dt.date | None = None
    granularity: str | None = None
    outlook: str | None = None
    channel: str | None = None


def read_releases(texts: Iterable[Passage], date: dt.date) -> tuple[Release, ...]:
    """The releases that texts tell of, once each, in order; `date` is the day of the call."""
    found: list[Release] = []
    for text in texts:
        for release in _walk(text, Around(), date):
            _merge(found, release)
    dated = {release.date for release in found if release.channel}
    kept = [release for release in found if release.channel or release.date not in dated]
    return tuple(replace(release, number=number) for number, release in enumerate(kept, start=1))


def _merge(found: list[Release], new: Release) -> None:
    """Adds a release unless it was told of before; then what is new about it."""
    for index, old in enumerate(found):
        if _is_same(old, new):
            found[index] = _merged(old, new)
            return
    found.append(new)


def _is_same(old: Release, new: Release) -> bool:
    if (old.channel or "").lower() != (new.channel or "").lower():
        return False
    if old.version and new.version:
        return old.version == new.version
    return old.date == new.date and (old.channel is not None or old.granularity == new.granularity)


def _merged(old: Release, new: Release) -> Release:
    dated = old if old.date else new
    return replace(
        old,
        version=old.version or new.version,
        date=dated.date,
        granularity=dated.granularity,
        outlook=new.outlook if old.outlook == "mentioned" else old.outlook,
        kind=old.kind or new.kind,
    )


def _walk(text: Passage, around: Around, date: dt.date) -> Iterator[Release]:
    """The releases of a passage, block by block; headings and items speak for what stands below them."""
    for block in text.blocks:
        part = text.of(block)
        if block.kind == "heading":
            around = _below(block.content, Around(), date)
        elif block.kind == "list":
            for item in block.items:
                yield from _walk_item(text.item(item), around, date)
        elif block.kind == "table":
            for row in part.rows:
                yield from _read(row.text, around, date)
        elif block.kind == "paragraph":
            yield from _read(part.text, around, date)
            around = (
                _below(part.text, around, date)
                if part.text.rstrip("*_ ").endswith(":") or _is_day(part.text)
                else around
            )


def _walk_item(item: Passage, around: Around, date: dt.date) -> Iterator[Release]:
    first = item.blocks[0] if item else None
    if not first or first.kind != "paragraph":
        yield from _walk(item, around, date)
        return
    yield from _read(first.content, around, date)
    yield from _walk(item.part(first.end), _below(first.content, around, date), date)


def _is_day(text: str) -> bool:
    found = days(text)
    return bool(found) and len(text) < 40


def _below(text: str, around: Around, date: dt.date) -> Around:
    """What a text says of the lines below it: a round's day, an outlook, a channel."""
    words = _words(text)
    channel = ONLY_CHANNEL.fullmatch(words)
    if channel:
        return replace(around, channel=_channel(channel[1], channel[2]))
    day = next(iter(days(words)), None) if _is_day(words) else _round(words)
    found = day.near(date) if day else None
    week = bool(day and WEEK.search(words[: day.start]))
    outlook = _outlook(found, week, words, date)
    return Around(
        found or around.date,
        ("week" if week else "day") if found else around.granularity,
        around.outlook if outlook == "mentioned" else outlook,
        around.channel,
    )


def _words(text: str) -> str:
    """A text without link addresses and emphasis."""
    return " ".join(ADDRESS.sub(" ", text).translate({ord(mark): None for mark in "*_`[]"}).split())


def _read(text: str, around: Around, date: dt.date) -> Iterator[Release]:
    for sentence in SENTENCE.split(text):
        yield from _sentence(_words(sentence), around, date)


def _sentence(words: str, around: Around, date: dt.date) -> Iterator[Release]:
    words = words[:LONGEST]
    only = ONLY_VERSION.fullmatch(words) if around.channel else None
    if only:
        yield _release(around.channel, only[2], (only[1] or "").lower() or None, words, None, around, date)
        return
    day = _round(words) or (next(iter(days(words)), None) if NAMED.search(words) else None)
    named = list(_named(words))
    announced = _round(words) is not None and bool(ANNOUNCED.search(words))
    compact = bool(around.date) and bool(COMPACT.fullmatch(words.rstrip(".")))
    counted = [found for found in named if found.version or announced or compact]
    for found in counted:
        yield _release(found.channel, found.version, _bump(found, named, words), words, day, around, date)
    if not counted and _round(words):
        yield _release(None, None, None, words, day, around, date)


@dataclass(frozen=True)
class Found:
    channel: str
    version: str | None
    start: int
    end: int


def _named(words: str) -> Iterator[Found]:
    """The channels a sentence names, each with the version beside it."""
    turned = [
        Found(_channel(match[2], match[3]), match[1], match.start(), match.end()) for match in TURNED.finditer(words)
    ]
    straight = [
        Found(_channel(match[1], match[2]), match[3], match.start(), match.end()) for match in NAMED.finditer(words)
    ]
    free = [found for found in turned if not any(_overlap(found, other) for other in straight if other.version)]
    yield from sorted(
        [*free, *(found for found in straight if not any(_overlap(found, other) for other in free))],
        key=lambda found: found.start,
    )


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _channel(name: str, year: str | None) -> str:
    proper = "LTS" if name.lower() == "lts" else name.capitalize()
    return f"{proper} {year}" if year and proper == "LTS" else proper


def _bump(found: Found, named: Iterable[Found], words: str) -> str | None:
    """Major, minor or patch: said of this channel itself, else the last said before it that belongs to no other."""
    own = OWN_BUMP.match(words, found.end) or BUMP.search(words, found.start, found.end)
    if own:
        return own[1].lower()
    taken = [match.span(1) for other in named for match in [OWN_BUMP.match(words, other.end)] if match]
    before = [match for match in BUMP.finditer(words, 0, found.start) if match.span(1) not in taken]
    return before[-1][1].lower() if before else None


def _round(words: str) -> Day | None:
    """The day of a release round that a sentence names."""
    for day in days(words):
        before, after = words[: day.start], words[day.end :]
        week = WEEK.search(before)
        about_release = re.search(r"\breleases?\b|\bround\b", before, re.IGNORECASE)
        if AFTER_DAY.match(after) or BEFORE_DAY.search(before) or (week and about_release):
            return day
    return None


def _release(
    channel: str | None,
    version: str | None,
    bump: str | None,
    words: str,
    day: Day | None,
    around: Around,
    date: dt.date,
) -> Release:
    found = day.near(date) if day else None
    week = bool(day and WEEK.search(words[: day.start]))
    outlook = _outlook(found or around.date, week if found else around.granularity == "week", words, date)
    return Release(
        0,
        channel,
        version,
        found or around.date,
        (around.outlook or outlook) if outlook == "mentioned" or not found else outlook,
        bump,
        granularity=("week" if week else "day") if found else around.granularity,
    )


def _outlook(found: dt.date | None, week: bool, words: str, date: dt.date) -> str:
    """Whether a release is out: by its day, else by the words."""
    if found and found > date:
        return "upcoming"
    if found and found + dt.timedelta(days=6 if week else 0) < date:
        return "current"
    past, future = PAST.search(words), FUTURE.search(words)
    if past or future:
        return "upcoming" if future and not past else "current"
    return "current" if found else "mentioned"
