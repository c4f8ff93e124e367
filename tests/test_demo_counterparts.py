"""Every slide of the deck that the call of May 2021 had in its day has a counterpart of the right kind in ours."""

import tomllib
from pathlib import Path

import pytest

from communitycalls.deck.compose import compose
from communitycalls.deck.setting import DeckSetting
from communitycalls.deck.slides import Slide
from communitycalls.document.values import CallDocument
from interop.document import codec
from tests import pdf
from tests.corpus import CORPUS, needs_corpus

CALL = Path(__file__).resolve().parent.parent / "communitycalls" / "demo" / "calls" / "2021-05-11.toml"
SETTING = DeckSetting("Harbour", series="Community call")

# the page of the old deck, words by which its text is known, the kind of ours, and ours by its title
COUNTERPARTS = (
    (1, "Monthly Community Meeting", "Cover", "Community call, May 2021"),
    (2, "Agenda", "Agenda", "Agenda"),
    (3, "Meet the Team", "Team", "Meet the team"),
    (4, "Kinvolk and Microsoft", "Body quotes", "Kinvolk and Microsoft"),
    (5, "Open to all", "Body text", "Welcome"),
    (6, "Interoperability", "Section", "Interoperability"),
    (7, "Interop matrix", "Body text", "One table for every environment"),
    (8, "Upcoming Releases", "Section", "Upcoming releases"),
    (9, "Guiding Vision", "Body icons", "What we stand for"),
    (10, "Release cadence", "CadenceMap", "How a version ripens"),
    (11, "Current Release", "ReleaseBoard", "Current releases"),
    (12, "Upcoming Releases", "ReleaseBoard", "Upcoming releases"),
    (13, "Cluster API", "Section", "Spotlight: Cluster API"),
    (14, "Cluster API Concepts", "Body diagram", "Cluster API in one picture"),
    (15, "OS Con", "Columns", "Three ways to say which system boots"),
    (16, "Image Builder", "Body diagram", "From a template to an image"),
    (17, "Status and Plans", "Body text", "Where we are"),
    (18, "(cont.)", "Body text", "Where we are"),
    (19, "Jump aboard", "Section", "Jump aboard"),
    (20, "Calls to Action", "Body actions", "Calls to action"),
    (21, "Discussion", "Discussion", "Questions and discussion"),
    (22, "Thank you", "Thanks", "Thank you!"),
)


def kind(slide: Slide) -> str:
    return f"{type(slide).__name__} {getattr(slide, 'layout', '')}".strip()


@pytest.fixture(scope="module")
def call() -> CallDocument:
    return codec.load(CallDocument, tomllib.loads(CALL.read_text(encoding="utf-8")))


def test_each_slide_has_its_counterpart_in_the_same_order(call: CallDocument) -> None:
    ours = [(kind(slide), slide.title) for slide in compose(call, SETTING)]
    places = [ours.index((of_kind, title)) for _, _, of_kind, title in COUNTERPARTS]
    assert places == sorted(places)


def test_the_long_list_goes_on_by_itself_where_the_old_deck_was_split_by_hand(call: CallDocument) -> None:
    titles = [page for page in pdf.text_of(pdf.draw(call, SETTING)) if "Where we are" in page]
    assert ["(cont.)" in page for page in titles] == [False, True]


@needs_corpus
def test_the_list_names_every_page_of_the_old_deck() -> None:
    pages = (CORPUS / "flatcar/slides-text/2021-05-11-slides.txt").read_text(encoding="utf-8").split("\f")
    assert [number for number, *_ in COUNTERPARTS] == [number for number, page in enumerate(pages, 1) if number <= 22]
    missing = [(number, words) for number, words, *_ in COUNTERPARTS if words not in pages[number - 1]]
    assert missing == []
