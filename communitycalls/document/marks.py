"""What a statement of the questions section is marked as, and who makes it.

    Q: text    **Q (Jannik):** text    Q1. text    Jannik asks: text      a question
    A: text    A (Thilo): text         → text                             an answer
    Thilo: text    [Thilo] text    Thilo – text                           somebody's words, mostly an answer

A bracket may hold more than a name: `Q4 (Jannik; follow-up; environments: flatcar/ec2)`. `by: none` says that nobody
is named although the text looks as if, `by: x` names somebody who does not look like a person; `quoted` that the text
is the quote below, since it could be taken for somebody else's words.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from communitycalls.document import facts
from communitycalls.document.labels import Label, read_label
from communitycalls.document.outline import passage, unquote
from communitycalls.document.people import is_speaker, names, strip_marks, without_affiliation

QUESTION, ANSWER, NAMED = "question", "answer", "named"
QUOTED = "quoted"
STATES = ("open", "answered", "follow-up", "carried")
KEYS = frozenset({"by", "state", "environments", "number"})
_WHO = r"(?:\s*(?:from|by|of|[-\u2013\u2014/,])\s*(?P<who>.+)|\s+(?P<name>\S.*))?"
WORDS = (
    (QUESTION, re.compile(rf"q(?:uestion|n)?\s*[#.]?\s*(?P<number>\d{{1,3}})?{_WHO}", re.IGNORECASE)),
    (ANSWER, re.compile(rf"(?:a(?:nswer|ns)?|reply|response)\s*[#.]?\s*(?P<number>\d{{1,3}})?{_WHO}", re.IGNORECASE)),
)
ASKS = re.compile(
    r"(?P<who>.+?) (?:asks?|asked|wants? to know|wonders?)|(?:asked|question) (?:by|from) (?P<by>.+)", re.IGNORECASE
)
ANSWERS = re.compile(
    r"(?P<who>.+?) (?:answers?|answered|repl(?:y|ies|ied)|responds?|responded)|answered by (?P<by>.+)", re.IGNORECASE
)
SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\*\*|__)(?P<sign>Q|A|Question|Answer)\s?(?P<number>\d{0,3})[.)]?(?:\*\*|__)\s+(?=\S)",
        r"(?P<sign>Q|A|Question|Answer)\s?(?P<number>\d{0,3})\s+(?=[(\[][^()\[\]]{1,60}[)\]](?!\())",
        r"[\[(](?P<sign>Q|A|Question|Answer)\s?(?P<number>\d{0,3})[\])]\s*(?=[^\s(])",
        r"(?P<sign>Q|A)(?P<number>\d{0,3})[.)]\s+(?=\S)",
        r"(?P<sign>Q|A)(?P<number>\d{0,3})\s[-\u2013\u2014]\s+(?=\S)",
        r"(?P<sign>Q|A)(?P<number>\d{0,3}):(?=\S)",
    )
)
ARROW = re.compile(r"(?:(?:\u2192|->|=>|\u21b3|\u21d2|\U0001f4ac)\s*)+")
ASKING = re.compile(r"\u2753\s*")
BRACKETED = re.compile(r"[\[(<](?P<name>[^\[\]()<>]{1,60})[\])>](?!\()\s*(?:[:\u2013\u2014-]\s+)?(?=\S)")
BY_BRACKET = re.compile(
    r"[(\[](?:asked by |from |by )?(?P<name>[^()\[\]]{1,60})[)\]](?!\()\s*(?:[:\u2013\u2014-]\s+|$|(?=\S|\n))"
)
DASHED = re.compile(r"(?P<name>\S+(?:\s\S+){0,2})\s+[\u2013\u2014-]\s+(?=\S)")
SIGNATURE = 100
SIGNED = re.compile(
    r"\s*(?:[(\[](?:asked by |answered by |from |by )?([^()\[\]]{1,60})[)\]]"
    r"|\s[\u2013\u2014]\s*([^\u2013\u2014]{1,60}))\s*$"
)


@dataclass(frozen=True)
class Mark:
    """`role` is question, answer, named or ""; `text` is without its mark, `who` None where nobody is named."""

    role: str
    text: str
    who: str | None = None
    number: int | None = None
    state: str = ""
    environments: tuple[str, ...] = ()
    bold: bool = False
    settled: bool = False
    quoted: bool = False
    lost: tuple[str, ...] = field(default=())


def read_mark(text: str, known: Collection[str] = ()) -> Mark:
    """What a statement is. `known`: names that are known to be people's, in lower case."""
    arrow = ARROW.match(text)
    if arrow:
        mark = read_mark(text[arrow.end() :], known)
        return replace(mark, role=ANSWER) if mark.role in {"", NAMED} else mark
    label = read_label(text)
    found = (_labelled(label, known) if label else None) or _signed(text, known) or _named(text, known)
    mark = _answerer(_unbold(found or Mark("", text)), known)
    if mark.who is not None or mark.settled or mark.role == NAMED:
        return mark
    signed = _signature(mark, known)
    return signed if mark.role or signed.bold else mark


def _answerer(mark: Mark, known: Collection[str]) -> Mark:
    """An answer's mark with the name that its text begins with: `A: Thilo: text`."""
    if mark.role != ANSWER or mark.who is not None or mark.settled:
        return mark
    label = read_label(mark.text)
    found = (_spoken(label, replace(mark, text=label.rest), known) if label else None) or _named(mark.text, known)
    return _unbold(replace(found, role=ANSWER)) if found and found.role == NAMED else mark


def _labelled(label: Label, known: Collection[str]) -> Mark | None:
    mark = Mark("", label.rest, lost=(label.lost,) if label.lost else (), bold=len(label.wrapped) > 1)
    bracket = label.bracket.strip().lower()
    for role, pattern in WORDS:
        found = pattern.fullmatch(label.words)
        if found and (not (found["who"] or found["name"]) or is_speaker(found["who"] or found["name"], known)):
            mark = replace(mark, role=role, number=int(found["number"]) if found["number"] else None)
            who = found["who"] or found["name"]
            return _with_bracket(replace(mark, who=strip_marks(who) if who else None), label.bracket, known)
        if bracket and pattern.fullmatch(bracket) and is_speaker(label.words, known):
            return replace(mark, role=role, who=strip_marks(label.words))
    return _spoken(label, mark, known)


def _spoken(label: Label, mark: Mark, known: Collection[str]) -> Mark | None:
    """Marks that are a name, with or without a verb."""
    for role, pattern in ((QUESTION, ASKS), (ANSWER, ANSWERS)):
        found = pattern.fullmatch(label.words)
        if found and is_speaker(found["who"] or found["by"], known):
            return replace(mark, role=role, who=strip_marks(found["who"] or found["by"]), lost=_lost(label.bracket))
    if is_speaker(label.words, known):
        return replace(mark, role=NAMED, who=strip_marks(label.words), lost=(*mark.lost, *_lost(label.bracket)))
    several = names(label.words, known)
    if len(several) > 1:
        return replace(mark, role=NAMED, who=" ".join(label.words.split()))
    return None


def _lost(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _with_bracket(mark: Mark, bracket: str, known: Collection[str]) -> Mark:
    """A question's or answer's mark with what its bracket says; words that say nothing known go back to the text."""
    for part in facts.parts(bracket):
        pair = facts.pairs_of(part, KEYS)
        if pair:
            mark = _with_pair(mark, *next(iter(pair.items())))
        elif part.lower() in STATES:
            mark = replace(mark, state=part.lower())
        elif part.isdigit():
            mark = replace(mark, number=int(part[:4]))
        elif part == QUOTED:
            mark = replace(mark, text=unquote(passage(mark.text.strip("\n"))), quoted=True, settled=True)
        else:
            mark = _with_name(mark, part, known)
    return mark


def _with_pair(mark: Mark, key: str, value: str) -> Mark:
    if key == "by":
        return replace(mark, who=None if value == "none" else facts.unescape(value), settled=True)
    if key == "environments":
        return replace(mark, environments=facts.values(value))
    if key == "state":
        return replace(mark, state=value if value in STATES else "")
    return replace(mark, number=int(value[:4]) if value.isdigit() else None)


def _with_name(mark: Mark, part: str, known: Collection[str]) -> Mark:
    name, rest = (part, "") if "\\" in part else without_affiliation(part)
    for lead in ("asked by ", "answered by ", "from ", "by "):
        name = name[len(lead) :] if name.lower().startswith(lead) else name
    if is_speaker(facts.unescape(name), known):
        return replace(mark, who=strip_marks(facts.unescape(name)), lost=(*mark.lost, *_lost(rest)))
    if len(names(part, known)) > 1:
        return replace(mark, who=facts.unescape(part))
    return replace(mark, text=f"({part}) {mark.text}".strip())


def _by_bracket(mark: Mark, known: Collection[str]) -> Mark:
    """The mark with the name that begins its text in brackets: `**Q** (Jannik) Why?`."""
    found = BY_BRACKET.match(mark.text)
    if not found or not is_speaker(found["name"], known):
        return mark
    return replace(mark, who=strip_marks(found["name"]), text=mark.text[found.end() :])


def _signed(text: str, known: Collection[str]) -> Mark | None:
    asking = ASKING.match(text)
    if asking:
        return Mark(QUESTION, text[asking.end() :])
    for pattern in SIGNS:
        found = pattern.match(text)
        if found:
            number = int(found["number"]) if found["number"] else None
            mark = Mark(QUESTION if found["sign"][0] == "Q" else ANSWER, text[found.end() :], number=number)
            return _by_bracket(mark, known)
    return None


def _named(text: str, known: Collection[str]) -> Mark | None:
    for pattern in (BRACKETED, DASHED):
        found = pattern.match(text)
        name, words = without_affiliation(found["name"]) if found else ("", "")
        if found and is_speaker(name, known) and not name.endswith((".", "!")):
            return Mark(NAMED, text[found.end() :], strip_marks(name), lost=_lost(words))
    return None


def _signature(mark: Mark, known: Collection[str]) -> Mark:
    """The mark with the name that closes its text: `… (Jannik)`."""
    found = SIGNED.search(mark.text.splitlines()[-1][-SIGNATURE:]) if mark.text.strip() else None
    if not found or not is_speaker(found[1] or found[2], known):
        return mark
    end = len(mark.text.rstrip()) - len(found[0].rstrip())
    text = mark.text[:end].rstrip()
    return _unbold(replace(mark, text=text, who=strip_marks(found[1] or found[2]))) if text else mark


def _unbold(mark: Mark) -> Mark:
    if mark.quoted:
        return mark
    text = mark.text.strip()
    for sign in ("**", "__"):
        if text.startswith(sign) and text.endswith(sign) and len(text) > 4 and _is_one_strong(text):
            return replace(mark, text=text[2:-2].strip(), bold=True)
    return replace(mark, text=text)


def _is_one_strong(text: str) -> bool:
    """Whether the whole text is one strong run of one paragraph."""
    blocks = passage(text).blocks
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return False
    children = [child for child in blocks[0].inline if child.type != "text" or child.content]
    closing = [child for child in children if child.type == "strong_close" and child.level == 0]
    return (
        bool(children)
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and len(closing) == 1
    )
