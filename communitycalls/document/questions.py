"""Questions and their answers, from the turns of a conversation.

A question is what is marked as one. Where nothing is marked, it is a statement in bold, a heading, or a statement
that ends with a question mark and does not reply to another. What follows answers it: by the named, or by nobody named.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from communitycalls.document.headings import Topic, topic_of
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.marks import ANSWER, NAMED, QUESTION
from communitycalls.document.outline import Passage
from communitycalls.document.placeholders import is_placeholder
from communitycalls.document.turns import END, Turn, turns
from communitycalls.document.values import Answer, Question


@dataclass
class Asked:
    """A question while its answers are gathered; `parts` are the passages each was read from."""

    turn: Turn
    parts: list[Passage]
    answers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def form(self) -> str:
        return self.turn.form


@dataclass
class Conversation:
    """What a passage asks and answers, and the turns before and after that do neither."""

    asked: list[Asked] = field(default_factory=list)
    rest: list[Passage] = field(default_factory=list)
    lost: list[tuple[Passage, str]] = field(default_factory=list)


def names_in(passage: Passage) -> frozenset[str]:
    """Who asks, and who answers directly, in lower case: further down stand lists as often as people."""
    found = turns(passage)
    return frozenset(turn.mark.who.lower() for turn in found if turn.mark.who and turn.depth <= 1)


def converse(passage: Passage, known: Collection[str], *, marked_only: bool = False) -> Conversation:
    """The questions of a passage. `marked_only`: none unless one is marked as a question."""
    spoken = turns(passage, known)
    marked = any(turn.mark.role == QUESTION for turn in spoken)
    talk = Conversation()
    if marked_only and not marked:
        talk.rest = [passage]
        return talk
    previous: Turn | None = None
    for turn in spoken:
        _hear(talk, turn, previous, marked)
        previous = turn
    return talk


def _hear(talk: Conversation, turn: Turn, previous: Turn | None, marked: bool) -> None:
    talk.lost += [(turn.passage, words) for words in turn.mark.lost]
    if not turn.mark.text:
        talk.rest.append(turn.passage)
    elif _asks(turn, previous, talk, marked):
        talk.asked.append(Asked(turn, [turn.passage]))
    elif talk.asked and _answers(turn, talk.asked[-1]):
        talk.asked[-1].answers.append((turn.mark.who or "", turn.mark.text))
        talk.asked[-1].parts.append(turn.passage)
    else:
        talk.rest.append(turn.passage)


def _asks(turn: Turn, previous: Turn | None, talk: Conversation, marked: bool) -> bool:
    if turn.mark.role == QUESTION:
        return True
    if turn.mark.role == ANSWER or turn.depth:
        return False
    if turn.form == "heading":
        return not marked or turn.mark.text.rstrip(END).endswith("?")
    if marked or is_placeholder(turn.mark.text):
        return False
    if (turn.mark.bold and turn.mark.role == "") or turn.has_replies:
        return True
    if not turn.mark.text.rstrip(END).endswith("?"):
        return False
    if turn.mark.role == "" or not talk.asked or previous is None:
        return True
    return previous.group != turn.group or talk.asked[-1].turn.has_replies


def _answers(turn: Turn, asked: Asked) -> bool:
    """Whether a turn answers the question before it: a paragraph that nobody is named for does not end a list."""
    if turn.mark.role in {ANSWER, NAMED}:
        return True
    label = read_label(turn.mark.text)
    if turn.form == "heading" or is_placeholder(turn.mark.text) or (label and topic_of(label.words) is Topic.ABOUT):
        return False
    return turn.form == "item" or asked.form in {"line", "heading"}


def number(talk: Sequence[Asked]) -> list[int]:
    """The number of each question: as written where all have one and no two the same, else by counting."""
    written = [asked.turn.mark.number for asked in talk]
    if all(written) and len(set(written)) == len(written):
        return [value for value in written if value]
    return list(range(1, len(talk) + 1))


def read_questions(talk: Sequence[Asked], ledger: Ledger) -> tuple[Question, ...]:
    """The questions with their numbers; their lines are taken."""
    found = []
    for at, asked in zip(number(talk), talk, strict=True):
        mark = asked.turn.mark
        answers = tuple(Answer(speaker, ledger.definitions.carry(text)) for speaker, text in asked.answers)
        state = mark.state or ("answered" if answers else "open")
        ledger.take(asked.parts, f"question {at}")
        text = ledger.definitions.carry(mark.text)
        found.append(Question(at, text, mark.who, state, answers, mark.environments))
    return tuple(found)


def leave_rest(talk: Conversation, ledger: Ledger) -> None:
    """Tells what of a conversation no question could hold."""
    for passage, words in talk.lost:
        ledger.remark(passage.line, f"{words!r} was said of a speaker; only the name is kept.")
    for passage in talk.rest:
        if is_placeholder(passage.text):
            ledger.take(passage, "placeholder")
        else:
            ledger.leave(passage, "it is neither a question nor an answer to one. Mark questions like '- Q (Kai): …'.")
