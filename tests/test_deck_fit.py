"""Fitting with few trials: as large as it fits, cut where a page is full, and little laid out in vain."""

from dataclasses import dataclass, field

import pytest

from communitycalls.deck.blocks import Heading, Text
from communitycalls.deck.fit import Measure, fitted_slide, remarks
from communitycalls.deck.guess import SCALES, atoms_at, next_scale
from communitycalls.deck.slides import ChangeRow, Changes, Columns, Slide
from communitycalls.deck.words import printable

HEAD = 0.15


@dataclass
class Bench:
    """Lays slides out without WeasyPrint: below a head each atom takes `height` of a page, less when set smaller."""

    height: float
    power: float = 1.0
    trials: list[Slide] = field(default_factory=list)

    def __call__(self, slide: Slide) -> Measure:
        if slide not in self.trials:
            self.trials.append(slide)
        height = self.height * (slide.scale / 100) ** self.power
        room = max(int((1 - HEAD) / height + 1e-9), 1)
        later = max(slide.size - room, 0)
        filled = HEAD + slide.size * height
        return Measure(1 + bool(later), filled, room if later else None)

    @property
    def atoms(self) -> int:
        """How many atoms were laid out in all."""
        return sum(slide.size for slide in self.trials)


def slide_of(size: int) -> Changes:
    return Changes(title="Many", rows=tuple(ChangeRow(f"row {number}", "", "") for number in range(size)))


def test_slide_that_fits_is_laid_out_once() -> None:
    bench = Bench(0.1)
    assert fitted_slide(slide_of(8), bench) == [slide_of(8)]
    assert len(bench.trials) == 1


@pytest.mark.parametrize("power", [0.6, 1.0, 1.4, 1.9])
@pytest.mark.parametrize("size", [9, 10, 11, 12, 13])
def test_text_is_no_smaller_than_it_need_be(size: int, power: float) -> None:
    bench = Bench(0.1, power)
    found = fitted_slide(slide_of(size), bench)
    expected = next((scale for scale in SCALES if HEAD + size * 0.1 * (scale / 100) ** power <= 1 + 1e-9), None)
    assert [slide.scale for slide in found] == ([expected] if expected else [84] * len(found))
    parted_anew = 2 if len(found) > 1 else 0
    assert len(bench.trials) <= 3 + len(found) + parted_anew


@pytest.mark.parametrize("size", [20, 31, 40, 149, 400])
def test_long_slide_is_cut_where_a_page_is_full_and_no_atom_is_lost(size: int) -> None:
    bench = Bench(0.1)
    found = fitted_slide(slide_of(size), bench)
    rows = [row for slide in found if isinstance(slide, Changes) for row in slide.rows]
    assert rows == list(slide_of(size).rows)
    assert [slide.size for slide in found[:-2]] == [10] * (len(found) - 2)
    assert found[-2].size in (10, 6), "the last two share what would leave a lone piece"
    assert [slide.continued for slide in found] == [False] + [True] * (len(found) - 1)
    assert bench.atoms <= 2.5 * size + 32, "each page is tried with little more than it holds"
    assert max(slide.size for slide in bench.trials) <= 32


def test_hopeless_slide_is_cut_without_a_try_at_smaller_text() -> None:
    bench = Bench(0.1)
    fitted_slide(slide_of(30), bench)
    assert {slide.scale for slide in bench.trials} == {100, 84}


def test_atoms_larger_than_a_page_stay_whole() -> None:
    found = fitted_slide(slide_of(3), Bench(2.0))
    assert [slide.size for slide in found] == [1, 1, 1]


@pytest.mark.parametrize(("size", "pages"), [(33, [11, 11, 11]), (34, [11, 11, 6, 6]), (39, [11, 11, 11, 6])])
def test_small_piece_does_not_stand_alone_after_a_full_page(size: int, pages: list[int]) -> None:
    slides = fitted_slide(slide_of(size), Bench(height=0.086, power=0.8))
    assert [slide.size for slide in slides] == pages
    rows = [row for slide in slides if isinstance(slide, Changes) for row in slide.rows]
    assert rows == list(slide_of(size).rows)


def test_columns_that_cannot_be_parted_leave_no_empty_continuation() -> None:
    column = (Heading("A heading longer than a page"), Text("One line."))
    slides = fitted_slide(Columns(title="Side by side", columns=(column, column)), Bench(height=0.9))
    assert [slide.size for slide in slides] == [2]


def test_remark_quotes_a_long_title_as_it_was_written() -> None:
    slide = printable(Slide(title="W" * 400, remarks=("It holds much.",)))
    (said,) = remarks([slide], [1], 1)
    assert said.text == f"“{'W' * 59}…”: It holds much."


def test_next_try_is_by_what_the_last_two_tell() -> None:
    assert next_scale({100: Measure(2, 1.05, 9)}) == 92
    assert next_scale({100: Measure(2, 1.31, 9)}) == 68
    assert next_scale({100: Measure(2, 1.31, 9), 68: Measure(1, 0.7, None)}) == 84
    assert next_scale({100: Measure(2, 1.31, 9), 68: Measure(1, 1.0, None)}) is None
    assert next_scale({100: Measure(2, 1.24, 9), 84: Measure(2, 1.2, 9)}) is None
    assert next_scale({100: Measure(2, 3.0, 9)}) is None


def test_page_is_expected_to_hold_more_atoms_of_smaller_text() -> None:
    assert atoms_at(84, {100: Measure(2, 1.5, 10)}) == 12
    assert atoms_at(84, {}) == atoms_at(84, {100: Measure(2, 1.2, None)}) == 20
