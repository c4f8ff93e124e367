"""What the back offices of both apps share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

if TYPE_CHECKING:  # Django's own classes take no type argument when they run
    BaseAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.StackedInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
else:
    BaseAdmin, BaseInline, ModelForm = admin.ModelAdmin, admin.StackedInline, forms.ModelForm

HTTPS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


class ModelAdmin(BaseAdmin):
    formfield_overrides = HTTPS


class StackedInline(BaseInline):
    formfield_overrides = HTTPS
    extra = 0


class PermanentAdmin(ModelAdmin):
    """Rows that are neither added nor deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(PermanentAdmin):
    """Rows that only the site itself writes."""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
