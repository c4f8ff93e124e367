"""Diagrams and cadences: where boxes, arrows and stops go."""

from itertools import combinations

import pytest

from communitycalls.deck.blocks import Bullet
from communitycalls.deck.diagram import ROOM, SMALL, Plan, Shape, in_words, plan, ranks, text_width
from communitycalls.deck.draw import show
from communitycalls.deck.drawings import DrawingError, read_cadence, read_diagram
from communitycalls.deck.lanes import lane_map
from communitycalls.deck.layouts import Place, arrange
from communitycalls.deck.notes import read_notes
from communitycalls.deck.slides import CadenceMap, LaneNotes

DIAGRAMS = {
    "fan": "[Template | packer; ansible] -> [qcow2 | output], [AWS AMI | output], [vSphere OVA | output]",
    "tree": "down\n[Management] -> [A], [B], [C]\n[A] -> [Node]",
    "chain": "[Alpha] -- promoted -> [Beta] -- promoted -> [Stable]",
    "circle": "[A] -> [B]\n[B] -> [C]\n[C] -> [A]",
    "back": "[A] -> [B] -> [C] -> [D]\n[D] -- again -> [A]\n[C] -- no -> [B]",
    "up": "down\n[Alpha] -> [Beta]\n[Beta] -- a reply -> [Alpha]",
    "words": "down\n[A] -- a label that is longer than the boxes -> [B]",
    "feedback": "[Write] -> [Review] -> [Merge] -> [Release]\n[Review] -- changes asked for -> [Write]",
    "alone": "[One], [Two], [Three], [Four], [Five]",
    "aside": "[A] -> [B]\n[Providers | AWS; Azure; VMware]",
    "long": "[A label that is much longer than any box should be wide, so it wraps] -> [漢字 in a box]",
}


def overlap(one: Shape, two: Shape) -> bool:
    across = one.x < two.x + two.width and two.x < one.x + one.width
    return across and one.y < two.y + two.height and two.y < one.y + one.height


@pytest.fixture(params=DIAGRAMS)
def drawn(request: pytest.FixtureRequest) -> Plan:
    return plan(read_diagram(DIAGRAMS[request.param]))


def test_labels_stand_inside(drawn: Plan) -> None:
    for label in (path.label for path in drawn.paths if path.label):
        half = text_width(label.text, SMALL) / 2
        assert label.x - half >= 0
        assert label.x + half <= drawn.width


def test_boxes_stand_apart_and_inside(drawn: Plan) -> None:
    assert not [pair for pair in combinations(drawn.shapes, 2) if overlap(*pair)]
    assert all(one.x >= 0 and one.x + one.width <= drawn.width for one in drawn.shapes)
    assert all(one.y >= 0 and one.y + one.height <= drawn.height for one in drawn.shapes)


def test_drawing_fits_the_slide_and_can_be_read(drawn: Plan) -> None:
    assert drawn.shown_width <= ROOM[0] + 0.1
    assert drawn.shown_height <= ROOM[1] + 0.1
    assert drawn.is_readable


def test_lines_of_a_box_stand_inside_it(drawn: Plan) -> None:
    for shape in drawn.shapes:
        assert all(shape.y < line.y < shape.y + shape.height for line in shape.lines)


def test_boxes_stand_behind_those_that_lead_to_them() -> None:
    assert ranks(read_diagram("[A] -> [B] -> [D]\n[A] -> [D]\n[A] -> [C]")) == [[0], [1, 3], [2]]


def test_arrows_in_a_circle_end() -> None:
    assert sorted(place for rank in ranks(read_diagram(DIAGRAMS["circle"])) for place in rank) == [0, 1, 2]


def test_arrow_that_goes_back_goes_round_the_boxes() -> None:
    for name in ("back", "up", "circle"):
        drawn = plan(read_diagram(DIAGRAMS[name]))
        labels = [path.label for path in drawn.paths if path.label]
        assert not [
            label
            for label in labels
            for one in drawn.shapes
            if one.x < label.x < one.x + one.width and one.y < label.y < one.y + one.height
        ]
        assert all(0 < label.x < drawn.width and 0 < label.y < drawn.height for label in labels)
        assert len(drawn.paths) == len(read_diagram(DIAGRAMS[name]).arrows)


def test_what_is_said_again_of_an_arrow_or_a_box_is_added() -> None:
    diagram = read_diagram("[A|one] -- asks -> [B]\n[A|one; two] -- tells -> [B]\n[A] -> [B]")
    assert in_words(diagram) == ["A, one, two → B (asks, tells)"]


def test_diagram_is_told_in_words() -> None:
    assert in_words(read_diagram("[A] -- asks -> [B | small]\n[C]")) == ["A → B (asks)", "B, small", "C"]


def test_too_many_boxes_for_a_slide_are_not_readable() -> None:
    boxes = ", ".join(f"[a box number {number}]" for number in range(20))
    assert not plan(read_diagram(f"[Start] -> {boxes}")).is_readable


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("[A] -> B", "“B”"),
        ("[A] => [B]", "“=> [B]”"),
        ("", "holds no box"),
        ("[A],", "“[A],”"),
        ("[A] -> [A]", "“[A] -> [A]” leads from a box to itself"),
    ],
)
def test_what_is_wrong_with_a_diagram_is_quoted(text: str, quoted: str) -> None:
    with pytest.raises(DrawingError, match=quoted.replace("[", r"\[")):
        read_diagram(text)


def test_releases_are_promoted_from_the_last_major_one_before() -> None:
    cadence = read_cadence("Alpha: M p M p M\nBeta: . . . M p\nLTS: . . . . M")
    drawn = lane_map(cadence.lanes, 570, 300)
    assert [track.tone for track in drawn.tracks] == ["alpha", "beta", "lts"]
    assert [arrow.tone for arrow in drawn.promotions] == ["beta", "lts"]
    assert drawn.promotions[0].line.startswith("M280.0 ")
    assert drawn.words.startswith("Alpha: 3 major and 2 minor or patch releases in 5 beats; Beta: 1 major")


@pytest.mark.parametrize("text", ["Alpha M p", "Alpha: often", "", "Alpha:" + " M" * 30])
def test_cadence_that_cannot_be_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DrawingError, match=r"cadence.*\."):
        read_cadence(text)


def test_cadence_of_which_nothing_is_said_stays_beside_its_channels() -> None:
    lanes = read_cadence("Alpha: M p M\nBeta: . M p").lanes
    [quiet, said] = [
        show(CadenceMap(lanes=tuple(LaneNotes(lane, "other", points) for lane in lanes)), "s1").map
        for points in ((), (Bullet("often"),))
    ]
    assert quiet == said


def test_cadence_of_many_channels_goes_on_on_a_next_slide_with_the_lane_it_goes_on_from() -> None:
    lanes = "\n".join(f"C{number}: M p M" for number in range(1, 9))
    [draft] = read_notes(f"```cadence\n{lanes}\n```\n\n- C4\n  - often\n- C8\n  - rarely")
    slides = arrange(draft, Place("News", 1, {}))
    channels = [[lane.lane.channel for lane in slide.lanes] for slide in slides if isinstance(slide, CadenceMap)]
    assert channels == [["C1", "C2", "C3", "C4"], ["C4", "C5", "C6", "C7"], ["C7", "C8"]]
    assert str(slides).count("often") == str(slides).count("rarely") == 1


def test_label_that_crosses_its_arrow_stands_on_ground_of_its_own() -> None:
    drawn = plan(read_diagram("[A | one; two; three] -> [B], [C]\n[B] -- tested by -> [D]"))
    (steep,) = [path for path in drawn.paths if path.label]
    assert steep.label is not None
    assert steep.ground is not None
    assert steep.ground.y < steep.label.y < steep.ground.y + steep.ground.height
    level = plan(read_diagram(DIAGRAMS["chain"])).paths
    assert not any(path.ground for path in level)
