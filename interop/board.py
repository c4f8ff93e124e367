"""A matrix as readers see it: its values arranged in rows, with legend and counts. Pure: knows no database.

Counts are of counted environments alone: neither retired ones nor catch-all rows, which stand for "anything else".
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from interop.chips import NOT_STATED, Chip, by_code, chip_of, chips_of
from interop.document import values as v
from interop.references import resolve

ASIDE = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
NO_WORDS = re.compile(r"[\s,;`*_.]|\band\b|\bor\b")


@dataclass(frozen=True)
class Heading:
    """A column's name; `aside` is what its author put in parentheses behind it."""

    name: str
    aside: str = ""


@dataclass(frozen=True)
class RatingCell:
    """`label` is the criterion's name, `short` without what its author put in parentheses."""

    label: str
    short: str
    chips: tuple[Chip, ...]
    written: str


@dataclass(frozen=True)
class Stir:
    """When an environment changed last; `here` where that was in the very revision that is shown."""

    date: dt.date
    here: bool


@dataclass(frozen=True)
class Row:
    """One environment. `issue_words` is Markdown of the issues cell where it says more than codes."""

    environment: v.Environment
    ratings: tuple[RatingCell, ...]
    texts: tuple[str, ...]
    references: tuple[v.Reference, ...]
    issue_words: str
    remarks: tuple[str, ...]
    vacant: bool
    stir: Stir | None = None


@dataclass(frozen=True)
class Group:
    """A section's rows. `total` and `vacant` count the section's own environments, shown here or not."""

    name: str
    introduction: str
    rows: tuple[Row, ...]
    total: int
    vacant: int


@dataclass(frozen=True)
class LegendLine:
    """A level: `codes` is how authors write it, `under` names its criteria where not all have it.

    `declared` is False where no legend gives it a meaning.
    """

    chip: Chip
    codes: str
    meaning: str
    declared: bool
    under: str = ""


@dataclass(frozen=True)
class Share:
    """A part of a whole. `x` and `width` are per cent, as SVG writes them."""

    tone: str
    word: str
    count: int
    uncertain: int = 0
    x: str = "0"
    width: str = "0"


@dataclass(frozen=True)
class Sum:
    name: str
    aside: str
    shares: tuple[Share, ...]

    @property
    def label(self) -> str:
        return ", ".join(f"{share.count} {share.word}" for share in self.shares)


@dataclass(frozen=True)
class Board:
    """A matrix for its page. `retired` are the rows that left; `shown` of `total` environments pass the filter."""

    headings: tuple[Heading, ...]
    text_headings: tuple[str, ...]
    names_owners: bool
    notes_heading: str
    groups: tuple[Group, ...]
    retired: tuple[Row, ...]
    shown: int
    total: int
    width: int

    @property
    def is_wide(self) -> bool:
        """Whether the table has too many columns for a page's width, so that it needs its own scrolling."""
        return self.width > 9

    @property
    def is_roomy(self) -> bool:
        """Whether there are so few criteria that their words need not be folded."""
        return len(self.headings) < 3


def board_of(
    matrix: v.Matrix, shown: v.Matrix, tracker_url: str = "", stirred: Mapping[str, Stir] | None = None
) -> Board:
    """The board of a matrix; `shown` has the same sections, with the environments that pass the reader's filter.

    `stirred` tells by slug when an environment changed last.
    """
    texts = tuple(column.header for column in matrix.columns if column.role is v.Role.TEXT)
    found = [(section, _row(matrix, one, texts, tracker_url)) for section, one in shown.environments()]
    rows = [(section, replace(row, stir=(stirred or {}).get(row.environment.slug))) for section, row in found]
    groups = tuple(
        _group(matrix, every, tuple(row for one, row in rows if one is section and not row.environment.retired))
        for every, section in zip(matrix.sections, shown.sections, strict=True)
    )
    return Board(
        headings=tuple(heading(criterion.name) for criterion in matrix.criteria),
        text_headings=texts,
        names_owners=matrix.names_owners,
        notes_heading=_notes_heading(matrix),
        groups=tuple(group for group in groups if group.rows or (shown is matrix and not group.total)),
        retired=tuple(row for _, row in rows if row.environment.retired),
        shown=sum(is_counted(row.environment) for _, row in rows),
        total=sum(is_counted(one) for _, one in matrix.environments()),
        width=3 + len(matrix.criteria) + len(texts) + matrix.names_owners,
    )


def heading(name: str) -> Heading:
    match = ASIDE.fullmatch(name)
    return Heading(match[1], match[2]) if match else Heading(name)


def is_counted(environment: v.Environment) -> bool:
    return environment.retired is None and not environment.catch_all


def is_vacant(matrix: v.Matrix, environment: v.Environment) -> bool:
    """Whether an environment waits for an owner; never where the matrix names none."""
    return matrix.names_owners and is_counted(environment) and not environment.owners


def ratings_of(matrix: v.Matrix, environment: v.Environment) -> tuple[RatingCell, ...]:
    cells = ((criterion, environment.cell(criterion.key)) for criterion in matrix.criteria)
    return tuple(
        RatingCell(
            criterion.name, heading(criterion.name).name, chips_of(cell, by_code(criterion.levels)), cell.written
        )
        for criterion, cell in cells
    )


def issue_words(environment: v.Environment) -> str:
    """The issues cell as Markdown, where it says more than the codes that were read from it."""
    rest = environment.issues_written
    for code in sorted(environment.issues, key=len, reverse=True):
        rest = rest.replace(code, "")
    return environment.issues_written if NO_WORDS.sub("", rest) else ""


def remarks_on(environment: v.Environment) -> tuple[str, ...]:
    """What readers should know of a row that does not fit its table."""
    found = [f"A cell too many: “{cell}”" for cell in environment.overflow]
    if environment.missing:
        found.append(f"{environment.missing} {'cell' if environment.missing == 1 else 'cells'} too few")
    return tuple(found)


def _row(matrix: v.Matrix, environment: v.Environment, texts: Iterable[str], tracker_url: str) -> Row:
    said = dict(environment.texts)
    return Row(
        environment=environment,
        ratings=ratings_of(matrix, environment),
        texts=tuple(said.get(header, "") for header in texts),
        references=tuple(resolve(one, tracker_url) for one in environment.references),
        issue_words=issue_words(environment),
        remarks=remarks_on(environment),
        vacant=is_vacant(matrix, environment),
    )


def _group(matrix: v.Matrix, section: v.Section, rows: tuple[Row, ...]) -> Group:
    counted = [one for one in section.environments if is_counted(one)]
    vacant = sum(is_vacant(matrix, one) for one in counted)
    return Group(section.name, section.introduction, rows, len(counted), vacant)


def _notes_heading(matrix: v.Matrix) -> str:
    roles = {column.role for column in matrix.columns}
    if v.Role.ISSUES in roles:
        return "Notes and known issues" if v.Role.NOTES in roles else "Known issues"
    return "Notes and references" if v.Role.REFERENCE in roles else "Notes"


def legend_of(matrix: v.Matrix) -> tuple[LegendLine, ...]:
    """Every level once, however many criteria share it, and what a blank cell means."""
    lines: dict[tuple[Chip, str], tuple[list[str], list[str]]] = {}
    for criterion in matrix.criteria:
        for level in criterion.levels:
            codes, names = lines.setdefault((chip_of(level), level.meaning), ([], []))
            codes += [level.code] if level.code not in codes else []
            names += [heading(criterion.name).name]
    every = len(matrix.criteria)
    found = [
        LegendLine(chip, " or ".join(codes), meaning, bool(meaning), "" if len(names) == every else " and ".join(names))
        for (chip, meaning), (codes, names) in lines.items()
    ]
    return (*found, LegendLine(NOT_STATED, "", NOT_STATED.meaning, True))


def sums_of(matrix: v.Matrix) -> tuple[Sum, ...]:
    """How the counted environments divide, for each criterion and, where the matrix names owners, by owner."""
    counted = [one for _, one in matrix.environments() if is_counted(one)]
    sums = [_criterion_sum(criterion, counted) for criterion in matrix.criteria]
    if matrix.names_owners:
        owned = sum(bool(one.owners) for one in counted)
        shares = (Share(v.Tone.WORKS, "owned", owned), Share(v.Tone.BLANK, "without owner", len(counted) - owned))
        sums.append(Sum("Owner", "a person, a team or a role", laid_out(shares)))
    return tuple(sums)


def _criterion_sum(criterion: v.Criterion, counted: list[v.Environment]) -> Sum:
    levels = by_code(criterion.levels)
    order = {within_line(chip_of(level).word): place for place, level in enumerate(criterion.levels)}
    counts: Counter[tuple[str, str]] = Counter()
    uncertain: Counter[tuple[str, str]] = Counter()
    for environment in counted:
        chips = chips_of(environment.cell(criterion.key), levels)
        key = (chips[0].tone, " / ".join(within_line(chip.word) for chip in chips))
        counts[key] += 1
        uncertain[key] += any(rating.uncertain for rating in environment.cell(criterion.key).ratings)
    tones = [*v.Tone, "words"]
    keys = sorted(counts, key=lambda key: (tones.index(key[0]), order.get(key[1], len(order)), key[1]))
    name = heading(criterion.name)
    return Sum(name.name, name.aside, laid_out(Share(*key, counts[key], uncertain[key]) for key in keys))


def within_line(word: str) -> str:
    """A level's word inside a line: "Yes" becomes "yes", "L1" stays."""
    return word[:1].lower() + word[1:] if word[1:2].islower() else word


def laid_out(shares: Iterable[Share]) -> tuple[Share, ...]:
    """The shares that count anything, with their places on a gauge 100 wide."""
    filled = [share for share in shares if share.count]
    total = sum(share.count for share in filled)
    return tuple(_placed(filled, total))


def _placed(shares: list[Share], total: int) -> Iterator[Share]:
    begun = 0
    for share in shares:
        yield replace(share, x=f"{100 * begun / total:.2f}", width=f"{max(100 * share.count / total - 0.35, 0.2):.2f}")
        begun += share.count
