"""What is odd in a matrix: things to look at, none of which is forbidden. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from interop.document.values import Criterion, Environment, Level, Matrix, Tone
from interop.references import resolve

PROMISES_TESTS = re.compile(r"\b(?:tests?|tested|ci)\b", re.IGNORECASE)
OWES_A_WORD = re.compile(r"\b(?:partial\w*|partly|caveats?|limit\w*|some|restrict\w*|degraded)\b", re.IGNORECASE)
GRADE = re.compile(r"\b[LTP]\d\b")


@dataclass(frozen=True)
class Finding:
    """One oddity. `rule` names its kind; `environment` is a slug, "" for the matrix itself; `text` is a sentence."""

    rule: str
    environment: str
    text: str


def lint(matrix: Matrix, *, tracker_url: str = "", former: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything odd in a matrix, what is of the matrix itself first, then row by row.

    `tracker_url` is where references such as #107 lead; `former` are levels that earlier schemes had.
    """
    return (*_of_levels(matrix), *_of_issues(matrix), *_of_texts(matrix, former), *_of_rows(matrix, tracker_url))


def _rows(matrix: Matrix) -> Iterator[Environment]:
    return (one for _, one in matrix.environments() if not one.retired)


def _of_levels(matrix: Matrix) -> Iterator[Finding]:
    for criterion in matrix.criteria:
        used = {rating.level for one in _rows(matrix) for rating in one.cell(criterion.key).ratings}
        declares = any(level.meaning for level in criterion.levels)
        for level in criterion.levels:
            if declares and level.code in used and not level.meaning:
                yield Finding(
                    "level without meaning", "", f"No legend says what '{level.code}' of {criterion.name} means."
                )


def _of_issues(matrix: Matrix) -> Iterator[Finding]:
    named = {code for one in _rows(matrix) for code in one.issues}
    for issue in matrix.known_issues:
        if not issue.definition:
            yield Finding("issue without definition", "", f"The known issue '{issue.code}' is not defined.")
        elif issue.code not in named:
            yield Finding("issue of nothing", "", f"No environment has the known issue '{issue.code}'.")


def _of_texts(matrix: Matrix, former: Collection[str]) -> Iterator[Finding]:
    """Texts that name a level which no criterion has, or has any more."""
    codes = {level.code for criterion in matrix.criteria for level in criterion.levels}
    texts = {"introduction": matrix.introduction, "conclusion": matrix.conclusion}
    texts |= {f"introduction of {one.name}": one.introduction for one in matrix.sections}
    for place, text in texts.items():
        gone = {code for code in former if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text) and len(code) > 1}
        for code in sorted((gone | set(GRADE.findall(text))) - codes):
            yield Finding("level of old", "", f"The {place} names '{code}', which is no level of this matrix.")


def _of_rows(matrix: Matrix, tracker_url: str) -> Iterator[Finding]:
    names = Counter(one.name.casefold() for one in _rows(matrix))
    for one in _rows(matrix):
        yield from _of_cells(one)
        yield from _of_ratings(matrix, one)
        if names[one.name.casefold()] > 1:
            yield Finding("name twice", one.slug, f"More than one row is named '{one.name}'.")
        for reference in one.references:
            if not resolve(reference, tracker_url).url:
                text = f"The reference '{reference.label}' of {one.name} leads nowhere. Write its address."
                yield Finding("dead reference", one.slug, text)


def _of_cells(one: Environment) -> Iterator[Finding]:
    for cell in one.overflow:
        yield Finding("cell too many", one.slug, f"'{cell}' of {one.name} stands under no header.")
    if one.missing:
        count = "a cell" if one.missing == 1 else f"{one.missing} cells"
        yield Finding(
            "cell too few", one.slug, f"The row of {one.name} lacks {count}: others may stand under wrong headers."
        )


def _of_ratings(matrix: Matrix, one: Environment) -> Iterator[Finding]:
    said = one.notes or one.issues_written or one.overflow or any(text for _, text in one.texts)
    vacant = matrix.names_owners and not one.owners and not one.catch_all
    for criterion in matrix.criteria:
        levels = {level.code: level for level in criterion.levels}
        for rating in one.cell(criterion.key).ratings:
            level = levels.get(rating.level or "")
            if level is None:
                text = f"'{rating.words}' of {one.name} names no level of {criterion.name}."
                yield Finding("words without level", one.slug, text)
                continue
            if vacant and not rating.uncertain and _promises_tests(criterion, level):
                text = f"{one.name} is tested ({criterion.name}: {level.code}) but has no owner."
                yield Finding("tested without owner", one.slug, text)
            if not said and not rating.words and _owes_a_word(level):
                text = f"{one.name} is '{level.name or level.code}' ({criterion.name}), and nothing says in what."
                yield Finding("partial without note", one.slug, text)


def _promises_tests(criterion: Criterion, level: Level) -> bool:
    good = level.tone in (Tone.FULL, Tone.WORKS)
    return good and bool(PROMISES_TESTS.search(criterion.name) or PROMISES_TESTS.search(level.meaning))


def _owes_a_word(level: Level) -> bool:
    words = f"{level.code} {level.name} {level.meaning}"
    return level.tone in (Tone.PARTIAL, Tone.CAVEAT) and bool(OWES_A_WORD.search(words))
