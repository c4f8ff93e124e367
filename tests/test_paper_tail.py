"""A few lines alone do not take a page more: the paper is set a step smaller where that saves the page."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from communitycalls.deck.paper import without_tail

PAGE = 1000.0


def paper(*heights: float) -> Any:
    """A document whose pages are filled so high."""
    boxes = [SimpleNamespace(height=PAGE, children=[SimpleNamespace(height=height)]) for height in heights]
    return SimpleNamespace(pages=[SimpleNamespace(_page_box=box) for box in boxes])


@dataclass
class Press:
    """Gives the usual paper and the smaller one, and remembers which were asked for."""

    usual: Any
    smaller: Any
    asked: list[str] = field(default_factory=list)

    def lay_out(self, template: str, sheet: str, told: dict[str, Any]) -> Any:
        self.asked.append(told["step"])
        return self.smaller if told["step"] else self.usual


@pytest.mark.parametrize(
    ("usual", "smaller", "is_smaller", "asked"),
    [
        ((300,), (), False, [""]),
        ((900, 600), (), False, [""]),
        ((900, 100), (950,), True, ["", "step-1"]),
        ((900, 100), (900, 20), False, ["", "step-1"]),
    ],
    ids=["one page", "a last page that holds much", "a page saved", "no page saved"],
)
def test_paper_is_set_smaller_only_to_save_a_nearly_empty_page(
    usual: tuple[float, ...], smaller: tuple[float, ...], is_smaller: bool, asked: list[str]
) -> None:
    press = Press(paper(*usual), paper(*smaller))
    chosen = without_tail("minutes", press, {"step": ""})  # type: ignore[arg-type]  # -- all that it asks of a press
    assert (chosen is press.smaller, press.asked) == (is_smaller, asked)
