"""Changes applied: the way back from `compare` to the matrix it looked at.

What merely follows from cells is read again from them: ratings, and levels and issues that nobody defined. So the
result equals the other matrix in its canonical form (`interop.document.levels.canonical`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from interop.document.compare import NOTHING
from interop.document.environments import text_fields
from interop.document.facts import (
    LEGEND,
    Fact,
    facts_of,
    read_columns_text,
    read_level_text,
    read_retirement_text,
    read_row_text,
    unfolded,
    with_facts,
)
from interop.document.identity import labels, name_of
from interop.document.levels import canonical, own_levels, rated
from interop.document.values import Change, Criterion, Environment, KnownIssue, Matrix, Section, Unread

HEAD = {
    "title": "title",
    "introduction": "introduction",
    "conclusion": "conclusion",
    "known issues": "issues_introduction",
}
POSITION = re.compile(r"Position: (\d+)(?:\n|$)")
COMES = ("added", "moved", "retired")


def replay(old: Matrix | None, changes: Iterable[Change]) -> Matrix:
    """The matrix that `changes` make of `old`, or of nothing, in canonical form."""
    state = _State(old or NOTHING)
    told = tuple(changes)
    for change in told:
        if not change.environment:
            state.of_matrix(change)
    state.of_environments([change for change in told if change.environment])
    return canonical(state.matrix())


def settled(matrix: Matrix) -> Matrix:
    """The matrix without what `compare` declares to be no change, so that two which differ in nothing else are equal.

    Each row is what its cells as written say: owners, references, issues and ratings are read from them again, its
    other columns stand in the order of the table. Levels and issues that nobody defined follow from the cells. Rows
    that are retired stand behind the others, by address.
    """
    return retired_last(rated(replay(matrix, ()), NOTHING))


def retired_last(matrix: Matrix) -> Matrix:
    """The matrix with its retired rows at the ends of their sections, by address: their order says nothing."""
    rows = (sorted(one.environments, key=lambda row: row.slug if row.retired else "") for one in matrix.sections)
    sections = zip(matrix.sections, rows, strict=True)
    return replace(matrix, sections=tuple(replace(one, environments=tuple(those)) for one, those in sections))


class _State:
    """A matrix taken apart: criteria by key, sections by label, rows by address, and the order of each."""

    def __init__(self, old: Matrix) -> None:
        named = labels(old.sections)
        self.old = old
        self.head = {field: str(getattr(old, attribute)) for field, attribute in HEAD.items()}
        self.unread, self.columns = old.unread, old.columns
        self.criteria = {one.key: replace(one, levels=tuple(own_levels(old, one).values())) for one in old.criteria}
        self.issues = {one.code: one.definition for one in old.known_issues if one.definition}
        self.sections = dict(zip(named, (replace(one, environments=()) for one in old.sections), strict=True))
        self.order = {
            label: [one.slug for one in section.environments]
            for label, section in zip(named, old.sections, strict=True)
        }
        self.rows = {one.slug: one for _, one in old.environments()}
        self.facts: dict[str, dict[Fact, str]] = {slug: facts_of(one) for slug, one in self.rows.items()}

    # the matrix itself

    def of_matrix(self, change: Change) -> None:
        match change.what:
            case "criterion":
                self._criterion(change)
            case "issue":
                self._issue(change)
            case "section":
                self._section(change)
            case _ if change.name:
                self.sections[change.name] = _with_field(self.sections[change.name], change.field, change.new)
            case _ if change.field == "unread":
                self.unread = tuple(_unread(line) for line in unfolded(change.new))
            case _:
                self.head[change.field] = change.new

    def _criterion(self, change: Change) -> None:
        head, _, code = change.field.partition(": ")
        key, _, field = head.partition(" ")
        if not change.name:
            if change.field == "columns":
                self.columns = read_columns_text(change.new)
            else:
                self.criteria = {key: self.criteria[key] for key in unfolded(change.new)}
        elif code:
            self.criteria[key] = _with_level(self.criteria[key], code, change.new)
        elif field == "order":
            self.criteria[key] = _ordered(self.criteria[key], unfolded(change.new))
        elif field:
            self.criteria[key] = _with_criterion_field(self.criteria[key], field, change.new)
        elif change.new:
            self.criteria[key] = _criterion(key, unfolded(change.new))
        else:
            del self.criteria[key]

    def _issue(self, change: Change) -> None:
        if not change.name:
            self.issues = {code: self.issues[code] for code in unfolded(change.new)}
        elif change.new:
            self.issues[change.name] = change.new
        else:
            del self.issues[change.name]

    def _section(self, change: Change) -> None:
        if not change.name:
            self.sections = {label: self.sections[label] for label in unfolded(change.new)}
        elif change.field == "name":
            self._rename_section(change.old, change.new)
        elif change.field:
            self.sections[change.name] = _with_field(self.sections[change.name], change.field, change.new)
        elif change.new:
            self.sections[change.name] = Section(name_of(change.new))
            self.order[change.name] = []
        else:
            del self.sections[change.name]

    def _rename_section(self, old: str, new: str) -> None:
        self.sections = {
            new if label == old else label: replace(one, name=name_of(new)) if label == old else one
            for label, one in self.sections.items()
        }
        self.order[new] = self.order.pop(old)

    # its rows

    def of_environments(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.what in COMES:
                self._leave(change.environment)
        for change in changes:
            self._environment(change)

    def _leave(self, slug: str) -> None:
        for order in self.order.values():
            if slug in order:
                order.remove(slug)

    def _environment(self, change: Change) -> None:
        slug, what = change.environment, change.what
        if what == "added":
            self._add(change)
        elif what == "renamed":
            self.rows[slug] = replace(self.rows[slug], name=change.new)
        elif what == "moved":
            self._place(slug, change.new, change.field)
        elif what == "retired" and not change.new:
            del self.rows[slug]
        elif what == "retired" or (what, change.field) == ("text", "retired"):
            self.rows[slug] = replace(self.rows[slug], retired=read_retirement_text(change.new))
            if what == "retired":
                self._place(slug, change.field, "")
        else:
            self.facts[slug][what, change.field] = change.new

    def _add(self, change: Change) -> None:
        position = POSITION.match(change.new)
        said = change.new[position.end() :] if position else change.new
        self.rows[change.environment] = Environment(change.name, change.environment)
        fields = text_fields(self.sections[change.field].columns or self.columns)
        self.facts[change.environment] = read_row_text(said, tuple(self.criteria.values()), fields)
        self._place(change.environment, change.field, position[1] if position else "")

    def _place(self, slug: str, label: str, position: str) -> None:
        """Put a row where it stands among those that are not retired, or after them."""
        self._leave(slug)
        order = self.order[label]
        active = sum(not self.rows[other].retired for other in order)
        last = len(order) if self.rows[slug].retired else active
        order.insert(int(position) - 1 if position else last, slug)

    # all together again

    def matrix(self) -> Matrix:
        sections = (
            replace(section, environments=tuple(self._row(slug, section) for slug in self.order[label]))
            for label, section in self.sections.items()
        )
        bare = Matrix(
            title=self.head["title"],
            introduction=self.head["introduction"],
            criteria=tuple(self.criteria.values()),
            columns=self.columns,
            sections=tuple(sections),
            known_issues=tuple(KnownIssue(code, definition) for code, definition in self.issues.items()),
            conclusion=self.head["conclusion"],
            unread=self.unread,
            issues_introduction=self.head["known issues"],
        )
        return rated(canonical(bare), self.old)

    def _row(self, slug: str, section: Section) -> Environment:
        facts = {fact: text for fact, text in self.facts[slug].items() if text}
        return with_facts(self.rows[slug], facts, section.columns or self.columns, self.issues.keys())


# the parts that changes are of


def _unread(line: str) -> Unread:
    number, text = line.split(": ", 1)
    return Unread(int(number), text)


def _criterion(key: str, lines: Sequence[str]) -> Criterion:
    name, *rest = lines
    legend = rest.pop(0).removeprefix(LEGEND) if rest and rest[0].startswith(LEGEND) else ""
    return Criterion(key, name, tuple(read_level_text(line) for line in rest), legend)


def _with_level(criterion: Criterion, code: str, text: str) -> Criterion:
    levels = {level.code: level for level in criterion.levels}
    if text:
        levels[code] = read_level_text(text)
    else:
        del levels[code]
    return replace(criterion, levels=tuple(levels.values()))


def _ordered(criterion: Criterion, codes: Sequence[str]) -> Criterion:
    """The criterion with its levels in the order of `codes`, others after them."""
    places = {code: place for place, code in enumerate(codes)}
    levels = sorted(criterion.levels, key=lambda level: places.get(level.code, len(places)))
    return replace(criterion, levels=tuple(levels))


def _with_field(section: Section, field: str, text: str) -> Section:
    match field:
        case "columns":
            return replace(section, columns=read_columns_text(text))
        case "table":
            return replace(section, table=text == "yes")
        case "level":
            return replace(section, level=int(text))
        case "placeholders":
            return replace(section, placeholders=int(text))
        case "introduction":
            return replace(section, introduction=text)
    return replace(section, conclusion=text)


def _with_criterion_field(criterion: Criterion, field: str, text: str) -> Criterion:
    return replace(criterion, name=text) if field == "name" else replace(criterion, legend=text)
