"""Themes: all tokens are there, everything can be read, and the community's accents do no harm."""

import re
from dataclasses import replace

import pytest

from communitycalls.deck import theme
from communitycalls.deck.outcome import DeckError
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Cover, Section
from tests.deck_sample import sample_call

SETTING = DeckSetting("Flatcar")
ON_SOFT = ("alpha", "beta", "stable", "lts", "sand", "plum", "slate", "accent")


def tokens(name: str) -> dict[str, str]:
    return dict(theme.theme(replace(SETTING, theme=name)).tokens)


def test_there_are_a_light_a_dark_and_a_print_theme_with_the_same_tokens() -> None:
    assert theme.names() == ["harbour", "midnight", "paper"]
    assert set(tokens("harbour")) == set(tokens("midnight")) == set(tokens("paper"))


@pytest.mark.parametrize("name", theme.names())
def test_text_can_be_read_on_its_ground(name: str) -> None:
    found = tokens(name)
    pairs = [("ink", "paper"), ("ink-soft", "paper"), ("muted", "paper"), ("muted", "card"), ("accent", "paper")]
    pairs += [("night-ink", "night"), ("night-muted", "night"), ("question-ink", "question"), ("code-ink", "code")]
    pairs += [(f"code-{kind}", "code") for kind in ("label", "comment", "string", "number", "keyword", "name")]
    pairs += [(tone, f"{tone}-soft") for tone in ON_SOFT] + [("accent-ink", "accent")]
    weak = {(one, two): theme.contrast(found[one], found[two]) for one, two in pairs}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < theme.READABLE} == {}


@pytest.mark.parametrize("name", theme.names())
def test_no_variable_is_left_that_nobody_sets(name: str) -> None:
    sheet = theme.sheet(theme.theme(replace(SETTING, theme=name)))
    assert set(re.findall(r"var\(--([\w-]+)", sheet)) <= {"tone", "tone-soft"}


def test_no_rule_sets_text_below_fourteen_points() -> None:
    sheet = theme.sheet(theme.theme(SETTING))
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;{}]*?([\d.]+)px", sheet)]
    assert min(sizes) == 18.67


@pytest.mark.parametrize("colour", ["#0b6b6b", "#ffff00", "#000000", "#ffffff", "#7a2fbf"])
@pytest.mark.parametrize("name", theme.names())
def test_any_accent_can_be_read_in_any_theme(name: str, colour: str) -> None:
    found = theme.theme(replace(SETTING, theme=name, accent=colour)).tokens
    assert theme.contrast(found["accent"], found["paper"]) >= theme.READABLE
    assert theme.contrast(found["accent-ink"], found["accent"]) >= 3


def test_accent_that_is_no_colour_changes_nothing() -> None:
    hostile = replace(SETTING, accent="red;} *{display:none", second_accent="#12345")
    assert theme.theme(hostile) == theme.theme(SETTING)


def test_unknown_theme_is_refused() -> None:
    with pytest.raises(DeckError, match=r"Theme “\.\./\.\./x” is not known"):
        theme.theme(replace(SETTING, theme="../../x"))


def test_pictures_lie_behind_cover_and_sections_in_turn_and_foreign_ones_nowhere() -> None:
    slides = (
        Cover(community="Flatcar", date=sample_call().date),
        Section(number=1, place=1),
        Section(number=2, place=2),
        Section(number=3, place=3),
    )
    pictures = ("/media/images/a.jpg", 'https://x.example/a.jpg")}*{color:red')
    sheet = theme.pictures_sheet(replace(SETTING, cover="/media/images/c.jpg", pictures=pictures), slides, 1)
    assert re.findall(r"#(s\d+)\{page:behind-\d+\}", sheet) == ["s1", "s2", "s4"]
    assert sheet.count(theme.FOOT_VEIL) == 3, "a light picture leaves a page's number unread"
    *under_text, _ = (float(part) for part in re.findall(r"/ (\.\d+)\)", theme.VEIL))
    for part in under_text:
        assert theme.contrast(theme.mixed("#ffffff", "#06101b", part), "#f5fafb") >= theme.READABLE, "on white"
    assert re.findall(r'url\("([^"]+)"\)', sheet) == [
        "/media/images/c.jpg",
        "/media/images/a.jpg",
        "/media/images/a.jpg",
    ]


@pytest.mark.parametrize("second", ["#000000", "#ffffff", "#7a1f3d", "#e0902f", "#777777", "#0000ff"])
def test_sign_on_the_second_accent_can_be_read(second: str) -> None:
    found = theme.theme(replace(SETTING, second_accent=second)).tokens
    assert theme.contrast(found["second-ink"], found["second"]) >= 3  # it is large: WCAG 2.2, 1.4.3
