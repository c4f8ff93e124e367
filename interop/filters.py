"""What a reader of a matrix may ask for in the address: environments by level, owner, section, vacancy or words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django import forms
from django.utils.text import slugify

from interop.board import heading, is_vacant
from interop.chips import chip_of
from interop.document import values as v

NOT_STATED = "not-stated"

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Wish:
    """What passes; "" and False pass everything. `level` is a code or `not-stated`, perhaps behind `criterion:`."""

    level: str = ""
    owner: str = ""
    section: str = ""
    vacant: bool = False
    q: str = ""


class FilterForm(forms.Form):
    """The filter of one matrix; its choices are what the matrix holds."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    level = forms.CharField(required=False, max_length=200)
    owner = forms.CharField(required=False, max_length=500)
    section = forms.CharField(required=False, max_length=200)
    vacant = forms.CharField(required=False, max_length=20)

    def __init__(self, data: object, matrix: v.Matrix) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # -- a QueryDict, which the stubs spell as a mapping of any kind
        self.matrix = matrix

    def clean_level(self) -> str:
        text = str(self.cleaned_data["level"])
        codes = {one.key: {*(level.code for level in one.levels), NOT_STATED} for one in self.matrix.criteria}
        if any(text == f"{key}:{code}" for key, known in codes.items() for code in known):
            return text
        return _one_of(text, set().union(*codes.values()), "level", self.matrix)

    def clean_owner(self) -> str:
        """The owner as the list spells it, however the address does."""
        text, known = str(self.cleaned_data["owner"]), dict(owner_choices(self.matrix))
        same = next((name for name in known if name.casefold() == text.casefold()), text)
        return _one_of(same, known, "owner", self.matrix)

    def clean_section(self) -> str:
        text = str(self.cleaned_data["section"])
        named = next((section.name for section in self.matrix.sections if section.name == text), text)
        known = dict(section_choices(self.matrix))
        return _one_of(slugify(named) if named not in known else named, known, "section", self.matrix, text)

    def clean_vacant(self) -> bool:
        text = str(self.cleaned_data["vacant"])
        if text not in ("", "1"):
            raise forms.ValidationError(f"vacant={text!r} cannot be read. Write vacant=1 or leave it out.")
        return text == "1"

    @property
    def wish(self) -> Wish:
        return Wish(**self.cleaned_data)

    @property
    def sentence(self) -> str:
        """What is wrong, in one sentence or several."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


def _one_of(text: str, known: Iterable[str], word: str, matrix: v.Matrix, written: str = "") -> str:
    """The text where it is known or blank. Raises ValidationError quoting what was written."""
    if text and text not in (names := sorted(known)):
        shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        hint = f"It knows {shown}." if names else f"It has no {word}s."
        raise forms.ValidationError(f"{(written or text)!r} is no {word} of {matrix.title}. {hint}")
    return text


def level_choices(matrix: v.Matrix) -> Choices:
    """Values and labels of the levels: with the criterion's key where there are several criteria."""
    several = len(matrix.criteria) > 1
    found = []
    for criterion in matrix.criteria:
        before, named = (f"{criterion.key}:", f"{heading(criterion.name).name}: ") if several else ("", "")
        found += [(before + level.code, named + _told(level)) for level in criterion.levels]
        found.append((before + NOT_STATED, named + "not stated"))
    return found


def _told(level: v.Level) -> str:
    word = chip_of(level).word
    return word if word == level.code else f"{word} ({level.code})"


def owner_choices(matrix: v.Matrix) -> Choices:
    """Every owner once: "Upstream" and "upstream" are the same."""
    names = sorted({name for _, one in matrix.environments() for name in one.owners}, reverse=True)
    spellings = {name.casefold(): name for name in names}
    return [(name, name) for _, name in sorted(spellings.items())]


def section_choices(matrix: v.Matrix) -> Choices:
    return [(slugify(section.name) or section.name, section.name) for section in matrix.sections]


def choices_of(matrix: v.Matrix, wish: Wish) -> dict[str, Choices]:
    """What the form's lists offer, the reader's wish among it."""
    levels = level_choices(matrix)
    if wish.level and wish.level not in dict(levels):
        levels.insert(0, (wish.level, wish.level.replace(NOT_STATED, "not stated")))
    return {"level": levels, "owner": owner_choices(matrix), "section": section_choices(matrix)}


def narrow(matrix: v.Matrix, wish: Wish) -> v.Matrix:
    """The matrix with the environments that pass, its sections all kept; the very same where everything passes."""
    if wish == Wish():
        return matrix
    return replace(matrix, sections=tuple(_narrowed(matrix, section, wish) for section in matrix.sections))


def _narrowed(matrix: v.Matrix, section: v.Section, wish: Wish) -> v.Section:
    asked = not wish.section or wish.section == (slugify(section.name) or section.name)
    kept = [one for one in section.environments if asked and _passes(matrix, one, wish)]
    return replace(section, environments=tuple(kept))


def _passes(matrix: v.Matrix, environment: v.Environment, wish: Wish) -> bool:
    return (
        (not wish.vacant or is_vacant(matrix, environment))
        and (not wish.owner or wish.owner.casefold() in map(str.casefold, environment.owners))
        and (not wish.level or _has_level(matrix, environment, wish.level))
        and all(word in _words(environment) for word in wish.q.casefold().split())
    )


def _has_level(matrix: v.Matrix, environment: v.Environment, level: str) -> bool:
    keys = [one.key for one in matrix.criteria]
    key = next((key for key in keys if level.startswith(f"{key}:")), "")
    code = level.removeprefix(f"{key}:") if key else level
    cells = [environment.cell(one) for one in keys if not key or one == key]
    if code == NOT_STATED:
        return any(not cell.ratings and not cell.written.strip() for cell in cells)
    return any(rating.level == code for cell in cells for rating in cell.ratings)


def _words(environment: v.Environment) -> str:
    """Everything of a row that the reader can see, folded for searching."""
    parts = [environment.name, environment.notes, environment.issues_written, *environment.owners, *environment.issues]
    parts += [one.label for one in environment.references] + [text for _, text in environment.texts]
    parts += [*environment.overflow, *(cell.written for cell in environment.cells)]
    return "\n".join(parts).casefold()
