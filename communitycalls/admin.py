"""The back office of the calls: what the desk has no page for. Every save below a call leaves a revision of it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from communitycalls import branding
from communitycalls.desk.editing import change
from communitycalls.models import (
    AgendaItem,
    Answer,
    Attendance,
    Call,
    CallSource,
    Channel,
    Contact,
    Link,
    MinutesEntry,
    Outlook,
    Person,
    Question,
    RecordedChange,
    Release,
    Revision,
    SectionPicture,
    Series,
    Site,
    SlideDeck,
)
from communitycalls.pictures import PictureField
from interop.back_office import ModelAdmin, ModelForm, ReadOnlyAdmin, StackedInline


class CallPartAdmin(ModelAdmin):
    """Rows that belong to a call, named by their field `call`."""

    autocomplete_fields = ["call"]
    list_filter = ["call__series"]

    def call_of(self, row: Any) -> Call:
        call: Call = row.call
        return call

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        touch(self.call_of(form.instance), request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        call = self.call_of(obj)
        super().delete_model(request, obj)
        touch(call, request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        calls = {self.call_of(row) for row in queryset.select_related("call")}
        super().delete_queryset(request, queryset)
        for call in calls:
            touch(call, request)


def touch(call: Call, request: HttpRequest) -> None:
    """Raise the version of a call that was changed, and leave a revision; the request's transaction holds both."""
    with change(call, request.user if isinstance(request.user, User) else None):
        pass


class LinkInline(StackedInline):
    model = Link


class AgendaItemInline(StackedInline):
    model = AgendaItem
    fields = ["number", "position", "title", "kind", "minutes", "body", "slide_notes", "private_notes", "carried_from"]
    raw_id_fields = ["carried_from"]


class AttendanceInline(StackedInline):
    model = Attendance
    autocomplete_fields = ["person"]


class SlideDeckInline(StackedInline):
    model = SlideDeck
    raw_id_fields = ["user"]


@admin.register(Call)
class CallAdmin(CallPartAdmin):
    """A call. Its state changes on the desk alone, where each step has its rule; its cover picture too."""

    exclude = ["cover"]
    list_display = ["title", "series", "date", "status"]
    list_filter = ["series", "status"]
    search_fields = ["title", "date"]
    date_hierarchy = "date"
    readonly_fields = ["status", "cancelled_reason", "published_at", "version"]
    autocomplete_fields = []
    inlines = [LinkInline, AgendaItemInline, AttendanceInline, SlideDeckInline]

    def call_of(self, row: Any) -> Call:
        call: Call = row
        return call

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.delete()


@admin.register(MinutesEntry)
class MinutesEntryAdmin(CallPartAdmin):
    list_display = ["text", "kind", "call", "assignee", "due", "closed_in"]
    list_filter = ["kind", "call__series"]
    search_fields = ["text"]
    autocomplete_fields = ["call", "assignee", "closed_in"]
    raw_id_fields = ["agenda_item", "supersedes"]


class AnswerInline(StackedInline):
    model = Answer
    autocomplete_fields = ["speaker"]


@admin.register(Question)
class QuestionAdmin(CallPartAdmin):
    list_display = ["text", "state", "call", "asked_by"]
    list_filter = ["state", "call__series"]
    search_fields = ["text"]
    autocomplete_fields = ["call", "asked_by", "environments"]
    inlines = [AnswerInline]


@admin.register(Outlook)
class OutlookAdmin(CallPartAdmin):
    list_display = ["call", "channel", "version", "outlook", "date"]
    list_filter = ["channel", "outlook"]


@admin.register(Series)
class SeriesAdmin(ModelAdmin):
    list_display = ["name", "recurrence", "start_time", "timezone", "duration"]
    prepopulated_fields = {"slug": ["name"]}


class PersonForm(ModelForm):
    picture = PictureField(required=False)


@admin.register(Person)
class PersonAdmin(ModelAdmin):
    form = PersonForm
    list_display = ["name", "affiliation"]
    search_fields = ["name", "affiliation"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Channel)
class ChannelAdmin(ModelAdmin):
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Release)
class ReleaseAdmin(ModelAdmin):
    list_display = ["version", "channel", "date"]
    list_filter = ["channel"]


class SectionPictureForm(ModelForm):
    picture = PictureField()


class SectionPictureInline(StackedInline):
    model = SectionPicture
    form = SectionPictureForm


class SiteForm(ModelForm):
    logo = PictureField(required=False, help_text="PNG with a clear ground, or SVG")
    cover = PictureField(required=False, help_text="Behind the first slide of every deck; 1920 by 1080 pixels fill it")


@admin.register(Site)
class SiteAdmin(ModelAdmin):
    """Branding: one row."""

    form = SiteForm
    inlines = [SectionPictureInline]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.accent and (told := branding.advice(obj.accent)):
            messages.warning(request, told)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Contact)
class ContactAdmin(ModelAdmin):
    list_display = ["label", "text", "position"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["call", "number", "recorded_at", "user", "is_public"]
    list_select_related = ["call", "user"]


@admin.register(RecordedChange)
class RecordedChangeAdmin(ReadOnlyAdmin):
    list_display = ["call", "number", "change"]
    list_select_related = ["call", "change"]


@admin.register(CallSource)
class CallSourceAdmin(ReadOnlyAdmin):
    list_display = ["name", "call", "imported_at"]
    list_select_related = ["call"]
    exclude = ["data"]
