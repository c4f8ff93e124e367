"""Calls become PDF files."""

import datetime as dt
import pickle
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError
from django.http import Http404

from communitycalls.access import sees_minutes
from communitycalls.addresses import read_address
from communitycalls.deck import early
from communitycalls.deck.bounds import Limits
from communitycalls.deck.job import KINDS, Job
from communitycalls.deck.orders import UnwritableError, counted, fill, remark, save, would
from communitycalls.deck.outcome import DeckError, Drawing
from communitycalls.deck.render import draw_here
from communitycalls.deck.sheet import SIZES
from communitycalls.deck.sources import job_of
from communitycalls.management.base import BaseCommand
from communitycalls.models import Call, CallQuerySet, Series

NAMES = {"deck": "slides", "runsheet": "run-sheet"}


@dataclass(frozen=True)
class Wish:
    """What is asked for: a kind of PDF, a size of paper, and whether drafts and unfinished minutes are shown."""

    kind: str
    size: str
    unpublished: bool
    dry_run: bool


class RefusedError(Exception):
    """A call that gets no file. The message is a sentence."""


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # as Django has it: they load every page of the site
    help = (
        "Draws calls as PDFs: the deck of slides, its handout (three slides a page), the agenda, the minutes, or the"
        " private run sheet. One DATE makes the file OUTPUT; several, or none for all calls of the series, make files"
        " in the folder OUTPUT. They show what the public may see, unless --all is said; a run sheet always shows"
        " private notes. What was done so that a page holds its text is told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", choices=KINDS, help=" or ".join(KINDS))
        parser.add_argument("series", metavar="SERIES", help="the slug of a series")
        parser.add_argument("date", metavar="DATE", nargs="*", help="dates of calls, such as 2021-05-11; none for all")
        parser.add_argument(
            "-o", "--output", metavar="FILE|DIR", type=Path, required=True, help="a PDF file, or a folder for several"
        )
        parser.add_argument("--since", metavar="DATE", help="of all calls those on this day and later, as 2021-01-01")
        parser.add_argument("--paper", choices=SIZES, default="", help="the size of papers; as usual the site's own")
        parser.add_argument("--all", dest="unpublished", action="store_true", help="a draft or unfinished minutes too")
        parser.add_argument("--dry-run", action="store_true", help="draw, tell, and write nothing")

    def handle(self, **options: Any) -> None:
        wish = Wish(options["kind"], options["paper"], options["unpublished"], options["dry_run"])
        dates, output = options["date"], options["output"]
        calls = _choose(wish, options["series"], dates, options["since"])
        if len(dates) == 1 and not _is_folder(output):
            return self._export_one(wish, calls[0], output)
        return self._export_many(wish, calls, output)

    def _export_one(self, wish: Wish, call: Call, path: Path) -> None:
        try:
            job, what = _job(wish, call), f"the {_named(wish)} of {call}"
            early.hand_over(pickle.dumps(job), str(path), what, is_dry_run=wish.dry_run, wall=Limits().wall)
            drawing = draw_here(job)
            sentence = fill(str(path), what, drawing.pdf, drawing.pages, is_dry_run=wish.dry_run)
        except (RefusedError, DeckError, UnwritableError) as error:
            raise CommandError(str(error)) from error
        self._tell_remarks(drawing)
        self.stdout.write(sentence)

    def _export_many(self, wish: Wish, calls: Sequence[Call], folder: Path) -> None:
        """Files in a folder. A call that is refused does not stop the others; their sentences come at the end."""
        if not _is_folder(folder) and folder.exists():
            raise CommandError(f"{str(folder)!r} is a file. Name a folder: {counted(len(calls), 'call')} were chosen.")
        refused = []
        if not wish.dry_run:
            _make(folder)
        for place, call in enumerate(calls, 1):
            if self.stderr.isatty():
                self.stderr.write(f"{place} of {len(calls)}: {call.address}")
            path = folder / f"{call.address}-{NAMES.get(wish.kind, wish.kind)}.pdf"
            try:
                pages = self._draw(wish, call, path)
            except RefusedError as error:
                refused.append(f"{call.address}: {error}")
            else:
                self.stdout.write(f"{path}: {counted(pages, 'page')}")
        drawn = counted(len(calls) - len(refused), "call")
        done = f"The {_named(wish)} of {drawn} drawn in {folder}.{would(wish.dry_run)}"
        if refused:
            raise CommandError("\n".join([done, f"{counted(len(refused), 'call')} refused:", *refused]))
        self.stdout.write(done)

    def _draw(self, wish: Wish, call: Call, path: Path) -> int:
        """Draw a call into a file; how many pages it has. Raises RefusedError, and CommandError for the file."""
        try:
            drawing = draw_here(_job(wish, call))
        except DeckError as error:
            raise RefusedError(str(error)) from error
        self._tell_remarks(drawing)
        if not wish.dry_run:
            _save(path, drawing.pdf)
        return drawing.pages

    def _tell_remarks(self, drawing: Drawing) -> None:
        for one in drawing.remarks:
            self.stdout.write(remark(one.slide, one.text))


def _job(wish: Wish, call: Call) -> Job:
    """What to draw. Raises RefusedError."""
    whole = wish.unpublished or wish.kind == "runsheet" or sees_minutes(AnonymousUser(), call)
    if wish.kind == "minutes" and not whole:
        raise RefusedError("Its minutes are not final; --all draws them all the same.")
    return job_of(wish.kind, call, whole=whole, size=wish.size)


def _named(wish: Wish) -> str:
    return {"runsheet": "private run sheet"}.get(wish.kind, wish.kind)


def _choose(wish: Wish, series: str, dates: Sequence[str], since: str | None) -> list[Call]:
    """The calls that the arguments name, in their order or by date. Raises CommandError with a sentence."""
    if not Series.objects.filter(slug=series).exists():
        slugs = ", ".join(Series.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{series!r} is no series here. The series are: {slugs}.")
    calls = Call.objects.all() if wish.unpublished else Call.objects.published()
    calls = calls.select_related("series").filter(series__slug=series)
    if dates and since:
        raise CommandError(f"--since {since} chooses among all calls: name no dates beside it.")
    return [_find(calls, series, date) for date in dict.fromkeys(dates)] or _every(calls, wish, series, since)


def _find(calls: CallQuerySet, series: str, date: str) -> Call:
    try:
        day, ordinal = read_address(date)
    except Http404 as error:
        raise CommandError(str(error)) from error
    call = calls.filter(date=day, ordinal=ordinal).first()
    if call is None:
        raise CommandError(f"{series} has no call on {date}, or it is a draft; --all draws drafts too.")
    return call


def _every(calls: CallQuerySet, wish: Wish, series: str, since: str | None) -> list[Call]:
    """All calls since a day; of minutes those that the public may read, unless all are wanted."""
    if since is not None:
        calls = calls.filter(date__gte=_day(since))
    if wish.kind == "minutes" and not wish.unpublished:
        calls = calls.minuted()
    found = list(calls.order_by("date", "ordinal"))
    if not found:
        what = "with final minutes " if wish.kind == "minutes" else ""
        raise CommandError(f"{series} has no call {what}{f'since {since}' if since else 'yet'}.")
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--since {text!r} is no day. Write it like 2021-01-01.") from error


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise CommandError(f"{str(path)!r} cannot be written: {error.strerror}.") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{str(folder)!r} cannot be made: {error.strerror}.") from error


def _save(path: Path, data: bytes) -> None:
    try:
        save(str(path), data)
    except UnwritableError as error:
        raise CommandError(str(error)) from error
