"""Decks made at random: nothing leaves a slide, nothing is too small to read, no word is lost, none fails.

`DECKS=2000` in the environment draws two thousand; the usual run draws enough to notice when a rule breaks.
"""

import os
import re
from collections import Counter
from dataclasses import replace

import pytest

from communitycalls.deck.setting import DeckSetting
from communitycalls.document.values import CallDocument
from tests import pdf
from tests.deck_sample import sample_call, sample_setting
from tests.generated_decks import make_notes, write_notes

DECKS = int(os.environ.get("DECKS", "40"))
SHARES = 8
WIDTH, HEIGHT = 960.0, 540.0
SIDE, TOP, BOTTOM, LEAST = 60.0, 20.0, 60.0, 13.99
FOOTER = re.compile(r"Flatcar · Community call \d+ / \d+")


def bare() -> tuple[CallDocument, DeckSetting]:
    """A call and a setting that add as few slides of their own as can be."""
    return sample_call(), replace(sample_setting(), matrix=None)


def troubles(seed: int) -> list[str]:
    """What is wrong with the deck of a seed."""
    notes = make_notes(seed)
    call, setting = bare()
    drawing = pdf.draw(pdf.with_notes(call, write_notes(notes)), setting)
    last = drawing.pages
    found = []
    for one in pdf.characters(drawing):
        if one.left < SIDE or one.right > WIDTH - SIDE or one.top > HEIGHT - TOP:
            found.append(f"{one.text} stands outside page {one.page}")
        if one.size < LEAST:
            found.append(f"{one.text} is {one.size:.1f} pt on page {one.page}")
        if one.bottom < BOTTOM and one.page not in (1, last) and one.top > 42:
            found.append(f"{one.text} reaches into the footer of page {one.page}")
    text = pdf.words("".join(FOOTER.sub(" ", page) for page in pdf.text_of(drawing)))
    there = Counter(re.findall(r"\d+x", text))
    wanted = Counter(re.findall(r"\d+x", " ".join(notes.marks)))
    found += [f"{mark} is lost" for mark in wanted if there[mark] < wanted[mark]]
    return [f"seed {seed}: {one}" for one in found[:3]]


@pytest.mark.parametrize("share", range(SHARES))
def test_generated_decks_lose_nothing_and_nothing_leaves_a_slide(share: int) -> None:
    assert [trouble for seed in range(share, DECKS, SHARES) for trouble in troubles(seed)] == []
