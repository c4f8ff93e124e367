"""The difference of two matrices as changes that readers understand and that can be replayed.

What is a change, and what is none: a cell is compared as its author wrote it, so that "Upstream" becoming "upstream"
is one; padding, alignment, blank lines and the order of legend and text are none. An environment that stays where it
is is not moved by others that come or go above it. Ratings follow from cells and levels and are no changes of their
own: where the criteria change, every row's old cells go to "" and its new ones come from "". Levels and known issues
that nobody defined follow from the cells that use them, and are no changes either.

Position lines and fields count from 1 and stand only where a row does not come last in its section.
"""

from collections.abc import Collection, Iterator, Sequence

from interop.document.facts import (
    LEGEND,
    columns_text,
    facts_of,
    folded,
    level_text,
    retirement_text,
    row_text,
)
from interop.document.identity import Pairing, Spot, labels, pair_by_address, spots
from interop.document.levels import meant, own_levels
from interop.document.values import Change, Criterion, Matrix, Section

NOTHING = Matrix("")


def compare(old: Matrix | None, new: Matrix) -> tuple[Change, ...]:
    """What became of `old` on the way to `new`; all of `new` where there was nothing.

    Environments are the same by address, or else as `interop.document.identity` tells them. Texts first, then
    criteria, sections and environments in the order of `new`, those that went where they stood.
    """
    before = old or NOTHING
    pairing = pair_by_address(before, new)
    return (
        *_texts(before, new),
        *_criteria(before, new),
        *_issues(before, new),
        *_sections(before, new, pairing),
        *_environments(before, new, pairing),
    )


def _changed(what: str, name: str, field: str, old: str, new: str, environment: str = "") -> Iterator[Change]:
    if old != new:
        yield Change(what, environment, name, field, old, new)


def _texts(old: Matrix, new: Matrix) -> Iterator[Change]:
    yield from _changed("text", "", "title", old.title, new.title)
    yield from _changed("text", "", "introduction", old.introduction, new.introduction)
    yield from _changed("text", "", "conclusion", old.conclusion, new.conclusion)
    yield from _changed("text", "", "known issues", old.issues_introduction, new.issues_introduction)
    yield from _changed(
        "text", "", "unread", *(folded(f"{one.line}: {one.text}" for one in m.unread) for m in (old, new))
    )


# criteria and known issues


def _criteria(old: Matrix, new: Matrix) -> Iterator[Change]:
    before = {criterion.key: criterion for criterion in old.criteria}
    after = {criterion.key: criterion for criterion in new.criteria}
    for key, criterion in before.items():
        if key not in after:
            yield Change("criterion", "", criterion.name, key, _criterion_text(criterion), "")
    for key, criterion in after.items():
        if key not in before:
            yield Change("criterion", "", criterion.name, key, "", _criterion_text(criterion))
        else:
            yield from _levels(old, new, before[key], criterion)
    order = [key for key in before if key in after] + [key for key in after if key not in before]
    yield from _changed("criterion", "", "order", folded(order), folded(after))
    yield from _changed("criterion", "", "columns", columns_text(old.columns), columns_text(new.columns))


def _criterion_text(criterion: Criterion) -> str:
    legend = [LEGEND + criterion.legend] if criterion.legend else []
    return folded([criterion.name, *legend, *(level_text(level) for level in criterion.levels)])


def _levels(old: Matrix, new: Matrix, was: Criterion, now: Criterion) -> Iterator[Change]:
    """What became of a criterion's levels; those that merely follow from the cells come and go with them."""
    yield from _changed("criterion", now.name, f"{now.key} name", was.name, now.name)
    yield from _changed("criterion", now.name, f"{now.key} legend", was.legend, now.legend)
    before, after = own_levels(old, was), own_levels(new, now)
    for code in {**before, **after}:
        texts = (level_text(levels[code]) if code in levels else "" for levels in (before, after))
        yield from _changed("criterion", now.name, f"{now.key}: {code}", *texts)
    wanted = [level.code for level in meant(now)]
    order = [code for code in {**before, **after} if code in wanted]
    yield from _changed("criterion", now.name, f"{now.key} order", folded(order), folded(wanted))


def _issues(old: Matrix, new: Matrix) -> Iterator[Change]:
    before, after = ({one.code: one.definition for one in m.known_issues if one.definition} for m in (old, new))
    for code in {**before, **after}:
        yield from _changed("issue", code, "definition", before.get(code, ""), after.get(code, ""))
    order = [code for code in before if code in after] + [code for code in after if code not in before]
    yield from _changed("issue", "", "order", folded(order), folded(after))


# sections


def _sections(old: Matrix, new: Matrix, pairing: Pairing) -> Iterator[Change]:
    was, now = labels(old.sections), labels(new.sections)
    for place in range(len(old.sections)):
        if place not in pairing.sections.values():
            yield Change("section", "", was[place], "", was[place], "")
    for place, section in enumerate(new.sections):
        before = pairing.sections.get(place)
        if before is None:
            yield Change("section", "", now[place], "", "", now[place])
        else:
            yield from _changed("section", now[place], "name", was[before], now[place])
        yield from _section(old.sections[before] if before is not None else Section(""), section, now[place])
    order = [now[after] for after in sorted(pairing.sections, key=lambda after: pairing.sections[after])]
    order += [now[place] for place in range(len(now)) if place not in pairing.sections]
    yield from _changed("section", "", "order", folded(order), folded(now))


def _section(old: Section, new: Section, label: str) -> Iterator[Change]:
    yield from _changed("section", label, "level", str(old.level), str(new.level))
    yield from _changed("section", label, "table", *("yes" if one.table else "no" for one in (old, new)))
    yield from _changed("section", label, "columns", columns_text(old.columns), columns_text(new.columns))
    yield from _changed("section", label, "placeholders", str(old.placeholders), str(new.placeholders))
    yield from _changed("text", label, "introduction", old.introduction, new.introduction)
    yield from _changed("text", label, "conclusion", old.conclusion, new.conclusion)


# environments


def _environments(old: Matrix, new: Matrix, pairing: Pairing) -> Iterator[Change]:
    before = {(after.section, after.row): spot for spot, after in pairing.spots}
    places = _Places(old, new, pairing)
    was = labels(old.sections)
    known = {(spot.section, spot.row) for spot, _ in pairing.spots}
    for spot in spots(old):
        if (spot.section, spot.row) not in known and not spot.environment.retired:
            yield _left(spot, was[spot.section], "", old)
    for spot in spots(new):
        yield from _environment(before.get((spot.section, spot.row)), spot, old, new, places)


def _left(spot: Spot, section: str, said: str, old: Matrix) -> Change:
    facts = row_text(facts_of(spot.environment), old.criteria)
    return Change("retired", spot.environment.slug, spot.environment.name, section, facts, said)


def _environment(old: Spot | None, new: Spot, before: Matrix, after: Matrix, places: "_Places") -> Iterator[Change]:
    one = new.environment
    said = retirement_text(one.retired)
    if old is None or (old.environment.retired and not one.retired):
        position = places.position(new)
        lines = [f"Position: {position}"] if position else []
        text = "\n".join([*lines, row_text(facts_of(one), after.criteria)]).strip("\n")
        yield Change(
            "added", one.slug, one.name, new.label, retirement_text(old.environment.retired) if old else "", text
        )
        if one.retired:
            yield Change("retired", one.slug, one.name, new.label, "", said)
        return
    slug = old.environment.slug
    yield from _changed("renamed", one.name, "", old.environment.name, one.name, slug)
    yield from places.moved(old, new)
    yield from _facts(old, new, slug, {criterion.key for criterion in after.criteria})
    if one.retired and not old.environment.retired:
        yield Change("retired", slug, one.name, new.label, row_text(facts_of(old.environment), before.criteria), said)
    elif one.retired:
        yield from _changed("text", one.name, "retired", retirement_text(old.environment.retired), said, slug)


def _facts(old: Spot, new: Spot, slug: str, criteria: Collection[str]) -> Iterator[Change]:
    """What a row says otherwise than before; a retired one is not rated down where its criteria went."""
    before, after = facts_of(old.environment), facts_of(new.environment)
    for fact in {**before, **after}:
        what, field = fact
        left = new.environment.retired and what in ("rated", "variant") and field not in criteria
        if not left:
            yield from _changed(what, new.environment.name, field, before.get(fact, ""), after.get(fact, ""), slug)


class _Places:
    """Where rows stand among the rows of their section that are not retired, and which of them have moved."""

    def __init__(self, old: Matrix, new: Matrix, pairing: Pairing) -> None:
        self.was, self.now = labels(old.sections), labels(new.sections)
        self.sections = pairing.sections
        self.pairs = {(after.section, after.row): before for before, after in pairing.spots}
        self.staying: set[tuple[int, int]] = set()
        self.positions: dict[tuple[int, int], str] = {}
        active = [spot for spot in spots(new) if not spot.environment.retired]
        for place in range(len(new.sections)):
            self._place([spot for spot in active if spot.section == place])

    def _place(self, rows: Sequence[Spot]) -> None:
        """Note what of a section stays, and the positions of the rest: none where all before stand already."""
        keys = [(spot.section, spot.row) for spot in rows]
        stays = [key for key in keys if self._stays(key)]
        self.staying.update(_rising(stays, [self.pairs[key].row for key in stays]))
        standing = sum(key in self.staying for key in keys)
        for position, key in enumerate(keys):
            if key not in self.staying:
                self.positions[key] = "" if position == standing else str(position + 1)
                standing += 1

    def _stays(self, key: tuple[int, int]) -> bool:
        before = self.pairs.get(key)
        return before is not None and not before.environment.retired and self.sections.get(key[0]) == before.section

    def position(self, spot: Spot) -> str:
        return self.positions.get((spot.section, spot.row), "")

    def moved(self, old: Spot, new: Spot) -> Iterator[Change]:
        """The change that says a row moved, within its section too where the rows around it did not."""
        key, one = (new.section, new.row), new.environment
        elsewhere = self.sections.get(new.section) != old.section
        if elsewhere or (not one.retired and key not in self.staying):
            was = self.was[old.section] if elsewhere else self.now[new.section]
            yield Change("moved", old.environment.slug, one.name, self.position(new), was, self.now[new.section])


def _rising(keys: Sequence[tuple[int, int]], rows: Sequence[int]) -> list[tuple[int, int]]:
    """As many keys as can stay where they are: a longest rising run of their old rows."""
    best: list[list[int]] = []
    for place, row in enumerate(rows):
        runs = [run for run in best if rows[run[-1]] < row]
        best.append([*max(runs, key=len, default=[]), place])
    return [keys[place] for place in max(best, key=len, default=[])]
