"""The back office of the matrix: its scheme, its known issues and the environments' pages.

Whatever is part of a matrix's value leaves a revision, as a change from anywhere else does. Rows change on the desk.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from interop import importer
from interop.back_office import ModelAdmin, PermanentAdmin, ReadOnlyAdmin, StackedInline
from interop.exporter import read_matrix
from interop.history import Note, record, value_of
from interop.models import (
    Advisory,
    Change,
    Criterion,
    Environment,
    KnownIssue,
    Level,
    Matrix,
    Proposal,
    PublishedImage,
    Revision,
    Section,
    Variant,
)


def record_rows(matrix: Matrix, request: HttpRequest) -> Revision | None:
    """Make a revision of rows that were changed here; they are put back first, so that changes have one door."""
    value, last = read_matrix(matrix), matrix.revisions.first()
    if last is not None:
        importer.load(matrix, value_of(last))
    user = request.user if isinstance(request.user, User) else None
    today = timezone.localdate()
    effective = max(today, last.effective) if last else today
    author = (user.get_full_name() or user.get_username()) if user else ""
    return record(matrix, value, Note(effective, author=author, message="Changed in the back office", user=user))


class SchemeAdmin(ModelAdmin):
    """What a matrix is made of."""

    def matrix_of(self, row: Any) -> Matrix:
        matrix: Matrix = row.matrix
        return matrix

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record_rows(self.matrix_of(form.instance), request)


class CriterionInline(StackedInline):
    model = Criterion


class SectionInline(StackedInline):
    model = Section
    fields = ["name", "introduction", "position"]


class KnownIssueInline(StackedInline):
    model = KnownIssue


@admin.register(Matrix)
class MatrixAdmin(SchemeAdmin):
    list_display = ["title", "slug", "position"]
    readonly_fields = ["version"]
    inlines = [CriterionInline, SectionInline, KnownIssueInline]

    def matrix_of(self, row: Any) -> Matrix:
        matrix: Matrix = row
        return matrix


class LevelInline(StackedInline):
    model = Level


@admin.register(Criterion)
class CriterionAdmin(SchemeAdmin, PermanentAdmin):
    """The levels of a criterion; a criterion is added with its matrix."""

    list_display = ["name", "matrix"]
    list_filter = ["matrix"]
    readonly_fields = ["matrix", "key"]
    inlines = [LevelInline]


class VariantInline(StackedInline):
    model = Variant


class AdvisoryInline(StackedInline):
    model = Advisory


class PublishedImageInline(StackedInline):
    model = PublishedImage


@admin.register(Environment)
class EnvironmentAdmin(PermanentAdmin):
    """An environment's page. Its row in the matrix changes on the desk, where a change is recorded."""

    list_display = ["name", "matrix", "section", "retired_on"]
    list_filter = ["matrix"]
    search_fields = ["name", "slug"]
    fields = ["name", "matrix", "section", "retired_on", "detail_title", "detail"]
    readonly_fields = ["name", "matrix", "section", "retired_on"]
    inlines = [VariantInline, AdvisoryInline, PublishedImageInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.matrix.raise_version()


@admin.register(Proposal)
class ProposalAdmin(ModelAdmin):
    list_display = ["__str__", "state", "matrix", "submitted_at"]
    list_filter = ["state", "kind", "matrix"]
    raw_id_fields = ["environment", "change"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["matrix", "number", "effective", "author", "message", "kind"]
    list_filter = ["matrix", "kind"]
    exclude = ["source", "value"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["name", "what", "field", "old", "new", "revision"]
    list_filter = ["what", "revision__matrix"]
    list_select_related = ["revision"]
