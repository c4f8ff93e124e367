"""Nothing overflows a slide and nothing is lost, whatever the notes hold; what was done is told."""

import re
from functools import cache

import pytest

from communitycalls.deck.outcome import DeckError, Drawing
from tests import pdf
from tests.deck_sample import sample_call, sample_setting

WIDTH, HEIGHT = 960.0, 540.0
SIDE, TOP, BOTTOM = 60.0, 20.0, 60.0
WORD = "Donaudampfschifffahrtsgesellschaftskapitän"
ARABIC = "مرحبا بكم في مكالمة المجتمع"
HEBREW = "שלום לכולם בשיחת הקהילה"
JAPANESE = "コミュニティコールへようこそ"

CASES = {
    "40 bullets": "# Many\n\n" + "\n".join(f"- bullet{n}x and a few words" for n in range(1, 41)),
    "nested": "# Deep\n\n" + "\n".join(f"{'  ' * (n % 4)}- nested{n}x words" for n in range(36)),
    "numbers": "# Steps\n\n" + "\n".join(f"{n}. step{n}x" for n in range(1, 45)),
    "long words": "# " + WORD * 4 + "\n\n" + f"- {WORD * 12}\n- https://example.org/{'path/' * 60}end\n\n" + "w" * 2500,
    "right to left": f"# {ARABIC}\n\n- {HEBREW}\n- {ARABIC} and English\n- {JAPANESE * 6}",
    "emoji": "# Party 🎉\n\n" + "\n".join(f"- 😀👩‍💻🇩🇪 item{n}x" for n in range(20)),
    "code": "# Code\n\n```python\n"
    + "\n".join(f"line{n}x = call({n})  # {'c' * (n * 3)}" for n in range(60))
    + "\n```",
    "wide code": "# Wide\n\n```\n" + "x" * 900 + "\n" + "a b " * 200 + "\n```",
    "table": "# Table\n\n| n | what | who |\n|--|--|--|\n" + "\n".join(f"| row{n}x | {WORD} | me |" for n in range(30)),
    "wide table": "# Wide\n\n|"
    + "|".join(f"head{n}x" for n in range(14))
    + "|\n"
    + "|--" * 14
    + "|\n"
    + "\n".join("|" + "|".join(f"cell{r}y{n}x" for n in range(14)) + "|" for r in range(8)),
    "quotes": "# Quotes\n\n"
    + "\n\n".join(f"> quote{n}x " + "says a lot " * 30 + f"\n>\n> — Ada{n}x" for n in range(7)),
    "paragraphs": "# Text\n\n" + "\n\n".join(f"para{n}x " + "and so on " * 40 for n in range(9)),
    "one paragraph": "# Text\n\n" + " ".join(f"word{n}x" for n in range(1200)),
    "columns": "# Two\n\n### Left\n\n"
    + "\n".join(f"- left{n}x" for n in range(30))
    + "\n\n### Right\n\n"
    + "\n".join(f"- right{n}x words" for n in range(18)),
    "icons": "# Signs\n\n"
    + "\n".join(f"- 🔒 sign{n}x with more words than a line can hold, so it wraps" for n in range(12)),
    "diagram": "# Graph\n\n```diagram\n[start1x] -> "
    + ", ".join(f"[a box with long label {n}x]" for n in range(9))
    + "\n```\n\nafter1x",
    "team": "layout: team\n\n# Team\n\n" + "\n".join(f"- Person{n}x {WORD[:20]} - minute taker" for n in range(30)),
    "actions": "# Calls to action\n\n" + "\n".join(f"- act{n}x " + "now " * 30 for n in range(10)),
    "cadence": "# Cadence\n\n```cadence\nAlpha: M p M\nBeta: . M p\n```\n\n- Alpha\n"
    + "\n".join(f"  - alpha{n}x told at length, and then some more words" for n in range(14))
    + "\n- Beta\n  - beta1x",
    "title": "# " + "A very long title that never ends " * 12 + "end1x",
    "mixed": "# Mixed\n\nlead1x:\n\n- a1x\n- b1x\n\n```\ncode1x\n```\n\n| t1x |\n|--|\n| c1x |\n\n> quote1x\n\n"
    + "text1x " * 300,
}


@cache
def drawn(name: str) -> Drawing:
    return pdf.draw(pdf.with_notes(sample_call(), CASES[name]), sample_setting())


@pytest.fixture(scope="module", params=CASES, ids=lambda name: name.replace(" ", "-"))
def case(request: pytest.FixtureRequest) -> tuple[str, Drawing]:
    return CASES[request.param], drawn(request.param)


def test_nothing_stands_outside_and_nothing_is_too_small(case: tuple[str, Drawing]) -> None:
    signs = list(pdf.characters(case[1]))
    assert [one for one in signs if one.left < SIDE or one.right > WIDTH - SIDE] == []
    assert [one for one in signs if one.top > HEIGHT - TOP] == []
    assert [one for one in signs if one.size < 13.99] == []
    footers = {one.bottom for one in signs if one.bottom < BOTTOM}
    assert all(bottom > 18 for bottom in footers)


def test_no_body_reaches_into_the_footer(case: tuple[str, Drawing]) -> None:
    allowed = pdf.words("Flatcar · Community call") + "0123456789/"
    low = [
        one
        for one in pdf.characters(case[1])
        if one.bottom < BOTTOM and one.page not in (1, len(pdf.open_pdf(case[1])))
    ]
    assert [one for one in low if one.text not in allowed] == []


def test_every_marked_word_is_there_once_for_each_time_it_was_written(case: tuple[str, Drawing]) -> None:
    notes, drawing = case
    body = re.sub(r"^# .*", "", notes, flags=re.MULTILINE) if "end1x" not in notes else notes
    written = re.findall(r"[a-z]+\d+x|cell\d+y\d+x", body, re.IGNORECASE)
    text = pdf.words("".join(pdf.text_of(drawing)))
    lost = [word for word in set(written) if text.count(word) < written.count(word)]
    assert lost == []


def test_forty_bullets_are_forty_and_stand_in_order() -> None:
    drawing = drawn("40 bullets")
    found = [int(number) for number in re.findall(r"bullet(\d+)x", pdf.words("".join(pdf.text_of(drawing))))]
    assert found == list(range(1, 41))
    told = [remark.text for remark in drawing.remarks]
    assert any(re.fullmatch(r"“Many”: It holds more than fits: continued on \d more slides?\.", text) for text in told)


def test_table_that_goes_on_repeats_its_head() -> None:
    drawing = drawn("table")
    pages = [page for page in pdf.text_of(drawing) if re.search(r"row\d+x", page)]
    assert len(pages) > 1
    assert all("what" in page and "who" in page for page in pages)


def test_right_to_left_text_is_shaped_and_kept() -> None:
    drawing = drawn("right to left")
    text = "".join(pdf.text_of(drawing))
    assert "English" in text
    for word in ("مرحبا", "שלום"):
        assert pdf.words(word) in pdf.words(text) or pdf.words(word)[::-1] in pdf.words(text)


def test_continuations_say_so_and_are_not_in_the_outline() -> None:
    drawing = drawn("code")
    pages = [page for page in pdf.text_of(drawing) if re.search(r"line\d+x", page)]
    assert ["(cont.)" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert [title for _, title in pdf.outline(drawing)].count("Code") == 1


def test_a_slide_of_thousands_is_refused_with_a_sentence() -> None:
    notes = "# Endless\n\n| a |\n|--|\n" + "| x |\n" * 3000
    with pytest.raises(DeckError, match="Slide “Endless” holds 3,000 rows, lines or bullets"):
        pdf.draw(pdf.with_notes(sample_call(), notes), sample_setting())
