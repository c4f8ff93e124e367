"""What each column of a matrix's tables is for, told from its header and its cells, never from its place.

All tables of a document are judged together: a column is known by its header, and what a column of that name holds
in one table says what it is in another, where it may be empty.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.text import slugify

from interop.document.ratings import is_mark, leading_symbol, marks_in
from interop.document.tables import Table, words
from interop.document.values import Column, Role

KEY_LIMIT = 50
HEADER_LIMIT = 120
SHORT = 24
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[*:]")
ENVIRONMENT = re.compile(
    r"(?:[\w.-]+ ){0,2}(?:environments?|providers?|platforms?|targets?|names?|clouds?|distributions?|distros?|systems?"
    r"|products?|clusters?|hosts?|hypervisors?|hardware|boards?|devices?|vendors?|infrastructures?|os|oses)"
)
ISSUES = re.compile(r"(?:(?:known|open) )?(?:issues|problems|bugs)")
OWNER = re.compile(
    r"\b(?:owners?|ownership|owned by|maintainers?|maintained by|contacts?|responsible|stewards?|champions?)\b"
)
REFERENCE = re.compile(
    r"^(?:references?|refs?|links?|prs?|pull requests?)\b|\b(?:issues?|tickets?|track(?:er|ing|ed))\b"
)
NOTES = re.compile(r"\b(?:notes?|comments?|remarks?|caveats?|limitations?|details|hints?)\b")
NUMBER = re.compile(r"#|no\.?|nr\.?|number")
DUTIES = (ISSUES, OWNER, REFERENCE, NOTES)
PROSE = re.compile(
    r"\b(?:versions?|since|dates?|descriptions?|url|region|categor(?:y|ies)|types?|kind|arch\w*|updated|verified|vendors?"
    r"|groups?)\b"
)
REFERRED = re.compile(r"(?:[\w.-]+/[\w.-]+)?#\d+|\[[^\]]+\]\([^)]+\)|<?https?://\S+|[A-Z]+-\d+")
PLAIN_VALUE = re.compile(r"[^\d@#/][^@#/]*|\d+[A-Za-z]\w*")


@dataclass(frozen=True)
class Header:
    """A column as all tables know it: its name without marks, and which column of that name it is (from 1)."""

    name: str
    ordinal: int


def headers(table: Table) -> tuple[Header, ...]:
    seen: Counter[str] = Counter()
    found = []
    for header in table.header:
        name = words(header)
        seen[name] += 1
        found.append(Header(name, seen[name]))
    return tuple(found)


def _head(name: str) -> str:
    return " ".join(ASIDE.sub(" ", name).casefold().split())


def rated(tables: Sequence[Table], codes: Collection[str]) -> tuple[Table, ...]:
    """The tables that say something of environments: those that rate, and those whose rows are of the same kind.

    Where none rates, those that name owners; where none does that either, all.
    """
    roles = [{column.role for column in roles_of([table], codes)[0]} for table in tables]
    for wanted in ({Role.CRITERION, Role.ISSUES}, {Role.OWNER}):
        kinds = {_kind(table) for table, own in zip(tables, roles, strict=True) if own & wanted}
        if kinds:
            return tuple(table for table in tables if _kind(table) in kinds)
    return tuple(tables)


def _kind(table: Table) -> str:
    return _head(table.header[environment_column(table)])


def environment_column(table: Table) -> int:
    """The place of the column that names the environments: by its header, or the first.

    One that repeats itself or leaves cells blank may be a grouping: then a column beside it that names each row.
    """
    heads = [_head(header) for header in table.header]
    named = [place for place, head in enumerate(heads) if ENVIRONMENT.fullmatch(head) and not OWNER.search(head)]
    likely = named or [next((place for place, head in enumerate(heads) if not NUMBER.fullmatch(head)), 0)]
    beside = [place for place in range(likely[0] + 1, len(heads)) if _may_name(table, place)]
    return next((place for place in [*likely, *beside] if _is_distinct(table, place)), likely[0])


def _may_name(table: Table, place: int) -> bool:
    """Whether a column may name environments: it has no other duty, and none of its cells looks like a rating."""
    values = [words(row.cell(place)) for row in table.rows if not row.is_blank]
    duty = any(pattern.search(_head(table.header[place])) for pattern in (*DUTIES, PROSE))
    return not duty and len(values) > 2 and all(len(value) > 1 and not is_mark(value, ()) for value in values)


def _is_distinct(table: Table, place: int) -> bool:
    cells = [row.cell(place) for row in table.rows if not row.is_blank]
    return all(cells) and len(set(cells)) == len(cells)


def roles_of(tables: Sequence[Table], codes: Collection[str]) -> tuple[tuple[Column, ...], ...]:
    """The columns of each table. `codes` are the levels that a legend declares.

    Each table has one environment column and at most one for owners, references, notes and issues; further ones of
    the kind are text. Criteria of one name have one key in all tables.
    """
    contents = _contents(tables)
    judged = {header: _role(header, cells, codes) for header, cells in contents.items()}
    keys = _keys([header for header, role in judged.items() if role is Role.CRITERION])
    return tuple(_columns(table, judged, keys) for table in tables)


def vocabulary(tables: Sequence[Table]) -> frozenset[str]:
    """The values that cells of rating columns hold: whole, and as the parts of lists and hedges."""
    told = (cell for header, cells in _contents(tables).items() if not _has_duty(header) for cell in cells)
    return frozenset(mark for cell in told for mark in marks_in(cell))


def rating_headers(tables: Sequence[Table]) -> frozenset[str]:
    """The names of columns that may rate, for all their headers say."""
    return frozenset(header.name for header in _contents(tables) if not _has_duty(header))


def _has_duty(header: Header) -> bool:
    return any(pattern.search(_head(header.name)) for pattern in DUTIES)


def _contents(tables: Sequence[Table]) -> dict[Header, list[str]]:
    """The cells of every column but those that name environments."""
    found: dict[Header, list[str]] = {}
    for table in tables:
        own = environment_column(table)
        for place, header in enumerate(headers(table)):
            if place != own:
                cells = found.setdefault(header, [])
                cells += [cell for row in table.rows if (cell := row.cell(place))]
    return found


def _role(header: Header, cells: list[str], codes: Collection[str]) -> Role:
    head = _head(header.name)
    if not head or len(header.name) > HEADER_LIMIT:
        return Role.TEXT
    if ISSUES.fullmatch(head):
        return Role.REFERENCE if _mostly(cells, lambda cell: bool(REFERRED.search(cell))) else Role.ISSUES
    for pattern, role in ((OWNER, Role.OWNER), (NOTES, Role.NOTES), (REFERENCE, Role.REFERENCE)):
        if pattern.search(head) and not _is_marked(cells, codes):
            return role
    return Role.CRITERION if _rates(head, [words(cell) for cell in cells], codes) else Role.TEXT


def _mostly(cells: Sequence[str], holds: Callable[[str], bool], share: float = 0.5) -> bool:
    return bool(cells) and sum(map(holds, cells)) >= share * len(cells)


def _is_marked(cells: Sequence[str], codes: Collection[str]) -> bool:
    """Whether every cell is a symbol or a declared level, whatever the header says."""
    values = [words(cell) for cell in cells]
    return _mostly(values, lambda value: value in codes or bool(leading_symbol(value)), 1.0)


def _rates(head: str, values: list[str], codes: Collection[str]) -> bool:
    if not values:
        return not PROSE.search(head)
    if _mostly(values, lambda value: is_mark(value, codes)):
        return True
    short = all(len(value) <= SHORT and len(value.split()) <= 3 and PLAIN_VALUE.fullmatch(value) for value in values)
    repeated = len(values) >= 4 and len(Counter(values)) <= min(8, len(values) // 2)
    return short and repeated and not PROSE.search(head) and not ENVIRONMENT.fullmatch(head)


def _keys(criteria: Sequence[Header]) -> dict[Header, str]:
    found: dict[Header, str] = {}
    taken: set[str] = set()
    for header in criteria:
        base = slugify(header.name)[:KEY_LIMIT].strip("-") or "criterion"
        names = (base if number == 1 else f"{base[: KEY_LIMIT - 5]}-{number}" for number in count(1))
        found[header] = next(name for name in names if name not in taken)
        taken.add(found[header])
    return found


def _columns(table: Table, judged: dict[Header, Role], keys: dict[Header, str]) -> tuple[Column, ...]:
    own = environment_column(table)
    columns: list[Column] = []
    once: set[Role] = set()
    for place, header in enumerate(headers(table)):
        role = Role.ENVIRONMENT if place == own else judged[header]
        role = Role.TEXT if role in once else role
        once |= {role} - {Role.CRITERION, Role.TEXT}
        columns.append(Column(role, table.header[place], keys.get(header, "") if role is Role.CRITERION else ""))
    return tuple(columns)
