"""From rows to what is drawn: a call, and what a deck needs beside it. Only what anybody may know goes into a deck."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from communitycalls.access import may_join
from communitycalls.deck.backstage import ways_in
from communitycalls.deck.editions import sheet_of
from communitycalls.deck.job import Job
from communitycalls.deck.setting import Contact, CriterionSum, DeckSetting, LevelCount, MatrixSummary, Places
from communitycalls.exporter import read_call
from communitycalls.models import Call, Person, SectionPicture, Site
from communitycalls.models import Contact as ContactRow
from interop.board import Sum, is_counted, is_vacant, sums_of
from interop.document import codec
from interop.document.values import Matrix as MatrixValue
from interop.models import Matrix, Revision

ZONES = ("UTC", "America/New_York", "Asia/Kolkata")


def job_of(kind: str, call: Call, *, whole: bool, size: str = "") -> Job:
    """What to draw of a call; without `whole` as a reader sees it who may not see the minutes.

    The way in is told until the call ends, as on its page. Only a run sheet holds private notes: its caller must see
    that an editor asked.
    """
    document = read_call(call, whole=whole)
    rest = tuple(link for link in document.links if link.kind != "join")
    join = ways_in(call) if may_join(call, timezone.now()) else ()
    document = replace(document, links=(*join, *rest))
    places = Places(settings.MEDIA_ROOT, settings.MEDIA_URL, settings.STATIC_URL)
    return Job(kind, document, setting_of(call), places, sheet_of(kind, call, size))


def setting_of(call: Call) -> DeckSetting:
    """The setting of a call's deck. Costs at most nine queries."""
    site = Site.load()
    return DeckSetting(
        community=site.name,
        series=call.series.name,
        site_url=settings.SITE_URL,
        call_url=f"{settings.SITE_URL}{call.get_absolute_url()}",
        theme=str(site.deck_theme),  # a default is a choice, which a worker without rows cannot read
        accent=site.accent,
        second_accent=site.second_accent,
        logo=site.logo,
        cover=call.cover or site.cover,
        pictures=tuple(SectionPicture.objects.values_list("picture", flat=True)),
        font=str(site.deck_font),
        portraits=tuple(Person.objects.exclude(picture="").values_list("name", "picture")),
        footer=site.footer,
        releases_url=site.releases_url,
        zones=tuple(zone for zone in ZONES if zone != call.timezone),
        contacts=tuple(Contact(row.label, row.text, row.url) for row in ContactRow.objects.all()),
        matrix=matrix_summary(call),
        next_call=next_call(call),
    )


def next_call(call: Call) -> str:
    """When the series meets next, in words with its zone; "" where nothing public follows."""
    following = (
        Call.objects.published().filter(series=call.series, start__gt=call.start).exclude(status=Call.Status.CANCELLED)
    )
    row = following.order_by("start").first()
    return f"{row.start.astimezone(ZoneInfo(row.timezone)):%-d %B %Y, %H:%M %Z}" if row else ""


def matrix_summary(call: Call) -> MatrixSummary | None:
    """How the matrix that the call speaks of stood on its day: the one it changed, else the first."""
    matrix = Matrix.objects.filter(revisions__changes__in=call.recorded_changes.values("change")).first()
    matrix = matrix or Matrix.objects.first()
    revision = Revision.objects.filter(matrix=matrix).as_of(call.date).first()
    if matrix is None or revision is None:
        return None
    value = codec.load(MatrixValue, revision.value)
    url = f"{settings.SITE_URL}{matrix.get_absolute_url()}?call={call.series.slug}/{call.address}"
    return MatrixSummary(
        title=matrix.title,
        url=url,
        as_of=f"{call.date:%-d %B %Y}",
        criteria=tuple(_criterion(one) for one in sums_of(value)[: len(value.criteria)]),
        environments=sum(is_counted(one) for _, one in value.environments()),
        vacancies=tuple(one.name for _, one in value.environments() if is_vacant(value, one)),
    )


def _criterion(told: Sum) -> CriterionSum:
    return CriterionSum(told.name, tuple(LevelCount(share.word, share.count, share.tone) for share in told.shares))
