"""What a call said of a release."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import QueryDict
from django.utils.text import slugify

from communitycalls.desk.editing import Texts, next_number
from communitycalls.desk.fields import DayField, LineField, MarkdownField, PickField, shown
from communitycalls.desk.forms import EditForm
from communitycalls.models import Call, Channel, Outlook

NOT_SAID = ("", "Not said")


def free_channel_slug(name: str) -> str:
    """The slug of a channel to be made. Raises ValidationError where the name gives none that is free."""
    slug = slugify(name)[:60]
    if not slug or Channel.objects.filter(slug=slug).exists() or Channel.objects.filter(name__iexact=name).exists():
        raise ValidationError(f"{shown(name)} cannot be a new channel: its name is taken or has no Latin letter.")
    return slug


class ReleaseForm(EditForm):
    """Edits what was said of a release; without one, says something new. `release` is its version."""

    name = "release"

    outlook = PickField(label="It is", what="outlook", choices=Outlook.When.choices)
    channel = PickField(what="channel", required=False)
    new_channel = LineField(
        label="Or a new channel", required=False, max_length=60, help_text="Where the list lacks it"
    )
    release = LineField(label="Version", required=False, max_length=60, help_text="Like 2857.0.0")
    date = DayField(required=False, help_text="Like 2021-05-19")
    granularity = PickField(
        label="The date names", what="length of time", required=False, choices=[NOT_SAID, *Outlook.Granularity.choices]
    )
    kind = PickField(
        label="Kind of release", what="kind of release", required=False, choices=[NOT_SAID, *Outlook.Kind.choices]
    )
    highlights = MarkdownField(required=False, rows=4, help_text="Markdown")

    def __init__(
        self, call: Call, outlook: Outlook | None = None, data: QueryDict | None = None, *, version: int
    ) -> None:
        self.call, self.row = call, outlook
        self.known = {channel.slug: channel for channel in Channel.objects.all()}
        super().__init__(data, version=version, mark=str(outlook.number) if outlook else "new")
        field = self.fields["channel"]
        assert isinstance(field, PickField)
        field.choices = [NOT_SAID, *((slug, channel.name) for slug, channel in self.known.items())]

    def read(self) -> Texts:
        row = Outlook.objects.select_related("channel").get(pk=self.row.pk) if self.row else Outlook()
        return {
            "outlook": row.outlook,
            "channel": row.channel.slug if row.channel else "",
            "new_channel": "",
            "release": row.version,
            "date": row.date.isoformat() if row.date else "",
            "granularity": row.granularity,
            "kind": row.kind,
            "highlights": row.highlights,
        }

    def clean_new_channel(self) -> str:
        name: str = self.cleaned_data["new_channel"]
        if name:
            free_channel_slug(name)
        return name

    def clean(self) -> None:
        clean = self.cleaned_data
        if clean.get("channel") and clean.get("new_channel"):
            self.add_error("new_channel", "Pick a channel or write a new one, not both.")
        said = [clean.get(name) for name in ("channel", "new_channel", "release", "date")]
        if not self.errors and not any(said):
            self.add_error("release", "Write the version, pick the channel or say the date: one of them at least.")

    def save(self) -> None:
        clean = self.cleaned_data
        row = self.row or Outlook(call=self.call, number=next_number(self.call, "releases", self.call.outlooks.all()))
        row.channel = self._new_channel(clean["new_channel"]) or self.known.get(clean["channel"])
        row.version, row.date, row.outlook = clean["release"], clean["date"], clean["outlook"]
        row.granularity, row.kind, row.highlights = clean["granularity"], clean["kind"], clean["highlights"]
        row.save()

    def _new_channel(self, name: str) -> Channel | None:
        if not name:
            return None
        place = (Channel.objects.aggregate(last=Max("position"))["last"] or 0) + 1
        return Channel.objects.create(name=name, slug=free_channel_slug(name), position=place)
