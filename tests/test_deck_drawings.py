"""Diagrams and cadences: where boxes, arrows and stops go."""

from itertools import combinations

import pytest

from communitycalls.deck.diagram import ROOM, Plan, Shape, in_words, plan, ranks
from communitycalls.deck.drawings import DrawingError, read_cadence, read_diagram
from communitycalls.deck.lanes import lane_map

DIAGRAMS = {
    "fan": "[Template | packer; ansible] -> [qcow2 | output], [AWS AMI | output], [vSphere OVA | output]",
    "tree": "down\n[Management] -> [A], [B], [C]\n[A] -> [Node]",
    "chain": "[Alpha] -- promoted -> [Beta] -- promoted -> [Stable]",
    "circle": "[A] -> [B]\n[B] -> [C]\n[C] -> [A]",
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


def test_diagram_is_told_in_words() -> None:
    assert in_words(read_diagram("[A] -- asks -> [B | small]\n[C]")) == ["A → B (asks)", "B, small", "C"]


def test_too_many_boxes_for_a_slide_are_not_readable() -> None:
    boxes = ", ".join(f"[a box number {number}]" for number in range(20))
    assert not plan(read_diagram(f"[Start] -> {boxes}")).is_readable


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("[A] -> B", "“B”"), ("[A] => [B]", "“=> [B]”"), ("", "holds no box"), ("[A],", "“[A],”")],
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
