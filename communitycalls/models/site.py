"""The community's name and branding: one row."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from interop.allowlist import is_own_image

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
COLOUR = RegexValidator(HEX, "Write a colour as # and six hexadecimal digits, for example #0b6b6b.")


def check_picture(address: str) -> None:
    """Raise ValidationError for a picture that does not lie on this site: only uploaded ones were decoded."""
    if not is_own_image(address):
        raise ValidationError(f"“{address}” is no picture of this site. Upload the picture here instead.")


def picture_field(*, help_text: str = "", blank: bool = True) -> models.CharField[str, str]:
    """The address of an uploaded picture, such as /media/images/….jpg; "" for none."""
    return models.CharField(max_length=300, blank=blank, default="", validators=[check_picture], help_text=help_text)


class Site(models.Model):
    """Branding of the whole site; row 1 is the only one. Colours are #rrggbb, "" for those of the theme."""

    class Theme(models.TextChoices):
        HARBOUR = "harbour", "Harbour: calm sea colours on white"
        MIDNIGHT = "midnight", "Midnight: northern lights, for dark rooms"
        PAPER = "paper", "Paper: for printers"

    class Font(models.TextChoices):
        """Families by the system package that brings them; where one is absent, the next that is there is used."""

        THEME = "", "The theme's own (Inter, package fonts-inter)"
        DEJAVU = "DejaVu Sans", "DejaVu Sans (package fonts-dejavu-core)"
        LIBERATION = "Liberation Sans", "Liberation Sans (package fonts-liberation)"
        NOTO = "Noto Sans", "Noto Sans (package fonts-noto-core)"
        LATO = "Lato", "Lato (package fonts-lato)"
        OPEN = "Open Sans", "Open Sans (package fonts-open-sans)"

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "letter", "Letter"

    name = models.CharField(max_length=120, default="Community Calls", help_text="The community's name")
    tagline = models.CharField(max_length=200, blank=True)
    accent = models.CharField(max_length=7, blank=True, default="", validators=[COLOUR])
    second_accent = models.CharField(max_length=7, blank=True, default="", validators=[COLOUR])
    logo = picture_field()
    cover = picture_field(help_text="Behind the first slide of every deck; a call may have one of its own")
    deck_theme = models.CharField(max_length=40, choices=Theme, default=Theme.HARBOUR)
    deck_font = models.CharField(max_length=40, blank=True, choices=Font, default=Font.THEME)
    footer = models.CharField(
        max_length=80, blank=True, help_text="At the foot of each slide; else the community and the series"
    )
    paper = models.CharField(
        max_length=10, choices=Paper, default=Paper.A4, help_text="Of agendas, minutes, handouts and run sheets"
    )
    releases_url = models.URLField(max_length=500, blank=True, help_text="Where all releases are listed")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name

    @property
    def accent_digits(self) -> str:
        """The accent as six lowercase digits; "" where there is none."""
        return self.accent[1:].lower() if HEX.match(self.accent) else ""

    @classmethod
    def load(cls) -> Site:
        """The site's row, or its defaults before anybody set them. Costs one query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class SectionPicture(models.Model):
    """A picture behind section slides; with several the sections take them in turn."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="section_pictures")
    picture = picture_field(blank=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.picture


class Contact(models.Model):
    """A way to reach the community, shown in the footer and on the last slide."""

    label = models.CharField(max_length=80)
    text = models.CharField(max_length=120)
    url = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"
