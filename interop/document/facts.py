"""What can be said of an environment, a criterion or a section as texts: the two sides of every change.

`facts_of` and `with_facts` are each other's inverse: a row is nothing but its name, its place and its facts.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from interop.document.catalogue import read_issues, write_issues
from interop.document.cells import is_catch_all, read_owners, read_references, write_owners, write_references
from interop.document.environments import text_fields
from interop.document.legend import read_item, write_item
from interop.document.pipes import split
from interop.document.values import Cell, Column, Criterion, Environment, Level, Rating, Retirement, Role, Tone

Fact = tuple[str, str]
"""What a change is of, and its field."""

WRITTEN, OVERFLOW, MISSING, CATCH_ALL = "name as written", "cells too many", "cells too few", "stands for others"
LABELS: dict[Fact, str] = {
    ("owner", ""): "Owner",
    ("reference", ""): "Reference",
    ("note", ""): "Notes",
    ("issue", ""): "Known issues",
    ("text", OVERFLOW): "Cells too many",
    ("text", MISSING): "Cells too few",
    ("text", WRITTEN): "Name as written",
    ("text", CATCH_ALL): "Stands for others",
}
LEGEND = "Legend: "
LEVEL = re.compile(r"(?P<item>.*) \[(?P<tone>\w+)(?P<undeclared>, undeclared)?\]", re.DOTALL)
COLUMN = re.compile(r"(?P<header>.*) \((?P<role>\w+)(?: (?P<criterion>[\w-]+))?\)", re.DOTALL)


def facts_of(one: Environment) -> dict[Fact, str]:
    """What a row says, without what is blank. Cells of a rated criterion come as written, variants beside them."""
    facts: dict[Fact, str] = {("rated", cell.criterion): cell.written for cell in one.cells}
    facts |= {("variant", cell.criterion): _variants(cell) for cell in one.cells}
    facts[("owner", "")] = one.owner_written or write_owners(one.owners)
    facts[("reference", "")] = one.reference_written or write_references(one.references)
    facts[("note", "")] = one.notes
    facts[("issue", "")] = one.issues_written or write_issues(one.issues)
    facts |= {("text", field): text for field, text in one.texts}
    facts[("text", OVERFLOW)] = " | ".join(cell.replace("|", "\\|") for cell in one.overflow)
    facts[("text", MISSING)] = str(one.missing or "")
    facts[("text", WRITTEN)] = one.name_written
    derived = is_catch_all(one.name_written or one.name)
    facts[("text", CATCH_ALL)] = "" if one.catch_all == derived else ("yes" if one.catch_all else "no")
    return {fact: text for fact, text in facts.items() if text}


def _variants(cell: Cell) -> str:
    named = [rating.variant or "" for rating in cell.ratings]
    return " / ".join(named) if any(named) else ""


def with_facts(
    one: Environment, facts: Mapping[Fact, str], columns: Sequence[Column], issues: Collection[str]
) -> Environment:
    """The row saying these facts and nothing else. Its cells come in any order, their ratings bare but for variants."""
    owner, reference = facts.get(("owner", ""), ""), facts.get(("reference", ""), "")
    known, written = facts.get(("issue", ""), ""), facts.get(("text", WRITTEN), "")
    others = facts.get(("text", CATCH_ALL), "yes" if is_catch_all(written or one.name) else "no")
    return replace(
        one,
        cells=tuple(_cells(facts)),
        owners=read_owners(owner),
        owner_written=owner,
        references=read_references(reference),
        reference_written=reference,
        notes=facts.get(("note", ""), ""),
        issues=read_issues(known, issues),
        issues_written=known,
        texts=tuple(_texts(facts, columns)),
        overflow=split(f"| {facts[extra]} |") if (extra := ("text", OVERFLOW)) in facts else (),
        missing=int(facts.get(("text", MISSING), "0")),
        catch_all=others == "yes",
        name_written=written,
    )


def _cells(facts: Mapping[Fact, str]) -> Iterator[Cell]:
    for (what, key), text in facts.items():
        if what == "rated":
            variants = facts.get(("variant", key), "")
            named = (Rating(None, variant=variant or None) for variant in variants.split(" / "))
            yield Cell(key, text, tuple(named) if variants else ())


def _texts(facts: Mapping[Fact, str], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """The cells of text columns, in the order of the columns, those without a column last."""
    fields = [
        *text_fields(columns),
        *(field for what, field in facts if what == "text" and (what, field) not in LABELS),
    ]
    return ((field, facts["text", field]) for field in dict.fromkeys(fields) if ("text", field) in facts)


# texts


def row_text(facts: Mapping[Fact, str], criteria: Sequence[Criterion]) -> str:
    """Facts as lines of "label: text"; a text of several lines is indented from its second on."""
    labels = _labels(criteria, [field for what, field in facts if what == "text"])
    return folded(f"{label}: {facts[fact]}" for fact, label in labels.items() if fact in facts)


def read_row_text(text: str, criteria: Sequence[Criterion], fields: Iterable[str]) -> dict[Fact, str]:
    """The facts that `row_text` wrote. `fields` are the text columns there are; a row may still have one of old."""
    facts = {label: fact for fact, label in _labels(criteria, fields).items()}
    found: dict[Fact, str] = {}
    for line in unfolded(text):
        known = (label for label in facts if line.startswith(f"{label}: "))
        label = max(known, key=len, default=line.partition(": ")[0])
        found[facts.get(label, ("text", label.removeprefix("Column named ")))] = line[len(label) + 2 :]
    return found


def _labels(criteria: Sequence[Criterion], fields: Iterable[str]) -> dict[Fact, str]:
    """A name for every fact there may be, no two alike."""
    names = Counter([*LABELS.values(), "Position", *(criterion.name for criterion in criteria)])
    labels = {("rated", one.key): one.name if names[one.name] == 1 else f"Criterion {one.key}" for one in criteria}
    labels |= {("variant", one.key): f"Variants of {one.key}" for one in criteria}
    texts = {("text", field): f"Column named {field}" if field in names else field for field in fields}
    return {**labels, **LABELS, **{fact: label for fact, label in texts.items() if fact not in LABELS}}


def _folded(text: str) -> str:
    return text.replace("\n", "\n  ")


def folded(texts: Iterable[str]) -> str:
    """Several texts as one, each beginning on its own line."""
    return "\n".join(_folded(text) for text in texts)


def unfolded(text: str) -> list[str]:
    """The texts that `folded` joined."""
    return [one.replace("\n  ", "\n") for one in re.split(r"\n(?! {2})", text)] if text else []


def level_text(level: Level) -> str:
    """A level as a legend's line with its tone: "L1: everything [full]"."""
    only_named = level.symbol and level.name and not level.meaning
    return f"{write_item(level)} [{level.tone}{', undeclared' if only_named else ''}]"


def read_level_text(text: str) -> Level:
    """The level that `level_text` wrote."""
    match = LEVEL.fullmatch(text)
    level = read_item(match["item"]) if match else None
    if match is None or level is None:
        return Level(text)
    return replace(level, tone=Tone(match["tone"]), meaning="" if match["undeclared"] else level.meaning)


def columns_text(columns: Sequence[Column]) -> str:
    """Columns as lines: "Works (criterion works)", "Owner (owner)"."""
    return folded(f"{one.header} ({' '.join(filter(None, [one.role, one.criterion]))})" for one in columns)


def read_columns_text(text: str) -> tuple[Column, ...]:
    """The columns that `columns_text` wrote."""
    matches = (COLUMN.fullmatch(line) for line in unfolded(text))
    return tuple(Column(Role(match["role"]), match["header"], match["criterion"] or "") for match in matches if match)


def retirement_text(retirement: Retirement | None) -> str:
    """A retirement as lines: its day, its reason, its successor's address."""
    if retirement is None:
        return ""
    successor = [f"Successor: {retirement.successor}"] if retirement.successor else []
    return folded([retirement.date.isoformat(), *successor, retirement.reason])


def read_retirement_text(text: str) -> Retirement | None:
    """The retirement that `retirement_text` wrote."""
    if not text:
        return None
    day, *rest = unfolded(text)
    successor = rest.pop(0).removeprefix("Successor: ") if rest and rest[0].startswith("Successor: ") else None
    return Retirement(date.fromisoformat(day), rest[0] if rest else "", successor)
