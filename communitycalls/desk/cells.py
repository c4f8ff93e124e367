"""What an editor writes into a matrix's cells, read in the matrix's own notation. Pure: knows no form and no row."""

import re
from collections import Counter
from dataclasses import replace

from interop.chips import Chip, by_code, chips_of
from interop.document import values as v
from interop.document.catalogue import read_issues, write_issues
from interop.document.cells import is_vacant, read_owners, read_references
from interop.document.ratings import read_ratings

LINE_END = re.compile(r"\s*\n\s*")


def one_line(text: str) -> str:
    """A cell's text as a table holds it: line ends become `<br>`."""
    return LINE_END.sub("<br>", text.strip())


def read_cell(criterion: v.Criterion, written: str) -> v.Cell:
    """What a rating cell says. Raises ValueError with a sentence where it names no level of the criterion."""
    text = " ".join(written.split())
    if not text:
        return v.Cell(criterion.key)
    ratings = read_ratings(criterion.name, criterion.levels, [text]).ratings[text]
    known = {level.code for level in criterion.levels}
    for rating in ratings:
        if rating.level not in known:
            raise ValueError(refusal(criterion, rating.level or text))
    return v.Cell(criterion.key, text, ratings)


def refusal(criterion: v.Criterion, said: str) -> str:
    codes = ", ".join(level.code for level in criterion.levels) or "none yet"
    return (
        f"“{said}” is no level of {criterion.name}. Its levels are: {codes}."
        " A question mark after a level says that it is uncertain; words go in parentheses behind it."
    )


def reads_as(criterion: v.Criterion, cell: v.Cell) -> tuple[Chip, ...]:
    """A cell as readers will see it."""
    return chips_of(cell, by_code(criterion.levels))


def usual_vacancy(matrix: v.Matrix) -> str:
    """How the matrix's authors write that there is no owner: what most vacant rows say."""
    said = Counter(one.owner_written for _, one in matrix.environments() if not one.owners and not one.retired)
    return said.most_common(1)[0][0] if said else ""


def with_owners(environment: v.Environment, text: str, matrix: v.Matrix) -> v.Environment:
    """The environment with the owners a text names; its cell stays as written where they are the same."""
    owners = read_owners(text)
    if owners == environment.owners:
        return environment
    written = usual_vacancy(matrix) if is_vacant(text) else one_line(text)
    return replace(environment, owners=owners, owner_written=written)


def with_references(environment: v.Environment, text: str) -> v.Environment:
    written = one_line(text)
    if written == environment.reference_written:
        return environment
    return replace(environment, references=read_references(written), reference_written=written)


def codes_said(words: str, matrix: v.Matrix) -> tuple[str, ...]:
    """The codes of known issues that words amount to. Raises ValueError with a sentence for one nobody defined."""
    known = [issue.code for issue in matrix.known_issues]
    found = read_issues(one_line(words), known)
    for code in found:
        if code not in known:
            raise ValueError(
                f"“{code}” is no known issue of this matrix. Its codes are: {', '.join(known) or 'none yet'}."
            )
    return found


def with_issues(environment: v.Environment, codes: list[str], words: str, matrix: v.Matrix) -> v.Environment:
    """The environment with the known issues of these codes or, without any, with what its cell says in words."""
    if codes:
        same = set(codes) == set(environment.issues)
        return environment if same else replace(environment, issues=tuple(codes), issues_written=write_issues(codes))
    return replace(environment, issues=codes_said(words, matrix), issues_written=one_line(words))


def with_cell(environment: v.Environment, criterion: v.Criterion, written: str, order: list[str]) -> v.Environment:
    """The environment with another rating cell; `order` are the criteria's keys. Raises ValueError with a sentence."""
    if written == environment.cell(criterion.key).written:
        return environment
    cells = {cell.criterion: cell for cell in environment.cells} | {criterion.key: read_cell(criterion, written)}
    kept = [cells[key] for key in order if key in cells and cells[key].written]
    return replace(environment, cells=tuple(kept))


def placed(matrix: v.Matrix, environment: v.Environment, section: int) -> v.Matrix:
    """The matrix with an environment in a section (0-based): where it stood, or last among those not retired."""
    sections = [without(one, environment.slug) if n != section else one for n, one in enumerate(matrix.sections)]
    here = sections[section]
    slugs = [one.slug for one in here.environments]
    if environment.slug in slugs:
        rows = tuple(environment if one.slug == environment.slug else one for one in here.environments)
    else:
        active = tuple(one for one in here.environments if not one.retired)
        rows = (*active, environment, *(one for one in here.environments if one.retired))
    sections[section] = replace(here, environments=rows)
    return replace(matrix, sections=tuple(sections))


def without(section: v.Section, slug: str) -> v.Section:
    return replace(section, environments=tuple(one for one in section.environments if one.slug != slug))
