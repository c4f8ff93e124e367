"""Signs that no installed font has are told beside their slides."""

import pytest

from communitycalls.deck import lacking
from communitycalls.deck.blocks import Bullet, Bullets, Quote, Table
from communitycalls.deck.easel import fonts
from communitycalls.deck.outcome import DeckRemark
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Body, TitleOnly
from tests import pdf
from tests.deck_sample import sample_call


def only_han(text: str) -> set[str]:
    return {sign for sign in text if "\u4e00" <= sign <= "\u9fff"}


def test_all_texts_of_a_slide_are_looked_at_but_not_remarks_and_signs_of_icons() -> None:
    blocks = (
        Bullets((Bullet("bullet", icon="rocket", sign="X"),)),
        Quote(("quote",), "who"),
        Table(("head",), (("c",),)),
    )
    slide = Body(title="title", section="section", blocks=blocks, remarks=("remark",))
    words = lacking.words_of(slide)
    for word in ("title", "section", "bullet", "quote", "who", "head", "c"):
        assert word in words
    assert "remark" not in words
    assert "X" not in words


def test_lacking_signs_are_told_on_the_page_of_their_slide() -> None:
    slides = [TitleOnly(title="One"), TitleOnly(title="漢 and 字"), TitleOnly(title="漢")]
    told = lacking.remarks(slides, [1, 2, 4], only_han)
    assert [remark.slide for remark in told] == [2, 4]
    assert told[1] == DeckRemark(
        4,
        "No font here has “漢” (U+6F22): it is shown as a box. Install one that has it, such as fonts-noto-cjk.",
    )


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ("", ""),
        (
            "漢字",
            "“字” (U+5B57) and “漢” (U+6F22): they are shown as boxes. Install one that has them, such as",
        ),
        ("\ue000", "(U+E000): it is shown as a box. Leave it out."),
        ("𐀀🦄", "such as fonts-noto-core and fonts-noto-color-emoji."),
        ("一二三四五六七", "and 2 more: they are shown as boxes."),
    ],
)
def test_sentence_quotes_the_signs_and_says_what_would_help(signs: str, said: str) -> None:
    assert said in lacking.sentence(signs)


def test_fonts_are_asked_once_of_each_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lacking, "_asked", {})
    asked: list[str] = []

    def boxes(text: str, font_map: object) -> set[str]:
        asked.append(text)
        return {"漢"}

    monkeypatch.setattr(lacking, "_boxes", boxes)
    for _ in range(2):
        assert lacking.lacking("漢字 and Latin \u2028", None) == {"漢"}
    assert asked == ["字 漢"]


def test_this_machine_s_fonts_have_latin_signs_and_lack_what_is_none() -> None:
    nothing = "\U000f0000"  # left to private use
    assert lacking.lacking(f"Zażółć “gęślą” → {nothing}\u200d\ufe0f", fonts().font_map) == {nothing}


def test_editor_is_told_beside_the_slide() -> None:
    call = pdf.with_notes(sample_call(), "## Ships\n\n- a \U000f0000 sign\n\n---\n\n## Boats\n\n- two")
    told = [remark for remark in pdf.draw(call, DeckSetting("Ours")).remarks if "No font here" in remark.text]
    assert [(remark.slide, remark.text[:13]) for remark in told] == [(4, "No font here ")]
    assert "U+F0000" in told[0].text
